"""While the database does not answer, whatever a person asks for says so and what to do, wherever it notices."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@contextmanager
def away(after: int = 0) -> Iterator[None]:
    """The database, gone after so many questions."""
    asked = 0

    def gone(execute: Any, *question: Any) -> Any:
        nonlocal asked
        asked += 1
        if asked > after:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(*question)

    with connection.execute_wrapper(gone):
        yield


@pytest.mark.parametrize("after", [0, 1, 2, 5])
@pytest.mark.parametrize("name", ["reports:submissions", "reports:reports", "desk:home"])
def test_a_page_of_the_desk_says_that_the_database_is_away(cast: Cast, name: str, after: int) -> None:
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.office_clerk)
    with away(after):
        answer = browser.get(reverse(name))
    words = answer.content.decode()
    assert (answer.status_code, answer.headers.get("Retry-After")) == (503, "60"), words[:200]
    assert "Hãy thử lại sau ít phút" in words
    assert "server closed" not in words
