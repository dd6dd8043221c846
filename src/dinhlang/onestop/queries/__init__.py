"""What can be asked of the register. Names and addresses are opened row by row, for whoever may see them."""

from dinhlang.onestop.queries.counter import (
    Procedure,
    procedures_to_choose,
    rules_on,
    version_to_receive,
)
from dinhlang.onestop.queries.dossiers import (
    SOON,
    Asked,
    as_step,
    dossiers,
    journey_of,
    steps_of,
    term_of,
)

__all__ = [
    "SOON",
    "Asked",
    "Procedure",
    "as_step",
    "dossiers",
    "journey_of",
    "procedures_to_choose",
    "rules_on",
    "steps_of",
    "term_of",
    "version_to_receive",
]
