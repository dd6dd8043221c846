"""Units that were merged within a period: no day of theirs is counted twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Child:
    """A report of a unit and the days it speaks of, both included."""

    unit: str
    start: date
    end: date

    def overlaps(self, other: Child) -> bool:
        return self.start <= other.end and other.start <= self.end


def without_predecessors(children: Iterable[Child], heirs: Mapping[str, Collection[str]]) -> dict[str, str]:
    """The units whose report is not to be counted, each with the successor whose report has its days already.

    `heirs` are all successors of a unit, also of its successors. A successor that reports only its own days, from its
    first, overlaps with nobody: both count. Where days overlap the successor's stands, since it took over the ledger of
    the unit and not the other way round.
    """
    found = {child.unit: child for child in children}
    left: dict[str, str] = {}
    for unit, child in sorted(found.items()):
        speaking = [
            heir
            for heir in sorted(heirs.get(unit, ()))
            if heir in found and heir != unit and found[heir].overlaps(child)
        ]
        if speaking:
            left[unit] = speaking[0]
    return left
