"""The tables of plans in the shapes that offices give them; each as a web page, which LibreOffice and Word also write."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest

from dinhlang.officialdoc.read import read

Row = tuple[str | None, ...]
# ordinal, task, product, lead, cooperating, time
ROWS: tuple[Row, ...] = (
    ("1", "Xây dựng Kế hoạch tuyên truyền năm 2026", "Kế hoạch", "Văn phòng HĐND và UBND xã", "Phòng Kinh tế", "Trước ngày 15/01/2026"),
    ("2", "Phát chuyên mục cải cách hành chính", "Bản tin", "Trung tâm Dịch vụ tổng hợp", "Các thôn", "Hằng tuần"),
    ("3", "Đối thoại với người dân và doanh nghiệp", "Biên bản", "Phòng Kinh tế", "Ủy ban MTTQ Việt Nam xã", "Quý II/2026"),
    ("4", "Niêm yết công khai thủ tục hành chính", "Bảng niêm yết", "Trung tâm Phục vụ hành chính công", None, "Thường xuyên"),
)  # fmt: skip
HEAD = """<p>ỦY BAN NHÂN DÂN</p><p>XÃ HÒN KHÓI MẪU</p><p>Số: 15/KH-UBND</p><p>KẾ HOẠCH</p><p>Tuyên truyền năm 2026</p>
<p>I. MỤC ĐÍCH</p><p>Nâng cao nhận thức.</p><p>CHỦ TỊCH</p><p>Mai Văn Khói</p><p>PHỤ LỤC</p><p>PHÂN CÔNG NHIỆM VỤ</p>"""


def table(*rows: Sequence[str | tuple[str | None, str] | None]) -> str:
    """A table as HTML; a cell with attributes is a pair."""
    made = []
    for row in rows:
        cells = [cell if isinstance(cell, tuple) else (cell, "") for cell in row]
        made.append("".join(f"<td {attributes}>{text or ''}</td>" for text, attributes in cells))
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in made) + "</table>"


def tasks(html: str) -> list[Row]:
    document = read(f"<html><meta charset=utf-8><body>{HEAD}{html}</body></html>".encode(), "a.html")
    return [
        (one.ordinal, one.task, one.product, one.lead, one.cooperating, one.schedule and one.schedule.text)
        for one in document.tasks
    ]


def in_order(row: Row, order: str) -> list[str | None]:
    return [row["otplcw".index(letter)] for letter in order]


@pytest.mark.parametrize(
    ("order", "titles"),
    [
        ("otlcwp", ("STT", "Nội dung nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian hoàn thành", "Sản phẩm")),
        ("wtlcp", ("Mốc thời gian", "Việc phải làm", "Chủ trì", "Phối hợp", "Kết quả")),
        ("oltpcw", ("Số TT", "Người/đơn vị chịu trách nhiệm", "Đầu việc", "Kết quả phải đạt", "Phối hợp", "Hạn hoàn thành")),
        ("tplcw", ("Hạng mục công việc", "Đầu ra", "Phân công thực hiện", "Đơn vị cùng thực hiện", "Lịch thực hiện")),
    ],
)  # fmt: skip
def test_columns_in_any_order_and_of_many_names(order: str, titles: tuple[str, ...]) -> None:
    wanted = [(row if "o" in order else (None, *row[1:])) for row in ROWS]
    assert tasks(table(titles, *(in_order(row, order) for row in ROWS))) == wanted


def test_a_row_that_counts_the_columns_is_no_task() -> None:
    titles = ("TT", "Nội dung", "Sản phẩm", "Chủ trì", "Phối hợp", "Thời gian")
    assert tasks(table(titles, ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"), *ROWS)) == list(ROWS)


def test_two_titles_under_one() -> None:
    over = (("STT", "rowspan=2"), ("Nội dung", "rowspan=2"), ("Sản phẩm", "rowspan=2"), ("Cơ quan thực hiện", "colspan=2"), ("Thời gian", "rowspan=2"))  # fmt: skip
    assert tasks(table(over, ("Chủ trì", "Phối hợp"), *ROWS)) == list(ROWS)


@pytest.mark.parametrize("group", [("I", "II"), ("1", "2")])
def test_rows_that_name_those_under_them_are_no_tasks(group: tuple[str, str]) -> None:
    titles = ("TT", "Nhiệm vụ", "Kết quả", "Chủ trì", "Phối hợp", "Tiến độ")
    numbered = [(f"{1 + at // 2}.{1 + at % 2}", *row[1:]) for at, row in enumerate(ROWS)]
    first, second = ((number, ("Công tác chỉ đạo", "colspan=5")) for number in group)
    assert tasks(table(titles, first, *numbered[:2], second, *numbered[2:])) == numbered


def test_one_lead_for_several_rows() -> None:
    titles = ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian", "Kết quả")
    rows = [in_order(row, "otlcwp") for row in ROWS]
    merged = [
        [*rows[0][:2], ("Phòng Kinh tế", "rowspan=4"), *rows[0][3:]],
        *([*row[:2], *row[3:]] for row in rows[1:]),
    ]
    assert tasks(table(titles, *merged)) == [(*row[:3], "Phòng Kinh tế", *row[4:]) for row in ROWS]


@pytest.mark.parametrize(
    "quarters",
    [("Quý I", "Quý II", "Quý III", "Quý IV"), ("QI", "QII", "QIII", "QIV"), ("Q.1", "Q.2", "Q.3", "Q.4")],
)
def test_crosses_under_quarters_say_when(quarters: tuple[str, ...]) -> None:
    over = (
        ("STT", "rowspan=2"),
        ("Nội dung", "rowspan=2"),
        ("Chủ trì", "rowspan=2"),
        ("Thời gian thực hiện", "colspan=4"),
    )
    crossed = ("x", "", "", ""), ("x", "x", "x", "x"), ("", "x", "x", ""), ("", "x", "", "x")
    rows = [[*in_order(row, "otl"), *cross] for row, cross in zip(ROWS, crossed, strict=True)]
    found = tasks(table(over, quarters, *rows))
    one, two, three, four = ("Quý " + re.sub(r"^Q(?:uý )?\.?", "", name) for name in quarters)
    assert [row[5] for row in found] == [
        f"{one}/2026", f"{one} đến {four}/2026", f"{two} đến {three}/2026", f"{two}, {four}/2026",
    ]  # fmt: skip


def test_the_first_and_the_last_day_under_one_title() -> None:
    over = (
        ("STT", "rowspan=2"),
        ("Nội dung", "rowspan=2"),
        ("Chủ trì", "rowspan=2"),
        ("Phối hợp", "rowspan=2"),
        ("Thời gian", "colspan=2"),
    )
    row = [*in_order(ROWS[0], "otl"), "-", "01/4/2026", "30/4/2026"]
    (found,) = tasks(table(over, ("Bắt đầu", "Hoàn thành"), row))
    assert found[4:6] == (None, "Từ 01/4/2026 đến 30/4/2026")


@pytest.mark.parametrize(
    "written",
    [
        "<p>- Chủ trì: {lead}</p><p>- Phối hợp: {help}</p>",
        "{lead} chủ trì; {help} phối hợp",
        "{lead}/ {help}",
        "Chủ trì: {lead}; phối hợp: {help}",
        "{lead}; {help}",
    ],
)
def test_who_leads_and_who_helps_in_one_column(written: str) -> None:
    rows = [
        [*in_order(row, "ot"), written.format(lead=row[3], help=row[4]), *in_order(row, "wp")]
        for row in ROWS[:3]
    ]
    titles = ("STT", "Nội dung", "Đơn vị chủ trì/phối hợp", "Thời gian", "Sản phẩm")
    assert tasks(table(titles, *rows)) == list(ROWS[:3])


LISTED_HEAD = """UBND XÃ GÒ MÂY MẪU
Số: 12/KH-UBND
KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2026

