"""Rules in packs, and which packs a kind of document is looked at with when nobody chooses."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from dinhlang.officialdoc.check.findings import FindingKind
from dinhlang.officialdoc.check.registry import Rule
from dinhlang.officialdoc.model import Kind


class Pack(StrEnum):
    """What rules look at."""

    LAYOUT = "layout"
    CONSISTENCY = "consistency"
    LANGUAGE = "language"
    CROSS = "cross"
    READABILITY = "readability"

    @property
    def label(self) -> str:
        return {
            "layout": "trình bày trang",
            "consistency": "thể thức và nhất quán",
            "language": "chính tả, dấu câu",
            "cross": "đối chiếu văn bản khác",
            "readability": "dễ đọc",
        }[self.value]


_LANGUAGE = frozenset(
    {
        FindingKind.SPELLING,
        FindingKind.PUNCTUATION,
        FindingKind.CAPITALISATION,
        FindingKind.TONE_STYLE,
        FindingKind.REPETITION,
    }
)
_BY_NUMBER = {"6": Pack.LAYOUT, "7": Pack.CROSS, "8": Pack.READABILITY}
_USUAL = frozenset({Pack.LAYOUT, Pack.CONSISTENCY, Pack.LANGUAGE, Pack.CROSS})
# How easily a text reads is a matter of taste that only reports and letters to people are asked for, and only on wish.
_OF_KIND = {Kind.OTHER: frozenset({Pack.LAYOUT, Pack.CONSISTENCY, Pack.LANGUAGE})}


def pack_of(rule: Rule) -> Pack:
    """The pack of a rule: by its number, else by what it finds."""
    known = _BY_NUMBER.get(rule.id[2])
    if known is not None:
        return known
    return Pack.LANGUAGE if rule.kind in _LANGUAGE else Pack.CONSISTENCY


def packs_for(kind: Kind) -> frozenset[Pack]:
    """The packs for a kind of document."""
    return _OF_KIND.get(kind, _USUAL)


def rules_in(packs: Collection[Pack], rules: Iterable[Rule]) -> tuple[Rule, ...]:
    """The rules of these packs."""
    return tuple(rule for rule in rules if pack_of(rule) in packs)
