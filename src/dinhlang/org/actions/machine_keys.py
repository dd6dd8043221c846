"""Keys of machines made and revoked: parts of the actions of the rooms above, which check rights and keep the trace."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import UUID

from dinhlang.org.models import MachineKey, Person
from dinhlang.org.rules.invitations import token_hash
from dinhlang.org.sealed import fingerprint
from dinhlang.vietnamese.text import one_line

_SHOWN = 10
_PLACE = "org.machine-key"
_NAME_LENGTH = 60


def new_secret(prefix: str) -> tuple[str, dict[str, str]]:
    """A secret that begins with `prefix`, and what is kept of it: how it begins, and its hash.

    256 bits: nobody finds one by trying, so a plain hash of it is enough.
    """
    secret = prefix + secrets.token_urlsafe(32)
    return secret, _kept_of(secret)


def secret_of_form(prefix: str, form: UUID) -> str:
    """The secret that a form asks for by its mark: sent twice it is the same, so that whoever lost the first answer is told it again.

    As many bits, by a key of the installation that is not in the database; the mark is random and stored nowhere.
    """
    return prefix + fingerprint(str(form), _PLACE)


def _kept_of(secret: str) -> dict[str, str]:
    return {"start": secret[:_SHOWN], "key_hash": token_hash(secret)}


def make_machine_key(
    keys: Any,
    *,
    prefix: str,
    name: str,
    secret: str | None = None,
    by: Person | None,
    at: datetime,
    **more: Any,
) -> tuple[Any, str]:
    """A new key among `keys` (a manager), and its secret, which is shown once and stored nowhere: that of a form, or a random one."""
    shown, kept = new_secret(prefix) if secret is None else (secret, _kept_of(secret))
    key = keys.create(name=one_line(name)[:_NAME_LENGTH], made_at=at, made_by=by, **kept, **more)
    return key, shown


def end_machine_key(key: MachineKey, *, by: Person | None, at: datetime) -> bool:
    """Make a key worth nothing from now on; whether it was worth anything."""
    keys = type(key)._default_manager
    return bool(keys.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by))
