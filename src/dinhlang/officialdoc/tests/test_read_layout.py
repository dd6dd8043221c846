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


def test_a_frame_around_words_is_no_table() -> None:
    page = Page(1, 595, 842, words("Mật", 100, 100), table([90.0, 140.0], [85.0, 110.0]))
    assert text_of([page])[0] == "Mật"
