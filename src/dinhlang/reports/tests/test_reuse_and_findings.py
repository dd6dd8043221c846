"""Sentences known again, years left over, figures typed by hand, and fixes that go where they belong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.check import Severity
from dinhlang.officialdoc.model import Role
from dinhlang.reports import findings, library, reuse
from dinhlang.reports.editing import Draft, Origin, Piece
from dinhlang.reports.findings import Remark
from dinhlang.reports.passages import TOKEN, Text

TAI_SON_2023 = (
    "Tuyên truyền về các kết quả, chỉ số CCHC: UBND xã triển khai, yêu cầu các cán bộ, công chức các đơn vị trực thuộc "
    "tuyên truyền phổ biến kết quả các chỉ số CCHC. 6 tháng đầu năm duy trì nâng cao chất lượng chuyên mục CCHC trên "
    "trang thông tin điện tử của xã, đã đăng 36 tin, bài viết về công tác CCHC, chuyển đổi số."
)
EARLIER = [
    reuse.Earlier("2023", 2023, tuple(reuse.sentences(TAI_SON_2023))),
    reuse.Earlier(
        "2022", 2022, ("Việc tuyên truyền công tác cải cách hành chính bằng nhiều hình thức phù hợp.",)
    ),
]


def piece(words: str, origin: Origin = Origin.ADDED, role: Role = Role.BODY) -> Piece:
    return Piece("k", Text(role, words), origin)


def test_a_sentence_taken_over_is_known_with_its_newest_source() -> None:
    text = (
        "Việc tuyên truyền công tác cải cách hành chính bằng nhiều hình thức phù hợp. "
        "Đoạn này hoàn toàn mới, nói về buổi họp tổ dân phố đầu tháng ba vừa qua."
    )
    found = reuse.reused(text, EARLIER)
    assert [(one.label, one.is_exact) for one in found] == [("2022", True)]


def test_another_number_in_it_makes_no_new_sentence() -> None:
    text = (
        "6 tháng đầu năm duy trì nâng cao chất lượng chuyên mục CCHC trên trang thông tin điện tử của xã, "
        "đã đăng [[articles]] tin, bài viết về công tác CCHC, chuyển đổi số."
    )
    assert [one.year for one in reuse.reused(text, EARLIER)] == [2023]


@pytest.mark.parametrize(
    ("sentence", "stale"),
    [
        ("Kết quả tuyên truyền năm 2022 đạt yêu cầu.", (2022,)),
        ("Thực hiện trong Quý I/2022 và năm 2023.", (2022,)),
        ("Thực hiện Kế hoạch số 52/KH-UBND ngày 04 tháng 3 năm 2022 của UBND huyện.", ()),
        ("Chương trình giai đoạn 2021-2030 theo Nghị quyết 76/NQ-CP ngày 15/7/2021.", ()),
        ("Phương hướng năm 2024.", ()),
    ],
)
def test_years_left_over_are_those_of_periods_not_of_documents(sentence: str, stale: tuple[int, ...]) -> None:
    assert reuse.stale_years(sentence, 2023) == stale


@given(st.text(max_size=300))
def test_any_text_has_sentences(text: str) -> None:
    for sentence in reuse.sentences(text):
        assert len(sentence.strip()) == len(sentence)
        assert sentence in " ".join(text.split())


def test_what_was_compared_is_not_compared_again() -> None:
    draft = Draft((), (piece(EARLIER[1].sentences[0]),))
    asked = []

    def load() -> list[reuse.Earlier]:
        asked.append(1)
        return EARLIER

    known = reuse.found_in(draft, {}, "1/1", load)
    assert reuse.found_in(draft, known, "1/1", load) == known
    assert len(asked) == 1
    reuse.found_in(draft, known, "2/1", load)
    assert len(asked) == 2
    found = reuse.in_piece(draft.body[0], known, 2024)
    assert [(one.year, one.stale) for one in found] == [(2022, ())]


@pytest.mark.parametrize(
    ("words", "typed"),
    [
        ("Cả xã có 35 tin, bài, đạt 98,5% kế hoạch.", ["35", "98,5"]),
        ("Đã treo [[banners]] chiếc, phát 1.234 tờ rơi.", ["1.234"]),
        ("Kế hoạch số 25/KH-UBND ngày 08 tháng 2 năm 2023; 6 tháng đầu năm 2023.", []),
        ("Theo Điều 5 Nghị định 30/2020/NĐ-CP, dịch vụ công mức độ 4.", []),
        ("Không có số nào.", []),
    ],
)
def test_figures_typed_by_hand_are_told_dates_and_documents_are_not(words: str, typed: list[str]) -> None:
    found = findings.typed_figures(piece(words))
    assert [words[start:end] for start, end in found] == typed
    assert findings.typed_figures(piece(words, Origin.OUTLINE)) == []
    assert findings.typed_figures(piece(words, role=Role.HEADING)) == []


@given(st.text(st.sampled_from("a 1[]_,.%số"), max_size=80))
def test_typed_figures_are_places_of_digits_outside_tokens(words: str) -> None:
    for start, end in findings.typed_figures(piece(words)):
        assert words[start].isdigit()
        assert not any(found.start() < end and start < found.end() for found in TOKEN.finditer(words))


def remark(start: int, end: int, quote: str, fix: str | None) -> Remark:
    return Remark("DL401", Severity.ERROR, "sai", quote, "k", fix, None, start, end)


def test_a_fix_goes_to_its_place_behind_a_figure_and_never_into_one() -> None:
    words = "Có [[articles]] tin tuyền truyền, tuyền truyền."
    shown = {"articles": "1.234"}
    printed = "Có 1.234 tin tuyền truyền, tuyền truyền."
    second = printed.rindex("tuyền truyền")
    mended = findings.mended(words, shown, remark(second, second + 12, "tuyền truyền", "tuyên truyền"))
    assert mended == "Có [[articles]] tin tuyền truyền, tuyên truyền."
    assert findings.mended(words, shown, remark(3, 8, "1.234", "1234")) is None
    assert findings.mended(words, shown, remark(0, 2, "Cò", "Có")) is None
    assert findings.mended(words, shown, remark(0, 2, "Có", None)) is None


def test_every_shipped_sentence_names_figures_there_are_and_a_part_there_is() -> None:
    assert len(library.shipped()) > 25
    for block in library.shipped().values():
        assert block.section in library.SECTIONS
        assert set(TOKEN.findall(block.text)) <= library.FIGURES
        assert block.text.endswith(".")
        assert not findings.typed_figures(piece(block.text)), block.text
    assert {block.section for block in library.shipped().values()} == set(library.SECTIONS)


@pytest.mark.parametrize(
    ("headings", "section"),
    [
        (["Đánh giá chung", "Nguyên nhân"], "nguyen-nhan"),
        (["Phương hướng, nhiệm vụ 6 tháng cuối năm 2023"], "phuong-huong"),
        (["Kết quả thực hiện", "Thống kê lượng tin, bài"], "ket-qua"),
        (["Phần khác"], ""),
        ([], ""),
    ],
)
def test_a_heading_says_which_part_of_a_report_it_opens(headings: list[str], section: str) -> None:
    assert library.section_of(headings) == section
