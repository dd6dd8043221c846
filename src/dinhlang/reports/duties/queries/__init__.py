"""What can be asked about obligations: how each stands on a day, who owes what, who was in time."""

from dinhlang.reports.duties.queries.quality import Quality, qualities
from dinhlang.reports.duties.queries.standing import (
    LOOKS_BACK_DAYS,
    NoProgramme,
    Rows,
    Shown,
    extensions_for,
    facts_of,
    followed,
    in_state,
    last_due,
    likely_period,
    next_owed,
    obligations_for,
    programmes,
    requests_for,
    shown,
    state_on,
    with_standing,
)
from dinhlang.reports.duties.queries.table import Rate, Table, rate_of, table

__all__ = [
    "LOOKS_BACK_DAYS",
    "NoProgramme",
    "Quality",
    "Rate",
    "Rows",
    "Shown",
    "Table",
    "extensions_for",
    "facts_of",
    "followed",
    "in_state",
    "last_due",
    "likely_period",
    "next_owed",
    "obligations_for",
    "programmes",
    "qualities",
    "rate_of",
    "requests_for",
    "shown",
    "state_on",
    "table",
    "with_standing",
]
