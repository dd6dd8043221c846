"""Words and rules of a PDF page, from its text layer and its drawn paths (pdfium)."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from dinhlang.officialdoc.read.pages.fonts import Look, look_of
from dinhlang.officialdoc.read.pages.page import Page, Rule, Word, turned

# A page of a printed book holds 4,000 letters, the fullest table seen 9,000.
_MOST_LETTERS = 60_000
_MOST_OBJECTS = 20_000
_DEEPEST_FORM = 6
# Between letters of a word nothing is left free; between words a quarter of the font's size.
_WORD_GAP = 0.17
_LINE_SHIFT = 0.3
_THIN, _SHORTEST_RULE = 3.0, 4.0
_INVISIBLE = 3
# What pdfium gives for a hyphen at the end of a line.
_BROKEN_HYPHEN = 2
_SIZES = (2.0, 150.0)
Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Layer:
    """What the text layer of a page holds, and what tells whether it can be trusted."""

    page: Page
    letters: int = 0
    unknown: int = 0
    hidden: int = 0
    covered: float = 0.0
    paths: int = 0


def layer_of(sheet: pdfium.PdfPage, number: int) -> Layer:
    """The words and rules of a page, turned so that most of its text reads from left to right."""
    view = _View.of(sheet)
    layer = Layer(Page(number, view.width, view.height))
    textpage = sheet.get_textpage()
    try:
        words, angles = _Letters(textpage.raw, view, layer).words()
    finally:
        textpage.close()
    layer.page.rules = list(_rules(sheet, view, layer))
    _turn(layer.page, _without_copies(words), angles)
    return layer


@dataclass(frozen=True, slots=True)
class _View:
    """From the coordinates of a page's content to the page as it is seen."""

    left: float
    top: float
    wide: float
    high: float
    quarters: int

    @classmethod
    def of(cls, sheet: pdfium.PdfPage) -> _View:
        left, bottom, right, top = sheet.get_bbox()
        return cls(left, top, max(right - left, 1.0), max(top - bottom, 1.0), sheet.get_rotation() // 90 % 4)

    @property
    def width(self) -> float:
        return self.high if self.quarters % 2 else self.wide

    @property
    def height(self) -> float:
        return self.wide if self.quarters % 2 else self.high

    def point(self, x: float, y: float) -> tuple[float, float]:
        across, down = x - self.left, self.top - y
        match self.quarters:
            case 1:
                return self.high - down, across
            case 2:
                return self.wide - across, self.high - down
            case 3:
                return down, self.wide - across
            case _:
                return across, down

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        a, b = self.point(x0, y0), self.point(x1, y1)
        return min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])


@dataclass(slots=True)
class _Run:
    """A text object: one font, one size, one direction."""

    look: Look
    size: float
    quarter: int | None
    hidden: bool
    colour: str = ""


