"""Medians and percentiles of whole days, from how many cases took how many."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate


def percentile(counts: Mapping[int, int], percent: int) -> int | None:
    """The least number of days within which at least so many percent of the cases were done; None of none.

    The nearest rank, so that it is a number of days some case really took.
    """
    wanted = -(-sum(counts.values()) * percent // 100)
    running = accumulate(
        ((days, counts[days]) for days in sorted(counts)), lambda past, one: (one[0], past[1] + one[1])
    )
    return next((days for days, seen in running if seen >= wanted > 0), None)
