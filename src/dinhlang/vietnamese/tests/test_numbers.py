from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import numbers

WORDS = {
    0: "không",
    1: "một",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    1_000: "một nghìn",
    1_005: "một nghìn không trăm linh năm",
    1_050: "một nghìn không trăm năm mươi",
    2_023: "hai nghìn không trăm hai mươi ba",
    6_694: "sáu nghìn sáu trăm chín mươi tư",
    10_000: "mười nghìn",
    100_000: "một trăm nghìn",
    1_000_001: "một triệu không trăm linh một",
    1_005_000: "một triệu không trăm linh năm nghìn",
    21_000_000: "hai mươi mốt triệu",
    10**9: "một tỷ",
    1_000_000_005: "một tỷ không trăm linh năm",
    1_234_000_000_000: "một nghìn hai trăm ba mươi tư tỷ",
    10**12 + 5 * 10**6: "một nghìn tỷ không trăm linh năm triệu",
    10**15: "một triệu tỷ",
}


@pytest.mark.parametrize(("number", "words"), WORDS.items())
def test_a_number_is_said_as_an_office_says_it(number: int, words: str) -> None:
    assert numbers.in_words(number) == words
    assert numbers.from_words(words) == number


@given(st.integers(0, 10**15) | st.integers(0, 10_000) | st.integers(0, 999_999).map(lambda n: n * 10**9 + n))
def test_words_say_the_number_they_were_made_from(number: int) -> None:
    assert numbers.from_words(numbers.in_words(number)) == number


@pytest.mark.parametrize("number", [-1, 10**15 + 1])
def test_a_number_out_of_range_has_no_words(number: int) -> None:
    with pytest.raises(ValueError, match="không nằm trong khoảng"):
        numbers.in_words(number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("một trăm lẻ năm", 105),
        ("một trăm lẻ tư", 104),
        ("hai mươi bốn", 24),
        ("hai mươi một", 21),
        ("hai mươi nhăm", 25),
        ("hai lăm", 25),
        ("ba mốt", 31),
        ("sáu ngàn", 6000),
        ("một nghìn lẻ năm", 1005),
        ("một nghìn hai mươi", 1020),
        ("hai tỉ rưỡi", None),
        ("một tỉ", 10**9),
        ("một triệu không nghìn không trăm linh một", 1_000_001),
        ("  Hai   MƯƠI  mốt ", 21),
        (unicodedata.normalize("NFD", "bảy mươi bảy"), 77),
        ("bẩy", 7),
    ],
)
def test_variants_are_understood(words: str, number: int | None) -> None:
    assert numbers.from_words(words) == number


@pytest.mark.parametrize(
    "words",
    [
        "",
        "mươi",
        "lăm",
        "tư",
        "mốt",
        "hai mươi năm",
        "mười năm",
        "một mươi",
        "hai ba",
        "trăm",
        "không trăm",
        "không trăm linh năm",
        "một trăm năm",
        "một nghìn năm",
        "một triệu hai",
        "một nghìn một triệu",
        "một nghìn hai nghìn",
        "tỷ",
        "một tỷ một tỷ một tỷ",
        "mười mười",
        "linh năm",
        "không không",
        "hai trăm trăm",
        "năm 2023",
        "một triệu tỷ không trăm linh một",
        "không nghìn",
    ],
)
def test_words_that_say_no_number_give_none(words: str) -> None:
    assert numbers.from_words(words) is None


NUMBER_WORDS = "không một hai tư năm lăm mười mươi trăm nghìn triệu tỷ linh"


@given(st.lists(st.sampled_from(NUMBER_WORDS.split()), max_size=9))
def test_any_heap_of_number_words_is_a_number_or_none(words: list[str]) -> None:
    found = numbers.from_words(" ".join(words))
    assert found is None or numbers.from_words(numbers.in_words(found)) == found


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("6.694", 6694),
        ("86,5", 86.5),
        ("01", 1),
        ("0", 0),
        ("1.234.567", 1234567),
        ("1.234,5", 1234.5),
        (" 48 ", 48),
        ("-3", -3),
        ("−3,5", -3.5),
        ("3,500", 3.5),
        ("2023", 2023),
        ("12345,6", 12345.6),
        ("12.5", None),
        ("1,234,567", None),
        ("1.23.456", None),
        ("0.500", None),
        ("012.345", None),
        ("1.234.56", None),
        ("", None),
        (",5", None),
        ("5,", None),
        ("1 234", None),
        ("bốn", None),
        ("١٢", None),
        ("1e5", None),
        ("9" * 10_000, None),
    ],
)
def test_figures_are_read_the_vietnamese_way(written: str, number: float | None) -> None:
    found = numbers.parse(written)
    assert found == number
    assert type(found) is type(number)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1234.5, "1.234,5"),
        (6694, "6.694"),
        (999, "999"),
        (0, "0"),
        (-1234567, "-1.234.567"),
        (5.0, "5"),
        (0.1, "0,1"),
    ],
)
def test_a_number_is_printed_with_stops_between_thousands(value: float, written: str) -> None:
    assert numbers.printed(value) == written


@given(
    st.integers(-(10**30), 10**30)
    | st.floats(allow_nan=False, allow_infinity=False, min_value=-1e15, max_value=1e15)
)
def test_what_is_printed_reads_back(value: float) -> None:
    assert numbers.parse(numbers.printed(value)) == value


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_not_printed(value: float) -> None:
    with pytest.raises(ValueError, match="không phải là số"):
        numbers.printed(value)