I. MỤC ĐÍCH
Nâng cao nhận thức.
II. NHIỆM VỤ
"""
LISTED: dict[str, str] = {
    "sub-dash": """\
1. Xây dựng phóng sự
- Đơn vị chủ trì: Phòng Văn hóa - Xã hội.
- Đơn vị phối hợp: Các thôn.
- Thời gian thực hiện: Quý II/2026.
- Sản phẩm: 02 phóng sự.
2. Tổ chức hội thi
- Đơn vị chủ trì: Đoàn Thanh niên xã.
- Thời gian thực hiện: Tháng 9/2026.""",
    "plus-star": """\
1. Xây dựng phóng sự
+ Chủ trì: Phòng Văn hóa - Xã hội;
+ Phối hợp: Các thôn;
+ Thời gian: Quý II/2026;
+ Sản phẩm: 02 phóng sự.
2. Tổ chức hội thi
* Chủ trì: Đoàn Thanh niên xã
* Thời gian: Tháng 9/2026""",
    "inline": """\
1. Xây dựng phóng sự. Chủ trì: Phòng Văn hóa - Xã hội. Phối hợp: Các thôn. Thời gian: Quý II/2026. Sản phẩm: 02 phóng sự.
2. Tổ chức hội thi. Chủ trì: Đoàn Thanh niên xã. Thời gian: Tháng 9/2026.""",
    "inline-semi": """\
