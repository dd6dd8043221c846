"""What the standard asks of a request, and how our states are told in its words. No database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _

from dinhlang.citizens.rules.states import State

LONGEST_DESCRIPTION = 4000
LONGEST_SPAN = timedelta(days=90)
MOST_REQUESTS = 1000
OPEN, CLOSED = "open", "closed"
SECOND = timedelta(seconds=1)
"""Moments are told in whole seconds, so they are compared in whole seconds: what was told can be asked for again."""
SETTLES = timedelta(seconds=5)
"""What changed this lately is not yet told to who asks for changes: another change may still come within the same second."""

_DETAILED = {
    State.RECEIVED: "PENDING",
    State.ADVICE: "RECEIVED",
    State.ACCEPTED: "RECEIVED",
    State.ROUTED: "IN_PROCESS",
    State.WAITING: "IN_PROCESS",
    State.FORWARDED: "IN_PROCESS",
    State.DRAFTED: "IN_PROCESS",
    State.REOPENED: "IN_PROCESS",
    State.ANSWERED: "PROCESSED",
    State.DISSATISFIED: "PROCESSED",
    State.CLOSED: "PROCESSED",
    State.LED_AWAY: "REJECTED",
    State.REFUSED: "REJECTED",
    State.WITHDRAWN: "REJECTED",
}
_DONE = frozenset({"PROCESSED", "REJECTED"})
DETAILED = tuple(dict.fromkeys(_DETAILED.values()))
# What everyone may know of a state. How the office works at an answer, whether the sender was content, and that something
# was a complaint or a denunciation are nobody else's to know.
_IN_PROCESS, _ANSWERED, _CLOSED = "Xã đang xử lý", "Xã đã trả lời người gửi", "Xã đã đóng việc này"
NOTICES: Mapping[State, str] = {
    State.RECEIVED: "Xã đã nhận, chờ xem",
    State.ADVICE: "Xã đã ghi nhận là góp ý",
    State.ACCEPTED: "Xã đã tiếp nhận",
    State.ROUTED: _IN_PROCESS,
    State.WAITING: "Xã tạm dừng, chờ bổ sung",
    State.FORWARDED: "Xã đã chuyển cơ quan khác",
    State.DRAFTED: _IN_PROCESS,
    State.REOPENED: "Xã đã mở lại để xem lại",
    State.ANSWERED: _ANSWERED,
    State.DISSATISFIED: _ANSWERED,
    State.CLOSED: _CLOSED,
    State.LED_AWAY: "Xã đã hướng dẫn người gửi đến nơi giải quyết",
    State.REFUSED: "Xã không tiếp nhận và đã báo người gửi",
    State.WITHDRAWN: "Người gửi đã rút",
}


class Fault(Exception):
    """What is asked cannot be answered: the status of HTTP, and why."""

    def __init__(self, status: int, description: str) -> None:
        super().__init__(description)
        self.status, self.description = status, description


class Span(NamedTuple):
    """From and until, both included, in whole seconds."""

    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Attribute:
    """A question beside the words of a request. `values` are (key, name)."""

    code: str
    description: str
    required: bool = False
    datatype: str = "string"
    values: tuple[tuple[str, str], ...] = ()


def attributes(hamlets: list[tuple[str, str]]) -> list[Attribute]:
    """What every service asks. The app asks its user for consent in plain words: nothing is agreed by silence."""
    yes_or_no = (("yes", "Đồng ý"), ("no", "Không đồng ý"))
    found = [
        Attribute(
            "consent",
            "Người gửi có đồng ý để xã giữ tên và cách liên hệ chỉ để xử lý, trả lời việc này không",
            required=True,
            datatype="singlevaluelist",
            values=yes_or_no,
        ),
        Attribute(
            "sender_address",
            "Địa chỉ của người gửi: có họ tên và địa chỉ thì được hẹn ngày trả lời",
        ),
        Attribute(
            "publish",
            "Người gửi có đồng ý để xã đăng câu hỏi và câu trả lời, sau khi bỏ thông tin riêng, không",
            datatype="singlevaluelist",
            values=yes_or_no,
        ),
    ]
    if hamlets:
        found.append(
            Attribute("hamlet", "Thôn, tổ dân phố", datatype="singlevaluelist", values=tuple(hamlets))
        )
    return found


def status_of(state: str) -> str:
    """'open' or 'closed'."""
    return CLOSED if detailed_of(state) in _DONE else OPEN


def detailed_of(state: str) -> str:
    """PENDING, RECEIVED, IN_PROCESS, PROCESSED or REJECTED (CitySDK)."""
    return _DETAILED[State(state)]


def notice_of(state: str, *, is_answered: bool) -> str:
    """What everyone may know of a state. What is closed after its answer stays answered: the day of closing follows from the
    sender's rating."""
    notice = NOTICES[State(state)]
    return _ANSWERED if notice == _CLOSED and is_answered else notice


