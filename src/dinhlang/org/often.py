"""How often something was tried lately, counted in the cache that all web processes share."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

from django.core.cache import cache


def is_too_often(what: str, *, most: int, within: timedelta) -> bool:
    """Count one try more, and say whether there were more than `most` since the first of the last `within`."""
    key = _key(what)
    cache.add(key, 0, timeout=int(within.total_seconds()))
    try:
        return cache.incr(key) > most
    except ValueError:  # it ran out between the two
        cache.add(key, 1, timeout=int(within.total_seconds()))
        return False


def was_too_often(what: str, *, most: int) -> bool:
    """Whether there were `most` tries lately, without counting one."""
    return int(cache.get(_key(what), 0)) >= most


def forget(what: str) -> None:
    """Begin to count anew."""
    cache.delete(_key(what))


def _key(what: str) -> str:
    return f"often:{sha256(what.encode()).hexdigest()[:40]}"
