"""Bodies that plans still name and that have ended (`data/ended_bodies.toml`), with who took over."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from dinhlang.officialdoc.read.words import fold, words_after
from dinhlang.vietnamese.text import nfc


@dataclass(frozen=True, slots=True)
class EndedBody:
    """A kind of body, by its folded words. `spelled` is a word that must stand in it with its marks."""

    words: re.Pattern[str]
    successor: str
    ended_on: date
    basis: str
    spelled: str


@dataclass(frozen=True, slots=True)
class Ended:
    """A body named in a text that no longer exists. `replaced` is the text with its successor, if one is known."""

    name: str
    successor: str
    ended_on: date
    basis: str
    replaced: str | None


@cache
def ended_bodies() -> tuple[EndedBody, ...]:
    """What the table knows, in its order."""
    text = files("dinhlang.work").joinpath("data/ended_bodies.toml").read_text(encoding="utf-8")
    return tuple(
        EndedBody(
            re.compile(rf"(?<!\w)(?:{row['words']})(?!\w)"),
            row["successor"],
            row["ended_on"],
            row["basis"],
            row.get("spelled", ""),
        )
        for row in tomllib.loads(text)["body"]
    )


def ended_in(text: str, on: date) -> tuple[Ended, ...]:
    """The bodies the text names that have ended by the day `on`, each place once, in order."""
    text = nfc(text)
    folded = fold(text)
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Ended]] = []
    for body in ended_bodies():
        if body.ended_on > on:
            continue
        for match in body.words.finditer(folded):
            start, end = match.start(), _whole(text, match.end())
            if any(start < after and first < end for first, after in taken):
                continue
            if body.spelled not in text[start:end].lower():
                continue
            taken.append((start, end))
            replaced = f"{text[:start]}{body.successor}{text[end:]}" if body.successor else None
            found.append((start, Ended(text[start:end], body.successor, body.ended_on, body.basis, replaced)))
    return tuple(one for _, one in sorted(found, key=lambda each: each[0]))


def _whole(text: str, end: int) -> int:
    """Where the name ends: 'UBND huyện' goes on with 'Nam Sách'."""
    rest = text[end:]
    gap = len(rest) - len(rest.lstrip())
    name = words_after(text, end + gap)
    return end + gap + len(name) if gap and name else end
