"""Rules of a table too faint to pass for ink: seen by the mean of many pixels along them, where grain evens out.

Upright ones come first, since no line of text runs down a page; level ones are looked for between two of those.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Values = NDArray[np.float32]
Band = tuple[int, int, int, int]
# How much darker than the paper a rule is at least, and how much of that its neighbours may have.
_LEAST_DEPTH, _MOST_BESIDE = 9.0, 0.45
# How far beside a rule the paper is looked at, in pixels: blur makes rules wider.
_BESIDE = 5
_LEAST_UPRIGHT, _LEAST_LEVEL = 3, 3
# Inches that the narrowest column is wide, and pixels by which a level line may fall from column to column.
_LEAST_COLUMN, _DRIFT = 0.2, 4
_HALF = 2
# The mean begins to rise before a rule does: its ends are looked for this far beyond.
_REACH = 60


def table_rules(grey: Grey, dpi: int) -> list[Band]:
    """The rules of faint tables as (left, top, right, bottom); none unless three upright ones and two level ones meet."""
    dark = np.float32(np.percentile(grey[::4, ::4], 60)) - grey.astype(np.float32)
    upright = _merged(_runs(dark.T, round(0.6 * dpi), round(1.1 * dpi)))
    if len(upright) < _LEAST_UPRIGHT:
        return []
    longest = max(stop - start for start, stop, _ in upright)
    long = sorted((at, start, stop) for start, stop, at in upright if stop - start > 0.6 * longest)
    columns = _apart(long, round(_LEAST_COLUMN * dpi))
    if len(columns) < _LEAST_UPRIGHT:
        return []
    level = _level(dark, columns)
    heights = sorted({at for _, at, _ in level})
    if len(heights) < _LEAST_LEVEL:
        return []
    top, bottom = heights[0], heights[-1]
    return [(at, top, at, bottom) for at, _, _ in columns] + [
        (left, at, right, at) for left, at, right in level
    ]


def without(grey: Grey, rules: Sequence[Band]) -> Grey:
    """The page with faint rules painted over by paper."""
    clear = grey.copy()
    paper = int(np.percentile(grey[::4, ::4], 60))
    for left, top, right, bottom in rules:
        clear[max(top - _HALF, 0) : bottom + _HALF + 1, max(left - _HALF, 0) : right + _HALF + 1] = paper
    return clear


def _apart(lines: list[tuple[int, int, int]], least: int) -> list[tuple[int, int, int]]:
    """Upright lines (place, start, stop); of two that stand closer than a column the longer one."""
    found: list[tuple[int, int, int]] = []
    for line in lines:
        if found and line[0] - found[-1][0] < least:
            found[-1] = max(found[-1], line, key=lambda one: one[2] - one[1])
        else:
            found.append(line)
    return found


def _level(dark: Values, columns: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The level lines (left, place, right) between upright ones; each goes on over two columns at least."""
    seen: list[tuple[int, int, int]] = []
    for (left, *_), (right, *_) in pairwise(columns):
        first = max(min(start for _, start, _ in columns) - _REACH, 0)
        cut = dark[first : max(stop for _, _, stop in columns) + _REACH, left + 4 : right - 3]
        if cut.size:
            seen += [(left, first + at, right) for at in _peaks(cut.mean(axis=1))]
    kept = [one for one in seen if sum(abs(one[1] - other[1]) <= _DRIFT for other in seen) > 1]
    places: list[int] = []
    for _, at, _ in sorted(kept, key=lambda one: one[1]):
        if not places or at - places[-1] > _DRIFT:
            places.append(at)
    return [(left, min(places, key=lambda place: abs(place - at)), right) for left, at, right in kept]


def _runs(dark: Values, window: int, least: int) -> list[Band]:
    """Level stretches (as place, start, stop, depth) at which the mean over a window is that of a rule."""
    height, width = dark.shape
    if width <= window or height <= 2 * _BESIDE:
        return []
    sums = np.cumsum(np.pad(dark, ((0, 0), (1, 0))), axis=1, dtype=np.float64)
    means = (sums[:, window:] - sums[:, :-window]) / window
    middle = means[_BESIDE:-_BESIDE]
    beside = np.maximum(means[: -2 * _BESIDE], means[2 * _BESIDE :])
    is_rule = (middle > _LEAST_DEPTH) & (beside < _MOST_BESIDE * middle)
    found: list[Band] = []
    for row in np.nonzero(is_rule.any(axis=1))[0]:
        steps = np.diff(is_rule[row].astype(np.int8), prepend=0, append=0)
        starts, stops = np.nonzero(steps == 1)[0], np.nonzero(steps == -1)[0]
        for start, stop in zip(starts, stops, strict=True):
            # A window that lies over a rule by half counts already.
            first, last = int(start) + window // 4, int(stop) + window - window // 4
            if last - first >= least:
                found.append((int(row) + _BESIDE, first, last, 0))
    return found


def _merged(runs: list[Band]) -> list[tuple[int, int, int]]:
    """(start, stop, place) of stretches on neighbouring pixels made one."""
    groups: list[list[Band]] = []
    for run in sorted(runs):
        near = next(
            (
                group
                for group in groups
                if run[0] - group[-1][0] <= 3 and run[1] <= group[-1][2] and run[2] >= group[-1][1]
            ),
            None,
        )
        if near is None:
            groups.append([run])
        else:
            near.append(run)
    return [
        (min(one[1] for one in group), max(one[2] for one in group), group[len(group) // 2][0])
        for group in groups
    ]


def _peaks(profile: Values) -> list[int]:
    """Where a profile has a thin peak."""
    found: list[int] = []
    for at in range(_BESIDE, len(profile) - _BESIDE):
        depth = float(profile[at])
        sides = max(float(profile[at - _BESIDE]), float(profile[at + _BESIDE]))
        highest = depth >= float(profile[at - 3 : at + 4].max())
        if (
            depth > _LEAST_DEPTH
            and sides < _MOST_BESIDE * depth
            and highest
            and (not found or at - found[-1] > 6)
        ):
            found.append(at)
    return found
