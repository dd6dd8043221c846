"""What can be asked of cases."""

from dinhlang.citizens.queries.cases import Asked, cases, cases_for
from dinhlang.citizens.queries.handling import route_of, terms_of
from dinhlang.citizens.queries.history import Step, appointment_of, happened, steps
from dinhlang.citizens.queries.public import Statistics, published, statistics
from dinhlang.citizens.queries.tracking import Tracked, find, tracked

__all__ = [
    "Asked",
    "Statistics",
    "Step",
    "Tracked",
    "appointment_of",
    "cases",
    "cases_for",
    "find",
    "happened",
    "published",
    "route_of",
    "statistics",
    "steps",
    "terms_of",
    "tracked",
]
