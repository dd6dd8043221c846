"""When a station may speak: what a province or commune has decided, as values, and what of a schedule goes against it.

There is no national rule: each set has its own days of validity and its legal basis (`models.StationRules`). An emergency is
held to none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.org.rules import Unfit
from dinhlang.periods.returning import EVERY_DAY, BadReturn, Returning, parse, render

# What is not for days of mourning: nothing that entertains (NĐ 105/2012/NĐ-CP, art. 6).
ENTERTAINING = frozenset({Kind.STORY, Kind.PLAY})
_DAY = 24 * 60
# What is stored ahead for longer is a programme that nobody looks at any more.
MOST_DAYS_AHEAD = 3
VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


class Occasion(StrEnum):
    """A day on which a station does not speak as on others."""

    ORDINARY = "ordinary"
    DAY_OFF = "day-off"
    TET = "tet"
    MOURNING = "mourning"


@dataclass(frozen=True, slots=True)
class Quiet:
    """A stretch of each day in which nothing is aired; one that ends before it begins goes over midnight."""

    start: time
    end: time

    def minutes(self) -> list[tuple[int, int]]:
        """The stretch in minutes of the day, in one or two pieces."""
        start, end = minute_of(self.start), minute_of(self.end)
        return [(start, end)] if start < end else [(start, _DAY), (0, end)]


@dataclass(frozen=True, slots=True)
class AirRules:
    """What was decided. `None` where nothing was.

    `days_ahead` is for how many days machines may store the programme: so long one without a line airs what was withdrawn.
    `relay_share` is how many percent of a month's minutes may be relayed at most. `silent_on` are occasions on which the
    station does not speak at all; on days of mourning nothing entertaining is aired in any case.
    """

    sessions_a_day: int | None = None
    minutes_a_session: int | None = None
    minutes_a_day: int | None = None
    weekdays: frozenset[int] = field(default_factory=lambda: frozenset(range(7)))
    quiet: tuple[Quiet, ...] = ()
    relay_share: int | None = None
    silent_on: frozenset[Occasion] = frozenset()
    days_ahead: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Plain values for the database and for files; weekdays in words."""
        return asdict(self) | {
            "weekdays": render(Returning(weekdays=self.weekdays)),
            "quiet": [[f"{one.start:%H:%M}", f"{one.end:%H:%M}"] for one in self.quiet],
            "silent_on": sorted(self.silent_on),
        }

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> AirRules:
        """What `to_json` gave, or a file says. Raises `Unfit` that names the part."""
        unknown = set(said) - set(cls.__dataclass_fields__)
        if unknown:
            raise Unfit(
                _("Quy định có phần không rõ: %(names)s.") % {"names": ", ".join(sorted(unknown))}, "rules"
            )
        return cls(
            **{
                name: _number(said.get(name), name, most)
                for name, most in (
                    ("sessions_a_day", 24),
                    ("minutes_a_session", _DAY),
                    ("minutes_a_day", _DAY),
                    ("relay_share", 100),
                    ("days_ahead", MOST_DAYS_AHEAD),
                )
            },
            weekdays=_weekdays(said.get("weekdays") or render(EVERY_DAY)),
            quiet=tuple(_quiet(one) for one in said.get("quiet") or ()),
            silent_on=_occasions(said.get("silent_on") or ()),
        )


def _number(value: object, name: str, most: int) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise Unfit(_("Số phải từ 0 đến %(most)s. Sửa lại.") % {"most": most}, name)
    return value


def _weekdays(words: str) -> frozenset[int]:
    try:
        found = parse(str(words))
    except BadReturn as reason:
        raise Unfit(str(reason), "weekdays") from None
    if not found.weekdays or found.month_days or found.nth:
        raise Unfit(
            _("Ghi các thứ trong tuần được phát, như “Từ thứ Hai đến thứ Sáu hằng tuần”."), "weekdays"
        )
    return found.weekdays


def _quiet(said: Sequence[str]) -> Quiet:
    try:
        start, end = (time.fromisoformat(str(one)) for one in said)
    except ValueError:
        raise Unfit(_("Giờ không phát ghi như 11:30 và 13:30."), "quiet") from None
    return Quiet(start, end)


