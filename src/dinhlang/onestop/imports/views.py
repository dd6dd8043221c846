"""Pages of files of the province's system: taken in, understood, compared, what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.onestop.imports import actions, columns, document, report, sample
from dinhlang.onestop.imports.forms import ExportForm, FindingFilter, UnderstandingForm
from dinhlang.onestop.models import Finding, FindingKind, ImportRun, RunState
from dinhlang.onestop.slips.files import FORMS
from dinhlang.onestop.views.seen import as_response, crumb
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import audit
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    looking_of,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body

_AGAIN_AFTER_SECONDS = 2
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def runs(request: HttpRequest) -> HttpResponse:
    """The files that were taken in, and the form for another."""
    on = today()
    body = managed_body(request, on, Permission.ONESTOP_REGISTER)
    form = ExportForm(*posted(request))
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            run = actions.receive_file(
                unit=body, data=file.read(), name=file.name, by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("onestop:import-run", run.pk)
    rows = slice_of(request, ImportRun.objects.filter(unit=body).select_related("received_by"))
    return page(
        request,
        "onestop/imports.html",
        _("Nhập từ hệ thống của tỉnh"),
        crumbs=[crumb()],
        status=422 if form.errors else 200,
        body=body,
        bodies=units_for(request, Permission.ONESTOP_REGISTER, on),
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        query=query_without_page(request),
    )


def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One file: how far it is, what is asked, what it would change or has changed."""
    one = _own(request, pk)
    return _shown(request, one, UnderstandingForm(run=one) if one.state in actions.WAITING else None)


def _shown(request: HttpRequest, one: ImportRun, form: UnderstandingForm | None) -> HttpResponse:
    looked_for = FindingFilter(request.GET or None)
    asked = looked_for.asked
    kind = asked.get("loai", "")
    rows = slice_of(request, looked_for.narrowed(one.findings.select_related("dossier")))
    kinds = [(said, one.counts.get(said, 0), said.label) for said in FindingKind if one.counts.get(said)]
    answer = page(
        request,
        "onestop/import_run.html",
        one.name,
        crumbs=[crumb(), _crumb(one.unit)],
        status=422 if form is not None and form.errors else 200,
        one=one,
        body_name=capfirst(org.title_of(one.unit, today())),
        is_under_way=one.state in actions.UNDER_WAY,
        steps=[_("Chọn tệp"), _("Hiểu các cột"), _("Đối chiếu"), _("Nhập vào sổ")],
        step=_STEPS.get(one.state, 4),
        form=form,
        columns=_columns(one, form),
        told=_told(one),
        fates=report.fates(one),
        totals=report.totals(one),
        by_state=report.by_state(one) if one.before else [],
        by_field=report.by_field(one) if one.before else [],
        kinds=kinds,
        looked_for=looked_for,
        kind=kind,
        decisions=Finding.Decision.choices,
        page=rows,
        query=query_without_page(request),
        undecided=one.findings.filter(kind__in=["contradicts", "twice"], decision="").count(),
        day_range=_days_of(one),
    )
    if one.state in actions.UNDER_WAY:
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


_STEPS: dict[str, int] = {RunState.RECEIVED: 2, RunState.ASKING: 2, RunState.COMPARING: 3, RunState.SHOWN: 3}


def _columns(one: ImportRun, form: UnderstandingForm | None) -> list[tuple[Any, Any]]:
    """The columns of the file with their fields; without a form with what they were taken for."""
    names = {**columns.MEANINGS, columns.PERSONAL: _("Thông tin cá nhân, không lấy")}
    return [
        (
            said,
            form[f"column-{said['number']}"]
            if form is not None
            else names.get(one.meanings.get(str(said["number"]), ""), _("Không lấy")),
        )
        for said in one.found.get("columns", [])
    ]


