"""How quickly reports go up: figures of every level, the files of a period, submissions, consolidation.

`python -m benchmarks.bench_upward` makes a synthetic nation (`nation`) in databases of its own, PostgreSQL with all of
it and SQLite with a tenth, and throws them away; `--communes`, `--years`, `--lines` make it smaller or larger (as it comes:
200 communes, 1 year, 25 lines a month). `--made ADDRESS` measures on a database that `benchmarks.nation`
filled before ('' is the SQLite of `DINHLANG_DATA`). It prints a table and, as its last line, one JSON object, each name
with the database at its end:

- `nation_p95_ms`, `province_p95_ms`, `commune_p95_ms`: the table of a level with its months, of a period that changes
  each time (year, half, nine months, quarter, month; as reports count it or by the calendar; of any year), the province and
  the commune changing too; `nation_page_p95_ms` and so on: the whole page on the desk; with `cpu`: what of it processors
  were busy, this one's process and its process of the database;
- `orm_year_ratio` and so on: how many times as long as ours the table of all provinces takes others, of a year (as the goal
  asks) and, as `…_period_ratio`, of any period from a quarter to a year (medians of questions asked in turn; the answers are
  compared each time; above 1 ours is quicker). `orm` is Django's ORM over raw rows of commune, month and name in the same
  database that know their province, `orm_joined` over such with a foreign key to their commune, `sql` plain SQL, `duckdb`
  DuckDB over them in a file of its own, `ledger_orm` and `ledger_sql` read the lines of the ledger themselves
  (`upward.beside`); `orm_year_cpu_ratio` and so on the same by the time of processors; `facts` how many raw rows there are;
- `rebuild_s`: all facts and sums of a province and a year from the lines when none of them is there; the rows must be the
  same as before; `rebuild_right_s` when all of them are right already; `rebuild_cpu_s` the time of
  processors;
- `dashboard_s`: from the call that records a line until the table of the province shows it, the slowest of ten, with
  the worker's own loop;
- `docx_all_s`: the reports of all 3,321 communes to .docx by two processes; `draft_docx_all_s` with drafting them from the
  ledger before; `--reports` says for how many it is done, the time of all follows from theirs (`upward.documents`);
- `consolidated_draft_s`: a province's draft from the reports of 120 communes, proposals grouped (`upward.consolidation`);
- `submission_p99_s`, `submissions_lost`: communes hand in over HTTP with their keys, `--submissions` of them within `--within`
  seconds, on a database of its own (`upward.submissions`).

`--only documents,submissions` measures those parts alone.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import nation
from benchmarks.upward import beside, consolidation, dashboard, documents, levels, rebuilding, submissions
from benchmarks.upward.land import land_of

ROOT = Path(__file__).resolve().parent.parent
GOALS = {
    **levels.GOALS,
    **beside.GOALS,
    **rebuilding.GOALS,
    **dashboard.GOALS,
    **documents.GOALS,
    **consolidation.GOALS,
    **submissions.GOALS,
}


def figures(given: argparse.Namespace) -> dict[str, float]:
    """All numbers on the database of this process's environment, or those of the parts that are asked for."""
    land = land_of(given.first)
    parts: dict[str, Callable[[], dict[str, float]]] = {
        "levels": lambda: levels.levels(land),
        "beside": lambda: beside.beside(land),
        "rebuild": lambda: rebuilding.rebuild(land),
        "dashboard": lambda: dashboard.dashboard(land),
        "documents": lambda: documents.documents(land, given.reports),
        "consolidation": consolidation.measure,
    }
    found: dict[str, float] = {}
    for name, part in parts.items():
        if not given.only or name in given.only.split(","):
            found |= part()
    return found


# --- one database after the other -----------------------------------------------------------------


def _on(given: argparse.Namespace, name: str, folder: Path, address: str, communes: int) -> dict[str, float]:
    """Make the nation there and measure, in processes of their own."""
    folder.mkdir(exist_ok=True)
    own = {"DINHLANG_DATA": str(folder), "DATABASE_URL": address, "DINHLANG_DEMO": "0"}
    environment = {**os.environ, **own}
    size = [f"--{name}={getattr(given, name)}" for name in ("first", "years", "lines", "older")]
    print(f"{name}: {communes} communes, {given.years} years, {given.lines} lines a month", flush=True)
    subprocess.run(
        [sys.executable, "-m", "benchmarks.nation", *size, "--communes", str(communes)],
        env=environment,
        cwd=ROOT,
        check=True,
    )
    found = _measured(environment, given)
    return found | _handed_in(given, folder, address)


def _handed_in(given: argparse.Namespace, folder: Path, address: str) -> dict[str, float]:
    """Communes hand in, into a database beside the nation."""
    if not given.submissions or (given.only and "submissions" not in given.only.split(",")):
        return {}
    print(f"  handing in: {given.submissions} within {given.within:.0f} s", flush=True)
    if not address:
        return submissions.measured("", folder / "handed-in", given.submissions, given.within)
    import temporary_postgresql

    with temporary_postgresql.copied(address, "template1") as empty:
        return submissions.measured(empty, folder / "handed-in", given.submissions, given.within)


def _measured(environment: dict[str, str], given: argparse.Namespace) -> dict[str, float]:
    told = ["--first", str(given.first), "--reports", str(given.reports), "--only", given.only, "--measure"]
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
    asked.add_argument("--older", type=int, default=0)
    asked.add_argument("--reports", type=int, default=60)
    asked.add_argument("--submissions", type=int, default=332)
    asked.add_argument("--within", type=float, default=36.0)
    asked.add_argument(
        "--only", default="", help="levels,beside,rebuild,dashboard,documents,consolidation,submissions"
    )
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
