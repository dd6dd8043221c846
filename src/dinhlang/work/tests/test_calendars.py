"""Calendars that phones fetch: what they hold, whose address opens them, and for how long."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from dinhlang.org.models import AuditEntry, Person
from dinhlang.org.rules import Refused
from dinhlang.work import actions, calendars
from dinhlang.work.calendars import DueEvent, is_led_by, words_of_posts
from dinhlang.work.models import CalendarFeed, Plan
from dinhlang.work.plan_values import Row
from dinhlang.work.rules import State

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from conftest import Cast

NOON = datetime(2026, 3, 2, 5, tzinfo=timezone.get_default_timezone())


def due(**changes: object) -> DueEvent:
    given = {
        "uid": "nhiem-vu-1@dinhlang",
        "day": date(2026, 3, 31),
        "task": "Tuyên truyền; kết quả, chỉ số cải cách hành chính " * 4,
        "plan": "Kế hoạch năm 2026",
        "lead": "Phòng Văn hóa – Xã hội",
        "product": "Tin, bài",
        "start": date(2026, 3, 1),
        "end": date(2026, 3, 31),
        "state": State.OPEN,
        "is_watch": False,
        "address": "https://xa.example/ke-hoach/1/",
    }
    return DueEvent(**{**given, **changes})  # type: ignore[arg-type]


def test_a_calendar_reads_back_as_it_was_written() -> None:
    data = calendars.calendar("Kế hoạch – xã Bến Trúc", [due(), due(uid="b", state=State.DONE)], NOON)
    read = Calendar.from_ical(data)
    first, second = read.walk("VEVENT")
    assert str(first["SUMMARY"]) == f"Hạn: {due().task}"
    assert (first["DTSTART"].dt, first["DTEND"].dt) == (date(2026, 3, 31), date(2026, 4, 1))
    assert "Chủ trì: Phòng Văn hóa – Xã hội" in str(first["DESCRIPTION"])
    assert [str(alarm["ACTION"]) for alarm in first.walk("VALARM")] == ["DISPLAY"]
    assert str(second["SUMMARY"]).startswith("Đã xong: ")
    assert second.walk("VALARM") == []
    assert str(read["X-WR-CALNAME"]) == "Kế hoạch – xã Bến Trúc"


def test_lines_are_folded_by_the_rule_without_cutting_a_letter() -> None:
    data = calendars.calendar("Lịch", [due()], NOON)
    assert data.endswith(b"END:VCALENDAR\r\n")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    assert b"\n" not in data.replace(b"\r\n", b"")


def test_equal_days_give_equal_bytes() -> None:
    assert calendars.calendar("Lịch", [due()], NOON) == calendars.calendar("Lịch", [due()], NOON)


@pytest.mark.parametrize(
    ("titles", "departments", "lead", "is_own"),
    [
        (["Công chức văn hóa – xã hội"], [], "Phòng Văn hóa – Xã hội", True),
        (["Công chức văn phòng – thống kê"], [], "Văn phòng HĐND và UBND xã", True),
        (["Nhân viên đài truyền thanh"], [], "Đài truyền thanh xã", True),
        (["Nhân viên"], ["Trung tâm Phục vụ hành chính công"], "Trung tâm Phục vụ hành chính công xã", True),
        (["Công chức văn hóa – xã hội"], [], "Đài truyền thanh xã", False),
        (["Nhân viên"], [], "Phòng Văn hóa – Xã hội", False),
        (["Công chức văn hóa – xã hội"], [], "", False),
    ],
)
def test_a_task_is_ones_own_by_the_words_of_ones_post(
    titles: list[str], departments: list[str], lead: str, is_own: bool
) -> None:
    assert is_led_by(lead, words_of_posts(titles, departments)) is is_own


# --- with a database ------------------------------------------------------------------------------


@pytest.fixture
def plan(cast: Cast) -> Plan:
    now = timezone.now()
    year = timezone.localdate(now).year
    plan = actions.start_plan(unit=cast.commune, year=year, title=f"Tuyên truyền {year}", by=None, at=now)
    return actions.edit_plan(
        plan=plan,
        version=1,
        title=plan.title,
        bases=[],
        rows=[
            Row("Phát thanh", lead="Đài truyền thanh xã", schedule_text="Mỗi tháng 01 kỳ"),
            Row("Cuộc thi", lead="Phòng Văn hóa – Xã hội", schedule_text="Tháng 12"),
        ],
        by=None,
        at=now,
    )


def feed_for(person: Person, cast: Cast, *, only_own: bool = False) -> CalendarFeed:
    return actions.open_calendar(unit=cast.commune, only_own=only_own, by=person, at=timezone.now())


def address(feed: CalendarFeed) -> str:
    return reverse("calendar-feed", args=[calendars.token_of(feed)])


def tasks_in(data: bytes) -> set[str]:
    return {str(event["SUMMARY"]).partition(": ")[2] for event in Calendar.from_ical(data).walk("VEVENT")}


@pytest.mark.django_db
@pytest.mark.integration
class TestFeeds:
    def test_the_address_needs_no_session_and_shows_what_is_due(self, cast: Cast, plan: Plan) -> None:
        answer = Client().get(address(feed_for(cast.culture_officer, cast)))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert tasks_in(answer.content) == {"Phát thanh", "Cuộc thi"}
        assert f"/ke-hoach/{plan.pk}/nam/" in answer.content.decode().replace("\r\n ", "")

    def test_ones_own_calendar_has_only_what_ones_post_leads(self, cast: Cast, plan: Plan) -> None:
        answer = Client().get(address(feed_for(cast.culture_officer, cast, only_own=True)))
        assert tasks_in(answer.content) == {"Cuộc thi"}

    def test_an_event_keeps_its_name_when_the_plan_is_edited(self, cast: Cast, plan: Plan) -> None:
        there = address(feed_for(cast.culture_officer, cast))
        before = {
            str(event["UID"]) for event in Calendar.from_ical(Client().get(there).content).walk("VEVENT")
        }
        from dataclasses import replace

        from dinhlang.work import queries

        first, *rest = queries.values_of(plan).rows
        actions.edit_plan(
            plan=plan,
            version=plan.version,
            title=plan.title,
            bases=[],
            rows=[replace(first, text="Phát thanh chuyên mục"), *rest],
            by=None,
            at=timezone.now(),
        )
        after = {
            str(event["UID"]) for event in Calendar.from_ical(Client().get(there).content).walk("VEVENT")
        }
        assert before == after

    def test_a_program_is_told_when_nothing_changed(self, cast: Cast, plan: Plan) -> None:
        there = address(feed_for(cast.culture_officer, cast))
        first = Client().get(there)
        again = Client().get(there, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        since = Client().get(there, headers={"If-Modified-Since": first.headers["Last-Modified"]})
        assert since.status_code == 304

    def test_a_post_that_ended_empties_the_calendar_the_same_day(self, cast: Cast, plan: Plan) -> None:
        there = address(feed_for(cast.culture_officer, cast))
        cast.culture_officer.positions.update(starts_on=date(2020, 1, 1), ends_on=timezone.localdate())
        answer = Client().get(there)
        assert answer.status_code == 200
        assert tasks_in(answer.content) == set()

    def test_a_person_who_may_no_longer_sign_in_sees_nothing(self, cast: Cast, plan: Plan) -> None:
        there = address(feed_for(cast.culture_officer, cast))
        Person.objects.filter(pk=cast.culture_officer.pk).update(is_active=False)
        assert tasks_in(Client().get(there).content) == set()

    def test_a_new_address_makes_the_old_one_void(self, cast: Cast, plan: Plan) -> None:
        feed = feed_for(cast.culture_officer, cast)
        old = address(feed)
        renewed = actions.renew_calendar(feed=feed, by=cast.culture_officer, at=timezone.now())
        assert Client().get(old).status_code == 404
        assert Client().get(address(renewed)).status_code == 200
        actions.close_calendar(feed=renewed, by=cast.culture_officer, at=timezone.now())
        assert Client().get(address(renewed)).status_code == 404

    def test_an_address_cannot_be_made_up(self, cast: Cast, plan: Plan) -> None:
        feed = feed_for(cast.culture_officer, cast)
        other = feed_for(cast.office_clerk, cast)
        token, theirs = calendars.token_of(feed), calendars.token_of(other)
        for wrong in (token[:-1] + "x", token[:17] + theirs[17:], token[:17] + "0" * 40, feed.name, "a"):
            assert Client().get(reverse("calendar-feed", args=[wrong])).status_code == 404
        assert feed.key not in token

    def test_nobody_opens_a_calendar_of_a_unit_they_do_not_act_for(self, cast: Cast) -> None:
        for person in (cast.neighbour, cast.reviewer):
            with pytest.raises(Refused):
                actions.open_calendar(unit=cast.commune, only_own=False, by=person, at=timezone.now())

    def test_only_the_owner_changes_an_address(self, cast: Cast, client: Client) -> None:
        feed = feed_for(cast.culture_officer, cast)
        with pytest.raises(Refused):
            actions.renew_calendar(feed=feed, by=cast.chair, at=timezone.now())
        client.force_login(cast.chair)
        there = reverse("work:calendar-change", args=[feed.pk])
        assert client.post(there, {"do": "close"}).status_code == 404
        assert CalendarFeed.objects.filter(pk=feed.pk).exists()

    def test_the_page_gives_out_renews_and_closes_addresses(self, cast: Cast, client: Client) -> None:
        client.force_login(cast.culture_officer)
        there = reverse("work:calendars")
        client.post(reverse("work:calendar-open"), {"unit": cast.commune.pk, "only_own": "1"})
        feed = CalendarFeed.objects.get()
        assert feed.only_own
        assert calendars.token_of(feed) in client.get(there).content.decode()
        client.post(reverse("work:calendar-change", args=[feed.pk]), {"do": "renew"})
        assert calendars.token_of(feed) not in client.get(there).content.decode()
        client.post(reverse("work:calendar-change", args=[feed.pk]), {"do": "close"})
        assert not CalendarFeed.objects.exists()
        told = [entry.action for entry in AuditEntry.objects.filter(action__startswith="calendar.")]
        assert told == ["calendar.close", "calendar.renew", "calendar.open"]
        assert client.post(reverse("work:calendar-open"), {"unit": "ben-dua"}).status_code == 404

    def test_the_audit_never_holds_an_address(self, cast: Cast) -> None:
        feed = feed_for(cast.culture_officer, cast)
        entry = AuditEntry.objects.get(action="calendar.open")
        assert feed.name not in str(entry.detail) + entry.target

    def test_a_calendar_asks_the_database_a_fixed_number_of_times(
        self, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        there = address(feed_for(cast.culture_officer, cast))
        actions.start_plan(
            unit=cast.commune,
            year=plan.year - 1,
            title="Năm trước",
            by=None,
            at=timezone.now() - timedelta(days=1),
        )
        with django_assert_max_num_queries(25):
            assert Client().get(there).status_code == 200
