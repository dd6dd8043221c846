"""What an export says: its table, its columns, its days, in every shape that systems and clerks make of it."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.onestop.imports import columns, days, rows, table
from dinhlang.onestop.imports.days import BadDay, Moment, Order, Unclear
from dinhlang.onestop.imports.rows import Row, Understanding
from dinhlang.onestop.imports.table import Table
from dinhlang.onestop.tests.exports import HEADINGS, as_csv, as_xlsx, code, line
from dinhlang.org.rules import Refused
from dinhlang.work.sheets import Sheet, Workbook, read_workbook

AS_OF = date(2023, 7, 20)
A_CELL: Any = datetime(2023, 7, 14)  # noqa: DTZ001 - as a workbook has it
LINES = [
    line(code(3, 1), "03/07/2023", "13/07/2023", "13/07/2023", "", "Đã giải quyết"),
    line(code(14, 2), "14/07/2023", "24/07/2023"),
]


def found_in(data: bytes, name: str = "tệp.csv") -> Table:
    said = table.find(read_workbook(data, name, most_columns=table.MOST_COLUMNS), lambda _print: None)
    assert said is not None
    return said[0]


def read_rows(the: Table, **states: str) -> tuple[list[Row], list[tuple[int, str, str]]]:
    orders = {meaning: said.proven for meaning, said in rows.evidence(the).items() if said.proven}
    read = list(rows.read(the, Understanding(orders, states, AS_OF), lambda _done: None))
    return [one for one in read if isinstance(one, Row)], [one for one in read if not isinstance(one, Row)]


def codes_in(data: bytes, name: str = "tệp.csv") -> list[str]:
    read, unread = read_rows(found_in(data, name))
    assert not unread
    return [str(one.code) for one in read]


def day_in(text: object, order: Order | None = None, **more: Any) -> Moment | None:
    return days.read(text, order, **more)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("15/10/2025", date(2025, 10, 15)),
        ("10-15-2025", date(2025, 10, 15)),
        ("2025-10-05", date(2025, 10, 5)),
        ("2025/10/5", date(2025, 10, 5)),
        ("5.5.2025", date(2025, 5, 5)),
        ("ngày 05 tháng 10 năm 2025", date(2025, 10, 5)),
        (45945, date(2025, 10, 15)),
        ("45945", date(2025, 10, 15)),
        (45945.5, date(2025, 10, 15)),
        (datetime(2025, 10, 5, 8, 30), date(2025, 10, 5)),  # noqa: DTZ001 - as a workbook has it
    ],
)
def test_a_day_that_can_only_be_one_is_read(cell: object, day: date) -> None:
    found = day_in(cell)
    assert found is not None
    assert found.day == day


@pytest.mark.parametrize(
    "cell", ["08:30 15/10/2025", "15/10/2025 08:30:00", "2025-10-15T08:30:00", "15/10/2025 8h30"]
)
def test_a_time_beside_the_day_is_kept(cell: str) -> None:
    found = day_in(cell)
    assert found is not None
    assert (found.day, f"{found.time:%H:%M}") == (date(2025, 10, 15), "08:30")


def test_a_day_with_two_readings_is_never_guessed() -> None:
    with pytest.raises(Unclear):
        day_in("03/04/2025")
    assert day_in("03/04/2025", Order.DAY_FIRST) == Moment(date(2025, 4, 3))
    assert day_in("03/04/2025", Order.MONTH_FIRST) == Moment(date(2025, 3, 4))
    assert day_in("03/04/2025", hint=date(2025, 4, 3)) == Moment(date(2025, 4, 3))
    with pytest.raises(Unclear):
        day_in("03/04/2025", hint=date(2025, 4, 5))


@pytest.mark.parametrize(
    "cell", ["31/04/2025", "15/10/25", "hôm qua", "15/10/1925", 3, "99999", "40/40/2025"]
)
def test_what_is_no_day_says_so(cell: object) -> None:
    with pytest.raises(BadDay):
        day_in(cell, Order.DAY_FIRST)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from(list(Order)))
def test_a_day_written_in_an_order_is_read_in_it(day: date, order: Order) -> None:
    text = f"{day:%d/%m/%Y}" if order is Order.DAY_FIRST else f"{day:%m/%d/%Y}"
    assert day_in(text, order) == day_in(f"{day:%Y-%m-%d}") == Moment(day)


def test_days_since_1904_are_four_years_later() -> None:
    assert day_in(45945 - 1462, since_1904=True) == Moment(date(2025, 10, 15))


def test_the_order_of_a_column_is_proven_by_its_rows_by_codes_or_asked() -> None:
    proven = days.evidence([(2, "03/04/2025", None), (3, "15/04/2025", None)])
    assert (proven.proven, proven.rows) == (Order.DAY_FIRST, [3])
    by_code = days.evidence([(2, "03/04/2025", date(2025, 3, 4))])
    assert by_code.proven is Order.MONTH_FIRST
    mixed = days.evidence([(2, "15/04/2025", None), (3, "04/15/2025", None), (4, "03/04/2025", None)])
    assert mixed.is_mixed
    assert mixed.proven is None
    assert not mixed.is_asked
    assert days.evidence([(2, "03/04/2025", None)]).is_asked


def test_three_orders_in_three_columns_are_each_read_in_their_own() -> None:
    read, unread = read_rows(
        found_in(
            as_csv(
                [
                    line(code(14, 1), "14/07/2023", "07/28/2023", "2023-07-19", "", "Đã giải quyết"),
                    line(code(3, 2), "03/07/2023", "07/13/2023", "2023-07-12", "", "Đã giải quyết"),
                ]
            )
        )
    )
    assert not unread
    told = read[1].told
    assert told is not None
    assert told.due_at is not None
    assert told.resolved_at is not None
    assert (told.received_at.date(), told.due_at.date(), told.resolved_at.date()) == (
        date(2023, 7, 3),
        date(2023, 7, 13),
        date(2023, 7, 12),
    )


def test_titles_sums_repeated_heads_and_numbering_are_no_dossiers() -> None:
    data = as_csv(
        [
            [f"({number})" for number in range(1, 14)],
            LINES[0],
            HEADINGS,
            LINES[1],
            ["Tổng cộng", "2"],
            ["", "Trước hạn: 0; Đúng hạn: 1; Quá hạn: 0"],
            ["Người lập biểu", "", "", "Thủ trưởng"],
        ],
        above=[["ỦY BAN NHÂN DÂN XÃ BẾN TRÚC"], ["DANH SÁCH HỒ SƠ"], ["Ngày xuất: 19/07/2023"], []],
    )
    the = found_in(data)
    assert (the.head, the.repeated, the.sums, the.exported_on) == (5, 2, 1, date(2023, 7, 19))
    assert the.totals == {"all": 2, "early": 0, "on_the_day": 1, "late": 0}
    assert codes_in(data) == [code(3, 1), code(14, 2)]


def test_a_heading_in_two_rows_is_read_together() -> None:
    above = ["STT", "Mã hồ sơ", "Thông tin", None, "Ngày", None, None, "Trạng thái"]
    below = [None, None, "Thủ tục", "Lĩnh vực", "tiếp nhận", "hẹn trả", "có kết quả", None]
    data = as_xlsx(
        [["1", code(14, 1), "Khai sinh", "Hộ tịch", "14/07/2023", "24/07/2023", None, "Đang xử lý"]],
        headings=below,
        above=[["DANH SÁCH"], above],
    )
    the = found_in(data, "a.xlsx")
    meanings = [one.meaning for one in the.columns]
    assert meanings == ["", "code", "procedure", "field", "received", "due", "resolved", "state"]
    assert codes_in(data, "a.xlsx") == [code(14, 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_whatever_it_is_written_in(encoding: str, delimiter: str) -> None:
    assert codes_in(as_csv(LINES, delimiter=delimiter).decode().encode(encoding)) == [code(3, 1), code(14, 2)]


def test_a_csv_in_windows_1258_and_one_in_parts_of_letters_are_read() -> None:
    text = as_csv(LINES).decode()
    assert codes_in(unicodedata.normalize("NFD", text).encode()) == [code(3, 1), code(14, 2)]
    assert codes_in("".join(map(_for_1258, text)).encode("cp1258")) == [code(3, 1), code(14, 2)]


def _for_1258(letter: str) -> str:
    """Windows-1258 keeps the quality mark with its letter and parts the tone from it."""
    parts = unicodedata.normalize("NFD", letter)
    tones = "\u0300\u0301\u0303\u0309\u0323"
    tone = "".join(one for one in parts if one in tones)
    return unicodedata.normalize("NFC", "".join(one for one in parts if one not in tones)) + tone


def test_a_web_page_under_the_name_of_a_workbook_is_read() -> None:
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEADINGS, *LINES)
    )
    page = f'<html><head><meta charset="utf-8"></head><body><table><tr><td colspan="13">DANH SÁCH</td></tr>{body}</table></body></html>'
    assert codes_in(page.encode(), "ho-so.xls") == [code(3, 1), code(14, 2)]


def test_of_two_sheets_the_one_with_dossiers_is_taken() -> None:
    def more(book: Any) -> None:
        other = book.create_sheet("Bìa", 0)
        other.append(["Báo cáo"])
        other.append(["Mã hồ sơ", "Trạng thái", "ghi ở trang sau"])

    the = found_in(as_xlsx(LINES, more=more), "hai.xlsx")
    assert the.sheet == "Sheet"
    assert [name for name, _count in the.sheets] == ["Bìa", "Sheet"]


def test_three_hundred_columns_are_looked_through() -> None:
    wide = [f"Cột {number}" for number in range(290)]
    data = as_xlsx([[*[""] * 290, *LINES[0]]], headings=[*wide, *HEADINGS])
    assert codes_in(data, "rong.xlsx") == [code(3, 1)]


def test_numbers_and_days_of_a_workbook_are_read_as_they_are_or_as_text() -> None:
    data = as_xlsx([line(code(14, 1), A_CELL, 45131, "45126", "", "Đã giải quyết")])  # type: ignore[arg-type]
    [row], unread = read_rows(found_in(data, "so.xlsx"))
    assert not unread
    assert row.told is not None
    assert row.told.due_at is not None
    assert row.told.resolved_at is not None
    assert (row.told.due_at.date(), row.told.resolved_at.date()) == (date(2023, 7, 24), date(2023, 7, 19))


def test_a_formula_without_its_result_and_a_bomb_are_refused() -> None:
    with pytest.raises(Refused, match="công thức"):
        read_workbook(as_xlsx([["=1+1"]]), "a.xlsx")
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<workbook/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    with pytest.raises(Refused):
        read_workbook(bomb.getvalue(), "a.xlsx")


def test_a_row_that_cannot_be_says_why() -> None:
    bad = [
        line("H99.12.34-2307O3-0001", "03/07/2023"),
        line(code(14, 2), "14/07/2023", "", "", "", "Đã giải quyết"),
        line(code(14, 3), "14/07/2023", "", "13/07/2023", "", "Đã giải quyết"),
        line(code(14, 4), "14/07/2023", "", "19/07/2023", "", "Đang xử lý"),
        line(code(14, 5), "14/07/2023", "", "", "", "Trạng thái lạ"),
        line(code(14, 6), "14/08/2023"),
        line(code(14, 7), "14/07/2023", name="Khai sinh cho 001099000123"),
    ]
    read, unread = read_rows(found_in(as_csv(bad)))
    assert not read
    assert [number for number, _code, _why in unread] == [2, 3, 4, 5, 6, 7, 8]
    whys = [why for _number, _code, why in unread]
    assert all(
        said in why
        for said, why in zip(
            (
                "không phải mã hồ sơ",
                "không có ngày kết quả",
                "trước ngày tiếp nhận",
                "chưa xong",
                "Trạng thái lạ",
                "sau ngày",
                "giấy tờ",
            ),
            whys,
            strict=True,
        )
    )


def test_columns_of_people_are_known_so_that_they_are_left() -> None:
    for heading in ("Họ và tên", "Người nộp", "Số CCCD", "SĐT", "Địa chỉ", "Số CCCD người nộp", "Ngày sinh"):
        assert columns.meaning_of(heading) == columns.PERSONAL, heading


@given(st.permutations(range(len(HEADINGS))))
def test_columns_are_recognised_in_any_order(order: list[int]) -> None:
    headings = [HEADINGS[one] for one in order]
    said = {one.heading: one.meaning for one in columns.columns_of(headings)}
    assert said == {one.heading: one.meaning for one in columns.columns_of(HEADINGS)}


@given(
    st.lists(
        st.lists(
            st.one_of(st.none(), st.text(max_size=12), st.integers(), st.floats(allow_nan=False)), max_size=15
        ),
        max_size=12,
    )
)
def test_no_table_makes_it_stumble(cells: list[list[object]]) -> None:
    book = Workbook((Sheet("a", tuple(tuple(row) for row in [HEADINGS, *cells])),))
    said = table.find(book, lambda _print: None)
    if said is not None:
        rows.unknown_states(said[0], {})
        read_rows(said[0])
