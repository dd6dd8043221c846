"""A machine without a line and a bulletin that is withdrawn: how long it can air it, who is told, what the log and ledger say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import Report
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Counted, Session
from dinhlang.broadcast.players import actions as players
from dinhlang.broadcast.players import queries as asked
from dinhlang.broadcast.players.tests.test_devices import HASH, Box, box, programme  # noqa: F401 - fixtures
from dinhlang.broadcast.rules.airtime import AirRules, starts_at
from dinhlang.broadcast.tests.test_pages import said
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]
HOUR = timedelta(hours=1)


def withdrawn(cast: Cast) -> Bulletin:
    return actions.withdraw(
        bulletin=Bulletin.objects.get(), reason="Sai ngày nhận hồ sơ", by=cast.chair, at=cast.now + HOUR
    )


def test_rules_say_for_how_long_machines_store_the_programme(cast: Cast, box: Box) -> None:  # noqa: F811
    long = asked.schedule_of(box.device, cast.now)
    actions.set_rules(
        unit=cast.commune, rules=AirRules(days_ahead=0), legal_basis="QĐ 5", starts_on=cast.today, by=None, at=cast.now
    )  # fmt: skip
    short = asked.schedule_of(box.device, cast.now)
    assert len(short["sessions"]) == len(long["sessions"]) - 3
    assert short["until"] == starts_at(cast.today + timedelta(days=1), cast.now.time().min).isoformat()


def test_the_page_names_machines_that_do_not_know_yet(
    cast: Cast,
    box: Box,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    players.note_heard(device=box.device, clock=cast.now, told={}, at=cast.now)
    bulletin = withdrawn(cast)
    assert asked.unaware_of(bulletin, cast.now + HOUR) == [box.device]
    monkeypatch.setattr(timezone, "now", lambda: cast.now + HOUR)
    assert "có thể vẫn phát" in said(as_(cast.radio_operator), "broadcast:bulletin", bulletin.pk)
    # What it has stored is too old by then, and once it was heard it knows.
    assert asked.unaware_of(bulletin, cast.now + timedelta(days=5)) == []
    players.note_heard(device=box.device, clock=cast.now, told={}, at=cast.now + 2 * HOUR)
    assert asked.unaware_of(bulletin, cast.now + 2 * HOUR) == []


def test_what_it_aired_meanwhile_is_in_the_log_and_counts_for_nothing(cast: Cast, box: Box) -> None:  # noqa: F811
    session = Session.objects.get(day=cast.today)
    play = session.items.get()
    withdrawn(cast)
    begins = starts_at(session.day, session.starts)
    report = Report(1, "aired", play.uid, begins, begins + timedelta(seconds=80), HASH)
    later = begins + timedelta(days=2)
    taken = players.take_events(device=box.device, events=[report], clock=later, at=later).taken
    assert taken.written == (1,)
    assert "sau khi đã gỡ" in AirLogEntry.objects.get(fact="aired").said["after_withdrawal"]
    [row] = [one for one in queries.book(cast.commune, cast.today, cast.today) if one.play == play.uid]
    assert "máy chưa nhận được lệnh gỡ" in row.note
    actions.count_due(at=later)
    assert not Counted.objects.filter(session=session).exists()


def test_what_was_aired_before_stays_and_counts(cast: Cast, box: Box) -> None:  # noqa: F811
    session = Session.objects.get(day=cast.today)
    play = session.items.get()
    begins = starts_at(session.day, session.starts)
    later = begins + timedelta(days=1)
    actions.withdraw(bulletin=Bulletin.objects.get(), reason="Sai ngày", by=cast.chair, at=begins + HOUR)
    report = Report(1, "aired", play.uid, begins, begins + timedelta(seconds=80), HASH)
    players.take_events(device=box.device, events=[report], clock=later, at=later)
    actions.count_due(at=later)
    assert Counted.objects.filter(session=session).exists()
