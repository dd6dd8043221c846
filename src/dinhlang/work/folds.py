"""Daily facts: the fold of one concept over one unit's lines of one day (ADR 0005).

Called by `actions` only, inside the transaction that writes the ledger. Whoever folds first takes the unit's
lock, so that two writers never read the same row and both write it. A day whose last line is reversed has no
row: unknown is not zero. The lines of a task, of a kind and of a field of reform are folded like a concept, under
names of their own (`rules.task_concept` and its neighbours), so that the progress of a plan, and what lacks evidence,
are read without reading the ledger.

What is added to a daily fact is also noted in a list of its own, from which `rollup` brings the sums of the levels
above up to date (ADR 0018).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work.models import Activity, DailyFact, Evidence, FoldChange, Measure
from dinhlang.work.rules import (
    DIGEST_MODULUS,
    Count,
    Line,
    field_concept,
    kind_concept,
    task_concept,
    task_of,
)
from dinhlang.work.signals import folded

_CHUNK = 400


@dataclass(slots=True)
class Delta:
    """What is to be added to a daily fact; negative parts take away."""

    total: int = 0
    lines: int = 0
    inexact_lines: int = 0
    unevidenced_lines: int = 0
    digest: int = 0

    def add_line(self, count: Count, line_hash: str, *, evidenced: bool, times: int = 1) -> None:
        """Take one line in (`times=1`) or out (`times=-1`)."""
        self.total += times * count.value
        self.lines += times
        self.inexact_lines += times * bool(count.exactness)
        self.unevidenced_lines += times * (not evidenced)
        self.digest = (self.digest + times * int(line_hash, 16)) % DIGEST_MODULUS

    def plus(self, fact: DailyFact) -> Delta:
        return Delta(
            self.total + fact.total,
            self.lines + fact.lines,
            self.inexact_lines + fact.inexact_lines,
            self.unevidenced_lines + fact.unevidenced_lines,
            (self.digest + int(fact.digest, 16)) % DIGEST_MODULUS,
        )


_NOTHING = Delta()
Deltas = dict[tuple[str, date], Delta]


def no_deltas() -> Deltas:
    """An empty set of deltas; a key that is asked for comes to be."""
    return defaultdict(Delta)


def lock(unit: Unit) -> None:
    """Make other writers of this unit's ledger wait until the transaction ends. On SQLite all writers wait anyway."""
    Unit.objects.select_for_update(no_key=True).get(pk=unit.pk)


def add_line(deltas: Deltas, line: Line, line_hash: str, *, evidenced: bool, times: int = 1) -> None:
    """Take one line in (`times=1`) or out (`times=-1`): each of its counters, and the line itself."""
    for concept, count in _folded(line):
        deltas[concept, line.happened_on].add_line(count, line_hash, evidenced=evidenced, times=times)


def add_first_evidence(deltas: Deltas, line: Line) -> None:
    """Note that a line without evidence now has some."""
    for concept, _ in _folded(line):
        deltas[concept, line.happened_on].unevidenced_lines -= 1


def _folded(line: Line) -> Iterator[tuple[str, Count]]:
    yield from line.measures.items()
    for name in _names(line.kind, line.reform_field, line.task):
        yield name, Count(1)


def _names(kind: str, field: str, task: int | None) -> Iterator[str]:
    """Under what a line is counted as one line, whatever its counters say."""
    yield kind_concept(kind)
    if field:
        yield field_concept(field)
    if task is not None:
        yield task_concept(task)


def apply(unit: Unit, deltas: Deltas) -> None:
    """Bring the unit's daily facts up to date. The caller holds `lock(unit)`."""
    keys = sorted(deltas)
    _tell(deltas)
    _note(unit, deltas)
    for start in range(0, len(keys), _CHUNK):
        _apply_chunk(unit, {key: deltas[key] for key in keys[start : start + _CHUNK]})


