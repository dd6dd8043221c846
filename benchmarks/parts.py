"""The frame of a benchmark in parts: a table of what each part measures, and one JSON object."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path


def command_line(told: str, parts: Sequence[str]) -> argparse.ArgumentParser:
    """What a command line may say: names of parts. `told` is the docstring of the program."""

    def part(name: str) -> str:
        if name not in parts:
            raise argparse.ArgumentTypeError(f"no part {name}; there are: {', '.join(parts)}")
        return name

    # Started as a module: its file alone would not find the others.
    program = f"python -m benchmarks.{Path(sys.argv[0]).stem}"
    parser = argparse.ArgumentParser(prog=program, description=told.partition(":")[0])
    said = f"what to measure: {', '.join(parts)}; all when none is named"
    parser.add_argument("parts", nargs="*", metavar="PART", type=part, help=said)
    return parser


def end_in_order() -> None:
    """Let whoever ends the program leave no server and no folder behind, as Ctrl-C does."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))


def run(package: str, parts: Sequence[str], asked: Sequence[str]) -> None:
    """Measure the parts that were asked for, all where none was.

    A part is a file of `benchmarks/<package>` with `figures()` and `GOALS`, which has for a figure "≤" or "≥" and a number.
    Prints the table and, as the last line, the JSON object. Data lies in a folder that goes afterwards.
    """
    numbers: dict[str, float] = {}
    with tempfile.TemporaryDirectory(prefix="dinhlang-bench-") as home:
        os.environ |= {"DINHLANG_DATA": home, "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"}
        for name in asked or parts:
            part = importlib.import_module(f"benchmarks.{package}.{name}")
            found = part.figures()
            numbers |= found
            for figure, value in found.items():
                sign, goal = part.GOALS.get(figure, ("", 0.0))
                met = value <= goal if sign == "≤" else value >= goal
                verdict = f"goal {sign} {goal:<6g} {'met' if met else 'MISSED'}" if sign else ""
                print(f"{figure:32} {value:12.3f}   {verdict}", flush=True)
    print(json.dumps({name: round(value, 3) for name, value in numbers.items()}))
