"""Personal data: what is found in the titles of a ledger, what is let pass, and that nothing breaks it."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese.personal import Kind, Span, is_personal, spans

_MARK = re.compile(r"\{([a-z-]+):([^}]*)\}")


def marked(line: str) -> tuple[str, tuple[Span, ...]]:
    """A phrase of the golden file without its marks, and what they mark."""
    text, found, last = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        found.append(Span(len(text), len(text) + len(mark[2]), Kind(mark[1])))
        text, last = text + mark[2], mark.end()
    return text + line[last:], tuple(found)


GOLDEN = [
    marked(line)
    for line in (Path(__file__).parent / "personal.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_the_golden_phrases_are_many_and_of_every_kind() -> None:
    assert len(GOLDEN) >= 150
    assert sum(1 for _, wanted in GOLDEN if not wanted) >= 60
    assert {one.kind for _, wanted in GOLDEN for one in wanted} == set(Kind)


@pytest.mark.parametrize(("text", "wanted"), GOLDEN, ids=[text[:50] for text, _ in GOLDEN])
def test_a_golden_phrase_is_judged_as_a_careful_clerk_would(text: str, wanted: tuple[Span, ...]) -> None:
    assert spans(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), GOLDEN[:60:3])
def test_the_normal_form_makes_no_difference(text: str, wanted: tuple[Span, ...]) -> None:
    assert spans(unicodedata.normalize("NFD", text)) == wanted


def test_signs_that_cannot_be_seen_hide_nothing() -> None:
    name = "Ngu\u200byễn\u2060 Thị\u00a0La\u00adn"
    assert spans(f"Hướng dẫn {name} nộp hồ sơ") == (Span(10, 10 + len(name), Kind.PERSON),)
    assert is_personal("Gọi 0912\u200b345\ufeff678")


def test_several_lines_are_each_looked_at() -> None:
    assert is_personal("Phát thanh\nGọi 0912345678\n")
    assert not is_personal("Phát thanh\nHọp thôn Đình\n")
    assert not is_personal("")


PIECES = st.lists(
    st.sampled_from(
        [
            "Nguyễn",
            "Thị",
            "Lan",
            "bà",
            "0912",
            "345",
            "678",
            "Chủ tịch",
            "số",
            "trú tại",
            ",",
            ".",
            " ",
            "-",
            "34B1",
            "@x.vn",
            "\u200b",
        ]
    ),
    max_size=60,
).map(" ".join)


@given(st.one_of(st.text(max_size=200), PIECES))
def test_spans_lie_in_the_line_in_order_and_apart(text: str) -> None:
    line = unicodedata.normalize("NFC", text)
    found = spans(text)
    ends = [0, *(one.end for one in found)]
    for before, one in zip(ends, found, strict=False):
        assert before <= one.start < one.end <= len(line)
