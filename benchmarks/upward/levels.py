"""Questions about levels, asked of us and of others over the same rows (for `bench_upward`).

A question is a period of a year, counted as reports count it or by the calendar, and a level: all provinces, the communes of one
province, one commune. No two rounds ask the same.
"""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks import nation
from benchmarks.upward.land import Land, ms, p95, processors_ms

ROOT = Path(__file__).resolve().parent.parent.parent
DUCKDB = ROOT / ".venv-upward/bin/python"
GOALS = {
    "nation_p95_ms": ("≤", 100.0),
    "province_p95_ms": ("≤", 100.0),
    "commune_p95_ms": ("≤", 100.0),
    "nation_page_p95_ms": ("≤", 100.0),
    "province_page_p95_ms": ("≤", 100.0),
    "commune_page_p95_ms": ("≤", 100.0),
    "orm_ratio_sqlite": ("≥", 50.0),
    "orm_ratio_postgresql": ("≥", 20.0),
    "duckdb_ratio": ("≥", 1.0),
}
ROUNDS, WARM_UP, PEER_ROUNDS = 60, 4, 7
PERIODS = ("", "-H1", "-H2", "-9M", "-Q1", "-Q2", "-Q3", "-Q4", "-M02", "-M06", "-M09", "-M11")
Answer = list[tuple[str, str, int]]


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


# Asks it; gives milliseconds by the clock and of processors, and the answer.
Way = Callable[[Question], tuple[float, float, Any]]


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


# --- beside others --------------------------------------------------------------------------------


def beside(of: Land) -> dict[str, float]:
    """Province × name in a period by us, and by others over rows of commune, month and name (numbered), of all years that
    have a ledger.

    Each question is asked of all in turn, twice: for the clock, and for the seconds of processors it takes (of us, of the
    database's process, of DuckDB), which a busy machine does not make longer.
    """
    years = [year for year in of.years if year >= of.year]
    rows = _make_rows(of, years)
    whole = [Question(nation.NATION, f"{year}{part}", "lich") for year in years for part in PERIODS[:8]]
    asked = random.Random(7).sample(whole, min(PEER_ROUNDS + 1, len(whole)))
    ways: dict[str, Way] = {"ours": _timed(_ours), "orm": _timed(_by_orm), "sql": _timed(_by_sql)}
    with ExitStack() as stack:
        if DUCKDB.exists():
            ways["duckdb"] = stack.enter_context(_duckdb())
        else:
            print("DuckDB: left out, not installed (scripts/setup_peers upward)")
        clock = {name: [one[0] for one in times] for name, times in _asked_in_turn(ways, asked).items()}
        _by_one_process()
        used = {name: [one[1] for one in times] for name, times in _asked_in_turn(ways, asked).items()}
    ledger = _by_ledger(of)
    _drop_rows()
    found: dict[str, float] = {"facts": rows, "ours_ms": statistics.median(clock["ours"])}
    for name in ways:
        wall, cpu = statistics.median(clock[name]), statistics.median(used[name])
        spread = f"({min(clock[name]):.2f}–{max(clock[name]):.2f})"
        print(f"  {name:8} {wall:10.2f} ms {spread}, of processors {cpu:10.2f} ms", flush=True)
        if name != "ours":
            found[f"{name}_ratio"] = wall / found["ours_ms"]
            found[f"{name}_cpu_ratio"] = cpu / statistics.median(used["ours"])
    print(f"  ledger   {ledger:10.1f} ms (a year, once)", flush=True)
    return found | {"ledger_ratio": ledger / found["ours_ms"]}


def _asked_in_turn(ways: dict[str, Way], asked: list[Question]) -> dict[str, list[tuple[float, float]]]:
    names = _names()
    took: dict[str, list[tuple[float, float]]] = {}
    for number, question in enumerate(asked):
        found = {name: ask(question) for name, ask in ways.items()}
        wanted = sorted(found["ours"][2])
        for name, (wall, cpu, answer) in found.items():
            if sorted(answer if name == "ours" else _with_names(answer, names)) != wanted:
                raise RuntimeError(f"{name} answers {question} otherwise")
            if number:  # the first is to warm up
                took.setdefault(name, []).append((wall, cpu))
    return took


