"""Proposals of many units, those that say the same together, each with who said it.

Alike are two proposals of which most words are the same once politeness, the body asked and the marks are taken off. A
person may join and part groups; what they decided holds however the others fall.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dinhlang.vietnamese.text import fold

# From here on two proposals say the same. Chosen on invented proposals (tests/test_consolidation_rules).
ALIKE = 0.5

_WORD = re.compile(r"[^\W_]+")
# Words every proposal has, and those that say whom it is to: they tell nothing of what is asked.
_POLITE = re.compile(
    r"\b(?:de nghi|kien nghi|de xuat|kinh de nghi|kinh mong|mong muon|quan tam|xem xet|tiep tuc|thuong xuyen|kip thoi"
    r"|ho tro them|uy ban nhan dan|ubnd|hoi dong nhan dan|hdnd|so noi vu|so tai chinh|so thong tin va truyen thong"
    r"|so van hoa the thao va du lich|so khoa hoc va cong nghe|phong noi vu|phong van hoa va thong tin|van phong"
    r"|trung uong|cap tren|cac cap|co quan cap tren"
    r"|cai cach hanh chinh|cchc|cac|cua|cho|cong tac|va|de|o|tai|tren dia ban|duoc|nham|trong|ve|voi|theo|cac don vi"
    r"|tinh|huyen|xa|phuong|thi tran|thanh pho|co so|dia phuong|nam|hang nam|toi|nay)\b"
)
_SHORTEST_LEFT = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A proposal in a unit's report: its words as they stand there."""

    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Group:
    """Proposals that say the same. `words` is the wording to print, `said` every one of them, `name` names the group."""

    name: str
    words: str
    said: tuple[Said, ...]

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(sorted({one.unit for one in self.said}))

    @property
    def count(self) -> int:
        """How many units said it; one that says it twice counts once."""
        return len(self.units)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the wordings in it."""
        return tuple(sorted({name_of(one.text) for one in self.said}))


def name_of(text: str) -> str:
    """What a wording is known by: the same for the same words, whatever their marks, case and spaces."""
    return hashlib.sha256(" ".join(_WORD.findall(fold(text))).encode()).hexdigest()[:16]


def grouped(
    said: Iterable[Said],
    joined: Collection[tuple[str, str]] = (),
    parted: Collection[tuple[str, str]] = (),
) -> list[Group]:
    """The proposals in groups, those most units make first. The order in which they are given makes no difference.

    `joined` and `parted` are pairs of names of wordings that a person put together or took apart; where they
    contradict each other, apart holds.
    """
    wordings: dict[str, list[Said]] = defaultdict(list)
    for one in sorted(set(said), key=lambda one: (one.unit, one.text)):
        wordings[name_of(one.text)].append(one)
    names = sorted(wordings)
    clusters = _clusters(names, [wordings[name][0].text for name in names], joined, parted)
    groups = [_group([one for name in cluster for one in wordings[name]]) for cluster in clusters]
    return sorted(groups, key=lambda group: (-group.count, group.name))


def _group(said: Sequence[Said]) -> Group:
    """The wording that most units have is the one to print; of equally many the shortest."""
    by_words: dict[str, set[str]] = defaultdict(set)
    for one in said:
        by_words[name_of(one.text)].add(one.unit)
    best = min(said, key=lambda one: (-len(by_words[name_of(one.text)]), len(one.text), one.text))
    return Group(min(name_of(one.text) for one in said), best.text, tuple(said))


def _clusters(
    names: Sequence[str],
    texts: Sequence[str],
    joined: Collection[tuple[str, str]],
    parted: Collection[tuple[str, str]],
) -> list[list[str]]:
    place = {name: at for at, name in enumerate(names)}
    apart = {frozenset((place[a], place[b])) for a, b in parted if a in place and b in place and a != b}
    clusters: dict[int, set[int]] = {at: {at} for at in range(len(names))}
    home = list(range(len(names)))

    def may_meet(a: int, b: int) -> bool:
        return not any(frozenset((x, y)) in apart for x in clusters[a] for y in clusters[b])

    def meet(a: int, b: int) -> None:
        for one in clusters[b]:
            home[one] = a
        clusters[a] |= clusters.pop(b)

    for one, other in sorted((min(pair), max(pair)) for pair in joined):
        if one in place and other in place:
            first, second = home[place[one]], home[place[other]]
            if first != second and may_meet(first, second):
                meet(first, second)
    likeness = _likeness([_shingles(text) for text in texts])
    # The most alike first; a group takes another in when their wordings are alike on the whole, so that a chain of
    # small changes does not end in one group of everything.
    for _score, a, b in sorted((-score, a, b) for (a, b), score in likeness.items()):
        first, second = home[a], home[b]
        if first == second or not may_meet(first, second):
            continue
        scores = [
            likeness.get((min(x, y), max(x, y)), 0.0) for x in clusters[first] for y in clusters[second]
        ]
        if sum(scores) / len(scores) >= ALIKE:
            meet(first, second)
    return [[names[at] for at in sorted(cluster)] for cluster in clusters.values()]


def _likeness(shingles: Sequence[frozenset[str]]) -> dict[tuple[int, int], float]:
    """How alike each pair is (Dice); pairs that are not alike are left out. Only pairs that share a shingle are met."""
    holders: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(shingles):
        for shingle in found:
            holders[shingle].append(at)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for places in holders.values():
        for first, a in enumerate(places):
            for b in places[first + 1 :]:
                shared[a, b] += 1
    scores = {(a, b): 2 * count / (len(shingles[a]) + len(shingles[b])) for (a, b), count in shared.items()}
    return {pair: score for pair, score in scores.items() if score >= ALIKE / 2}


def _shingles(text: str) -> frozenset[str]:
    """The words that say what is asked, and each two of them that stand together."""
    folded = " ".join(_WORD.findall(fold(text)))
    words = _POLITE.sub(" ", folded).split()
    if len(words) < _SHORTEST_LEFT:
        words = folded.split()
    return frozenset(words) | frozenset(f"{a} {b}" for a, b in pairwise(words))
