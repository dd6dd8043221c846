"""The air log as it is asked for: where each play stands, the legal log-book, whether the chain holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import AirLogCheckpoint, AirLogEntry, AirLogHead, RunningItem, Session
from dinhlang.broadcast.rules.kinds import Kind, Source
from dinhlang.broadcast.rules.log import (
    Entry,
    PlayState,
    Standing,
    Told,
    Witness,
    aired_seconds,
    link_of,
    state_of,
)
from dinhlang.org.models import Unit
from dinhlang.org.rules.chain import Break, Head, Link, first_break

_NOON = time(12)
_EVENING = time(18)


def said_of(session: Session, item: RunningItem) -> dict[str, Any]:
    """All that the log keeps of a play: copied, so that nothing that goes later takes it along."""
    bulletin, edition = item.bulletin, item.edition
    return {
        "programme": session.name,
        "starts": f"{session.starts:%H:%M}",
        "minutes": session.minutes,
        "zone": session.zone,
        "title": item.title,
        "kind": item.kind,
        "priority": item.priority,
        "seconds": item.seconds,
        "source": bulletin.source if bulletin else Source.RELAY if item.kind == Kind.RELAY else Source.OWN,
        "bulletin": bulletin.pk if bulletin else None,
        "edition": edition.number if edition else None,
        "digest": edition.digest if edition else "",
        "recording": (edition.recording_id or "") if edition else "",
        "writer": edition.writer if edition else "",
        "reader": edition.reader if edition else "",
        "language": bulletin.language if bulletin else "vi",
        "approver": str(bulletin.approved_by) if bulletin and bulletin.approved_by else "",
        "field": item.field,
        "task": item.task_id,
    }


def told(entry: AirLogEntry) -> Told:
    """An entry as the rules look at it."""
    return Told(
        entry.number,
        entry.fact,
        entry.witness,
        entry.at,
        entry.ended_at,
        str(entry.by) if entry.by_id else entry.device,
        entry.said.get("why", ""),
        entry.said.get("takes_back"),
        entry.said,
    )


def entries_of(sessions: Iterable[Session]) -> QuerySet[AirLogEntry]:
    """All entries about these sessions, in the order of the log."""
    uids = [one.uid for one in sessions]
    return AirLogEntry.objects.filter(session__in=uids).select_related("by").order_by("number")


def states_of(sessions: Iterable[Session]) -> dict[UUID, PlayState]:
    """Where each play of these sessions stands, by its uid, in one question; one that nobody spoke of is not there."""
    found: dict[UUID, list[Told]] = defaultdict(list)
    for entry in entries_of(sessions):
        if entry.play is not None:
            found[entry.play].append(told(entry))
    return {play: state_of(entries) for play, entries in found.items()}


@dataclass(frozen=True, slots=True)
class BookRow:
    """A row of the log-book: one play, in the columns that the book of a station has."""

    day: date
    hour: time
    part: str
    starts: datetime | None
    ends: datetime | None
    programme: str
    title: str
    writer: str
    kind: str
    source: str
    seconds: int
    zone: str
    equipment: str
    presented_by: str
    approved_by: str
    note: str
    standing: Standing
    witness: str
    number: int
    session: UUID
    play: UUID


def book(unit: Unit, first: date, last: date) -> list[BookRow]:
    """The log-book of a station from `first` to `last`: every play that was planned or heard, by session and order.

    It is read from the log alone, so that it says the same after a bulletin, a session or a recording is gone.
    """
    rows = (
        AirLogEntry.objects.filter(unit=unit, day__range=(first, last), play__isnull=False)
        .select_related("by")
        .order_by("number")
    )
    plays: dict[UUID, list[AirLogEntry]] = defaultdict(list)
    for entry in rows:
        if entry.play is not None:
            plays[entry.play].append(entry)
    found = [row for entries in plays.values() if (row := _row(entries)) is not None]
    return sorted(found, key=lambda row: (row.day, row.hour, row.number))


def _row(entries: list[AirLogEntry]) -> BookRow | None:
    state = state_of(map(told, entries))
    if state.standing == Standing.DROPPED:
        return None
    by_number = {entry.number: entry for entry in entries}
    witnesses = state.aired
    shown = by_number[witnesses[0].number] if witnesses else entries[-1]
    said = shown.said
    planned = int(said.get("seconds") or 0)
    starts = localtime(witnesses[0].at) if witnesses else None
    ends = witnesses[0].ended_at if witnesses else None
    hour = starts.time() if starts else time.fromisoformat(said.get("starts") or "00:00")
    return BookRow(
        day=shown.day,
        hour=hour,
        part=part_of_day(hour),
        starts=starts,
        ends=localtime(ends) if ends else None,
        programme=said.get("programme", ""),
        title=said.get("title", ""),
        writer=said.get("writer", ""),
        kind=_label(Kind, said.get("kind")),
        source=_label(Source, said.get("source")),
        seconds=aired_seconds(state, planned) if witnesses else planned,
        zone=said.get("device_zone") or said.get("zone", ""),
        equipment=said.get("equipment", ""),
        presented_by=next((one.by for one in witnesses if one.witness == Witness.PERSON), ""),
        approved_by=said.get("approver", ""),
        note="; ".join(
            filter(None, (state.why, said.get("note"), said.get("after_withdrawal"), said.get("clock")))
        ),
        standing=state.standing,
        witness="; ".join(
            dict.fromkeys(f"{Witness(one.witness).label} {one.by}".strip() for one in witnesses)
        ),
        number=shown.number,
        session=shown.session,
        play=shown.play,  # type: ignore[arg-type]  # asked for above
    )


def _label(choices: Any, value: object) -> str:
    try:
        return str(choices(value).label)
    except ValueError:
        return str(value or "")


def part_of_day(hour: time) -> str:
    """'Sáng', 'Chiều' or 'Tối', as the book calls the part of the day."""
    if hour < _NOON:
        return _("Sáng")
    return _("Chiều") if hour < _EVENING else _("Tối")


@dataclass(frozen=True, slots=True)
class Sums:
    """What was aired in a stretch of time, counted apart: plays, sessions, seconds, different pieces."""

    plays: int
    sessions: int
    seconds: int
    pieces: int
    missed: int
    unsaid: int

    @property
    def minutes(self) -> int:
        return (self.seconds + 30) // 60


def sums(rows: Iterable[BookRow]) -> Sums:
    """The sums under the book. `unsaid` are plays that nobody said were aired or not."""
    rows = list(rows)
    aired = [row for row in rows if row.standing == Standing.AIRED]
    return Sums(
        plays=len(aired),
        sessions=len({row.session for row in aired}),
        seconds=sum(row.seconds for row in aired),
        pieces=len({row.title for row in aired}),
        missed=sum(row.standing == Standing.MISSED for row in rows),
        unsaid=sum(row.standing in (Standing.PLANNED, Standing.SENT) for row in rows),
    )


def first_wrong(unit: Unit) -> Break | None:
    """The first place where a unit's log does not hold; None for a whole one.

    What was gone through whole before is not gone through again here (`check_whole` does, each day), but it must end as it
    did then.
    """
    checked = AirLogCheckpoint.objects.filter(unit=unit).first()
    if checked is None:
        return check_whole(unit)
    if checked.wrong_number is not None:
        return Break(unit.pk, checked.wrong_number, checked.wrong_reason)
    if not _ends_as_then(unit, checked):
        return check_whole(unit)
    start = Head(checked.count, checked.last_hash)
    return first_break(unit.pk, _links(unit, after=start.count), head_of(unit), start)


def check_whole(unit: Unit) -> Break | None:
    """Go through all of a unit's log; the first place that does not hold, None for a whole one."""
    return first_break(unit.pk, _links(unit), head_of(unit))


