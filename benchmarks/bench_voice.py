"""How well and how quickly the commune speaks: `python -m benchmarks.bench_voice [PART …]`.

It prints a table and, as its last line, one JSON object. Each part is a file of `benchmarks/voice` that says what its
figures are; without a name all are measured.
"""

from __future__ import annotations

from benchmarks import parts

PARTS = ("speech", "player", "stations")


def main() -> None:
    """Prints the table and the JSON line."""
    parts.end_in_order()
    parts.run("voice", PARTS, parts.command_line(__doc__, PARTS).parse_args().parts)


if __name__ == "__main__":
    main()
