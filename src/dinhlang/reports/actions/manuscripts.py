"""How a draft is kept: its document, figures and what is missing are made from its manuscript at every change."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.reports import editing, queries, reuse
from dinhlang.reports.catalogue import figure_row, printed
from dinhlang.reports.documents import written
from dinhlang.reports.editing import Draft
from dinhlang.reports.models import Manuscript, ManuscriptChange, Report, ReportFigure
from dinhlang.reports.passages import tokens
from dinhlang.work.concepts import CONCEPTS

# Typing in one paragraph is one step of the history.
ONE_STEP = timedelta(minutes=10)


def new_key() -> str:
    """A name for a piece, never given before."""
    return f"p{secrets.token_hex(6)}"


def put(report: Report, manuscript: Manuscript, draft: Draft, document: Document) -> None:
    """Make the report's document, its figures and what is missing from the draft, and save all of it.

    `document` is the frame: issuer, date, number. Files and preview are made from the report, so they always show
    the edited text.
    """
    composed = editing.compose(draft, printed(manuscript.figures))
    report.document = codec.to_json(written(document, draft, composed))
    report.subject = draft.head_words("subject")
    report.missing = _missing(report, manuscript, composed)
    report.save()
    _put_figures(report, manuscript, composed)
    manuscript.report = report
    manuscript.state, manuscript.version = editing.to_json(draft), draft.version
    manuscript.reused = reuse.found_in(
        draft, manuscript.reused, queries.earlier_mark(report), lambda: queries.earlier_texts(report)
    )
    manuscript.save()


@kept_in_vietnamese
def _missing(report: Report, manuscript: Manuscript, composed: editing.Composed) -> list[dict[str, Any]]:
    """What the ledger lacks for figures that stand in the text, and the sections nobody wrote."""
    shown = {manuscript.figures[name]["concept"] for name in composed.placed.values()}
    lacking = [one for one in manuscript.missing if not one["concept"] or one["concept"] in shown]
    lacking += _put_in_without_evidence(report, manuscript, composed, {one["concept"] for one in lacking})
    told = _("Mục “%(title)s” chưa có nội dung nên không in. Viết vào dự thảo hoặc đề cương nếu có.")
    return lacking + [
        {"concept": "", "message": told % {"title": title}} for title in composed.empty.values()
    ]


def _put_in_without_evidence(
    report: Report, manuscript: Manuscript, composed: editing.Composed, told: set[str]
) -> list[dict[str, Any]]:
    """What is missing behind figures of the period that a person put in, and the outline did not ask for."""
    window = (report.window_from.isoformat(), report.window_to.isoformat())
    put_in = [manuscript.figures[name] for name in dict.fromkeys(composed.placed.values())]
    return [
        {"concept": one["concept"], "message": CONCEPTS[one["concept"]].missing}
        for one in put_in
        if one["value"] is None
        and (one["from"], one["to"]) == window
        and one["concept"] in CONCEPTS
        and one["concept"] not in told
    ]


def _put_figures(report: Report, manuscript: Manuscript, composed: editing.Composed) -> None:
    """A row for each figure that stands in the document, those of the text first."""
    in_text = [anchor for anchor in composed.placed if anchor not in composed.cells]
    rows = [
        figure_row(report, anchor, manuscript.figures[composed.placed[anchor]], composed.cells.get(anchor))
        for anchor in (*in_text, *composed.cells)
    ]
    if [_likeness(row) for row in report.figures.order_by("pk")] != [_likeness(row) for row in rows]:
        report.figures.all().delete()
        ReportFigure.objects.bulk_create(rows)


def _likeness(row: ReportFigure) -> tuple[Any, ...]:
    window = (str(row.window_from), str(row.window_to))
    return (row.anchor, row.concept, *window, row.printed, row.lines, row.digest, row.cell, row.origin)


def note_step(
    manuscript: Manuscript,
    before: Draft,
    after: Draft,
    *,
    what: ManuscriptChange.What,
    key: str = "",
    by: Person | None,
    at: datetime,
) -> None:
    """Keep how to take the step back. A paragraph typed in one go is one step, however often it was saved."""
    lost = editing.lost(before, after)
    last = manuscript.changes.first()
    goes_on = (
        last is not None
        and what is ManuscriptChange.What.EDIT
        and (last.what, last.key, last.by_id) == (what, key, by.pk if by else None)
        and last.version == before.version
        and at - last.at < ONE_STEP
    )
    if goes_on and last is not None:
        last.version, last.at = after.version, at
        last.lost = sorted({*last.lost, *lost} - _shown(after, key))
        last.save(update_fields=["version", "at", "lost"])
        return
    ManuscriptChange.objects.create(
        manuscript=manuscript,
        version=after.version,
        what=what,
        key=key,
        lost=lost,
        patch=editing.delta(before, after),
        at=at,
        by=by,
    )


def _shown(draft: Draft, key: str) -> set[str]:
    piece = draft.find(key)
    return set(tokens(piece.block)) if piece else set()
