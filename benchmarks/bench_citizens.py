"""How citizens are served: `python -m benchmarks.bench_citizens [--postgresql] [--seconds N] [--rows N] [--cases N] [PART …]`.

It prints a table and, as its last line, one JSON object. Each part is a file of `benchmarks/citizens` that says what its
figures are; without a name all are measured, which takes about half an hour on two processors. With `--postgresql` on a
PostgreSQL server of its own, else on SQLite.
"""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack

from benchmarks import parts

PARTS = ("redaction", "due_dates", "intake", "million", "exports")


def main() -> None:
    """Prints the table and the JSON line."""
    line = parts.command_line(__doc__, PARTS)
    line.add_argument(
        "--postgresql", action="store_true", help="on a PostgreSQL server of its own, not on SQLite"
    )
    line.add_argument(
        "--seconds", type=int, metavar="N", help="let 'intake' send for N seconds only, for trying"
    )
    line.add_argument(
        "--rows", type=int, metavar="N", help="let 'million' make N rows of each kind only, for trying"
    )
    line.add_argument(
        "--cases", type=int, metavar="N", help="let 'due_dates' draw N random cases only, for trying"
    )
    asked = line.parse_args()
    parts.end_in_order()
    for name, number in (
        ("BENCH_SECONDS", asked.seconds),
        ("BENCH_ROWS", asked.rows),
        ("BENCH_CASES", asked.cases),
    ):
        if number is not None:
            os.environ[name] = str(number)
    with ExitStack() as stack:
        if asked.postgresql:
            sys.path.insert(0, "scripts")
            import temporary_postgresql

            os.environ["DATABASE_URL"] = stack.enter_context(temporary_postgresql.running())
        parts.run("citizens", PARTS, asked.parts)


if __name__ == "__main__":
    main()
