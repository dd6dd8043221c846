"""The cases behind the figures of a day, as the ledger counts them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.rules.categories import label_of
from dinhlang.citizens.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission
from dinhlang.org.views import page, today
from dinhlang.org.views.managed import managed_body
from dinhlang.work.concepts import CONCEPTS


def day_cases(request: HttpRequest, written: str) -> HttpResponse:
    """What was accepted, answered and published on a day, each with its cases; 404 for what is no day."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    try:
        day = parse_date(written)
    except ValueError:
        day = None
    if day is None:
        raise Http404
    return page(
        request,
        "citizens/day.html",
        _("Phản ánh, kiến nghị ngày %(day)s") % {"day": f"{day:%d/%m/%Y}"},
        crumbs=[crumb()],
        body_name=capfirst(org.title_of(body, on)),
        parts=[
            (CONCEPTS[concept].label, [(one, label_of(one.category)) for one in found])
            for concept, found in queries.cases_of_day(body, day).items()
        ],
        figures=f"{reverse('citizens:figures')}?{urlencode({'unit': body.pk, 'since': day, 'until': day})}",
    )
