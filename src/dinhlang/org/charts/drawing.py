"""Where every line and label of a chart stands; the SVG itself is written by templates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined

from dinhlang.vietnamese.numbers import printed as printed_number

Value = int | float | None

WIDTH = 720.0
# Width of a letter in the chart's type, measured generously: labels must never run into each other.
_LETTER = 8.2
_MOST_SERIES = 4
_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Bar:
    """One month or other part: its label, its value."""

    label: str
    value: Value


@dataclass(frozen=True, slots=True)
class Pair:
    """One figure of two periods."""

    label: str
    now: Value
    before: Value


@dataclass(frozen=True, slots=True)
class Series:
    """Shares over time, as many as there are labels."""

    label: str
    values: tuple[Value, ...]


def bars(title: str, description: str, values: Sequence[Bar], *, name: str = "chart") -> str:
    """One count over time, a bar each. `name` makes ids unique on a page."""
    top, height, foot = 28.0, 200.0, 34.0
    low, high = _reach([bar.value for bar in values])
    step = WIDTH / max(len(values), 1)
    wide = min(step * 0.62, 56.0)
    zero = top + height * high / (high - low)
    drawn = []
    for at, bar in enumerate(values):
        middle = step * (at + 0.5)
        end = zero - _known(bar.value) * height / (high - low)
        drawn.append(
            {
                "x": middle - wide / 2,
                "y": min(zero, end),
                "width": wide,
                "height": abs(zero - end),
                "middle": middle,
                "value": _told(bar.value),
                "value_y": min(zero, end) - 7,
                "label": _cut(bar.label, step),
                "whole": bar.label,
                "is_known": bar.value is not None,
            }
        )
    return _svg(
        "bars.svg.jinja",
        title=title,
        description=description,
        name=name,
        width=WIDTH,
        height=top + height + foot,
        zero=zero,
        label_y=top + height + 22,
        bars=drawn,
    )


def pairs(
    title: str, description: str, values: Sequence[Pair], legend: tuple[str, str], *, name: str = "chart"
) -> str:
    """Two periods side by side: two lying bars for each figure, the label above them, the value at their end."""
    row, top = 74.0, 34.0
    known = [value for pair in values for value in (pair.now, pair.before)]
    low, high = _reach(known)
    room = WIDTH - 2 * _widest(known)
    left = _widest(known) if low < 0 else 0.0
    zero = left + room * -low / (high - low)
    drawn = []
    for at, pair in enumerate(values):
        y = top + at * row
        lines = []
        for place, value in enumerate((pair.now, pair.before)):
            long = abs(_known(value)) * room / (high - low)
            x = zero if _known(value) >= 0 else zero - long
            lines.append(
                {
                    "x": x,
                    "y": y + 24 + place * 22,
                    "width": long,
                    "value": _told(value),
                    "value_x": x + long + 6 if _known(value) >= 0 else x - 6,
                    "anchor": "start" if _known(value) >= 0 else "end",
                    "look": "ab"[place],
                    "is_known": value is not None,
                }
            )
        drawn.append({"label": _cut(pair.label, WIDTH), "whole": pair.label, "y": y + 16, "lines": lines})
    return _svg(
        "pairs.svg.jinja",
        title=title,
        description=description,
        name=name,
        width=WIDTH,
        height=top + row * len(values) + 4,
        zero=zero,
        legend=[_cut(one, WIDTH / 2 - 40) for one in legend],
        pairs=drawn,
    )


def lying(title: str, description: str, values: Sequence[Bar], *, name: str = "chart") -> str:
    """One count of many parts: a lying bar for each, its label before it and its value at its end."""
    row, top, gap = 26.0, 4.0, 8.0
    left = min(max((len(bar.label) for bar in values), default=1) * _LETTER + gap, WIDTH * 0.42)
    low, high = _reach([bar.value for bar in values])
    before = _widest([bar.value for bar in values]) if low < 0 else 0.0
    room = WIDTH - left - before - _widest([bar.value for bar in values])
    zero = left + before + room * -low / (high - low)
    drawn = []
    for at, bar in enumerate(values):
        long = abs(_known(bar.value)) * room / (high - low)
        x = zero if _known(bar.value) >= 0 else zero - long
        drawn.append(
            {
                "label": _cut(bar.label, left - gap),
                "whole": bar.label,
                "x": x,
                "y": top + at * row,
                "width": long,
                "value": _told(bar.value),
                "value_x": x + long + 6 if _known(bar.value) >= 0 else x - 6,
                "anchor": "start" if _known(bar.value) >= 0 else "end",
                "is_known": bar.value is not None,
            }
        )
    return _svg(
        "lying.svg.jinja",
        title=title,
        description=description,
        name=name,
        width=WIDTH,
        height=top + row * len(values) + 4,
        zero=zero,
        bars=drawn,
    )


def shares(
    title: str, description: str, labels: Sequence[str], series: Sequence[Series], *, name: str = "chart"
) -> str:
    """Shares from 0 to 100 over time, a line each; where nothing is known the line has a gap."""
    top, height, foot, left = 20.0, 200.0, 34.0, 44.0
    longest = max((len(one.label) for one in series), default=0)
    right = min(longest * _LETTER + 66, WIDTH * 0.42)
    step = (WIDTH - left - right) / max(len(labels) - 1, 1)

    def y_of(value: float) -> float:
        return top + height * (1 - min(max(value, 0.0), 100.0) / 100)

    drawn = [
        _drawn_line(one, "abcd"[at], left, step, y_of, right) for at, one in enumerate(series[:_MOST_SERIES])
    ]
    _part_labels([line for line in drawn if line["label"]], top, top + height)
    every = max(math.ceil(max((len(label) for label in labels), default=1) * _LETTER / max(step, 1.0)), 1)
    return _svg(
        "shares.svg.jinja",
        title=title,
        description=description,
        name=name,
        width=WIDTH,
        height=top + height + foot,
        left=left,
        right=WIDTH - right,
        grid=[{"y": y_of(part), "label": f"{part}%"} for part in (0, 25, 50, 75, 100)],
        labels=[
            {"x": left + step * at, "y": top + height + 22, "label": label}
            for at, label in enumerate(labels)
            if at % every == 0
        ],
        lines=drawn,
    )


def _drawn_line(
    one: Series, look: str, left: float, step: float, y_of: object, right: float
) -> dict[str, object]:
    if not callable(y_of):
        raise TypeError(y_of)
    stretches: list[list[tuple[float, float]]] = [[]]
    for at, value in enumerate(one.values):
        if value is None:
            stretches.append([])
        else:
            stretches[-1].append((left + step * at, y_of(float(value))))
    points = [point for stretch in stretches for point in stretch]
    last = next((value for value in reversed(one.values) if value is not None), None)
    return {
        "look": look,
        "paths": [_path(stretch) for stretch in stretches if len(stretch) > 1],
        "points": [{"x": x, "y": y} for x, y in points],
        "label": f"{_cut(one.label, right - 60)} {_told(last)}%" if points else "",
        "whole": one.label,
        "x": points[-1][0] + 10 if points else 0.0,
        "y": points[-1][1] + 5 if points else 0.0,
    }


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _part_labels(lines: list[dict[str, object]], top: float, bottom: float) -> None:
    """Move labels at the ends of lines apart, so that each can be read."""
    gap = 20.0
    floor = top
    for line in sorted(lines, key=lambda one: float(str(one["y"]))):
        line["y"] = floor = max(float(str(line["y"])), floor)
        floor += gap
    over = floor - gap - bottom
    if over > 0:
        for line in lines:
            line["y"] = float(str(line["y"])) - over


# --- measures -------------------------------------------------------------------------------------


def _reach(values: Sequence[Value]) -> tuple[float, float]:
    """From the least to the greatest value, zero within, never nothing wide."""
    known = [_known(value) for value in values]
    low, high = min([0.0, *known]), max([0.0, *known])
    return (low, high) if high > low else (0.0, 1.0)


def _known(value: Value) -> float:
    """A value as a length; what is not known or not a number has none."""
    return float(value) if value is not None and math.isfinite(value) else 0.0


def _widest(values: Sequence[Value]) -> float:
    return max((len(_told(value)) for value in values), default=1) * _LETTER + 12


def _told(value: Value) -> str:
    if value is None or not math.isfinite(value):
        return _UNKNOWN
    return printed_number(round(value, 2))


def _cut(label: str, room: float) -> str:
    """A label that fits; what is cut off is in its title and in the table."""
    most = max(int(room / _LETTER), 2)
    return label if len(label) <= most else label[: most - 1].rstrip() + _UNKNOWN


# --- writing --------------------------------------------------------------------------------------


def _svg(template: str, **drawn: object) -> str:
    return _templates().get_template(template).render(**drawn)


@lru_cache(maxsize=1)
def _templates() -> Environment:
    made = Environment(
        loader=PackageLoader("dinhlang.org.charts", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["at"] = lambda number: f"{number:.1f}"
    return made
