"""What is said over the broker, and by whom: topics, and messages signed with a device's key. No database, no network."""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

ROOT = "dinhlang/1"
ALARMS, HEARD, LINE = "alarms", "heard", "line"
LARGEST = 16_384
"""Bytes of a device's message: a receipt has two hundred."""
_NAME = re.compile(r"\(([0-9a-f]{12})\)$")
_TOPIC = re.compile(rf"{ROOT}/([0-9a-f]{{12}})/({HEARD}|{LINE})")


def name_of(log_name: str) -> str:
    """A device's name on the broker: the twelve signs at the end of its name in the air log."""
    found = _NAME.search(log_name)
    if found is None:
        raise ValueError(f"no device is called {log_name}")
    return found[1]


def topic(log_name: str, what: str) -> str:
    """The topic of a device for `ALARMS`, `HEARD` or `LINE`."""
    return f"{ROOT}/{name_of(log_name)}/{what}"


def parted(topic_name: str) -> tuple[str, str] | None:
    """(name of a device, what) of a topic that devices write to; None for any other."""
    found = _TOPIC.fullmatch(topic_name)
    return (found[1], found[2]) if found else None


def signed(topic_name: str, said: Mapping[str, Any], key_hash: str) -> bytes:
    """The message for a topic, with a mark that only who has the device's key can make (`key_hash` is SHA-256 of it)."""
    return json.dumps({**said, "mac": _mark(topic_name, said, key_hash)}, ensure_ascii=False).encode()


def opened(topic_name: str, data: bytes, key_hash: str) -> dict[str, Any] | None:
    """What a message says, when its mark is the device's and it is of this topic; None for any other."""
    if len(data) > LARGEST:
        return None
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or not isinstance(mark := said.pop("mac", None), str):
        return None
    return said if hmac.compare_digest(mark.encode(), _mark(topic_name, said, key_hash).encode()) else None


def _mark(topic_name: str, said: Mapping[str, Any], key_hash: str) -> str:
    told = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hmac.new(bytes.fromhex(key_hash), f"{topic_name}\n{told}".encode(), sha256).hexdigest()
