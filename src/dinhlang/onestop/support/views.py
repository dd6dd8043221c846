"""The log of the community digital team: one tap for somebody helped, guides to help by, the list, the figures.

Every button is a form, so that it works without a script; with one, what is tapped without a network waits on the phone
(`work/outbox.js`) and is sent once, by the key of its form.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.onestop.forms import BookForm
from dinhlang.onestop.models import Support, SupportMatter, SupportOutcome
from dinhlang.onestop.queries.counter import procedures_to_choose
from dinhlang.onestop.support import actions, guides, own, queries
from dinhlang.onestop.support.forms import LogFilter, SupportForm
from dinhlang.onestop.support.screens import screen_svg
from dinhlang.onestop.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.org.views import (
    body_asked,
    looking_of,
    page,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.vietnamese.numbers import printed

_MOST_PROCEDURES = 60


@never_cache
def support(request: HttpRequest) -> HttpResponse:
    """The buttons, one for each matter; a press writes one row.

    To `Accept: application/json` it answers 201 or 200 with where the row stands, 422 with what to mend, 409 when somebody
    else is signed in.
    """
    on = today()
    if request.method == "POST":
        return _tapped(request, on)
    body, bodies = body_asked(request, on)
    return _page(request, body, bodies, _form(request, body, on), on)


def guide(request: HttpRequest, guide: str) -> HttpResponse:
    """A guide in the helper's mode: all steps in one form, so that it goes on without a network."""
    on = today()
    body = managed_body(request, on, Permission.ACTIVITY_RECORD)
    found = own.guide_for(body.pk, guide)
    if found is None:
        raise Http404
    return page(
        request,
        "onestop/support_guide.html",
        found.title,
        crumbs=[crumb(), support_crumb(body)],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        guide=found,
        may_write=Permission.SITE_MANAGE in looking_of(request).permissions_in(body),
        steps=_drawn(found),
        form=_form(request, body, on),
        count=len(found.steps),
    )


def _drawn(found: guides.Guide) -> list[tuple[guides.Step, str, str]]:
    """Each step with its name in the log and its picture, which is ours and escapes what it is told."""
    return [(one, found.name_of(one), mark_safe(screen_svg(one.screen))) for one in found.steps]  # noqa: S308


