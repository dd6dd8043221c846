"""The list of classes, one of them, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.training import actions, permissions, queries
from dinhlang.citizens.training.forms import ClassFilter, ClassForm, PaperForm, ReasonForm
from dinhlang.citizens.training.papers.words import when
from dinhlang.citizens.training.rules.classes import RUNNING, Paper, State
from dinhlang.citizens.training.views.seen import crumb, crumbs_of, held_class, public_address, seen_class
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    filtered,
    looking_of,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.work import queries as work


def class_list(request: HttpRequest) -> HttpResponse:
    """The classes that the person may read, searched and filtered."""
    on = today()
    form = _filter(request, on)
    rows = slice_of(request, _asked(request, form))
    return page(
        request,
        "citizens/training/list.html",
        _("Lớp tập huấn"),
        form=form,
        page=rows,
        names=org.titles_of({one.unit_id for one in rows}, on),
        query=query_without_page(request),
        may_make=bool(units_for(request, Permission.TRAINING_MANAGE, on)),
        kinds=tables.KINDS,
    )


def _filter(request: HttpRequest, on: date) -> ClassFilter:
    held = TrainingClass.objects.filter(unit__in=looking_of(request).readable_ids).order_by()
    years = [one.year for one in held.dates("starts_at", "year", "DESC")]
    return ClassFilter(request.GET or None, units=readable_units(request, on), years=years)


def _asked(request: HttpRequest, form: ClassFilter) -> QuerySet[TrainingClass]:
    rows = queries.classes(looking_of(request).readable_ids, form.asked.get("state", ""))
    return filtered(rows, form, text="subject", year="starts_at__year")


@require_POST
def class_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The classes that the filter asks for as a table, without anybody's name; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    found = list(_asked(request, _filter(request, on)))
    counts: dict[str, int] = {}
    for one in found:
        counts[one.unit_id] = counts.get(one.unit_id, 0) + 1
    export_list(action="training.export", rows=counts, form=form, by=signed_in(request), at=timezone.now())
    header = [
        _("Đơn vị"),
        _("Loại"),
        _("Nội dung"),
        _("Ngày"),
        _("Giờ"),
        _("Địa điểm"),
        _("Người trình bày"),
        _("Số người mời"),
        _("Số người dự"),
        _("Trạng thái"),
    ]
    return tables.download(f"lop-tap-huan-{on:%Y%m%d}", form, header, _cells(found, on))


def _cells(found: list[TrainingClass], on: date) -> Iterator[tuple[str | int, ...]]:
    names = org.titles_of({one.unit_id for one in found}, on)
    for one in found:
        starts = localtime(one.starts_at)
        yield (
            capfirst(names.get(one.unit_id, "")),
            one.get_kind_display(),
            one.subject,
            f"{starts:%d/%m/%Y}",
            f"{starts:%H:%M}",
            one.place,
            one.lecturer,
            one.invited,  # type: ignore[attr-defined]  # counted with the row
            one.came,  # type: ignore[attr-defined]
            str(one.state.label),
        )


def class_new(request: HttpRequest) -> HttpResponse:
    """Make a class."""
    on = today()
    body = managed_body(request, on, Permission.TRAINING_MANAGE)
    form = _form(request, body, on)
    if form.is_valid():
        try:
            made = actions.make_class(
                unit=body,
                given=form.given(),
                key=form.cleaned_data["key"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lập lớp. Bước tiếp theo: chọn người được mời."))
            return redirect("training:guests", made.pk)
    return page(
        request,
        "citizens/training/edit.html",
        _("Lập lớp tập huấn"),
        crumbs=[crumb()],
        form=form,
        body_name=capfirst(org.title_of(body, on)),
    )


def class_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a class."""
    training = held_class(request, pk)
    form = _form(request, training.unit, today(), training)
    del form.fields["key"]
    if form.is_valid():
        try:
            actions.change_class(
                training=training, given=form.given(), by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("training:class", pk)
    return page(
        request,
        "citizens/training/edit.html",
        _("Sửa lớp tập huấn"),
        crumbs=crumbs_of(training),
        form=form,
        training=training,
    )


def _form(request: HttpRequest, unit: Unit, on: date, training: TrainingClass | None = None) -> ClassForm:
    initial = ClassForm.initial_of(training) if training else {"held_on": on}
    return ClassForm(
        posted(request)[0], initial=initial, tasks=work.open_tasks([unit.pk], on), unit=unit, on=on
    )


# --- One class -----------------------------------------------------------------------------------------------------


@never_cache
def class_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a class stands and what may be done. Names of guests stand on pages of their own."""
    return shown(request, seen_class(request, pk), PaperForm())


def shown(request: HttpRequest, training: TrainingClass, paper: PaperForm) -> HttpResponse:
    """The page of a class, with its form for a paper as it was filled in."""
    may_manage = permissions.can_manage(signed_in(request), training.unit, today())
    state = training.state
    materials = queries.files(training, Paper.MATERIAL)
    return page(
        request,
        "citizens/training/class.html",
        training.subject,
        crumbs=[crumb()],
        training=training,
        state=state,
        when=when(training),
        counts=queries.counts(training),
        came=queries.attended(training),
        unreached=queries.unreached(training) if may_manage and state in RUNNING else 0,
        called=queries.called(queries.on_list(training)) if may_manage and training.invited_at else None,
        materials=materials,
        newest={one.pk for one in queries.newest(materials)},
        evidence=queries.files(training, Paper.SHEET, Paper.PHOTO),
        paper_form=paper,
        address=public_address(request, training),
        may_manage=may_manage,
        is_running=state in RUNNING,
        is_over=training.starts_at <= timezone.now(),
        is_reversed=training.line is not None and hasattr(training.line, "reversal"),
        sat=queries.sat(training),
    )


@require_POST
def class_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Announce or close a class."""
    training = held_class(request, pk)
    deeds: dict[str, tuple[Callable[..., TrainingClass], str]] = {
        "invite": (
            actions.send_invitations,
            _("Đã mở trang của lớp. Ai có thư điện tử sẽ nhận thư mời trong ít phút."),
        ),
        "close": (actions.close_class, _("Đã chốt lớp. Sổ theo dõi có thêm một dòng.")),
    }
    asked = request.POST.get("do", "")
    if asked not in deeds:
        raise Http404
    deed, done = deeds[asked]
    try:
        deed(training=training, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)
    return redirect("training:class", pk)


@never_cache
def class_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before a class is called off, with the reason; afterwards comes who has to be told by telephone."""
    training = held_class(request, pk)
    if training.state not in RUNNING:
        raise Http404
    form = ReasonForm(posted(request)[0])
    if _is_done(request, actions.call_off, training, form):
        messages.success(request, _("Đã hủy lớp. Không có gì được tính vào số liệu."))
        return redirect("training:guests" if training.invited_at else "training:class", pk)
    return page(
        request,
        "citizens/training/off.html",
        _("Hủy lớp tập huấn"),
        crumbs=crumbs_of(training),
        training=training,
        when=when(training),
        guests=training.guests.count(),
        form=form,
    )


@never_cache
def class_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask before the line of a closed class is reversed, with the reason."""
    training = held_class(request, pk)
    if training.state is not State.CLOSED:
        raise Http404
    form = ReasonForm(posted(request)[0])
    if _is_done(request, actions.reopen_class, training, form):
        messages.success(request, _("Đã mở lại lớp. Sửa xong thì chốt lại."))
        return redirect("training:class", pk)
    return page(
        request,
        "citizens/training/reopen.html",
        _("Mở lại lớp đã chốt"),
        crumbs=crumbs_of(training),
        training=training,
        form=form,
    )


def _is_done(
    request: HttpRequest, deed: Callable[..., TrainingClass], training: TrainingClass, form: ReasonForm
) -> bool:
    """Do it when a reason was sent; whether it was done. What refuses it stands in the form."""
    if not form.is_valid():
        return False
    try:
        deed(training=training, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now())
    except Refused as reason:
        show_refusal(form, reason)
        return False
    return True