class _Letters:
    """The letters of a page put together to words, quarter by quarter of the direction they run in."""

    def __init__(self, textpage: object, view: _View, layer: Layer) -> None:
        self.textpage = textpage
        self.view = view
        self.layer = layer
        self.angles: Counter[int] = Counter()
        self._looks: dict[tuple[str, int, int], Look] = {}
        self._box, self._x, self._y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()

    def words(self) -> tuple[list[tuple[int, Word]], Counter[int]]:
        found: list[tuple[int, Word]] = []
        letters: list[_Letter] = []
        run: _Run | None = None
        last_object: int | None = None
        for index in range(min(raw.FPDFText_CountChars(self.textpage), _MOST_LETTERS)):
            code = raw.FPDFText_GetUnicode(self.textpage, index)
            if raw.FPDFText_IsGenerated(self.textpage, index) == 1 or code in (10, 13):
                _close(letters, found)
                continue
            address = self._object(index)
            if run is None or address != last_object:
                run, last_object = self._run(index, address), address
            self._count(run, index)
            if run.quarter is None:
                continue
            letter = self._letter(index, code, run)
            if letter is None or (letters and not letters[-1].goes_on(letter)):
                _close(letters, found)
            if letter is not None:
                letters.append(letter)
        _close(letters, found)
        return found, self.angles

    def _object(self, index: int) -> int:
        handle = raw.FPDFText_GetTextObject(self.textpage, index)
        return ctypes.cast(handle, ctypes.c_void_p).value or 0

    def _count(self, run: _Run, index: int) -> None:
        self.layer.letters += 1
        self.layer.hidden += run.hidden
        if not run.look.legacy and raw.FPDFText_HasUnicodeMapError(self.textpage, index) == 1:
            self.layer.unknown += 1
        if run.quarter is not None:
            self.angles[run.quarter] += 1

    def _run(self, index: int, address: int) -> _Run:
        name, flags = _font(self.textpage, index)
        weight = raw.FPDFText_GetFontWeight(self.textpage, index)
        key = (name, flags, weight)
        if key not in self._looks:
            self._looks[key] = look_of(name, flags, weight)
        angle = raw.FPDFText_GetCharAngle(self.textpage, index)
        # Angles count against the clock, turns of the page with it.
        degrees = (math.degrees(angle) - 90 * self.view.quarters) % 360 if angle >= 0 else 0.0
        quarter = round(degrees / 90) % 4
        off = abs(degrees - 90 * round(degrees / 90))
        handle = raw.FPDFText_GetTextObject(self.textpage, index)
        hidden = bool(address) and raw.FPDFTextObj_GetTextRenderMode(handle) == _INVISIBLE
        # Askew stands what is stamped across a page.
        upright = quarter if off < 8 else None
        return _Run(self._looks[key], self._size(index), upright, hidden, _colour(self.textpage, index))

    def _size(self, index: int) -> float:
        """The size of the font as it is seen; 0 when the file does not say it soundly."""
        found = raw.FS_MATRIX()
        size = float(raw.FPDFText_GetFontSize(self.textpage, index))
        if raw.FPDFText_GetMatrix(self.textpage, index, found):
            size *= math.sqrt(abs(found.a * found.d - found.b * found.c))
        return size if _SIZES[0] <= size <= _SIZES[1] else 0.0

    def _letter(self, index: int, code: int, run: _Run) -> _Letter | None:
        """The letter with its place in its own direction; None for a space."""
        text = _character(code)
        if text.isspace() or text == "\u200b":
            return None
        raw.FPDFText_GetLooseCharBox(self.textpage, index, self._box)
        raw.FPDFText_GetCharOrigin(self.textpage, index, self._x, self._y)
        box = self.view.box(self._box.left, self._box.bottom, self._box.right, self._box.top)
        origin = self.view.point(self._x.value, self._y.value)
        return _Letter(text, run, box, origin, self.view)


