"""Lengths of time as procedures write them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.periods.duration import Duration, DurationUnit, read_duration


@pytest.mark.parametrize(
    ("text", "iso", "words"),
    [
        ("03 Ngày làm việc", "P3D", "3 ngày làm việc"),
        ("03 (ba) ngày làm việc", "P3D", "3 ngày làm việc"),
        ("Không quá 05 ngày làm việc, kể từ ngày nhận đủ hồ sơ hợp lệ.", "P5D", "5 ngày làm việc"),
        ("Thời hạn giải quyết: 15 ngày", "P15D", "15 ngày"),
        ("8 giờ làm việc", "PT8H", "8 giờ làm việc"),
        ("24 Giờ", "PT24H", "24 giờ"),
        ("30 phút", "PT30M", "30 phút"),
        ("02 tháng", "P2M", "2 tháng"),
        ("0.5 Ngày làm việc", "P0.5D", "0,5 ngày làm việc"),
        ("1,5 Giờ", "PT1.5H", "1,5 giờ"),
        ("Trong ngày", "P0D", "trong ngày"),
        ("Giải quyết ngay trong ngày làm việc", "P0D", "trong ngày"),
    ],
)
def test_a_plain_length_is_read(text: str, iso: str, words: str) -> None:
    for form in ("NFC", "NFD"):
        found = read_duration(unicodedata.normalize(form, text))
        assert found is not None
        assert (found.iso, found.words) == (iso, words)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "Không quy định",
        "5 - 7 ngày",
        "05 ngày làm việc; trường hợp phải xác minh thì 10 ngày làm việc",
        "Chậm nhất là ngay trước khi tàu rời cảng",
        "ngày 15 tháng 6",
        "99999 ngày",
        "0 ngày",
        "10 ngày làm việc đối với cấp mới và 5 ngày đối với cấp lại",
    ],
)
def test_what_is_no_single_length_is_left_to_its_words(text: str) -> None:
    assert read_duration(text) is None


@given(st.integers(1, 9999), st.sampled_from(DurationUnit))
def test_what_is_printed_is_read_back(amount: int, unit: DurationUnit) -> None:
    one = Duration(Decimal(amount), unit)
    assert read_duration(one.words) == one
    assert Duration.from_json(one.to_json()) == one
    assert re.fullmatch(r"PT?\d+[YMDH]", one.iso)


@given(st.text(max_size=300))
def test_no_text_breaks_the_reader(text: str) -> None:
    read_duration(text)
