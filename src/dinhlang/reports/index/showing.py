"""The index as charts, each with its sentence and its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.org import charts
from dinhlang.reports.comparison import Chart
from dinhlang.reports.index.scheme import Scoring, rounded, told

# (code, text, maximum, points) of an area; points are `None` while unknown.
Area = tuple[str, str, Decimal, Decimal | None]


def main_areas(rows: Iterable[tuple[int, str, Area]]) -> list[Area]:
    """The areas of which the full mark is made, from all rows (depth, how it is scored, the row) in their order: a bonus
    that nobody earned is no area that went badly."""
    found: list[tuple[Area, list[str]]] = []
    for depth, scoring, row in rows:
        if depth == 0:
            found.append((row, []))
        found[-1][1].append(scoring)
    return [area for area, below in found if any(one and Scoring(one).is_within for one in below)]


def area_chart(areas: Sequence[Area], *, name: str) -> Chart | None:
    """Each area in per cent of its maximum; `None` while nothing is known."""
    shares = [
        (code, text, most, points, rounded(points * 100 / most) if points is not None and most else None)
        for code, text, most, points in areas
    ]
    known = [one for one in shares if one[4] is not None]
    if not known:
        return None
    title = _("Tỷ lệ điểm đạt được theo lĩnh vực (%)")
    least = min(known, key=lambda one: one[4] or Decimal(0))
    sentence = _("Thấp nhất là “%(area)s”: %(points)s trên %(most)s điểm.") % {
        "area": least[1],
        "points": told(least[3] or Decimal(0)),
        "most": told(least[2]),
    }
    bars = [
        charts.Bar(f"{code}. {text}", None if share is None else float(share))
        for code, text, _most, _points, share in shares
    ]
    drawn = charts.lying(title, sentence, bars, name=name)
    return Chart(
        sentence,
        mark_safe(drawn),  # noqa: S308 - our own drawing, which escapes what stands in it
        (_("Mã"), _("Lĩnh vực"), _("Điểm"), _("Tối đa"), _("Đạt (%)")),
        tuple(
            (code, text, _number(points), told(most), _number(share))
            for code, text, most, points, share in shares
        ),
        title,
    )


def years_chart(years: Sequence[tuple[int, Decimal, Decimal, str]], *, name: str) -> Chart | None:
    """The total of each year: (year, total, full mark, how people were asked). Of one set only; `None` for a single year."""
    if len(years) < 2:
        return None
    title = _("Chỉ số qua các năm, cùng một bộ tiêu chí")
    (first, before, _most, _asked), (last, now, _top, _said) = years[0], years[-1]
    sentence = _("Từ %(before)s điểm năm %(first)s đến %(now)s điểm năm %(last)s.") % {
        "before": told(before),
        "first": first,
        "now": told(now),
        "last": last,
    }
    drawn = charts.bars(
        title,
        sentence,
        [charts.Bar(str(year), float(total)) for year, total, _most, _asked in years],
        name=name,
    )
    return Chart(
        sentence,
        mark_safe(drawn),  # noqa: S308 - our own drawing
        (_("Năm"), _("Tổng điểm"), _("Thang điểm"), _("Điều tra xã hội học")),
        tuple((str(year), told(total), told(most), asked) for year, total, most, asked in years),
        title,
    )


def _number(number: Decimal | None) -> str:
    return "…" if number is None else told(number)
