"""Words in a picture whichever way it lies and however dark it is: enough to tell what it shows, not to read it.

A page is read by `scan`, which tells a table from a text; a photo of whatever lay before a camera is glanced at here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

from dinhlang.officialdoc.read.pages import ocr
from dinhlang.officialdoc.read.pages.picture import grain_of

# The small print of a card that fills a third of the picture has letters of ten pixels then, the least that are read.
_WANTED_SIDE, _LONGEST_SIDE = 1600, 2400
_MOST_ZOOM = 2.5
_DPI = 200
# Light is evened over this part of the longer side: more than a line of letters, less than a shadow.
_LIGHT = 0.04
_PAPER, _INK = 200.0, 140
_STRONG_GRAIN = 12.0
_SMALL = 700
_SAMPLE = 40_000
_MOST_TILT, _LEAST_TILT = 45.0, 1.0

Values = npt.NDArray[np.float32]


def readings(picture: Image.Image, *, seconds: float | None = None) -> list[str]:
    """What is read in the picture each of the four ways it may lie, line by line; the way it came first.

    After `seconds` there is what was read by then.
    """
    even = _evened(_sized(picture.convert("L")))
    tilt = tilt_of(even)
    if abs(tilt) >= _LEAST_TILT:
        even = even.rotate(tilt, Image.Resampling.BICUBIC, expand=True, fillcolor=round(_PAPER))
    ways = [even, *(even.transpose(turn) for turn in _TURNS)]
    return ["\n".join(_lines(words)) for words in ocr.words_in(ways, ocr.PAGE, _DPI, seconds=seconds)]


# Tesseract reads a page on one of its sides too: the first two ways see most, should the time end.
_TURNS = (Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)


def _sized(grey: Image.Image) -> Image.Image:
    longest = max(grey.size)
    scale = min(max(_WANTED_SIDE / longest, 1.0), _MOST_ZOOM, _LONGEST_SIDE / longest)
    if scale == 1.0:
        return grey
    size = max(1, round(grey.width * scale)), max(1, round(grey.height * scale))
    return grey.resize(size, Image.Resampling.LANCZOS)


def _evened(grey: Image.Image) -> Image.Image:
    """Without shadows: each pixel against the light around it. A photo taken in the evening becomes dark ink on light paper."""
    around = grey.filter(ImageFilter.BoxBlur(max(3, round(_LIGHT * max(grey.size)))))
    light: Values = np.maximum(np.asarray(around, np.float32), 4.0)
    values = (np.asarray(grey, np.float32) / light * _PAPER).clip(0, 255).astype(np.uint8)
    even = Image.fromarray(values)
    # Measured: with grain nothing is read of a card; the median of nine keeps strokes that a blur loses.
    return even.filter(ImageFilter.MedianFilter(3)) if grain_of(values) > _STRONG_GRAIN else even


def tilt_of(even: Image.Image) -> float:
    """By how many degrees (at most half a right angle) lines of ink fall to the right, whichever of the four ways they run."""
    small = even.reduce(max(1, max(even.size) // _SMALL))
    down, across = np.nonzero(np.asarray(small) < _INK)
    if len(down) < 200:
        return 0.0
    if len(down) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(down), _SAMPLE, replace=False)
        down, across = down[chosen], across[chosen]

    def unevenness(degrees: float) -> float:
        sine, cosine = np.sin(np.radians(degrees)), np.cos(np.radians(degrees))
        sums = (np.bincount((heights - heights.min()).astype(np.int64)) for heights in (
            down * cosine - across * sine,
            across * cosine + down * sine,
        ))  # fmt: skip
        return max(float((one.astype(np.float64) ** 2).sum()) for one in sums)

    best = max(np.arange(-_MOST_TILT, _MOST_TILT, 1.5), key=unevenness)
    return float(max(np.arange(best - 1.5, best + 1.6, 0.25), key=unevenness))


def _lines(words: Sequence[ocr.Seen]) -> list[str]:
    lines: dict[tuple[int, int, int], list[str]] = {}
    for word in words:
        lines.setdefault(word.line, []).append(word.text)
    return [" ".join(line) for line in lines.values()]
