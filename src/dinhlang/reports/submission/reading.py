"""A file that came outside the system: its figures by bookmark and sidecar, else as they are read, and what a hand changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dinhlang.archive.actions.importing import facts_in
from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.read.word.anchors import anchored
from dinhlang.officialdoc.write.bookmarks import Bookmarks
from dinhlang.officialdoc.write.sidecar import extract
from dinhlang.reports import render
from dinhlang.reports.models import Obligation, ReportFigure, SubmittedFigure
from dinhlang.reports.sources import ARCHIVE
from dinhlang.reports.submission.doubts import doubts_of
from dinhlang.reports.submission.rules.ledger import MOST_LINES, number_of, text_of, whole_of
from dinhlang.vietnamese import numbers
from dinhlang.vietnamese.text import one_line
from dinhlang.work.models import Exactness
from dinhlang.work.plan_reading import whole_date

READ = "read"
MOST_FIGURES = 500
_LONGEST_SIDECAR = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Found:
    """What a file says: its figures, its day and number, and how the figures were found ('sidecar' or 'read').

    `doubts` are sentences on why it may not be the report that is owed.
    """

    figures: tuple[SubmittedFigure, ...]
    how: str
    document_on: date | None
    symbol: str
    subject: str
    doubts: tuple[str, ...] = ()

    @property
    def changed(self) -> list[SubmittedFigure]:
        """Those that a hand changed since the file was issued."""
        return [one for one in self.figures if one.changed_from]


def found_in(data: bytes, document: Document, owed: Obligation) -> Found:
    """What stands in a file that was read as `document`. Never raises for a file that could be read."""
    known = _sidecar(data)
    figures = tuple(_anchored(data, known, owed)) if known else ()
    how = "sidecar" if figures else READ
    if not figures:
        figures = tuple(_read(document, owed))
    number = f"{document.number or ''}/{document.symbol or ''}".strip("/")
    return Found(
        figures,
        how,
        whole_date(document.date),
        number[:60],
        (document.subject or owed.subject)[:500],
        tuple(doubts_of(document, known, owed)),
    )


def _sidecar(data: bytes) -> Mapping[str, Any] | None:
    """The ledger that travels inside a file this software made."""
    content = extract(data)
    if content is None or len(content) > _LONGEST_SIDECAR:
        return None
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) and told.get("schema") == render.LEDGER_SCHEMA else None


def _anchored(data: bytes, known: Mapping[str, Any], owed: Obligation) -> Iterator[SubmittedFigure]:
    """The figures of the sidecar, each with what its bookmark prints now."""
    printed = anchored(data)
    listed = known.get("figures")
    if known.get("unit") != owed.unit_id or not isinstance(listed, list) or not printed:
        return
    behind, seen = _evidence_here(known), set()
    for told in listed[:MOST_FIGURES]:
        row = _row(told, behind)
        if row is None or row.anchor in seen:
            continue
        seen.add(row.anchor)
        now = printed.get(Bookmarks().name(row.anchor))
        words = next((one for one in now or () if one != row.printed), None)
        if words is not None:
            row.changed_from, row.printed = row.printed, words[:60]
            row.exactness, row.value = _number(words)
            # The lines stand behind what was issued, not behind what a hand put in its place.
            row.has_evidence, row.numerator, row.denominator = False, None, None
        yield row


def _row(told: Any, behind: Mapping[str, list[dict[str, Any]]]) -> SubmittedFigure | None:
    try:
        start, end = (date.fromisoformat(told["window"][name]) for name in ("from", "to"))
        value = number_of(None if told["value"] is None else str(told["value"]))
        anchor, exactness = text_of(told["anchor"], 60), str(told["exactness"] or "")
        numerator, denominator = told["numerator"], told["denominator"]
        if end < start or not anchor or exactness not in Exactness.values:
            return None
        evidence = behind.get(anchor, [])
        return SubmittedFigure(
            anchor=anchor,
            concept=text_of(told["concept"] or "", 40),
            window_from=start,
            window_to=end,
            value=value,
            numerator=None if numerator is None else whole_of(numerator),
            denominator=None if denominator is None else whole_of(denominator),
            exactness=exactness,
            printed=text_of(told["printed"] or "", 60),
            origin=text_of(told["origin"], 10),
            lines=whole_of(told["lines"], MOST_LINES),
            digest=text_of(told["digest"] or "", 64),
            evidence=evidence,
            has_evidence=value is not None and bool(evidence),
        )
    except (KeyError, TypeError, ValueError, InvalidOperation):
        return None


def _evidence_here(known: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The lines behind the figures, where the report that the file was is issued in this installation."""
    name = str(known.get("report", ""))
    pk = name.rsplit(":", 1)[-1]
    if not pk.isdigit() or len(pk) > 18:
        return {}
    rows = ReportFigure.objects.filter(
        report=int(pk), report__unit=str(known.get("unit")), is_final=True
    ).exclude(origin=ARCHIVE)
    return {row.anchor: row.evidence for row in rows}


def _number(words: str) -> tuple[str, Decimal | None]:
    """'hơn 3.500' as its exactness and its value; nothing for words that are no number."""
    text = one_line(words).removesuffix("(*)").strip().removesuffix("%").strip()
    exactness = next((one for one in Exactness.values if one and text.startswith(f"{one} ")), "")
    digits = text.removeprefix(exactness).strip().replace(".", "").replace(",", ".")
    try:
        value = Decimal(digits)
    except InvalidOperation:
        return exactness, None
    return exactness, value if value.is_finite() and abs(value) < Decimal(10) ** 15 else None


def _read(document: Document, owed: Obligation) -> Iterator[SubmittedFigure]:
    """The figures that stand in the words: nothing stands behind them."""
    day = whole_date(document.date) or owed.due_on
    start, end = owed.window_from or day, owed.window_to or day
    for number, figure in enumerate(facts_in(document)[:MOST_FIGURES], 1):
        value = Decimal(str(figure.value))
        yield SubmittedFigure(
            anchor=f"doc-{number}",
            concept=figure.concept or "",
            window_from=start,
            window_to=end,
            value=value,
            exactness=figure.qualifier if figure.qualifier in Exactness.values else "",
            printed=one_line(f"{figure.qualifier or ''} {numbers.printed(figure.value)}")[:60],
            origin=READ,
            quote=figure.quote[:300],
        )
