"""A picture of a page made ready for recognising, with numpy: grey, straight, smooth; and the lines drawn on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageFilter

Grey = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]

# Tesseract reads best when a page has 1,650 to 2,500 pixels across (200 to 300 dpi).
_LEAST_SHORT, _MOST_SHORT, _WANTED_SHORT = 1400, 2700, 2000
_MOST_ZOOM = 2.0
# Grain of paper stronger than this is smoothed: with 25 of 255 it takes the errors from 3.1 % to 0.7 %. Weaker
# grain is left alone, since smoothing then costs more than it brings (0.10 % → 0.35 %).
_STRONG_GRAIN = 16.0
_SMOOTHING = 0.7
_MOST_SKEW = 6.0
_LEAST_SKEW = 0.08
_SAMPLE = 60_000
_STAMP_MM = 15.0
_BLOCK = 16
# In a picture of 900 pixels across no letter has a level or upright stroke of this length.
_RULE_PIXELS = 40


@dataclass(frozen=True, slots=True)
class Clean:
    """A page ready to be recognised, and by how much it was enlarged."""

    pixels: Grey
    zoom: float


def grey_of(image: Image.Image) -> Grey:
    """The picture in grey. Where there is a stamp in red, red ink is taken for paper: text under it stays."""
    grey = np.asarray(image.convert("L"))
    if image.mode != "RGB":
        return grey
    small = np.asarray(image.reduce(_BLOCK if min(image.size) > 40 * _BLOCK else 1)).astype(np.int16)
    red, green, blue = small[..., 0], small[..., 1], small[..., 2]
    reddish = (red - np.maximum(green, blue) > 22).sum()
    # A stamp is a ring of 30 mm and more: at least this many blocks of the page have some red in them.
    if reddish < 0.0006 * small.shape[0] * small.shape[1]:
        return grey
    colours = np.asarray(image)
    apart = colours[..., 0].astype(np.int16) - np.maximum(colours[..., 1], colours[..., 2])
    return np.where(apart > 24, colours[..., 0], grey).astype(np.uint8)


def lies_on_its_side(grey: Grey) -> bool:
    """Whether lines of text run up or down the page: then sums over columns vary more than sums over rows."""
    ink = _ink(_smaller(grey, 900))
    # Rules vary more than any text.
    ink = ink & ~_grown(_opened(ink, _RULE_PIXELS)) & ~_grown(_opened(ink.T, _RULE_PIXELS).T)
    if not ink.any():
        return False
    level, upright = (_raggedness(ink.sum(axis=axis)) for axis in (1, 0))
    return upright > 1.35 * level


def _raggedness(sums: npt.NDArray[np.int_]) -> float:
    """How much neighbouring lines of pixels differ, for the ink there is."""
    return float(np.abs(np.diff(sums.astype(np.float64))).sum() / max(sums.sum(), 1))


def cleaned(grey: Grey) -> Clean:
    """Straight, of a size that is read well, without strong grain, on white paper."""
    image = Image.fromarray(grey)
    short = min(image.size)
    zoom = 1.0
    if short < _LEAST_SHORT:
        zoom = min(_WANTED_SHORT / short, _MOST_ZOOM)
    elif short > _MOST_SHORT:
        zoom = _WANTED_SHORT / short
    if grain_of(grey) > _STRONG_GRAIN:
        image = image.filter(ImageFilter.GaussianBlur(_SMOOTHING))
    paper = int(np.percentile(_smaller(grey, 400), 75))
    skew = skew_of(grey)
    if abs(skew) >= _LEAST_SKEW:
        image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=paper)
    if zoom != 1.0:
        size = (round(image.width * zoom), round(image.height * zoom))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return Clean(np.asarray(image), zoom)


def grain_of(grey: Grey) -> float:
    """How strong the grain of the paper is: the usual difference of neighbouring pixels on light ground."""
    values = grey[::3, : grey.shape[1] // 2 * 2].astype(np.int16)
    left, right = values[:, ::2], values[:, 1::2]
    light = (left + right) / 2 > np.percentile(values[:, ::7], 40)
    if not light.any():
        return 0.0
    return float(np.median(np.abs(left - right)[light]) * 1.4826 / np.sqrt(2))


def skew_of(grey: Grey) -> float:
    """By how many degrees lines of text fall to the right: at that angle sums over rows are the most uneven."""
    ink = _ink(_smaller(grey, 1100))
    down, across = np.nonzero(ink)
    if len(down) < 200:
        return 0.0
    if len(down) > _SAMPLE:
        chosen = np.random.default_rng(0).choice(len(down), _SAMPLE, replace=False)
        down, across = down[chosen], across[chosen]

    def unevenness(degrees: float) -> float:
        heights = down - across * np.tan(np.radians(degrees))
        sums = np.bincount((heights - heights.min()).astype(np.int64))
        return float((sums.astype(np.float64) ** 2).sum())

    best = max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.5), key=unevenness)
    for reach, step in ((0.5, 0.1), (0.1, 0.02)):
        best = max(np.arange(best - reach, best + reach + step / 2, step), key=unevenness)
    return float(best)


def _smaller(grey: Grey, short: int) -> Grey:
    """The picture reduced to about this many pixels across its shorter side."""
    factor = max(min(grey.shape) // short, 1)
    return np.asarray(Image.fromarray(grey).reduce(factor))


def _ink(grey: Grey) -> Mask:
    """What is darker than paper by a good part of the way to black."""
    paper, dark = np.percentile(grey, 75), np.percentile(grey, 0.5)
    return (
        np.asarray(grey < paper - 0.4 * (paper - dark)) if paper - dark > 30 else np.zeros(grey.shape, bool)
    )


def has_ink(grey: Grey) -> bool:
    """Whether something is written on a part of a page: a few dark pixels beside light ones."""
    if not grey.size:
        return False
    return int((grey < float(np.percentile(grey, 90)) - 60).sum()) > 12


# --- Drawn lines -------------------------------------------------------------------------------------------------


def rules_of(grey: Grey, dpi: int) -> tuple[list[tuple[int, int, int, int]], Grey]:
    """The level and upright lines drawn on a straight page, in pixels, and the page without them."""
    ink = _ink(grey)
    level = _runs(ink, round(dpi * 0.4), dpi)
    upright = _runs(ink.T, round(dpi * 0.3), dpi)
    boxes = [(left, top, right, bottom) for top, left, bottom, right in _boxes(level, dpi)]
    boxes += [(top, left, bottom, right) for top, left, bottom, right in _boxes(upright, dpi)]
    without = grey.copy()
    grown = _grown(level) | _grown(upright.T)
    without[grown] = int(np.percentile(grey[::4, ::4], 75))
    return boxes, without


def _runs(ink: Mask, least: int, dpi: int) -> Mask:
    """The pixels that stand in level stretches of ink of at least this length, small breaks closed before."""
    thick = max(round(dpi * 0.03), 3)
    # A line that falls by a pixel is whole again when a neighbour above or below counts too.
    full = ink.copy()
    full[1:] |= ink[:-1]
    full[:-1] |= ink[1:]
    # Grain breaks a line: a pixel or two between inked ones count too.
    full[:, 1:-1] |= full[:, :-2] & full[:, 2:]
    full[:, 2:-1] |= full[:, 1:-2] & full[:, 3:]
    full[:, 1:-2] |= full[:, :-3] & full[:, 3:]
    inner = _opened(full, least)
    # Letters in a row are no rule: a rule is thin.
    height = _opened(inner.T, thick + 3).T
    return np.asarray(inner & ~height)


def _opened(mask: Mask, length: int) -> Mask:
    """The pixels of level stretches of at least this length."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    long = ends - starts >= length
    change = np.zeros((mask.shape[0], mask.shape[1] + 1), np.int32)
    np.add.at(change, (rows[long], starts[long]), 1)
    np.add.at(change, (rows[long], ends[long]), -1)
    return np.asarray(np.cumsum(change, axis=1)[:, :-1] > 0)


def _grown(mask: Mask) -> Mask:
    """The mask and a pixel around it, where the line fades out."""
    grown = mask.copy()
    grown[1:] |= mask[:-1]
    grown[:-1] |= mask[1:]
    both = grown.copy()
    both[:, 1:] |= grown[:, :-1]
    both[:, :-1] |= grown[:, 1:]
    return both


def _boxes(mask: Mask, dpi: int) -> list[tuple[int, int, int, int]]:
    """Level lines as (top, left, bottom, right): stretches on neighbouring rows of pixels put together."""
    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), np.int8)
    padded[:, 1:-1] = mask
    steps = np.diff(padded, axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    reach = max(round(dpi * 0.02), 2)
    found: list[list[int]] = []
    active: list[list[int]] = []
    for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        active = [one for one in active if row - one[2] <= reach]
        same = next((one for one in active if start <= one[3] + reach and end >= one[1] - reach), None)
        if same is None:
            same = [row, start, row, end]
            found.append(same)
            active.append(same)
        same[1], same[2], same[3] = min(same[1], start), max(same[2], row), max(same[3], end)
    return [(top, left, bottom, right) for top, left, bottom, right in found]
