"""Laws of editing: a figure always says what the fold says, a person's words are never lost, every step can be undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Paragraph, Role, Table
from dinhlang.reports import editing
from dinhlang.reports.editing import Draft, Origin, Piece
from dinhlang.reports.passages import TOKEN, Grid, Passage, Text, tokens

FIGURES = ("articles", "articles_same", "broadcasts", "lines_radio")
WORDS = st.lists(
    st.sampled_from(
        ["Xã", "đã", "đăng", "tin, bài", "phát thanh", "năm", "hộ dân", *(f"[[{f}]]" for f in FIGURES)]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
TEXTS = st.builds(
    lambda role, words, level: Text(role, words, level if role is Role.HEADING else level % 3 and 1),
    st.sampled_from([Role.HEADING, Role.BODY, Role.BODY, Role.ITEM]),
    WORDS,
    st.integers(1, 4),
)
GRIDS = st.lists(st.tuples(st.just("1"), WORDS, WORDS), min_size=1, max_size=3).map(
    lambda rows: Grid(("STT", "Chỉ tiêu", "Kỳ này"), tuple(rows))
)
OUTLINES = st.lists(TEXTS | GRIDS, max_size=8)
PRINTED = st.fixed_dictionaries({name: st.sampled_from(["1", "36", "hơn 3.500", "…"]) for name in FIGURES})
# A person's words hold a mark that no outline writes, so that they can be found again.
OWN = WORDS.map(lambda words: f"của tôi {words}")


def drawn(passages: list[Passage], version: int = 0) -> Draft:
    head = tuple(Piece(key, Text(Role.BODY, f"phần {key}")) for key in editing.HEAD_KEYS)
    closing = Piece("end", Text(Role.BODY, "Trên đây là báo cáo."), closing=True)
    body = tuple(Piece(f"p{number}", passage) for number, passage in enumerate(passages))
    return Draft(head, (*body, closing), version)


@st.composite
def edited(draw: st.DrawFn) -> tuple[Draft, Draft]:
    """A draft before and after some acts of a person."""
    before = now = drawn(draw(OUTLINES))
    for number in range(draw(st.integers(0, 5))):
        piece = draw(st.sampled_from(list(now.body)))
        act = draw(st.sampled_from(["replace", "insert", "remove", "restore"]))
        if act == "replace" and isinstance(piece.block, Text):
            block = replace(piece.block, words=draw(OWN))
            now = editing.replace(now, piece.key, block, seen=now.version)
        elif act == "insert":
            block = Text(Role.BODY, draw(OWN))
            now = editing.insert(now, f"n{number}", block, after=draw(st.sampled_from([piece.key, None])))
        elif act == "remove":
            now = editing.remove(now, piece.key, seen=now.version)
        elif act == "restore":
            now = editing.restore(now, piece.key)
    return before, now


def redrawn(draft: Draft, passages: list[Passage]) -> Draft:
    numbers = count()
    return editing.merge(draft, drawn(passages), lambda: f"r{draft.version}-{next(numbers)}")


@given(edited(), PRINTED)
def test_every_figure_of_the_document_says_what_the_fold_says(
    acts: tuple[Draft, Draft], printed: dict[str, str]
) -> None:
    _, draft = acts
    composed = editing.compose(draft, printed)
    seen = []
    tables = [block for _, block in composed.blocks if isinstance(block, Table)]
    for _, block in composed.blocks:
        if isinstance(block, Paragraph):
            for run in block.runs:
                assert "[[" not in run.text
                if run.fact:
                    assert run.text == printed[composed.placed[run.fact]]
                    seen.append(run.fact)
    for anchor, cell in composed.cells.items():
        lines = (tables[cell.table].header, *tables[cell.table].rows)
        assert printed[composed.placed[anchor]] in lines[cell.row][cell.column]
        seen.append(anchor)
    assert sorted(seen) == sorted(composed.placed)
    assert len(set(seen)) == len(seen)


@given(edited(), PRINTED)
def test_no_figure_of_a_printed_piece_is_left_out(acts: tuple[Draft, Draft], printed: dict[str, str]) -> None:
    _, draft = acts
    composed = editing.compose(draft, printed)
    shown = {key for key, _ in composed.blocks}
    wanted = Counter(name for piece in draft.body if piece.key in shown for name in tokens(piece.block))
    assert Counter(composed.placed.values()) == wanted
    left_out = {piece.key for piece in draft.body if not piece.removed} - shown
    assert all(draft.find(key).is_heading for key in left_out)  # type: ignore[union-attr]


@given(edited())
def test_what_was_lost_by_an_edit_is_told(acts: tuple[Draft, Draft]) -> None:
    before, now = acts

    def shown(draft: Draft) -> Counter[str]:
        return Counter(name for piece in draft.pieces if not piece.removed for name in tokens(piece.block))

    assert Counter(editing.lost(before, now)) == shown(before) - shown(now)


@given(edited(), OUTLINES)
def test_redrawing_keeps_every_word_a_person_wrote(
    acts: tuple[Draft, Draft], passages: list[Passage]
) -> None:
    _, draft = acts
    again = redrawn(draft, passages)
    own = Counter(
        piece.block
        for piece in draft.body
        if piece.origin in {Origin.EDITED, Origin.ADDED} and not piece.removed
    )
    kept = Counter(piece.block for piece in again.body if not piece.removed)
    assert not own - kept


@given(edited(), OUTLINES)
def test_redrawing_writes_the_rest_as_the_outline_says(
    acts: tuple[Draft, Draft], passages: list[Passage]
) -> None:
    """Each passage of the outline stands in the draft, or is what a person was asked about, edited or removed."""
    _, draft = acts
    again = redrawn(draft, passages)
    said = Counter(
        piece.theirs or piece.base or piece.block
        for piece in again.body
        if piece.origin in {Origin.OUTLINE, Origin.EDITED} and not piece.gone
    )
    assert said == Counter([*passages, Text(Role.BODY, "Trên đây là báo cáo.")])


@given(edited())
def test_redrawing_without_a_change_changes_nothing(acts: tuple[Draft, Draft]) -> None:
    before, draft = acts
    again = redrawn(draft, [piece.block for piece in before.body if not piece.closing])
    removed = {Origin.ADDED, Origin.REUSED}
    assert [(p.block, p.origin, p.removed) for p in again.body] == [
        (p.block, p.origin, p.removed) for p in draft.body if not (p.removed and p.origin in removed)
    ]
    assert not again.conflicts


@given(edited(), OUTLINES)
def test_every_key_stands_once(acts: tuple[Draft, Draft], passages: list[Passage]) -> None:
    again = redrawn(acts[1], passages)
    keys = [piece.key for piece in again.pieces]
    assert len(keys) == len(set(keys))


@given(edited(), OUTLINES)
def test_every_step_can_be_undone(acts: tuple[Draft, Draft], passages: list[Passage]) -> None:
    before, now = acts
    again = redrawn(now, passages)
    assert editing.undo(now, editing.delta(before, now)) == before
    assert editing.undo(again, editing.delta(now, again)) == now
    assert editing.undo(editing.undo(again, editing.delta(now, again)), editing.delta(before, now)) == before


@given(edited())
def test_a_draft_brought_back_is_a_new_version_with_the_old_words(acts: tuple[Draft, Draft]) -> None:
    before, now = acts
    back = editing.stamped(now, before)
    assert back.version == now.version + 1
    assert [piece.content for piece in back.body] == [piece.content for piece in before.body]


@given(edited(), OUTLINES)
def test_a_draft_goes_through_json(acts: tuple[Draft, Draft], passages: list[Passage]) -> None:
    for draft in (*acts, redrawn(acts[1], passages)):
        assert editing.from_json(editing.to_json(draft)) == draft


# --- one by one -----------------------------------------------------------------------------------

SENTENCE = Text(Role.BODY, "Xã đã đăng [[articles]] tin, bài.")


def test_an_edited_paragraph_stays_and_its_figure_is_new() -> None:
    draft = editing.replace(
        drawn([SENTENCE]), "p0", Text(Role.BODY, "Cả xã đăng được [[articles]] tin."), seen=0
    )
    again = redrawn(draft, [SENTENCE, Text(Role.BODY, "Đoạn mới.")])
    blocks = [block.text for _, block in editing.compose(again, {"articles": "41"}).blocks]  # type: ignore[union-attr]
    assert blocks == ["Cả xã đăng được 41 tin.", "Đoạn mới.", "Trên đây là báo cáo."]
    assert not again.conflicts


def test_where_outline_and_person_both_changed_a_paragraph_both_are_kept() -> None:
    mine = Text(Role.BODY, "Cả xã đăng được [[articles]] tin.")
    theirs = Text(Role.BODY, "Xã đã đăng [[articles]] tin, bài, tăng 5% so với cùng kỳ.")
    again = redrawn(editing.replace(drawn([SENTENCE]), "p0", mine, seen=0), [theirs])
    piece = again.find("p0")
    assert piece is not None
    assert (piece.block, piece.base, piece.theirs) == (mine, SENTENCE, theirs)
    assert again.conflicts == (piece,)
    kept = editing.settle(again, "p0", keep_mine=True).find("p0")
    taken = editing.settle(again, "p0", keep_mine=False).find("p0")
    assert kept is not None
    assert taken is not None
    assert (kept.block, kept.base, kept.is_in_conflict) == (mine, theirs, False)
    assert (taken.block, taken.origin, taken.is_in_conflict) == (theirs, Origin.OUTLINE, False)


def test_an_edited_paragraph_the_outline_no_longer_has_is_asked_about() -> None:
    mine = Text(Role.BODY, "Cả xã đăng được [[articles]] tin.")
    again = redrawn(editing.replace(drawn([SENTENCE]), "p0", mine, seen=0), [])
    assert [piece.block for piece in again.conflicts] == [mine]
    assert editing.settle(again, "p0", keep_mine=True).find("p0").origin is Origin.ADDED  # type: ignore[union-attr]
    assert editing.settle(again, "p0", keep_mine=False).find("p0").removed  # type: ignore[union-attr]


def test_a_stale_save_is_refused_and_shows_what_stands_there() -> None:
    first = editing.replace(drawn([SENTENCE]), "p0", Text(Role.BODY, "Bản của Minh Họa."), seen=0)
    with pytest.raises(editing.Stale) as stale:
        editing.replace(first, "p0", Text(Role.BODY, "Bản của Mai."), seen=0)
    assert stale.value.piece.block == Text(Role.BODY, "Bản của Minh Họa.")
    assert editing.replace(first, "p0", Text(Role.BODY, "Bản của Minh Họa."), seen=0) == first


def test_a_removed_paragraph_stays_removed_when_the_ledger_is_read_again() -> None:
    draft = editing.remove(drawn([SENTENCE]), "p0", seen=0)
    again = redrawn(draft, [SENTENCE])
    assert again.find("p0").removed  # type: ignore[union-attr]
    assert not again.conflicts


def test_an_added_paragraph_stays_behind_the_one_it_was_written_after() -> None:
    first, second = (
        Text(Role.BODY, "Đoạn một nói về tin bài."),
        Text(Role.ITEM, "Ý hai nói về phát thanh.", 1),
    )
    draft = editing.insert(drawn([first, second]), "n", Text(Role.BODY, "Thêm."), after="p0")
    again = redrawn(draft, [Text(Role.BODY, "Đoạn chen ở trên cùng."), first, second])
    assert [piece.block.words for piece in again.body][:4] == [  # type: ignore[union-attr]
        "Đoạn chen ở trên cùng.",
        "Đoạn một nói về tin bài.",
        "Thêm.",
        "Ý hai nói về phát thanh.",
    ]


def test_cells_a_person_changed_stay_in_the_table_that_is_drawn_again() -> None:
    base = Grid(("STT", "Nhiệm vụ", "Kết quả"), (("1", "Phát thanh", "đang làm"), ("2", "Niêm yết", "xong")))
    mine = replace(base, rows=(base.rows[0], ("2", "Niêm yết", "xong, chờ nghiệm thu")))
    draft = editing.replace(drawn([base]), "p0", mine, seen=0)
    theirs = replace(base, rows=(("1", "Phát thanh", "xong"), *base.rows[1:], ("3", "Tập huấn", "xong")))
    again = redrawn(draft, [theirs])
    assert again.find("p0").block == replace(  # type: ignore[union-attr]
        theirs,
        rows=(
            ("1", "Phát thanh", "xong"),
            ("2", "Niêm yết", "xong, chờ nghiệm thu"),
            ("3", "Tập huấn", "xong"),
        ),
    )
    assert not again.conflicts
    clash = replace(base, rows=(base.rows[0], ("2", "Niêm yết", "quá hạn")))
    assert [piece.theirs for piece in redrawn(draft, [clash]).conflicts] == [clash]


def test_an_empty_heading_is_not_printed_until_something_stands_under_it() -> None:
    draft = drawn([Text(Role.HEADING, "Nguyên nhân", 1), Text(Role.HEADING, "Kiến nghị", 1), SENTENCE])
    composed = editing.compose(draft, {})
    assert composed.empty == {"p0": "Nguyên nhân"}
    assert next(block.number for _, block in composed.blocks if isinstance(block, Paragraph)) == "I"
    filled = editing.insert(draft, "n", Text(Role.BODY, "Do thiếu kinh phí."), after="p0")
    composed = editing.compose(filled, {})
    assert not composed.empty
    assert [b.number for _, b in composed.blocks if isinstance(b, Paragraph) and b.level] == ["I", "II"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Xã\u200b đã \n đăng  ", "Xã đã đăng"),
        ("Xa\u0303 đăng [[articles]] tin", "Xã đăng [[articles]] tin"),
        ("\ue000 0 \ue001", "0"),
        ("a\0b", "a b"),
    ],
)
def test_what_is_typed_is_kept_on_one_line_without_unseen_characters(typed: str, kept: str) -> None:
    assert editing.words_from(typed, FIGURES) == kept


@pytest.mark.parametrize(
    ("typed", "told"),
    [("[[khong_co]]", "Không có số liệu"), ("[[articles", "chỉ dùng để đặt"), ("x" * 7000, "quá 6000")],
)
def test_what_cannot_stand_in_a_draft_is_refused_with_a_reason(typed: str, told: str) -> None:
    with pytest.raises(editing.BadEdit, match=told.replace("[", r"\[")):
        editing.words_from(typed, FIGURES)


@given(st.text(max_size=60))
def test_any_text_is_kept_or_refused(typed: str) -> None:
    try:
        words = editing.words_from(typed, FIGURES)
    except editing.BadEdit:
        return
    assert set(TOKEN.findall(words)) <= set(FIGURES)
    assert editing.words_from(words, FIGURES) == words


@pytest.mark.parametrize("key", ["subject", "khong-co"])
def test_what_must_stand_in_a_report_cannot_be_removed(key: str) -> None:
    with pytest.raises(editing.BadEdit):
        editing.remove(drawn([]), key, seen=0)


def test_a_paragraph_sent_twice_is_added_once() -> None:
    once = editing.insert(drawn([SENTENCE]), "n", Text(Role.BODY, "Thêm."), after="p0")
    assert editing.insert(once, "n", Text(Role.BODY, "Thêm."), after="p0") == once
