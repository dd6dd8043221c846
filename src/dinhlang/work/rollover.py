"""The plan of another year, proposed from the plan of this one. No database, no clock.

Years are moved where the words show that they are years, schedules are read again, and whatever could not be
recomputed stays as it is and is listed with its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc.read.words import fold
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.periods import calendar, schedule
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.periods.schedule import Schedule, ScheduleKind
from dinhlang.periods.window import numeric_date
from dinhlang.vietnamese.text import nfc
from dinhlang.work.bodies import ended_in
from dinhlang.work.plan_values import PlanValues, Row, check_year
from dinhlang.work.years import Mention, YearKind, mentions, replaced

_NUMBER = re.compile(r"(?:(?<=\bso )|(?<=\bso: ))\d+[a-z]?(?=\s*/\s*[a-z])")
_DAY = re.compile(
    r"(?<!\w)ngay\s+\d{1,2}\s*(?:(?:/|-|\.)\s*\d{1,2}\s*(?:/|-|\.)\s*\d{4}|thang\s+\d{1,2}\s+nam\s+\d{4})"
)
_LEAP_DAY = re.compile(r"(?<!\d)29(?=\s*(?:[/.-]\s*|\s+thang\s+)0?2\b)")


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at: where (`path`), its words, why, and what it could be instead.

    `is_left` when it could not be recomputed; otherwise it was, or holds, and is only to be looked at.
    """

    path: str
    quote: str
    reason: str
    suggestion: str | None = None
    is_left: bool = True


@dataclass(frozen=True, slots=True)
class Rolled:
    """The proposed plan, and what a person should look at in it."""

    values: PlanValues
    notes: tuple[Note, ...]

    @property
    def left(self) -> tuple[Note, ...]:
        """What could not be recomputed."""
        return tuple(note for note in self.notes if note.is_left)


@kept_in_vietnamese
def roll(values: PlanValues, year: int, days: WorkingCalendar | None = None) -> Rolled:
    """The plan of `year` from one of another year. Raises `NotWritable` for a year no plan can be of."""
    check_year(year)
    return _Roller(values, year, days or calendar.default()).roll()


@kept_in_vietnamese
def rolled_text(text: str, old: int, new: int) -> tuple[str, tuple[Note, ...]]:
    """A paragraph of a plan of the year `old` as one of `new` would have it, and what to look at in it."""
    roller = _Roller(PlanValues(old, ""), new, calendar.default())
    return roller.text("", text), tuple(roller.notes)


def moved_schedule(phrase: str, old: int, new: int) -> str:
    """A schedule phrase in which every written year `old` is `new`: 'Quý I/2022' for 2023 is 'Quý I/2023'."""
    return replaced(
        phrase, lambda one: new if one.year == old and one.kind in (YearKind.YEAR, YearKind.TARGET) else None
    )


