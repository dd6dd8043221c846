"""A report as files: Word with its bookmarks and sidecar ledger, and PDF."""

from __future__ import annotations

import json
from collections.abc import Iterable

from dinhlang.officialdoc import codec, write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.write.bookmarks import Bookmarks
from dinhlang.reports.models import Report, ReportFigure, ReportSeal
from dinhlang.reports.queries import summary
from dinhlang.work import blobs
from dinhlang.work.models import Blob

LEDGER_SCHEMA = "dinhlang.ledger/1"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def docx(report: Report) -> bytes:
    """The report as Word file, with a bookmark `fact_…` around each figure and its ledger inside.

    An issued report gives the very file that was kept when it was issued.
    """
    return blobs.read(report.docx) if report.docx else make_docx(report)


def pdf(report: Report) -> bytes:
    """The report as PDF; an issued one as it was kept, with the agency's seal where the office put one."""
    kept = pdf_kept(report)
    return blobs.read(kept) if kept else make_pdf(report)


def pdf_kept(report: Report) -> Blob | None:
    """The stored PDF of an issued report: the sealed one, else the one of its approval; `None` for a draft."""
    if report.pdf_id is None:
        return None
    seal: ReportSeal | None = getattr(report, "seal", None)
    return seal.pdf if seal else report.pdf


def make_docx(report: Report) -> bytes:
    """The Word file made from what the report holds now."""
    figures = list(report.figures.order_by("pk"))
    return write.docx(
        document_of(report),
        sidecar=sidecar(report, figures),
        identifier=identifier(report),
        cells=_cells(figures),
    )


def make_pdf(report: Report) -> bytes:
    """The PDF made from what the report holds now."""
    return write.pdf(document_of(report))


def document_of(report: Report) -> Document:
    """The report's document."""
    return codec.from_json(report.document)


def identifier(report: Report) -> str:
    """What names the report in the file's properties, so that a file that comes back is recognised."""
    return f"dinhlang:report:{report.unit_id}:{report.programme}:{report.period}:{report.pk}"


def sidecar(report: Report, figures: list[ReportFigure]) -> bytes:
    """The ledger that travels inside the .docx: each figure, its concept, window, value, lines and digest."""
    content = {
        "schema": LEDGER_SCHEMA,
        "report": identifier(report),
        "unit": report.unit_id,
        "period": report.period,
        "status": report.status,
        "number": report.number,
        "figures": [{"bookmark": Bookmarks().name(figure.anchor), **summary(figure)} for figure in figures],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _cells(figures: Iterable[ReportFigure]) -> dict[tuple[int, int, int], list[str]]:
    """The figures in cells of tables: by table, row and column."""
    found: dict[tuple[int, int, int], list[str]] = {}
    for figure in figures:
        if figure.cell:
            table, row, column = figure.cell
            found.setdefault((table, row, column), []).append(figure.anchor)
    return found
