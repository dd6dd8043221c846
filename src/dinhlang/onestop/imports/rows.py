"""A row of an export as what the system says of one dossier, or why it cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.onestop.imports import columns, days
from dinhlang.onestop.imports.days import Moment, Order
from dinhlang.onestop.imports.table import Table, shown
from dinhlang.onestop.rules import codes
from dinhlang.onestop.rules.intake import check_no_identity_number
from dinhlang.onestop.rules.states import ENDED, Delivery, State
from dinhlang.onestop.rules.told import Told
from dinhlang.org.rules import Refused
from dinhlang.periods.clock.hours import VIETNAM
from dinhlang.work.rules import plain

NOT_RECEIVED = "not-received"
GIVEN = "given"
_TIMING = re.compile(r"\b(?:trong han|dung han|truoc han|qua han|tre han|som han|chua den han)\b")
_PROCEDURE_CODE = re.compile(r"\d\.\d{6}")
_NAME_LENGTH, _FIELD_LENGTH = 2000, 250


class Unread(ValueError):
    """The row cannot be taken; the message says why."""


@dataclass(frozen=True, slots=True)
class Row:
    """What the system says of one dossier. `told` is `None` for one that it has not received."""

    number: int
    code: codes.Code
    told: Told | None
    procedure_code: str = ""
    procedure: str = ""
    field: str = ""
    channel: str = "counter"
    presented_at: datetime | None = None

    def as_json(self) -> list[Any]:
        return [
            self.number,
            str(self.code),
            self.told.as_json() if self.told else None,
            self.procedure_code,
            self.procedure,
            self.field,
            self.channel,
            self.presented_at.isoformat() if self.presented_at else None,
        ]

    @classmethod
    def of_json(cls, said: list[Any]) -> Row:
        number, code, told, procedure_code, procedure, name, channel, presented = said
        return cls(
            number,
            codes.read(code),
            Told.of_json(told) if told else None,
            procedure_code,
            procedure,
            name,
            channel,
            datetime.fromisoformat(presented) if presented else None,
        )


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a table is to be read: its orders by meaning, the states that a person gave to words we do not know, its day."""

    orders: Mapping[str, Order]
    states: Mapping[str, str]
    as_of: date


def evidence(table: Table) -> dict[str, days.Evidence]:
    """What the rows prove of the order of each column of days."""
    code = table.column("code")
    hints = [_code_day(_at(row, code)) for _number, row, _field in table.rows]
    found = {}
    for meaning in columns.DAYS:
        column = table.column(meaning)
        if column is None:
            continue
        # A dossier's code has the day of its receipt: a witness for the days of coming in, and for no other.
        comes_in = meaning in ("presented", "received")
        found[meaning] = days.evidence(
            (number, _at(row, column), hint if comes_in else None)
            for (number, row, _field), hint in zip(table.rows, hints, strict=True)
        )
    return found


def unknown_states(table: Table, states: Mapping[str, str]) -> dict[str, int]:
    """The words for states that nobody has explained yet, and in how many rows they stand."""
    column = table.column("state")
    found: dict[str, int] = {}
    if column is None:
        return found
    for _number, row, _field in table.rows:
        text = shown(_at(row, column))
        if text and state_of(text) is None and plain(text) not in states:
            found[text[:80]] = found.get(text[:80], 0) + 1
    return found


def read(
    table: Table, how: Understanding, progress: Callable[[int], None]
) -> Iterator[Row | tuple[int, str, str]]:
    """Each row, or its number, what stands in place of its code, and why it cannot be read."""
    places = {meaning: table.column(meaning) for meaning in columns.MEANINGS}
    for done, (number, cells, under) in enumerate(table.rows):
        if not done % 2000:
            progress(done)
        said = {meaning: _at(cells, place) for meaning, place in places.items()}
        try:
            yield _read(number, said, under, how, table.since_1904)
        except (Unread, days.BadDay, Refused) as reason:
            yield number, shown(said["code"])[: codes.LONGEST], str(reason)


def _read(number: int, said: Mapping[str, object], under: str, how: Understanding, since_1904: bool) -> Row:
    if said["code"] is None:
        raise Unread(_("dòng không có mã hồ sơ"))
    code = codes.read(shown(said["code"]))
    moments = {
        meaning: _moment(meaning, said[meaning], how, since_1904, code.day) for meaning in columns.DAYS
    }
    procedure = shown(said["procedure"])[:_NAME_LENGTH]
    field = (shown(said["field"]) or under)[:_FIELD_LENGTH]
    for text in (procedure, field):
        # A column of people that was taken for one of procedures: nothing of it comes in.
        check_no_identity_number(text, "procedure")
    procedure_code = _PROCEDURE_CODE.search(shown(said["procedure_code"]))
    presented = moments["presented"]
    return Row(
        number,
        code,
        _told(code, _state(shown(said["state"]), how.states, moments), moments, how.as_of),
        procedure_code[0] if procedure_code else "",
        procedure or (procedure_code[0] if procedure_code else "—"),
        field,
        channel_of(shown(said["channel"])),
        presented.as_datetime(VIETNAM) if presented else None,
    )


