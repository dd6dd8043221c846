"""Rules that hold, days that are not as others, and the programme of a month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.db.models import Q
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import AirDay, Programme, RunningItem, Session, Slot, StationRules
from dinhlang.broadcast.rules import words
from dinhlang.broadcast.rules.airtime import (
    ENTERTAINING,
    Airing,
    AirRules,
    Conflict,
    Occasion,
    OccasionOn,
    Piece,
    RulesOn,
    conflicts,
)
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods import calendar as working_days
from dinhlang.periods.calendar import BadCount

_TET = "Tết Nguyên đán"


def rules_in_force(unit: Unit, on: date) -> StationRules | None:
    """The rules that hold for a station on a day: its own, else those of the nearest unit above it; None for none."""
    for one in (unit, *org.path_up(unit, on)):
        held = StationRules.objects.filter(unit=one).in_force(on).order_by("-starts_on", "-pk")
        found: StationRules | None = held.first()
        if found is not None:
            return found
    return None


def rules_on(unit: Unit, first: date, last: date) -> RulesOn:
    """The rules of each day of a month, read in a few questions however many days are asked about."""
    path = [unit, *org.path_up(unit, first)]
    nearness = {one.pk: at for at, one in enumerate(path)}
    rows = sorted(
        StationRules.objects.filter(unit__in=nearness)
        .filter(Q(starts_on=None) | Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gt=first))
        .order_by("-starts_on", "-pk"),
        key=lambda row: nearness[row.unit_id],
    )
    read = {row.pk: AirRules.from_json(row.values) for row in rows}

    def on(day: date) -> AirRules:
        for row in rows:
            if (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or day < row.ends_on):
                return read[row.pk]
        return AirRules()

    return on


def occasion_on(unit: Unit, first: date, last: date) -> OccasionOn:
    """What kind of day each is: mourning as a unit of the path noted it, Tết and days off by the calendar of offices."""
    path = [unit, *org.path_up(unit, first)]
    mourning = [
        (row.first, row.last)
        for row in AirDay.objects.filter(unit__in=path, first__lte=last, last__gte=first)
    ]

    def on(day: date) -> Occasion:
        if any(since <= day <= until for since, until in mourning):
            return Occasion.MOURNING
        return _by_calendar(day)

    return on


def rules_of_path(unit: Unit, on: date) -> list[StationRules]:
    """All rules ever written down for a station and for the units above it, its own first, the newest first."""
    path = [unit, *org.path_up(unit, on)]
    nearness = {one.pk: at for at, one in enumerate(path)}
    rows = StationRules.objects.filter(unit__in=nearness).order_by("-starts_on", "-pk")
    return sorted(rows, key=lambda row: nearness[row.unit_id])


def mourning_of_path(unit: Unit, on: date) -> list[AirDay]:
    """Days of mourning written down for a station and for the units above it, the newest first."""
    rows = AirDay.objects.filter(unit__in=[unit, *org.path_up(unit, on)])
    return list(rows.order_by("-first", "-pk"))


def entertaining_plays(days: AirDay) -> int:
    """How many plays of the unit itself are planned on days of mourning although they entertain."""
    return RunningItem.objects.filter(
        session__programme__unit=days.unit,
        session__day__range=(days.first, days.last),
        session__cancelled_why="",
        kind__in=ENTERTAINING,
    ).count()


@dataclass(frozen=True, slots=True)
class DaysOff:
    """Days one after the other that are off for the same reason."""

    first: date
    last: date
    reason: str


def days_off_between(first: date, last: date) -> list[DaysOff]:
    """Tết and the days off of the calendar of offices, from `first` to `last`; weekends are ordinary days."""
    found: list[DaysOff] = []
    day = first
    while day <= last:
        if _by_calendar(day) in (Occasion.TET, Occasion.DAY_OFF):
            reason = working_days.default().reason_off(day) or ""
            before = found[-1] if found else None
            if before and before.reason == reason and before.last == day - timedelta(days=1):
                found[-1] = DaysOff(before.first, day, reason)
            else:
                found.append(DaysOff(day, day, reason))
        day += timedelta(days=1)
    return found


@cache
def _by_calendar(day: date) -> Occasion:
    try:
        reason = working_days.default().reason_off(day) or ""
    except BadCount:
        return Occasion.ORDINARY
    if _TET in reason:
        return Occasion.TET
    # A Saturday or Sunday is an ordinary day of the week; only what the law makes free is a day off.
    return Occasion.DAY_OFF if "nghỉ" in reason else Occasion.ORDINARY


def slots_between(unit: Unit, first: date, last: date) -> list[Slot]:
    """The slots that hold on some day from `first` to `last`, in the order of their hours."""
    held = Slot.objects.filter(unit=unit).filter(
        Q(starts_on=None) | Q(starts_on__lte=last), Q(ends_on=None) | Q(ends_on__gt=first)
    )
    return list(held.order_by("starts", "pk"))


@dataclass(frozen=True, slots=True)
class SessionShown:
    """A session with its running order."""

    session: Session
    items: tuple[RunningItem, ...]

    @property
    def seconds(self) -> int:
        return sum(one.seconds for one in self.items)


def programme_of(unit: Unit, year: int, month: int) -> Programme | None:
    """The programme of a month, None when none was made."""
    return (
        Programme.objects.filter(unit=unit, year=year, month=month)
        .select_related("unit", "settled_by")
        .first()
    )


def sessions_of(
    programme: Programme, *, day: date | None = None, cancelled: bool = True
) -> list[SessionShown]:
    """The sessions of a programme with their running orders, in two questions."""
    rows = programme.sessions.select_related("slot").order_by("day", "starts", "pk")
    if day is not None:
        rows = rows.filter(day=day)
    if not cancelled:
        rows = rows.filter(cancelled_why="")
    return with_items(rows)


def with_items(rows: Iterable[Session]) -> list[SessionShown]:
    """Sessions with their running orders, in two questions."""
    sessions = list(rows)
    items: dict[int, list[RunningItem]] = {one.pk: [] for one in sessions}
    found = (
        RunningItem.objects.filter(session__in=items)
        .select_related("bulletin", "edition", "bulletin__approved", "bulletin__approved_by", "task")
        .defer(
            "edition__script", "edition__folded", "bulletin__approved__script", "bulletin__approved__folded"
        )
    )
    for item in found.order_by("position", "pk"):
        items[item.session_id].append(item)
    return [SessionShown(one, tuple(items[one.pk])) for one in sessions]


def why_not(item: RunningItem, day: date, occasion: Occasion = Occasion.ORDINARY) -> str:
    """Why an item may not be aired on such a day, '' when it may; a place without a bulletin has its own word."""
    if occasion is Occasion.MOURNING and item.kind in ENTERTAINING:
        return _("nội dung giải trí, không phát trong ngày quốc tang")
    bulletin = item.bulletin
    if bulletin is None:
        return ""
    if bulletin.withdrawn_at is not None:
        return _("bản tin đã gỡ")
    if bulletin.approved_id is None:
        return _("bản tin chưa được duyệt")
    if not words.is_valid(bulletin.valid_from, bulletin.valid_until, day):
        return _("bản tin không còn hoặc chưa có hiệu lực phát trong ngày")
    return ""


def airing_of(shown: SessionShown) -> Airing:
    """A session as rules look at it."""
    one = shown.session
    return Airing(
        one.pk,
        one.day,
        one.starts,
        one.minutes,
        one.name,
        tuple(
            Piece(
                item.title,
                item.seconds,
                item.kind,
                item.priority,
                is_relay=item.kind == Kind.RELAY,
                is_open=item.bulletin_id is None and item.kind != Kind.RELAY,
                why_not=why_not(item, one.day),
            )
            for item in shown.items
        ),
        one.special,
        one.zone,
    )


def conflicts_of(programme: Programme, shown: Iterable[SessionShown]) -> list[Conflict]:
    """What of a programme goes against the rules that hold, or against itself."""
    airings = [airing_of(one) for one in shown if not one.session.cancelled_why]
    if not airings:
        return []
    first, last = min(one.day for one in airings), max(one.day for one in airings)
    return conflicts(airings, rules_on(programme.unit, first, last), occasion_on(programme.unit, first, last))
