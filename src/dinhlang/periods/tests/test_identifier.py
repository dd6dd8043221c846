"""Period identifiers: they parse, sort, step back and forth, and know their calendar window."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods.identifier import BadPeriod, Kind, Period
from dinhlang.periods.window import Window

SIZES = {Kind.YEAR: 1, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.QUARTER: 4, Kind.MONTH: 12}
periods = st.sampled_from(list(Kind)).flatmap(
    lambda kind: st.builds(Period, st.integers(1902, 2198), st.just(kind), st.integers(1, SIZES[kind]))
)


def test_every_kind_has_a_size_here():
    assert SIZES.keys() == set(Kind)


@pytest.mark.parametrize(
    ("text", "label", "previous", "window"),
    [
        ("2023", "năm 2023", "2022", "01/01/2023 – 31/12/2023"),
        ("2023-H1", "6 tháng đầu năm 2023", "2022-H2", "01/01/2023 – 30/6/2023"),
        ("2023-H2", "6 tháng cuối năm 2023", "2023-H1", "01/7/2023 – 31/12/2023"),
        ("2025-9M", "9 tháng đầu năm 2025", "2024-9M", "01/01/2025 – 30/9/2025"),
        ("2025-Q1", "quý I năm 2025", "2024-Q4", "01/01/2025 – 31/3/2025"),
        ("2025-Q3", "quý III năm 2025", "2025-Q2", "01/7/2025 – 30/9/2025"),
        ("2024-M02", "tháng 02 năm 2024", "2024-M01", "01/02/2024 – 29/02/2024"),
        ("2023-M12", "tháng 12 năm 2023", "2023-M11", "01/12/2023 – 31/12/2023"),
    ],
)
def test_an_identifier_knows_its_label_its_neighbour_and_its_days(text, label, previous, window):
    period = Period.parse(text)

    assert (str(period), period.label) == (text, label)
    assert str(period.previous()) == previous
    assert period.calendar_window().label == window


@pytest.mark.parametrize(
    "text",
    [
        "",
        "23",
        "2023-H3",
        "2023-H0",
        "2023-Q5",
        "2023-M13",
        "2023-M7",
        "2023-9m",
        "2023-H1 ",
        "2023\n",
        "٢٠٢٣",
        "0001",
    ],
)
def test_anything_else_is_refused_in_vietnamese(text):
    with pytest.raises(BadPeriod, match=r"không phải mã kỳ|ngoài phạm vi"):
        Period.parse(text)


@given(periods)
def test_the_string_is_the_identity(period):
    assert Period.parse(str(period)) == period


@given(st.lists(periods))
def test_periods_sort_as_their_strings_do(some):
    assert [str(period) for period in sorted(some)] == sorted(str(period) for period in some)


@given(periods)
def test_previous_and_next_undo_each_other(period):
    assert period.previous().next() == period == period.next().previous()
    assert period.previous() < period < period.next()


@given(periods)
def test_windows_of_neighbours_meet_and_never_overlap(period):
    if period.kind is not Kind.NINE_MONTHS:
        assert period.next().calendar_window().start == period.calendar_window().end + timedelta(days=1)


@given(periods)
def test_the_same_period_of_the_year_before_has_the_same_months(period):
    before = period.year_before()

    assert (before.year, before.first_month, before.last_month) == (
        period.year - 1,
        period.first_month,
        period.last_month,
    )


def test_a_unit_born_in_the_period_counts_from_its_birth():
    quarter = Window(date(2025, 6, 15), date(2025, 9, 14))

    assert quarter.clipped(starts_on=date(2025, 7, 1)) == Window(date(2025, 7, 1), date(2025, 9, 14))
    assert quarter.clipped(ends_on=date(2025, 7, 1)) == Window(date(2025, 6, 15), date(2025, 6, 30))
    assert quarter.clipped() == quarter
    assert quarter.clipped(starts_on=date(2025, 9, 15)) is None
    assert quarter.clipped(ends_on=date(2025, 6, 15)) is None


def test_a_window_holds_both_its_ends_and_cannot_end_before_it_starts():
    window = Window(date(2023, 6, 15), date(2023, 12, 14))

    assert date(2023, 6, 15) in window
    assert date(2023, 12, 14) in window
    assert date(2023, 12, 15) not in window
    with pytest.raises(ValueError, match="before it starts"):
        Window(date(2023, 2, 1), date(2023, 1, 31))
