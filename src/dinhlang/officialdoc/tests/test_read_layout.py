"""Lines, columns and tables of a page, from words and rules drawn by hand."""

from __future__ import annotations

from dinhlang.officialdoc.read.layout import text_of
from dinhlang.officialdoc.read.pages.page import Page, Rule, Word


def words(text: str, x: float, base: float, size: float = 12.0, bold: bool = False) -> list[Word]:
    """A line of words, each letter half as wide as high."""
    found = []
    for word in text.split():
        width = len(word) * size / 2
        found.append(Word(word, x, base - 0.9 * size, x + width, base + 0.2 * size, base, size, bold))
        x += width + 0.25 * size
    return found


def table(xs: list[float], ys: list[float]) -> list[Rule]:
    return [Rule(xs[0], y, xs[-1], y) for y in ys] + [Rule(x, ys[0], x, ys[-1]) for x in xs]


def test_a_national_heading_broken_by_a_narrow_column_is_one_line() -> None:
    page = Page(
        1,
        595,
        842,
        [
            *words("UBND XÃ THỬ", 90, 70),
            *words("CỘNG HÒA XÃ HỘI CHỦ", 330, 70),
            *words("NGHĨA VIỆT NAM", 350, 86),
            *words("Thử, ngày 03 tháng 01 năm", 330, 110),
            *words("2024", 400, 126),
        ],
    )
    text, _ = text_of([page])
    assert text.splitlines() == [
        "UBND XÃ THỬ",
        "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Thử, ngày 03 tháng 01 năm 2024",
    ]


def test_the_rest_of_a_row_on_the_next_page_goes_to_its_cell() -> None:
    xs = [80.0, 120.0, 300.0, 420.0]
    first = Page(
        1,
        595,
        842,
        [
            *words("STT", 84, 715),
            *words("Nhiệm vụ", 124, 715),
            *words("Chủ trì", 304, 715),
            *words("1", 84, 745),
            *words("Viết bài", 124, 745),
            *words("Văn phòng", 304, 745),
        ],
        table(xs, [700.0, 730.0, 780.0]),
    )
    second = Page(2, 595, 842, words("về đất đai", 124, 85), table(xs, [70.0, 100.0]))
    text, places = text_of([first, second])
    assert text.splitlines() == ["| STT | Nhiệm vụ | Chủ trì |", "| 1 | Viết bài về đất đai | Văn phòng |"]
    assert {piece.page for piece in places[1]} == {1, 2}


def test_a_word_or_a_day_that_a_narrow_cell_broke_is_whole_again() -> None:
    page = Page(
        1,
        595,
        842,
        [
            *words("Chuyê", 84, 715), *words("n mục", 84, 729),
            *words("HĐND-", 134, 715), *words("UBND", 134, 729),
            *words("31/01/20", 184, 715), *words("26", 184, 729),
            *words("Văn hóa -", 234, 715), *words("Xã hội", 234, 729),
        ],
        table([80.0, 130.0, 180.0, 230.0, 300.0], [700.0, 740.0]),
    )  # fmt: skip
    assert text_of([page])[0] == "| Chuyên mục | HĐND-UBND | 31/01/2026 | Văn hóa - Xã hội |"


def test_a_frame_around_words_is_no_table() -> None:
    page = Page(1, 595, 842, words("Mật", 100, 100), table([90.0, 140.0], [85.0, 110.0]))
    assert text_of([page])[0] == "Mật"


def test_a_footnote_is_told_after_its_paragraph_and_the_text_goes_on_over_the_page() -> None:
    full = "tuyên truyền cải cách hành chính tới mọi người dân trên địa bàn xã"
    first = Page(1, 595, 842, [word for at in range(9) for word in words(full, 85, 90 + 16 * at)])
    first.words += [
        *words("tiếp nhận 2.450 hồ sơ", 85, 240),
        *words("1", 199, 235, size=7),
        *words(", giải quyết hết mọi việc được giao và vẫn", 203, 240),
    ]
    first.words += [
        *words("1 Theo Báo cáo của Trung tâm, chưa gồm", 85, 760, size=9),
        *words("12 hồ sơ.", 85, 771, size=9),
    ]
    second = Page(
        2,
        595,
        842,
        [
            *words("tiếp tục làm.", 85, 80),
            *words("Rộng 350 m", 121, 98),
            *words("2", 184, 93, size=7),
            *words(".", 188, 98),
        ],
    )
    lines = text_of([first, second])[0].splitlines()
    assert lines[0].endswith("tiếp nhận 2.450 hồ sơ, giải quyết hết mọi việc được giao và vẫn tiếp tục làm.")
    assert lines[2] == "[1] Theo Báo cáo của Trung tâm, chưa gồm 12 hồ sơ."
    assert lines[-1] == "Rộng 350 m²."


def test_small_print_that_no_number_refers_to_stays_in_the_text() -> None:
    page = Page(
        1,
        595,
        842,
        [*words("Việc số một đã làm xong.", 85, 90), *words("1 Việc hai chưa xong.", 85, 120, size=9)],
    )
    assert "1 Việc hai chưa xong." in text_of([page])[0]


def test_a_table_without_rules_or_ordinals_has_columns_by_its_titles() -> None:
    rows = (
        ("Thời gian", "Công việc", "Chủ trì", "Kết quả"),
        ("Tháng 10/2021", "Rà soát danh", "Văn phòng", "Bảng mới"),
        ("", "mục", "Thống kê", ""),
        ("Trước ngày", "Lập nhóm", "Văn hóa", "Nhóm Zalo"),
        ("29/10/2021", "Zalo", "xã hội", ""),
    )
    page = Page(1, 595, 842, [])
    for at, row in enumerate(rows):
        for x, cell in zip((85, 190, 300, 420), row, strict=True):
            page.words += words(cell, x, 90 + 16 * at)
    assert text_of([page])[0].splitlines() == [
        "| Thời gian | Công việc | Chủ trì | Kết quả |",
        "| Tháng 10/2021 | Rà soát danh mục | Văn phòng Thống kê | Bảng mới |",
        "| Trước ngày 29/10/2021 | Lập nhóm Zalo | Văn hóa xã hội | Nhóm Zalo |",
    ]
