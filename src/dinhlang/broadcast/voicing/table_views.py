"""The commune's own short forms on the desk: searched, changed, tried, taken in from a file, taken away as one."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import SpokenForm
from dinhlang.broadcast.views.bulletins import body_to_write
from dinhlang.broadcast.views.seen import crumb
from dinhlang.broadcast.voicing import abbreviations
from dinhlang.broadcast.voicing.forms import SpokenFormFilter, SpokenFormForm, TableFileForm
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    looking_of,
    page,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.vietnamese import speech

_LONGEST_TRIAL = 500


def spoken_forms(request: HttpRequest) -> HttpResponse:
    """The table of a commune; below it how a sentence is read with it."""
    on = today()
    body, bodies = body_asked(request, on)
    return _shown(request, body, bodies, SpokenFormForm())


def _shown(request: HttpRequest, body: Unit, bodies: dict[str, str], form: SpokenFormForm) -> HttpResponse:
    on = today()
    filters = SpokenFormFilter(request.GET or None, units=bodies)
    trial = request.GET.get("thu", "")[:_LONGEST_TRIAL]
    rows = slice_of(request, abbreviations.rows(body, asked_text(request), filters.asked.get("section", "")))
    return page(
        request,
        "broadcast/spoken_forms.html",
        _("Bảng đọc của xã"),
        crumbs=[crumb()],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=filters,
        page=rows,
        query=query_without_page(request),
        may_write=permissions.can_write(signed_in(request), body, on),
        row_form=form,
        file_form=TableFileForm(),
        trial=trial,
        trial_spoken=speech.spoken(trial, abbreviations.words_of(body)) if trial else "",
    )


@require_POST
def spoken_form_set(request: HttpRequest) -> HttpResponse:
    """Write down how a short form is read."""
    body = body_to_write(request)
    form = SpokenFormForm(request.POST)
    if form.is_valid():
        try:
            abbreviations.set_form(unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu cách đọc. Bản tin làm từ nay đọc theo bảng này."))
            return redirect(_back(body))
    _found, bodies = body_asked(request, today())
    return _shown(request, body, bodies, form)


@require_POST
def spoken_form_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it as the house does again."""
    form = get_object_or_404(
        SpokenForm.objects.select_related("unit"), pk=pk, unit__in=looking_of(request).readable_ids
    )
    try:
        abbreviations.remove_form(form=form, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã bỏ dòng này."))
    return redirect(_back(form.unit))


@require_POST
def spoken_form_file(request: HttpRequest) -> HttpResponse:
    """Take a file of rows in."""
    body = body_to_write(request)
    form = TableFileForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_back(body))
    try:
        count = abbreviations.take_file(
            unit=body, data=form.cleaned_data["table"].read(), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã nhập %(count)s dòng.") % {"count": count})
    return redirect(_back(body))


@require_POST
def spoken_form_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The rows that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    filters = SpokenFormFilter(request.GET or None, units=bodies)
    found = abbreviations.rows(body, asked_text(request), filters.asked.get("section", ""))
    export_list(
        action="spoken-form.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [_("Chữ viết"), _("Đọc là"), _("Loại"), _("Ghi chú")]

    def rows() -> Iterator[tuple[str, ...]]:
        for one in found.iterator(chunk_size=500):
            yield one.written, one.spoken, str(one.get_section_display()), one.note

    return tables.download(f"bang-doc-{body.pk}-{on:%Y%m%d}", form, header, rows())


def _back(body: Unit) -> str:
    return f"{reverse('broadcast:spoken-forms')}?unit={body.pk}"
