#!/usr/bin/env python3
"""`make test`: every check there is, with what it needs, ending in one line `N passed, N failed`.

Debian packages are installed when that is allowed. A check whose tool is missing is left out and named, except
in CI (CI=true), where a missing tool is a failure. Each check that is no pytest run counts as one test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import prepared_database
import temporary_postgresql

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
OWN_VARIABLES = ("DINHLANG_", "PREPARED_", "DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE")


@dataclass(frozen=True)
class Tool:
    """Something from outside Python: how to see that it is there, and the packages that bring it."""

    name: str
    is_there: Callable[[], bool]
    packages: tuple[str, ...]


def _has_full_font() -> bool:
    # The doctor and the PDF writer ask the same: a name proves nothing, the letters are counted.
    sys.path.insert(0, str(ROOT / "src"))
    from dinhlang.officialdoc import fonts

    fonts.find.cache_clear()
    return fonts.status().good


def _reads_vietnamese() -> bool:
    if shutil.which("tesseract") is None:
        return False
    listed = subprocess.run(["tesseract", "--list-langs"], capture_output=True, check=False)
    return b"vie" in listed.stdout.split()


def _drives_the_browser() -> bool:
    # The driver of the browser tests is a Node.js of its own, and asks for a library that a small Debian lacks.
    from playwright._impl._driver import compute_driver_executable

    found = subprocess.run([*compute_driver_executable(), "--version"], capture_output=True, check=False)
    return found.returncode == 0


def _liberation() -> str:
    # Debian 13 has the 2.x fonts under the name that is the 1.x fonts in Debian 12.
    known = subprocess.run(["apt-cache", "show", "fonts-liberation2"], capture_output=True, check=False)
    return "fonts-liberation2" if known.returncode == 0 else "fonts-liberation"


POSTGRESQL = Tool("PostgreSQL", lambda: temporary_postgresql.programs() is not None, ("postgresql",))
CHROMIUM = Tool("Chromium", lambda: shutil.which("chromium") is not None, ("chromium",))
# The same browser without windows, which the browser tests take where it is there: they then cost a third less.
SHELL = "chromium-headless-shell"
DRIVER = Tool("libatomic", _drives_the_browser, ("libatomic1",))
OFFICE = Tool("LibreOffice", lambda: shutil.which("soffice") is not None, ("libreoffice-writer-nogui",))
FONTS = Tool("phông chữ", _has_full_font, ("fonts-liberation2",))
TESSERACT = Tool("Tesseract", _reads_vietnamese, ("tesseract-ocr", "tesseract-ocr-vie"))
NGINX = Tool(
    "nginx", lambda: shutil.which("nginx", path="/usr/sbin:/usr/bin:/bin") is not None, ("nginx-light",)
)
MOSQUITTO = Tool(
    "Mosquitto", lambda: shutil.which("mosquitto", path="/usr/sbin:/usr/bin:/bin") is not None, ("mosquitto",)
)
LIGHTHOUSE = Tool("Lighthouse", (ROOT / "tests/lighthouse/node_modules/installed").exists, ())
POPPLER = Tool("poppler-utils", lambda: shutil.which("pdftoppm") is not None, ("poppler-utils",))


# The kinds of tests that need more than Python, each without those of the kinds before it.
SPECIAL: dict[str, tuple[Tool, ...]] = {
    "browser": (CHROMIUM, DRIVER),
    "office": (OFFICE, FONTS, POPPLER),
    "process": (),
    "postgresql": (POSTGRESQL,),
    "nginx": (NGINX,),
    "mqtt": (MOSQUITTO,),
    "ocr": (TESSERACT, FONTS),
    "font": (FONTS,),
    "lighthouse": (CHROMIUM, LIGHTHOUSE),
}
ORDINARY = " and ".join(f"not {kind}" for kind in SPECIAL)


@dataclass(frozen=True)
class Check:
    """One step: a command, or with `kinds` a pytest run of the tests of these kinds, "" for the ordinary ones.

    Kinds share a run because importing all tests costs more than many of them take.
    """

    name: str
    command: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    on_postgresql: bool = False
    workers: int = 2
    # Of those that run beside: how far it gives way, as `nice` counts.
    behind: int = 0


# The longest first: whichever processor is free takes the next file, and a long one that comes last ends alone.
_LONG = ("screens", "report", "days", "record", "screens_dark", "desk", "plan")


def _browser_files() -> tuple[str, ...]:
    found = {path.name: path for path in sorted((ROOT / "tests").glob("test_*browser.py"))}
    long = [found.pop(f"test_{name}_browser.py") for name in _LONG]
    return tuple(str(path.relative_to(ROOT)) for path in (*long, *found.values()))


STATIC = (
    Check("định dạng", ("ruff", "format", "--check", ".")),
    Check("lỗi thường gặp", ("ruff", "check", ".")),
    Check("ranh giới giữa các gói", ("lint-imports",)),
    Check("bản chuyển đổi cơ sở dữ liệu", ("dinhlang", "django", "makemigrations", "--check", "--dry-run")),
    Check("kiểu dữ liệu", ("mypy",)),
)
RUNS = (
    Check("trình duyệt", kinds=("browser",), where=_browser_files()),
    Check(
        "tiến trình, sao lưu PostgreSQL, nginx, Mosquitto, LibreOffice, nhận dạng chữ, Lighthouse",
        kinds=("process", "postgresql", "nginx", "mqtt", "office", "ocr", "lighthouse"),
    ),
)
# Browsers and servers wait for each other: what never waits runs beside them, all of it at once so that no processor is
# idle while the last file of a run is tried, and gives way. It tells what it says when it has ended. On PostgreSQL one
# worker does not import all tests twice; it goes before the tests on SQLite, which have two and so leave no processor
# idle when they are the last.
BESIDE = (
    Check("đơn vị, tính chất, phông chữ, tích hợp trên SQLite", kinds=("", "font"), behind=5),
    Check("tích hợp trên PostgreSQL", kinds=("",), on_postgresql=True, workers=1, behind=1),
)


@dataclass
class Tally:
    """What came of the checks so far."""

    passed: int = 0
    failed: int = 0
    lines: list[str] = field(default_factory=list)

    def note(self, name: str, passed: int, failed: int, spent: Spent) -> None:
        self.passed += passed
        self.failed += failed
        outcome = "đạt" if not failed else "KHÔNG ĐẠT"
        self.lines.append(f"{spent}  {outcome:<10} {name} ({passed} đạt, {failed} không đạt)")

    def add(self, other: Tally) -> None:
        self.passed += other.passed
        self.failed += other.failed
        self.lines += other.lines

    def leave_out(self, name: str, missing: list[str]) -> None:
        self.lines.append(
            f"{'–':>8} {'':16}  BỎ QUA     {name}: thiếu {', '.join(missing)}, không có quyền cài"
        )


class Spent:
    """The time since it was made: of the clock, and of the processors by what was started and ended."""

    def __init__(self) -> None:
        self._clock, self.work = time.monotonic(), 0.0

    def run(self, command: list[str | Path], **given: Any) -> int:
        """Run a command to its end, and give its code. What it and all it started have worked counts."""
        started = subprocess.Popen(command, **given)
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
        self.work += used.ru_utime + used.ru_stime
        return started.returncode

    def __str__(self) -> str:
        return f"{time.monotonic() - self._clock:7.1f} s (CPU {self.work:6.1f} s)"


def main() -> int:
    """Run every check in order; 1 when anything failed."""
    os.chdir(ROOT)
    _install_missing()
    tally = Tally()
    whole = Spent()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dinhlang-test-")))
        environment = _clean_environment(scratch)
        os.environ.clear()
        os.environ.update(environment)
        # Migrating takes some ten seconds on each database and one processor; the checks of the text take another.
        preparing = _prepare(stack)
        with ThreadPoolExecutor(len(BESIDE)) as pool:
            beside = [pool.submit(_carry_out_beside, check, scratch, preparing) for check in BESIDE]
            for check in STATIC:
                _say(f"\n=== {check.name}")
                spent = Spent()
                code = spent.run([BIN / check.command[0], *check.command[1:]])
                tally.note(check.name, *((0, 1) if code else (1, 0)), spent)
            for thread in preparing:
                thread.join()
            for check in RUNS:
                _say(f"\n=== {check.name}")
                _carry_out(check, scratch, tally)
            for outcome in beside:
                tally.add(outcome.result())
        # The server is nobody's child, and is ended when this block is.
        served = 0.0
        if server := os.environ.get(prepared_database.POSTGRESQL):
            with suppress(OSError, ValueError):
                served = temporary_postgresql.work_of(server)
            tally.lines.append(f"{'–':>9} (CPU {served:6.1f} s)  {'':10} máy chủ PostgreSQL của các kiểm thử")
    whole.work = sum(os.times()[2:4]) + served
    _say("\n" + "\n".join(tally.lines))
    _say(f"{whole}  tổng cộng\n")
    _say(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


def _prepare(stack: ExitStack) -> list[threading.Thread]:
    """Begin to make the migrated databases that the tests copy."""
    threads = [threading.Thread(target=prepared_database.sqlite)]
    if POSTGRESQL.is_there():
        address = stack.enter_context(temporary_postgresql.running(temporary_postgresql.FOR_TESTS))
        os.environ[prepared_database.POSTGRESQL] = address
        threads.append(threading.Thread(target=prepared_database.migrate, args=({"DATABASE_URL": address},)))
    for thread in threads:
        thread.start()
    return threads


def _install_missing() -> None:
    wanted: set[str] = set()
    for tools in SPECIAL.values():
        for tool in tools:
            if not tool.is_there():
                wanted.update(
                    _liberation() if name == "fonts-liberation2" else name for name in tool.packages
                )
    if wanted:
        subprocess.run([ROOT / "scripts" / "install_packages", *sorted(wanted)], check=False)
    if shutil.which(SHELL) is None:
        subprocess.run([ROOT / "scripts" / "install_packages", SHELL], check=False)
    subprocess.run([ROOT / "scripts" / "setup_lighthouse"], check=False)


def _clean_environment(scratch: Path) -> dict[str, str]:
    """The developer's own settings must not decide how a test ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_VARIABLES)}
    return {
        **kept,
        "DINHLANG_DATA": str(scratch / "data"),
        prepared_database.FOLDER: str(scratch / "prepared"),
        "PYTHONDONTWRITEBYTECODE": "",
        "LC_ALL": "C.UTF-8",
    }


