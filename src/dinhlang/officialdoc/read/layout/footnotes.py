"""Footnotes: small lines at the foot of a page, each with a number that stands raised in the text above.

They are parted from the text, which goes on over the page, and told after the paragraph they belong to: '[1] …', as
those of Word files are. Raised figures of units (m²) join the word before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from dinhlang.officialdoc.read.layout.rows import Row
from dinhlang.officialdoc.read.pages.page import Word

# Notes are set in 10 points under a text of 13 or 14.
_SMALL = 0.86
_RAISED_SIZE = 0.8
_NUMBER = re.compile(r"\(?\[?(\d{1,3}|\*{1,3})[\])]?")
# Words that touch: nothing parts what stood on both sides of a raised number but the number.
_TOUCH = 0.12
_POWERS = {"2": "²", "3": "³"}
_MEASURE = re.compile(r"(?:k|c|m|d)?m")


@dataclass(slots=True)
class Note:
    """A footnote: its number as printed, and its lines without that."""

    number: str
    rows: list[Row]


def parted(rows: Sequence[Row]) -> tuple[list[Row], dict[int, Note]]:
    """The lines of a page without its footnotes, and these by the identity of the line that refers to each."""
    notes = {note.number: note for note in _notes(rows)}
    last = sum(len(note.rows) for note in notes.values())
    text = list(rows[: len(rows) - last])
    marks = {number: row for row in text for number in notes if _mark(row, number) is not None}
    if len(marks) < len(notes):
        # What no raised number refers to is small print of another kind.
        notes, marks, text = {}, {}, list(rows)
    found: dict[int, Note] = {}
    for number, row in marks.items():
        if (at := _mark(row, number)) is not None:
            _take_out(row, at)
        found[id(row)] = _with(found.get(id(row)), notes[number])
    for row in text:
        _lower(row)
    for note in notes.values():
        note.rows[0].words = note.rows[0].words[1:]
        note.rows = [row for row in note.rows if row.words]
    return text, found


def _with(before: Note | None, note: Note) -> Note:
    """A second note of one line goes behind the first."""
    if before is None:
        return note
    raise_in = Row([replace(note.rows[0].words[0], text=f"[{note.number}]")], note.rows[0].page)
    return Note(before.number, [*before.rows, raise_in, *note.rows])


def _notes(rows: Sequence[Row]) -> list[Note]:
    """The notes that the last lines of a page are, numbered one after another."""
    if len(rows) < 2:
        return []
    usual = median(row.size for row in rows for _ in row.words)
    start = len(rows)
    while start and rows[start - 1].size <= _SMALL * usual:
        start -= 1
    found: list[Note] = []
    for row in rows[start:]:
        number = _NUMBER.fullmatch(row.words[0].text)
        if number and len(row.words) > 1 and (not found or _follows(found[-1].number, number[1])):
            found.append(Note(number[1], [row]))
        elif found:
            found[-1].rows.append(row)
    return found


def _follows(before: str, number: str) -> bool:
    return before.isdecimal() and number.isdecimal() and int(number) == int(before) + 1


def _mark(row: Row, number: str) -> int | None:
    """Where in a line a note's number stands raised."""
    return next((at for at in _raised(row) if row.words[at].text.strip("()[]") == number), None)


def _raised(row: Row) -> Iterator[int]:
    size = row.size
    for at, word in enumerate(row.words):
        if at and word.size < _RAISED_SIZE * size and word.base < row.words[at - 1].base - 0.5:
            yield at


def _take_out(row: Row, at: int) -> None:
    """A line without the word at this place; the stop or comma behind it joins the word before."""
    gone = row.words.pop(at)
    if at < len(row.words) and row.words[at].x0 - gone.x1 < _TOUCH * row.size:
        before, after = row.words[at - 1], row.words.pop(at)
        row.words[at - 1] = replace(before, text=before.text + after.text, x1=after.x1)


def _lower(row: Row) -> None:
    """A raised 2 or 3 behind a measure as part of it: 'm²', with the stop that may follow."""
    for at in reversed(list(_raised(row))):
        before: Word = row.words[at - 1]
        power = _POWERS.get(row.words[at].text)
        if power and _MEASURE.fullmatch(before.text):
            row.words[at - 1] = replace(before, text=before.text + power)
            _take_out(row, at)
