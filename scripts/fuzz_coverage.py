#!/usr/bin/env python3
"""Feeds what reaches new code to `read`, `check` and `repair`: coverage-guided, by atheris (`scripts/setup_fuzz`).

`python scripts/fuzz_coverage.py --folder FOLDER --seconds 3600` goes through the targets in turn (`fuzz_targets.py`),
a slice of time each, until the time is over, and prints the table of all slices ever run in that folder. The folder
keeps the inputs that reached something new (`corpus`), those that fell or hung (`found`) and the counts, so a later
call goes on. Only inputs that were not in the corpus before the slice are counted, each once. An input that needs more
than `LIMIT` seconds of the processor has hung. `--target text --only FILE` runs one input and lets its error through.
Exit status 1 when anything fell or hung.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import subprocess
import sys
import time
import traceback
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(Path(__file__).parent), str(ROOT / "src"), str(ROOT / ".venv-fuzz")]

import broken_pdf  # noqa: E402 - found by the line above
import fuzz_documents  # noqa: E402
import fuzz_targets  # noqa: E402

# Of the processor, with the instruments that count coverage: the largest of these inputs takes a tenth of a second.
LIMIT = 10.0
# What the process for pages may take (`read.pages.limits`), and the instruments.
MEGABYTES = 1500
SAVE_EVERY = 100


class Hung(BaseException):
    """An input took too long. No exception of its own, so that nothing on the way catches it."""


@dataclass(slots=True)
class Counts:
    """What came of one target's inputs on one commit."""

    target: str
    commit: str
    inputs: int = 0
    crashes: int = 0
    hangs: int = 0
    died: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    places: Counter[str] = field(default_factory=Counter)

    @classmethod
    def load(cls, folder: Path, target: str, commit: str) -> Counts:
        path = folder / "counts" / f"{target}-{commit}.json"
        if not path.exists():
            return cls(target, commit)
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(**kept | {"places": Counter(kept["places"])})

    def save(self, folder: Path) -> None:
        path = folder / "counts" / f"{self.target}-{self.commit}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")


class Slice:
    """One target for some time, in this process."""

    def __init__(self, folder: Path, target: str, commit: str) -> None:
        self.folder = folder
        self.run = fuzz_targets.TARGETS[target]
        self.counts = Counts.load(folder, target, commit)
        self.corpus = folder / "corpus" / target
        self.corpus.mkdir(parents=True, exist_ok=True)
        self.seen = {self._mark(path.read_bytes()) for path in self.corpus.iterdir()}
        for data in fuzz_targets.seeds(target):
            if self._mark(data) not in self.seen:
                (self.corpus / hashlib.sha1(data, usedforsecurity=False).hexdigest()).write_bytes(data)

    @staticmethod
    def _mark(data: bytes) -> int:
        return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")

    def one(self, data: bytes) -> None:
        """What atheris calls with each input."""
        is_new = (mark := self._mark(data)) not in self.seen
        self.seen.add(mark)
        began = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        try:
            self.run(data)
        except Hung:
            self.counts.hangs += is_new
            self._keep(data, "hung")
        except Exception as error:
            self.counts.crashes += is_new
            self._keep(data, _place_of(error))
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if is_new:
            took = time.process_time() - began
            self.counts.inputs += 1
            self.counts.seconds += took
            self.counts.slowest = max(self.counts.slowest, took)
            if self.counts.inputs % SAVE_EVERY == 0:
                self.counts.save(self.folder)

    def _keep(self, data: bytes, place: str) -> None:
        """Keep the input, and show the first of each place."""
        found = self.folder / "found"
        found.mkdir(exist_ok=True)
        name = f"{self.counts.target}-{hashlib.sha1(data, usedforsecurity=False).hexdigest()[:12]}"
        (found / name).write_bytes(data)
        self.counts.places[place] += 1
        if self.counts.places[place] == 1:
            print(f"{name}: {place}", traceback.format_exc(limit=-5), sep="\n", flush=True)


def _place_of(error: BaseException) -> str:
    """The error with the line of ours on which it was raised."""
    frames = [one for one in traceback.extract_tb(error.__traceback__) if "dinhlang" in one.filename]
    last = frames[-1] if frames else traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}"


def _overtime(_signal: int, _frame: FrameType | None) -> None:
    raise Hung


