"""The chain of the audit: each entry carries the hash of the one before, so that a missing one is noticed.

One chain for each unit, and one for entries without a unit: communes do not wait for each other to write. A head
keeps how many entries a chain has and the last hash, so that the newest cannot be cut off unnoticed either. What
this proves and what it does not: docs/decisions/0009-audit-chain.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

# The name of the chain of entries without a unit; no unit's id can be this.
NO_UNIT = "*"
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Link:
    """An entry as the chain sees it: everything that is stored of it, in plain values."""

    number: int
    at: datetime
    by: int | None
    unit: str | None
    action: str
    target: str
    detail: Mapping[str, Any]
    previous_hash: str
    entry_hash: str = ""

    def hashed(self) -> str:
        """SHA-256 over all that the entry says, its place in the chain and the hash before it."""
        said = {
            "number": self.number,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": self.by,
            "unit": self.unit,
            "action": self.action,
            "target": self.target,
            "detail": self.detail,
            "previous": self.previous_hash,
        }
        return sha256(_CANONICAL.encode(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """How many entries a chain has, and the hash of its last; of a chain that has none: 0 and ''."""

    count: int = 0
    last_hash: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold, and what is wrong there."""

    chain: str
    number: int
    reason: str


def first_break(chain: str, links: Iterable[Link], head: Head, start: Head | None = None) -> Break | None:
    """The first place that does not hold, `None` for a whole chain. The links come in the order of their numbers.

    `start` is a place known to be good from which on to look; without it, from the first entry.
    """
    known = start or Head()
    for link in links:
        if wrong := _wrong_with(link, known):
            return Break(chain, known.count + 1, wrong)
        known = Head(link.number, link.entry_hash)
    if known.count < head.count:
        return Break(chain, known.count + 1, _("dòng này và các dòng sau đã bị xóa"))
    if known != head:
        return Break(chain, known.count, _("dòng cuối không khớp với số đếm của chuỗi"))
    return None


def _wrong_with(link: Link, before: Head) -> str:
    if link.number > before.count + 1:
        return _("dòng này đã bị xóa")
    if link.number != before.count + 1:
        return _("có hai dòng cùng một số")
    if link.previous_hash != before.last_hash:
        return _("dòng này không nối tiếp dòng trước")
    if link.hashed() != link.entry_hash:
        return _("nội dung dòng này đã bị sửa")
    return ""


def plain(value: Any) -> Any:
    """A detail as every database gives it back unchanged: words, whole numbers, yes and no, lists and mappings.

    Numbers with a fraction become text, since databases return them in other digits; NUL goes, since PostgreSQL
    does not take it. Anything else is a fault of the caller (`TypeError`).
    """
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise | float | Decimal):
        return str(value).replace("\0", "")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    raise TypeError(f"An audit entry cannot keep {value!r}")
