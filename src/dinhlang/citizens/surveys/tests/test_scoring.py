from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import comb
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dinhlang.citizens.surveys.rules import scoring
from dinhlang.citizens.surveys.rules.results import NO_GROUP, Results, results, trends
from dinhlang.citizens.surveys.rules.scoring import (
    METHODS,
    Index,
    Method,
    MethodA,
    MethodB,
    MethodC,
    NotComparable,
    change,
    index,
    interval,
    together,
)
from dinhlang.citizens.surveys.rules.suppression import LEAST, hidden
from dinhlang.citizens.surveys.templates import templates

FIVE = templates()["nam-yeu-to"]
SCORES = st.none() | st.integers(1, 5)
PEOPLE = st.lists(st.lists(SCORES, max_size=5), min_size=1, max_size=30)
ANY_METHOD = st.sampled_from(list(Method))


def by(method: Method) -> Any:
    return METHODS[method]


@pytest.mark.parametrize(
    ("method", "scores", "value"),
    [
        (Method.A, [5, 4, 3, 2], 50),
        (Method.B, [5, 4, 3, 2], 70),
        (Method.C, [5, 4, 3, 2], Fraction(125, 2)),
        # The floor of B is 20, not 0.
        (Method.A, [1, 1], 0),
        (Method.B, [1, 1], 20),
        (Method.C, [1, 1], 0),
        # "Không bị trễ hẹn" is no answer to how one was apologised to.
        (Method.A, [5, None, None, None], 100),
    ],
)
def test_each_method_gives_its_figure(method: Method, scores: list[int | None], value: Fraction) -> None:
    found = index([[one] for one in scores], by(method))
    assert found is not None
    assert found.value == value
    assert found.left_out == scores.count(None)
    assert found.low <= found.value <= found.high


def test_without_an_answer_that_counts_there_is_no_figure() -> None:
    assert index([[None], []], MethodA) is None


@given(people=PEOPLE, method=ANY_METHOD)
def test_what_does_not_apply_changes_no_figure(people: list[list[int | None]], method: Method) -> None:
    found = index(people, by(method))
    again = index([[*one, None] for one in people] + [[None]], by(method))
    assert (found is None) == (again is None)
    if found is not None and again is not None:
        assert (found.value, found.low, found.high, found.people) == (
            again.value,
            again.low,
            again.high,
            again.people,
        )


@given(people=PEOPLE, method=ANY_METHOD)
def test_a_figure_stands_within_its_interval_and_its_scale(
    people: list[list[int | None]], method: Method
) -> None:
    found = index(people, by(method))
    assume(found is not None)
    assert found is not None
    floor = 20 if method is Method.B else 0
    assert floor <= found.low <= float(found.value) <= found.high <= 100


@given(people=PEOPLE, method=ANY_METHOD, at=st.integers(0, 29))
def test_a_better_answer_never_lowers_a_figure(
    people: list[list[int | None]], method: Method, at: int
) -> None:
    before = index(people, by(method))
    person = people[at % len(people)]
    better = [one + 1 if one is not None and one < 5 else one for one in person]
    after = index([*people[: at % len(people)], better, *people[at % len(people) + 1 :]], by(method))
    if before is not None and after is not None:
        assert after.value >= before.value


@given(people=PEOPLE)
def test_b_is_c_pressed_into_the_upper_four_fifths(people: list[list[int | None]]) -> None:
    b, c = index(people, MethodB), index(people, MethodC)
    if b is not None and c is not None:
        assert b.value == 20 + c.value * Fraction(4, 5)


@given(n=st.integers(1, 60), share=st.floats(0, 1))
def test_more_people_never_widen_the_interval(n: int, share: float) -> None:
    low, high = interval(share, n)
    closer_low, closer_high = interval(share, n + 1)
    assert 0 <= low <= share <= high <= 1
    assert closer_high - closer_low <= high - low + 1e-12


@pytest.mark.parametrize(("n", "true"), [(10, 0.7), (20, 0.9), (40, 0.5), (60, 0.95)])
def test_the_interval_holds_the_truth_about_as_often_as_it_says(n: int, true: float) -> None:
    # Exact, by all outcomes of the binomial law. Wilson's lies about its level, not always above it.
    held = sum(
        comb(n, k) * true**k * (1 - true) ** (n - k)
        for k in range(n + 1)
        if interval(k / n, n)[0] <= true <= interval(k / n, n)[1]
    )
    assert held > 0.92


def test_wilsons_interval_of_eighty_one_in_263_is_the_published_one() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I.
    low, high = interval(81 / 263, 263)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_answers_of_one_person_do_not_make_an_interval_narrower() -> None:
    once = index([[5], [4], [2], [1]], MethodA)
    thrice = index([[5] * 3, [4] * 3, [2] * 3, [1] * 3], MethodA)
    assert once is not None
    assert thrice is not None
    assert (once.low, once.high) == (thrice.low, thrice.high)


@given(one=ANY_METHOD, other=ANY_METHOD)
def test_figures_of_two_methods_are_never_compared(one: Method, other: Method) -> None:
    before, after = index([[5]], by(one)), index([[4]], by(other))
    assert before is not None
    assert after is not None
    if one is other:
        assert change(before, after).points <= 0
        assert together([(1, before), (2, after)], 1) is not None
    else:
        with pytest.raises(NotComparable, match="Không so sánh"):
            change(before, after)
        with pytest.raises(NotComparable):
            together([(1, before), (2, after)], 1)


