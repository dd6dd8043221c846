"""What a telephone, or a reader at a counter, reads from paper: every square code and every row of bars that is found (ZXing)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import zxingcpp
from PIL import Image

SCANS = (150, 300)
"""Dots to the inch: a cheap scanner or a telephone at arm's length; a good one."""
_READ = (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128)


@dataclass(frozen=True)
class Codes:
    """What was read, from the top of the page down."""

    squares: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()


def read(picture: Image.Image) -> Codes:
    found = zxingcpp.read_barcodes(picture.convert("L"), formats=_READ, text_mode=zxingcpp.TextMode.Plain)
    down = sorted(found, key=lambda one: (one.position.top_left.y // 20, one.position.top_left.x))
    squares, bars = (tuple(one.text for one in down if one.format == kind) for kind in _READ)
    return Codes(squares, bars)


def on_paper(page: pypdfium2.PdfPage) -> Codes:
    """The codes of a printed page, which a coarse scan and a fine one read alike."""
    seen = [read(page.render(scale=dots / 72, grayscale=True).to_pil()) for dots in SCANS]
    assert seen[0] == seen[1], "a coarse scan reads less than a fine one"
    return seen[0]


def in_pdf(pdf: bytes) -> list[Codes]:
    """The codes of each page."""
    return [on_paper(page) for page in pypdfium2.PdfDocument(pdf)]


def in_word(docx: bytes) -> Codes:
    """The codes in the pictures of a Word file."""
    seen = [read(picture) for picture in _pictures(docx)]
    return Codes(
        tuple(text for one in seen for text in one.squares), tuple(text for one in seen for text in one.bars)
    )


def _pictures(docx: bytes) -> Iterator[Image.Image]:
    with ZipFile(BytesIO(docx)) as package:
        for name in sorted(package.namelist()):
            if name.endswith(".png"):
                yield Image.open(BytesIO(package.read(name)))
