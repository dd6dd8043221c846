"""What is true of sums, of a plan's number, and of where the tasks of a plan stand."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused
from dinhlang.work.models import Exactness
from dinhlang.work.rules.lines import clean

# --- figures --------------------------------------------------------------------------------------

_AT_LEAST = (Exactness.MORE_THAN, Exactness.OVER, Exactness.AT_LEAST)


def joint_exactness(words: Iterable[str]) -> str:
    """The exactness of a sum: the one word all inexact parts share, 'hơn' when all only err downwards, else 'khoảng'."""
    inexact = {word for word in words if word}
    if not inexact:
        return ""
    if len(inexact) == 1:
        return str(inexact.pop())
    return str(Exactness.MORE_THAN if inexact <= set(_AT_LEAST) else Exactness.ABOUT)


def share(numerator: int | None, denominator: int | None) -> float | None:
    """The percentage, to two decimals; unknown when a part is unknown or there is nothing to divide by."""
    if numerator is None or not denominator:
        return None
    return round(100 * numerator / denominator, 2)


# --- plans ----------------------------------------------------------------------------------------

_NUMBER_AND_SYMBOL = re.compile(r"(?P<number>\d{1,6})\s*(?:/\s*(?P<symbol>[A-ZĐ][A-ZĐ.-]{0,38}[A-ZĐ]))?")


def number_and_symbol(text: str) -> tuple[str, str]:
    """'4/KH-UBND' as ('04', 'KH-UBND'); without a symbol the second is ''. Raises `Refused` for anything else.

    A number below 10 has a leading zero (NĐ 30/2020/NĐ-CP, Phụ lục I).
    """
    found = _NUMBER_AND_SYMBOL.fullmatch(clean(text))
    if found is None or not int(found["number"]):
        raise Refused(
            _("“%(text)s” không phải số, ký hiệu văn bản. Ghi như 04/KH-UBND.") % {"text": text[:40]}
        )
    return f"{int(found['number']):02d}", found["symbol"] or ""


# --- tasks ----------------------------------------------------------------------------------------


class State(StrEnum):
    """Where an occurrence of a task stands on a day."""

    DONE = "done"
    DONE_LATE = "done-late"
    OPEN = "open"
    LATE = "late"
    GAP = "gap"
    UPCOMING = "upcoming"

    @property
    def label(self) -> str:
        return str(_STATE_LABELS[self])


_STATE_LABELS = {
    State.DONE: gettext_lazy("đã thực hiện"),
    State.DONE_LATE: gettext_lazy("thực hiện sau hạn"),
    State.OPEN: gettext_lazy("đang trong kỳ"),
    State.LATE: gettext_lazy("quá hạn"),
    State.GAP: gettext_lazy("chưa có minh chứng"),
    State.UPCOMING: gettext_lazy("chưa đến kỳ"),
}
FULFILLED = frozenset({State.DONE, State.DONE_LATE})
SETTLED = FULFILLED | {State.LATE, State.GAP}


@dataclass(frozen=True, slots=True)
class Span:
    """The days in which work counts for an occurrence, and the day it is due. `needed` lines fulfil it."""

    starts_on: date
    ends_on: date
    due_on: date
    is_watch: bool = False
    is_only: bool = False
    needed: int = 1


def occurrence_state(span: Span, evidenced_days: Sequence[date], *, on: date) -> State:
    """Where the occurrence stands on `on`, given the sorted days of the task's lines that have evidence.

    Work within the span fulfils it. When the task has only this occurrence, later work fulfils it too, after
    the due day as late; a repeated task's late work would belong to the next occurrence as well.
    """
    first = bisect_left(evidenced_days, span.starts_on)
    after = bisect_right(evidenced_days, on if span.is_only else min(on, span.ends_on))
    if after - first >= span.needed:
        fulfilled_on = evidenced_days[first + span.needed - 1]
        return State.DONE if fulfilled_on <= max(span.due_on, span.ends_on) else State.DONE_LATE
    if on < span.starts_on:
        return State.UPCOMING
    if span.is_watch:
        return State.GAP if on > span.ends_on else State.OPEN
    return State.LATE if on > span.due_on else State.OPEN


def is_completed(states: Iterable[State]) -> bool | None:
    """Whether the task is completed so far; `None` when nothing of it has begun.

    The reform index counts completed tasks of planned ones, with evidence. A continuous task ("Thường xuyên")
    is completed when every watch window that has ended holds evidence; any other when every occurrence that
    is due was done. While nothing is due yet, one fulfilled occurrence is asked for.
    """
    begun = [state for state in states if state is not State.UPCOMING]
    if not begun:
        return None
    settled = [state for state in begun if state in SETTLED]
    return bool(settled) and all(state in FULFILLED for state in settled)
