"""Proposals of plans as pages: the values beside the place they came from, confirmed one by one or all at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.officialdoc.model import Span
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, posted, show_refusal, signed_in, today, units_for
from dinhlang.work import actions, forms, proposal, queries
from dinhlang.work.models import PlanDraft
from dinhlang.work.plan_values import NotWritable
from dinhlang.work.proposal import Item, Proposal
from dinhlang.work.views.plans import plans_crumb

_VALUE, _RIGHT = "v:", "ok:"


def plan_import(request: HttpRequest) -> HttpResponse:
    """Take in a plan's document: it is read and proposed, nothing is stored in any plan yet."""
    form = forms.FileForm(
        *posted(request),
        units=units_for(request, Permission.PLAN_IMPORT, today()),
        accept=".txt,.md,.docx",
        hint=_(
            "Văn bản kế hoạch: tệp .txt lấy từ PDF, hoặc .docx. Bảng phụ lục được đọc thành các nhiệm vụ."
        ),
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            draft = actions.propose_plan(
                unit=form.cleaned_data["unit"],
                data=file.read(),
                name=file.name,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("work:plan-draft", draft.pk)
    return page(
        request,
        "work/plan_import.html",
        _("Nhập kế hoạch"),
        crumbs=[plans_crumb()],
        form=form,
        drafts=_waiting(request),
    )


def _waiting(request: HttpRequest) -> list[tuple[PlanDraft, Proposal]]:
    """The proposals that someone began to look at."""
    drafts = queries.drafts_for(request.user, today()).defer("source_text", "document")
    return [(draft, proposal.from_json(draft.proposal)) for draft in drafts[:20]]


@dataclass(frozen=True, slots=True)
class ShownItem:
    """An item as the page shows it."""

    item: Item
    id: str
    label: str
    place: str
    first_line: int | None
    doubts: tuple[str, ...]
    suggestion: str
    note: str
    row: int | None = None
    error: str = ""


@dataclass(slots=True)
class ShownLine:
    """A line of the source: its number, the page that begins with it, its text cut where values begin and end."""

    number: int
    page: int | None = None
    parts: list[tuple[str, str]] = field(default_factory=list)


def plan_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The proposal. Without a script it is one form: change values, tick those that are right, save or confirm."""
    on = today()
    draft = get_object_or_404(queries.drafts_for(request.user, on), pk=pk)
    error: NotWritable | None = None
    if request.method == "POST":
        proposed = proposal.from_json(draft.proposal)
        try:
            draft = actions.decide_draft(
                draft=draft, said=dict(_said(request, proposed)), by=signed_in(request), at=timezone.now()
            )
            if (change := _row_change(request)) is not None:
                return _change_rows(request, draft, *change)
            if request.POST.get("do") == "confirm":
                plan = actions.confirm_draft(draft=draft, by=signed_in(request), at=timezone.now())
                messages.success(
                    request, _("Đã lập kế hoạch với %(count)d nhiệm vụ.") % {"count": plan.tasks.count()}
                )
                return redirect("work:plan", plan.pk)
        except NotWritable as reason:
            error = reason
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("work:plan-draft" if _still_there(draft) else "work:plans", *_args(draft))
        else:
            messages.success(request, _("Đã lưu. Bản đề xuất chờ bạn xem tiếp."))
            return redirect("work:plan-draft", draft.pk)
    return _draft_page(request, draft, error)


def _row_change(request: HttpRequest) -> tuple[str, int | None] | None:
    """What the pressed button does to the rows: ("drop", 3), ("back", 3), ("add", None); nothing for the others."""
    change, _colon, number = request.POST.get("do", "").partition(":")
    if change == "add":
        return change, None
    if change in {"drop", "back"} and number.isdecimal() and len(number) < 5:
        return change, int(number)
    return None


def _change_rows(request: HttpRequest, draft: PlanDraft, change: str, at_row: int | None) -> HttpResponse:
    draft = actions.change_draft_rows(
        draft=draft, change=change, at_row=at_row, by=signed_in(request), at=timezone.now()
    )
    rows = proposal.from_json(draft.proposal).base.rows
    said = {
        "add": _("Đã thêm một nhiệm vụ trống ở cuối. Ghi nội dung vào các ô."),
        "drop": _("Đã bỏ nhiệm vụ. Lấy lại được ở cuối trang."),
        "back": _("Đã lấy lại nhiệm vụ."),
    }
    messages.success(request, said[change])
    shown_row = len(rows) - 1 if at_row is None else at_row
    anchor = "da-bo" if change == "drop" else f"o-rows-{shown_row}-text"
    return redirect(f"{reverse('work:plan-draft', args=[draft.pk])}#{anchor}")


def _still_there(draft: PlanDraft) -> bool:
    return PlanDraft.objects.filter(pk=draft.pk).exists()


def _args(draft: PlanDraft) -> list[int]:
    return [draft.pk] if _still_there(draft) else []


def _said(request: HttpRequest, proposed: Proposal) -> Iterator[tuple[str, str | None]]:
    """What the form says of each item it carries: a new value, or that it is right."""
    for name in request.POST:
        if not name.startswith(_VALUE):
            continue
        value = request.POST.get(name, "")
        path = name.removeprefix(_VALUE)
        known = proposed.item(path)
        if " ".join(value.split()) != " ".join(known.value.split()):
            yield path, value
        elif f"{_RIGHT}{path}" in request.POST and not known.is_seen:
            yield path, None


def _draft_page(request: HttpRequest, draft: PlanDraft, error: NotWritable | None) -> HttpResponse:
    proposed = proposal.from_json(draft.proposal)
    on = today()
    typed = request.POST.get(f"{_VALUE}{error.field}", "") if error else ""
    origin = draft.rolled_from
    return page(
        request,
        "work/plan_draft.html",
        _("Xác nhận kế hoạch năm %(year)d") % {"year": proposed.year},
        crumbs=[plans_crumb()],
        draft=draft,
        origin=origin,
        unit_name=org.title_of(draft.unit, on),
        groups=list(_groups(proposed, error, typed)),
        lines=_lines(draft.source_text, proposed),
        notes=draft.document.get("notes", ()),
        seen=proposed.seen,
        total=len(proposed.asked),
        dropped=[
            (at, proposed.base.rows[at].ordinal, proposed.item(f"rows.{at}.text").value)
            for at in sorted(proposed.dropped)
        ],
        error=error,
        may_confirm=may(request, Permission.PLAN_IMPORT, draft.unit, on),
    )


def _groups(
    proposed: Proposal, error: NotWritable | None, typed: str
) -> Iterator[tuple[str, list[ShownItem]]]:
    """The doubtful items under one heading, then the others under theirs."""
    shown = [_shown(proposed, item, error, typed) for item in proposed.asked]
    # A row that a person adds stays together: what is still empty in it is no doubt about the document.
    doubtful = [one for one in shown if (one.doubts and not proposed.is_added(one.item)) or one.error]
    if doubtful:
        yield _("Cần xem kỹ (%(count)d)") % {"count": len(doubtful)}, doubtful
    rest = (one for one in shown if one not in doubtful)
    for heading, items in groupby(rest, lambda one: proposal.group_of(one.item.path, proposed.base)):
        yield heading, list(items)


def _shown(proposed: Proposal, item: Item, error: NotWritable | None, typed: str) -> ShownItem:
    doubts = proposed.doubts(item)
    reading = proposed.understood(item)
    label = proposal.label_of(item.path)
    if doubts and "." in item.path:
        label = f"{proposal.group_of(item.path, proposed.base)} · {label}"
    wrong = error is not None and error.field == item.path
    if wrong:
        item = Item(item.path, typed, item.read, item.spans, item.doubts, item.suggestion, item.is_seen)
    return ShownItem(
        item=item,
        id=f"o-{item.path.replace('.', '-')}",
        label=label,
        place=_place(item.spans),
        first_line=item.spans[0].line if item.spans else None,
        doubts=doubts,
        suggestion=proposed.suggestion(item),
        note=reading.words if reading else "",
        row=int(item.path.split(".")[1]) if item.path.endswith(".text") else None,
        error=str(error) if wrong else "",
    )


def _place(spans: tuple[Span, ...]) -> str:
    """'dòng 12–14' of the places of a value."""
    if not spans:
        return ""
    first, last = spans[0].line, spans[-1].line
    if first == last:
        return _("dòng %(line)d") % {"line": first}
    return _("dòng %(first)d–%(last)d") % {"first": first, "last": last}


def _lines(text: str, proposed: Proposal) -> list[ShownLine]:
    """The lines of the source, each cut where a value begins or ends."""
    on_line: dict[int, list[tuple[int, int, str]]] = {}
    for item in proposed.items:
        for span in item.spans:
            on_line.setdefault(span.line, []).append((span.column - 1, span.end_column - 1, item.path))
    lines = []
    page_number = 1
    for number, raw in enumerate(text.split("\n"), 1):
        line = ShownLine(number)
        if "\f" in raw:
            page_number += raw.count("\f")
            line.page = page_number
        line.parts = list(_parts(raw.replace("\f", " "), on_line.get(number, [])))
        lines.append(line)
    return lines


def _parts(text: str, stretches: list[tuple[int, int, str]]) -> Iterator[tuple[str, str]]:
    """Pieces of a line with the paths of the values they belong to, parted by spaces."""
    cuts = sorted(
        {0, len(text), *(min(at, len(text)) for start, end, _path in stretches for at in (start, end))}
    )
    for start, end in pairwise(cuts):
        paths = [path for first, last, path in stretches if first <= start and end <= last]
        yield text[start:end], " ".join(paths)


@require_POST
def plan_draft_decide(request: HttpRequest, pk: int) -> JsonResponse:
    """One value is right, or is what is sent: the script's way to keep each step."""
    draft = get_object_or_404(queries.drafts_for(request.user, today()), pk=pk)
    path, value = request.POST.get("path", ""), request.POST.get("value")
    try:
        draft = actions.decide_draft(
            draft=draft, said={path: value}, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        return JsonResponse({"error": str(reason)}, status=422)
    proposed = proposal.from_json(draft.proposal)
    item = proposed.item(path)
    reading = proposed.understood(item)
    answer: dict[str, Any] = {
        "value": item.value,
        "seen": proposed.seen,
        "total": len(proposed.asked),
        "doubts": list(proposed.doubts(item)),
        "suggestion": proposed.suggestion(item),
        "note": reading.words if reading else "",
    }
    return JsonResponse(answer)


@require_POST
def plan_draft_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw the proposal away; the page asked first."""
    draft = get_object_or_404(queries.drafts_for(request.user, today()), pk=pk)
    try:
        actions.discard_draft(draft=draft, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("work:plan-draft", pk)
    messages.success(request, _("Đã bỏ bản đề xuất. Chưa có gì được ghi vào kế hoạch."))
    return redirect("work:plans")


def plan_roll_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose the plan of next year from this one."""
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    if not may(request, Permission.PLAN_IMPORT, plan.unit, on):
        raise Http404
    form = forms.RollOverForm(request.POST or None, initial={"year": plan.year + 1})
    if request.method == "POST" and form.is_valid():
        try:
            draft = actions.roll_over_plan(
                plan=plan, year=form.cleaned_data["year"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("work:plan-draft", draft.pk)
    return page(
        request,
        "work/plan_roll_over.html",
        _("Lập kế hoạch năm sau"),
        crumbs=[plans_crumb(), (reverse("work:plan", args=[plan.pk]), plan.title)],
        plan=plan,
        form=form,
    )