def run_slice(folder: Path, target: str, commit: str, seconds: int) -> None:
    """Fuzz one target; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["dinhlang.officialdoc", "dinhlang.periods"]):
        _import_all()
    signal.signal(signal.SIGVTALRM, _overtime)
    piece = Slice(folder, target, commit)
    most = fuzz_targets.MOST_BYTES[target]
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            f"-max_len={most}",
            f"-timeout={int(LIMIT) * 12}",
            f"-rss_limit_mb={MEGABYTES}",
            "-print_final_stats=0",
            "-verbosity=0",
            f"-artifact_prefix={folder}/died-{target}-",
            str(piece.corpus),
        ],
        piece.one,
    )
    atheris.Fuzz()


def _import_all() -> None:
    """Everything that is looked at, before the first input: what is imported later has no instruments."""
    import importlib
    import pkgutil

    import dinhlang.officialdoc

    for found in pkgutil.walk_packages(dinhlang.officialdoc.__path__, "dinhlang.officialdoc."):
        if not {"tests", "sign", "write", "worker"} & set(found.name.split(".")):
            importlib.import_module(found.name)


def run_all(folder: Path, targets: list[str], commit: str, seconds: float, each: float) -> None:
    """Slices in turn until the time is over."""
    folder.mkdir(parents=True, exist_ok=True)
    ends = time.monotonic() + seconds
    number = 0
    while (left := ends - time.monotonic()) > 1:
        target = targets[number % len(targets)]
        number += 1
        command = [sys.executable, __file__, "--folder", str(folder), "--commit", commit]
        log = folder / "last.log"
        with log.open("wb") as output:
            ended = subprocess.run(
                [*command, "--slice", target, "--seconds", f"{min(each, left):.0f}"],
                stderr=output,
                check=False,
            )
        if not (folder / "corpus" / target).exists():
            raise SystemExit(f"The fuzzer does not start (scripts/setup_fuzz?), see {log}.")
        if ended.returncode and not _is_answered(folder, target):
            counts = Counts.load(folder, target, commit)
            counts.died += 1
            counts.save(folder)
            print(f"{target}: the process ended with {ended.returncode}", flush=True)


def _is_answered(folder: Path, target: str) -> bool:
    """Whether the input that ended the process is answered by `read`, which opens PDF files in a process of its own."""
    left = sorted(folder.glob(f"died-{target}-*"), key=lambda path: path.stat().st_mtime)
    if not left or not target.startswith("pdf"):
        return False
    data = left[-1].read_bytes()
    file = broken_pdf.page_of(data) if target == "pdf" else data
    try:
        fuzz_documents.run_one(file, "a.pdf", restore=False)
    except Exception:
        traceback.print_exc()
        return False
    left[-1].unlink()
    return True


def show(folder: Path) -> int:
    """The table of every target and commit, and as the last line one JSON object. How many fell or hung."""
    columns = ("inputs", "crashes", "hangs", "died", "seconds")
    total: Counter[str] = Counter()
    print(f"{'target':10} {'commit':8} " + " ".join(f"{name:>8}" for name in columns))
    for path in sorted((folder / "counts").glob("*.json")):
        kept = json.loads(path.read_text(encoding="utf-8"))
        values = {name: round(kept[name]) for name in columns}
        total.update(values)
        print(f"{kept['target']:10} {kept['commit']:8} " + " ".join(f"{one:8}" for one in values.values()))
    print(json.dumps({name: total[name] for name in columns}))
    return total["crashes"] + total["hangs"] + total["died"]


def _commit() -> str:
    """The commit of the sources, short."""
    told = subprocess.run(
        ["git", "rev-parse", "--short=7", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return told.stdout.strip() or "unknown"


def main() -> int:
    """Run, and print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path, default=Path("fuzz"), help="where corpus and counts are kept")
    parser.add_argument("--seconds", type=float, default=600, help="in all; 0 only prints the table")
    parser.add_argument("--each", type=float, default=120, help="of one target before the next")
    parser.add_argument("--target", action="append", choices=list(fuzz_targets.TARGETS), help="only these")
    parser.add_argument("--only", type=Path, help="with --target: run this one input")
    parser.add_argument("--commit", default="", help=argparse.SUPPRESS)
    parser.add_argument("--slice", choices=list(fuzz_targets.TARGETS), help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.folder.resolve()
    commit = options.commit or _commit()
    if options.only is not None:
        began = time.process_time()
        fuzz_targets.TARGETS[options.target[0]](options.only.read_bytes())
        print(f"{time.process_time() - began:.2f} s")
        return 0
    if options.slice:
        run_slice(folder, options.slice, commit, int(options.seconds))
        return 0
    run_all(folder, options.target or list(fuzz_targets.TARGETS), commit, options.seconds, options.each)
    return 1 if show(folder) else 0


if __name__ == "__main__":
    sys.exit(main())
