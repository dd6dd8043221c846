"""Writing in the air log: what was planned, sent and aired, by whom; taking back what was written by mistake.

The log of a unit is one chain. Its head stays locked until the caller's transaction ends, so the log is written last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions, queries
from dinhlang.broadcast.actions.counting import count_session
from dinhlang.broadcast.models import (
    AirLogEntry,
    AirLogHead,
    Programme,
    RunningItem,
    Session,
)
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.log import Entry, Fact, Standing, Witness, link_of
from dinhlang.broadcast.voicing import queries as voicing
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.chain import plain
from dinhlang.org.rules.moves import checked_reason
from dinhlang.vietnamese.text import one_line

NOTE_LENGTH = 500


def append(unit: Unit, entries: Sequence[Entry], *, at: datetime) -> list[AirLogEntry]:
    """Write entries at the end of a unit's log, in this order, inside the caller's transaction. Checks no right."""
    if not entries:
        return []
    AirLogHead.objects.get_or_create(unit=unit)
    head = AirLogHead.objects.select_for_update().get(unit=unit)
    rows: list[AirLogEntry] = []
    for one in entries:
        link = link_of(one, unit=unit.pk, number=head.count + 1, previous=head.last_hash, received_at=at)
        rows.append(
            AirLogEntry(
                unit=unit,
                number=link.number,
                fact=one.fact,
                witness=one.witness,
                session=one.session,
                play=one.play,
                day=one.day,
                at=one.at,
                ended_at=one.ended_at,
                device=one.device,
                sequence=one.sequence,
                by_id=one.by,
                received_at=at,
                said=plain(one.said),
                previous_hash=link.previous_hash,
                entry_hash=link.entry_hash,
            )
        )
        head.count, head.last_hash = link.number, link.entry_hash
        # One number at a time: the database lets the head do nothing else.
        head.save(update_fields=["count", "last_hash"])
    return AirLogEntry.objects.bulk_create(rows)


# --- Planned ------------------------------------------------------------------------------------------------------


@kept_in_vietnamese
@transaction.atomic
def settle_programme(*, programme: Programme, by: Person | None, at: datetime) -> int:
    """Say that the month is planned so: every play from now on is noted as planned, in the edition that is approved now.

    What was noted and has changed since is noted anew, with the new edition. Gives how many plays were noted. Raises
    `Refused` with what stands against it, and `org.permissions.NotAllowed`.
    """
    programme = Programme.objects.select_for_update(of=("self",)).select_related("unit").get(pk=programme.pk)
    permissions.check_can_plan(by, programme.unit, localdate(at))
    ahead = [
        one
        for one in queries.sessions_of(programme, cancelled=False)
        if airtime.starts_at(one.session.day, one.session.starts) > at
    ]
    grave = [one for one in queries.conflicts_of(programme, ahead) if one.is_grave]
    if grave:
        raise Refused(_("Chưa chốt được: %(why)s") % {"why": grave[0].message})
    states = queries.states_of([one.session for one in ahead])
    aired = {play for play, state in states.items() if state.is_aired}
    entries: list[Entry] = []
    changed: list[RunningItem] = []
    approved = [item.bulletin.approved for one in ahead for item in one.items if item.bulletin is not None]
    spoken = voicing.spoken_of_all(one for one in approved if one is not None)
    for shown in ahead:
        for item in shown.items:
            if item.bulletin is not None and item.bulletin.approved_id != item.edition_id:
                item.edition = item.bulletin.approved
            digest = item.edition.digest if item.edition else item.kind
            is_place = item.bulletin_id is None and item.kind != Kind.RELAY
            if is_place or item.uid in aired or item.planned_digest == digest:
                continue
            item.planned_digest = digest
            more: dict[str, str] = {}
            if item.edition is not None:
                sound = spoken.get(item.edition.pk)
                item.title, item.seconds = item.edition.title, voicing.length_of(item.edition, sound)
                more = {"recording": (sound.mp3_id or "") if sound is not None else ""}
            changed.append(item)
            entries.append(about(shown.session, item, Fact.PLANNED, Witness.PERSON, at, by=by, more=more))
    RunningItem.objects.bulk_update(changed, ["edition", "planned_digest", "title", "seconds"])
    programme.settled_at, programme.settled_by = at, by
    programme.save(update_fields=["settled_at", "settled_by"])
    append(programme.unit, entries, at=at)
    audit(
        by=by,
        at=at,
        action="air.settle",
        target=programme,
        unit=programme.unit,
        detail={"rows": len(entries)},
    )
    return len(entries)


def note_unplanned(
    session: Session, items: Iterable[RunningItem], *, why: str = "", by: Person | None, at: datetime
) -> None:
    """Note in the log that plays noted as planned are not any more."""
    entries = [
        about(session, item, Fact.UNPLANNED, Witness.PERSON, at, by=by, more={"why": why})
        for item in items
        if item.planned_digest
    ]
    append(session.programme.unit, entries, at=at)


# --- A person's tick ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tick:
    """What a person says of one play: heard or not, and why not."""

    play: UUID
    aired: bool
    why: str = ""


@kept_in_vietnamese
@transaction.atomic
def tick_session(
    *,
    session: Session,
    ticks: Sequence[Tick],
    started: datetime,
    ended: datetime,
    equipment: str = "",
    note: str = "",
    by: Person | None,
    at: datetime,
) -> list[AirLogEntry]:
    """Write down what a person says was heard of a session, as the paper with tick boxes asks.

    A play that the log says is aired already is not written again. Raises `Unfit` for hours that cannot be, `NoReason`
    for what was not aired without a reason, `Refused`, and `org.permissions.NotAllowed`.
    """
    session = (
        Session.objects.select_for_update(of=("self",)).select_related("programme__unit").get(pk=session.pk)
    )
    unit = session.programme.unit
    permissions.check_can_log(by, unit, localdate(at))
    if localdate(started) != session.day or ended <= started or (ended - started).days:
        raise Unfit(_("Giờ kết thúc phải sau giờ bắt đầu, trong ngày của buổi phát."), "ended")
    if ended > at:
        raise Unfit(_("Buổi phát chưa kết thúc. Phát xong rồi ghi."), "ended")
    [shown] = queries.with_items([session])
    items = {item.uid: item for item in shown.items}
    states = queries.states_of([session])
    entries = []
    for tick in ticks:
        item = items.get(tick.play)
        if item is None:
            raise Refused(_("Mục này không còn trong buổi phát. Tải lại trang."))
        state = states.get(item.uid)
        if state is not None and state.standing == (Standing.AIRED if tick.aired else Standing.MISSED):
            continue
        if state is not None and state.is_aired:
            raise Refused(
                _("“%(title)s” đã được ghi là đã phát. Rút dòng đó trước khi ghi không phát.")
                % {"title": item.title}
            )
        why = (
            ""
            if tick.aired
            else checked_reason(
                tick.why, _("Chưa ghi vì sao “%(title)s” không phát.") % {"title": item.title}
            )
        )
        fact = Fact.AIRED if tick.aired else Fact.MISSED
        entries.append(
            about(
                session,
                item,
                fact,
                Witness.PERSON,
                started,
                ended_at=ended,
                by=by,
                more={
                    "why": why,
                    "equipment": one_line(equipment)[:NOTE_LENGTH],
                    "note": one_line(note)[:NOTE_LENGTH],
                },
            )
        )
    written = append(unit, entries, at=at)
    if written:
        count_session(session, by=by, at=at)
        audit(
            by=by,
            at=at,
            action="air.tick",
            target=session,
            unit=unit,
            detail={"day": session.day, "rows": len(written)},
        )
    return written


@kept_in_vietnamese
@transaction.atomic
def take_back_entry(*, unit: Unit, number: int, reason: str, by: Person | None, at: datetime) -> AirLogEntry:
    """Take back what a person wrote by mistake; both entries stay, and the ledger counts anew.

    Raises `NoReason`, `Refused` for an entry of a player or one taken back before, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_log(by, unit, localdate(at))
    why = checked_reason(reason, _("Chưa ghi vì sao rút lại dòng này."))
    AirLogHead.objects.select_for_update().filter(unit=unit).first()
    entry = AirLogEntry.objects.filter(unit=unit, number=number).first()
    if entry is None or entry.witness != Witness.PERSON or entry.fact not in (Fact.AIRED, Fact.MISSED):
        raise Refused(_("Chỉ rút được dòng do người ghi về việc đã phát hoặc không phát."))
    about = AirLogEntry.objects.filter(
        unit=unit, session=entry.session, play=entry.play, fact=Fact.TAKEN_BACK
    )
    if any(one.said.get("takes_back") == number for one in about):
        raise Refused(_("Dòng này đã được rút lại trước đó."))
    said = {**entry.said, "why": why, "takes_back": number}
    [written] = append(
        unit,
        [
            Entry(
                Fact.TAKEN_BACK,
                Witness.PERSON,
                entry.session,
                entry.day,
                at,
                play=entry.play,
                by=by.pk if by else None,
                said=said,
            )
        ],
        at=at,
    )
    session = Session.objects.filter(uid=entry.session).select_related("programme__unit").first()
    if session is not None:
        count_session(session, by=by, at=at)
    audit(by=by, at=at, action="air.take-back", target=written, unit=unit, detail={"number": number})
    return written


def about(
    session: Session,
    item: RunningItem,
    fact: str,
    witness: str,
    at: datetime,
    *,
    ended_at: datetime | None = None,
    by: Person | None = None,
    more: Mapping[str, str] | None = None,
) -> Entry:
    """An entry about a play, with all that is known of it copied in and `more` beside it."""
    return Entry(
        fact,
        witness,
        session.uid,
        session.day,
        at,
        play=item.uid,
        ended_at=ended_at,
        by=by.pk if by else None,
        said=queries.said_of(session, item) | {name: value for name, value in (more or {}).items() if value},
    )
