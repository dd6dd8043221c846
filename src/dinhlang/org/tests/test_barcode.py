"""Bars are read back by a reader of another hand (ZXing)."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dinhlang.officialdoc.write.marks import Bars, bars_png
from dinhlang.org import barcode
from dinhlang.org.barcode import code128
from dinhlang.org.tests.codes import Codes, read

pytestmark = pytest.mark.one_database


def read_back(text: str) -> str:
    """What a reader makes of the bars as they are drawn."""
    found = read(Image.open(BytesIO(bars_png(Bars(code128(text), text)))))
    assert found == Codes(bars=found.bars)
    [said] = found.bars
    return said


def test_the_table_is_one_of_different_signs_each_of_eleven_modules_with_an_even_number_of_dark_ones() -> (
    None
):
    assert len(barcode._WIDTHS) == len(set(barcode._WIDTHS)) == 106
    for one in barcode._WIDTHS:
        assert sum(map(int, one)) == 11
        # The parity that the standard gives every sign but the stop.
        assert sum(map(int, one[::2])) % 2 == 0


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        # start, 12 in pairs of digits …, check, stop: as short as the standard's own rule makes them.
        ("000.12.34.H23-240115-0007", 14 + 4 + 2 + 3 + 3),
        ("H15.50.05.13-261008-0975", 13 + 4 + 2 + 3 + 3),
        ("1234", 2 + 3),
        ("AB", 2 + 3),
    ],
)
def test_codes_of_dossiers_come_back_and_digits_go_in_pairs(text: str, signs: int) -> None:
    assert read_back(text) == text
    assert len(code128(text)) == signs * 11 + 2


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=60))
def test_every_line_of_printable_ascii_comes_back(text: str) -> None:
    assert read_back(text) == text


@given(st.from_regex(r"[0-9A-Z.-]{0,4}[0-9]{1,9}[A-Z.-]{0,3}[0-9]{0,9}", fullmatch=True))
def test_rows_of_digits_anywhere_come_back(text: str) -> None:
    assert read_back(text) == text


@pytest.mark.parametrize("text", ["", "hồ sơ", "a\n"])
def test_what_bars_cannot_say_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Code 128"):
        code128(text)