def _note(unit: Unit, deltas: Deltas) -> None:
    """Leave what changes for the sums above. A new row each time: lines of other units never wait for it."""
    FoldChange.objects.bulk_create(
        [
            FoldChange(
                unit=unit,
                concept=concept,
                day=day,
                total=delta.total,
                lines=delta.lines,
                inexact_lines=delta.inexact_lines,
                unevidenced_lines=delta.unevidenced_lines,
                digest=f"{delta.digest:064x}",
            )
            for (concept, day), delta in deltas.items()
            if task_of(concept) is None and delta != _NOTHING
        ],
        batch_size=_CHUNK,
    )


def _apply_chunk(unit: Unit, deltas: Mapping[tuple[str, date], Delta]) -> None:
    stored = DailyFact.objects.filter(
        unit=unit, concept__in={concept for concept, _ in deltas}, day__in={day for _, day in deltas}
    )
    known = {(fact.concept, fact.day): fact for fact in stored}
    sums = {key: delta.plus(known[key]) if key in known else delta for key, delta in deltas.items()}
    empty = [known[key].pk for key, total in sums.items() if not total.lines and key in known]
    DailyFact.objects.filter(pk__in=empty).delete()
    _write(unit, {key: total for key, total in sums.items() if total.lines})


def _write(unit: Unit, sums: Mapping[tuple[str, date], Delta]) -> None:
    DailyFact.objects.bulk_create(
        [
            DailyFact(
                unit=unit,
                concept=concept,
                day=day,
                total=total.total,
                lines=total.lines,
                inexact_lines=total.inexact_lines,
                unevidenced_lines=total.unevidenced_lines,
                digest=f"{total.digest:064x}",
            )
            for (concept, day), total in sums.items()
        ],
        update_conflicts=True,
        unique_fields=["unit", "concept", "day"],
        update_fields=["total", "lines", "inexact_lines", "unevidenced_lines", "digest"],
        batch_size=_CHUNK,
    )


def rebuild(unit: Unit, window: Window | None = None) -> int:
    """Fold the unit's ledger anew, all of it or the days of a window, and give the number of daily facts.

    The caller holds `lock(unit)`, and has the sums above counted anew (`rollup.actions.rebuild`).
    """
    deltas = no_deltas()
    days = {"day__range": (window.start, window.end)} if window else {}
    for concept, day, value, exactness, line_hash, evidenced in _counted(unit, window):
        deltas[concept, day].add_line(Count(value, exactness), line_hash, evidenced=evidenced)
    for kind, field, task, day, line_hash, evidenced in _standing(unit, window):
        for name in _names(kind, field, task):
            deltas[name, day].add_line(Count(1), line_hash, evidenced=evidenced)
    DailyFact.objects.filter(unit=unit, **days).delete()
    _write(unit, deltas)
    _tell(deltas)
    return len(deltas)


def _tell(deltas: Deltas) -> None:
    """Say which tasks stand otherwise now."""
    names = {concept for concept, _day in deltas}
    tasks = frozenset(found for name in names if (found := task_of(name)) is not None)
    if tasks:
        folded.send(sender=DailyFact, tasks=tasks)


def _counted(unit: Unit, window: Window | None) -> Iterable[tuple[str, date, int, str, str, bool]]:
    measures = Measure.objects.filter(activity__unit=unit, activity__reversal=None).order_by()
    if window is not None:
        measures = measures.filter(activity__happened_on__range=(window.start, window.end))
    with_evidence = measures.annotate(
        evidenced=Exists(Evidence.objects.filter(activity=OuterRef("activity")))
    )
    return with_evidence.values_list(
        "concept", "activity__happened_on", "value", "exactness", "activity__line_hash", "evidenced"
    ).iterator(chunk_size=5000)


def _standing(unit: Unit, window: Window | None) -> Iterable[tuple[str, str, int | None, date, str, bool]]:
    lines = Activity.objects.filter(unit=unit, reversal=None).order_by()
    if window is not None:
        lines = lines.filter(happened_on__range=(window.start, window.end))
    with_evidence = lines.annotate(evidenced=Exists(Evidence.objects.filter(activity=OuterRef("pk"))))
    return with_evidence.values_list(
        "kind", "reform_field", "task", "happened_on", "line_hash", "evidenced"
    ).iterator(chunk_size=5000)
