"""A plan's year as a picture, as a list of one month for phones, and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.views import page, today
from dinhlang.periods.window import numeric_date
from dinhlang.work import forms, queries, year_picture
from dinhlang.work.models import Plan
from dinhlang.work.queries import OccurrenceProgress, TaskProgress
from dinhlang.work.rules import State
from dinhlang.work.views.plans import plans_crumb
from dinhlang.work.year_picture import Mark


@dataclass(frozen=True, slots=True)
class ShownTime:
    """One time a task is due, as the page shows it: where its evidence is, and all of it as a sentence."""

    task: TaskProgress
    progress: OccurrenceProgress
    address: str
    words: str
    mark: Mark | None = None


def plan_year(request: HttpRequest, pk: int) -> HttpResponse:
    """The year of a plan: tasks down, months across, a mark for each time a task is due."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    progress = queries.progress(plan, on)
    form = forms.YearFilter(request.GET or None, leads=year_picture.leads_of(progress.tasks))
    asked = form.asked
    state = State(asked["state"]) if asked.get("state") else None
    month = int(asked["month"]) if asked.get("month") else None
    drawn = year_picture.picture(progress, lead=asked.get("lead", ""), state=state, month=month)
    rows = [
        (line.task, [_time(plan, line.task, mark.progress, mark) for mark in line.marks])
        for line in drawn.lines
    ]
    agenda_month = month or (on.month if plan.year == on.year else 1)
    return page(
        request,
        "work/plan_year.html",
        _("Kế hoạch trong năm %(year)d") % {"year": plan.year},
        crumbs=[plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)],
        plan=plan,
        unit_name=org.title_of(plan.unit, plan.issued_on or date(plan.year, 1, 1)),
        progress=progress,
        form=form,
        rows=rows,
        today_at=drawn.today,
        on=on,
        months=range(1, 13),
        states=year_picture.STATES,
        month_lines=[f"{month * 100 / 12:.2f}%" for month in range(1, 12)],
        agenda=[
            _time(plan, task, one)
            for task, one in year_picture.in_month(drawn.lines, plan.year, agenda_month)
        ],
        agenda_month=agenda_month,
        is_month_asked=month is not None,
        before=agenda_month - 1 or None,
        after=agenda_month + 1 if agenda_month < 12 else None,
        query=_without_month(request),
        count=sum(len(times) for _task, times in rows),
    )


def _without_month(request: HttpRequest) -> str:
    rest = request.GET.copy()
    rest.pop("month", None)
    return f"{rest.urlencode()}&" if rest else ""


def _time(plan: Plan, task: TaskProgress, one: OccurrenceProgress, mark: Mark | None = None) -> ShownTime:
    time = one.occurrence
    asked: dict[str, Any] = {
        "unit": plan.unit_id,
        "task": task.task.pk,
        "start": time.starts_on.isoformat(),
        "end": time.ends_on.isoformat(),
    }
    words = _("%(task)s, từ %(start)s đến %(end)s, hạn %(due)s: %(state)s") % {
        "task": task.task.text,
        "start": numeric_date(time.starts_on),
        "end": numeric_date(time.ends_on),
        "due": numeric_date(time.due_on),
        "state": one.state.label,
    }
    return ShownTime(task, one, f"{reverse('work:ledger')}?{urlencode(asked)}", words, mark)
