"""What can happen to a running clock, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from dinhlang.periods.clock.hours import in_vietnam


class WrongEvent(ValueError):
    """What cannot happen to the clock as it stands. The message is Vietnamese and may be shown."""


class Act(StrEnum):
    """What is done to the clock."""

    PAUSED = "paused"
    RESUMED = "resumed"
    APOLOGISED = "apologised"
    BEGUN = "begun"
    """The office that decides has it: only now its term runs (`Elsewhere`)."""


@dataclass(frozen=True, slots=True)
class Event:
    """What was done, when, and why, in words that may stand after a colon.

    `new_on` only with an apology: the day set anew. `anew` only with a pause: what comes after it has the whole term again.
    """

    act: Act
    at: datetime
    reason: str = ""
    new_on: date | None = None
    anew: bool = False


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another office decides than the one that received, and its term runs from when it has the matter (`Act.BEGUN`).

    Until then the day is the one that comes of handing it on in time: `by` says when that is, for what is complete at a moment.
    `why` is the sentence that says whence the term runs, `rule` the words on handing it on, to stand in brackets.
    """

    why: str
    rule: str
    by: Callable[[datetime], datetime]


NEXT = {
    # the clock runs: whether a new day was set already, what may come
    (True, False): {Act.PAUSED, Act.APOLOGISED, Act.BEGUN},
    (True, True): {Act.PAUSED, Act.BEGUN},
    # the clock stands
    (False, False): {Act.RESUMED},
    (False, True): {Act.RESUMED},
}
_REFUSED = {
    (True, Act.RESUMED): "Thời hạn đang chạy, không có gì để tính tiếp. Chỉ tính tiếp sau khi đã tạm dừng.",
    (False, Act.PAUSED): "Thời hạn đang tạm dừng rồi. Ghi việc tính tiếp trước khi tạm dừng lần nữa.",
    (
        False,
        Act.APOLOGISED,
    ): "Thời hạn đang tạm dừng nên chưa có ngày hẹn để lùi. Ghi việc tính tiếp trước, rồi mới hẹn lại.",
    (
        False,
        Act.BEGUN,
    ): "Thời hạn đang tạm dừng. Ghi việc tính tiếp trước, rồi mới ghi nơi giải quyết nhận hồ sơ.",
    (
        True,
        Act.APOLOGISED,
    ): "Đã xin lỗi và hẹn lại một lần; chỉ được hẹn lại một lần. Trả kết quả sớm nhất có thể.",
}


def check_act(act: Act, *, is_running: bool, was_reappointed: bool) -> None:
    """Raises WrongEvent when this cannot come now."""
    if act not in NEXT[is_running, was_reappointed]:
        raise WrongEvent(_REFUSED[is_running, act])


def in_order(received: datetime, events: Iterable[Event]) -> list[Event]:
    """The events by the clocks of Vietnam. Raises WrongEvent when one comes before the one before it, or before receipt."""
    last, ordered = received, []
    for event in events:
        at = in_vietnam(event.at)
        if at < last:
            raise WrongEvent(
                f"Việc ghi lúc {at:%H:%M %d/%m/%Y} xảy ra trước việc đứng trước nó ({last:%H:%M %d/%m/%Y}). Xem lại ngày giờ."
            )
        ordered.append(replace(event, at=at))
        last = at
    return ordered
