"""What is found: from where to where, and of what kind."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of personal data it is."""

    PERSON = "person"
    PHONE = "phone"
    ID_NUMBER = "id-number"
    ACCOUNT = "account"
    PLATE = "plate"
    ADDRESS = "address"
    EMAIL = "email"
    BIRTH_DATE = "birth-date"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the character `start` of the NFC line up to, not including, `end`."""

    start: int
    end: int
    kind: Kind
