"""Pages of bundles: choose and see what is in it; one bundle with its progress; its file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.org.views import (
    looking_of,
    page,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.periods.identifier import Period
from dinhlang.reports.bundles import actions, queries
from dinhlang.reports.bundles.forms import DOCX, PDF, BundleForm
from dinhlang.reports.bundles.rules import KEPT_FOR, UNDER_WAY, State
from dinhlang.reports.models import Bundle, Programme
from dinhlang.reports.views.found import Crumb, list_crumb

_AGAIN_AFTER_SECONDS = 2
_SHOWN_BUNDLES = 10


def bundles(request: HttpRequest) -> HttpResponse:
    """Choose a unit, a kind of report and a period, see what is in it, and ask for all of it."""
    on, person = today(), signed_in(request)
    readable = looking_of(request).readable_ids
    programmes = dict(Programme.objects.values_list("pk", "short"))
    given = request.POST if request.method == "POST" else request.GET
    programme = given.get("programme") or next(iter(programmes), "")
    periods = queries.periods_there(programme, readable)
    units = _largest_first(request, readable_units(request, on), on)
    data = _with_defaults(given, programme, periods, units, is_asked=request.method == "POST")
    form = BundleForm(
        data,
        units=units,
        programmes=programmes,
        periods=periods,
    )
    rows: list[queries.Row] = []
    if form.is_valid():
        asked = form.cleaned_data
        wanted: dict[str, Any] = {
            "unit": asked["unit"],
            "programme": asked["programme"],
            "period": Period.parse(asked["period"]),
            "with_drafts": asked["with_drafts"],
        }
        if request.method == "POST":
            try:
                made = actions.ask_bundle(
                    **wanted,
                    docx=DOCX in asked["forms"],
                    pdf=PDF in asked["forms"],
                    by=person,
                    at=timezone.now(),
                )
            except Refused as reason:
                show_refusal(form, reason)
            else:
                return redirect("reports:bundle", made.pk)
        rows = queries.contents(readable=readable, **wanted)
    shown = slice_of(request, rows)
    return page(
        request,
        "reports/bundles/list.html",
        _("Tải mọi báo cáo của một kỳ"),
        crumbs=[list_crumb()],
        status=422 if request.method == "POST" else 200,
        form=form,
        has_periods=bool(periods),
        rows=shown,
        page=shown,
        query=query_without_page(request),
        written=sum(row.is_there for row in rows),
        count=len(rows),
        asked=[(name, value) for name in form.fields for value in data.getlist(name)],
        bundles=_asked_before(person, on),
        kept_days=KEPT_FOR.days,
    )


def _largest_first(request: HttpRequest, units: dict[str, str], on: date) -> dict[str, str]:
    """The bodies in which the person has posts before all others: below them is everything the person may read."""
    bodies = [org.body_of(post.unit, on).pk for post in looking_of(request).posts]
    first = {pk: units[pk] for pk in bodies if pk in units}
    return first | units


def _with_defaults(
    given: QueryDict, programme: str, periods: list[Period], units: dict[str, str], *, is_asked: bool
) -> QueryDict:
    """What was asked, with the likeliest in place of what was left open; a page just opened shows something at once."""
    data = given.copy()
    data.setdefault("programme", programme)
    data.setdefault("unit", next(iter(units), ""))
    if data.get("period") not in set(map(str, periods)) and not is_asked and periods:
        data["period"] = str(periods[0])
    if not is_asked:
        # Only looked at: which forms it will be in is chosen when it is asked for.
        data.setdefault("forms", DOCX)
    return data


def _asked_before(person: Person, on: date) -> list[tuple[Bundle, str, str]]:
    """The last bundles of the person with period and unit in words."""
    found = list(queries.bundles_of(person)[:_SHOWN_BUNDLES])
    names = org.titles_of({one.unit_id for one in found}, on)
    return [(one, capfirst(Period.parse(one.period).label), names[one.unit_id]) for one in found]


def bundle(request: HttpRequest, pk: int) -> HttpResponse:
    """One bundle: how far it is, then its file, and what is not in it and why."""
    one = _own(request, pk)
    is_under_way = one.state in UNDER_WAY
    answer = page(
        request,
        "reports/bundles/bundle.html",
        _("Bộ báo cáo %(period)s") % {"period": Period.parse(one.period).label},
        crumbs=[list_crumb(), _crumb()],
        one=one,
        unit_name=capfirst(org.title_of(one.unit, today())),
        programme=Programme.objects.filter(pk=one.programme).first(),
        count=len(one.rows),
        is_under_way=is_under_way,
        is_ready=one.state == State.READY,
        may_remove=one.state in {*UNDER_WAY, State.READY},
        gone_at=one.ready_at + KEPT_FOR if one.ready_at else None,
    )
    if is_under_way:
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


def bundle_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The archive, for whoever asked for it."""
    one = _own(request, pk)
    if one.state != State.READY:
        raise Http404
    try:
        file = actions.path_of(one).open("rb")
    except OSError:
        raise Http404 from None
    actions.note_taken(bundle=one, by=signed_in(request), at=timezone.now())
    return FileResponse(
        file,
        as_attachment=True,
        filename=f"bao-cao-{one.unit_id}-{one.period}.zip",
        content_type="application/zip",
        headers={"Cache-Control": "no-store"},
    )


@require_POST
def bundle_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a bundle before its time."""
    actions.remove_bundle(bundle=_own(request, pk), by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã xóa bộ báo cáo."))
    return redirect("reports:bundles")


def _own(request: HttpRequest, pk: int) -> Bundle:
    """The bundle, or 404 for whoever did not ask for it: it holds what that person may read."""
    return get_object_or_404(Bundle.objects.select_related("unit"), pk=pk, asked_by=signed_in(request))


def _crumb() -> Crumb:
    return reverse("reports:bundles"), _("Tải mọi báo cáo của một kỳ")
