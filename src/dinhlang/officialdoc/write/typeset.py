"""PDF through typst: no server, no LibreOffice, tagged for screen readers.

The page is one fixed typst file beside this one. A document reaches it as JSON, never as markup, so no text can
be read as a command.
"""

from __future__ import annotations

import datetime
import json
import re
import threading
from collections.abc import Sequence
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from dinhlang.officialdoc import fonts
from dinhlang.officialdoc.model import Appendix, Block, Document, Paragraph, PartialDate, Role
from dinhlang.officialdoc.write import printed
from dinhlang.officialdoc.write.columns import grid, may_break
from dinhlang.officialdoc.write.layout import (
    CELL_PADDING,
    FOOT,
    HEADINGS,
    LETTERHEAD,
    LOOKS,
    MOTTO,
    NATION,
    PAGE,
    PARTIAL_RULE,
    RECIPIENTS_HEADING,
    SIGNATURE_GAP,
    Element,
)

_PAGE = Path(__file__).with_name("page.typ")

_REMEMBERED = 100_000
"""Letters of documents after which typst is made to forget. It keeps what it laid out in its last ten runs, which
grew a process to 450 MB over documents of 25 pages; with this it stays near 150 MB."""

_FORGETS_AFTER = 11
"""Runs after which typst drops what it has not used again."""

STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a for keeping (ISO 19005-2, tagged, on PDF 1.7; NĐ 30/2020/NĐ-CP, art. 4 asks for PDF 1.4 or later) and
PDF/UA-1 for screen readers."""


def pdf(doc: Document) -> bytes:
    """`doc` as a tagged PDF with title and language; the same document gives the same bytes on one machine.

    It is PDF/A-2a and PDF/UA-1 wherever the text allows it: a sign that no font can draw makes it a plain PDF.
    """
    return _typesetter().pdf(json.dumps(_profile() | _content(doc), ensure_ascii=False))


class _Typesetter:
    """One compiler for the process. Its fonts come from the folders of the family that was found, nowhere else."""

    def __init__(self, family: fonts.Family | None) -> None:
        self._compiler = typst.Compiler(
            # Without a root typst takes the folder the command was called from, and reads nothing outside it.
            root=str(_PAGE.parent),
            font_paths=[str(folder) for folder in family.folders] if family else [],
            ignore_system_fonts=True,
        )
        self._one_at_a_time = threading.Lock()
        self._remembered = 0

    def pdf(self, document: str) -> bytes:
        with self._one_at_a_time:
            try:
                made = self._compile(document, list(STANDARDS))
            except typst.TypstError:
                made = self._compile(document, [])
            self._remembered += len(document)
            if self._remembered > _REMEMBERED:
                self._forget()
        if not isinstance(made, bytes):
            raise TypeError("typst gave no PDF")
        return made

    def _compile(self, document: str, standards: list[str]) -> object:
        made: object = self._compiler.compile(
            input=str(_PAGE),
            format="pdf",
            sys_inputs={"document": document},
            pdf_standards=standards,
            timestamp=0,
        )
        return made

    def _forget(self) -> None:
        for _ in range(_FORGETS_AFTER):
            self._compiler.compile(input=b" ", format="svg")
        self._remembered = 0


@lru_cache(maxsize=1)
def _typesetter() -> _Typesetter:
    return _Typesetter(fonts.find())


@lru_cache(maxsize=1)
def _profile() -> dict[str, Any]:
    """The layout, in the words of the typst file."""
    found = fonts.find()
    return {
        "fonts": [found.name, fonts.EMBEDDED_FAMILY] if found else [fonts.EMBEDDED_FAMILY],
        "page": asdict(PAGE),
        "looks": {element.value: asdict(look) for element, look in LOOKS.items()},
        "elements": {element.name.lower(): element.value for element in Element},
        "letterhead_widths": LETTERHEAD,
        "foot_widths": FOOT,
        "cell_padding": CELL_PADDING,
        "partial_rule": PARTIAL_RULE,
        "signature_gap": SIGNATURE_GAP,
        "nation": NATION,
        "motto": MOTTO,
        "recipients_heading": RECIPIENTS_HEADING,
    }


def _content(doc: Document) -> dict[str, Any]:
    title, subject = printed.TITLES[doc.kind], printed.line(doc.subject)
    under_number = printed.subject_under_number(doc)
    return {
        "title": printed.title_of(doc),
        "date": _date(doc.date),
        "letterhead": {
            "parent": _present(printed.parent_line(doc.issuer)),
            "issuer": printed.issuer_lines(doc.issuer),
            "number": printed.number_line(doc),
            "subject": _present(under_number),
            "place": printed.place_and_date(doc),
        },
        "name": _present(title or ""),
        "subject": [] if under_number else _present(subject),
        "body": _blocks(doc.body, PAGE.line()),
        "foot": {
            "recipients": printed.recipient_lines(doc.recipients),
            "above": printed.signature_lines(doc.signature),
            "name": _present(printed.line(doc.signature.name) if doc.signature else ""),
        },
        "appendices": [
            _appendix(appendix, printed.appendix_label(appendix, index, len(doc.appendices)))
            for index, appendix in enumerate(doc.appendices)
        ],
    }


def _date(date: PartialDate | None) -> list[int]:
    """Year, month and day for the file's properties; empty for a draft that has none, or an impossible one."""
    if date is None or date.year is None or date.month is None or date.day is None:
        return []
    try:
        datetime.date(date.year, date.month, date.day)
    except ValueError:
        return []
    return [date.year, date.month, date.day]


def _present(text: str) -> list[str]:
    return [text] if text else []


def _appendix(appendix: Appendix, label: str) -> dict[str, Any]:
    title, note = printed.line(appendix.title), printed.line(appendix.note)
    last = (
        (Element.APPENDIX_NOTE, note)
        if note
        else (Element.APPENDIX_TITLE, title)
        if title
        else (Element.APPENDIX_LABEL, label)
    )
    return {
        "label": label,
        "title": _present(title),
        "note": _present(note),
        "last": last,
        "landscape": appendix.landscape,
        "blocks": _blocks(appendix.blocks, PAGE.line(landscape=appendix.landscape)),
    }


def _blocks(blocks: Sequence[Block], line_mm: float) -> list[dict[str, Any]]:
    drawn = []
    for block in blocks:
        if isinstance(block, Paragraph):
            drawn.append(_paragraph(block))
        else:
            ruled = grid(block, line_mm)
            if ruled:
                drawn.append(
                    {
                        "kind": "table",
                        "widths": ruled.columns.widths,
                        "centred": ruled.columns.centred,
                        "header": [_breakable(cell) for cell in ruled.header],
                        "rows": [[_breakable(cell) for cell in row] for row in ruled.rows],
                        "breakable": [index for index, row in enumerate(ruled.rows) if may_break(row)],
                    }
                )
    return drawn


def _paragraph(paragraph: Paragraph) -> dict[str, Any]:
    element = printed.element_of(paragraph)
    level = min(max(paragraph.level, 1), len(HEADINGS)) if paragraph.role is Role.HEADING else 0
    runs = [[run.text, run.bold, run.italic] for run in printed.runs_with_mark(paragraph)]
    return {"kind": "text", "element": element, "level": level, "runs": runs}


_UNBROKEN = re.compile(r"\w{25,}")


def _breakable(cell: str) -> str:
    """A cell's words of 25 letters and more (an address, a code) with places to break; Word breaks them by itself."""
    if len(cell) < 25:
        return cell
    return _UNBROKEN.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0])), cell)
