"""What can be asked of cases."""

from dinhlang.citizens.queries.cases import UNDONE, Asked, Waits, cases, cases_for, replies, waits
from dinhlang.citizens.queries.days import cases_of_day, line_uid, of_days
from dinhlang.citizens.queries.handling import route_of, terms_of
from dinhlang.citizens.queries.history import Step, appointment_of, happened, states, steps
from dinhlang.citizens.queries.kept import keeper_of, kept_by
from dinhlang.citizens.queries.pairs import (
    PER_PAGE,
    Cursor,
    Figures,
    PublicAsked,
    figures,
    pair_at,
    pairs,
    pairs_page,
    pairs_with,
    request_of,
    state_of_pairs,
    years_of_pairs,
)
from dinhlang.citizens.queries.public import Statistics, counted, published, statistics
from dinhlang.citizens.queries.reminders import Reminded, last_reminded
from dinhlang.citizens.queries.tracking import Tracked, find, kin, tracked

__all__ = [
    "PER_PAGE",
    "UNDONE",
    "Asked",
    "Cursor",
    "Figures",
    "PublicAsked",
    "Reminded",
    "Statistics",
    "Step",
    "Tracked",
    "Waits",
    "appointment_of",
    "cases",
    "cases_for",
    "cases_of_day",
    "counted",
    "figures",
    "find",
    "happened",
    "keeper_of",
    "kept_by",
    "kin",
    "last_reminded",
    "line_uid",
    "of_days",
    "pair_at",
    "pairs",
    "pairs_page",
    "pairs_with",
    "published",
    "replies",
    "request_of",
    "route_of",
    "state_of_pairs",
    "states",
    "statistics",
    "steps",
    "terms_of",
    "tracked",
    "waits",
    "years_of_pairs",
]
