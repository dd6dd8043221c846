"""What every page about reports begins with: the report the person may see, and the way back."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org.views import today
from dinhlang.reports import queries
from dinhlang.reports.models import Report

Crumb = tuple[str, str]


def list_crumb() -> Crumb:
    return reverse("reports:reports"), _("Báo cáo")


def crumbs_of(report: Report) -> list[Crumb]:
    return [list_crumb(), (reverse("reports:report", args=[report.pk]), report.subject)]


def report_for(request: HttpRequest, pk: int) -> Report:
    """The report, or 404 when the person may not see it: a stranger's report looks like none."""
    return get_object_or_404(queries.reports_for(request.user, today()), pk=pk)
