from __future__ import annotations

import gzip
import math
import zlib
from pathlib import Path

import count_ngrams
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import model
from dinhlang.vietnamese.model import COMMA, EDGE, NUMBER, STOP, STRANGE


def test_words_are_syllables_in_house_style_abbreviations_and_classes() -> None:
    found = model.words_of("Uỷ ban, theo Kế hoạch số 07/KH-UBND (UBND xã) đạt 86,5 %. Facebook")
    assert found == [
        *("ủy", "ban", COMMA, "theo", "kế", "hoạch", "số", NUMBER, COMMA, "UBND", "xã", COMMA, "đạt", NUMBER),
        *(COMMA, STOP, STRANGE),
    ]


@pytest.mark.parametrize(
    ("before", "right", "wrong", "after"),
    [
        ("công tác", "cải", "cái", "cách hành"),
        ("", "các", "cá", "cơ quan"),
        ("của các", "cá", "các", "nhân ,"),
        ("ủy ban", "nhân", "nhận", "dân"),
        ("số 12/KH-UBND", "ngày", "ngay", "12/3/2024"),
        ("UỶ BAN", "NHÂN", "NHẤN", "DÂN"),
    ],
)
def test_the_right_word_is_likelier_in_its_context(before: str, right: str, wrong: str, after: str) -> None:
    def likely(word: str) -> float:
        return model.score(before.split(), word, after.split())

    assert likely(right) > likely(wrong) + 3
    assert likely(right) > likely("nghoẽo") + 3


@given(st.lists(st.text(), max_size=4), st.text(), st.lists(st.text(), max_size=4))
def test_any_words_have_a_score(before: list[str], word: str, after: list[str]) -> None:
    assert -math.inf < model.score(before, word, after) <= 0


@pytest.mark.parametrize("context", ["hành", "ủy", NUMBER, EDGE, "của"])
def test_the_chances_after_a_word_add_up_to_nearly_one(context: str) -> None:
    official = model.official()
    first = official.number("quy")
    second = official.number(context)
    total = sum(
        model.probability(official.cost(first, second, third)) for third in range(len(official.words))
    )
    # What is left out of the table for being rare is missing.
    assert 0.85 < total < 1.02


def test_counting_gives_a_table_in_which_the_frequent_is_cheap(tmp_path: Path, monkeypatch) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    sentence = "Hội đồng nhân dân xã họp."
    documents = "\n\n".join(f"{sentence}\nMục {number}: {sentence}" for number in range(400))
    (folder / "one.txt.gz").write_bytes(gzip.compress(documents.encode()))
    monkeypatch.setattr(count_ngrams, "RESULT", tmp_path / "ngrams.bin")
    monkeypatch.setattr("sys.argv", ["count_ngrams.py", str(folder)])
    count_ngrams.main()
    counted = model.Model((tmp_path / "ngrams.bin").read_bytes())
    people, council, village = (counted.number(word) for word in ("nhân", "đồng", "xã"))
    assert counted.cost(council, people, counted.number("dân")) < counted.cost(council, people, village)
    assert counted.number("họp") != counted.number(STRANGE) == counted.number("nghị")
    packed = zlib.decompress((tmp_path / "ngrams.bin").read_bytes())
    assert sentence.encode() not in packed


def test_a_part_of_the_documents_is_kept_aside() -> None:
    aside = sum(count_ngrams.is_kept_aside(f"Văn bản {number}") for number in range(10_000))
    assert 150 < aside < 250
