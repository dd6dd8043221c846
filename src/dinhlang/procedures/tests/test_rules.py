"""Codes, sheets and what stands on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.procedures import rules
from dinhlang.procedures.rules import Sheet, Span, Standing, papers
from dinhlang.procedures.rules.sheet import words_of
from dinhlang.procedures.tests import sheets

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "written", ["1.001193", " 1.001193 ", "1.001193.000.00.00.H23", "1.001193.000.00.00.h23", "1. 001193"]
)
def test_a_code_is_compared_on_its_short_form(written: str) -> None:
    assert rules.short_code(written) == "1.001193"


@pytest.mark.parametrize(
    "written", ["", "1001193", "1.0011933", "11.001193", "1.001193.H23", "một", "1,001193"]
)
def test_what_is_no_code_is_refused_with_how_one_looks(written: str) -> None:
    with pytest.raises(rules.BadCode, match=r"1\.001193"):
        rules.short_code(written)


def test_codes_are_found_in_running_text_and_within_spaces() -> None:
    text = "Mã 1.001193; 2. 000908 và 1.001193.000.00.00.H23, không phải 1.0011931 hay 21.001193"
    assert rules.codes_in(text) == ["1.001193", "2.000908"]


@pytest.mark.parametrize("sheet", [sheets.BIRTH, sheets.MARRIAGE, sheets.SHOP, Sheet(name="")])
def test_a_sheet_comes_back_from_json_as_it_was(sheet: Sheet) -> None:
    assert rules.from_json(rules.to_json(sheet)) == sheet


def test_every_word_of_a_sheet_is_told() -> None:
    said = set(words_of(sheets.BIRTH))
    assert {"Đăng ký khai sinh", "Giấy chứng sinh", "KQ.G15.000031", "Trong ngày", "60/2014/QH13"} <= said


def test_the_parts_that_the_law_asks_for_are_missed_by_name() -> None:
    assert rules.missing_parts(sheets.BIRTH) == []
    bare = replace(sheets.BIRTH, methods=(), applicants="", decided_by="", carried_out_by="")
    assert rules.missing_parts(bare) == ["methods", "time_limit", "applicants", "carried_out_by"]


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        ([], Standing.COMING),
        ([Span(None)], Standing.IN_FORCE),
        ([Span(DAY)], Standing.IN_FORCE),
        ([Span(DAY + timedelta(1))], Standing.COMING),
        ([Span(None, DAY)], Standing.ABOLISHED),
        ([Span(None, DAY + timedelta(1))], Standing.IN_FORCE),
        ([Span(None, DAY), Span(DAY)], Standing.IN_FORCE),
        ([Span(DAY, DAY), Span(DAY)], Standing.IN_FORCE),
    ],
)
def test_what_stands_follows_from_the_days(spans: list[Span], expected: Standing) -> None:
    assert rules.standing(spans, DAY) is expected


@given(
    st.lists(st.dates(date(2010, 1, 1), date(2030, 1, 1)), min_size=1, max_size=6, unique=True), st.dates()
)
def test_of_versions_that_follow_each_other_exactly_one_stands_from_the_first_day_on(
    days: list[date], on: date
) -> None:
    starts = sorted(days)
    spans = [Span(start, end) for start, end in zip(starts, [*starts[1:], None], strict=True)]
    assert sum(span.holds(on) for span in spans) == (on >= starts[0])


def test_a_silent_decision_counts_from_its_signing_and_says_so() -> None:
    seen = date(2026, 5, 5)
    assert rules.effective(DAY, date(2026, 2, 1), seen) == (DAY, False)
    assert rules.effective(None, date(2026, 2, 1), seen) == (date(2026, 2, 1), True)
    assert rules.effective(None, None, seen) == (seen, True)


@pytest.mark.parametrize(
    ("effective_on", "signed_on"),
    [(date(2062, 1, 1), None), (date(1926, 1, 1), None), (DAY, date(2026, 3, 2))],
)
def test_days_that_no_decision_has_are_refused(effective_on: date, signed_on: date | None) -> None:
    with pytest.raises(rules.CannotChangeProcedure):
        rules.check_days(effective_on, signed_on, DAY)


@pytest.mark.parametrize(
    ("name", "is_so"),
    [
        ("Tờ khai đăng ký khai sinh theo mẫu", False),
        ("Trích lục ly hôn của vợ, chồng cũ, nếu có", True),
        ("Văn bản ủy quyền (trường hợp ủy quyền)", True),
        ("Giấy xác nhận của trường học", False),
        ("Giấy tờ nêu tại mục 1", False),
    ],
)
def test_a_paper_that_only_some_bring_is_known_by_its_name(name: str, is_so: bool) -> None:
    assert papers.is_conditional(name) is is_so
