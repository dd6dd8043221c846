"""How far a long import is. Told by a small file beside the database, where the rows show only once all are stored."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from dinhlang.org.models import Person


class Told:
    """What is told of one import of one person; the ticket of its preview names it, and nobody else can read it."""

    def __init__(self, person: Person, ticket: str) -> None:
        self.name = hashlib.sha256(f"{person.pk}:{ticket}".encode()).hexdigest()[:32]

    @property
    def _file(self) -> Path:
        return Path(settings.DATA) / "importing" / self.name

    def keep(self, done: int, total: int) -> None:
        """Tell that so many of all rows are written. A full disk keeps no import from going on."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            part = self._file.with_suffix(".part")
            part.write_text(f"{done} {total}", encoding="ascii")
            part.replace(self._file)

    def read(self) -> tuple[int, int] | None:
        """Rows written and rows in all; `None` before the first is written and after the last."""
        try:
            done, total = self._file.read_text(encoding="ascii").split()
        except (OSError, ValueError):
            return None
        return int(done), int(total)

    def forget(self) -> None:
        with suppress(OSError):
            self._file.unlink()
