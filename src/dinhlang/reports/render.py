"""A report as files: Word with its bookmarks and sidecar ledger, and PDF.

The document's model holds tables as plain text, so the bookmarks around figures in cells are set here, in the
finished package.
"""

from __future__ import annotations

import io
import json
import zipfile

from lxml import etree

from dinhlang.officialdoc import codec, write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.write.bookmarks import Bookmarks
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.queries import summary
from dinhlang.work import blobs

LEDGER_SCHEMA = "dinhlang.ledger/1"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
_FIRST_ID = 100_000  # above any bookmark the writer numbered


def docx(report: Report) -> bytes:
    """The report as Word file, with a bookmark `fact_…` around each figure and its ledger inside.

    An issued report gives the very file that was kept when it was issued.
    """
    return blobs.read(report.docx) if report.docx else make_docx(report)


def pdf(report: Report) -> bytes:
    """The report as PDF; an issued one as it was kept."""
    return blobs.read(report.pdf) if report.pdf else make_pdf(report)


def make_docx(report: Report) -> bytes:
    """The Word file made from what the report holds now."""
    figures = list(report.figures.order_by("pk"))
    written = write.docx(document_of(report), sidecar=sidecar(report, figures), identifier=identifier(report))
    return _with_cell_bookmarks(written, [figure for figure in figures if figure.cell])


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


def _with_cell_bookmarks(package: bytes, figures: list[ReportFigure]) -> bytes:
    if not figures:
        return package
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == _MAIN:
                content = _marked(content, figures)
            target.writestr(part, content)
    return out.getvalue()


def _marked(document: bytes, figures: list[ReportFigure]) -> bytes:
    root = etree.fromstring(document)
    tables = [table for table in root.iter(f"{_W}tbl") if _is_of_the_body(table)]
    for number, figure in enumerate(figures):
        table, row, column = figure.cell or (0, 0, 0)
        cell = tables[table].findall(f"{_W}tr")[row].findall(f"{_W}tc")[column]
        _bookmark(cell, Bookmarks().name(figure.anchor), str(_FIRST_ID + number))
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _is_of_the_body(table: etree._Element) -> bool:
    """The letterhead and the foot are laid out in tables too; only those of the text have a header row."""
    return table.find(f"{_W}tr/{_W}trPr/{_W}tblHeader") is not None


def _bookmark(cell: etree._Element, name: str, number: str) -> None:
    """Set the bookmark around the runs of the cell's paragraph."""
    runs = cell.findall(f"{_W}p/{_W}r")
    if not runs:
        return
    start = etree.Element(f"{_W}bookmarkStart", {f"{_W}id": number, f"{_W}name": name})
    runs[0].addprevious(start)
    runs[-1].addnext(etree.Element(f"{_W}bookmarkEnd", {f"{_W}id": number}))
