"""DuckDB over the same rows as `bench_upward`, in a process and an environment of its own.

`.venv-upward/bin/python benchmarks/peers/duck.py FACTS.csv` loads the rows into a file of DuckDB's own, then reads
questions as lines of JSON (SQL with its values) and answers each with its milliseconds, those of processors, and its rows as JSON.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import duckdb


def main() -> None:
    """Answers until its input ends."""
    with tempfile.TemporaryDirectory() as folder:
        database = duckdb.connect(str(Path(folder) / "facts.duckdb"))
        database.execute("CREATE TABLE facts AS SELECT * FROM read_csv(?, header = true)", [sys.argv[1]])
        print(json.dumps(database.execute("SELECT count(*) FROM facts").fetchone()), flush=True)
        for line in sys.stdin:
            sql, values = json.loads(line)
            used, began = time.process_time(), time.perf_counter()
            rows = database.execute(sql, values).fetchall()
            took, used = (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000
            print(json.dumps([took, used, [[*row[:2], int(row[2])] for row in rows]]), flush=True)


if __name__ == "__main__":
    main()
