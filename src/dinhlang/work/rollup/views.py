"""Figures of a level as a page: from the nation to a province, to a commune, to the lines, to their evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import actions as org_actions
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.views import (
    looking_of,
    page,
    query_without_page,
    signed_in,
    slice_of,
    today,
    visible_unit,
)
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, Concept, counters_under
from dinhlang.work.rollup import queries
from dinhlang.work.rollup.forms import LevelFilter
from dinhlang.work.rollup.queries import NO_FIGURE, Figure, Figures, Row, Table


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the filter, and the unit it is about."""

    form: LevelFilter
    unit: Unit

    @property
    def concepts(self) -> list[Concept]:
        return [CONCEPTS[concept] for concept in self.form.concepts]

    def address(self, **changes: str) -> str:
        """The query string of the same table with something else in it."""
        query = {**self.form.asked, "unit": self.unit.pk, **changes}
        return f"?{urlencode({name: value for name, value in query.items() if value})}"


def _asked(request: HttpRequest) -> Asked:
    """What the address asks of the levels. 404 for a unit whose matters the person may not read."""
    on = today()
    unit = _unit(request)
    years = sorted({on.year, on.year - 1, *queries.years(unit)}, reverse=True)
    form = LevelFilter(request.GET or None, years=years, this_year=on.year)
    return Asked(form, unit)


def _rows(asked: Asked, table: Table) -> list[Row]:
    """The units that are looked for, in the order that is asked for."""
    rows = [row for row in table.rows if asked.form.fits(row.title)]
    if sort := asked.form.asked.get("sort"):
        # What is not known comes last; sorting keeps the order of names among equals.
        rows.sort(key=lambda row: -(-1 if (value := row.figure(sort).value) is None else value))
    return rows


def _unit(request: HttpRequest) -> Unit:
    """The unit that is asked for; unasked the body of whoever looks, the highest of several."""
    on = today()
    wanted = request.GET.get("unit", "")
    if wanted:
        return visible_unit(request, wanted, on)
    bodies = {org.body_of(post.unit, on) for post in looking_of(request).posts}
    ranks = list(Unit.Level)
    highest = min(bodies, key=lambda unit: (ranks.index(Unit.Level(unit.level)), unit.pk), default=None)
    if highest is None:
        raise Http404
    return highest


def levels(request: HttpRequest) -> HttpResponse:
    """A unit in a period: by the units under it, and by month; where nobody stands under it, figure by figure."""
    asked = _asked(request)
    period = asked.form.chosen_period
    table = queries.table(asked.unit, asked.form.window, asked.form.concepts)
    shown = slice_of(request, _rows(asked, table))
    months = queries.months(asked.unit, period.year, table.concepts)
    concepts, without = _parted(asked, table, months.values())
    return page(
        request,
        "work/levels.html",
        _("Số liệu các cấp"),
        crumbs=_crumbs(request, asked),
        form=asked.form,
        unit_name=capfirst(table.title),
        window=table.window,
        period=period,
        concepts=concepts,
        without=[concept.label for concept in without],
        rows=[
            (
                capfirst(row.title),
                _stay(row, table),
                all(figure.value is None for figure in row.figures.values()),
                asked.address(unit=row.unit_id, q=""),
                _cells(row.figures, concepts, asked),
            )
            for row in shown
        ],
        total=_cells(table.total, concepts, asked),
        own=_cells(table.own, concepts, asked, with_lines=True) if table.own else None,
        figures=[
            (CONCEPTS[name], _cell(name, figure, asked, with_lines=True), figure)
            for name, figure in table.total.items()
        ],
        months=[(month, _cells(figures, concepts, asked)) for month, figures in months.items()],
        is_lowest=_is_lowest(table),
        page=shown,
        waiting=queries.waiting(),
        added_at=queries.added_at(),
        query=f"{asked.address()[1:]}&",
    )


def _is_lowest(table: Table) -> bool:
    """Whether figures are told one by one: nobody stands under the unit, or only hamlets that keep no ledger."""
    above_communes = table.unit.level in (Unit.Level.NATION, Unit.Level.PROVINCE, Unit.Level.DISTRICT)
    return not above_communes and not any(row.figures for row in table.rows)


def _stay(row: Row, table: Table) -> str:
    """The days on which a unit stood there, when they are not all of the window."""
    return "" if row.window == table.window else row.window.label


def _parted(asked: Asked, table: Table, months: Iterable[Figures]) -> tuple[list[Concept], list[Concept]]:
    """The concepts of which a figure is known anywhere on the page, and the others; all of them while nothing is known.

    One that the list is ordered by is always there.
    """
    told = [table.total, table.own or {}, *(row.figures for row in table.rows), *months]
    known = {name for figures in told for name, figure in figures.items() if figure.value is not None}
    known.add(asked.form.asked.get("sort") or "")
    shown = [concept for concept in asked.concepts if concept.id in known]
    if not shown:
        return list(asked.concepts), []
    return shown, [concept for concept in asked.concepts if concept.id not in known]


