"""Reads the pages of a file in a process of its own, with limits, and gives what was read when one is reached."""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.read.pages.limits import Limits
from dinhlang.officialdoc.read.pages.page import Page, loaded

Progress = Callable[[int, int], None]
"""Called with how many pages are done, and of how many."""

# Pages that make the worker fall are passed over, but not for ever.
_MOST_FALLS = 3
# A page of a table book is 100 KB of JSON.
_MOST_OUTPUT = 400 * 1024 * 1024
_PACKAGE_ROOT = Path(__file__).parents[4]
_KEPT_VARIABLES = ("PATH", "LANG", "TESSDATA_PREFIX", "SYSTEMROOT")


@dataclass(slots=True)
class Outcome:
    """The pages that were read, how many the file has (when it came to that), and what a person should know."""

    pages: list[Page] = field(default_factory=list)
    total: int | None = None
    problems: list[Problem] = field(default_factory=list)
    runs: str = ""
    """What a PDF of ours carries of its runs (`write.runs`)."""


def pages_of(data: bytes, kind: str, limits: Limits, progress: Progress | None = None) -> Outcome:
    """The pages of a PDF file ('pdf') or of an image ('image'). Never raises for any bytes."""
    outcome = Outcome()
    deadline = time.monotonic() + limits.seconds
    fallen: list[int] = []
    with tempfile.TemporaryDirectory(prefix="dinhlang-doc-") as folder:
        (Path(folder) / "input").write_bytes(data)
        while True:
            first = max((page.number for page in outcome.pages), default=0) + 1
            first = max([first, *(number + 1 for number in fallen)])
            ended = _Worker(folder, kind, first, limits).read(outcome, deadline, progress)
            if ended != "fell":
                break
            fallen.append(first if not outcome.pages else max(first, outcome.pages[-1].number + 1))
            if outcome.total is None or len(fallen) > _MOST_FALLS or fallen[-1] >= outcome.total:
                break
    outcome.problems.extend(_told(outcome, ended, fallen, limits))
    return outcome


def _told(outcome: Outcome, ended: str, fallen: list[int], limits: Limits) -> Iterator[Problem]:
    """What stopped the reading, and what to do about it."""
    done, total = len(outcome.pages), outcome.total
    if ended == "late":
        yield Problem(
            "time-limit",
            f"Đọc quá {limits.seconds:g} giây nên dừng, mới đọc {done} trên {total or 'chưa rõ bao nhiêu'} trang: "
            "hãy tách tệp ra nhiều phần, hoặc đặt DINHLANG_READ_SECONDS lớn hơn.",
        )
    elif fallen and total is None:
        yield Problem(
            "unreadable",
            f"Tệp hỏng, hoặc cần hơn {limits.megabytes} MB bộ nhớ để mở: hãy in lại ra PDF rồi đưa tệp mới.",
        )
    elif fallen:
        pages = ", ".join(map(str, fallen))
        yield Problem(
            "pages-unread",
            f"Không đọc được trang {pages} (hỏng, hoặc cần hơn {limits.megabytes} MB bộ nhớ): "
            "hãy in lại các trang ấy ra PDF rồi đọc riêng.",
        )
    if total is not None and total > limits.pages:
        yield Problem(
            "page-limit",
            f"Tệp có hơn {limits.pages} trang, chỉ đọc {limits.pages} trang đầu: hãy tách tệp, hoặc đặt DINHLANG_READ_PAGES lớn hơn.",
        )


def started(folder: str, module: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of a module beside this one, in its own folder, with nothing of ours but the path to find programs."""
    kept = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    environment = {
        **kept,
        "PYTHONPATH": str(_PACKAGE_ROOT),
        "TMPDIR": folder,
        "HOME": folder,
        # More threads than one make recognising slower on a busy machine, and take memory for each.
        "OMP_THREAD_LIMIT": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(  # noqa: S603 - our own module, fixed arguments
        [sys.executable, "-P", "-m", f"dinhlang.officialdoc.read.pages.{module}", *arguments],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # So that what it started can be ended with it.
        start_new_session=True,
    )


def ended(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    if process.stdout:
        process.stdout.close()
    process.wait()


class _Worker:
    """One run of the worker, from page `first` on."""

    def __init__(self, folder: str, kind: str, first: int, limits: Limits) -> None:
        self.process = started(
            folder,
            "worker",
            *(kind, str(first), str(limits.megabytes), str(limits.pages), f"{limits.seconds:g}"),
        )

    def read(self, outcome: Outcome, deadline: float, progress: Progress | None) -> str:
        """Take what the worker tells. Gives 'done', 'late' or 'fell'."""
        try:
            for told in self._lines(deadline):
                if told is None:
                    return "late"
                if _take(told, outcome, progress):
                    return "done"
            return "fell"
        finally:
            ended(self.process)

    def _lines(self, deadline: float) -> Iterator[dict[str, Any] | None]:
        """Each line as it comes; None when the time is over."""
        pipe = self.process.stdout
        if pipe is None:
            return
        rest, length = b"", 0
        with selectors.DefaultSelector() as selector:
            selector.register(pipe, selectors.EVENT_READ)
            while length < _MOST_OUTPUT:
                left = deadline - time.monotonic()
                # Where a worker has something to say at any time, waiting for it never runs out.
                if left <= 0 or not selector.select(left):
                    yield None
                    return
                chunk = os.read(pipe.fileno(), 1 << 20)
                if not chunk:
                    return
                length += len(chunk)
                *lines, rest = (rest + chunk).split(b"\n")
                for line in lines:
                    yield json.loads(line)


def _take(told: dict[str, Any], outcome: Outcome, progress: Progress | None) -> bool:
    """Keep what a line tells. True after the last one."""
    if "total" in told:
        outcome.total = told["total"]
    elif "problem" in told and "words" not in told:
        outcome.problems.append(Problem(told["problem"], told["message"]))
    elif "runs" in told:
        outcome.runs = told["runs"]
    elif "number" in told:
        outcome.pages.append(loaded(told))
        if progress is not None:
            progress(told["number"], max(outcome.total or 0, told["number"]))
    return "done" in told
