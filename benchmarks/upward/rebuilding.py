"""All facts and sums of a province and a year, made anew from its ledgers."""

from __future__ import annotations

import time
from datetime import date

from benchmarks import nation
from benchmarks.upward.land import Land, processors_ms

GOALS = {"rebuild_s": ("≤", 60.0)}


def rebuild(land: Land) -> dict[str, float]:
    """All facts and sums of the largest province in a year: when all are right already, and when none is there.

    In this order one that is broken off is mended by the next.
    """
    from dinhlang.work.models import DailyFact, PeriodSums, SumsBelow
    from dinhlang.work.rollup import actions as rollup

    province = max(land.provinces, key=lambda one: len(land.communes[one]))
    units = [province, *land.communes[province]]
    before = _kept(units, land.year)
    days = {"day__range": (date(land.year, 1, 1), date(land.year, 12, 31))}
    found = {}
    for name in ("rebuild_right_s", "rebuild_s"):
        if name == "rebuild_s":
            DailyFact.objects.filter(unit__in=units, **days).delete()
            PeriodSums.objects.filter(unit__in=units, bucket__startswith=str(land.year)).delete()
            SumsBelow.objects.filter(unit__in=units, **days).delete()
        used, began = processors_ms(), time.perf_counter()
        made = rollup.rebuild(year=land.year, root=province, from_ledger=True)
        found[name] = time.perf_counter() - began
        found[name.replace("_s", "_cpu_s")] = (processors_ms() - used) / 1000
        if _kept(units, land.year) != before:
            raise RuntimeError(
                "a rebuild found other facts; if one was broken off before, they are right now: start once more"
            )
    print(
        f"  rebuilt {province}: {len(units) - 1} communes, {before[0]} daily facts, {made} sums", flush=True
    )
    return found


def _kept(units: list[str], year: int) -> tuple[int, ...]:
    """How many rows there are, and what all of them say, whatever their order."""
    from dinhlang.work.models import DailyFact, PeriodSums, SumsBelow

    days = {"day__range": (date(year, 1, 1), date(year, 12, 31))}
    columns = ("unit_id", "concept", "day", "total", "lines", "inexact_lines", "unevidenced_lines", "digest")
    number = said = 0
    for row in DailyFact.objects.filter(unit__in=units, **days).values_list(*columns).iterator(5000):
        number += 1
        said ^= hash(row)
    above = [nation.NATION, *units]
    periods = PeriodSums.objects.filter(unit__in=above, bucket__startswith=str(year))
    below = SumsBelow.objects.filter(unit__in=above, **days)
    sums = [*periods.values_list("unit_id", "bucket", "sums"), *below.values_list("unit_id", "day", "sums")]
    for unit, when, stored in sums:
        said ^= hash((unit, when, bytes(stored)))
    return number, len(sums), said
