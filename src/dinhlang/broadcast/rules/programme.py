"""A month's programme: slots become sessions, tasks of the plan become places in them, approved bulletins fill the time.

Everything is given as plain values and nothing is moved that a person has placed; the same input gives the same programme.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, ngettext

from dinhlang.broadcast.rules.airtime import AirRules, Occasion, OccasionOn, RulesOn, minute_of
from dinhlang.broadcast.rules.kinds import Priority
from dinhlang.periods.returning import Returning

# How long a place is kept for a bulletin that is not written yet, in seconds.
PLACE_SECONDS = 180
# An ordinary bulletin is heard in the morning and again in the afternoon, an urgent one two days long.
ORDINARY_PLAYS = 2
URGENT_PLAYS = 4


@dataclass(frozen=True, slots=True)
class SlotRule:
    """A slot as the programme needs it: on which days, at what time, how long; `first` and `last` bound its validity."""

    key: int
    days: Returning
    starts: time
    minutes: int
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """A task of the plan that is to be on the radio in the month: so many times between two days."""

    task: int
    title: str
    first: date
    last: date
    times: int
    field: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An approved bulletin that can be aired. `plays` were planned or aired in other sessions than those to be filled."""

    key: int
    seconds: int
    priority: int = Priority.ORDINARY
    task: int | None = None
    field: str = ""
    first: date | None = None
    last: date | None = None
    plays: int = 0


@dataclass(slots=True)
class Made:
    """What stands in a session, in order: a bulletin, or a place that waits for one of a task."""

    seconds: int
    bulletin: int | None = None
    task: int | None = None
    priority: int = Priority.ORDINARY
    title: str = ""


