"""What is written in the legal layout has nothing wrong with its layout, in Word and in PDF."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from dinhlang.officialdoc import write
from dinhlang.officialdoc.check import Finding, FindingKind, check, layout_of
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.tests import kinds, legal, sample

few = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
WRITERS = {"docx": write.docx, "pdf": write.pdf}


def findings(document: Document, form: str) -> list[Finding]:
    """What the checker says of the layout of a document as it is written."""
    data = WRITERS[form](document)
    reading = read_with_places(data, f"a.{form}")
    layout = layout_of(data, form, reading.decoded.sheets)
    # A check that looks at nothing would find nothing.
    assert layout is not None
    found = check(reading.document, text=reading.text, layout=layout)
    return [one for one in found if one.kind is FindingKind.LAYOUT]


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", kinds.EVERY)
def test_a_document_of_every_kind_is_laid_out_as_it_must_be(name, form):
    assert findings(kinds.EVERY[name], form) == []


@pytest.mark.parametrize("form", WRITERS)
def test_a_long_report_is_laid_out_as_it_must_be(form):
    assert findings(sample.report(), form) == []


@few
@given(legal.documents())
def test_any_legal_document_is_laid_out_as_it_must_be(document):
    assert findings(document, "docx") == []
