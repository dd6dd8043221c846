"""What can be asked about obligations: how each stands on a day, who owes what, who was in time."""

from dinhlang.reports.duties.queries.standing import (
    LOOKS_BACK_DAYS,
    NoProgramme,
    Shown,
    facts_of,
    followed,
    in_state,
    next_owed,
    obligations_for,
    programmes,
    shown,
    state_on,
    with_standing,
)

__all__ = [
    "LOOKS_BACK_DAYS",
    "NoProgramme",
    "Shown",
    "facts_of",
    "followed",
    "in_state",
    "next_owed",
    "obligations_for",
    "programmes",
    "shown",
    "state_on",
    "with_standing",
]
