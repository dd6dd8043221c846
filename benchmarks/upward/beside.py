"""The same table by us and by others over raw rows (for `bench_upward`): province × name in a period.

Raw rows are facts that nobody added up yet, one for each commune, month and name, in the same database: `orm_joined` reads
those that know their commune by a foreign key and their province by it (as such rows are kept, and as the goal was
measured first), `orm` and `sql` those that know their province themselves, which is less work; DuckDB reads the latter in a file of
its own. `ledger_orm` and `ledger_sql` read the lines of the ledger, of which all facts are made: rawer than that
nothing is.

Each question is asked of all in turn and the answers are compared, twice: for the clock, and for the seconds of processors it
takes (of us, of the database's process, of DuckDB), which a busy machine does not make longer.
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
from pathlib import Path
from typing import Any

from benchmarks import nation
from benchmarks.upward.land import Land, processors_ms
from benchmarks.upward.levels import PERIODS, Question

ROOT = Path(__file__).resolve().parent.parent.parent
DUCKDB = ROOT / ".venv-upward/bin/python"
GOALS = {
    **{
        f"{name}_ratio_{database}": ("≥", goal)
        for name in ("orm_year", "orm_period", "orm_joined_year", "orm_joined_period", "ledger_orm_year")
        for database, goal in (("sqlite", 50.0), ("postgresql", 20.0))
    },
    "duckdb_year_ratio": ("≥", 1.0),
    "duckdb_period_ratio": ("≥", 1.0),
}
PEER_ROUNDS = 7
# Province, name, value.
Answer = list[tuple[str, str, int]]
# Asks it; gives milliseconds by the clock and of processors, and the answer.
Way = Callable[[Question], tuple[float, float, Answer]]
Times = dict[str, list[tuple[float, float]]]
Names = Callable[[Any], Answer]


def beside(of: Land) -> dict[str, float]:
    """How many times as long as ours each other way takes: of a year (the goal's question), and of any period from a quarter
    to a year; over the ledger of the first year once."""
    years = [year for year in of.years if year >= of.year]
    rows = _make_rows(of, years)
    chance = random.Random(7)
    whole = [Question(nation.NATION, f"{year}{part}", "lich") for year in years for part in PERIODS[:8]]
    asked = {
        "year": [Question(nation.NATION, f"{chance.choice(years)}", "lich") for _ in range(PEER_ROUNDS + 1)],
        "period": chance.sample(whole, min(PEER_ROUNDS + 1, len(whole))),
    }
    ways = {
        "ours": _timed(_ours),
        "orm": _timed(_by_orm("province"), _names()),
        "orm_joined": _timed(_by_orm("commune__province"), _names()),
        "sql": _timed(_by_sql, _names()),
    }
    with ExitStack() as stack:
        if DUCKDB.exists():
            ways["duckdb"] = stack.enter_context(_duckdb(_names()))
        else:
            print("DuckDB: left out, not installed (scripts/setup_peers upward)")
        clock = {name: _asked_in_turn(ways, some) for name, some in asked.items()}
        _by_one_process()
        used = {name: _asked_in_turn(ways, some) for name, some in asked.items()}
    _drop_rows()
    over_lines = {
        "ours": ways["ours"],
        "ledger_orm": _timed(_by_ledger_orm),
        "ledger_sql": _timed(_by_ledger_sql),
    }
    once = _asked_in_turn(over_lines, [Question(nation.NATION, f"{of.year}", "lich")])
    found: dict[str, float] = {"facts": rows}
    for name in asked:
        found |= _told(name, clock[name], used[name])
    return found | _told_of_lines(once)


def _asked_in_turn(ways: dict[str, Way], asked: list[Question]) -> Times:
    """The first question is to warm up, where there is more than one."""
    took: Times = {}
    for number, question in enumerate(asked):
        found = {name: ask(question) for name, ask in ways.items()}
        wanted = sorted(found["ours"][2])
        for name, (wall, cpu, answer) in found.items():
            if sorted(answer) != wanted:
                raise RuntimeError(f"{name} answers {question} otherwise")
            if number or len(asked) == 1:
                took.setdefault(name, []).append((wall, cpu))
    return took


def _told(asked: str, clock: Times, used: Times) -> dict[str, float]:
    walls = {name: [wall for wall, _cpu in times] for name, times in clock.items()}
    cpus = {name: statistics.median([cpu for _wall, cpu in times]) for name, times in used.items()}
    ours = statistics.median(walls["ours"])
    found = {f"ours_{asked}_ms": ours, f"ours_{asked}_cpu_ms": cpus["ours"]}
    for name, times in walls.items():
        wall = statistics.median(times)
        spread = f"({min(times):.2f}–{max(times):.2f})"
        print(
            f"  {asked:6} {name:12} {wall:10.2f} ms {spread}, of processors {cpus[name]:10.2f} ms", flush=True
        )
        if name != "ours":
            found[f"{name}_{asked}_ratio"] = wall / ours
            found[f"{name}_{asked}_cpu_ratio"] = cpus[name] / cpus["ours"]
    return found


def _told_of_lines(first: Times) -> dict[str, float]:
    [(ours, ours_cpu)] = first.pop("ours")
    found = {}
    for name, [(wall, cpu)] in first.items():
        print(f"  year   {name:12} {wall:10.1f} ms, of processors {cpu:10.1f} ms (once; ours {ours:.2f} ms)")
        found |= {f"{name}_year_ratio": wall / ours, f"{name}_year_cpu_ratio": cpu / ours_cpu}
    return found


def _by_one_process() -> None:
    """What PostgreSQL's helpers use is not told: it works without them while processors are watched."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")


def _timed(ask: Callable[[Question], Any], names: Names | None = None) -> Way:
    """`names` says what the numbers of an answer mean, where it has numbers."""

    def timed(question: Question) -> tuple[float, float, Answer]:
        used, began = processors_ms(), time.perf_counter()
        found = ask(question)
        wall = (time.perf_counter() - began) * 1000
        return wall, processors_ms() - used, names(found) if names else found

    return timed


# --- ways to ask ----------------------------------------------------------------------------------


def _ours(question: Question) -> Answer:
    from dinhlang.work.rollup import queries
    from dinhlang.work.rollup.places import PLACES
    from dinhlang.work.rollup.sums import LINES, PARTS

    _whole, below = queries.numbers(question.unit, question.window)
    return [
        (unit, name, total)
        for unit, _window, sums in below
        for name, total, lines in zip(PLACES, sums[::PARTS], sums[LINES::PARTS], strict=True)
        if lines
    ]


def _months(question: Question) -> list[int]:
    window = question.window
    return [window.start.year * 100 + month for month in range(window.start.month, window.end.month + 1)]


def _by_orm(province: str) -> Callable[[Question], Any]:
    def ask(question: Question) -> Any:
        from django.db.models import Sum

        found = _raw_model().objects.filter(month__in=_months(question)).order_by()
        return list(found.values_list(province, "concept").annotate(Sum("value")))

    return ask


def _by_sql(question: Question) -> Any:
    from django.db import connection

    months = _months(question)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT province, concept, sum(value) FROM bench_rows WHERE month BETWEEN %s AND %s GROUP BY 1, 2",
            [months[0], months[-1]],
        )
        return cursor.fetchall()