def _carry_out_beside(check: Check, scratch: Path, preparing: list[threading.Thread]) -> Tally:
    """Carry a check out once all is prepared, and tell at its end, in one piece, what it said. Gives what came of it."""
    for thread in preparing:
        thread.join()
    tally = Tally()
    with tempfile.TemporaryFile(dir=scratch) as said:
        _carry_out(
            check, scratch, tally, ("nice", "-n", str(check.behind)), stdout=said, stderr=subprocess.STDOUT
        )
        said.seek(0)
        _say(f"\n=== {check.name}\n{said.read().decode(errors='replace')}")
    return tally


def _carry_out(check: Check, scratch: Path, tally: Tally, how: tuple[str, ...] = (), **streams: Any) -> None:
    kinds = [kind for kind in check.kinds if _is_possible(kind, check, tally)]
    if check.on_postgresql and not _has((POSTGRESQL,), check.name, tally):
        kinds = []
    if not kinds:
        return
    with tempfile.NamedTemporaryFile(dir=scratch, prefix="report-", suffix=".xml", delete=False) as file:
        report = Path(file.name)
    marks = " or ".join(f"({_only(kind)})" for kind in kinds)
    if check.on_postgresql:
        marks = f"integration and not one_database and ({marks})"
    command = [BIN / "pytest", "-q", "-m", marks, f"--junitxml={report}", "-p", "no:cacheprovider"]
    environment = dict(os.environ)
    if check.on_postgresql:
        environment["DATABASE_URL"] = environment[prepared_database.POSTGRESQL]
        # The same tests run on SQLite at the same time: what they lay into the data folder must not meet.
        environment["DINHLANG_DATA"] += "-postgresql"
    workers = ["-n", str(check.workers), "--dist", "loadfile"] if check.workers > 1 else []
    where = check.where
    if where:
        # The order given counts, not how many tests a file has.
        workers.append("--no-loadscope-reorder")
    elif check.on_postgresql or "" not in kinds:
        where = _files_marked({"integration"} if check.on_postgresql else set(kinds))
    spent = Spent()
    code = spent.run([*how, *command, *workers, *where], env=environment, **streams)
    passed, failed = _counted(report)
    # A run that found no test, or broke off, has shown nothing.
    tally.note(check.name, passed, failed if code == 0 or failed else 1, spent)


