#!/usr/bin/env python3
"""`make test`: every check there is, with what it needs, ending in one line `N passed, N failed`.

Debian packages are installed when that is allowed. A check whose tool is missing is left out and named, except
in CI (CI=true), where a missing tool is a failure. Each check that is no pytest run counts as one test.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import temporary_postgresql

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
OWN_VARIABLES = ("DINHLANG_", "DATABASE_URL", "PORT", "DJANGO_SETTINGS_MODULE")
SPECIAL = ("browser", "office", "process", "postgresql", "font")


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
DRIVER = Tool("libatomic", _drives_the_browser, ("libatomic1",))
OFFICE = Tool("LibreOffice", lambda: shutil.which("soffice") is not None, ("libreoffice-writer-nogui",))
FONTS = Tool("phông chữ", _has_full_font, ("fonts-liberation2",))
POPPLER = Tool("poppler-utils", lambda: shutil.which("pdftoppm") is not None, ("poppler-utils",))


@dataclass(frozen=True)
class Check:
    """One step. `marks` makes it a pytest run of the tests so marked, otherwise `command` is run."""

    name: str
    command: tuple[str, ...] = ()
    marks: str = ""
    workers: int = 0
    on_postgresql: bool = False
    needs: tuple[Tool, ...] = ()


def _only(mark: str) -> str:
    """The tests with this mark and none of the special ones that come before it."""
    before = SPECIAL[: SPECIAL.index(mark)]
    return " and ".join([mark, *(f"not {other}" for other in before)])


ORDINARY = " and ".join(f"not {mark}" for mark in SPECIAL)

CHECKS = (
    Check("định dạng", ("ruff", "format", "--check", ".")),
    Check("lỗi thường gặp", ("ruff", "check", ".")),
    Check("ranh giới giữa các gói", ("lint-imports",)),
    Check("kiểu dữ liệu", ("mypy",)),
    Check("bản chuyển đổi cơ sở dữ liệu", ("dinhlang", "django", "makemigrations", "--check", "--dry-run")),
    Check("đơn vị và tính chất", marks=f"not integration and {ORDINARY}", workers=2),
    Check("phông chữ", marks=_only("font"), needs=(FONTS,)),
    Check("tích hợp trên SQLite", marks=f"integration and {ORDINARY}", workers=2),
    Check(
        "tích hợp trên PostgreSQL",
        marks=f"integration and {ORDINARY}",
        workers=2,
        on_postgresql=True,
        needs=(POSTGRESQL,),
    ),
    Check("tiến trình", marks=_only("process"), workers=2),
    Check("sao lưu PostgreSQL", marks=_only("postgresql"), needs=(POSTGRESQL,)),
    Check("mở bằng LibreOffice", marks=_only("office"), needs=(OFFICE, FONTS, POPPLER)),
    Check("trình duyệt", marks=_only("browser"), workers=2, needs=(CHROMIUM, DRIVER)),
)


@dataclass
class Tally:
    """What came of the checks so far."""

    passed: int = 0
    failed: int = 0
    lines: list[str] = field(default_factory=list)

    def note(self, check: Check, passed: int, failed: int, seconds: float) -> None:
        self.passed += passed
        self.failed += failed
        outcome = "đạt" if not failed else "KHÔNG ĐẠT"
        self.lines.append(f"{seconds:7.1f} s  {outcome:<10} {check.name} ({passed} đạt, {failed} không đạt)")

    def leave_out(self, check: Check, missing: list[str]) -> None:
        self.lines.append(
            f"      –    BỎ QUA     {check.name}: thiếu {', '.join(missing)}, không có quyền cài"
        )


def main() -> int:
    """Run every check in order; 1 when anything failed."""
    os.chdir(ROOT)
    _install_missing()
    in_ci = os.environ.get("CI", "").lower() in {"1", "true"}
    tally = Tally()
    started = time.monotonic()
    with ExitStack() as stack:
        scratch = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="dinhlang-test-")))
        environment = _clean_environment(scratch)
        for check in CHECKS:
            missing = [tool.name for tool in check.needs if not tool.is_there()]
            _say(f"\n=== {check.name}")
            if missing and in_ci:
                _say(f"Thiếu {', '.join(missing)}.")
                tally.note(check, 0, 1, 0.0)
            elif missing:
                tally.leave_out(check, missing)
            else:
                begun = time.monotonic()
                passed, failed = _carry_out(check, environment, scratch, stack)
                tally.note(check, passed, failed, time.monotonic() - begun)
    _say("\n" + "\n".join(tally.lines))
    _say(f"{time.monotonic() - started:7.1f} s  tổng cộng\n")
    _say(f"{tally.passed} passed, {tally.failed} failed")
    return 1 if tally.failed else 0


def _install_missing() -> None:
    wanted: set[str] = set()
    for check in CHECKS:
        for tool in check.needs:
            if not tool.is_there():
                wanted.update(
                    _liberation() if name == "fonts-liberation2" else name for name in tool.packages
                )
    if wanted:
        subprocess.run([ROOT / "scripts" / "install_packages", *sorted(wanted)], check=False)


def _clean_environment(scratch: Path) -> dict[str, str]:
    """The developer's own settings must not decide how a test ends."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_VARIABLES)}
    return {
        **kept,
        "DINHLANG_DATA": str(scratch / "data"),
        "PYTHONDONTWRITEBYTECODE": "",
        "LC_ALL": "C.UTF-8",
    }


def _carry_out(check: Check, environment: dict[str, str], scratch: Path, stack: ExitStack) -> tuple[int, int]:
    if not check.marks:
        code = subprocess.run(
            [BIN / check.command[0], *check.command[1:]], env=environment, check=False
        ).returncode
        return (0, 1) if code else (1, 0)
    report = scratch / "report.xml"
    report.unlink(missing_ok=True)
    command = [BIN / "pytest", "-q", "-m", check.marks, f"--junitxml={report}", "-p", "no:cacheprovider"]
    if check.workers:
        command += ["-n", str(check.workers), "--dist", "loadfile"]
    if check.on_postgresql:
        address = stack.enter_context(temporary_postgresql.running())
        environment = {**environment, "DATABASE_URL": address}
    code = subprocess.run(command, env=environment, check=False).returncode
    passed, failed = _counted(report)
    # A run that found no test, or broke off, has shown nothing.
    return (passed, failed) if code == 0 or failed else (passed, 1)


def _counted(report: Path) -> tuple[int, int]:
    if not report.exists():
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