def head_of(unit: Unit) -> Head:
    """The end of a unit's log as its head says."""
    head = AirLogHead.objects.filter(unit=unit).first()
    return Head(head.count, head.last_hash) if head is not None else Head()


def checked_at(unit: Unit) -> datetime | None:
    """When all of a unit's log was gone through last."""
    return AirLogCheckpoint.objects.filter(unit=unit).values_list("checked_at", flat=True).first()


def _ends_as_then(unit: Unit, checked: AirLogCheckpoint) -> bool:
    if not checked.count:
        return True
    return AirLogEntry.objects.filter(unit=unit, number=checked.count, entry_hash=checked.last_hash).exists()


def _links(unit: Unit, *, after: int = 0) -> Iterator[Link]:
    rows = AirLogEntry.objects.filter(unit=unit, number__gt=after).order_by("number")
    for row in rows.iterator(2000):
        entry = Entry(
            row.fact,
            row.witness,
            row.session,
            row.day,
            row.at,
            row.play,
            row.ended_at,
            row.device,
            row.sequence,
            row.by_id,
            row.said,
        )
        link = link_of(
            entry, unit=unit.pk, number=row.number, previous=row.previous_hash, received_at=row.received_at
        )
        yield replace(link, entry_hash=row.entry_hash)


def waiting(unit: Unit, on: date, *, days: int = 14) -> list[Session]:
    """The sessions of the last days of which something planned is neither said to be aired nor to be missed, oldest first."""
    rows = (
        Session.objects.filter(
            programme__unit=unit, day__gte=on - timedelta(days=days), day__lte=on, cancelled_why=""
        )
        .exclude(items__isnull=True)
        .select_related("programme")
        .order_by("day", "starts", "pk")
        .distinct()
    )
    sessions = list(rows)
    states = states_of(sessions)
    done = {play for play, state in states.items() if state.standing in (Standing.AIRED, Standing.MISSED)}
    plays: dict[int, set[UUID]] = defaultdict(set)
    items = RunningItem.objects.filter(session__in=sessions).exclude(bulletin=None, kind=Kind.NEWS)
    for session, uid in items.values_list("session", "uid"):
        plays[session].add(uid)
    return [one for one in sessions if plays[one.pk] - done]
