"""How well and how quickly the commune speaks: `python -m benchmarks.bench_voice [PART …]`.

It prints a table and, as its last line, one JSON object. Each part is a file of `benchmarks/voice` that says what its
figures are; without a name all are measured.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile

PARTS = ("speech", "stations")


def main() -> None:
    """Prints the table and the JSON line."""
    import importlib

    asked = sys.argv[1:] or PARTS
    if unknown := set(asked) - set(PARTS):
        raise SystemExit(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(PARTS)}")
    numbers: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dinhlang-bench-") as home:
        os.environ |= {"DINHLANG_DATA": home, "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"}
        for name in asked:
            part = importlib.import_module(f"benchmarks.voice.{name}")
            found = part.figures()
            numbers |= found
            for figure, value in found.items():
                sign, goal = part.GOALS.get(figure, ("", 0.0))
                met = value <= goal if sign == "≤" else value >= goal
                verdict = f"goal {sign} {goal:<6g} {'met' if met else 'MISSED'}" if sign else ""
                print(f"{figure:32} {value:12.3f}   {verdict}", flush=True)
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))


if __name__ == "__main__":
    main()
