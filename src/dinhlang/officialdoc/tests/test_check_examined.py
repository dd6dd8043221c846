"""Mistakes that others planted and marked: how many are found stays as high as it is."""

from __future__ import annotations

from dinhlang.officialdoc.tests.marks import score


def test_marked_documents_are_judged_as_they_were_marked() -> None:
    reached = score()
    assert reached.recall >= 0.87, reached
    assert reached.precision >= 0.97, reached
    assert reached.false_findings <= 0.2, reached
