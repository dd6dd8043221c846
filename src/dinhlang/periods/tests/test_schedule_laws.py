"""Laws of schedules: they survive being said and read, being stored, and fall due inside their spans."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.periods import calendar, schedule
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.schedule import Recurrence, Schedule, ScheduleKind, Step, watch_windows
from dinhlang.periods.window import Window, last_day

KINDS = {Kind.MONTH: ScheduleKind.MONTH, Kind.QUARTER: ScheduleKind.QUARTER}

years = st.integers(2018, 2040)
units = st.sampled_from(["kỳ", "lần", "tin", "bài", "tin, bài", "chuyên mục", "hội nghị", "bản tin"])
at_least = st.booleans()

counted = st.one_of(
    # Rounds, which a year shares out evenly when it can.
    st.builds(
        Recurrence, st.just(Step.MONTH), st.sampled_from([1, 2, 3, 4, 6]), st.integers(1, 30), units, at_least
    ),
    st.builds(
        Recurrence,
        st.just(Step.MONTH),
        st.just(12),
        st.integers(1, 99),
        st.sampled_from(["tin", "hội nghị"]),
        at_least,
    ),
    st.builds(Recurrence, st.just(Step.WEEK), st.integers(1, 4), st.integers(1, 30), units, at_least),
)
uncounted = st.one_of(
    st.builds(Recurrence, st.just(Step.MONTH), st.sampled_from([1, 2, 3, 4, 6, 12])),
    st.builds(Recurrence, st.just(Step.WEEK), st.integers(1, 4)),
)
on_days = st.one_of(
    st.builds(
        Recurrence,
        st.just(Step.MONTH),
        st.sampled_from([1, 2, 3, 4, 6]),
        st.integers(1, 30),
        units,
        at_least,
        st.integers(1, 31),
    ),
    st.builds(lambda day: Recurrence(day=day), st.integers(1, 31)),
    st.builds(
        lambda day, first: Recurrence(interval=3, day=day, in_first_month=first),
        st.integers(1, 31),
        st.booleans(),
    ),
    st.builds(lambda weekday: Recurrence(Step.WEEK, weekday=weekday), st.integers(0, 6)),
)
recurrences = st.one_of(counted, uncounted, on_days)
# The first question about a year builds its calendar, which says nothing about the law under test.
unhurried = settings(deadline=None)


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Every kind of schedule that has words of its own."""
    base = Schedule("", ScheduleKind.CONTINUOUS, draw(years), draw(st.booleans()))
    made = draw(st.sampled_from([_plain, _recurring, _periods, _half, _months, _days, _deadline]))
    return made(draw, base)


def _plain(draw, base):
    kind = draw(st.sampled_from([ScheduleKind.CONTINUOUS, ScheduleKind.TRIGGERED, ScheduleKind.YEAR]))
    return replace(base, kind=kind, periods=(Period(base.year),) if kind is ScheduleKind.YEAR else ())


def _recurring(draw, base):
    return replace(base, kind=ScheduleKind.RECURRING, recurrence=draw(recurrences))


def _periods(draw, base):
    kind = draw(st.sampled_from(list(KINDS)))
    last = 12 if kind is Kind.MONTH else 4
    indexes = draw(st.sets(st.integers(1, last), min_size=1, max_size=4))
    return replace(
        base, kind=KINDS[kind], periods=tuple(Period(base.year, kind, one) for one in sorted(indexes))
    )


def _half(draw, base):
    kind, index = draw(st.sampled_from([(Kind.HALF, 1), (Kind.HALF, 2), (Kind.NINE_MONTHS, 1)]))
    return replace(base, kind=ScheduleKind.RANGE, periods=(Period(base.year, kind, index),))


def _months(draw, base):
    first, last = sorted(draw(st.lists(st.integers(1, 12), min_size=2, max_size=2, unique=True)))
    return replace(
        base, kind=ScheduleKind.RANGE, span=Window(date(base.year, first, 1), last_day(base.year, last))
    )


