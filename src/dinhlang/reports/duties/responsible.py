"""Who owes what: the units responsible for a period on its cut-off day, with window, deadline, recipient and reasons.

Everything of a day is read for all units at once, since a province opens a period for hundreds of them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit, UnitName
from dinhlang.periods import regimes
from dinhlang.periods.calendar import SATURDAY, SkippedDay
from dinhlang.periods.identifier import Period
from dinhlang.periods.regimes import DueDate
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports.duties.catalogue import periods_of
from dinhlang.reports.duties.ruling import holds, version_for
from dinhlang.reports.models import Programme, Regime
from dinhlang.vietnamese.text import lower_first


@dataclass(frozen=True, slots=True)
class To:
    """Who receives a report: the unit where it is known here, how documents write its name, and why it is this one."""

    unit_id: str | None
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Owed:
    """One report that one unit owes for a period."""

    unit: Unit
    regime: Regime
    period: Period
    window: Window
    due: DueDate
    to: To | None
    why: list[str] = field(default_factory=list)


class Responsible:
    """Who owes reports of one programme. Trees, names and reporting lines of a day are read once."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme
        self.regimes = list(programme.regimes.order_by("starts_on", "pk"))
        self._rules = {one.pk: regimes.from_row(one.rule) for one in self.regimes}
        self.tree = cache(org.tree)
        self._lines = cache(lambda on: org.recipients_then(programme.pk, on))
        self._departments = cache(_departments)
        self._titles: dict[tuple[str, date], str] = {}

    def periods(self, year: int) -> list[Period]:
        """The periods of a year that anyone owes."""
        parts = {part for one in self.regimes for owed in one.owed for part in owed["periods"]}
        return sorted(periods_of(sorted(parts), year))

    def window(self, period: Period) -> Window | None:
        """The days that count for a period, as the regime that holds everywhere has it."""
        for one in self.regimes:
            if one.under_id is None and holds(one, period):
                try:
                    return self._rules[one.pk].window(period)
                except regimes.UnknownRegime:
                    return None
        return None

    def owed(self, period: Period, units: Collection[Unit]) -> Iterator[Owed]:
        """What these units owe for the period; nothing of a unit that was not in being on the cut-off day."""
        for unit in units:
            regime = self._regime_of(unit, period)
            if regime is None:
                continue
            rule = self._rules[regime.pk]
            full = rule.window(period)
            life = full.clipped(unit.starts_on, unit.ends_on)
            due = rule.explain_due(period, unit.level)
            if life is None or due is None or life.end < full.end:
                continue
            to = self._recipient(unit, regime, due.on)
            yield Owed(
                unit, regime, period, life, due, to, self._why(unit, regime, period, full, life, due, to)
            )

    def _regime_of(self, unit: Unit, period: Period) -> Regime | None:
        """The version for this unit: a province's own before one that holds everywhere."""
        above = self.tree(period.calendar_window().end).above(unit.pk)
        return version_for(self.regimes, unit.level, period, above)

    # --- to whom ------------------------------------------------------------------------------------

    def _recipient(self, unit: Unit, regime: Regime, on: date) -> To | None:
        line = self._lines(on).get(unit.pk)
        if line is not None:
            return To(line.unit.pk, line.name, _("theo tuyến báo cáo của đơn vị"))
        for row in regime.recipients:
            if row["level"] == unit.level and _begun(row, on):
                return self._by_rule(unit, row, on)
        return None

    def _by_rule(self, unit: Unit, row: dict[str, Any], on: date) -> To | None:
        if row["to"] is None:
            return To(None, row["name"], row["basis"])
        known = self.tree(on)
        body = next((one for one in known.above(unit.pk) if known.levels.get(one) == row["to"]), None)
        if body is None:
            return None
        title = self._title(body, on)
        if not row["office"]:
            return To(body, row["name"] or title, row["basis"])
        office = self._departments(row["office"], on).get(body, body)
        return To(office, f"{row['office']} {title}", row["basis"])

    def _title(self, unit_id: str, on: date) -> str:
        if (unit_id, on) not in self._titles:
            self._titles[unit_id, on] = org.titles_of([unit_id], on)[unit_id]
        return self._titles[unit_id, on]

    # --- why ----------------------------------------------------------------------------------------

    @kept_in_vietnamese
    def _why(
        self,
        unit: Unit,
        regime: Regime,
        period: Period,
        full: Window,
        life: Window,
        due: DueDate,
        to: To | None,
    ) -> list[str]:
        """The chain of reasons: regime, window, deadline with its days off, recipient. Sentences that print."""
        rule = self._rules[regime.pk]
        window = rule.window_rule(period.kind)
        chain = [
            _("%(name)s, bản %(version)s, áp dụng từ %(day)s (căn cứ %(basis)s).")
            % {
                "name": rule.name,
                "version": regime.version,
                "day": numeric_date(regime.starts_on),
                "basis": regime.legal_basis,
            },
            _("Kỳ %(period)s tính số liệu từ %(start)s đến hết %(end)s (%(basis)s).")
            % {
                "period": period.label,
                "start": numeric_date(full.start),
                "end": numeric_date(full.end),
                "basis": window.basis,
            },
        ]
        if life.start > full.start and unit.starts_on:
            chain.append(
                _("%(who)s hoạt động từ %(day)s nên số liệu chỉ tính từ ngày đó.")
                % {"who": capfirst(self._title(unit.pk, full.end)), "day": numeric_date(unit.starts_on)}
            )
        chain.append(due.explanation)
        chain += days_off(due)
        if to is not None:
            reason = f": {to.why}" if to.why else ""
            chain.append(_("Nơi nhận là %(name)s%(reason)s.") % {"name": to.name, "reason": reason})
        return chain


def days_off(due: DueDate) -> list[str]:
    """Which days on the way to the deadline did not count, and which weekends did; nothing when all were ordinary."""
    told = []
    if due.skipped:
        days = ", ".join(f"{numeric_date(one.day)} ({_inside(one)})" for one in due.skipped)
        told.append(_("Không tính các ngày nghỉ: %(days)s.") % {"days": days})
    if due.worked_weekends:
        days = ", ".join(f"{numeric_date(one.day)} ({_inside(one)})" for one in due.worked_weekends)
        told.append(_("Có tính ngày làm bù: %(days)s.") % {"days": days})
    return told


def _inside(one: SkippedDay) -> str:
    """A reason inside a sentence: that of a weekend begins with the name of the day, which keeps its capital."""
    is_weekend = one.day.weekday() >= SATURDAY
    return one.reason if is_weekend else lower_first(one.reason)


def _begun(row: dict[str, Any], on: date) -> bool:
    return (row["from"] is None or date.fromisoformat(row["from"]) <= on) and (
        row["until"] is None or on < date.fromisoformat(row["until"])
    )


def _departments(name: str, on: date) -> dict[str, str]:
    """Departments of that name by the body they are part of."""
    named = UnitName.objects.in_force(on).filter(name=name, unit__level=Unit.Level.DEPARTMENT)
    ids: Sequence[str] = list(named.values_list("unit_id", flat=True))
    parents = org.tree(on).parents
    return {parents[one]: one for one in ids if one in parents}
