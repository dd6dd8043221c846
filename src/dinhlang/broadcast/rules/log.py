"""The air log as facts: what was planned, sent and aired, who says so, and what follows from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.org.rules.chain import Link, plain

# A device's clock that runs ahead more than this is wrong; what it says stands, and that its clock is wrong beside it.
CLOCK_AHEAD = timedelta(minutes=10)
# An airing longer than twice its plan is a report that came in one piece after a standstill: the plan is counted.
_MOST_TIMES_PLANNED = 2
# Kinds that are written pieces ('tin, bài'); a notice or a relay is heard and is none.
WRITTEN_PIECES = frozenset(Kind.values) - {Kind.NOTICE, Kind.RELAY}


class Fact(models.TextChoices):
    """What an entry says."""

    PLANNED = "planned", gettext_lazy("dự kiến phát")
    UNPLANNED = "unplanned", gettext_lazy("bỏ khỏi chương trình")
    SENT = "sent", gettext_lazy("đã gửi đến thiết bị")
    AIRED = "aired", gettext_lazy("đã phát")
    MISSED = "missed", gettext_lazy("không phát")
    TAKEN_BACK = "taken-back", gettext_lazy("rút lại một dòng ghi nhầm")


class Witness(models.TextChoices):
    """Who or what says so."""

    PERSON = "person", gettext_lazy("người trực đài")
    PLAYER = "player", gettext_lazy("máy phát")
    DEVICE = "device", gettext_lazy("cụm loa, thiết bị")


class Standing(models.TextChoices):
    """Where a play stands after all entries about it."""

    PLANNED = "planned", gettext_lazy("Dự kiến")
    SENT = "sent", gettext_lazy("Đã gửi, chưa xác nhận phát")
    AIRED = "aired", gettext_lazy("Đã phát")
    MISSED = "missed", gettext_lazy("Không phát")
    DROPPED = "dropped", gettext_lazy("Đã bỏ khỏi chương trình")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as it is written: the play of a session, when by the witness's clock, and all that is copied in.

    `by` is the person's number; `device` and `sequence` are of a machine and its own count.
    """

    fact: str
    witness: str
    session: UUID
    day: date
    at: datetime
    play: UUID | None = None
    ended_at: datetime | None = None
    device: str = ""
    sequence: int | None = None
    by: int | None = None
    said: Mapping[str, Any] = field(default_factory=dict)


