"""Writing in a draft: each address takes a form (no script needed) or a quiet request of the editor's script."""

from __future__ import annotations

import re
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, signed_in, today
from dinhlang.reports import actions, editing, editor, queries
from dinhlang.reports.editing import Piece
from dinhlang.reports.models import Manuscript, Report
from dinhlang.reports.passages import Grid, Text
from dinhlang.reports.views.found import crumbs_of, report_for

_MOST_CELLS = 4_000
_KEY = re.compile(r"[-\w]{1,40}", re.ASCII)
# A paragraph is named by the script that may send it twice; the names that the desk gives begin otherwise.
_CLIENT_KEY = re.compile(r"n[0-9a-f-]{8,38}")
# More pieces than this are not sent one by one: the page is loaded again.
_MOST_SENT = 40


def _is_quiet(request: HttpRequest) -> bool:
    """Whether the editor's script asks, which takes JSON."""
    return "application/json" in request.headers.get("Accept", "")


def _draft_for(request: HttpRequest, pk: int) -> tuple[Report, Manuscript]:
    """A draft the person may write in; 404 for one they may not see, or that has no manuscript."""
    report = report_for(request, pk)
    manuscript = queries.manuscript_of(report)
    if manuscript is None or report.status != Report.Status.DRAFT:
        raise Http404
    return report, manuscript


