"""Reporting regimes: which days a period counts and by when its report is due. Rules are rows of regimes.toml.

The same period has different windows in different regimes, and a regime changes with the law; what was made
under one version (an obligation, a report) keeps the window it was made with.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from dinhlang.periods import calendar as working_days
from dinhlang.periods.calendar import SkippedDay, WorkingCalendar
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.window import Window, last_day, numeric_date

__all__ = [
    "BadRegime",
    "Confidence",
    "DueDate",
    "DueRule",
    "Regime",
    "UnknownRegime",
    "Window",
    "WindowRule",
    "from_row",
    "get",
    "row_of",
    "versions",
]


class UnknownRegime(LookupError):
    """No such regime, or none in force on the day. The message is Vietnamese and may be shown."""


class BadRegime(ValueError):
    """A row that is no regime. The message is Vietnamese and may be shown."""


class Confidence(StrEnum):
    """How sure a rule is."""

    OFFICIAL = "official"
    LOCAL = "local"


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How the window of some kinds of period is cut. A day past the end of a month means its last day."""

    kinds: frozenset[Kind]
    opens_months_before: int
    opens_day: int
    closes_day: int
    basis: str
    confidence: Confidence

    def window(self, period: Period) -> Window:
        """The days that count for the period."""
        months = period.year * 12 + period.first_month - 1 - self.opens_months_before
        start = _day_of_month(months // 12, months % 12 + 1, self.opens_day)
        return Window(start, _day_of_month(period.year, period.last_month, self.closes_day))


@dataclass(frozen=True, slots=True)
class DueRule:
    """By when one level reports: so many working days after the cut-off, or a day of the period's last month."""

    level: str
    working_days_after_cut_off: int | None
    day_of_last_month: int | None
    basis: str
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class DueDate:
    """A deadline, and in Vietnamese how it was found.

    `skipped` are the days off that were passed over on the way to it, `worked_weekends` those that count all the same.
    """

    on: date
    rule: DueRule
    provisional: bool
    explanation: str
    skipped: tuple[SkippedDay, ...] = ()
    worked_weekends: tuple[SkippedDay, ...] = ()


@dataclass(frozen=True, slots=True)
class Regime:
    """One version of a reporting regime, in force from `valid_from` until before `valid_to`."""

    id: str
    version: str
    name: str
    basis: str
    valid_from: date
    valid_to: date | None
    windows: tuple[WindowRule, ...]
    dues: tuple[DueRule, ...]

    def in_force(self, on: date) -> bool:
        """Whether this version holds on the day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def window_rule(self, kind: Kind) -> WindowRule:
        """The rule that cuts the windows of this kind. Raises UnknownRegime when the regime has no such period."""
        for rule in self.windows:
            if kind in rule.kinds:
                return rule
        raise UnknownRegime(f"Chế độ báo cáo “{self.name}” không có kỳ loại {kind}.")

    def window(self, period: Period) -> Window:
        """The days that count for the period (thời gian chốt số liệu). Raises UnknownRegime."""
        return self.window_rule(period.kind).window(period)

    def due(
        self, period: Period, level: str = "commune", calendar: WorkingCalendar | None = None
    ) -> date | None:
        """The day by which a unit of this level reports; None when the regime sets none for it."""
        due = self.explain_due(period, level, calendar)
        return None if due is None else due.on

    def explain_due(
        self, period: Period, level: str = "commune", calendar: WorkingCalendar | None = None
    ) -> DueDate | None:
        """As `due`, with the rule it rests on and the count in words."""
        rule = next((one for one in self.dues if one.level == level), None)
        if rule is None:
            return None
        days = calendar or working_days.default()
        cut_off = self.window(period).end
        if rule.working_days_after_cut_off is not None:
            term = days.explain(cut_off, rule.working_days_after_cut_off)
            on = term.due
            how = f"{rule.working_days_after_cut_off:02d} ngày làm việc sau ngày chốt số liệu {numeric_date(cut_off)}"
        else:
            last = _day_of_month(period.year, period.last_month, rule.day_of_last_month or 31)
            term = days.explain(last, 0)
            on = term.due
            how = f"chậm nhất ngày {numeric_date(last)}"
            if on != last:
                how += f", là ngày nghỉ nên lùi đến {numeric_date(on)}"
        provisional = days.is_provisional(cut_off) or days.is_provisional(on)
        notes = [f"theo {rule.basis}"]
        if rule.confidence is Confidence.LOCAL:
            notes.append("cần đối chiếu quy định của tỉnh")
        if provisional:
            notes.append("tạm tính, chưa có lịch nghỉ chính thức")
        told = f"Hạn gửi {numeric_date(on)}: {how} ({'; '.join(notes)})."
        return DueDate(on, rule, provisional, told, term.skipped, term.worked_weekends)


def versions() -> tuple[Regime, ...]:
    """Every version of every regime, as the data file has them."""
    return _load()


def get(id: str = "nd09", on: date | None = None) -> Regime:  # noqa: A002 - the word its callers use
    """The regime in the version of a day, or the newest when no day is given. Raises UnknownRegime."""
    known = [regime for regime in _load() if regime.id == id]
    if not known:
        names = ", ".join(sorted({regime.id for regime in _load()}))
        raise UnknownRegime(f"Không có chế độ báo cáo “{id}”. Các chế độ hiện có: {names}.")
    if on is None:
        return max(known, key=lambda regime: regime.valid_from)
    for regime in known:
        if regime.in_force(on):
            return regime
    raise UnknownRegime(
        f"Chế độ báo cáo “{id}” chưa có hiệu lực hoặc đã hết hiệu lực vào ngày {numeric_date(on)}."
    )


def row_of(id: str, on: date | None = None) -> Mapping[str, Any]:  # noqa: A002 - as `get`
    """The row of the data file behind `get`: windows and deadlines to be kept elsewhere. Raises UnknownRegime."""
    wanted = get(id, on)
    return next(one for one in _rows() if (one["id"], one["version"]) == (wanted.id, wanted.version))


def from_row(row: Mapping[str, Any]) -> Regime:
    """A regime from a row as regimes.toml has them; days may be ISO text, as JSON keeps them. Raises BadRegime."""
    try:
        return _regime({**row, "valid_from": _day(row["valid_from"]), "valid_to": _day(row.get("valid_to"))})
    except KeyError as error:
        raise BadRegime(f"Chế độ báo cáo thiếu mục “{error.args[0]}”.") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise BadRegime(f"Chế độ báo cáo có mục không đúng: {error}.") from None


def _day(given: date | str | None) -> Any:
    return date.fromisoformat(given) if isinstance(given, str) else given


@cache
def _load() -> tuple[Regime, ...]:
    return tuple(_regime(row) for row in _rows())


@cache
def _rows() -> tuple[Mapping[str, Any], ...]:
    text = (files("dinhlang.periods") / "regimes.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["regime"])


def _regime(row: Mapping[str, Any]) -> Regime:
    return Regime(
        id=row["id"],
        version=row["version"],
        name=row["name"],
        basis=row["basis"],
        valid_from=row["valid_from"],
        valid_to=row.get("valid_to"),
        windows=tuple(_window_rule(rule) for rule in row["window"]),
        dues=tuple(_due_rule(rule) for rule in row.get("due", ())),
    )


def _window_rule(row: Mapping[str, Any]) -> WindowRule:
    return WindowRule(
        kinds=frozenset(Kind(kind) for kind in row["kinds"]),
        opens_months_before=row["opens_months_before"],
        opens_day=row["opens_day"],
        closes_day=row["closes_day"],
        basis=row["basis"],
        confidence=Confidence(row["confidence"]),
    )


def _due_rule(row: Mapping[str, Any]) -> DueRule:
    return DueRule(
        level=row["level"],
        working_days_after_cut_off=row.get("working_days_after_cut_off"),
        day_of_last_month=row.get("day_of_last_month"),
        basis=row["basis"],
        confidence=Confidence(row["confidence"]),
    )


def _day_of_month(year: int, month: int, day: int) -> date:
    last = last_day(year, month)
    return last - timedelta(days=max(0, last.day - day))
