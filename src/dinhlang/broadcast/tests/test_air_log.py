"""What was planned, sent and aired: facts with their witness, the chain, and the ledger that follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import Report, SlotGiven, Tick
from dinhlang.broadcast.models import AirLogEntry, AirLogHead, Programme, RunningItem, Session
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.log import (
    Fact,
    Heard,
    Standing,
    Told,
    Witness,
    aired_seconds,
    counted,
    shared_minutes,
    state_of,
)
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.tests.test_bulletins import approved, written
from dinhlang.org.ledger_triggers import EVENTS, PREFIX
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import NoReason
from dinhlang.work.models import Activity, Reversal

if TYPE_CHECKING:
    from conftest import Cast

NOON = datetime.fromisoformat("2023-07-20T12:00:00+07:00")


# --- Rules --------------------------------------------------------------------------------------------------------


def told(number: int, fact: Fact, witness: Witness = Witness.PLAYER, seconds: int = 0, **more: Any) -> Told:
    return Told(number, fact, witness, NOON, NOON + timedelta(seconds=seconds) if seconds else None, **more)


@pytest.mark.parametrize(
    ("entries", "standing"),
    [
        ([], Standing.PLANNED),
        ([told(1, Fact.PLANNED)], Standing.PLANNED),
        ([told(1, Fact.PLANNED), told(2, Fact.SENT)], Standing.SENT),
        ([told(1, Fact.PLANNED), told(2, Fact.AIRED)], Standing.AIRED),
        ([told(1, Fact.MISSED), told(2, Fact.AIRED)], Standing.AIRED),
        ([told(1, Fact.AIRED), told(2, Fact.TAKEN_BACK, takes_back=1)], Standing.PLANNED),
        ([told(1, Fact.PLANNED), told(2, Fact.UNPLANNED)], Standing.DROPPED),
        ([told(1, Fact.PLANNED), told(2, Fact.UNPLANNED), told(3, Fact.AIRED)], Standing.AIRED),
        ([told(1, Fact.PLANNED), told(2, Fact.MISSED, why="Mất điện")], Standing.MISSED),
    ],
)
def test_where_a_play_stands(entries: list[Told], standing: Standing) -> None:
    assert state_of(entries).standing == standing
    assert state_of(reversed(entries)).standing == standing


def test_nothing_is_aired_because_it_was_sent() -> None:
    assert not state_of([told(1, Fact.PLANNED), told(2, Fact.SENT), told(3, Fact.SENT)]).is_aired


def test_a_device_measures_and_what_it_cannot_have_measured_is_as_planned() -> None:
    assert aired_seconds(state_of([told(1, Fact.AIRED, seconds=95)]), 90) == 95
    assert aired_seconds(state_of([told(1, Fact.AIRED, seconds=7200)]), 90) == 90
    assert aired_seconds(state_of([told(1, Fact.AIRED, Witness.PERSON, seconds=900)]), 90) == 90


@given(st.lists(st.integers(0, 4000), min_size=1, max_size=6))
def test_shared_minutes_add_up_to_the_rounded_whole(seconds: list[int]) -> None:
    total = sum(seconds)
    shared = shared_minutes(seconds)
    assert sum(shared) == (max(1, (total + 30) // 60) if total else 0)
    assert all(
        abs(minutes * 60 - one) < 60 or total < 60 for minutes, one in zip(shared, seconds, strict=True)
    )


@given(st.lists(st.builds(Heard, st.integers(1, 900), st.none() | st.integers(1, 3), st.sampled_from(["", "thu-tuc", "bo-may"]), st.integers(1, 5), st.sampled_from(Kind.values), st.booleans()), max_size=8))  # fmt: skip
def test_plays_sessions_and_pieces_are_counted_apart(heard: list[Heard]) -> None:
    groups = counted(heard)
    reform = [one for one in heard if one.task is not None or one.field]
    assert sum(one.plays for one in groups) == len(reform)
    assert sum(one.sessions for one in groups) == bool(reform)
    pieces = [piece for one in groups for piece in one.pieces]
    assert set(pieces) <= {one.bulletin for one in reform if one.is_new}


# --- With a database ----------------------------------------------------------------------------------------------


@pytest.fixture
def _data_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


@pytest.fixture
def programme(cast: Cast, _data_of_its_own: None) -> Programme:
    """July 2023 from the 20th on: morning and afternoon, with one bulletin on reform and one that is not."""
    for name, hour in (("Buổi sáng", 6), ("Buổi chiều", 17)):
        actions.add_slot(
            unit=cast.commune,
            slot=SlotGiven(name, "hằng ngày", time(hour), 15),
            by=cast.radio_operator,
            at=cast.now,
        )
    approved(cast, written(cast, Words("Nhận hồ sơ đất đai", "một hai ba bốn năm " * 40), field="thu-tuc"))
    approved(cast, written(cast, Words("Lịch cắt điện", "Mai cắt điện."), kind=Kind.NOTICE))
    made, _skipped = actions.make_programme(
        unit=cast.commune, year=2023, month=7, by=cast.radio_operator, at=cast.now
    )
    return made


def settle(cast: Cast, programme: Programme) -> int:
    return actions.settle_programme(programme=programme, by=cast.radio_operator, at=cast.now)


def first_session(programme: Programme) -> Session:
    found = programme.sessions.order_by("day", "starts").first()
    assert found is not None
    return found


def tick(
    cast: Cast, session: Session, *, aired: bool = True, why: str = "", **more: Any
) -> list[AirLogEntry]:
    start = datetime.combine(session.day, session.starts, tzinfo=cast.now.tzinfo)
    given: dict[str, Any] = {
        "started": start,
        "ended": start + timedelta(minutes=12),
        "by": cast.radio_operator,
        "at": start + timedelta(hours=1),
        **more,
    }
    return actions.tick_session(
        session=session, ticks=[Tick(item.uid, aired, why) for item in session.items.all()], **given
    )


def report(
    cast: Cast, *reports: Report, device: str = "loa-thon-1", at: datetime | None = None
) -> actions.Taken:
    return actions.take_reports(
        unit=cast.commune,
        device=device,
        witness=Witness.DEVICE,
        reports=reports,
        at=at or cast.now + timedelta(days=3),
    )


def item_of(session: Session, title: str = "Nhận hồ sơ đất đai") -> RunningItem:
    return session.items.get(title=title)


def ledger() -> list[tuple[str, dict[str, int]]]:
    """The standing lines of the ledger with their counters."""
    return [
        (line.reform_field, {one.concept: one.value for one in line.measures.all()})
        for line in Activity.objects.filter(kind="radio", reversal=None).order_by("pk")
    ]


@pytest.mark.django_db
@pytest.mark.integration
class TestTheMonth:
    def test_slots_become_sessions_and_bulletins_stand_in_them(
        self, cast: Cast, programme: Programme
    ) -> None:
        sessions = queries.sessions_of(programme)
        # Twelve days with two sessions each, without the one that is over by nine this morning.
        assert len(sessions) == 23
        assert [item.title for item in sessions[0].items] == ["Nhận hồ sơ đất đai", "Lịch cắt điện"]
        assert not sessions[5].items
        assert {one.code for one in queries.conflicts_of(programme, sessions)} == {"empty"}

    def test_what_a_person_placed_once_is_heard_the_second_time_too(
        self, cast: Cast, programme: Programme
    ) -> None:
        late = approved(cast, written(cast, Words("Họp thôn", "Mời bà con họp thôn.")))
        placed = queries.sessions_of(programme)[9].session
        actions.place_bulletin(session=placed, bulletin=late, by=cast.radio_operator, at=cast.now)
        actions.make_programme(unit=cast.commune, year=2023, month=7, by=cast.radio_operator, at=cast.now)
        held = {one.session for one in RunningItem.objects.filter(bulletin=late)}
        assert held == {placed, first_session(programme)}

    def test_making_it_again_changes_nothing(self, cast: Cast, programme: Programme) -> None:
        before = list(RunningItem.objects.values_list("uid", "position", "bulletin"))
        actions.make_programme(unit=cast.commune, year=2023, month=7, by=cast.radio_operator, at=cast.now)
        assert list(RunningItem.objects.values_list("uid", "position", "bulletin")) == before
        assert Session.objects.count() == 23

    def test_without_a_slot_or_the_right_there_is_no_programme(self, cast: Cast) -> None:
        given = {"unit": cast.commune, "year": 2023, "month": 7, "at": cast.now}
        with pytest.raises(Refused, match="khung giờ"):
            actions.make_programme(by=cast.radio_operator, **given)
        for person in (cast.chair, cast.neighbour, cast.hamlet_head):
            with pytest.raises(NotAllowed):
                actions.make_programme(by=person, **given)

    def test_rules_of_the_province_hold_until_the_commune_has_its_own(
        self, cast: Cast, programme: Programme
    ) -> None:
        rules = AirRules(sessions_a_day=1)
        actions.set_rules(
            unit=cast.province,
            rules=rules,
            legal_basis="QĐ của tỉnh",
            starts_on=date(2023, 1, 1),
            by=None,
            at=cast.now,
        )
        sessions = queries.sessions_of(programme)
        assert "sessions" in {one.code for one in queries.conflicts_of(programme, sessions)}
        own = actions.set_rules(
            unit=cast.commune,
            rules=AirRules(sessions_a_day=2),
            legal_basis="QĐ của xã",
            starts_on=date(2023, 7, 1),
            by=cast.radio_operator,
            at=cast.now,
        )
        assert queries.rules_in_force(cast.commune, cast.today) == own
        assert "sessions" not in {one.code for one in queries.conflicts_of(programme, sessions)}
        with pytest.raises(Unfit):
            actions.set_rules(
                unit=cast.commune,
                rules=rules,
                legal_basis=" ",
                starts_on=cast.today,
                by=cast.radio_operator,
                at=cast.now,
            )

    def test_a_withdrawn_bulletin_stands_in_the_way_of_settling(
        self, cast: Cast, programme: Programme
    ) -> None:
        bulletin = item_of(first_session(programme)).bulletin
        assert bulletin is not None
        actions.withdraw(bulletin=bulletin, reason="Sai", by=cast.radio_operator, at=cast.now)
        with pytest.raises(Refused, match="đã gỡ"):
            settle(cast, programme)

    def test_an_urgent_bulletin_is_placed_before_ordinary_ones(
        self, cast: Cast, programme: Programme
    ) -> None:
        urgent = approved(cast, written(cast, Words("Bão gần bờ", "Bà con chằng chống nhà cửa."), priority=2))
        session = first_session(programme)
        actions.place_bulletin(session=session, bulletin=urgent, by=cast.radio_operator, at=cast.now)
        assert next(item.title for item in session.items.order_by("position")) == "Bão gần bờ"
        with pytest.raises(Refused, match="chưa được duyệt"):
            actions.place_bulletin(
                session=session, bulletin=written(cast), by=cast.radio_operator, at=cast.now
            )


@pytest.mark.django_db
@pytest.mark.integration
class TestTheLog:
    def test_planned_is_noted_once_and_a_change_is_noted_anew(self, cast: Cast, programme: Programme) -> None:
        assert settle(cast, programme) == 4
        assert settle(cast, programme) == 0
        session = first_session(programme)
        item = item_of(session)
        actions.take_out(session=session, item=item, by=cast.radio_operator, at=cast.now)
        assert queries.states_of([session])[item.uid].standing == Standing.DROPPED
        assert not ledger()

    def test_only_what_was_aired_is_counted(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        session = first_session(programme)
        report(cast, Report(1, Fact.SENT, item_of(session).uid, cast.now))
        actions.count_due(at=cast.now + timedelta(days=3))
        assert not ledger()
        tick(cast, session)
        # The notice of the power cut names neither field nor task: it is in the log, not in the ledger.
        [(field, measures)] = ledger()
        assert field == "thu-tuc"
        assert measures == {
            "broadcasts": 1,
            "broadcast_sessions": 1,
            "broadcast_minutes": measures["broadcast_minutes"],
            "articles": 1,
        }
        assert measures["broadcast_minutes"] == (item_of(session).seconds + 30) // 60

    def test_a_second_play_is_a_play_and_no_second_piece(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        first, second = programme.sessions.order_by("day", "starts")[:2]
        tick(cast, first)
        tick(cast, second)
        assert [one.get("articles", 0) for _, one in ledger()] == [1, 0]
        tick(cast, first)
        assert len(ledger()) == 2

    def test_what_was_not_aired_needs_a_reason_and_is_not_counted(
        self, cast: Cast, programme: Programme
    ) -> None:
        settle(cast, programme)
        session = first_session(programme)
        with pytest.raises(NoReason):
            tick(cast, session, aired=False)
        tick(cast, session, aired=False, why="Mất điện")
        assert not ledger()
        assert {
            row.note
            for row in queries.book(cast.commune, session.day, session.day)
            if row.session == session.uid
        } == {"Mất điện"}

    def test_a_tick_taken_back_takes_the_line_with_it(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        first, second = programme.sessions.order_by("day", "starts")[:2]
        entry = tick(cast, first)[0]
        tick(cast, second)
        with pytest.raises(NoReason):
            actions.take_back_entry(
                unit=cast.commune, number=entry.number, reason="", by=cast.radio_operator, at=cast.now
            )
        given = {
            "unit": cast.commune,
            "number": entry.number,
            "reason": "Nhầm buổi",
            "by": cast.radio_operator,
            "at": cast.now + timedelta(days=2),
        }
        actions.take_back_entry(**given)
        with pytest.raises(Refused):
            actions.take_back_entry(**given)
        # The piece was first heard in the second session then.
        actions.count_due(at=cast.now + timedelta(days=2))
        [(_, measures)] = ledger()
        assert measures["articles"] == 1
        assert Reversal.objects.count() == 2

    def test_hours_that_cannot_be_are_refused(self, cast: Cast, programme: Programme) -> None:
        session = first_session(programme)
        start = datetime.combine(session.day, session.starts, tzinfo=cast.now.tzinfo)
        for changed in (
            {"ended": start - timedelta(minutes=1)},
            {"started": start - timedelta(days=1)},
            {"at": start},
        ):
            with pytest.raises(Unfit):
                tick(cast, session, **changed)
        with pytest.raises(NotAllowed):
            tick(cast, session, by=cast.neighbour)

    def test_a_device_that_was_away_for_days_is_heard_once(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        session = first_session(programme)
        uid = item_of(session).uid
        late = [
            Report(7, Fact.SENT, uid, cast.now),
            Report(8, Fact.AIRED, uid, cast.now, cast.now + timedelta(seconds=80)),
        ]
        assert report(cast, *late).written == (7, 8)
        again = report(cast, *late, replace(late[1], sequence=9))
        assert (again.known, again.written) == ((7, 8), (9,))
        assert actions.count_due(at=cast.now + timedelta(days=3)) == 1
        [(_, measures)] = ledger()
        assert measures["broadcasts"] == 1

    def test_a_person_and_two_devices_that_heard_one_play_are_one_play(
        self, cast: Cast, programme: Programme
    ) -> None:
        settle(cast, programme)
        session = first_session(programme)
        one = Report(1, Fact.AIRED, item_of(session).uid, cast.now, cast.now + timedelta(seconds=80))
        report(cast, one)
        report(cast, one, device="loa-thon-2")
        tick(cast, session)
        actions.count_due(at=cast.now + timedelta(days=3))
        [(_, measures)] = ledger()
        assert measures["broadcasts"] == 1

    def test_what_a_device_cannot_know_is_refused_and_the_rest_taken(
        self, cast: Cast, programme: Programme
    ) -> None:
        settle(cast, programme)
        uid = item_of(first_session(programme)).uid
        good = Report(1, Fact.AIRED, uid, cast.now)
        report(cast, good)
        taken = report(
            cast,
            replace(good, fact=Fact.MISSED),
            Report(2, Fact.AIRED, uuid4(), cast.now),
            Report(3, Fact.PLANNED, uid, cast.now),
            Report(4, Fact.AIRED, uid, cast.now, cast.now - timedelta(hours=1)),
            Report(5, Fact.SENT, uid, cast.now),
        )
        assert taken.written == (5,)
        assert taken.refused.keys() == {1, 2, 3, 4}

    def test_a_clock_that_runs_ahead_is_said_and_the_day_is_that_of_the_programme(
        self, cast: Cast, programme: Programme
    ) -> None:
        settle(cast, programme)
        session = first_session(programme)
        report(cast, Report(1, Fact.AIRED, item_of(session).uid, cast.now + timedelta(days=400)))
        [entry] = AirLogEntry.objects.filter(fact=Fact.AIRED)
        assert entry.day == session.day
        assert "đồng hồ" in entry.said["clock"]

    def test_the_book_says_the_same_after_everything_is_gone(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        session = first_session(programme)
        tick(cast, session, equipment="Loa thôn 3 rè")
        before = queries.book(cast.commune, session.day, session.day)
        RunningItem.objects.all().delete()
        assert queries.book(cast.commune, session.day, session.day) == before
        row = next(row for row in before if row.title == "Nhận hồ sơ đất đai" and row.session == session.uid)
        assert (row.part, row.programme, row.kind, row.source) == (
            "Chiều",
            "Buổi chiều",
            "Tin",
            "Tự sản xuất",
        )
        assert (row.equipment, row.presented_by, row.approved_by) == (
            "Loa thôn 3 rè",
            str(cast.radio_operator),
            str(cast.chair),
        )
        sums = queries.sums(before)
        assert (sums.plays, sums.sessions, sums.missed) == (2, 1, 0)

    def test_the_chain_holds_and_a_change_in_the_database_is_found(
        self, cast: Cast, programme: Programme
    ) -> None:
        settle(cast, programme)
        tick(cast, first_session(programme))
        assert queries.first_wrong(cast.commune) is None
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AirLogEntry.objects.filter(number=2).update(day=date(2020, 1, 1))
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AirLogEntry.objects.all().delete()
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AirLogHead.objects.update(count=1)
        with connection.cursor() as cursor:
            for event in EVENTS:
                of_table = " ON broadcast_airlogentry" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER {PREFIX}{event}_broadcast_airlogentry{of_table}")
        AirLogEntry.objects.filter(number=2).update(day=date(2020, 1, 1))
        broken = queries.first_wrong(cast.commune)
        assert broken is not None
        assert broken.number == 2

    def test_sessions_that_nobody_spoke_of_wait(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        session = first_session(programme)
        later = session.day + timedelta(days=1)
        assert queries.waiting(cast.commune, later)[0] == session
        tick(cast, session)
        assert session not in queries.waiting(cast.commune, later)

    def test_what_was_heard_is_not_planned_otherwise(self, cast: Cast, programme: Programme) -> None:
        settle(cast, programme)
        session = first_session(programme)
        item = item_of(session)
        report(cast, Report(1, Fact.AIRED, item.uid, cast.now))
        with pytest.raises(Refused, match="đã phát"):
            actions.take_out(session=session, item=item, by=cast.radio_operator, at=cast.now)
        with pytest.raises(Refused, match="đã phát"):
            actions.cancel_session(session=session, reason="Bận", by=cast.radio_operator, at=cast.now)
        assert isinstance(item.uid, UUID)