def link_of(entry: Entry, *, unit: str, number: int, previous: str, received_at: datetime) -> Link:
    """An entry at its place in the chain of a unit: everything that is stored of it is under its hash."""
    link = Link(
        number=number,
        at=received_at,
        by=entry.by,
        unit=unit,
        action=f"{entry.fact}:{entry.witness}",
        target=f"{entry.session}:{entry.play or ''}",
        detail={
            "day": entry.day.isoformat(),
            "at": _moment(entry.at),
            "ended_at": _moment(entry.ended_at) if entry.ended_at else None,
            "device": entry.device,
            "sequence": entry.sequence,
            "said": plain(entry.said),
        },
        previous_hash=previous,
    )
    return replace(link, entry_hash=link.hashed())


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as the rules look at it. `takes_back` is the number of the entry that a `TAKEN_BACK` one undoes."""

    number: int
    fact: str
    witness: str
    at: datetime
    ended_at: datetime | None = None
    by: str = ""
    why: str = ""
    takes_back: int | None = None
    said: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class PlayState:
    """A play after all that is told of it. `aired` are the entries that say it was heard, oldest first."""

    standing: Standing
    aired: tuple[Told, ...] = ()
    sent: tuple[Told, ...] = ()
    planned: Told | None = None
    why: str = ""

    @property
    def is_aired(self) -> bool:
        return self.standing is Standing.AIRED

    @property
    def counts(self) -> bool:
        """Whether it was aired while it might be: a machine without a line may air what was withdrawn meanwhile."""
        return any(not (one.said or {}).get("after_withdrawal") for one in self.aired)


def state_of(entries: Iterable[Told]) -> PlayState:
    """Where a play stands. Heard once is heard, whatever else was said; a person's 'không phát' stands until then.

    Entries come in any order; what was taken back is as if it had never been said.
    """
    told = sorted(entries, key=lambda one: one.number)
    undone = {one.takes_back for one in told if one.fact == Fact.TAKEN_BACK}
    standing = [one for one in told if one.number not in undone and one.fact != Fact.TAKEN_BACK]
    aired = tuple(
        sorted((one for one in standing if one.fact == Fact.AIRED), key=lambda one: (one.at, one.number))
    )
    sent = tuple(one for one in standing if one.fact == Fact.SENT)
    plans = [one for one in standing if one.fact in (Fact.PLANNED, Fact.UNPLANNED)]
    planned = plans[-1] if plans and plans[-1].fact == Fact.PLANNED else None
    missed = [one for one in standing if one.fact == Fact.MISSED]
    if aired:
        return PlayState(Standing.AIRED, aired, sent, planned)
    if missed:
        return PlayState(Standing.MISSED, (), sent, planned, missed[-1].why)
    if plans and planned is None:
        return PlayState(Standing.DROPPED, (), sent, None, plans[-1].why)
    return PlayState(Standing.SENT if sent else Standing.PLANNED, (), sent, planned)


def aired_seconds(state: PlayState, planned: int) -> int:
    """How long a play was on air: as a device measured it, else as planned; of several witnesses the longest."""
    measured = [
        round((one.ended_at - one.at).total_seconds())
        for one in state.aired
        if one.ended_at is not None and one.witness != Witness.PERSON
    ]
    good = [one for one in measured if 0 < one <= max(60, planned * _MOST_TIMES_PLANNED)]
    return max(good) if good else planned


def clock_is_wrong(at: datetime, received_at: datetime) -> bool:
    """Whether a device says something happened after we heard of it."""
    return at > received_at + CLOCK_AHEAD


@dataclass(frozen=True, slots=True)
class Heard:
    """One play that was aired, as counting looks at it. `bulletin` is None for a relay or a piece without one.

    `is_new` when its bulletin was written for the radio and never counted as written before.
    """

    seconds: int
    task: int | None = None
    field: str = ""
    bulletin: int | None = None
    kind: str = Kind.NEWS
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What a session aired under one task and one field of reform: the counters of its line in the ledger."""

    task: int | None
    field: str
    plays: int
    sessions: int
    minutes: int
    pieces: tuple[int, ...]

    def measures(self) -> dict[str, int]:
        """The counters, by the concepts of the ledger; zero is not written."""
        found = {
            "broadcasts": self.plays,
            "broadcast_sessions": self.sessions,
            "broadcast_minutes": self.minutes,
            "articles": len(self.pieces),
        }
        return {concept: count for concept, count in found.items() if count}


def counted(heard: Sequence[Heard]) -> list[Group]:
    """What of a session goes into the ledger of communication on reform, which pieces without field and task do not.

    One session is one buổi, whatever it carried: the group with the most time has it. Minutes are those of all together,
    rounded once, and shared out so that they add up.
    """
    groups: dict[tuple[int | None, str], list[Heard]] = defaultdict(list)
    for one in heard:
        if one.task is not None or one.field:
            groups[one.task, one.field].append(one)
    if not groups:
        return []
    order = sorted(groups, key=lambda key: (-sum(one.seconds for one in groups[key]), key[0] or 0, key[1]))
    minutes = shared_minutes([sum(one.seconds for one in groups[key]) for key in order])
    return [
        Group(
            key[0],
            key[1],
            plays=len(groups[key]),
            sessions=1 if at == 0 else 0,
            minutes=minutes[at],
            pieces=tuple(
                dict.fromkeys(
                    one.bulletin
                    for one in groups[key]
                    if one.bulletin is not None and one.is_new and one.kind in WRITTEN_PIECES
                )
            ),
        )
        for at, key in enumerate(order)
    ]


def shared_minutes(seconds: Sequence[int]) -> list[int]:
    """Whole minutes for each, that add up to the rounded minutes of all; what is aired is at least a minute in all."""
    total = sum(seconds)
    whole = max(1, (total + 30) // 60) if total else 0
    floors = [one // 60 for one in seconds]
    rest = sorted(range(len(seconds)), key=lambda at: (-(seconds[at] % 60), at))
    for at in rest[: whole - sum(floors)]:
        floors[at] += 1
    return floors


def title_of_line(name: str, titles: Sequence[str]) -> str:
    """What the ledger calls the line of a session."""
    said = "; ".join(titles)
    return _("Phát thanh “%(name)s”: %(titles)s") % {"name": name, "titles": said}
