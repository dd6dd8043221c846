"""Rows of a file, and single lines, against what the ledger already has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.periods.window import numeric_date
from dinhlang.work import rules
from dinhlang.work.models import Activity, ActivityKind, Task
from dinhlang.work.queries.lines import life_of, line_of
from dinhlang.work.rules import Fate, ImportContext, Line, NotRecordable, Preview, RowFate

# The concept that is one thing however many channels carry it.
_WRITTEN_ONCE = "articles"


def preview_import(
    unit: Unit, data: bytes, name: str, on: date, told: Mapping[int, str] | None = None
) -> Preview:
    """What would become of each row of the file, were it imported now. Raises `Refused` for the file as a whole."""
    return against_ledger(unit, rules.preview_rows(data, name, import_context(unit, on), told))


def import_context(unit: Unit, on: date) -> ImportContext:
    """What rows of a file for this unit are judged against."""
    names: dict[int, dict[str, int]] = defaultdict(dict)
    for task in (
        Task.objects.filter(plan__unit=unit).select_related("plan").order_by("plan__created_at", "position")
    ):
        for name in rules.task_names(task.ordinal or str(task.position), task.text):
            names[task.plan.year][name] = task.pk
    return ImportContext(unit.pk, life_of(unit, on), on, names)


def against_ledger(unit: Unit, preview: Preview) -> Preview:
    """The preview with rows the ledger already has marked as known, and articles counted twice refused."""
    lines = [fate.line for fate in preview.rows if fate.line is not None]
    if not lines:
        return preview
    known = _known_lines(unit, lines)
    written = _Written(unit, lines)
    return replace(preview, rows=tuple(_against(fate, known, written) for fate in preview.rows))


def _against(fate: RowFate, known: Counter[tuple[str, ...]], written: _Written) -> RowFate:
    if fate.line is None:
        return fate
    same = rules.sameness(fate.line)
    if known[same] > 0:
        known[same] -= 1
        return RowFate(fate.row, Fate.KNOWN, _("Đã có trong sổ, không ghi lại."), line=fate.line)
    try:
        written.take(fate.line)
    except NotRecordable as reason:
        return RowFate(fate.row, Fate.REFUSED, str(reason))
    return fate


def check_counted_once(unit: Unit, lines: Sequence[Line]) -> None:
    """Raise `NotRecordable` when a line counts an article that another channel's line of the day already counts."""
    written = _Written(unit, lines)
    for line in lines:
        try:
            written.take(line)
        except NotRecordable as reason:
            raise NotRecordable(rules.sentence(str(reason)), reason.field) from None


def _known_lines(unit: Unit, lines: Sequence[Line]) -> Counter[tuple[str, ...]]:
    """How often each act of `lines` is in the ledger already."""
    titles = {line.title.casefold() for line in lines}
    stored = _counted_between(unit, lines).values_list("pk", "title")
    alike = [pk for pk, title in stored.iterator() if title.casefold() in titles]
    found: Counter[tuple[str, ...]] = Counter()
    for start in range(0, len(alike), 500):
        for activity in Activity.objects.filter(pk__in=alike[start : start + 500]).prefetch_related(
            "measures"
        ):
            found[rules.sameness(line_of(activity))] += 1
    return found


def _counted_between(unit: Unit, lines: Sequence[Line]) -> QuerySet[Activity]:
    days = [line.happened_on for line in lines]
    return Activity.objects.filter(
        unit=unit, reversal=None, happened_on__range=(min(days), max(days))
    ).order_by()


class _Written:
    """Which articles are counted on which day, by which channel: one article on three channels is one article."""

    def __init__(self, unit: Unit, lines: Sequence[Line]) -> None:
        self._channel: dict[tuple[date, str], str] = {}
        writing = [line for line in lines if _WRITTEN_ONCE in line.measures]
        if writing:
            stored = _counted_between(unit, writing).filter(
                measures__concept=_WRITTEN_ONCE, measures__value__gt=0
            )
            for day, title, kind in stored.values_list("happened_on", "title", "kind"):
                self._channel[day, title.casefold()] = kind

    def take(self, line: Line) -> None:
        """Count the line's article. Raises `NotRecordable` when another channel counts it."""
        if _WRITTEN_ONCE not in line.measures or not line.measures[_WRITTEN_ONCE].value:
            return
        channel = self._channel.setdefault((line.happened_on, line.title.casefold()), str(line.kind))
        if channel != line.kind:
            raise NotRecordable(
                _(
                    "“%(title)s” ngày %(day)s đã tính là tin, bài ở kênh “%(channel)s”. "
                    "Một tin, bài trên nhiều kênh chỉ tính một lần; ở kênh này chỉ ghi lượt đăng hoặc lượt phát"
                )
                % {
                    "title": line.title,
                    "day": numeric_date(line.happened_on),
                    "channel": ActivityKind(channel).label,
                },
                _WRITTEN_ONCE,
            )
