from __future__ import annotations

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import _grammar, _suggestions, syllable
from dinhlang.vietnamese.text import TONES, house_style, split_tone

SHARED = Path(__file__).parents[4] / "../shared"
SEEDS = {
    number: next((SHARED / "seeds").glob(f"{number}_*.txt")).read_text(encoding="utf-8")
    for number in ("000", "001", "002", "003", "004")
}

POSSIBLE = """
    quốc quýnh khuỷu ngoằn ngoèo xoong boong goòng tuýp uých huỵch nguệch giếng gìn quyển gịa kịch uỷ ủy
    hoà hòa khoẻ khỏe thuý thúy thuở huơ khuya moóc quạu giặt gì già giết quý quí y ý yếm yết ỉa ừ nghiêng
    Đường CỘNG HÒA Uỷ rượu hươu bưởi khoáy xoáy quẩy tuần luật buýt
    giễu nghễu ngoẹo khuơ quẫy nguýt khuýp huýt luýnh quệch huếch toác choác loắt thoăn moong coóc uỵch khoảnh ngoéo
    khoắng giặc giẻ giộp giày ỷ yểu ìa ạch nghếch kẽ kĩ ướp khướu rựu quỵt quở quẹo khuya phuya huỳnh chếch phệt đuềnh
    đoàng xoàng khuân nhuần sếch rệch múp quắp oẳn oặt ệch ực
"""
IMPOSSIBLE = """
    xuât cuả muà gía qúy ngiêng kác cê ngê gê ghà nghà cac quôc hoàan thuỳên iêm yi kq họcc lwgng thwce
    tốtt đươc phápp ặ ằ gíang bànn coa facebook Krông
"""
NEUTRAL = """
    UBND HĐND CCHC BTGTƯ ThS TTg TP tp km2 A4 2a COVID 25/KH-UBND 13/2/2023 6.694 86,5 15h30 II XIV b đ
    http://quyetthang.vn/vi-vn taison.haiduong.gov.vn a.b@c.gov.vn website Facebook zalo Internet Microsoft
    Krông Kon Kông Kạn Lắk Đắk Ea H’leo 東京 Москва
    Chro Huoai Hmông H'Mông Êđê Mnông M'Nông Xtiêng Stiêng Bham Niê Byă Mlô Adrơng Ksor Kpă Bleng Rcom Ktul Hrê K'Ho
    Păh R'lấp Glei Phja Oắc Jrai Brâu PGS.TS GD&ĐT iOffice VNeID YouTube 000.12.34.H23 H23.34.12-250701-0001 1.001193
"""


@pytest.mark.parametrize(
    "word",
    [
        *POSSIBLE.split(),
        unicodedata.normalize("NFD", "nghiệp"),
    ],
)
def test_a_possible_syllable_is_accepted(word: str) -> None:
    assert syllable.is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        *IMPOSSIBLE.split(),
        "",
        "hai ba",
        "số1",
        "á́",
        "hóà",
    ],
)
def test_an_impossible_one_is_refused(word: str) -> None:
    assert not syllable.is_syllable(word)


def test_there_are_about_as_many_spellings_as_the_orthography_has() -> None:
    assert len(_grammar.ONSETS) == 28
    assert len(set(_grammar.RIMES)) == len(_grammar.RIMES)
    assert 155 <= len(_grammar.RIMES) <= 170
    assert 17_000 <= len(_grammar.spellings()) <= 18_500


@given(st.sampled_from(sorted(_grammar.spellings())))
def test_every_spelling_has_one_tone_at_most_and_a_stopped_one_only_sac_or_nang(word: str) -> None:
    marks = [c for c in unicodedata.normalize("NFD", word) if c in TONES]
    assert len(marks) <= 1
    if word.endswith(("c", "ch", "p", "t")):
        assert marks[0] in (TONES[3], TONES[4])
    assert syllable.is_syllable(house_style(word))
    assert split_tone(house_style(word)) == split_tone(word)


# Shares of valid and of marked words: measured by another implementation of the same rule.
@pytest.mark.parametrize(
    ("seed", "words", "valid", "marked", "tolerance"),
    [
        ("000", 1121, 1.000, 0.914, 0.003),
        ("002", 1641, 0.994, 0.911, 0.006),
        ("003", 782, 0.999, 0.908, 0.003),
        ("004", 2287, 0.997, 0.902, 0.005),
        ("001", 1051, 0.514, 0.250, 0.040),
    ],
)
def test_the_seeds_are_as_sound_as_measured(
    seed: str, words: int, valid: float, marked: float, tolerance: float
) -> None:
    tokens = syllable.tokens(SEEDS[seed])
    judged = [token for token in tokens if not token.valid or syllable.is_syllable(token.text)]
    assert len(judged) == pytest.approx(words, rel=0.06)
    assert sum(token.valid for token in judged) / len(judged) == pytest.approx(valid, abs=tolerance)
    share_marked = sum(syllable.is_marked(token.text) for token in judged) / len(judged)
    assert share_marked == pytest.approx(marked, abs=tolerance)


