"""Cases on the desk: the list, and one with all that happened to it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.citizens import queries
from dinhlang.citizens.views.seen import crumb, seen_case
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission
from dinhlang.org.views import asked_text, page, query_without_page, slice_of, today
from dinhlang.org.views.managed import managed_body


def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of a body."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    rows = slice_of(request, queries.cases([body.pk], queries.Asked(asked_text(request))))
    return page(
        request,
        "citizens/cases.html",
        _("Phản ánh, kiến nghị"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        page=rows,
        query=query_without_page(request),
    )


def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: what was said, what happened, what can be done."""
    case = seen_case(request, pk)
    return page(request, "citizens/case.html", case.code, crumbs=[crumb()], case=case)