def noticed(states: Iterable[tuple[int, str, datetime]]) -> list[tuple[int, str, datetime]]:
    """The states of a case (number, state, moment; the oldest first) as public notices: one that says nothing new is left out."""
    found: list[tuple[int, str, datetime]] = []
    for number, state, at in states:
        last = found[-1][1] if found else ""
        notice = notice_of(state, is_answered=last == _ANSWERED)
        if notice != last:
            found.append((number, notice, at))
    return found


def states_of(statuses: str, detailed: str = "") -> list[State] | None:
    """The states that a list of statuses ("open,closed") asks for; None for all. Raises `Fault`."""
    if not statuses and not detailed:
        return None
    asked = _listed(statuses, (OPEN, CLOSED), "status") or {OPEN, CLOSED}
    fine = _listed(detailed.upper(), DETAILED, "detailed_status") or set(DETAILED)
    return [one for one in State if status_of(one) in asked and detailed_of(one) in fine]


def _listed(written: str, known: tuple[str, ...], name: str) -> set[str]:
    found = {one.strip() for one in written.split(",")} - {""}
    if found - set(known):
        raise Fault(
            400, _("Tham số %(name)s chỉ nhận: %(known)s.") % {"name": name, "known": ", ".join(known)}
        )
    return found


def moment(written: str, name: str) -> datetime | None:
    """'2026-11-26T09:00:00+07:00' as a moment, to the second; without an offset by the clocks of Vietnam, None for ''.

    Raises `Fault`.
    """
    if not written:
        return None
    try:
        # A plus sign that was not encoded arrives as a space.
        found = datetime.fromisoformat(written.strip().replace(" ", "+", 1) if "T" in written else written)
    except ValueError:
        raise Fault(
            400, _("Tham số %(name)s phải viết như 2026-11-26T09:00:00+07:00.") % {"name": name}
        ) from None
    if not 1970 <= found.year <= 2200:
        raise Fault(400, _("Tham số %(name)s nằm ngoài những năm có dữ liệu.") % {"name": name})
    found = found.replace(microsecond=0)
    return found if found.tzinfo else found.replace(tzinfo=get_default_timezone())


def span(start: datetime | None, end: datetime | None, now: datetime) -> Span:
    """The days asked for, at most 90 from their beginning; the last 90 for who asks for none. Raises `Fault`."""
    if start is not None and end is not None and end < start:
        raise Fault(400, _("Ngày end_date phải sau start_date."))
    if start is None:
        until = end or now.replace(microsecond=0)
        return Span(until - LONGEST_SPAN, until)
    return Span(start, min(end or start + LONGEST_SPAN, start + LONGEST_SPAN))


def answers(given: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The attributes of a posted form: `attribute[CODE]=v`, or `attribute[CODE][]=v` repeated. What is left blank is not there."""
    found: dict[str, list[str]] = {}
    for name, values in given.items():
        said = [one for one in values if one.strip()]
        if said and name.startswith("attribute["):
            code = name.removeprefix("attribute[").removesuffix("[]").removesuffix("]")
            found[code] = [*found.get(code, []), *said]
    return found


def check_answers(asked: list[Attribute], given: Mapping[str, list[str]]) -> None:
    """Raise `Fault` for what is required and missing, and for a value that is none of the list."""
    for one in asked:
        values = given.get(one.code, [])
        if one.required and not values:
            raise Fault(
                400, _("Thiếu attribute[%(code)s]: %(what)s.") % {"code": one.code, "what": one.description}
            )
        known = {key for key, _name in one.values}
        if known and set(values) - known:
            raise Fault(
                400,
                _("Giá trị của attribute[%(code)s] không có trong danh sách. Xem services/{mã}.json.")
                % {"code": one.code},
            )


def told(at: datetime | None) -> str | None:
    """A moment with its offset, by the clocks of Vietnam."""
    if at is None:
        return None
    return (
        (at if at.tzinfo else at.replace(tzinfo=UTC))
        .astimezone(get_default_timezone())
        .isoformat(timespec="seconds")
    )
