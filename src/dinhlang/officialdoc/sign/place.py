"""Where on the page a signature stands, found by what is printed there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dinhlang.officialdoc.sign.rules import Box

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pypdfium2 import PdfPage

_MM = 72 / 25.4
_LAST_PAGES = 60
"""Appendices stand after the signature; more pages of them have not been seen."""

_AUTHORITY = re.compile(
    r"(?:TM|KT|TL|TUQ|Q)\s*\.|(?:PHÓ )?(?:CHỦ TỊCH|CHÁNH VĂN PHÒNG|GIÁM ĐỐC|TRƯỞNG|BÍ THƯ|CHỦ TỌA|CHỦ TRÌ)\b"
)
_LEAST_GAP = 24.0
_WIDTH = 66 * _MM
_SEAL = 36 * _MM
"""A round seal of an agency is 36 mm wide."""

_CORNER = (75 * _MM, 14 * _MM)
_EDGE = (15 * _MM, 4 * _MM)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    left: float
    bottom: float
    right: float
    top: float


def corner(pdf: bytes) -> Box:
    """The top right of the first page, inside the top margin. Raises pypdfium2's errors."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        left, _, right, top = page.get_cropbox()
        page.close()
    finally:
        document.close()
    right, top = right - _EDGE[0], top - _EDGE[1]
    return Box(0, max(right - _CORNER[0], left), top - _CORNER[1], right, top)


def foot(pdf: bytes) -> Box | None:
    """The room between post and name of who signs, on the last page that has one. Raises pypdfium2's errors."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = len(document)
        for index in range(pages - 1, max(pages - _LAST_PAGES, 0) - 1, -1):
            page = document[index]
            try:
                found = _gap(_lines(page), page.get_width())
            finally:
                page.close()
            if found:
                centre, bottom, top = found
                return Box(index, centre - _WIDTH / 2, bottom, centre + _WIDTH / 2, top)
    finally:
        document.close()
    return None


def seal_of(signature: Box) -> Box:
    """The seal's place: real size, over a third of the signature on its left (NĐ 30/2020/NĐ-CP, Phụ lục I, II.8)."""
    middle = (signature.bottom + signature.top) / 2
    right = signature.left + signature.width / 3
    return Box(signature.page, right - _SEAL, middle - _SEAL / 2, right, middle + _SEAL / 2)


def _lines(page: PdfPage) -> list[_Line]:
    text = page.get_textpage()
    try:
        found = []
        for index in range(text.count_rects()):
            left, bottom, right, top = text.get_rect(index)
            words = text.get_text_bounded(left, bottom, right, top).strip()
            if words:
                found.append(_Line(words, left, bottom, right, top))
        return found
    finally:
        text.close()


def _gap(lines: Sequence[_Line], width: float) -> tuple[float, float, float] | None:
    """The centre, bottom and top of the widest gap under the words of authority in the right half of a page."""
    right_half = sorted(
        (line for line in lines if (line.left + line.right) / 2 > width / 2), key=lambda line: -line.top
    )
    starts = [index for index, line in enumerate(right_half) if _AUTHORITY.match(line.text)]
    if not starts:
        return None
    # The last words of authority: the post stands under 'TM. …' and 'KT. …'.
    start = starts[-1]
    post = right_half[start]
    following = right_half[start + 1 : start + 4]
    centre = (post.left + post.right) / 2
    for before, line in zip([post, *following], following, strict=False):
        if before.bottom - line.top >= _LEAST_GAP:
            return centre, line.top + 2, before.bottom - 2
    if following and following[0].top > post.bottom - _LEAST_GAP:
        return None
    bottom = max(post.bottom - 70, 30.0)
    return (centre, bottom, post.bottom - 2) if post.bottom - bottom >= _LEAST_GAP else None
