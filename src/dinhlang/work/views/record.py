"""Recording an act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.work import actions, forms, queries
from dinhlang.work.models import ActivityKind, Task
from dinhlang.work.views.ledger import ledger_crumb


def activity_kinds(request: HttpRequest) -> HttpResponse:
    """First step of recording: what kind of act, the kinds that the task speaks of before the others."""
    on = today()
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    task = _asked_task(request, units, on)
    expected = task.expected_kinds if task else []
    return page(
        request,
        "work/kinds.html",
        "Ghi hoạt động",
        crumbs=[ledger_crumb()],
        task=task,
        likely=[kind for kind in ActivityKind.choices if kind[0] in expected],
        kinds=[kind for kind in ActivityKind.choices if kind[0] not in expected],
        may_record=bool(units),
    )


def _asked_task(request: HttpRequest, units: dict[str, str], on: date) -> Task | None:
    """The task the address names (?task=…), if the person may record for it."""
    asked = request.GET.get("task", "")
    return queries.open_tasks(units, on).filter(pk=asked).first() if asked.isdecimal() else None


def _likely_task(tasks: Iterable[Task], kind: str, on: date) -> Task | None:
    """The one task of this year that speaks of this kind; with several, the person chooses."""
    found = [task for task in tasks if kind in task.expected_kinds and task.plan.year == on.year]
    return found[0] if len(found) == 1 else None


def activity_record(request: HttpRequest, kind: str) -> HttpResponse:
    """Second step of recording: the line, with only the counters that fit its kind."""
    if kind not in ActivityKind.values:
        raise Http404
    on = today()
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    tasks = queries.open_tasks(units, on)
    task = _asked_task(request, units, on) or _likely_task(tasks, kind, on)
    initial = {
        "uid": uuid4(),
        "happened_on": on,
        "unit": task.plan.unit_id if task else next(iter(units), None),
        "task": task,
    }
    form = forms.ActivityForm(
        *posted(request),
        kind=ActivityKind(kind),
        units=units,
        tasks=tasks,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            line = actions.record_activity(
                unit=asked["unit"],
                kind=kind,
                happened_on=asked["happened_on"],
                title=asked["title"],
                measures=form.measures(),
                task=asked["task"],
                evidence=form.evidence(),
                uid=asked["uid"],
                basis=asked["basis"],
                reform_field=asked["reform_field"],
                note=asked["note"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã ghi vào sổ.")
            return redirect("work:activity", line.pk)
    label = ActivityKind(kind).label
    return page(
        request,
        "work/record.html",
        f"Ghi hoạt động: {label}",
        crumbs=[ledger_crumb(), (reverse("work:kinds"), "Chọn loại")],
        form=form,
        may_record=bool(units),
    )
