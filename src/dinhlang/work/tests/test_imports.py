"""Tables of activities from outside: read in whatever form they come, whole or not at all."""

from __future__ import annotations

import io
import re
import struct
import unicodedata
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from dinhlang.org.models import AuditEntry, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.regimes import Window
from dinhlang.work import actions, queries, rules, sheets
from dinhlang.work.models import Activity, Blob, DailyFact, Evidence, Import
from dinhlang.work.rows import column_letters
from dinhlang.work.rules import Count, Fate

if TYPE_CHECKING:
    from conftest import Cast

YEAR = Window(date(2022, 12, 15), date(2023, 12, 14))
# SQLite takes some hundred rows in one statement, PostgreSQL all of them.
QUESTIONS = {100: 34, 2000: 97}
HEAD = [
    "STT",
    "Ngày",
    "Loại hoạt động",
    "Nội dung",
    "Số tin, bài",
    "Lượt phát",
    "Số người dự",
    "Số cuộc",
    "Minh chứng",
]
ROWS: list[list[object]] = [
    [1, date(2023, 2, 13), "Trang thông tin điện tử", "Công khai chỉ số hài lòng", 1, None, None, None, "https://bentruc.example.vn/1"],
    [2, "5/3/2023", "Đài truyền thanh", "Bản tin tháng 3", None, 2, None, None, None],
    [3, "2023-04-20", "Hội nghị", "Hội nghị thôn Một", None, None, "hơn 120", 1, None],
]  # fmt: skip


def xlsx(rows: list[list[object]], above: int = 0) -> bytes:
    book = Workbook()
    for row in [["Sổ theo dõi năm 2023"]] * above + rows:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def text(rows: list[list[object]], mark: str = ";", end: str = "\n") -> str:
    def cell(value: object) -> str:
        if isinstance(value, date):
            return f"{value:%d/%m/%Y}"
        said = "" if value is None else str(value)
        return f'"{said}"' if mark in said else said

    return end.join(mark.join(cell(value) for value in row) for row in rows) + end


