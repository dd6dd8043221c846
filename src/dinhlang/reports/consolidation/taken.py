"""What was taken together of a period, and what can be asked of it: sums, shares, doubled events, coverage, names."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from dinhlang.org.models import EARLIEST_FIRST, Unit, UnitName
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.rules import Coverage, Part, Sum, counted_word, together
from dinhlang.reports.models import Submission
from dinhlang.vietnamese.text import collation_key
from dinhlang.work.concepts import CONCEPTS


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as a unit stated it; `pk` is that of the submitted figure, 0 for one of the upper unit's own ledger."""

    pk: int
    unit: str
    anchor: str
    concept: str
    part: Part
    value: float | int | None
    exactness: str
    numerator: int | None
    denominator: int | None
    lines: int
    digest: str
    has_evidence: bool
    changed_from: str = ""
    submission: int = 0


@dataclass(frozen=True)
class Taken:
    """What is taken together for a unit and a period.

    `submissions` by the unit's id; `figures` by concept and unit; `own` the upper unit's own ledger, by concept.
    """

    unit: Unit
    programme: str
    period: Period
    window: Window
    coverage: Coverage
    submissions: Mapping[str, Submission]
    windows: Mapping[str, Window]
    figures: Mapping[str, Mapping[str, Figure]]
    own: Mapping[str, Figure]
    apart: frozenset[str] = frozenset()
    _sums: dict[str, Sum] = field(default_factory=dict, compare=False)

    @property
    def counted(self) -> list[str]:
        """Ids of the units of which figures are counted, in the order of their names."""
        return [one for one in self.order if one in self.coverage.taken]

    def sum_of(self, concept: str) -> Sum:
        """The figures of a concept taken together, with those of the upper unit's own ledger."""
        if concept not in self._sums:
            stated = self.figures.get(concept, {})
            parts = [
                stated[unit].part if unit in stated else self._without(unit, concept)
                for unit in sorted(self.coverage.taken)
            ]
            if concept in self.own:
                parts.append(self.own[concept].part)
            self._sums[concept] = together(parts)
        return self._sums[concept]

    def _without(self, unit: str, concept: str) -> Part:
        """A unit that said there was nothing counted nothing; any other that gives no figure is unknown."""
        if unit not in self.coverage.nil:
            return Part(unit)
        return Part(unit, dict.fromkeys(counts_of(concept), 0))

    def value(self, concept: str) -> float | int | None:
        """The figure over all units; `None` when no unit knows it."""
        counts = counts_of(concept)
        found = self.sum_of(concept)
        if len(counts) == 2:
            return found.share(counts[0], counts[1], self.apart)
        return found.value(counts[0], self.apart)

    def counts(self, concept: str) -> tuple[int | None, int | None]:
        """The two counts of a share; nothing for a counted concept."""
        counts = counts_of(concept)
        if len(counts) != 2:
            return None, None
        found = self.sum_of(concept)
        return found.value(counts[0], self.apart), found.value(counts[1], self.apart)

    def doubled(self, concept: str) -> int:
        """What is taken off the units' counts because several reported the same event; nothing of a share."""
        counts = counts_of(concept)
        return (
            0
            if len(counts) == 2
            else sum(one.doubled(concept) for one in self.sum_of(concept).events(self.apart))
        )

    def exactness(self, concept: str) -> str:
        """The word before the figure."""
        found = self.sum_of(concept)
        return found.share_exactness if len(counts_of(concept)) == 2 else found.exactness

    def digest(self, concept: str) -> str:
        """Changes with any unit's figure, and with what a person said of joint events."""
        behind = [
            [one.unit, one.digest, str(one.value), one.numerator, one.denominator, one.exactness]
            for one in sorted(self.behind(concept), key=lambda one: one.unit)
        ]
        marked = [behind, sorted(self.coverage.nil), sorted(self.apart)]
        return hashlib.sha256(json.dumps(marked, ensure_ascii=False).encode()).hexdigest()

    def behind(self, concept: str) -> list[Figure]:
        """The units' figures behind a sum, in the order of their names; the upper unit's own last."""
        stated = self.figures.get(concept, {})
        found = [stated[unit] for unit in self.counted if unit in stated]
        return [*found, *([self.own[concept]] if concept in self.own else [])]

    def without(self, apart: Iterable[str]) -> Taken:
        """The same, where these keys make no joint event."""
        return replace(self, apart=frozenset(apart), _sums={})

    # --- names ------------------------------------------------------------------------------------

    @cached_property
    def _called(self) -> dict[str, UnitName]:
        """The units' names on the last day of the window."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended, self.unit.pk}
        found: dict[str, UnitName] = {}
        for name in UnitName.objects.filter(unit__in=ids).order_by("unit", EARLIEST_FIRST):
            if name.unit_id not in found or name.starts_on is None or name.starts_on <= self.window.end:
                found[name.unit_id] = name
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        """Names by id: 'xã Bến Trúc'."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended, self.unit.pk}
        return {one: self._called[one].full if one in self._called else one for one in ids}

    @cached_property
    def order(self) -> list[str]:
        """Ids of all units below, in the order of their own names: 'xã An Bình' before 'phường Bến Trúc'."""
        ids = {*self.coverage.expected, *self.submissions, *self.coverage.ended}

        def key(unit: str) -> Any:
            called = self._called.get(unit)
            return (collation_key(called.name if called else unit), unit)

        return sorted(ids, key=key)

    @property
    def word(self) -> str:
        """What the units are counted as: 'xã, phường'."""
        ids = self.coverage.taken | self.coverage.missing
        return counted_word({self._called[one].kind for one in ids if one in self._called})

    @property
    def sentence(self) -> str:
        """The coverage sentence."""
        return self.coverage.sentence(self.word, self.names, self.order)


def counts_of(concept: str) -> tuple[str, ...]:
    """The counts a concept is kept as: itself, or numerator and denominator."""
    known = CONCEPTS.get(concept)
    if known is None or known.numerator is None or known.denominator is None:
        return (concept,)
    return (known.numerator, known.denominator)
