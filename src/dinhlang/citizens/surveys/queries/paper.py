"""How far a bundle of paper is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dinhlang.citizens.models import PaperBatch, PaperEntry
from dinhlang.citizens.surveys.queries.asked import definition_of
from dinhlang.citizens.surveys.rules.rounds import Difference, differences


class Step(StrEnum):
    """How far one slip is."""

    EMPTY = "empty"
    ONCE = "once"
    DIFFERENT = "different"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One slip: who typed it, where the two differ, what counts once they agree."""

    number: int
    step: Step
    entries: Mapping[int, PaperEntry]
    differences: tuple[Difference, ...] = ()
    values: Mapping[str, Any] | None = None

    def typed_by(self, person_id: object) -> bool:
        return any(one.typed_by_id == person_id for turn, one in self.entries.items() if turn < 3)


def state_of(batch: PaperBatch) -> list[Sheet]:
    """Every slip of a bundle, in the order of their numbers."""
    definition = definition_of(batch.round.version)
    entries: dict[int, dict[int, PaperEntry]] = defaultdict(dict)
    for one in batch.entries.select_related("typed_by"):
        entries[one.sheet][one.turn] = one
    made = []
    for number in range(1, batch.sheets + 1):
        held = entries.get(number, {})
        if 1 not in held or 2 not in held:
            made.append(Sheet(number, Step.ONCE if held else Step.EMPTY, held))
            continue
        found = tuple(differences(definition, held[1].values, held[2].values))
        if 3 in held:
            made.append(Sheet(number, Step.AGREED, held, found, held[3].values))
        elif found:
            made.append(Sheet(number, Step.DIFFERENT, held, found))
        else:
            made.append(Sheet(number, Step.AGREED, held, (), held[1].values))
    return made
