"""What an office sets up once: standard replies, who handles which category; and its figures."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.forms import ReplyForm, WindowForm
from dinhlang.citizens.models import Route, StandardReply
from dinhlang.citizens.rules.answers import outdated
from dinhlang.citizens.rules.categories import categories, label_of
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.views.seen import crumb, parts_of, people_of
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, readable_units, show_refusal, signed_in, today, visible_unit
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
    rows = queries.replies(body)[:200]
    return page(
        request,
        "citizens/replies.html",
        _("Câu trả lời mẫu"),
        crumbs=[crumb()],
        body=body,
        form=form,
        rows=[(one, label_of(one.category) if one.category else "", outdated(one.words, on)) for one in rows],
        may_write=may_write,
    )


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


def route_list(request: HttpRequest) -> HttpResponse:
    """Who handles which category, and by which terms days are promised."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    may_write = permissions.can_assign(signed_in(request), body, on)
    people, parts = people_of(body, on), parts_of(body, on)
    if request.method == "POST" and may_write:
        for key in categories():
            _set_route(request, body, key)
        messages.success(request, _("Đã lưu phân công theo lĩnh vực."))
        return redirect(f"{reverse('citizens:routes')}?{urlencode({'unit': body.pk})}")
    routes = {one.category: one for one in Route.objects.filter(unit=body).select_related("handler")}
    terms = queries.terms_of(body, on)
    return page(
        request,
        "citizens/routes.html",
        _("Phân công và thời hạn"),
        crumbs=[crumb()],
        body=body,
        rows=[(one, routes.get(one.key), terms.answer_of(one.key)) for one in categories().values()],
        people=people,
        parts=parts,
        terms=terms,
        may_write=may_write,
    )


def _set_route(request: HttpRequest, body: Unit, category: str) -> None:
    person, part = request.POST.get(f"handler-{category}", ""), request.POST.get(f"part-{category}", "")
    actions.set_route(
        unit=body,
        category=category,
        handler=Person.objects.filter(pk=person).first() if person.isdecimal() and len(person) < 10 else None,
        part=Unit.objects.filter(pk=part).first() if part else None,
        by=signed_in(request),
        at=timezone.now(),
    )


def figures(request: HttpRequest) -> HttpResponse:
    """Figures of a window; nobody is in them, so whoever sees the unit sees them."""
    on = today()
    units = readable_units(request, on)
    body = visible_unit(request, request.GET.get("unit") or next(iter(units), ""), on)
    form = WindowForm(request.GET or None, units=units)
    since, until = form.window(on)
    found = queries.statistics(body, since=since, until=until, at=timezone.now())
    return page(
        request,
        "citizens/figures.html",
        _("Thống kê phản ánh, kiến nghị"),
        crumbs=[crumb()] if permissions.can_take(signed_in(request), body, on) else [],
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        since=since,
        until=until,
        found=found,
        by_category=[(label_of(key), count) for key, count in found.by_category],
        by_way=[(Way(key).label, count) for key, count in found.by_way],
    )
