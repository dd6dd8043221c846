"""Files of other word processors made into .docx by LibreOffice, in a process of its own.

The process has a profile of its own that is thrown away, runs no macros, follows no link, reaches no network where
the system allows to cut it off, and is stopped when it takes too long or too much memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from dinhlang.officialdoc.read.archive import MOST_BYTES


@dataclass(frozen=True, slots=True)
class Limits:
    """What a conversion may take: seconds on the clock, bytes of memory, bytes of a file."""

    seconds: int = 40
    memory: int = 1024 * 1024 * 1024
    file_size: int = 4 * MOST_BYTES


class NoConverter(Exception):
    """LibreOffice is not installed."""


class NotConverted(Exception):
    """LibreOffice could not read the file, or took too much time or memory over it."""


# Limits are set by a small Python between us and the program: the memory is what it writes to, not what it maps.
_LAUNCH = """
import os, resource, sys
seconds, memory, size = map(int, sys.argv[1:4])
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 5))
resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
os.execvp(sys.argv[4], sys.argv[4:])
"""
_OOR = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Load", "UpdateDocMode", "0"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
    ("org.openoffice.Office.Common/Save/Document", "CreateBackup", "false"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
# Nobody answers there.
_NO_PROXY = "http://127.0.0.1:9"


def office() -> str | None:
    """The path of LibreOffice; None when it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def to_docx(data: bytes, ending: str, limits: Limits | None = None) -> bytes:
    """A file whose name would end with `ending` ('doc', 'rtf') as a .docx. Raises `NoConverter` or `NotConverted`."""
    program = office()
    if program is None:
        raise NoConverter
    with tempfile.TemporaryDirectory(prefix="dinhlang-") as name:
        folder = Path(name)
        source = folder / f"van-ban.{ending}"
        source.write_bytes(data)
        _make_profile(folder / "profile")
        _run(_command(program, folder, source), folder, limits or Limits())
        made = folder / "ra" / "van-ban.docx"
        if not made.is_file() or made.stat().st_size == 0:
            raise NotConverted
        return made.read_bytes()


def _command(program: str, folder: Path, source: Path) -> list[str]:
    return [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        "--nodefault",
        "--nologo",
        "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir",
        str(folder / "ra"),
        str(source),
    ]


def _make_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items {_OOR}>{items}</oor:items>', encoding="utf-8"
    )


def _run(command: list[str], folder: Path, limits: Limits) -> None:
    launch = [sys.executable, "-I", "-c", _LAUNCH]
    sizes = [str(limits.seconds), str(limits.memory), str(limits.file_size)]
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "SAL_USE_VCLPLUGIN": "svp",
        "http_proxy": _NO_PROXY,
        "https_proxy": _NO_PROXY,
    }
    process = subprocess.Popen(  # noqa: S603 - the command is ours, the file a path of our own
        [*_without_network(), *launch, *sizes, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=folder,
        start_new_session=True,
    )
    try:
        process.wait(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        raise NotConverted from error
    finally:
        # The program starts others; all are in the session that was made for it.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """What to put before a command so that it has no network; nothing where the system does not allow that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    for options in (("--net",), ("--map-root-user", "--net")):
        try:
            tried = subprocess.run(  # noqa: S603
                [unshare, *options, "true"], capture_output=True, timeout=10, check=False
            )
        except (OSError, subprocess.TimeoutExpired):
            return ()
        if tried.returncode == 0:
            return (unshare, *options)
    return ()
