from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import damage, legacy
from dinhlang.vietnamese.damage import Kind
from dinhlang.vietnamese.text import fold

SHARED = Path(__file__).parents[4] / "../shared"
SOUND = {
    number: next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    for number in ("000", "002", "003", "004")
}
DAMAGED = next((SHARED / "seeds").glob("001_*.txt")).read_text(encoding="utf-8")

PLAN = """ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY

KẾ HOẠCH
Tổ chức ngày hội chuyển đổi số năm 2026

Thực hiện Kế hoạch số 14/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh về chuyển đổi số, Ủy ban nhân dân xã
Sông Mây tổ chức ngày hội chuyển đổi số tại nhà văn hóa các thôn, cụ thể như sau:

Nơi nhận:
- Phòng VH-XH;
- Lưu: VT.
"""


def _in_tcvn3(text: str) -> str:
    codes = {letter: chr(code) for code, letter in legacy._TCVN3.items()}
    return "".join(codes.get(letter, letter) for letter in text)


def _in_vni(text: str) -> str:
    codes = {letter: code for code, letter in legacy._VNI.items()}
    return "".join(codes.get(letter, letter) for letter in text)


def _as_western(text: str) -> str:
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in text.encode())


@pytest.mark.parametrize("number", SOUND)
def test_sound_documents_are_sound_in_every_part(number: str) -> None:
    assert damage.health(SOUND[number]).kind is Kind.SOUND
    found = damage.parts(SOUND[number])
    assert len(found) > 20
    assert all(part.health.score > 0.75 for part in found)


def test_a_misread_document_is_misread_in_every_part() -> None:
    assert damage.health(DAMAGED).kind is Kind.MISREAD
    found = damage.parts(DAMAGED)
    assert len(found) > 50
    assert all(part.health.kind is Kind.MISREAD and part.health.score < damage.SOUND_FROM for part in found)


@pytest.mark.parametrize(
    ("spoil", "kind"),
    [
        (fold, Kind.NO_MARKS),
        (lambda text: fold(text).upper(), Kind.NO_MARKS),
        (_in_tcvn3, Kind.LEGACY),
        (_in_vni, Kind.LEGACY),
        (_as_western, Kind.LEGACY),
        (lambda text: text.encode("cp1252", "replace").decode("cp1252"), Kind.LOST_LETTERS),
        (lambda text: "".join(chr(0xE000 + ord(c) % 200) if c.isalpha() else c for c in text), Kind.UNREADABLE),
        (lambda text: "".join(f"(cid:{ord(c)})" for c in text), Kind.UNREADABLE),
    ],
)  # fmt: skip
def test_the_kind_of_damage_is_told(spoil, kind: Kind) -> None:
    assert damage.health(PLAN).kind is Kind.SOUND
    found = damage.health(spoil(PLAN))
    assert found.kind is kind
    assert found.is_damaged
    assert found.score < damage.SOUND_FROM


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "6.694 | 3.500 | 86,5 % | 12/KH-UBND | 01/07/2025 | 000.12.34.H23",
        "https://songmay.example.gov.vn/tin-tuc  vanphong@songmay.example.gov.vn",
        "Facebook, Zalo, YouTube, VNeID, TikTok",
        "The People's Committee of the commune shall report to the province on the results of the programme.",
        "Xã Ea H'leo, huyện Krông Năng, tỉnh Đắk Lắk",
        "Y Bham Niê, H'Linh Kbuôr, Ksor Phước",
        "x",
        "東京 Москва",
        "12 34 56 78\n90 12 34 56",
    ],
)
def test_what_is_no_damaged_vietnamese_is_not_called_so(text: str) -> None:
    assert not damage.health(text).is_damaged


def test_a_short_line_has_the_verdict_of_its_surroundings() -> None:
    body = "Thuc hien Ke hoach so 12/KH-UBND cua Uy ban nhan dan tinh ve chuyen doi so trong nam nay"
    found = damage.parts(f"{body}\n\nTu do\n\n{body}")
    assert [part.health.kind for part in found] == [Kind.NO_MARKS] * 3
    sound = "Thực hiện Kế hoạch số 12/KH-UBND của Ủy ban nhân dân tỉnh về chuyển đổi số trong năm nay"
    found = damage.parts(f"{sound}\n\nAn Lam\n\n{sound}")
    assert [part.health.kind for part in found] == [Kind.SOUND] * 3


def test_a_damaged_page_between_sound_ones_is_found() -> None:
    found = damage.parts(f"{PLAN}\n\n{DAMAGED}\n\n{PLAN}")
    kinds = [part.health.kind for part in found]
    assert kinds[0] is kinds[-1] is Kind.SOUND
    # The last line, two words, may go with either page.
    assert kinds.count(Kind.MISREAD) >= len(damage.parts(DAMAGED)) - 1


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("àÂệă?\ufffd\x81(cid:1) \n")))
def test_any_text_has_a_health_and_its_parts_cover_its_lines_once(text: str) -> None:
    assert 0 <= damage.health(text).score <= 1
    covered = [line for part in damage.parts(text) for line in range(part.first, part.last + 1)]
    assert len(covered) == len(set(covered))
    assert {number for number, line in enumerate(text.split("\n")) if line.strip()} <= set(covered)


@pytest.mark.parametrize("unit", ["a", "?", "(cid:", "Ã", "á»", "x ", "\n", "é"])
def test_a_long_line_takes_time_in_proportion(unit: str) -> None:
    start = time.process_time()
    damage.health(unit * (200_000 // len(unit)))
    assert time.process_time() - start < 3
