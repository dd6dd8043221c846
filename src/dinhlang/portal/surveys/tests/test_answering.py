"""A citizen on a phone, at the counter, with a slip: pages without an account."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens.models import SurveyAnswer, SurveyToken
from dinhlang.citizens.surveys import actions
from dinhlang.citizens.surveys.tests.test_surveys import by_poster, opened, slip
from dinhlang.portal.surveys.views import MOST_WRONG_CODES

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.citizens.models import SurveyRound

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    cache.clear()


@pytest.fixture
def round_(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> SurveyRound:
    now = timezone.now()
    held = opened(cast, opens_on=cast.today, closes_on=cast.today + timedelta(days=300))
    type(held).objects.filter(pk=held.pk).update(
        opens_on=now.date() - timedelta(days=1), closes_on=now.date() + timedelta(days=1)
    )
    held.refresh_from_db()
    return held


def page_of(client: Client, address: str) -> tuple[str, str]:
    shown = client.get(address)
    assert shown.status_code == 200
    text = shown.content.decode()
    found = re.search(r'name="page" value="([^"]+)"', text)
    assert found
    return text, found[1]


def test_a_citizen_answers_by_the_poster_once_without_a_session(round_: SurveyRound) -> None:
    client = Client(enforce_csrf_checks=True)
    address = reverse("survey:ask", args=[round_.code])
    text, page = page_of(client, address)
    assert "Chỉ trả lời nếu câu 1: Đến nơi tiếp nhận hồ sơ" in text
    incomplete = client.post(address, {"page": page, "hinh-thuc": "truc-tiep"})
    assert incomplete.status_code == 422
    assert page in incomplete.content.decode()
    assert 'value="truc-tiep" checked' in incomplete.content.decode()
    for _tap in range(2):
        thanks = client.post(address, {"page": page, "touched": "40", **slip()})
        assert thanks.status_code == 200
        assert "Cảm ơn" in thanks.content.decode()
    answer = SurveyAnswer.objects.get()
    assert answer.way == "poster"
    assert answer.flags == ["fast", "same"]
    assert set(client.cookies) == {f"ks_{round_.code}"}
    assert thanks["Referrer-Policy"] == "no-referrer"
    # The same device again is taken, and flagged.
    _text, page = page_of(client, address)
    client.post(address, {"page": page, **slip()})
    assert SurveyAnswer.objects.exclude(pk=answer.pk).get().flags == ["fast", "again", "same"]


def test_a_slip_opens_by_its_code_however_it_is_typed_and_closes_after_one_voice(
    cast: Cast, round_: SurveyRound
) -> None:
    [(_number, token)] = actions.print_slips(round_=round_, count=1, by=cast.one_stop_clerk, at=cast.now)
    client = Client(enforce_csrf_checks=True)
    typed = f"{token[:4]} {token[4:8]}-{token[8:]}".upper()
    door = client.post(reverse("survey:door"), {"code": typed})
    assert door.status_code == 302
    _text, page = page_of(client, door["Location"])
    assert client.post(door["Location"], {"page": page, **slip()}).status_code == 200
    assert SurveyToken.objects.get().is_used
    _text, page = page_of(client, door["Location"])
    again = client.post(door["Location"], {"page": page, **slip()})
    assert again.status_code == 410
    assert "đã dùng" in again.content.decode()
    assert SurveyAnswer.objects.count() == 1
    assert not client.cookies


def test_codes_are_not_guessed_by_the_thousand(round_: SurveyRound) -> None:
    client = Client()
    for number in range(MOST_WRONG_CODES):
        assert client.get(reverse("survey:ask", args=[f"x{number}"])).status_code == 404
    assert client.get(reverse("survey:ask", args=[round_.code])).status_code == 429
    assert client.post(reverse("survey:door"), {"code": "abc"}).status_code == 429


def test_the_kiosk_takes_one_after_the_other_and_returns_by_itself(round_: SurveyRound) -> None:
    client = Client()
    address = reverse("survey:kiosk", args=[round_.code])
    for _one in range(2):
        _text, page = page_of(client, address)
        thanks = client.post(address, {"page": page, "touched": "61", **slip("4", chung="5")})
        assert f"url={address}" in thanks.content.decode()
    assert [one.flags for one in SurveyAnswer.objects.all()] == [["fast"], ["fast"]]
    assert not client.cookies


def test_a_page_of_another_round_or_of_nobody_is_shown_again(cast: Cast, round_: SurveyRound) -> None:
    client = Client()
    address = reverse("survey:ask", args=[round_.code])
    for page in ("", "x" * 50, "a:b:c"):
        again = client.post(address, {"page": page, **slip()})
        assert again.status_code == 422
        assert "mở đã lâu" in again.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_results_are_for_everyone_once_they_are_published(cast: Cast, round_: SurveyRound) -> None:
    client = Client()
    address = reverse("survey:results", args=[round_.code])
    assert client.get(address).status_code == 404
    now = timezone.now()
    for _one in range(12):
        by_poster(cast, round_, now=now)
    actions.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    assert client.get(address).status_code == 404
    actions.publish_results(round_=round_, by=cast.office_clerk, at=cast.now)
    shown = client.get(address)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "Chỉ số hài lòng chung là 100 trên 100." in text
    assert "Cách B" in text
    assert "<svg" in text