def _character(code: int) -> str:
    if code == _BROKEN_HYPHEN:
        return "-"
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _colour(textpage: object, index: int) -> str:
    """The colour that letters are filled with; empty for black and where the file does not say."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFText_GetFillColor(textpage, index, *parts):
        return ""
    colour = "".join(f"{part.value:02x}" for part in parts[:3])
    return "" if colour == "000000" else colour


def _font(textpage: object, index: int) -> tuple[str, int]:
    buffer, flags = ctypes.create_string_buffer(128), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    return buffer.value.decode("utf-8", "replace"), flags.value


class _Letter:
    """A letter in the frame in which its line is level: `x0` to `x1` along it, `base` across it."""

    __slots__ = ("base", "run", "size", "text", "x0", "x1", "y0", "y1")

    def __init__(
        self,
        text: str,
        run: _Run,
        box: tuple[float, float, float, float],
        origin: tuple[float, float],
        view: _View,
    ) -> None:
        point = (origin[0], origin[1], origin[0], origin[1])
        width, height = view.width, view.height
        for _ in range(run.quarter or 0):
            box, point = turned(box, height), turned(point, height)
            width, height = height, width
        self.text, self.run = text, run
        self.x0, self.y0, self.x1, self.y1 = box
        self.base = point[1]
        self.size = run.size or min(max(self.y1 - self.y0, _SIZES[0]), _SIZES[1])

    def goes_on(self, after: _Letter) -> bool:
        """Whether the next letter belongs to the same word."""
        if unicodedata.combining(after.text) and after.run.quarter == self.run.quarter:
            return True
        size = max(self.size, after.size)
        gap = after.x0 - self.x1
        return (
            after.run.quarter == self.run.quarter
            and abs(after.base - self.base) < _LINE_SHIFT * size
            and -size < gap < _WORD_GAP * size
        )


def _close(letters: list[_Letter], found: list[tuple[int, Word]]) -> None:
    """Make a word of the letters gathered so far."""
    if not letters:
        return
    text = "".join(_decoded(letters))
    first = letters[0]
    look = first.run.look
    if text.strip():
        word = Word(
            text,
            min(one.x0 for one in letters),
            min(one.y0 for one in letters),
            max(one.x1 for one in letters),
            max(one.y1 for one in letters),
            first.base,
            max(one.size for one in letters),
            look.bold,
            look.italic,
            look.name,
            first.run.colour,
        )
        found.append((first.run.quarter or 0, word))
    letters.clear()


def _decoded(letters: list[_Letter]) -> Iterator[str]:
    """The text of the letters, those in a legacy font read by its code."""
    start = 0
    for end in range(1, len(letters) + 1):
        look = letters[start].run.look
        if end == len(letters) or letters[end].run.look is not look:
            yield look.decoded("".join(one.text for one in letters[start:end]))
            start = end


def _without_copies(words: list[tuple[int, Word]]) -> list[tuple[int, Word]]:
    """Without words printed twice at one place, as programs make them bold."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for quarter, word in words:
        x, y = round(word.x0 / 2), round(word.base / 2)
        near = [(word.text, x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
        if not any(one in seen for one in near):
            kept.append((quarter, word))
            seen.add((word.text, x, y))
    return kept


def _turn(page: Page, words: list[tuple[int, Word]], angles: Counter[int]) -> None:
    """Turn the page so that most text is level, and leave out what runs in another direction."""
    ((quarter, _count),) = angles.most_common(1) or [(0, 0)]
    page.words = [word for at, word in words if at == quarter]
    for _ in range(quarter):
        page.rules = [Rule(*turned((rule.x0, rule.y0, rule.x1, rule.y1), page.height)) for rule in page.rules]
        page.width, page.height = page.height, page.width
    page.turned = quarter


# --- Drawn lines -------------------------------------------------------------------------------------------------


def _rules(sheet: pdfium.PdfPage, view: _View, layer: Layer) -> Iterator[Rule]:
    """The lines drawn on the page. Counts paths, and how much of the page images cover, on the way."""
    area = view.wide * view.high
    for handle, matrix in _objects(sheet):
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            x0, y0, x1, y1 = _bounds(handle, matrix)
            layer.covered += min(max(x1 - x0, 0) * max(y1 - y0, 0) / area, 1.0)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            layer.paths += 1
            for x0, y0, x1, y1 in _lines(handle, matrix):
                left, top, right, bottom = view.box(x0, y0, x1, y1)
                if max(right - left, bottom - top) >= _SHORTEST_RULE:
                    yield Rule(left, top, right, bottom)


def _objects(sheet: pdfium.PdfPage) -> Iterator[tuple[object, Matrix]]:
    """Every object of the page, those inside forms too, with the matrix of the forms around it."""
    count = raw.FPDFPage_CountObjects(sheet.raw)
    waiting = [
        (raw.FPDFPage_GetObject(sheet.raw, index), _SAME, 0) for index in range(min(count, _MOST_OBJECTS))
    ]
    given = 0
    while waiting and given < _MOST_OBJECTS:
        handle, matrix, depth = waiting.pop()
        given += 1
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
            yield handle, matrix
        elif depth < _DEEPEST_FORM:
            inner = _product(_matrix(handle), matrix)
            for index in range(min(raw.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS - len(waiting))):
                waiting.append((raw.FPDFFormObj_GetObject(handle, index), inner, depth + 1))


def _matrix(handle: object) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    ta, tb, tc, td, te, tf = then
    return (
        a * ta + b * tc, a * tb + b * td, c * ta + d * tc, c * tb + d * td,
        e * ta + f * tc + te, e * tb + f * td + tf,
    )  # fmt: skip


def _applied(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(handle: object, matrix: Matrix) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(handle, *sides):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (side.value for side in sides)
    (x0, y0), (x1, y1) = _applied(matrix, left, bottom), _applied(matrix, right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _lines(handle: object, matrix: Matrix) -> Iterator[tuple[float, float, float, float]]:
    """The level and upright lines of a path: the path itself when it is thin, else its stroked sides."""
    x0, y0, x1, y1 = _bounds(handle, matrix)
    if min(x1 - x0, y1 - y0) <= _THIN:
        yield x0, y0, x1, y1
        return
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(handle, mode, stroke) or not stroke.value:
        return
    count = raw.FPDFPath_CountSegments(handle)
    if not 2 <= count <= 400:
        return
    full = _product(_matrix(handle), matrix)
    start = last = None
    for index in range(count):
        segment = raw.FPDFPath_GetPathSegment(handle, index)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _applied(full, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO and last is not None and _straight(last, point):
            yield *last, *point
        if raw.FPDFPathSegment_GetClose(segment) and start is not None and _straight(point, start):
            yield *point, *start
        last = point


def _straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return abs(a[0] - b[0]) < 1 or abs(a[1] - b[1]) < 1
