"""A report that went out by another way (on paper, through another system) is noted, and the note can be taken back."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.duties import queries, rules
from dinhlang.reports.models import Obligation


@transaction.atomic
def note_sent(
    *, obligation: Obligation, sent_on: date, sent_as: str, by: Person | None, at: datetime
) -> Obligation:
    """Note the day on which the report was sent, and the number of the document. Raises `rules.CannotNote`."""
    on = localdate(at)
    check_can(by, Permission.REPORT_DRAFT, obligation.unit, on)
    row = _locked(obligation, on)
    if not queries.state_on(row, on).is_owed:
        raise rules.CannotNote(_("Báo cáo này không còn phải nộp. Tải lại trang để xem."))
    asked_on = row.request.dated if row.request else None
    rules.check_sent(sent_on, row.window_from or asked_on, on)
    row.sent_on, row.sent_as = sent_on, " ".join(sent_as.split())
    row.sent_noted_at, row.sent_by = at, by
    row.save(update_fields=["sent_on", "sent_as", "sent_noted_at", "sent_by"])
    _note("duty.sent", row, by, at)
    return row


@transaction.atomic
def take_back_sent(*, obligation: Obligation, by: Person | None, at: datetime) -> Obligation:
    """Take back what was noted by mistake: the report is owed again. Raises `rules.CannotNote`."""
    on = localdate(at)
    check_can(by, Permission.REPORT_DRAFT, obligation.unit, on)
    row = _locked(obligation, on)
    if row.sent_on is None:
        raise rules.CannotNote(_("Chưa ghi là đã gửi nên không có gì để hủy."))
    _note("duty.unsent", row, by, at)
    row.sent_on, row.sent_as, row.sent_noted_at, row.sent_by = None, "", None, None
    row.save(update_fields=["sent_on", "sent_as", "sent_noted_at", "sent_by"])
    return row


def _locked(obligation: Obligation, on: date) -> Obligation:
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    rows = Obligation.objects.filter(pk=obligation.pk).select_related("unit", "request")
    found: Obligation = queries.with_standing(rows, on).get()
    return found


def _note(action: str, row: Obligation, by: Person | None, at: datetime) -> None:
    audit(
        by=by,
        at=at,
        action=action,
        target=row,
        unit=row.unit,
        detail={
            "period": row.period,
            "day": row.sent_on.isoformat() if row.sent_on else "",
            "number": row.sent_as,
        },
    )
