"""A report's figures beside those of the same period a year before: tables, sentences that say what they show, charts.

Charts stay on the screen: the writers of .docx and PDF hold no pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from dinhlang.org import charts
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports import queries
from dinhlang.reports.consolidation.pinning import consolidation_of
from dinhlang.reports.consolidation.sources import ChildSources
from dinhlang.reports.consolidation.taking import kept
from dinhlang.reports.duties.ruling import rule_behind
from dinhlang.reports.models import Report
from dinhlang.reports.rules import change, printed_value
from dinhlang.reports.sources import Sources, Stated, is_share, points_of
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, PARTS_ONLY

_MOST_BARS = 3
_MOST_PAIRS = 8
_SHARES = ("on_time_share", "online_share", "satisfaction", "feedback_on_time_share")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of two periods; `change` says how it moved, '' when the two cannot be set side by side."""

    concept: str
    label: str
    measure: str
    now: Stated
    before: Stated
    change: str

    @property
    def printed_now(self) -> str:
        return self.now.printed

    @property
    def printed_before(self) -> str:
        return self.before.printed

    @property
    def made_of(self) -> str:
        """The units before this one that the earlier figure counts too; empty when it counts none."""
        return self.before.made_of


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the sentence above it and the table under it."""

    sentence: str
    svg: SafeString
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    title: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything the page of a report's comparison shows."""

    rows: tuple[Row, ...]
    before: str
    sentences: tuple[str, ...]
    charts: tuple[Chart, ...]


def of(report: Report) -> Comparison:
    """The comparison of a report, from what the ledger says now; of a consolidated one, from what it counts."""
    period = Period.parse(report.period)
    regime = rule_behind(report)
    window = Window(report.window_from, report.window_to)
    pinned = consolidation_of(report)
    sources = (
        ChildSources(kept(pinned), regime)
        if pinned
        else Sources(report.unit, regime, period, window, report.plan)
    )
    rows = tuple(_rows(sources))
    before = period.year_before()
    months = _months(window)
    # Units hand in sums of a period; only the unit's own ledger knows months.
    by_month = {} if pinned else queries.totals_by_month(report.unit, window)
    drawn = [
        *_pairs(rows, period.label, before.label),
        *_bars(rows, by_month, months),
        *_shares(by_month, months),
    ]
    return Comparison(rows, before.label, tuple(filter(None, map(_sentence, rows))), tuple(drawn))


def by_month(totals: Mapping[str, Mapping[date, int]], window: Window) -> tuple[Chart, ...]:
    """Counts and shares month by month, from totals that the caller answers for: those pinned behind an issued report."""
    months = _months(window)
    rows = [
        Row(one.id, one.label, one.unit, Stated(one.id, window), Stated(one.id, window), "")
        for one in CONCEPTS.values()
        if one.id in totals
    ]
    return (*_bars(rows, totals, months), *_shares(totals, months))


def _rows(sources: Sources) -> list[Row]:
    found = []
    for concept in CONCEPTS.values():
        if concept.id in FROM_PLAN | PARTS_ONLY:
            continue
        now, before = sources.stated(concept.id), sources.before_with_predecessors(concept.id)
        if now.value is None and before.value is None:
            continue
        words = change(now.known, before.known, is_share=is_share(concept.id), points=points_of(concept.id))
        found.append(Row(concept.id, concept.label, concept.unit, now, before, words))
    return found


def _sentence(row: Row) -> str:
    """'Lượt phát thanh tăng 12,5% so với cùng kỳ (từ 40 lên 45).'"""
    if not row.change:
        return ""
    if row.change == "bằng":
        return _("%(label)s bằng cùng kỳ năm trước (%(now)s).") % {"label": row.label, "now": row.printed_now}
    if row.made_of:
        return _(
            "%(label)s %(change)s so với cùng kỳ năm trước (%(before)s → %(now)s; cùng kỳ %(made_of)s)."
        ) % {
            "label": row.label,
            "change": row.change,
            "before": row.printed_before,
            "now": row.printed_now,
            "made_of": row.made_of,
        }
    way = _("lên") if row.change.startswith("tăng") else _("xuống")
    return _("%(label)s %(change)s so với cùng kỳ năm trước (từ %(before)s %(way)s %(now)s).") % {
        "label": row.label,
        "change": row.change,
        "before": row.printed_before,
        "way": way,
        "now": row.printed_now,
    }


# --- charts ---------------------------------------------------------------------------------------


def _pairs(rows: Sequence[Row], now: str, before: str) -> list[Chart]:
    """Counts of the two periods, those of like size in one chart: a bar of 3 beside one of 9 000 shows nothing."""
    both = [row for row in rows if not is_share(row.concept) and row.change][:_MOST_PAIRS]
    groups: dict[int, list[Row]] = {}
    for row in both:
        groups.setdefault(len(str(int(max(_number(row.now), _number(row.before))))), []).append(row)
    legend = (now[:1].upper() + now[1:], before[:1].upper() + before[1:])
    return [
        _pair_chart(group, legend, number) for number, (_size, group) in enumerate(sorted(groups.items()), 1)
    ]


