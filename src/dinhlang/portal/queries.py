"""What meets on the first page of the desk: what is due, what has a gap, which report is on its way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission
from dinhlang.periods.identifier import Period
from dinhlang.reports import queries as reports
from dinhlang.reports.models import Report
from dinhlang.work import queries as work

DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class UnitDesk:
    """One unit's matters on a day: what is due or late, continuous tasks with gaps, drafts under way; and what the
    person may do about them."""

    unit: Unit
    name: str
    due: list[work.Due]
    gaps: list[work.TaskProgress]
    drafts: list[tuple[Report, str]]
    unevidenced: int
    may_record: bool
    may_draft: bool

    @property
    def is_calm(self) -> bool:
        return not (self.due or self.gaps or self.drafts or self.unevidenced)


def desks(person: Person, on: date) -> list[UnitDesk]:
    """The desks of the bodies the person acts for."""
    return [_desk(person, unit, on) for unit in org.home_units(person, on)]


def _desk(person: Person, unit: Unit, on: date) -> UnitDesk:
    plans = work.plans_for(person, on).filter(unit=unit, year=on.year)
    gaps = [task for plan in plans for task in work.progress(plan, on).tasks if task.gaps]
    drafts = reports.reports_for(person, on).filter(unit=unit, status=Report.Status.DRAFT)
    return UnitDesk(
        unit,
        org.title_of(unit, on),
        work.due(unit, on, DAYS_AHEAD),
        gaps,
        [(report, Period.parse(report.period).label) for report in drafts],
        work.ledger(unit, standing=work.Standing.UNEVIDENCED).count(),
        can(person, Permission.ACTIVITY_RECORD, unit, on),
        can(person, Permission.REPORT_DRAFT, unit, on),
    )
