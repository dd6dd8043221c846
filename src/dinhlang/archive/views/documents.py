"""How the web reaches old documents."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from dinhlang.archive import queries
from dinhlang.archive.models import ArchivedDocument
from dinhlang.archive.views.intake import crumb
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.write import html
from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    page,
    query_without_page,
    readable_units,
    slice_of,
    today,
    units_for,
)
from dinhlang.periods.identifier import Period
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.views import download


def document_list(request: HttpRequest) -> HttpResponse:
    """The old documents of the units the person may see."""
    on = today()
    found = queries.documents_for(request.user, on).defer("document").order_by("unit", "-period", "-pk")
    periods = found.exclude(period="").order_by().values_list("period", flat=True).distinct()
    years = sorted({Period.parse(one).year for one in periods}, reverse=True)
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    form.fields["q"].label = _("Tìm trong toàn văn")
    found = queries.narrowed(found, form.asked.get("unit"), form.asked.get("year"))
    shown = slice_of(request, queries.searched(found, form.words))
    names = org.titles_of({document.unit_id for document in shown}, on)
    figures = queries.figure_counts([document.pk for document in shown])
    snippets = queries.snippets([document.pk for document in shown], form.words)
    return page(
        request,
        "archive/documents.html",
        _("Văn bản cũ"),
        rows=[
            (
                document,
                names[document.unit_id],
                _period(document),
                snippets.get(document.pk, ()),
                figures.get(document.pk, 0),
            )
            for document in shown
        ],
        waiting=queries.waiting_count(request.user, on),
        page=shown,
        query=query_without_page(request),
        form=form,
        may_import=bool(units_for(request, Permission.ARCHIVE_IMPORT, on)),
    )


def _period(document: ArchivedDocument) -> str:
    """What the document reports on, in words; nothing when it does not say."""
    return Period.parse(document.period).label if document.period else ""


def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A document as it was read, and its figures with their quotes and doubts."""
    document = get_object_or_404(queries.documents_for(request.user, today()), pk=pk)
    labels = {concept.id: concept.label for concept in CONCEPTS.values()}
    return page(
        request,
        "archive/document.html",
        document.subject or document.name,
        crumbs=[crumb()],
        document=document,
        period=_period(document),
        unit_name=org.title_of(document.unit, today()),
        facts=[(fact, labels.get(fact.concept, _("chưa rõ chỉ tiêu"))) for fact in document.facts.all()],
        problems=document.document.get("problems", []),
    )


def document_text(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as it was read, laid out again."""
    document = get_object_or_404(queries.documents_for(request.user, today()), pk=pk)
    answer = HttpResponse(html(codec.from_json(document.document)))
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return answer


def document_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The file as it came."""
    document = get_object_or_404(queries.documents_for(request.user, today()), pk=pk)
    return download(document.blob, document.name)
