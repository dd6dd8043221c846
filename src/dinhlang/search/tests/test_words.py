"""Words, questions, short forms, and the marks on a found text."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.search import Question, excerpt, marks
from dinhlang.search.aliases import Aliases, official
from dinhlang.search.question import MOST_WORDS
from dinhlang.search.words import words


def _said(text: str) -> list[tuple[str, str]]:
    return [(word.exact, word.folded) for word in words(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("uỷ ban", "ủy ban"),
        ("hoà giải", "hòa giải"),
        ("kỹ thuật", "kĩ thuật"),
        ("Quý", "quí"),
        ("lý lịch", "lí lịch"),
        ("ĐĂNG KÝ", "đăng ký"),
    ],
)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert _said(one) == _said(other)


@pytest.mark.parametrize(("one", "other"), [("thúy", "thúi"), ("tay", "tai"), ("hộ", "hồ"), ("đá", "da")])
def test_two_words_stay_two(one: str, other: str) -> None:
    assert _said(one)[0][0] != _said(other)[0][0]


def test_punctuation_parts_words_and_marks_do_not() -> None:
    assert [word.folded for word in words("36/KH-UBND, 1.001193")] == ["36", "kh", "ubnd", "1", "001193"]
    assert [word.folded for word in words(unicodedata.normalize("NFD", "kết hôn"))] == ["ket", "hon"]


@given(st.text())
def test_each_word_stands_where_it_says(text: str) -> None:
    found = list(words(text))
    assert [(word.exact, word.folded) for word in found] == [
        _said(text[word.start : word.end])[0] for word in found
    ]
    assert all(left.end <= right.start for left, right in pairwise(found))


# Latin letters and their marks: those of other scripts part words in one normal form and not in the other.
LATIN = st.characters(max_codepoint=0x1EF9, exclude_categories=("Cs",)).filter(
    lambda sign: sign < "\u0370" or sign >= "\u1e00"
)


@given(st.text(LATIN))
def test_the_normal_form_makes_no_difference(text: str) -> None:
    assert _said(unicodedata.normalize("NFC", text)) == _said(unicodedata.normalize("NFD", text))


def test_a_question_has_an_end() -> None:
    asked = Question.of("đăng ký " * 2000)
    assert len(asked.folded) == MOST_WORDS
    assert asked.is_cut
    assert not Question.of("đăng ký").is_cut


def test_quotation_marks_bind_words() -> None:
    assert Question.of('sổ “hộ tịch” và "một cửa"').phrases == (("ho", "tich"), ("mot", "cua"))
    assert Question.of('"một" "chưa khép').phrases == ()


def test_each_official_short_form_is_its_long_form_and_back() -> None:
    known = official()
    assert [other.folded for other in known.said_in(list(words("họp HĐND xã")))] == [
        ("hoi", "dong", "nhan", "dan")
    ]
    assert [other.folded for other in known.said_in(list(words("Hội đồng nhân dân xã")))] == [("hdnd",)]


def test_short_forms_do_not_share_a_meaning() -> None:
    table = Aliases({"AB": "an bình", "CD": "cầu đá"})
    assert [other.exact for other in table.said_in(list(words("ab, ab và CD")))] == [
        ("an", "bình"),
        ("cầu", "đá"),
    ]


def _marked(text: str, typed: str) -> list[str]:
    return [text[mark.start : mark.end] for mark in marks(text, Question.of(typed).folded)]


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("Đăng ký khai sinh", "dang ky", ["Đăng ký"]),
        ("Uỷ ban nhân dân xã", "ủy ban", ["Uỷ ban"]),
        ("UBND xã họp", "ủy ban nhân dân", ["UBND"]),
        ("Ủy ban nhân dân xã", "ubnd", ["Ủy ban nhân dân"]),
        ("Sổ hộ tịch của các hộ dân", "ho tich", ["hộ tịch"]),
        ("Hộ dân bị tịch thu", "hộ tịch", ["Hộ", "tịch"]),
        ("Không có gì", "khai sinh", []),
    ],
)
def test_marks_the_words_asked_for(text: str, typed: str, marked: list[str]) -> None:
    assert _marked(text, typed) == marked


def test_marks_decomposed_text_in_its_own_places() -> None:
    text = unicodedata.normalize("NFD", "Đi đăng ký kết hôn")
    assert [unicodedata.normalize("NFC", said) for said in _marked(text, "ket hon")] == ["kết hôn"]


_SAID = [
    "hộ",
    "tịch",
    "Hộ",
    "ký",
    "kỹ",
    "KĨ",
    "UBND",
    "uỷ",
    "ban",
    "ßộ",
    "İ",
    "½",
    "x\u0323",
    "a" * 45,
    "36",
    "_",
    ",",
    "\n",
]


@given(
    st.lists(st.sampled_from(_SAID), max_size=12), st.sampled_from(["NFC", "NFD"]), st.sampled_from(["", " "])
)
def test_every_word_asked_for_is_marked_in_any_normal_form(
    said: list[str], form: Literal["NFC", "NFD"], between: str
) -> None:
    text = unicodedata.normalize(form, between.join(said))
    for wanted in ("ho", "ki", "x", "a" * 40, "36"):
        standing = [text[word.start : word.end] for word in words(text) if word.folded == wanted]
        marked = [text[mark.start : mark.end] for mark in marks(text, (wanted,))]
        assert " ".join(marked).split() == standing


def test_an_excerpt_shows_where_the_words_stand() -> None:
    text = "Xã làm việc từ thứ Hai. " * 30 + "Khai sinh làm ở bàn số hai. " + "Mời bà con đến đúng giờ. " * 30
    shown, found = excerpt(text, Question.of("khai sinh").folded, 120)
    assert [shown[mark.start : mark.end] for mark in found] == ["Khai sinh"]
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) <= 124


@given(st.text(alphabet="khai sinh ộ.\n", max_size=400), st.integers(20, 200))
def test_an_excerpt_is_a_part_of_the_text(text: str, length: int) -> None:
    shown, found = excerpt(text, ("khai", "sinh"), length)
    assert shown.removeprefix("… ").removesuffix(" …") in text
    assert all(0 <= mark.start < mark.end <= len(shown) for mark in found)