def _page(
    request: HttpRequest, body: Unit, bodies: dict[str, str], form: SupportForm, on: date
) -> HttpResponse:
    may_record = Permission.ACTIVITY_RECORD in looking_of(request).permissions_in(body)
    person = signed_in(request)
    return page(
        request,
        "onestop/support.html",
        _("Sổ hỗ trợ số"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        may_record=may_record,
        matters=list(SupportMatter),
        guides=guides.all_guides(),
        people=queries.people(body, on, on),
        month=queries.people(body, on.replace(day=1), on),
        latest=queries.latest(body, person, on) if may_record else [],
    )


def _form(request: HttpRequest, body: Unit, on: date, data: Any = None) -> SupportForm:
    asked = request.GET
    return SupportForm(
        data,
        hamlets=queries.hamlets(body, on),
        procedures=[
            (one.code, f"{one.name[:90]} ({one.code})")
            for one in procedures_to_choose(body, on, most=_MOST_PROCEDURES)
        ],
        guides=guides.all_guides(),
        initial={
            "uid": uuid4(),
            "person": signed_in(request).pk,
            "unit": body.pk,
            "happened_on": on,
            "people": 1,
            "hamlet": asked.get("thon") or _own_hamlet(request, body, on),
            "place": asked.get("noi") or "house",
        },
    )


def _own_hamlet(request: HttpRequest, body: Unit, on: date) -> str:
    """The hamlet of a hamlet head: where their people live."""
    there = queries.hamlets(body, on)
    return next((post.unit_id for post in looking_of(request).posts if post.unit_id in there), "")


def _tapped(request: HttpRequest, on: date) -> HttpResponse:
    by_phone = "application/json" in request.headers.get("Accept", "")
    person = request.POST.get("person", "")
    if by_phone and person and person != str(request.user.pk):
        return JsonResponse({"reason": "person"}, status=409)
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    asked = request.POST.get("unit") or next(iter(units), "")
    if asked not in units:
        raise Http404
    body = Unit.objects.get(pk=asked)
    matter, _colon, outcome = request.POST.get("tap", "").partition(":")
    form = _form(request, body, on, request.POST)
    made = _add(request, body, form, matter, outcome) if form.is_valid() else None
    if made is None:
        if by_phone:
            return JsonResponse({"errors": form.errors.get_json_data()}, status=422)
        return _page(request, body, units, form, on)
    there = f"{reverse('onestop:support')}?{urlencode(_stays(made))}"
    if by_phone:
        told = {
            "address": there,
            "title": str(made.get_matter_display()),
            "today": printed(queries.people(body, on, on)),
        }
        return JsonResponse(told, status=201)
    messages.success(request, _("Đã ghi 1 lượt: %(what)s.") % {"what": made.get_matter_display()})
    return redirect(there)


def _add(request: HttpRequest, body: Unit, form: SupportForm, matter: str, outcome: str) -> Support | None:
    said = dict(form.cleaned_data)
    key, day = said.pop("uid"), said.pop("happened_on")
    for name in ("person", "unit"):
        said.pop(name)
    said["people"] = said["people"] or 1
    helped = actions.Helped(matter=matter, outcome=outcome or SupportOutcome.DONE, day=day, **said)
    try:
        return actions.add(unit=body, helped=helped, key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        if isinstance(reason, Unfit) and reason.field == "day":
            reason.field = "happened_on"
        show_refusal(form, reason)
    return None


def _stays(made: Support) -> dict[str, str]:
    """What the next tap very likely shares with this one."""
    return {"unit": made.unit_id, "thon": made.hamlet_id or "", "noi": made.place}


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back one that was written down by mistake."""
    body = managed_body(request, today(), Permission.ACTIVITY_RECORD)
    found = get_object_or_404(Support.objects.select_related("unit"), pk=pk, unit=body)
    try:
        actions.take_back(support=found, key=uuid4(), by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã rút lại lượt ghi nhầm."))
    if request.POST.get("ve") == "so":
        return redirect(f"{reverse('onestop:support-log')}?{urlencode({'unit': body.pk})}")
    return redirect(f"{reverse('onestop:support')}?{urlencode(_stays(found))}")


def log(request: HttpRequest) -> HttpResponse:
    """The log as a list: filtered, taken away as a table."""
    on = today()
    body, bodies = body_asked(request, on)
    form = _filter(request, body, bodies, on)
    found = _asked(form, body)
    rows = slice_of(request, found)
    allowed = looking_of(request).permissions_in(body)
    person = signed_in(request)
    names = queries.hamlets(body, on)
    return page(
        request,
        "onestop/support_log.html",
        _("Sổ hỗ trợ"),
        crumbs=[crumb(), support_crumb(body)],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[
            (
                one,
                names.get(one.hamlet_id or "", ""),
                _stuck_words(one),
                one.reversal_or_none is None
                and (Permission.ACTIVITY_REVERSE in allowed or one.by_id == person.pk),
            )
            for one in rows
        ],
        query=query_without_page(request),
    )


def _filter(request: HttpRequest, body: Unit, bodies: dict[str, str], on: date) -> LogFilter:
    members = queries.by_member(body, date.min, on)
    return LogFilter(
        request.GET or None,
        units=bodies,
        hamlets=queries.hamlets(body, on),
        people=[(one.key, one.name) for one in members if one.key],
    )


def _asked(form: LogFilter, body: Unit) -> QuerySet[Support]:
    asked = form.asked
    asked.pop("unit", None)
    return queries.log(body, queries.Asked(**asked))


def _stuck_words(one: Support) -> list[str]:
    found = [guides.step_named(name) for name in one.stuck]
    return [
        f"{place[0].title} {place[2]}/{len(place[0].steps)}: {place[1].title}"
        for place in found
        if place is not None
    ]


@require_POST
def export(request: HttpRequest, form: str) -> HttpResponseBase:
    """What the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    found = _asked(_filter(request, body, bodies, on), body)
    export_list(
        action="support.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Ngày"),
        _("Việc"),
        _("Thủ tục"),
        _("Thôn, tổ dân phố"),
        _("Nơi hỗ trợ"),
        _("Số lượt người"),
        _("Kết quả"),
        _("Số phút"),
        _("Nhóm tuổi"),
        _("Giới tính"),
        _("Vướng ở bước"),
        _("Người hỗ trợ"),
        _("Tình trạng"),
    ]
    return tables.download(
        f"so-ho-tro-{body.pk}-{on:%Y%m%d}", form, header, _rows(found, queries.hamlets(body, on))
    )


def _rows(found: QuerySet[Support], hamlets: Any) -> Iterator[tuple[str | int, ...]]:
    for one in found.iterator(chunk_size=500):
        yield (
            f"{one.day:%d/%m/%Y}",
            str(one.get_matter_display()),
            f"{one.procedure_name} ({one.procedure_code})" if one.procedure_code else "",
            hamlets.get(one.hamlet_id or "", ""),
            str(one.get_place_display()),
            one.people,
            str(one.get_outcome_display()),
            one.minutes if one.minutes is not None else "",
            str(one.get_age_display()),
            str(one.get_sex_display()),
            "; ".join(_stuck_words(one)),
            one.by.full_name if one.by else "",
            _("đã rút lại") if one.reversal_or_none is not None else _("được tính"),
        )


def figures(request: HttpRequest) -> HttpResponse:
    """People helped by month, hamlet, matter and member; each count leads to its rows, steps that trouble people to the guide."""
    on = today()
    body, bodies = body_asked(request, on)
    usual = {"first": on.replace(month=1, day=1), "last": on}
    form = BookForm(request.GET if "first" in request.GET else None, initial=usual)
    first, last = (
        (form.cleaned_data["first"], form.cleaned_data["last"]) if form.is_valid() else usual.values()
    )
    parts = (
        (
            _("Theo thôn, tổ dân phố"),
            _("Thôn, tổ dân phố"),
            "hamlet",
            queries.by_hamlet(body, first, last, on),
            _("Không rõ thôn"),
        ),
        (_("Theo việc"), _("Việc"), "matter", queries.by_matter(body, first, last), ""),
        (
            _("Theo người hỗ trợ"),
            _("Người hỗ trợ"),
            "by",
            queries.by_member(body, first, last),
            _("Không rõ người"),
        ),
    )
    days = {"unit": body.pk, "first": first, "last": last}
    there = reverse("onestop:support-log")
    return page(
        request,
        "onestop/support_figures.html",
        _("Số liệu hỗ trợ"),
        crumbs=[crumb(), support_crumb(body)],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        first=first,
        last=last,
        form=form,
        people=queries.people(body, first, last),
        all_of_them=f"{there}?{urlencode(days)}",
        parts=[
            (
                heading,
                column,
                [
                    (
                        one,
                        one.name or unnamed,
                        f"{there}?{urlencode({**days, name: one.key})}" if one.key else "",
                    )
                    for one in rows
                ],
            )
            for heading, column, name, rows, unnamed in parts
        ],
        months=[
            (one, f"{there}?{urlencode({**days, **_within(one.key, first, last)})}")
            for one in queries.by_month(body, first, last)
        ],
        done=f"&outcome={SupportOutcome.DONE}",
        may_record=Permission.ACTIVITY_RECORD in looking_of(request).permissions_in(body),
        stuck=queries.stuck(body, first, last),
    )


def _within(month: str, first: date, last: date) -> dict[str, date]:
    """The days of a month ('2026-11') that lie in the window."""
    begins = date.fromisoformat(f"{month}-01")
    ends = (begins + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return {"first": max(begins, first), "last": min(ends, last)}


def support_crumb(body: Unit) -> tuple[str, str]:
    return f"{reverse('onestop:support')}?{urlencode({'unit': body.pk})}", _("Sổ hỗ trợ số")
