"""Lots, ranks, time, names, figures: no database."""

from __future__ import annotations

import subprocess
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.contests.rules import draw, people, ranking, states, timing, weeks
from dinhlang.citizens.contests.rules.figures import Sat, figures
from dinhlang.citizens.contests.rules.people import Person, short_name
from dinhlang.citizens.contests.rules.ranking import Entry
from dinhlang.citizens.contests.rules.states import NEXT, State
from dinhlang.citizens.contests.rules.timing import Timing, Turn
from dinhlang.citizens.contests.rules.weeks import NotNow, WeekGiven
from dinhlang.citizens.surveys.rules.definition import Kind, Option, Question
from dinhlang.citizens.surveys.rules.marking import mark
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import nfc

NOON = datetime(2026, 11, 2, 5, tzinfo=UTC)
SECOND = timedelta(seconds=1)
SEED = "5e" * 32
CODES = st.lists(st.text(draw.LETTERS, min_size=8, max_size=8), unique=True, min_size=1, max_size=40)


# --- Lots ----------------------------------------------------------------------------------------------------------


@given(codes=CODES, seed=st.text("0123456789abcdef", min_size=64, max_size=64), data=st.data())
def test_a_draw_is_the_same_however_the_entries_stand_and_nobody_is_drawn_twice(
    codes: list[str], seed: str, data: st.DataObject
) -> None:
    found = draw.draw(codes, seed=seed, public_value="12345")
    assert sorted(one.code for one in found) == sorted(codes)
    mixed = data.draw(st.permutations(codes))
    assert draw.draw([*mixed, mixed[0]], seed=seed, public_value="12345") == found
    values = [one.value for one in found]
    assert values == sorted(values)
    # The lot of an entry depends on nobody else: who leaves makes nobody else jump.
    left = draw.draw(codes[1:], seed=seed, public_value="12345")
    assert left == [one for one in found if one.code != codes[0]]


@given(codes=CODES, seed=st.text("0123456789abcdef", min_size=64, max_size=64))
def test_another_seed_value_or_number_is_another_draw_of_the_same_entries(
    codes: list[str], seed: str
) -> None:
    lots = [
        draw.draw(codes, seed=seed, public_value=value, number=number)
        for value, number in (("", 1), ("1", 1), ("", 2))
    ]
    assert len({one.value for found in lots for one in found}) == 3 * len(codes)


def test_over_many_seeds_everyone_wins_equally_often() -> None:
    codes = [draw.new_code() for _one in range(10)]
    times = 3000
    won = Counter(draw.draw(codes, seed=f"{seed:064x}")[0].code for seed in range(times))
    # Six deviations of a binomial of 3000 and a tenth: these seeds are always the same.
    assert all(abs(won[code] - times / 10) < 6 * (times * 0.09) ** 0.5 for code in codes)


def test_a_lot_and_the_commitment_are_what_sha256sum_says() -> None:
    lot = draw.lot(SEED, "12345", 1, "2345ABCD")
    for text, said in (
        (draw.lot_text(SEED, "12345", 1, "2345ABCD"), lot.value),
        (SEED, draw.commitment(SEED)),
    ):
        told = subprocess.run(["sha256sum"], input=text.encode(), capture_output=True, check=True)
        assert told.stdout.split()[0].decode() == said


def test_seeds_and_codes_are_never_the_same() -> None:
    assert len({draw.new_seed() for _one in range(200)}) == 200
    assert len({draw.new_code() for _one in range(200)}) == 200


@pytest.mark.parametrize("typed", ["123|45", "số 5", "x" * 81])
def test_a_public_value_is_plain(typed: str) -> None:
    with pytest.raises(Unfit):
        draw.fit_public_value(typed)
    assert draw.fit_public_value("  12345 ") == "12345"
    assert draw.fit_public_value("") == ""


# --- Ranks ---------------------------------------------------------------------------------------------------------

ENTRIES = st.lists(
    st.builds(
        Entry,
        code=st.text(draw.LETTERS, min_size=4, max_size=4),
        points=st.integers(0, 5),
        guess=st.none() | st.integers(0, 20),
        milliseconds=st.integers(0, 3),
    ),
    unique_by=lambda one: one.code,
    max_size=30,
)