def test_damage_separates_the_damaged_seed_from_the_sound_ones() -> None:
    damage = {seed: syllable.damage(content) for seed, content in SEEDS.items()}
    assert damage.pop("001") > 0.5
    assert max(damage.values()) < 0.1


def test_damage_separates_paragraph_by_paragraph() -> None:
    def paragraphs(content: str) -> list[str]:
        return [block for block in content.split("\n\n") if len(block.split()) >= 12]

    damaged = [syllable.damage(block) for block in paragraphs(SEEDS["001"])]
    sound = [syllable.damage(block) for seed in ("000", "003", "004") for block in paragraphs(SEEDS[seed])]
    assert len(damaged) > 15
    assert len(sound) > 40
    assert max(sound) < 0.35 < min(damaged)


def test_the_restored_text_is_sound() -> None:
    restored = next((SHARED / "truth").glob("001_*.restored.txt")).read_text(encoding="utf-8")
    assert syllable.damage(restored) < 0.02


@pytest.mark.parametrize("text", ["", "   ", "2023", "6.694 – 86,5 %", "UBND: 07/KH-UBND", "https://a.vn/x"])
def test_text_without_words_has_no_damage(text: str) -> None:
    assert syllable.damage(text) == 0


def test_text_without_marks_is_damaged() -> None:
    assert syllable.damage("Uy ban nhan dan xa bao cao ket qua thuc hien cong tac tuyen truyen") > 0.9


@given(st.text())
def test_any_text_has_a_damage_between_nothing_and_everything_and_never_crashes(text: str) -> None:
    assert 0 <= syllable.damage(text) <= 1
    assert all(token.text for token in syllable.tokens(text))


@pytest.mark.parametrize(
    "neutral",
    [
        *NEUTRAL.split(),
    ],
)
def test_what_is_no_vietnamese_word_is_never_called_wrong(neutral: str) -> None:
    assert [token for token in syllable.tokens(neutral) if not token.valid] == []


def test_tokens_come_in_order_without_the_signs_between_them() -> None:
    line = "Đẩy mạnh xuât khẩu (đợt 2), theo Kế hoạch số 07/KH-UBND; KT-XH."
    expected = "Đẩy mạnh xuât khẩu đợt 2 theo Kế hoạch số 07/KH-UBND KT XH"
    tokens = syllable.tokens(line)
    assert [token.text for token in tokens] == expected.split()
    assert [token for token in tokens if not token.valid] == [
        syllable.Token("xuât", False, tuple(syllable.suggest("xuât")))
    ]


@pytest.mark.parametrize("slip", ["xuât", "QUYÊT", "so4t", "d4n", "lwgng", "nghj", "đươc"])
def test_a_slip_is_called_wrong(slip: str) -> None:
    assert [token.valid for token in syllable.tokens(slip)] == [False]


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("xuât", "xuất"),
        ("Xuât", "Xuất"),
        ("QUYÊT", "QUYẾT"),
        ("thưc", "thực"),
        ("cuả", "của"),
        ("muà", "mùa"),
        ("gía", "giá"),
        ("đươc", "được"),
        ("đuợc", "được"),
        ("truyên", "truyền"),
        ("ngiệp", "nghiệp"),
        ("nghịêp", "nghiệp"),
        ("ngừoi", "người"),
        ("nứơc", "nước"),
        ("trưòng", "trường"),
        ("chinhs", "chính"),
        ("d4n", "dân"),
        ("kủa", "của"),
        ("cế", "kế"),
        ("ừt", "từ"),
    ],
)
def test_the_likeliest_meaning_comes_first(slip: str, meant: str) -> None:
    assert syllable.suggest(slip)[0] == meant


@given(st.text(alphabet="abcdđeêghiklmnoôơpqrstuưvxyàáảãạấếộợữfjwz'4", max_size=12), st.integers(0, 6))
def test_suggestions_are_syllables_in_house_style_and_never_the_word_itself(word: str, limit: int) -> None:
    found = syllable.suggest(word, limit)
    assert len(found) <= limit
    assert len(set(found)) == len(found)
    assert word not in found
    assert all(syllable.is_syllable(one) and house_style(one) == one for one in found)


def test_every_counted_syllable_is_possible_and_in_house_style() -> None:
    counts = _suggestions.counts()
    assert len(counts) > 2_500
    assert all(syllable.is_syllable(word) and house_style(word) == word for word in counts)
    assert all(times >= 2 for times in counts.values())
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


@pytest.mark.parametrize("unit", ["_", "a", "a.", "1", "a1", "a'", "/", "a@", "-", "www.", "à", "à-"])
def test_a_line_without_end_takes_time_in_proportion_to_its_length(unit: str) -> None:
    start = time.process_time()
    syllable.damage(unit * (60_000 // len(unit)))
    assert time.process_time() - start < 3
