"""What can be told from the titles of lines: how the next one will be called, and which two may be one act."""

from __future__ import annotations

import re
from datetime import date

from dinhlang.vietnamese.text import fold

ALIKE_FROM = 88
SHORT_NAME = 80
# A title that came back so often lately names a routine, not one act written twice.
ROUTINE_FROM = 3
_MONTH = re.compile(
    r"(?P<word>tháng\s+)(?P<month>1[0-2]|0?[1-9])(?P<year>\s*(?:/|năm|-)\s*\d{4})?(?!\d|/)", re.IGNORECASE
)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"\d+")


def moved_title(title: str, was_on: date, on: date) -> str:
    """The title of the same work on a later day: the month and the year it names move along."""

    def month(found: re.Match[str]) -> str:
        if int(found["month"]) != was_on.month:
            return found[0]
        written = f"{on.month:02d}" if found["month"].startswith("0") and on.month < 10 else str(on.month)
        return f"{found['word']}{written}{found['year'] or ''}"

    moved = _MONTH.sub(month, title)
    return _YEAR.sub(lambda found: str(on.year) if found[0] == str(was_on.year) else found[0], moved)


def short_name(text: str) -> str:
    """The beginning of a task's words, up to the first pause that leaves something to read."""
    first = re.split(r"[;:.\n(]|, ", text.strip(), maxsplit=1)[0].strip() or text.strip()
    if len(first) <= SHORT_NAME:
        return first
    return first[:SHORT_NAME].rsplit(" ", 1)[0]


def titles_alike(one: str, other: str) -> bool:
    """Whether two titles very likely name the same act: the same numbers, nearly the same words in any order."""
    from rapidfuzz import fuzz

    first, second = fold(one), fold(other)
    if sorted(_NUMBER.findall(first)) != sorted(_NUMBER.findall(second)):
        return False
    return fuzz.token_sort_ratio(first, second) >= ALIKE_FROM