def _told(one: ImportRun) -> list[str]:
    """How each column of days is written, and which rows say so."""
    shown = {"dmy": _("ngày/tháng/năm"), "mdy": _("tháng/ngày/năm")}
    found = []
    for meaning, said in one.found.get("days", {}).items():
        name = columns.MEANINGS[meaning]
        if said["mixed"]:
            found.append(
                _("%(name)s: cột có cả hai thứ tự; ô chỉ đọc được một cách thì đọc, ô hai nghĩa để ra ngoài.")
                % {"name": name}
            )
        elif said["order"]:
            found.append(
                _("%(name)s: viết %(order)s, thấy ở dòng %(rows)s.")
                % {"name": name, "order": shown[said["order"]], "rows": ", ".join(map(str, said["rows"]))}
            )
        elif said["is_asked"]:
            found.append(
                _("%(name)s: dòng %(rows)s đọc được hai cách, không dòng nào cho biết thứ tự.")
                % {"name": name, "rows": ", ".join(map(str, said["unclear"]))}
            )
    return found


def _days_of(one: ImportRun) -> str:
    """The register's figures of the year of the file."""
    first = date(one.as_of.year, 1, 1)
    return urlencode({"unit": one.unit_id, "first": first, "last": one.as_of})


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on with a file: `do` says how."""
    one = _own(request, pk)
    do = _DO.get(request.POST.get("do", ""))
    if do is None:
        raise Http404
    return do(request, one)


def _understand(request: HttpRequest, one: ImportRun) -> HttpResponse:
    form = UnderstandingForm(request.POST, run=one)
    if form.is_valid():
        try:
            actions.confirm_columns(
                run=one,
                meanings=form.meanings,
                orders=form.orders,
                states=form.states,
                as_of=form.cleaned_data["as_of"],
                sheet=form.cleaned_data["sheet"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("onestop:import-run", one.pk)
    return _shown(request, one, form)


def _decide(request: HttpRequest, one: ImportRun) -> HttpResponse:
    said = request.POST
    number = said.get("finding", "")
    done = actions.decide(
        run=one,
        kind=said.get("kind", ""),
        decision=said.get("decision", ""),
        finding=int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else None,
        by=signed_in(request),
        at=timezone.now(),
    )
    messages.success(request, _("Đã ghi quyết định cho %(count)s dòng.") % {"count": done})
    return redirect(f"{reverse('onestop:import-run', args=[one.pk])}?{query_without_page(request)}#can-xem")


def _simply(act: Callable[..., None]) -> Callable[[HttpRequest, ImportRun], HttpResponse]:
    def do(request: HttpRequest, one: ImportRun) -> HttpResponse:
        act(run=one, by=signed_in(request), at=timezone.now())
        return redirect("onestop:import-run", one.pk)

    return do


def _refusing(
    act: Callable[[HttpRequest, ImportRun], HttpResponse],
) -> Callable[[HttpRequest, ImportRun], HttpResponse]:
    def do(request: HttpRequest, one: ImportRun) -> HttpResponse:
        try:
            return act(request, one)
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("onestop:import-run", one.pk)

    return do


_DO = {
    "columns": _understand,
    "decide": _refusing(_decide),
    "confirm": _refusing(_simply(actions.confirm)),
    "undo": _refusing(_simply(actions.undo)),
    "drop": _refusing(_simply(actions.drop)),
}


@require_POST
def difference(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The difference report as a table or as a document; noted in the audit."""
    one = _own(request, pk)
    if form not in tables.FORMS and form not in FORMS:
        raise Http404
    audit(by=signed_in(request), at=timezone.now(), action="dossier.import-report", target=one, unit=one.unit)
    if form in FORMS:
        return as_response(document.difference_file(one, form, on=today()))
    return tables.download(f"doi-chieu-{one.unit_id}-{one.pk}", form, report.header(), report.as_rows(one))


def example(request: HttpRequest) -> HttpResponse:
    """An invented export to try with."""
    managed_body(request, today(), Permission.ONESTOP_REGISTER)
    return HttpResponse(
        sample.sample(today()),
        content_type=_XLSX,
        headers={"Content-Disposition": 'attachment; filename="ho-so-vi-du.xlsx"'},
    )


def _own(request: HttpRequest, pk: int) -> ImportRun:
    """A file of a body whose register the person keeps; 404 otherwise."""
    found = get_object_or_404(ImportRun.objects.select_related("unit", "received_by", "confirmed_by"), pk=pk)
    if Permission.ONESTOP_REGISTER not in looking_of(request).permissions_in(found.unit):
        raise Http404
    return found


def _crumb(unit: Unit) -> tuple[str, str]:
    return f"{reverse('onestop:imports')}?{urlencode({'unit': unit.pk})}", _("Nhập từ hệ thống của tỉnh")
