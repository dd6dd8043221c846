"""The file of a run between two steps, sealed on the disk: names of people stand in it, and none of them may stay."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from typing import Any

from dinhlang.work.sealed_files import SealedFiles

FILES = SealedFiles("onestop-imports", "onestop.importrun.file")
_ROWS = ".rows"


def keep_rows(name: str, rows: list[Any]) -> None:
    """What was read of the file, beside it, so that it is not read again to be written."""
    FILES.put(f"{name}{_ROWS}", gzip.compress(json.dumps(rows, ensure_ascii=False).encode(), 1))


def read_rows(name: str) -> list[Any]:
    """What `keep_rows` kept. Raises as `SealedFiles.read`."""
    found: list[Any] = json.loads(gzip.decompress(FILES.read(f"{name}{_ROWS}")))
    return found


def erase(name: str, *, but_rows: bool = False) -> None:
    """Remove the file, and what was read of it unless `but_rows`."""
    if name:
        FILES.erase(name)
        if not but_rows:
            FILES.erase(f"{name}{_ROWS}")


def sweep(known: set[str], *, before: datetime) -> None:
    """Remove what was laid down before then and no run speaks of."""
    for names in FILES.lain_since(before):
        for name in names:
            if name.partition(".")[0] not in known:
                FILES.erase(name)
