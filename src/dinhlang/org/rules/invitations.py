"""Links that let one person choose a passphrase once: how long they hold, and what they are worth at a moment."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256


class Purpose(StrEnum):
    """What a link is for: the first passphrase of a new account, or a new one for who forgot theirs."""

    JOIN = "join"
    PASSPHRASE = "passphrase"  # noqa: S105 - a kind of link


# Who forgot a passphrase is waiting; a link into an account that is in use should not lie around.
LIFETIME: Mapping[Purpose, timedelta] = {
    Purpose.JOIN: timedelta(days=7),
    Purpose.PASSPHRASE: timedelta(days=1),
}


class LinkState(StrEnum):
    """What has become of a link."""

    OPEN = "open"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"


def link_state(
    at: datetime, *, expires_at: datetime, used_at: datetime | None, revoked_at: datetime | None
) -> LinkState:
    """What a link is worth at a moment."""
    if used_at is not None:
        return LinkState.USED
    if revoked_at is not None:
        return LinkState.REVOKED
    return LinkState.OPEN if at < expires_at else LinkState.EXPIRED


def new_token() -> str:
    """A secret for an address: 256 bits, which nobody finds by trying."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What is stored of a secret. A quick hash is enough: there is nothing to guess in 256 random bits."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
