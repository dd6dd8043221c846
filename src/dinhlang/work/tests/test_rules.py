"""What is true of lines, figures and tasks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work import rules
from dinhlang.work.rules import Count, Life, Line, NotRecordable, Span, State

ON = date(2023, 7, 20)
LIFE = Life("xã Bến Trúc", date(2020, 1, 1), date(2025, 7, 1))
LINE = Line(
    uid=UUID(int=7),
    unit="ben-truc",
    kind="website",
    happened_on=date(2023, 7, 19),
    title="Công khai kết quả Chỉ số CCHC",
    measures={"articles": Count(1), "posts": Count(2)},
)


def check(**changes: object) -> None:
    rules.check_line(replace(LINE, **changes), on=ON, life=LIFE)


def refusal(**changes: object) -> tuple[str, str]:
    with pytest.raises(NotRecordable) as refused:
        check(**changes)
    return refused.value.field, str(refused.value)


def test_a_sound_line_passes() -> None:
    check()


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"happened_on": date(2023, 7, 21)}, "happened_on", "tương lai"),
        ({"happened_on": date(1999, 12, 31)}, "happened_on", "kiểm tra lại năm"),
        ({"happened_on": date(2019, 12, 31)}, "happened_on", "thành lập ngày 01/01/2020"),
        ({"kind": "fax"}, "kind", "không có loại hoạt động “fax”"),
        ({"title": ""}, "title", "chưa có nội dung"),
        ({"title": "a" * 501}, "title", "tối đa 500"),
        ({"basis": "x"}, "basis", "căn cứ đếm"),
        ({"reform_field": "x"}, "reform_field", "lĩnh vực"),
        ({"measures": {}}, "measures", "Tin, bài về cải cách hành chính"),
        ({"measures": {"broadcasts": Count(1)}}, "broadcasts", "không đếm chỉ tiêu “Lượt phát thanh”"),
        ({"measures": {"nonsense": Count(1)}}, "nonsense", "không có chỉ tiêu"),
        ({"measures": {"online_share": Count(1)}}, "online_share", "không đếm"),
        ({"measures": {"articles": Count(-1)}}, "articles", "số âm"),
        ({"measures": {"articles": Count(10**12)}}, "articles", "quá lớn"),
        ({"measures": {"articles": Count(1, "chắc là")}}, "articles", "độ chính xác"),
    ],
)
def test_an_unsound_line_is_refused_at_its_field(changes: dict[str, object], field: str, said: str) -> None:
    found, message = refusal(**changes)
    assert found == field
    assert said in message


def test_a_unit_that_had_ceased_on_the_day_records_nothing() -> None:
    late = date(2025, 7, 1)
    with pytest.raises(
        NotRecordable, match=r"xã Bến Trúc đã kết thúc hoạt động từ ngày 01/7/2025.*đơn vị kế thừa"
    ):
        rules.check_line(replace(LINE, happened_on=late), on=late, life=LIFE)
    rules.check_line(replace(LINE, happened_on=late - timedelta(days=1)), on=late, life=LIFE)


@pytest.mark.parametrize(
    "changes",
    [
        {"uid": UUID(int=8)},
        {"unit": "ben-dua"},
        {"kind": "radio"},
        {"happened_on": date(2023, 7, 18)},
        {"title": "Công khai kết quả"},
        {"task": 3},
        {"reform_field": "thu-tuc"},
        {"basis": "so"},
        {"note": "x"},
        {"measures": {"articles": Count(1)}},
        {"measures": {"articles": Count(1), "posts": Count(3)}},
        {"measures": {"articles": Count(1), "posts": Count(2, "hơn")}},
    ],
)
def test_the_hash_changes_with_every_part_of_the_content(changes: dict[str, object]) -> None:
    assert rules.line_hash(replace(LINE, **changes)) != rules.line_hash(LINE)


def test_the_hash_does_not_know_the_order_of_counters_and_stays_the_same_for_good() -> None:
    turned = replace(LINE, measures=dict(reversed(list(LINE.measures.items()))))
    assert rules.line_hash(turned) == rules.line_hash(LINE)
    # Issued reports pin it: it must be the same in every later version.
    assert rules.line_hash(LINE) == "1f45ce14731def2945eda22d019a8e0cde9bb5d3bb1c615ed0a64ec5d7d18c09"


def test_text_is_nfc_without_control_characters() -> None:
    assert rules.clean("to\u0300a\tnhà\x00\r\n") == "tòa nhà"
    assert rules.clean_note("một\r\n\r\n hai \n") == "một\nhai"


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "ftp://a.vn", "a.vn", "https://a.vn/ b", "http://[", "data:x"]
)
def test_only_web_addresses_are_links(url: str) -> None:
    with pytest.raises(NotRecordable, match="không phải đường dẫn"):
        rules.check_link(url)


def test_a_web_address_is_a_link() -> None:
    assert rules.check_link(" https://bentruc.example.vn/bai/1 ") == "https://bentruc.example.vn/bai/1"


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "joint"),
    [
        ([], ""),
        (["", ""], ""),
        (["hơn", ""], "hơn"),
        (["gần", "gần"], "gần"),
        (["hơn", "trên", "ít nhất"], "hơn"),
        (["hơn", "gần"], "khoảng"),
        (["khoảng", "trên"], "khoảng"),
    ],
)
def test_a_sum_is_as_exact_as_its_parts_allow(words: list[str], joint: str) -> None:
    assert rules.joint_exactness(words) == joint


@pytest.mark.parametrize(
    ("top", "bottom", "share"),
    [(2255, 3718, 60.65), (0, 5, 0.0), (0, 0, None), (None, 5, None), (5, None, None), (214, 2265, 9.45)],
)
def test_a_share_without_a_base_is_unknown(top: int | None, bottom: int | None, share: float | None) -> None:
    assert rules.share(top, bottom) == share


# --- tasks ----------------------------------------------------------------------------------------

MARCH = Span(date(2023, 3, 1), date(2023, 3, 31), date(2023, 3, 31))
WATCH = replace(MARCH, is_watch=True)
ONLY = replace(MARCH, is_only=True)


@pytest.mark.parametrize(
    ("span", "days", "on", "state"),
    [
        (MARCH, [], date(2023, 2, 28), State.UPCOMING),
        (MARCH, [], date(2023, 3, 31), State.OPEN),
        (MARCH, [], date(2023, 4, 1), State.LATE),
        (MARCH, [date(2023, 3, 31)], date(2023, 4, 1), State.DONE),
        (MARCH, [date(2023, 3, 20)], date(2023, 3, 19), State.OPEN),
        (MARCH, [date(2023, 4, 2)], date(2023, 5, 1), State.LATE),
        (ONLY, [date(2023, 4, 2)], date(2023, 5, 1), State.DONE_LATE),
        (ONLY, [date(2023, 2, 2)], date(2023, 5, 1), State.LATE),
        (replace(MARCH, needed=2), [date(2023, 3, 2)], date(2023, 4, 1), State.LATE),
        (replace(MARCH, needed=2), [date(2023, 3, 2), date(2023, 3, 2)], date(2023, 4, 1), State.DONE),
        (WATCH, [], date(2023, 3, 31), State.OPEN),
        (WATCH, [], date(2023, 4, 1), State.GAP),
        (WATCH, [date(2023, 3, 1)], date(2023, 3, 1), State.DONE),
    ],
)
def test_an_occurrence_stands_where_its_evidence_puts_it(
    span: Span, days: list[date], on: date, state: State
) -> None:
    assert rules.occurrence_state(span, days, on=on) is state


@pytest.mark.parametrize(
    ("states", "completed"),
    [
        ([], None),
        ([State.UPCOMING], None),
        ([State.OPEN, State.UPCOMING], False),
        ([State.DONE, State.OPEN, State.UPCOMING], True),
        ([State.DONE, State.GAP, State.OPEN], False),
        ([State.DONE_LATE], True),
        ([State.DONE, State.LATE], False),
    ],
)
def test_a_task_is_completed_when_everything_due_was_done(
    states: list[State], completed: bool | None
) -> None:
    assert rules.is_completed(states) is completed


def test_every_state_has_a_name_for_people() -> None:
    assert all(state.label for state in State)


@given(
    st.lists(st.dates(date(2023, 1, 1), date(2023, 12, 31))).map(sorted),
    st.dates(date(2023, 1, 1), date(2023, 12, 31)),
)
def test_more_evidence_never_undoes_an_occurrence(days: list[date], on: date) -> None:
    if rules.occurrence_state(MARCH, days, on=on) is State.DONE:
        assert rules.occurrence_state(MARCH, sorted([*days, date(2023, 3, 15)]), on=on) is State.DONE
