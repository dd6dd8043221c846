"""How soon a line of a commune's ledger stands in its province's table."""

from __future__ import annotations

import threading
import time
from datetime import date

from benchmarks.upward.land import Land

GOALS = {"dashboard_s": ("≤", 5.0)}


def dashboard(land: Land) -> dict[str, float]:
    from django.utils import timezone

    from dinhlang.config import ticking
    from dinhlang.org.models import Unit
    from dinhlang.periods.window import Window
    from dinhlang.work import actions
    from dinhlang.work.rollup import queries

    at = timezone.now()
    day = timezone.localdate(at)
    window = Window(date(day.year, 1, 1), date(day.year, 12, 31))
    threading.Thread(target=ticking.add_up_for_ever, daemon=True).start()
    province = Unit.objects.get(pk=land.provinces[0])
    commune = Unit.objects.get(pk=land.communes[province.pk][0])

    def shown() -> int:
        figure = queries.table(province, window, ["articles"]).total.get("articles")
        return figure.lines if figure else 0

    waits = []
    for number in range(10):
        before, began = shown(), time.perf_counter()
        actions.record_activity(
            unit=commune,
            kind="website",
            happened_on=day,
            title=f"Bài đo số {number} lúc {began}",
            measures={"articles": 1},
            by=None,
            at=at,
        )
        while shown() == before:
            if time.perf_counter() - began > 60:
                raise RuntimeError("the line is not shown")
            time.sleep(0.02)
        waits.append(time.perf_counter() - began)
    return {"dashboard_s": max(waits)}
