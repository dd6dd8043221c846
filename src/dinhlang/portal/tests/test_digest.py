"""The daily reminder: to whoever has something due, once, with nothing personal in it, and not to who wants none."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.urls import reverse

from dinhlang.portal.models import Digest
from dinhlang.portal.newsroom import actions
from dinhlang.portal.tests.newsroom_cast import WORDS, passed_on, written

if TYPE_CHECKING:
    from datetime import datetime

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _mails(settings: Settings, cast: Cast) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.DEFAULT_FROM_EMAIL = "nhac-viec@example.vn"
    settings.PUBLIC_URL = "https://xa.example.vn"
    for person in (cast.chair, cast.culture_officer, cast.contributor):
        person.email = f"{person.username}@example.vn"
        person.save()


def morning(cast: Cast, days: int = 0) -> datetime:
    """Eight in the morning of the day of the play (a Thursday), or so many days later."""
    return cast.now.replace(hour=8, minute=0) + timedelta(days=days)


def test_whoever_has_something_due_gets_one_mail_a_day(cast: Cast) -> None:
    passed_on(cast)
    assert actions.send_digests(at=morning(cast)) == 1
    assert actions.send_digests(at=morning(cast) + timedelta(hours=1)) == 0
    [sent] = mail.outbox
    assert sent.to == [f"{cast.chair.username}@example.vn"]
    assert sent.subject == "1 việc tin, bài chờ bạn"
    assert "- 1 tin chờ bạn duyệt" in sent.body
    assert f"https://xa.example.vn{reverse('newsroom:board')}" in sent.body
    assert actions.send_digests(at=morning(cast, 1)) == 1


def test_nothing_personal_leaves_the_house(cast: Cast) -> None:
    item = actions.submit(item=written(cast), by=cast.contributor, at=cast.now)
    actions.return_item(item=item, reason="Bỏ số điện thoại của bà Lan", by=cast.culture_officer, at=cast.now)
    actions.send_digests(at=morning(cast))
    [sent] = mail.outbox
    assert "1 tin trả lại để bạn sửa" in sent.body
    said = f"{sent.subject}\n{sent.body}"
    for word in (WORDS.title, "bà Lan", cast.contributor.full_name, cast.culture_officer.full_name):
        assert word not in said


def test_a_draft_is_due_only_by_its_day(cast: Cast) -> None:
    item = written(cast)
    assert actions.send_digests(at=morning(cast)) == 0
    item.due_on = cast.today + timedelta(days=1)
    item.save()
    assert actions.send_digests(at=morning(cast)) == 1
    assert "1 tin bạn viết đến hạn" in mail.outbox[0].body


@pytest.mark.parametrize("change", ["off", "night", "evening", "saturday", "left", "no server", "no address"])
def test_nobody_is_written_to_who_wants_or_can_get_none(cast: Cast, settings: Settings, change: str) -> None:
    passed_on(cast)
    at = morning(cast)
    if change == "off":
        actions.choose_digest(person=cast.chair, address="", is_wanted=False)
    elif change == "night":
        at -= timedelta(hours=2)
    elif change == "evening":
        at += timedelta(hours=10)
    elif change == "saturday":
        at += timedelta(days=2)
    elif change == "left":
        cast.chair.is_active = False
        cast.chair.save()
    elif change == "no server":
        settings.MAIL = False
    else:
        cast.chair.email = ""
        cast.chair.save()
    assert actions.send_digests(at=at) == 0
    assert not mail.outbox


def test_one_whom_a_mail_did_not_reach_is_tried_again(cast: Cast, settings: Settings) -> None:
    passed_on(cast)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert actions.send_digests(at=morning(cast)) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.send_digests(at=morning(cast) + timedelta(hours=1)) == 1


def test_one_bad_address_keeps_nobody_else_waiting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    passed_on(cast)
    item = written(cast)
    item.due_on = cast.today
    item.save()
    taken = []

    def send(message: mail.EmailMessage, **_given: object) -> int:
        if message.to[0].startswith(cast.chair.username):
            raise SMTPRecipientsRefused({message.to[0]: (550, b"unknown")})
        taken.append(message.to[0])
        return 1

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert actions.send_digests(at=morning(cast)) == 1
    assert taken == [f"{cast.contributor.username}@example.vn"]


def test_a_person_turns_it_off_and_says_where_it_goes(cast: Cast, client: Client, settings: Settings) -> None:
    client.force_login(cast.chair)
    page = client.get(reverse("newsroom:board")).content.decode()
    assert "Thư nhắc việc" in page
    assert f"{cast.chair.username}@example.vn" in page
    there = reverse("newsroom:digest")
    assert "Địa chỉ thư không đúng" in client.post(there, {"address": "x"}, follow=True).content.decode()
    client.post(there, {"is_wanted": "on", "address": "chu-tich@xa.example.vn"})
    passed_on(cast)
    actions.send_digests(at=morning(cast))
    assert mail.outbox[0].to == ["chu-tich@xa.example.vn"]
    client.post(there, {"address": ""})
    assert not Digest.objects.get(person=cast.chair).is_wanted
    settings.MAIL = False
    assert "Thư nhắc việc" not in client.get(reverse("newsroom:board")).content.decode()
