"""The mail that reminds of reports: once, in working hours, with nothing of the house in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from dinhlang.org.models import Person
from dinhlang.portal.duty_mail import mail_reminders
from dinhlang.portal.models import Digest
from dinhlang.reports.models import Nudge

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

MORNING = datetime(2026, 11, 25, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def reminded(world: World, settings: Settings) -> Person:
    """The culture officer, reminded of two reports this morning, one of them late."""
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = world.people["van-hoa"]
    Person.objects.filter(pk=person.pk).update(email="van-hoa@ben-truc.example")
    for rung in ("truoc-1", "qua-3"):
        Nudge.objects.create(obligation=world.duty, rung=rung, person=person, told_on=MORNING.date())
    return person


def test_a_person_gets_one_mail_a_day_with_counts_alone(reminded: Person, world: World) -> None:
    assert mail_reminders(at=MORNING) == 1
    assert mail_reminders(at=MORNING + timedelta(hours=1)) == 0
    [sent] = mail.outbox
    assert sent.to == ["van-hoa@ben-truc.example"]
    assert "2 báo cáo phải nộp" in sent.subject
    assert "1 báo cáo đã quá hạn" in sent.body
    assert world.duty.programme is not None
    for word in (world.duty.programme.name, "Bến Trúc", reminded.full_name):
        assert word not in sent.subject + sent.body


def test_nothing_goes_at_night_without_a_server_or_to_who_wants_none(
    reminded: Person, settings: Settings
) -> None:
    assert mail_reminders(at=MORNING.replace(hour=3)) == 0
    Digest.objects.create(person=reminded, is_wanted=False)
    assert mail_reminders(at=MORNING) == 0
    Digest.objects.all().delete()
    settings.MAIL = False
    assert mail_reminders(at=MORNING) == 0
    assert not mail.outbox
    assert Nudge.objects.filter(mailed_at=None).count() == 2


def test_a_mail_that_the_server_did_not_take_is_tried_again(reminded: Person, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    assert mail_reminders(at=MORNING) == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert mail_reminders(at=MORNING + timedelta(hours=1)) == 1
