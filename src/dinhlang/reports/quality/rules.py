"""The groups and parts of the index as data, and what counts over counts make of their points. Unknown is never zero."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from dinhlang.org.rules import Refused

_CENT = Decimal("0.01")


class NoScheme(Refused):
    """No index was in force on that day."""


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is scored. `measure` is '' where none of our registers says anything; `missing` then says why.

    `full_at` is the share in percent from which all its points are given.
    """

    code: str
    name: str
    maximum: Decimal
    is_checked: bool
    measure: str = ""
    missing: str = ""
    full_at: int = 100


@dataclass(frozen=True, slots=True)
class Group:
    """`concept` ends the name under which the points that the portal publishes are kept (`service_quality_openness`).

    `hint` says what to type of them where the portal shows the group in another way.
    """

    code: str
    concept: str
    name: str
    maximum: Decimal
    is_checked: bool
    parts: Sequence[Part]
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """The index as it stood from a day on."""

    basis: str
    source: str
    groups: Sequence[Group]

    @property
    def maximum(self) -> Decimal:
        return sum((one.maximum for one in self.groups), Decimal())


@dataclass(frozen=True, slots=True)
class Measured:
    """A count over a count; nothing to count over is no score at all."""

    reached: int
    whole: int


@dataclass(frozen=True, slots=True)
class PartScore:
    """A part with what was measured. `points` is None where nothing is known; `why` then says what is missing."""

    part: Part
    measured: Measured | None

    @property
    def points(self) -> Decimal | None:
        """Cut to two places, never rounded up to what was not reached."""
        if self.measured is None or not self.measured.whole:
            return None
        wanted = self.measured.whole * self.part.full_at
        points = min(self.part.maximum, self.part.maximum * self.measured.reached * 100 / wanted)
        return points.quantize(_CENT, rounding=ROUND_FLOOR)


@dataclass(frozen=True, slots=True)
class Score:
    """Points of some parts: `points` out of the `known` that can be computed, of a `maximum`."""

    points: Decimal
    known: Decimal
    maximum: Decimal


@dataclass(frozen=True, slots=True)
class GroupScore:
    group: Group
    parts: Sequence[PartScore]

    @property
    def score(self) -> Score:
        return _sum(self.parts, self.group.maximum)


def scored(scheme: Scheme, measured: Mapping[str, Measured | None]) -> tuple[Sequence[GroupScore], Score]:
    """Each group with its parts, and all of them together."""
    groups = [
        GroupScore(one, tuple(PartScore(part, measured.get(part.measure)) for part in one.parts))
        for one in scheme.groups
    ]
    return groups, _sum([part for one in groups for part in one.parts], scheme.maximum)


def _sum(parts: Sequence[PartScore], maximum: Decimal) -> Score:
    known = [(one.points, one.part.maximum) for one in parts if one.points is not None]
    return Score(
        sum((points for points, _of in known), Decimal()),
        sum((of for _points, of in known), Decimal()),
        maximum,
    )


def scheme_on(day: date) -> Scheme:
    """The index in force on a day. Raises `NoScheme`."""
    begun = [
        one for one in _data()["schemes"] if one["from"] <= day and ("until" not in one or one["until"] > day)
    ]
    if not begun:
        raise NoScheme(f"no index on {day}")
    return _scheme(begun[-1])


def first_day() -> date:
    """The first day on which there was an index."""
    first: date = min(one["from"] for one in _data()["schemes"])
    return first


def _scheme(row: Mapping[str, Any]) -> Scheme:
    return Scheme(row["basis"], row["source"], tuple(_group(one) for one in row["groups"]))


def _group(row: Mapping[str, Any]) -> Group:
    parts = tuple(
        Part(
            one["code"],
            one["name"],
            Decimal(one["maximum"]),
            one["checked"],
            one.get("measure", ""),
            one.get("missing", ""),
            one.get("full_at", 100),
        )
        for one in row["parts"]
    )
    return Group(
        row["code"],
        row["concept"],
        row["name"],
        Decimal(row["maximum"]),
        row["checked"],
        parts,
        row.get("hint", ""),
    )


@cache
def _data() -> dict[str, Any]:
    text = (files("dinhlang.reports") / "data" / "quality.toml").read_text("utf-8")
    return tomllib.loads(text)
