"""Tracking codes and PINs: what is shown once, what is kept of it, and how one is compared with the other."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import scrypt, sha256

# Without letters and digits that are taken for each other on a slip of paper.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 8
PIN_DIGITS = 6
# 4 MB and some milliseconds for a try: a sender does not notice, whoever tries them all does.
_COST = {"n": 2**12, "r": 8, "p": 1}
_SALT_BYTES = 12


def new_code() -> str:
    """A random tracking code: 'PA-7K3F-9QXM'. 31^8 of them: none is guessed from another."""
    return shown("".join(secrets.choice(ALPHABET) for _sign in range(_LENGTH)))


def shown(signs: str) -> str:
    """Eight signs as they are printed."""
    return f"PA-{signs[:4]}-{signs[4:]}"


def read_code(typed: str) -> str:
    """A code as people type it, with or without hyphens, small, with 'O' for nothing of ours; '' for what is none."""
    signs = re.sub(r"[\s\-–.]", "", typed.upper()).removeprefix("PA")
    return shown(signs) if len(signs) == _LENGTH and set(signs) <= set(ALPHABET) else ""


def pin_from(digest: str) -> str:
    """Six digits of a keyed digest (hexadecimal), so that a form sent twice is answered with the same PIN."""
    return f"{int(digest[:16], 16) % 10**PIN_DIGITS:0{PIN_DIGITS}d}"


def read_pin(typed: str) -> str:
    """A PIN as people type it; '' for what is none."""
    digits = re.sub(r"[\s\-.]", "", typed)
    return digits if re.fullmatch(rf"[0-9]{{{PIN_DIGITS}}}", digits) else ""


def hashed(pin: str) -> str:
    """What is kept of a PIN, salted; it is sealed besides (`org.sealed`), for a million PINs are soon tried."""
    salt = secrets.token_bytes(_SALT_BYTES)
    return f"{salt.hex()}.{_hash(pin, salt).hex()}"


def matches(pin: str, kept: str) -> bool:
    """Whether a PIN is the one of which `kept` was kept."""
    salt, _dot, digest = kept.partition(".")
    if not salt or not digest:
        return False
    return hmac.compare_digest(_hash(pin, bytes.fromhex(salt)).hex(), digest)


def _hash(pin: str, salt: bytes) -> bytes:
    return scrypt(pin.encode(), salt=salt, dklen=32, **_COST)


def content_mark(*parts: str) -> str:
    """SHA-256 of what a form said: sent again with the same key it must be the same."""
    return sha256("\0".join(parts).encode()).hexdigest()
