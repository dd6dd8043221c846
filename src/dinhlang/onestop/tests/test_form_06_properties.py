"""Biểu 06 over random journeys: nothing is lost between coming in and ending, by field and as a whole, for any days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.onestop import queries
from dinhlang.onestop.models import Book, Channel, Dossier
from dinhlang.onestop.rules import journey, states
from dinhlang.onestop.rules.figures import FORM_06, Figures
from dinhlang.onestop.rules.journey import Step
from dinhlang.onestop.rules.states import Deed, State

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

BEGIN = date(2023, 3, 1)
DAYS = 40


@st.composite
def dossiers(draw: st.DrawFn) -> tuple[list[tuple[Deed, int]], int | None, str, str]:
    """The deeds of a dossier with the hours between them, its term in days, its field and how it came in."""
    state, deeds = State.PRESENTED, []
    for _number in range(draw(st.integers(1, 7))):
        possible = sorted(states.BUSINESS[state])
        if not possible:
            break
        deed = Deed(draw(st.sampled_from(possible)))
        deeds.append((deed, draw(st.integers(1, 200))))
        state = states.after(state, deed)
    # A receipt that is taken back is a number that stays empty.
    if deeds and deeds[-1][0] is Deed.RECEIVE and draw(st.booleans()):
        deeds.append((Deed.REVERSE, draw(st.integers(1, 50))))
    return (
        deeds,
        draw(st.none() | st.integers(0, 15)),
        draw(st.sampled_from(["", "Hộ tịch", "Đất đai"])),
        draw(st.sampled_from(Channel.values)),
    )


def _row(
    counter: Counter, book: Book, said: tuple[list[tuple[Deed, int]], int | None, str, str], number: int
) -> Dossier:
    deeds, term, field, channel = said
    at = counter.now.replace(year=BEGIN.year, month=BEGIN.month, day=BEGIN.day) - timedelta(
        days=5 - number % 20
    )
    presented, steps = at, []
    for place, (deed, hours) in enumerate(deeds, start=2):
        at += timedelta(hours=hours)
        new_on = at.date() + timedelta(days=2) if deed is Deed.APOLOGISE else None
        reverses = place - 1 if deed is Deed.REVERSE else None
        steps.append(Step(place, deed, at, new_on=new_on, reverses=reverses))
    found = journey.standing([Step(1, Deed.PRESENT, presented), *steps])
    due = found.received_at + timedelta(days=term) if found.received_at and term is not None else None
    return Dossier(
        unit=counter.cast.commune,
        key=uuid4(),
        book=book if found.received_at else None,
        number=number if found.received_at else None,
        channel=channel,
        procedure_name="Thủ tục thử",
        field=field,
        receiving="Xã",
        handling="Xã",
        returning="Xã",
        state=found.state,
        delivery_state=found.delivery,
        presented_at=presented,
        received_at=found.received_at,
        due_at=due,
        resolved_at=found.resolved_at,
        ended_at=found.ended_at,
        entered_at=presented,
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(dossiers(), min_size=1, max_size=25), st.integers(0, DAYS), st.integers(0, DAYS))
def test_the_invariants_hold(
    counter: Counter,
    made: list[tuple[list[tuple[Deed, int]], int | None, str, str]],
    one_day: int,
    other_day: int,
) -> None:
    unit = counter.cast.commune
    Dossier.objects.filter(unit=unit).delete()
    book, _made = Book.objects.get_or_create(
        unit=unit, year=2023, volume=9, defaults={"opened_at": counter.now}
    )
    Dossier.objects.bulk_create(
        [_row(counter, book, said, number) for number, said in enumerate(made, start=1)]
    )
    first, last = (BEGIN + timedelta(days=day) for day in sorted((one_day, other_day)))
    whole, by_field = queries.figures(unit, first, last), queries.figures_by_field(unit, first, last)
    assert sum(by_field.values(), Figures()) == whole
    for name, one in [*by_field.items(), (None, whole)]:
        form = {number: one.column(number) for number in FORM_06}
        assert form[3] == form[4] + form[5] + form[6]
        assert form[7] == form[8] + form[9] + form[10] + one.untimed
        assert form[11] == form[12] + form[13]
        assert form[3] == form[7] + form[11] + one.left
        assert one.balances
        for number, parts in FORM_06.items():
            assert queries.counted(unit, first, last, parts, field=name).count() == form[number], number
    # What is open in the evening is carried over the next morning.
    following = queries.figures(unit, last + timedelta(days=1), last + timedelta(days=1))
    assert following.carried == whole.open
