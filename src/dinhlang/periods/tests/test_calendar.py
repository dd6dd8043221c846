"""Working days against the yearly table of official notices, day by day, and the laws of counting."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.periods import calendar
from dinhlang.periods.calendar import BadCount, DayOverride, DayType, WorkingCalendar

# Days off from Monday to Friday, and Saturdays worked, as the notices have them: "day/month" or "from-to/month".
NOTICES = {
    2022: ("3/1 31/1 1-4/2 11/4 2-3/5 1-2/9", ""),
    2023: ("2/1 20/1 23-26/1 1-3/5 1/9 4/9", ""),
    2024: ("1/1 8-9/2 12-14/2 18/4 29-30/4 1/5 2-3/9", "4/5"),
    2025: ("1/1 27-31/1 7/4 30/4 1-2/5 1-2/9", "26/4"),
    2026: ("1-2/1 16-20/2 27/4 30/4 1/5 31/8 1-2/9 24/11", "10/1 22/8"),
}
days = st.dates(date(2015, 1, 1), date(2035, 12, 31))
counts = st.integers(0, 120)
# The first question about a year builds its calendar, which says nothing about the law under test.
unhurried = settings(deadline=None)


def listed(year: int, text: str) -> set[date]:
    found = set()
    for item in text.split():
        span, month = item.split("/")
        first, _, last = span.partition("-")
        found |= {date(year, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return found


def year_of(year: int) -> list[date]:
    return [
        date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]


@pytest.mark.parametrize("year", NOTICES)
def test_every_day_of_the_year_is_as_its_notice_says(year):
    off, worked = (listed(year, text) for text in NOTICES[year])
    assert all(day.weekday() < 5 for day in off)
    assert all(day.weekday() == 5 for day in worked)
    expected = {day for day in year_of(year) if day in worked or (day.weekday() < 5 and day not in off)}

    assert {day for day in year_of(year) if calendar.default().is_working(day)} == expected


@pytest.mark.parametrize(
    ("received", "count", "due"),
    [
        (date(2025, 12, 31), 3, date(2026, 1, 7)),
        (date(2026, 1, 8), 2, date(2026, 1, 10)),
        (date(2026, 2, 13), 5, date(2026, 2, 27)),
        (date(2026, 4, 24), 3, date(2026, 5, 4)),
        (date(2026, 8, 21), 1, date(2026, 8, 22)),
        (date(2026, 8, 28), 5, date(2026, 9, 9)),
        (date(2026, 11, 20), 3, date(2026, 11, 26)),
    ],
)
def test_terms_end_where_the_regulation_says(received, count, due):
    deadline = calendar.default().explain(received, count)

    assert deadline.due == due
    assert not deadline.provisional


def test_every_day_passed_over_has_its_reason():
    deadline = calendar.default().explain(date(2025, 12, 31), 3)

    assert [(day.day.day, day.reason) for day in deadline.skipped] == [
        (1, "Nghỉ Tết Dương lịch"),
        (2, "Nghỉ hoán đổi sang thứ Bảy 10/01/2026"),
        (3, "Thứ Bảy"),
        (4, "Chủ nhật"),
    ]


def test_holidays_on_a_sunday_and_those_in_lieu_are_named():
    reasons = [day.reason for day in calendar.default().explain(date(2026, 4, 24), 3).skipped]

    assert "Chủ nhật, nghỉ Giỗ Tổ Hùng Vương" in reasons
    assert "Nghỉ bù Giỗ Tổ Hùng Vương" in reasons
    assert "Nghỉ Ngày Chiến thắng 30/4" in reasons


def test_a_saturday_that_is_worked_is_mentioned():
    (worked,) = calendar.default().explain(date(2026, 8, 20), 2).worked_weekends

    assert (worked.day, worked.reason) == (date(2026, 8, 22), "Làm việc bù cho thứ Hai 31/8/2026")


def test_a_swap_over_the_new_year_is_known_on_both_sides():
    known = calendar.default()

    assert not known.is_working(date(2018, 12, 31))
    assert known.is_working(date(2019, 1, 5))


@pytest.mark.parametrize("received", [date(2021, 12, 30), date(2026, 12, 30), date(2027, 5, 1)])
def test_a_count_outside_the_years_of_notices_is_provisional(received):
    assert calendar.default().explain(received, 3).provisional


def test_an_override_wins_over_the_package_both_ways():
    made = WorkingCalendar(
        [
            DayOverride(date(2026, 3, 9), DayType.OFF, "Nghỉ theo công điện", "công điện ví dụ"),
            DayOverride(date(2026, 3, 14), DayType.WORK, "Làm việc bù", "công điện ví dụ"),
        ]
    )

    assert made.reason_off(date(2026, 3, 9)) == "Nghỉ theo công điện"
    assert made.add(date(2026, 3, 13), 1) == date(2026, 3, 14)


@pytest.mark.parametrize("count", [-1, 5001])
def test_a_senseless_count_is_refused_in_vietnamese(count):
    with pytest.raises(BadCount, match="Số ngày làm việc phải từ 0 đến 5000"):
        calendar.default().add(date(2026, 1, 5), count)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1995, 6, 1), date(2098, 12, 30), date(9999, 12, 31)])
def test_a_year_without_a_lunar_calendar_is_refused_in_vietnamese(day):
    with pytest.raises(BadCount, match="Chưa tính được ngày làm việc của năm"):
        calendar.default().add(day, 5)


def test_the_version_names_package_and_table():
    assert calendar.default().version.startswith("holidays ")


@unhurried
@given(days, counts)
def test_a_term_ends_on_a_working_day_after_so_many_of_them(day, count):
    known = calendar.default()
    due = known.add(day, count)

    assert known.is_working(due)
    if count:
        assert sum(known.is_working(day + timedelta(days=n)) for n in range(1, (due - day).days + 1)) == count
    else:
        assert due == known.next_working(day)


@unhurried
@given(days, days, counts, counts)
def test_later_receipt_or_more_days_never_end_earlier(one, other, few, many):
    (first, last), (less, more) = sorted((one, other)), sorted((few, many))
    known = calendar.default()

    assert known.add(first, less) <= known.add(last, less)
    assert known.add(first, less) <= known.add(first, more)


@unhurried
@given(days, counts)
def test_the_explanation_agrees_with_the_count(day, count):
    known = calendar.default()
    deadline = known.explain(day, count)

    assert deadline.due == known.add(day, count)
    passed = {skipped.day for skipped in deadline.skipped}
    assert not any(known.is_working(one) for one in passed)
    assert all(skipped.reason for skipped in deadline.skipped)
    if count:
        assert (deadline.due - day).days == count + len(passed)


@unhurried
@given(days)
def test_the_nearest_working_days_lie_on_either_side(day):
    known = calendar.default()

    assert known.last_working(day) <= day <= known.next_working(day)
    assert known.is_working(known.last_working(day))