def _occasions(said: Iterable[str]) -> frozenset[Occasion]:
    try:
        return frozenset(map(Occasion, said))
    except ValueError:
        raise Unfit(_("Dịp không phát phải là ngày nghỉ, Tết hoặc quốc tang."), "silent_on") from None


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing in the running order of a session, as far as rules look at it.

    `may_air` is False for a bulletin that was withdrawn, is not approved, or not valid on the day; `why_not` says which.
    `is_open` is a place that waits for a bulletin.
    """

    title: str
    seconds: int
    kind: str = Kind.NEWS
    priority: int = Priority.ORDINARY
    is_relay: bool = False
    is_open: bool = False
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Airing:
    """One planned session: `key` is the caller's name for it. `special` says why it is held beside the rules."""

    key: int
    day: date
    starts: time
    minutes: int
    name: str = ""
    pieces: tuple[Piece, ...] = ()
    special: str = ""
    zone: str = ""

    @property
    def span(self) -> tuple[int, int]:
        """From and to, in minutes of the day."""
        start = minute_of(self.starts)
        return start, start + self.minutes


@dataclass(frozen=True, slots=True)
class Conflict:
    """What of a schedule goes against a rule or against itself: where, what, and which sessions. `is_grave` forbids airing."""

    day: date
    code: str
    message: str
    keys: tuple[int, ...]
    is_grave: bool = False


def minute_of(moment: time) -> int:
    """The minute of the day."""
    return moment.hour * 60 + moment.minute


RulesOn = Callable[[date], AirRules]
OccasionOn = Callable[[date], Occasion]


def conflicts(airings: Iterable[Airing], rules_on: RulesOn, occasion_on: OccasionOn) -> list[Conflict]:
    """Everything that is wrong with the sessions, by day. What is held for a special reason is not held to the rules."""
    by_day: dict[date, list[Airing]] = defaultdict(list)
    for one in airings:
        by_day[one.day].append(one)
    found: list[Conflict] = []
    for day in sorted(by_day):
        there = sorted(by_day[day], key=lambda one: (one.starts, one.key))
        found += _of_day(day, there, rules_on(day), occasion_on(day))
    found += _relay_share([one for day in by_day.values() for one in day], rules_on)
    return sorted(found, key=lambda one: (one.day, one.keys, one.code))


def _of_day(day: date, airings: list[Airing], rules: AirRules, occasion: Occasion) -> Iterator[Conflict]:
    held = [one for one in airings if not one.special]
    if rules.sessions_a_day is not None and len(held) > rules.sessions_a_day:
        said = _("Ngày này có %(count)s buổi, quy định tối đa %(most)s buổi.")
        yield Conflict(
            day,
            "sessions",
            said % {"count": len(held), "most": rules.sessions_a_day},
            _keys(held[rules.sessions_a_day :]),
        )
    minutes = sum(one.minutes for one in held)
    if rules.minutes_a_day is not None and minutes > rules.minutes_a_day:
        said = _("Cả ngày phát %(count)s phút, quy định tối đa %(most)s phút.")
        yield Conflict(
            day, "day-minutes", said % {"count": minutes, "most": rules.minutes_a_day}, _keys(held)
        )
    for one in held:
        yield from _of_rules(one, rules, occasion)
    for one in airings:
        yield from _of_pieces(one, occasion)
    yield from _overlaps(day, airings)


def _of_rules(one: Airing, rules: AirRules, occasion: Occasion) -> Iterator[Conflict]:
    if rules.minutes_a_session is not None and one.minutes > rules.minutes_a_session:
        said = _("Buổi %(time)s dài %(count)s phút, quy định tối đa %(most)s phút.")
        yield _about(one, "session-minutes", said, count=one.minutes, most=rules.minutes_a_session)
    if one.day.weekday() not in rules.weekdays:
        yield _about(one, "weekday", _("Buổi %(time)s rơi vào ngày quy định không phát."))
    if occasion in rules.silent_on:
        yield _about(
            one,
            "occasion",
            _("Buổi %(time)s rơi vào %(occasion)s, quy định không phát."),
            occasion=OCCASIONS[occasion](),
        )
    start, end = one.span
    for quiet in rules.quiet:
        # What goes on after midnight speaks at the beginning of a day too.
        spans = [(start, end), (start - _DAY, end - _DAY)]
        if any(a < until and since < b for since, until in quiet.minutes() for a, b in spans):
            said = _("Buổi %(time)s chạm giờ không phát %(since)s–%(until)s.")
            yield _about(one, "quiet", said, since=f"{quiet.start:%H:%M}", until=f"{quiet.end:%H:%M}")


