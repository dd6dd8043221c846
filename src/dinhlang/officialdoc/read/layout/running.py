"""What belongs to the page and not to the text: page numbers, running heads and feet, the trace of a digital signature."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dinhlang.officialdoc.read.layout.columns import NATION
from dinhlang.officialdoc.read.layout.rows import Row, rows_of
from dinhlang.officialdoc.read.pages.page import Page, Word
from dinhlang.officialdoc.read.words import fold

# Heads and feet stand in these parts of the page's height.
_EDGE = 0.13
_NUMBER = re.compile(
    r"[-–—|.\s]*(?:trang|page|tr\.?)?\s*:?\s*\d{1,4}(?:\s*(?:/|of|tren|\|)\s*(?:tong so\s*)?\d{1,4})?(?:\s*(?:\|\s*)?(?:trang|page))?[-–—|.\s]*"
)
_SIGNED = re.compile(
    r"(?:nguoi ky|ky boi|ky so boi|duoc ky boi|da ky so|thoi gian ky|ngay ky|gio ky|chu ky so|digitally signed|signature (?:not verified|valid)|signer\b|signing time)"
)
_SIGNED_ON = re.compile(
    r"(?:email|co quan|to chuc|chuc vu|ngay|date|reason|location|ly do|noi ky|foxit|version)\s*:|[+-]07[:'’]00|^\d{2}[./-]\d{2}[./-]\d{4} \d{2}:\d{2}:\d{2}"
)
# A repeated line is a running head when it stands on this share of the pages.
_SHARE = 0.6
# A head or foot stands off by more than a line.
_GAP = 1.9
_FOOT_WIDTH = 0.5


def without_signature(page: Page) -> list[Word]:
    """The words of a page without those a digital signature printed: who signed, for whom and when."""
    pieces = [part for row in rows_of(page.words, page.number) for part in row.segments()]
    marked = [index for index, part in enumerate(pieces) if _SIGNED.match(fold(part.text))]
    if not marked:
        return page.words
    gone = set(marked)
    for index in marked:
        gone.update(_beside(pieces, index))
    dropped = {id(word) for index in gone for word in pieces[index].words}
    return [word for word in page.words if id(word) not in dropped]


def _beside(pieces: Sequence[Row], index: int) -> list[int]:
    """The lines of the same stamp: near, of the same small size, and telling what a signature tells."""
    stamp, found = pieces[index], []
    for at in range(max(0, index - 14), min(len(pieces), index + 14)):
        one = pieces[at]
        near = abs(one.base - stamp.base) < 7 * stamp.size and one.x0 < stamp.x1 + 3 and one.x1 > stamp.x0 - 3
        alike = abs(one.size - stamp.size) < 0.15 * stamp.size
        if at != index and near and alike and (_SIGNED_ON.search(fold(one.text)) or stamp.size < 9.5):
            found.append(at)
    return found


def without_running(pages: Sequence[Page], rows: Sequence[list[Row]]) -> list[list[Row]]:
    """The rows of each page without page numbers and what is repeated at its head or foot."""
    repeated = _repeated(pages, rows)
    return [
        [row for row in found if not _is_running(row, found, page, repeated)]
        for page, found in zip(pages, rows, strict=True)
    ]


def _is_running(row: Row, rows: Sequence[Row], page: Page, repeated: frozenset[str]) -> bool:
    edge = _edge(row, page)
    if edge is None:
        return False
    if edge == "head" and any(NATION.search(fold(one.text)) for one in rows[:4]):
        # The letterhead of many letters in one file is repeated too.
        return False
    if _pattern(row) in repeated:
        return True
    outermost = row.base == (rows[0].base if edge == "head" else rows[-1].base)
    if not outermost:
        return False
    return bool(_NUMBER.fullmatch(fold(row.text))) or _is_named_number(row, rows, page)


def _is_named_number(row: Row, rows: Sequence[Row], page: Page) -> bool:
    """Whether a head or foot has the number of its page beside a name: 'UBND xã Mơ Xanh 2'."""
    if page.number < 2 or row.width > _FOOT_WIDTH * page.width or len(rows) < 2:
        return False
    words = row.text.split()
    beside = rows[1] if row is rows[0] else rows[-2]
    stands_off = abs(row.base - beside.base) > _GAP * max(row.size, beside.size)
    return stands_off and str(page.number) in (words[0], words[-1])


def _edge(row: Row, page: Page) -> str | None:
    if row.base < _EDGE * page.height:
        return "head"
    return "foot" if row.base > (1 - _EDGE) * page.height else None


def _pattern(row: Row) -> str:
    """The line with its numbers made alike, as a page number changes from page to page."""
    return re.sub(r"\d+", "0", fold(row.text))


def _apart(rows: Sequence[Row]) -> list[Row]:
    """The first and the last lines of a page that a gap parts from the text."""
    found: list[Row] = []
    for ordered in (list(rows), list(reversed(rows))):
        for at in range(min(3, len(ordered) - 1)):
            if abs(ordered[at + 1].base - ordered[at].base) > _GAP * max(
                ordered[at].size, ordered[at + 1].size
            ):
                found.extend(ordered[: at + 1])
    return found


def _repeated(pages: Sequence[Page], rows: Sequence[Sequence[Row]]) -> frozenset[str]:
    if len(pages) < 3:
        return frozenset()
    counts: Counter[str] = Counter()
    for page, found in zip(pages, rows, strict=True):
        counts.update({_pattern(row) for row in _apart(found) if _edge(row, page)})
    least = max(3, _SHARE * (len(pages) - 1))
    return frozenset(text for text, count in counts.items() if count >= least and len(text) < 200)