def _by_one_process() -> None:
    """What PostgreSQL's helpers use is not told: it works without them while processors are watched."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def _with_names(answer: Any, names: tuple[dict[int, str], Sequence[str]]) -> Answer:
    provinces, concepts = names
    return [(provinces[province], concepts[concept], int(value)) for province, concept, value in answer]


def _timed(ask: Callable[[Question], Any]) -> Way:
    def timed(question: Question) -> tuple[float, float, Any]:
        used, began = processors_ms(), time.perf_counter()
        found = ask(question)
        wall = (time.perf_counter() - began) * 1000
        return wall, processors_ms() - used, found

    return timed


def _ours(question: Question) -> Answer:
    from dinhlang.work.rollup import queries
    from dinhlang.work.rollup.places import PLACES
    from dinhlang.work.rollup.sums import LINES, PARTS

    _whole, below = queries.numbers(question.unit, question.window)
    return [
        (unit, name, sums[PARTS * place])
        for unit, _window, sums in below
        for place, name in enumerate(PLACES)
        if sums[PARTS * place + LINES]
    ]


def _months(question: Question) -> list[int]:
    window = question.window
    return [window.start.year * 100 + month for month in range(window.start.month, window.end.month + 1)]


def _by_orm(question: Question) -> Any:
    from django.db.models import Sum

    found = _raw_model().objects.filter(month__in=_months(question)).order_by()
    return list(found.values_list("province", "concept").annotate(Sum("value")))


def _by_sql(question: Question) -> Any:
    from django.db import connection

    months = _months(question)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT province, concept, sum(value) FROM bench_rows WHERE month BETWEEN %s AND %s GROUP BY 1, 2",
            [months[0], months[-1]],
        )
        return cursor.fetchall()


def _by_ledger(of: Land) -> float:
    from django.db import connection

    asked = (
        "SELECT p.parent_id, m.concept, sum(m.value) FROM work_measure m JOIN work_activity a ON a.id = m.activity_id"
        " JOIN work_summedunder p ON p.unit_id = a.unit_id LEFT JOIN work_reversal r ON r.activity_id = a.id"
        " WHERE r.id IS NULL AND a.happened_on BETWEEN %s AND %s GROUP BY 1, 2"
    )
    with connection.cursor() as cursor:
        return ms(lambda: cursor.execute(asked, [f"{of.year}-01-01", f"{of.year}-12-31"]).fetchall())


def _raw_model() -> Any:
    from django.apps import apps
    from django.db import models

    if "benchrow" in apps.all_models["work"]:
        return apps.all_models["work"]["benchrow"]
    meta = type("Meta", (), {"app_label": "work", "managed": False, "db_table": "bench_rows"})
    columns = {
        "province": models.IntegerField(primary_key=True),
        "month": models.IntegerField(),
        "concept": models.IntegerField(),
        "value": models.BigIntegerField(),
    }
    return type("BenchRow", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


# --- the rows of the others -----------------------------------------------------------------------


def _names() -> tuple[dict[int, str], Sequence[str]]:
    from django.db import connection

    from dinhlang.work.rollup.places import PLACES

    with connection.cursor() as cursor:
        cursor.execute("SELECT province, unit_id FROM bench_provinces")
        return dict(cursor.fetchall()), PLACES


def _drop_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in ("bench_rows", "bench_provinces"):
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _make_rows(of: Land, years: Sequence[int]) -> int:
    """One row for each commune, month and name, with an index by month; gives how many there are."""
    from django.db import connection, transaction

    _drop_rows()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_provinces (province integer, unit_id varchar(80))")
        cursor.execute(
            "CREATE TABLE bench_rows (province integer, commune integer, month integer, concept integer, value bigint)"
        )
        number = 0
        for place, province in enumerate(of.provinces):
            cursor.execute("INSERT INTO bench_provinces VALUES (%s, %s)", [place, province])
            nation.insert(
                "bench_rows",
                ("province", "commune", "month", "concept", "value"),
                [
                    (place, number + position, month, concept, value)
                    for position, commune in enumerate(of.communes[province])
                    for month, concept, value in _of_commune(commune, years)
                ],
            )
            number += len(of.communes[province])
        cursor.execute("CREATE INDEX bench_rows_month ON bench_rows (month, province)")
        cursor.execute("ANALYZE bench_rows")
        cursor.execute("SELECT count(*) FROM bench_rows")
        return int(cursor.fetchone()[0])


def _of_commune(commune: str, years: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    from dinhlang.work.models import PeriodSums
    from dinhlang.work.rollup.rules import to_the_end_of_months
    from dinhlang.work.rollup.sums import LINES, PARTS, minus, nothing, unpacked

    wanted = [bucket for year in years for bucket in to_the_end_of_months(year)]
    rows = PeriodSums.objects.filter(unit=commune, bucket__in=wanted).values_list("bucket", "sums")
    stored = {bucket: unpacked(sums) for bucket, sums in rows}
    for year in years:
        before = nothing()
        for month, bucket in enumerate(to_the_end_of_months(year), 1):
            until = stored.get(bucket, before)
            sums = minus(until, before)
            before = until
            for concept, lines in enumerate(sums[LINES::PARTS]):
                if lines:
                    yield year * 100 + month, concept, sums[PARTS * concept]


@contextmanager
def _duckdb() -> Iterator[Way]:
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "facts.csv"
        with rows.open("w", newline="") as file, connection.cursor() as cursor:
            out = csv.writer(file)
            out.writerow(["province", "commune", "month", "concept", "value"])
            cursor.execute("SELECT province, commune, month, concept, value FROM bench_rows ORDER BY month")
            while some := cursor.fetchmany(20_000):
                out.writerows(some)
        process = subprocess.Popen(
            [DUCKDB, ROOT / "benchmarks/peers/duck.py", rows],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        sql = "SELECT province, concept, sum(value) FROM facts WHERE month BETWEEN ? AND ? GROUP BY ALL"

        def ask(question: Question) -> tuple[float, float, Any]:
            months = _months(question)
            print(json.dumps([sql, [months[0], months[-1]]]), file=process.stdin, flush=True)
            wall, cpu, found = json.loads(process.stdout.readline())
            return wall, cpu, found

        try:
            yield ask
        finally:
            process.stdin.close()
            process.wait(timeout=30)
