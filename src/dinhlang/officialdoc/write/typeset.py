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
from dinhlang.officialdoc.model import Appendix, Document, PartialDate, Signature, Table
from dinhlang.officialdoc.write import forms, marks, printed, runs
from dinhlang.officialdoc.write.columns import grid, may_break
from dinhlang.officialdoc.write.forms import Shaped
from dinhlang.officialdoc.write.layout import (
    CELL_PADDING,
    DOCUMENT,
    FOOT,
    LETTERHEAD,
    LOOKS,
    MOTTO,
    NATION,
    PAGE,
    PARTIAL_RULE,
    RECIPIENTS_HEADING,
    Align,
    Element,
    Profile,
)
from dinhlang.officialdoc.write.marks import Mark
from dinhlang.officialdoc.write.metrics import inset_mm
from dinhlang.officialdoc.write.names import kept_together

_PAGE = Path(__file__).with_name("page.typ")

_REMEMBERED = 100_000
"""Letters of documents after which typst is made to forget. It keeps what it laid out in its last ten runs, which
grew a process to 450 MB over documents of 25 pages; with this it stays near 150 MB."""

_FORGETS_AFTER = 11
"""Runs after which typst drops what it has not used again."""

STANDARDS = ("a-2a", "ua-1")
"""PDF/A-2a for keeping (ISO 19005-2, tagged, on PDF 1.7; NĐ 30/2020/NĐ-CP, art. 4 asks for PDF 1.4 or later) and
PDF/UA-1 for screen readers."""
_WITH_RUNS = ("a-3a", "ua-1")
"""PDF/A-3 is PDF/A-2 with any file inside (ISO 19005-3): what carries its runs is that."""


def pdf(doc: Document, *, mark: Mark | None = None, profile: Profile = DOCUMENT) -> bytes:
    """`doc` as a tagged PDF with title and language; the same document gives the same bytes on one machine.

    It is PDF/A-2a and PDF/UA-1 wherever the text allows it: a sign that no font can draw makes it a plain PDF. With words
    that stand out, or figures, it carries its runs inside (`write.runs`) and is PDF/A-3a.
    """
    kept = runs.told(doc)
    content = (
        _profile(profile) | _content(doc, profile) | {"runs": _present(kept or ""), "runs_name": runs.NAME}
    )
    content["marks"] = [] if mark is None else [_drawn(marks.svg(mark), mark.words, mark.size, mark.caption)]
    bars = mark.bars if mark is not None else None
    content["bars"] = (
        [] if bars is None else [_drawn(marks.bars_svg(bars), bars.words, bars.width, (bars.words,))]
    )
    return _typesetter().pdf(json.dumps(content, ensure_ascii=False), _WITH_RUNS if kept else STANDARDS)


def _drawn(svg: str, words: str, size: float, caption: Sequence[str]) -> tuple[str, str, float, list[str]]:
    """A code: its picture, the words for whoever does not see it, its width, the lines under it."""
    return svg, printed.line(words), size, [printed.line(one) for one in caption]


# What Rust calls its own faults when they come through; the class has no name to be imported by.
_PANIC = "PanicException"
_RARE = re.compile(r"[^\x20-\x7e\u00a0-\u024f\u1e00-\u1eff\u2010-\u2044\u20ab]")


class _Typesetter:
    """One compiler for the process. Its fonts come from the folders of the family that was found, nowhere else."""

    def __init__(self, family: fonts.Family | None) -> None:
        self._family = family
        self._compiler = self._begun()
        self._one_at_a_time = threading.Lock()
        self._remembered = 0

    def _begun(self) -> typst.Compiler:
        return typst.Compiler(
            # Without a root typst takes the folder the command was called from, and reads nothing outside it.
            root=str(_PAGE.parent),
            font_paths=[str(folder) for folder in self._family.folders] if self._family else [],
            ignore_system_fonts=True,
        )

    def pdf(self, document: str, standards: Sequence[str]) -> bytes:
        with self._one_at_a_time:
            try:
                made = self._compile(document, list(standards))
            except typst.TypstError:
                made = self._compile(document, [])
            except BaseException as fault:
                if type(fault).__name__ != _PANIC:
                    raise
                # A fault of typst's own, seen where rare scripts stand side by side. What it held is no more to be relied on.
                self._compiler = self._begun()
                made = self._compile(_RARE.sub("?", document), [])
            self._remembered += len(document)
            if self._remembered > _REMEMBERED:
                self._forget()
        if not isinstance(made, bytes):
            raise TypeError("typst gave no PDF")
        return made

    def _compile(self, document: str, standards: Any) -> object:
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


