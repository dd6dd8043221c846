"""The text of a payment code: the vector of the notes, the limits, and what a reader takes apart again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.org.rules import Refused
from dinhlang.org.vietqr import MOST_PURPOSE, Service, checksum, payload, said_plainly

VECTOR = (
    "00020101021238540010A00000072701240006970436011000000000000208QRIBFTTA"
    "5303704540480005802VN62200816LE PHI KHAI SINH630457AF"
)


def taken_apart(text: str) -> dict[str, str]:
    tags, place = {}, 0
    while place < len(text):
        length = int(text[place + 2 : place + 4])
        tags[text[place : place + 2]] = text[place + 4 : place + 4 + length]
        place += 4 + length
    return tags


def test_the_checksum_is_the_one_banks_use() -> None:
    assert checksum("123456789") == 0x29B1


def test_a_fee_is_told_as_in_the_test_vector() -> None:
    assert payload(bank="970436", account="0000000000", amount=8000, purpose="Lệ phí khai sinh") == VECTOR


def test_without_an_amount_the_payer_types_it() -> None:
    tags = taken_apart(payload(bank="970436", account="0000 0000 00", amount=None, purpose=""))
    assert tags["01"] == "11"
    assert "54" not in tags
    assert "62" not in tags


@given(st.text(max_size=80), st.integers(1, 10**13 - 1), st.sampled_from(Service))
def test_whatever_the_purpose_lengths_and_checksum_hold(purpose: str, amount: int, service: Service) -> None:
    text = payload(bank="970436", account="1", amount=amount, purpose=purpose, service=service)
    tags = taken_apart(text)
    assert text.isascii()
    assert tags["54"] == str(amount)
    assert taken_apart(tags["38"])["02"] == service
    assert int(tags["63"], 16) == checksum(text[:-4])
    assert len(said_plainly(purpose)) <= MOST_PURPOSE


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"bank": "97043"}, "Mã ngân hàng"),
        ({"bank": "٩٧٠٤٣٦"}, "Mã ngân hàng"),
        ({"account": "tài khoản"}, "Số tài khoản"),
        ({"account": "1" * 20}, "Số tài khoản"),
        ({"amount": 0}, "Số tiền"),
        ({"amount": 10**13}, "Số tiền"),
    ],
)
def test_what_no_bank_takes_is_refused_with_the_reason(changed: dict[str, object], reason: str) -> None:
    whole = {"bank": "970436", "account": "123", "amount": 8000, "purpose": "phí"} | changed
    with pytest.raises(Refused, match=reason):
        payload(**whole)  # type: ignore[arg-type]


def test_a_long_purpose_is_cut_between_words() -> None:
    assert said_plainly("Lệ phí đăng ký lại khai sinh quá hạn") == "LE PHI DANG KY LAI KHAI"
    assert said_plainly("x" * 40) == "X" * MOST_PURPOSE
