"""How the web reaches plans and the ledger."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.forms import ListFilter
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    may,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
    visible_unit,
)
from dinhlang.periods.window import Window
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import actions, blobs, forms, queries
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Activity, ActivityKind, Blob, Task
from dinhlang.work.rules import Fate

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def _plans_crumb() -> tuple[str, str]:
    return reverse("work:plans"), "Kế hoạch"


def _ledger_crumb() -> tuple[str, str]:
    return reverse("work:ledger"), "Sổ theo dõi"


# --- plans ----------------------------------------------------------------------------------------


def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the units the person may see, each with how far it is."""
    on = today()
    plans = queries.plans_for(request.user, on).defer("document")
    years = plans.order_by("-year").values_list("year", flat=True).distinct()
    form = ListFilter(request.GET or None, units=readable_units(request, on), years=years)
    shown = slice_of(request, filtered(plans, form, text="title", year="year"))
    rows = [(plan, org.title_of(plan.unit, on), queries.progress(plan, on)) for plan in shown]
    return page(
        request,
        "work/plans.html",
        "Kế hoạch",
        rows=rows,
        page=shown,
        query=query_without_page(request),
        form=form,
        may_import=bool(units_for(request, Permission.PLAN_IMPORT, on)),
    )


def plan_import(request: HttpRequest) -> HttpResponse:
    """Take in a plan's document."""
    on = today()
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.PLAN_IMPORT, on),
        accept=".txt,.md,.docx",
        hint="Văn bản kế hoạch: tệp .txt lấy từ PDF, hoặc .docx. Bảng phụ lục được đọc thành các nhiệm vụ.",
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            plan = actions.import_plan(
                unit=form.cleaned_data["unit"],
                data=file.read(),
                name=file.name,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, f"Đã nhập kế hoạch với {plan.tasks.count()} nhiệm vụ.")
            return redirect("work:plan", plan.pk)
    return page(
        request, "work/file.html", "Nhập kế hoạch", crumbs=[_plans_crumb()], form=form, verb="Nhập kế hoạch"
    )


def plan_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A plan: its tasks with their occurrences and lines, what it asks of each unit, what looked wrong in it."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    return page(
        request,
        "work/plan.html",
        plan.title,
        crumbs=[_plans_crumb()],
        plan=plan,
        unit_name=org.title_of(plan.unit, plan.issued_on or date(plan.year, 1, 1)),
        progress=queries.progress(plan, on),
        assignments=plan.assignments.all(),
        warnings=queries.warnings(plan),
        on=on,
        may_record=may(request, Permission.ACTIVITY_RECORD, plan.unit, on),
        may_amend=may(request, Permission.PLAN_EDIT, plan.unit, on),
    )


