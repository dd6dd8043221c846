"""Questions about levels, and how long our tables and pages take to answer them (for `bench_upward`).

A question is a period of a year, counted as reports count it or by the calendar, and a level: all provinces, the communes of one
province, one commune. No two rounds ask the same.
"""

from __future__ import annotations

import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from benchmarks import nation
from benchmarks.upward.land import Land, ms, p95, processors_ms

GOALS = {
    "nation_p95_ms": ("≤", 100.0),
    "province_p95_ms": ("≤", 100.0),
    "commune_p95_ms": ("≤", 100.0),
    "nation_page_p95_ms": ("≤", 100.0),
    "province_page_p95_ms": ("≤", 100.0),
    "commune_page_p95_ms": ("≤", 100.0),
}
ROUNDS, WARM_UP = 60, 4
PERIODS = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4", "-M02", "-M06", "-M09", "-M11")


@dataclass(frozen=True)
class Question:
    """A level and a period, as the address of the page has it."""

    unit: str
    period: str
    counted: str

    @property
    def window(self) -> Any:
        from dinhlang.periods import regimes
        from dinhlang.periods.identifier import Period

        period = Period.parse(self.period)
        if self.counted == "lich":
            return period.calendar_window()
        return regimes.get(on=period.calendar_window().end).window(period)

    @property
    def address(self) -> str:
        return f"/ban-lam-viec/so-lieu/?unit={self.unit}&period={self.period}&counted={self.counted}"


def questions(of: Land) -> Iterator[dict[str, Question]]:
    """A question of each level, again and again: every province comes before one comes again."""
    luck = random.Random(7)
    while True:
        for province in luck.sample(of.provinces, len(of.provinces)):
            period = f"{luck.choice(of.years)}{luck.choice(PERIODS)}"
            counted = luck.choice(("bao-cao", "lich"))
            units = {
                "nation": nation.NATION,
                "province": province,
                "commune": luck.choice(of.communes[province]),
            }
            yield {name: Question(unit, period, counted) for name, unit in units.items()}


def levels(of: Land) -> dict[str, float]:
    """The table as the page makes it with the months below it, and the page itself, of somebody of the nation."""
    from dinhlang.org.models import Unit

    client = _viewer()
    took: dict[str, list[float]] = {}
    for number, asked in enumerate(islice(questions(of), ROUNDS + WARM_UP)):
        for name, question in asked.items():
            unit = Unit.objects.get(pk=question.unit)
            used = processors_ms()
            of_table = ms(lambda u=unit, q=question: _table(u, q))
            used_by_table = processors_ms() - used
            of_page = ms(lambda q=question: _page(client, q))
            used_by_page = processors_ms() - used - used_by_table
            if number >= WARM_UP:
                took.setdefault(f"{name}_p95_ms", []).append(of_table)
                took.setdefault(f"{name}_cpu_p95_ms", []).append(used_by_table)
                took.setdefault(f"{name}_page_p95_ms", []).append(of_page)
                took.setdefault(f"{name}_page_cpu_p95_ms", []).append(used_by_page)
    for name, times in took.items():
        print(f"  {name[:-7]:18} median {statistics.median(times):7.1f} ms", flush=True)
    return {name: p95(times) for name, times in took.items()}


def _table(unit: Any, question: Question) -> None:
    from dinhlang.org.views import PER_PAGE
    from dinhlang.work.rollup import queries

    table = queries.table(unit, question.window)
    shown = [row.figures for row in table.rows[:PER_PAGE]]
    queries.months(unit, int(question.period[:4]))
    if not table.total or len(shown) > PER_PAGE:
        raise RuntimeError(f"{question} has no figures")


def _page(client: Any, question: Question) -> None:
    answer = client.get(question.address)
    if answer.status_code != 200:
        raise RuntimeError(f"{question.address} answered {answer.status_code}")


def _viewer() -> Any:
    from django.conf import settings
    from django.test import Client

    from dinhlang.config import start
    from dinhlang.org.models import Person, Position
    from dinhlang.org.rules import Role

    settings.ALLOWED_HOSTS.append("testserver")
    person, _is_new = Person.objects.get_or_create(
        username="nguoi-xem", defaults={"full_name": "Đỗ Thị Đo Lường"}
    )
    Position.objects.get_or_create(
        person=person, unit_id=nation.NATION, role=Role.REVIEWER, defaults={"title": "Người theo dõi"}
    )
    client = Client()
    client.force_login(person)
    start.settle()  # as the process does that serves pages
    return client
