"""An issued report, or the word that there is nothing to report, as a package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from dinhlang.reports import render, rules
from dinhlang.reports.models import Obligation, Report, ReportFigure
from dinhlang.reports.sources import ARCHIVE, CHILDREN, label_of
from dinhlang.reports.submission.rules import package
from dinhlang.reports.submission.rules.ledger import Ledger, Line, Stated
from dinhlang.reports.submission.rules.package import Asked, Manifest
from dinhlang.work.models import Activity, Evidence, Measure

_CHUNK = 500


def pack(obligation: Obligation, report: Report) -> bytes:
    """The package of an issued report, always the same bytes for the same report."""
    parts = {
        package.DOCX: render.docx(report),
        package.PDF: render.pdf(report),
        package.LEDGER: package.as_json(ledger_of(report).told()),
        package.DOCUMENT: package.as_json(report.document),
    }
    manifest = Manifest(
        unit=report.unit_id,
        programme=report.programme,
        period=report.period,
        request=request_of(obligation),
        regime=_regime(obligation),
        outline=_outline(report),
        number=report.number,
        symbol=report.symbol,
        subject=report.subject,
        document_on=report.issued_on,
        report=render.identifier(report),
        corrects=_replaced(report),
    )
    return package.packed(manifest, parts)


def pack_nil(obligation: Obligation, reason: str) -> bytes:
    """The package of a nil report."""
    manifest = Manifest(
        unit=obligation.unit_id,
        programme=obligation.kept_as,
        period=obligation.period or "-",
        request=request_of(obligation),
        regime=_regime(obligation),
        subject=obligation.subject,
        reason=reason,
    )
    return package.packed(manifest, {})


def _regime(obligation: Obligation) -> str:
    return obligation.regime.version if obligation.regime else ""


def request_of(obligation: Obligation) -> Asked | None:
    """The letter that an obligation answers, as both sides know it; `None` where it has no number or day."""
    asked = obligation.request
    return Asked(asked.symbol, asked.dated) if asked and asked.symbol and asked.dated else None


def _outline(report: Report) -> str:
    """'default/3', or 'ben-truc/2' for one of the unit's own."""
    used = report.outline
    return f"{used.unit_id or 'default'}/{used.version}"


def _replaced(report: Report) -> str:
    first = report.corrects
    return rules.printed_number_of(first.number or 0, first.symbol) if first else ""


def ledger_of(report: Report) -> Ledger:
    """The figures of an issued report, and the lines that they were issued with."""
    figures = list(report.figures.order_by("pk"))
    wanted = {one["id"]: one["hash"] for figure in figures for one in _lines_of(figure)}
    return Ledger(tuple(map(_stated, figures)), _lines(wanted, report.issued_at))


def _lines_of(figure: ReportFigure) -> list[dict[str, Any]]:
    # A consolidated figure rests on submissions; the level above opens them from there.
    return [] if figure.origin in {ARCHIVE, CHILDREN} else figure.evidence


def _stated(figure: ReportFigure) -> Stated:
    quote = figure.evidence[0].get("quote", "") if figure.origin == ARCHIVE and figure.evidence else ""
    return Stated(
        anchor=figure.anchor,
        concept=figure.concept,
        label=label_of(figure.concept),
        start=figure.window_from,
        end=figure.window_to,
        value=None if figure.value is None else Decimal(figure.value),
        numerator=figure.numerator,
        denominator=figure.denominator,
        exactness=figure.exactness,
        printed=figure.printed,
        origin=figure.origin,
        lines=figure.lines,
        digest=figure.digest,
        evidence=tuple(one["id"] for one in _lines_of(figure)),
        quote=quote[:300],
    )


def _lines(wanted: Mapping[int, str], until: datetime | None) -> dict[int, Line]:
    found: dict[int, Line] = {}
    ids = sorted(wanted)
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        counts = _counts(some)
        shown = _evidence(some, until)
        for line in Activity.objects.filter(pk__in=some).order_by("pk"):
            measures = counts.get(line.pk, [])
            evidence = shown.get(line.pk, [])
            found[line.pk] = Line(
                id=line.pk,
                hash=wanted[line.pk],
                on=line.happened_on.isoformat(),
                kind=line.kind,
                title=line.title,
                counts={one.concept: one.value for one in measures},
                exactness={one.concept: one.exactness for one in measures if one.exactness},
                files=len(evidence),
                joint=_joint(evidence),
            )
    return found


def _counts(lines: list[int]) -> dict[int, list[Measure]]:
    found: dict[int, list[Measure]] = {}
    for one in Measure.objects.filter(activity__in=lines).order_by("activity", "concept"):
        found.setdefault(one.activity_id, []).append(one)
    return found


def _evidence(lines: list[int], until: datetime | None) -> dict[int, list[Evidence]]:
    """What showed these lines to be true when the report was issued: what came later would change the package."""
    found: dict[int, list[Evidence]] = {}
    for one in Evidence.objects.filter(activity__in=lines, added_at__lte=until).order_by("pk"):
        found.setdefault(one.activity_id, []).append(one)
    return found


def _joint(evidence: Iterable[Evidence]) -> str | None:
    """What two units that speak of one event have in common: the link that shows it, else the very file."""
    links = sorted(_address(one.url) for one in evidence if one.url)
    if links:
        return f"link:{links[0]}"
    files = sorted(one.blob_id for one in evidence if one.blob_id)
    return f"file:{files[0]}" if files else None


def _address(url: str) -> str:
    """The link without what differs from copy to copy: scheme, 'www.', a slash at its end, what follows '#'."""
    parts = urlsplit(url)
    place = (parts.hostname or "").removeprefix("www.") + parts.path.rstrip("/")
    return f"{place}?{parts.query}"[:1000] if parts.query else place[:1000]
