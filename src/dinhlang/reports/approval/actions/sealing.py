"""The agency's own signature on an issued report: the office clerk puts it behind the approver's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.reports import render
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.actions.signing import WrongPassphrase, opened
from dinhlang.reports.models import Report, ReportSeal
from dinhlang.work import blobs


class CannotSeal(Refused):
    """The report takes no seal; the message says why and what to do."""


def seal_report(*, report: Report, passphrase: str, by: Person | None, at: datetime) -> ReportSeal:
    """Put the agency's signature on the PDF of an issued report (NĐ 30/2020/NĐ-CP, Phụ lục I, II.8).

    The approver's signature stays as it is: what is added stands behind it in the file. What was issued is kept, the
    sealed file stands beside it and is the one that is taken away, handed in and published from then on.
    Raises `CannotSeal`, `WrongPassphrase`, `NotAllowed`.
    """
    check_can(by, Permission.REPORT_SEAL, report.unit, localdate(at))
    _check_sealable(report)
    kept = org.key_of_unit(report.unit)
    if kept is None:
        raise CannotSeal(_("Cơ quan chưa có khóa ký số. Nhờ người duyệt thêm khóa ở “Các bước duyệt”."))
    if not passphrase:
        raise WrongPassphrase(_("Nhập mật khẩu của khóa cơ quan."))
    # Opened before the transaction: a wrong passphrase is counted even though nothing else happens.
    signing = opened(kept, passphrase, at)
    with transaction.atomic():
        lock(report.unit)
        current = Report.objects.select_related("unit", "pdf").get(pk=report.pk)
        _check_sealable(current)
        made = ReportSeal.objects.create(
            report=current,
            pdf=blobs.store(signing(current, render.pdf(current)), render.PDF, at),
            name=signing.key.name[:200],
            organisation=(signing.key.organisation or "")[:200],
            ledger_digest=signing.digest,
            certificate_ends_at=signing.key.ends_at,
            by=by,
            at=at,
        )
        audit(
            by=by,
            at=at,
            action="report.seal",
            target=current,
            unit=current.unit,
            detail={"key": kept.pk, "pdf": made.pdf_id},
        )
    return made


def _check_sealable(report: Report) -> None:
    why = queries.why_no_seal(report)
    if why:
        raise CannotSeal(why)