def _moment(meaning: str, cell: object, how: Understanding, since_1904: bool, hint: date) -> Moment | None:
    comes_in = meaning in ("presented", "received")
    try:
        return days.read(
            cell, how.orders.get(meaning), since_1904=since_1904, hint=hint if comes_in else None
        )
    except days.BadDay as reason:
        raise Unread(f"{columns.MEANINGS[meaning]}: {reason}") from None


def _state(text: str, explained: Mapping[str, str], moments: Mapping[str, Moment | None]) -> str:
    if not text:
        if moments["given"]:
            return GIVEN
        return State.RESOLVED if moments["resolved"] else State.IN_HAND
    found = explained.get(plain(text)) or state_of(text)
    if not found:
        raise Unread(_("chưa biết trạng thái “%(state)s” là gì") % {"state": text[:60]})
    return found


def _told(code: codes.Code, state: str, moments: Mapping[str, Moment | None], as_of: date) -> Told | None:
    if state == NOT_RECEIVED:
        return None
    # The day in a code is that of receipt, where no column has it.
    came = moments["received"] or moments["presented"] or Moment(code.day)
    due, resolved, given = moments["due"], moments["resolved"], moments["given"]
    if came.day > as_of:
        raise Unread(_("ngày tiếp nhận sau ngày của số liệu"))
    at = came.as_datetime(VIETNAM)
    is_given = state == GIVEN or (state == State.RESOLVED and given is not None)
    now = State.RESOLVED if is_given else State(state)
    if now not in ENDED and (resolved or given):
        raise Unread(_("trạng thái là chưa xong nhưng có ngày kết quả; xem lại trên hệ thống"))
    end = resolved or given
    if now in ENDED and end is None:
        raise Unread(_("hồ sơ đã xong nhưng không có ngày kết quả"))
    ended_at = _later(end, at) if now in ENDED and end else None
    given_at = _later(given or end, at) if is_given and (given or end) else None
    for moment in (ended_at, given_at):
        if moment is not None and moment.date() > as_of:
            raise Unread(_("ngày kết quả sau ngày của số liệu"))
    if given_at is not None and ended_at is not None and given_at < ended_at:
        raise Unread(_("ngày trả kết quả trước ngày có kết quả"))
    delivery = Delivery.NOTHING
    if now in (State.RESOLVED, State.STOPPED):
        delivery = Delivery.GIVEN if given_at is not None else Delivery.READY
    return Told(
        state=now,
        delivery=delivery,
        received_at=at,
        as_of=as_of,
        due_at=due.as_datetime(VIETNAM, otherwise=time(23, 59)) if due else None,
        resolved_at=ended_at if now is State.RESOLVED else None,
        given_at=given_at,
        ended_at=ended_at,
    )


def _later(moment: Moment | None, received_at: datetime) -> datetime | None:
    """The moment; of a day without a time as early as it can be, so that it is late only where its day is."""
    if moment is None:
        return None
    at = moment.as_datetime(VIETNAM)
    if at >= received_at:
        return at
    if moment.time is None and moment.day == received_at.date():
        return received_at
    raise Unread(_("ngày kết quả trước ngày tiếp nhận"))


@lru_cache(maxsize=1024)
def state_of(text: str) -> str | None:
    """The state that the words name: one of `State`, `GIVEN` or `NOT_RECEIVED`; `None` for words nobody knows."""
    bare = _TIMING.sub(" ", plain(text))
    said = " ".join(bare.split())
    if not said:
        return None
    return _names("states").get(said)


@lru_cache(maxsize=256)
def channel_of(text: str) -> str:
    """How it came in; what is not said is the counter's."""
    said = plain(text)
    known = _names("channels")
    if said in known:
        return known[said]
    return next((way for name, way in known.items() if len(name) > 5 and name in said), "counter")


@lru_cache
def _names(part: str) -> Mapping[str, str]:
    return {word: name for name, said in columns.words()[part].items() for word in said}


def _code_day(cell: object) -> date | None:
    try:
        return codes.read(shown(cell)).day
    except codes.BadCode:
        return None


def _at(cells: Any, place: int | None) -> object:
    return cells[place] if place is not None and place < len(cells) else None
