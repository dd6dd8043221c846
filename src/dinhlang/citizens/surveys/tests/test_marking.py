from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.surveys.rules.citing import doubts
from dinhlang.citizens.surveys.rules.definition import Definition, Kind, Option, Purpose, Question
from dinhlang.citizens.surveys.rules.marking import (
    Mark,
    Outcome,
    hardest,
    mark,
    markable,
    right_options,
    without_answers,
)
from dinhlang.citizens.surveys.templates import templates

ONE = Question(
    id="mot-cua",
    kind=Kind.SINGLE,
    text="Nộp hồ sơ ở đâu?",
    options=(Option("a", "Ở chợ"), Option("b", "Ở nơi tiếp nhận", correct=True)),
    points=2,
    explanation="Theo quy chế (minh họa).",
)
SEVERAL = Question(
    id="giay-to",
    kind=Kind.MULTIPLE,
    text="Cần những gì?",
    options=(Option("a", "Tờ khai", correct=True), Option("b", "Giấy hẹn"), Option("c", "Ảnh", correct=True)),
    points=3,
)
FREE = Question(id="y-kien", kind=Kind.TEXT, text="Góp ý?")
ALL = (ONE, SEVERAL, FREE)


@pytest.mark.parametrize(
    ("values", "points", "outcomes"),
    [
        ({}, 0, ["missing", "missing"]),
        ({"mot-cua": "b"}, 2, ["right", "missing"]),
        ({"mot-cua": "a", "giay-to": ["a", "c"]}, 3, ["wrong", "right"]),
        ({"giay-to": ["c", "a"]}, 3, ["missing", "right"]),
        ({"giay-to": ["a"]}, 0, ["missing", "wrong"]),
        ({"giay-to": ["a", "b", "c"]}, 0, ["missing", "wrong"]),
        ({"mot-cua": "khong-co", "giay-to": []}, 0, ["wrong", "missing"]),
        ({"mot-cua": None, "giay-to": 5}, 0, ["missing", "missing"]),
    ],
)
def test_only_exactly_the_right_answers_give_points(
    values: dict[str, object], points: int, outcomes: list[str]
) -> None:
    found = mark(ALL, values)
    assert found.points == points
    assert [str(one.outcome) for one in found.rows] == outcomes
    assert found.most == 5


def test_a_void_question_gives_its_points_to_everyone_who_was_asked_it() -> None:
    found = mark(ALL, {"mot-cua": "a"}, void={"mot-cua"})
    assert [one.outcome for one in found.rows] == [Outcome.VOID, Outcome.MISSING]
    assert (found.points, found.most, found.right) == (2, 5, 1)
    assert not mark((SEVERAL,), {}, void={"mot-cua"}).points


def test_nothing_asked_is_no_share_and_not_all_right() -> None:
    assert mark((FREE,), {}) == Mark(())
    assert Mark(()).share is None
    assert not Mark(()).is_all_right
    assert mark((ONE,), {"mot-cua": "b"}).share == Fraction(1)
    assert mark((ONE,), {"mot-cua": "b"}).is_all_right


@given(
    values=st.dictionaries(
        st.sampled_from(["mot-cua", "giay-to", "la"]),
        st.one_of(st.none(), st.text(), st.lists(st.sampled_from("abcx"))),
    ),
    void=st.sets(st.sampled_from(["mot-cua", "giay-to", "la"])),
)
def test_points_never_leave_their_bounds_and_voiding_never_takes_any(
    values: dict[str, object], void: set[str]
) -> None:
    before, after = mark(ALL, values), mark(ALL, values, void=void)
    assert 0 <= before.points <= after.points <= after.most == before.most


def test_a_browser_gets_neither_the_answer_nor_its_explanation() -> None:
    definition = Definition("Thi thử", Purpose.CONTEST, questions=ALL)
    assert markable(definition) == (ONE, SEVERAL)
    for one in definition.questions:
        told = without_answers(one)
        assert not right_options(told)
        assert "Theo quy chế" not in str(asdict(told))
        assert [o.text for o in told.options] == [o.text for o in one.options]


def test_the_hardest_question_stands_first_and_void_ones_are_left_out() -> None:
    given = [{"mot-cua": "b"}, {"mot-cua": "b", "giay-to": ["a", "c"]}, {"mot-cua": "a"}]
    found = hardest([mark(ALL, one) for one in given])
    assert [(one.question.id, one.asked, one.right) for one in found] == [
        ("giay-to", 3, 1),
        ("mot-cua", 3, 2),
    ]
    assert [one.question.id for one in hardest([mark(ALL, {}, void={"mot-cua"})])] == ["giay-to"]
    assert hardest([]) == []


def test_an_act_out_of_force_is_a_doubt_unless_a_wrong_answer_cites_it() -> None:
    on, old = date(2026, 11, 27), "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ"
    asked = Question(
        "a", Kind.SINGLE, "Một cửa làm theo văn bản nào?", options=(Option("a", old), Option("b", "Khác"))
    )
    assert doubts(asked, on) == []
    right = replace(asked, options=(Option("a", old, correct=True), Option("b", "Khác")))
    for one in (right, replace(asked, text=f"Theo {old}?"), replace(right, explanation=f"Theo {old}.")):
        assert [doubt.quote for doubt in doubts(one, on)] == ["61/2018/NĐ-CP"]
    # It was in force then.
    assert doubts(right, date(2024, 1, 1)) == []
    shipped = [one for definition in templates().values() for one in definition.questions]
    assert len(shipped) > 20
    assert not [one.id for one in shipped if doubts(one, on)]
