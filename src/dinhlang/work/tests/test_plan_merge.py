"""Two people edit one plan: nothing that either wrote is lost."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dinhlang.work.plan_merge import FIELDS, Clash, changes, merge
from dinhlang.work.plan_values import Row

A, B, C = Row("Một", lead="Văn phòng", task=1), Row("Hai", task=2), Row("Ba", task=3)
BASE = (A, B, C)


def test_changes_of_different_cells_are_both_kept() -> None:
    mine = (replace(A, text="Một mới"), B, C)
    theirs = (replace(A, lead="Phòng Văn hóa – Xã hội"), B, C)
    merged = merge(BASE, mine, theirs)
    assert merged.rows == (replace(A, text="Một mới", lead="Phòng Văn hóa – Xã hội"), B, C)
    assert merged.clashes == ()


def test_a_cell_that_both_changed_keeps_mine_and_tells_theirs() -> None:
    merged = merge(BASE, (replace(A, text="của tôi"), B, C), (replace(A, text="của bạn"), B, C))
    assert merged.rows[0].text == "của tôi"
    assert merged.clashes == (Clash(0, "text", "của bạn"),)


def test_rows_that_either_added_are_there() -> None:
    mine, theirs = Row("thêm của tôi"), Row("thêm của bạn", task=4)
    merged = merge(BASE, (A, mine, B, C), (A, B, theirs, C))
    assert [row.text for row in merged.rows] == ["Một", "thêm của tôi", "Hai", "thêm của bạn", "Ba"]


def test_a_row_they_removed_goes_unless_i_had_changed_it() -> None:
    assert [row.text for row in merge(BASE, BASE, (A, C)).rows] == ["Một", "Ba"]
    merged = merge(BASE, (A, replace(B, text="Hai mới"), C), (A, C))
    assert [(row.text, row.task) for row in merged.rows] == [("Một", 1), ("Hai mới", None), ("Ba", 3)]
    assert [(clash.at, clash.field) for clash in merged.clashes] == [(1, "text")]


def test_a_row_i_removed_comes_back_when_they_had_changed_it() -> None:
    assert merge(BASE, (A, C), BASE).rows == (A, C)
    merged = merge(BASE, (A, C), (A, replace(B, text="Hai mới"), C))
    assert [row.text for row in merged.rows] == ["Một", "Hai mới", "Ba"]
    assert [clash.at for clash in merged.clashes] == [1]


def test_changes_are_told_as_sentences() -> None:
    after = (replace(A, ordinal="1", lead="Trạm y tế"), C, Row("Bốn"))
    assert [change.words for change in changes(BASE, after)] == [
        "nhiệm vụ 1, stt: “—” thành “1”",
        "nhiệm vụ 1, chủ trì: “Văn phòng” thành “Trạm y tế”",
        "thêm nhiệm vụ 3: “Bốn”",
        "xóa nhiệm vụ 2: “Hai”",
    ]


def test_rhythm_and_kinds_are_told_in_words() -> None:
    [rhythm, kinds] = changes((A,), (replace(A, watch_months=3, expected_kinds=("radio",)),))
    assert rhythm.words == "nhiệm vụ 1, nhịp theo dõi: “—” thành “3 tháng”"
    assert kinds.words.endswith("“—” thành “Đài truyền thanh cấp xã”")


# --- laws -----------------------------------------------------------------------------------------

words = st.sampled_from(["a", "b", "c"])
bases = st.lists(st.builds(Row, words, lead=words), max_size=4).map(
    lambda rows: tuple(replace(row, task=at) for at, row in enumerate(rows, 1))
)


@st.composite
def edited(draw: st.DrawFn, base: tuple[Row, ...], first_new: int | None) -> tuple[Row, ...]:
    """The rows after someone changed, removed and added some. New rows of another person are stored already."""
    rows = [
        replace(row, text=draw(words), lead=draw(words)) if draw(st.booleans()) else row
        for row in base
        if draw(st.integers(0, 3))
    ]
    for number in range(draw(st.integers(0, 2))):
        task = None if first_new is None else first_new + number
        rows.insert(draw(st.integers(0, len(rows))), Row(draw(words), task=task))
    return tuple(rows)


@given(bases, st.data())
def test_with_nobody_else_my_rows_stand(base: tuple[Row, ...], data: st.DataObject) -> None:
    mine = data.draw(edited(base, None))
    assert merge(base, mine, base).rows == mine


@given(bases, st.data())
def test_when_i_changed_nothing_theirs_stand(base: tuple[Row, ...], data: st.DataObject) -> None:
    theirs = data.draw(edited(base, 100))
    merged = merge(base, base, theirs)
    assert sorted(merged.rows, key=lambda row: row.task or 0) == sorted(theirs, key=lambda row: row.task or 0)
    assert merged.clashes == ()


@given(bases, st.data())
def test_nothing_that_anybody_wrote_is_lost(base: tuple[Row, ...], data: st.DataObject) -> None:
    mine, theirs = data.draw(edited(base, None)), data.draw(edited(base, 100))
    merged = merge(base, mine, theirs)
    were = {row.task: row for row in base}
    told = {(clash.at, clash.field) for clash in merged.clashes}
    assert sum(row.task is None for row in merged.rows) >= sum(row.task is None for row in mine)
    at = {row.task: index for index, row in enumerate(merged.rows)}
    for row in theirs:
        was = were.get(row.task)
        if was == row:
            continue
        index = at[row.task]
        for field in FIELDS:
            if was is None or getattr(row, field) != getattr(was, field):
                assert getattr(merged.rows[index], field) == getattr(row, field) or (index, field) in told
