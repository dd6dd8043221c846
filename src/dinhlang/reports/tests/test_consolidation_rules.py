"""Laws of taking reports together: sums, shares, joint events, coverage, successors, what is unusual, proposals."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.reports.consolidation.rules import (
    Child,
    Coverage,
    Line,
    Part,
    Past,
    Said,
    Sum,
    counted_word,
    grouped,
    name_of,
    ranked,
    together,
    unusual,
    without_predecessors,
)

pytestmark = pytest.mark.one_database

lean = settings(max_examples=40)
WORDS = ["", "hơn", "trên", "gần", "khoảng", "ít nhất"]
TOP, BOTTOM = "dossiers_on_time", "dossiers_resolved"


@st.composite
def parts(draw: st.DrawFn) -> list[Part]:
    """What up to eight units say of one concept; some know nothing, some lines are joint."""
    found = []
    for unit in draw(st.lists(st.sampled_from("abcdefgh"), unique=True)):
        counts = draw(st.none() | st.tuples(st.integers(0, 50), st.integers(0, 50)))
        if counts is None:
            found.append(Part(unit, stated=draw(st.none() | st.just(98.5))))
            continue
        lines = tuple(
            Line(unit, f"{unit}{at}", ((TOP, amount), (BOTTOM, amount)), tuple(sorted(keys)))
            for at, (amount, keys) in enumerate(
                draw(st.lists(st.tuples(st.integers(0, 9), st.sets(st.sampled_from("xyz"))), max_size=3))
            )
        )
        known = sum(line.amount(TOP) for line in lines)
        found.append(
            Part(
                unit,
                {TOP: counts[0] + known, BOTTOM: counts[1] + known},
                draw(st.sampled_from(WORDS)),
                lines,
            )
        )
    return found


# --- sums -----------------------------------------------------------------------------------------


@lean
@given(parts(), st.randoms(use_true_random=False), st.integers(1, 4))
def test_the_sum_of_the_parts_is_the_whole_in_any_order_and_grouping(
    given_parts: list[Part], chance: random.Random, groups: int
) -> None:
    whole = together(given_parts)
    shuffled = chance.sample(given_parts, len(given_parts))
    districts = [together(shuffled[at::groups]) for at in range(groups)]
    chance.shuffle(districts)
    total = Sum()
    for one in districts:
        total = total + one
    assert total == whole
    assert total.value(TOP) == whole.value(TOP)


@lean
@given(parts())
def test_without_joint_events_the_sum_is_what_the_units_reported(given_parts: list[Part]) -> None:
    plain = [Part(one.unit, one.counts, one.exactness) for one in given_parts]
    known = [one.counts[TOP] for one in plain if one.counts]
    assert together(plain).value(TOP) == (sum(known) if known else None)


@lean
@given(parts())
def test_a_share_rests_on_the_sums_of_its_two_counts(given_parts: list[Part]) -> None:
    whole = together(given_parts)
    top, bottom = whole.value(TOP), whole.value(BOTTOM)
    share = whole.share(TOP, BOTTOM)
    if top is None or not bottom:
        assert share is None
    else:
        assert share == round(100 * top / bottom, 2)


def test_a_share_of_many_is_no_mean_of_shares() -> None:
    small, large = Part("a", {TOP: 1, BOTTOM: 1}), Part("b", {TOP: 50, BOTTOM: 99})
    assert together([small, large]).share(TOP, BOTTOM) == 51.0


@lean
@given(parts())
def test_every_unit_stands_in_exactly_one_place(given_parts: list[Part]) -> None:
    whole = together(given_parts)
    placed = [*whole.units, *whole.unknown, *whole.uncounted]
    assert sorted(placed) == sorted(one.unit for one in given_parts)


@lean
@given(parts())
def test_an_approximation_stays_one(given_parts: list[Part]) -> None:
    whole = together(given_parts)
    inexact = any(one.exactness for one in given_parts if one.counts)
    assert bool(whole.exactness) is bool(whole.share_exactness) is inexact


@pytest.mark.parametrize(
    ("words", "joint"),
    [(("", ""), ""), (("hơn", ""), "hơn"), (("hơn", "trên"), "hơn"), (("hơn", "gần"), "khoảng")],
)
def test_the_word_before_a_sum_says_in_which_direction_it_errs(words: tuple[str, ...], joint: str) -> None:
    assert together(Part(f"u{at}", {TOP: 1}, word) for at, word in enumerate(words)).exactness == joint


# --- joint events -----------------------------------------------------------------------------------


@lean
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 9), min_size=1), st.integers(0, 30))
def test_a_joint_event_counts_once_however_many_report_it(reports: dict[str, int], own: int) -> None:
    said = [
        Part(unit, {TOP: own + amount}, lines=(Line(unit, "1", ((TOP, amount),), ("day:meeting:minutes",)),))
        for unit, amount in reports.items()
    ]
    assert together(said).value(TOP) == own * len(reports) + max(reports.values())


@lean
@given(parts())
def test_taking_out_what_is_double_never_falls_below_the_largest_report(given_parts: list[Part]) -> None:
    known = [one.counts[TOP] for one in given_parts if one.counts]
    value = together(given_parts).value(TOP)
    if value is None:
        assert not known
    else:
        assert max(known) <= value <= sum(known)


def test_events_are_joined_through_a_third_unit() -> None:
    lines = [
        Line("a", "1", ((TOP, 1),), ("photo",)),
        Line("b", "1", ((TOP, 1),), ("photo", "minutes")),
        Line("c", "1", ((TOP, 1),), ("minutes",)),
    ]
    whole = together(Part(line.unit, {TOP: 1}, lines=(line,)) for line in lines)
    [event] = whole.events()
    assert (event.units, whole.value(TOP)) == (("a", "b", "c"), 1)


def test_one_file_behind_many_lines_of_a_single_unit_makes_no_event() -> None:
    lines = tuple(Line("a", str(at), ((TOP, 1),), ("list-of-march",)) for at in range(3))
    whole = together([Part("a", {TOP: 3}, lines=lines), Part("b", {TOP: 2})])
    assert (whole.events(), whole.value(TOP)) == ([], 5)


def test_what_a_person_said_to_be_two_events_counts_twice() -> None:
    said = [Part(unit, {TOP: 1}, lines=(Line(unit, "1", ((TOP, 1),), ("k",)),)) for unit in "ab"]
    whole = together(said)
    assert (whole.value(TOP), whole.value(TOP, frozenset({"k"}))) == (1, 2)


# --- coverage -------------------------------------------------------------------------------------

ids = st.sets(st.sampled_from([f"xa-{letter}" for letter in "abcdefgh"]))
NAMES = {f"xa-{letter}": f"xã {letter.upper()}" for letter in "abcdefgh"}


@lean
@given(ids, ids)
def test_coverage_names_exactly_the_missing(expected: set[str], sent: set[str]) -> None:
    coverage = Coverage(frozenset(expected), frozenset(sent))
    sentence = coverage.sentence("xã", NAMES)
    assert sentence.startswith(f"Tổng hợp từ {len(sent)}/{len(sent | expected)} xã")
    named = set(sentence.rstrip(".").partition("thiếu: ")[2].split(", ")) - {""}
    assert named == {NAMES[one] for one in expected - sent}
    assert coverage.is_whole is (expected <= sent)


def test_the_sentence_tells_what_else_a_reader_must_know() -> None:
    coverage = Coverage(
        expected=frozenset({"xa-a", "xa-b", "xa-c"}),
        taken=frozenset({"xa-a", "xa-b"}),
        nil=frozenset({"xa-b"}),
        passed={"xa-d": "xa-a"},
        ended=frozenset({"xa-e"}),
    )
    assert coverage.sentence("xã", NAMES) == (
        "Tổng hợp từ 2/3 xã; thiếu: xã C; không phát sinh: xã B; không cộng riêng: xã D (tính trong báo cáo của xã A); "
        "chưa có số liệu đến khi kết thúc hoạt động: xã E."
    )


@pytest.mark.parametrize(
    ("kinds", "word"),
    [
        ({"xã"}, "xã"),
        ({"phường", "xã"}, "xã, phường"),
        ({"xã", "phường", "thị trấn", "đặc khu"}, "đơn vị"),
        ({"sở"}, "đơn vị"),
        (set(), "đơn vị"),
    ],
)
def test_units_are_counted_as_what_they_are(kinds: set[str], word: str) -> None:
    assert counted_word(kinds) == word


# --- successors -------------------------------------------------------------------------------------

JULY = date(2025, 7, 1)


def test_a_successor_that_reports_its_own_days_stands_beside_the_old_units() -> None:
    old = Child("old", date(2024, 12, 15), date(2025, 6, 30))
    new = Child("new", JULY, date(2025, 9, 14))
    assert without_predecessors([old, new], {"old": {"new"}}) == {}


def test_a_successor_that_reports_all_days_is_counted_alone() -> None:
    old = Child("old", date(2024, 12, 15), date(2025, 6, 30))
    new = Child("new", date(2024, 12, 15), date(2025, 9, 14))
    assert without_predecessors([old, new], {"old": {"new"}}) == {"old": "new"}


@lean
@given(
    st.lists(
        st.tuples(st.sampled_from("abcde"), st.integers(0, 300), st.integers(0, 60)),
        unique_by=lambda one: one[0],
    )
)
def test_no_day_of_a_merged_unit_counts_twice(reports: list[tuple[str, int, int]]) -> None:
    """a and b became d, c and d became e."""
    heirs = {"a": {"d", "e"}, "b": {"d", "e"}, "c": {"e"}, "d": {"e"}}
    first = date(2025, 1, 1).toordinal()
    children = {
        unit: Child(unit, date.fromordinal(first + start), date.fromordinal(first + start + days))
        for unit, start, days in reports
    }
    left = without_predecessors(children.values(), heirs)
    counted = [children[unit] for unit in children if unit not in left]
    for one in counted:
        assert not any(other.unit in heirs.get(one.unit, ()) and one.overlaps(other) for other in counted)
    assert all(heir in children and heir in heirs[unit] for unit, heir in left.items())


# --- what is unusual ------------------------------------------------------------------------------------


def past(*values: float, days: int = 182) -> list[Past]:
    return [Past(f"{2015 + at}-H1", value, days) for at, value in enumerate(values)]


def test_a_figure_far_from_the_units_own_past_is_told_with_what_was_usual() -> None:
    found = unusual(480, 182, past(110, 120, 130))
    assert found is not None
    assert (found.usual, found.spread, found.is_high, found.times) == (120, 10, True, 4)


@pytest.mark.parametrize("value", [120, 150, 90, None])
def test_what_is_near_the_past_is_not_told(value: int | None) -> None:
    assert unusual(value, 182, past(110, 120, 130)) is None


def test_two_earlier_reports_are_too_few_to_know_what_is_usual() -> None:
    assert unusual(480, 182, past(110, 120)) is None


def test_a_figure_that_never_moved_may_move_a_little() -> None:
    assert unusual(13, 182, past(12, 12, 12, 12)) is None
    assert unusual(40, 182, past(12, 12, 12, 12)) is not None


@lean
@given(st.lists(st.integers(0, 10_000), min_size=3, max_size=8), st.integers(0, 10_000), st.integers(2, 5))
def test_a_longer_window_is_compared_at_its_length(values: list[int], value: int, times: int) -> None:
    short = unusual(value, 100, past(*values, days=100))
    long = unusual(value * times, 100 * times, past(*values, days=100))
    # What is too small to tell over a short window may be told over a long one, never the other way round.
    assert short is None or long is not None


def test_shares_are_compared_in_points_and_not_by_days() -> None:
    assert unusual(97, 91, past(98, 99, 98), is_share=True) is None
    assert unusual(61, 91, past(98, 99, 98), is_share=True) is not None


@lean
@given(st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers(0, 5)))
def test_places_follow_values_and_equal_values_share_one(values: dict[str, int | None]) -> None:
    places = {unit: place for place, unit in ranked(values)}
    assert set(places) == {unit for unit, value in values.items() if value is not None}
    for unit, place in places.items():
        mine = values[unit]
        assert place == 1 + sum(
            other is not None and mine is not None and other > mine for other in values.values()
        )


# --- proposals --------------------------------------------------------------------------------------------

MONEY = [
    "Đề nghị UBND tỉnh quan tâm bố trí kinh phí cho công tác tuyên truyền cải cách hành chính.",
    "Kiến nghị Sở Nội vụ bố trí thêm kinh phí tuyên truyền CCHC cho cấp xã.",
    "Đề nghị tỉnh hỗ trợ kinh phí tuyên truyền cải cách hành chính ở cơ sở.",
]
TRAINING = [
    "Đề nghị Sở Nội vụ tổ chức tập huấn nghiệp vụ tuyên truyền cải cách hành chính cho công chức cấp xã.",
    "Đề nghị cấp trên thường xuyên mở lớp tập huấn nghiệp vụ cải cách hành chính cho công chức xã.",
]
PRINT = [
    "Đề nghị cung cấp tờ rơi, tài liệu tuyên truyền dùng chung cho các xã.",
    "Đề nghị Sở Nội vụ biên soạn, cung cấp tài liệu tuyên truyền CCHC dùng chung toàn tỉnh.",
]
SYSTEM = ["Đề nghị nâng cấp Hệ thống thông tin giải quyết thủ tục hành chính của tỉnh."]
EVERY = [*MONEY, *TRAINING, *PRINT, *SYSTEM]
SAID = [Said(f"xa-{at}", text) for at, text in enumerate(EVERY)]


def texts(groups: list) -> list[set[str]]:
    return [{one.text for one in group.said} for group in groups]


def test_proposals_that_say_the_same_stand_together_with_their_units() -> None:
    found = grouped(SAID)
    assert sorted(map(sorted, texts(found))) == sorted(
        map(sorted, (set(MONEY), set(TRAINING), set(PRINT), set(SYSTEM)))
    )
    assert found[0].count == 3
    assert found[0].units == ("xa-0", "xa-1", "xa-2")


@lean
@given(st.permutations(SAID))
def test_the_order_of_proposals_makes_no_groups(said: list[Said]) -> None:
    assert grouped(said) == grouped(SAID)


@lean
@given(st.lists(st.sampled_from(SAID)))
def test_no_proposal_is_lost_and_none_stands_twice(said: list[Said]) -> None:
    placed = [one for group in grouped(said) for one in group.said]
    assert sorted(placed, key=str) == sorted(set(said), key=str)


def test_a_unit_that_says_it_twice_counts_once() -> None:
    [group] = grouped([Said("a", MONEY[0]), Said("a", MONEY[0].upper()), Said("b", MONEY[0])])
    assert (group.count, len(group.said)) == (2, 3)


pairs = st.lists(st.tuples(st.sampled_from(EVERY), st.sampled_from(EVERY)), max_size=4)


@lean
@given(pairs, pairs)
def test_what_a_person_put_together_or_took_apart_holds(
    join: list[tuple[str, str]], part: list[tuple[str, str]]
) -> None:
    joined = [(name_of(a), name_of(b)) for a, b in join]
    parted = [(name_of(a), name_of(b)) for a, b in part]
    home = {name: at for at, group in enumerate(grouped(SAID, joined, parted)) for name in group.names}
    assert all(home[a] != home[b] for a, b in parted if a != b)
    if not parted:
        assert all(home[a] == home[b] for a, b in joined)
