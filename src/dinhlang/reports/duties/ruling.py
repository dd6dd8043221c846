"""Which version of a programme's regime decides over a unit's report: its windows, its deadlines, its outline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.reports.duties.catalogue import periods_of, rule_of
from dinhlang.reports.models import Obligation, Regime, Report


@dataclass(frozen=True, slots=True)
class Ruling:
    """What decides. `version` is the stored version that `rule` was made of; `None` for a rule of `periods` by its name."""

    rule: regimes.Regime
    version: Regime | None = None

    @property
    def outline(self) -> str:
        """The outline that the version asks for; empty where the programme's own serves."""
        return self.version.outline if self.version else ""


def ruling_of(unit: Unit, programme: str, period: Period, owed: Obligation | None = None) -> Ruling:
    """What decides over the unit's report of a period: the version that its obligation was made with, else the one
    that holds for the unit on the period's last day, a province's own before one that holds everywhere.

    Raises `periods.regimes.UnknownRegime` where nothing holds, or what holds knows no such period.
    """
    if owed is not None and owed.regime is not None:
        return _of(owed.regime)
    found = holding_for(unit, programme, period)
    return _of(found) if found is not None else ruling_named(rule_of(programme), period)


def ruling_named(name: str, period: Period) -> Ruling:
    """The rule of `periods` with that name, as of the period's last day. Raises `UnknownRegime`."""
    return Ruling(regimes.get(name, on=period.calendar_window().end))


def rule_behind(report: Report) -> regimes.Regime:
    """The rule that a report was drafted by: what came in later changes nothing about it."""
    if report.ruled_by is not None:
        return regimes.from_row(report.ruled_by.rule)
    return ruling_named(report.regime, Period.parse(report.period)).rule


def _of(version: Regime) -> Ruling:
    return Ruling(regimes.from_row(version.rule), version)


def holding_for(unit: Unit, programme: str, period: Period) -> Regime | None:
    """The stored version that holds for the unit, whether or not it asks the unit for this very period."""
    versions = list(Regime.objects.filter(programme=programme).order_by("starts_on", "pk"))
    day = period.calendar_window().end
    # The tree is only asked where somebody has a version of their own.
    has_own = any(one.under_id is not None and holds(one, period) for one in versions)
    above = [one.pk for one in org.path_up(unit, day)] if has_own else []
    asking = version_for(versions, unit.level, period, above)
    if asking is not None:
        return asking
    knowing = (one for one in versions if period.kind in _kinds(one))
    return _nearest((one for one in knowing if holds(one, period)), above)


def version_for(
    versions: Iterable[Regime], level: str, period: Period, above: Sequence[str]
) -> Regime | None:
    """The version by which a unit of a level owes a period; `above` are ids of the bodies above it, nearest first."""
    asking = (one for one in versions if holds(one, period) and _asks(one, level, period))
    return _nearest(asking, above)


def _nearest(versions: Iterable[Regime], above: Sequence[str]) -> Regime | None:
    near: dict[str | None, int] = {None: len(above) + 1}
    near |= {unit_id: place for place, unit_id in enumerate(above)}
    return min(
        (one for one in versions if one.under_id in near), key=lambda one: near[one.under_id], default=None
    )


def holds(version: Regime, period: Period) -> bool:
    """Whether the version is in force on the last day of the period."""
    on = period.calendar_window().end
    return version.starts_on <= on and (version.ends_on is None or on < version.ends_on)


def _asks(version: Regime, level: str, period: Period) -> bool:
    return any(
        owed["level"] == level and period in periods_of(owed["periods"], period.year) for owed in version.owed
    )


def _kinds(version: Regime) -> Collection[str]:
    return {kind for window in version.rule["window"] for kind in window["kinds"]}
