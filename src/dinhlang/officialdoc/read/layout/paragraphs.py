"""Lines of a page joined to paragraphs, by what the page shows: full lines, indents, gaps, marks, looks.

A line that left room for the next word was ended by its writer. After a full line the indents decide, then gaps and
marks, and only then the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dinhlang.officialdoc.read.blocks import mark_of
from dinhlang.officialdoc.read.layout.rows import Margins, Row
from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.signature import is_signing

_ENDED = re.compile(r"(?:[.;:!?…]|/\.?)[”\"’')\]]*$")
_LETTERED = re.compile(r"[a-zđ]\)\s")
# What differs by less than this share of the font's size is the same indent.
_SAME_INDENT = 0.45
# A line that begins this far to the right is no running text: a signature, a date.
_FAR_RIGHT = 0.35
_SPACE = 0.25


@dataclass(slots=True)
class Joined:
    """A paragraph: its lines with the margins of their pages. Lines in the middle of the page are never joined."""

    rows: list[Row] = field(default_factory=list)
    margins: Margins | None = None
    centred: bool = False


def paragraphs_of(lines: Sequence[tuple[Row, Margins]]) -> Iterator[Joined]:
    """The paragraphs of lines that follow each other, over pages too."""
    now = Joined()
    for index, (row, margins) in enumerate(lines):
        centred = _is_centred(row, margins)
        following = lines[index + 1] if index + 1 < len(lines) else None
        if now.rows and not _starts(now, row, margins, centred, following):
            now.rows.append(row)
        else:
            if now.rows:
                yield now
            now = Joined([row], margins, centred)
        now.margins = margins
    if now.rows:
        yield now


def _is_centred(row: Row, margins: Margins) -> bool:
    off = abs(row.middle - margins.centre)
    inset = min(row.x0 - margins.left, margins.right - row.x1)
    return off < max(3.5, 0.012 * margins.width) and inset > 1.6 * row.size and len(row.segments()) == 1


def _is_apart(row: Row, margins: Margins) -> bool:
    """Whether a line is none of running text: far to the right, or in pieces."""
    return row.x0 > margins.left + _FAR_RIGHT * margins.width or len(row.segments()) > 1


def _starts(
    now: Joined, row: Row, margins: Margins, centred: bool, following: tuple[Row, Margins] | None
) -> bool:
    """Whether a line begins a paragraph of its own after those of `now`."""
    last, before = now.rows[-1], now.margins or margins
    if not row.text.strip("./"):
        return False
    if centred and _is_open(now, row, before):
        return False
    if centred or now.centred or _is_apart(row, margins) or _is_apart(last, before):
        return True
    shift = margins.left - before.left if row.page != last.page else 0.0
    step = row.base - last.base if row.page == last.page else None
    if step is not None and (step > 1.9 * before.pitch or step <= 0):
        return True
    ended = bool(_ENDED.search(last.text))
    is_rest = row.text[0].islower() and not ended and mark_of(row.text) is None
    if last.bold and not row.bold and not is_rest:
        return True
    if _had_room(last, row, before):
        return not is_rest
    if step is not None and step > 1.15 * before.pitch + 1 and not is_rest:
        return True
    return _by_indent(now, row, shift, ended, is_rest, following, margins)


def _is_open(now: Joined, row: Row, margins: Margins) -> bool:
    """Whether a line in the middle of the page goes on with the one before, which was full or stays open."""
    last = now.rows[-1]
    if row.page != last.page or row.base - last.base > 2 * row.size or row.bold != last.bold:
        return False
    if abs(last.middle - margins.centre) > 0.02 * margins.width:
        return False
    if not (now.centred or len(now.rows) == 1):
        return False
    if is_signing(Line(0, row.text)):
        # 'TM. …', 'KT. …' and a post stand under each other, each complete.
        return False
    text = " ".join(one.text for one in now.rows)
    if text.startswith("(") and text.count("(") > text.count(")"):
        return True
    if row.text.isupper() != last.text.isupper() or _ENDED.search(last.text):
        return False
    goes_on = row.text[0].islower() or (
        row.text[0].isdigit() and (mark_of(row.text) is None or _is_false(row))
    )
    return goes_on or not _had_room(last, row, margins)


def _had_room(last: Row, row: Row, margins: Margins) -> bool:
    """Whether the first word of a line would have fitted on the line before."""
    word = row.words[0]
    return word.x1 - word.x0 + _SPACE * row.size < margins.right - last.x1 - 1


def _by_indent(
    now: Joined,
    row: Row,
    shift: float,
    ended: bool,
    is_rest: bool,
    following: tuple[Row, Margins] | None,
    margins: Margins,
) -> bool:
    first, last = now.rows[0], now.rows[-1]
    same = _SAME_INDENT * row.size
    x0 = row.x0 - shift
    is_marked = mark_of(row.text) is not None and not (
        row.text[0].islower() and _LETTERED.match(row.text) is None
    )
    if len(now.rows) > 1:
        if abs(x0 - last.x0) > same:
            return not is_rest
        if abs(first.x0 - last.x0) > same:
            return is_marked and ended
        return is_marked and (ended or not _is_false(row))
    if x0 < first.x0 - same:
        return is_marked and ended
    if x0 > first.x0 + same:
        return not (_hangs(first, x0, same) or is_rest)
    if _is_first_line(row, following, margins, same) and not is_rest:
        return True
    indented = first.x0 > margins.left + same + shift
    if is_marked and (ended or not _is_false(row)):
        return True
    return indented and ended


def _hangs(first: Row, x0: float, same: float) -> bool:
    """Whether a line begins under the words of a marked line, not under its mark."""
    mark = mark_of(first.text)
    return mark is not None and any(abs(word.x0 - x0) <= same for word in first.words[1:3])


def _is_first_line(row: Row, following: tuple[Row, Margins] | None, margins: Margins, same: float) -> bool:
    """Whether the line after begins further to the left, and this one is full: an indented first line."""
    if following is None:
        return False
    after, beside = following
    return (
        after.page == row.page
        and after.x0 < row.x0 - same
        and not _is_centred(after, beside)
        and not _had_room(row, after, margins)
    )


def _is_false(row: Row) -> bool:
    """A number in mid-sentence at the beginning of a line, before a small letter: '30. tháng'."""
    mark = mark_of(row.text)
    return bool(mark and mark.number[0].isdigit() and row.text[mark.length :][:1].islower())
