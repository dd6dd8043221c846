"""From a file of whatever kind to a bulletin: the file form, a recording, or a document that is read."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePath

from django.utils.translation import gettext as _

from dinhlang.broadcast.intake import rules
from dinhlang.broadcast.intake.rules import Came
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.sources import Received
from dinhlang.broadcast.rules.words import SCRIPT_LENGTH, TITLE_LENGTH
from dinhlang.officialdoc.model import Document, Paragraph, Table
from dinhlang.officialdoc.model import Kind as PaperKind
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line


def came(data: bytes, name: str) -> Came:
    """What a file says as a bulletin; `name` is the file's name. Raises `Unfit` that says what to do."""
    if not data:
        raise Unfit(_("Tệp này trống. Hãy chọn tệp khác."), "file")
    if rules.is_sound(data):
        if len(data) > rules.LONGEST_SOUND:
            raise Unfit(
                _("Bản ghi âm nặng quá %(most)s MB. Xin tệp MP3.") % {"most": rules.LONGEST_SOUND // 1048576},
                "file",
            )
        title = one_line(PurePath(name).stem.replace("_", " "))[:TITLE_LENGTH]
        return Came(Received("", title, "", kind=Kind.ARTICLE), data)
    if rules.is_bulletin_file(data):
        return rules.read_file(data)
    return _of_document(data, name)


def _of_document(data: bytes, name: str) -> Came:
    # Readers of documents are heavy, and the other two ways need none of them.
    from dinhlang.officialdoc.read import PARTLY, UNREADABLE, read_with_text

    document, text = read_with_text(data, name)
    for problem in document.problems:
        if problem.code in UNREADABLE:
            raise Unfit(problem.message, "file")
    told = [problem.message for problem in document.problems if problem.code in PARTLY]
    if document.source.ocr:
        told.append(_("Tệp là ảnh quét, chữ do máy nhận dạng. Đọc lại từng câu so với tệp gốc."))
    received = _of_paper(document) if _is_paper(document) else None
    if received is None or not received.script:
        title, script = rules.lines_as_bulletin(text)
        received = Received("", title, script)
    if not received.script:
        raise Unfit(
            _("Không đọc được chữ nào trong tệp. Mở tệp ra xem, rồi chép lời vào bản tin mới."), "file"
        )
    if len(received.script) > SCRIPT_LENGTH:
        raise Unfit(
            _("Tệp dài %(length)s ký tự, bản tin tối đa %(most)s. Chia thành nhiều bản tin.")
            % {"length": len(received.script), "most": SCRIPT_LENGTH},
            "file",
        )
    return Came(received, told=tuple(told))


def _is_paper(document: Document) -> bool:
    """Whether it is an official document, with a head and a subject; a sheet with the words alone is read line by line."""
    issuer = document.issuer
    named = issuer is not None and bool(issuer.unit_kind or issuer.parent)
    return bool(document.subject) and (document.kind is not PaperKind.OTHER or named)


def _of_paper(document: Document) -> Received:
    issuer = document.issuer
    numbered = "/".join(filter(None, (document.number, document.symbol)))
    received = Received(
        sender=one_line(issuer.name or "") if issuer else "",
        title=one_line(document.subject or "")[:TITLE_LENGTH],
        script="\n".join(filter(None, map(_line, document.body))),
    )
    return replace(received, reference=numbered[:120]) if document.number else received


def _line(block: Paragraph | Table) -> str:
    if isinstance(block, Table):
        rows = (", ".join(filter(None, map(one_line, row))) for row in block.rows)
        return "\n".join(f"{row}." for row in rows if row)
    text = "".join(run.text for run in block.runs).strip()
    mark = block.number or ""
    return f"{mark}. {text}" if mark and mark not in "-+•" else text
