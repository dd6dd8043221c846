"""The reports of the demonstration."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions.drafting import draft_report
from dinhlang.reports.actions.issuing import issue_report
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Programme, Report
from dinhlang.reports.rules import PROGRAMME

_DEMO_UNIT = "ben-truc"


def load_demo(*, at: datetime) -> None:
    """Give the fictional commune its reports of the year so far, once: the half year issued, nine months drafted."""
    unit = Unit.objects.get(pk=_DEMO_UNIT)
    today = localdate(at)
    _load_duties(today.year, at)
    if Report.objects.filter(unit=unit).exists():
        return
    half, nine_months = Period.parse(f"{today.year}-H1"), Period.parse(f"{today.year}-9M")
    issue_day = date(today.year, 6, 16)
    with transaction.atomic():
        if today >= issue_day:
            issue_report(
                report=draft_report(unit=unit, period=half, by=None, at=at), on=issue_day, by=None, at=at
            )
        if today >= date(today.year, 9, 15):
            draft_report(unit=unit, period=nine_months, by=None, at=at)


def _load_duties(year: int, at: datetime) -> None:
    """What the fictional communes owe this year, with what fell due before the demonstration was loaded."""
    import_shipped(at=at)
    units = [_DEMO_UNIT, "ben-dua"]
    programme = Programme.objects.get(pk=PROGRAMME)
    for part in ("H1", "9M"):
        duties.open_period(programme=programme, period=Period.parse(f"{year}-{part}"), at=at, units=units)
    duties.open_due(at=at)