@lru_cache(maxsize=2)
def _profile(profile: Profile) -> dict[str, Any]:
    """The layout, in the words of the typst file."""
    found = fonts.find()
    return {
        "fonts": [found.name, fonts.EMBEDDED_FAMILY] if found else [fonts.EMBEDDED_FAMILY],
        "page": asdict(PAGE),
        "looks": {element.value: asdict(look) for element, look in profile.looks.items()},
        "elements": {element.name.lower(): element.value for element in Element},
        "letterhead_widths": LETTERHEAD,
        "foot_widths": FOOT,
        "cell_padding": CELL_PADDING,
        "partial_rule": PARTIAL_RULE,
        "signature_gap": profile.signature_gap,
        "always_room": profile.always_room,
        "nation": NATION,
        "motto": MOTTO,
        "recipients_heading": RECIPIENTS_HEADING,
    }


def _content(doc: Document, profile: Profile) -> dict[str, Any]:
    title, left = forms.title(doc), LETTERHEAD[0]
    return {
        "title": printed.title_of(doc),
        "date": _date(doc.date),
        "letterhead": {
            "parent": _name(Element.PARENT, printed.parent_line(doc.issuer), left),
            "issuer": [
                one for text in printed.issuer_lines(doc.issuer) for one in _name(Element.ISSUER, text, left)
            ],
            "number": _present(printed.number_line(doc) if forms.has_number(doc) else ""),
            "subject": _centred(Element.LETTER_SUBJECT, printed.subject_under_number(doc), left),
            "place": _present(printed.place_and_date(doc) if forms.has_place(doc) else ""),
        },
        "name": _present(title.name),
        "subject": _centred(Element.SUBJECT, title.subject, PAGE.line()),
        "note": _centred(Element.APPENDIX_NOTE, title.note, PAGE.line()),
        "last": title.last or [],
        "body": _blocks(forms.body(doc), PAGE.line(), profile, keep_last=True),
        "foot": {
            "recipients": printed.recipient_lines(doc.recipients),
            "signatures": [_signing(one) for one in (*doc.co_signers, doc.signature)],
        },
        "appendices": [
            _appendix(appendix, printed.appendix_label(appendix, index, len(doc.appendices)), profile)
            for index, appendix in enumerate(doc.appendices)
        ],
    }


def _signing(signature: Signature | None) -> dict[str, Any]:
    name = printed.line(signature.name) if signature else ""
    return {"above": printed.signature_lines(signature), "name": _present(name)}


def _centred(element: Element, text: str, box: float) -> list[tuple[str, float]]:
    """A centred line with the millimetres to leave free at its sides; none for an empty one."""
    if not text:
        return []
    look = LOOKS[element]
    return [(text, inset_mm(text.upper() if look.caps else text, look.size, box))]


def _name(element: Element, text: str, box: float) -> list[tuple[str, float]]:
    """A line of the letterhead, which breaks between the words of a name."""
    return _centred(element, kept_together(text, LOOKS[element].size, box), box)


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


def _appendix(appendix: Appendix, label: str, profile: Profile) -> dict[str, Any]:
    title, note = printed.line(appendix.title), printed.line(appendix.note)
    last = (
        (Element.APPENDIX_NOTE, note)
        if note
        else (Element.APPENDIX_TITLE, title)
        if title
        else (Element.APPENDIX_LABEL, label)
    )
    line_mm = PAGE.line(landscape=appendix.landscape)
    return {
        "label": _present(label),
        "title": _centred(Element.APPENDIX_TITLE, title, line_mm),
        "note": _centred(Element.APPENDIX_NOTE, note, line_mm),
        "last": last,
        "landscape": appendix.landscape,
        "blocks": _blocks(forms.shape(appendix.blocks, under=1), line_mm, profile),
    }


def _blocks(
    blocks: Sequence[Shaped | Table], line_mm: float, profile: Profile, *, keep_last: bool = False
) -> list[dict[str, Any]]:
    """The last paragraph of a text is kept with the signature: no signature stands alone on a page."""
    drawn = []
    for index, block in enumerate(blocks):
        if isinstance(block, Shaped):
            drawn.append(_paragraph(block, line_mm, profile, keep=keep_last and index == len(blocks) - 1))
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
                        "row_mm": ruled.row_mm,
                        "breakable": [index for index, row in enumerate(ruled.rows) if may_break(row)],
                    }
                )
    return drawn


def _paragraph(shaped: Shaped, line_mm: float, profile: Profile, *, keep: bool) -> dict[str, Any]:
    looks = [[run.text, run.bold, run.italic] for run in shaped.runs]
    words = "".join(run.text for run in shaped.runs)
    look = profile.looks[shaped.element]
    is_centred = look.align is Align.CENTER and "\n" not in words
    return {
        "kind": "text",
        "element": shaped.element,
        "level": shaped.level,
        "runs": looks,
        "keep": keep,
        "inset": inset_mm(words, look.size, line_mm) if is_centred else 0,
    }


_UNBROKEN = re.compile(r"\w{25,}")


def _breakable(cell: str) -> str:
    """A cell's words of 25 letters and more (an address, a code) with places to break; Word breaks them by itself."""
    if len(cell) < 25:
        return cell
    return _UNBROKEN.sub(lambda word: "\u200b".join(re.findall(".{1,12}", word[0])), cell)
