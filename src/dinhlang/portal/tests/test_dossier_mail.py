"""The mail that reminds of dossiers: once a day, in working hours, to who wants it, with nobody in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils.timezone import localtime

from dinhlang.onestop.models import Dossier, Reminder
from dinhlang.org.models import Person
from dinhlang.portal.dossier_mail import mail_dossier_reminders
from dinhlang.portal.models import Digest
from dinhlang.portal.tests.matrix_onestop import ARGUMENTS

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def morning(world: World, settings: Settings) -> datetime:
    """The morning on which the culture officer was reminded of two dossiers, one of them late."""
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    person = world.people["van-hoa"]
    Person.objects.filter(pk=person.pk).update(email="van-hoa@ben-truc.example")
    at = localtime(world.at).replace(year=2026, month=6, day=5, hour=8)  # a Friday
    dossier = Dossier.objects.get(pk=ARGUMENTS["onestop:dossier"](world)[0])
    assert dossier.due_at is not None
    for why in Reminder.Why:
        Reminder.objects.create(dossier=dossier, person=person, why=why, due_at=dossier.due_at, told_at=at)
    return at


def test_a_person_gets_one_mail_a_day_that_names_nobody(morning: datetime) -> None:
    assert mail_dossier_reminders(at=morning.replace(hour=3)) == 0
    assert mail_dossier_reminders(at=morning) == 1
    assert mail_dossier_reminders(at=morning + timedelta(hours=1)) == 0
    [sent] = mail.outbox
    assert sent.to == ["van-hoa@ben-truc.example"]
    assert "1 hồ sơ đã quá hạn" in sent.body
    assert "1 hồ sơ đến hạn trong hai ngày tới" in sent.body
    for word in ("Ví Dụ", "H99", "Bến Trúc"):
        assert word not in sent.subject + sent.body


def test_who_switched_reminders_off_gets_none(morning: datetime, world: World) -> None:
    Digest.objects.create(person=world.people["van-hoa"], is_wanted=False)
    assert mail_dossier_reminders(at=morning) == 0
    assert not mail.outbox


def test_a_day_that_was_promised_anew_meanwhile_is_not_mailed(morning: datetime) -> None:
    Dossier.objects.update(due_at=morning + timedelta(days=9))
    assert mail_dossier_reminders(at=morning) == 0
    assert not mail.outbox


def test_what_is_reminded_after_the_hours_of_mail_goes_on_the_next_working_day(morning: datetime) -> None:
    Reminder.objects.update(told_at=morning.replace(hour=19))
    assert mail_dossier_reminders(at=morning.replace(hour=20)) == 0
    assert mail_dossier_reminders(at=morning + timedelta(days=1)) == 0
    assert mail_dossier_reminders(at=morning + timedelta(days=3)) == 1
    assert mail_dossier_reminders(at=morning + timedelta(days=4)) == 0


def test_what_was_reminded_long_ago_is_not_mailed(morning: datetime) -> None:
    Reminder.objects.update(told_at=morning - timedelta(days=20))
    assert mail_dossier_reminders(at=morning) == 0
