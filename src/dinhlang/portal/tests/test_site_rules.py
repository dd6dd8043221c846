"""Where a site may stand: addresses made of Vietnamese names, host names as people paste them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.portal.sites.rules import (
    RESERVED,
    SLUG_LENGTH,
    CannotChangeSite,
    checked_host,
    checked_path,
    free_slug,
    slug,
)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Đăng ký hộ tịch", "dang-ky-ho-tich"),
        ("  Thủ tục “mới”, sửa đổi (2025)  ", "thu-tuc-moi-sua-doi-2025"),
        ("Ủy ban & Hội đồng – nhân dân", "uy-ban-hoi-dong-nhan-dan"),
        ("Trường ĐẠI HỌC", "truong-dai-hoc"),
        ("Hòa / Hoà", "hoa-hoa"),
        ("日本", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_the_letters_of_the_name(text: str, address: str) -> None:
    assert slug(text) == address


@given(st.text(max_size=300), st.integers(min_value=1, max_value=SLUG_LENGTH))
def test_a_slug_is_ascii_short_and_made_once(text: str, most: int) -> None:
    made = slug(text, most)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", made)
    assert len(made) <= most
    assert slug(made, most) == made


@given(st.lists(st.text(max_size=120), max_size=12))
def test_no_two_get_the_same_address(names: list[str]) -> None:
    taken: set[str] = set()
    for name in names:
        made = free_slug(name, taken)
        assert made not in taken
        assert 0 < len(made) <= SLUG_LENGTH
        taken.add(made)


def test_a_long_name_is_cut_between_words() -> None:
    assert slug("một hai ba bốn", 8) == "mot-hai"
    assert slug("mothaibabon", 5) == "motha"


@pytest.mark.parametrize("path", ["ben-truc", "xa-1", " /Ben-Truc/ "])
def test_a_path_that_can_be_used(path: str) -> None:
    assert checked_path(path) == path.strip().strip("/").lower()


@pytest.mark.parametrize(
    "path", ["", "bến-trúc", "a b", "-a", "a--b", "a/b", "..", "x" * 61, *sorted(RESERVED)]
)
def test_a_path_that_cannot_be_used_is_refused(path: str) -> None:
    with pytest.raises(CannotChangeSite, match="Địa chỉ"):
        checked_path(path)


@pytest.mark.parametrize(
    ("host", "kept"),
    [
        ("bentruc.example.vn", "bentruc.example.vn"),
        (" https://BenTruc.example.vn:8443/vi/tin?x=1 ", "bentruc.example.vn"),
        ("bentruc.example.vn/tin", "bentruc.example.vn"),
        ("bếntrúc.vn", "xn--bntrc-bva7544c.vn"),
    ],
)
def test_a_host_name_is_kept_as_browsers_send_it(host: str, kept: str) -> None:
    assert checked_host(host) == kept


@pytest.mark.parametrize(
    "host", ["", "localhost", "a", "..", "127.0.0.1", "a b.vn", "-a.vn", "x" * 70 + ".vn", "a" * 300]
)
def test_what_is_no_host_name_is_refused(host: str) -> None:
    with pytest.raises(CannotChangeSite, match="tên miền"):
        checked_host(host)
