"""How long a data request may take on a day, and its promised days with their reasons: data with dates and a legal basis."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from dinhlang.periods import clock
from dinhlang.periods.clock import Act, Appointment, BadTerm, Event, Term
from dinhlang.periods.duration import read_duration
from dinhlang.privacy.rules.states import Deed, Kind


@dataclass(frozen=True, slots=True)
class Terms:
    """Lengths of time in the words of the law ('2 ngày làm việc')."""

    starts_on: date
    legal_basis: str
    reply: str
    done: Mapping[str, str]
    extended: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Happened:
    """A step as far as the clock goes. `new_on` only of an extension."""

    deed: Deed
    at: datetime
    new_on: date | None = None


@cache
def _shipped() -> tuple[Terms, ...]:
    text = resources.files("dinhlang.privacy").joinpath("data/terms.toml").read_text("utf-8")
    found = [Terms(**one) for one in tomllib.loads(text)["terms"]]
    for one in found:
        for words in (one.reply, *one.done.values(), *one.extended.values()):
            term_of(words)
        if {*one.done} != {*Kind.values} or {*one.extended} != {*Kind.values}:
            raise BadTerm(f"Thời hạn từ {one.starts_on} chưa đủ các loại yêu cầu.")
    return tuple(sorted(found, key=lambda one: one.starts_on, reverse=True))


def terms_on(on: date) -> Terms:
    """Those in force on a day; the first ones for a day before any."""
    return next((one for one in _shipped() if one.starts_on <= on), _shipped()[-1])


def term_of(words: str) -> Term:
    """The term that a length of time in words is. Raises `BadTerm`."""
    length = read_duration(words)
    if length is None:
        raise BadTerm(f"Không đọc được thời hạn “{words}”.")
    return Term(length)


def reply_due(received_at: datetime, terms: Terms) -> datetime:
    """Until when the person is told that the request was received and how it goes on."""
    return clock.appointment(received_at, term_of(terms.reply), ()).first_due_at


def done_due(received_at: datetime, term: str, happened: Iterable[Happened]) -> Appointment:
    """Until when the request is carried out, and why on that day. While the person is asked who they are, it stands still."""
    return clock.appointment(received_at, term_of(term), _events(happened))


def extended_on(due_at: datetime, extended: str) -> date:
    """The day to which a request may be extended."""
    length = read_duration(extended)
    if length is None:
        raise BadTerm(f"Không đọc được thời hạn “{extended}”.")
    return due_at.date() + timedelta(days=int(length.amount))


def _events(happened: Iterable[Happened]) -> list[Event]:
    events: list[Event] = []
    stands = False
    for one in happened:
        if one.deed is Deed.ASK and not stands:
            events.append(Event(Act.PAUSED, one.at, "chờ xác minh người yêu cầu"))
            stands = True
        elif one.deed in (Deed.CONFIRM, Deed.RETURN) and stands:
            events.append(Event(Act.RESUMED, one.at, "đã xác minh người yêu cầu"))
            stands = False
        elif one.deed is Deed.EXTEND and one.new_on:
            events.append(Event(Act.APOLOGISED, one.at, "gia hạn", one.new_on))
    return events
