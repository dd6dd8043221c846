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
from dinhlang.org.actions.machine_keys import end_machine_key, make_machine_key
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Unfit
from dinhlang.org.rules.invitations import token_hash
from dinhlang.vietnamese.text import one_line

PREFIX = "pa311_"


@transaction.atomic
def make_key(
    *, unit: Unit, name: str, form: UUID | None = None, by: Person | None, at: datetime
) -> tuple[Open311Key, str]:
    """A key for an app, and its secret, shown once. The same form (its mark `form`) sent twice is one key, and shows it again.

    Raises `Unfit`, `Revoked` for one that was revoked since, `org.permissions.NotAllowed`.
    """
    check_can_assign(by, unit, localdate(at))
    if not one_line(name):
        raise Unfit(_("Ghi tên ứng dụng sẽ gửi phản ánh."), "name")
    key, secret, is_new = make_machine_key(
        Open311Key, unit=unit, prefix=PREFIX, name=name, form=form, by=by, at=at
    )
    if is_new:
        audit(by=by, at=at, action="case.key", target=key, unit=unit, detail={"name": key.name})
    return key, secret


@transaction.atomic
def revoke_key(*, key: Open311Key, by: Person | None, at: datetime) -> None:
    """Make a key worth nothing; what came with it stays. Raises `Revoked`, `org.permissions.NotAllowed`."""
    check_can_assign(by, key.unit, localdate(at))
    end_machine_key(key, by=by, at=at)
    audit(by=by, at=at, action="case.key-revoke", target=key, unit=key.unit, detail={"name": key.name})


def key_of(secret: str, unit_id: str, at: datetime) -> Open311Key | None:
    """The key of that unit behind a secret, noting that it was used; None for one that is worth nothing."""
    found: Open311Key | None = Open311Key.objects.filter(
        key_hash=token_hash(secret), unit=unit_id, revoked_at=None
    ).first()
    if found is not None:
        Open311Key.objects.filter(pk=found.pk).update(used_at=at)
    return found
