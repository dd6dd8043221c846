"""Windows made up of sums, and units that stood under one parent and then another."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.work.rollup import rules

_days = st.dates(date(2022, 1, 1), date(2025, 12, 31))
_windows = st.tuples(_days, st.integers(0, 800)).map(
    lambda given_: Window(given_[0], given_[0] + timedelta(days=given_[1]))
)


def counted(window_: Window) -> dict[date, int]:
    """How often each day is in the sum that the pieces are."""
    parts = rules.pieces(window_)
    found: dict[date, int] = {}
    for buckets, days, sign in (
        (parts.plus, parts.plus_days, 1),
        (parts.minus, parts.minus_days, -1),
    ):
        for day in days:
            found[day] = found.get(day, 0) + sign
        assert len(set(buckets)) == len(buckets)
        for number in range((date(2030, 1, 1) - date(2021, 1, 1)).days if buckets else 0):
            day = date(2021, 1, 1) + timedelta(days=number)
            times = len({*rules.buckets_of(day)} & {*buckets})
            found[day] = found.get(day, 0) + sign * times
    return {day: times for day, times in found.items() if times}


@settings(max_examples=40)
@given(_windows)
def test_the_pieces_of_a_window_hold_each_of_its_days_once_and_no_other(window_: Window) -> None:
    days = (window_.start + timedelta(days=number) for number in range(window_.days))
    assert counted(window_) == dict.fromkeys(days, 1)


@pytest.mark.parametrize("counted", ["nd09", "calendar"])
def test_a_period_is_two_sums_at_most(counted: str) -> None:
    for text in ("2023", "2023-H1", "2023-9M", "2023-Q1", "2023-Q3", "2023-M01", "2023-M07", "2023-M12"):
        period = Period.parse(text)
        asked = regimes.get(counted).window(period) if counted == "nd09" else period.calendar_window()
        parts = rules.pieces(asked)
        assert (parts.plus_days, parts.minus_days) == ((), ())
        assert len(parts.plus) + len(parts.minus) <= 2


def test_the_first_half_under_the_decree_is_what_the_law_says() -> None:
    parts = rules.pieces(Window(date(2022, 12, 15), date(2023, 6, 14)))
    assert (parts.plus, parts.minus) == (("2022-12b", "2023-06a"), ())


def test_a_quarter_is_taken_from_the_beginning_of_the_year() -> None:
    parts = rules.pieces(Window(date(2023, 6, 15), date(2023, 9, 14)))
    assert (parts.plus, parts.minus) == (("2023-09a",), ("2023-06a",))


def test_a_whole_year_is_one_piece() -> None:
    assert rules.pieces(Window(date(2023, 1, 1), date(2023, 12, 31))).plus == ("2023-12",)


def test_the_buckets_of_a_year_are_those_of_its_days() -> None:
    days = (date(2024, 1, 1) + timedelta(days=number) for number in range(366))
    assert {bucket for day in days for bucket in rules.buckets_of(day)} == set(rules.buckets_of_year(2024))


# --- who stood under whom -------------------------------------------------------------------------

MERGER = date(2025, 7, 1)


def test_where_two_placements_hold_the_later_one_counts() -> None:
    known = rules.timelines([("xa", "huyen", None, None), ("xa", "tinh", MERGER, None)])
    assert rules.parent_on(known["xa"], MERGER - timedelta(days=1)) == "huyen"
    assert rules.parent_on(known["xa"], MERGER) == "tinh"


def test_a_chain_that_turns_in_a_circle_ends() -> None:
    known = rules.timelines([("a", "b", None, None), ("b", "a", None, None)])
    assert rules.chain(known, "a", MERGER) == ["b"]


def test_a_move_is_from_one_parent_to_another_for_some_days() -> None:
    old = rules.timelines([("xa", "huyen", None, MERGER)])["xa"]
    new = rules.timelines([("xa", "huyen", None, date(2025, 6, 1)), ("xa", "tinh", MERGER, None)])["xa"]
    assert rules.moves(old, new) == [
        rules.Move(date(2025, 6, 1), MERGER, "huyen", None),
        rules.Move(MERGER, date.max, None, "tinh"),
    ]
    assert rules.moves(old, old) == []


def test_who_stood_under_a_parent_is_told_with_the_days() -> None:
    known = rules.timelines(
        [("xa", "huyen", None, MERGER), ("xa", "tinh", MERGER, None), ("khac", "tinh", None, None)]
    )
    year = Window(date(2025, 1, 1), date(2025, 12, 31))
    assert rules.stays_under(known, "tinh", year) == {
        Window(MERGER, year.end): ["xa"],
        year: ["khac"],
    }
