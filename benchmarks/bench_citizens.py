"""How citizens are served: `python -m benchmarks.bench_citizens [--postgresql] [PART …]`.

It prints a table and, as its last line, one JSON object. Each part is a file of `benchmarks/citizens` that says what its
figures are; without a name all are measured. With `--postgresql` on a PostgreSQL server of its own, else on SQLite.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from benchmarks import parts

PARTS = ("redaction", "due_dates", "intake", "million", "exports")


def main() -> None:
    """Prints the table and the JSON line. `--seconds N` shortens what takes minutes, for trying."""
    if "--seconds" in sys.argv:
        place = sys.argv.index("--seconds")
        os.environ["BENCH_SECONDS"] = sys.argv[place + 1]
        del sys.argv[place : place + 2]
    with ExitStack() as stack:
        if "--postgresql" in sys.argv:
            sys.argv.remove("--postgresql")
            sys.path.insert(0, "scripts")
            import temporary_postgresql

            os.environ["DATABASE_URL"] = stack.enter_context(temporary_postgresql.running())
        parts.run("citizens", PARTS)


if __name__ == "__main__":
    main()
