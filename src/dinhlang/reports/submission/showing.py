"""What the page of a submission shows: figures with what stands behind them, the document, its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Paragraph
from dinhlang.periods.window import Window
from dinhlang.reports.approval.paper import Paper
from dinhlang.reports.approval.paper import paper_of as printed
from dinhlang.reports.models import Obligation, Submission, SubmissionStep, SubmittedFigure
from dinhlang.reports.sources import label_of
from dinhlang.reports.submission.rules import answers, package
from dinhlang.reports.submission.rules.states import Deed
from dinhlang.work import blobs
from dinhlang.work.concepts import CONCEPTS

_SHOWN_OF_A_PARAGRAPH = 90
_SHOWN_LINES = 20
PACKAGE, DOCX, PDF, LEDGER, FILE = "goi", "docx", "pdf", "so-lieu", "tep"
_WHOLE = ((DOCX, "Word"), (PDF, "PDF"), (LEDGER, "JSON"), (PACKAGE, "ZIP"))
# Which files there are to take away, by the way it came.
FILES: Mapping[str, tuple[tuple[str, Any], ...]] = {
    Submission.Way.INSIDE: _WHOLE,
    Submission.Way.API: _WHOLE,
    Submission.Way.FILE: ((FILE, gettext_lazy("tệp gốc")),),
    Submission.Way.NIL: ((PACKAGE, "ZIP"),),
}
_PARTS = {
    DOCX: (package.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    PDF: (package.PDF, "application/pdf", "pdf"),
    LEDGER: (package.LEDGER, "application/json", "json"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A figure, what it is called, and the first lines behind it."""

    row: SubmittedFigure
    label: str
    lines: Sequence[dict[str, Any]]
    more: int


def forms_of(one: Submission) -> tuple[tuple[str, Any], ...]:
    """Which files of a submission there are to take away, with their names. Raises nothing for a package that is lost."""
    answer = _answer_in(one)
    if answer:
        return ((FILE, answer.rsplit(".", 1)[-1].upper()), (PACKAGE, "ZIP"))
    return FILES[one.way]


def _answer_in(one: Submission) -> str:
    """The part of the package that is a file which answers a letter; a report names its outline, a file has none."""
    if one.way != Submission.Way.API or one.outline_version:
        return ""
    try:
        return package.answer_in(blobs.read(one.package))
    except (blobs.BlobLost, package.BadPackage):
        return ""


def figures_of(one: Submission) -> list[Line]:
    """The figures of a submission, each once however often the text states it."""
    found: dict[tuple[Any, ...], Line] = {}
    for row in one.figures.order_by("pk"):
        key = (row.concept or row.anchor, row.window_from, row.window_to, row.value, row.changed_from)
        found.setdefault(
            key,
            Line(
                row, name_of(row, one), row.evidence[:_SHOWN_LINES], max(0, len(row.evidence) - _SHOWN_LINES)
            ),
        )
    return list(found.values())


def name_of(row: SubmittedFigure, one: Submission) -> str:
    """What a figure of a submission is called."""
    return name_of_figure(row, one.obligation)


def name_of_figure(row: SubmittedFigure, owed: Obligation) -> str:
    """What the figure is called; with its days where they are not those of the obligation."""
    try:
        name = label_of(row.concept) if row.concept else row.quote[:80] or row.anchor
    except (KeyError, ValueError):  # a concept that this version does not know
        name = row.concept
    if owed.window_from and (row.window_from, row.window_to) != (owed.window_from, owed.window_to):
        return f"{name}, {Window(row.window_from, row.window_to).label}"
    return name


def lacking(one: Submission, figures: Sequence[Line]) -> list[str]:
    """The figures that the regime asks for and the report does not state."""
    regime = one.obligation.regime
    if regime is None or one.way == Submission.Way.NIL:
        return []
    stated = {line.row.concept for line in figures if line.row.value is not None}
    return [CONCEPTS[name].label for name in regime.concepts if name in CONCEPTS and name not in stated]


def doer_of(step: SubmissionStep, one: Submission) -> str:
    """Who did a step, as the page says it. A receipt is given without anybody; what the level above did on a server of
    its own is told without a name, and a file was handed in by its unit, whoever brought it here."""
    if step.deed == Deed.SUBMIT and one.way == Submission.Way.FILE:
        return _("Đơn vị")
    if step.by is not None and (step.deed != Deed.RECEIVE or one.way == Submission.Way.FILE):
        return step.by.full_name
    if one.place and step.deed in (Deed.RECEIVE, Deed.RETURN, Deed.ACCEPT):
        return _("Cấp trên")
    if step.deed == Deed.RECEIVE:
        return _("Hệ thống")
    return step.key.name if step.key is not None else _("Người vận hành")


def paper_of(one: Submission) -> Paper | None:
    """The document as it prints; `None` for a nil report."""
    return printed(codec.from_json(one.document)) if one.document else None


def places(one: Submission, figures: Sequence[Line]) -> list[tuple[Any, Any]]:
    """What a return can name, for a choice: figures and paragraphs."""
    body = codec.from_json(one.document).body if one.document else ()
    texts = [
        (f"k:{number}", _short(block.text))
        for number, block in enumerate(body, 1)
        if isinstance(block, Paragraph)
    ]
    stated = [(f"a:{line.row.anchor}", f"{line.label}: {line.row.printed}") for line in figures]
    return [("", _("cả văn bản")), (_("Số liệu"), stated), (_("Đoạn văn"), [one for one in texts if one[1]])]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f"{line[:_SHOWN_OF_A_PARAGRAPH]}…" if len(line) > _SHOWN_OF_A_PARAGRAPH else line


def file_of(one: Submission, form: str) -> tuple[bytes, str, str]:
    """The bytes of one of its `FILES`, a name and a media type. Raises `work.blobs.BlobLost`."""
    data = blobs.read(one.package)
    base = f"{one.obligation.unit_id}-{one.obligation.period or one.obligation_id}-lan-{one.number}"
    if form == PACKAGE:
        return data, f"{base}.zip", "application/zip"
    answer = _answer_in(one)
    if form == FILE and answer:
        return (
            package.part(data, answer),
            f"{base}.{answer.rsplit('.', 1)[-1]}",
            answers.MEDIA_TYPES[answer],
        )
    if form == FILE:
        return data, f"{base}.{_ending(one.package.media_type)}", one.package.media_type
    part, media_type, ending = _PARTS[form]
    return package.part(data, part), f"{base}.{ending}", media_type


def _ending(media_type: str) -> str:
    known = {
        "application/pdf": "pdf",
        "text/plain": "txt",
        "image/png": "png",
        "image/jpeg": "jpg",
        "application/msword": "doc",
    }
    return known.get(media_type, "docx" if "wordprocessing" in media_type else "bin")
