"""What reports there are for whom, and what a figure rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import EARLIEST_FIRST, Person, Unit, UnitName
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.window import Window
from dinhlang.reports import rules
from dinhlang.reports.duties.catalogue import is_shipped, kept_as, outline_named
from dinhlang.reports.duties.ruling import holding_for
from dinhlang.reports.models import Outline, Regime, RegisterEntry, Report, ReportFigure
from dinhlang.reports.rules import LINES, PROGRAMME
from dinhlang.reports.sources import ARCHIVE, CHILDREN, label_of
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, counters_under
from dinhlang.work.models import Activity, Evidence

SCHEMA = "dinhlang.report/1"


class NoReport(Refused):
    """There is no such report."""


# --- what is there --------------------------------------------------------------------------------


def reports_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[Report]:
    """The reports the person may read on that day."""
    visible: QuerySet[Report] = Report.objects.filter(unit__in=org.visible_units(person, on))
    return visible.select_related("unit", "plan", "drafted_by", "issued_by")


def register_for(person: Person | AnonymousUser | None, on: date) -> QuerySet[RegisterEntry]:
    """The lines of the registers the person may read on that day."""
    visible: QuerySet[RegisterEntry] = RegisterEntry.objects.filter(unit__in=org.visible_units(person, on))
    return visible.select_related("unit", "report")


def periods_reported(unit_id: str) -> set[str]:
    """The periods on which a unit has issued a report."""
    issued = Report.objects.filter(unit=unit_id, status=Report.Status.ISSUED)
    return set(issued.order_by().values_list("period", flat=True))


def titles_then(wanted: Iterable[tuple[str, date]]) -> dict[tuple[str, date], str]:
    """How units were called, each on a day of its own, in one question for a whole list."""
    pairs = set(wanted)
    names: dict[str, list[UnitName]] = {}
    for name in UnitName.objects.filter(unit__in={unit for unit, _day in pairs}).order_by(
        "unit", EARLIEST_FIRST
    ):
        names.setdefault(name.unit_id, []).append(name)
    return {(unit, on): _title(unit, names.get(unit, []), on) for unit, on in pairs}


def _title(unit: str, names: list[UnitName], on: date) -> str:
    """As `org.queries.title_of`: the last name that had begun, else the first."""
    begun = [name for name in names if name.starts_on is None or name.starts_on <= on]
    chosen = begun[-1:] or names[:1]
    return chosen[0].full if chosen else unit


def next_number(unit: Unit, year: int, kind: str) -> int:
    """The number the next document of that kind and year would take."""
    last = RegisterEntry.objects.filter(unit=unit, year=year, kind=kind).order_by("-number").first()
    return last.number + 1 if last else 1


def report_of(unit: Unit, period: Period, programme: str = PROGRAMME) -> Report:
    """The draft of a period, else its issued report. Raises `NoReport`."""
    found: Report | None = (
        Report.objects.filter(unit=unit, period=str(period), programme=programme)
        .order_by("status", "-pk")
        .first()
    )  # 'draft' sorts before 'issued'
    if found is None:
        raise NoReport(
            f"Đơn vị {unit.pk} chưa có báo cáo {period.label}. "
            f"Lập bằng lệnh: dinhlang report draft --unit {unit.pk} --period {period} -o BAO-CAO.docx"
        )
    return found


def outline_name(programme: str) -> str:
    """The name of the outline that a programme asks for, where no version of it is at hand; empty for none."""
    known = Regime.objects.filter(programme=programme).exclude(outline="").order_by("starts_on", "pk")
    return outline_named(programme) or known.values_list("outline", flat=True).last() or ""


def imported_outline(name: str) -> Outline | None:
    """The newest version of an outline that came in from a file; `None` for one that is shipped, or none."""
    found: Outline | None = (
        Outline.objects.filter(unit=None, programme=kept_as(name)).order_by("-version").first()
        if name and not is_shipped(name)
        else None
    )
    return found


def default_outline(programme: str = PROGRAMME, named: str = "") -> str:
    """The outline of a programme where a unit has none of its own; `named` is the one its regime names.

    Raises `rules.NoOutline`.
    """
    name = named or outline_name(programme)
    imported = imported_outline(name)
    if imported is not None:
        return imported.text
    if not name:
        raise rules.NoOutline(
            _("Chương trình “%(programme)s” chưa có đề cương nên chưa lập được báo cáo từ sổ.")
            % {"programme": programme}
        )
    return (files("dinhlang.reports") / "outlines" / f"{name}.txt").read_text("utf-8")


def outline_of(unit: Unit, programme: str = PROGRAMME) -> Outline | None:
    """The unit's own outline, newest version; `None` when it uses the one that is shipped."""
    found: Outline | None = (
        Outline.objects.filter(unit=unit, programme=programme).order_by("-version").first()
    )
    return found


def outline_text(unit: Unit, on: date, programme: str = PROGRAMME) -> str:
    """The outline in use on a day, to be shown for editing. Raises `rules.NoOutline`."""
    own = outline_of(unit, programme)
    if own is not None:
        return own.text
    version = holding_for(unit, programme, Period(on.year, Kind.YEAR))
    return default_outline(programme, version.outline if version else "")