1. Xây dựng phóng sự; đơn vị chủ trì: Phòng Văn hóa - Xã hội; đơn vị phối hợp: Các thôn; thời gian thực hiện: Quý II/2026; sản phẩm: 02 phóng sự.
2. Tổ chức hội thi; đơn vị chủ trì: Đoàn Thanh niên xã; thời gian thực hiện: Tháng 9/2026.""",
    "paren": """\
1. Xây dựng phóng sự (Chủ trì: Phòng Văn hóa - Xã hội; phối hợp: Các thôn; thời gian: Quý II/2026; sản phẩm: 02 phóng sự).
2. Tổ chức hội thi (Chủ trì: Đoàn Thanh niên xã; thời gian: Tháng 9/2026).""",
    "letters": """\
a) Xây dựng phóng sự
- Đơn vị chủ trì: Phòng Văn hóa - Xã hội.
- Đơn vị phối hợp: Các thôn.
- Thời gian hoàn thành: Quý II/2026.
- Kết quả: 02 phóng sự.
b) Tổ chức hội thi
- Đơn vị chủ trì: Đoàn Thanh niên xã.
- Thời gian hoàn thành: Tháng 9/2026.""",
    "dotted": """\
2.1. Xây dựng phóng sự
- Cơ quan chủ trì: Phòng Văn hóa - Xã hội.
- Cơ quan phối hợp: Các thôn.
- Thời hạn: Quý II/2026.
- Sản phẩm đầu ra: 02 phóng sự.
2.2. Tổ chức hội thi
- Cơ quan chủ trì: Đoàn Thanh niên xã.
- Thời hạn: Tháng 9/2026.""",
    "desc": """\
1. Xây dựng phóng sự
- Nội dung: giới thiệu mô hình mới.
- Đơn vị thực hiện: Phòng Văn hóa - Xã hội.
- Đơn vị phối hợp: Các thôn.
- Thời gian: Quý II/2026.
- Sản phẩm: 02 phóng sự.
2. Tổ chức hội thi
- Nội dung: thi tìm hiểu.
- Đơn vị thực hiện: Đoàn Thanh niên xã.
- Thời gian: Tháng 9/2026.""",
    "both": """\