@dataclass(slots=True)
class MadeSession:
    """One session of the programme. `key` names one that was there before."""

    slot: int
    day: date
    starts: time
    minutes: int
    key: int | None = None
    pieces: list[Made] = field(default_factory=list)

    @property
    def free(self) -> int:
        """Seconds that nothing fills."""
        return self.minutes * 60 - sum(one.seconds for one in self.pieces)

    def holds(self, bulletin: int) -> bool:
        return any(one.bulletin == bulletin for one in self.pieces)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day on which a slot would be and is not, and which occasion or rule took it."""

    slot: int
    day: date
    why: str


def sessions_of(
    slots: Iterable[SlotRule], first: date, last: date, rules_on: RulesOn, occasion_on: OccasionOn
) -> tuple[list[MadeSession], list[Skipped]]:
    """The sessions that the slots give from `first` to `last`, in order; none on a day that the rules keep silent.

    Of slots of one day the earlier come first until the rules allow no more.
    """
    found: list[MadeSession] = []
    skipped: list[Skipped] = []
    taken: dict[date, int] = defaultdict(int)
    for slot in sorted(slots, key=lambda one: (minute_of(one.starts), one.key)):
        since = max(first, slot.first) if slot.first else first
        until = min(last, slot.last) if slot.last else last
        for day in slot.days.between(since, until):
            why = _why_silent(day, rules_on(day), occasion_on(day), taken[day])
            if why:
                skipped.append(Skipped(slot.key, day, why))
                continue
            taken[day] += 1
            found.append(MadeSession(slot.key, day, slot.starts, slot.minutes))
    return sorted(found, key=lambda one: (one.day, one.starts, one.slot)), skipped


def _why_silent(day: date, rules: AirRules, occasion: Occasion, taken: int) -> str:
    if occasion in rules.silent_on:
        return occasion.value
    if day.weekday() not in rules.weekdays:
        return "weekday"
    if rules.sessions_a_day is not None and taken >= rules.sessions_a_day:
        return "sessions"
    return ""


# What a person is told of the days on which slots speak not; %(slots)s names them with the number of days.
_SKIPPED_SAID: Mapping[str, str | Promise] = {
    "weekday": gettext_lazy("Quy định không phát vào những ngày này: %(slots)s."),
    Occasion.DAY_OFF: gettext_lazy("Nghỉ lễ, quy định không phát: %(slots)s."),
    Occasion.TET: gettext_lazy("Tết, quy định không phát: %(slots)s."),
    Occasion.MOURNING: gettext_lazy("Quốc tang, quy định không phát: %(slots)s."),
    "sessions": gettext_lazy(
        "Ngày đã đủ số buổi theo quy định, khung giờ sớm hơn được trước, nên không có buổi: %(slots)s."
    ),
}


def skipped_in_words(skipped: Iterable[Skipped], names: Mapping[int, str]) -> list[str]:
    """Why slots do not speak on some days, a sentence for each reason; `names` are those of the slots by their keys."""
    days: dict[str, Counter[str]] = defaultdict(Counter)
    for one in skipped:
        days[one.why][names[one.slot]] += 1
    return [
        str(said)
        % {
            "slots": ", ".join(
                ngettext("%(name)s (%(days)s ngày)", "%(name)s (%(days)s ngày)", count)
                % {"name": name, "days": count}
                for name, count in days[why].items()
            )
        }
        for why, said in _SKIPPED_SAID.items()
        if why in days
    ]


def fill(sessions: Sequence[MadeSession], wishes: Iterable[Wish], candidates: Iterable[Candidate]) -> None:
    """Give the tasks their places, then let bulletins take the places of their task and what time is left.

    Urgent ones go first and stand first in a session; what stands there already stays. A session never gets longer
    than its slot. Within a session the order is by priority, then as it came.
    """
    ready = sorted(candidates, key=lambda one: (-one.priority, one.key))
    for wish in wishes:
        _give_places(sessions, wish)
    for one in ready:
        _place(sessions, one)
    for session in sessions:
        session.pieces.sort(key=lambda piece: -piece.priority)


def _give_places(sessions: Sequence[MadeSession], wish: Wish) -> None:
    within = [one for one in sessions if wish.first <= one.day <= wish.last]
    have = sum(1 for one in within if any(piece.task == wish.task for piece in one.pieces))
    free = [
        one
        for one in within
        if one.free >= PLACE_SECONDS and not any(piece.task == wish.task for piece in one.pieces)
    ]
    for at in _spread(len(free), wish.times - have):
        free[at].pieces.append(Made(PLACE_SECONDS, task=wish.task, title=wish.title))


def _spread(count: int, wanted: int) -> list[int]:
    """Which of `count` things in a row to take for `wanted` that lie evenly apart, each in the middle of its share."""
    wanted = max(0, min(wanted, count))
    return [(2 * at + 1) * count // (2 * wanted) for at in range(wanted)]


def _place(sessions: Sequence[MadeSession], one: Candidate) -> None:
    wanted = (URGENT_PLAYS if one.priority > Priority.ORDINARY else ORDINARY_PLAYS) - one.plays
    wanted -= sum(1 for session in sessions if session.holds(one.key))
    # The places of its own task first: the plan asked for those.
    for session in sorted(sessions, key=lambda session: _place_for(session, one) is None):
        if wanted <= 0:
            return
        if session.holds(one.key) or not _may(one, session.day):
            continue
        place = _place_for(session, one)
        room = session.free + (place.seconds if place else 0)
        if one.seconds > room:
            continue
        if place is not None:
            place.bulletin, place.seconds, place.priority = one.key, one.seconds, one.priority
        else:
            session.pieces.append(Made(one.seconds, one.key, one.task, one.priority))
        wanted -= 1


def _place_for(session: MadeSession, one: Candidate) -> Made | None:
    """The place in the session that waits for a bulletin of this one's task."""
    if one.task is None:
        return None
    return next(
        (piece for piece in session.pieces if piece.bulletin is None and piece.task == one.task), None
    )


def _may(one: Candidate, day: date) -> bool:
    return (one.first is None or one.first <= day) and (one.last is None or day <= one.last)
