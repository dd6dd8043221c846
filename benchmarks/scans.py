"""How many characters of a scan are read wrongly: pages of known text, drawn and spoilt as scanners spoil them.

`.venv/bin/python -m benchmarks.scans` prints a row for each way of spoiling; `scan_error()` gives the figures to
`make accuracy`. Documents are of invented places; the truth is what their PDF files' text layer says, put into lines
by the same code, so that only recognising is measured.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from PIL import Image, ImageDraw, ImageFilter
from rapidfuzz.distance import Levenshtein

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import Limits, read, read_with_places
from dinhlang.officialdoc.tests import kinds, sample

DPI = 200
_LONG = Limits(seconds=600)
# Recognising all pages in all ways takes minutes. These hold a long report's prose, its head, a letter, a table.
_CLEAN = Path(sample.__file__).parent / "clean"
_PAGES = (
    ("long-report-2026-half-year.txt", 0),
    ("long-report-2026-half-year.txt", 1),
    ("letter", 0),
    ("plan", 1),
)


@dataclass(frozen=True)
class Spoilt:
    """A way of spoiling a page: degrees of turn, grain and blur in pixels, share of contrast left, dots an inch."""

    name: str
    turn: float = 0.0
    grain: float = 0.0
    blur: float = 0.0
    contrast: float = 1.0
    stamp: bool = False
    dpi: int = DPI


CONDITIONS = (
    Spoilt("sạch"),
    Spoilt("nghiêng, hạt", 0.7, 12, 0.8),
    Spoilt("nghiêng, hạt, nhòe, nhạt", 1.5, 25, 1.2, 0.8),
    Spoilt("dấu đỏ", 0.4, 8, 0.6, stamp=True),
    Spoilt("150 dpi", 0.5, 15, 0.8, dpi=150),
    Spoilt("100 dpi", 0.5, 8, 0.5, dpi=100),
)


def spoilt(page: Image.Image, way: Spoilt, seed: int) -> Image.Image:
    """A page as a scanner would give it."""
    if way.stamp:
        page = stamped(page, way.dpi)
    page = page.rotate(way.turn, Image.Resampling.BICUBIC, fillcolor=(255, 255, 255))
    if way.blur:
        page = page.filter(ImageFilter.GaussianBlur(way.blur))
    values = 128 + (np.asarray(page).astype(np.float32) - 128) * way.contrast
    if way.grain:
        values += np.random.default_rng(seed).normal(0, way.grain, values.shape[:2])[..., None]
    return Image.fromarray(values.clip(0, 255).astype(np.uint8))


def stamped(page: Image.Image, dpi: int) -> Image.Image:
    """A round red stamp over the foot of the page, where the text is densest in the lower right half."""
    ink = np.asarray(page.convert("L")) < 128
    rows, columns = np.nonzero(ink[:, ink.shape[1] // 2 :])
    if not len(rows):
        return page
    x, y = ink.shape[1] // 2 + float(np.median(columns)), float(np.percentile(rows, 92))
    radius = 18 / 25.4 * dpi
    layer = Image.new("RGBA", page.size, (255, 255, 255, 0))
    draw = ImageDraw.Draw(layer)
    for inner, width in ((0.0, dpi // 40), (0.12, dpi // 80), (0.45, dpi // 60)):
        reach = radius * (1 - inner)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), outline=(205, 25, 40, 190), width=width)
    draw.regular_polygon((x, y, radius * 0.3), 5, fill=(205, 25, 40, 150))
    return Image.alpha_composite(page.convert("RGBA"), layer).convert("RGB")


def pages() -> Iterator[tuple[str, bytes]]:
    """The text of each page with the page as a PDF file of its own."""
    for name, number in _PAGES:
        whole = pdfium.PdfDocument(write.pdf(_document(name)))
        single = pdfium.PdfDocument.new()
        single.import_pages(whole, [number])
        saved = io.BytesIO()
        single.save(saved)
        yield read_with_places(saved.getvalue(), "a.pdf").text, saved.getvalue()


def _document(name: str) -> Document:
    if name == "letter":
        return sample.letter()
    return kinds.PLAN if name == "plan" else read((_CLEAN / name).read_bytes(), name)


def error(truth: str, text: str) -> float:
    """Wrong characters for each of the truth, white space folded."""
    truth, text = " ".join(truth.split()), " ".join(text.split())
    return Levenshtein.distance(truth, text) / len(truth)


def recognised(data: bytes) -> str:
    return read_with_places(data, "a.png", limits=_LONG).text


def plain(data: bytes) -> str:
    """What tesseract alone makes of a page."""
    told = subprocess.run(
        ["tesseract", "-", "-", "-l", "vie", "--dpi", str(DPI)],
        input=data,
        capture_output=True,
        check=True,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return told.stdout.decode()


def measured(way: Spoilt, read: Callable[[bytes], str]) -> float:
    """The error over all pages spoilt in one way, in characters for each character of the truth."""
    wrong = length = 0.0
    for seed, (truth, data) in enumerate(pages()):
        drawn = pdfium.PdfDocument(data)[0].render(scale=way.dpi / 72).to_pil().convert("RGB")
        saved = io.BytesIO()
        spoilt(drawn, way, seed).save(saved, "PNG", dpi=(way.dpi, way.dpi), compress_level=1)
        count = len(" ".join(truth.split()))
        wrong += error(truth, read(saved.getvalue())) * count
        length += count
    return wrong / length


def scan_error() -> dict[str, float]:
    """Character error at 200 dpi (0 to 1), the mean over all ways of spoiling, and that of tesseract alone."""
    ways = [way for way in CONDITIONS if way.dpi == DPI]
    return {
        "scan_error": sum(measured(way, recognised) for way in ways) / len(ways),
        "ocr_alone": sum(measured(way, plain) for way in ways) / len(ways),
    }


def main() -> None:
    for way in CONDITIONS:
        started = time.perf_counter()
        ours, alone = measured(way, recognised), measured(way, plain)
        spent = time.perf_counter() - started
        sys.stdout.write(f"{way.name:28} {ours:8.2%} {alone:8.2%} {spent:6.1f} s\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