def _days(draw, base):
    start, end = sorted(draw(st.lists(_day_of(base.year), min_size=2, max_size=2, unique=True)))
    return replace(base, kind=ScheduleKind.RANGE, span=Window(start, end))


def _deadline(draw, base):
    days = sorted(draw(st.sets(_day_of(base.year), min_size=1, max_size=3)))
    kind = ScheduleKind.DEADLINE if len(days) == 1 else ScheduleKind.RECURRING
    return replace(base, kind=kind, deadlines=tuple(days), inclusive=draw(st.sampled_from([None, True])))


def _day_of(year):
    return st.dates(date(year, 1, 1), date(year, 12, 31))


@unhurried
@given(schedules())
def test_what_is_said_reads_back_as_what_was_meant(meant):
    phrase = schedule.render_canonical(meant)

    assert schedule.parse(phrase, meant.year) == replace(meant, text=phrase)


@unhurried
@given(recurrences, years)
def test_every_recurrence_has_words_that_read_back(recurrence, year):
    meant = Schedule("", ScheduleKind.RECURRING, year, recurrence=recurrence)

    assert schedule.parse(schedule.render_canonical(meant), year).recurrence == recurrence


@unhurried
@given(schedules())
def test_a_schedule_survives_being_stored(meant):
    read = schedule.parse(schedule.render_canonical(meant), meant.year)
    stored = schedule.to_json(read)

    assert stored.keys() == {"text", "kind", "period", "rrule", "deadline"}
    assert schedule.from_json(stored, meant.year) == read


@unhurried
@given(st.text(), st.none() | st.integers(1900, 2199))
def test_any_text_is_read_without_a_fault_and_printed_back(text, year):
    read = schedule.parse(text, year)

    assert schedule.render(read) == unicodedata.normalize("NFC", text).strip()


