"""What a reader at the counter finds on a printed page: lines, bars, a square code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import groupby
from zipfile import ZipFile

import pypdfium2
from PIL import Image

from dinhlang.officialdoc.write.layout import LETTERHEAD, PAGE
from dinhlang.org.tests.bars import read

_DOTS = 300
_MM = _DOTS / 25.4
_DARK = 128


@dataclass(frozen=True)
class Seen:
    """A page of a PDF as words and as a picture."""

    page: pypdfium2.PdfPage
    picture: Image.Image

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

    def part(self, left: float, top: float, right: float, bottom: float) -> Image.Image:
        """A part of the picture, in millimetres."""
        return self.picture.crop(tuple(round(one * _MM) for one in (left, top, right, bottom)))

    @property
    def right_of_head(self) -> tuple[float, float]:
        return PAGE.left + LETTERHEAD[0], PAGE.width

    def white_below(self, words: str) -> float:
        """Millimetres of white in the right half of the head between these words and what stands below."""
        foot = self.edges_of(words)[1]
        below = self.part(self.right_of_head[0], foot + 0.2, self.right_of_head[1], foot + 30)
        _left, top, _right, _bottom = _box(below)
        return top / _MM

    def bars(self, *, under: str) -> str:
        """What the bars say that stand in the right half of the head under these words."""
        foot = self.edges_of(under)[1]
        return bars(self.part(self.right_of_head[0], foot + 4, self.right_of_head[1], foot + 8))

    def square(self, *, under: str, over: str) -> list[list[bool]]:
        """The modules of the square code in the left half of the head between these words."""
        top, bottom = self.edges_of(under)[1], self.edges_of(over)[0]
        return square(self.part(PAGE.left, top + 0.5, self.right_of_head[0], bottom - 0.5))


def pages(pdf: bytes) -> list[Seen]:
    return [
        Seen(page, page.render(scale=_DOTS / 72, grayscale=True).to_pil())
        for page in pypdfium2.PdfDocument(pdf)
    ]


def in_word(docx: bytes) -> list[Image.Image]:
    """The pictures of a Word file in the order of their names."""
    with ZipFile(BytesIO(docx)) as package:
        names = sorted(one for one in package.namelist() if one.endswith(".png"))
        return [Image.open(BytesIO(package.read(one))).convert("L") for one in names]


def bars(picture: Image.Image) -> str:
    """What bars say. The stop ends with a bar of two modules, the check of the whole shows whether the width was right."""
    runs = _runs(picture.crop(_box(picture)), picture.height // 2)
    whole = sum(length for _dark, length in runs)
    module = whole / round(whole / (runs[-1][1] / 2))
    return read([dark for dark, length in runs for _module in range(round(length / module))])


def square(picture: Image.Image) -> list[list[bool]]:
    """The modules of a square code that is all there is of dark; the edge of its first corner is seven modules long."""
    code = picture.crop(_box(picture))
    count = round(code.width / (_runs(code, 2)[0][1] / 7))
    middles = [int((place + 0.5) * code.width / count) for place in range(count)]
    return [[code.getpixel((across, down)) < _DARK for across in middles] for down in middles]


def _box(picture: Image.Image) -> tuple[int, int, int, int]:
    """Where the dark of a picture is."""
    found = picture.point([255 * (dot < _DARK) for dot in range(256)]).getbbox()
    assert found
    return found


def _runs(picture: Image.Image, row: int) -> Sequence[tuple[bool, int]]:
    """A line of dots as dark and light with their lengths."""
    dots = picture.crop((0, row, picture.width, row + 1)).tobytes()
    return [(dark, len(list(run))) for dark, run in groupby(dot < _DARK for dot in dots)]
