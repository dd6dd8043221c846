"""How quickly reports go up: figures of every level, the files of a period, submissions, consolidation.

`python -m benchmarks.bench_upward` makes a synthetic nation (`nation`), all of it on PostgreSQL and a tenth on SQLite, and
measures part by part. That takes hours: what was made and each part's numbers stay in `--folder` (short, open to the user
that PostgreSQL runs as), and a run that was broken off goes on where it was. When all is measured, the folder keeps
only what is prepared for handing in. `--quick` does the same with 200 communes, one year, and fewer of everything, in some
minutes; `--communes`, `--years` and so on change one of these. `--made ADDRESS` measures on a database that `benchmarks.nation`
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
  ledger before; `--reports` says for how many it is done, with fewer than all the time of all follows from theirs
  (`upward.documents`);
- `consolidated_draft_s`: a province's draft from the reports of 120 communes, proposals grouped (`upward.consolidation`);
- `submission_p99_s`, `submissions_lost`: communes hand in over HTTP with their keys, `--submissions` of them within `--within`
  seconds, on a database of its own (`upward.submissions`);
- `load`: how many processes waited for a processor on average of a minute, when a part ended, the most of all parts.

`--only documents,submissions` measures those parts alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
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
WHOLE = {
    "communes": nation.ALL_COMMUNES,
    "years": nation.YEARS,
    "lines": 125,
    "older": 6,
    "reports": nation.ALL_COMMUNES,
    "submissions": nation.ALL_COMMUNES,
    "within": 3600,
}
QUICK = {
    "communes": 200, "years": 1, "lines": nation.LINES, "older": 0, "reports": 60, "submissions": 332, "within": 36,
}  # fmt: skip
# From so many communes on two processes write a nation into PostgreSQL.
MANY = 1000
PARTS = ("levels", "beside", "rebuild", "dashboard", "documents", "consolidation", "submissions")


def figures(part: str, given: argparse.Namespace) -> dict[str, float]:
    """The numbers of a part on the database of this process's environment."""
    if part == "consolidation":
        return consolidation.measure()
    land = land_of(given.first)
    parts: dict[str, Callable[[], dict[str, float]]] = {
        "levels": lambda: levels.levels(land),
        "beside": lambda: beside.beside(land),
        "rebuild": lambda: rebuilding.rebuild(land),
        "dashboard": lambda: dashboard.dashboard(land),
        "documents": lambda: documents.documents(land, given.reports),
    }
    return parts[part]()


# --- what is kept ---------------------------------------------------------------------------------


@dataclass
class Results:
    """The numbers of each part of each database, in a file, as soon as they are known."""

    file: Path

    def get(self, database: str, part: str) -> dict[str, float] | None:
        """Those of a part, when it was measured before."""
        return self._all().get(f"{database} {part}")

    def note(self, database: str, part: str, found: dict[str, float]) -> None:
        """Keep those of a part."""
        new = self.file.with_suffix(".new")
        new.write_text(json.dumps(self._all() | {f"{database} {part}": found}))
        new.replace(self.file)

    def _all(self) -> dict[str, dict[str, float]]:
        return dict(json.loads(self.file.read_text())) if self.file.exists() else {}


def _run_folder(given: argparse.Namespace) -> Path:
    """The folder of runs of just this size, over tables of just this form."""
    import prepared_database

    size = [getattr(given, name) for name in (*WHOLE, "first")]
    said = repr([size, prepared_database.digest()]).encode() + Path(nation.__file__).read_bytes()
    return Path(given.folder) / f"run-{hashlib.sha256(said).hexdigest()[:8]}"


def _code() -> str:
    """A name for the code that is measured: numbers of another one do not count."""
    said = hashlib.sha256()
    for file in sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]):
        said.update(file.read_bytes())
    return said.hexdigest()[:8]


# --- one database after the other -----------------------------------------------------------------


