"""A figure down to where it comes from: all units, one unit's figure, the lines of its ledger and what shows them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.views import page, query_without_page, slice_of, today
from dinhlang.periods.window import Window
from dinhlang.reports import editor
from dinhlang.reports.consolidation.asked import asked
from dinhlang.reports.consolidation.figures import SUMMED
from dinhlang.reports.consolidation.pinning import consolidation_of
from dinhlang.reports.consolidation.queries import figures_for, lines_behind, units_behind
from dinhlang.reports.consolidation.taken import Figure, Taken
from dinhlang.reports.consolidation.taking import kept
from dinhlang.reports.consolidation.views.table import consolidation_crumb, events_of, told_sum
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.sources import UNITS_DUE, UNITS_SENT, is_share, label_of
from dinhlang.reports.views.found import crumbs_of, list_crumb
from dinhlang.work.concepts import CONCEPTS


def _parts(taken: Taken, concept: str) -> dict[str, Any]:
    """The units behind a sum, those that gave no figure, and the events that were counted once."""
    found = taken.sum_of(concept)

    def named(units: frozenset[str]) -> list[str]:
        return [capfirst(taken.names[one]) for one in taken.order if one in units]

    return {
        "taken": taken,
        "behind": [(one, capfirst(taken.names[one.unit]), _share_of(one)) for one in taken.behind(concept)],
        "unknown": named(found.unknown),
        "uncounted": named(found.uncounted),
        "missing": named(taken.coverage.missing),
        "nil": named(taken.coverage.nil & taken.coverage.taken),
        "events": [one for one in events_of(taken) if one["label"] == label_of(concept)],
        "unit_of_measure": CONCEPTS[concept].unit if concept in CONCEPTS else "",
    }


def _share_of(one: Figure) -> tuple[int, int] | None:
    if not is_share(one.concept) or one.numerator is None or one.denominator is None:
        return None
    return one.numerator, one.denominator


def concept_page(request: HttpRequest, concept: str) -> HttpResponse:
    """A figure of the table: the units behind it."""
    found = asked(request)
    if found.taken is None or concept not in SUMMED:
        raise Http404
    crumbs = [list_crumb(), (f"{consolidation_crumb()[0]}?{found.query}", consolidation_crumb()[1])]
    return page(
        request,
        "reports/consolidation/concept.html",
        label_of(concept),
        crumbs=crumbs,
        told=told_sum(found.taken, concept),
        window=found.taken.window.label,
        back=f"{reverse('reports:consolidation')}?{found.query}",
        **_parts(found.taken, concept),
    )


def figure_page(request: HttpRequest, report: Report, figure: ReportFigure) -> HttpResponse:
    """A figure of a consolidated report: the units behind it, in the versions that the report counts."""
    pinned = consolidation_of(report)
    known: dict[str, Any] = {
        "report": report,
        "figure": figure,
        "title": label_of(figure.concept),
        "told": figure.printed,
        "window": Window(figure.window_from, figure.window_to).label,
        "fold": editor.fold_of(figure),
        "back": reverse("reports:report", args=[report.pk]),
        "counts_units": figure.concept in (UNITS_SENT, UNITS_DUE),
    }
    is_now = (figure.window_from, figure.window_to) == (report.window_from, report.window_to)
    if pinned is not None and is_now:
        taken = kept(pinned)
        known |= _parts(taken, figure.concept) if figure.concept in SUMMED else _counted_units(taken)
    if request.headers.get("HX-Request"):
        return render(request, "reports/consolidation/_figure.html", known)
    return page(request, "reports/consolidation/concept.html", crumbs=crumbs_of(report), **known)


def _counted_units(taken: Taken) -> dict[str, Any]:
    return {
        "taken": taken,
        "units": [(capfirst(taken.names[one]), taken.submissions[one]) for one in taken.counted],
        "missing": [capfirst(taken.names[one]) for one in taken.order if one in taken.coverage.missing],
    }


def submitted_figure(request: HttpRequest, pk: int, anchor: str) -> HttpResponse:
    """A figure as a unit handed it in, down to the lines of its ledger or to the units behind it."""
    on = today()
    figure = get_object_or_404(figures_for(request.user, on).distinct(), submission=pk, anchor=anchor)
    one = figure.submission
    unit = capfirst(org.title_of(one.obligation.unit, figure.window_to))
    lines = slice_of(request, lines_behind(figure, org.visible_units(request.user, on)))
    return page(
        request,
        "reports/consolidation/submitted.html",
        f"{label_of(figure.concept) if figure.concept else figure.quote} – {unit}",
        crumbs=[list_crumb(), consolidation_crumb()],
        figure=figure,
        submission=one,
        unit_name=unit,
        window=Window(figure.window_from, figure.window_to).label,
        measure=CONCEPTS[figure.concept].unit if figure.concept in CONCEPTS else "",
        rows=list(lines),
        page=lines,
        query=query_without_page(request),
        units=units_behind(figure),
        told_by_hand=_("%(before)s → %(now)s, không có minh chứng")
        % {"before": figure.changed_from, "now": figure.printed}
        if figure.changed_from
        else "",
    )
