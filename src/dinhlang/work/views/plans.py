"""Plans as pages: list, one plan, taking a document in."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    may,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.work import actions, forms, queries
from dinhlang.work.views.files import download


def plans_crumb() -> tuple[str, str]:
    return reverse("work:plans"), "Kế hoạch"


def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the units the person may see, each with how far it is."""
    on = today()
    plans = queries.plans_for(request.user, on).defer("document")
    years = plans.order_by("-year").values_list("year", flat=True).distinct()
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    shown = slice_of(request, filtered(plans, form, text="title", year="year"))
    rows = [(plan, org.title_of(plan.unit, on), queries.progress(plan, on)) for plan in shown]
    return page(
        request,
        "work/plans.html",
        "Kế hoạch",
        rows=rows,
        page=shown,
        query=query_without_page(request),
        form=form,
        may_import=bool(units_for(request, Permission.PLAN_IMPORT, on)),
    )


def plan_import(request: HttpRequest) -> HttpResponse:
    """Take in a plan's document."""
    on = today()
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.PLAN_IMPORT, on),
        accept=".txt,.md,.docx",
        hint="Văn bản kế hoạch: tệp .txt lấy từ PDF, hoặc .docx. Bảng phụ lục được đọc thành các nhiệm vụ.",
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            plan = actions.import_plan(
                unit=form.cleaned_data["unit"],
                data=file.read(),
                name=file.name,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, f"Đã nhập kế hoạch với {plan.tasks.count()} nhiệm vụ.")
            return redirect("work:plan", plan.pk)
    return page(
        request, "work/file.html", "Nhập kế hoạch", crumbs=[plans_crumb()], form=form, verb="Nhập kế hoạch"
    )


def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: its tasks with their occurrences and lines, what it asks of each unit, what looked wrong in it."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    return page(
        request,
        "work/plan.html",
        plan.title,
        crumbs=[plans_crumb()],
        plan=plan,
        unit_name=org.title_of(plan.unit, plan.issued_on or date(plan.year, 1, 1)),
        progress=queries.progress(plan, on),
        assignments=plan.assignments.all(),
        warnings=queries.warnings(plan),
        on=on,
        may_record=may(request, Permission.ACTIVITY_RECORD, plan.unit, on),
        may_amend=may(request, Permission.PLAN_EDIT, plan.unit, on),
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
            messages.success(request, "Đã ghi số, ngày của kế hoạch.")
            return redirect("work:plan", plan.pk)
    crumbs = [plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)]
    return page(request, "work/amend.html", "Số, ngày của kế hoạch", crumbs=crumbs, form=form, plan=plan)


def plan_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The document the plan was read from, as it came."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    if plan.source is None:
        raise Http404
    return download(plan.source, plan.source_name)
