"""What can be asked about what is open to all: only published reports, and of their lines only what is public."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlsplit

from django.db.models import Max, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localdate

from dinhlang.officialdoc.model import Document
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import Column, Publication, PublicLine
from dinhlang.portal.public import rules, wording
from dinhlang.portal.public.rules import PublicTitle
from dinhlang.reports import comparison, render
from dinhlang.reports import queries as reports
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.reports.sources import ARCHIVE, is_share
from dinhlang.vietnamese import redaction
from dinhlang.vietnamese.redaction import Kind
from dinhlang.work.models import Activity, ActivityKind, Evidence, Measure

SCHEMA = "dinhlang.public-report/1"


# --- what is published ----------------------------------------------------------------------------


def publications() -> QuerySet[Publication]:
    """Every report that is or was open to all, with what its page shows."""
    return Publication.objects.select_related(
        "report__unit", "report__docx", "report__pdf", "report__seal__pdf", "report__plan", "column"
    )


def publication_of(unit_id: str, year: int, number: int) -> Publication | None:
    """The publication of the report with that number of that unit and year."""
    found: Publication | None = (
        publications()
        .filter(report__unit=unit_id, report__issued_on__year=year, report__number=number)
        .order_by("-report__pk")
        .first()
    )
    return found


def publication_of_report(report: Report) -> Publication | None:
    found: Publication | None = Publication.objects.filter(report=report).first()
    return found


@dataclass(frozen=True, slots=True)
class UnitNow:
    """A unit as the public meets it: its name, and who took over when it is no more."""

    unit: Unit
    name: str
    body: str
    ended_on: date | None
    heirs: tuple[tuple[str, str], ...]


def unit_now(unit: Unit, on: date) -> UnitNow:
    """The unit on that day; its heirs as (id, name)."""
    name = org.title_of(unit, on)
    ended = None if org.exists_on(unit, on) else unit.ends_on
    heirs = org.heirs(unit, on) if ended else []
    return UnitNow(
        unit,
        name,
        f"Ủy ban nhân dân {name}",
        ended,
        tuple((heir.pk, capfirst(org.title_of(heir, on))) for heir in heirs),
    )


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the list of a unit's published reports."""

    publication: Publication
    number: str
    period: str
    year: int


def listed(unit_id: str) -> list[Listed]:
    """The unit's published reports, newest first; withdrawn ones are not among them."""
    found = publications().filter(report__unit=unit_id, withdrawn_at=None).defer("report__document")
    return [
        Listed(one, number_of(one.report), Period.parse(one.report.period).label, issued_on(one.report).year)
        for one in found
    ]


def columns_of(reports: Iterable[Listed]) -> list[Column]:
    """The columns in which these reports stand, in the order of the page; none when all stand outside."""
    found = {one.publication.column for one in reports if one.publication.column is not None}
    return sorted(found, key=lambda column: (column.position, column.pk))


def has_publications(unit_id: str) -> bool:
    """Whether the unit ever opened a report to all."""
    return Publication.objects.filter(report__unit=unit_id).exists()


def issued_on(report: Report) -> date:
    """The day on which a published report was issued: the database lets no report be issued without."""
    return cast(date, report.issued_on)


def number_of(report: Report) -> str:
    """'01/BC-UBND'."""
    return f"{report.number:02d}/{report.symbol}"


# --- a twin ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as the table under the report names it, in words."""

    figure: ReportFigure
    label: str
    window: str
    is_of_the_period: bool
    how: str


def figures_of(report: Report) -> list[ReportFigure]:
    """Every figure of the report, in its order. The lines pinned behind them may be many and stay where they are."""
    found = list(report.figures.order_by("pk").defer("evidence"))
    for figure in found:
        figure.report = report
    return found


def shown_once(figures: Sequence[ReportFigure]) -> list[Shown]:
    """The figures, one that stands in the report several times told once."""
    once: dict[tuple[str, date, date], ReportFigure] = {}
    for figure in figures:
        once.setdefault((figure.concept, figure.window_from, figure.window_to), figure)
    return [shown(figure) for figure in once.values()]


def shown(figure: ReportFigure) -> Shown:
    """One figure in words."""
    report = figure.report
    window = Window(figure.window_from, figure.window_to)
    return Shown(
        figure,
        wording.label_of(figure),
        window.label,
        (window.start, window.end) == (report.window_from, report.window_to),
        wording.how(figure),
    )


def document_of(report: Report) -> Document:
    return render.document_of(report)


def cells_of(figures: Iterable[ReportFigure]) -> dict[tuple[int, int, int], tuple[str, str]]:
    """Which figure stands in which cell of the report's tables."""
    return {
        (figure.cell[0], figure.cell[1], figure.cell[2]): (figure.anchor, figure.printed)
        for figure in figures
        if figure.cell
    }


