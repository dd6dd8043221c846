"""Rules that look only where a text says certain words: they find what they would find if they looked everywhere."""

from __future__ import annotations

import gc
import re
import weakref
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc.check import Finding, Rule, all_rules
from dinhlang.officialdoc.check.chunks import chunks_of, plain, tokens_in, words_in
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.noted import parts, signs, words
from dinhlang.officialdoc.check.pieces import Joined, Part, Piece, Row, that_say
from dinhlang.officialdoc.check.registry import Example, said

_EXAMPLES = [one for rule in all_rules() for one in (*rule.bad, *rule.good) if not one.is_file]
_SAYINGS = sorted({word for one in _EXAMPLES for word in one.text.split()})
_BETWEEN = ("", " ", "  ", "\t", "\N{NO-BREAK SPACE}", ", ", ". ", "-", "/", "\n", "_", "; ")


def _findings(example: Example) -> list[list[Finding]]:
    case = example.case()
    return [rule.check(case) for rule in all_rules()]


def _everywhere(example: Example) -> list[list[Finding]]:
    """What is found when every text is taken to say every word, and the document to have whatever a rule needs."""
    with patch.object(Piece, "kinds", property(lambda _: -1)):
        return _findings(example)


@given(st.sampled_from(_EXAMPLES), st.data())
@settings(max_examples=60, deadline=None)
def test_looking_only_where_the_words_are_loses_nothing(example: Example, data: st.DataObject) -> None:
    drawn = example.text.split(" ")
    for _ in range(data.draw(st.integers(0, 6))):
        at = data.draw(st.integers(0, len(drawn) - 1))
        word = data.draw(st.sampled_from(_SAYINGS) | st.sampled_from([drawn[at].upper(), drawn[at].lower()]))
        drawn[at] += data.draw(st.sampled_from(_BETWEEN)) + word
    changed = Example(" ".join(drawn), example.given, as_of=example.as_of, draft=example.draft)
    assert _findings(changed) == _everywhere(changed)


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.id)
def test_a_rule_finds_in_its_examples_what_it_would_find_everywhere(rule: Rule) -> None:
    for example in rule.bad[:3]:
        found = rule.check(example.case())
        with patch.object(Piece, "kinds", property(lambda _: -1)):
            assert rule.check(example.case()) == found


def test_a_text_says_a_word_whatever_its_marks_and_capitals() -> None:
    months, glued = words("tháng"), parts("oạch")
    body = [
        Piece(("body", n), Part.BODY, text) for n, text in enumerate(["THÁNG 5", "thang", "tháng5", "kế"])
    ]
    assert [piece.text for piece in that_say(months, body)] == ["THÁNG 5", "thang", "tháng5"]
    assert not that_say(months & glued, body)
    assert that_say(months & glued, [Piece(("body", 0), Part.BODY, "Kế hoạch tháng")])


def test_a_kind_made_later_is_asked_of_words_that_were_seen_before() -> None:
    assert not that_say(words("sáo"), [Piece(("body", 0), Part.BODY, "quạ bay")])
    assert that_say(words("quạ"), [Piece(("body", 0), Part.BODY, "quạ bay")])


@given(st.text(st.characters(categories=["L", "N", "P", "Z", "M", "S"]) | st.sampled_from(" .,;:/-_12ộĐ")))
def test_a_text_taken_apart_between_spaces_is_taken_apart_as_a_whole(text: str) -> None:
    chunks = chunks_of(text)
    assert [word for one in chunks for word in one.written] == words_in(text)
    assert [word for one in chunks for word in one.plain] == [plain(word) for word in words_in(text)]
    letters = [token for token in tokens_in(text) if token[0].isalnum()]
    assert [token for one in chunks for token in one.tokens if token[0].isalnum()] == letters


_WORDS = st.sampled_from(["một", "hai", "ba"])


@given(st.lists(st.lists(_WORDS, max_size=9), max_size=6), st.integers(1, 4), st.integers(1, 4))
def test_words_said_again_are_found_in_one_stroke(texts: list[list[str]], width: int, least: int) -> None:
    row = Row([Piece(("body", n), Part.BODY, " ".join(words)) for n, words in enumerate(texts)])
    words = row.words
    expected = [
        at
        for at in range(len(words) - width)
        if len(first := words[at : at + least]) == least
        and "" not in first
        and first == words[at + width : at + width + least]
    ]
    assert row.said_again(width, least) == expected


@given(st.lists(st.text("ab, ", max_size=6), max_size=6))
def test_a_pattern_is_looked_for_in_all_texts_at_once(texts: list[str]) -> None:
    pieces = [Piece(("body", n), Part.BODY, text) for n, text in enumerate(texts)]
    pattern = re.compile(r"a,|b ")
    assert Joined(pieces).with_match(pattern) == [one for one in pieces if pattern.search(one.text)]


def test_only_a_rule_with_something_to_find_is_asked() -> None:
    case = said("Đã làm xong.").case()
    lacking = {rule.id for rule in all_rules() if rule.needs.bits & ~case.has}
    assert {"DL601", "DL701", "DL280", "DL276"} <= lacking
    assert "DL201" not in lacking


def test_a_text_has_the_kinds_of_its_signs() -> None:
    stroke = signs("/")
    body = [
        Piece(("body", n), Part.BODY, text) for n, text in enumerate(["12/KH-UBND", "x" * 50 + "/y", "kế"])
    ]
    assert list(that_say(stroke, body)) == body[:2]


def test_a_place_in_the_row_of_words_is_found_again_in_its_piece() -> None:
    pieces = [Piece(("body", n), Part.BODY, text) for n, text in enumerate(["một hai ba", "bốn năm"])]
    row = Row(pieces)
    assert row.words == ["một", "hai", "ba", "", "bốn", "năm", ""]
    assert row.by_piece([1, 2, 5]) == {pieces[0]: [1, 2], pieces[1]: [1]}


def test_what_rules_share_goes_with_the_document() -> None:
    case = said("1. Xã đã đăng 12 tin, bài; phát 24 bản tin.").case()
    for rule in all_rules():
        rule.check(case)
    gone = weakref.ref(case)
    del case
    gc.collect()
    assert gone() is None


_BEGINNINGS = re.compile(begins("ab", "[bB]a", "cạ(?=b)"))


@given(st.text("abBcạ_1 .", max_size=12))
def test_a_pattern_that_skips_to_letters_finds_what_one_that_looks_at_every_place_does(text: str) -> None:
    slowly = re.compile(r"\b(?:ab|[bB]a|cạ(?=b))")
    assert [one.span() for one in _BEGINNINGS.finditer(text)] == [one.span() for one in slowly.finditer(text)]
