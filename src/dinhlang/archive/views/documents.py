"""How the web reaches old documents."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.archive import actions, forms, queries
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.write import html
from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    page,
    posted,
    query_without_page,
    readable_units,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.periods.identifier import Period
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.views import download


def _crumb() -> tuple[str, str]:
    return reverse("archive:documents"), _("Văn bản cũ")


def document_list(request: HttpRequest) -> HttpResponse:
    """The old documents of the units the person may see."""
    on = today()
    found = queries.documents_for(request.user, on).defer("document").order_by("unit", "-period", "-pk")
    periods = found.exclude(period="").order_by().values_list("period", flat=True).distinct()
    years = sorted({Period.parse(one).year for one in periods}, reverse=True)
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    shown = slice_of(request, filtered(found, form, text="subject", year="period__startswith"))
    names = org.titles_of({document.unit_id for document in shown}, on)
    return page(
        request,
        "archive/documents.html",
        _("Văn bản cũ"),
        rows=[(document, names[document.unit_id], _period(document)) for document in shown],
        page=shown,
        query=query_without_page(request),
        form=form,
        may_import=bool(units_for(request, Permission.ARCHIVE_IMPORT, on)),
    )


def _period(document: ArchivedDocument) -> str:
    """What the document reports on, in words; nothing when it does not say."""
    return Period.parse(document.period).label if document.period else ""


def document_import(request: HttpRequest) -> HttpResponse:
    """Take in files; each has its own fate, and the good ones stay."""
    form = forms.ArchiveForm(
        *posted(request),
        units=units_for(request, Permission.ARCHIVE_IMPORT, today()),
    )
    if request.method == "POST" and form.is_valid():
        refused = False
        for file in form.cleaned_data["files"]:
            try:
                kept = actions.import_document(
                    data=file.read(),
                    name=file.name,
                    by=signed_in(request),
                    at=timezone.now(),
                    unit=form.cleaned_data["unit"],
                )
            except Refused as reason:
                refused = True
                messages.error(request, str(reason))
            else:
                told = _("%(name)s: đã đưa vào, đọc được %(count)s số liệu.")
                messages.success(request, told % {"name": file.name, "count": kept.facts.count()})
        return redirect("archive:import" if refused else "archive:documents")
    return page(request, "archive/import.html", _("Đưa văn bản cũ vào"), crumbs=[_crumb()], form=form)


def document_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A document as it was read, and its figures with their quotes and doubts."""
    document = get_object_or_404(queries.documents_for(request.user, today()), pk=pk)
    labels = {concept.id: concept.label for concept in CONCEPTS.values()}
    return page(
        request,
        "archive/document.html",
        document.subject or document.name,
        crumbs=[_crumb()],
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
