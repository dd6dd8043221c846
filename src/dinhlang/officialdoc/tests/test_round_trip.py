"""What is written and read again is the same document: by what is seen, not by a copy kept in the file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.tests import kinds, legal

some = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
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