@dataclass(frozen=True, slots=True)
class Related:
    """The published reports that this one replaces, and that replace it."""

    replaces: Publication | None
    replaced_by: Publication | None


def related(report: Report) -> Related:
    """Both ways, as far as they are open to all."""
    found = publications().filter(withdrawn_at=None)
    before = found.filter(report=report.corrects_id).first() if report.corrects_id else None
    after = found.filter(report__corrects=report).first()
    return Related(before, after)


def drifted(report: Report) -> list[str]:
    """The names of the figures that the ledger would give otherwise today."""
    return [one.label for one in reports.drift(report)]


def months_of(report: Report) -> dict[str, dict[str, int]]:
    """What the lines pinned behind the report's own figures add up to in each month: {concept: {first day: total}}."""
    wanted: dict[str, set[int]] = defaultdict(set)
    of_the_period = report.figures.filter(window_from=report.window_from, window_to=report.window_to)
    for figure in of_the_period:
        for concept in wording.counters(figure):
            wanted[concept].update(one["id"] for one in pinned(figure))
    stored = Measure.objects.filter(
        concept__in=list(wanted),
        activity__unit=report.unit,
        activity__happened_on__range=(report.window_from, report.window_to),
    ).order_by("activity__happened_on", "pk")
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for concept, pk, day, value in stored.values_list(
        "concept", "activity", "activity__happened_on", "value"
    ).iterator():
        if pk in wanted[concept]:
            found[concept][day.replace(day=1).isoformat()] += value
    return {concept: dict(months) for concept, months in found.items()}


def charts_of(publication: Publication) -> tuple[comparison.Chart, ...]:
    """The charts of what was pinned, month by month."""
    report = publication.report
    totals = {
        concept: {date.fromisoformat(month): total for month, total in months.items()}
        for concept, months in publication.months.items()
    }
    return comparison.by_month(totals, Window(report.window_from, report.window_to))


# --- the lines behind a figure --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Link:
    """A public page that shows the line is true."""

    url: str
    host: str


@dataclass(frozen=True, slots=True)
class Line:
    """What the public sees of a line: never a note, a caption that somebody wrote, a file, or who recorded it."""

    happened_on: date
    kind: str
    title: PublicTitle
    counts: tuple[tuple[str, str], ...]
    links: tuple[Link, ...]
    inside: int
    hashes: tuple[str, ...]
    entries: tuple[str, ...]
    mark: str
    reversed_on: date | None
    is_intact: bool


def pinned(figure: ReportFigure) -> list[dict[str, Any]]:
    """Id and hash of the lines that were pinned when the report was issued; none for a figure of an old document."""
    if figure.origin == ARCHIVE:
        return []
    return [one for one in figure.evidence if isinstance(one, dict) and "id" in one]


def lines(figure: ReportFigure, page: Sequence[dict[str, Any]]) -> list[Line]:
    """The lines of one page of what was pinned, in the order in which they were recorded."""
    hashes = {one["id"]: one["hash"] for one in page}
    found = (
        Activity.objects.filter(pk__in=hashes, unit=figure.report.unit)
        .select_related("reversal", "public_line")
        .prefetch_related("measures", "evidence")
        .order_by("pk")
    )
    note(*(f"line:{pk}" for pk in hashes))
    counted = wording.counters(figure)
    return [_line(activity, counted, hashes[activity.pk]) for activity in found]


def _line(activity: Activity, counted: Sequence[str], line_hash: str) -> Line:
    title = title_of(activity)
    reversal = getattr(activity, "reversal", None)
    evidence = list(activity.evidence.all())
    links = _links(activity, title, evidence)
    return Line(
        activity.happened_on,
        str(ActivityKind(activity.kind).label),
        title,
        wording.counts(activity, counted),
        links,
        sum(1 for one in evidence if one.kind == Evidence.Kind.LINK) - len(links),
        tuple(rules.short_hash(one.blob_id) for one in evidence if one.blob_id),
        tuple(one.caption for one in evidence if one.kind == Evidence.Kind.ENTRY),
        rules.short_hash(line_hash),
        localdate(reversal.at) if reversal else None,
        activity.line_hash == line_hash,
    )


def title_of(activity: Activity) -> PublicTitle:
    """How the line is called in public; `public_line` is fetched with it."""
    decided: PublicLine | None = getattr(activity, "public_line", None)
    return rules.public_title(
        activity.title, activity.kind, activity.reform_field, decided.wording if decided else None
    )


