"""What can be asked of cases."""

from dinhlang.citizens.queries.cases import Asked, cases, cases_for
from dinhlang.citizens.queries.handling import route_of, terms_of
from dinhlang.citizens.queries.history import Step, appointment_of, happened, steps
from dinhlang.citizens.queries.tracking import Tracked, find, tracked

__all__ = [
    "Asked",
    "Step",
    "Tracked",
    "appointment_of",
    "cases",
    "cases_for",
    "find",
    "happened",
    "route_of",
    "steps",
    "terms_of",
    "tracked",
]
