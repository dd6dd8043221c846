"""A draft as it is edited: pieces of text in order, each with where it came from. Plain Python, no database, no clock.

Figures stand in the text as tokens, `[[articles]]`: what is printed is put in only when the draft is composed into a
document. So a figure cannot be typed over, and always says what the fold says.
"""

from dinhlang.reports.editing.changes import (
    BadEdit,
    Stale,
    insert,
    lost,
    refilled,
    remove,
    replace,
    reset,
    restore,
    settle,
    with_rows,
    words_from,
)
from dinhlang.reports.editing.codec import from_json, to_json
from dinhlang.reports.editing.compose import Composed, compose
from dinhlang.reports.editing.history import delta, stamped, undo
from dinhlang.reports.editing.merge import merge
from dinhlang.reports.editing.model import HEAD_KEYS, Draft, Origin, Piece

__all__ = [
    "HEAD_KEYS",
    "BadEdit",
    "Composed",
    "Draft",
    "Origin",
    "Piece",
    "Stale",
    "compose",
    "delta",
    "from_json",
    "insert",
    "lost",
    "merge",
    "refilled",
    "remove",
    "replace",
    "reset",
    "restore",
    "settle",
    "stamped",
    "to_json",
    "undo",
    "with_rows",
    "words_from",
]
