"""The rows of a plan as a sheet to write in. Without a script it is one form; with it, cells move like a spreadsheet's."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, show_refusal, signed_in, today, units_for
from dinhlang.work import actions, forms, plan_merge, queries
from dinhlang.work.models import ActivityKind, Plan
from dinhlang.work.plan_merge import Change, Clash
from dinhlang.work.plan_reading import read_row
from dinhlang.work.plan_values import (
    LATEST_YEAR,
    LONGEST_CELL,
    MOST_ROWS,
    TEXT_FIELDS,
    WATCH_CHOICES,
    NotWritable,
    Row,
    row_from_json,
    row_to_json,
)
from dinhlang.work.schedule_words import understood
from dinhlang.work.views.plans import plans_crumb

_BLANK_ROWS = 3


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the sheet: the key of its fields, what is in them, how its schedule is read, what clashes."""

    key: str
    row: Row
    reads: str
    doubts: tuple[str, ...]
    clashes: dict[str, str]
    wrong: str
    activities: int


def plan_new(request: HttpRequest) -> HttpResponse:
    """A plan from nothing: its year and title, then the sheet."""
    on = today()
    units = units_for(request, Permission.PLAN_IMPORT, on)
    form = forms.NewPlanForm(request.POST or None, units=units, initial={"year": on.year})
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        try:
            plan = actions.start_plan(
                unit=asked["unit"],
                year=asked["year"],
                title=asked["title"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("work:plan-rows", plan.pk)
    return page(
        request,
        "work/plan_new.html",
        _("Lập kế hoạch mới"),
        crumbs=[plans_crumb()],
        form=form,
    )


def plan_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet: title, citations and rows, saved as one act."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    now = queries.values_of(plan)
    sheet = _Sheet(plan.title, plan.bases, now.rows, now.rows, plan.version)
    if request.method == "POST":
        sheet = _sent(request.POST, plan, now.rows)
        try:
            saved = actions.edit_plan(
                plan=plan,
                version=sheet.version,
                title=sheet.title,
                bases=sheet.bases,
                rows=sheet.rows,
                by=signed_in(request),
                at=timezone.now(),
            )
        except actions.PlanChanged as reason:
            sheet = _beside_theirs(sheet, plan, now.rows, str(reason))
        except NotWritable as reason:
            sheet = replace(sheet, error=reason)
        except Refused as reason:
            sheet = replace(sheet, error=NotWritable(str(reason)))
        else:
            there = reverse("work:plan", args=[plan.pk])
            if saved.version == sheet.version:
                messages.info(request, _("Không có gì thay đổi."))
                return redirect(there)
            return redirect(f"{there}?saved={saved.version}")
    return _sheet_page(request, plan, sheet, may_edit=may(request, Permission.PLAN_EDIT, plan.unit, on))


@require_POST
def plan_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back the edit that was just saved."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    try:
        actions.undo_edit(
            plan=plan,
            version=_version(request.POST.get("version", "")),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã hoàn tác lần sửa vừa rồi."))
    return redirect("work:plan", plan.pk)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What stands on the page: the rows, those it was opened with, and what went wrong."""

    title: str
    bases: Sequence[str]
    rows: tuple[Row, ...]
    opened: tuple[Row, ...]
    version: int
    error: NotWritable | None = None
    told: str = ""
    theirs: tuple[Change, ...] = ()
    clashes: tuple[Clash, ...] = ()


def _beside_theirs(sheet: _Sheet, plan: Plan, now: tuple[Row, ...], told: str) -> _Sheet:
    """My rows brought onto what stands now; saving again stores them."""
    merged = plan_merge.merge(sheet.opened, sheet.rows, now)
    return replace(
        sheet,
        rows=merged.rows,
        opened=now,
        version=plan.version,
        told=told,
        theirs=plan_merge.changes(sheet.opened, now),
        clashes=merged.clashes,
    )


def _sent(data: QueryDict, plan: Plan, now: tuple[Row, ...]) -> _Sheet:
    """The sheet as it was sent. What makes no sense is left out; the action refuses what cannot be."""
    rows = [
        _sent_row(data, key)
        for key in sorted(data.getlist("row")[: MOST_ROWS + 50], key=lambda key: _place(data, key))
        if f"gone-{key}" not in data
    ]
    return _Sheet(
        title=data.get("title", ""),
        bases=data.get("bases", "").splitlines(),
        rows=tuple(row for row in rows if not row.is_blank or row.task is not None),
        opened=_opened(data.get("opened", ""), now),
        version=_version(data.get("version", "")),
    )


def _place(data: QueryDict, key: str) -> float:
    """Where a row is to stand; without a script people write the number."""
    try:
        return float(data.get(f"at-{key}", "").replace(",", "."))
    except ValueError:
        return float("inf")


def _sent_row(data: QueryDict, key: str) -> Row:
    texts = {name: data.get(f"{name}-{key}", "") for name in TEXT_FIELDS}
    watch = data.get(f"watch-{key}", "")
    kinds = tuple(kind for kind in data.getlist(f"kinds-{key}") if kind in ActivityKind.values)
    task = key.removeprefix("t")
    return Row(
        **texts,
        watch_months=int(watch) if watch.isascii() and watch.isdecimal() and len(watch) < 3 else None,
        expected_kinds=kinds if kinds or key.startswith("t") else None,
        task=int(task)
        if key.startswith("t") and task.isascii() and task.isdecimal() and len(task) < 12
        else None,
    )


def _opened(text: str, now: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows as they were when the page was opened, for merging only; what stands now when it makes no sense."""
    try:
        return tuple(row_from_json(one) for one in json.loads(text))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return now


def _sheet_page(request: HttpRequest, plan: Plan, sheet: _Sheet, *, may_edit: bool) -> HttpResponse:
    counts = queries.recorded(plan)
    clashes: dict[int, dict[str, str]] = {}
    for clash in sheet.clashes:
        clashes.setdefault(clash.at, {})[clash.field] = clash.theirs
    rows = [
        _shown(row, at, plan.year, clashes.get(at, {}), sheet.error, counts.get(row.task or 0, 0))
        for at, row in enumerate(sheet.rows)
    ]
    blank = [ShownRow(f"n{at}", Row(""), "", (), {}, "", 0) for at in range(_BLANK_ROWS)]
    return page(
        request,
        "work/plan_rows.html",
        _("Sửa nhiệm vụ") if plan.version > 1 or sheet.rows else _("Ghi nhiệm vụ"),
        crumbs=[plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)],
        plan=plan,
        sheet=sheet,
        unit_name=org.title_of(plan.unit, today()),
        rows=[*rows, *blank] if may_edit else rows,
        pattern=ShownRow("KEY", Row(""), "", (), {}, "", 0),
        opened=json.dumps([row_to_json(row) for row in sheet.opened], ensure_ascii=False),
        bases="\n".join(sheet.bases),
        kinds=ActivityKind.choices,
        rhythms=WATCH_CHOICES,
        may_edit=may_edit,
    )


def _shown(
    row: Row, at: int, year: int, clashes: dict[str, str], error: NotWritable | None, activities: int
) -> ShownRow:
    reading = understood(read_row(row, at + 1, year), year)
    wrong = ""
    if error is not None and (error.row == at + 1 or error.field == f"task:{row.task}"):
        wrong = str(error)
    key = f"t{row.task}" if row.task is not None else f"m{at}"
    return ShownRow(key, row, reading.words, reading.doubts, clashes, wrong, activities)


@require_GET
def schedule_reading(request: HttpRequest) -> JsonResponse:
    """How a schedule is understood, while it is written."""
    year = request.GET.get("nam", "")
    watch = request.GET.get("nhip", "")
    row = Row(
        "-",
        schedule_text=request.GET.get("q", "")[:LONGEST_CELL],
        watch_months=int(watch) if watch in {str(one) for one in WATCH_CHOICES} else None,
    )
    of_year = (
        int(year)
        if year.isascii() and year.isdecimal() and 2000 <= int(year[:9]) <= LATEST_YEAR
        else today().year
    )
    reading = understood(read_row(row, 1, of_year), of_year)
    answer: dict[str, Any] = {"words": reading.words, "is_doubtful": bool(reading.doubts)}
    return JsonResponse(answer)


def plan_history(request: HttpRequest, pk: int) -> HttpResponse:
    """What was done to the plan, by whom, newest first."""
    plan = get_object_or_404(queries.plans_for(request.user, today()), pk=pk)
    entries = [(entry, _told(entry.action, entry.detail)) for entry in queries.history(plan)[:200]]
    return page(
        request,
        "work/plan_history.html",
        _("Lịch sử thay đổi"),
        crumbs=[plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)],
        plan=plan,
        entries=entries,
        may_undo=may(request, Permission.PLAN_EDIT, plan.unit, today()),
    )


def _told(action: str, detail: dict[str, Any]) -> tuple[str, list[str]]:
    """What an entry says: a sentence, and its changes one by one."""
    if action == "plan.import":
        said = _("Lập kế hoạch với %(count)d nhiệm vụ") % {"count": detail.get("tasks", 0)}
        corrected = detail.get("corrected", {})
        return said, [
            _("“%(before)s” thành “%(after)s”") % {"before": before or "—", "after": after or "—"}
            for before, after in corrected.values()
        ]
    if action == "plan.start":
        return _("Lập kế hoạch mới"), []
    if action == "plan.amend":
        before, after = (" ".join(filter(None, detail.get(name, []))) for name in ("before", "after"))
        return _("Sửa số, ngày"), [
            _("“%(before)s” thành “%(after)s”") % {"before": before or "—", "after": after}
        ]
    lines = [Change(*one).words for one in detail.get("changes", [])]
    if "title" in detail:
        before, after = detail["title"]
        lines.append(_("trích yếu: “%(before)s” thành “%(after)s”") % {"before": before, "after": after})
    if "bases" in detail:
        lines.append(_("căn cứ được sửa"))
    return _("Sửa nhiệm vụ"), lines or [_("đổi thứ tự")]
