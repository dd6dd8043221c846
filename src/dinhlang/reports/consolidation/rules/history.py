"""What is unusual for a unit, against its own earlier reports: no unit is held against another.

Median and median absolute deviation, since one slip in an earlier report must not move the measure. The bound is that
of Iglewicz and Hoaglin (1993): 3,5 deviations, each of 1,4826 times the median one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

FEWEST = 3
_BOUND = 3.5
_NORMAL = 1.4826
# Small figures jump by themselves: below these nothing is said, however steady the unit was.
_LEAST_PART = 0.5
_LEAST_COUNT = 5.0
_LEAST_POINTS = 5.0


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier figure of the same unit: the period it is of, the value, the days it was counted over."""

    period: str
    value: Decimal | float | int
    days: int


@dataclass(frozen=True, slots=True)
class Unusual:
    """A figure far from what the unit reported before.

    `usual` is the median of the earlier ones and `spread` their median distance from it, both for a window as long as
    this one; `past` the earlier figures as they were.
    """

    value: float
    usual: float
    spread: float
    past: tuple[Past, ...]

    @property
    def is_high(self) -> bool:
        return self.value > self.usual

    @property
    def times(self) -> float | None:
        """How many times the usual value it is; unknown where that is nothing."""
        return self.value / self.usual if self.usual else None


def unusual(
    value: Decimal | float | int | None, days: int, past: Sequence[Past], *, is_share: bool = False
) -> Unusual | None:
    """Whether a figure is far from the unit's own history; `None` when it is not, or when too little is known.

    Counts are set on the length of this window first (a half year against nine months); shares are not.
    """
    known = [one for one in past if one.days > 0]
    if value is None or days <= 0 or len(known) < FEWEST:
        return None
    earlier = [float(one.value) if is_share else float(one.value) * days / one.days for one in known]
    usual = median(earlier)
    spread = median(abs(one - usual) for one in earlier)
    least = _LEAST_POINTS if is_share else max(_LEAST_COUNT, _LEAST_PART * abs(usual))
    if abs(float(value) - usual) <= max(_BOUND * _NORMAL * spread, least):
        return None
    return Unusual(float(value), usual, spread, tuple(known))
