"""A picture of a page made ready for recognising, with numpy: grey, straight, smooth; and the lines drawn on it."""

from __future__ import annotations

from collections.abc import Sequence
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
_STRONG_GRAIN = 12.0
_SMOOTHING = 0.7
_MOST_SKEW = 6.0
_LEAST_SKEW = 0.08
_SAMPLE = 60_000
_STAMP_MM = 15.0
_BLOCK = 16
_LEAST_PIXELS = 60
_COARSE = 4
# Shares of a line's length: ink beside it that makes it a row of letters, ink in a break that makes it go on.
_MOST_BESIDE, _GOES_ON = 0.28, 0.45
_MOST_PARTS = 60
# In a picture of 450 pixels across no word has a stroke of this length.
_RULE_PIXELS = 65


@dataclass(frozen=True, slots=True)
class Clean:
    """A page ready to be recognised, by how much it was enlarged, and whether it was grainy or coarse."""

    pixels: Grey
    zoom: float
    is_poor: bool


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
    """Whether lines of text run up or down the page: then ink is spread over columns more unevenly than over rows."""
    ink = _ink(_smaller(grey, 450))
    # Rules are more uneven than any text.
    ink = ink & ~_grown(_opened(ink, _RULE_PIXELS)) & ~_grown(_opened(ink.T, _RULE_PIXELS).T)
    if not ink.any():
        return False
    level, upright = (_unevenness(ink.sum(axis=axis)) for axis in (1, 0))
    return upright > 1.1 * level


def _unevenness(sums: npt.NDArray[np.int_]) -> float:
    """The mean square over the square of the mean: 1.3 along the lines of an upright page, 1.5 to 12 across them."""
    return float((sums.astype(np.float64) ** 2).mean() / max(float(sums.mean()) ** 2, 1e-9))


def cleaned(grey: Grey) -> Clean:
    """Straight, of a size that is read well, without strong grain, on white paper."""
    image = Image.fromarray(grey)
    short = min(image.size)
    zoom = 1.0
    if short < _LEAST_SHORT:
        zoom = min(_WANTED_SHORT / short, _MOST_ZOOM)
    elif short > _MOST_SHORT:
        zoom = _WANTED_SHORT / short
    grainy = grain_of(grey) > _STRONG_GRAIN
    if grainy:
        image = image.filter(ImageFilter.GaussianBlur(_SMOOTHING))
    paper = int(np.percentile(_smaller(grey, 400), 75))
    skew = skew_of(grey)
    if abs(skew) >= _LEAST_SKEW:
        image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=paper)
    if zoom != 1.0:
        size = (round(image.width * zoom), round(image.height * zoom))
        image = image.resize(size, Image.Resampling.LANCZOS)
    return Clean(np.asarray(image), zoom, grainy or zoom > 1)