def plan_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the number and day that the plan's document left blank, so that reports can cite it."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    known = f"{plan.number}/{plan.symbol}" if plan.number else ""
    form = forms.PlanNumberForm(request.POST or None, initial={"number": known, "issued_on": plan.issued_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.amend_plan(plan=plan, **form.cleaned_data, by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã ghi số, ngày của kế hoạch.")
            return redirect("work:plan", plan.pk)
    crumbs = [_plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)]
    return page(request, "work/amend.html", "Số, ngày của kế hoạch", crumbs=crumbs, form=form, plan=plan)


def plan_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The document the plan was read from, as it came."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    if plan.source is None:
        raise Http404
    return download(plan.source, plan.source_name)


# --- the ledger -----------------------------------------------------------------------------------


def _asked_of_ledger(request: HttpRequest, on: date) -> tuple[forms.LedgerFilter, Unit | None, Any]:
    """The filter, the unit it is about, and the lines that pass it."""
    units = readable_units(request, on)
    form = forms.LedgerFilter(request.GET or None, units=units)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    unit_id = asked.get("unit") or next(iter(units), None)
    if unit_id is None:
        return form, None, Activity.objects.none()
    unit = visible_unit(request, unit_id, on)
    window = None
    if asked.get("start") or asked.get("end"):
        window = Window(asked.get("start") or FIRST_DAY, asked.get("end") or LAST_DAY)
    lines = queries.ledger(
        unit,
        window,
        kind=asked.get("kind") or None,
        text=asked.get("q", ""),
        standing=queries.Standing(asked["state"]) if asked.get("state") else None,
    )
    return form, unit, lines


def ledger(request: HttpRequest) -> HttpResponse:
    """One unit's ledger: filter, list, totals."""
    on = today()
    form, unit, lines = _asked_of_ledger(request, on)
    shown = slice_of(request, lines)
    return page(
        request,
        "work/ledger.html",
        "Sổ theo dõi",
        form=form,
        unit_name=org.title_of(unit, on) if unit else "",
        rows=[(line, _counts(line)) for line in shown],
        page=shown,
        totals=queries.totals(lines) if unit else [],
        query=query_without_page(request),
        query_string=request.GET.urlencode(),
        may_record=bool(units_for(request, Permission.ACTIVITY_RECORD, on)),
        may_import=bool(units_for(request, Permission.ACTIVITY_IMPORT, on)),
    )


def _counts(line: Activity) -> list[tuple[str, str, int, str]]:
    """(label, exactness word, value, unit word) of each counter of a line."""
    return [
        (CONCEPTS[concept].label, count.exactness, count.value, CONCEPTS[concept].unit)
        for concept, count in queries.counts_of(line).items()
    ]


class _Echo:
    """Gives each row back to be sent on, so that a long export never lies in memory."""

    def write(self, row: str) -> str:
        return row


def ledger_export(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered lines as a table for Excel (CSV, UTF-8 with the mark Excel looks for)."""
    on = today()
    _, unit, lines = _asked_of_ledger(request, on)
    header = ["Ngày", "Loại", "Nội dung", "Số lượng", "Nhiệm vụ", "Minh chứng", "Trạng thái", "Lý do hủy"]
    writer = csv.writer(_Echo())

    def rows() -> Any:
        yield "\ufeff" + writer.writerow(header)
        for line in lines.iterator(chunk_size=500):
            yield writer.writerow([_safe_cell(cell) for cell in _export_row(line)])

    name = f"so-theo-doi-{unit.pk if unit else 'trong'}-{on:%Y%m%d}.csv"
    return StreamingHttpResponse(
        rows(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _export_row(line: Activity) -> list[str]:
    reversal = getattr(line, "reversal", None)
    return [
        f"{line.happened_on:%d/%m/%Y}",
        ActivityKind(line.kind).label,
        line.title,
        "; ".join(
            " ".join(part for part in (label + ":", exactness, str(value), word) if part)
            for label, exactness, value, word in _counts(line)
        ),
        line.task.text if line.task else "",
        str(len(line.evidence.all())),
        "đã hủy" if reversal else "đang tính",
        reversal.reason if reversal else "",
    ]


def _safe_cell(text: str) -> str:
    """A cell that a spreadsheet will not take for a formula."""
    return "'" + text if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def activity_kinds(request: HttpRequest) -> HttpResponse:
    """First step of recording: what kind of act, the kinds that the task speaks of before the others."""
    on = today()
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    task = _asked_task(request, units, on)
    expected = task.expected_kinds if task else []
    return page(
        request,
        "work/kinds.html",
        "Ghi hoạt động",
        crumbs=[_ledger_crumb()],
        task=task,
        likely=[kind for kind in ActivityKind.choices if kind[0] in expected],
        kinds=[kind for kind in ActivityKind.choices if kind[0] not in expected],
        may_record=bool(units),
    )


def _asked_task(request: HttpRequest, units: dict[str, str], on: date) -> Task | None:
    """The task the address names (?task=…), if the person may record for it."""
    asked = request.GET.get("task", "")
    return queries.open_tasks(units, on).filter(pk=asked).first() if asked.isdecimal() else None


def _likely_task(tasks: Iterable[Task], kind: str, on: date) -> Task | None:
    """The one task of this year that speaks of this kind; with several, the person chooses."""
    found = [task for task in tasks if kind in task.expected_kinds and task.plan.year == on.year]
    return found[0] if len(found) == 1 else None


def activity_record(request: HttpRequest, kind: str) -> HttpResponse:
    """Second step of recording: the line, with only the counters that fit its kind."""
    if kind not in ActivityKind.values:
        raise Http404
    on = today()
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    tasks = queries.open_tasks(units, on)
    task = _asked_task(request, units, on) or _likely_task(tasks, kind, on)
    initial = {
        "uid": uuid4(),
        "happened_on": on,
        "unit": task.plan.unit_id if task else next(iter(units), None),
        "task": task,
    }
    form = forms.ActivityForm(
        *posted(request),
        kind=ActivityKind(kind),
        units=units,
        tasks=tasks,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            line = actions.record_activity(
                unit=asked["unit"],
                kind=kind,
                happened_on=asked["happened_on"],
                title=asked["title"],
                measures=form.measures(),
                task=asked["task"],
                evidence=form.evidence(),
                uid=asked["uid"],
                basis=asked["basis"],
                reform_field=asked["reform_field"],
                note=asked["note"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã ghi vào sổ.")
            return redirect("work:activity", line.pk)
    label = ActivityKind(kind).label
    return page(
        request,
        "work/record.html",
        f"Ghi hoạt động: {label}",
        crumbs=[_ledger_crumb(), (reverse("work:kinds"), "Chọn loại")],
        form=form,
        may_record=bool(units),
    )


def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line with its evidence, and bringing more evidence."""
    on = today()
    line = get_object_or_404(
        queries.activities_for(request.user, on).select_related(
            "unit", "task__plan", "reversal__by", "recorded_by"
        ),
        pk=pk,
    )
    form = forms.EvidenceForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for given in form.evidence():
                    actions.add_evidence(
                        activity=line, evidence=given, by=signed_in(request), at=timezone.now()
                    )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã thêm minh chứng.")
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/activity.html",
        line.title,
        crumbs=[_ledger_crumb()],
        line=line,
        unit_name=org.title_of(line.unit, line.happened_on),
        counts=_counts(line),
        evidence=line.evidence.select_related("blob"),
        reversal=getattr(line, "reversal", None),
        form=form,
        may_add=may(request, Permission.ACTIVITY_RECORD, line.unit, on),
        may_reverse=may(request, Permission.ACTIVITY_REVERSE, line.unit, on),
    )


def activity_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the line out of the count."""
    line = get_object_or_404(queries.activities_for(request.user, today()), pk=pk)
    form = forms.ReversalForm(posted(request)[0])
    if request.method == "POST" and form.is_valid():
        try:
            actions.reverse_activity(
                activity=line, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, "Đã hủy ghi. Dòng này không còn được tính.")
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/reverse.html",
        "Hủy ghi",
        crumbs=[_ledger_crumb(), (reverse("work:activity", args=[line.pk]), line.title)],
        line=line,
        form=form,
    )


def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that shows a line is true, to whoever may see the line."""
    found = get_object_or_404(queries.evidence_for(request.user, today()), pk=pk)
    if found.blob is None:
        raise Http404
    return download(found.blob, found.caption or f"minh-chung-{found.pk}")


# --- a table of activities ------------------------------------------------------------------------


def activity_import(request: HttpRequest) -> HttpResponse:
    """Take in a table: first show what would become of each row, store nothing."""
    on = today()
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.ACTIVITY_IMPORT, on),
        accept=".xlsx,.csv",
        hint="Bảng .xlsx hoặc .csv có các cột Ngày, Loại, Nội dung và các cột số lượng.",
    )
    crumbs = [_ledger_crumb()]
    if request.method == "POST" and form.is_valid():
        file, unit = form.cleaned_data["file"], form.cleaned_data["unit"]
        data = file.read()
        try:
            preview = queries.preview_import(unit, data, file.name, on)
            ticket = _ticket(request, unit, data, file.name) if preview.ok else ""
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return page(
                request,
                "work/preview.html",
                "Xem trước tệp hoạt động",
                crumbs=crumbs,
                preview=preview,
                refused=preview.with_fate(Fate.REFUSED),
                new=preview.with_fate(Fate.NEW),
                unit_name=org.title_of(unit, on),
                ticket=ticket,
            )
    return page(request, "work/file.html", "Nhập tệp hoạt động", crumbs=crumbs, form=form, verb="Xem trước")


