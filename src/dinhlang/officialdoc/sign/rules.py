"""Who signs, where the signature stands, and what a ledger's digest looks like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum

VIETNAM = timezone(timedelta(hours=7))


class CannotSign(ValueError):
    """The file cannot be signed. The message is Vietnamese, says what to do, and may be shown."""


class Holder(StrEnum):
    """Whose signature it is: an agency's own, or that of the person with authority."""

    PERSON = "person"
    AGENCY = "agency"


class Where(StrEnum):
    """Where a signature is shown: between post and name at the end of the text, or at the top right of page 1."""

    FOOT = "foot"
    CORNER = "corner"


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page: `page` from 0, the corners in points from the lower left of the page."""

    page: int
    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom


def shown_time(at: datetime) -> str:
    """'26-11-2026 08:30:00 +07:00': day, hour and the time zone of Việt Nam (NĐ 30/2020/NĐ-CP, Phụ lục I, II.8)."""
    local = at.astimezone(VIETNAM)
    return f"{local:%d-%m-%Y %H:%M:%S} +07:00"


_DIGEST = re.compile(r"(?:sha256:)?([0-9a-f]{64})", re.IGNORECASE)


def digest_of(given: str) -> str:
    """A ledger's digest as 64 small hexadecimal digits. Raises CannotSign."""
    found = _DIGEST.fullmatch(given.strip())
    if found is None:
        raise CannotSign(
            "Mã băm của sổ theo dõi phải là SHA-256: đúng 64 chữ số thập lục phân (0–9, a–f). Hãy chép lại cho đủ."
        )
    return found[1].lower()
