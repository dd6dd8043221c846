"""Keys of machines made and revoked: parts of the actions of the rooms above, which check rights and keep the trace."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from dinhlang.org.models import MachineKey, Person
from dinhlang.org.rules.invitations import token_hash
from dinhlang.vietnamese.text import one_line

_SHOWN = 10
_NAME_LENGTH = 60


def new_secret(prefix: str) -> tuple[str, dict[str, str]]:
    """A secret that begins with `prefix`, and what is kept of it: how it begins, and its hash.

    256 bits: nobody finds one by trying, so a plain hash of it is enough.
    """
    secret = prefix + secrets.token_urlsafe(32)
    return secret, {"start": secret[:_SHOWN], "key_hash": token_hash(secret)}


def make_machine_key(
    keys: Any, *, prefix: str, name: str, by: Person | None, at: datetime, **more: Any
) -> tuple[Any, str]:
    """A new key among `keys` (a manager), and its secret, which is shown once and stored nowhere."""
    secret, kept = new_secret(prefix)
    key = keys.create(name=one_line(name)[:_NAME_LENGTH], made_at=at, made_by=by, **kept, **more)
    return key, secret


def end_machine_key(key: MachineKey, *, by: Person | None, at: datetime) -> bool:
    """Make a key worth nothing from now on; whether it was worth anything."""
    keys = type(key)._default_manager
    return bool(keys.filter(pk=key.pk, revoked_at=None).update(revoked_at=at, revoked_by=by))