def test_points_then_the_guess_then_the_time() -> None:
    rows = [
        Entry("D", 5, None, 10),
        Entry("A", 5, 7, 900),
        Entry("B", 5, 9, 100),
        Entry("C", 5, 8, 500),
        Entry("E", 4, 8, 1),
        Entry("F", 5, 8, 500),
    ]
    found = ranking.ranked(rows, all_right=8)
    assert [(rank, one.code) for rank, one in found] == [
        (1, "C"),
        (1, "F"),
        (3, "B"),
        (4, "A"),
        (5, "D"),
        (6, "E"),
    ]


@given(rows=ENTRIES, all_right=st.integers(0, 20))
def test_nobody_with_fewer_points_stands_before_one_with_more(rows: list[Entry], all_right: int) -> None:
    found = ranking.ranked(rows, all_right)
    assert Counter(one for _rank, one in found) == Counter(rows)
    assert found == ranking.ranked(rows[::-1], all_right)
    for at, (rank, one) in enumerate(found):
        assert rank <= at + 1
        for later_rank, later in found[at + 1 :]:
            assert one.points >= later.points
            assert rank <= later_rank
            assert (rank == later_rank) == (one.key(all_right) == later.key(all_right))


# --- Time ----------------------------------------------------------------------------------------------------------


def turn(seconds: float | None, *, usual: int = 30, pace: int = 1) -> Turn:
    answered = None if seconds is None else NOON + seconds * SECOND
    return Turn(NOON, NOON + usual * pace * SECOND, usual, answered)


def test_who_took_longer_time_is_never_behind_the_slowest_of_the_others() -> None:
    def counted(*turns: Turn) -> int:
        return timing.counted_milliseconds(Timing.QUESTION, turns, whole_seconds=30)

    assert counted(turn(12.5), turn(3)) == 15_500
    assert counted(turn(55, pace=2)) == counted(turn(30)) == counted(turn(None)) == 30_000
    # Asking for more time makes nobody faster.
    assert counted(turn(12, pace=10)) == counted(turn(12)) == 12_000
    # What came within the grace of a slow line used the time, not more.
    assert counted(turn(33)) == 30_000
    # A clock that was set back.
    assert counted(turn(-5)) == 0


def test_of_a_whole_sitting_the_sum_counts_up_to_its_time() -> None:
    rows = [turn(40, usual=60, pace=2), turn(50, usual=60, pace=2)]
    assert timing.counted_milliseconds(Timing.SITTING, rows, whole_seconds=60) == 60_000
    assert timing.counted_milliseconds(Timing.SITTING, rows[:1], whole_seconds=60) == 40_000


def test_the_end_follows_from_the_question_or_from_the_sitting() -> None:
    later = NOON + 100 * SECOND
    given = {"given_at": later, "started_at": NOON, "seconds": 30, "pace": 2}
    assert timing.due_at(Timing.QUESTION, **given) == later + 60 * SECOND  # type: ignore[arg-type]
    assert timing.due_at(Timing.SITTING, **given) == NOON + 60 * SECOND  # type: ignore[arg-type]
    due = NOON
    assert timing.is_in_time(due, grace=5, at=due + 5 * SECOND)
    assert not timing.is_in_time(due, grace=5, at=due + 5.001 * SECOND)


@given(pace=st.sampled_from(timing.PACES), seconds=st.floats(0, 1000))
def test_more_time_never_counts_less(pace: int, seconds: float) -> None:
    slow, usual = turn(seconds, pace=pace), turn(seconds)
    one, other = (
        timing.counted_milliseconds(Timing.QUESTION, [row], whole_seconds=30) for row in (slow, usual)
    )
    assert one == other


# --- People --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Nguyễn Thị Minh Họa", "Nguyễn T. M. H."),
        ("Lê Giả", "Lê G."),
        ("Đặng đình ví Dụ", "Đặng Đ. V. D."),
        ("Minh", "M."),
        (unicodedata.normalize("NFD", "Trần Ổn"), "Trần Ổ."),
        ("", ""),
    ],
)
def test_a_name_is_shortened_to_the_family_and_letters(name: str, short: str) -> None:
    assert short_name(name) == short


@given(st.lists(st.text(max_size=8), max_size=6).map(" ".join))
def test_a_short_name_never_says_more_than_one_word(name: str) -> None:
    words, short = nfc(name).split(), short_name(name).split()
    whole = 1 if len(words) > 1 else 0
    assert short[:whole] == words[:whole]
    for said, word in zip(short[whole:], words[whole:], strict=True):
        assert said in {f"{sign.upper()}." for sign in word}