@given(parts=st.lists(st.tuples(st.integers(1, 9), PEOPLE), min_size=1, max_size=5))
def test_the_whole_lies_between_its_parts(parts: list[tuple[int, list[list[int | None]]]]) -> None:
    found = [(weight, index(people, MethodC)) for weight, people in parts]
    known = [(weight, one) for weight, one in found if one is not None]
    whole = together(known, 1)
    if whole is not None:
        assert min(one.value for _w, one in known) <= whole.value <= max(one.value for _w, one in known)
        assert whole.low <= float(whole.value) + 1e-9
        assert float(whole.value) <= whole.high + 1e-9


# --- Small groups --------------------------------------------------------------------------------------------------

GROUPS = st.integers(1, 3).flatmap(
    lambda columns: st.dictionaries(
        st.sampled_from("abcdefgh"),
        st.lists(st.integers(0, 40), min_size=columns, max_size=columns),
        min_size=1,
        max_size=8,
    )
)


@given(counts=GROUPS)
def test_no_small_group_follows_from_what_is_shown(counts: dict[str, list[int]]) -> None:
    away = hidden(counts)
    for at in range(len(next(iter(counts.values())))):
        total = sum(row[at] for row in counts.values())
        if total < LEAST:
            continue
        for name, row in counts.items():
            if name not in away:
                assert row[at] == 0 or row[at] >= LEAST
        # Whoever subtracts what is shown from the total learns only of ten people or more, in two groups or more.
        rest = [counts[name][at] for name in away if counts[name][at]]
        assert away == frozenset(counts) or not rest or (len(rest) >= 2 and sum(rest) >= LEAST)


@given(counts=GROUPS)
def test_large_groups_alone_are_all_shown(counts: dict[str, list[int]]) -> None:
    grown = {name: [one + LEAST for one in row] for name, row in counts.items()}
    assert hidden(grown) == frozenset()


def test_one_small_group_takes_the_next_smallest_along() -> None:
    assert hidden({"a": [3], "b": [40], "c": [12], "d": [0]}) == {"a", "c"}
    assert hidden({"a": [3], "b": [4], "c": [40]}) == {"a", "b", "c"}
    assert hidden({"a": [6], "b": [7], "c": [40]}) == {"a", "b"}


# --- Whole rounds --------------------------------------------------------------------------------------------------


def slip(score: str = "5", **more: Any) -> dict[str, Any]:
    made = {one.id: score for one in FIVE.questions if one.scored and one.id != "xin-loi"}
    return made | {"hinh-thuc": "truc-tiep", "tre-hen": "khong"} | more


def asked(slips: list[dict[str, Any]], **more: Any) -> Results:
    return results(FIVE, slips, method=more.pop("method", Method.B), **more)


def test_below_ten_slips_nothing_is_shown() -> None:
    found = asked([slip()] * 9, asked=30)
    assert not found.is_shown
    assert found.people == 9
    assert found.whole is None
    assert not found.questions
    assert found.response_rate == Fraction(3, 10)


def test_a_round_says_its_method_its_people_and_its_share() -> None:
    found = asked([slip()] * 15 + [slip("2")] * 5, asked=40, method=Method.A)
    assert found.whole is not None
    assert found.whole.value == 75
    assert found.whole.method is Method.A
    assert (found.satisfied, found.satisfied_of) == (15, 20)
    assert found.response_rate == Fraction(1, 2)
    assert [one.index.value for one in found.factors if one.index] == [75] * 5


def test_the_question_that_nobody_was_to_be_asked_leaves_the_denominator() -> None:
    found = asked([slip()] * 20)
    late = next(one for one in found.questions if one.question.id == "xin-loi")
    assert late.answered == 0
    assert late.index is None
    assert found.whole is not None
    assert found.whole.value == 100


def test_groups_are_hidden_with_their_numbers_wherever_they_stand() -> None:
    slips = [slip(**{"do-tuoi": "duoi-30"})] * 4 + [slip(**{"do-tuoi": "30-49"})] * 12 + [slip("3")] * 30
    found = asked(slips)
    ages = next(one for one in found.breakdowns if one.question.id == "do-tuoi")
    assert [(row.label, row.people, row.is_hidden) for row in ages.rows] == [
        ("Dưới 30 tuổi", None, True),
        ("Từ 30 đến 49 tuổi", None, True),
        ("Từ 50 tuổi trở lên", 0, False),
        ("Không nói", 30, False),
    ]
    question = next(one for one in found.questions if one.question.id == "do-tuoi")
    assert [one.times for one in question.options] == [None, None, 0]
    assert NO_GROUP == ""
    assert ages.hides


def test_a_trend_has_a_row_for_each_method_and_says_where_the_form_changed() -> None:
    two = templates()["hai-noi-dung"]

    def figure(score: int, method: Method) -> Index[Any]:
        found: Index[Any] | None = index([[score]] * 12, by(method))
        assert found is not None
        return found

    rows = trends(
        [
            ("2026", date(2026, 6, 1), FIVE, figure(5, Method.B)),
            ("2024", date(2024, 6, 1), FIVE, figure(4, Method.A)),
            ("2025", date(2025, 6, 1), FIVE, figure(4, Method.B)),
            ("2027", date(2027, 6, 1), two, figure(4, Method.B)),
        ]
    )
    assert [(one.label, one.is_same_form) for one in rows[Method.B]] == [
        ("2025", True),
        ("2026", True),
        ("2027", False),
    ]
    assert [one.label for one in rows[Method.A]] == ["2024"]
    assert MethodC.key is scoring.Method.C
