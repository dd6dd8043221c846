"""What can happen in the archive: a document is taken in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.archive import rules
from dinhlang.archive.models import ArchivedDocument, ArchivedText, BackfilledFact
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document, Figure, Kind
from dinhlang.officialdoc.read import UNREADABLE, read_with_places
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.work import blobs
from dinhlang.work.models import Blob
from dinhlang.work.plan_reading import whole_date

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".doc": "application/msword",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".tif": "image/tiff",
}


# Longer rows of digits in an old document are account numbers, or damage; they stay in its text.
LARGEST = 10**15


def import_document(
    *, data: bytes, name: str, by: Person | None, at: datetime, unit: Unit | None = None
) -> ArchivedDocument:
    """Take in an old document of a unit at once: the file, its text, and the figures it states.

    The unit comes from the letterhead, on the document's own date, unless it is given. Only a report states
    results: the numbers of a plan or a letter are not taken for them. A report without a period is kept, and
    its figures are marked as not comparable. (On the desk a person confirms first: `actions.intake`.)

    Raises `rules.Unreadable`, `rules.UnknownIssuer`, `rules.NotOfItsTime`, `rules.AlreadyArchived` or `NotAllowed`;
    nothing is kept then.
    """
    reading = read_with_places(data, name)
    document = reading.document
    check_understood(document, name)
    owner = unit or unit_of(document, name, by, timezone.localdate(at))
    check_unit_lived(document, name, owner)
    with transaction.atomic():
        check_can(by, "archive.import", owner, timezone.localdate(at))
        # Two clerks who send the same file must not both pass `check_is_new`.
        lock(owner)
        blob = blobs.store(data, media_type_of(name), at)
        check_is_new(owner, blob, name)
        return keep(New(owner, blob, name, document, reading.text), by=by, at=at)


@dataclass(frozen=True)
class New:
    """A document that is to be archived, with what a person made of it where one looked."""

    unit: Unit
    blob: Blob
    name: str
    document: Document
    text: str
    received_by: Person | None = None
    received_at: datetime | None = None
    is_confirmed: bool = False
    corrected: Mapping[str, Any] | None = None


def media_type_of(name: str) -> str:
    return MEDIA_TYPES.get(PurePath(name).suffix.lower(), "application/octet-stream")


def check_understood(document: Document, name: str) -> None:
    """Raise `rules.Unreadable` for what holds no text, or none that looks like an official document."""
    if not document.body and not document.appendices:
        told = next(
            (one.message for one in document.problems if one.code in UNREADABLE),
            _("Tệp không có phần nội dung. Kiểm tra lại tệp."),
        )
        raise rules.Unreadable(_("%(name)s: không đọc được văn bản. %(told)s") % {"name": name, "told": told})
    if _says_nothing(document):
        raise rules.Unreadable(
            _(
                "%(name)s: không thấy dấu hiệu của văn bản hành chính (loại, cơ quan, trích yếu, số liệu). "
                "Kiểm tra lại tệp."
            )
            % {"name": name}
        )


def _says_nothing(document: Document) -> bool:
    """Whether the reader understood none of what makes a text an official document."""
    known = (document.issuer, document.subject, document.number, document.symbol, document.date)
    return document.kind is Kind.OTHER and not any(known) and not document.figures


def check_is_new(unit: Unit, blob: Blob, name: str) -> None:
    """Raise `rules.AlreadyArchived` when the unit has the same file. The unit is locked."""
    before = ArchivedDocument.objects.filter(unit=unit, blob=blob).first()
    if before:
        raise rules.AlreadyArchived(
            _(
                "%(name)s: tệp này đã được đưa vào kho ngày %(day)s với tên “%(before)s”. Không cần đưa vào lại."
            )
            % {
                "name": name,
                "day": numeric_date(timezone.localdate(before.taken_at)),
                "before": before.name,
            }
        )


def keep(new: New, *, by: Person | None, at: datetime) -> ArchivedDocument:
    """Write the document, its text and its figures, and the entry of the audit. The unit is locked."""
    document = new.document
    archived = ArchivedDocument.objects.create(
        unit=new.unit,
        blob=new.blob,
        name=new.name[-255:],
        kind=document.kind.value,
        subject=(document.subject or "")[:500],
        period=document.period or "",
        document=codec.to_json(document),
        taken_at=new.received_at or at,
        taken_by=new.received_by or by,
        confirmed_at=at if new.is_confirmed else None,
        confirmed_by=by if new.is_confirmed else None,
    )
    text = new.text.replace("\0", " ")
    ArchivedText.objects.create(
        document=archived,
        text=text,
        folded=rules.searched(f"{archived.name} {archived.subject}", text),
        signature=rules.signature(text),
    )
    facts = BackfilledFact.objects.bulk_create(
        _fact(figure, archived, document) for figure in facts_in(document)
    )
    detail: dict[str, Any] = {"name": archived.name, "sha256": new.blob.pk, "figures": len(facts)}
    if new.corrected:
        detail["corrected"] = dict(new.corrected)
    audit(
        by=by,
        at=at,
        action="archive.import",
        target=f"archive.document:{archived.pk}",
        unit=new.unit,
        detail=detail,
    )
    return archived


def facts_in(document: Document) -> list[Figure]:
    """The figures that are results: only a report states them."""
    if document.kind is not Kind.REPORT:
        return []
    return [one for one in document.figures if abs(one.value) < LARGEST]


def _fact(figure: Figure, archived: ArchivedDocument, document: Document) -> BackfilledFact:
    return BackfilledFact(
        document=archived,
        unit=archived.unit,
        period=archived.period,
        concept=figure.concept or "",
        value=Decimal(str(figure.value)),
        measure=(figure.unit or "")[:60],
        subject=(figure.subject or "")[:500],
        exactness=figure.qualifier or "",
        quote=figure.quote[:500],
        line=figure.span.line if figure.span else None,
        doubts=[{"code": doubt.code, "message": doubt.message} for doubt in rules.doubts(figure, document)],
    )


def unit_of(document: Document, name: str, by: Person | None, today: date) -> Unit:
    """Whose document it is, by its letterhead on its own day. Raises `rules.UnknownIssuer`."""
    remedy = _("Chọn đơn vị rồi đưa vào lại (ở dòng lệnh: thêm --unit MÃ_ĐƠN_VỊ).")
    if document.issuer is None or not (document.issuer.unit_name or document.issuer.name):
        raise rules.UnknownIssuer(
            _("%(name)s: không thấy tên cơ quan ban hành trong văn bản. %(remedy)s")
            % {"name": name, "remedy": remedy}
        )
    # Communes share names: the clerk's own commune comes first, then the only one so named on that day.
    home = org.home_units(by, today) if by else []
    unit = org.unit_for_issuer(document.issuer, on=_date_of(document), near=home[0] if home else None)
    if unit is None:
        raise rules.UnknownIssuer(
            _("%(name)s: chưa xác định được đơn vị “%(issuer)s”. %(remedy)s")
            % {
                "name": name,
                "issuer": document.issuer.name or document.issuer.unit_name,
                "remedy": remedy,
            }
        )
    return unit


def check_unit_lived(document: Document, name: str, unit: Unit) -> None:
    """Refuse a document that neither its day nor its period puts into the unit's time.

    One of the two is enough: a last report is written after the end, and a damaged scan may misread its date.
    """
    times = []
    if document.period:
        period = Period.parse(document.period)
        times.append((period.label, period.calendar_window()))
    day = whole_date(document.date)
    if day is not None:
        times.append((_("ngày %(day)s") % {"day": numeric_date(day)}, Window(day, day)))
    if times and all(window.clipped(unit.starts_on, unit.ends_on) is None for _told, window in times):
        told, window = times[0]
        raise rules.NotOfItsTime(
            _(
                "%(name)s: văn bản của %(time)s, nhưng %(life)s. Chọn đơn vị có vào thời gian đó; "
                "văn bản cũ ở lại với đơn vị cũ."
            )
            % {"name": name, "time": told, "life": _life_told(unit, window.end)}
        )


def _life_told(unit: Unit, on: date) -> str:
    who = org.title_of(unit, on)
    if unit.ends_on is not None and unit.ends_on <= on:
        return _("%(unit)s đã kết thúc hoạt động từ ngày %(day)s") % {
            "unit": who,
            "day": numeric_date(unit.ends_on),
        }
    if unit.starts_on is None:
        return who
    return _("%(unit)s thành lập ngày %(day)s") % {"unit": who, "day": numeric_date(unit.starts_on)}


def _date_of(document: Document) -> date | None:
    """A day on which the document's unit was in being: its own date, else the end of its period."""
    own = document.date
    if own and own.year and own.month:
        return date(own.year, own.month, own.day or 1)
    if document.period:
        return Period.parse(document.period).calendar_window().end
    return date(own.year, 12, 31) if own and own.year else None
