"""Decisions on procedures: all of a body, and one with what it did, row by row."""

from __future__ import annotations

from django.db.models import Count, F
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.views import body_asked, looking_of, page, query_without_page, slice_of, today
from dinhlang.procedures import news, public, queries
from dinhlang.procedures.models import Decision
from dinhlang.procedures.rules import EVENT_WORDS, EventKind
from dinhlang.procedures.views.seen import crumb, seen_by

MOST_ROWS = 300


def decisions(request: HttpRequest) -> HttpResponse:
    """The decisions behind a body's catalogue, the newest first, with what was written about each."""
    on = today()
    body, bodies = body_asked(request, on)
    found = (
        Decision.objects.filter(unit__in=queries.catalogue_ids(body, on))
        .annotate(rows=Count("events"))
        .order_by(F("signed_on").desc(nulls_last=True), "-pk")
    )
    shown = slice_of(request, found)
    told = public.articles(looking_of(request), body, decisions=[one.pk for one in shown])
    return page(
        request,
        "procedures/decisions.html",
        _("Quyết định công bố thủ tục"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        rows=[(one, told.of_decisions.get(one.pk, ())) for one in shown],
        begin=told.begin,
        page=shown,
        query=query_without_page(request),
    )


def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """One decision: what it did to each procedure, what is new in plain words, the articles about it."""
    found, body = _seen(request, pk)
    rows = news.told(found)
    told = public.articles(looking_of(request), body, decisions=[found.pk])
    return page(
        request,
        "procedures/decision.html",
        _("Quyết định %(number)s") % {"number": found.number},
        crumbs=[crumb()],
        decision=found,
        body=body,
        rows=[(one, EVENT_WORDS[EventKind(one.event.kind)]) for one in rows[:MOST_ROWS]],
        all=len(rows),
        articles=told.of_decisions.get(found.pk, ()),
        begin=told.begin if rows else "",
    )


def _seen(request: HttpRequest, pk: int) -> tuple[Decision, Unit]:
    found = get_object_or_404(Decision.objects.select_related("unit"), pk=pk)
    body = seen_by(request, found.unit, today())
    if body is None:
        raise Http404
    return found, body
