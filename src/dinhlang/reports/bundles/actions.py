"""What happens to a bundle: asked for, made by the worker, begun again after a cut, taken away, removed."""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.identifier import Period
from dinhlang.reports import render, rules
from dinhlang.reports.bundles import queries
from dinhlang.reports.bundles.rules import (
    CUT_OFF_AFTER,
    KEPT_FOR,
    MOST_AT_ONCE,
    MOST_ATTEMPTS,
    UNDER_WAY,
    CannotBundle,
    State,
)
from dinhlang.reports.models import Bundle, Report, Submission
from dinhlang.reports.submission import showing
from dinhlang.reports.submission.rules.package import BadPackage
from dinhlang.work.blobs import BlobLost

_TOLD_EVERY = 1.0
_LIST = "danh-sach.xlsx"
# Entries of an archive carry a time; a fixed one keeps equal bundles equal.
_TIME = (1980, 1, 1, 0, 0, 0)


@transaction.atomic
def ask_bundle(
    *,
    unit: Unit,
    programme: str,
    period: Period,
    docx: bool,
    pdf: bool,
    with_drafts: bool,
    by: Person,
    at: datetime,
) -> Bundle:
    """Ask the worker for all reports of a period of the unit and those below that the person may read.

    The same asked again while it is under way gives the one that is there. Raises `CannotBundle`, `NotAllowed`.
    """
    if not (docx or pdf):
        raise CannotBundle(_("Chọn ít nhất một dạng tệp: Word hoặc PDF."))
    asked = {
        "unit": unit,
        "programme": programme,
        "period": str(period),
        "docx": docx,
        "pdf": pdf,
        "with_drafts": with_drafts,
        "asked_by": by,
    }
    under_way = Bundle.objects.filter(asked_by=by, state__in=UNDER_WAY)
    same = under_way.filter(**asked).first()
    if same is not None:
        return same
    if under_way.count() >= MOST_AT_ONCE:
        raise CannotBundle(_("Đang làm dở %(most)s bộ. Chờ xong rồi yêu cầu tiếp.") % {"most": MOST_AT_ONCE})
    on = localdate(at)
    readable = org.ids_read_in(org.positions(by, on), on)
    if unit.pk not in readable:
        raise NotAllowed(_("Bạn không được xem báo cáo của đơn vị này."))
    rows = queries.contents(unit, programme, period, readable, with_drafts=with_drafts)
    if not any(row.is_there for row in rows):
        raise CannotBundle(_("Kỳ này chưa có báo cáo nào để tải. Chọn kỳ khác, hoặc lấy cả dự thảo."))
    made = Bundle.objects.create(
        **asked,
        rows=[
            {
                "unit": row.unit,
                "name": row.name,
                "report": row.report.pk if row.report else None,
                "submission": row.submission.pk if row.submission else None,
            }
            for row in rows
        ],
        token=secrets.token_urlsafe(24),
        asked_at=at,
        moved_at=at,
    )
    audit(
        by=by,
        at=at,
        action="bundle.ask",
        target=made,
        unit=unit,
        detail={"programme": programme, "period": str(period), "rows": len(rows)},
    )
    transaction.on_commit(lambda: _enqueue(made))
    return made


def _enqueue(bundle: Bundle) -> None:
    from dinhlang.reports import tasks

    tasks.write_bundle.enqueue(bundle.pk)


