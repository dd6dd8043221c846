"""The published figures of a unit together with those of the units before it: a labelled view, made of what is open only.

Nothing of a ledger is summed up in public that no report said. Each published report counts by the share of its unit that
went on into this one (`org.queries.descent`), says of which unit it is, and opens; a unit of that time without a published
report is named, so that nobody takes a part for the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.queries import Stretch
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import Publication
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.queries import address_of
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.reports.models import ReportFigure
from dinhlang.reports.rules import PROGRAMME, printed_value
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS
from dinhlang.work.models import Exactness
from dinhlang.work.rules import joint_exactness, share

MOST_ROWS, MOST_CONCEPTS = 10, 5
_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A published report that counts: whose it is, by how much, where it stands."""

    unit: str
    words: str
    address: str


@dataclass(frozen=True, slots=True)
class Row:
    """A period: its cells by the concepts' labels, what they are made of, and whose report is not there."""

    period: str
    named: tuple[tuple[str, str], ...]
    parts: tuple[Part, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The table: concepts as (label, measure), periods newest first."""

    concepts: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure that counts by a share; `exactness` is the word that stands before it in its report."""

    share: Decimal
    value: Decimal
    exactness: str = ""
    numerator: int | None = None
    denominator: int | None = None


def added(parts: Sequence[Counted], *, is_share: bool) -> str:
    """The figures together, each by its share: 'khoảng 37' where a part of a unit is in it; '…' for nothing known.

    A percentage is worked out again from its two counts; one without them is not taken in.
    """
    about = any(one.share != _WHOLE for one in parts)
    if is_share:
        parts = [one for one in parts if one.numerator is not None and one.denominator is not None]
        top, bottom = (
            _rounded(sum((one.share * Decimal(getattr(one, name)) for one in parts), Decimal(0)))
            for name in ("numerator", "denominator")
        )
        value = share(top, bottom) if parts else None
    else:
        value = _rounded(sum((one.share * one.value for one in parts), Decimal(0))) if parts else None
    if value is None:
        return "…"
    words = {one.exactness for one in parts if one.exactness}
    before = str(Exactness.ABOUT) if about or (is_share and words) else joint_exactness(words)
    return f"{before} {printed_value(value)}".strip()


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def part_of(stretches: Iterable[Stretch], window: Window) -> Stretch | None:
    """The share by which days of a unit count; `None` where they count by more than one share, or not at all."""
    found = [
        one
        for one in stretches
        if (one.start is None or one.start <= window.end)
        and (one.end is None or window.start <= one.end - timedelta(days=1))
    ]
    return found[0] if len({(one.share, one.is_known) for one in found}) == 1 else None


def lineage(site: SiteNow, on: date) -> Lineage | None:
    """The table, or nothing for a unit before which no other published a report. At most five questions."""
    by_unit: dict[str, list[Stretch]] = defaultdict(list)
    for one in org.descent([site.unit_id]):
        by_unit[one.unit_id].append(one)
    before = by_unit.keys() - {site.unit_id}
    if not before:
        return None
    known = registry.now().by_unit
    note("sites", *(f"documents:{known[one].pk}" for one in sorted(by_unit) if one in known))
    published = _published(by_unit)
    if not any(one.report.unit_id in before for one in published):
        return None
    note(*(f"report:{one.report_id}" for one in published))
    return _table(published, by_unit, on)


def _published(units: Collection[str]) -> list[Publication]:
    """The reports of these units that are open and that nothing open replaces, newest period first."""
    found = list(
        Publication.objects.filter(report__unit__in=units, report__programme=PROGRAMME, withdrawn_at=None)
        .select_related("report")
        .defer("report__document", "months")
        .order_by("-report__window_to", "report__unit", "-pk")
    )
    replaced = {one.report.corrects_id for one in found}
    return [one for one in found if one.report_id not in replaced]


def _table(published: Sequence[Publication], by_unit: Mapping[str, Sequence[Stretch]], on: date) -> Lineage:
    figures: dict[int, dict[str, ReportFigure]] = defaultdict(dict)
    rows = ReportFigure.objects.filter(
        report__in=[one.report_id for one in published], concept__in=list(CONCEPTS), value__isnull=False
    ).defer("evidence")
    windows = {one.report_id: (one.report.window_from, one.report.window_to) for one in published}
    for figure in rows.order_by("pk"):
        if (figure.window_from, figure.window_to) == windows[figure.report_id]:
            figures[figure.report_id].setdefault(figure.concept, figure)
    said = {concept for of_report in figures.values() for concept in of_report}
    concepts = [one for one in CONCEPTS if one in said and one not in FROM_PLAN | STOCKS][:MOST_CONCEPTS]
    units = Unit.objects.in_bulk(list(by_unit))
    names = {one: capfirst(name) for one, name in org.titles_of(by_unit, on).items()}
    by_period: dict[str, list[Publication]] = defaultdict(list)
    for one in published:
        by_period[one.report.period].append(one)
    told = [
        _row(period, some, figures, concepts, by_unit, units, names)
        for period, some in list(by_period.items())[:MOST_ROWS]
    ]
    return Lineage(
        tuple((CONCEPTS[one].label, CONCEPTS[one].unit) for one in concepts),
        tuple(one for one in told if one.parts),
    )


def _row(
    period: str,
    published: Sequence[Publication],
    figures: Mapping[int, Mapping[str, ReportFigure]],
    concepts: Sequence[str],
    by_unit: Mapping[str, Sequence[Stretch]],
    units: Mapping[str, Unit],
    names: Mapping[str, str],
) -> Row:
    counted: dict[str, list[Counted]] = defaultdict(list)
    parts, missing, there = [], [], set()
    for one in published:
        report = one.report
        there.add(report.unit_id)
        by = part_of(by_unit[report.unit_id], Window(report.window_from, report.window_to))
        if by is None or not by.is_known:
            missing.append(_("%(unit)s: không rõ phần chuyển sang") % {"unit": names[report.unit_id]})
            continue
        parts.append(Part(report.unit_id, _called(names[report.unit_id], by), address_of(one)))
        for concept, figure in figures[one.report_id].items():
            counted[concept].append(
                Counted(
                    by.share,
                    figure.value or Decimal(0),
                    figure.exactness,
                    figure.numerator,
                    figure.denominator,
                )
            )
    full = Period.parse(period).calendar_window()
    missing += [
        _("%(unit)s: chưa công khai báo cáo") % {"unit": names[one]}
        for one in sorted(by_unit.keys() - there, key=lambda one: names[one])
        if one in units and full.clipped(units[one].starts_on, units[one].ends_on) is not None
    ]
    return Row(
        capfirst(Period.parse(period).label),
        tuple(
            (CONCEPTS[one].label, added(counted[one], is_share=not CONCEPTS[one].additive))
            for one in concepts
        ),
        tuple(parts),
        tuple(missing),
    )


def _called(name: str, by: Stretch) -> str:
    if by.share == _WHOLE:
        return name
    percent = f"{(by.share * 100).quantize(Decimal('0.1')).normalize():f}".replace(".", ",")
    return _("%(share)s%% của %(unit)s") % {"share": percent, "unit": name}
