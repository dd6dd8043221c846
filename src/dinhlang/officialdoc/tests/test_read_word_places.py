"""From the text of a Word file back to the runs it came from."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.read import word
from dinhlang.officialdoc.tests.wordml import level, lists, numbered, p, package, r, tbl, tr

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def words_at(traced: word.Traced, line: int, column: int, end_column: int) -> list[str]:
    """What the file holds at the places of a span."""
    return [
        "".join(one.text or "" for one in place.run.iter(f"{W}t"))[place.start : place.end]
        for place in traced.places(Span(line, column, line, end_column))
    ]


def place_of(traced: word.Traced, wanted: str) -> tuple[int, int, int]:
    for number, line in enumerate(traced.decoded.text.split("\n"), start=1):
        if wanted in line:
            at = line.index(wanted) + 1
            return number, at, at + len(wanted)
    raise AssertionError(wanted)


def test_a_place_in_the_text_is_known_in_the_file() -> None:
    traced = word.traced(package(p("Một.") + p(r("   Đã tiếp "), r("nhận"), r(" 36 hồ sơ"))))
    assert words_at(traced, *place_of(traced, "nhận 36")) == ["nhận", "36"]
    line, column, end = place_of(traced, "tiếp nhận")
    places = traced.places(Span(line, column, line, end))
    assert [(one.start, one.end) for one in places] == [(6, 10), (0, 4)]
    assert all(one.paragraph is places[0].run.getparent() for one in places)
    assert traced.paragraph(line) == 1


def test_the_number_that_word_prints_has_no_place() -> None:
    traced = word.traced(package(numbered("Nhiệm vụ"), numbering=lists(level(0, "upperRoman", "%1."))))
    assert traced.decoded.text.startswith("I. Nhiệm vụ")
    assert traced.places(Span(1, 1, 1, 3)) == []
    assert words_at(traced, 1, 4, 9) == ["Nhiệm"]


def test_a_cell_is_found_whatever_spaces_were_cut() -> None:
    body = tbl(tr("TT", "Nội dung", "Thời gian"), tr("1", "  Viết   tin | bài ", "Quý  II"))
    traced = word.traced(package(body))
    assert words_at(traced, *place_of(traced, "Quý II")) == ["Quý  II"]
    assert words_at(traced, *place_of(traced, "bài")) == ["bài"]


def test_what_is_deleted_does_not_shift_what_stays() -> None:
    body = p(r("Đăng "), f"<w:del>{r('30')}</w:del>", f"<w:ins>{r('36')}</w:ins>", r(" tin"))
    traced = word.traced(package(body))
    assert words_at(traced, *place_of(traced, "36 tin")) == ["36", "tin"]


def test_letters_written_as_two_characters_are_one_place() -> None:
    traced = word.traced(package(p("Xa\u0303 Tân Tie\u0302\u0301n")))
    assert traced.decoded.text.startswith("Xã Tân Tiến")
    assert words_at(traced, 1, 1, 3) == ["Xa\u0303"]
    assert words_at(traced, *place_of(traced, "Tiến")) == ["Tie\u0302\u0301n"]


def test_a_letter_whose_mark_stands_in_the_next_run_shifts_nothing() -> None:
    traced = word.traced(package(p(r("Xa"), r("\u0303 hội tie\u0302"), r("\u0301n bộ"))))
    assert traced.decoded.text.strip() == "Xã hội tiến bộ"
    assert words_at(traced, *place_of(traced, "hội")) == ["hội"]
    assert words_at(traced, *place_of(traced, "bộ")) == ["bộ"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(st.text("abc ăđ\t|", max_size=8), max_size=4), min_size=1, max_size=4))
def test_every_letter_leads_back_to_itself(paragraphs: list[list[str]]) -> None:
    traced = word.traced(package("".join(p(*(r(text) for text in runs)) for runs in paragraphs)))
    for number, line in enumerate(traced.decoded.text.split("\n"), start=1):
        for column, letter in enumerate(line, start=1):
            if not letter.isspace():
                assert words_at(traced, number, column, column + 1) == [letter]
