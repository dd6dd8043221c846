"""The frame of a benchmark in parts: a table of what each part measures, and one JSON object."""

from __future__ import annotations

import importlib
import json
import os
import sys
import tempfile
from collections.abc import Sequence


def run(package: str, parts: Sequence[str]) -> None:
    """Measure the parts that the command line names, all where it names none.

    A part is a file of `benchmarks/<package>` with `figures()` and `GOALS`, which has for a figure "≤" or "≥" and a number.
    Prints the table and, as the last line, the JSON object. Data lies in a folder that goes afterwards.
    """
    asked = sys.argv[1:] or parts
    if unknown := set(asked) - set(parts):
        raise SystemExit(f"no part {', '.join(sorted(unknown))}; there are: {', '.join(parts)}")
    numbers: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dinhlang-bench-") as home:
        os.environ |= {"DINHLANG_DATA": home, "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"}
        for name in asked:
            part = importlib.import_module(f"benchmarks.{package}.{name}")
            found = part.figures()
            numbers |= found
            for figure, value in found.items():
                sign, goal = part.GOALS.get(figure, ("", 0.0))
                met = value <= goal if sign == "≤" else value >= goal
                verdict = f"goal {sign} {goal:<6g} {'met' if met else 'MISSED'}" if sign else ""
                print(f"{figure:32} {value:12.3f}   {verdict}", flush=True)
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))
