"""Schedule phrases of real plans, as tables: what each is read as."""

from __future__ import annotations

import json
import unicodedata
from datetime import date
from pathlib import Path

import pytest

from dinhlang.periods import schedule
from dinhlang.periods.phrase import plain
from dinhlang.periods.schedule import ScheduleKind

YEAR = 2026
MONTHLY = "FREQ=MONTHLY;COUNT=12"
QUARTERLY = "FREQ=MONTHLY;INTERVAL=3;COUNT=4"
HALF_YEARLY = "FREQ=MONTHLY;INTERVAL=6;COUNT=2"
WEEKLY = "FREQ=WEEKLY;COUNT=52"

CONTINUOUS = [
    "Thường xuyên",
    "Thường xuyên trong năm",
    "Thường xuyên, liên tục trong năm 2026",
    "Thường xuyên, đột xuất",
    "Thường xuyên theo tin bài",
    "Hằng ngày",
    "Hàng ngày",
    "Quanh năm",
]
TRIGGERED = [
    "Theo kế hoạch của cấp trên",
    "Khi có yêu cầu",
    "Đột xuất",
    "Sau khi Chỉ số CCHC được công bố",
    "Ngay sau khi có văn bản của cấp trên",
    "Trước Tết Nguyên đán",
]
UNKNOWN = [
    "",
    "abc",
    "31/4",
    "Trước ngày 31/4",
    "Ngày 29/2",
    "Từ ngày 01/4 đến ngày 31/4",
    "Tháng 13",
    "Quý V",
    "Tháng 3/2023, tháng 5/2024",
    "Sau ngày 15/6",
    "3-11",
    "giai đoạn 2021-2025",
    "2021-2025",
    "Từ ngày 15/6 đến ngày 15/3",
    "Mỗi tháng 00 kỳ",
    "5 tháng/lần",
    "Tháng 3, " * 200,
]
PERIODS = [
    ("Quý I/2022", "quarter", "2022-Q1"),
    ("Quý IV/2023", "quarter", "2023-Q4"),
    ("Quý 1", "quarter", "2026-Q1"),
    ("quý một", "quarter", "2026-Q1"),
    ("Quý III-2025", "quarter", "2025-Q3"),
    ("Trong quý II", "quarter", "2026-Q2"),
    ("Đầu quý III/2023", "quarter", "2023-Q3"),
    ("- Quý II.", "quarter", "2026-Q2"),
    ("Quý I (sau khi có kết quả)", "quarter", "2026-Q1"),
    ("Thời gian thực hiện: Quý I", "quarter", "2026-Q1"),
    ("Tháng 3", "month", "2026-M03"),
    ("tháng ba", "month", "2026-M03"),
    ("Tháng năm", "month", "2026-M05"),
    ("Tháng 02 năm 2023", "month", "2023-M02"),
    ("Tháng 3/2023", "month", "2023-M03"),
    ("3/2023", "month", "2023-M03"),
    ("Trong tháng 6", "month", "2026-M06"),
    ("Tháng 12 hằng năm", "month", "2026-M12"),
    ("Cả năm", "year", "2026"),
    ("Trong năm", "year", "2026"),
    ("Trong năm 2023", "year", "2023"),
    ("năm 2023", "year", "2023"),
    ("12 tháng", "year", "2026"),
    ("Tổng kết", "year", "2026"),
    ("6 tháng đầu năm", "range", "2026-H1"),
    ("6 tháng", "range", "2026-H1"),
    ("Sáu tháng cuối năm", "range", "2026-H2"),
    ("6 tháng cuối năm 2023", "range", "2023-H2"),
    ("09 tháng", "range", "2026-9M"),
    ("Sơ kết", "range", "2026-H1"),
]
SEVERAL = [
    ("Quý II và Quý IV", "quarter", "FREQ=YEARLY;BYMONTH=6,12;COUNT=2"),
    ("Quý I, III", "quarter", "FREQ=YEARLY;BYMONTH=3,9;COUNT=2"),
    ("Quý I + III", "quarter", "FREQ=YEARLY;BYMONTH=3,9;COUNT=2"),
    ("Quý II, IV/2023", "quarter", "FREQ=YEARLY;BYMONTH=6,12;COUNT=2"),
    ("Quý 1,2,3,4", "quarter", "FREQ=YEARLY;BYMONTH=3,6,9,12;COUNT=4"),
    ("Tháng 3, 6, 9", "month", "FREQ=YEARLY;BYMONTH=3,6,9;COUNT=3"),
    ("Tháng 6, tháng 12 hằng năm", "month", "FREQ=YEARLY;BYMONTH=6,12;COUNT=2"),
    ("6 tháng, năm", "recurring", "FREQ=YEARLY;BYMONTH=6,12;COUNT=2"),
    ("Sơ kết 6 tháng, tổng kết năm", "recurring", "FREQ=YEARLY;BYMONTH=6,12;COUNT=2"),
    ("Trước ngày 15/6 và 15/12", "recurring", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15;COUNT=2"),
    ("Trước ngày 14/6 và trước ngày 20/12", "recurring", "FREQ=YEARLY;BYYEARDAY=165,354;COUNT=2"),
]
RECURRING = [
    ("Mỗi tháng 01 kỳ", MONTHLY, 1, "kỳ"),
    ("Mỗi tháng một kỳ", MONTHLY, 1, "kỳ"),
    ("01 kỳ/01 tháng", MONTHLY, 1, "kỳ"),
    ("tháng 01 lần", MONTHLY, 1, "lần"),
    ("01 tháng/lần", MONTHLY, 1, "lần"),
    ("ít nhất 02 tin/tháng", MONTHLY, 2, "tin"),
    ("Ít nhất 02 tin, bài/tháng", MONTHLY, 2, "tin, bài"),
    ("Mỗi tháng từ 02 tin trở lên", MONTHLY, 2, "tin"),
    ("hàng tháng", MONTHLY, 1, None),
    ("Hằng tháng trong năm", MONTHLY, 1, None),
    ("Các tháng trong năm", MONTHLY, 1, None),
    ("24 kỳ/năm", MONTHLY, 2, "kỳ"),
    ("01 lần/quý", QUARTERLY, 1, "lần"),
    ("định kỳ 1 lần/quý", QUARTERLY, 1, "lần"),
    ("Mỗi quý một lần", QUARTERLY, 1, "lần"),
    ("Định kỳ hằng quý", QUARTERLY, 1, None),
    ("Theo quý", QUARTERLY, 1, None),
    ("Hằng quý, 6 tháng, năm", QUARTERLY, 1, None),
    ("04 lần/năm", QUARTERLY, 1, "lần"),
    ("2 kỳ/năm", HALF_YEARLY, 1, "kỳ"),
    ("6 tháng một lần", HALF_YEARLY, 1, "lần"),
    ("06 tháng/lần", HALF_YEARLY, 1, "lần"),
    ("Mỗi 6 tháng 02 tin", HALF_YEARLY, 2, "tin"),
    ("Hằng năm", "FREQ=YEARLY;COUNT=1", 1, None),
    ("5 lần/năm", "FREQ=YEARLY;COUNT=1", 5, "lần"),
    ("02 tin bài/năm", "FREQ=YEARLY;COUNT=1", 2, "tin bài"),
    ("hằng tuần", WEEKLY, 1, None),
    ("Mỗi tuần ít nhất 01 chuyên mục", WEEKLY, 1, "chuyên mục"),
    ("1 tuần/lần", WEEKLY, 1, "lần"),
    ("2 tuần một lần", "FREQ=WEEKLY;INTERVAL=2;COUNT=26", 1, "lần"),
    ("Thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR;COUNT=52", 1, None),
    ("Trước ngày 15 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12", 1, None),
    ("Trước ngày 15 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12", 1, None),
    ("Mỗi tháng 01 kỳ vào ngày 15", "FREQ=MONTHLY;BYMONTHDAY=15;COUNT=12", 1, "kỳ"),
    ("Ngày 31 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=12", 1, None),
    ("Trước ngày 20 tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=20;COUNT=4", 1, None),
]
RANGES = [
    ("Tháng 3-11", "01/3/2026 – 30/11/2026"),
    ("Tháng 3 - 11/2023", "01/3/2023 – 30/11/2023"),
    ("Từ tháng 3 đến tháng 11", "01/3/2026 – 30/11/2026"),
    ("Từ tháng 3 đến hết tháng 11 năm 2023", "01/3/2023 – 30/11/2023"),
    ("Tháng 7/2023 - tháng 9/2023", "01/7/2023 – 30/9/2023"),
    ("Từ tháng 11/2025 đến tháng 2/2026", "01/11/2025 – 28/02/2026"),
    ("Tháng 11 - 2", "01/11/2026 – 28/02/2027"),
    ("Từ tháng 3", "01/3/2026 – 31/12/2026"),
    ("Quý I-III", "01/01/2026 – 30/9/2026"),
    ("Từ quý II đến quý IV", "01/4/2026 – 31/12/2026"),
    ("Quý IV/2023 và Quý I/2024", "01/10/2023 – 31/3/2024"),
    ("Từ ngày 01/3 đến ngày 15/4", "01/3/2026 – 15/4/2026"),
    ("01-15/3/2026", "01/3/2026 – 15/3/2026"),
    ("Từ 15/12/2025 đến 14/6/2026", "15/12/2025 – 14/6/2026"),
]
DEADLINES = [
    ("trước ngày 15/6", date(2026, 6, 15), None),
    ("Trước ngày 15 tháng 6 năm 2023", date(2023, 6, 15), None),
    ("Trước ngày 30 tháng sáu", date(2026, 6, 30), None),
    ("Trước ngày 15/6 hằng năm", date(2026, 6, 15), None),
    ("Hoàn thành trước ngày 30/11", date(2026, 11, 30), None),
    ("xong trước 30/11/2023", date(2023, 11, 30), None),
    ("xong trước 30/11", date(2026, 11, 30), None),
    ("chậm nhất trước ngày 15/6", date(2026, 6, 15), None),
    ("chậm nhất ngày 14/12", date(2026, 12, 14), True),
    ("chậm nhất là ngày 14/12/2023", date(2023, 12, 14), True),
    ("Đến hết ngày 30/6", date(2026, 6, 30), True),
    ("ngày 15/6", date(2026, 6, 15), True),
    ("15/6/2026", date(2026, 6, 15), True),
    ("15-6-2026", date(2026, 6, 15), True),
    ("Hết quý II", date(2026, 6, 30), True),
    ("Trước tháng 6", date(2026, 5, 31), True),
    ("Thường xuyên; báo cáo trước ngày 15/6", date(2026, 6, 15), None),
    ("Gửi báo cáo về Phòng Nội vụ trước ngày 15/6", date(2026, 6, 15), None),
]
TABLE = (
    [(text, "continuous") for text in CONTINUOUS]
    + [(text, "triggered") for text in TRIGGERED]
    + [(text, "unknown") for text in UNKNOWN]
    + [(text, kind) for text, kind, _ in PERIODS + SEVERAL]
    + [(row[0], "recurring") for row in RECURRING]
    + [(text, "range") for text, _ in RANGES]
    + [(text, "deadline") for text, _, _ in DEADLINES]
)


def test_every_kind_of_the_contract_has_its_phrases():
    assert {kind for _, kind in TABLE} == {kind.value for kind in ScheduleKind}


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_a_phrase_is_of_its_kind_and_prints_back(text, kind):
    read = schedule.parse(text, YEAR)

    assert read.kind == kind
    assert schedule.render(read) == text.strip()


@pytest.mark.parametrize(("text", "kind"), [row for row in TABLE if row[0]])
@pytest.mark.parametrize(
    "form", [str.upper, lambda text: unicodedata.normalize("NFD", text), lambda text: f"  {text}\t"]
)
def test_capitals_unicode_form_and_blanks_do_not_change_the_reading(text, kind, form):
    plainly, otherwise = (schedule.to_json(schedule.parse(one, YEAR)) for one in (text, form(text)))

    assert otherwise["text"] == unicodedata.normalize("NFC", form(text)).strip()
    assert otherwise | {"text": None} == plainly | {"text": None}


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_a_phrase_without_marks_reads_the_same(text, kind):
    assert schedule.parse(plain(text), YEAR).kind == kind


@pytest.mark.parametrize(("text", "kind", "period"), PERIODS)
def test_a_period_takes_the_plans_year_unless_it_writes_its_own(text, kind, period):
    found = schedule.to_json(schedule.parse(text, YEAR))

    assert (found["period"], found["rrule"], found["deadline"]) == (period, None, None)


def test_a_written_year_is_told_from_the_plans():
    assert schedule.parse("Quý I/2022", 2023).year_written
    assert not schedule.parse("Quý I", 2023).year_written


@pytest.mark.parametrize(("text", "kind", "rrule"), SEVERAL)
def test_several_periods_or_days_become_one_rule(text, kind, rrule):
    found = schedule.to_json(schedule.parse(text, YEAR))

    assert (found["period"], found["rrule"], found["deadline"]) == (None, rrule, None)


@pytest.mark.parametrize(("text", "rrule", "times", "unit"), RECURRING)
def test_a_recurrence_keeps_its_rule_its_count_and_its_word(text, rrule, times, unit):
    read = schedule.parse(text, YEAR)

    assert (read.rrule, read.count, read.recurrence.unit) == (rrule, times, unit)


def test_a_minimum_is_told_from_a_count():
    assert schedule.parse("ít nhất 02 tin/tháng", YEAR).recurrence.at_least
    assert not schedule.parse("02 tin/tháng", YEAR).recurrence.at_least


@pytest.mark.parametrize(("text", "span"), RANGES)
def test_a_range_has_its_days(text, span):
    assert schedule.parse(text, YEAR).span.label == span


@pytest.mark.parametrize(("text", "deadline", "inclusive"), DEADLINES)
def test_a_deadline_has_its_day_and_whether_the_day_counts(text, deadline, inclusive):
    read = schedule.parse(text, YEAR)

    assert (read.deadline, read.inclusive) == (deadline, inclusive)


def test_the_29th_of_february_exists_in_its_years():
    assert schedule.parse("Trước ngày 29/2", 2024).deadline == date(2024, 2, 29)


@pytest.mark.parametrize(("text", "kind"), TABLE)
def test_without_a_year_the_kind_is_still_known(text, kind):
    if text != "Ngày 29/2":
        assert schedule.parse(text, None).kind == kind


def test_the_seed_plan_reads_as_the_truth_has_it():
    shared = Path(__file__).parents[5] / "shared/truth/truth/004_5dacbcb6e866faa1.json"
    tasks = json.loads(shared.read_text(encoding="utf-8"))["tasks"]
    assert len(tasks) == 7
    for task in tasks:
        expected = task["schedule"]
        assert schedule.to_json(schedule.parse(expected["text"], 2023)) == expected
