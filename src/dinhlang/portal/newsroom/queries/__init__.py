"""What can be asked about items. Public questions answer with what is shown; those of the desk are in `desk`."""

from dinhlang.portal.newsroom.queries.board import Waiting, counts_for, reminders, waiting_for
from dinhlang.portal.newsroom.queries.content import digest_of, words_of
from dinhlang.portal.newsroom.queries.desk import Asked, item_for, items_for
from dinhlang.portal.newsroom.queries.public import (
    item_at,
    last_shown,
    neighbours,
    neighbours_of,
    published,
)

__all__ = [
    "Asked",
    "Waiting",
    "counts_for",
    "digest_of",
    "item_at",
    "item_for",
    "items_for",
    "last_shown",
    "neighbours",
    "neighbours_of",
    "published",
    "reminders",
    "waiting_for",
    "words_of",
]
