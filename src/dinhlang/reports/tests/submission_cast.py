"""What tests of submission begin with: a commune that owes a report, and the report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Programme, Report
from dinhlang.reports.rules import PROGRAMME
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import Count, LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast

H1 = Period.parse("2023-H1")


def owed(cast: Cast) -> Obligation:
    """What the commune owes for the first half year."""
    import_shipped(at=cast.now)
    open_period(programme=Programme.objects.get(pk=PROGRAMME), period=H1, at=cast.now)
    return Obligation.objects.get(unit=cast.commune, programme=PROGRAMME, period=str(H1))


def issued(cast: Cast) -> Report:
    """The commune's report of two articles, one with the link that shows it, issued."""
    for day, link in ((5, "https://bentruc.example.vn/tin/1"), (6, "")):
        record_activity(
            unit=cast.commune,
            kind="website",
            happened_on=date(2023, 3, day),
            title=f"Bài về cải cách hành chính {day}",
            measures={"articles": 1, "visits": Count(3500, "hơn")} if link else {"articles": 1},
            evidence=[LinkEvidence(link)] if link else [],
            by=cast.culture_officer,
            at=cast.now,
        )
    draft = draft_report(unit=cast.commune, period=H1, by=cast.culture_officer, at=cast.now)
    return issue_report(report=draft, on=cast.today, by=None, at=cast.now)
