"""What the units sent since a consolidated report was drafted or issued, and by how much its figures would change."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.figures import own_as_json, own_figures
from dinhlang.reports.consolidation.pinning import consolidation_of, newest
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.taking import kept, versions_now
from dinhlang.reports.models import Consolidation, Report, ReportFigure, Submission
from dinhlang.reports.rules import Number, printed_value
from dinhlang.reports.sources import CHILDREN, UNITS_DUE, UNITS_SENT, label_of
from dinhlang.reports.submission.rules.states import State


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit whose report is not what was counted: the version that was, and the one that counts now."""

    name: str
    old: Submission | None
    now: Submission | None

    @property
    def sentence(self) -> str:
        """'Xã Bến Trúc: bản nộp lần 2 thay bản lần 1'."""
        who = capfirst(self.name)
        if self.old is None and self.now is not None:
            return _("%(unit)s: đã có báo cáo, chưa được tính") % {"unit": who}
        if self.now is None:
            state = State(self.old.state).label if self.old else ""
            return _("%(unit)s: bản đã tính %(state)s") % {"unit": who, "state": state}
        return _("%(unit)s: bản nộp lần %(now)s thay bản lần %(old)s") % {
            "unit": who,
            "now": self.now.number,
            "old": self.old.number if self.old else "",
        }


@dataclass(frozen=True, slots=True)
class Change:
    """A figure of the report that would be another one."""

    figure: ReportFigure
    label: str
    old: Number | None
    now: Number | None

    @property
    def sentence(self) -> str:
        """'Lượt phát thanh: 1.240 → 1.238'."""
        return f"{self.label}: {_told(self.old)} → {_told(self.now)}"


def _told(value: Number | None) -> str:
    return _("chưa có") if value is None else printed_value(value)


@dataclass(frozen=True, slots=True)
class Drift:
    """What moved. `own_moved` when the upper unit's own ledger did; `coverage` is the sentence as it would be."""

    moved: tuple[Moved, ...]
    changes: tuple[Change, ...]
    own_moved: bool
    coverage: str

    def __bool__(self) -> bool:
        return bool(self.moved) or self.own_moved


NOTHING = Drift((), (), own_moved=False, coverage="")


def drift(report: Report) -> Drift:
    """What moved since; nothing for a report that was not taken together. Figures are read only when something did."""
    pinned = consolidation_of(report)
    if pinned is None:
        return NOTHING
    before = dict(pinned.children.values_list("unit_id", "submission_id"))
    now = versions_now(pinned)
    own = own_as_json(own_figures(report.unit, Window(report.window_from, report.window_to)))
    if before == {unit: one.pk for unit, one in now.items()} and own == pinned.own:
        return NOTHING
    return _drift(report, pinned, own_moved=own != pinned.own)


def _drift(report: Report, pinned: Consolidation, *, own_moved: bool) -> Drift:
    before, after = kept(pinned), newest(pinned)
    names = before.names | after.names
    units = [*after.order, *(one for one in before.order if one not in after.order)]
    moved = tuple(
        Moved(names[unit], old, now)
        for unit in units
        if (old := before.submissions.get(unit)) != (now := after.submissions.get(unit))
    )
    return Drift(moved, tuple(_changes(report, after)), own_moved, after.sentence)


def _changes(report: Report, after: Taken) -> list[Change]:
    """Each figure once, however often it stands in the text."""
    rows = report.figures.filter(origin=CHILDREN, window_from=report.window_from, window_to=report.window_to)
    once: dict[str, ReportFigure] = {}
    for row in rows.order_by("pk").defer("evidence"):
        once.setdefault(row.concept, row)
    counts = {UNITS_SENT: after.coverage.counted, UNITS_DUE: after.coverage.due}
    found = []
    for concept, row in once.items():
        now = counts[concept] if concept in counts else after.value(concept)
        old = None if row.value is None else float(row.value)
        if old != now and not (old is not None and now is not None and abs(old - float(now)) < 0.00005):
            found.append(Change(row, label_of(concept), old, now))
    return found
