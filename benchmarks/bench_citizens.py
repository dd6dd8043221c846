"""How citizens are served: `python -m benchmarks.bench_citizens [PART …]`.

It prints a table and, as its last line, one JSON object. Each part is a file of `benchmarks/citizens` that says what its
figures are; without a name all are measured.
"""

from __future__ import annotations

from benchmarks import parts

PARTS = ("redaction", "due_dates")


def main() -> None:
    """Prints the table and the JSON line."""
    parts.run("citizens", PARTS)


if __name__ == "__main__":
    main()
