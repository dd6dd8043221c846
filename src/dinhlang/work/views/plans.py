"""Plans as pages: the list, one plan, its number and day."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    may,
    page,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.work import actions, forms, queries
from dinhlang.work.models import Plan
from dinhlang.work.views.files import download


def plans_crumb() -> tuple[str, str]:
    return reverse("work:plans"), _("Kế hoạch")


def asked_plans(request: HttpRequest, on: date) -> tuple[QuerySet[Plan], ListFilter]:
    """The plans that pass the filter of the list, and the filter."""
    plans = queries.plans_for(request.user, on).defer("document")
    years = plans.order_by("-year").values_list("year", flat=True).distinct()
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    return filtered(plans, form, text="title", year="year").order_by("-year", "unit", "-pk"), form


def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the units the person may see, each with how far it is."""
    on = today()
    plans, form = asked_plans(request, on)
    shown = slice_of(request, plans)
    progress = queries.progress_of(list(shown), on)
    names = org.titles_of({plan.unit_id for plan in shown}, on)
    may_import = bool(units_for(request, Permission.PLAN_IMPORT, on))
    return page(
        request,
        "work/plans.html",
        _("Kế hoạch"),
        rows=[(plan, names[plan.unit_id], progress[plan.pk]) for plan in shown],
        page=shown,
        query=query_without_page(request),
        query_string=request.GET.urlencode(),
        form=form,
        may_import=may_import,
        waiting=queries.drafts_for(request.user, on).count() if may_import else 0,
    )


def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: its tasks with their occurrences and lines, what it asks of each unit, what looked wrong in it."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on).select_related("rolled_from"), pk=pk)
    progress = queries.progress(plan, on)
    form = forms.TaskFilter(request.GET if {"q", "standing"} & request.GET.keys() else None)
    return page(
        request,
        "work/plan.html",
        plan.title,
        crumbs=[plans_crumb()],
        plan=plan,
        unit_name=org.title_of(plan.unit, plan.issued_on or date(plan.year, 1, 1)),
        progress=progress,
        tasks=[task for task in progress.tasks if form.passes(task)],
        form=form,
        assignments=plan.assignments.all(),
        warnings=queries.warnings(plan),
        on=on,
        next_year=plan.year + 1,
        just_saved=request.GET.get("saved") == str(plan.version),
        rolled_to=plan.rolled_to.order_by("-pk").first(),
        may_record=may(request, Permission.ACTIVITY_RECORD, plan.unit, on),
        may_amend=may(request, Permission.PLAN_EDIT, plan.unit, on),
        may_roll_over=may(request, Permission.PLAN_IMPORT, plan.unit, on),
    )


def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the number and day that the plan's document left blank, so that reports can cite it."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    known = f"{plan.number}/{plan.symbol}" if plan.number else ""
    form = forms.PlanNumberForm(request.POST or None, initial={"number": known, "issued_on": plan.issued_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_plan(plan=plan, **form.cleaned_data, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi số, ngày của kế hoạch."))
            return redirect("work:plan", plan.pk)
    crumbs = [plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)]
    return page(request, "work/amend.html", _("Số, ngày của kế hoạch"), crumbs=crumbs, form=form, plan=plan)


def plan_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The document the plan was read from, as it came."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    if plan.source is None:
        raise Http404
    return download(plan.source, plan.source_name)
