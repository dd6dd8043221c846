"""The world is made once, and copied for every module of tests: making it takes two seconds, copying it a moment."""

from __future__ import annotations

import pickle
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import override_settings
from django.utils import timezone

Make = Callable[[Path], Any]


@dataclass
class KeptWorld:
    """What was made in the database and beside it on this day; `place` is where the database lies with it."""

    make: Make
    blobs: Path
    place: InMemory | OnTheServer
    made: tuple[date, bytes] | None = field(default=None)

    @contextmanager
    def given(self, blobs: Path) -> Iterator[Any]:
        """The world in the database of the tests, its files in this folder; afterwards the database is empty again."""
        with self.place.entered():
            if self.made is None or self.made[0] != timezone.localdate():
                shutil.rmtree(self.blobs, ignore_errors=True)
                self.blobs.mkdir()
                self.place.keep(self._made)
            self.place.fill()
            shutil.copytree(self.blobs, blobs, dirs_exist_ok=True)
            assert self.made is not None
            yield pickle.loads(self.made[1])  # noqa: S301 - of our own making

    def _made(self) -> None:
        with override_settings(BLOBS=self.blobs, HELD=self.blobs / "held"), transaction.atomic():
            world = self.make(self.blobs)
            # As in a transaction that is taken back: what was to be done after it is not done.
            connection.run_on_commit.clear()
        self.made = (timezone.localdate(), pickle.dumps(world))


class InMemory:
    """SQLite: the database of the tests is overwritten with a copy, and with the empty one afterwards."""

    def __init__(self) -> None:
        self._empty, self._full = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")

    @contextmanager
    def entered(self) -> Iterator[None]:
        connection.ensure_connection()
        _copy(connection.connection, self._empty)
        try:
            yield
        finally:
            _copy(self._empty, connection.connection)

    def keep(self, made: Callable[[], None]) -> None:
        made()
        _copy(connection.connection, self._full)

    def fill(self) -> None:
        _copy(self._full, connection.connection)

    def close(self) -> None:
        self._empty.close()
        self._full.close()


def _copy(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    source.backup(target)
    # Whoever remembers what the database said is told that it may say something else.
    connection.commit()


class OnTheServer:
    """PostgreSQL: another database of the same server, in which each module works in a transaction of its own."""

    def __init__(self) -> None:
        self._name = str(connection.settings_dict["NAME"])

    @contextmanager
    def entered(self) -> Iterator[None]:
        try:
            yield
        finally:
            _go_to(self._name)

    def keep(self, made: Callable[[], None]) -> None:
        _go_to(self._name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._name}_world" WITH (FORCE)')
            # Nobody is connected to the database that the tests' own was copied from.
            source = connection.settings_dict["TEST"].get("TEMPLATE") or self._name
            cursor.execute(f'CREATE DATABASE "{self._name}_world" TEMPLATE "{source}"')
        self.fill()
        made()

    def fill(self) -> None:
        _go_to(f"{self._name}_world")

    def close(self) -> None:
        _go_to(self._name)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{self._name}_world" WITH (FORCE)')


def _go_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def kept(make: Make, blobs: Path) -> Iterator[Callable[[Path], AbstractContextManager[Any]]]:
    """A place for the world that `make` makes; gives what fills the database of the tests with it."""
    with closing(InMemory() if connection.vendor == "sqlite" else OnTheServer()) as place:
        yield KeptWorld(make, blobs, place).given
