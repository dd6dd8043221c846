"""Keys by which a commune's own box hands in: given out and revoked by the administrator of the level above."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.actions.machine_keys import end_machine_key, make_machine_key
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.reports.models import SubmissionKey
from dinhlang.reports.submission.rules import coming
from dinhlang.vietnamese.text import one_line

PREFIX = "dln_"


class CannotGive(Refused):
    """The key cannot be given out so."""


@transaction.atomic
def make_key(
    *, unit: Unit, above: Unit, name: str, form: UUID | None = None, by: Person | None, at: datetime
) -> tuple[SubmissionKey, str]:
    """A key for one unit below `above`, and its secret; the same form (its mark `form`) sent twice is one key, and shows it again.

    Raises `CannotGive` for a unit that is not below or has ceased, `Revoked` for a key that was revoked since, `NotAllowed`.
    """
    on = localdate(at)
    check_can(by, Permission.SUBMISSION_KEYS, above, on)
    if unit.pk not in org.ids_below(above, on) or unit.level in org.PARTS:
        raise CannotGive(_("Chỉ cấp khóa cho xã, phường và đơn vị hành chính ngay dưới đơn vị của bạn."))
    coming.check_alive(org.title_of(unit, on), unit.starts_on, unit.ends_on, on)
    if not one_line(name):
        raise CannotGive(_("Hãy đặt tên khóa để sau này biết khóa dùng ở đâu."))
    key, secret, is_new = make_machine_key(
        SubmissionKey, unit=unit, prefix=PREFIX, name=name, form=form, by=by, at=at, made_for=above
    )
    if is_new:
        audit(
            by=by,
            at=at,
            action="submission.key",
            target=key,
            unit=above,
            detail={"unit": unit.pk, "name": key.name},
        )
    return key, secret


@transaction.atomic
def revoke_key(*, key: SubmissionKey, by: Person | None, at: datetime) -> SubmissionKey:
    """Make a key worth nothing, from now on. Raises `Revoked` for one that is worth nothing already, `NotAllowed`."""
    check_can(by, Permission.SUBMISSION_KEYS, key.made_for, localdate(at))
    end_machine_key(key, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="submission.revoke-key",
        target=key,
        unit=key.made_for,
        detail={"unit": key.unit_id, "name": key.name},
    )
    return key