def _whole(text: str, least: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else least


def _seen(request: HttpRequest) -> int:
    """The version of the piece that the sender looked at; who does not say saw nothing of it."""
    return _whole(request.POST.get("seen", ""), -1)


def piece(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One piece of a draft: its form, and everything that can be done with it."""
    report, manuscript = _draft_for(request, pk)
    if request.method == "POST":
        return _save(request, report, key)
    found = queries.draft_in(manuscript).find(key)
    if found is None:
        raise Http404
    return _piece_page(request, report, found)


def _piece_page(
    request: HttpRequest,
    report: Report,
    found: Piece,
    *,
    wrong: str = "",
    typed: str | None = None,
    cells: list[list[str]] | None = None,
) -> HttpResponse:
    shown = editor.shown(report, today())
    block = found.block
    context: dict[str, Any] = {
        "report": report,
        "piece": found,
        "of": shown.piece(found.key) if shown else None,
        "shown": shown,
        "words": typed if typed is not None else block.words if isinstance(block, Text) else "",
        "cells": cells or ([list(line) for line in block.lines] if isinstance(block, Grid) else []),
        "is_table": isinstance(block, Grid),
        "is_counted": isinstance(block, Grid) and all(row[0].strip().isdigit() for row in block.rows),
        "is_of_head": found.key in editing.HEAD_KEYS,
        "sections": editor.sections(),
        "section": editor.section_at(shown, found.key) if shown else "",
        "may_write": may(request, Permission.REPORT_DRAFT, report.unit, today()),
        "wrong": wrong,
        "name": editor.name_of(found),
    }
    if request.headers.get("HX-Request"):
        return render(request, "reports/_piece_panel.html", context)
    status = 409 if wrong else 200
    return page(
        request,
        "reports/piece.html",
        editor.name_of(found),
        crumbs=crumbs_of(report),
        status=status,
        **context,
    )


def _save(request: HttpRequest, report: Report, key: str) -> HttpResponse:
    """Keep what was typed. A stale save is refused, and both texts are shown."""
    form, seen = request.POST, _seen(request)
    cells = _cells(form)
    dropped, is_longer = _rows_asked(form)
    try:
        if cells:
            actions.edit_table(
                report=report,
                key=key,
                cells=cells,
                seen=seen,
                by=signed_in(request),
                at=timezone.now(),
                dropped=dropped,
                is_longer=is_longer,
            )
        else:
            actions.edit_piece(
                report=report,
                key=key,
                words=form.get("words", ""),
                seen=seen,
                by=signed_in(request),
                at=timezone.now(),
            )
    except editing.Stale as reason:
        if _is_quiet(request):
            return _answer(request, report, key, status=409, refused=str(reason), stale=True)
        return _piece_page(
            request, report, reason.piece, wrong=str(reason), typed=form.get("words"), cells=cells or None
        )
    except Refused as reason:
        if _is_quiet(request):
            return _answer(request, report, key, status=422, refused=str(reason))
        found = _find(report, key)
        if found is None:
            messages.error(request, str(reason))
            return redirect("reports:report", report.pk)
        return _piece_page(
            request, report, found, wrong=str(reason), typed=form.get("words"), cells=cells or None
        )
    if cells and (dropped or is_longer):
        # The form has other rows now: it is shown again, where a new row waits to be filled.
        if _is_quiet(request):
            return _answer(request, report, key, told=_("Đã lưu."), again=_form_of(report, key))
        messages.success(request, _("Đã lưu."))
        return redirect(_form_of(report, key))
    return _done(request, report, key, _("Đã lưu."))


def _form_of(report: Report, key: str) -> str:
    return reverse("reports:piece", args=[report.pk, key])


def _rows_asked(form: QueryDict) -> tuple[set[int], bool]:
    """Which rows of a table are to go, counted from 1, and whether one more is wanted."""
    dropped = {_whole(one) for one in form.getlist("drop")[:_MOST_CELLS] if one.isdecimal()}
    return dropped, "more" in form


def _cells(form: QueryDict) -> list[list[str]]:
    """The cells of a table as its form sends them: 'cell-2-0' is the first cell of the second row."""
    found: dict[tuple[int, int], str] = {}
    for name in form:
        part, _dash, place = name.partition("-")
        row, _dash, column = place.partition("-")
        if part == "cell" and row.isdecimal() and column.isdecimal() and len(found) < _MOST_CELLS:
            found[_whole(row), _whole(column)] = str(form.get(name, ""))
    lines: dict[int, list[str]] = {}
    for row_number, column_number in sorted(found):
        lines.setdefault(row_number, []).append(found[row_number, column_number])
    return list(lines.values())


def _find(report: Report, key: str) -> Piece | None:
    manuscript = queries.manuscript_of(report)
    return queries.draft_in(manuscript).find(key) if manuscript else None


@require_POST
def piece_act(request: HttpRequest, pk: int, key: str, act: str) -> HttpResponse:
    """Remove a piece, bring it back, return it to the outline, keep one of two texts."""
    report, _manuscript = _draft_for(request, pk)
    who: dict[str, Any] = {"report": report, "key": key, "by": signed_in(request), "at": timezone.now()}
    seen = _seen(request)
    try:
        match act:
            case "bo":
                actions.remove_piece(**who, seen=seen)
                told = _("Đã bỏ đoạn. Đoạn vẫn còn trong dự thảo, bấm “In lại đoạn này” để đưa lại.")
            case "dua-lai":
                actions.restore_piece(**who)
                told = _("Đã đưa lại đoạn.")
            case "de-cuong":
                actions.reset_piece(**who, seen=seen)
                told = _("Đoạn đã trở về bản của đề cương.")
            case _:
                actions.settle_piece(**who, keep_mine=act == "giu")
                told = _("Đã chọn bản giữ lại.")
    except Refused as reason:
        return _refuse(request, report, key, reason)
    return _done(request, report, key, told)


@require_POST
def insert(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a new paragraph behind another one, or put in a text block."""
    report, _manuscript = _draft_for(request, pk)
    form = request.POST
    key = form.get("key", "") if _CLIENT_KEY.fullmatch(form.get("key", "")) else ""
    try:
        manuscript = actions.insert_piece(
            report=report,
            words=form.get("words", ""),
            block=form.get("block", ""),
            after=form.get("after") or None,
            role=form.get("role", "body"),
            level=_whole(form.get("level", "1"), 1),
            key=key,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        return _refuse(request, report, form.get("after", ""), reason)
    added = key or _newest(manuscript)
    return _done(request, report, added, _("Đã thêm đoạn."))


def _newest(manuscript: Manuscript) -> str:
    draft = queries.draft_in(manuscript)
    return next((one.key for one in draft.body if one.version == draft.version), "")


@require_POST
def mend(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what a finding proposes, by one tap."""
    report, _manuscript = _draft_for(request, pk)
    key = request.POST.get("key", "")
    try:
        actions.mend_piece(
            report=report,
            rule=request.POST.get("rule", ""),
            quote=request.POST.get("quote", ""),
            key=key,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        return _refuse(request, report, key, reason)
    return _done(request, report, key, _("Đã sửa theo gợi ý."))


@require_POST
def suppress(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a finding as it is, with the reason; or tell it again."""
    report, _manuscript = _draft_for(request, pk)
    form = request.POST
    try:
        if again := _whole(form.get("again", "")):
            suppression = report.suppressions.filter(pk=again).first()
            if suppression is None:
                raise Http404
            actions.unsuppress_finding(suppression=suppression, by=signed_in(request), at=timezone.now())
            told = _("Điều này sẽ được nhắc lại.")
        else:
            actions.suppress_finding(
                report=report,
                rule=form.get("rule", ""),
                quote=form.get("quote", ""),
                reason=form.get("reason", ""),
                by=signed_in(request),
                at=timezone.now(),
            )
            told = _("Đã bỏ qua. Lý do sẽ hiện lại trước khi phát hành.")
    except Refused as reason:
        return _refuse(request, report, form.get("key", ""), reason)
    return _done(request, report, form.get("key", ""), told)


def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The steps of a draft, each of which can be gone back to."""
    report, manuscript = _draft_for(request, pk)
    if request.method == "POST":
        try:
            actions.bring_back(
                report=report,
                version=_whole(request.POST.get("version", "")),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            return _refuse(request, report, "", reason)
        return _done(request, report, "", _("Đã trở lại bản đã chọn. Các bản sau nó vẫn còn trong lịch sử."))
    steps = queries.history_of(manuscript)
    return page(
        request,
        "reports/history.html",
        _("Lịch sử sửa"),
        crumbs=crumbs_of(report),
        report=report,
        steps=editor.steps_in_words(steps, manuscript),
        may_write=may(request, Permission.REPORT_DRAFT, report.unit, today()),
    )


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor says that it is still open; it hears who else is there and what changed since it last asked.

    One that was left open while the report was issued is asked to load the page again.
    """
    report = report_for(request, pk)
    if not may(request, Permission.REPORT_DRAFT, report.unit, today()):
        raise Http404
    if report.status != Report.Status.DRAFT:
        said = [_("Báo cáo không còn là dự thảo.")]
        return JsonResponse({"busy": said, "version": 0, "order": [], "reload": True, "pieces": []})
    manuscript = queries.manuscript_of(report)
    if manuscript is None:
        raise Http404
    person, now = signed_in(request), timezone.now()
    key = request.POST.get("key", "")
    actions.note_presence(report=report, person=person, key=key if _KEY.fullmatch(key) else "", at=now)
    shown = editor.shown(report, today())
    busy = editor.busy_in_words(queries.busy_in(report, person, now), shown)
    since = _whole(request.POST.get("since", ""))
    changed = [one for one in shown.pieces if one.version > since] if shown else []
    is_much = len(changed) > _MOST_SENT
    order = [one.key for one in shown.pieces] if shown else []
    return JsonResponse(
        {
            "busy": busy,
            "version": shown.version if shown else manuscript.version,
            "order": order,
            "reload": is_much,
            "pieces": [
                {"key": one.key, "version": one.version, "html": _html(request, report, one)}
                for one in ([] if is_much else changed)
            ],
        }
    )


# --- answers --------------------------------------------------------------------------------------


def _refuse(request: HttpRequest, report: Report, key: str, reason: Refused) -> HttpResponse:
    if _is_quiet(request):
        return _answer(
            request,
            report,
            key,
            status=409 if isinstance(reason, editing.Stale) else 422,
            refused=str(reason),
        )
    messages.error(request, str(reason))
    return redirect(_place(report, key))


def _done(request: HttpRequest, report: Report, key: str, told: str) -> HttpResponse:
    if _is_quiet(request):
        return _answer(request, report, key, told=told)
    messages.success(request, told)
    return redirect(_place(report, key))


def _place(report: Report, key: str) -> str:
    return reverse("reports:report", args=[report.pk]) + (f"#doan-{key}" if key else "")


def _answer(
    request: HttpRequest, report: Report, key: str, *, status: int = 200, **told: Any
) -> JsonResponse:
    """What the editor's script needs after a change: the piece as it stands, the panels, the time."""
    shown = editor.shown(Report.objects.select_related("unit").get(pk=report.pk), today())
    found = shown.piece(key) if shown else None
    answer: dict[str, Any] = {
        "key": key,
        "version": shown.version if shown else 0,
        "at": time_format(timezone.localtime(timezone.now()), "G:i"),
        **told,
    }
    if shown is not None:
        side = {"shown": shown, **_known(request, report)}
        answer["findings"] = render_to_string("reports/_findings.html", side)
        answer["outline"] = render_to_string("reports/_outline_parts.html", side)
    if found is not None:
        answer |= {"seen": found.version, "html": _html(request, report, found)}
    return JsonResponse(answer, status=status)


def _known(request: HttpRequest, report: Report) -> dict[str, Any]:
    """What every part of the page knows that is sent alone: its forms carry the token as those of the page do."""
    return {"report": report, "may_write": True, "csrf_token": get_token(request)}


def _html(request: HttpRequest, report: Report, found: Any) -> str:
    return render_to_string("reports/_piece.html", {"one": found, **_known(request, report)})
