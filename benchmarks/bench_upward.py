"""How quickly figures of every level are there, and how quickly they follow the ledger.

`python -m benchmarks.bench_upward` makes a synthetic nation (`nation`) in databases of its own, PostgreSQL with all of
it and SQLite with a tenth, and throws them away; `--communes`, `--years`, `--lines` make it smaller or larger (as it comes:
200 communes, 1 year, 25 lines a month: two minutes). `--made ADDRESS` measures on a database that `benchmarks.nation`
filled before ('' is the SQLite of `DINHLANG_DATA`). It prints a table and, as its last line, one JSON object, each name
with the database at its end:

- `nation_p95_ms`, `province_p95_ms`, `commune_p95_ms`: the table of a level as the desk asks for it, of a year by the
  calendar, of the half and the year as reports count them (15/12 – 14/6, 15/12 – 14/12), taking turns;
- `orm_ratio`, `sql_ratio`, `duckdb_ratio`: how many times as long the same table of a calendar year takes (province ×
  concept) by Django's ORM over rows of commune, month and concept, by plain SQL over them, and by DuckDB over them in a file of its own
  (medians; the answers are compared first; above 1 ours is quicker); `ledger_ratio` plain SQL over the ledger itself;
- `rebuild_s`: all facts and sums of a province and a year from the lines; the rows must be the same as before;
- `dashboard_s`: from the call that records a line until the table of the province shows it, the slowest of ten, with
  the worker's own loop;
- `docx_per_s`, `docx_all_s`: reports of a period to .docx by two processes, as the desk makes them, and what that is for
  3,321; `--reports` says how many are drafted for it.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import nation

ROOT = Path(__file__).resolve().parent.parent
DUCKDB = ROOT / ".venv-upward/bin/python"
GOALS = {
    "nation_p95_ms": ("≤", 100.0),
    "province_p95_ms": ("≤", 100.0),
    "commune_p95_ms": ("≤", 100.0),
    "orm_ratio_sqlite": ("≥", 50.0),
    "orm_ratio_postgresql": ("≥", 20.0),
    "duckdb_ratio": ("≥", 1.0),
    "rebuild_s": ("≤", 60.0),
    "dashboard_s": ("≤", 5.0),
    "docx_all_s": ("≤", 60.0),
}
ROUNDS, PEER_ROUNDS = 40, 5
ALL_REPORTS = 3321


@dataclass
class Land:
    """The nation of a database: its year, provinces, and communes by province."""

    year: int
    provinces: list[str]
    communes: dict[str, list[str]] = field(default_factory=dict)


def figures(given: argparse.Namespace) -> dict[str, float]:
    """All numbers on the database of this process's environment."""
    land = _land(given.first)
    found = _levels(land)
    found |= _beside(land)
    found |= _rebuild(land)
    found |= _dashboard(land)
    if given.reports:
        found |= _docx(land, given.reports)
    return found


def _land(year: int) -> Land:
    from dinhlang.org.models import Unit
    from dinhlang.work.models import PeriodFact, SummedUnder

    known = set(
        PeriodFact.objects.filter(bucket=str(year)).order_by().values_list("unit_id", flat=True).distinct()
    )
    land = Land(
        year, sorted(Unit.objects.filter(pk__in=known, level="province").values_list("pk", flat=True))
    )
    under = SummedUnder.objects.filter(unit__in=known, parent__in=land.provinces).order_by("unit_id")
    for unit, parent in under.values_list("unit_id", "parent_id"):
        land.communes.setdefault(parent, []).append(unit)
    return land


