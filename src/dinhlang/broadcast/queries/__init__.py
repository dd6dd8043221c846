"""What can be asked of the radio, always within what a person may see."""

from dinhlang.broadcast.queries.bulletins import Asked, airable, bulletins, digest_of, rate_of, words_of
from dinhlang.broadcast.queries.log import (
    BookRow,
    Sums,
    book,
    entries_of,
    first_wrong,
    said_of,
    states_of,
    sums,
    waiting,
)
from dinhlang.broadcast.queries.schedule import (
    SessionShown,
    conflicts_of,
    occasion_on,
    programme_of,
    rules_in_force,
    rules_on,
    sessions_of,
    slots_between,
    why_not,
    with_items,
)

__all__ = [
    "Asked",
    "BookRow",
    "SessionShown",
    "Sums",
    "airable",
    "book",
    "bulletins",
    "conflicts_of",
    "digest_of",
    "entries_of",
    "first_wrong",
    "occasion_on",
    "programme_of",
    "rate_of",
    "rules_in_force",
    "rules_on",
    "said_of",
    "sessions_of",
    "slots_between",
    "states_of",
    "sums",
    "waiting",
    "why_not",
    "with_items",
    "words_of",
]
