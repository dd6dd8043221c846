from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from dinhlang.officialdoc.repair import Class, Repaired, repair, to_json
from dinhlang.vietnamese import legacy
from dinhlang.vietnamese.text import fold

SHARED = Path(__file__).parents[4] / "../shared"
SEEDS = {
    number: next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    for number in ("000", "001", "002", "003", "004")
}
RESTORED = next((SHARED / "truth").glob("001_*.restored.txt")).read_text(encoding="utf-8")

# An invented commune, and a page of it as a machine that knows only English read it.
TRUE = """
ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY

Thực hiện Kế hoạch số 14/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh về việc nâng cao chất lượng công tác
tuyên truyền, Ủy ban nhân dân xã đã tổ chức 12 buổi tập huấn cho 345 lượt người, đạt 86,5% kế hoạch năm.
"""
DAMAGED = """
UY BAN NHAN DAN
XA SONG MAY

Thuc hién Ké hoach sé 14/KH-UBND ngay 12/01/2026 ctia Uy ban nhan dan tinh vé viéc nang cao chat lugng céng tac
tuyén truyén, Uy ban nhan dan xa da t6 chirc 12 budi tap huan cho 345 lugt ngudi, dat 86,5% ké hoach nam.
"""


def without_marks(text: str) -> str:
    return "".join(fold(letter) if letter.islower() else fold(letter).upper() for letter in text)


def error(found: str, true: str) -> float:
    """The share of characters that differ, white space folded."""
    found, true = " ".join(found.split()), " ".join(true.split())
    return Levenshtein.distance(found, true) / len(true)


@pytest.fixture(scope="module")
def alone() -> Repaired:
    return repair(SEEDS["001"], name="001.txt")


@pytest.fixture(scope="module")
def with_sister() -> Repaired:
    return repair(SEEDS["001"], like=[("000.txt", SEEDS["000"])])


def test_the_damaged_seed_is_restored_without_a_sister(alone: Repaired) -> None:
    assert error(SEEDS["001"], RESTORED) > 0.2
    assert error(alone.text, RESTORED) <= 0.015
    assert alone.kind == "misread"
    assert alone.damage_before > 0.7
    assert alone.damage_after < 0.02


def test_a_sister_makes_it_better(alone: Repaired, with_sister: Repaired) -> None:
    assert error(with_sister.text, RESTORED) <= 0.003
    assert not with_sister.problems


def test_a_text_on_the_same_matter_is_no_sister(alone: Repaired) -> None:
    found = repair(SEEDS["001"], like=[("004.txt", SEEDS["004"])])
    assert [one.code for one in found.problems] == ["no-sister"]
    assert "004.txt" in found.problems[0].message
    assert found.text == alone.text


def test_the_sister_never_brings_its_numbers(with_sister: Repaired) -> None:
    assert numbers(with_sister.text) == numbers(SEEDS["001"])
    assert "48 tin" in with_sister.text
    assert "36 tin" in SEEDS["000"]


def numbers(text: str) -> list[str]:
    """What stands in a text as a number, a date or a code with a year."""
    return re.findall(r"(?<![^\W_])\d+(?:[.,/]\d+)*(?![^\W_])", text)


def test_unknown_names_are_proposed_and_not_applied(alone: Repaired) -> None:
    names = [change for change in alone.changes if change.kind is Class.NAME]
    assert len(names) > 5
    assert all(change.check and not change.applied and change.confidence <= 0.5 for change in names)


def test_a_name_that_is_told_is_restored_and_shown() -> None:
    damaged = DAMAGED.replace("tinh vé", "xa Séng May vé")
    found = repair(damaged, known_names=["Sông Mây"])
    assert "xã Sông Mây về" in found.text
    assert {change.after for change in found.doubtful} >= {"Sông"}
    assert "xa Séng May" in repair(damaged).text or "xã Séng May" in repair(damaged).text


def test_a_page_of_another_commune_is_restored() -> None:
    found = repair(DAMAGED)
    assert error(found.text, TRUE) < 0.02
    assert "14/KH-UBND ngày 12/01/2026" in found.text
    assert "345 lượt người, đạt 86,5% kế hoạch năm." in found.text


def test_each_change_points_at_what_it_replaces(alone: Repaired) -> None:
    lines = SEEDS["001"].split("\n")
    assert len(alone.changes) > 800
    for change in alone.changes:
        span = change.span
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == change.before
        assert SEEDS["001"][change.start : change.end] == change.before
        assert 0 <= change.confidence <= 1


@pytest.mark.parametrize("number", ["000", "002", "003", "004"])
def test_sound_documents_stay_as_they_are(number: str) -> None:
    found = repair(SEEDS[number])
    assert found.kind == "sound"
    # 003 writes 'xuât'.
    assert [change.before for change in found.changes if change.applied] == (
        ["xuât"] if number == "003" else []
    )
    assert len(found.changes) <= 1


