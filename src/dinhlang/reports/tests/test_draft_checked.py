"""Drafts made from the default outline, read by the checker: it finds what the plan brought along, nothing in our words."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from dinhlang.officialdoc.check import check
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, render
from dinhlang.reports.models import Report
from dinhlang.reports.tests.test_golden import report  # noqa: F401

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LONG_AFTER = datetime(2026, 11, 21, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_in_a_draft_only_what_the_plan_brought_along_is_found(report: Report) -> None:  # noqa: F811
    found = {(one.rule, one.quote) for one in check(render.document_of(report), draft=True)}
    assert found == {
        # The plan was published without its number.
        ("DL105", "Kế hoạch tuyên truyền cải cách hành chính xã Nam Trung năm 2023 của UBND xã Nam Trung"),
        ("DL402", "tập huấn bồi dưỡng"),
    }


@pytest.mark.parametrize(
    ("unit_id", "period"),
    [("tran-phu-10633", "2025"), ("tan-ky-11113", "2026-H1"), ("tai-son", "2023-H1"), ("phu-thu", "2022")],
)
def test_the_words_of_the_outline_are_free_of_findings(places: None, unit_id: str, period: str) -> None:
    unit = Unit.objects.get(pk=unit_id)
    made = actions.draft_report(unit=unit, period=Period.parse(period), by=None, at=LONG_AFTER)
    assert check(render.document_of(made), draft=True) == ()
