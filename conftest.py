"""What every test may ask for: the cast of the fictional commune, its clock, and a ledger that can be emptied.

The cast is the demonstration itself (`org.actions.load_demo`), so tests and demo never drift apart.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import hypothesis
import prepared_database
import pytest
from django.test import TransactionTestCase

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import Settings

    from dinhlang.org.models import Person, Unit

# A law holds or does not; how long a busy machine took to find out, or to think of an example, is no part of it.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# CI judges the change, not the luck of the draw: there the examples are the same in every run. At a desk they
# differ, which is how new faults are found.
hypothesis.settings.register_profile("ci", hypothesis.settings.get_profile("house"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "house")

CHANGES_NOTHING = ("SELECT", "SAVEPOINT", "RELEASE")
NOW = datetime(2023, 7, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
PASSPHRASE = "cau-cho-ben-truc"  # noqa: S105 - of people who do not exist
QUICK_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A module with one of these has a transaction around its tests already, and loads the cast for each.
APART = {"_places", "_places_of_the_module", "_world_of_the_module"}
COMMITS = {"transactional_db", "live_server"}


@dataclass(frozen=True)
class Cast:
    """Who plays: units and people of the fictional communes, and the day on which the play is set."""

    commune: Unit
    neighbour_commune: Unit
    province: Unit
    chair: Person
    culture_officer: Person
    office_clerk: Person
    one_stop_clerk: Person
    radio_operator: Person
    hamlet_head: Person
    contributor: Person
    administrator: Person
    neighbour: Person
    reviewer: Person
    now: datetime = NOW
    passphrase: str = PASSPHRASE

    @property
    def today(self) -> date:
        return self.now.date()


@pytest.fixture
def now() -> datetime:
    """Thursday 20/7/2023, nine in the morning, in Vietnam."""
    return NOW


@pytest.fixture
def today() -> date:
    """The day of `now`."""
    return NOW.date()


@pytest.fixture
def quick_passwords(settings: Settings) -> None:
    """A real hash takes a third of a second on purpose; tests have better uses for it."""
    settings.PASSWORD_HASHERS = QUICK_HASHERS


@pytest.fixture(scope="module")
def _held_cast(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The cast, loaded once for the tests of a module that ask for it: each is a savepoint inside this transaction.

    No test names it; `pytest_collection_modifyitems` gives it to those that can have it.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        _load_cast()
        django_db_blocker.restore()
        yield
        django_db_blocker.unblock()
        transaction.set_rollback(True)


def _load_cast() -> None:
    from django.test import override_settings

    from dinhlang.org import actions

    with override_settings(PASSWORD_HASHERS=QUICK_HASHERS):
        actions.load_demo(at=NOW, passphrase=PASSPHRASE)


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None, quick_passwords: None) -> Cast:
    """The fictional commune with its people, in the database of this test."""
    from dinhlang.org.models import Person, Unit

    if "_held_cast" not in request.fixturenames:
        _load_cast()
    units = Unit.objects.in_bulk(["ben-truc", "ben-dua", "tinh-mau"])
    people = {person.username: person for person in Person.objects.all()}
    return Cast(
        commune=units["ben-truc"],
        neighbour_commune=units["ben-dua"],
        province=units["tinh-mau"],
        chair=people["chu-tich"],
        culture_officer=people["van-hoa"],
        office_clerk=people["van-phong"],
        one_stop_clerk=people["mot-cua"],
        radio_operator=people["truyen-thanh"],
        hamlet_head=people["truong-thon"],
        contributor=people["cong-tac-vien"],
        administrator=people["quan-tri"],
        neighbour=people["ben-dua"],
        reviewer=people["so-noi-vu"],
    )


@pytest.fixture
def own_data(settings: Settings, tmp_path: Path) -> None:
    """What this test stores in files lies in a folder of its own."""
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


@pytest.fixture
def clock_of_the_cast(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for the time is told the moment on which the play is set."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)


@pytest.fixture(scope="module")
def _places(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    from django.db import transaction

    from dinhlang.org import actions

    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(_places: None, db: None) -> None:
    """Today's provinces and communes, and the four communes of the documents we hold.

    They are loaded once for a module; what a test changes in them is undone after the test.
    """


@pytest.hookimpl(hookwrapper=True)
def pytest_collection() -> Iterator[None]:
    """Ten thousand tests and what they import stay to the end: a third of importing them went into looking for
    garbage, and afterwards an eighth of running them."""
    gc.disable()
    yield
    gc.freeze()
    # Tests make objects by the thousand and keep few: looking at them seldom is looking at them enough.
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Within a module, tests that need the places or the cast come last, so that the others do not meet them."""
    modules = {item.path: number for number, item in enumerate(reversed(items))}
    apart = {item.path for item in items if APART & {*_asked(item)}}
    for item in items:
        asked = _asked(item)
        if "cast" in asked and item.path not in apart and not _commits(item) and "_held_cast" not in asked:
            asked.insert(0, "_held_cast")
    items.sort(key=lambda item: (-modules[item.path], bool({"places", "_held_cast"} & {*_asked(item)})))