@pytest.mark.parametrize(
    ("spoil", "kind", "most"),
    [
        (without_marks, "no-marks", 0.01),
        (lambda text: text.encode("cp1252", "replace").decode("cp1252"), "lost-letters", 0.02),
        (lambda text: "".join(_TCVN3.get(letter, letter) for letter in text), "legacy-encoding", 0.005),
        (lambda text: text.encode().decode("latin-1"), "legacy-encoding", 0.0),
    ],
)
def test_other_damage_is_mended_in_its_own_way(spoil, kind: str, most: float) -> None:
    true = SEEDS["000"]
    damaged = spoil(true)
    found = repair(damaged)
    assert error(damaged, true) > 0.1
    assert found.kind == kind
    assert error(found.text, true) <= most
    assert numbers(found.text) == numbers(damaged)


_TCVN3 = {letter: chr(code) for code, letter in legacy._TCVN3.items()}


def test_figures_that_may_be_a_word_are_shown_and_stay() -> None:
    found = repair(
        "Xir phat hanh vi vi pham cua ngudi nu@c ngoai di lam viéc 6 nuéc ngoai theo hgp déng lao dong"
    )
    assert [(change.after, change.applied) for change in found.changes if change.kind is Class.NUMBER] == [
        ("ở", False)
    ]
    assert " 6 nước ngoài theo hợp đồng lao động" in found.text


def test_the_letters_of_a_symbol_are_mended_and_shown() -> None:
    found = repair(
        "Can ctr Nghi dinh sé 30/2020/ND-CP ngay 05 thang 3 nam 2020 ctia Chinh phi vé cong tac van thu"
    )
    assert (
        "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư" in found.text
    )
    assert [change.before for change in found.changes if change.kind is Class.CODE] == ["30/2020/ND-CP"]
    assert all(change.check for change in found.changes if change.kind is Class.CODE)


def test_words_that_stuck_together_are_parted() -> None:
    body = "Can ctr Luat Quan ly, sir dung tai san cong ngay 21 thang 6 nam 2017 ctia Quéc hdi"
    found = repair(f"QUAN LY, SU DUNG, KHAITHAC TAI SAN CONG\n\n{body}")
    assert found.text.startswith("QUẢN LÝ, SỬ DỤNG, KHAI THÁC TÀI SẢN CÔNG")
    assert " THÁC" in [change.after for change in found.changes]


def test_the_country_is_known_by_its_letters() -> None:
    found = repair("Cong dan Viét Nam cé quyén khiéu nai theo quy dinh ctia phap luat vé khiéu nai")
    assert found.text.startswith("Công dân Việt Nam có quyền khiếu nại theo quy định của pháp luật")


def test_one_damaged_page_leaves_the_sound_ones_alone() -> None:
    found = repair(f"{SEEDS['000']}\n{DAMAGED}\n{SEEDS['004']}")
    assert SEEDS["000"].strip() in found.text
    assert SEEDS["004"].strip().replace("truyên", "truyền") in found.text.replace("truyên", "truyền")
    assert "tổ chức 12 buổi tập huấn cho 345 lượt người" in found.text


def test_the_answer_is_plain_json() -> None:
    found = json.loads(json.dumps(to_json(repair(DAMAGED, name="quét.txt")), ensure_ascii=False))
    assert found["schema"] == "dinhlang.repair/1"
    assert found["source"] == "quét.txt"
    assert found["damage_after"] < 0.2 < found["damage_before"]
    assert found["changes"][0].keys() == {"span", "from", "to", "confidence", "class", "applied", "check"}


def test_progress_runs_to_the_end() -> None:
    told: list[float] = []
    repair(DAMAGED * 3, progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 1.0
    assert len(told) > 3


def test_restoring_twice_changes_next_to_nothing(alone: Repaired) -> None:
    again = repair(alone.text)
    assert error(again.text, alone.text) < 0.003


PIECES = st.sampled_from(
    [
        *("Uy ban", "nhén dan", "ctia", "xa", "t6 chirc", "d4n", "14/KH-UBND", "12/01/2026", "86,5%", "1.234", "K&", "x3", "Két qua"),
        *("Ủy ban", "nhân dân", "quận", "xuât", "C?ng", "\ufffd", "Ã¡", "µ", "\n", "\n\n", "\f", "…", "16 trinh", "HDND", "I€n"),
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=30).map(" ".join))
def test_any_text_is_answered_and_its_numbers_stay(text: str) -> None:
    found = repair(text)
    assert numbers(found.text) == numbers(fold_to_nfc(text))
    assert found.text.count("\n") == text.count("\n")
    assert 0 <= found.damage_after <= 1


def fold_to_nfc(text: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", text)
