"""What can be counted of an issued report besides its day: evidence behind its figures, text taken over, findings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.reports import queries, reuse
from dinhlang.reports.actions.findings import found_in
from dinhlang.reports.models import Report, ReportFigure, ReportQuality
from dinhlang.reports.sources import LEDGER
from dinhlang.work.models import Evidence

_TOLD = 40
# Older reports are measured a few in a turn, so that the worker is never long at it.
_IN_ONE_TURN = 20


@kept_in_vietnamese
def measure(report: Report, at: datetime) -> ReportQuality:
    """Measure an issued report and keep what was found; asked again it gives what is there.

    A figure of the ledger has evidence when there is a line behind it and every line has some; one of an old document,
    of the plan or of reports below has what it was taken from.
    """
    there = ReportQuality.objects.filter(report=report).first()
    if there is not None:
        return there
    figures = [one for one in report.figures.order_by("pk") if one.value is not None]
    bare = list(_bare(figures))
    letters, copied = _copied(report)
    found = found_in(report, at, report.issued_on)
    left = set(report.suppressions.values_list("rule", "quote"))
    told: dict[str, Any] = {
        "bare": [[one.anchor, one.printed] for one in bare[:_TOLD]],
        "copied": [[one.sentence, one.label] for one in copied[:_TOLD]],
        "findings": [[one.label, one.message, one.quote[:200], one.name in left] for one in found[:_TOLD]],
    }
    kept, _new = ReportQuality.objects.get_or_create(
        report=report,
        defaults={
            "figures": len(figures),
            "evidenced": len(figures) - len(bare),
            "letters": letters,
            "copied": min(sum(len(one.sentence) for one in copied), letters),
            "findings": len(found),
            "left": sum(one.name in left for one in found),
            "told": told,
            "measured_at": at,
        },
    )
    return kept


def measure_missing(*, at: datetime) -> int:
    """Measure issued reports that nobody has measured yet, a few at a time; give how many."""
    missing = Report.objects.filter(status=Report.Status.ISSUED, quality=None).order_by("-pk")
    rows = list(missing.select_related("unit")[:_IN_ONE_TURN])
    for report in rows:
        measure(report, at)
    return len(rows)


def _bare(figures: list[ReportFigure]) -> Iterator[ReportFigure]:
    """Those without evidence; one question however many lines there are."""
    lines = {one["id"] for figure in figures for one in figure.evidence if isinstance(one.get("id"), int)}
    shown = set(
        Evidence.objects.filter(activity__in=lines).order_by().values_list("activity", flat=True).distinct()
    )
    for figure in figures:
        if figure.origin != LEDGER:
            continue
        behind = {one["id"] for one in figure.evidence if isinstance(one.get("id"), int)}
        if not behind or not behind <= shown:
            yield figure


def _copied(report: Report) -> tuple[int, list[reuse.Reused]]:
    """How many letters stand in sentences that can be recognised, and which of those an earlier report has."""
    manuscript = queries.manuscript_of(report)
    if manuscript is None:
        return 0, []
    draft = queries.draft_in(manuscript)
    letters = sum(
        len(sentence) for piece in draft.body for sentence in reuse.sentences(reuse.words_of(piece))
    )
    year = report.window_to.year
    return letters, [one for piece in draft.body for one in reuse.in_piece(piece, manuscript.reused, year)]
