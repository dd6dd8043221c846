"""Complaints and denunciations in what people write: each has its own process, and its sender must be told of it.

What is recognised is a question to a person, never a decision: the sender says what is meant, or the officer does.
`data/apart.toml` holds the words and what is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from dinhlang.citizens.rules.kinds import Nature
from dinhlang.vietnamese.text import fold

# So many words around a sign: who asks how to complain there, or says that this is none, does not complain.
_NEAR = 4


@dataclass(frozen=True, slots=True)
class Recognised:
    """`is_plain` when the text calls itself so; `because` are its own words. `told` and `legal_basis` are for the sender."""

    nature: Nature
    is_plain: bool
    because: tuple[str, ...]
    told: str
    legal_basis: str


@cache
def _data() -> Mapping[str, Any]:
    text = resources.files("dinhlang.citizens").joinpath("data/apart.toml").read_text("utf-8")
    return tomllib.loads(text)


def way_of(nature: str, on: date) -> Recognised | None:
    """What is told of a complaint or a denunciation by the law of that day; None for what has no process of its own."""
    for one, basis in _in_force(on):
        if one["nature"] == nature:
            return Recognised(Nature(nature), True, (), one["told"], basis)
    return None


def recognise(text: str, on: date) -> Recognised | None:
    """The likelier of complaint and denunciation that a text is, or None. Takes words with or without marks."""
    words = [(found[0], found.start()) for found in re.finditer(r"[^\W_]+", text)]
    folded = [fold(word) for word, _place in words]
    best: tuple[int, Recognised] | None = None
    for one, basis in _in_force(on):
        plain = list(_said(folded, one["plain"]))
        likely = list(_said(folded, one["likely"]))
        # One weak sign is how people talk: 'khiếu nại' of a noisy neighbour, 'đòi tiền' of a debtor.
        weight = 4 * len(plain) + len(likely)
        if not plain and len({_key(folded, place) for place in likely}) < 2:
            continue
        because = tuple(
            dict.fromkeys(
                " ".join(word for word, _at in words[start:end]) for start, end in (*plain, *likely)
            )
        )
        found = Recognised(Nature(one["nature"]), bool(plain), because[:5], one["told"], basis)
        if best is None or weight > best[0]:
            best = weight, found
    return best[1] if best else None


def _in_force(on: date) -> Iterator[tuple[Mapping[str, Any], str]]:
    """What has a process of its own on a day, each with the law as it then reads."""
    for one in _data()["apart"]:
        begun = [basis["words"] for basis in one["bases"] if basis["from"] <= on]
        if begun:
            yield one, begun[-1]


def _key(folded: list[str], place: tuple[int, int]) -> str:
    return " ".join(folded[place[0] : place[1]])


def _said(folded: list[str], phrases: list[str]) -> Iterator[tuple[int, int]]:
    """Where the phrases stand, as stretches of words, without those that are asked about or denied."""
    for phrase in phrases:
        wanted = phrase.split()
        for index in range(len(folded) - len(wanted) + 1):
            if folded[index : index + len(wanted)] == wanted and not _is_denied(folded, index, len(wanted)):
                yield index, index + len(wanted)


def _is_denied(folded: list[str], index: int, length: int) -> bool:
    around = f" {' '.join(folded[max(0, index - _NEAR) : index + length + _NEAR])} "
    return any(f" {one} " in around for one in _data()["not_if"]["phrases"])
