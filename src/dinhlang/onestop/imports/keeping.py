"""The file of a run between two steps, sealed on the disk: names of people stand in it, and none of them may stay."""

from __future__ import annotations

import gzip
import json
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from dinhlang.org.sealed import seal_bytes, unseal_bytes
from dinhlang.work import blobs

_FOLDER = "onestop-imports"
_PLACE = "onestop.importrun.file"
_ROWS = ".rows"


class FileLost(Exception):
    """The row is there, the file is not: the data folder was damaged."""


def keep(data: bytes) -> str:
    """Lay the file down; gives the name to find it by."""
    name = secrets.token_hex(20)
    _write(name, data)
    return name


def read(name: str) -> bytes:
    """The bytes. Raises `FileLost`, and `org.sealed.Unreadable` when its key is gone."""
    try:
        return unseal_bytes(_path(name).read_text("ascii"), _PLACE)
    except (FileNotFoundError, UnicodeDecodeError):
        raise FileLost(name) from None


def keep_rows(name: str, rows: list[Any]) -> None:
    """What was read of the file, beside it, so that it is not read again to be written."""
    _write(f"{name}{_ROWS}", gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), 1))


def read_rows(name: str) -> list[Any]:
    """What `keep_rows` kept. Raises as `read`."""
    found: list[Any] = json.loads(gzip.decompress(read(f"{name}{_ROWS}")))
    return found


def erase(name: str, *, but_rows: bool = False) -> None:
    """Remove the file, and what was read of it unless `but_rows`; what is gone is gone."""
    if name:
        _path(name).unlink(missing_ok=True)
        if not but_rows:
            _path(f"{name}{_ROWS}").unlink(missing_ok=True)


def sweep(known: set[str], *, older_than: timedelta) -> None:
    """Remove old files that no run speaks of."""
    # The age of a file is told by the file system's clock.
    long_ago = time.time() - older_than.total_seconds()
    folder = Path(settings.DATA) / _FOLDER
    for file in folder.iterdir() if folder.exists() else ():
        if file.name.partition(".")[0] not in known and file.stat().st_mtime < long_ago:
            file.unlink(missing_ok=True)


def _path(name: str) -> Path:
    return Path(settings.DATA) / _FOLDER / name


def _write(name: str, data: bytes) -> None:
    path = _path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    blobs.place(
        path.with_name(f"{name}.{secrets.token_hex(4)}.part"), path, seal_bytes(data, _PLACE).encode()
    )
