"""Many lines at once: asked about first, done, and taken back as a whole; and lines that may be one act."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.forms import ListFilter
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    may,
    page,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    visible_unit,
)
from dinhlang.periods.window import Window
from dinhlang.work import actions, forms, permissions, queries
from dinhlang.work.models import Activity, ActivityKind, Batch
from dinhlang.work.views.ledger import ledger_crumb

# What can be done to many lines: its name on the page, and the button that does it.
DEEDS = {
    Batch.Deed.REVERSE: (gettext_lazy("Hủy ghi nhiều dòng"), gettext_lazy("Hủy ghi")),
    Batch.Deed.AMEND: (gettext_lazy("Đổi nhiệm vụ, lĩnh vực"), gettext_lazy("Đổi")),
    Batch.Deed.EVIDENCE: (gettext_lazy("Thêm minh chứng cho nhiều dòng"), gettext_lazy("Thêm minh chứng")),
}
_BACK = 2000


def told(batch: Batch) -> str:
    """What was done to how many lines, as a sentence."""
    words = {
        Batch.Deed.REVERSE: _("Đã hủy ghi %(count)s dòng."),
        Batch.Deed.AMEND: _("Đã đổi %(count)s dòng."),
        Batch.Deed.EVIDENCE: _("Đã thêm minh chứng cho %(count)s dòng."),
        Batch.Deed.IMPORT: _("Đã nhập %(count)s dòng vào sổ."),
        Batch.Deed.UNDO: _("Đã hoàn tác %(count)s dòng."),
    }
    return words[Batch.Deed(batch.deed)] % {"count": batch.lines}


@require_POST
def many_lines(request: HttpRequest) -> HttpResponse:
    """Ask what is needed for the chosen lines; once it is given, do it to all of them or to none."""
    on = today()
    try:
        deed = Batch.Deed(request.POST.get("deed", ""))
    except ValueError:
        raise Http404 from None
    if deed not in DEEDS:
        raise Http404
    unit = visible_unit(request, request.POST.get("unit", "").replace("\0", ""), on)
    chosen = [int(one) for one in request.POST.getlist("line") if one.isdecimal() and len(one) < 18]
    back = request.POST.get("back", "")[:_BACK]
    lines = list(queries.ledger(unit).filter(pk__in=chosen[: actions.MOST_LINES + 1], reversal=None))
    if not lines:
        messages.error(request, _("Chưa chọn dòng nào đang được tính. Đánh dấu các dòng rồi bấm lại."))
        return redirect(f"{reverse('work:ledger')}?{back}")
    is_given = "do" in request.POST
    form = _form(request, deed, unit, is_given=is_given)
    if is_given and form.is_valid():
        try:
            batch = _do(request, deed, unit, chosen, form)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, told(batch))
            return redirect(_with_batch(back, batch))
    title, verb = DEEDS[deed]
    return page(
        request,
        "work/many.html",
        str(title),
        crumbs=[ledger_crumb()],
        form=form,
        lines=lines,
        unit=unit,
        deed=deed.value,
        verb=verb,
        back=back,
        may=may(request, _NEEDS[deed], unit, on),
    )


_NEEDS = {
    Batch.Deed.REVERSE: Permission.ACTIVITY_REVERSE,
    Batch.Deed.AMEND: Permission.ACTIVITY_REVERSE,
    Batch.Deed.EVIDENCE: Permission.ACTIVITY_RECORD,
}


def _form(request: HttpRequest, deed: Batch.Deed, unit: Unit, *, is_given: bool) -> Form:
    given: tuple[Any, ...] = (request.POST, request.FILES) if is_given else ()
    if deed is Batch.Deed.REVERSE:
        return forms.ReversalForm(*given[:1])
    if deed is Batch.Deed.AMEND:
        return forms.ReclassifyForm(*given[:1], tasks=list(queries.tasks_of(unit)))
    return forms.EvidenceForm(*given)


def _do(request: HttpRequest, deed: Batch.Deed, unit: Unit, chosen: list[int], form: Form) -> Batch:
    by, at, asked = signed_in(request), timezone.now(), form.cleaned_data
    if deed is Batch.Deed.REVERSE:
        return actions.reverse_lines(unit=unit, lines=chosen, reason=asked["reason"], by=by, at=at)
    if isinstance(form, forms.ReclassifyForm):
        to = actions.NewClass(
            task=form.tasks.get(asked["task"]),
            without_task=asked["task"] == forms.NO_TASK,
            reform_field=asked["reform_field"] or None,
        )
        return actions.amend_lines(unit=unit, lines=chosen, to=to, by=by, at=at)
    if not isinstance(form, forms.EvidenceForm):
        raise TypeError(form)
    return actions.add_evidence_to(unit=unit, lines=chosen, evidence=form.evidence(), by=by, at=at)


def _with_batch(back: str, batch: Batch) -> str:
    """The ledger as it was filtered, which then offers to take the batch back."""
    query = QueryDict(back, mutable=True)
    query["lan"] = str(batch.pk)
    query["unit"] = batch.unit_id
    return f"{reverse('work:ledger')}?{query.urlencode()}"


def _unit_asked(request: HttpRequest, form: ListFilter, units: dict[str, str], on: date) -> Unit:
    """The unit of the address, else the person's own. One that the person may not see looks like none."""
    named = form.asked.get("unit") or request.GET.get("unit", "").replace("\0", "") or next(iter(units), "")
    return visible_unit(request, named, on)


