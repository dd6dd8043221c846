"""What is written and read again is the same document: by what is seen, not by a copy kept in the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Block, Document, Paragraph, Role, Run
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests import kinds, legal

some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
# Each PDF is read in a process of its own, which takes a tenth of a second.
few = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
FOUND = ("references", "figures", "tasks", "assignments", "proposals", "directions")


def with_what_is_found(document: Document, reading: Document) -> Document:
    """`document` with the facts that reading found in its text: what is compared else is what was written."""
    return replace(document, **{name: getattr(reading, name) for name in FOUND})


@some
@given(legal.documents())
def test_a_word_file_says_what_was_written(document):
    reading = read(write.docx(document), "a.docx")
    assert reading == with_what_is_found(document, reading)
    assert read(write.docx(reading), "b.docx") == reading


@pytest.mark.parametrize("name", kinds.EVERY)
def test_a_word_file_of_every_kind_says_what_was_written(name):
    document = kinds.EVERY[name]
    reading = read(write.docx(document), "a.docx")
    assert reading == with_what_is_found(document, reading)


def on_paper(document: Document) -> Document:
    """`document` with its words alone: no page tells anchors, nor whose the space between two looks is."""

    def plain(block: Block) -> Block:
        return replace(block, runs=(Run(block.text),)) if isinstance(block, Paragraph) else block

    appendices = tuple(replace(one, blocks=tuple(map(plain, one.blocks))) for one in document.appendices)
    return replace(document, body=tuple(map(plain, document.body)), appendices=appendices)


@few
@given(legal.documents())
def test_a_pdf_says_what_was_written_and_tells_the_facts_a_word_file_tells(document):
    reading = on_paper(read(write.pdf(document), "a.pdf"))
    assert reading == on_paper(with_what_is_found(document, read(write.docx(document), "a.docx")))


@pytest.mark.parametrize("name", kinds.EVERY)
def test_a_pdf_of_every_kind_says_what_was_written(name):
    document = kinds.EVERY[name]
    reading = on_paper(read(write.pdf(document), "a.pdf"))
    assert reading == on_paper(with_what_is_found(document, reading))


def emphasis(document: Document) -> list[list[tuple[str, bool, bool]]]:
    """The letters of each paragraph with their looks; whose a space is no page tells."""
    return [
        [(letter, run.bold, run.italic) for run in block.runs for letter in run.text if not letter.isspace()]
        for block in document.body
        if isinstance(block, Paragraph)
    ]


def test_a_pdf_tells_which_words_are_bold_or_italic():
    plain = kinds.EVERY["bao-cao"]
    body = list(plain.body)
    at = next(at for at, one in enumerate(body) if isinstance(one, Paragraph) and one.role is Role.BODY)
    first, *middle, last = body[at].text.split(" ")
    runs = (Run(f"{first} ", bold=True), Run(" ".join(middle)), Run(f" {last}", italic=True))
    body[at] = replace(body[at], runs=runs)
    document = replace(plain, body=tuple(body))
    found = emphasis(read(write.pdf(document), "a.pdf"))
    assert found == emphasis(document)
    assert emphasis(read(write.pdf(plain), "a.pdf")) == emphasis(plain)
