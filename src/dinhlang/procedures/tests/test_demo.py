"""The fictional commune has a catalogue that looks alive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dinhlang.procedures import actions, queries, rules
from dinhlang.procedures.actions.demo import demo_sheets
from dinhlang.procedures.models import Version
from dinhlang.procedures.rules import Standing

if TYPE_CHECKING:
    from conftest import Cast


def test_sixty_procedures_have_every_part_that_the_law_asks_for() -> None:
    sheets = demo_sheets()
    assert len(sheets) >= 60
    for code, sheet in sheets.items():
        assert rules.short_code(code) == code
        assert rules.missing_parts(sheet) == [], code
        assert sheet.results[0].name, code


def test_every_life_event_has_something_to_show() -> None:
    codes = demo_sheets().keys()
    empty = [event.id for event in queries.life_events() if len(codes & set(event.procedures)) < 1]
    assert empty == []


@pytest.mark.django_db
@pytest.mark.integration
def test_the_demonstration_is_loaded_once_with_a_decision_of_the_last_weeks(cast: Cast) -> None:
    actions.load_demo(at=cast.now)
    count = Version.objects.count()
    actions.load_demo(at=cast.now)
    assert Version.objects.count() == count
    assert queries.standing_versions(cast.commune, cast.today).count() == len(demo_sheets()) - 1
    assert len(queries.changes_feed(cast.commune, cast.today)) == 5
    ended = queries.page(cast.commune, "9.000001", cast.today)
    assert ended is not None
    assert ended.standing is Standing.ABOLISHED