def in_windows_1258(said: str) -> bytes:
    """A letter with its quality mark, then a combining tone: as Windows 98 wrote Vietnamese."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    letters = []
    for letter in said:
        marks = unicodedata.normalize("NFD", letter)
        base = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in tones))
        letters.append(base + "".join(mark for mark in marks if mark in tones))
    return "".join(letters).encode("cp1258")


GOOD = [HEAD, *ROWS]


def fates(data: bytes, name: str = "so.csv", **context: Any) -> list[rules.RowFate]:
    return list(rules.preview_rows(data, name, rules.ImportContext(**context)).rows)


# --- the same table in many forms -----------------------------------------------------------------

FORMS = {
    "xlsx": xlsx(GOOD),
    "xlsx under title lines": xlsx(GOOD, above=3),
    "csv ;": text(GOOD).encode(),
    "csv ,": text(GOOD, ",").encode(),
    "csv tab": text(GOOD, "\t").encode(),
    "csv CRLF": text(GOOD, end="\r\n").encode(),
    "csv BOM": text(GOOD).encode("utf-8-sig"),
    "csv UTF-16": text(GOOD, "\t").encode("utf-16"),
    "csv NFD": unicodedata.normalize("NFD", text(GOOD)).encode(),
    "csv Windows-1258": in_windows_1258(text(GOOD)),
    "csv empty lines": (text(GOOD[:2]) + ";;;;;;;;\n\n" + text(GOOD[2:])).encode(),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_table_is_read_the_same_in_every_form(form: str) -> None:
    found = [fate.line for fate in fates(FORMS[form], "so.xlsx" if form.startswith("xlsx") else "so.csv")]
    assert [line.happened_on for line in found if line] == [
        date(2023, 2, 13),
        date(2023, 3, 5),
        date(2023, 4, 20),
    ]
    assert [line.title for line in found if line] == [
        "Công khai chỉ số hài lòng",
        "Bản tin tháng 3",
        "Hội nghị thôn Một",
    ]
    assert [dict(line.measures) for line in found if line] == [
        {"articles": Count(1)},
        {"broadcasts": Count(2)},
        {"attendees": Count(120, "hơn"), "meetings": Count(1)},
    ]


def _tcvn3(said: str) -> bytes:
    """Text as an old office machine with TCVN3 fonts wrote it, for the letters used here."""
    table = {"ô": 0xAB, "ă": 0xA8, "â": 0xA9, "ê": 0xAA, "ơ": 0xAC, "ư": 0xAD, "đ": 0xAE, "à": 0xB5, "á": 0xB8, "ả": 0xB6,
             "ạ": 0xB9, "ấ": 0xCA, "ầ": 0xC7, "ậ": 0xCB, "ế": 0xD5, "ề": 0xD2, "ệ": 0xD6, "ị": 0xDE, "í": 0xDD, "ì": 0xD7,
             "ố": 0xE8, "ộ": 0xE9, "ò": 0xDF, "ó": 0xE3, "ồ": 0xE5, "ờ": 0xEA, "ợ": 0xEE, "ứ": 0xF8, "ự": 0xF9, "ừ": 0xF5,
             "ù": 0xEF, "ú": 0xF3, "ụ": 0xF4, "ý": 0xFD, "ể": 0xD3, "ỉ": 0xD8, "ử": 0xF6, "ữ": 0xF7, "ủ": 0xF1, "ỏ": 0xE1,
             "ở": 0xEB, "ớ": 0xED, "ã": 0xB7, "ẽ": 0xCF, "ặ": 0xC6, "ắ": 0xBE, "ằ": 0xBB, "é": 0xD0, "ỹ": 0xFC}  # fmt: skip
    return bytes(table[letter] if letter in table else ord(letter) for letter in said)


def test_a_table_in_an_old_encoding_becomes_unicode() -> None:
    rows = ["ngày;loại;nội dung;số tin bài", "5/3/2023;website;tuyên truyền cải cách hành chính, giải quyết thủ tục;1",
            "6/3/2023;website;hướng dẫn nộp hồ sơ trực tuyến tại bộ phận một cửa;2"]  # fmt: skip
    found = fates(_tcvn3("\n".join(rows).replace("ẫ", "â").replace("ơ", "ơ")))
    assert found[0].line is not None
    assert found[0].line.title == "tuyên truyền cải cách hành chính, giải quyết thủ tục"


# --- rows that need mending -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "said", "cell"),
    [
        (["31/4/2023", "Website", "Bài", 1], "ngày 31/4/2023 không có trong lịch", "A2"),
        (["31/4", "Website", "Bài", 1], "ngày 31/4 không có trong lịch", "A2"),
        (["20/7", "Website", "Bài", 1], "ngày 20/7 thiếu năm", "A2"),
        (["20/7/23", "Website", "Bài", 1], "ngày 20/7/23 ghi tắt năm; viết đủ bốn chữ số", "A2"),
        (["hôm qua", "Website", "Bài", 1], "“hôm qua” không phải là ngày", "A2"),
        (["45123", "Website", "Bài", 1], "“45123” không phải là ngày", "A2"),
        ([None, "Website", "Bài", 1], "chưa có ngày", "A2"),
        (["21/7/2023", "Website", "Bài", 1], "ở tương lai", "A2"),
        (["20/7/2023", "Fax", "Bài", 1], "không có loại hoạt động “Fax”", "B2"),
        (["20/7/2023", None, "Bài", 1], "chưa có loại hoạt động", "B2"),
        (["20/7/2023", "Website", None, 1], "chưa có nội dung", "C2"),
        (["20/7/2023", "Website", "\u200b\u202e\u2060", 1], "chưa có nội dung", "C2"),
        (["20/7/2023", "Website", "Bài", "3000000000"], "quá lớn, tối đa ", "D2"),
        (["20/7/2023", "Website", "Bài", "nhiều"], "“nhiều” không phải là số", "D2"),
        (["20/7/2023", "Website", "Bài", "86,5"], "không phải số nguyên", "D2"),
        (["20/7/2023", "Website", "Bài", -1], "số âm", "D2"),
        (["20/7/2023", "Website", "Bài", "-3"], "số âm", "D2"),
        (["20/7/2023", "Website", "Bài", None], "chưa có số lượng", None),
        (["20/7/2023", "Hội nghị", "Bài", 1], "không đếm chỉ tiêu “Tin, bài", "D2"),
    ],
)
def test_a_row_that_needs_mending_names_its_cell_and_the_remedy(
    row: list[object], said: str, cell: str | None
) -> None:
    table = [["Ngày", "Loại", "Nội dung", "Tin bài"], row]
    for data, name in ((xlsx(table), "so.xlsx"), (text(table).encode(), "so.csv")):
        [fate] = fates(data, name, on=date(2023, 7, 20))
        assert (fate.fate, fate.cell) == (Fate.REFUSED, cell)
        assert said in fate.message


def test_the_message_names_file_row_cell_and_how_many_rows_were_not_saved() -> None:
    head = ["Ngày", "Nội dung", "Loại", "Tin bài"]
    rows: list[list[object]] = [["1/3/2023", f"Bài {n}", "Website", 1] for n in range(13)]
    preview = rules.preview_rows(
        xlsx([head, *rows, ["31/4", "Bài", "Website", 1], ["x", "Bài", "Website", 1]]), "so.xlsx"
    )
    assert preview.refusal() == (
        "Tệp “so.xlsx”, dòng 15: ngày 31/4 không có trong lịch. Sửa ô A15 rồi nhập lại tệp; "
        "13 dòng trước chưa được lưu. Còn 1 dòng khác cần sửa."
    )


def test_numbers_are_read_the_vietnamese_way() -> None:
    table = [
        ["Ngày", "Loại", "Nội dung", "Lượt hướng dẫn"],
        ["1/3/2023", "Hướng dẫn", "Một cửa", "hơn 3.500"],
    ]
    [fate] = fates(text(table).encode())
    assert fate.line is not None
    assert fate.line.measures == {"guidance": Count(3500, "hơn")}


def test_people_of_a_course_and_of_a_meeting_are_told_apart_by_the_kind() -> None:
    table = [
        ["Ngày", "Loại", "Nội dung", "Số người"],
        ["1/3/2023", "Tập huấn", "a", 30],
        ["1/3/2023", "Hội nghị", "b", 40],
    ]
    assert [dict(fate.line.measures) for fate in fates(text(table).encode()) if fate.line] == [
        {"training_attendees": Count(30)},
        {"attendees": Count(40)},
    ]


def test_a_zero_under_a_heading_of_another_kind_is_a_blank() -> None:
    table = [["Ngày", "Loại", "Nội dung", "Tin bài", "Lượt phát"], ["1/3/2023", "Website", "a", 0, 0]]
    [fate] = fates(xlsx(table), "so.xlsx")
    assert fate.line is not None
    assert fate.line.measures == {"articles": Count(0)}


@pytest.mark.parametrize(
    "heading",
    ["Số lượng tin bài", "Tổng số tin, bài", "Tổng số lượng tin bài (bài)", "Số tin, bài", "Lượng tin bài"],
)
def test_a_count_may_be_called_with_how_many_before_it(heading: str) -> None:
    [fate] = fates(xlsx([["Ngày", "Loại", "Nội dung", heading], ["1/3/2023", "Website", "a", 3]]), "so.xlsx")
    assert fate.line is not None
    assert fate.line.measures == {"articles": Count(3)}


def test_columns_that_mean_nothing_here_are_named() -> None:
    table = [["Ngày", "Loại", "Nội dung", "Tin bài", "Người làm"], ["1/3/2023", "Website", "a", 1, "Mai"]]
    assert rules.preview_rows(text(table).encode(), "so.csv").unread_columns == ("Người làm",)


def test_columns_are_called_as_spreadsheets_call_them() -> None:
    assert [column_letters(column) for column in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


# --- files that are not tables --------------------------------------------------------------------


def package(parts: dict[str, bytes]) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return kept.getvalue()


def lying_about_size(data: bytes) -> bytes:
    """The package with the declared sizes of its parts cut to ten bytes."""
    out = bytearray(data)
    at = 0
    while (at := out.find(b"PK\x01\x02", at)) != -1:
        out[at + 24 : at + 28] = struct.pack("<I", 10)
        at += 4
    return bytes(out)


SHORT = [["Ngày", "Loại", "Nội dung", "Tin bài"], ["1/3/2023", "Website", "Bài", 1]]


def with_formula(written: bytes) -> bytes:
    """A good table whose first count is what a program wrote of a formula."""
    with zipfile.ZipFile(io.BytesIO(xlsx(SHORT))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = re.sub(rb'<c r="D2".*?</c>', b'<c r="D2"' + written + b"</c>", parts["xl/worksheets/sheet1.xml"])
    assert written in sheet
    return package({**parts, "xl/worksheets/sheet1.xml": sheet})


def far_away_cell(row: int = sheets.LAST_ROW) -> bytes:
    good = io.BytesIO(xlsx([["x"]]))
    with zipfile.ZipFile(good) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        parts["xl/worksheets/sheet1.xml"].replace(b'"A1"', b'"A%d"' % row).replace(b'r="1"', b'r="%d"' % row)
    )
    return package(parts)


BOMB = package({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 60_000_000})

NOT_TABLES = {
    "empty": (b"", "so.xlsx", "trống"),
    "blank": (b"\xef\xbb\xbf \r\n", "so.csv", "trống"),
    "not an xlsx": (b"hello", "so.xlsx", "không phải tệp Excel hoặc đã hỏng"),
    "a pdf": (b"%PDF-1.7", "so.xlsx", "là PDF, không phải bảng"),
    "an old xls": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 99, "so.xls", "kiểu cũ"),
    "another package": (package({"word/document.xml": b"<x/>"}), "so.xlsx", "không phải tệp Excel"),
    "cut short": (xlsx(GOOD)[:-200], "so.xlsx", "hỏng hoặc bị cắt cụt"),
    "broken inside": (package({"xl/workbook.xml": b"<broken"}), "so.xlsx", "Không đọc được"),
    "a bomb": (BOMB, "so.xlsx", "phình quá lớn"),
    "a bomb that lies": (lying_about_size(BOMB), "so.xlsx", "hỏng"),
    "a cell far away": (far_away_cell(), "so.xlsx", "hơn 200.000 dòng"),
    "a cell beyond the sheet": (far_away_cell(10**12), "so.xlsx", "nhiều hơn một bảng tính chứa được"),
    "formula without result": (with_formula(b"><f>1+1</f><v/>"), "so.xlsx", "ô D2: công thức chưa có kết quả"),
    "formula with nothing": (with_formula(b' s="1"><f>1+1</f>'), "so.xlsx", "ô D2: công thức chưa có kết quả"),
    "a column twice": (b"Ng\xc3\xa0y;Lo\xe1\xba\xa1i;N\xe1\xbb\x99i dung;Tin;Tin b\xc3\xa0i;tin b\xc3\xa0i\n1;2;3;4;5;6\n", "so.csv", "cột “tin bài” có hai lần"),
    "too large": (b"x" * (sheets.LARGEST_FILE + 1), "so.csv", "tối đa 25 MB"),
    "binary": (b"a;b\x00c", "so.csv", "không phải bảng"),
    "an open quote": (b'Ng\xc3\xa0y;b\n"a;b\n', "so.csv", "dấu nháy kép"),
    "wrong headings": (text([["Ngày", "Tên"], ["1/3/2023", "a"]]).encode(), "so.csv", "thiếu cột “Loại hoạt động”, “Nội dung”"),
    "no counters": (text([["Ngày", "Loại", "Nội dung"], ["1/3/2023", "Website", "a"]]).encode(), "so.csv", "không có cột số lượng"),
    "only headings": (text([HEAD]).encode(), "so.csv", "không có dòng nào dưới dòng tiêu đề"),
}  # fmt: skip


@pytest.mark.parametrize("case", NOT_TABLES)
def test_a_file_that_is_no_table_is_refused_with_the_remedy(case: str) -> None:
    data, name, said = NOT_TABLES[case]
    with pytest.raises(Refused) as refused:
        rules.preview_rows(data, name)
    assert said in str(refused.value)
    assert f"“{name}”" in str(refused.value)
    assert str(refused.value).endswith(".")


def test_a_formula_with_a_result_counts_by_its_result() -> None:
    [fate, *_] = fates(with_formula(b"><f>3+4</f><v>7</v>"), "so.xlsx")
    assert fate.line is not None
    assert {count.value for count in fate.line.measures.values()} == {7}


def test_one_figure_in_two_columns_is_refused_not_overwritten() -> None:
    table = [["Ngày", "Loại", "Nội dung", "Tin bài", "Số tin, bài"], ["1/3/2023", "Website", "Bài", 1, 2]]
    [fate] = fates(xlsx(table), "so.xlsx")
    assert (fate.fate, fate.cell) == (Fate.REFUSED, "E2")
    assert "được ghi ở hai cột" in fate.message


def test_a_workbook_of_too_many_cells_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MOST_MARKS", 200)
    with pytest.raises(Refused, match="có quá nhiều ô"):
        rules.preview_rows(xlsx([HEAD, *([["1/3/2023"] * 5] * 20)]), "so.xlsx")


# --- into the ledger ------------------------------------------------------------------------------


def take(cast: Cast, data: bytes, name: str = "so.xlsx", unit: Unit | None = None, by: Any = None) -> Import:
    return actions.import_activities(unit=unit or cast.commune, data=data, name=name, by=by, at=cast.now)


def nothing_is_stored() -> bool:
    return not any(model.objects.exists() for model in (Activity, Import, Evidence, DailyFact, Blob))


@pytest.mark.django_db
@pytest.mark.integration
class TestIntoTheLedger:
    def test_all_rows_are_written_with_evidence_facts_and_a_trace(self, cast: Cast) -> None:
        seen: list[tuple[int, int]] = []
        done = actions.import_activities(
            unit=cast.commune, data=xlsx(GOOD), name="so.xlsx", by=cast.culture_officer, at=cast.now,
            progress=lambda made, total: seen.append((made, total)),
        )  # fmt: skip
        assert done.rows == 3
        assert seen == [(3, 3)]
        facts = queries.facts(cast.commune, YEAR, ["articles", "broadcasts", "attendees", "meetings"])
        assert {name: fact.value for name, fact in facts.items()} == {
            "articles": 1,
            "broadcasts": 2,
            "attendees": 120,
            "meetings": 1,
        }
        assert facts["articles"].unevidenced_lines == 0
        assert facts["attendees"].exactness == "hơn"
        assert {line.imported_from for line in queries.ledger(cast.commune)} == {done}
        assert AuditEntry.objects.get(action="activity.import").detail == {"file": "so.xlsx", "rows": 3}
        for line in queries.ledger(cast.commune):
            assert line.line_hash == rules.line_hash(queries.line_of(line))

    def test_one_bad_row_and_nothing_is_stored_then_the_mended_file_goes_in(self, cast: Cast) -> None:
        bad = [*ROWS, [4, "31/4/2023", "Website", "Bài", 1]]
        with pytest.raises(Refused, match=r"dòng 5: ngày 31/4/2023 không có trong lịch. Sửa ô B5"):
            take(cast, xlsx([HEAD, *bad]))
        assert nothing_is_stored()
        bad[-1][1] = "30/4/2023"
        assert take(cast, xlsx([HEAD, *bad])).rows == 4

    def test_the_same_file_is_taken_in_once(self, cast: Cast) -> None:
        data = xlsx(GOOD)
        take(cast, data)
        with pytest.raises(Refused, match=r"đã được nhập ngày 20/7/2023 \(3 dòng\)"):
            take(cast, data, "ten-khac.xlsx")
        assert Activity.objects.count() == 3

    def test_rows_the_ledger_already_has_are_left_out(self, cast: Cast) -> None:
        take(cast, xlsx(GOOD))
        more = [*GOOD, [4, "1/5/2023", "Website", "Bài mới", 1], [5, "1/5/2023", "Website", "Bài mới", 1]]
        preview = queries.preview_import(cast.commune, xlsx(more), "so.xlsx", cast.today)
        assert [fate.fate for fate in preview.rows] == [Fate.KNOWN] * 3 + [Fate.NEW] * 2
        assert take(cast, xlsx(more)).rows == 2
        with pytest.raises(Refused, match="đã có trong sổ theo dõi"):
            take(cast, text(more).encode(), "so.csv")

    def test_an_article_counted_by_another_channel_is_refused(self, cast: Cast) -> None:
        table = [
            ["Ngày", "Loại", "Nội dung", "Tin bài"],
            ["1/3/2023", "Website", "Bài", 1],
            ["1/3/2023", "Truyền thanh", "bài", 1],
        ]
        with pytest.raises(Refused, match=r"dòng 3: “bài” ngày 01/3/2023 đã tính là tin, bài ở kênh"):
            take(cast, xlsx(table))

    def test_a_day_outside_the_units_life_is_refused(self, cast: Cast) -> None:
        gone = Unit.objects.create(id="da-het", level="commune", ends_on=date(2023, 3, 1))
        with pytest.raises(Refused, match=r"dòng 3: .*đã kết thúc hoạt động từ ngày 01/3/2023"):
            take(cast, xlsx(GOOD), unit=gone)
        assert nothing_is_stored()

    def test_only_those_whose_post_it_is_import(self, cast: Cast) -> None:
        for person in (cast.neighbour, cast.radio_operator, cast.chair):
            with pytest.raises(NotAllowed):
                take(cast, xlsx(GOOD), by=person)
        assert nothing_is_stored()

    def test_a_task_is_pointed_at_by_its_number(self, cast: Cast) -> None:
        table = [["Ngày", "Loại", "Nội dung", "Tin bài", "Nhiệm vụ"], ["1/3/2023", "Website", "Bài", 1, 9]]
        with pytest.raises(Refused, match="kế hoạch năm 2023 không có nhiệm vụ “9”"):
            take(cast, xlsx(table))

    @pytest.mark.parametrize("rows", [100, 2000])
    def test_the_number_of_questions_grows_with_thousands_not_with_rows(
        self, cast: Cast, rows: int, django_assert_max_num_queries: Any
    ) -> None:
        table = [
            [f"{n % 28 + 1}/{n % 6 + 1}/2023", "Website", f"Bài số {n}", 1, "https://a.vn/x"]
            for n in range(rows)
        ]
        data = text([["Ngày", "Loại", "Nội dung", "Tin bài", "Minh chứng"], *table]).encode()
        with django_assert_max_num_queries(QUESTIONS[rows]):
            assert take(cast, data, "so.csv").rows == rows
        assert queries.fact(cast.commune, "articles", YEAR).value == rows
