"""The counter of the fictional commune, made once for a module."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from dinhlang.onestop import actions, queries
from dinhlang.onestop.tests.counters import COUNTER, Counter
from dinhlang.org.models import Unit

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from conftest import Cast

# As the clock of the root conftest, which cannot be imported.
NOW = datetime(2023, 7, 20, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture(scope="module")
def _counter(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """The demonstration and a counter, made once for a module; what a test does to them is undone after it."""
    from dinhlang.org import actions as org
    from dinhlang.procedures.actions import load_demo

    with django_db_blocker.unblock(), transaction.atomic():
        org.load_demo(at=NOW, passphrase="cau-cho-ben-truc")
        load_demo(at=NOW)
        commune = Unit.objects.get(pk="ben-truc")
        actions.set_rules(unit=commune, given=COUNTER, starts_on=date(2023, 1, 3), by=None, at=NOW)
        [chosen] = queries.procedures_to_choose(commune, NOW.date(), words="1.004873")
        yield chosen.version
        transaction.set_rollback(True)


@pytest.fixture
def counter(_counter: int, cast: Cast) -> Counter:
    return Counter(cast, cast.now, _counter)
