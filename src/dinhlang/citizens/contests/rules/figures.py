"""How a week went, for everyone: no group below ten is told, and none can be computed from the rest (`surveys.rules.suppression`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from dinhlang.citizens.surveys.rules.marking import Hardness, Mark, hardest
from dinhlang.citizens.surveys.rules.suppression import LEAST, hidden


@dataclass(frozen=True, slots=True)
class Sat:
    """One sitting, for figures: where somebody lives ('' elsewhere), in what capacity, what was reached."""

    hamlet: str
    group: str
    mark: Mark


@dataclass(frozen=True, slots=True)
class Part:
    """How many of a group took part; None for one that is not told."""

    key: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all sittings. What rests on fewer than ten is None or empty."""

    count: int
    all_right: int
    mean: Fraction | None
    most: int | None
    by_hamlet: tuple[Part, ...]
    by_group: tuple[Part, ...]
    hardest: tuple[Hardness, ...]


def figures(rows: Iterable[Sat]) -> Figures:
    """The figures of these sittings."""
    sat = list(rows)
    told = len(sat) >= LEAST
    most = {one.mark.most for one in sat}
    return Figures(
        count=len(sat),
        all_right=sum(one.mark.is_all_right for one in sat),
        mean=Fraction(sum(one.mark.points for one in sat), len(sat)) if told else None,
        # Of bank questions with different points not everyone could reach the same.
        most=most.pop() if told and len(most) == 1 else None,
        by_hamlet=_parts(Counter(one.hamlet for one in sat)) if told else (),
        by_group=_parts(Counter(one.group for one in sat)) if told else (),
        hardest=tuple(one for one in hardest(one.mark for one in sat) if one.asked >= LEAST),
    )


def _parts(counts: Counter[str]) -> tuple[Part, ...]:
    untold = hidden({key: [count] for key, count in counts.items()})
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    shown = [Part(key, None if key in untold else count) for key, count in rows]
    # Those that are not told stand last: their order would say which is larger.
    return tuple(sorted(shown, key=lambda one: (one.count is None, one.key if one.count is None else "")))
