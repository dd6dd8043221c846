"""Work on a dossier: papers asked for, handed over, paused, promised anew, solved, stopped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions, queries
from dinhlang.onestop.actions.moving import done_before, locked, take_step
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules import intake, journey, regimes
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.models import Person
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission, Unfit
from dinhlang.vietnamese.text import fold, one_line


@transaction.atomic
def ask_papers(
    *,
    dossier: Dossier,
    wanted: str,
    papers: Sequence[str] = (),
    why_again: str = "",
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    """Ask for further papers, all at once (mẫu 02); after receipt the clock stands until they come.

    `wanted` says what is missing and what to do; asked for a second time, `why_again` says why it was not said before.
    Raises `Unfit`, and as `take_step`.
    """
    dossier = _mine(dossier, by, at)
    if (known := done_before(dossier, key, Deed.ASK_PAPERS)) is not None:
        return known
    what = intake.reason(
        wanted, "reason", _("Chưa ghi cần bổ sung gì. Ghi đủ một lần mọi giấy tờ còn thiếu, chỗ phải sửa.")
    )
    again = one_line(why_again)[: intake.PAPER_LENGTH]
    _check_asked(dossier, again, localdate(happened_at))
    if again:
        intake.check_no_identity_number(again, "why_again")
        # It goes into the slip: Vietnamese whoever is signed in.
        what = f"{what}\nVì sao lần trước chưa yêu cầu: {again}"
    return take_step(
        dossier,
        Deed.ASK_PAPERS,
        key=key,
        by=by,
        at=happened_at,
        recorded_at=at,
        reason=what,
        said={"papers": list(intake.papers(papers))},
    )


def _check_asked(dossier: Dossier, again: str, on: date) -> None:
    """Raise `Unfit` where papers were asked for as often as the law has it and nobody says why once more."""
    limits = regimes.limits_on(on)
    found = journey.standing(queries.journey_of(queries.steps_of(dossier)))
    if found.received_at is None:
        asked, most = found.asked_before, limits.asked_before_receipt
    else:
        asked, most = found.asked_after, limits.asked_after_receipt
    if asked >= most and not again:
        raise Unfit(
            _(
                "Hồ sơ này đã được yêu cầu bổ sung %(count)s lần; việc hướng dẫn phải đầy đủ ngay một lần (%(basis)s). "
                "Nếu vẫn cần, ghi vì sao lần trước chưa yêu cầu."
            )
            % {"count": asked, "basis": limits.basis},
            "why_again",
        )


@transaction.atomic
def take_papers(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """The papers asked for have come: the clock goes on. Raises as `take_step`."""
    return _simple(dossier, Deed.TAKE_PAPERS, note, key, happened_at, by, at)


@transaction.atomic
def hand_over(
    *,
    dossier: Dossier,
    to: Person | None = None,
    office: str = "",
    to_decide: bool = False,
    note: str = "",
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    """Give it to a person of the house or to another office; a row of the control slip (mẫu 06).

    With `to_decide`, or by its name, it goes to the office elsewhere that decides, whose term runs from `happened_at` then. Raises
    `Unfit`, and as `take_step`.
    """
    dossier = _mine(dossier, by, at)
    if (known := done_before(dossier, key, Deed.HAND_OVER)) is not None:
        return known
    where = one_line(office)[: intake.OFFICE_LENGTH]
    decides = journey.standing(queries.journey_of(queries.steps_of(dossier))).decided_by
    is_named = bool(decides) and fold(where) == fold(decides)
    if to_decide and where and not is_named:
        raise Unfit(
            _("Vừa chọn cơ quan giải quyết vừa ghi tên cơ quan khác. Chỉ giữ lại một nơi nhận."), "office"
        )
    if to is None and (to_decide or is_named):
        where = decides
    if to is None and not where:
        raise Unfit(_("Chưa chọn giao cho ai. Chọn người hoặc ghi tên cơ quan nhận."), "to")
    if to is not None and not can(to, Permission.READ, dossier.unit, localdate(at)):
        raise Unfit(_("Người này không làm việc ở đơn vị. Chọn người khác."), "to")
    said: dict[str, Any] = {
        "from": dossier.held_by.full_name if dossier.held_by is not None else dossier.held_at,
        "to": to.full_name if to is not None else where,
    }
    dossier.held_by, dossier.held_at = to, where or dossier.handling
    return take_step(
        dossier,
        Deed.HAND_OVER,
        key=key,
        by=by,
        at=happened_at,
        recorded_at=at,
        reason=_note(note),
        said=said,
    )


@transaction.atomic
def pause(
    *, dossier: Dossier, reason: str, key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """Let the clock stand, for a reason that the law knows (another office is asked, a fee is owed). Raises `Unfit`, and as
    `take_step`."""
    what = _("Chưa ghi lý do tạm dừng. Ghi lý do và quy định cho phép tạm dừng.")
    return _with_reason(dossier, Deed.PAUSE, reason, what, key, happened_at, by, at)


@transaction.atomic
def resume(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """Let the clock go on. Raises as `take_step`."""
    return _simple(dossier, Deed.RESUME, note, key, happened_at, by, at)


@transaction.atomic
def apologise(
    *,
    dossier: Dossier,
    reason: str,
    new_on: date,
    responsible: str,
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    """Apologise in writing and promise a new day, once (mẫu 04). `responsible` is the office that is late.

    One that goes too late is taken all the same: it is owed more than ever, and says so. Raises `Unfit`, and as `take_step`.
    """
    dossier = _mine(dossier, by, at)
    if (known := done_before(dossier, key, Deed.APOLOGISE)) is not None:
        return known
    why = intake.reason(reason, "reason", _("Chưa ghi lý do chậm. Người nộp cần biết vì sao."))
    who = one_line(responsible)[: intake.OFFICE_LENGTH] or dossier.handling
    before = dossier.due_at
    return take_step(
        dossier,
        Deed.APOLOGISE,
        key=key,
        by=by,
        at=happened_at,
        recorded_at=at,
        reason=why,
        said={
            "new_on": new_on.isoformat(),
            "responsible": who,
            "old_on": localdate(before).isoformat() if before else "",
        },
    )


@transaction.atomic
def resolve(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """The result is there and waits to be returned, late or not. Raises as `take_step`."""
    return _simple(dossier, Deed.RESOLVE, note, key, happened_at, by, at)


@transaction.atomic
def stop(
    *, dossier: Dossier, reason: str, key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """Stop without a result and say why (mẫu 05); the papers go back. Raises `Unfit`, and as `take_step`."""
    what = _("Chưa ghi lý do dừng. Ghi lý do và quy định làm căn cứ.")
    return _with_reason(dossier, Deed.STOP, reason, what, key, happened_at, by, at)


@transaction.atomic
def withdraw(
    *, dossier: Dossier, reason: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """Whoever handed it in takes it back. Raises as `take_step`."""
    return _simple(dossier, Deed.WITHDRAW, reason, key, happened_at, by, at)


def _simple(
    dossier: Dossier,
    deed: Deed,
    note: str,
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    dossier = _mine(dossier, by, at)
    if (known := done_before(dossier, key, deed)) is not None:
        return known
    return take_step(dossier, deed, key=key, by=by, at=happened_at, recorded_at=at, reason=_note(note))


def _with_reason(
    dossier: Dossier,
    deed: Deed,
    reason: str,
    what: str,
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    dossier = _mine(dossier, by, at)
    if (known := done_before(dossier, key, deed)) is not None:
        return known
    why = intake.reason(reason, "reason", what)
    return take_step(dossier, deed, key=key, by=by, at=happened_at, recorded_at=at, reason=why)


def _mine(dossier: Dossier, by: Person | None, at: datetime) -> Dossier:
    dossier = locked(dossier)
    permissions.check_can_carry_on(by, dossier, localdate(at))
    return dossier


def _note(text: str) -> str:
    return intake.reason(text, "reason", "") if text.strip() else ""
