"""A scanned page: from its picture to words and rules.

The picture is made grey (a red stamp lifted off), turned upright, straightened and smoothed where it is noisy. Rules
are found first and wiped out, then each cell of a table is recognised by itself and the rest as a page.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageOps

from dinhlang.officialdoc.model import Box
from dinhlang.officialdoc.read.layout.grid import Grid, lattices
from dinhlang.officialdoc.read.pages import meant, ocr, picture
from dinhlang.officialdoc.read.pages.page import Page, Rule, Word

_POINTS = 72.0
# A3 at 300 dots an inch; more is no page of text.
_MOST_PIXELS = 40_000_000
_MOST_SCANNED_PIXELS = 120_000_000
_DPI = 200
_A4_SHORT = 595.0
_BELIEVED_DPI = range(72, 1201)
_SURE_ENOUGH = 70.0
# Most cells of a page one would still call a table of text.
_MOST_CELLS = 600
# White around a cell, without which tesseract misses letters at the edge.
_FRAME = 12
# A line of which tesseract is less sure is made of specks.
_DOUBTFUL_LINE = 40.0


@dataclass(slots=True)
class Picture:
    """A page as an image, and how many points one of its pixels is."""

    image: Image.Image
    scale: float


def picture_of(sheet: pdfium.PdfPage) -> Picture | None:
    """A page of a PDF file drawn; None when its sides are beyond all measure."""
    width, height = sheet.get_size()
    scale = _DPI / _POINTS
    pixels = width * height * scale * scale
    if pixels > _MOST_PIXELS:
        scale *= (_MOST_PIXELS / pixels) ** 0.5
    if not 8 <= width * scale <= 60_000 or not 8 <= height * scale <= 60_000:
        return None
    bitmap = sheet.render(scale=scale)
    return Picture(bitmap.to_pil().convert("RGB"), 1 / scale)


class ImageFile:
    """A file with one picture or, as TIFF, several."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem: str | None = None
        self.image: Image.Image | None = None
        Image.MAX_IMAGE_PIXELS = _MOST_SCANNED_PIXELS
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            self.image = Image.open(path, formats=("PNG", "JPEG", "TIFF"))
        except Image.DecompressionBombError:
            self.problem = _TOO_LARGE
        except Exception:
            # Pillow's decoders raise errors of many kinds for broken files.
            self.problem = "Tệp ảnh hỏng hoặc không phải ảnh PNG, JPEG, TIFF: hãy quét hoặc chụp lại."
        if self.image is not None and self.image.width * self.image.height > _MOST_SCANNED_PIXELS:
            self.problem = _TOO_LARGE

    def __enter__(self) -> ImageFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.image is not None:
            self.image.close()

    def count(self, most: int) -> int:
        """How many pictures there are; counting ends one after `most`."""
        if self.image is None or getattr(self.image, "is_animated", None) is None:
            return 1
        number = 1
        try:
            while number <= most:
                self.image.seek(number)
                number += 1
        except Exception:
            # The end of the file, or a directory that is broken: what comes before can be read.
            return number
        return number

    def picture(self, number: int) -> Picture | None:
        """One picture, upright as its file says; None when it is too large or broken."""
        if self.image is None:
            return None
        try:
            self.image.seek(number - 1)
            width, height = self.image.size
            if width * height > _MOST_SCANNED_PIXELS or min(width, height) < 8:
                return None
            self.image.draft(
                "RGB", (width // 2, height // 2) if width * height > 2 * _MOST_PIXELS else (width, height)
            )
            image = ImageOps.exif_transpose(_flat(self.image))
        except MemoryError:
            raise
        except Exception:
            # As above: errors of many kinds.
            return None
        return Picture(image, _scale(image, self.image.info.get("dpi")))


_TOO_LARGE = "Ảnh quá lớn (hơn 120 triệu điểm): hãy quét lại ở 200–300 dpi, mỗi trang một ảnh."


def _flat(image: Image.Image) -> Image.Image:
    """The picture on white paper in three colours."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        return paper.convert("RGB")
    if image.mode.startswith(("I;16", "I", "F")) and image.mode != "1":
        values = np.asarray(image).astype(np.float32)
        top = float(values.max()) or 1.0
        return Image.fromarray((values * (255 / top)).clip(0, 255).astype(np.uint8)).convert("RGB")
    return image.convert("RGB")


def _scale(image: Image.Image, said: object) -> float:
    """Points a pixel: as the file says when that makes a page, else as if the page were A4."""
    short = min(image.size)
    if isinstance(said, tuple) and said and isinstance(said[0], int | float):
        dpi = float(said[0])
        if round(dpi) in _BELIEVED_DPI and 250 < short * _POINTS / dpi < 1300:
            return _POINTS / dpi
    return _A4_SHORT / short


# --- Recognising -------------------------------------------------------------------------------------------------


def read_picture(drawn: Picture, number: int) -> Page:
    """The page that a picture shows. Pages that lie on a side or stand on their heads are turned first."""
    grey = picture.grey_of(drawn.image)
    sideways = picture.lies_on_its_side(grey)
    first = _Attempt(drawn.scale, grey, 3 if sideways else 0)
    if first.sure < _SURE_ENOUGH:
        others = (_Attempt(drawn.scale, grey, (first.turned + more) % 4) for more in (2, 1, 3))
        first = max((first, *others), key=lambda one: one.worth)
    return first.page(number)


class _Attempt:
    """A picture recognised the way it stands after some quarter turns."""

    def __init__(self, scale: float, grey: picture.Grey, quarters: int) -> None:
        self.turned = quarters
        upright = np.ascontiguousarray(np.rot90(grey, -quarters))
        clean = picture.cleaned(upright)
        self.scale = scale / clean.zoom
        self.pixels = clean.pixels
        self.dpi = max(70, min(600, round(_POINTS / self.scale)))
        self.rules, without = picture.rules_of(clean.pixels, self.dpi)
        self.seen = self._words(without)
        self.sure = float(np.mean([one.sure for one in self.seen])) if self.seen else 0.0
        self.worth = sum(len(one.text) * one.sure for one in self.seen)

    def _words(self, without: picture.Grey) -> list[ocr.Seen]:
        """Cells of tables by themselves, the rest as a page."""
        sheet = Image.fromarray(without)
        grids = [grid for grid in lattices(self._rules(), 1) if len(grid.cells) > 1]
        boxes = [self._pixels(box) for grid in grids for box in _boxes(grid)][:_MOST_CELLS]
        cuts = [(box, sheet.crop(box)) for box in boxes]
        for grid in grids:
            sheet.paste(255, self._pixels((grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]), 0))
        (found,) = ocr.words_in([sheet], ocr.PAGE, self.dpi)
        filled = [(box, cut) for box, cut in cuts if picture.has_ink(np.asarray(cut))]
        framed = [ImageOps.expand(cut, border=_FRAME, fill=255) for _, cut in filled]
        for index, words in enumerate(ocr.words_in(framed, ocr.BLOCK, self.dpi)):
            left, top = filled[index][0][:2]
            found += [one.moved(left - _FRAME, top - _FRAME, index + 1) for one in words]
        return found

    def _pixels(self, box: Box, inside: int = 2) -> tuple[int, int, int, int]:
        left, top, right, bottom = (round(side / self.scale) for side in box)
        return left + inside, top + inside, max(right - inside, left + 3), max(bottom - inside, top + 3)

    def _rules(self) -> list[Rule]:
        return [Rule(*(side * self.scale for side in rule)) for rule in self.rules]

    def page(self, number: int) -> Page:
        height, width = self.pixels.shape
        page = Page(number, width * self.scale, height * self.scale, ocr=True, turned=-self.turned % 4)
        page.rules = self._rules()
        page.words = list(_placed(self.seen, self.scale))
        return page


def _boxes(grid: Grid) -> list[Box]:
    return [
        (grid.xs[cell.column], grid.ys[cell.row], grid.xs[cell.right], grid.ys[cell.bottom])
        for cell in grid.cells
    ]


def _placed(seen: Sequence[ocr.Seen], scale: float) -> Iterator[Word]:
    """Words in points. All words of a line get one base and one size: those of the letters without tails."""
    lines: dict[tuple[int, int, int], list[ocr.Seen]] = {}
    for one in _understood(seen):
        lines.setdefault(one.line, []).append(one)
    for line in lines.values():
        if np.mean([one.sure for one in line]) < _DOUBTFUL_LINE:
            continue
        base = float(np.median([_base(one) for one in line])) * scale
        size = _size(line) * scale
        for one in line:
            left, top, right, bottom = (side * scale for side in (one.left, one.top, one.right, one.bottom))
            yield Word(one.text, left, top, right, bottom, base, size)


def _understood(seen: Sequence[ocr.Seen]) -> list[ocr.Seen]:
    """The words as they were meant, in the order in which they were read."""
    parts: list[ocr.Seen] = []
    for one in seen:
        texts = meant.parted(one.text)
        for at, text in enumerate(texts):
            parts.append(one.part(at, len(texts), text))
    following = [*(one.text.isupper() for one in parts[1:]), False]
    texts = [meant.numeral(one.text, capitals) for one, capitals in zip(parts, following, strict=True)]
    return [replace(one, text=text) for one, text in zip(parts, meant.marked(texts), strict=True)]


_TAILED = re.compile(r"[gpqyQ,;()/|_ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")
_TAIL = 0.22


def _base(one: ocr.Seen) -> float:
    """Where the word stands: its lower side, without the tails of its letters."""
    return one.bottom - (_TAIL * (one.bottom - one.top) if _TAILED.search(one.text) else 0.0)


def _size(line: Sequence[ocr.Seen]) -> float:
    """The size of the font: its highest letters are about seven tenths of it, with marks nine."""
    return max(float(np.median([one.bottom - one.top for one in line])) / 0.8, 1.0)
