"""Quality beside speed: measured once of what was issued, summed by unit, as of a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties import actions, queries
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.duties.measuring import measure, measure_missing
from dinhlang.reports.models import Obligation, Programme, Report, ReportQuality
from dinhlang.work import actions as work
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def issued(cast: Cast) -> Report:
    """The half year's report: one article shown, one meeting nobody can show."""
    for kind, concept, shown in (("website", "articles", True), ("meeting", "meetings", False)):
        work.record_activity(
            unit=cast.commune,
            kind=kind,
            happened_on=date(2023, 3, 8),
            title=f"Việc của {kind}",
            measures={concept: 1},
            evidence=[LinkEvidence("https://vi-du.example/tin")] if shown else [],
            by=cast.culture_officer,
            at=cast.now,
        )
    draft = draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )
    return issue_report(report=draft, on=cast.today, by=None, at=cast.now)


def test_a_figure_without_evidence_is_counted_and_named(cast: Cast) -> None:
    report = issued(cast)
    kept = measure(report, cast.now)
    bare = {anchor.split("_")[0] for anchor, _value in kept.told["bare"]}
    assert "meetings" in bare
    assert "articles" not in bare
    assert 0 < kept.evidenced < kept.figures
    assert kept.figures - kept.evidenced == len(kept.told["bare"])
    assert kept.copied <= kept.letters
    assert measure(report, cast.now) == kept


def test_what_nobody_measured_is_measured_by_the_worker_once(cast: Cast) -> None:
    issued(cast)
    assert measure_missing(at=cast.now) == 1
    assert measure_missing(at=cast.now) == 0
    assert ReportQuality.objects.count() == 1


def test_the_table_sums_quality_beside_what_came_in_time(cast: Cast) -> None:
    import_shipped(at=cast.now)
    programme = Programme.objects.get(pk="cchc-tuyen-truyen")
    actions.open_period(programme=programme, period=Period.parse("2023-H1"), at=cast.now)
    report = issued(cast)
    kept = measure(report, cast.now)
    rows = Obligation.objects.filter(programme=programme, period="2023-H1")
    duty = rows.get(unit=cast.commune)
    actions.note_sent(
        obligation=duty, sent_on=cast.today, sent_as="01/BC-UBND", by=cast.culture_officer, at=cast.now
    )
    names = {"ben-truc": "Xã Bến Trúc", "ben-dua": "Xã Bến Dừa"}
    found = queries.table(rows, names, cast.today)
    told = {line.unit_id: line.quality for line in found.lines}
    assert (told["ben-truc"].figures, told["ben-truc"].evidenced) == (kept.figures, kept.evidenced)
    assert told["ben-truc"].findings_each == kept.findings
    assert told["ben-dua"].evidence_share is None
    assert found.quality.evidence_share == told["ben-truc"].evidence_share
    before = queries.table(rows, names, date(2023, 7, 1))
    assert before.quality.figures == 0
