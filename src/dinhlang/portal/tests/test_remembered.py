"""Answers to addresses with a query are remembered until anything public changes, and never longer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dinhlang.portal.kept import refreshing, remembered

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from dinhlang.portal.models import KeptChange


class Outside:
    """A database connection that is in no transaction."""

    in_atomic_block = False


@pytest.fixture
def asked(settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was computed, in order; the view answers how often it was."""
    settings.KEPT = tmp_path
    monkeypatch.setattr(remembered, "connection", Outside)
    monkeypatch.setattr(remembered, "_answers", type(remembered._answers)())
    remembered.forget()
    return []


def answer(asked: list[str], address: str, status: int = 200, host: str = "localhost") -> str:
    def view(request: HttpRequest, _place: object) -> HttpResponse:
        asked.append(address)
        return HttpResponse(f"{len(asked)}", status=status)

    request = RequestFactory().get(address, headers={"host": host})
    return remembered.remembered(view)(request, None).content.decode()


def test_a_query_is_computed_once_until_something_changes(asked: list[str]) -> None:
    assert [answer(asked, "/a/?loai=tin") for _ in range(3)] == ["1", "1", "1"]
    assert answer(asked, "/a/?loai=khac") == "2"
    assert answer(asked, "/a/?loai=tin", host="127.0.0.1") == "3", "another host has other addresses"
    remembered.forget()
    assert answer(asked, "/a/?loai=tin") == "4"


def test_what_was_computed_while_something_changed_is_not_taken_for_new(asked: list[str]) -> None:
    def view(request: HttpRequest, _place: object) -> HttpResponse:
        asked.append("")
        if len(asked) == 1:
            remembered.forget()
        return HttpResponse(f"{len(asked)}")

    once = remembered.remembered(view)
    found = [once(RequestFactory().get("/a/?x=1"), None).content for _ in range(3)]
    assert found == [b"1", b"2", b"2"]


@pytest.mark.parametrize(("address", "status"), [("/a/", 200), ("/a/?x=1", 404), (f"/a/?x={'y' * 400}", 200)])
def test_only_short_queries_that_found_a_page_are_remembered(
    asked: list[str], address: str, status: int
) -> None:
    assert [answer(asked, address, status) for _ in range(2)] == ["1", "2"]


def test_only_so_many_are_remembered(asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "MOST", 2)
    for number in (1, 2, 1, 3):
        answer(asked, f"/a/?x={number}")
    assert len(remembered._answers) == 2
    assert answer(asked, "/a/?x=1") == "1", "the one used last stays"
    assert answer(asked, "/a/?x=2") == "4"


def test_inside_a_transaction_and_without_a_stamp_nothing_is_remembered(
    asked: list[str], settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Outside, "in_atomic_block", True)
    assert [answer(asked, "/a/?x=1") for _ in range(2)] == ["1", "2"]
    monkeypatch.setattr(Outside, "in_atomic_block", False)
    settings.KEPT = tmp_path / "nothing-here"
    assert [answer(asked, "/a/?x=1") for _ in range(2)] == ["3", "4"]


@pytest.mark.django_db
@pytest.mark.integration
def test_a_change_that_is_followed_forgets_what_was_remembered(asked: list[str]) -> None:
    from django.utils import timezone

    from dinhlang.portal.models import KeptChange

    assert [answer(asked, "/a/?x=1") for _ in range(2)] == ["1", "1"]
    change: KeptChange = KeptChange.objects.create(tags=["news:0"], at=timezone.now())
    refreshing.refresh_at_once([change.pk])
    assert answer(asked, "/a/?x=1") == "2"
