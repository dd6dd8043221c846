"""What is printed for each part, rule by rule (NĐ 30/2020/NĐ-CP, Phụ lục I)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.officialdoc.model import (
    Appendix,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.officialdoc.write import columns, layout, printed
from dinhlang.officialdoc.write.bookmarks import Bookmarks, anchor_of
from dinhlang.officialdoc.write.metrics import width_mm


@pytest.mark.parametrize(
    ("number", "symbol", "line"),
    [
        ("8", "BC-UBND", "Số: 08/BC-UBND"),
        ("08", "BC-UBND", "Số: 08/BC-UBND"),
        ("125", "KH-UBND", "Số: 125/KH-UBND"),
        (None, "BC-UBND", f"Số: {printed.BLANK}/BC-UBND"),
        (None, None, f"Số: {printed.BLANK}/{printed.BLANK}"),
    ],
)
def test_number_line_leaves_a_gap_for_a_blank_number(number, symbol, line):
    assert printed.number_line(Document(number=number, symbol=symbol)) == line


@pytest.mark.parametrize(
    ("date", "line"),
    [
        (PartialDate(8, 2, 2023), "Tái Sơn, ngày 08 tháng 02 năm 2023"),
        (PartialDate(20, 7, 2023), "Tái Sơn, ngày 20 tháng 7 năm 2023"),
        (PartialDate(9, 12, 2023), "Tái Sơn, ngày 09 tháng 12 năm 2023"),
        (PartialDate(None, 2, 2023), "Tái Sơn, ngày \u00a0\u00a0\u00a0\u00a0 tháng 02 năm 2023"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_take_a_zero(date, line):
    assert printed.place_and_date(Document(place="Tái Sơn", date=date)) == line


def test_without_place_and_date_the_line_is_still_there_to_be_filled():
    assert printed.place_and_date(Document()).startswith("ngày \u00a0")


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("Ủy ban nhân dân xã Tái Sơn", ["ỦY BAN NHÂN DÂN", "XÃ TÁI SƠN"]),
        ("UỶ BAN NHÂN DÂN XÃ TÁI SƠN", ["UỶ BAN NHÂN DÂN", "XÃ TÁI SƠN"]),
        ("Hội đồng nhân dân phường Phú Thứ", ["HỘI ĐỒNG NHÂN DÂN", "PHƯỜNG PHÚ THỨ"]),
        ("UBND phường Phú Thứ", ["UBND PHƯỜNG PHÚ THỨ"]),
        (None, []),
    ],
)
def test_the_letterhead_puts_the_place_on_its_own_line(name, lines):
    assert printed.issuer_lines(Issuer(name)) == lines


@pytest.mark.parametrize(
    ("signature", "lines"),
    [
        (
            Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"],
        ),
        (
            Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (Signature(SignatureMode.FOR_HEAD, None, "PHÓ CHỦ TỊCH"), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (Signature(SignatureMode.FOR_HEAD, "CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
        (
            Signature(SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
            ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"],
        ),
        (
            Signature(SignatureMode.BY_AUTHORITY, "CHỦ TỊCH", "TRƯỞNG PHÒNG"),
            ["TUQ. CHỦ TỊCH", "TRƯỞNG PHÒNG"],
        ),
        (Signature(SignatureMode.ACTING, None, "CHỦ TỊCH"), ["Q. CHỦ TỊCH"]),
        (
            Signature(SignatureMode.ACTING, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
            ["TM. ỦY BAN NHÂN DÂN", "Q. CHỦ TỊCH"],
        ),
        (Signature(None, None, "CHỦ TỊCH"), ["CHỦ TỊCH"]),
        (
            Signature(SignatureMode.FOR_HEAD, "ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"),
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        ),
        (None, []),
    ],
)
def test_the_signature_says_in_what_capacity_it_is_given(signature, lines):
    assert printed.signature_lines(signature) == lines


def test_every_capacity_prints_something():
    for mode in SignatureMode:
        assert any(
            text.startswith(f"{mode}.")
            for text in printed.signature_lines(Signature(mode, "UBND xã", "CHỦ TỊCH"))
        )


def test_recipients_end_with_the_file_copy_and_a_full_stop():
    recipients = (
        Recipient("Lưu: VT."),
        Recipient("Sở Nội vụ", "BC"),
        Recipient("  "),
        Recipient("Các thôn;"),
    )
    assert printed.recipient_lines(recipients) == ["- Sở Nội vụ (BC);", "- Các thôn;", "- Lưu: VT."]


@pytest.mark.parametrize(
    ("number", "mark"),
    [
        ("I", "I. "),
        ("1", "1. "),
        ("2.1", "2.1. "),
        ("a", "a) "),
        ("đ", "đ) "),
        ("-", "- "),
        ("+", "+ "),
        (None, ""),
    ],
)
def test_a_mark_gets_its_stop_or_bracket(number, mark):
    assert printed.mark(Paragraph(Role.ITEM, (), 1, number)) == mark


def test_only_a_letter_says_about_what_it_is_under_its_number():
    assert printed.subject_under_number(Document(kind=Kind.LETTER, subject="mời họp")) == "V/v mời họp"
    assert printed.subject_under_number(Document(kind=Kind.LETTER, subject="V/v mời họp")) == "V/v mời họp"
    assert printed.subject_under_number(Document(kind=Kind.REPORT, subject="Kết quả")) == ""


def test_every_kind_of_document_has_a_title_or_is_known_to_have_none():
    assert printed.TITLES.keys() == set(Kind)


def test_several_appendices_are_numbered_in_roman():
    assert printed.appendix_label(Appendix(), 0, 1) == "Phụ lục"
    assert [printed.appendix_label(Appendix(), index, 9) for index in (0, 3, 8)] == [
        "Phụ lục I",
        "Phụ lục IV",
        "Phụ lục IX",
    ]
    assert printed.appendix_label(Appendix(label="Phụ lục V"), 0, 9) == "Phụ lục V"


def test_a_list_under_a_title_and_a_note_of_its_own_is_called_no_appendix():
    attached = Appendix("DANH SÁCH", None, "(Kèm theo Quyết định số 12/QĐ-UBND ngày 04 tháng 8 năm 2026)")
    assert printed.appendix_label(attached, 0, 1) == ""
    assert printed.appendix_label(Appendix("DANH SÁCH"), 0, 1) == "Phụ lục"


def test_every_element_has_a_look_within_the_decree():
    for profile in (layout.DOCUMENT, layout.SLIP):
        assert profile.looks.keys() == set(layout.Element)
        text = profile.looks[layout.Element.BODY]
        assert 13 <= text.size <= 14
        assert text.after >= 6
        assert 1 <= text.line <= 1.5
        assert text.indent in (10, 12.7)
    page = layout.PAGE
    assert (30 <= page.left <= 35, 15 <= page.right <= 20, 20 <= page.top <= 25, 20 <= page.bottom <= 25) == (
        True,
    ) * 4
    assert sum(layout.LETTERHEAD) == sum(layout.FOOT) == page.line()
    assert 1 / 3 <= layout.PARTIAL_RULE <= 1 / 2


def test_the_national_heading_fits_its_half_on_one_line():
    assert width_mm(layout.NATION, layout.LOOKS[layout.Element.NATION].size) < layout.LETTERHEAD[1]


@given(st.lists(st.lists(st.text(max_size=40), max_size=6).map(tuple), max_size=6), st.floats(50, 300))
def test_columns_always_fill_the_line(rows, line_mm):
    drawn = columns.grid(Table(rows[0] if rows else (), tuple(rows[1:])), line_mm)
    if drawn is None:
        assert not any(rows)
        return
    assert sum(drawn.columns.widths) == pytest.approx(line_mm)
    assert all(width > 0 for width in drawn.columns.widths)
    assert {len(row) for row in drawn.rows} <= {drawn.columns.count}


def test_given_shares_are_kept_and_columns_of_numbers_centred():
    drawn = columns.grid(Table(("STT", "Việc"), (("1", "Viết tin"), ("2", "Phát thanh")), (1, 3)), 160)
    assert drawn is not None
    assert drawn.columns.widths == pytest.approx((40, 120))
    assert drawn.columns.centred == (True, False)


@given(st.lists(st.text(min_size=1, max_size=60), max_size=20))
def test_bookmark_names_are_what_word_allows_and_never_repeat(anchors):
    bookmarks = Bookmarks()
    names = [bookmarks.name(anchor) for anchor in anchors]
    assert len({name.lower() for name in names}) == len(names)
    assert all(len(name) <= 40 and name.isascii() and name.replace("_", "a").isalnum() for name in names)


def test_a_plain_anchor_comes_back_from_its_bookmarks():
    bookmarks = Bookmarks()
    names = [bookmarks.name("articles_2023H1") for _ in range(2)]
    assert names == ["fact_articles_2023H1", "fact_articles_2023H1__2"]
    assert [anchor_of(name) for name in names] == ["articles_2023H1"] * 2
    assert anchor_of("_GoBack") is None