def _pair_chart(group: Sequence[Row], legend: tuple[str, str], number: int) -> Chart:
    title = _("So với cùng kỳ năm trước: %(labels)s") % {"labels": "; ".join(row.label for row in group)}
    sentence = " ".join(_sentence(row) for row in group)
    drawn = charts.pairs(
        title,
        sentence,
        [charts.Pair(f"{row.label} ({row.measure})", _value(row.now), _value(row.before)) for row in group],
        legend,
        name=f"pairs-{number}",
    )
    return Chart(
        sentence,
        _safe(drawn),
        (_("Chỉ tiêu"), *legend, _("So với cùng kỳ")),
        tuple((row.label, row.printed_now, row.printed_before, row.change) for row in group),
        title,
    )


def _bars(
    rows: Sequence[Row], by_month: Mapping[str, Mapping[date, int]], months: Sequence[date]
) -> list[Chart]:
    """The counts with the most months behind them, month by month."""
    counted = [row for row in rows if len(by_month.get(row.concept, {})) > 1]
    counted.sort(key=lambda row: -len(by_month[row.concept]))
    return [_bar_chart(row, by_month[row.concept], months) for row in counted[:_MOST_BARS]]


def _bar_chart(row: Row, totals: Mapping[date, int], months: Sequence[date]) -> Chart:
    title = _("%(label)s theo tháng") % {"label": row.label}
    sentence = _of_months(row, totals, len(months))
    values = [charts.Bar(_month(month), totals.get(month)) for month in months]
    return Chart(
        sentence,
        _safe(charts.bars(title, sentence, values, name=f"bars-{row.concept.replace('_', '-')}")),
        (_("Tháng"), f"{row.label} ({row.measure})"),
        tuple((bar.label, "…" if bar.value is None else printed_value(bar.value)) for bar in values),
        title,
    )


def _of_months(row: Row, totals: Mapping[date, int], months: int) -> str:
    """What a count over the months shows: its highest month, or that all are alike; how many months are known."""
    highest = max(totals, key=lambda month: totals[month])
    if len(set(totals.values())) == 1:
        told = _("%(label)s: %(known)s trên %(all)s tháng có số liệu, mỗi tháng %(value)s %(measure)s.")
    else:
        told = _(
            "%(label)s: nhiều nhất là tháng %(month)s với %(value)s %(measure)s; có số liệu %(known)s trên %(all)s tháng."
        )
    return told % {
        "label": row.label,
        "month": f"{highest.month}/{highest.year}",
        "value": printed_value(totals[highest]),
        "measure": row.measure,
        "known": len(totals),
        "all": months,
    }


def _shares(by_month: Mapping[str, Mapping[date, int]], months: Sequence[date]) -> list[Chart]:
    """Shares by month; a month without its two counts is a gap."""
    series = []
    for name in _SHARES:
        concept = CONCEPTS[name]
        tops, bottoms = by_month.get(concept.numerator or "", {}), by_month.get(concept.denominator or "", {})
        values = tuple(_share(tops.get(month), bottoms.get(month)) for month in months)
        if sum(value is not None for value in values) > 1:
            series.append(charts.Series(concept.label, values))
    if not series:
        return []
    title = _("Các tỷ lệ theo tháng")
    sentence = " ".join(_of_series(one) for one in series)
    labels = [_month(month) for month in months]
    table = tuple((label, *(_percent(one.values[at]) for one in series)) for at, label in enumerate(labels))
    drawn = charts.shares(title, sentence, labels, series, name="shares")
    return [Chart(sentence, _safe(drawn), (_("Tháng"), *(one.label for one in series)), table, title)]


def _of_series(one: charts.Series) -> str:
    known = [value for value in one.values if value is not None]
    return _("%(label)s từ %(low)s đến %(high)s, tháng gần nhất %(last)s.") % {
        "label": one.label,
        "low": _percent(min(known)),
        "high": _percent(max(known)),
        "last": _percent(known[-1]),
    }


def _share(top: int | None, bottom: int | None) -> float | None:
    return round(top * 100 / bottom, 2) if top is not None and bottom else None


def _percent(value: float | None) -> str:
    return "…" if value is None else f"{printed_value(value)}%"


def _months(window: Window) -> list[date]:
    """The first day of each month that the window touches."""
    months, month = [], window.start.replace(day=1)
    while month <= window.end:
        months.append(month)
        month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return months


def _month(month: date) -> str:
    return f"{month.month}/{month.year % 100:02d}"


def _number(stated: Stated) -> Decimal:
    return abs(Decimal(str(stated.value))) if stated.value is not None else Decimal(0)


def _value(stated: Stated) -> int | float | None:
    return None if stated.value is None else float(stated.value)


def _safe(svg: str) -> SafeString:
    # Written by templates of our own that escape whatever they are given.
    return mark_safe(svg)  # noqa: S308
