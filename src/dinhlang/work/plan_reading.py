"""What a plan's document asks for: its year, tasks with their occurrences, assignments, and what looks wrong.

A file of its own beside `rules`: it joins what `officialdoc` read with what `periods` knows of schedules.
Plain values, no database.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Document, Kind, PartialDate
from dinhlang.officialdoc.model import Task as DocumentTask
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.rules import Refused
from dinhlang.periods import calendar, schedule
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.periods.schedule import Schedule, ScheduleKind
from dinhlang.vietnamese.text import fold
from dinhlang.work.models import ActivityKind
from dinhlang.work.plan_values import EARLIEST_YEAR, LATEST_YEAR, ORDINAL_LENGTH, PlanValues, Row, cleaned
from dinhlang.work.rules import Span, clean

WATCH_MONTHS = 1

_EXPECTED: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.RADIO: ("truyen thanh", "phat thanh"),
    ActivityKind.WEBSITE: ("trang thong tin dien tu", "cong thong tin", "tin bai", "bai viet"),
    ActivityKind.SOCIAL: ("zalo", "facebook", "mang xa hoi", "fanpage"),
    ActivityKind.POSTING: ("niem yet",),
    ActivityKind.TRAINING: ("tap huan", "boi duong"),
    ActivityKind.MEETING: ("hoi nghi", "cuoc hop", "giao ban", "sinh hoat"),
    ActivityKind.BOARD: ("bang ron", "pa no", "pano", "khau hieu", "bang tin"),
    ActivityKind.LEAFLET: ("to roi", "to gap"),
    ActivityKind.CONTEST: ("cuoc thi", "hoi thi"),
    ActivityKind.GUIDANCE: ("huong dan",),
    ActivityKind.SUPPORT: ("to cong nghe so", "ho tro dich vu cong"),
    ActivityKind.SPEAKER: ("tuyen truyen vien", "tuyen truyen mieng"),
}


@dataclass(frozen=True, slots=True)
class TaskReading:
    """A task with the spans in which it is to be done. `warnings` are Vietnamese sentences about it."""

    ordinal: str
    text: str
    product: str
    lead: str
    cooperating: str
    schedule_text: str
    schedule: Mapping[str, Any]
    watch_months: int | None
    expected_kinds: tuple[str, ...]
    spans: tuple[Span, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanReading:
    """A plan's document as this room understands it. `duties` are pairs of unit and duty, in order."""

    year: int
    title: str
    issued_on: date | None
    tasks: tuple[TaskReading, ...]
    duties: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def read_plan(document: Document, name: str) -> PlanReading:
    """Make a plan of a document. Raises `Refused` when it is no plan, has no tasks or no year."""
    _check_is_plan(document, name)
    year = _year(document, name)
    days = calendar.default()
    tasks = tuple(_read_task(task, number, year, days) for number, task in enumerate(document.tasks, 1))
    return PlanReading(
        year=year,
        title=clean(document.subject or "") or _("Kế hoạch năm %(year)d") % {"year": year},
        issued_on=whole_date(document.date),
        tasks=tasks,
        duties=tuple((clean(one.unit), clean(duty)) for one in document.assignments for duty in one.duties),
        warnings=tuple(problem.message for problem in document.problems),
    )


def _check_is_plan(document: Document, name: str) -> None:
    if not document.body and not document.tasks:
        # Each problem of the reader says what to do.
        reason = (
            document.problems[0].message
            if document.problems
            else _("Tệp trống: hãy chọn lại tệp rồi nhập lại.")
        )
        raise Refused(_("Không đọc được tệp “%(name)s”. %(reason)s") % {"name": name, "reason": reason})
    if document.kind is not Kind.PLAN:
        raise Refused(
            _(
                "Tệp “%(name)s” không phải kế hoạch. Hãy chọn văn bản kế hoạch; báo cáo cũ thì đưa vào kho lưu."
            )
            % {"name": name}
        )
    if not document.tasks:
        raise Refused(
            _(
                "Tệp “%(name)s” không có bảng nhiệm vụ. Hãy thêm phụ lục nhiệm vụ (nhiệm vụ, sản phẩm, cơ quan chủ trì, "
                "thời gian thực hiện) rồi nhập lại."
            )
            % {"name": name}
        )


def _year(document: Document, name: str) -> int:
    try:
        year = Period.parse(document.period).year if document.period else None
    except BadPeriod:
        year = None
    if year is None and document.date is not None:
        year = document.date.year
    if year is None or not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refused(
            _(
                "Tệp “%(name)s” không ghi kế hoạch của năm nào. Hãy ghi năm trong trích yếu, ví dụ “năm 2026”, "
                "rồi nhập lại."
            )
            % {"name": name}
        )
    return year


