"""Life events lead to what stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from dinhlang.procedures import actions, queries, rules
from dinhlang.procedures.actions import Change
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE

if TYPE_CHECKING:
    from conftest import Cast

AT = datetime(2026, 3, 10, 9, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.mark.parametrize("event", queries.life_events(), ids=lambda event: event.id)
def test_every_event_is_whole(event: queries.LifeEvent) -> None:
    assert event.title
    assert event.summary.endswith(".")
    assert len(set(event.procedures)) == len(event.procedures) >= 3
    assert all(rules.short_code(code) == code for code in event.procedures)
    for question in event.questions:
        assert question.text.endswith("?")
        assert len(question.answers) >= 2
        for answer in question.answers:
            assert answer.procedures
            assert answer.procedures <= set(event.procedures)


def test_ids_are_told_apart() -> None:
    ids = [one.id for one in queries.life_events()]
    assert len(set(ids)) == len(ids) >= 10
    assert queries.life_event("sinh-con") is not None
    assert queries.life_event("khong-co") is None


def test_answers_narrow_and_silence_does_not() -> None:
    event = queries.life_event("sinh-con")
    assert event is not None
    assert queries.narrowed(event, []) == list(event.procedures)
    assert queries.narrowed(event, [None, 99]) == list(event.procedures)
    assert queries.narrowed(event, [1, 0]) == ["2.001023"]


def test_a_procedure_knows_its_events() -> None:
    assert ("sinh-con", "Sinh con") in queries.events_of("1.001193")


@pytest.mark.django_db
@pytest.mark.integration
def test_an_event_shows_what_stands_in_its_order_with_one_question(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    actions.apply_changes(
        unit=cast.commune,
        changes=[
            Change("1.000894", EventKind.ANNOUNCE, MARRIAGE, since_ever=True),
            Change("1.001193", EventKind.ANNOUNCE, BIRTH, since_ever=True),
        ],
        by=None,
        at=AT,
    )
    ids = queries.catalogue_ids(cast.commune, AT.date())
    with django_assert_num_queries(1):
        found = queries.standing_in_order(
            cast.commune, AT.date(), ["1.001193", "2.000986", "1.000894"], ids=ids
        )
    assert [one.procedure.code for one in found] == ["1.001193", "1.000894"]
