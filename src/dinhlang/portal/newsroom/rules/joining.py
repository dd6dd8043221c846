"""Two people wrote at once: what each changed against the text both began with, put together where it can be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Joined:
    """The fields put together; `conflicts` are those that both changed in the same place."""

    fields: dict[str, str]
    conflicts: tuple[str, ...] = ()


def joined(base: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Joined:
    """`mine` and `theirs` in one, both having begun with `base`. Of a field in conflict `mine` is given."""
    fields: dict[str, str] = {}
    conflicts = []
    for name, own in mine.items():
        was, other = base.get(name, ""), theirs.get(name, "")
        if other in (was, own):
            fields[name] = own
        elif own == was:
            fields[name] = other
        else:
            both = by_paragraphs(was, own, other)
            fields[name] = own if both is None else both
            if both is None:
                conflicts.append(name)
    return Joined(fields, tuple(conflicts))


def by_paragraphs(base: str, mine: str, theirs: str) -> str | None:
    """Both changes of a text when they lie in different paragraphs, else `None`. Paragraphs end with a blank line."""
    before, own, other = (_paragraphs(text) for text in (base, mine, theirs))
    changes = sorted([*_changes(before, own), *_changes(before, other)])
    if any(_collide(one, other) for one, other in pairwise(changes)):
        return None
    result: list[str] = []
    place = 0
    for start, end, new in dict.fromkeys(changes):
        result += before[place:start]
        result += new
        place = end
    return "\n\n".join([*result, *before[place:]])


_Change = tuple[int, int, tuple[str, ...]]


def _collide(one: _Change, other: _Change) -> bool:
    """Whether two changes are about the same place. The same change made twice is one."""
    if one == other:
        return False
    # Of two that only touch, where one adds, nobody can say which comes first.
    adds = one[0] == one[1] or other[0] == other[1]
    return other[0] < one[1] or (other[0] == one[1] and adds)


def _paragraphs(text: str) -> list[str]:
    return [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def _changes(before: list[str], after: list[str]) -> list[_Change]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    return [
        (a, a_end, tuple(after[b:b_end]))
        for what, a, a_end, b, b_end in matcher.get_opcodes()
        if what != "equal"
    ]