def grain_of(grey: Grey) -> float:
    """How strong the grain of the paper is: the usual difference of neighbouring pixels on light ground.

    The mean, not the median: where paper is white half of the grain is cut off, and most neighbours are alike.
    """
    values = grey[::3, : grey.shape[1] // 2 * 2].astype(np.int16)
    left, right = values[:, ::2], values[:, 1::2]
    light = np.minimum(left, right) > np.percentile(values[:, ::7], 75) - 90
    if not light.any():
        return 0.0
    # Two values of a normal grain differ by 1.128 times its strength.
    return float(np.abs(left - right)[light].mean() / 1.128)


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


def is_blank(grey: Grey) -> bool:
    """Whether nothing is drawn on a page, or too little of it is there to hold a word."""
    return min(grey.shape) < _LEAST_PIXELS or not _ink(_smaller(grey, 900)).any()


def written_part(grey: Grey) -> tuple[int, int, int, int] | None:
    """The box around what is written on a part of a page, specks aside; None when nothing is."""
    ink = grey < float(np.percentile(grey, 90)) - 60
    # A speck of grain has no inked neighbours.
    kept = ink[1:, :] & ink[:-1, :]
    rows, columns = np.nonzero(kept.sum(axis=1) > 0)[0], np.nonzero(kept.sum(axis=0) > 0)[0]
    if len(rows) < 3 or len(columns) < 2 or kept.sum() < 15:
        return None
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 2


def unread_parts(
    grey: Grey, boxes: Sequence[tuple[int, int, int, int]], dpi: int
) -> list[tuple[int, int, int, int]]:
    """The boxes of lines of ink in which no word was found; `boxes` are those of the words."""
    ink = _ink(grey)
    for left, top, right, bottom in boxes:
        ink[max(top - 3, 0) : bottom + 3, max(left - 3, 0) : right + 3] = False
    step = _COARSE
    height, width = (side // step * step for side in ink.shape)
    coarse = ink[:height, :width].reshape(height // step, step, width // step, step).sum(axis=(1, 3))
    parts = _parts(coarse >= 3, reach=max(round(dpi * 0.12 / step), 1))
    least_high, most_high, least_wide = (dpi * inches for inches in (0.085, 0.35, 0.1))
    found = []
    for top, left, bottom, right in parts:
        box = (left * step - 4, top * step - 4, right * step + 4, bottom * step + 4)
        high, wide = (bottom - top) * step, (right - left) * step
        if least_high <= high <= most_high and wide >= least_wide:
            found.append((max(box[0], 0), max(box[1], 0), box[2], box[3]))
    return found[:_MOST_PARTS]


def _parts(mask: Mask, reach: int) -> list[tuple[int, int, int, int]]:
    """Boxes (top, left, bottom, right) of what hangs together, gaps of `reach` along a line allowed."""
    left_to_see = set(zip(*(axis.tolist() for axis in np.nonzero(mask)), strict=True))
    found = []
    while left_to_see:
        waiting = [left_to_see.pop()]
        top, left = bottom, right = waiting[0]
        while waiting:
            row, column = waiting.pop()
            top, bottom = min(top, row), max(bottom, row)
            left, right = min(left, column), max(right, column)
            for down in (-1, 0, 1):
                for across in range(-reach, reach + 1):
                    near = (row + down, column + across)
                    if near in left_to_see:
                        left_to_see.remove(near)
                        waiting.append(near)
        found.append((top, left, bottom + 1, right + 1))
    return found


# --- Drawn lines -------------------------------------------------------------------------------------------------


def rules_of(grey: Grey, dpi: int) -> tuple[list[tuple[int, int, int, int]], Grey]:
    """The level and upright lines drawn on a straight page, in pixels, and the page without them."""
    ink = _ink(grey)
    level, level_mask = _lines(ink, dpi, 0.5, 0.6)
    upright, upright_mask = _lines(ink.T, dpi, 0.3, 0.3)
    without = grey.copy()
    without[_grown(level_mask | upright_mask.T)] = int(np.percentile(grey[::4, ::4], 75))
    boxes = [(left, top, right, bottom) for top, left, bottom, right in level]
    boxes += [(top, left, bottom, right) for top, left, bottom, right in upright]
    return boxes, without


Band = tuple[int, int, int, int]


def _lines(ink: Mask, dpi: int, least: float, least_broken: float) -> tuple[list[Band], Mask]:
    """The level lines as (top, left, bottom, right), and their pixels: whole ones and broken ones, by least inches."""
    closed = ink.copy()
    # Grain breaks a line: a pixel or two between inked ones count too. The serifs of capitals touch then as well, but
    # for no longer than a word.
    closed[:, 1:-1] |= ink[:, :-2] & ink[:, 2:]
    closed[:, 1:-2] |= ink[:, :-3] & ink[:, 3:]
    mask = _thin_runs(ink, round(dpi * least), dpi) | _thin_runs(closed, round(dpi * least_broken), dpi)
    kept, clear = [], np.zeros_like(mask)
    for top, left, bottom, right in _boxes(mask, dpi):
        if right - left > 1.5 * dpi or _stands_free(ink, (top, left, bottom, right)):
            kept.append((top, left, bottom, right))
            clear[top : bottom + 1, left:right] = mask[top : bottom + 1, left:right]
    return _bridged([_stretched(line, ink, dpi) for line in kept], ink, dpi), clear


def _stretched(line: Band, ink: Mask, dpi: int) -> Band:
    """A long line with the faint ink in which it goes on at its ends."""
    top, left, bottom, right = line
    step, width = max(dpi // 10, 4), ink.shape[1]
    if right - left < dpi:
        return line
    band = np.asarray(ink[max(top - 1, 0) : bottom + 2].max(axis=0))
    while right + step <= width and band[right : right + step].mean() > _GOES_ON:
        right += step
    while left - step >= 0 and band[left - step : left].mean() > _GOES_ON:
        left -= step
    return top, left, bottom, right


def _thin_runs(ink: Mask, least: int, dpi: int) -> Mask:
    """The pixels that stand in level stretches of ink of at least this length, and are not thick."""
    thick = max(round(dpi * 0.03), 3)
    # A line that falls by a pixel is whole again when a neighbour above or below counts too.
    full = ink.copy()
    full[1:] |= ink[:-1]
    full[:-1] |= ink[1:]
    inner = _opened(full, least)
    return np.asarray(inner & ~_opened(inner.T, thick + 3).T)


def _stands_free(ink: Mask, box: Band) -> bool:
    """Whether little ink stands just over or under a line: the foot of a row of capitals looks like a line too."""
    top, left, bottom, right = box
    over, under = ink[max(top - 5, 0) : max(top - 2, 0), left:right], ink[bottom + 3 : bottom + 6, left:right]
    return all(not part.size or part.mean() < _MOST_BESIDE for part in (over, under))


def _bridged(lines: list[Band], ink: Mask, dpi: int) -> list[Band]:
    """Lines on one height put together where faint ink goes on between them."""
    found: list[Band] = []
    for line in sorted(lines, key=lambda line: (line[0] // 6, line[1])):
        top, left, bottom, right = line
        before = found[-1] if found else None
        if before is not None and abs(before[0] - top) <= 4 and 0 <= left - before[3] < dpi:
            between = ink[max(min(before[0], top) - 1, 0) : max(before[2], bottom) + 2, before[3] : left]
            if not between.size or between.any(axis=0).mean() > _GOES_ON:
                found[-1] = (min(before[0], top), before[1], max(before[2], bottom), max(right, before[3]))
                continue
        found.append(line)
    return found


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


# Between the serifs above and the crossbar of an H in the middle, strokes stand apart.
_BAND = (0.22, 0.42)
_STROKE_INK = 0.6


def strokes_in(grey: Grey, box: tuple[int, int, int, int]) -> int:
    """How many upright strokes a word of such strokes has: 'III' has three, whatever letters it was taken for."""
    left, top, right, bottom = box
    height = bottom - top
    band = grey[top + int(_BAND[0] * height) : top + int(_BAND[1] * height) + 1, max(left - 1, 0) : right + 1]
    if band.size == 0:
        return 0
    dark = band < (int(band.min()) + int(band.max())) / 2
    inked = dark.mean(axis=0) >= _STROKE_INK
    return int(np.count_nonzero(np.diff(inked.astype(np.int8), prepend=0) == 1))
