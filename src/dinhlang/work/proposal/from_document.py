"""What is proposed from a document: its values with their places, and what looks wrong in them."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Document, Role, Span
from dinhlang.officialdoc.read import Places
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.periods.window import numeric_date
from dinhlang.work.plan_reading import PlanReading
from dinhlang.work.plan_values import PlanValues, Row
from dinhlang.work.proposal.model import ROW_FIELDS, Item, Proposal, unread
from dinhlang.work.rules import clean
from dinhlang.work.years import YearKind, mentions

_CELLS = {"text": "task", "schedule_text": "schedule"}


@kept_in_vietnamese
def of_document(document: Document, reading: PlanReading, text: str) -> Proposal:
    """What was read from a document, each value with its place in the text."""
    return _FromDocument(document, reading, Places(text), text.split("\n")).proposal()


def bases_of(document: Document, places: Places) -> tuple[tuple[str, tuple[Span, ...]], ...]:
    """The documents cited before the first heading, each in its own words with its place."""
    headings = [
        block.span.line
        for block in document.body
        if getattr(block, "role", None) is Role.HEADING and block.span
    ]
    until = min(headings, default=10**9)
    spans = [one.span for one in document.references if one.span and one.span.line < until]
    return tuple((places.text_of(span), places.of_span(span)) for span in spans)


class _FromDocument:
    def __init__(self, document: Document, reading: PlanReading, places: Places, lines: list[str]) -> None:
        self.document = document
        self.reading = reading
        self.places = places
        self.lines = lines

    def proposal(self) -> Proposal:
        document, reading = self.document, self.reading
        bases = bases_of(document, self.places)
        rows = tuple(
            Row(task.text, task.product, task.lead, task.cooperating, task.schedule_text, task.ordinal)
            for task in reading.tasks
        )
        base = PlanValues(
            reading.year,
            reading.title,
            document.number or "",
            document.symbol or "",
            reading.issued_on,
            tuple(text for text, _spans in bases),
            rows,
            reading.duties,
        )
        items = [*self._head(base), *(self._basis(at, *one) for at, one in enumerate(bases))]
        for at, row in enumerate(rows):
            items += self._row(at, row)
        return Proposal(base, (*items, *self._duties()))

    def _head(self, base: PlanValues) -> Iterable[Item]:
        document, places = self.document, self.places
        title = places.of_words(document.subject or "")
        year = str(base.year)
        year_at = tuple(
            Span(span.line, at + 1, span.line, at + 5, span.page)
            for span in title
            if (at := self.lines[span.line - 1].find(year)) >= 0
        )
        day = numeric_date(base.issued_on) if base.issued_on else ""
        return (
            unread(
                "title",
                base.title,
                title,
                () if document.subject else (_("Không thấy trích yếu trong văn bản."),),
            ),
            unread("year", year, year_at),
            unread(
                "code",
                base.code,
                places.of_number(document.number),
                () if base.number else (_("Văn bản chưa ghi số. Để trống nếu chưa ban hành."),),
            ),
            unread(
                "issued_on",
                day,
                places.of_date(document.date),
                () if day else (_("Văn bản chưa ghi đủ ngày ban hành. Để trống nếu chưa biết."),),
            ),
        )

    def _basis(self, at: int, text: str, spans: tuple[Span, ...]) -> Item:
        years = sorted({one.year for one in mentions(text) if one.kind is YearKind.YEAR})
        stale = [year for year in years if year < self.reading.year]
        doubts = tuple(
            _("Căn cứ là văn bản của năm %(year)d, kế hoạch là của năm %(plan)d.")
            % {"year": year, "plan": self.reading.year}
            for year in stale
        )
        return unread(f"bases.{at}", text, spans, doubts)

    def _row(self, at: int, row: Row) -> Iterable[Item]:
        task = self.document.tasks[at]
        for name in ROW_FIELDS:
            value = getattr(row, name)
            doubts: tuple[str, ...] = ()
            if name == "lead":
                doubts = self._doubts_about_lead(at, row)
            elif name != "schedule_text":
                doubts = self._old_years(value)
            spans = task.spans_of(_CELLS.get(name, name))
            if not value and task.span is not None:  # the row in which it is missing
                spans = self.places.of_span(task.span)
            yield unread(f"rows.{at}.{name}", value, spans, doubts)

    def _doubts_about_lead(self, at: int, row: Row) -> tuple[str, ...]:
        if not row.lead:
            return (_("Chưa thấy cơ quan chủ trì."),)
        spans = self.document.tasks[at].spans_of("lead")
        ruled = any("|" in self.lines[span.line - 1] for span in spans)
        if row.cooperating or ruled:
            return ()
        return (_("Dòng này chỉ có một cơ quan: kiểm tra là chủ trì hay phối hợp."),)

    def _old_years(self, text: str) -> tuple[str, ...]:
        """The year before is what a plan looks back on; an older one is very likely left from an older plan."""
        old = {one.year for one in mentions(text) if one.kind is YearKind.YEAR}
        return tuple(
            _("Có “năm %(year)d” trong kế hoạch năm %(plan)d.") % {"year": year, "plan": self.reading.year}
            for year in sorted(old)
            if year < self.reading.year - 1
        )

    def _duties(self) -> Iterable[Item]:
        at = 0
        for one in self.document.assignments:
            for duty in one.duties:
                text = clean(duty)
                yield unread(
                    f"duties.{at}", text, self.places.of_words(duty, one.span), self._old_years(text)
                )
                at += 1
