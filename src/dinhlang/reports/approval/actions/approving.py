"""The last act: whoever has authority approves, and with that the report is numbered, dated, signed and closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Signature
from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports.actions.issuing import check_issuable, close
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.actions.signing import Signing, WrongPassphrase, opened
from dinhlang.reports.approval.moving import (
    check_among,
    check_not_own,
    check_seen,
    locked,
    one_line,
    step,
)
from dinhlang.reports.approval.rules import stages
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.models import Report, ReportLink


def approve(
    *,
    report: Report,
    seen: str,
    on: date,
    by: Person,
    at: datetime,
    note: str = "",
    passphrase: str = "",
    is_unsigned: bool = False,
) -> Report:
    """Approve the words that were seen, and issue them: number, date, in what capacity `by` signs, files.

    Where `by` or the unit has a key the PDF is signed with it; `is_unsigned` issues without. All of it, or nothing.
    Raises `rules.CannotIssue`, `Stale`, `OwnDraft`, `WrongStage`, `WrongPassphrase`, `NotAllowed`.
    """
    signing = opened_for(report, by, passphrase, is_unsigned, at)
    return approve_with(report=report, seen=seen, on=on, by=by, at=at, note=note, signing=signing)


@transaction.atomic
def approve_with(
    *,
    report: Report,
    seen: str,
    on: date,
    by: Person,
    at: datetime,
    note: str,
    signing: Signing | None,
    link: ReportLink | None = None,
) -> Report:
    """`approve` with a key that is open already. Raises as that."""
    today = localdate(at)
    report, approval = locked(report)
    stages.check_move(queries.stage_of(approval), Deed.APPROVE)
    assert approval is not None  # noqa: S101 - a report at a stage has its row
    check_among(by, queries.path_of(report.unit, today).approvers(report, today), _("duyệt"))
    check_not_own(report, approval, by, today)
    check_seen(report, approval, seen)
    check_issuable(report, on, at)
    signature = signature_of(report, by, on)
    # The step comes first: its row and the report's number stand or fall together.
    step(report, approval, Deed.APPROVE, Stage.APPROVER, by=by, at=at, reason=one_line(note), link=link)
    issued = close(report, on=on, by=by, at=at, signature=signature, sign=signing)
    if signing is not None:
        signing.note(issued)
    return issued


def signature_of(report: Report, person: Person, on: date) -> Signature:
    """In what capacity the person signs the report on that day. Raises `NotAllowed`."""
    found = org.signature_for(person, report.unit, report.programme, on)
    if found is None:
        raise NotAllowed(
            _(
                "Chưa xác định được %(person)s ký với thẩm quyền nào vào ngày %(day)s. "
                "Kiểm tra chức vụ, hoặc ghi việc giao ký ở “Các bước duyệt”."
            )
            % {"person": person, "day": f"{on:%d/%m/%Y}"}
        )
    return found


def opened_for(
    report: Report, by: Person, passphrase: str, is_unsigned: bool, at: datetime
) -> Signing | None:
    """The key for the report, opened; `None` without one.

    It is opened before the transaction: a wrong passphrase is counted even though nothing else happens.
    """
    kept = org.key_for(by, report.unit)
    if kept is None or is_unsigned:
        return None
    if not passphrase:
        raise WrongPassphrase(_("Nhập mật khẩu của khóa để ký số, hoặc chọn phát hành không ký số."))
    return opened(kept, passphrase, at)
