"""What the open data is made of: obligations of a site's units as of a day. The desk's table counts the same rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.portal.opendata.rules import told_as
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.queries import Quality, Rate
from dinhlang.reports.models import Obligation, Programme

Json = dict[str, Any]
_HAS_UNITS_BELOW = (Unit.Level.PROVINCE, Unit.Level.DISTRICT)


@dataclass(frozen=True, slots=True)
class Sums:
    """What holds over rows."""

    rate: Rate
    quality: Quality


def units_of(site: SiteNow, year: int, on: date) -> set[str]:
    """Ids of the units the site tells of: its own, and of a province all that stood under it that year."""
    if site.level not in _HAS_UNITS_BELOW:
        return {site.unit_id}
    unit = Unit(pk=site.unit_id)
    days = {date(year, 1, 1), min(max(on, date(year, 1, 1)), date(year, 12, 31))}
    return {site.unit_id}.union(*(org.ids_below(unit, day) for day in days))


def years_of(site: SiteNow, on: date) -> dict[str, list[int]]:
    """The years of which there is something to tell, newest first, by programme."""
    rows = Obligation.objects.filter(unit__in=units_of(site, on.year, on), request=None)
    found: dict[str, set[int]] = defaultdict(set)
    for programme, period in rows.order_by().values_list("programme", "period").distinct():
        if programme:
            found[programme].add(int(period[:4]))
    return {programme: sorted(years, reverse=True) for programme, years in found.items()}


def rows_of(site: SiteNow, year: int, on: date, programme: str = "") -> duties.Rows:
    """The obligations of a year's periods with their standing, earliest period first. What was asked for once by letter
    is not told."""
    rows = Obligation.objects.filter(
        unit__in=units_of(site, year, on), request=None, period__startswith=f"{year}"
    )
    if programme:
        rows = rows.filter(programme=programme)
    rows = rows.select_related("unit").order_by("window_to", "period", "programme", "unit", "pk")
    return duties.with_standing(rows, on)


def told(rows: Iterable[Any], on: date) -> tuple[list[Json], Sums]:
    """Rows of `rows_of` as everyone may read them (`api.schemas.StandingOut`), and what they sum up to. Four questions."""
    shown = [duties.shown(row, on) for row in rows]
    known = duties.qualities(shown)
    names = org.titles_of({one.row.unit_id for one in shown}, on)
    sums = Sums(duties.rate_of(shown), sum(known.values(), start=Quality()))
    return [_row(one, known.get(one.row.pk), names[one.row.unit_id]) for one in shown], sums


def _row(one: duties.Shown, quality: Quality | None, name: str) -> Json:
    row, rate = one.row, duties.rate_of([one])
    return {
        "unit": row.unit_id,
        "unit_code": row.unit.official_code,
        "unit_name": capfirst(name),
        "programme": row.programme_id,
        "period": row.period,
        "window_from": row.window_from,
        "window_to": row.window_to,
        "due_on": row.due_on,
        "limit": one.limit,
        "standing": told_as(one.state),
        "done_on": one.done_on,
        "is_due": bool(rate.owed),
        "is_complete": bool(rate.sent),
        "is_timely": bool(rate.in_time),
        **_quality(quality or Quality()),
        "as_of": one.on,
    }


def _quality(quality: Quality) -> Json:
    return {
        "figures": quality.figures,
        "figures_with_evidence": quality.evidenced,
        "evidence_share": number(quality.evidence_share),
        "copied_share": number(quality.copied_share),
        "findings": quality.findings if quality.measured else None,
    }


def summed(sums: Sums) -> Json:
    """The sums as programs read them."""
    return {
        "due": sums.rate.owed,
        "complete": sums.rate.sent,
        "timely": sums.rate.in_time,
        "complete_share": number(sums.rate.complete),
        "timely_share": number(sums.rate.timely),
        "figures": sums.quality.figures,
        "figures_with_evidence": sums.quality.evidenced,
        "evidence_share": number(sums.quality.evidence_share),
        "copied_share": number(sums.quality.copied_share),
        "findings_each": number(sums.quality.findings_each),
    }


def number(share: Decimal | None) -> float | None:
    """A share as JSON has numbers."""
    return None if share is None else float(share)


def programmes(ids: Collection[str]) -> list[Programme]:
    """The programmes with these ids, in the order of the house."""
    return list(Programme.objects.filter(pk__in=ids))