def _on(given: argparse.Namespace, home: Path, database: str, results: Results) -> dict[str, float]:
    """Make the nation there and measure, part by part in processes of their own."""
    import temporary_postgresql

    wanted = [part for part in PARTS if part in _asked(given)]
    if all(results.get(database, part) is not None for part in wanted):
        return _kept(database, wanted, results)
    with ExitStack() as stack:
        folder, address, communes = home / database, "", max(given.communes // 10, 34)
        if database == "postgresql":
            address = stack.enter_context(temporary_postgresql.kept(home / "pg"))
            communes = given.communes
        folder.mkdir(parents=True, exist_ok=True)
        own = {"DINHLANG_DATA": str(folder), "DATABASE_URL": address, "DINHLANG_DEMO": "0"}
        environment = {**os.environ, **own}
        if set(wanted) - {"submissions"}:
            print(
                f"{database}: {communes} communes, {given.years} years, {given.lines} lines a month",
                flush=True,
            )
            _make_nation(given, environment, communes)
        for part in wanted:
            if results.get(database, part) is None:
                print(f" {part}", flush=True)
                if part == "submissions":
                    found = _handed_in(given, database)
                else:
                    found = _measured(environment, given, part)
                results.note(database, part, found | {"load": os.getloadavg()[0]})
    return _kept(database, wanted, results)


def _handed_in(given: argparse.Namespace, database: str) -> dict[str, float]:
    """On a server that outlives the nation's, as what is prepared does."""
    import temporary_postgresql

    folder, server = Path(given.folder), ""
    with ExitStack() as stack:
        if database == "postgresql":
            server = stack.enter_context(temporary_postgresql.kept(folder / "postgresql"))
        return submissions.measured(server, folder, given.submissions, given.within)


def _asked(given: argparse.Namespace) -> list[str]:
    return given.only.split(",") if given.only else list(PARTS)


def _kept(database: str, parts: list[str], results: Results) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in parts:
        numbers = dict(results.get(database, part) or {})
        load = max(numbers.pop("load", 0.0), found.get(f"load_{database}", 0.0))
        found |= {f"{name}_{database}": value for name, value in numbers.items()} | {f"load_{database}": load}
    return found


def _make_nation(given: argparse.Namespace, environment: dict[str, str], communes: int) -> None:
    size = [f"--{name}={getattr(given, name)}" for name in ("first", "years", "lines", "older")]
    command = [sys.executable, "-m", "benchmarks.nation", *size, "--communes", str(communes)]
    if communes >= MANY and environment["DATABASE_URL"]:
        # The first one alone makes the tables.
        subprocess.run([sys.executable, "-c", _READY], env=environment, cwd=ROOT, check=True)
        both = [
            subprocess.Popen([*command, "--share", f"{one}/2"], env=environment, cwd=ROOT) for one in (1, 2)
        ]
        codes = [process.wait() for process in both]
        if any(codes):
            raise SystemExit("the nation is not made: start once more, and it goes on")
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


_READY = "from dinhlang.config import start; start.ready()"


def _measured(environment: dict[str, str], given: argparse.Namespace, part: str) -> dict[str, float]:
    told = ["--first", str(given.first), "--reports", str(given.reports), "--measure", part]
    command = [sys.executable, "-m", "benchmarks.bench_upward", *told]
    found = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    *said, last = found.stdout.strip("\n").splitlines()
    print("\n".join(said), flush=True)
    return dict(json.loads(last))


def main() -> None:
    """Prints the table and the JSON line."""
    given = _given()
    if given.measure:
        from dinhlang.config import start

        start.ready()
        print(json.dumps(figures(given.measure, given)), flush=True)
        return
    sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
    if given.made is not None:
        environment = {**os.environ, "DATABASE_URL": given.made, "DINHLANG_DEMO": "0"}
        database = "postgresql" if given.made else "sqlite"
        parts = [part for part in PARTS if part in _asked(given) and part != "submissions"]
        numbers = {
            f"{name}_{database}": value
            for part in parts
            for name, value in _measured(environment, given, part).items()
        }
    else:
        import temporary_postgresql

        home = _run_folder(given)
        home.mkdir(parents=True, exist_ok=True)
        results = Results(home / f"results-{_code()}.json")
        numbers = _on(given, home, "sqlite", results)
        if temporary_postgresql.programs():
            numbers |= _on(given, home, "postgresql", results)
        shutil.rmtree(home)
    print("\n".join(_table(numbers)))
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))


def _table(numbers: dict[str, float]) -> Iterator[str]:
    for name, value in numbers.items():
        sign, goal = GOALS.get(name) or GOALS.get(name.rpartition("_")[0]) or ("", 0.0)
        met = value <= goal if sign == "≤" else value >= goal
        told = f"goal {sign} {goal:<6g} {'met' if met else 'MISSED'}" if sign else ""
        yield f"{name:36} {value:12.3f}   {told}"


def _given() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="a small nation, in some minutes")
    for name, value in WHOLE.items():
        asked.add_argument(f"--{name}", type=int, help=f"{value}, or {QUICK[name]} when it is to be quick")
    asked.add_argument("--first", type=int, default=nation.FIRST)
    asked.add_argument("--only", default="", help=",".join(PARTS))
    asked.add_argument("--folder", type=Path, default=submissions.HOME, help="where it keeps what was made")
    asked.add_argument("--made", help="address of a database that was made before")
    asked.add_argument("--measure", default="", help=argparse.SUPPRESS)
    given = asked.parse_args()
    for name, value in (QUICK if given.quick else WHOLE).items():
        if getattr(given, name) is None:
            setattr(given, name, value)
    return given


if __name__ == "__main__":
    main()
