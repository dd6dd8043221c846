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
from dinhlang.officialdoc.read.pages import faint, meant, ocr, picture
from dinhlang.officialdoc.read.pages.page import Page, Rule, Word
from dinhlang.officialdoc.read.words import fold

_POINTS = 72.0
# A3 at 300 dots an inch; more is no page of text.
_MOST_PIXELS = 40_000_000
_MOST_SCANNED_PIXELS = 120_000_000
_DPI = 200
_A4_SHORT = 595.0
_BELIEVED_DPI = range(72, 1201)
_SURE_ENOUGH, _SURE_OF_TURNED = 70.0, 88.0
_FEW_LETTERS = 60
_POOR = 94.0
# Most cells of a page one would still call a table of text.
_MOST_CELLS = 600
# White around a cell, without which tesseract misses letters at the edge.
_FRAME = 12
# Inches that one line of text is high at most, its marks and tails counted.
_ONE_LINE = 0.23
# A line of which tesseract is less sure is made of specks.
_DOUBTFUL_LINE = 40.0

Pixels = tuple[int, int, int, int]


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
    if picture.is_blank(grey):
        height, width = grey.shape
        return Page(number, width * drawn.scale, height * drawn.scale, ocr=True)
    sideways = picture.lies_on_its_side(grey)
    first = _Attempt(drawn.scale, grey, 3 if sideways else 0)
    least = _SURE_OF_TURNED if sideways or first.letters < _FEW_LETTERS else _SURE_ENOUGH
    if first.sure < least:
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
        if clean.is_poor and not self.rules and (found := faint.table_rules(clean.pixels, self.dpi)):
            self.rules, without = found, faint.without(without, found)
        self.seen = list(_with_strokes(self._words(without), without))
        self.is_poor = clean.is_poor
        self.sure = float(np.mean([one.sure for one in self.seen])) if self.seen else 0.0
        self.letters = sum(len(one.text) for one in self.seen)
        self.worth = sum(len(one.text) * one.sure for one in self.seen) * (1.0 if self._is_level() else 0.1)

    def _words(self, without: picture.Grey) -> list[ocr.Seen]:
        """Cells of tables by themselves, the rest as a page."""
        sheet = Image.fromarray(without)
        grids = [grid for grid in lattices(self._rules(), 1) if len(grid.cells) > 1]
        boxes = [self._pixels(box) for grid in grids for box in _boxes(grid)][:_MOST_CELLS]
        cuts = [(box, sheet.crop(box)) for box in boxes]
        for grid in grids:
            sheet.paste(255, self._pixels((grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]), 0))
        (found,) = ocr.words_in([sheet], ocr.PAGE, self.dpi)
        found += self._parts(cuts, 1)
        # Single lines among much white are overlooked now and then.
        boxes = [(one.left, one.top, one.right, one.bottom) for one in found]
        lost = picture.unread_parts(np.asarray(sheet), boxes, self.dpi)
        found += [
            one
            for one in self._parts([(box, sheet.crop(box)) for box in lost], 10_000)
            if one.sure >= _SURE_ENOUGH and any(map(str.isalpha, one.text))
        ]
        return found

    def _is_level(self) -> bool:
        """Whether words are wider than high: tesseract reads lines that run up or down the page too."""
        words = [one for one in self.seen if len(one.text) > 2]
        return sum(one.right - one.left for one in words) >= sum(one.bottom - one.top for one in words)

    def _parts(self, cuts: Sequence[tuple[Pixels, Image.Image]], first: int) -> list[ocr.Seen]:
        """The words of parts of the page, each given with its box; those of one line are read as such."""
        ways: dict[int, list[tuple[int, int, Image.Image]]] = {ocr.LINE: [], ocr.BLOCK: []}
        for (left, top, _right, _bottom), cut in cuts:
            box = picture.written_part(np.asarray(cut))
            if box is not None:
                way = ocr.LINE if box[3] - box[1] < _ONE_LINE * self.dpi else ocr.BLOCK
                part = ImageOps.expand(cut.crop(box), border=_FRAME, fill=255)
                ways[way].append((left + box[0] - _FRAME, top + box[1] - _FRAME, part))
        found: list[ocr.Seen] = []
        for way, parts in ways.items():
            for (left, top, _), words in zip(
                parts, ocr.words_in([part for *_, part in parts], way, self.dpi), strict=True
            ):
                first += 1
                found += [one.moved(left, top, first) for one in words]
        return found

    def _pixels(self, box: Box, inside: int = 2) -> Pixels:
        left, top, right, bottom = (round(side / self.scale) for side in box)
        return left + inside, top + inside, max(right - inside, left + 3), max(bottom - inside, top + 3)

    def _rules(self) -> list[Rule]:
        return [Rule(*(side * self.scale for side in rule)) for rule in self.rules]

    def page(self, number: int) -> Page:
        height, width = self.pixels.shape
        page = Page(number, width * self.scale, height * self.scale, ocr=True, turned=-self.turned % 4)
        page.rules = self._rules()
        page.words = list(_placed(self.seen, self.scale, self.is_poor or self.sure < _POOR))
        return page