def _links(activity: Activity, title: PublicTitle, evidence: Iterable[Evidence]) -> tuple[Link, ...]:
    """Links of channels made for everyone. Where the title is held back its page may name the same person.

    A title that names somebody and is shown all the same was decided by an officer: its page may name them too.
    """
    if activity.kind not in rules.OPEN_CHANNELS or not title.is_own:
        return ()
    may_name = Kind.PERSON in title.found
    return tuple(
        Link(one.url, urlsplit(one.url).hostname or one.url)
        for one in evidence
        if one.kind == Evidence.Kind.LINK and rules.is_open_address(one.url, may_name=may_name)
    )


@dataclass(frozen=True, slots=True)
class Quoted:
    """Where an old document states a figure; its words only when they name nobody."""

    line: int | None
    words: str
    sha256: str


def quoted(figure: ReportFigure) -> list[Quoted]:
    """The places of old documents behind a figure that no line of the ledger stands behind."""
    if figure.origin != ARCHIVE:
        return []
    return [
        Quoted(
            one.get("line"),
            "" if redaction.is_personal(one.get("quote") or "", is_official=True) else one.get("quote") or "",
            rules.short_hash(one.get("sha256") or ""),
        )
        for one in figure.evidence
        if isinstance(one, dict)
    ]


# --- open data ------------------------------------------------------------------------------------


def as_open_data(publication: Publication, figures: Sequence[ReportFigure], address: Any) -> dict[str, Any]:
    """The report's figures for programs: nothing of any line, so nothing personal. `address` gives a figure's page."""
    report = publication.report
    return {
        "schema": SCHEMA,
        "unit": {"id": report.unit_id, "name": org.title_of(report.unit, issued_on(report))},
        "number": number_of(report),
        "issued_on": issued_on(report).isoformat(),
        "subject": report.subject,
        "period": report.period,
        "window": {"from": report.window_from.isoformat(), "to": report.window_to.isoformat()},
        "published_on": localdate(publication.published_at).isoformat(),
        "figures": [open_figure(one, address(one.anchor)) for one in figures],
    }


def open_figure(figure: ReportFigure, url: str) -> dict[str, Any]:
    """A figure for programs; `url` is its page."""
    return {
        "anchor": figure.anchor,
        "url": url,
        "concept": figure.concept,
        "label": wording.label_of(figure),
        "unit": wording.unit_of(figure) or None,
        "from": figure.window_from.isoformat(),
        "to": figure.window_to.isoformat(),
        "value": _plain(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "is_share": is_share(figure.concept),
        "exactness": figure.exactness or None,
        "printed": figure.printed,
        "origin": figure.origin,
        "lines": figure.lines,
        "digest": figure.digest or None,
    }


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


# --- the desk's side ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Proposed:
    """A line behind a published figure with the words in which the public would see it."""

    activity_id: int
    happened_on: date
    kind: str
    title: str
    public: PublicTitle
    decided: str

    @property
    def waits(self) -> bool:
        """Whether an officer has yet to say."""
        return bool(self.public.found) and not self.decided

    @property
    def found(self) -> str:
        return rules.summary_of(self.public.found)


def behind(report: Report) -> set[int]:
    """Ids of all lines that were pinned behind the report's figures."""
    return {
        one["id"]
        for figure in report.figures.exclude(origin=ARCHIVE).only("evidence", "origin")
        for one in pinned(figure)
    }


Row = tuple[int, date, str, str, str, str | None]


def rows_behind(report: Report) -> tuple[list[Row], list[Row]]:
    """The lines behind a report's figures, oldest first: all of them, and those that wait for an officer's word.

    Read in one question whatever their number: the ids come from the report, the titles from the unit's ledger up to
    the last day it speaks of. `proposed` makes of a row what the page shows.
    """
    wanted = behind(report)
    last = report.figures.aggregate(Max("window_to"))["window_to__max"] or report.window_to
    stored = Activity.objects.filter(unit=report.unit, happened_on__lte=last).order_by("happened_on", "pk")
    rows = stored.values_list("pk", "happened_on", "kind", "title", "reform_field", "public_line__wording")
    found: list[Row] = [row for row in rows.iterator() if row[0] in wanted]
    return found, [row for row in found if not row[5] and rules.kinds_in(row[3])]


def proposed(row: Row) -> Proposed:
    """A line with the words in which the public would see it."""
    pk, day, kind, title, field, decided = row
    public = rules.public_title(title, kind, field, decided)
    return Proposed(pk, day, str(ActivityKind(kind).label), title, public, decided or "")


def proposed_line(activity: Activity) -> Proposed:
    """One line, as `proposed` gives it."""
    decided = PublicLine.objects.filter(activity=activity).values_list("wording", flat=True).first()
    return proposed(
        (activity.pk, activity.happened_on, activity.kind, activity.title, activity.reform_field, decided)
    )


def published_by_report(ids: Iterable[int]) -> dict[int, Publication]:
    """The publications of these reports, by the id of the report."""
    return {one.report_id: one for one in Publication.objects.filter(report__in=list(ids))}
