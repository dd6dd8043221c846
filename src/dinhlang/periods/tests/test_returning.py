"""Days that come back: what notices write, and laws of reading and printing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods.returning import EVERY_DAY, LAST, LONGEST, BadReturn, Returning, parse, render


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("Hằng ngày", EVERY_DAY),
        ("Các ngày trong tuần", EVERY_DAY),
        ("Thứ Hai hằng tuần", Returning(weekdays=frozenset({0}))),
        ("thứ 2, 4, 6 hàng tuần", Returning(weekdays=frozenset({0, 2, 4}))),
        ("Thứ Ba và thứ Năm", Returning(weekdays=frozenset({1, 3}))),
        ("Sáng", None),
        ("Từ thứ Hai đến thứ Sáu hằng tuần", Returning(weekdays=frozenset(range(5)))),
        ("thứ 2 – thứ 6", Returning(weekdays=frozenset(range(5)))),
        ("thứ 7, chủ nhật", Returning(weekdays=frozenset({5, 6}))),
        ("CN", Returning(weekdays=frozenset({6}))),
        ("thứ Bảy đến thứ Hai", Returning(weekdays=frozenset({5, 6, 0}))),
        ("ngày 5 hằng tháng", Returning(month_days=frozenset({5}))),
        ("Vào các ngày 05, 15 và 25 hàng tháng", Returning(month_days=frozenset({5, 15, 25}))),
        ("ngày cuối tháng", Returning(month_days=frozenset({LAST}))),
        ("thứ Hai đầu tiên hằng tháng", Returning(nth=frozenset({(1, 0)}))),
        ("thứ hai tuần đầu của tháng", Returning(nth=frozenset({(1, 0)}))),
        ("Thứ Sáu tuần thứ ba hằng tháng", Returning(nth=frozenset({(3, 4)}))),
        ("Chủ nhật cuối tháng", Returning(nth=frozenset({(LAST, 6)}))),
        ("Thứ Hai hằng tuần; ngày 5 hằng tháng", Returning(frozenset({0}), frozenset({5}))),
        ("", None),
        ("ngày 32 hằng tháng", None),
        ("thứ 8", None),
        ("khi có yêu cầu", None),
        ("x" * (LONGEST + 1), None),
    ],
)
def test_words_of_notices_are_read(words: str, means: Returning | None) -> None:
    if means is None:
        with pytest.raises(BadReturn):
            parse(words)
    else:
        assert parse(words) == means


returnings = st.builds(
    Returning,
    st.frozensets(st.integers(0, 6)),
    st.frozensets(st.sampled_from([LAST, *range(1, 32)])),
    st.frozensets(st.tuples(st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6)), max_size=4),
).filter(lambda days: bool(days.weekdays or days.month_days or days.nth))
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(returnings)
def test_what_is_printed_reads_back_the_same(returning: Returning) -> None:
    assert parse(render(returning)) == returning


@given(returnings, days)
def test_every_month_has_a_day_that_comes_back(returning: Returning, day: date) -> None:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    found = list(returning.between(first, last))
    assert found
    assert found == sorted(set(found))


@given(st.sampled_from([1, 2, 3, 4, LAST]), st.integers(0, 6), days)
def test_the_nth_weekday_comes_once_a_month(number: int, weekday: int, day: date) -> None:
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    [found] = Returning(nth=frozenset({(number, weekday)})).between(first, last)
    assert found.weekday() == weekday
    assert (
        (found.day - 1) // 7 + 1 == number
        if number != LAST
        else (found + timedelta(days=7)).month != found.month
    )


def test_a_month_without_the_day_takes_its_last() -> None:
    [found] = Returning(month_days=frozenset({31})).between(date(2027, 2, 1), date(2027, 2, 28))
    assert found == date(2027, 2, 28)