def _asked(item: pytest.Item) -> list[str]:
    """The fixtures of a test, in the order in which they are made."""
    return getattr(item, "fixturenames", [])


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return bool(mark and mark.kwargs.get("transaction")) or bool(COMMITS & {*_asked(item)})


# --- the database of the tests -------------------------------------------------------------------


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Let the test database begin as a copy of one that is migrated, where there is one."""
    from django.db import connection

    test = connection.settings_dict["TEST"]
    if connection.vendor == "postgresql":
        if os.environ.get(prepared_database.POSTGRESQL) == os.environ.get("DATABASE_URL"):
            test["TEMPLATE"], test["MIGRATE"] = connection.settings_dict["NAME"], False
        yield
        return
    with prepared_database.fill(connection.creation._get_test_db_name()):
        test["MIGRATE"] = False
        yield


# --- what each test client would do again -------------------------------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _static_files_are_looked_up_once() -> Iterator[None]:
    """Every test client loads the middleware for itself, and WhiteNoise then asks the disk for each static file."""
    from whitenoise.middleware import WhiteNoiseMiddleware

    look_up = WhiteNoiseMiddleware.add_files_from_finders
    found: dict[str, object] = {}

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look_up(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    WhiteNoiseMiddleware.add_files_from_finders = once
    yield
    WhiteNoiseMiddleware.add_files_from_finders = look_up


@pytest.fixture(scope="session", autouse=True)
def _sites_are_read_once_between_writes() -> Iterator[None]:
    """Inside a transaction the registry of sites is read anew at every request, and every test is one.

    Here it is read anew after anything but a SELECT: a third of what tests of public pages spent went into reading what
    nobody had changed. Where statements are counted it is always read.
    """
    from django.db import connection
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

    from dinhlang.portal.sites import registry

    read, writes, known = registry.read, 0, None

    def counting(done: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(done)
        def counted(self: Any, *given: Any, **named: Any) -> Any:
            nonlocal writes
            if not (given and isinstance(given[0], str) and given[0].startswith(CHANGES_NOTHING)):
                writes += 1
            return done(self, *given, **named)

        return counted

    def read_once(on: date) -> registry.Registry:
        nonlocal known
        if connection.force_debug_cursor:
            return read(on)
        key = (on, writes)
        if known is None or known[0] != key:
            known = (key, read(on))
        return known[1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(registry, "read", read_once)
        for owner, names in (
            (CursorWrapper, ("execute", "executemany", "callproc")),
            (BaseDatabaseWrapper, ("_commit", "_rollback", "_close", "connect")),
        ):
            for name in names:
                patch.setattr(owner, name, counting(getattr(owner, name)))
        yield


# --- emptying append-only tables between transactional tests ---------------------------------------


@pytest.fixture(scope="session", autouse=True)
def _lift_the_ledger_for_the_flush() -> Iterator[None]:
    """Let Django empty the test database after tests that commit (live server, real transactions).

    On SQLite it empties tables by DELETE, which append-only tables refuse. The triggers are taken down for
    that one call and put back exactly as the database had them. PostgreSQL empties by TRUNCATE, which row
    triggers do not see.
    """
    empty_the_database = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        from django.db import connection

        if connection.vendor != "sqlite":
            empty_the_database(case)
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only_%'"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            empty_the_database(case)
        finally:
            with connection.cursor() as cursor:
                for _, statement in triggers:
                    cursor.execute(statement)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = empty_the_database
