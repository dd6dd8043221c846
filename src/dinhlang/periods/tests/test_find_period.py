"""Finding the period a title is about."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods.identifier import Kind, Period, find_period
from dinhlang.periods.phrase import plain

FOUND = [
    ("6 tháng đầu năm 2023", "2023-H1"),
    ("06 tháng đầu năm 2023", "2023-H1"),
    ("sáu tháng cuối năm 2023", "2023-H2"),
    ("6 tháng năm 2023", "2023-H1"),
    ("6 tháng/2023", "2023-H1"),
    ("nửa đầu năm 2024", "2024-H1"),
    ("9 tháng năm 2025", "2025-9M"),
    ("09 tháng đầu năm 2025", "2025-9M"),
    ("chín tháng năm 2024", "2024-9M"),
    ("quý III/2025", "2025-Q3"),
    ("quý 3 năm 2025", "2025-Q3"),
    ("quý tư năm 2022", "2022-Q4"),
    ("Quý III-2025", "2025-Q3"),
    ("quí 2/2024", "2024-Q2"),
    ("Q3/2025", "2025-Q3"),
    ("I/2023", "2023-Q1"),
    ("3 tháng đầu năm 2024", "2024-Q1"),
    ("năm 2024", "2024"),
    ("trong năm 2023", "2023"),
    ("12 tháng năm 2023", "2023"),
    ("2024", "2024"),
    ("tháng 7/2023", "2023-M07"),
    ("tháng 07 năm 2023", "2023-M07"),
    ("07/2023", "2023-M07"),
    ("tháng năm năm 2023", "2023-M05"),
    ("tháng bảy năm 2023", "2023-M07"),
    ("2023-H1", "2023-H1"),
    ("Kế hoạch tuyên truyền CCHC 2023", "2023"),
    ("Kế hoạch giai đoạn 2021-2030, năm 2024", "2024"),
    ("(6 tháng đầu năm 2023)", "2023-H1"),
    ("thực hiện Nghị quyết số 76/NQ-CP ngày 15/7/2021 trong quý II năm 2024", "2024-Q2"),
]

SEVERAL = [
    # The outlook gives its year but not its period.
    ("Kết quả công tác 9 tháng đầu năm, phương hướng nhiệm vụ 3 tháng cuối năm 2025", "2025-9M"),
    ("báo cáo công tác 6 tháng đầu năm, nhiệm vụ trọng tâm 6 tháng cuối năm 2015", "2015-H1"),
    ("Công tác tháng 7, nhiệm vụ trọng tâm tháng 8 năm 2023", "2023-M07"),
    ("Báo cáo kết quả năm 2023, kế hoạch quý I/2024", "2023"),
    # A part of a year says more than the year.
    ("Kết quả thực hiện kế hoạch năm 2023 trong 6 tháng đầu năm", "2023-H1"),
    # The first of equals.
    ("Báo cáo tháng 6, 6 tháng đầu năm 2023", "2023-M06"),
    ("6 tháng cuối năm 2022 so với 6 tháng cuối năm 2021", "2022-H2"),
    ("Báo cáo năm 2023 so với năm 2022", "2023"),
]

NOT_PERIODS = [
    "",
    "giai đoạn 2021-2025",
    "giai đoạn 2021 – 2030",
    "nhiệm kỳ 2020 - 2025",
    "năm học 2023-2024",
    "từ năm 2021 đến năm 2025",
    "định hướng đến năm 2030",
    "ngày 20/7/2023",
    "ngày 20 tháng 7 năm 2023",
    "ngày        tháng 02 năm 2023",
    "Luật số 72/2025/QH15",
    "Nghị quyết số 76/NQ-CP",
    "Ngày Chuyển đổi số Việt Nam 2023",
    "Tháng 3-11",
    "từ tháng 3 đến tháng 11 năm 2023",
    "Quý 5/2023",
    "tháng 13/2023",
    "quý III",
    "6 tháng đầu năm",
    "6 tháng một lần",
    "Thường xuyên",
]


@pytest.mark.parametrize(("text", "expected"), FOUND + SEVERAL)
def test_a_line_names_its_period(text, expected):
    assert str(find_period(text)) == expected


@pytest.mark.parametrize("text", NOT_PERIODS)
def test_a_line_without_a_period_has_none(text):
    assert find_period(text) is None


@pytest.mark.parametrize(("text", "expected"), FOUND)
@pytest.mark.parametrize("form", [str.upper, lambda text: unicodedata.normalize("NFD", text), plain])
def test_capitals_marks_and_unicode_form_do_not_matter(text, expected, form):
    assert str(find_period(form(text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sáu tháng cuối năm", "2023-H2"),
        ("09 tháng đầu năm", "2023-9M"),
        ("Báo cáo CCHC 6 tháng", "2023-H1"),
        ("Quý IV", "2023-Q4"),
        ("tháng 7", "2023-M07"),
        ("Quý I/2022", "2022-Q1"),
    ],
)
def test_a_phrase_without_a_year_takes_the_one_it_is_given(text, expected):
    assert str(find_period(text, 2023)) == expected


def test_words_that_only_look_alike_without_marks_are_told_apart():
    assert find_period("Quỹ 2 năm 2023") == Period(2023)
    assert find_period("quỹ 3/2023") is None


def test_the_seed_titles_have_the_periods_of_the_truth():
    truths = sorted((Path(__file__).parents[5] / "shared/truth/truth").glob("*.json"))
    assert len(truths) == 5
    for truth in map(json.loads, (path.read_text(encoding="utf-8") for path in truths)):
        found = find_period(truth["subject"])
        assert str(found) == truth["period"], truth["subject"]


@given(st.sampled_from(list(Kind)), st.integers(1990, 2090), st.data())
def test_every_label_is_found_again(kind, year, data):
    index = data.draw(st.integers(1, {Kind.HALF: 2, Kind.QUARTER: 4, Kind.MONTH: 12}.get(kind, 1)))
    period = Period(year, kind, index)

    assert find_period(f"Báo cáo kết quả {period.label}") == period


@given(st.text(), st.none() | st.integers(1900, 2199))
def test_no_text_breaks_the_search(text, year):
    find_period(text, year)
