"""A unit asks for a later day; the level above decides. The deadline itself never moves."""

from __future__ import annotations

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.reports.duties import queries, rules
from dinhlang.reports.models import Exemption, Obligation


@transaction.atomic
def ask_extension(
    *, obligation: Obligation, until: date, reason: str, by: Person | None, at: datetime
) -> Exemption:
    """Ask for a later day, with the reason. Raises `rules.CannotExempt` or `NotAllowed`."""
    on = localdate(at)
    check_can(by, Permission.REPORT_DRAFT, obligation.unit, on)
    rules.check_extension(until, _facts(obligation, on), on)
    if not reason.strip():
        raise rules.CannotExempt(_("Hãy ghi lý do xin lùi hạn."))
    try:
        with transaction.atomic():
            asked = Exemption.objects.create(
                obligation=obligation, until=until, reason=reason.strip(), requested_at=at, requested_by=by
            )
    except IntegrityError:
        raise rules.CannotExempt(
            _("Đang có một đề nghị lùi hạn chờ duyệt. Chờ cấp trên trả lời rồi hãy đề nghị lại.")
        ) from None
    _note("duty.ask-extension", asked, by, at)
    return asked


@transaction.atomic
def decide_extension(
    *, exemption: Exemption, is_granted: bool, note: str, by: Person | None, at: datetime
) -> Exemption:
    """Grant or refuse what a unit asked. A refusal says why. Raises `rules.CannotExempt` or `NotAllowed`."""
    on = localdate(at)
    obligation = exemption.obligation
    check_can(by, Permission.DUTY_ASSIGN, obligation.unit, on)
    if by is not None and exemption.requested_by_id == by.pk:
        raise rules.CannotExempt(_("Người đề nghị không tự duyệt đề nghị của mình."))
    if not is_granted and not note.strip():
        raise rules.CannotExempt(_("Không đồng ý thì ghi lý do để đơn vị biết."))
    if is_granted:
        rules.check_extension(exemption.until, _facts(obligation, on), on)
    decided = Exemption.objects.filter(pk=exemption.pk, state=Exemption.State.ASKED).update(
        state=Exemption.State.GRANTED if is_granted else Exemption.State.REFUSED,
        note=note.strip(),
        decided_at=at,
        decided_by=by,
    )
    if not decided:
        raise rules.CannotExempt(_("Đề nghị này vừa được người khác quyết định. Tải lại trang."))
    exemption.refresh_from_db()
    _note("duty.grant" if is_granted else "duty.refuse", exemption, by, at)
    return exemption


def _facts(obligation: Obligation, on: date) -> rules.Facts:
    """How the obligation stands, its row locked until the end: two people cannot move one day at once."""
    Obligation.objects.select_for_update().get(pk=obligation.pk)
    return queries.facts_of(queries.with_standing(Obligation.objects.filter(pk=obligation.pk), on).get())


def _note(action: str, exemption: Exemption, by: Person | None, at: datetime) -> None:
    audit(
        by=by,
        at=at,
        action=action,
        target=exemption.obligation,
        unit=exemption.obligation.unit,
        detail={"period": exemption.obligation.period, "until": exemption.until.isoformat()},
    )
