"""Who stands where: points, then how near the guess came, then the time that counts (`timing`). Equal in all is equal in rank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One sitting. `guess` is how many people it said would answer everything rightly; None where it said nothing."""

    code: str
    points: int
    guess: int | None
    milliseconds: int

    def key(self, all_right: int) -> tuple[int, int, int, int]:
        """What is compared, the better the smaller: whoever guessed stands before whoever did not."""
        far = (0, abs(self.guess - all_right)) if self.guess is not None else (1, 0)
        return (-self.points, *far, self.milliseconds)


def ranked(entries: Iterable[Entry], all_right: int) -> list[tuple[int, Entry]]:
    """Each entry with its rank, 1 first; after two that share a rank the next one is left out. Equal ones stand by their codes."""
    rows = sorted(entries, key=lambda one: (one.key(all_right), one.code))
    made: list[tuple[int, Entry]] = []
    for place, one in enumerate(rows, 1):
        before = made[-1] if made else None
        same = before is not None and before[1].key(all_right) == one.key(all_right)
        made.append((before[0] if before is not None and same else place, one))
    return made
