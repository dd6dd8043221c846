"""Papers of a class as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.utils.text import Truncator
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import surveys
from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.surveys.papers import poster_of
from dinhlang.citizens.training.papers import words
from dinhlang.citizens.training.queries import Guest
from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.write.marks import Mark
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.qr import modules_of, qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_AT_ONCE = 60
"""Invitations in one file; each takes a tenth of a second."""
_MARK_MM = 24.0
_SHORT = 90
_FAMILIES = ("Liberation Sans", "Arial", "Noto Sans")


@dataclass(frozen=True, slots=True)
class File:
    """A file to give away."""

    name: str
    media_type: str
    data: bytes


@kept_in_vietnamese
def invitation(
    training: TrainingClass,
    guests: Sequence[Guest],
    form: str,
    *,
    to: Guest | None = None,
    address: str,
    on: date,
) -> File:
    """The invitation for one guest or for all, as 'pdf' or 'docx'; its code opens the page of the class."""
    document = words.invitation(training, guests, to=to, on=on)
    whose = f"-{to.row.number}" if to is not None else ""
    return _file(
        document,
        f"giay-moi-{training.code}{whose}",
        form,
        Mark(modules_of(address), "Xem tài liệu", _MARK_MM),
    )


@kept_in_vietnamese
def invitations(training: TrainingClass, guests: Sequence[Guest], *, address: str, on: date) -> File:
    """One invitation for each guest, one after the other, to be printed at once."""
    import pypdfium2

    mark = Mark(modules_of(address), "Xem tài liệu", _MARK_MM)
    whole = pypdfium2.PdfDocument.new()
    for one in guests:
        data = write.pdf(words.invitation(training, guests, to=one, on=on), mark=mark)
        whole.import_pages(pypdfium2.PdfDocument(data))
    made = BytesIO()
    whole.save(made)
    return File(f"giay-moi-tung-nguoi-{training.code}.pdf", FORMS["pdf"], made.getvalue())


@kept_in_vietnamese
def sheet(training: TrainingClass, guests: Sequence[Guest], form: str, *, address: str, on: date) -> File:
    """The attendance sheet; its code opens the page on the desk where attendance is ticked."""
    document = words.sheet(training, guests, on=on)
    return _file(
        document, f"danh-sach-{training.code}", form, Mark(modules_of(address), "Điểm danh", _MARK_MM)
    )


def _file(document: Document, name: str, form: str, mark: Mark) -> File:
    data = write.pdf(document, mark=mark) if form == "pdf" else write.docx(document, mark=mark)
    return File(f"{name}.{form}", FORMS[form], data)


# --- The test ------------------------------------------------------------------------------------------------------


@kept_in_vietnamese
def slips(training: TrainingClass, made: Sequence[tuple[str, str]], *, on: date) -> bytes:
    """Eight slips to a sheet of A4, to be cut: code and address of each. The code is kept for the second test."""
    document = _head(training, on) | {
        "form": "slips",
        "short": Truncator(training.subject).chars(_SHORT),
        "slips": [
            {
                "number": _("Phiếu số %s") % number,
                "code": code.upper(),
                "ask": _("Quét mã để làm bài. Giữ phiếu này cho bài sau:"),
                "qr": qr_svg(address),
            }
            for number, (code, address) in enumerate(made, 1)
        ],
        "note": _("Không hỏi họ tên."),
    }
    return _typesetter().pdf(document)


@kept_in_vietnamese
def poster(training: TrainingClass, address: str, *, on: date) -> bytes:
    """One sheet of A4 for the room, with a large code that opens the page of the class."""
    return poster_of(
        training.unit,
        title=training.subject,
        ask=_("Quét mã để xem tài liệu và làm bài, hoặc vào:"),
        address=address,
        note=_("Không hỏi họ tên."),
        days=_day(training),
        on=on,
    )


def _head(training: TrainingClass, on: date) -> dict[str, object]:
    return {
        "body": _("Ủy ban nhân dân %(name)s") % {"name": org.title_of(training.unit, on)},
        "title": training.subject,
        "days": _day(training),
    }


def _day(training: TrainingClass) -> str:
    return _("Ngày %s") % printed_day(localdate(training.starts_at))


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    # The slips of surveys: those to cut here are the same things.
    return Typesetter(Path(surveys.__file__).with_name("slips.typ"), first=_FAMILIES)