def _cells(
    figures: Figures, concepts: Iterable[Concept], asked: Asked, *, with_lines: bool = False
) -> list[tuple[str, str, str]]:
    return [
        _cell(concept.id, figures.get(concept.id, NO_FIGURE), asked, with_lines=with_lines)
        for concept in concepts
    ]


def _cell(concept: str, figure: Figure, asked: Asked, *, with_lines: bool) -> tuple[str, str, str]:
    """Label, what is printed ('' when unknown), and where its lines are."""
    lines = ""
    if with_lines and figure.lines:
        lines = reverse("work:level-lines") + asked.address(concept=concept, q="", sort="")
    return CONCEPTS[concept].label, _printed(figure), lines


def _printed(figure: Figure) -> str:
    if figure.value is None:
        return ""
    return f"{figure.exactness} {printed(figure.value)}".strip()


def _crumbs(request: HttpRequest, asked: Asked) -> list[tuple[str, str]]:
    """The levels above, as far as the person may read them."""
    looking = looking_of(request)
    path = queries.path(asked.unit, asked.form.window.end)
    units = Unit.objects.in_bulk(path)
    above = [one for one in path if looking.reads(units[one])]
    titles = org.titles_of(above, asked.form.window.end)
    return [(reverse("work:levels") + asked.address(unit=one, q=""), capfirst(titles[one])) for one in above]


def level_lines(request: HttpRequest) -> HttpResponse:
    """The lines behind a figure of a unit, each leading to its evidence."""
    asked = _asked(request)
    wanted = request.GET.get("concept", "")
    concept = wanted if wanted in queries.SUMMED else asked.form.concepts[0]
    title = capfirst(org.title_of(asked.unit, asked.form.window.end))
    figure = work.fact(asked.unit, concept, asked.form.window)
    shown = slice_of(request, work.fact_lines(asked.unit, concept, asked.form.window))
    return page(
        request,
        "work/level_lines.html",
        CONCEPTS[concept].label,
        crumbs=[
            *_crumbs(request, asked),
            (reverse("work:levels") + asked.address(), title),
        ],
        unit_name=title,
        window=asked.form.window,
        concept=CONCEPTS[concept],
        figure=figure,
        value="" if figure.value is None else f"{figure.exactness} {printed(figure.value)}".strip(),
        rows=[(line, _counts(line, concept)) for line in shown],
        page=shown,
        query=query_without_page(request),
    )


def _counts(line: Any, concept: str) -> list[str]:
    """What the line adds: '3 tin, bài'."""
    found = work.counts_of(line)
    return [
        f"{found[name].exactness} {printed(found[name].value)} {CONCEPTS[name].unit}".strip()
        for name in counters_under(concept)
        if name in found
    ]


@require_POST
def levels_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The table as a file, all units of it; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    asked = _asked(request)
    table = queries.table(asked.unit, asked.form.window, asked.form.concepts)
    rows = _rows(asked, table)
    org_actions.export_list(
        action="levels.export",
        rows={asked.unit.pk: len(rows) or 1},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Mã đơn vị"),
        _("Đơn vị"),
        _("Từ ngày"),
        _("Đến ngày"),
        *(f"{concept.label} ({concept.unit})" for concept in asked.concepts),
    ]
    name = f"so-lieu-{asked.unit.pk}-{asked.form.chosen_period}"
    return tables.download(name, form, header, _lines(asked, table, rows))


def _lines(asked: Asked, table: Table, rows: list[Row]) -> Iterator[tables.Row]:
    for row in rows:
        yield _line(asked, row.unit_id, row.title, row.window, row.figures)
    if table.own:
        yield _line(asked, table.unit.pk, _("ghi tại chính đơn vị"), table.window, table.own)
    yield _line(asked, table.unit.pk, _("cộng: %(unit)s") % {"unit": table.title}, table.window, table.total)


def _line(asked: Asked, unit: str, title: str, window: Any, figures: Figures) -> tables.Row:
    return [
        unit,
        capfirst(title),
        f"{window.start:%d/%m/%Y}",
        f"{window.end:%d/%m/%Y}",
        *(_for_sheet(figures.get(concept.id, NO_FIGURE)) for concept in asked.concepts),
    ]


def _for_sheet(figure: Figure) -> str | int:
    """A number that a spreadsheet can add up, unless it is a share or only about right."""
    return figure.value if isinstance(figure.value, int) and not figure.exactness else _printed(figure)
