"""The demonstration from commune to province: each stage is there, done by the actions that people use, and once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.utils.timezone import get_default_timezone

from dinhlang.org import queries as org
from dinhlang.org.changes import demo as changes
from dinhlang.org.models import Unit
from dinhlang.portal.demo import actions as news
from dinhlang.portal.models import Site
from dinhlang.portal.public import actions as portal
from dinhlang.reports.approval import actions as reports
from dinhlang.reports.consolidation.taking import take, window_of
from dinhlang.reports.demo import notable, upward
from dinhlang.reports.models import Assessment, Obligation, Practice, Report, Submission
from dinhlang.work import actions as work

pytestmark = [pytest.mark.integration, pytest.mark.one_database]


def loaded(passphrase: str, at: datetime) -> list[tuple[str, str]]:
    """As `config.start` does it, without what stays inside one commune."""
    people = changes.load_demo(at=at, passphrase=passphrase)
    work.load_demo(at=at)
    work.load_demo_beside(at=at)
    reports.load_demo(at=at)
    portal.load_demo(at=at)
    news.load_demo(at=at)
    upward.load_demo(at=at)
    notable.load_demo(at=at)
    news.open_demo_duties(at=at)
    return people


def submissions() -> list[tuple[str, str, int, str, str]]:
    rows = Submission.objects.order_by("obligation__period", "obligation__unit", "number")
    return list(rows.values_list("obligation__period", "obligation__unit", "number", "way", "state"))


def test_in_november_each_stage_of_a_reports_way_is_there_and_a_second_load_changes_nothing(
    cast: Any,
) -> None:
    at = datetime(2026, 11, 26, 9, tzinfo=get_default_timezone())
    people = loaded(cast.passphrase, at)
    assert {name for name, _told in people} >= {"tong-hop", "lanh-dao-tinh", "quan-tri-tinh", "ben-sen"}
    expected = [
        ("2025", "ben-sen", 1, "inside", "accepted"),
        ("2025", "ben-truc", 1, "file", "accepted"),
        ("2026-9M", "ben-sen", 1, "inside", "received"),
        ("2026-H1", "ben-dua", 1, "file", "accepted"),
        ("2026-H1", "ben-sen", 1, "inside", "replaced"),
        ("2026-H1", "ben-sen", 2, "inside", "accepted"),
        ("2026-H1", "ben-truc", 1, "inside", "accepted"),
    ]
    assert submissions() == expected
    for one in Submission.objects.all():
        assert one.submitted_at.date() <= one.obligation.due_on or one.number == 2, one
    above = (
        Report.objects.filter(unit="tinh-mau").order_by("period").values_list("period", "status", "number")
    )
    assert list(above) == [("2025", "issued", 1), ("2026-9M", "draft", None), ("2026-H1", "issued", 1)]
    half = Report.objects.get(unit="tinh-mau", period="2026-H1")
    window = window_of(half.unit, half.programme, _period("2026-H1"), at.date())
    taken = take(half.unit, half.programme, _period("2026-H1"), window)
    assert taken.sentence == "Tổng hợp từ 3/3 xã, phường."
    assert taken.doubled("trainings") == 1, "two communes held one training together"
    assert list(Assessment.objects.order_by("year", "unit").values_list("unit", "year", "state")) == [
        ("ben-sen", 2025, "published"), ("ben-truc", 2025, "published"),
        ("ben-sen", 2026, "sent"), ("ben-truc", 2026, "open"),
    ]  # fmt: skip
    assert sorted(Practice.objects.values_list("state", flat=True)) == [
        "marked", "proposed", "published", "recognised",
    ]  # fmt: skip
    assert {one.pk for one in org.heirs(Unit.objects.get(pk="con-sen"), at.date())} == {"ben-sen"}
    assert set(Site.objects.filter(opens_duties=True).values_list("unit", flat=True)) == {
        "ben-truc",
        "tinh-mau",
    }
    assert Obligation.objects.filter(request__isnull=False).count() == 3
    before = (Report.objects.count(), Obligation.objects.count(), Assessment.objects.count())
    loaded(cast.passphrase, at)
    assert submissions() == expected
    assert (Report.objects.count(), Obligation.objects.count(), Assessment.objects.count()) == before


def test_in_march_only_last_year_went_up(cast: Any) -> None:
    loaded(cast.passphrase, datetime(2027, 3, 2, 9, tzinfo=get_default_timezone()))
    assert submissions() == [
        ("2026", "ben-sen", 1, "inside", "accepted"),
        ("2026", "ben-truc", 1, "file", "accepted"),
    ]
    assert list(Report.objects.filter(unit="tinh-mau").values_list("period", "status")) == [
        ("2026", "issued")
    ]


def _period(name: str) -> Any:
    from dinhlang.periods.identifier import Period

    return Period.parse(name)