def _batches_asked(request: HttpRequest, on: date) -> tuple[forms.BatchFilter, Unit, QuerySet[Batch]]:
    """The filter, the unit it speaks of, and the batches of that unit which it asks for."""
    units = readable_units(request, on)
    form = forms.BatchFilter(request.GET or None, units=units, years=())
    unit = _unit_asked(request, form, units, on)
    found = Batch.objects.filter(unit=unit).select_related("by", "undone_by", "undoes", "taken_in")
    if deed := form.asked.get("deed"):
        found = found.filter(deed=deed)
    if form.words:
        told_of = found.order_by().values_list("pk", "note", "by__full_name", "taken_in__name")
        fitting = [pk for pk, *texts in told_of if form.fits(" ".join(filter(None, texts)))]
        found = found.filter(pk__in=fitting)
    return form, unit, found.order_by("-pk")


def batches(request: HttpRequest) -> HttpResponse:
    """What was done to many lines of a unit's ledger, newest first, each to be taken back while it may be."""
    on = today()
    form, unit, found = _batches_asked(request, on)
    shown = slice_of(request, found)
    at = timezone.now()
    mine = permissions.may_undo_batches_in(signed_in(request), unit, at)
    return page(
        request,
        "work/batches.html",
        _("Các lần làm hàng loạt"),
        crumbs=[ledger_crumb()],
        rows=[(batch, told(batch), mine(batch)) for batch in shown],
        unit_name=org.title_of(unit, on),
        page=shown,
        query=query_without_page(request),
        form=form,
    )


@require_POST
def batches_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The batches that the filter asks for, as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, unit, found = _batches_asked(request, on)
    export_list(
        action="batch.export",
        rows={unit.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [_("Lúc"), _("Việc"), _("Lý do, tệp"), _("Người làm"), _("Hoàn tác lúc")]
    rows = (
        [
            tables.moment(batch.at),
            told(batch),
            batch.note,
            batch.by.full_name if batch.by else "",
            tables.moment(batch.undone_by.at) if hasattr(batch, "undone_by") else "",
        ]
        for batch in found
    )
    return tables.download(f"lam-hang-loat-{unit.pk}-{on:%Y%m%d}", form, header, rows)


@require_POST
def batch_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was done to many lines."""
    batch = get_object_or_404(
        Batch.objects.filter(unit__in=org.visible_units(request.user, today())).select_related("unit"), pk=pk
    )
    try:
        undoing = actions.undo_batch(batch=batch, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told(undoing))
    return redirect(f"{reverse('work:ledger')}?unit={batch.unit_id}")


# --- lines that may be one act --------------------------------------------------------------------

_A_YEAR = timedelta(days=366)


def _pairs_asked(request: HttpRequest, on: date) -> tuple[ListFilter, Unit, list[queries.Pair]]:
    """The filter, the unit it speaks of, and the pairs of its lines which it asks for."""
    units = readable_units(request, on)
    form = forms.PairFilter(request.GET or None, units=units, years=())
    unit = _unit_asked(request, form, units, on)
    pairs = queries.possible_duplicates(unit, Window(on - _A_YEAR, on))
    why = form.asked.get("why")
    return (
        form,
        unit,
        [
            pair
            for pair in pairs
            if form.fits(f"{pair.first.title} {pair.second.title}") and (not why or pair.why == why)
        ],
    )


def duplicates(request: HttpRequest) -> HttpResponse:
    """Pairs of lines of the last year that may be one act, for people to judge."""
    on = today()
    form, unit, pairs = _pairs_asked(request, on)
    return page(
        request,
        "work/duplicates.html",
        _("Có thể trùng"),
        crumbs=[ledger_crumb()],
        page=slice_of(request, pairs),
        unit_name=org.title_of(unit, on),
        unit=unit,
        query=query_without_page(request),
        form=form,
        may_reverse=may(request, Permission.ACTIVITY_REVERSE, unit, on),
        may_record=may(request, Permission.ACTIVITY_RECORD, unit, on),
    )


@require_POST
def duplicates_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The pairs that the filter asks for, as a table; it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    _form, unit, pairs = _pairs_asked(request, on)
    export_list(
        action="duplicates.export",
        rows={unit.pk: len(pairs)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Vì sao"),
        _("Loại"),
        _("Ngày"),
        _("Nội dung"),
        _("Ngày của dòng kia"),
        _("Nội dung của dòng kia"),
    ]
    rows = [
        [
            pair.why.label,
            str(ActivityKind(pair.first.kind).label),
            f"{pair.first.happened_on:%d/%m/%Y}",
            pair.first.title,
            f"{pair.second.happened_on:%d/%m/%Y}",
            pair.second.title,
        ]
        for pair in pairs
    ]
    return tables.download(f"co-the-trung-{unit.pk}-{on:%Y%m%d}", form, header, rows)


@require_POST
def keep_both(request: HttpRequest) -> HttpResponse:
    """Remember that two lines that look alike are two acts."""
    seen = queries.activities_for(request.user, today()).select_related("unit")
    pair = [
        get_object_or_404(seen, pk=one) if one.isdecimal() and len(one) < 18 else None
        for one in (request.POST.get("first", ""), request.POST.get("second", ""))
    ]
    first, second = pair
    if not isinstance(first, Activity) or not isinstance(second, Activity):
        raise Http404
    try:
        actions.keep_both(first=first, second=second, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã ghi nhớ: hai dòng này là hai việc khác nhau."))
    return redirect(f"{reverse('work:duplicates')}?unit={first.unit_id}")
