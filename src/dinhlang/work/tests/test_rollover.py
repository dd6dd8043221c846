"""Next year's plan from this year's: what moves, what stays, what is listed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods import schedule
from dinhlang.work.bodies import ended_in
from dinhlang.work.plan_values import NotWritable, PlanValues, Row
from dinhlang.work.rollover import Rolled, moved_schedule, roll
from dinhlang.work.years import YearKind, mentions


def plan(*schedules: str, year: int = 2026, **changes: object) -> PlanValues:
    rows = tuple(Row(f"Việc {at}", schedule_text=phrase, task=at) for at, phrase in enumerate(schedules, 1))
    given = {"year": year, "title": f"Tuyên truyền cải cách hành chính năm {year}", "rows": rows, **changes}
    return PlanValues(**given)  # type: ignore[arg-type]


def rolled_schedule(phrase: str, year: int = 2026, to: int = 2027) -> tuple[str, Rolled]:
    rolled = roll(plan(phrase, year=year), to)
    return rolled.values.rows[0].schedule_text, rolled


# --- what a year is -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("năm 2026", [YearKind.YEAR]),
        ("Quý I/2026", [YearKind.YEAR]),
        ("Quý 3 năm 2026", [YearKind.YEAR]),
        ("trước ngày 15/6/2026", [YearKind.YEAR]),
        ("Tháng 10/2026", [YearKind.YEAR]),
        ("Kế hoạch số 2026/KH-UBND", [YearKind.NUMBER]),
        ("Nghị định số 150/2025/NĐ-CP", [YearKind.NUMBER]),
        ("số 04/KH-UBND ngày 13/2/2026", [YearKind.CITED]),
        ("số 04/KH-UBND ngày 13 tháng 02 năm 2026", [YearKind.CITED]),
        ("Luật Tổ chức chính quyền địa phương ngày 16/6/2025", [YearKind.CITED]),
        ("giai đoạn 2021 - 2030", [YearKind.RANGE, YearKind.RANGE]),
        ("đến năm 2030", [YearKind.TARGET]),
        ("vận động 2026 hộ dân", [YearKind.UNKNOWN]),
        ("2.026 lượt", []),
        ("0912026123", []),
    ],
)
def test_a_number_is_a_year_only_where_the_words_say_so(text: str, kinds: list[YearKind]) -> None:
    assert [one.kind for one in mentions(text)] == kinds


# --- moving ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Quý I/2026", "Quý I/2027"),
        ("trước 15/6/2026", "trước 15/6/2027"),
        ("Tháng 10 năm 2026", "Tháng 10 năm 2027"),
        ("Trước ngày 15/01/2027", "Trước ngày 15/01/2028"),
        ("Thường xuyên", "Thường xuyên"),
        ("Mỗi tháng 01 kỳ", "Mỗi tháng 01 kỳ"),
        ("Quý II, Quý IV năm 2026", "Quý II, Quý IV năm 2027"),
    ],
)
def test_a_schedule_moves_with_the_plan(phrase: str, expected: str) -> None:
    said, rolled = rolled_schedule(phrase)
    assert said == expected
    assert rolled.left == ()


def test_a_day_that_falls_on_a_day_off_is_told_with_the_working_day() -> None:
    said, rolled = rolled_schedule("trước 15/8/2026")
    assert said == "trước 15/8/2027"
    [note] = rolled.notes
    assert not note.is_left
    assert note.reason == "15/8/2027 là ngày nghỉ (Chủ nhật); hạn tính đến 16/8/2027"


def test_the_29th_of_february_is_listed_with_the_day_before() -> None:
    _, rolled = rolled_schedule("Trước ngày 29/02/2028", year=2028, to=2029)
    [note] = rolled.left
    assert (note.path, note.suggestion) == ("rows.0.schedule_text", "Trước ngày 28/02/2029")
    assert "năm 2029 không có ngày này" in note.reason


def test_a_year_left_over_from_an_older_plan_is_listed_with_the_phrase_it_should_be() -> None:
    said, rolled = rolled_schedule("Quý I/2022", year=2024, to=2025)
    assert said == "Quý I/2022"
    [note] = rolled.left
    assert note.suggestion == "Quý I/2025"


@pytest.mark.parametrize("phrase", ["", "chưa rõ", "theo Kế hoạch số 2026/KH-UBND"])
def test_what_cannot_be_read_again_is_listed(phrase: str) -> None:
    said, rolled = rolled_schedule(phrase)
    assert said == phrase
    assert [note.path for note in rolled.left] == ["rows.0.schedule_text"]


def test_title_tasks_and_duties_move_and_number_and_day_are_blank() -> None:
    old = plan(
        number="2025",
        symbol="KH-UBND",
        issued_on=date(2026, 1, 12),
        rows=(Row("Công khai chỉ số năm 2025 theo Kế hoạch số 2026/KH-UBND", task=3, watch_months=3),),
        duties=(("Văn phòng", "Báo cáo trước 15/12/2026"),),
    )
    new = roll(old, 2027).values
    assert new.title == "Tuyên truyền cải cách hành chính năm 2027"
    assert (new.number, new.symbol, new.issued_on) == ("", "KH-UBND", None)
    assert new.rows[0].text == "Công khai chỉ số năm 2026 theo Kế hoạch số 2026/KH-UBND"
    assert (new.rows[0].task, new.rows[0].watch_months) == (None, 3)
    assert new.duties == (("Văn phòng", "Báo cáo trước 15/12/2027"),)


def test_documents_of_the_year_are_asked_for_anew_and_those_of_a_programme_stay() -> None:
    programme = "Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ giai đoạn 2021 - 2030"
    yearly = "Kế hoạch số 130/KH-UBND ngày 24 tháng 12 năm 2025 của UBND tỉnh về cải cách hành chính năm 2026"
    ended = "Kế hoạch số 131/KH-UBND ngày 24/12/2021 của UBND tỉnh giai đoạn 2021-2025"
    rolled = roll(plan(bases=(programme, yearly, ended)), 2027)
    assert rolled.values.bases == (
        programme,
        "Kế hoạch số …/KH-UBND ngày … của UBND tỉnh về cải cách hành chính năm 2027",
        ended,
    )
    assert [(note.path, note.reason) for note in rolled.left] == [
        ("bases.1", "cần văn bản năm 2027: chưa biết số"),
        ("bases.2", "giai đoạn kết thúc trước năm 2027; kiểm tra văn bản của giai đoạn mới"),
    ]


def test_bodies_that_have_ended_are_flagged_with_their_successor() -> None:
    row = Row("Báo cáo Phòng Nội vụ huyện Nam Sách", lead="Văn phòng UBND xã", schedule_text="Quý I")
    rolled = roll(plan(rows=(row,), year=2025), 2026)
    flagged = {note.path: (note.quote, note.suggestion) for note in rolled.left}
    assert flagged == {
        "rows.0.text": ("Phòng Nội vụ huyện Nam Sách", "Báo cáo Sở Nội vụ"),
        "rows.0.lead": ("Văn phòng UBND", "Văn phòng HĐND và UBND xã"),
    }
    before = roll(plan(rows=(row,), year=2023), 2024)
    assert before.left == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Phòng VHTT huyện Tứ Kỳ", ["Phòng VHTT huyện Tứ Kỳ"]),
        ("Phòng Văn hóa thông tin thị xã Kinh Môn", ["Phòng Văn hóa thông tin thị xã Kinh Môn"]),
        ("UBND huyện và Sở Nội vụ", ["UBND huyện"]),
        ("Sở Thông tin và Truyền thông", ["Sở Thông tin và Truyền thông"]),
        ("chị Huyền, chuyên mục", []),
        ("Phòng Văn hóa – Xã hội", []),
        ("Trung tâm Phục vụ hành chính công", []),
    ],
)
def test_ended_bodies_are_known_by_their_whole_name(text: str, names: list[str]) -> None:
    assert [ended.name for ended in ended_in(text, date(2026, 1, 1))] == names


def test_a_year_no_plan_can_be_of_is_refused() -> None:
    with pytest.raises(NotWritable):
        roll(plan(), 2150)


def test_a_phrase_is_moved_from_one_year_to_another() -> None:
    assert moved_schedule("Quý I/2022", 2022, 2023) == "Quý I/2023"
    assert moved_schedule("Kế hoạch số 2022/KH", 2022, 2023) == "Kế hoạch số 2022/KH"


# --- laws -----------------------------------------------------------------------------------------

phrases = st.one_of(
    st.sampled_from(["Thường xuyên", "Hằng tháng", "Mỗi quý 02 tin", "Khi có yêu cầu", "", "chưa rõ"]),
    st.builds("Quý {}/{}".format, st.sampled_from(["I", "II", "III", "IV"]), st.integers(2019, 2030)),
    st.builds("trước {}/{}/{}".format, st.integers(1, 31), st.integers(1, 12), st.integers(2019, 2030)),
    st.builds("Tháng {} năm {}".format, st.integers(1, 12), st.integers(2019, 2030)),
    st.builds("theo Kế hoạch số {}/KH-UBND".format, st.integers(2019, 2030)),
    st.builds("{} hộ".format, st.integers(2019, 2030)),
    st.text(max_size=20),
)


@given(st.lists(phrases, max_size=4), st.integers(2020, 2029), st.integers(1, 3))
def test_the_old_year_stays_in_a_schedule_only_when_it_is_listed(
    said: list[str], year: int, ahead: int
) -> None:
    rolled = roll(plan(*said, year=year), year + ahead)
    listed = {note.path for note in rolled.left}
    for at, row in enumerate(rolled.values.rows):
        if str(year) in row.schedule_text:
            assert f"rows.{at}.schedule_text" in listed


@given(st.integers(1900, 2099), st.integers(2020, 2030))
def test_the_number_of_a_document_is_never_touched(number: int, year: int) -> None:
    code = f"theo Kế hoạch số {number}/KH-UBND"
    old = plan(code, year=year, title=f"{code} năm {year}", duties=(("Văn phòng", code),), bases=(code,))
    new = roll(old, year + 1).values
    assert new.rows[0].schedule_text == code
    assert new.title == f"{code} năm {year + 1}"
    assert new.duties == (("Văn phòng", code),)
    assert new.bases == (code,)


@given(st.lists(phrases, min_size=1, max_size=3), st.integers(2020, 2029))
def test_a_schedule_that_moved_is_understood_as_before(said: list[str], year: int) -> None:
    rolled = roll(plan(*said, year=year), year + 1)
    listed = {note.path for note in rolled.left}
    for at, row in enumerate(rolled.values.rows):
        if f"rows.{at}.schedule_text" not in listed:
            kind = schedule.parse(said[at], year).kind
            assert schedule.parse(row.schedule_text, year + 1).kind is kind


@given(st.text(max_size=60), st.integers(2020, 2029))
def test_rolling_never_fails_and_never_loses_a_letter_that_is_no_digit(text: str, year: int) -> None:
    from dinhlang.vietnamese.text import nfc

    new = roll(plan(text, year=year, title=text), year + 1).values
    for rolled in (new.title, new.rows[0].schedule_text):
        assert [each for each in rolled if not each.isdigit()] == [
            each for each in nfc(text) if not each.isdigit()
        ]
