"""Changes of units on the desk: the list, a new one step by step, its dry run, applying and undoing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from dinhlang.org import queries, tables
from dinhlang.org.actions.audit import audit
from dinhlang.org.changes import actions, registry
from dinhlang.org.changes.actions import Rehearsal, Touched
from dinhlang.org.changes.forms import ChangeForm, UndoForm
from dinhlang.org.changes.permissions import administered
from dinhlang.org.changes.registry import Scope
from dinhlang.org.changes.rules import LABELS, MEANINGS, Asked, Kind, from_json, printed_share
from dinhlang.org.models import ChangeDraft, Person, UnitChange
from dinhlang.org.rules import Refused, folded_name
from dinhlang.org.views import (
    asked_text,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)

_MOST_IN_A_FILE = 100_000


def _administrator(request: HttpRequest) -> Person:
    """Who asks, when they administer some body; 404 otherwise."""
    person = signed_in(request)
    if not administered(person, today()):
        raise Http404
    return person


def _crumbs() -> list[tuple[str, str]]:
    return [(reverse("org:units"), _("Đơn vị")), (reverse("org:changes"), _("Thay đổi đơn vị"))]


@require_GET
def change_list(request: HttpRequest) -> HttpResponse:
    """What changed, newest first; what is being prepared; what can be begun."""
    person = _administrator(request)
    shown = slice_of(request, UnitChange.objects.select_related("by").prefetch_related("steps"))
    drafts = ChangeDraft.objects.filter(by=person)
    return page(
        request,
        "org/changes/list.html",
        _("Thay đổi đơn vị"),
        crumbs=_crumbs()[:1],
        rows=[_told(change) for change in shown.object_list],
        page=shown,
        query=query_without_page(request),
        drafts=[(draft, _in_words(from_json(draft.asked), {})) for draft in drafts],
        kinds=[(str(kind), LABELS[kind], MEANINGS[kind]) for kind in Kind],
    )


def _told(change: UnitChange) -> dict[str, object]:
    steps = {step.deed for step in change.steps.all()}
    state = (
        ("calm", _("Đã hoàn tác"))
        if "undo" in steps
        else ("done", _("Đã bàn giao"))
        if "pass-on" in steps
        else ("wait", _("Chờ đến ngày"))
    )
    return {
        "change": change,
        "kind": LABELS[Kind(change.kind)],
        "what": _in_words(from_json(change.asked), change.scope["names"]),
        "state": state,
    }


def _in_words(asked: Asked, names: dict[str, str]) -> str:
    """'xã Nam Trung, xã Nam Chính → xã Trần Phú'."""
    missing = [one for one in (*asked.units, *(one.unit for one in asked.targets), asked.parent) if one]
    known = queries.titles_of((one for one in missing if one not in names), asked.on) | names
    to = [
        (f"{one.kind} {one.name}".strip() if one.name else known.get(one.unit, one.unit))
        + (f" ({printed_share(one.share)}%)" if one.share is not None and one.share < 1 else "")
        for one in asked.targets
    ]
    if asked.kind in (Kind.MOVE, Kind.ABOLISH) and asked.parent:
        to.append(known.get(asked.parent, asked.parent))
    left = ", ".join(known.get(one, one) for one in asked.units)
    return capfirst(f"{left} → {', '.join(to)}" if to else left)


def change_new(request: HttpRequest, kind: str) -> HttpResponse:
    """The units, the instrument and the day of a new change; then its dry run."""
    person = _administrator(request)
    if kind not in set(Kind):
        raise Http404
    which = Kind(kind)
    form = ChangeForm(posted(request)[0], kind=which)
    if request.method == "POST" and form.is_valid():
        try:
            asked = form.asked()
            actions.rehearse(asked=[asked], by=person, at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            draft = ChangeDraft.objects.create(asked=asked.as_json(), at=timezone.now(), by=person)
            return redirect("org:change-draft", draft.pk)
    return page(
        request,
        "org/changes/new.html",
        str(LABELS[which]),
        crumbs=_crumbs(),
        form=form,
        meaning=MEANINGS[which],
    )


def _draft(request: HttpRequest, pk: int) -> ChangeDraft:
    return get_object_or_404(ChangeDraft, pk=pk, by=_administrator(request))


def _rehearsed(draft: ChangeDraft) -> Rehearsal:
    return actions.rehearse(asked=[from_json(draft.asked)], by=draft.by, at=timezone.now())[0]


def change_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """The dry run: everything the change touches, what stands against it, and what to think of."""
    draft = _draft(request, pk)
    asked = from_json(draft.asked)
    told, reason = None, ""
    try:
        told = _rehearsed(draft)
    except Refused as refused:
        reason = str(refused)
    rows = _asked_for(request, told.rows) if told else []
    counts: Counter[str] = Counter()
    for row in told.rows if told else ():
        counts[row.key] += row.count
    return page(
        request,
        "org/changes/draft.html",
        _("Chạy thử: %(kind)s") % {"kind": str(LABELS[asked.kind]).lower()},
        crumbs=_crumbs(),
        draft=draft,
        asked=asked,
        what=_in_words(asked, {}),
        told=told,
        reason=reason,
        counts=[(thing, counts[thing.key]) for thing in registry.things() if counts[thing.key]],
        page=slice_of(request, rows),
        query=query_without_page(request),
        words=asked_text(request),
        thing=request.GET.get("loai", ""),
        is_ahead=asked.on > today(),
    )


def _asked_for(request: HttpRequest, rows: Iterable[Touched]) -> list[Touched]:
    """The rows of the sort and with the words that the address asks for."""
    words, key = folded_name(asked_text(request)).split(), request.GET.get("loai", "")
    return [
        row
        for row in rows
        if (not key or row.key == key)
        and all(word in folded_name(f"{row.unit} {row.name} {row.fate}") for word in words)
    ]


@require_POST
def change_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The dry run as a file."""
    if form not in tables.FORMS:
        raise Http404
    draft = _draft(request, pk)
    try:
        rows = _asked_for(request, _rehearsed(draft).rows)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("org:change-draft", pk)
    audit(
        by=draft.by,
        at=timezone.now(),
        action="unit-changes.export",
        target=draft,
        unit=administered(draft.by, today())[0],
        detail={"rows": len(rows), "form": form},
    )
    return tables.download(f"thay-doi-{pk}", form, export_header(), export_rows(rows))


