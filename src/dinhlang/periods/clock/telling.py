"""Vì sao hẹn ngày này: the sentences that a citizen reads under the day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import groupby

from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.clock.events import Event
from dinhlang.periods.clock.term import Term
from dinhlang.periods.window import numeric_date

_ONE_DAY = timedelta(days=1)


def received(at: datetime) -> str:
    """When it came in."""
    return f"Nhận lúc {_printed(at)}."


def expected(at: datetime, rule: str) -> str:
    """From when it is counted while nobody knows whether the office that decides has it."""
    return f"Chưa ghi lúc nơi giải quyết nhận hồ sơ: ngày hẹn là dự kiến, tính như nơi ấy nhận lúc {_printed(at)} ({rule})."


def still_expected() -> str:
    """That a day promised meanwhile may move, as the term of the office that decides has not begun."""
    return "Chưa ghi lúc nơi giải quyết nhận hồ sơ nên ngày hẹn còn là dự kiến."


def begun(event: Event, term: Term, since: date, ends: datetime, promised: datetime | None) -> list[str]:
    """The office that decides has it; its term `ends` then, or at the day of an apology where that is later."""
    return [
        f"Nơi giải quyết nhận hồ sơ lúc {_moment(event)}; thời hạn tính từ lúc ấy.",
        *lasts(event.at, term, since),
        *_promise_stands(ends, promised),
    ]


def lasts(at: datetime, term: Term, since: date) -> list[str]:
    """How long it may take, from a moment on."""
    told = []
    if term.is_by_days:
        if since != at.date():
            told.append(f"Nhận sau giờ nhận trong ngày nên tính như nhận ngày {numeric_date(since)}.")
        if term.length.amount:
            told.append(
                f"Thời hạn {term.length.words}; ngày nhận không tính (Bộ luật Dân sự 2015, Điều 147)."
            )
        else:
            told.append("Thời hạn trong ngày làm việc.")
    else:
        told.append(f"Thời hạn {term.length.words}, tính từ lúc nhận.")
    return told


def passed(after: date, until: date, term: Term, days: WorkingCalendar) -> list[str]:
    """The days off in a stretch, those in a row together, and the weekends that were worked.

    Nothing where days off count like others.
    """
    if not term.is_by_working_time:
        return []
    stretch = [after + number * _ONE_DAY for number in range(1, (until - after).days + 1)]
    told = []
    for is_off, row in groupby(stretch, key=lambda day: days.reason_off(day) is not None):
        together = list(row)
        if is_off:
            told.append(f"Không tính ngày nghỉ {_named(together)}: {_reasons(together, days)}.")
            continue
        for day in together:
            if (worked := days.reason_worked(day)) is not None:
                told.append(f"Có tính {numeric_date(day)}: {worked[:1].lower()}{worked[1:]}.")
    return told


def moved(ends_on: date, due_on: date, days: WorkingCalendar) -> list[str]:
    """That a term which would end on a day off ends later (Bộ luật Dân sự 2015, Điều 148)."""
    if ends_on >= due_on:
        return []
    return [
        f"Ngày {numeric_date(ends_on)} là ngày nghỉ ({_reasons([ends_on], days)}) nên lùi đến {numeric_date(due_on)} "
        "(Bộ luật Dân sự 2015, Điều 148)."
    ]


def _reasons(row: list[date], days: WorkingCalendar) -> str:
    """Why the days are off, each reason once; as part of a sentence, where only 'Chủ nhật' keeps its capital."""
    said = dict.fromkeys(reason for day in row for reason in (days.reason_off(day) or "").split(", "))
    return ", ".join(one if one == "Chủ nhật" else one[:1].lower() + one[1:] for one in said)


def _named(row: list[date]) -> str:
    first, last = row[0], row[-1]
    return numeric_date(first) if first == last else f"{numeric_date(first)} – {numeric_date(last)}"


def _because(event: Event) -> str:
    return f": {event.reason.rstrip('. ')}" if event.reason.strip() else ""


def paused(event: Event, left: str, keeps_on: date | None, *, is_waiting: bool) -> str:
    """The clock was stopped; `keeps_on` is the day of an apology, which stands where a term that begins again ends before it.

    `is_waiting` where the office that decides has it not yet: its term has not begun.
    """
    after = f"sau đó tính lại từ đầu cả thời hạn {left}" if event.anew else f"còn {left}"
    if is_waiting:
        after = f"thời hạn {left} còn nguyên, tính từ lúc nơi giải quyết nhận hồ sơ"
    stands = f", nếu hết trước {numeric_date(keeps_on)} thì giữ ngày đã hẹn lại ấy" if keeps_on else ""
    return f"Tạm dừng từ {_moment(event)}{_because(event)}; {after}{stands}."


def paused_too_late(event: Event, due_at: datetime, *, is_waiting: bool) -> str:
    """It was stopped when the term was over, or, of what the office that decides has not yet (`is_waiting`), the day of an apology."""
    stands = "giữ nguyên đến khi nơi giải quyết nhận hồ sơ" if is_waiting else "không đổi"
    return f"Tạm dừng từ {_moment(event)}{_because(event)}; đã quá hạn {numeric_date(due_at.date())} nên ngày hẹn {stands}."


def resumed(event: Event, left: str) -> str:
    """The clock went on."""
    return (
        f"Tính tiếp từ {_moment(event)}{_because(event)}, với {left} còn lại; thời gian tạm dừng không tính."
    )


def restarted(event: Event, term: Term, since: date, ends: datetime, promised: datetime | None) -> list[str]:
    """The whole term began again; it `ends` then, or at the day of an apology where that is later."""
    told = [f"Tính lại từ đầu từ {_moment(event)}{_because(event)}, với cả thời hạn {term.length.words}."]
    if term.is_by_days and since != event.at.date():
        told.append(f"Việc ấy sau giờ nhận trong ngày nên tính như ngày {numeric_date(since)}.")
    return [*told, *_promise_stands(ends, promised)]


def waits_again(event: Event) -> str:
    """What stopped it is over, while the office that decides has it not yet."""
    return (
        f"Hết tạm dừng lúc {_moment(event)}{_because(event)}; thời hạn tính từ lúc nơi giải quyết nhận hồ sơ."
    )


def apologised(event: Event, new_on: date, *, in_time: bool) -> str:
    """A new day was set."""
    late = "" if in_time else " Phiếu xin lỗi gửi muộn: phải gửi trước ngày hết hạn ít nhất một ngày."
    return f"Xin lỗi và hẹn lại ngày {numeric_date(new_on)}, báo lúc {_moment(event)}{_because(event)}; chỉ được hẹn lại một lần.{late}"


def _promise_stands(ends: datetime, promised: datetime | None) -> list[str]:
    """That the day of an apology is later than the end of a term that began after it."""
    if promised is None or ends >= promised:
        return []
    return [f"Thời hạn ấy hết trước ngày đã hẹn lại {numeric_date(promised.date())} nên giữ ngày đã hẹn lại."]


def ended(due_at: datetime | None, term: Term, *, provisional: bool) -> list[str]:
    """The day itself, or why there is none."""
    if due_at is None:
        told = ["Đang tạm dừng nên chưa có ngày hẹn."]
    elif term.is_by_days:
        told = [f"Hẹn trả ngày {numeric_date(due_at.date())}."]
    else:
        told = [f"Hẹn trả lúc {due_at:%H:%M} ngày {numeric_date(due_at.date())}."]
    if provisional:
        told.append(
            "Ngày này tạm tính: chưa có thông báo nghỉ lễ, tết chính thức của mọi năm trong thời hạn."
        )
    return told


def _moment(event: Event) -> str:
    return _printed(event.at)


def _printed(at: datetime) -> str:
    return f"{at:%H:%M} ngày {numeric_date(at.date())}"
