"""The register as a list: searched, filtered, taken away as a table or as the tracking book."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.onestop import permissions, queries, slips
from dinhlang.onestop.forms import ASKED_LATE, TO_HAND_ON, BookForm, DossierFilter
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.slips.files import FORMS
from dinhlang.onestop.views.seen import MARKS, as_response, timing_of
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import audit, export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    looking_of,
    page,
    query_without_page,
    signed_in,
    slice_of_many,
    today,
)
from dinhlang.org.views.managed import managed_body

_AMONG = {ASKED_LATE: queries.asked_late, TO_HAND_ON: queries.to_hand_on}
"""What no column of a dossier says but its steps do: by which question their keys are found."""


def dossiers(request: HttpRequest) -> HttpResponse:
    """The dossiers of a body."""
    on, at = today(), timezone.now()
    body, bodies = body_asked(request, on)
    form = DossierFilter(request.GET or None, units=bodies)
    # The posts are known to the request; asking `permissions` for each of these would read them again.
    allowed = looking_of(request).permissions_in(body)
    people = Permission.ONESTOP_PEOPLE in allowed
    rows = slice_of_many(request, _asked(form, body, request, at=at, people=people))
    return page(
        request,
        "onestop/dossiers.html",
        _("Hồ sơ một cửa"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[(one, timing := timing_of(one, at), MARKS.get(timing, "")) for one in rows],
        query=query_without_page(request),
        people=people,
        may_register=Permission.ONESTOP_REGISTER in allowed,
        book=BookForm(initial={"first": on.replace(day=1), "last": on}, auto_id="so_%s"),
        has_counter=queries.rules_on(body, on) is not None,
    )


def _asked(
    form: DossierFilter, body: Unit, request: HttpRequest, *, at: datetime, people: bool
) -> QuerySet[Dossier]:
    asked = form.asked
    find = _AMONG.get(asked.get("timing", ""))
    return queries.dossiers(
        [body.pk],
        queries.Asked(
            words=asked_text(request),
            state=asked.get("state", ""),
            timing=asked.get("timing", ""),
            channel=asked.get("channel", ""),
            first=asked.get("first"),
            last=asked.get("last"),
            among=find([body.pk]) if find is not None else None,
        ),
        at=at,
        people=people,
    )


@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The dossiers that the filter asks for as a table, without anybody's name; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on, at = today(), timezone.now()
    body, bodies = body_asked(request, on)
    people = permissions.can_see_people(signed_in(request), body, on)
    found = _asked(DossierFilter(request.GET or None, units=bodies), body, request, at=at, people=people)
    return dossiers_file(request, f"ho-so-{body.pk}-{on:%Y%m%d}", form, body, found, at)


def dossiers_file(
    request: HttpRequest, name: str, form: str, body: Unit, found: QuerySet[Dossier], at: datetime
) -> HttpResponseBase:
    """Dossiers of a body as a table, without anybody's name; noted in the audit."""
    export_list(
        action="dossier.export", rows={body.pk: found.count()}, form=form, by=signed_in(request), at=at
    )
    header = [
        _("Mã hồ sơ"),
        _("Số thứ tự"),
        _("Số từ chối"),
        _("Mã thủ tục"),
        _("Thủ tục"),
        _("Lĩnh vực"),
        _("Cách nộp"),
        _("Trạng thái"),
        _("Nhận"),
        _("Hẹn trả"),
        _("Có kết quả"),
        _("Trả"),
        _("So với hạn"),
    ]
    return tables.download(name, form, header, _rows(found, at))


def _rows(found: QuerySet[Dossier], at: datetime) -> Iterator[tuple[str | int, ...]]:
    for one in found.iterator(chunk_size=500):
        yield (
            one.code,
            one.number or "",
            str(queries.refusal_of(one) or ""),
            one.procedure_code,
            one.procedure_name,
            one.field,
            one.get_channel_display(),
            one.get_state_display(),
            _moment(one.received_at),
            _moment(one.due_at),
            _moment(one.resolved_at),
            _moment(one.given_at),
            str(timing_of(one, at).label),
        )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at is not None else ""


@require_POST
def book(request: HttpRequest) -> HttpResponse:
    """The tracking book from a day until a day as a file; noted in the audit, since names stand in it."""
    on = today()
    body = managed_body(request, on, Permission.ONESTOP_REGISTER)
    form = BookForm(request.POST)
    kind = request.POST.get("form", "pdf")
    if kind not in FORMS:
        raise Http404
    back = redirect(f"{reverse('onestop:dossiers')}?unit={body.pk}")
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, str(said[0]))
        return back
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    try:
        made = slips.book_file(body, first=first, last=last, form=kind, on=on)
    except Refused as reason:
        messages.error(request, str(reason))
        return back
    audit(
        by=signed_in(request),
        at=timezone.now(),
        action="dossier.book",
        target=body,
        unit=body,
        detail={"first": str(first), "last": str(last)},
    )
    return as_response(made)
