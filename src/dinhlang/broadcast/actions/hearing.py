"""What players and devices say: late or twice as it may come, each of their numbers once in the air log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from dinhlang.broadcast.actions.airing import NOTE_LENGTH, about, append
from dinhlang.broadcast.emergency import queries as emergency
from dinhlang.broadcast.models import AirLogEntry, AirLogHead, BulletinEdition, RunningItem, Session, Voicing
from dinhlang.broadcast.rules.log import Entry, Fact, Witness, clock_is_wrong
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import one_line


@dataclass(frozen=True, slots=True)
class Report:
    """One thing a player or device says: which of its own numbers, what of which play, from when to when by its clock."""

    sequence: int
    fact: str
    play: UUID
    at: datetime
    ended_at: datetime | None = None
    media: str = ""
    """SHA-256 of the sound that was played."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a device's reports, by its numbers: written now, known before, and refused with the reason."""

    written: tuple[int, ...] = ()
    known: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)


@kept_in_vietnamese
@transaction.atomic
def take_reports(
    *,
    unit: Unit,
    device: str,
    witness: str,
    reports: Sequence[Report],
    zone: str = "",
    clock: str = "",
    at: datetime,
) -> Taken:
    """Take in what a device of a unit says, late or twice as it may come; each of its numbers is written once.

    Whoever calls has made sure that it is this device, of this unit. What cannot be is refused one by one, so that the
    rest is not lost: a play of another unit, a number that said something else before. `clock` says in words how wrong the
    device's clock is, where that was found out. Sessions that hear something new
    are marked to be counted (`counting.count_due`).
    """
    if witness not in (Witness.PLAYER, Witness.DEVICE) or not device:
        raise ValueError("a device has a name, and is no person")
    name = device[:80]
    refused: dict[int, str] = {}
    wanted: dict[int, Report] = {}
    for one in reports:
        if one.fact not in (Fact.SENT, Fact.AIRED, Fact.MISSED):
            refused[one.sequence] = _("thiết bị chỉ báo đã nhận, đã phát hoặc không phát")
        elif one.sequence < 0 or (one.ended_at is not None and one.ended_at < one.at):
            refused[one.sequence] = _("số thứ tự hoặc giờ không đúng")
        elif one.sequence in wanted and wanted[one.sequence] != one:
            refused[one.sequence] = _("một số thứ tự cho hai việc khác nhau")
        else:
            wanted[one.sequence] = one
    # Two lines of one device at once: the second waits here and then finds what the first wrote.
    AirLogHead.objects.get_or_create(unit=unit)
    AirLogHead.objects.select_for_update().get(unit=unit)
    known = _known(name, wanted, refused)
    items = {
        item.uid: item
        for item in RunningItem.objects.filter(
            uid__in={one.play for number, one in wanted.items() if number not in known},
            session__programme__unit=unit,
        ).select_related("session", "bulletin__approved_by", "edition")
    }
    editions = _editions_by_sound(items.values())
    missing = {one.play for number, one in wanted.items() if number not in known} - items.keys()
    alarms = emergency.on_air(unit, missing, localdate(at))
    entries: list[Entry] = []
    sessions: set[int] = set()
    for number, one in sorted(wanted.items()):
        if number in known or number in refused:
            continue
        ahead = _("đồng hồ thiết bị chạy trước") if clock_is_wrong(one.at, at) else ""
        note = one_line(one.note)[:NOTE_LENGTH]
        more = {"media": one.media[:64], "note": note, "device_zone": zone, "clock": clock or ahead}
        item = items.get(one.play)
        if item is not None:
            item = _as_played(item, editions.get((item.bulletin_id, one.media)))
            more |= _after_withdrawal(item, one)
            entry = about(item.session, item, one.fact, witness, one.at, ended_at=one.ended_at, more=more)
            sessions.add(item.session_id)
        elif one.play in alarms:
            entry = emergency.entry_of(alarms[one.play], one.fact, witness, one.at, more=more)
            entry = replace(entry, ended_at=one.ended_at)
        else:
            refused[number] = _("mục này không có trong chương trình của đơn vị")
            continue
        entries.append(replace(entry, device=name, sequence=number))
    append(unit, entries, at=at)
    Session.objects.filter(pk__in=sessions).update(count_due=True)
    written = tuple(entry.sequence for entry in entries if entry.sequence is not None)
    return Taken(written, tuple(sorted(known)), refused)


def _after_withdrawal(item: RunningItem, one: Report) -> dict[str, str]:
    """What is said of a play that a machine without a line aired after its bulletin was withdrawn."""
    withdrawn_at = item.bulletin.withdrawn_at if item.bulletin is not None else None
    if one.fact != Fact.AIRED or withdrawn_at is None or one.at < withdrawn_at:
        return {}
    said = _("phát sau khi đã gỡ lúc %(moment)s, máy chưa nhận được lệnh gỡ")
    return {"after_withdrawal": said % {"moment": f"{localtime(withdrawn_at):%H:%M %d/%m/%Y}"}}


def _editions_by_sound(items: Iterable[RunningItem]) -> dict[tuple[int | None, str | None], BulletinEdition]:
    """The approved editions of the bulletins of these plays, by bulletin and recording; of two with one sound the newer."""
    rows = BulletinEdition.objects.filter(
        bulletin__in={item.bulletin_id for item in items if item.bulletin_id}, approved_at__isnull=False
    )
    editions = {one.pk: one for one in rows.defer("script", "folded").order_by("number")}
    found: dict[tuple[int | None, str | None], BulletinEdition] = {
        (one.bulletin_id, one.recording_id): one for one in editions.values() if one.recording_id
    }
    spoken = Voicing.objects.filter(edition__in=editions, mp3__isnull=False).order_by("edition__number")
    for number, sha256 in spoken.values_list("edition", "mp3"):
        found[editions[number].bulletin_id, sha256] = editions[number]
    return found


def _as_played(item: RunningItem, edition: BulletinEdition | None) -> RunningItem:
    """The play with the edition whose sound it was: another than was planned, when a bulletin was revised since."""
    if edition is None or edition.pk == item.edition_id:
        return item
    found = copy(item)
    found.edition, found.title, found.seconds = edition, edition.title, max(1, edition.seconds)
    return found


def _known(device: str, wanted: Mapping[int, Report], refused: dict[int, str]) -> set[int]:
    """The numbers that stand in the log already; one that says something else now is refused."""
    known: set[int] = set()
    for row in AirLogEntry.objects.filter(device=device, sequence__in=list(wanted)):
        number = row.sequence or 0
        one = wanted[number]
        if (row.fact, row.play, row.at) == (one.fact, one.play, one.at):
            known.add(number)
        else:
            refused[number] = _("số thứ tự này đã báo một việc khác")
    return known