def _ms(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


# --- levels ---------------------------------------------------------------------------------------


def _levels(land: Land) -> dict[str, float]:
    from dinhlang.org.models import Unit
    from dinhlang.periods.window import Window
    from dinhlang.work.rollup import queries

    year, luck = land.year, random.Random(7)
    windows = [
        Window(date(year, 1, 1), date(year, 12, 31)),
        Window(date(year, 1, 1), date(year, 6, 14)),
        Window(date(year - 1, 12, 15), date(year, 6, 14)),
        Window(date(year - 1, 12, 15), date(year, 12, 14)),
    ]
    units = Unit.objects.in_bulk([nation.NATION, *land.provinces])
    took: dict[str, list[float]] = {"nation": [], "province": [], "commune": []}
    for turn in range(ROUNDS):
        province = units[luck.choice(land.provinces)]
        commune = Unit.objects.get(pk=luck.choice(land.communes[province.pk]))
        for name, unit in (("nation", units[nation.NATION]), ("province", province), ("commune", commune)):
            window = windows[turn % len(windows)]
            took[name].append(_ms(lambda u=unit, w=window: queries.table(u, w)))
    return {f"{name}_p95_ms": _p95(times[4:]) for name, times in took.items()}


# --- beside others --------------------------------------------------------------------------------


def _beside(land: Land) -> dict[str, float]:
    """The same table by others over the same rows: commune, province, month, concept, value."""
    from django.db import connection

    _make_rows(land)
    questions: dict[str, Callable[[], list[tuple[str, str, int]]]] = {
        "ours": lambda: _ours(land),
        "orm": _by_orm,
        "sql": lambda: _by_sql("SELECT province, concept, sum(value) FROM bench_rows GROUP BY 1, 2"),
    }
    with ExitStack() as stack:
        duck = stack.enter_context(_duckdb(land)) if DUCKDB.exists() else None
        wanted = sorted(questions["ours"]())
        took: dict[str, list[float]] = {name: [] for name in questions}
        for name, ask in questions.items():
            if sorted((p, c, int(v)) for p, c, v in ask()) != wanted:
                raise RuntimeError(f"{name} answers otherwise")
        if duck is None:
            print("DuckDB: left out, not installed (scripts/setup_peers upward)")
        elif sorted(tuple(row) for row in duck()[1]) != wanted:
            raise RuntimeError("DuckDB answers otherwise")
        for _round in range(PEER_ROUNDS):
            for name, ask in questions.items():
                took[name].append(_ms(ask))
            if duck is not None:
                took.setdefault("duckdb", []).append(duck()[0])
    ledger = _ms(lambda: _by_sql(_LEDGER, [f"{land.year}-01-01", f"{land.year}-12-31"]))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE bench_rows")
    median = {name: statistics.median(times) for name, times in took.items()}
    for name, value in median.items():
        print(f"  {name:8} {value:10.1f} ms (province × concept, a year)", flush=True)
    print(f"  ledger   {ledger:10.1f} ms (once)", flush=True)
    ratios = {f"{name}_ratio": value / median["ours"] for name, value in median.items() if name != "ours"}
    return {"ours_ms": median["ours"], **ratios, "ledger_ratio": ledger / median["ours"], "facts": _rows}


_LEDGER = (
    "SELECT p.parent_id, m.concept, sum(m.value) FROM work_measure m JOIN work_activity a ON a.id = m.activity_id"
    " JOIN work_summedunder p ON p.unit_id = a.unit_id LEFT JOIN work_reversal r ON r.activity_id = a.id"
    " WHERE r.id IS NULL AND a.happened_on BETWEEN %s AND %s GROUP BY 1, 2"
)
_rows = 0


def _make_rows(land: Land) -> None:
    global _rows
    from django.db import connection

    months = ", ".join(f"'{land.year}-{month:02d}'" for month in range(1, 13))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_rows")
        cursor.execute(
            "CREATE TABLE bench_rows AS SELECT p.parent_id AS province, f.unit_id AS commune, f.bucket AS month,"  # noqa: S608
            " f.concept, f.total AS value FROM work_periodfact f JOIN work_summedunder p ON p.unit_id = f.unit_id"
            f" JOIN org_unit u ON u.id = f.unit_id WHERE u.level = 'commune' AND f.bucket IN ({months})"
        )
        cursor.execute("CREATE INDEX bench_rows_month ON bench_rows (month, province)")
        cursor.execute("ANALYZE bench_rows")
        cursor.execute("SELECT count(*) FROM bench_rows")
        [_rows] = cursor.fetchone()


def _ours(land: Land) -> list[tuple[str, str, int]]:
    from dinhlang.org.models import Unit
    from dinhlang.periods.window import Window
    from dinhlang.work.concepts import CONCEPTS
    from dinhlang.work.rollup import queries

    counters = [concept for concept in queries.SUMMED if CONCEPTS[concept].additive]
    year = Window(date(land.year, 1, 1), date(land.year, 12, 31))
    table = queries.table(Unit.objects.get(pk=nation.NATION), year, counters)
    return [
        (row.unit_id, concept, int(figure.value or 0))
        for row in table.rows
        for concept, figure in row.figures.items()
    ]


def _counters() -> list[str]:
    from dinhlang.work.concepts import CONCEPTS
    from dinhlang.work.rollup.queries import SUMMED

    return [concept for concept in SUMMED if CONCEPTS[concept].additive]


def _by_sql(sql: str, values: list[Any] | None = None) -> list[tuple[str, str, int]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values or [])
        wanted = set(_counters())
        return [(p, c, int(v)) for p, c, v in cursor.fetchall() if c in wanted]


def _by_orm() -> list[tuple[str, str, int]]:
    from django.db.models import Sum

    found = _raw_model().objects.filter(concept__in=_counters()).order_by()
    return list(found.values_list("province", "concept").annotate(Sum("value")))


def _raw_model() -> Any:
    from django.apps import apps
    from django.db import models

    if "benchrow" in apps.all_models["work"]:
        return apps.all_models["work"]["benchrow"]
    meta = type("Meta", (), {"app_label": "work", "managed": False, "db_table": "bench_rows"})
    columns = {
        "province": models.CharField(primary_key=True, max_length=80),
        "concept": models.CharField(max_length=40),
        "value": models.BigIntegerField(),
    }
    return type("BenchRow", (models.Model,), {"__module__": __name__, "Meta": meta, **columns})


@contextmanager
def _duckdb(land: Land) -> Iterator[Callable[[], tuple[float, list[list[Any]]]]]:
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "facts.csv"
        with rows.open("w", newline="") as file, connection.cursor() as cursor:
            out = csv.writer(file)
            out.writerow(["province", "commune", "month", "concept", "value"])
            cursor.execute("SELECT province, commune, month, concept, value FROM bench_rows")
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
        marks = ", ".join("?" * len(_counters()))
        sql = f"SELECT province, concept, sum(value) FROM facts WHERE concept IN ({marks}) GROUP BY ALL"  # noqa: S608

        def ask() -> tuple[float, list[list[Any]]]:
            print(json.dumps([sql, _counters()]), file=process.stdin, flush=True)
            took, found = json.loads(process.stdout.readline())
            return took, found

        try:
            yield ask
        finally:
            process.stdin.close()
            process.wait(timeout=30)


# --- rebuilding, following ------------------------------------------------------------------------


def _rebuild(land: Land) -> dict[str, float]:
    from dinhlang.work.rollup import actions as rollup

    province = max(land.provinces, key=lambda one: len(land.communes[one]))
    before = _kept(province, land)
    began = time.perf_counter()
    made = rollup.rebuild(year=land.year, root=province, from_ledger=True)
    took = time.perf_counter() - began
    if _kept(province, land) != before:
        raise RuntimeError("a rebuild found other sums")
    print(f"  rebuilt {province}: {len(land.communes[province])} communes, {made} sums", flush=True)
    return {"rebuild_s": took}


def _kept(province: str, land: Land) -> list[tuple[Any, ...]]:
    from dinhlang.work.models import PeriodFact

    units = [nation.NATION, province, *land.communes[province]]
    rows = PeriodFact.objects.filter(unit__in=units, bucket__startswith=str(land.year))
    columns = ("bucket", "unit_id", "concept", "total", "lines", "inexact_lines", "unevidenced_lines", "mark")
    return sorted(rows.values_list(*columns))


def _dashboard(land: Land) -> dict[str, float]:
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


# --- reports --------------------------------------------------------------------------------------


def _docx(land: Land, number: int) -> dict[str, float]:
    from datetime import UTC, datetime

    from django.db import connections

    from dinhlang.org.models import Unit
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.actions import draft_report

    every = [commune for communes in land.communes.values() for commune in communes]
    chosen = Unit.objects.filter(pk__in=every[:: max(1, len(every) // number)][:number])
    at = datetime(land.year, 12, 20, 5, 0, tzinfo=UTC)
    reports = [draft_report(unit=unit, period=Period(land.year), by=None, at=at).pk for unit in chosen]
    connections.close_all()
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2, initializer=_ready) as pool:
        list(pool.map(_write_docx, reports[:8], [folder] * 8))  # both processes are warm
        began = time.perf_counter()
        sizes = list(pool.map(_write_docx, reports, [folder] * len(reports), chunksize=4))
        took = time.perf_counter() - began
    if min(sizes) < 5000:
        raise RuntimeError("a file is empty")
    return {"docx_per_s": len(reports) / took, "docx_all_s": ALL_REPORTS * took / len(reports)}


def _ready() -> None:
    from django.db import connections

    connections.close_all()


def _write_docx(report: int, folder: str) -> int:
    from dinhlang.reports import render
    from dinhlang.reports.models import Report

    data = render.docx(Report.objects.select_related("unit").get(pk=report))
    Path(folder, f"{report}.docx").write_bytes(data)
    return len(data)


# --- one database after the other -----------------------------------------------------------------


def _on(given: argparse.Namespace, name: str, folder: Path, address: str, communes: int) -> dict[str, float]:
    """Make the nation there and measure, in processes of their own."""
    folder.mkdir(exist_ok=True)
    own = {"DINHLANG_DATA": str(folder), "DATABASE_URL": address, "DINHLANG_DEMO": "0"}
    environment = {**os.environ, **own}
    size = ["--first", str(given.first), "--years", str(given.years), "--lines", str(given.lines)]
    print(f"{name}: {communes} communes, {given.years} years, {given.lines} lines a month", flush=True)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.nation", *size, "--communes", str(communes)],
        env=environment,
        cwd=ROOT,
        check=True,
    )
    return _measured(environment, given)


def _measured(environment: dict[str, str], given: argparse.Namespace) -> dict[str, float]:
    told = ["--first", str(given.first), "--reports", str(given.reports), "--measure"]
    command = [sys.executable, "-m", "benchmarks.bench_upward", *told]
    found = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    *said, last = found.stdout.strip().splitlines()
    print("\n".join(said), flush=True)
    return dict(json.loads(last))


def main() -> None:
    """Prints the table and the JSON line."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--communes", type=int, default=200)
    asked.add_argument("--years", type=int, default=1)
    asked.add_argument("--lines", type=int, default=nation.LINES)
    asked.add_argument("--first", type=int, default=nation.FIRST)
    asked.add_argument("--reports", type=int, default=60)
    asked.add_argument("--made", help="address of a database that was made before")
    asked.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.measure:
        from dinhlang.config import start

        start.ready()
        print(json.dumps(figures(given)), flush=True)
        return
    numbers: dict[str, float] = {}
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    if given.made is not None:
        found = _measured({**os.environ, "DATABASE_URL": given.made, "DINHLANG_DEMO": "0"}, given)
        numbers |= {
            f"{name}_{'postgresql' if given.made else 'sqlite'}": value for name, value in found.items()
        }
    else:
        import temporary_postgresql

        with tempfile.TemporaryDirectory(prefix="dinhlang-bench-") as home:
            found = _on(given, "SQLite", Path(home) / "sqlite", "", max(given.communes // 10, 34))
            numbers |= {f"{name}_sqlite": value for name, value in found.items()}
            if temporary_postgresql.programs():
                with temporary_postgresql.running() as address:
                    found = _on(given, "PostgreSQL", Path(home) / "postgresql", address, given.communes)
                numbers |= {f"{name}_postgresql": value for name, value in found.items()}
    for name, value in numbers.items():
        sign, goal = GOALS.get(name) or GOALS.get(name.rpartition("_")[0]) or ("", 0.0)
        met = value <= goal if sign == "≤" else value >= goal
        print(
            f"{name:28} {value:12.3f}   "
            + (f"goal {sign} {goal:<6g} {'met' if met else 'MISSED'}" if sign else "")
        )
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))


if __name__ == "__main__":
    main()
