"""How fast a year's report is drafted, and how light the server is when nobody asks anything of it.

`python -m benchmarks.bench_report` works on a data folder of its own and throws it away. It prints a table and,
as its last line, one JSON object:

- `draft_docx_s`, `draft_pdf_s`: a year's draft over 5 000 lines of the ledger, from the call to the file's bytes;
- `draft_ratio_100k`: how many times as long it takes over 100 000 lines (the worse of the two files);
- `docx_vs_docxtpl`, `pdf_vs_libreoffice`: rendering alone (see `bench_render`);
- `idle_mb`: memory of the whole process tree at rest (proportional set size); `start_s`: second start of
  `dinhlang run` until it answers; `cli_s`: `dinhlang doc read` of one file as a process.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dinhlang.org.models import Unit

GOALS = {
    "draft_docx_s": ("≤", 0.5),
    "draft_pdf_s": ("≤", 1.0),
    "draft_ratio_100k": ("≤", 2.0),
    "docx_vs_docxtpl": ("≥", 1.0),
    "pdf_vs_libreoffice": ("≥", 4.0),
    "idle_mb": ("≤", 350.0),
    "start_s": ("≤", 5.0),
    "cli_s": ("≤", 0.6),
}
FEW, MANY = 5_000, 100_000
ROUNDS = 7
YEAR = 2023
NOON = datetime(YEAR, 12, 20, 5, 0, tzinfo=UTC)
COMMAND = Path(sys.executable).with_name("dinhlang")


def measure() -> dict[str, float]:
    """All eight numbers, in the order of `GOALS`."""
    folder = Path(tempfile.mkdtemp(prefix="dinhlang-bench-"))
    try:
        numbers = _of_the_server(folder / "server") | {"cli_s": _of_the_command(folder)}
        numbers |= _of_drafting(folder / "ledger")
        from benchmarks import bench_render

        numbers |= bench_render.measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {name: round(numbers[name], 3) for name in GOALS}


# --- drafting -------------------------------------------------------------------------------------


def _of_drafting(folder: Path) -> dict[str, float]:
    folder.mkdir()
    os.environ |= {"DINHLANG_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "dinhlang.config.settings"}
    os.environ.pop("DATABASE_URL", None)
    from dinhlang.config import start

    start.ready()
    from benchmarks import ledgers
    from dinhlang.org.models import Unit
    from dinhlang.reports import render

    few, many = Unit.objects.get(pk="nam-trung"), Unit.objects.get(pk="tai-son")
    for unit, lines in ((few, FEW), (many, MANY)):
        ledgers.fill(unit, lines, YEAR, NOON)
    makers: dict[str, Callable[..., bytes]] = {"docx": render.docx, "pdf": render.pdf}
    # Taking turns, so that a busy moment of the machine strikes both sizes.
    took: dict[tuple[str, str], list[float]] = {}
    for _ in range(ROUNDS):
        for name, make in makers.items():
            for unit in (few, many):
                took.setdefault((name, unit.pk), []).append(_seconds(lambda u=unit, m=make: m(_draft(u))))
    median = {key: statistics.median(seconds[1:]) for key, seconds in took.items()}
    ratio = max(median[name, many.pk] / median[name, few.pk] for name in makers)
    return {
        "draft_docx_s": median["docx", few.pk],
        "draft_pdf_s": median["pdf", few.pk],
        "draft_ratio_100k": ratio,
    }


def _draft(unit: Unit) -> object:
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.actions import draft_report

    return draft_report(unit=unit, period=Period(YEAR), by=None, at=NOON)


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


# --- the server and the command -------------------------------------------------------------------


def _of_the_server(folder: Path) -> dict[str, float]:
    folder.mkdir()
    with _running(folder):
        pass
    starts = []
    for _ in range(3):
        with _running(folder) as (process, seconds):
            starts.append(seconds)
            time.sleep(4)
            idle = sum(_memory_mb(pid) for pid in _tree(process.pid))
    return {"start_s": statistics.median(starts), "idle_mb": idle}


@contextmanager
def _running(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], float]]:
    """`dinhlang run` in that folder, once it answers, and how long that took."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DINHLANG_DATA": str(folder), "PORT": str(port)}
    environment.pop("DATABASE_URL", None)
    began = time.perf_counter()
    process = subprocess.Popen(
        [COMMAND, "run"], env=environment, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while not _answers(port):
            if process.poll() is not None or time.perf_counter() - began > 300:
                raise RuntimeError("dinhlang run does not answer")
            time.sleep(0.02)
        yield process, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _tree(root: int) -> list[int]:
    """The process and all under it."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except OSError:
                continue
            parents.setdefault(parent, []).append(int(entry.name))
    found, pending = [], [root]
    while pending:
        pid = pending.pop()
        found.append(pid)
        pending += parents.get(pid, [])
    return found


def _memory_mb(pid: int) -> float:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1024
    return 0.0


_SAMPLE = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số: 12/BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày 16 tháng 6 năm 2023

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023

Thực hiện Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND xã Bến Trúc về tuyên truyền cải cách
hành chính năm 2023, Ủy ban nhân dân xã Bến Trúc báo cáo như sau:

I. KẾT QUẢ THỰC HIỆN
"""
_PARAGRAPH = "{}. Trong kỳ, xã đã đăng {} tin, bài về cải cách hành chính trên trang thông tin điện tử, phát {} lượt.\n"


def _of_the_command(folder: Path) -> float:
    path = folder / "bao-cao.txt"
    path.write_text(_SAMPLE + "".join(_PARAGRAPH.format(n, n + 3, n + 5) for n in range(1, 40)), "utf-8")
    seconds = [
        _seconds(
            lambda: subprocess.run(
                [COMMAND, "doc", "read", path, "--json"], check=True, stdout=subprocess.DEVNULL, cwd=folder
            )
        )
        for _ in range(ROUNDS)
    ]
    return statistics.median(seconds[1:])


def main() -> None:
    """Prints the table and the JSON line."""
    numbers = measure()
    for name, value in numbers.items():
        sign, goal = GOALS[name]
        met = value <= goal if sign == "≤" else value >= goal
        print(f"{name:20} {value:10.3f}   goal {sign} {goal:<6g} {'met' if met else 'MISSED'}")
    print(json.dumps(numbers))


if __name__ == "__main__":
    main()
