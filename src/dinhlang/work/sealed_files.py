"""Files that only the keys of the house open: encrypted on the disk under random names (`org.sealed`), apart from `blobs`.

A file is whole and synced before the row that speaks of it is written. Where that row never comes (a form sent twice, a
process killed in between) the room sweeps it by `lain_since`.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings

from dinhlang.org.sealed import Unreadable, key_in_use, key_of, seal_bytes, unseal_bytes
from dinhlang.work import blobs

_HEAD_BYTES = 32


class FileLost(Exception):
    """The row is there, the file is not: the data folder was damaged."""


@dataclass(frozen=True, slots=True)
class SealedFiles:
    """The files of one kind: their folder in the data folder, and the place they are sealed for."""

    folder: str
    place: str

    def keep(self, data: bytes) -> str:
        """Lay bytes down under a new name; gives it."""
        name = secrets.token_hex(20)
        self.put(name, data)
        return name

    def put(self, name: str, data: bytes) -> None:
        """Lay bytes down under this name, in place of what lay there."""
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{name}.{secrets.token_hex(4)}.part")
        blobs.place(part, path, seal_bytes(data, self.place).encode())
        blobs.sync_folder(path.parent.parent)

    def read(self, name: str) -> bytes:
        """The bytes. Raises `FileLost`, and `org.sealed.Unreadable` when their key is gone."""
        try:
            return unseal_bytes(self._path(name).read_text("ascii"), self.place)
        except (FileNotFoundError, UnicodeDecodeError):
            raise FileLost(name) from None

    def erase(self, name: str) -> None:
        """Remove a file; one that is gone is gone."""
        self._path(name).unlink(missing_ok=True)

    def lain_since(self, moment: datetime) -> Iterator[list[str]]:
        """The names of what was laid down before that moment and lies there still, whole or not, some at a time."""
        for folder in self._folders():
            yield [path.name for path in folder.iterdir() if path.stat().st_mtime < moment.timestamp()]

    def count_by_key(self) -> Counter[str]:
        """How many files lie under which key; '' for what is no sealed file."""
        found: Counter[str] = Counter()
        for path in self._whole():
            if (key := _key_of_file(path)) is not None:
                found[key] += 1
        return found

    def renew(self) -> tuple[int, int]:
        """Seal every file under the key in use; how many were written anew, and how many could not be read.

        File by file, each in place of the old one at once: it may be killed and started again. A file that is erased at that very
        moment may come back; no row speaks of it, so the room's sweep takes it (`lain_since`).
        """
        written = unreadable = 0
        in_use = key_in_use()
        for path in self._whole():
            if _key_of_file(path) in (in_use, None):
                continue
            try:
                data = self.read(path.name)
                if path.exists():
                    self.put(path.name, data)
                    written += 1
            except Unreadable:
                unreadable += 1
            except FileLost:
                continue
        return written, unreadable

    def _whole(self) -> Iterator[Path]:
        """Every file but those that were never finished."""
        for folder in self._folders():
            yield from (path for path in sorted(folder.iterdir()) if path.suffix != ".part")

    def _folders(self) -> list[Path]:
        return sorted((Path(settings.DATA) / self.folder).glob("[0-9a-f][0-9a-f]"))

    def _path(self, name: str) -> Path:
        return Path(settings.DATA) / self.folder / name[:2] / name


def _key_of_file(path: Path) -> str | None:
    """The name of the key a file was sealed under, by its first letters; None when it is gone."""
    try:
        with path.open("rb") as file:
            return key_of(file.read(_HEAD_BYTES).decode("ascii", "replace"))
    except FileNotFoundError:
        return None
