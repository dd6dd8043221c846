"""Today's places, loaded once for a module of tests: seventy tests that each load 3,400 units cost a minute."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from dinhlang.org import actions


@pytest.fixture(scope="module")
def _places_of_the_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        actions.load_places()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(_places_of_the_module: None, db: None) -> None:
    """The same as the project's fixture. Each test is a savepoint inside the module's transaction."""
