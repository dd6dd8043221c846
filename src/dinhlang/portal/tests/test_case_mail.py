"""The mail that reminds of citizens' feedback: to each who owes an answer, then to the leader; nothing of anybody in it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.utils.timezone import get_default_timezone, localdate

from dinhlang.citizens import actions as citizens
from dinhlang.citizens.models import Case, CaseReminder
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.org.models import Person, Position
from dinhlang.periods import calendar
from dinhlang.portal.case_mail import mail_case_reminders
from dinhlang.portal.models import Digest

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def taken(cast: Cast) -> Case:
    return citizens.take_in(
        unit=cast.commune,
        told=Told("Đèn đường đầu thôn cháy đã hai tuần.", "dien-nuoc", "Đèn đường cháy"),
        sender=Sender("Lê Thị Gửi", address="Thôn Thượng"),
        way=Way.COUNTER,
        key="m" * 32,
        by=cast.office_clerk,
        at=cast.now,
    ).case


def test_what_nobody_has_any_more_is_mailed_on_the_next_working_morning(
    cast: Cast, settings: Settings
) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Person.objects.filter(pk=cast.office_clerk.pk).update(email="van-phong@ben-truc.example")
    case = taken(cast)
    citizens.assign(case=case, part=None, handler=cast.culture_officer, by=cast.office_clerk, at=cast.now)
    friday = date(2023, 7, 21)

    def hour(days: int, at: int) -> datetime:
        return datetime.combine(friday + timedelta(days=days), time(at), get_default_timezone())

    Position.objects.filter(person=cast.culture_officer).update(ends_on=friday)
    assert citizens.take_back(at=hour(0, 21)) == 1
    # Neither in the evening nor at night, nor on a day off.
    assert [mail_case_reminders(at=hour(*one)) for one in ((0, 21), (1, 3), (1, 9), (2, 9), (3, 5))] == [
        0
    ] * 5
    assert [mail_case_reminders(at=hour(3, 8)) for _turn in range(2)] == [1, 0]
    assert [one.to for one in mail.outbox] == [["van-phong@ben-truc.example"]]
    assert "Có 1 phản ánh, kiến nghị cần xử lý." in mail.outbox[0].body
    # Where mail begins weeks later, it does not tell of old evenings.
    CaseReminder.objects.update(mailed_at=None)
    assert mail_case_reminders(at=hour(31, 8)) == 0


def test_whoever_owes_an_answer_and_later_the_leader_get_one_mail_a_day(
    cast: Cast, settings: Settings
) -> None:
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for name, person in (("van-hoa", cast.culture_officer), ("chu-tich", cast.chair)):
        Person.objects.filter(pk=person.pk).update(email=f"{name}@ben-truc.example")
    case = taken(cast)
    citizens.assign(case=case, part=None, handler=cast.culture_officer, by=cast.office_clerk, at=cast.now)
    assert case.due_at is not None
    due_on = localdate(case.due_at)

    def morning(steps: int) -> datetime:
        day = calendar.default().add(due_on, steps)
        return datetime.combine(day, time(8), get_default_timezone())

    assert citizens.remind_due(at=morning(1)) == 1
    assert mail_case_reminders(at=morning(1).replace(hour=3)) == 0
    assert mail_case_reminders(at=morning(1)) == 1
    assert mail_case_reminders(at=morning(1)) == 0
    citizens.remind_due(at=morning(2))
    assert mail_case_reminders(at=morning(2)) == 1
    officer, leader = mail.outbox
    assert (officer.to, leader.to) == (["van-hoa@ben-truc.example"], ["chu-tich@ben-truc.example"])
    assert officer.subject == "1 phản ánh cần xử lý"
    assert "1 phản ánh đã quá hạn trả lời" in officer.body
    for word in (case.code, "Đèn đường", "Gửi", "Bến Trúc", cast.culture_officer.full_name):
        assert word not in officer.subject + officer.body
    # What was answered before the mail went is not written about, and who wants none gets none.
    assert citizens.remind_due(at=morning(5)) == 1
    Digest.objects.create(person=cast.chair, is_wanted=False)
    assert mail_case_reminders(at=morning(5)) == 0
    Digest.objects.all().delete()
    made = citizens.draft_answer(
        case=case, words="Xã đã thay bóng đèn ngày hôm nay.", by=cast.culture_officer, at=morning(5)
    )
    citizens.approve_answer(case=case, seen=made.digest, by=cast.chair, at=morning(5))
    assert mail_case_reminders(at=morning(5)) == 0
    assert len(mail.outbox) == 2
