"""The synthetic nation that is measured on, and how long something takes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import nation


@dataclass
class Land:
    """The nation of a database: its first year and all years, its provinces, and communes by province."""

    year: int
    years: list[int]
    provinces: list[str]
    communes: dict[str, list[str]] = field(default_factory=dict)


def land_of(year: int) -> Land:
    from dinhlang.org.models import Unit
    from dinhlang.work.models import PeriodSums, SummedUnder
    from dinhlang.work.rollup import queries
    from dinhlang.work.rollup.rules import whole_year

    known = set(PeriodSums.objects.filter(bucket=whole_year(year)).values_list("unit_id", flat=True))
    provinces = Unit.objects.filter(pk__in=known, level="province").values_list("pk", flat=True)
    land = Land(year, queries.years(Unit.objects.get(pk=nation.NATION)), sorted(provinces))
    under = SummedUnder.objects.filter(unit__in=known, parent__in=land.provinces).order_by("unit_id")
    for unit, parent in under.values_list("unit_id", "parent_id"):
        land.communes.setdefault(parent, []).append(unit)
    return land


def ms(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def processors_ms() -> float:
    """What this process and its process of the database have used so far."""
    from django.db import connection

    used = time.process_time() * 1000
    if connection.vendor == "postgresql":
        schedule = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text()
        used += int(schedule.split()[0]) / 1e6
    return used