class _Roller:
    """One rolling: the values, where they go, and the notes gathered on the way."""

    def __init__(self, values: PlanValues, year: int, days: WorkingCalendar) -> None:
        self.values = values
        self.old = values.year
        self.new = year
        self.days = days
        self.notes: list[Note] = []

    def roll(self) -> Rolled:
        values = self.values
        title = self.text("title", values.title)
        bases = tuple(self._basis(f"bases.{at}", text) for at, text in enumerate(values.bases))
        rows = tuple(self._row(f"rows.{at}", row) for at, row in enumerate(values.rows))
        duties = tuple(
            (self.text(f"duties.{at}.unit", unit), self.text(f"duties.{at}", duty))
            for at, (unit, duty) in enumerate(values.duties)
        )
        rolled = PlanValues(self.new, title, "", values.symbol, None, bases, rows, duties)
        return Rolled(rolled, tuple(self.notes))

    def _note(
        self, path: str, quote: str, reason: str, suggestion: str | None = None, *, is_left: bool = True
    ) -> None:
        self.notes.append(Note(path, quote, reason, suggestion, is_left))

    def _row(self, path: str, row: Row) -> Row:
        moved: dict[str, Any] = {
            name: self.text(f"{path}.{name}", getattr(row, name))
            for name in ("text", "product", "lead", "cooperating")
        }
        phrase = self._schedule(f"{path}.schedule_text", row.schedule_text)
        return replace(row, **moved, schedule_text=phrase, task=None)

    # --- words ------------------------------------------------------------------------------------

    def text(self, path: str, text: str) -> str:
        """Words that are no schedule and no citation, with their years moved."""
        rolled = replaced(text, self._moved)
        for mention in mentions(text):
            self._look_at_year(path, nfc(text), mention)
        self._look_at_bodies(path, rolled)
        return rolled

    def _moved(self, mention: Mention) -> int | None:
        """The year before, of and after the plan move along; others are of something else."""
        near = abs(mention.year - self.old) <= 1
        return mention.year + self.new - self.old if mention.kind is YearKind.YEAR and near else None

    def _look_at_year(self, path: str, text: str, mention: Mention) -> None:
        quote = text[max(0, mention.start - 12) : mention.end].split(" ", 1)[-1]
        year = mention.year
        suggestion = f"{text[: mention.start]}{self.new}{text[mention.end :]}"
        match mention.kind:
            case YearKind.YEAR if self._moved(mention) is None and year < self.new:
                reason = _("năm %(year)d không phải năm của kế hoạch cũ nên được giữ nguyên")
                self._note(path, quote, reason % {"year": year}, suggestion)
            case YearKind.YEAR if self._moved(mention) is not None and year != self.old:
                reason = _("năm %(year)d đã đổi thành %(new)d; kiểm tra lại")
                self._note(path, quote, reason % {"year": year, "new": self._moved(mention)}, is_left=False)
            case YearKind.TARGET if year < self.new:
                reason = _("mốc năm %(year)d đã qua trước năm %(new)d")
                self._note(path, quote, reason % {"year": year, "new": self.new}, suggestion)
            case YearKind.RANGE if year < self.new and not self._goes_on(text, mention):
                reason = _("giai đoạn kết thúc trước năm %(new)d; kiểm tra văn bản của giai đoạn mới")
                self._note(path, quote, reason % {"new": self.new})
            case YearKind.UNKNOWN if year == self.old:
                reason = _("không rõ %(year)d có phải là năm nên được giữ nguyên")
                self._note(path, quote, reason % {"year": year}, suggestion)

    def _goes_on(self, text: str, mention: Mention) -> bool:
        """Whether a range that this year begins or ends still runs in the new year; told at its last year only."""
        ranges = [one for one in mentions(text) if one.kind is YearKind.RANGE]
        at = ranges.index(mention)
        return at % 2 == 0 or mention.year >= self.new

    def _look_at_bodies(self, path: str, text: str) -> None:
        for ended in ended_in(text, date(self.new, 1, 1)):
            reason = _("%(name)s không còn từ %(day)s (%(basis)s)") % {
                "name": ended.name,
                "day": numeric_date(ended.ended_on),
                "basis": ended.basis,
            }
            self._note(path, ended.name, reason, ended.replaced)

    # --- citations --------------------------------------------------------------------------------

    def _basis(self, path: str, text: str) -> str:
        """A document of every year is asked for anew; one of a programme stays."""
        of_a_year = [
            one for one in mentions(text) if one.kind is YearKind.YEAR and 0 <= self.old - one.year <= 1
        ]
        if not of_a_year:
            for mention in mentions(text):
                self._look_at_year(path, nfc(text), mention)
            return text
        rolled = replaced(
            _without_number_and_day(text), lambda one: self.new if one.kind is YearKind.YEAR else None
        )
        reason = _("cần văn bản năm %(year)d: chưa biết số") % {"year": self.new}
        self._note(path, nfc(text), reason)
        self._look_at_bodies(path, rolled)
        return rolled

    # --- schedules --------------------------------------------------------------------------------

    def _schedule(self, path: str, phrase: str) -> str:
        rolled = replaced(phrase, self._moved_in_schedule)
        was, reads = schedule.parse(phrase, self.old), schedule.parse(rolled, self.new)
        for reason, suggestion in self._stuck(phrase, rolled, was, reads):
            self._note(path, phrase, reason, suggestion)
        for reason in self._days_off(reads):
            self._note(path, rolled, reason, is_left=False)
        self._look_at_bodies(path, rolled)
        return rolled

    def _moved_in_schedule(self, mention: Mention) -> int | None:
        # A year before the plan's is a slip from an older plan; the one after is a date for reporting.
        near = 0 <= mention.year - self.old <= 1
        is_time = mention.kind in (YearKind.YEAR, YearKind.TARGET)
        return mention.year + self.new - self.old if is_time and near else None

    def _stuck(
        self, phrase: str, rolled: str, was: Schedule, reads: Schedule
    ) -> Iterator[tuple[str, str | None]]:
        """Why the phrase could not be moved, each with what it could be instead."""
        if was.kind is ScheduleKind.UNKNOWN:
            if phrase:
                yield _("thời gian này chưa hiểu được nên chưa tính lại được"), None
            else:
                yield _("chưa ghi thời gian thực hiện"), None
        elif reads.kind is ScheduleKind.UNKNOWN:
            leap = _LEAP_DAY.sub("28", fold(rolled))
            day = rolled if leap == fold(rolled) else _with_digits_of(rolled, leap)
            yield _("năm %(year)d không có ngày này") % {"year": self.new}, day
        far = {
            one.year
            for one in mentions(phrase)
            if self._moved_in_schedule(one) is None
            and (one.year < self.new or one.year == self.old)
            and one.kind in (YearKind.YEAR, YearKind.TARGET, YearKind.RANGE)
        }
        for year in sorted(far):
            yield (
                _("ghi năm %(year)d trong kế hoạch năm %(old)d; có thể sót từ kế hoạch trước")
                % {"year": year, "old": self.old},
                moved_schedule(rolled, year, self.new),
            )
        if not far and str(self.old) in rolled and self.old != self.new:
            yield _("còn ghi %(year)d") % {"year": self.old}, rolled.replace(str(self.old), str(self.new))

    def _days_off(self, reads: Schedule) -> Iterator[str]:
        for day in reads.deadlines:
            reason = self.days.reason_off(day)
            if reason is not None:
                yield _("%(day)s là ngày nghỉ (%(reason)s); hạn tính đến %(due)s") % {
                    "day": numeric_date(day),
                    "reason": reason,
                    "due": numeric_date(self.days.next_working(day)),
                }


def _without_number_and_day(text: str) -> str:
    """The citation of a document that is not known yet: 'Kế hoạch số …/KH-UBND ngày … của …'."""
    return _put(_put(nfc(text), _DAY, 4, " …"), _NUMBER, 0, "…")


def _put(text: str, pattern: re.Pattern[str], kept: int, put: str) -> str:
    """The text with `put` for each match of its folded form, of which the first letters are kept."""
    parts, at = [], 0
    for found in pattern.finditer(fold(text)):
        parts += [text[at : found.start() + kept], put]
        at = found.end()
    return "".join([*parts, text[at:]])


def _with_digits_of(text: str, folded: str) -> str:
    """The text with the digits of its folded form, which is as long."""
    return "".join(new if new.isdigit() else old for old, new in zip(text, folded, strict=True))
