"""Codes in the head of a document: a square one under its number, bars under its day. A PDF has them as lines, a Word file as
pictures of two colours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

QUIET = 4
"""The white border that readers need, in modules."""
BARS_QUIET = 10
"""The white that readers need before the first bar and after the last, in modules."""
_DOTS = 8
"""Dots of the picture for one module: sharp at 300 dots to the inch up to 50 mm."""
_MODULE_MM = 0.3
"""As narrow as a bar is: cheap readers manage it, so does a scan of 150 dots to the inch, and 27 signs fit the head of a page."""
_BARS_MM = 12.0


@dataclass(frozen=True, slots=True)
class Bars:
    """A code of bars as it was computed: `modules` from left to right, True is dark. `words` stand under it."""

    modules: Sequence[bool]
    words: str

    @property
    def width(self) -> float:
        """In millimetres, with the white on both sides."""
        return (len(self.modules) + 2 * BARS_QUIET) * _MODULE_MM

    @property
    def height(self) -> float:
        return _BARS_MM


@dataclass(frozen=True, slots=True)
class Mark:
    """A code as it was computed: `modules` row by row, True is dark. `words` are read aloud for it and stand under it; `size` is
    in millimetres, with its white border. `bars` say the same for readers that know no square codes, and then have the words."""

    modules: Sequence[Sequence[bool]]
    words: str
    size: float = 30.0
    bars: Bars | None = None

    @property
    def caption(self) -> tuple[str, ...]:
        """The line under it; none beside bars, which say the same."""
        return () if self.bars is not None else (self.words,)


def svg(mark: Mark) -> str:
    """The code as SVG, black on white."""
    size = len(mark.modules) + 2 * QUIET
    path = "".join(
        f"M{column + QUIET} {row + QUIET}h1v1h-1z"
        for row, cells in enumerate(mark.modules)
        for column, dark in enumerate(cells)
        if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def bars_svg(bars: Bars) -> str:
    """The bars as SVG, black on white, as high as they are printed."""
    width, height = len(bars.modules) + 2 * BARS_QUIET, round(bars.height / _MODULE_MM)
    path = "".join(
        f"M{place + BARS_QUIET} 0h1v{height}h-1z" for place, dark in enumerate(bars.modules) if dark
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{width}v{height}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def png(mark: Mark) -> bytes:
    """The code as a PNG of one bit a dot; equal bytes for equal codes."""
    border = [[False] * len(mark.modules)] * QUIET
    rows = [*border, *mark.modules, *border]
    return _picture([_line(row, QUIET) for row in rows for _dot in range(_DOTS)], len(rows))


def bars_png(bars: Bars) -> bytes:
    """The bars as a PNG of one bit a dot."""
    width = len(bars.modules) + 2 * BARS_QUIET
    height = round(bars.height / _MODULE_MM) * _DOTS
    return _picture([_line(bars.modules, BARS_QUIET)] * height, width)


def _picture(lines: Sequence[bytes], modules: int) -> bytes:
    """A PNG of these lines, each so many modules wide."""
    header = struct.pack(">IIBBBBB", modules * _DOTS, len(lines), 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    )


def _line(row: Sequence[bool], quiet_modules: int) -> bytes:
    """One line of dots: no filter, then a byte for each module (0 is black), since a module is eight dots wide."""
    quiet = b"\xff" * quiet_modules
    return b"\0" + quiet + bytes(0 if dark else 0xFF for dark in row) + quiet


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
