"""A report that came as a file, by e-mail or another system, or lies in the archive already: read, confirmed by a
person, and bound to its obligation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.utils.timezone import localdate, make_aware
from django.utils.translation import gettext as _

from dinhlang.archive import rules as archive
from dinhlang.archive.actions import importing
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read import Limits, read_with_places
from dinhlang.officialdoc.read.decode import LIMIT
from dinhlang.org.models import Person
from dinhlang.org.permissions import can, check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.models import Obligation, Submission
from dinhlang.reports.submission import reading
from dinhlang.reports.submission.entering import Incoming, enter
from dinhlang.reports.submission.rules import coming
from dinhlang.work import blobs
from dinhlang.work.models import Blob

# The page waits for it; a report of many scanned pages goes through the archive first.
REPORT = Limits(seconds=40.0, megabytes=768, pages=40)


@dataclass(frozen=True, slots=True)
class Looked:
    """A file that was kept and read, before anybody confirmed it. `text` is empty for one that the archive has."""

    blob: Blob
    name: str
    document: Document
    text: str
    found: reading.Found


def look_at_file(
    *, obligation: Obligation, data: bytes, name: str, by: Person | None, at: datetime
) -> Looked:
    """Keep and read a file; nothing is handed in yet. Raises `Refused` for what nobody could read, `NotAllowed`."""
    check_may_take_in(by, obligation, localdate(at))
    name = archive.shown_name(name)
    if not data.strip():
        raise coming.CannotSubmit(_("%(name)s: tệp trống. Hãy chọn lại tệp.") % {"name": name})
    if len(data) > LIMIT:
        raise coming.CannotSubmit(
            _("%(name)s: tệp quá lớn, tối đa %(most)s MB.") % {"name": name, "most": LIMIT // 1048576}
        )
    if archive.needs_password(data):
        raise coming.CannotSubmit(
            _("%(name)s: tệp có mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi đưa vào lại.") % {"name": name}
        )
    read = read_with_places(data, name, limits=REPORT)
    importing.check_understood(read.document, name)
    return Looked(
        blobs.store(data, importing.media_type_of(name), at),
        name,
        read.document,
        read.text,
        reading.found_in(data, read.document, obligation),
    )


def look_at_archived(
    *, obligation: Obligation, document: ArchivedDocument, by: Person | None, at: datetime
) -> Looked:
    """Look at a document of the archive as what the unit hands in: its file, with the values a person confirmed there.

    Raises `coming.CannotSubmit` for a document of another unit or one whose file is lost, `NotAllowed`.
    """
    check_may_take_in(by, obligation, localdate(at))
    if document.unit_id != obligation.unit_id:
        raise coming.CannotSubmit(
            _("“%(name)s” là văn bản của đơn vị khác. Chọn văn bản của đơn vị phải nộp.") % {"name": document}
        )
    try:
        data = blobs.read(document.blob)
    except blobs.BlobLost:
        raise coming.CannotSubmit(
            _("Tệp của “%(name)s” không còn trong kho. Chọn tệp trên máy để nộp.") % {"name": document}
        ) from None
    read = codec.from_json(document.document)
    return Looked(document.blob, document.name, read, "", reading.found_in(data, read, obligation))


def take_in_file(
    *,
    obligation: Obligation,
    data: bytes,
    name: str,
    document_on: date | None,
    submitted_on: date,
    received_on: date,
    by: Person | None,
    at: datetime,
) -> Submission:
    """Take a file in as what the unit handed in, with the days that a person confirmed. It comes into the archive too.

    The same file again gives the submission that is there. Raises `coming.CannotSubmit`, `NotAllowed`, and what
    `look_at_file` raises.
    """
    coming.check_days(document_on, submitted_on, received_on, localdate(at))
    looked = look_at_file(obligation=obligation, data=data, name=name, by=by, at=at)
    return _take_in(obligation, looked, document_on, submitted_on, received_on, by, at)


def take_in_archived(
    *,
    obligation: Obligation,
    document: ArchivedDocument,
    document_on: date | None,
    submitted_on: date,
    received_on: date,
    by: Person | None,
    at: datetime,
) -> Submission:
    """As `take_in_file`, of a document that lies in the archive. Raises what `look_at_archived` raises too."""
    coming.check_days(document_on, submitted_on, received_on, localdate(at))
    looked = look_at_archived(obligation=obligation, document=document, by=by, at=at)
    return _take_in(obligation, looked, document_on, submitted_on, received_on, by, at)


def _take_in(
    obligation: Obligation,
    looked: Looked,
    document_on: date | None,
    submitted_on: date,
    received_on: date,
    by: Person | None,
    at: datetime,
) -> Submission:
    importing.check_unit_lived(looked.document, looked.name, obligation.unit)
    submitted_at = _moment(submitted_on, at)
    with transaction.atomic():
        made = enter(
            Incoming(
                obligation=obligation,
                way=Submission.Way.FILE,
                package=looked.blob,
                submitted_at=submitted_at,
                received_at=max(_moment(received_on, at), submitted_at),
                document_on=document_on,
                document=codec.to_json(looked.document),
                symbol=looked.found.symbol,
                subject=looked.found.subject,
                figures=looked.found.figures,
                by=by,
            )
        )
        if not ArchivedDocument.objects.filter(unit=obligation.unit, blob=looked.blob).exists():
            importing.keep(
                importing.New(
                    obligation.unit,
                    looked.blob,
                    looked.name,
                    looked.document,
                    looked.text,
                    is_confirmed=True,
                ),
                by=by,
                at=at,
            )
    return made


def check_may_take_in(by: Person | None, obligation: Obligation, on: date) -> None:
    """Whoever watches over the unit takes in what it sent; the unit itself hands a file in. Raises `NotAllowed`."""
    if not can(by, Permission.SUBMISSION_DECIDE, obligation.unit, on):
        check_can(by, Permission.REPORT_SUBMIT, obligation.unit, on)


def _moment(day: date, at: datetime) -> datetime:
    """Now for today, else the beginning of the day: the hour is not known."""
    return at if day == localdate(at) else make_aware(datetime.combine(day, time.min))
