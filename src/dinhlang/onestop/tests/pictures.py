"""A printed page as it is seen: its lines, where they stand, the white between them."""

from __future__ import annotations

from dataclasses import dataclass

import pypdfium2

from dinhlang.officialdoc.write.layout import LETTERHEAD, PAGE

_DOTS = 300
_MM = _DOTS / 25.4
_DARK = 128


@dataclass(frozen=True)
class Seen:
    """A page of a PDF."""

    page: pypdfium2.PdfPage

    @property
    def lines(self) -> list[str]:
        said: str = self.page.get_textpage().get_text_range()
        return [" ".join(one.split()) for one in said.splitlines()]

    def edges_of(self, words: str) -> tuple[float, float]:
        """How many millimetres below the top the letters of these words begin and end."""
        text = self.page.get_textpage()
        index, count = text.search(words).get_next()
        boxes = [text.get_charbox(one) for one in range(index, index + count)]
        top, bottom = max(box[3] for box in boxes), min(box[1] for box in boxes)
        height = self.page.get_height()
        return (height - top) * 25.4 / 72, (height - bottom) * 25.4 / 72

    def white_below(self, words: str) -> float:
        """Millimetres of white in the right half of the head between these words and what stands below."""
        foot = self.edges_of(words)[1]
        sheet = self.page.render(scale=_DOTS / 72, grayscale=True).to_pil()
        edges = (PAGE.left + LETTERHEAD[0], foot + 0.2, PAGE.width, foot + 30)
        below = sheet.crop(tuple(round(one * _MM) for one in edges))
        found = below.point([255 * (dot < _DARK) for dot in range(256)]).getbbox()
        assert found
        return found[1] / _MM


def pages(pdf: bytes) -> list[Seen]:
    return [Seen(page) for page in pypdfium2.PdfDocument(pdf)]
