"""The desk's side of plans that are open to all: open one, open it again as it was amended, close it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Refused
from dinhlang.org.views import page, show_refusal, signed_in, today
from dinhlang.portal.models import OpenPlan
from dinhlang.portal.papers import actions, queries
from dinhlang.portal.papers.forms import OpenPlanForm
from dinhlang.portal.public import rules
from dinhlang.portal.public.forms import WithdrawForm
from dinhlang.portal.public.permissions import can_publish
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.work.models import Plan
from dinhlang.work.queries import plans_for, printed_document


def _plan(request: HttpRequest, pk: int) -> Plan:
    return get_object_or_404(plans_for(request.user, today()).select_related("unit"), pk=pk)


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: open it to all, or close it."""
    return _detail(request, _plan(request, pk))


def _detail(
    request: HttpRequest,
    plan: Plan,
    publish: OpenPlanForm | None = None,
    withdraw: WithdrawForm | None = None,
) -> HttpResponse:
    opened = queries.opened(plan)
    return page(
        request,
        "portal/open_plan.html",
        plan.title,
        crumbs=[(reverse("publications:list"), _("Công khai"))],
        plan=plan,
        publication=opened,
        is_amended=bool(opened and opened.is_open and opened.version != plan.version),
        address=_address(opened),
        passages=rules.passages(printed_document(plan)),
        publish=publish
        or OpenPlanForm(initial={"shows_progress": opened.shows_progress} if opened else None),
        withdraw=withdraw or WithdrawForm(),
        may_publish=can_publish(signed_in(request), plan.unit, today()),
    )


def _address(opened: OpenPlan | None) -> str:
    """Where everyone reads it; empty while the unit has no site that is open."""
    site = registry.now().by_unit.get(opened.unit_id) if opened else None
    return absolute(site, Addresses(site).plan(opened.slug)) if site and opened else ""


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the plan to all as it reads now."""
    plan = _plan(request, pk)
    form = OpenPlanForm(request.POST)
    if form.is_valid():
        try:
            actions.open_plan(plan=plan, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã công khai kế hoạch. Ai cũng xem được ở mục Văn bản."))
            return redirect("publications:plan", pk)
    return _detail(request, plan, publish=form)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the plan again."""
    plan = _plan(request, pk)
    opened = queries.opened(plan)
    if opened is None:
        raise Http404
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            actions.close_plan(
                opened=opened, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã gỡ. Địa chỉ cũ nay chỉ cho biết ngày và lý do gỡ."))
            return redirect("publications:plan", pk)
    return _detail(request, plan, withdraw=form)
