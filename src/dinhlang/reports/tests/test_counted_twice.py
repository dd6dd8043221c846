"""BT03: the check of a report asks about a line typed beside what the counter counted of the same day, and stops nothing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from dinhlang.officialdoc.check import Severity
from dinhlang.onestop.guidance import actions as guidance
from dinhlang.onestop.guidance import counting
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions
from dinhlang.reports.actions.findings import found_in
from dinhlang.reports.findings import COUNTED_TWICE, Remark
from dinhlang.work import actions as work
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

DAY = date(2023, 7, 20)
TITLE = "Hướng dẫn người dân nộp hồ sơ"


def typed(counter: Counter, title: str = TITLE, day: date = DAY) -> Activity:  # noqa: F811
    return work.record_activity(
        unit=counter.cast.commune,
        kind="guidance",
        happened_on=day,
        title=title,
        measures={"guidance": 4},
        by=counter.cast.culture_officer,
        at=counter.now,
    )


def asked(counter: Counter) -> list[Remark]:  # noqa: F811
    """What the check of the year's report asks about lines."""
    report = actions.draft_report(
        unit=counter.cast.commune,
        period=Period.parse("2023"),
        by=counter.cast.culture_officer,
        at=counter.now,
    )
    return [one for one in found_in(report, counter.now) if one.rule == COUNTED_TWICE]


def test_it_names_the_typed_line_until_one_goes_or_both_are_kept(counter: Counter) -> None:  # noqa: F811
    helped = guidance.Helped(people=3)
    guidance.add(
        unit=counter.cast.commune, helped=helped, key=uuid4(), by=counter.cast.one_stop_clerk, at=counter.now
    )
    counter.later(days=1)
    counting.count_guided(at=counter.now)
    own = Activity.objects.get(kind="guidance")
    assert asked(counter) == []
    second = typed(counter)
    [found] = asked(counter)
    assert found.severity is Severity.WARNING
    assert found.quote == f"{TITLE} (20/7/2023)"
    assert "số liệu có thể tính hai lần" in found.message
    assert found.fix is None, "only a person knows which of the two is true"
    work.keep_both(first=own, second=second, by=counter.cast.culture_officer, at=counter.now)
    assert asked(counter) == []
    other = typed(counter, "Hướng dẫn tại thôn trong tuần", DAY + timedelta(days=1))
    assert [one.quote for one in asked(counter)] == ["Hướng dẫn tại thôn trong tuần (21/7/2023)"], (
        "a week holds the day"
    )
    work.reverse_activity(activity=other, reason="Ghi trùng", by=counter.cast.culture_officer, at=counter.now)
    assert asked(counter) == []
