"""In what capacity somebody signs for a unit, from their post or from what they were told, as NĐ 30/2020/NĐ-CP asks.

Art. 13: a people's committee is a collective, so its head signs 'TM.' for it, and a deputy signs 'KT.' for the head;
where one person leads, the head signs plainly. By order ('TL.') and by authority ('TUQ.') somebody signs for the head
who was told so in writing. An acting head signs 'Q.' (Phụ lục I, II.7).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from dinhlang.officialdoc.model import Signature, SignatureMode
from dinhlang.vietnamese.text import fold

COMMITTEE = "ỦY BAN NHÂN DÂN"
CHAIR = "CHỦ TỊCH"


class Mandate(StrEnum):
    """How somebody signs who is neither the head nor a deputy."""

    BY_ORDER = "TL"
    BY_AUTHORITY = "TUQ"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody was told: by order or by authority, and the post that is written under it."""

    kind: Mandate
    title: str


_OF_ANOTHER_BODY = (
    "hoi dong",
    "hdnd",
    "mat tran",
    "ubmttq",
    "hoi",
    "lien doan",
    "cong doan",
    "uy ban mat tran",
    "uy ban mttq",
)
_ACTING = re.compile(r"^(?:q\.?|quyen)\s+")


def signature_of(name: str, titles: list[str], told: Told | None = None) -> Signature | None:
    """How somebody of these posts signs for a people's committee; `None` for whoever may not.

    The highest post counts. What they were told counts only when no post of theirs leads the committee.
    """
    found = [one for title in titles if (one := _of_post(name, title)) is not None]
    if found:
        return min(found, key=lambda one: _RANK.index(one.mode))
    if told is None:
        return None
    mode = SignatureMode.BY_ORDER if told.kind is Mandate.BY_ORDER else SignatureMode.BY_AUTHORITY
    return Signature(mode, CHAIR, " ".join(told.title.split()).upper(), name)


_RANK: tuple[SignatureMode | None, ...] = (
    SignatureMode.FOR_BODY,
    SignatureMode.ACTING,
    SignatureMode.FOR_HEAD,
)


def _of_post(name: str, title: str) -> Signature | None:
    plain = " ".join(fold(title).split())
    acting = _ACTING.match(plain)
    rest = plain[acting.end() :] if acting else plain
    deputy = rest.startswith("pho ")
    head = rest.removeprefix("pho ")
    if not head.startswith("chu tich") or _is_of_another_body(head):
        return None
    if deputy:
        return Signature(SignatureMode.FOR_HEAD, COMMITTEE, f"PHÓ {CHAIR}", name)
    return Signature(SignatureMode.ACTING if acting else SignatureMode.FOR_BODY, COMMITTEE, CHAIR, name)


def _is_of_another_body(head: str) -> bool:
    after = head.removeprefix("chu tich").strip()
    return after.startswith(_OF_ANOTHER_BODY)
