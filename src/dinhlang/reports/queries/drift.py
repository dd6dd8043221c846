"""What changed in the ledger since a report was drafted or issued."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from dinhlang.periods.window import Window
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.queries.standing import lines_behind, number
from dinhlang.reports.rules import printed_value
from dinhlang.reports.sources import ARCHIVE, CHILDREN, PLAN_TASKS, Ledger, Stated, from_plan, label_of
from dinhlang.work import queries as work
from dinhlang.work.concepts import FROM_PLAN


@dataclass(frozen=True, slots=True)
class Drift:
    """A figure that no longer agrees with the ledger: what it said, what the ledger says now, which lines differ.

    `added` and `removed` are ids of lines; they are known for an issued report only, whose lines are kept.
    """

    figure: ReportFigure
    label: str
    old: int | float | None
    now: int | float | None
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()

    @property
    def sentence(self) -> str:
        """'Lượt phát thanh: 12 → 11 (bỏ 1 dòng sổ: 57)'."""
        changes = []
        if self.added:
            changes.append(_("thêm %(count)s dòng sổ: %(ids)s") % _lines(self.added))
        if self.removed:
            changes.append(_("bỏ %(count)s dòng sổ: %(ids)s") % _lines(self.removed))
        lines = f" ({'; '.join(changes)})" if changes else ""
        return f"{self.label}: {_told(self.old)} → {_told(self.now)}{lines}"


def _lines(lines: tuple[int, ...]) -> dict[str, object]:
    shown = ", ".join(str(line) for line in lines[:10])
    return {"count": len(lines), "ids": f"{shown}, …" if len(lines) > 10 else shown}


def _told(value: int | float | None) -> str:
    return _("chưa có") if value is None else printed_value(value)


def drift(report: Report) -> list[Drift]:
    """The figures whose value, or the lines behind it, changed since the report was drafted or issued.

    A figure that stands in the report more than once is told once.
    """
    now = _Now(report)
    once: dict[tuple[str, date, date], ReportFigure] = {}
    # The lines pinned behind a figure may be fifty thousand: they are read only of one that differs.
    for figure in report.figures.order_by("pk").defer("evidence"):
        figure.report = report
        once.setdefault((figure.concept, figure.window_from, figure.window_to), figure)
    found = [_drift(figure, now.stated(figure)) for figure in once.values()]
    return [one for one in found if one is not None]


class _Now:
    """What the ledger and the plan say today of a report's figures."""

    def __init__(self, report: Report) -> None:
        self._ledger = Ledger(report.unit)
        self._progress = work.progress(report.plan, report.window_to) if report.plan else None

    def stated(self, figure: ReportFigure) -> Stated | None:
        """The figure as it would be stated now; `None` for one that does not come from the unit's own ledger."""
        if figure.origin in {ARCHIVE, CHILDREN} or figure.concept == PLAN_TASKS:
            return None
        window = Window(figure.window_from, figure.window_to)
        if figure.concept in FROM_PLAN:
            return from_plan(self._progress, figure.concept, window)
        return self._ledger.stated(figure.concept, window)


def _drift(figure: ReportFigure, now: Stated | None) -> Drift | None:
    if now is None:
        return None
    old_value, new_value = number(figure.value), number(now.value)
    # Values are stored with four decimals; a share may have more.
    same = old_value == new_value or (
        old_value is not None and new_value is not None and abs(old_value - new_value) < 0.00005
    )
    if same and figure.digest == now.digest:
        return None
    added: tuple[int, ...] = ()
    removed: tuple[int, ...] = ()
    if figure.is_final:
        kept = {line["id"] for line in figure.evidence}
        standing = set(lines_behind(figure).values_list("pk", flat=True))
        added, removed = tuple(sorted(standing - kept)), tuple(sorted(kept - standing))
    return Drift(figure, _label_with_window(figure), old_value, new_value, added, removed)


def _label_with_window(figure: ReportFigure) -> str:
    """The figure's label; for one of an earlier period also its days."""
    window = Window(figure.window_from, figure.window_to)
    if (window.start, window.end) == (figure.report.window_from, figure.report.window_to):
        return label_of(figure.concept)
    return f"{label_of(figure.concept)}, {window.label}"
