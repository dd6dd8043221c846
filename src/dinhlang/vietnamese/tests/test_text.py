from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import text

SEEDS = sorted((Path(__file__).parents[4] / "../shared/seeds").glob("*.txt"))

vietnamese_text = st.text(
    alphabet="aàảãáạăằâấbcdđeèêếghiíklmnoòôốơờpqrstuùưứvxyỳ ABĐÊƠƯ 0123456789,.-–“”\n\u0301\u0323が한й"
)


def fold_by_definition(value: str) -> str:
    """The slow and obvious way."""
    kept = [c for c in unicodedata.normalize("NFD", value.lower()) if not "\u0300" <= c <= "\u036f"]
    return unicodedata.normalize("NFC", "".join(kept).replace("đ", "d"))


def test_folding_the_seeds_gives_what_the_definition_gives() -> None:
    assert len(SEEDS) == 5
    for seed in SEEDS:
        content = seed.read_text(encoding="utf-8")
        assert text.fold(content) == fold_by_definition(content)


@given(vietnamese_text | st.text())
def test_folding_follows_its_definition_for_any_text(value: str) -> None:
    assert text.fold(value) == fold_by_definition(value)


@given(vietnamese_text)
def test_folding_does_not_mind_the_normal_form_and_folding_twice_is_folding_once(value: str) -> None:
    once = text.fold(value)
    assert (
        once
        == text.fold(unicodedata.normalize("NFD", value))
        == text.fold(unicodedata.normalize("NFC", value))
    )
    assert text.fold(once) == once


@pytest.mark.parametrize(
    ("value", "folded"),
    [
        ("Đường Đất ĐỎ", "duong dat do"),
        ("KẾ HOẠCH – “cải cách”…", "ke hoach – “cai cach”…"),
        ("Москва 東京 한국 ไทย", "москва 東京 한국 ไทย"),
        ("a\x01–b", "a\x01–b"),
        ("", ""),
    ],
)
def test_fold_keeps_what_is_not_a_latin_mark(value: str, folded: str) -> None:
    assert text.fold(value) == folded


@pytest.mark.parametrize(
    "in_order",
    [
        [
            "ba",
            "bà",
            "bả",
            "bã",
            "bá",
            "bạ",
            "bạch",
            "băn",
            "bân",
            "ca",
            "da",
            "đa",
            "e",
            "ê",
            "o",
            "ô",
            "ơ",
            "u",
            "ư",
        ],
        ["Hà Nam", "Hà Nội", "Hạ Long", "Hạ Lý"],
        ["An Đổ", "Ăn", "Ân Thi", "Dân Chủ", "Đại An"],
        ["Thôn 2", "Thôn 10", "Thôn An"],
        ["hoà", "hòa", "hoàn"],
        ["tan", "tàn", "tán", "tang"],
    ],
)
def test_collation_is_that_of_a_vietnamese_dictionary(in_order: list[str]) -> None:
    assert sorted(set(in_order), key=text.collation_key) == in_order


@given(vietnamese_text, vietnamese_text)
def test_equal_collation_keys_mean_equal_texts(one: str, other: str) -> None:
    same = text.nfc(one) == text.nfc(other)
    assert (text.collation_key(one) == text.collation_key(other)) is same


@pytest.mark.parametrize(
    ("written", "house"),
    [
        ("hoà", "hòa"),
        ("CỘNG HOÀ", "CỘNG HÒA"),
        ("Uỷ ban", "Ủy ban"),
        ("khoẻ", "khỏe"),
        ("thuý Thuỷ luỹ tuỳ", "thúy Thủy lũy tùy"),
        ("goá xoá loè nhoè", "góa xóa lòe nhòe"),
        ("quý quỹ quà quạ que quẻ", "quý quỹ quà quạ que quẻ"),
        ("giá gìn giò già giữ", "giá gìn giò già giữ"),
        ("hoàn toàn khoản thuyền huỵch khuỷu ngoằn ngoèo", "hoàn toàn khoản thuyền huỵch khuỷu ngoằn ngoèo"),
        ("hòa ủy khỏe", "hòa ủy khỏe"),
        ("cuả muà", "cuả muà"),
        ("giao-thông;hoà/thuỷ", "giao-thông;hòa/thủy"),
        (unicodedata.normalize("NFD", "hoà"), "hòa"),
    ],
)
def test_house_style_puts_the_tone_forward_and_touches_nothing_else(written: str, house: str) -> None:
    assert text.house_style(written) == house
    assert text.house_style(house) == house


@pytest.mark.parametrize(
    "in_order",
    [
        ["Nguyễn Thị Ánh", "Hà Thị Bình", "Lê Văn Bình", "Nguyễn Văn Bình"],
        ["Lê An", "Nguyễn An", "Lê Văn An", "Lê Văn Bình An"],
        ["Trần Văn Đông", "Trần Thị Em"],
        ["Hoàng Dũng", "Hoàng Đức", "Hoàng Giang"],
        ["Y Moan Ênuôl", "H'Hen Niê", "Phương"],
        ["Vũ Văn An", "Vũ Văn An (thôn Đình)", "Vũ Văn An (thôn Soi)", "Lê Thị Bé"],
        ["", "Lan", "Bùi Lan", "Bùi Thị Lan"],
    ],
)
def test_people_stand_in_the_order_of_given_middle_and_family_name(in_order: list[str]) -> None:
    assert sorted(sorted(in_order), key=text.name_key) == in_order


@given(vietnamese_text, vietnamese_text)
def test_equal_name_keys_mean_equal_names(one: str, other: str) -> None:
    same = text.nfc(one) == text.nfc(other)
    assert (text.name_key(one) == text.name_key(other)) is same


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("  Nguyễn \t Văn\u00a0A\n", "Nguyễn Văn A"),
        ("Ngu\u200byễn\u200d Văn\u2060 \ufeffA", "Nguyễn Văn A"),
        ("\u202eA năV\u202c", "A năV"),
        ("Ánh\ufe0f \U000e0041", "Ánh"),
        (unicodedata.normalize("NFD", "Trần Văn Ví Dụ"), "Trần Văn Ví Dụ"),
        ("\u200b\u200d\u2066", ""),
        ("a\x00b\x1b[1m", "ab[1m"),
    ],
)
def test_one_line_is_what_a_reader_sees(written: str, seen: str) -> None:
    assert text.one_line(written) == seen


@given(st.text())
def test_one_line_has_nothing_left_to_take_away(value: str) -> None:
    once = text.one_line(value)
    assert text.one_line(once) == once
    assert not any(unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"} for c in once)
