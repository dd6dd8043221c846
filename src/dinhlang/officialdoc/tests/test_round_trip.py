"""What is written and read again is the same document: by what is seen, not by a copy kept in the file."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document, Paragraph, Role, Run
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.read.emphasis import with_told_runs
from dinhlang.officialdoc.tests import kinds, legal
from dinhlang.officialdoc.write import runs as runs_inside

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


@few
@given(legal.documents())
def test_a_pdf_says_what_was_written_and_tells_the_facts_a_word_file_tells(document):
    reading = read(write.pdf(document), "a.pdf")
    assert reading == with_what_is_found(document, read(write.docx(document), "a.docx"))


@pytest.mark.parametrize("name", kinds.EVERY)
def test_a_pdf_of_every_kind_says_what_was_written(name):
    document = kinds.EVERY[name]
    reading = read(write.pdf(document), "a.pdf")
    assert reading == with_what_is_found(document, reading)


def emphasis(document: Document) -> list[list[tuple[str, bool, bool]]]:
    """The letters of each paragraph with their looks; whose a space is no page tells."""
    return [
        [(letter, run.bold, run.italic) for run in block.runs for letter in run.text if not letter.isspace()]
        for block in document.body
        if isinstance(block, Paragraph)
    ]


def test_a_page_shows_which_words_are_bold_or_italic(monkeypatch):
    # As in a PDF of another program, which carries no runs.
    monkeypatch.setattr(runs_inside, "told", lambda _: None)
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


SAID = Paragraph(Role.BODY, (Run("Đã đăng "), Run("36", bold=True, fact="articles"), Run(" tin, bài.")))
PLAIN = replace(SAID, runs=(Run(SAID.text),))


def a_report(*paragraphs: Paragraph) -> Document:
    return replace(kinds.EVERY["bao-cao"], body=paragraphs)


def test_runs_told_in_a_file_are_those_of_the_words_they_were_told_of():
    told = runs_inside.told(a_report(PLAIN, SAID))
    assert with_told_runs(a_report(PLAIN, PLAIN), told).body == (PLAIN, SAID)
    changed = replace(PLAIN, runs=(Run("Đã đăng 63 tin, bài."),))
    assert with_told_runs(a_report(changed, PLAIN, PLAIN), told).body == (changed, PLAIN, SAID)
    assert runs_inside.told(a_report(PLAIN)) is None


@given(st.text() | st.from_regex(r'\{"schema":"dinhlang.runs/1","paragraphs":\[.{0,40}\]\}', fullmatch=True))
def test_a_file_that_tells_no_runs_changes_nothing(told):
    assert with_told_runs(a_report(PLAIN), told) == a_report(PLAIN)


@pytest.mark.parametrize(
    "runs",
    [
        [[10**9, True, False, False, None]],
        [[15, True, False, False, None]],
        [[16, True, False, False, "x" * 1000]],
        [[16, True, False, False, {"a": 1}]],
        [[-1, True, False, False, None], [17, True, False, False, None]],
        {"a": 1},
        None,
    ],
)
def test_runs_that_do_not_fit_the_words_are_none(runs):
    told = json.dumps(
        {"schema": runs_inside.SCHEMA, "paragraphs": [[runs_inside.letters_digest(PLAIN.text), runs]]}
    )
    assert len("".join(PLAIN.text.split())) == 16
    assert with_told_runs(a_report(PLAIN), told) == a_report(PLAIN)
