"""Text as it is spoken: a golden table of phrases, and laws that hold for any text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dinhlang.vietnamese import speech
from dinhlang.vietnamese.speech.pace import Pace
from dinhlang.vietnamese.syllable import is_syllable

GOLDEN = Path(__file__).with_name("speech.txt")


def _phrases() -> list[tuple[str, str]]:
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if "\t" in line]  # type: ignore[misc]


def test_the_golden_table_has_enough_phrases() -> None:
    assert len({written for written, _ in _phrases()}) >= 500


def test_every_golden_phrase_is_spoken_as_written_down() -> None:
    wrong = [
        (written, speech.spoken(written), said)
        for written, said in _phrases()
        if speech.spoken(written) != said
    ]
    assert wrong == []


_WORDS_ONLY = re.compile(r"(?:[^\W\d_]+(?: [^\W\d_]+)*)?")


def _is_spoken(text: str) -> bool:
    """Words alone, each a Vietnamese syllable or a listed way to say something."""
    listed = speech.default().listed
    return _WORDS_ONLY.fullmatch(text) is not None and all(
        is_syllable(word) or word.lower() in listed for word in text.split()
    )


_COMMON = st.sampled_from(
    [
        "UBND",
        "HĐND",
        "xã",
        "ngày",
        "tháng",
        "năm",
        "15/6",
        "30/2020/NĐ-CP",
        "7h30",
        "1.250.000đ",
        "98,5%",
        "II.",
        "I",
        "VI",
        "TT-BTTTT",
        "0912.345.678",
        "a@b.vn",
        "www.x.vn/y",
        "QL5",
        "12/KH-UBND",
        "1,234",
        "-5°C",
        "2-1",
        "24/7",
        "≥",
        "/",
        "-",
        "+",
        "&",
        "@",
        "#",
        "(",
        ")",
        ".",
        ",",
        ";",
        ":",
        "'",
        '"',
        "\n",
        "đ/c",
        "v.v.",
        "TP.",
        "Đ",
        "ư",
        "x²",
        "½",
        "١٢",
        "Zalo",
        "VNeID",
        "H'Mông",
        "Krông",
        "34A-123.45",
        "1.001193.000.00.00.H23",
        "T2",
        "CN",
        "{x}",
        "<b>",
        "\\",
        "*",
        "_",
        "=",
        "$5",
        "5$",
        "500k",
        "2tr5",
        "*101#",
        "https://a.b/c?d=e",
        "00",
        "007",
        "０９",
        "Ⅳ",
        "ﬁ",
    ]
)
_TEXTS = (
    st.text(max_size=60)
    | st.lists(_COMMON, max_size=12).map(" ".join)
    | st.lists(_COMMON, max_size=8).map("".join)
)


@settings(max_examples=120, deadline=None)
@given(_TEXTS)
@example("Ụ́" * 3)
@example("ß ŉ ǆ İ")
def test_whatever_is_written_only_syllables_are_spoken(text: str) -> None:
    assert _is_spoken(speech.spoken(text))


@settings(max_examples=100, deadline=None)
@given(_TEXTS)
def test_spoken_text_stays_as_it_is(text: str) -> None:
    said = speech.spoken(text)
    assert speech.spoken(said) == said


@settings(max_examples=50, deadline=None)
@given(_TEXTS)
def test_sentences_say_the_same_words_with_pauses(text: str) -> None:
    sentences = speech.sentences(text)
    assert " ".join(one.words for one in sentences) == speech.spoken(text)
    assert all(one.spoken and not one.spoken.endswith(",") for one in sentences)


def test_golden_phrases_are_spoken_in_syllables_and_stay_so() -> None:
    for _, said in _phrases():
        assert _is_spoken(said), said
        assert speech.spoken(said) == said


def test_every_spoken_form_of_the_tables_is_made_of_syllables_or_listed_by_hand() -> None:
    assert speech.default().listed <= {"oép"}


@pytest.mark.parametrize(
    "unit", ["UBND xã, ngày 15/6. ", "1.", "A-", "a.", "(", "0 ", "1/", "\n", "<b>", "đ/c "]
)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    def taken(length: int) -> float:
        text = (unit * length)[:length]
        started = time.process_time()
        speech.spoken(text)
        return time.process_time() - started

    # Four times as long may take four times as long; a square would take sixteen times.
    assert taken(16_000) < 9 * max(taken(4_000), 0.01)


def test_a_script_of_5000_words_with_code_and_links_is_harmless() -> None:
    script = (
        "UBND xã thông báo lịch tiêm phòng ngày 15/6. <script>alert('x')</script> {% if x %} SELECT * FROM t; "
        "https://example.vn/a?b=c&d=e#f `rm -rf /` "
    ) * 250
    said = speech.spoken(script)
    assert _is_spoken(said)
    assert "ngày mười lăm tháng sáu" in said


def test_a_sentence_keeps_what_was_written_beside_what_is_spoken() -> None:
    first, second = speech.sentences("UBND xã họp, ngày 5/6. TP. Hải Dương có 1.250 hộ")
    assert first == speech.Sentence(
        "UBND xã họp, ngày 5/6.", "ủy ban nhân dân xã họp, ngày mùng năm tháng sáu"
    )
    assert second.spoken == "thành phố Hải Dương có một nghìn hai trăm năm mươi hộ"


def test_a_table_of_the_commune_stands_above_that_of_the_house(tmp_path: Path) -> None:
    table = tmp_path / "words.toml"
    table.write_text(
        '[abbreviations]\nTT = "thôn trưởng"\nTDA = "Tam Đa"\n[foreign]\nZalo = "za lô"\n', encoding="utf-8"
    )
    own = speech.read(table)
    assert speech.spoken("TT thôn 3 xã TDA nhắn Zalo", own) == "thôn trưởng thôn ba xã Tam Đa nhắn za lô"
    assert speech.spoken("UBND xã", own) == "ủy ban nhân dân xã"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[abbreviations]\nX = "12"\n', "cách đọc của “X”"),
        ("[abbreviations]\nX = 3\n", "cách đọc của “X”"),
        ('abbreviations = "x"\n', r"Mục \[abbreviations\]"),
        ("[units]\n", "mục lạ: units"),
        ("[abbreviations\n", "không phải là tệp TOML"),
        ("[abbreviations]\n" + "#" * 1_000_001, "lớn hơn một triệu byte"),
    ],
)
def test_a_table_that_cannot_be_spoken_is_refused_with_the_reason(
    tmp_path: Path, content: str, reason: str
) -> None:
    table = tmp_path / "words.toml"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(speech.BadTable, match=reason):
        speech.read(table)


def test_reading_time_counts_syllables_and_pauses() -> None:
    sentences = speech.sentences("UBND xã họp, sáng 15/6. Mời dự")
    pace = Pace(syllables_a_minute=60, comma=1, stop=2)
    # ủy ban nhân dân xã họp, sáng ngày mười lăm tháng sáu · Mời dự
    assert pace.seconds(sentences) == 12 + 2 + 1 + 2 * 2
    assert pace.seconds([]) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ông Phạm Văn D. hiến đất. Xã cảm ơn.", ["Ông Phạm Văn dê, hiến đất", "Xã cảm ơn"]),
        ("Kế hoạch của\nủy ban nhân dân\nMời dự", ["Kế hoạch của ủy ban nhân dân", "Mời dự"]),
        ("Gồm:\n- hộ nghèo;\n- hộ cận nghèo", ["Gồm", "hộ nghèo", "hộ cận nghèo"]),
        ("Thật vậy!?… Đúng thế", ["Thật vậy", "Đúng thế"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, said: list[str]) -> None:
    assert [one.spoken for one in speech.sentences(text)] == said
