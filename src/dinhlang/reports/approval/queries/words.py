"""The words and figures of a report as they stand now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports import editing, queries, render
from dinhlang.reports.approval.rules.words import Content, content_of, digest_of
from dinhlang.reports.catalogue import printed
from dinhlang.reports.models import Report


def content_now(report: Report) -> Content:
    """What would be presented now. Raises `Refused` for a draft of before there were manuscripts."""
    manuscript = queries.manuscript_of(report)
    if manuscript is None:
        raise Refused(_("Dự thảo này lập từ bản phần mềm cũ. Bấm “Lập lại từ sổ” một lần rồi trình."))
    composed = editing.compose(queries.draft_in(manuscript), printed(manuscript.figures))
    figures = [
        {
            "anchor": one.anchor,
            "concept": one.concept,
            "from": one.window_from.isoformat(),
            "to": one.window_to.isoformat(),
            "printed": one.printed,
            "value": None if one.value is None else str(one.value.normalize()),
            "digest": one.digest,
            "lines": one.lines,
        }
        for one in report.figures.order_by("pk")
    ]
    return content_of(render.document_of(report), composed.blocks, figures)


def digest_now(report: Report) -> str:
    """The digest of what would be presented now."""
    return digest_of(content_now(report))
