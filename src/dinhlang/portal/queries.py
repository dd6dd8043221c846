"""What meets on the first page of the desk: what is due, what waits, what has gaps, which report is on its way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.desk import Looking
from dinhlang.org.models import Unit
from dinhlang.org.rules import ROLES, Permission, Role
from dinhlang.periods.identifier import Period
from dinhlang.portal import first_steps
from dinhlang.portal.first_steps import Step
from dinhlang.portal.waiting import MOST_SHOWN, Waiting, waiting
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.queries import Shown
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Report
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.submission import queries as submission
from dinhlang.work import queries as work
from dinhlang.work.models import Plan
from dinhlang.work.rules import State as TaskState

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class Pile:
    """Tasks of one kind that ask for something: those shown, and where all of them stand, plan by plan.

    `plans` holds for each plan its year, how many of the tasks are in it, and the address that lists just them.
    """

    shown: list[Any]
    count: int
    plans: list[tuple[int, int, str]]


def pile(found: Sequence[Any], standing: str) -> Pile:
    """The first few of what was found, and the way to all of it. Each item has its `task`."""
    by_plan = Counter(one.task.plan for one in found)
    return Pile(
        list(found[:MOST_SHOWN]),
        len(found),
        [
            (plan.year, count, f"{reverse('work:plan', args=[plan.pk])}?{urlencode({'standing': standing})}")
            for plan, count in by_plan.items()
        ],
    )


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """The next report that the unit owes: the obligation with its reasons, the draft if there is one, and how many
    other reports are owed beside it."""

    duty: Shown
    period: Period | None
    draft: Report | None
    known: int
    figures: int
    others: int
    others_late: int

    @property
    def due_on(self) -> date:
        return self.duty.limit


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """One unit's matters on a day, and what the person may do about them."""

    unit: Unit
    name: str
    has_plan: bool
    late: Pile
    soon: Pile
    waiting: list[Waiting]
    gaps: Pile
    report: OnTheWay | None
    may_record: bool
    may_draft: bool
    may_import: bool
    steps: list[Step]

    @property
    def is_calm(self) -> bool:
        return self.has_plan and not (
            self.late.count or self.soon.count or self.waiting or self.gaps.count or self.steps
        )


def desks(looking: Looking) -> list[UnitDesk]:
    """The desks of the bodies the person acts for."""
    return [_desk(looking, unit) for unit in looking.home_units]


def _desk(looking: Looking, unit: Unit) -> UnitDesk:
    on, allowed = looking.on, looking.permissions_in(unit)
    plans = [
        work.progress(plan, on) for plan in Plan.objects.filter(unit=unit, year__range=(on.year - 1, on.year))
    ]
    this_year = [progress for progress in plans if progress.plan.year == on.year]
    due = work.due_of(plans, on, DAYS_AHEAD)
    owed = duties.next_owed(unit.pk, on, looking.person)
    return UnitDesk(
        unit=unit,
        name=org.title_of(unit, on),
        has_plan=bool(this_year),
        late=pile([one for one in due if one.state is TaskState.LATE], "late"),
        soon=pile([one for one in due if one.state is not TaskState.LATE], ""),
        waiting=list(waiting(looking, unit, allowed, owed)),
        gaps=pile([task for progress in this_year for task in progress.tasks if task.gaps], "late"),
        report=_on_the_way(owed),
        may_record=Permission.ACTIVITY_RECORD in allowed,
        may_draft=Permission.REPORT_DRAFT in allowed,
        may_import=Permission.PLAN_IMPORT in allowed,
        steps=first_steps.steps(looking, unit),
    )


# --- the next report ------------------------------------------------------------------------------


def _on_the_way(owed: list[Shown]) -> OnTheWay | None:
    """The first report that is owed, those on communication first, then others that the desk writes; and how many more there are."""
    if not owed:
        return None
    here = [one for one in owed if one.row.programme is not None and one.row.programme.is_drafted]
    here = [one for one in here if one.row.programme_id == PROGRAMME] or here
    first = here[0] if here else owed[0]
    others = [one for one in owed if one is not first]
    draft = _draft(first.draft_id)
    return OnTheWay(
        duty=first,
        period=Period.parse(first.row.period) if first.row.period else None,
        draft=draft,
        known=getattr(draft, "known_count", 0),
        figures=getattr(draft, "figure_count", 0),
        others=len(others),
        others_late=sum(one.state is State.LATE for one in others),
    )


def _draft(pk: int | None) -> Report | None:
    if pk is None:
        return None
    counted = Report.objects.annotate(
        figure_count=Count("figures"),
        known_count=Count("figures", filter=Q(figures__value__isnull=False)),
    )
    return counted.defer("document").filter(pk=pk).first()


# --- whoever looks from above ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Overview:
    """The units below a reviewer: how many there are and have a plan this year; of the last period that was due how
    many owed its report, have sent it, and who has not."""

    units: int
    with_plan: int
    period: Period | None
    owed: int
    sent: int
    silent: list[tuple[str, str]]
    waiting: int
    to_decide: int


def overview(looking: Looking) -> Overview | None:
    """What a reviewer sees first; `None` for whoever watches over no other unit."""
    on = looking.on
    if not any(ROLES[Role(post.role)].sees_below for post in looking.posts):
        return None
    below = Unit.objects.in_force(on).filter(pk__in=looking.readable_ids, level=Unit.Level.COMMUNE)
    ids = set(below.values_list("pk", flat=True))
    if not ids:
        return None
    last = duties.last_due(PROGRAMME, looking.readable_ids, on)
    counted = [one for one in last if one.state.counts]
    silent = sorted({one.row.unit_id for one in counted if one.state.is_owed})[:20]
    names = org.titles_of(silent, on)
    return Overview(
        units=len(ids),
        with_plan=Plan.objects.filter(unit__in=ids, year=on.year).values("unit").distinct().count(),
        period=Period.parse(last[0].row.period) if last else None,
        owed=len(counted),
        sent=sum(not one.state.is_owed for one in counted),
        silent=[(pk, capfirst(names[pk])) for pk in silent],
        waiting=duties.extensions_for(looking.readable_ids).count(),
        to_decide=submission.to_decide(looking.readable_ids).count(),
    )
