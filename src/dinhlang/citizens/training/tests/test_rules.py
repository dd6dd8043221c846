"""Lists of guests as people type them, and what tests of a class may tell."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.surveys.rules import marking
from dinhlang.citizens.surveys.rules.definition import Definition, Kind, Option, Purpose, Question
from dinhlang.citizens.surveys.rules.suppression import LEAST
from dinhlang.citizens.training.rules import classes, guests, testing
from dinhlang.citizens.training.rules.classes import NEXT_STAGE, NotNow, Stage, State, state_of
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.citizens.training.rules.testing import Sat


def question(id_: str, right: str = "a") -> Question:
    options = tuple(Option(one, f"Ý {one}", correct=one == right) for one in "abc")
    return Question(id_, Kind.SINGLE, f"Câu {id_}?", options=options)


TEST = Definition("Thử", Purpose.TEST, questions=(question("mot"), question("hai")))


def sat(right: int, pair: str = "") -> Sat:
    """A test with so many right answers of two."""
    values = {"mot": "a" if right > 0 else "b", "hai": "a" if right > 1 else "b"}
    return Sat(marking.mark(TEST.questions, values), pair)


def told(before: list[Sat], after: list[Sat]) -> testing.Told:
    return testing.told(
        before, after, asked_before=TEST if before else None, asked_after=TEST if after else None
    )


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Nguyễn Thị Thử", Named("Nguyễn Thị Thử")),
        ("Nguyễn Thị Thử; Thôn Thượng; 0900 000 001", Named("Nguyễn Thị Thử", "Thôn Thượng", "0900000001")),
        ("Nguyễn Thị Thử; +84 900.000.001", Named("Nguyễn Thị Thử", "", "0900000001")),
        ("Nguyễn Thị Thử; +856 20 5555 0001", Named("Nguyễn Thị Thử", "", "+856 20 5555 0001")),
        ("Trần Văn Mẫu; 0900000002", Named("Trần Văn Mẫu", "", "0900000002")),
        ("Trần Văn Mẫu\tThôn Hạ\t\tmau@example.vn", Named("Trần Văn Mẫu", "Thôn Hạ", "", "mau@example.vn")),
        ("  Lê   Thị  Ví Dụ ;; ", Named("Lê Thị Ví Dụ")),
    ],
)
def test_a_line_is_read_as_people_type_it(line: str, expected: Named) -> None:
    assert guests.typed(line).people == (expected,)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("0900000001", "chưa có họ tên"),
        ("A" * 121, "dài quá"),
        ("Thử; Thôn Thượng; số nhà 5", "không hiểu"),
        ("Thử; thu@", "thư"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(line: str, told: str) -> None:
    found = guests.typed(f"Nguyễn Thị Thử\n\n{line}")
    assert found.problems[0].startswith("Dòng 3: ")
    assert told in found.problems[0]


def test_columns_of_a_table_are_known_by_their_titles() -> None:
    rows = [
        ("DANH SÁCH MỜI",),
        ("TT", "Số điện thoại", "Họ và tên", "Thôn"),
        (1, 900000001, "Nguyễn Thị Thử", "Thôn Thượng"),
        (),
        (2, None, "Trần Văn Mẫu", None),
        (3, None, "tran van mau", None),
    ]
    found = guests.table(rows)
    # The zero that a spreadsheet took is back; one person twice is one person.
    assert found.people == (Named("Nguyễn Thị Thử", "Thôn Thượng", "0900000001"), Named("Trần Văn Mẫu"))
    assert not found.problems


def test_a_table_without_titles_is_read_by_its_order() -> None:
    assert guests.table([("Nguyễn Thị Thử", "Thôn Thượng")]).people == (
        Named("Nguyễn Thị Thử", "Thôn Thượng"),
    )


@given(st.text(max_size=400))
def test_no_text_breaks_the_reader(text: str) -> None:
    found = guests.typed(text)
    assert all(one.name for one in found.people)


def test_every_stage_says_what_comes_next() -> None:
    assert NEXT_STAGE.keys() == set(Stage)
    with pytest.raises(NotNow):
        classes.check_stage(Stage.AFTER, Stage.BEFORE)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((False, False, False), State.PLANNED),
        ((True, False, False), State.INVITED),
        ((True, True, False), State.CLOSED),
        ((True, False, True), State.CANCELLED),
    ],
)
def test_the_state_follows_from_the_marks(marks: tuple[bool, bool, bool], expected: State) -> None:
    invited, closed, cancelled = marks
    assert state_of(invited=invited, closed=closed, cancelled=cancelled) is expected


def test_codes_are_of_one_class() -> None:
    code = classes.new_pair()
    assert classes.is_pair(code)
    assert not classes.is_pair("abc0o")
    assert classes.pair_mark(1, code) != classes.pair_mark(2, code)


def test_whoever_sat_both_is_laid_side_by_side() -> None:
    before = [sat(0, f"m{n}") for n in range(20)]
    after = [sat(2, f"m{n}") for n in range(20)]
    found = told(before, after)
    assert (found.pairs, found.before, found.after) == (20, 0, 1)
    assert found.gain == 1
    assert [(one.before, one.after) for one in found.questions] == [(0, 1), (0, 1)]


def test_fewer_than_ten_are_counted_and_nothing_more() -> None:
    found = told([sat(1, f"m{n}") for n in range(9)], [sat(2, f"m{n}") for n in range(12)])
    assert (found.people_before, found.people_after, found.pairs) == (9, 12, 9)
    assert found.before is None
    assert found.after == 1
    assert found.paired_before is None
    assert all(one.before is None for one in found.questions)


def test_those_who_sat_one_test_only_do_not_follow_from_the_rest() -> None:
    # Twelve sat both and one the first only: the mean of all and of the twelve would give the one away.
    before = [sat(2, f"m{n}") for n in range(12)] + [sat(0)]
    found = told(before, [sat(2, f"m{n}") for n in range(12)])
    assert found.before == Fraction(24, 26)
    assert found.paired_before is None


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_a_shown_mean_rests_on_ten_and_leaves_none_or_ten(
    both: int, only_before: int, only_after: int
) -> None:
    before = [sat(1, f"m{n}") for n in range(both)] + [sat(0) for _one in range(only_before)]
    after = [sat(2, f"m{n}") for n in range(both)] + [sat(1) for _one in range(only_after)]
    found = told(before, after)
    if found.paired_before is not None:
        assert both >= LEAST
        assert all(rest == 0 or rest >= LEAST for rest in (only_before, only_after))


def test_other_questions_are_never_compared() -> None:
    other = Definition("Thử", Purpose.TEST, questions=(question("mot", right="b"), question("hai")))
    before = [sat(1, f"m{n}") for n in range(15)]
    found = testing.told(before, before, asked_before=TEST, asked_after=other)
    assert not found.is_comparable
    assert (found.pairs, found.paired_before, found.questions) == (0, None, ())
    assert found.before is not None


def test_figures_come_back_as_they_were_kept() -> None:
    found = told([sat(1, f"m{n}") for n in range(14)], [sat(2, f"m{n}") for n in range(14)])
    assert testing.restored(testing.plain(found)) == found
