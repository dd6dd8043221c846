"""The tables of deliveries: every state is in them, none can hang, no failure is left without a word."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast.channels import rules
from dinhlang.broadcast.channels.rules import (
    AFTER_FAILURE,
    ENDED,
    MOVED_BY,
    NEXT,
    OPEN,
    SAID,
    STANDS_AT_MOST,
    STOOD_TOO_LONG,
    Deed,
    State,
    Why,
)

NOON = datetime(2023, 7, 10, 12, tzinfo=UTC)


def test_every_state_is_in_every_table() -> None:
    assert NEXT.keys() == STANDS_AT_MOST.keys() == set(State)
    assert OPEN == MOVED_BY.keys() == STOOD_TOO_LONG.keys()
    assert {state for state in State if not NEXT[state]} == ENDED


def test_what_stands_too_long_is_moved_on_until_nothing_waits_for_us() -> None:
    for first in OPEN:
        state, seen = first, set()
        while state in OPEN:
            assert state not in seen, "moved in a circle"
            seen.add(state)
            state = rules.after(state, MOVED_BY[state])
        assert STANDS_AT_MOST[state] is None


def test_every_failure_says_what_to_do_and_what_follows() -> None:
    assert SAID.keys() == AFTER_FAILURE.keys() == set(Why)
    for deed in AFTER_FAILURE.values():
        assert rules.can_happen(State.SENDING, deed)


def test_what_may_be_there_is_never_sent_again_without_asking() -> None:
    for state in (State.SENDING, State.ACCEPTED, State.UNSURE, State.PUBLISHED):
        assert Deed.SEND not in NEXT[state]
    assert AFTER_FAILURE[Why.UNKNOWN] is AFTER_FAILURE[Why.DUPLICATE] is Deed.DOUBT


@given(st.integers(0, 10_000), st.integers(0, 10**6))
def test_a_pause_grows_and_ends(tries: int, minutes: int) -> None:
    found = rules.pause(tries, timedelta(minutes=minutes))
    assert timedelta(minutes=1) <= found <= timedelta(hours=12)
    assert rules.pause(tries) <= rules.pause(tries + 1)


def test_a_post_is_missing_only_when_it_was_missed_twice_and_late() -> None:
    late = NOON + rules.SETTLES_AFTER
    assert not rules.is_not_there(1, NOON, late)
    assert not rules.is_not_there(5, NOON, late - timedelta(seconds=1))
    assert rules.is_not_there(2, NOON, late)
