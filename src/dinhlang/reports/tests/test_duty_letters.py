"""Letters that ask for a report: who asks, what, by when. Bodies and people are invented, and plainly so."""

from __future__ import annotations

from datetime import date

import pytest

from dinhlang.officialdoc.read import read_with_text
from dinhlang.reports.duties.letter import Letter, letter_of

HEAD = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ

Số: 1234/SNV-CCHC
V/v báo cáo kết quả tuyên truyền cải cách hành chính

Mẫu, ngày 05 tháng 11 năm 2026

Kính gửi: Ủy ban nhân dân các xã, phường.

Thực hiện Kế hoạch số 12/KH-UBND ngày 15/01/2026 của Ủy ban nhân dân tỉnh, Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo kết quả tuyên truyền cải cách hành chính từ đầu năm.

"""
FOOT = """

Nơi nhận:
- Như trên;
- Lưu: VT, CCHC.

GIÁM ĐỐC

Ngô Văn Ví Dụ
"""


def read(sentence: str, head: str = HEAD, received: date = date(2026, 11, 9)) -> Letter:
    text = head + sentence + FOOT
    document, plain = read_with_text(text.encode(), "cong-van.txt")
    return letter_of(document, plain, received)


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2026 để tổng hợp./.", "2026-11-20"),
        ("Đề nghị các đơn vị gửi báo cáo về Sở Nội vụ chậm nhất ngày 20 tháng 11 năm 2026./.", "2026-11-20"),
        ("Báo cáo bằng văn bản gửi trước 17 giờ 00 phút ngày 20/11/2026./.", "2026-11-20"),
        ("Gửi về Sở trước 16h30 thứ Sáu, ngày 20/11/2026 (kèm tệp Word)./.", "2026-11-20"),
        ("Thời hạn gửi báo cáo: trước ngày 20.11.2026./.", "2026-11-20"),
        ("Thời gian gửi báo cáo: ngày 20-11-2026./.", "2026-11-20"),
        ("Báo cáo gửi về Sở Nội vụ trước ngày 20/11 để tổng hợp./.", "2026-11-20"),
        ("Kết quả gửi về Sở Nội vụ trước ngày 10/01 để tổng hợp./.", "2027-01-10"),
        ("Báo cáo gửi Sở Nội vụ muộn nhất vào ngày 20/11/2026./.", "2026-11-20"),
        ("Đề nghị gửi kết quả rà soát đến hết ngày 20/11/2026./.", "2026-11-20"),
        # Counted from receipt on Monday 9/11, five working days on.
        ("Báo cáo gửi trong thời hạn 05 ngày làm việc kể từ ngày nhận được văn bản này./.", "2026-11-16"),
        # From the letter's own day, Thursday 5/11.
        ("Đề nghị báo cáo trong vòng 10 (mười) ngày kể từ ngày ban hành công văn này./.", "2026-11-16"),
        # Broken over two lines, as text from a PDF file is.
        ("Báo cáo gửi về Sở Nội vụ (qua Phòng Cải cách hành chính) trước\nngày 20/11/2026 để tổng hợp./.", "2026-11-20"),
    ],
)  # fmt: skip
def test_the_day_by_which_a_letter_wants_an_answer_is_read(sentence: str, day: str) -> None:
    letter = read(sentence)
    assert letter.dues, "a day is found"
    assert letter.dues[0].value == day
    assert letter.dues[0].quote


@pytest.mark.parametrize(
    "sentence",
    [
        "Đề nghị các đơn vị quan tâm thực hiện./.",
        "Thực hiện Công văn số 31/SNV-CCHC ngày 02/02/2026 của Sở Nội vụ./.",
        "Số liệu tính từ ngày 15/12/2025 đến ngày 14/11/2026./.",
        "Tổng số 36/45 tin, bài đã đăng./.",
    ],
)
def test_dates_of_cited_documents_and_of_figures_are_no_deadlines(sentence: str) -> None:
    assert read(sentence).dues == ()


def test_the_head_of_a_letter_is_proposed_as_a_person_would_write_it() -> None:
    letter = read("Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2026./.")
    assert letter.asker.value == "Sở Nội vụ"
    assert letter.symbol.value == "1234/SNV-CCHC"
    assert letter.dated.value == "2026-11-05"
    assert letter.subject.value == "Báo cáo kết quả tuyên truyền cải cách hành chính"
    assert letter.sent_to.value == "Ủy ban nhân dân các xã, phường"
    assert "đề nghị Ủy ban nhân dân các xã, phường báo cáo" in letter.asks.value


def test_of_two_days_the_one_beside_words_of_sending_comes_first_and_both_are_kept() -> None:
    letter = read(
        "Hội nghị tổ chức xong trước ngày 15/11/2026.\n\nBáo cáo gửi về Sở Nội vụ trước ngày 20/11/2026./."
    )
    assert [one.value for one in letter.dues] == ["2026-11-20", "2026-11-15"]


def test_what_was_read_is_the_same_after_it_was_kept() -> None:
    letter = read("Báo cáo gửi trong 05 ngày làm việc kể từ ngày nhận văn bản./.")
    assert Letter.from_json(letter.to_json()) == letter
    assert "05 ngày làm việc" in letter.dues[0].quote
    assert "ngày nhận 09/11/2026" in letter.dues[0].why


def test_a_text_that_is_no_letter_gives_empty_values_and_no_error() -> None:
    for text in ("", "Chào cả nhà", "ngày 99/99/2026 trước ngày 31/02/2026", "trước " * 5000):
        document, plain = read_with_text(text.encode(), "la.txt")
        assert letter_of(document, plain, date(2026, 11, 9)).dues == ()