def export_header() -> list[str]:
    """What stands above the columns of an exported dry run."""
    return [_("Loại"), _("Đơn vị"), _("Mã đơn vị"), _("Mục"), _("Số lượng"), _("Sẽ ra sao")]


def export_rows(rows: Sequence[Touched]) -> list[tuple[str | int, ...]]:
    """The rows of an exported dry run."""
    return [
        (row.label, row.unit, row.unit_id, row.name, row.count, row.fate) for row in rows[:_MOST_IN_A_FILE]
    ]


@require_POST
def change_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a prepared change."""
    draft = _draft(request, pk)
    if not request.POST.get("sure"):
        messages.error(request, _("Đánh dấu đã xem bản chạy thử rồi bấm Áp dụng."))
        return redirect("org:change-draft", pk)
    try:
        [change] = actions.apply(asked=[from_json(draft.asked)], by=draft.by, at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("org:change-draft", pk)
    draft.delete()
    messages.success(request, _("Đã áp dụng."))
    return redirect("org:change", change.pk)


@require_POST
def change_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Throw a prepared change away."""
    _draft(request, pk).delete()
    messages.success(request, _("Đã bỏ bản chuẩn bị."))
    return redirect("org:changes")


@require_GET
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A change that was applied: what, when, by what instrument, what it touched, and the way back."""
    _administrator(request)
    return _detail_page(request, _change(pk), UndoForm())


def _change(pk: int) -> UnitChange:
    rows = UnitChange.objects.select_related("by").prefetch_related("steps__by")
    return get_object_or_404(rows, pk=pk)


def _detail_page(request: HttpRequest, change: UnitChange, form: UndoForm) -> HttpResponse:
    scope = Scope.from_json(change.scope)
    touched = [
        (thing.label, count) for thing in registry.things() if (count := change.touched.get(thing.key))
    ]
    told = _told(change)
    return page(
        request,
        "org/changes/change.html",
        _("Thay đổi số %(number)s") % {"number": change.pk},
        crumbs=_crumbs(),
        told=told,
        change=change,
        touched=touched,
        units=[
            (one, capfirst(scope.names[one])) for one in sorted(scope.names) if one in change.asked["units"]
        ],
        form=form,
        is_undone=any(step.deed == "undo" for step in change.steps.all()),
    )


@require_POST
def change_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a change back while nothing rests on it."""
    person = _administrator(request)
    change = _change(pk)
    form = UndoForm(request.POST)
    if form.is_valid():
        try:
            actions.undo(change=change, reason=form.cleaned_data["reason"], by=person, at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã hoàn tác. Mọi thứ như trước khi áp dụng."))
            return redirect("org:change", pk)
    return _detail_page(request, change, form)
