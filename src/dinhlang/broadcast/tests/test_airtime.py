"""When a station may speak, and the programme that follows: tables and laws."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast.rules.airtime import (
    Airing,
    AirRules,
    Occasion,
    Piece,
    Quiet,
    conflicts,
    days_of_month,
    in_words,
)
from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.broadcast.rules.programme import (
    Candidate,
    MadeSession,
    Skipped,
    SlotRule,
    Wish,
    _why_silent,
    fill,
    sessions_of,
    skipped_in_words,
)
from dinhlang.org.rules import Unfit
from dinhlang.periods.returning import EVERY_DAY, Returning, parse

MONDAY = date(2023, 7, 3)
TOWN = AirRules(sessions_a_day=2, minutes_a_session=15, weekdays=frozenset(range(5)))
NOON = AirRules(quiet=(Quiet(time(11, 30), time(13, 30)), Quiet(time(22), time(5))))
NEWS = Piece("Tin", 60)


def session(at: str = "06:00", minutes: int = 15, day: date = MONDAY, key: int = 1, **more: object) -> Airing:
    given = {"pieces": (NEWS,), **more}
    return Airing(key, day, time.fromisoformat(at), minutes, **given)  # type: ignore[arg-type]


def codes(*airings: Airing, rules: AirRules = TOWN, occasion: Occasion = Occasion.ORDINARY) -> list[str]:
    return [one.code for one in conflicts(airings, lambda _day: rules, lambda _day: occasion)]


@pytest.mark.parametrize(
    ("airings", "rules", "occasion", "found"),
    [
        ([session()], TOWN, Occasion.ORDINARY, []),
        ([session(minutes=16)], TOWN, Occasion.ORDINARY, ["session-minutes"]),
        ([session(day=date(2023, 7, 8))], TOWN, Occasion.ORDINARY, ["weekday"]),
        ([session(day=date(2023, 7, 8), special="Bão")], TOWN, Occasion.ORDINARY, []),
        ([session(), session("11:00", key=2), session("17:00", key=3)], TOWN, Occasion.ORDINARY, ["sessions"]),
        ([session("11:20")], NOON, Occasion.ORDINARY, ["quiet"]),
        ([session("11:15")], NOON, Occasion.ORDINARY, []),
        ([session("13:30")], NOON, Occasion.ORDINARY, []),
        ([session("04:50")], NOON, Occasion.ORDINARY, ["quiet"]),
        ([session("21:50")], NOON, Occasion.ORDINARY, ["quiet"]),
        ([session("05:00", minutes=10)], NOON, Occasion.ORDINARY, []),
        ([session(), session("06:10", key=2)], TOWN, Occasion.ORDINARY, ["overlap"]),
        ([session(zone="Thôn 1"), session("06:10", key=2, zone="Thôn 2")], TOWN, Occasion.ORDINARY, []),
        ([session(zone="Thôn 1"), session("06:10", key=2)], TOWN, Occasion.ORDINARY, ["overlap"]),
        ([session(pieces=())], TOWN, Occasion.ORDINARY, ["empty"]),
        ([session(pieces=(NEWS, NEWS))], TOWN, Occasion.ORDINARY, ["twice"]),
        ([session(pieces=(Piece("Dài", 901),))], TOWN, Occasion.ORDINARY, ["too-full"]),
        ([session(pieces=(Piece("Chờ", 60, is_open=True),))], TOWN, Occasion.ORDINARY, ["open"]),
        ([session(pieces=(Piece("Gỡ", 60, why_not="bản tin đã gỡ"),))], TOWN, Occasion.ORDINARY, ["not-airable"]),
        ([session(pieces=(Piece("Hài", 60, Kind.PLAY),))], TOWN, Occasion.MOURNING, ["mourning"]),
        ([session()], AirRules(silent_on=frozenset({Occasion.TET})), Occasion.TET, ["occasion"]),
        ([session()], AirRules(minutes_a_day=10), Occasion.ORDINARY, ["day-minutes"]),
        ([session(pieces=(NEWS, Piece("TA", 61, Kind.RELAY, is_relay=True)))], AirRules(relay_share=50), Occasion.ORDINARY, ["relay"]),
    ],
)  # fmt: skip
def test_what_goes_against_the_rules_is_said(
    airings: list[Airing], rules: AirRules, occasion: Occasion, found: list[str]
) -> None:
    assert codes(*airings, rules=rules, occasion=occasion) == found


def test_what_may_not_be_aired_is_grave_and_says_why() -> None:
    [one] = conflicts(
        [session(pieces=(Piece("Gỡ", 60, why_not="bản tin đã gỡ"),))],
        lambda _: TOWN,
        lambda _: Occasion.ORDINARY,
    )
    assert one.is_grave
    assert one.message == "Buổi 06:00: “Gỡ” không được phát, bản tin đã gỡ."


@pytest.mark.parametrize(
    "rules", [AirRules(), TOWN, NOON, AirRules(relay_share=30, silent_on=frozenset(Occasion))]
)
def test_rules_are_kept_as_they_are_and_can_be_read_aloud(rules: AirRules) -> None:
    assert AirRules.from_json(rules.to_json()) == rules
    assert all(said.endswith(".") for said in in_words(rules))


@pytest.mark.parametrize(
    "said",
    [{"sessions_a_day": -1}, {"sessions_a_day": "2"}, {"minutes_a_day": True}, {"weekdays": "ngày 5 hằng tháng"},
     {"quiet": [["25:00", "01:00"]]}, {"silent_on": ["mưa"]}, {"strange": 1}],
)  # fmt: skip
def test_rules_that_cannot_be_are_refused(said: dict[str, object]) -> None:
    with pytest.raises(Unfit):
        AirRules.from_json(said)


# --- The programme ------------------------------------------------------------------------------------------------

slots = st.lists(
    st.builds(
        SlotRule,
        st.integers(1, 9),
        st.sampled_from([EVERY_DAY, parse("thứ Hai, thứ Năm"), parse("ngày 5 hằng tháng"), Returning(nth=frozenset({(1, 0)}))]),
        st.times(),
        st.integers(1, 60),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda slot: slot.key,
)  # fmt: skip
all_rules = st.builds(
    AirRules,
    sessions_a_day=st.none() | st.integers(0, 3),
    weekdays=st.frozensets(st.integers(0, 6)),
    silent_on=st.frozensets(st.sampled_from(Occasion)),
)
months = st.builds(days_of_month, st.integers(2020, 2035), st.integers(1, 12))
candidates = st.lists(
    st.builds(
        Candidate,
        st.integers(1, 99),
        st.integers(1, 1200),
        st.sampled_from([Priority.ORDINARY, Priority.URGENT]),
        st.none() | st.integers(1, 3),
    ),
    max_size=12,
    unique_by=lambda one: one.key,
)
wishes = st.lists(st.integers(1, 3), max_size=3, unique=True)


@given(slots, all_rules, months)
def test_sessions_of_slots_never_go_against_days_and_numbers_of_the_rules(
    given_slots: list[SlotRule], rules: AirRules, month: tuple[date, date]
) -> None:
    made, skipped = sessions_of(given_slots, *month, lambda _: rules, lambda _: Occasion.ORDINARY)
    airings = [Airing(at, one.day, one.starts, one.minutes, pieces=(NEWS,)) for at, one in enumerate(made)]
    found = {one.code for one in conflicts(airings, lambda _: rules, lambda _: Occasion.ORDINARY)}
    assert found.isdisjoint({"sessions", "weekday", "occasion"})
    wanted = sum(len(list(slot.days.between(*month))) for slot in given_slots)
    assert len(made) + len(skipped) == wanted
    assert [(one.day, one.starts) for one in made] == sorted((one.day, one.starts) for one in made)


def test_days_without_a_session_are_told_by_their_reason_and_slot() -> None:
    skipped = [
        Skipped(2, date(2026, 12, 1), "sessions"),
        Skipped(2, date(2026, 12, 2), "sessions"),
        Skipped(1, date(2026, 12, 6), "weekday"),
        Skipped(2, date(2026, 12, 6), "weekday"),
        Skipped(1, date(2026, 12, 7), "tet"),
    ]
    assert skipped_in_words(skipped, {1: "Sáng", 2: "Chiều"}) == [
        "Quy định không phát vào những ngày này: Sáng (1 ngày), Chiều (1 ngày).",
        "Tết, quy định không phát: Sáng (1 ngày).",
        "Ngày đã đủ số buổi theo quy định, khung giờ sớm hơn được trước, nên không có buổi: Chiều (2 ngày).",
    ]
    reasons = {
        _why_silent(date(2026, 12, 7), AirRules(silent_on=frozenset(Occasion)), one, 0)
        for one in set(Occasion) - {Occasion.ORDINARY}
    }
    assert all(skipped_in_words([Skipped(1, date(2026, 12, 7), why)], {1: "Sáng"}) for why in reasons)


@given(slots, months, wishes, candidates)
def test_a_session_is_never_longer_than_its_slot_and_the_urgent_stand_first(
    given_slots: list[SlotRule], month: tuple[date, date], tasks: list[int], given: list[Candidate]
) -> None:
    made, _ = sessions_of(given_slots, *month, lambda _: AirRules(), lambda _: Occasion.ORDINARY)
    fill(made, [Wish(task, f"Nhiệm vụ {task}", *month, times=1) for task in tasks], given)
    for one in made:
        assert one.free >= 0
        assert [piece.priority for piece in one.pieces] == sorted(
            (p.priority for p in one.pieces), reverse=True
        )
        bulletins = [piece.bulletin for piece in one.pieces if piece.bulletin]
        assert len(bulletins) == len(set(bulletins))
    before = [[(p.bulletin, p.task) for p in one.pieces] for one in made]
    fill(made, [Wish(task, f"Nhiệm vụ {task}", *month, times=1) for task in tasks], given)
    assert [[(p.bulletin, p.task) for p in one.pieces] for one in made] == before


def month_of(minutes: int = 15) -> list[MadeSession]:
    made, _ = sessions_of(
        [SlotRule(1, EVERY_DAY, time(6), minutes)],
        *days_of_month(2023, 7),
        lambda _: AirRules(),
        lambda _: Occasion.ORDINARY,
    )
    return made


def test_a_task_gets_its_places_evenly_and_its_bulletin_takes_the_first() -> None:
    made = month_of()
    fill(made, [Wish(7, "Chuyên mục", *days_of_month(2023, 7), times=3)], [])
    assert [one.day.day for one in made if one.pieces] == [6, 16, 26]
    fill(made, [], [Candidate(5, 100, task=7)])
    assert [(one.day.day, [p.bulletin for p in one.pieces]) for one in made if one.pieces] == [
        (6, [5]),
        (16, [5]),
        (26, [None]),
    ]


def test_what_is_not_valid_yet_waits_and_what_was_heard_enough_is_not_planned() -> None:
    made = month_of()
    fill(
        made,
        [],
        [Candidate(1, 60, first=date(2023, 7, 20), last=date(2023, 7, 20)), Candidate(2, 60, plays=2)],
    )
    assert [(one.day.day, p.bulletin) for one in made for p in one.pieces] == [(20, 1)]


def test_a_month_has_all_its_days() -> None:
    first, last = days_of_month(2024, 2)
    assert (last - first) == timedelta(days=28)
