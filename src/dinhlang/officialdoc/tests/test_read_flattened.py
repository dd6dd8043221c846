"""A plan set as PDF and torn out of it again by a library that knows no tables still gives its tasks, cell by cell."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Task
from dinhlang.officialdoc.read import read

TESTS = Path(__file__).parent


def cells(task: Task) -> tuple[object, ...]:
    return task.ordinal, task.task, task.product, task.lead, task.cooperating, task.schedule


@pytest.mark.parametrize(
    "name",
    [
        "unseen/07-plan-appendix-coop-before-lead-multiline",
        "unseen/14-plan-tuq-table-cell-per-line-coop-first",
        "unseen/33-plan-blank-parted-cells",
        "family/35-plan-pdf-flattened-like-life",
        "family/37-plan-2026-seven-columns-pdf",
        "family/42-plan-flattened-tight",
    ],
)
def test_a_table_torn_out_of_a_pdf_gives_its_cells(name: str) -> None:
    document = read((TESTS / f"{name}.txt").read_bytes(), "mau.txt")
    with pypdfium2.PdfDocument(write.pdf(document)) as pages:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in pages)
    found = read(text.replace("\r\n", "\n").replace("\ufffe", "-").encode(), "mau.txt")

    assert [cells(task) for task in found.tasks] == [cells(task) for task in document.tasks]
    assert document.tasks