_SALT = "work.import"
_TICKET_SECONDS = 2 * 60 * 60


def _ticket(request: HttpRequest, unit: Unit, data: bytes, name: str) -> str:
    """Keep the file between the two steps; give a signed note of what was shown to whom for which unit."""
    held = blobs.store(data, None, timezone.now())
    shown = {"person": signed_in(request).pk, "unit": unit.pk, "blob": held.pk, "name": name}
    return signing.dumps(shown, salt=_SALT)


@require_POST
def activity_import_confirm(request: HttpRequest) -> HttpResponse:
    """Store the rows of the file that was shown."""
    try:
        shown = signing.loads(request.POST.get("ticket", ""), salt=_SALT, max_age=_TICKET_SECONDS)
        if shown["person"] != request.user.pk:
            raise signing.BadSignature
    except signing.BadSignature:
        messages.error(request, "Lần xem trước này đã hết hạn. Hãy chọn lại tệp.")
        return redirect("work:activity-import")
    unit = visible_unit(request, shown["unit"], today())
    held = get_object_or_404(Blob, pk=shown["blob"])
    try:
        done = actions.import_activities(
            unit=unit, data=blobs.read(held), name=shown["name"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("work:activity-import")
    messages.success(request, f"Đã nhập {printed(done.rows)} dòng của tệp “{shown['name']}” vào sổ.")
    return redirect(f"{reverse('work:ledger')}?unit={unit.pk}")


# --- files ----------------------------------------------------------------------------------------

# No PDF: the sandbox that keeps a file from running also stops the browser's PDF reader.
_SHOWN_IN_BROWSER = {"image/png", "image/jpeg", "image/webp"}


def download(blob: Blob, name: str) -> HttpResponse:
    """A stored file. Only pictures open in the browser; anything else is saved, never run."""
    how = "inline" if blob.media_type in _SHOWN_IN_BROWSER else "attachment"
    kind = blob.media_type if blob.media_type in _SHOWN_IN_BROWSER else "application/octet-stream"
    return HttpResponse(
        blobs.read(blob),
        content_type=kind,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