@unhurried
@given(
    st.lists(
        st.sampled_from(
            [
                "quý",
                "tháng",
                "năm",
                "trước",
                "ngày",
                "đến",
                "từ",
                "hằng",
                "mỗi",
                "15/6",
                "31/4",
                "I",
                "IV",
                "3-11",
                "02",
                "kỳ",
                "lần",
                "/",
                ",",
                "và",
                "2023",
                "-",
                "(",
                ")",
            ]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_the_grammars_own_words_in_any_order_never_break_it(text):
    read = schedule.parse(text, 2026)

    schedule.occurrences(read, 2026)
    schedule.render_canonical(schedule.parse(text, None))
    assert schedule.from_json(schedule.to_json(read), 2026) == read


@unhurried
@given(schedules())
def test_occurrences_are_numbered_in_order_and_due_on_working_days(meant):
    found = schedule.occurrences(meant, meant.year)

    assert [one.number for one in found] == list(range(1, len(found) + 1))
    for one in found:
        assert one.start <= one.end
        assert calendar.default().is_working(one.due)
        assert one.start <= one.due
    ends = [one.end for one in found]
    assert ends == sorted(ends)


@unhurried
@given(recurrences, years)
def test_occurrences_are_as_many_as_the_rrule_gives_on_its_days(recurrence, year):
    meant = Schedule("", ScheduleKind.RECURRING, year, recurrence=recurrence)
    found = schedule.occurrences(meant, year)
    first = date(year, 1, 1)
    if recurrence.step is Step.WEEK and recurrence.weekday is None:
        first += timedelta(days=-first.weekday() % 7)
    ruled = [moment.date() for moment in rrulestr(meant.rrule, dtstart=datetime.combine(first, time()))]

    assert len(found) == len(ruled)
    if recurrence.day is not None or recurrence.weekday is not None:
        assert [one.end for one in found] == ruled
    else:
        assert all(one.start <= day <= one.end for one, day in zip(found, ruled, strict=True))


@unhurried
@given(recurrences, years)
def test_the_occurrences_of_a_recurrence_follow_one_another_within_the_year(recurrence, year):
    found = schedule.occurrences(Schedule("", ScheduleKind.RECURRING, year, recurrence=recurrence), year)

    assert found[0].start == date(year, 1, 1)
    assert found[-1].end.year == year
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)


@pytest.mark.parametrize(
    "text", ["Thường xuyên", "Khi có yêu cầu", "không đọc được", "Quý I/1950", "Quý IV/2099"]
)
def test_what_has_no_day_has_no_occurrence(text):
    assert schedule.occurrences(schedule.parse(text, 2026), 2026) == ()


def test_a_month_is_due_on_its_last_working_day():
    (january, *_) = schedule.occurrences(schedule.parse("Mỗi tháng 01 kỳ", 2026), 2026)

    assert (january.start, january.end, january.due) == (
        date(2026, 1, 1),
        date(2026, 1, 31),
        date(2026, 1, 30),
    )


def test_a_named_day_off_moves_to_the_next_working_day():
    (due,) = schedule.occurrences(schedule.parse("Trước ngày 14/6", 2026), 2026)

    assert date(2026, 6, 14).weekday() == 6
    assert (due.end, due.due) == (date(2026, 6, 14), date(2026, 6, 15))


def test_the_end_of_a_named_period_is_not_passed():
    (due,) = schedule.occurrences(schedule.parse("Trước tháng 6", 2026), 2026)

    assert (due.end, due.due) == (date(2026, 5, 31), date(2026, 5, 29))


def test_a_week_of_tet_is_due_after_it():
    weeks = schedule.occurrences(schedule.parse("Hằng tuần", 2026), 2026)
    (tet,) = [week for week in weeks if date(2026, 2, 17) in Window(week.start, week.end)]

    assert tet.due == date(2026, 2, 23)


def test_a_written_year_wins_over_the_plans_and_the_plans_over_another():
    (old,) = schedule.occurrences(schedule.parse("Quý I/2022", 2023), 2023)
    (moved,) = schedule.occurrences(schedule.parse("Quý I", 2023), 2024)
    (told,) = schedule.occurrences(schedule.parse("Quý I", None), 2024)

    assert old.end == date(2022, 3, 31)
    assert moved.end == told.end == date(2024, 3, 31)


def test_a_persons_correction_wins_over_the_words():
    corrected = schedule.to_json(schedule.parse("Quý I/2022", 2023)) | {"period": "2023-Q1"}
    read = schedule.from_json(corrected, 2023)

    assert schedule.to_json(read) == corrected
    assert schedule.occurrences(read, 2023)[0].end == date(2023, 3, 31)


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        ({}, "cụm từ"),
        ({"text": "Quý I", "kind": "sometimes"}, "không có"),
        ({"text": "Quý I", "kind": "quarter", "period": "2023-Q9"}, "mã kỳ"),
        ({"text": "x", "kind": "deadline", "deadline": "2023-02-30"}, "không phải ngày"),
        ({"text": "x", "kind": "recurring"}, "nhịp lặp lại"),
    ],
)
def test_a_broken_object_is_refused_in_vietnamese(broken, says):
    with pytest.raises(schedule.BadSchedule, match=says):
        schedule.from_json(broken)


@pytest.mark.parametrize("months", [1, 2, 3, 4, 6, 12])
def test_watch_windows_cover_the_year_without_a_gap(months):
    windows = watch_windows(2024, months)

    assert len(windows) == 12 // months
    assert sum(window.days for window in windows) == 366
    assert windows[0].start == date(2024, 1, 1)


@pytest.mark.parametrize("months", [0, -1, 5, 24])
def test_a_watch_rhythm_that_does_not_divide_the_year_is_refused(months):
    with pytest.raises(ValueError, match="does not divide"):
        watch_windows(2024, months)


def test_a_day_written_twice_is_one_day():
    read = schedule.parse("15/6 , 15/6", 2026)

    assert read.kind is ScheduleKind.DEADLINE
    assert schedule.from_json(schedule.to_json(read), 2026) == read
