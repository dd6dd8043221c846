"""This period beside the same one of the year before, as tables, sentences and charts."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.views import page
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports import comparison
from dinhlang.reports.views.found import crumbs_of, report_for


def report_comparison(request: HttpRequest, pk: int) -> HttpResponse:
    """The figures of a report against those of a year before, month by month, and the shares over time."""
    report = report_for(request, pk)
    return page(
        request,
        "reports/comparison.html",
        _("So sánh và biểu đồ"),
        crumbs=crumbs_of(report),
        report=report,
        unit_name=org.title_of(report.unit, report.window_to),
        period=Period.parse(report.period).label,
        window=Window(report.window_from, report.window_to).label,
        found=comparison.of(report),
    )