def write_bundle(*, pk: int, at: datetime) -> Bundle | None:
    """Make the file of a bundle that waits; whoever claims it first makes it. Gives it, or `None` when it did not wait.

    The file is whole or not there. A report whose file is lost is named in the list and holds up no other.
    """
    claimed = Bundle.objects.filter(pk=pk, state=State.WAITING).update(
        state=State.WRITING, moved_at=at, done=0, files=0, attempts=F("attempts") + 1
    )
    if not claimed:
        return None
    bundle = Bundle.objects.select_related("unit").get(pk=pk)
    path = path_of(bundle)
    part = path.with_suffix(f".{bundle.attempts}.part")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        told = _written(bundle, part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    now = timezone.now()
    done = Bundle.objects.filter(pk=pk, state=State.WRITING, attempts=bundle.attempts).update(
        state=State.READY,
        told=told,
        done=len(bundle.rows),
        files=bundle.files,
        size=path.stat().st_size,
        ready_at=now,
        moved_at=now,
    )
    if not done:
        # Removed meanwhile: nobody would ever take this file away.
        path.unlink(missing_ok=True)
        return None
    return Bundle.objects.get(pk=pk)


def _written(bundle: Bundle, part: Path) -> list[dict[str, str]]:
    """Write the archive; give the rows without a file and why."""
    told: list[dict[str, str]] = []
    listed: list[tables.Row] = []
    heard = monotonic()
    with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
        for number, row in enumerate(bundle.rows, 1):
            report = (
                Report.objects.select_related("unit", "docx", "pdf", "seal__pdf")
                .filter(pk=row["report"])
                .first()
            )
            handed_in = (
                Submission.objects.select_related("package", "obligation")
                .filter(pk=row["submission"])
                .first()
            )
            why = "" if report or handed_in else _no_report(row)
            names: list[str] = []
            try:
                for name, data in _files_of(bundle, report, handed_in):
                    _put(archive, name, data)
                    names.append(name)
            except (BlobLost, BadPackage) as reason:
                why = str(reason)
            if not (names or why):
                why = _nothing_in(handed_in)
            if why:
                told.append({"unit": row["unit"], "name": row["name"], "why": why})
            bundle.files += len(names)
            listed.append(_line(row, report, handed_in, names, why))
            if monotonic() - heard > _TOLD_EVERY:
                heard = monotonic()
                Bundle.objects.filter(pk=bundle.pk, state=State.WRITING).update(
                    done=number, files=bundle.files, moved_at=timezone.now()
                )
        _put(archive, _LIST, tables.as_xlsx(_header(), listed))
    return told


def _files_of(
    bundle: Bundle, report: Report | None, handed_in: Submission | None
) -> Iterator[tuple[str, bytes]]:
    if report is not None:
        yield from _files(bundle, report)
    elif handed_in is not None:
        wanted = [form for form, is_wanted in (("docx", bundle.docx), ("pdf", bundle.pdf)) if is_wanted]
        there = [form for form, _name in showing.forms_of(handed_in)]
        # What came as a file of its own is taken as it came, whatever its form.
        for form in [one for one in wanted if one in there] or [one for one in there if one == showing.FILE]:
            data, name, _kind = showing.file_of(handed_in, form)
            yield f"{handed_in.obligation.unit_id}-{bundle.period}.{name.rsplit('.', 1)[-1]}", data


@kept_in_vietnamese
def _nothing_in(handed_in: Submission | None) -> str:
    if handed_in is not None and handed_in.reason:
        return _("báo không phát sinh: %(reason)s") % {"reason": handed_in.reason}
    return _("không có tệp ở dạng đã chọn")


def _files(bundle: Bundle, report: Report) -> Iterator[tuple[str, bytes]]:
    kind = "" if report.number is not None else "-du-thao"
    name = f"{report.unit_id}-{bundle.period}{kind}"
    if bundle.docx:
        yield f"{name}.docx", render.docx(report)
    if bundle.pdf:
        yield f"{name}.pdf", render.pdf(report)


def _put(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    member = zipfile.ZipInfo(name, _TIME)
    member.external_attr = 0o644 << 16
    archive.writestr(member, data)


@kept_in_vietnamese
def _header() -> list[str]:
    return [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Báo cáo"),
        _("Số, ký hiệu"),
        _("Ngày ban hành"),
        _("Tệp"),
        _("Ghi chú"),
    ]


def _line(
    row: dict[str, str],
    report: Report | None,
    handed_in: Submission | None,
    names: list[str],
    why: str,
) -> tables.Row:
    one = report or handed_in
    number = report.number if report else None
    symbol = handed_in.symbol if handed_in else ""
    day = report.issued_on if report else handed_in.document_on if handed_in else None
    return [
        row["unit"],
        row["name"],
        one.subject if one else "",
        rules.printed_number_of(number, report.symbol) if report and number is not None else symbol,
        f"{day:%d/%m/%Y}" if day else "",
        ", ".join(names),
        why,
    ]


@kept_in_vietnamese
def _no_report(row: dict[str, str]) -> str:
    return _("dự thảo đã bỏ sau khi yêu cầu") if row["report"] else _("chưa có báo cáo")


def note_taken(*, bundle: Bundle, by: Person, at: datetime) -> None:
    """Note that the file of a bundle was taken away."""
    audit(
        by=by,
        at=at,
        action="bundle.take",
        target=bundle,
        unit=bundle.unit,
        detail={"files": bundle.files, "period": bundle.period},
    )


@transaction.atomic
def remove_bundle(*, bundle: Bundle, by: Person | None, at: datetime) -> None:
    """Remove the file of a bundle, or take it back while it is being made."""
    Bundle.objects.filter(pk=bundle.pk).update(state=State.REMOVED, moved_at=at)
    path = path_of(bundle)
    transaction.on_commit(lambda: path.unlink(missing_ok=True))
    audit(by=by, at=at, action="bundle.remove", target=bundle, unit=bundle.unit, detail={})


def sweep_bundles(*, at: datetime) -> int:
    """Remove what was kept long enough, and files that nothing speaks of; give how many bundles went."""
    old = list(Bundle.objects.filter(state=State.READY, ready_at__lt=at - KEPT_FOR).select_related("unit"))
    for bundle in old:
        remove_bundle(bundle=bundle, by=None, at=at)
    # What was refused or removed long ago is told no more.
    Bundle.objects.filter(
        state__in=[State.REMOVED, State.FAILED], moved_at__lt=at - timedelta(days=30)
    ).delete()
    known = set(Bundle.objects.filter(state__in=[*UNDER_WAY, State.READY]).values_list("token", flat=True))
    for file in _folder().glob("*"):
        if file.name.split(".")[0] not in known:
            file.unlink(missing_ok=True)
    return len(old)


def resume_bundles(*, at: datetime) -> int:
    """Begin again what lost its process; after some times say that it cannot be made. Gives how many begin again."""
    again = 0
    for bundle in Bundle.objects.filter(state__in=UNDER_WAY, moved_at__lt=at - CUT_OFF_AFTER):
        if bundle.attempts >= MOST_ATTEMPTS:
            why = _("Máy làm không xong sau %(times)d lần. Chọn ít đơn vị hơn, hoặc báo người vận hành.")
            bundle.state, bundle.moved_at = State.FAILED, at
            bundle.told = [{"unit": "", "name": "", "why": why % {"times": bundle.attempts}}]
            bundle.save(update_fields=["state", "moved_at", "told"])
            continue
        Bundle.objects.filter(pk=bundle.pk, state=bundle.state).update(state=State.WAITING, moved_at=at)
        _enqueue(bundle)
        again += 1
    return again


def path_of(bundle: Bundle) -> Path:
    """Where the file of a bundle lies."""
    return _folder() / f"{bundle.token}.zip"


def _folder() -> Path:
    return Path(settings.DATA) / "bundles"