1. Xây dựng phóng sự
- Chủ trì, phối hợp: Phòng Văn hóa - Xã hội chủ trì, Các thôn phối hợp.
- Thời gian: Quý II/2026.
- Sản phẩm: 02 phóng sự.
2. Tổ chức hội thi
- Chủ trì: Đoàn Thanh niên xã.
- Thời gian: Tháng 9/2026.""",
}


@pytest.mark.parametrize("way", LISTED)
def test_tasks_in_a_list(way: str) -> None:
    found = read(
        (LISTED_HEAD + LISTED[way] + "\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nMai Văn Mây\n").encode(), "a.txt"
    ).tasks
    assert [
        (one.task, one.product, one.lead, one.cooperating, one.schedule and one.schedule.text)
        for one in found
    ] == [
        ("Xây dựng phóng sự", "02 phóng sự", "Phòng Văn hóa - Xã hội", "Các thôn", "Quý II/2026"),
        ("Tổ chức hội thi", None, "Đoàn Thanh niên xã", None, "Tháng 9/2026"),
    ]


WAYS: dict[str, str] = {
    "a first and a last day": "| TT | Công việc | Bắt đầu | Kết thúc | Phụ trách | Phối hợp |\n"
    "| 1 | Rà soát thủ tục | 01/4/2026 | 30/4/2026 | Phòng Kinh tế | Công an xã |\n"
    "| 2 | Tập huấn kỹ năng số | 05/5/2026 | 06/5/2026 | Văn phòng HĐND và UBND | Các thôn |",
    "who leads behind the task": "| TT | Nội dung | Thời gian |\n"
    "| 1 | Rà soát thủ tục (Phòng Kinh tế chủ trì, Công an xã phối hợp) | Từ 01/4/2026 đến 30/4/2026 |\n"
    "| 2 | Tập huấn kỹ năng số (Văn phòng HĐND và UBND chủ trì, Các thôn phối hợp) | Từ 05/5/2026 đến 06/5/2026 |\n"
    "| | Tổng cộng | |",
    "no titles": "| 1 | Rà soát thủ tục | Phòng Kinh tế | Công an xã | Từ 01/4/2026 đến 30/4/2026 |\n"
    "| 2 | Tập huấn kỹ năng số | Văn phòng HĐND và UBND | Các thôn | Từ 05/5/2026 đến 06/5/2026 |",
    "marks under units": "| TT | Nội dung | Thời gian | Phòng Kinh tế | Công an xã | Văn phòng HĐND và UBND | Các thôn |\n"
    "| 1 | Rà soát thủ tục | Từ 01/4/2026 đến 30/4/2026 | CT | PH | | |\n"
    "| 2 | Tập huấn kỹ năng số | Từ 05/5/2026 đến 06/5/2026 | | | CT | PH |",
    "letters": "1. Rà soát thủ tục\na) Chủ trì: Phòng Kinh tế.\nb) Phối hợp: Công an xã.\nc) Thời gian: Từ 01/4/2026 đến 30/4/2026.\n"
    "2. Tập huấn kỹ năng số\na) Chủ trì: Văn phòng HĐND và UBND.\nb) Phối hợp: Các thôn.\nc) Thời gian: Từ 05/5/2026 đến 06/5/2026.",
}


@pytest.mark.parametrize("way", WAYS)
def test_who_and_when_however_a_plan_says_it(way: str) -> None:
    text = f"{LISTED_HEAD}{WAYS[way]}\n\nNơi nhận:\n- Lưu: VT.\nCHỦ TỊCH\nMai Văn Mây\n"
    assert [
        (one.ordinal, one.task, one.lead, one.cooperating, one.schedule and one.schedule.text)
        for one in read(text.encode(), "a.txt").tasks
    ] == [
        ("1", "Rà soát thủ tục", "Phòng Kinh tế", "Công an xã", "Từ 01/4/2026 đến 30/4/2026"),
        ("2", "Tập huấn kỹ năng số", "Văn phòng HĐND và UBND", "Các thôn", "Từ 05/5/2026 đến 06/5/2026"),
    ]


def test_what_stands_above_holds_for_a_row_that_says_so() -> None:
    text = f"{LISTED_HEAD}| TT | Nhiệm vụ | Chủ trì | Thời gian |\n| 1 | Rà soát | Phòng Kinh tế | Tháng 4/2026 |\n| 2 | Tập huấn | -nt- | Tháng 5/2026 |\n"
    assert [one.lead for one in read(text.encode(), "a.txt").tasks] == ["Phòng Kinh tế", "Phòng Kinh tế"]


def test_a_heading_that_names_a_quarter_dates_the_tasks_under_it() -> None:
    text = (
        f"{LISTED_HEAD}I. QUÝ I\n1. Rà soát thủ tục: Phòng Kinh tế chủ trì, Công an xã phối hợp.\n"
        "II. QUÝ II\n1. Khảo sát: Phòng Văn hóa - Xã hội chủ trì.\n"
    )
    assert [
        (one.task, one.lead, one.schedule and one.schedule.period)
        for one in read(text.encode(), "a.txt").tasks
    ] == [("Rà soát thủ tục", "Phòng Kinh tế", "2026-Q1"), ("Khảo sát", "Phòng Văn hóa - Xã hội", "2026-Q2")]