def _of_pieces(one: Airing, occasion: Occasion) -> Iterator[Conflict]:
    seconds = sum(piece.seconds for piece in one.pieces)
    if seconds > one.minutes * 60:
        said = _("Buổi %(time)s có %(count)s phút nội dung, khung giờ chỉ %(most)s phút.")
        yield _about(one, "too-full", said, count=-(-seconds // 60), most=one.minutes)
    if not one.pieces:
        yield _about(one, "empty", _("Buổi %(time)s chưa có nội dung."))
    titles: set[str] = set()
    for piece in one.pieces:
        if piece.is_open:
            yield _about(
                one, "open", _("Buổi %(time)s còn chỗ chưa có bản tin: %(title)s."), title=piece.title
            )
        elif piece.why_not:
            said = _("Buổi %(time)s: “%(title)s” không được phát, %(why)s.")
            yield _about(one, "not-airable", said, grave=True, title=piece.title, why=piece.why_not)
        elif piece.title in titles:
            yield _about(one, "twice", _("Buổi %(time)s có “%(title)s” hai lần."), title=piece.title)
        titles.add(piece.title)
        if occasion is Occasion.MOURNING and piece.kind in ENTERTAINING:
            said = _("Buổi %(time)s: “%(title)s” là nội dung giải trí, không phát trong ngày quốc tang.")
            yield _about(one, "mourning", said, grave=True, title=piece.title)


def _overlaps(day: date, airings: list[Airing]) -> Iterator[Conflict]:
    for at, one in enumerate(airings):
        for other in airings[at + 1 :]:
            same_zone = not one.zone or not other.zone or one.zone == other.zone
            if same_zone and other.span[0] < one.span[1]:
                said = _("Buổi %(time)s và buổi %(other)s chồng giờ nhau.")
                yield Conflict(
                    day,
                    "overlap",
                    said % {"time": f"{one.starts:%H:%M}", "other": f"{other.starts:%H:%M}"},
                    (one.key, other.key),
                    is_grave=True,
                )


def _relay_share(airings: Sequence[Airing], rules_on: RulesOn) -> Iterator[Conflict]:
    if not airings:
        return
    last = max(airings, key=lambda one: one.day)
    most = rules_on(last.day).relay_share
    seconds = sum(piece.seconds for one in airings for piece in one.pieces)
    relayed = sum(piece.seconds for one in airings for piece in one.pieces if piece.is_relay)
    if most is not None and seconds and relayed * 100 > most * seconds:
        said = _("Tiếp âm chiếm %(share)s%% thời lượng của tháng, quy định tối đa %(most)s%%.")
        yield Conflict(last.day, "relay", said % {"share": -(-relayed * 100 // seconds), "most": most}, ())


def _about(one: Airing, code: str, said: str, *, grave: bool = False, **more: object) -> Conflict:
    return Conflict(one.day, code, said % {"time": f"{one.starts:%H:%M}", **more}, (one.key,), grave)


def _keys(airings: Iterable[Airing]) -> tuple[int, ...]:
    return tuple(one.key for one in airings)


OCCASIONS: Mapping[Occasion, Callable[[], str]] = {
    Occasion.ORDINARY: lambda: _("ngày thường"),
    Occasion.DAY_OFF: lambda: _("ngày nghỉ lễ"),
    Occasion.TET: lambda: _("ngày Tết"),
    Occasion.MOURNING: lambda: _("ngày quốc tang"),
}


def in_words(rules: AirRules) -> list[str]:
    """The rules as short sentences, for people to compare with the decision."""
    said = []
    if rules.sessions_a_day is not None:
        said.append(
            ngettext(
                "Mỗi ngày tối đa %(count)s buổi.", "Mỗi ngày tối đa %(count)s buổi.", rules.sessions_a_day
            )
            % {"count": rules.sessions_a_day}
        )
    if rules.minutes_a_session is not None:
        said.append(_("Mỗi buổi tối đa %(count)s phút, kể cả tiếp âm.") % {"count": rules.minutes_a_session})
    if rules.minutes_a_day is not None:
        said.append(_("Mỗi ngày tối đa %(count)s phút.") % {"count": rules.minutes_a_day})
    if len(rules.weekdays) < 7:
        said.append(_("Phát: %(days)s.") % {"days": render(Returning(weekdays=rules.weekdays))})
    for one in rules.quiet:
        said.append(
            _("Không phát từ %(since)s đến %(until)s.")
            % {"since": f"{one.start:%H:%M}", "until": f"{one.end:%H:%M}"}
        )
    if rules.relay_share is not None:
        said.append(_("Tiếp âm tối đa %(share)s%% thời lượng.") % {"share": rules.relay_share})
    if rules.days_ahead is not None:
        said.append(_("Máy phát lưu trước tối đa %(count)s ngày.") % {"count": rules.days_ahead})
    for occasion in sorted(rules.silent_on):
        said.append(_("Không phát vào %(occasion)s.") % {"occasion": OCCASIONS[occasion]()})
    return said


def starts_at(day: date, starts: time) -> datetime:
    """The moment at which a session begins, by the clocks of Vietnam."""
    return datetime.combine(day, starts, tzinfo=VIETNAM)


def days_of_month(year: int, month: int) -> tuple[date, date]:
    """The first and the last day of a month."""
    first = date(year, month, 1)
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
