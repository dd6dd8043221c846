"""Secrets of the second factor and keys of signatures, unreadable in the database and in its backups.

The key is derived from the installation's secret key (HKDF, RFC 5869). When that key is changed, what was written
under the old one cannot be read any more: authenticator apps and recovery codes stop working, passkeys go on (the
database holds only their public half), and the operator takes the second factor off with `dinhlang person unlock
--second-factor`, after which the person sets it up anew.
"""

from __future__ import annotations

import base64
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def hidden(text: str) -> str:
    """The text as it is stored."""
    return _box(settings.SECRET_KEY).encrypt(text.encode()).decode()


def shown(stored: str) -> str:
    """What was hidden. Under another key: a fresh secret that nobody has, so that every code is simply wrong."""
    try:
        return _box(settings.SECRET_KEY).decrypt(stored.encode()).decode()
    except InvalidToken:
        return base64.b32encode(secrets.token_bytes(20)).decode()


def is_readable(stored: str) -> bool:
    """Whether the text was hidden under the key in use."""
    try:
        _box(settings.SECRET_KEY).decrypt(stored.encode())
    except InvalidToken:
        return False
    return True


def sealed(data: bytes) -> str:
    """A file as it is stored: a signing key, which its passphrase guards as well."""
    return _box(settings.SECRET_KEY, _KEYS).encrypt(data).decode()


def unsealed(stored: str) -> bytes | None:
    """What was sealed; `None` when the installation's secret key has changed since."""
    try:
        return _box(settings.SECRET_KEY, _KEYS).decrypt(stored.encode())
    except InvalidToken:
        return None


_FACTORS, _KEYS = b"dinhlang second factor 1", b"dinhlang signing key 1"


@lru_cache(maxsize=4)
def _box(secret_key: str, purpose: bytes = _FACTORS) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose)
    return Fernet(base64.urlsafe_b64encode(derived.derive(secret_key.encode())))
