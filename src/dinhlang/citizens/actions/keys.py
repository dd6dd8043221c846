"""Keys of apps that send feedback to one unit: given and revoked by whoever handles feedback there."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import Open311Key
from dinhlang.citizens.permissions import check_can_assign
from dinhlang.org.actions import audit
from dinhlang.org.actions.machine_keys import end_machine_key, make_machine_key, secret_of_form
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.invitations import token_hash
from dinhlang.vietnamese.text import one_line

PREFIX = "pa311_"
_NAME_LENGTH = 60


@transaction.atomic
def make_key(
    *, unit: Unit, name: str, form: UUID | None = None, by: Person | None, at: datetime
) -> tuple[Open311Key, str]:
    """A key for an app, and its secret, shown once. The same form (its mark `form`) sent twice is one key, and shows it again.

    Raises `Unfit`, `Refused` for one that was revoked since, `org.permissions.NotAllowed`.
    """
    check_can_assign(by, unit, localdate(at))
    called = one_line(name)[:_NAME_LENGTH]
    if not called:
        raise Unfit(_("Ghi tên ứng dụng sẽ gửi phản ánh."), "name")
    secret = secret_of_form(PREFIX, form) if form is not None else None
    if secret is not None:
        # Whoever sends the same form at the same moment waits here.
        Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)
        there = Open311Key.objects.filter(unit=unit, key_hash=token_hash(secret)).first()
        if there is not None and there.revoked_at is not None:
            raise Refused(_("Khóa này đã thu hồi rồi."))
        if there is not None:
            return there, secret
    made: tuple[Open311Key, str] = make_machine_key(
        Open311Key.objects, prefix=PREFIX, name=called, secret=secret, by=by, at=at, unit=unit
    )
    audit(by=by, at=at, action="case.key", target=made[0], unit=unit, detail={"name": called})
    return made


@transaction.atomic
def revoke_key(*, key: Open311Key, by: Person | None, at: datetime) -> None:
    """Make a key worth nothing; what came with it stays. Raises `Refused`, `org.permissions.NotAllowed`."""
    check_can_assign(by, key.unit, localdate(at))
    if not end_machine_key(key, by=by, at=at):
        raise Refused(_("Khóa này đã thu hồi rồi."))
    audit(by=by, at=at, action="case.key-revoke", target=key, unit=key.unit, detail={"name": key.name})


def key_of(secret: str, unit_id: str, at: datetime) -> Open311Key | None:
    """The key of that unit behind a secret, noting that it was used; None for one that is worth nothing."""
    found: Open311Key | None = Open311Key.objects.filter(
        key_hash=token_hash(secret), unit=unit_id, revoked_at=None
    ).first()
    if found is not None:
        Open311Key.objects.filter(pk=found.pk).update(used_at=at)
    return found