def whole_date(partial: PartialDate | None) -> date | None:
    """The date when all its parts are there and it exists, else `None`."""
    if partial is None or partial.day is None or partial.month is None or partial.year is None:
        return None
    try:
        return date(partial.year, partial.month, partial.day)
    except ValueError:
        return None


def _read_task(task: DocumentTask, number: int, year: int, days: WorkingCalendar) -> TaskReading:
    row = Row(
        text=task.task,
        product=task.product or "",
        lead=task.lead or "",
        cooperating=task.cooperating or "",
        schedule_text=task.schedule.text if task.schedule else "",
        ordinal=clean(task.ordinal or "")[:ORDINAL_LENGTH],
    )
    return read_row(row, number, year, days)


def read_row(row: Row, number: int, year: int, days: WorkingCalendar | None = None) -> TaskReading:
    """What becomes of a row as it is written; `number` is its place, for messages about a row without ordinal."""
    row = cleaned(row)
    read = schedule.parse(row.schedule_text, year)
    watch = (row.watch_months or WATCH_MONTHS) if read.kind is ScheduleKind.CONTINUOUS else None
    spans, warnings = _spans(
        read, row.schedule_text, row.ordinal or str(number), year, days or calendar.default(), watch
    )
    kinds = row.expected_kinds
    return TaskReading(
        ordinal=row.ordinal,
        text=row.text,
        product=row.product,
        lead=row.lead,
        cooperating=row.cooperating,
        schedule_text=row.schedule_text,
        schedule=schedule.to_json(read),
        watch_months=watch,
        expected_kinds=expected_kinds(f"{row.text} {row.product}") if kinds is None else kinds,
        spans=spans,
        warnings=warnings,
    )


def read_values(values: PlanValues) -> PlanReading:
    """What becomes of a whole plan as it is written."""
    days = calendar.default()
    return PlanReading(
        year=values.year,
        title=clean(values.title),
        issued_on=values.issued_on,
        tasks=tuple(read_row(row, number, values.year, days) for number, row in enumerate(values.rows, 1)),
        duties=tuple((clean(unit), clean(duty)) for unit, duty in values.duties),
        warnings=(),
    )


@kept_in_vietnamese
def _spans(
    read: Schedule, phrase: str, ordinal: str, year: int, days: WorkingCalendar, watch: int | None
) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    if watch is not None:
        return tuple(watch_spans(year, watch, days)), ()
    if read.kind is ScheduleKind.TRIGGERED:
        return (), ()
    dues = schedule.occurrences(read, year, days)
    if not dues:
        whole_year = Span(
            date(year, 1, 1), date(year, 12, 31), days.last_working(date(year, 12, 31)), is_only=True
        )
        if phrase:
            said = _(
                "Nhiệm vụ %(ordinal)s: thời gian “%(phrase)s” chưa hiểu được; tạm theo dõi cả năm %(year)d."
            )
        else:
            said = _("Nhiệm vụ %(ordinal)s: chưa ghi thời gian thực hiện; tạm theo dõi cả năm %(year)d.")
        return (whole_year,), (said % {"ordinal": ordinal, "phrase": phrase, "year": year},)
    spans = tuple(
        Span(due.start, due.end, due.due, is_only=len(dues) == 1, needed=read.count or 1) for due in dues
    )
    stale = sorted({span.ends_on.year for span in spans} - {year})
    if not stale:
        return spans, ()
    return spans, (
        _(
            "Nhiệm vụ %(ordinal)s: kế hoạch năm %(year)d nhưng thời gian thực hiện là “%(phrase)s”. "
            "Hãy đối chiếu với văn bản gốc; có thể sót từ kế hoạch năm trước."
        )
        % {"ordinal": ordinal, "phrase": phrase, "year": year},
    )


def watch_spans(year: int, months: int, days: WorkingCalendar) -> Iterator[Span]:
    """The watch windows of a continuous task over a year, each to be filled by its last working day."""
    for window in schedule.watch_windows(year, months):
        yield Span(window.start, window.end, days.last_working(window.end), is_watch=True)


def expected_kinds(text: str) -> tuple[str, ...]:
    """Which kinds of activity the words of a task speak of, in the order of their list."""
    folded = fold(text)
    return tuple(
        kind.value for kind in ActivityKind if any(word in folded for word in _EXPECTED.get(kind, ()))
    )
