"""A square code under the number of a document: drawn into a PDF as lines, into a Word file as a picture of two colours."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from dataclasses import dataclass

QUIET = 4
"""The white border that readers need, in modules."""
_DOTS = 8
"""Dots of the picture for one module: sharp at 300 dots to the inch up to 50 mm."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A code as it was computed: `modules` row by row, True is dark. `words` stand under it and are read aloud for it; `size` is
    in millimetres, with its white border."""

    modules: Sequence[Sequence[bool]]
    words: str
    size: float = 30.0


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


def png(mark: Mark) -> bytes:
    """The code as a PNG of one bit a dot; equal bytes for equal codes."""
    size = (len(mark.modules) + 2 * QUIET) * _DOTS
    white = [False] * len(mark.modules)
    border = [white] * QUIET
    lines = b"".join(_line(row) * _DOTS for row in [*border, *mark.modules, *border])
    header = struct.pack(">IIBBBBB", size, size, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunk(name, data)
        for name, data in ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    )


def _line(row: Sequence[bool]) -> bytes:
    """One line of dots: no filter, then a byte for each module (0 is black), since a module is eight dots wide."""
    quiet = b"\xff" * QUIET
    return b"\0" + quiet + bytes(0 if dark else 0xFF for dark in row) + quiet


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
