"""Daily facts: the fold of one concept over one unit's lines of one day (ADR 0005).

Called by `actions` only, inside the transaction that writes the ledger. Whoever folds first takes the unit's
lock (`org.locking`), so that two writers never read the same row and both write it. A day whose last line is reversed has no
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

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.work import bulk
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

    def add_line(self, count: Count, line_hash: int, *, evidenced: bool, times: int = 1) -> None:
        """Take one line in (`times=1`) or out (`times=-1`)."""
        self.total += times * count.value
        self.lines += times
        self.inexact_lines += times * bool(count.exactness)
        self.unevidenced_lines += times * (not evidenced)
        self.digest = (self.digest + times * line_hash) % DIGEST_MODULUS

    def plus(self, fact: DailyFact) -> Delta:
        return Delta(
            self.total + fact.total,
            self.lines + fact.lines,
            self.inexact_lines + fact.inexact_lines,
            self.unevidenced_lines + fact.unevidenced_lines,
            (self.digest + int(fact.digest, 16)) % DIGEST_MODULUS,
        )

    @property
    def values(self) -> tuple[int, int, int, int, str]:
        """In the order of `_VALUES`."""
        return self.total, self.lines, self.inexact_lines, self.unevidenced_lines, f"{self.digest:064x}"


_VALUES = ("total", "lines", "inexact_lines", "unevidenced_lines", "digest")
_NOTHING = Delta()
Deltas = dict[tuple[str, date], Delta]


def no_deltas() -> Deltas:
    """An empty set of deltas; a key that is asked for comes to be."""
    return defaultdict(Delta)


def add_line(deltas: Deltas, line: Line, line_hash: str, *, evidenced: bool, times: int = 1) -> None:
    """Take one line in (`times=1`) or out (`times=-1`): each of its counters, and the line itself."""
    number = int(line_hash, 16)
    for concept, count in _folded(line):
        deltas[concept, line.happened_on].add_line(count, number, evidenced=evidenced, times=times)


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
    """Bring the unit's daily facts up to date. The caller holds the unit's lock."""
    keys = sorted(deltas)
    _tell(deltas)
    _note(unit, deltas)
    for start in range(0, len(keys), _CHUNK):
        _apply_chunk(unit, {key: deltas[key] for key in keys[start : start + _CHUNK]})


def _note(unit: Unit, deltas: Deltas) -> None:
    """Leave what changes for the sums above. A new row each time: lines of other units never wait for it."""
    FoldChange.objects.bulk_create(
        [
            FoldChange(unit=unit, concept=concept, day=day, **dict(zip(_VALUES, delta.values, strict=True)))
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
            DailyFact(unit=unit, concept=concept, day=day, **dict(zip(_VALUES, total.values, strict=True)))
            for (concept, day), total in sums.items()
        ],
        update_conflicts=True,
        unique_fields=["unit", "concept", "day"],
        update_fields=_VALUES,
        batch_size=_CHUNK,
    )


def rebuild(unit: Unit, window: Window | None = None) -> int:
    """Fold the unit's ledger anew, all of it or the days of a window, and give the number of daily facts.

    The caller holds the unit's lock, and has the sums above counted anew (`rollup.actions.rebuild`).
    """
    deltas = no_deltas()
    lines = {row[0]: row[1:] for row in _standing(unit, window)}
    for kind, field, task, day, line_hash, evidenced in lines.values():
        for name in _names(kind, field, task):
            deltas[name, day].add_line(Count(1), line_hash, evidenced=evidenced)
    for activity, concept, value, exactness in _counted(unit, window):
        _kind, _field, _task, day, line_hash, evidenced = lines[activity]
        deltas[concept, day].add_line(Count(value, exactness), line_hash, evidenced=evidenced)
    _replace(unit, window, deltas)
    _tell(deltas)
    return len(deltas)


def _replace(unit: Unit, window: Window | None, deltas: Mapping[tuple[str, date], Delta]) -> None:
    """Put daily facts in the place of those that are there; those that are right already are left alone."""
    stored = DailyFact.objects.filter(unit=unit, **_days(window, "day")).order_by()
    missing, wrong = set(deltas), []
    for pk, concept, day, *values in stored.values_list("pk", "concept", "day", *_VALUES):
        if (concept, day) in missing and deltas[concept, day].values == tuple(values):
            missing.discard((concept, day))
        else:
            wrong.append(pk)
    for start in range(0, len(wrong), _CHUNK):
        DailyFact.objects.filter(pk__in=wrong[start : start + _CHUNK]).delete()
    bulk.insert(
        DailyFact,
        ("unit_id", "concept", "day", *_VALUES),
        [(unit.pk, concept, day, *deltas[concept, day].values) for concept, day in sorted(missing)],
    )


def _tell(deltas: Deltas) -> None:
    """Say which tasks stand otherwise now."""
    names = {concept for concept, _day in deltas}
    tasks = frozenset(found for name in names if (found := task_of(name)) is not None)
    if tasks:
        folded.send(sender=DailyFact, tasks=tasks)


def _counted(unit: Unit, window: Window | None) -> Iterable[tuple[int, str, int, str]]:
    measures = Measure.objects.filter(activity__unit=unit, activity__reversal=None).order_by()
    within = measures.filter(**_days(window, "activity__happened_on"))
    return within.values_list("activity_id", "concept", "value", "exactness").iterator(chunk_size=5000)


def _standing(
    unit: Unit, window: Window | None
) -> Iterator[tuple[int, str, str, int | None, date, int, bool]]:
    """The lines that count: number, kind, field, task, day, hash as a number, whether there is evidence."""
    lines = Activity.objects.filter(unit=unit, reversal=None, **_days(window, "happened_on")).order_by()
    with_evidence = set(
        Evidence.objects.filter(activity__unit=unit, **_days(window, "activity__happened_on"))
        .order_by()
        .values_list("activity_id", flat=True)
    )
    columns = ("pk", "kind", "reform_field", "task", "happened_on", "line_hash")
    for pk, kind, field, task, day, line_hash in lines.values_list(*columns).iterator(chunk_size=5000):
        yield pk, kind, field, task, day, int(line_hash, 16), pk in with_evidence


def _days(window: Window | None, name: str) -> dict[str, tuple[date, date]]:
    return {f"{name}__range": (window.start, window.end)} if window else {}
