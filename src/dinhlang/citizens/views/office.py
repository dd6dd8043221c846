"""What an office sets up once: standard replies, and who handles which category."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.forms import ReplyFilter, ReplyForm
from dinhlang.citizens.models import Route, StandardReply
from dinhlang.citizens.rules.answers import Outdated, outdated
from dinhlang.citizens.rules.categories import Category, categories, label_of
from dinhlang.citizens.rules.ladder import ASSIGNER, PART, days_until
from dinhlang.citizens.rules.terms import Terms
from dinhlang.citizens.views.seen import crumb, parts_of, people_of
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission, Refused, printed_day
from dinhlang.org.views import (
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body


def reply_list(request: HttpRequest) -> HttpResponse:
    """The standard replies of a body, with what of them is out of force today, and a form for another."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    may_write = permissions.can_assign(signed_in(request), body, on)
    form = ReplyForm(posted(request)[0] if may_write else None)
    if form.is_valid():
        try:
            actions.write_reply(unit=body, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu câu trả lời mẫu."))
            return redirect(f"{reverse('citizens:replies')}?{urlencode({'unit': body.pk})}")
    asked, found = _replies_asked(request, body, on)
    rows = slice_of(request, found)
    return page(
        request,
        "citizens/replies.html",
        _("Câu trả lời mẫu"),
        crumbs=[crumb()],
        body=body,
        form=asked,
        new=form,
        page=rows,
        rows=[_told(one, on) for one in rows],
        query=query_without_page(request),
        kinds=tables.KINDS,
        may_write=may_write,
    )


def _replies_asked(request: HttpRequest, body: Unit, on: date) -> tuple[ReplyFilter, list[StandardReply]]:
    form = ReplyFilter(request.GET or None, units=units_for(request, Permission.CITIZENS_READ, on))
    rows = queries.replies(body)
    if category := form.asked.get("category"):
        rows = rows.filter(category=category)
    # An office writes some dozens of replies: they are looked through here, without marks.
    found = [one for one in rows if form.fits(f"{one.title} {one.words}")]
    if form.asked.get("standing"):
        found = [one for one in found if outdated(one.words, on)]
    return form, found


def _told(reply: StandardReply, on: date) -> tuple[StandardReply, str, list[Outdated]]:
    """A reply with its category and what of its grounds is out of force."""
    return reply, label_of(reply.category) if reply.category else "", outdated(reply.words, on)


@require_POST
def reply_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The replies that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    _form, found = _replies_asked(request, body, on)
    export_list(
        action="reply.export", rows={body.pk: len(found)}, form=form, by=signed_in(request), at=timezone.now()
    )
    header = [_("Tên câu trả lời mẫu"), _("Lĩnh vực"), _("Lời"), _("Căn cứ đã hết hiệu lực"), _("Sửa lúc")]
    rows = (
        (
            one.title,
            category,
            one.words,
            " ".join(fault.message for fault in faults),
            printed_day(timezone.localdate(one.changed_at)),
        )
        for one, category, faults in (_told(one, on) for one in found)
    )
    return tables.download(f"cau-tra-loi-mau-{body.pk}-{on:%Y%m%d}", form, header, rows)


@require_POST
def reply_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a standard reply no more."""
    on = today()
    reply = get_object_or_404(StandardReply.objects.select_related("unit"), pk=pk)
    if not permissions.can_assign(signed_in(request), reply.unit, on):
        return HttpResponse(status=404)
    actions.end_reply(reply=reply, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã thôi dùng câu trả lời mẫu."))
    return redirect(f"{reverse('citizens:replies')}?{urlencode({'unit': reply.unit_id})}")


@dataclass(frozen=True, slots=True)
class _RouteRow:
    """A category with who handles it, as it stands or as it was just typed; `wrong` says why that was not saved, `is_alone` that
    nobody of the part is there, `has_left` that the person is not. A name that no list offers any more is shown all the same."""

    category: Category
    term: str
    handler: str
    part: str
    handler_name: str
    part_name: str
    is_handler_offered: bool
    is_part_offered: bool
    wrong: str = ""
    is_alone: bool = False
    has_left: bool = False


def route_list(request: HttpRequest) -> HttpResponse:
    """Who handles which category, and by which terms days are promised."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    may_write = permissions.can_assign(signed_in(request), body, on)
    wrong: dict[str, str] = {}
    if request.method == "POST" and may_write:
        wrong = _set_routes(request, body)
        if not wrong:
            messages.success(request, _("Đã lưu phân công theo lĩnh vực."))
            return redirect(f"{reverse('citizens:routes')}?{urlencode({'unit': body.pk})}")
        messages.error(request, _("Chưa lưu phân công. Xem dòng có chữ đỏ, sửa rồi lưu lại."))
    terms, people, parts = queries.terms_of(body, on), people_of(body, on), parts_of(body, on)
    return page(
        request,
        "citizens/routes.html",
        _("Phân công và thời hạn"),
        crumbs=[crumb()],
        body=body,
        rows=_route_rows(request, body, terms, wrong, dict(people), dict(parts)),
        people=people,
        parts=parts,
        terms=terms,
        days_unclaimed=days_until(PART, ASSIGNER),
        may_write=may_write,
    )


def _route_rows(
    request: HttpRequest,
    body: Unit,
    terms: Terms,
    wrong: dict[str, str],
    people: dict[str, str],
    parts: dict[str, str],
) -> list[_RouteRow]:
    on = today()
    routes = {one.category: one for one in Route.objects.filter(unit=body).select_related("handler", "unit")}
    part_ids = {one.part_id for one in routes.values() if one.part_id}
    there = queries.people_of_parts(part_ids, on)
    named = people | {str(one.handler_id): one.handler.full_name for one in routes.values() if one.handler}
    called = parts | org.titles_of(part_ids - parts.keys(), on)
    rows = []
    for category in categories().values():
        key, route = category.key, routes.get(category.key)
        handler, part = (str(route.handler_id or ""), route.part_id or "") if route else ("", "")
        has_left = route is not None and bool(handler) and not _is_there(route, people, there, on)
        is_alone = bool(part) and (not handler or has_left) and part not in there
        if wrong:
            handler, part = _typed(request, key)
        rows.append(
            _RouteRow(
                category,
                terms.answer_of(key),
                handler,
                part,
                named.get(handler, ""),
                called.get(part, ""),
                handler in people or handler not in named,
                part in parts or part not in called,
                wrong.get(key, ""),
                is_alone,
                has_left,
            )
        )
    return rows


def _is_there(route: Route, people: dict[str, str], there: dict[str, queries.People], on: date) -> bool:
    """`queries.is_there`, without a question for whoever the lists of this page have already."""
    in_part = there.get(route.part_id or "", queries.People()).all
    known = str(route.handler_id) in people and (route.part_id is None or route.handler in in_part)
    return known or queries.is_there(route, on)


def _typed(request: HttpRequest, category: str) -> tuple[str, str]:
    return request.POST.get(f"handler-{category}", ""), request.POST.get(f"part-{category}", "")


def _set_routes(request: HttpRequest, body: Unit) -> dict[str, str]:
    """Save all of them, or none where one cannot be: gives what is wrong, by category."""
    wrong: dict[str, str] = {}
    with transaction.atomic():
        for key in categories():
            person, part = _typed(request, key)
            try:
                actions.set_route(
                    unit=body,
                    category=key,
                    handler=Person.objects.filter(pk=person).first()
                    if person.isdecimal() and len(person) < 10
                    else None,
                    part=Unit.objects.filter(pk=part).first() if part else None,
                    by=signed_in(request),
                    at=timezone.now(),
                )
            except Refused as reason:
                wrong[key] = str(reason)
        transaction.set_rollback(bool(wrong))
    return wrong
