"""What the page of a survey carries with it: when it was opened, and a key by which two taps are one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core import signing

from dinhlang.citizens.surveys.rules.rounds import OLDEST_PAGE

_SALT = "dinhlang.survey.page"
_COOKIE_SALT = "dinhlang.survey.answered"


@dataclass(frozen=True, slots=True)
class Opened:
    """A page as it was opened."""

    key: UUID
    at: datetime

    def seconds(self, now: datetime, touched: str) -> float:
        """How long somebody was at it. `touched` is what the page says of its first touch: it can only shorten."""
        whole = (now - self.at).total_seconds()
        try:
            said = float(touched)
        except ValueError:
            return whole
        return min(whole, said) if said >= 0 else whole


def stamp(code: str, at: datetime) -> str:
    """What a fresh page carries."""
    return signing.dumps({"c": code, "k": uuid4().hex, "t": int(at.timestamp())}, salt=_SALT)


def opened(code: str, text: str) -> Opened | None:
    """What a page says of itself; None for one that is too old, of another round, or not ours."""
    try:
        held: dict[str, Any] = signing.loads(text, salt=_SALT, max_age=OLDEST_PAGE)
        if held["c"] != code:
            return None
        return Opened(UUID(held["k"]), datetime.fromtimestamp(held["t"], UTC))
    except (signing.BadSignature, KeyError, ValueError, TypeError):
        return None


def answered_stamp(at: datetime) -> str:
    """What a device keeps after it answered: the moment and nothing else."""
    return signing.dumps(int(at.timestamp()), salt=_COOKIE_SALT)


def answered_before(text: str | None, within: timedelta) -> datetime | None:
    """When the device answered last, as far as it says so."""
    try:
        return datetime.fromtimestamp(signing.loads(text or "", salt=_COOKIE_SALT, max_age=within), UTC)
    except (signing.BadSignature, ValueError, TypeError):
        return None