def _by_ledger_orm(question: Question) -> Answer:
    """Counters of lines that add up over days, and lines of each kind and of each field."""
    from django.db.models import Count, Sum

    from dinhlang.work.concepts import STOCKS
    from dinhlang.work.models import Activity, Measure

    window, parent = question.window, "unit__placements__parent"

    def within(rows: Any, line: str) -> Any:
        return rows.order_by().filter(
            **{
                f"{line}happened_on__range": (window.start, window.end),
                f"{line}reversal": None,
                f"{line}unit__placements__ends_on": None,
                f"{line}{parent}__level": "province",
            }
        )

    counters = within(Measure.objects.exclude(concept__in=STOCKS), "activity__").values_list(
        f"activity__{parent}", "concept"
    )
    lines = within(Activity.objects, "")
    kinds, fields = (
        lines.values_list(parent, column).annotate(Count("pk")) for column in ("kind", "reform_field")
    )
    return [
        *counters.annotate(Sum("value")),
        *((province, f"kind:{kind}", count) for province, kind, count in kinds),
        *((province, f"field:{name}", count) for province, name, count in fields if name),
    ]


def _by_ledger_sql(question: Question) -> Answer:
    """As `_by_ledger_orm`."""
    from django.db import connection

    from dinhlang.work.concepts import STOCKS

    def asked(name: str, value: str, more: str = "", only: str = "") -> str:
        return (
            f"SELECT p.parent_id, {name}, {value} FROM work_activity a {more}"  # noqa: S608 - our own names
            " JOIN work_summedunder p ON p.unit_id = a.unit_id"
            " LEFT JOIN work_reversal r ON r.activity_id = a.id"
            f" WHERE r.id IS NULL AND a.happened_on BETWEEN %s AND %s {only} GROUP BY 1, 2"
        )

    stocks = ", ".join(f"'{name}'" for name in sorted(STOCKS))
    questions = (
        asked(
            "m.concept",
            "sum(m.value)",
            "JOIN work_measure m ON m.activity_id = a.id",
            f"AND m.concept NOT IN ({stocks})",
        ),
        asked("'kind:' || a.kind", "count(*)"),
        asked("'field:' || a.reform_field", "count(*)", only="AND a.reform_field <> ''"),
    )
    days = [question.window.start.isoformat(), question.window.end.isoformat()]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(questions), days * len(questions))
        return [(province, name, int(value)) for province, name, value in cursor.fetchall()]