# --- what a figure rests on -----------------------------------------------------------------------


def lines_behind(figure: ReportFigure) -> QuerySet[Activity]:
    """The lines of the ledger that stand behind a figure now; none for a figure of an old document or of other units.

    Behind the plan's progress stand all lines of its tasks up to the last day of the window, also those before
    its first: what was done in spring is still done in autumn.
    """
    unit, window = figure.report.unit, Window(figure.window_from, figure.window_to)
    if figure.origin == CHILDREN:
        return Activity.objects.none()
    if figure.concept.startswith(LINES):
        return work.ledger(unit, window).filter(kind=figure.concept.removeprefix(LINES), reversal=None)
    if figure.concept in FROM_PLAN and figure.report.plan is not None:
        return work.plan_lines(unit, [figure.report.plan], figure.window_to)
    if figure.origin == ARCHIVE or figure.concept not in CONCEPTS or figure.concept in FROM_PLAN:
        return Activity.objects.none()
    return work.fact_lines(unit, figure.concept, window)


def as_json(report: Report) -> dict[str, Any]:
    """The report with every figure, the facts and lines behind it and their evidence, ready for JSON.

    An issued report gives the lines it was issued with; a draft those that stand now.
    """
    name = org.name_of(report.unit, report.window_to)
    return {
        "schema": SCHEMA,
        "unit": {"id": report.unit_id, "name": name.full if name else report.unit_id},
        "programme": report.programme,
        "period": report.period,
        "regime": report.regime,
        "window": _window(report.window_from, report.window_to),
        "status": report.status,
        "number": report.number,
        "symbol": report.symbol,
        "issued_on": report.issued_on.isoformat() if report.issued_on else None,
        "subject": report.subject,
        "figures": [figure_as_json(figure) for figure in report.figures.order_by("pk")],
        "missing": report.missing,
        "document": report.document,
    }


def figure_as_json(figure: ReportFigure) -> dict[str, Any]:
    """One figure with its facts and lines."""
    return {**summary(figure), "facts": _facts(figure), "evidence": _evidence(figure)}


def summary(figure: ReportFigure) -> dict[str, Any]:
    """One figure without the lines behind it, as it travels inside the .docx."""
    return {
        "anchor": figure.anchor,
        "concept": figure.concept,
        "label": label_of(figure.concept),
        "window": _window(figure.window_from, figure.window_to),
        "value": number(figure.value),
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "exactness": figure.exactness or None,
        "printed": figure.printed,
        "origin": figure.origin,
        "lines": figure.lines,
        "digest": figure.digest or None,
    }


def _facts(figure: ReportFigure) -> list[dict[str, Any]]:
    """The counters the figure is folded from: itself, or the two of a share."""
    if figure.origin in {ARCHIVE, CHILDREN} or figure.concept not in CONCEPTS:
        return []
    unit, window = figure.report.unit, Window(figure.window_from, figure.window_to)
    facts = []
    for concept in counters_under(figure.concept):
        fact = work.fact(unit, concept, window)
        facts.append({"concept": concept, "value": fact.value, "lines": fact.lines, "digest": fact.digest})
    return facts


def _evidence(figure: ReportFigure) -> list[dict[str, Any]]:
    if figure.origin in {ARCHIVE, CHILDREN}:
        return list(figure.evidence)
    lines = (
        lines_behind(figure).order_by("happened_on", "pk") if not figure.is_final else _frozen_lines(figure)
    )
    found = list(lines)
    shown = evidence_by_line(line.pk for line in found)
    return [
        {
            "id": line.pk,
            "uid": str(line.uid),
            "date": line.happened_on.isoformat(),
            "kind": line.kind,
            "title": line.title,
            "hash": line.line_hash,
            "evidence": shown.get(line.pk, []),
        }
        for line in found
    ]


def _frozen_lines(figure: ReportFigure) -> QuerySet[Activity]:
    return Activity.objects.filter(pk__in=[line["id"] for line in figure.evidence]).order_by(
        "happened_on", "pk"
    )


_CHUNK = 500


def evidence_by_line(lines: Iterable[int]) -> Mapping[int, list[dict[str, Any]]]:
    """What shows each line is true: a file by its SHA-256, a link, or the entry of a register by its words."""
    wanted = list(lines)
    found: dict[int, list[dict[str, Any]]] = {}
    for start in range(0, len(wanted), _CHUNK):
        rows = Evidence.objects.filter(activity__in=wanted[start : start + _CHUNK]).order_by("pk")
        for row in rows.values("activity_id", "kind", "blob_id", "url", "caption"):
            found.setdefault(row["activity_id"], []).append(
                {
                    "kind": row["kind"],
                    "sha256": row["blob_id"],
                    "url": row["url"] or None,
                    "caption": row["caption"] or None,
                }
            )
    return found


def _window(start: date, end: date) -> dict[str, str]:
    return {"from": start.isoformat(), "to": end.isoformat()}


def number(value: Any) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)