GIVEN = Person("Nguyễn Thị Minh Họa", "0900 000 111", is_agreed=True, is_shown=True, guess=12)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"name": " "}, "name"),
        ({"name": "x" * 300}, "name"),
        ({"name": "<script>alert(1)</script>"}, "name"),
        ({"name": "Minh 0123456789"}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "12345"}, "phone"),
        ({"is_agreed": False}, "agrees"),
        ({"group": "khac"}, "group"),
        ({"guess": -1}, "guess"),
        ({"guess": 10**9}, "guess"),
        ({"is_child": True}, "guardian"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said_at_its_place(change: dict[str, object], part: str) -> None:
    with pytest.raises(Unfit) as refused:
        people.fit_person(replace(GIVEN, **change))  # type: ignore[arg-type]
    assert refused.value.field == part


def test_a_child_has_a_guardian_and_no_name_in_the_ranking() -> None:
    kept = people.fit_person(replace(GIVEN, is_child=True, guardian="Lê Văn Giả Định"))
    assert (kept.guardian, kept.is_shown) == ("Lê Văn Giả Định", False)
    assert people.fit_person(replace(GIVEN, guardian="Lê Văn Giả Định")).guardian == ""
    decomposed = unicodedata.normalize("NFD", GIVEN.name)
    assert people.fit_person(replace(GIVEN, name=decomposed, phone="+84 900000111")) == replace(
        GIVEN, phone="0900000111"
    )


# --- Weeks, states, figures ----------------------------------------------------------------------------------------


def test_every_state_has_its_row() -> None:
    assert NEXT.keys() == set(State)
    with pytest.raises(states.WrongMove):
        states.check_move(State.CLOSED, State.OPEN)


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"closes_at": NOON}, "closes_at"),
        ({"closes_at": NOON + timedelta(days=90)}, "closes_at"),
        ({"opens_at": NOON - 9 * timedelta(days=1), "closes_at": NOON - timedelta(days=2)}, "closes_at"),
        ({"drawn": 0}, "drawn"),
        ({"drawn": 9}, "drawn"),
        ({"lots": 101}, "lots"),
    ],
)
def test_a_week_that_cannot_be_is_refused(change: dict[str, object], part: str) -> None:
    given = WeekGiven(NOON, NOON + timedelta(days=7), None, 3)
    weeks.check_week(given, in_bank=8, at=NOON - timedelta(days=1))
    with pytest.raises(Unfit) as refused:
        weeks.check_week(replace(given, **change), in_bank=8, at=NOON - timedelta(days=1))  # type: ignore[arg-type]
    assert refused.value.field == part


def test_weeks_follow_each_other_and_take_nobody_outside() -> None:
    end = NOON + timedelta(days=7)
    weeks.check_order([(NOON, end), (end, end + timedelta(days=7))])
    with pytest.raises(Refused):
        weeks.check_order([(NOON, end), (end - SECOND, end + timedelta(days=7))])
    weeks.check_takes(NOON, end, is_open=True, at=NOON)
    for at, is_open in ((NOON - SECOND, True), (end, True), (NOON, False)):
        with pytest.raises(NotNow):
            weeks.check_takes(NOON, end, is_open=is_open, at=at)


ONE = Question("mot", Kind.SINGLE, "Câu một", options=(Option("a", "A"), Option("b", "B", correct=True)))


def test_small_groups_are_not_told_and_do_not_follow_from_the_rest() -> None:
    rows = [Sat("dinh", "citizen", mark([ONE], {"mot": "b"}))] * 30
    rows += [Sat("thuong", "official", mark([ONE], {}))] * 4
    rows += [Sat("", "citizen", mark([ONE], {"mot": "a"}))] * 12
    found = figures(rows)
    assert found.count == 46
    assert [(one.key, one.count) for one in found.by_hamlet] == [("dinh", 30), ("", None), ("thuong", None)]
    assert {one.count for one in found.by_group} == {None}
    assert [(one.asked, one.right) for one in found.hardest] == [(46, 30)]
    few = figures(rows[:9])
    assert (few.count, few.mean, few.by_hamlet, few.by_group, few.hardest) == (9, None, (), (), ())
    assert figures([]).count == 0
