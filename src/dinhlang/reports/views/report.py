"""One report: its page with the editor, its files, its figures, issuing and replacing it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.officialdoc.write import html
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    may,
    page,
    query_without_page,
    signed_in,
    slice_of,
    today,
)
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports import actions, editor, queries
from dinhlang.reports import render as files
from dinhlang.reports.approval.queries import can_be_sealed, seal_of, standing_of
from dinhlang.reports.consolidation.drift import drift as consolidated_drift
from dinhlang.reports.consolidation.pinning import consolidation_of
from dinhlang.reports.duties.catalogue import rule_of
from dinhlang.reports.models import Report, ReportFigure, ReportSignature
from dinhlang.reports.showing import Shown
from dinhlang.reports.sources import CHILDREN, label_of
from dinhlang.reports.submission.queries import to_be_submitted
from dinhlang.reports.views.found import crumbs_of, list_crumb, report_for
from dinhlang.work.beside import beside
from dinhlang.work.models import Activity

_SHOWN_LINES = 30


def report_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A report: the page as it will print, to be written in while it is a draft; beside it outline and evidence."""
    on, now = today(), timezone.now()
    report = report_for(request, pk)
    is_draft = report.status == Report.Status.DRAFT
    shown = editor.shown(report, on)
    may_write = is_draft and shown is not None and may(request, Permission.REPORT_DRAFT, report.unit, on)
    if may_write:
        actions.note_presence(report=report, person=signed_in(request), key="", at=now)
    drift = queries.drift(report)
    pinned = consolidation_of(report)
    return page(
        request,
        "reports/report.html",
        report.subject,
        crumbs=[list_crumb()],
        report=report,
        unit_name=org.title_of(report.unit, report.window_to),
        period=Period.parse(report.period).label,
        window=Window(report.window_from, report.window_to).label,
        shown=shown,
        saved_at=shown.saved_at if shown else None,
        busy=_busy(request, report, shown) if may_write else [],
        blocks=editor.blocks_to_choose(report.unit, shown) if may_write and shown else [],
        drift=drift,
        pinned=pinned,
        moved=consolidated_drift(report) if pinned else None,
        changed_lines=_lines_of(drift) if drift else {},
        corrections=report.corrections.order_by("pk") if not is_draft else [],
        is_draft=is_draft,
        may_write=may_write,
        may_redraft=is_draft and may(request, Permission.REPORT_DRAFT, report.unit, on),
        standing=standing_of(report, signed_in(request), on),
        seal=seal_of(report) if not is_draft else None,
        may_seal=not is_draft
        and may(request, Permission.REPORT_SEAL, report.unit, on)
        and can_be_sealed(report),
        digital=ReportSignature.objects.filter(report=report).first() if not is_draft else None,
        submissions=report.submissions.defer("document").order_by("number") if not is_draft else [],
        may_submit=not is_draft
        and may(request, Permission.REPORT_SUBMIT, report.unit, on)
        and to_be_submitted(report),
        may_correct=not is_draft and may(request, Permission.REPORT_DRAFT, report.unit, on),
    )


def _busy(request: HttpRequest, report: Report, shown: Shown | None) -> list[str]:
    found = queries.busy_in(report, signed_in(request), timezone.now())
    return editor.busy_in_words(found, shown)


def _lines_of(drift: list[queries.Drift]) -> dict[str, list[Activity]]:
    """The lines that came and went since the report was issued, each once, however many figures it changes."""
    added = list(dict.fromkeys(pk for one in drift for pk in one.added))[:_SHOWN_LINES]
    removed = list(dict.fromkeys(pk for one in drift for pk in one.removed))[:_SHOWN_LINES]
    lines = Activity.objects.select_related("reversal").in_bulk([*added, *removed])
    return {"added": [lines[pk] for pk in added], "removed": [lines[pk] for pk in removed]}


@require_POST
def report_redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft again from the ledger as it is now; what people wrote stays."""
    report = report_for(request, pk)
    try:
        report = actions.draft_report(
            unit=report.unit,
            period=Period.parse(report.period),
            regime=_named_rule(report),
            programme=report.programme,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        manuscript = queries.manuscript_of(report)
        waiting = len(queries.draft_in(manuscript).conflicts) if manuscript else 0
        if waiting:
            told = _("Đã lập lại từ sổ theo dõi. %(count)s đoạn có hai bản, chọn bản giữ lại.")
            messages.warning(request, told % {"count": waiting})
        else:
            messages.success(request, _("Đã lập lại từ sổ theo dõi. Đoạn sửa tay được giữ nguyên."))
    return redirect("reports:report", report.pk)


def _named_rule(report: Report) -> str:
    """The rule of `periods` that a draft was asked to count by; empty where its programme's regime decides."""
    return "" if report.ruled_by_id or report.regime == rule_of(report.programme) else report.regime


@require_POST
def report_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the report that replaces an issued one."""
    report = report_for(request, pk)
    try:
        draft = actions.correct_report(report=report, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:report", pk)
    messages.success(
        request,
        _("Đã lập dự thảo báo cáo thay thế. Báo cáo đã phát hành giữ nguyên cho đến khi phát hành bản này."),
    )
    return redirect("reports:report", draft.pk)


def report_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The document as a page of its own, for reading and for printing."""
    answer = HttpResponse(html(files.document_of(report_for(request, pk))))
    answer.headers["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
    )
    return answer


def report_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The report as .docx, .pdf or .json; an issued report gives the very files that were issued."""
    report = report_for(request, pk)
    name = f"bao-cao-{report.unit_id}-{report.period}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "json":
        return JsonResponse(
            queries.as_json(report), json_dumps_params={"ensure_ascii": False, "indent": 1}, headers=headers
        )
    made = files.docx(report) if form == "docx" else files.pdf(report)
    return HttpResponse(made, content_type=files.DOCX if form == "docx" else files.PDF, headers=headers)


def figure_detail(request: HttpRequest, pk: int, anchor: str) -> HttpResponse:
    """One figure of a report down to the lines it counts: a page, or a part for the panel beside the report."""
    report = report_for(request, pk)
    figure = queries.figure_named(report, anchor)
    if figure is None:
        raise Http404
    if figure.origin == CHILDREN:
        # Those pages begin with what this package has; imported above they would wait for each other.
        from dinhlang.reports.consolidation.views import figure_page

        return figure_page(request, report, figure)
    shown = slice_of(request, queries.lines_behind(figure))
    told = beside(request, list(shown))
    known: dict[str, Any] = {
        "report": report,
        "figure": figure,
        "title": label_of(figure.concept),
        "window": Window(figure.window_from, figure.window_to).label,
        "fold": editor.fold_of(figure),
        "page": shown,
        "rows": [(line, editor.counts_of(line, figure), told.get(line.pk, [])) for line in shown],
        "query": query_without_page(request),
        "dossiers_url": _dossiers_url(report, figure),
    }
    if request.headers.get("HX-Request"):
        return render(request, "reports/_figure.html", known)
    return page(request, "reports/figure.html", crumbs=crumbs_of(report), **known)


def _dossiers_url(report: Report, figure: ReportFigure) -> str:
    """Where the dossiers of the unit's own register are counted by field for the figure's days; nothing for other figures."""
    if not figure.concept.startswith("dossiers_"):
        return ""
    asked = {"unit": report.unit_id, "first": figure.window_from, "last": figure.window_to}
    return f"{reverse('onestop:figures')}?{urlencode(asked)}"
