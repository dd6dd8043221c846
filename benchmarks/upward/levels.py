"""Figures of every level: how quickly they are shown, beside others over the same rows, and made anew."""

from __future__ import annotations

import csv
import json
import random
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks import nation
from benchmarks.upward.land import Land, ms, p95

ROOT = Path(__file__).resolve().parent.parent.parent
DUCKDB = ROOT / ".venv-upward/bin/python"
GOALS = {
    "nation_p95_ms": ("≤", 100.0),
    "province_p95_ms": ("≤", 100.0),
    "commune_p95_ms": ("≤", 100.0),
    "orm_ratio_sqlite": ("≥", 50.0),
    "orm_ratio_postgresql": ("≥", 20.0),
    "duckdb_ratio": ("≥", 1.0),
    "rebuild_s": ("≤", 60.0),
}
ROUNDS, PEER_ROUNDS = 40, 5


def levels(land: Land) -> dict[str, float]:
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
            took[name].append(ms(lambda u=unit, w=window: queries.table(u, w)))
    return {f"{name}_p95_ms": p95(times[4:]) for name, times in took.items()}


# --- beside others --------------------------------------------------------------------------------


def beside(land: Land) -> dict[str, float]:
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
                took[name].append(ms(ask))
            if duck is not None:
                took.setdefault("duckdb", []).append(duck()[0])
    ledger = ms(lambda: _by_sql(_LEDGER, [f"{land.year}-01-01", f"{land.year}-12-31"]))
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


# --- rebuilding -----------------------------------------------------------------------------------


def rebuild(land: Land) -> dict[str, float]:
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
