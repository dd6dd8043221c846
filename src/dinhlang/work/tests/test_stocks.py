"""Stocks: how many there are on a day. Days of them do not add up, in no figure and no list."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from dinhlang.periods.window import Window
from dinhlang.work import actions, folds, queries
from dinhlang.work.concepts import CONCEPTS, STOCKS
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

QUARTER = Window(date(2022, 12, 15), date(2023, 3, 14))


def on(cast: Cast, day: date, open_: int, received: int = 10) -> Activity:
    return actions.record_activity(
        unit=cast.commune,
        kind="onestop",
        happened_on=day,
        title=f"Kết quả một cửa đến {day:%d/%m}",
        measures={"dossiers_open": open_, "dossiers_received": received},
        by=cast.culture_officer,
        at=cast.now,
    )


def test_the_last_day_that_says_it_holds_and_its_lines_stand_behind_the_figure(cast: Cast) -> None:
    on(cast, date(2023, 1, 14), 30)
    last = on(cast, date(2023, 2, 14), 12)
    fact = queries.fact(cast.commune, "dossiers_open", QUARTER)
    assert (fact.value, fact.lines) == (12, 1)
    assert list(queries.fact_lines(cast.commune, "dossiers_open", QUARTER)) == [last]
    assert fact.digest != queries.fact(cast.commune, "dossiers_received", QUARTER).digest
    assert queries.fact(cast.commune, "dossiers_received", QUARTER).value == 20


def test_without_a_day_in_the_window_it_is_unknown_and_a_reversed_last_day_gives_way(cast: Cast) -> None:
    on(cast, date(2023, 1, 14), 30)
    last = on(cast, date(2023, 2, 14), 12)
    later = Window(date(2023, 3, 15), date(2023, 6, 14))
    assert queries.fact(cast.commune, "dossiers_open", later).value is None
    assert not queries.fact_lines(cast.commune, "dossiers_open", later)
    actions.reverse_activity(activity=last, reason="Ghi nhầm", by=cast.culture_officer, at=cast.now)
    assert queries.fact(cast.commune, "dossiers_open", QUARTER).value == 30
    folds.rebuild(cast.commune)
    assert queries.fact(cast.commune, "dossiers_open", QUARTER).value == 30


def test_no_sum_of_days_or_of_units_over_time_has_a_stock(cast: Cast) -> None:
    on(cast, date(2023, 1, 14), 30)
    on(cast, date(2023, 2, 14), 12)
    shown = {concept.id for concept, _total in queries.totals_within(cast.commune, QUARTER)}
    assert shown == {"dossiers_received"}
    assert {concept.id for concept, _total in queries.totals(queries.ledger(cast.commune, QUARTER))} == shown
    assert not STOCKS & queries.joint_facts([cast.commune], QUARTER).keys()


def test_stocks_are_counters_of_the_one_stop() -> None:
    counters = {one for one in STOCKS if CONCEPTS[one].is_counter}
    assert {one for one in counters if CONCEPTS[one].is_offered} == {"dossiers_open", "dossiers_open_late"}
    assert all(CONCEPTS[one].numerator in counters for one in STOCKS - counters)