def _files_marked(kinds: set[str]) -> tuple[str, ...]:
    """The files that hold a test of one of these kinds: importing all others costs a quarter of a minute a worker."""
    mark = re.compile(rf"\bmark\.({'|'.join(kinds)})\b")
    files = sorted(file for folder in ("src", "tests") for file in (ROOT / folder).rglob("test_*.py"))
    return tuple(str(file.relative_to(ROOT)) for file in files if mark.search(file.read_text("utf-8")))


def _only(kind: str) -> str:
    """The tests of this kind and of none that comes before it."""
    if not kind:
        return ORDINARY
    before = list(SPECIAL)[: list(SPECIAL).index(kind)]
    return " and ".join([kind, *(f"not {other}" for other in before)])


def _is_possible(kind: str, check: Check, tally: Tally) -> bool:
    return _has(SPECIAL.get(kind, ()), f"{check.name}: {kind}", tally)


def _has(tools: tuple[Tool, ...], name: str, tally: Tally) -> bool:
    """Whether the tools are there. What must be left out is told, and counts as a failure in CI."""
    missing = [tool.name for tool in tools if not tool.is_there()]
    if not missing:
        return True
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        _say(f"Thiếu {', '.join(missing)}.")
        tally.note(name, 0, 1, Spent())
    else:
        tally.leave_out(name, missing)
    return False


def _counted(report: Path) -> tuple[int, int]:
    if not report.stat().st_size:
        return 0, 0
    passed = failed = 0
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file
        bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0)) + int(suite.get("skipped", 0))
        failed += bad
        passed += int(suite.get("tests", 0)) - bad
    return passed, failed


def _say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