def _boxes(grid: Grid) -> list[Box]:
    return [
        (grid.xs[cell.column], grid.ys[cell.row], grid.xs[cell.right], grid.ys[cell.bottom])
        for cell in grid.cells
    ]


def _placed(seen: Sequence[ocr.Seen], scale: float, is_poor: bool) -> Iterator[Word]:
    """Words in points. All words of a line get one base and one size: those of the letters without tails."""
    lines: dict[tuple[int, int, int], list[ocr.Seen]] = {}
    for one in _understood(seen, is_poor):
        lines.setdefault(one.line, []).append(one)
    usual = float(np.median([one.bottom - one.top for one in seen])) if seen else 0.0
    for line in lines.values():
        if np.mean([one.sure for one in line]) < _DOUBTFUL_LINE or _is_mark(line, usual):
            continue
        base = float(np.median([_base(one) for one in line])) * scale
        size = _size(line) * scale
        for one in line:
            left, top, right, bottom = (side * scale for side in (one.left, one.top, one.right, one.bottom))
            yield Word(one.text, left, top, right, bottom, base, size)


def _is_mark(line: Sequence[ocr.Seen], usual: float) -> bool:
    """Whether a line is the mark of a capital, taken for a line of its own: 'Ủ' has a hook far above."""
    (first, *others) = line
    return not others and len(first.text) == 1 and first.bottom - first.top < 0.5 * usual


def _understood(seen: Sequence[ocr.Seen], is_poor: bool) -> list[ocr.Seen]:
    """The words as they were meant, in the order in which they were read.

    Marks are put right on poor pages, and those of capitals on all. On good ones tesseract errs less often than writers do, whose slips are to
    be seen (measured: 0.05 % of the characters against 0.19 %).
    """
    parts: list[ocr.Seen] = []
    for one in seen:
        texts = meant.parted(one.text)
        for at, text in enumerate(texts):
            parts.append(one.part(at, len(texts), text))
    following = [*(one.text.isupper() for one in parts[1:]), False]
    texts = [meant.numeral(one.text, capitals) for one, capitals in zip(parts, following, strict=True)]
    texts = meant.marked(texts, only_capitals=not is_poor)
    return [replace(one, text=text) for one, text in zip(parts, texts, strict=True)]


# What is taken for I, II, III, and the words after which such a number stands; at the beginning of a line it has a stop.
_STROKES = re.compile(r"(?=.*[IlH|])[IlH1|LTU]{1,4}(?P<end>[.,;:)]?)")
_QUARTER = re.compile(r"(?P<bars>[IlH1|]{1,3})/(?:19|20)\d\d\W*")
_BEFORE_ROMAN = frozenset(["quy", "khoa", "thu", "phan", "chuong", "muc", "luc", "hang", "loai", "bac"])


def _with_strokes(seen: Sequence[ocr.Seen], grey: picture.Grey) -> Iterator[ocr.Seen]:
    """The words with Roman numbers by the strokes they have: tesseract takes 'III' for 'II' and 'HI'."""
    before: ocr.Seen | None = None
    for one in seen:
        found = _STROKES.fullmatch(one.text)
        first = before is None or before.line != one.line
        said = "" if before is None or first else fold(before.text).strip("(“,.")
        before = one
        if said == "quy" and (quarter := _QUARTER.fullmatch(one.text)) and quarter["bars"] != "1":
            # No quarter is the eleventh: 'quý 11/2026' is the second.
            count = sum(2 if bar == "H" else 1 for bar in quarter["bars"])
            yield replace(one, text="I" * count + one.text[quarter.end("bars") :])
            continue
        if found and (said in _BEFORE_ROMAN or (first and found["end"] == ".")):
            count = picture.strokes_in(grey, (one.left, one.top, one.right, one.bottom))
            if 1 <= count <= _MOST_STROKES:
                yield replace(one, text="I" * count + found["end"])
                continue
        yield one


_MOST_STROKES = 3
_TAILED = re.compile(r"[gpqyQ,;()/|_ạặậẹệịọộợụựỵẠẶẬẸỆỊỌỘỢỤỰỴ]")
_TAIL = 0.22


def _base(one: ocr.Seen) -> float:
    """Where the word stands: its lower side, without the tails of its letters."""
    return one.bottom - (_TAIL * (one.bottom - one.top) if _TAILED.search(one.text) else 0.0)


def _size(line: Sequence[ocr.Seen]) -> float:
    """The size of the font: its highest letters are about seven tenths of it, with marks nine."""
    return max(float(np.median([one.bottom - one.top for one in line])) / 0.8, 1.0)
