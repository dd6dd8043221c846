"""Every value that was read can be shown where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import PartialDate, Span
from dinhlang.officialdoc.read import Places, read, text_of

SEEDS = Path(__file__).parents[4] / "../shared/seeds"
NAM_TRUNG = (SEEDS / "004_5dacbcb6e866faa1.txt").read_bytes()
CELLS = ("ordinal", "task", "product", "lead", "cooperating", "schedule")


def shown(text: str, spans: tuple[Span, ...]) -> str:
    lines = text.split("\n")
    return " ".join(lines[span.line - 1][span.column - 1 : span.end_column - 1] for span in spans)


def test_each_cell_of_a_real_plan_shows_its_own_words_and_no_others() -> None:
    text = text_of(NAM_TRUNG, "004.txt")
    tasks = read(NAM_TRUNG, "004.txt").tasks
    assert len(tasks) == 7
    for task in tasks:
        for name in CELLS:
            value = getattr(task, name)
            value = value.text if name == "schedule" else value
            if value is not None:
                assert shown(text, task.spans_of(name)) == value


def test_cells_side_by_side_are_told_apart_line_by_line() -> None:
    text = """KẾ HOẠCH
Tuyên truyền năm 2026

I. NỘI DUNG

Nội dung như sau.

PHỤ LỤC

STT  Nhiệm vụ                    Cơ quan chủ trì       Thời gian
1    Phát thanh chuyên mục       Đài truyền thanh      Mỗi tháng 01 kỳ
     cải cách hành chính         xã
2    Niêm yết thủ tục            Văn phòng UBND xã     Thường xuyên
"""
    first, second = read(text.encode(), "a.txt").tasks
    assert shown(text, first.spans_of("task")) == "Phát thanh chuyên mục cải cách hành chính"
    assert shown(text, first.spans_of("lead")) == "Đài truyền thanh xã"
    assert shown(text, second.spans_of("schedule")) == "Thường xuyên"


def test_a_cell_that_is_not_there_shows_its_row() -> None:
    task = read(NAM_TRUNG, "004.txt").tasks[0]
    assert task.cooperating is None
    assert task.spans_of("cooperating") == (task.span,)


def test_the_head_is_found_even_in_the_note_of_an_appendix() -> None:
    places = Places(text := text_of(NAM_TRUNG, "004.txt"))
    document = read(NAM_TRUNG, "004.txt")
    assert shown(text, places.of_number(None)).split() == ["số", "/KH-UBND"]
    assert "tháng 02 năm 2023" in shown(text, places.of_date(document.date))
    assert shown(text, places.of_words(document.subject or "")) == document.subject
    assert [shown(text, places.of_span(one.span))[:12] for one in document.references if one.span] == [
        "Nghị quyết s",
        "Chỉ thị số 2",
        "Kế hoạch số ",
        "Kế hoạch số ",
        "Kế hoạch số ",
    ]


def test_the_number_of_the_document_is_not_that_of_one_it_cites() -> None:
    text = "Thực hiện Kế hoạch số 12/KH-UBND.\nSố: 04/KH-UBND\n"
    assert shown(text, Places(text).of_number("04")) == "Số: 04/KH-UBND"
    assert Places(text).of_number("05") == ()
    assert Places(text).of_date(PartialDate(1, 2, 2023)) == ()


@pytest.mark.parametrize("words", ["", "   ", "không có"])
def test_words_that_do_not_stand_there_have_no_place(words: str) -> None:
    assert Places("một hai\nba").of_words(words) == ()


@given(st.lists(st.text(alphabet="abc đê", min_size=1, max_size=6), min_size=1, max_size=8), st.data())
def test_any_words_of_a_text_are_found_where_they_are(lines: list[str], data: st.DataObject) -> None:
    text = "\n".join(lines)
    words = text.split()
    if not words:
        return
    first = data.draw(st.integers(0, len(words) - 1))
    wanted = " ".join(words[first : data.draw(st.integers(first + 1, len(words)))])
    # The place holds the words as they stand, two spaces between them too.
    assert " ".join(shown(text, Places(text).of_words(wanted)).split()) == wanted
