"""The result goes back, and the fee is settled. Neither asks the other, and neither asks whether it was late."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.onestop import permissions
from dinhlang.onestop.actions.moving import done_before, locked, take_step
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules import intake
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.models import Person
from dinhlang.org.rules import Unfit


@transaction.atomic
def send(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """The result was given to the post, or sent as a file; `note` has the number of the parcel. Raises as `take_step`."""
    return _at_the_counter(dossier, Deed.SEND, key, happened_at, by, at, note=note)


@transaction.atomic
def come_back(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """What was sent came back: it waits at the counter again. Raises as `take_step`."""
    return _at_the_counter(dossier, Deed.COME_BACK, key, happened_at, by, at, note=note)


@transaction.atomic
def give(
    *, dossier: Dossier, note: str = "", key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """The result is in the hands of whoever asked for it; `note` says who took it for them. Raises as `take_step`."""
    return _at_the_counter(dossier, Deed.GIVE, key, happened_at, by, at, note=note)


@transaction.atomic
def set_fee(
    *,
    dossier: Dossier,
    amount: int,
    note: str = "",
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    """Say what is to be paid, in đồng. Raises `Unfit`, and as `take_step`."""
    if not 0 < amount <= intake.MOST_FEE:
        raise Unfit(_("Mức thu phải lớn hơn 0. Không thu thì không cần ghi."), "amount")
    return _at_the_counter(
        dossier, Deed.SET_FEE, key, happened_at, by, at, note=note, said={"amount": amount}
    )


@transaction.atomic
def pay(
    *,
    dossier: Dossier,
    how: str,
    note: str = "",
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
) -> DossierStep:
    """The fee was paid, in cash or by transfer; `note` has the number of the receipt. Raises `Unfit`, and as `take_step`."""
    if how not in ("cash", "transfer"):
        raise Unfit(_("Chọn cách nộp tiền: tiền mặt hoặc chuyển khoản."), "how")
    return _at_the_counter(dossier, Deed.PAY, key, happened_at, by, at, note=note, said={"how": how})


@transaction.atomic
def waive(
    *, dossier: Dossier, reason: str, key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """Nothing is to be paid, by a rule that the reason names. Raises `Unfit`, and as `take_step`."""
    why = intake.reason(reason, "reason", _("Chưa ghi lý do miễn. Ghi đối tượng hoặc quy định được miễn."))
    return _at_the_counter(dossier, Deed.WAIVE, key, happened_at, by, at, note=why)


@transaction.atomic
def refund(
    *, dossier: Dossier, reason: str, key: UUID, happened_at: datetime, by: Person | None, at: datetime
) -> DossierStep:
    """What was paid goes back. Raises `Unfit`, and as `take_step`."""
    why = intake.reason(reason, "reason", _("Chưa ghi lý do hoàn trả."))
    return _at_the_counter(dossier, Deed.REFUND, key, happened_at, by, at, note=why)


def _at_the_counter(
    dossier: Dossier,
    deed: Deed,
    key: UUID,
    happened_at: datetime,
    by: Person | None,
    at: datetime,
    *,
    note: str = "",
    said: dict[str, Any] | None = None,
) -> DossierStep:
    dossier = locked(dossier)
    permissions.check_can_register(by, dossier.unit, localdate(at))
    if (known := done_before(dossier, key, deed)) is not None:
        return known
    words = intake.reason(note, "reason", "") if note.strip() else ""
    return take_step(dossier, deed, key=key, by=by, at=happened_at, recorded_at=at, reason=words, said=said)
