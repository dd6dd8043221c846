"""Keys of machines made and revoked: parts of the actions of the rooms above, which check rights and keep the trace."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from dinhlang.org.actions.sent_once import made_before
from dinhlang.org.models import MachineKey, Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.org.rules.invitations import token_hash
from dinhlang.org.sealed import fingerprint
from dinhlang.vietnamese.text import one_line

_SHOWN = 10
_PLACE = "org.machine-key"
_NAME_LENGTH = 60

Key = TypeVar("Key", bound=MachineKey)


class Revoked(Refused):
    """The key is worth nothing any more."""


def new_secret(prefix: str) -> tuple[str, dict[str, str]]:
    """A secret that begins with `prefix`, and what is kept of it: how it begins, and its hash.

    256 bits: nobody finds one by trying, so a plain hash of it is enough.
    """
    secret = prefix + secrets.token_urlsafe(32)
    return secret, _kept_of(secret)


def _kept_of(secret: str) -> dict[str, str]:
    return {"start": secret[:_SHOWN], "key_hash": token_hash(secret)}


def make_machine_key(
    keys: type[Key],
    *,
    unit: Unit,
    prefix: str,
    name: str,
    form: UUID | None = None,
    by: Person | None,
    at: datetime,
    **more: Any,
) -> tuple[Key, str, bool]:
    """A key of the unit, its secret, which is shown once and stored nowhere, and whether the key is new.

    The same form (its mark `form`) sent twice is one key, and whoever lost the first answer is told its secret again. Raises
    `Revoked` for one that was revoked since.
    """
    called = one_line(name)[:_NAME_LENGTH]
    if form is None:
        secret, kept = new_secret(prefix)
    else:
        # As many bits, by a key of the installation that is not in the database; the mark is random and stored nowhere.
        secret = prefix + fingerprint(f"{form} {unit.pk} {called}", _PLACE)
        kept = _kept_of(secret)
        there = made_before(keys, unit=unit, key_hash=kept["key_hash"])
        if there is not None and there.revoked_at is not None:
            raise Revoked(_("Khóa này đã thu hồi rồi."))
        if there is not None:
            return there, secret, False
    key = keys._default_manager.create(name=called, unit=unit, made_at=at, made_by=by, **kept, **more)
    return key, secret, True


def end_machine_key(key: MachineKey, *, by: Person | None, at: datetime) -> None:
    """Make a key worth nothing from now on. Raises `Revoked` for one that is already."""
    keys = type(key)._default_manager
    if not keys.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by):
        raise Revoked(_("Khóa này đã thu hồi rồi."))
