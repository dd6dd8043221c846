"""A text that is shown again and again is marked as it was the first time."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.search import excerpts, marks
from dinhlang.search.rows import Rows

_SAID = [
    "hộ",
    "Tịch",
    "ký",
    "KĨ",
    "UBND",
    "uỷ",
    "ban",
    "nhân",
    "dân",
    "ßộ",
    "İ",
    "x\u0323",
    "a" * 45,
    "_",
    ",",
    "\n",
]


@given(
    st.lists(st.sampled_from(_SAID), max_size=14),
    st.sampled_from(["NFC", "NFD"]),
    st.sampled_from(["", " ", "  "]),
    st.lists(st.sampled_from(["ho", "tich", "ki", "ubnd", "uy", "ban", "x"]), min_size=1, max_size=3),
)
def test_a_text_is_marked_the_same_however_often_it_is_shown(
    said: list[str], form: Literal["NFC", "NFD"], between: str, asked: list[str]
) -> None:
    text = unicodedata.normalize(form, between.join(said))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpts, "_rows", Rows(1000))
        first, second, third = (marks(text, asked) for _ in range(3))
    assert first == second == third


def test_only_so_many_words_are_kept() -> None:
    rows = Rows(10)
    for text in ("một hai ba bốn", "năm sáu bảy tám", "chín mười"):
        assert rows.of(text) is None
        row = rows.of(text)
        assert row is not None
        assert [text[start:end] for start, end in zip(row.starts, row.ends, strict=True)] == text.split()
    assert rows.of("một hai ba bốn") is rows.of("một hai ba bốn")
    rows.of("một hai")
    rows.of("một hai")
    held = [
        text for text in ("một hai ba bốn", "năm sáu bảy tám", "chín mười", "một hai") if text in rows._rows
    ]
    assert held == ["một hai ba bốn", "chín mười", "một hai"], "the one that was looked at longest ago went"