@contextmanager
def _duckdb(names: Names) -> Iterator[Way]:
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder) / "facts.csv"
        with rows.open("w", newline="") as file, connection.cursor() as cursor:
            out = csv.writer(file)
            out.writerow(["province", "commune", "month", "concept", "value"])
            cursor.execute(
                "SELECT province, commune_id, month, concept, value FROM bench_rows ORDER BY month"
            )
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

        def ask(question: Question) -> tuple[float, float, Answer]:
            months = _months(question)
            print(json.dumps([sql, [months[0], months[-1]]]), file=process.stdin, flush=True)
            wall, cpu, found = json.loads(process.stdout.readline())
            return wall, cpu, names(found)

        try:
            yield ask
        finally:
            process.stdin.close()
            process.wait(timeout=30)


# --- the rows of the others -----------------------------------------------------------------------


def _names() -> Names:
    from django.db import connection

    from dinhlang.work.rollup.places import PLACES

    with connection.cursor() as cursor:
        cursor.execute("SELECT province, unit_id FROM bench_provinces")
        provinces = dict(cursor.fetchall())
    return lambda found: [
        (provinces[province], PLACES[concept], int(value)) for province, concept, value in found
    ]


def _raw_model() -> Any:
    """The rows as Django knows them: with their commune as a foreign key, and with their province too."""
    from django.apps import apps
    from django.db import models

    if "benchrow" in apps.all_models["work"]:
        return apps.all_models["work"]["benchrow"]

    def made(name: str, table: str, columns: dict[str, Any]) -> Any:
        meta = type("Meta", (), {"app_label": "work", "managed": False, "db_table": table})
        return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **columns})

    number = models.IntegerField
    commune = made("BenchCommune", "bench_communes", {"id": number(primary_key=True), "province": number()})
    columns = {
        "province": number(primary_key=True),
        "commune": models.ForeignKey(commune, on_delete=models.DO_NOTHING, related_name="+"),
        "month": number(),
        "concept": number(),
        "value": models.BigIntegerField(),
    }
    return made("BenchRow", "bench_rows", columns)


_TABLES = {
    "bench_provinces": "province integer PRIMARY KEY, unit_id varchar(80)",
    "bench_communes": "id integer PRIMARY KEY, province integer",
    "bench_rows": "province integer, commune_id integer, month integer, concept integer, value bigint",
}


def _drop_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {table}")


def _make_rows(of: Land, years: Sequence[int]) -> int:
    """One row for each commune, month and name, with an index by month; gives how many there are."""
    from django.db import connection, transaction

    _drop_rows()
    with transaction.atomic(), connection.cursor() as cursor:
        for table, columns in _TABLES.items():
            cursor.execute(f"CREATE TABLE {table} ({columns})")
        number = 0
        for place, province in enumerate(of.provinces):
            numbered = list(enumerate(of.communes[province], number))
            number += len(numbered)
            nation.insert("bench_provinces", ("province", "unit_id"), [(place, province)])
            nation.insert("bench_communes", ("id", "province"), [(at, place) for at, _unit in numbered])
            nation.insert(
                "bench_rows",
                ("province", "commune_id", "month", "concept", "value"),
                [
                    (place, at, month, concept, value)
                    for at, commune in numbered
                    for month, concept, value in _of_commune(commune, years)
                ],
            )
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
