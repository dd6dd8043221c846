#!/usr/bin/env python3
"""Feeds broken documents to `read`, `check` and `repair`, and counts crashes and hangs.

`python scripts/fuzz_documents.py --inputs 10000 --seed 1` makes ten thousand inputs, each from the seed and its own
number alone, so that any of them can be made again (`--only 4711 --keep folder`). They run in a worker process with
limits on memory and on time for each input; a worker that overruns is killed and counted as a hang. With `--state FILE`
the counts are kept there and a later call goes on where the last one ended.

The inputs: documents of the tests cut, shuffled, repeated and strewn with odd characters; their .docx and .pdf with
damaged parts, deep tables, entities and bombs; one token over and over in a line of up to a million characters; random
bytes. Exit status 1 when anything crashed or hung. `python -m scripts.fuzz_documents` works too.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

import broken_documents

# What the commands promise for the largest file (the contract: 60 s and 1 GB for 200 pages).
SECONDS = 60.0
ADDRESS_SPACE = 4 << 30
SLOW = 5.0
WAITING = 10
REPORT_EVERY = 1000
# Restoring is slow by nature: one input of ten, and as many characters as show what more would.
RESTORED_OF = 10
RESTORED = 2000


@dataclass(slots=True)
class Counts:
    """What came of the inputs so far."""

    done: int = 0
    crashes: list[dict[str, Any]] = field(default_factory=list)
    hangs: list[int] = field(default_factory=list)
    slow: list[tuple[int, float]] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)

    def save(self, path: Path | None, seed: int) -> None:
        """Keep the counts, so that a later call can go on."""
        if path is None:
            return
        content = {"seed": seed, "done": self.done, "crashes": self.crashes, "hangs": self.hangs}
        path.write_text(
            json.dumps(content | {"slow": self.slow, "kinds": self.kinds}, ensure_ascii=False),
            encoding="utf-8",
        )


def load(path: Path | None, seed: int) -> Counts:
    """The counts of an earlier call with the same seed."""
    if path is None or not path.exists():
        return Counts()
    kept = json.loads(path.read_text(encoding="utf-8"))
    if kept["seed"] != seed:
        raise SystemExit(f"{path} belongs to seed {kept['seed']}.")
    slow = [(number, seconds) for number, seconds in kept["slow"]]
    return Counts(kept["done"], kept["crashes"], kept["hangs"], slow, Counter(kept["kinds"]))


def run_one(data: bytes, name: str, restore: bool = True) -> None:
    """Everything that a stranger's file goes through. Raises what they raise."""
    from dinhlang.officialdoc.check import check
    from dinhlang.officialdoc.codec import from_json, to_json
    from dinhlang.officialdoc.read import read_with_text

    document, text = read_with_text(data, name)
    if from_json(json.loads(json.dumps(to_json(document)))) != document:
        raise AssertionError("the document does not survive its JSON")
    for finding in check(document, text=text):
        if not finding.message:
            raise AssertionError(f"{finding.rule} says nothing")
    if restore:
        from dinhlang.officialdoc import repair

        repaired = repair.repair(text[:RESTORED], name=name)
        json.dumps(repair.to_json(repaired))


def work(pipe: Connection, seed: int) -> None:
    """The worker: the number of an input in, what came of it out."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    while True:
        number = pipe.recv()
        if number is None:
            return
        kind, name, data = broken_documents.make(seed, number)
        began = time.process_time()
        try:
            run_one(data, name, restore=number % RESTORED_OF == 0)
        except BaseException:
            pipe.send((kind, time.process_time() - began, traceback.format_exc(limit=-6)))
        else:
            pipe.send((kind, time.process_time() - began, None))


class Worker:
    """A process that can be killed and begun again."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.process: multiprocessing.process.BaseProcess | None = None

    def ask(self, number: int, seconds: float) -> tuple[str, float, str | None] | None:
        """What came of an input; `None` when the worker took too long or died."""
        if self.process is None:
            context = multiprocessing.get_context("spawn")
            self.pipe, other = context.Pipe()
            self.process = context.Process(target=work, args=(other, self.seed), daemon=True)
            self.process.start()
            other.close()
        try:
            self.pipe.send(number)
            if self._answers(seconds):
                answer: tuple[str, float, str | None] = self.pipe.recv()
                return answer
        except (EOFError, OSError):
            pass
        self.stop()
        return None

    def _answers(self, seconds: float) -> bool:
        """Wait until the worker answers; False once it took so many seconds of the processor, or ten times as many."""
        began, before = time.monotonic(), self._processor_seconds()
        while not self.pipe.poll(1):
            if self._processor_seconds() - before > seconds or time.monotonic() - began > WAITING * seconds:
                return False
        return True

    def _processor_seconds(self) -> float:
        """What the worker has used; other work on the machine must not make a hang. 0 where the system does not tell."""
        try:
            fields = (
                Path(f"/proc/{self.process.pid if self.process else 0}/stat")
                .read_text()
                .rpartition(")")[2]
                .split()
            )
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.join()
            self.process = None


def fuzz(counts: Counts, wanted: int, seed: int, seconds: float, state: Path | None) -> None:
    """Run the inputs from where the counts stand up to the number wanted."""
    worker = Worker(seed)
    for number in range(counts.done, wanted):
        answer = worker.ask(number, seconds)
        counts.done = number + 1
        if answer is None:
            counts.hangs.append(number)
            print(f"input {number}: over {seconds:g} s, or the process died", flush=True)
        else:
            _note(counts, number, answer)
        if counts.done % REPORT_EVERY == 0:
            counts.save(state, seed)
            print(
                f"{counts.done} inputs, {len(counts.crashes)} crashes, {len(counts.hangs)} hangs", flush=True
            )
    counts.save(state, seed)
    worker.stop()


def _note(counts: Counts, number: int, answer: tuple[str, float, str | None]) -> None:
    kind, took, error = answer
    counts.kinds[kind] += 1
    if took > SLOW:
        counts.slow.append((number, round(took, 1)))
    if error is not None:
        counts.crashes.append({"input": number, "kind": kind, "error": error})
        print(f"input {number} ({kind}):\n{error}", flush=True)


def main() -> int:
    """Run, print the figures, and as the last line one JSON object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--inputs", type=int, default=1000, help="how many in all, with those of the state file"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of the processor, for each input")
    parser.add_argument("--state", type=Path, help="where the counts are kept between calls")
    parser.add_argument("--only", type=int, help="run this one input here, without a worker")
    parser.add_argument("--keep", type=Path, help="with --only: write the input into this folder")
    options = parser.parse_args()
    if options.only is not None:
        kind, name, data = broken_documents.make(options.seed, options.only)
        print(kind, name, len(data))
        if options.keep:
            (options.keep / f"{options.only}-{name}").write_bytes(data)
        began = time.process_time()
        run_one(data, name)
        print(f"{time.process_time() - began:.2f} s")
        return 0
    counts = load(options.state, options.seed)
    fuzz(counts, options.inputs, options.seed, options.seconds, options.state)
    worst = max((took for _, took in counts.slow), default=0)
    print(
        f"{counts.done} inputs: {len(counts.crashes)} crashes, {len(counts.hangs)} hangs, slowest {worst} s"
    )
    print(
        json.dumps(
            {
                "inputs": counts.done,
                "crashes": len(counts.crashes),
                "hangs": len(counts.hangs),
                "over_5_s": len(counts.slow),
                "kinds": counts.kinds,
            }
        )
    )
    return 1 if counts.crashes or counts.hangs else 0


if __name__ == "__main__":
    sys.exit(main())
