"""Prints on the desk: their list, one with its sheet and its register, and where everything hangs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form as TypedForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import Print, PrintPlace, PrintRun
from dinhlang.broadcast.papers import as_response
from dinhlang.broadcast.prints import actions, queries, sheets
from dinhlang.broadcast.prints.forms import DownForm, PhotoForm, PlaceForm, PrintFilter, PrintForm, RunForm
from dinhlang.broadcast.prints.rules import Form
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    looking_of,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.work import queries as work
from dinhlang.work.views.files import download

_PRINT_DPI = 300
_KINDS = ("may-in.pdf", "tiem-in.pdf", "anh-1.png", "anh-2.png")


def _crumbs(made: Print | None = None) -> list[tuple[str, str]]:
    above = [crumb(), (reverse("broadcast:prints"), _("Ấn phẩm"))]
    return [*above, (reverse("broadcast:print", args=[made.pk]), made.title)] if made is not None else above


def _seen(request: HttpRequest, pk: int) -> Print:
    found = Print.objects.filter(unit__in=looking_of(request).readable_ids)
    return get_object_or_404(
        found.select_related("unit", "picture__picture", "task__plan", "approved_by", "made_by"), pk=pk
    )


def _seen_place(request: HttpRequest, pk: int) -> PrintPlace:
    found = PrintPlace.objects.filter(of__unit__in=looking_of(request).readable_ids)
    return get_object_or_404(found.select_related("of__unit", "photo__picture__thumbnail"), pk=pk)


# --- Lists ---------------------------------------------------------------------------------------------------------


def prints(request: HttpRequest) -> HttpResponse:
    """The prints of a body, with how many were printed and hang."""
    on = today()
    body, bodies = body_asked(request, on)
    form = PrintFilter(request.GET or None, units=bodies, of_places=False)
    rows = slice_of(
        request, queries.prints([body.pk], words=asked_text(request), form=form.asked.get("form", ""))
    )
    counts = queries.copies_of_all([one.pk for one in rows])
    overdue, called_back = queries.to_take_down(body, on)
    return page(
        request,
        "broadcast/prints.html",
        _("Ấn phẩm"),
        crumbs=[crumb()],
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[(one, counts[one.pk]) for one in rows],
        query=query_without_page(request),
        kinds=Form.choices,
        overdue=overdue,
        called_back=called_back,
        may_write=permissions.can_write(signed_in(request), body, on),
    )


def places(request: HttpRequest) -> HttpResponse:
    """Where prints hang or were handed out."""
    on = today()
    body, bodies = body_asked(request, on)
    form = PrintFilter(request.GET or None, units=bodies, of_places=True)
    rows = slice_of(request, _places_asked(request, form, body))
    return page(
        request,
        "broadcast/print_places.html",
        _("Nơi treo, phát ấn phẩm"),
        crumbs=_crumbs(),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[(one, queries.standing_of(one, on)) for one in rows],
        query=query_without_page(request),
    )


def _places_asked(request: HttpRequest, form: PrintFilter, body: Unit) -> QuerySet[PrintPlace]:
    which = form.asked.get("standing", "")
    return queries.places([body.pk], words=asked_text(request), which=which, on=today())


@require_POST
def places_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The places that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    found = _places_asked(request, PrintFilter(request.GET or None, units=bodies, of_places=True), body)
    export_list(
        action="print.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Số"),
        _("Ấn phẩm"),
        _("Loại ấn phẩm"),
        _("Nơi treo, phát"),
        _("Số bản"),
        _("Từ ngày"),
        _("Đến hết ngày"),
        _("Tình trạng"),
        _("Tháo ngày"),
        _("Có ảnh"),
        _("Người ghi"),
    ]
    return tables.download(f"noi-treo-an-pham-{body.pk}-{on:%Y%m%d}", form, header, _cells(found))


def _cells(found: QuerySet[PrintPlace]) -> Iterator[tuple[str | int, ...]]:
    on = today()
    for one in found.iterator(chunk_size=500):
        yield (
            one.of_id,
            one.of.title,
            one.of.get_form_display(),
            one.place,
            one.copies,
            f"{one.starts_on:%d/%m/%Y}",
            f"{one.until:%d/%m/%Y}" if one.until else "",
            str(queries.standing_of(one, on).label),
            f"{one.taken_down_on:%d/%m/%Y}" if one.taken_down_on else "",
            _("có") if one.photo_id else _("không"),
            one.recorded_by.full_name if one.recorded_by else "",
        )


# --- Words ---------------------------------------------------------------------------------------------------------


def print_new(request: HttpRequest) -> HttpResponse:
    """Begin a print that is typed; `?loai=` says what it is, `?tu=` a print whose words it begins with."""
    on = today()
    try:
        body = managed_body(request, on, Permission.BROADCAST_WRITE)
    except Http404:
        body = managed_body(request, on, Permission.BROADCAST_REVIEW)
    kind = request.GET.get("loai", Form.LEAFLET)
    if kind not in Form.values:
        raise Http404
    initial: dict[str, Any] = {}
    if (begun := request.GET.get("tu", "")).isdecimal():
        initial = PrintForm.initial_of(_seen(request, int(begun[:12]))) | {"form": kind, "seen": None}
    form = PrintForm(posted(request)[0], tasks=work.open_tasks([body.pk], on), fixed=kind, initial=initial)
    if form.is_valid():
        try:
            made = actions.write_print(
                unit=body, words=form.words(), sheet=form.sheet(), by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lập ấn phẩm. Xem tờ in, rồi trình lãnh đạo duyệt."))
            return redirect("broadcast:print", made.pk)
    title = _("Soạn: %(kind)s") % {"kind": Form(kind).label}
    return page(request, "broadcast/print_edit.html", title, crumbs=_crumbs(), form=form)


def print_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in a print that was not printed yet."""
    made = _seen(request, pk)
    on = today()
    if not permissions.can_write(signed_in(request), made.unit, on):
        raise Http404
    form = PrintForm(
        posted(request)[0],
        tasks=work.open_tasks([made.unit_id], on),
        fixed=made.form,
        initial=PrintForm.initial_of(made),
    )
    if form.is_valid():
        try:
            actions.save_print(
                made=made,
                words=form.words(),
                sheet=form.sheet(),
                seen=form.cleaned_data["seen"] or 0,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("broadcast:print", pk)
    return page(
        request, "broadcast/print_edit.html", _("Sửa ấn phẩm"), crumbs=_crumbs(made), form=form, made=made
    )


# --- One print -----------------------------------------------------------------------------------------------------


@never_cache
def print_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet as it comes out, what may be done, and its register."""
    return _detail(request, _seen(request, pk))


def _detail(
    request: HttpRequest,
    made: Print,
    run_form: RunForm | None = None,
    place_form: PlaceForm | None = None,
) -> HttpResponse:
    on, who = today(), signed_in(request)
    copies, look = queries.copies_of(made), sheets.look(made, on=on)
    may_register = permissions.can_register(who, made.unit, on) and made.withdrawn_at is None
    found_places = list(
        made.places.select_related("photo__picture", "recorded_by", "taken_down_by", "line").order_by(
            "taken_back_at", "-starts_on", "-pk"
        )[:200]
    )
    for one in found_places:
        one.of = made
    is_cleared = made.is_cleared
    return page(
        request,
        "broadcast/print.html",
        made.title,
        crumbs=_crumbs(),
        made=made,
        look=look,
        sides=range(1, look.pages + 1),
        copies=copies,
        is_cleared=is_cleared,
        is_word_for_word=made.is_word_for_word,
        digest=made.digest,
        body_name=capfirst(org.title_of(made.unit, on)),
        runs=made.runs.select_related("recorded_by", "file").order_by("-printed_on", "-pk")[:50],
        places=[(one, queries.standing_of(one, on)) for one in found_places],
        may_edit=permissions.can_write(who, made.unit, on)
        and made.withdrawn_at is None
        and not copies.printed,
        may_copy=permissions.can_write(who, made.unit, on),
        may_approve=made.withdrawn_at is None
        and not is_cleared
        and can(who, Permission.BROADCAST_APPROVE, made.unit, on),
        may_withdraw=made.withdrawn_at is None and permissions.can_withdraw_print(who, made, on),
        may_register=may_register,
        may_take_down=permissions.can_register(who, made.unit, on),
        run_form=run_form or RunForm(initial={"printed_on": on}, prefix="in"),
        place_form=place_form or PlaceForm(initial={"starts_on": on}, form_of_print=made.form, prefix="noi"),
        picture_form=PhotoForm(prefix="anh"),
        on=on,
    )


def print_preview(request: HttpRequest, pk: int, side: int) -> HttpResponse:
    """One page of the sheet as a small picture."""
    found = sheets.shown(_seen(request, pk), on=today())
    if not 1 <= side <= len(found):
        raise Http404
    return HttpResponse(
        found[side - 1],
        content_type="image/png",
        headers={"Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff"},
    )


def print_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The sheet as a file: PDF for an office's printer or a shop, or a picture at 300 dots to the inch for one that takes no PDF."""
    made = _seen(request, pk)
    if kind not in _KINDS:
        raise Http404
    name = f"an-pham-{made.pk}"
    if kind.endswith(".pdf"):
        is_shop = kind == "tiem-in.pdf"
        data = sheets.pdf(made, on=today(), shop=is_shop)
        return as_response(data, f"{name}-tiem-in" if is_shop else name)
    if made.form == Form.BANNER:
        raise Http404
    found = sheets.pictures(made, on=today(), ppi=_PRINT_DPI)
    side = int(kind[len("anh-")])
    if side > len(found):
        raise Http404
    return HttpResponse(
        found[side - 1],
        content_type="image/png",
        headers={
            "Content-Disposition": f'attachment; filename="{name}-{side}.png"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@require_POST
def print_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve it, or call it back."""
    made = _seen(request, pk)
    given: dict[str, Any] = {"made": made, "by": signed_in(request), "at": timezone.now()}
    reason = request.POST.get("reason", "")
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "approve": (
            lambda: actions.approve_print(seen=request.POST.get("seen", ""), **given),
            _("Đã duyệt. Ấn phẩm được in."),
        ),
        "withdraw": (
            lambda: actions.withdraw_print(reason=reason, **given),
            _("Đã thu hồi. Không in nữa; các nơi đang treo cần tháo."),
        ),
    }
    act, told = deeds.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        raise Http404
    do(request, act, told)
    return redirect("broadcast:print", pk)


@require_POST
def print_picture(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a picture on the sheet, or take it off."""
    made = _seen(request, pk)
    data = None
    if request.POST.get("do") != "off":
        form = PhotoForm(request.POST, request.FILES, prefix="anh")
        if not form.is_valid():
            messages.error(request, str(next(iter(form.errors.values()))[0]))
            return redirect("broadcast:print", pk)
        data = form.cleaned_data["photo"].read()
    act = partial(actions.set_picture, made=made, data=data, by=signed_in(request), at=timezone.now())
    do(request, act, _("Đã đổi ảnh. Xem lại tờ in."))
    return redirect("broadcast:print", pk)


# --- The register --------------------------------------------------------------------------------------------------


@require_POST
def print_run(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that copies were printed."""
    made = _seen(request, pk)
    form = RunForm(request.POST, request.FILES, prefix="in")
    if form.is_valid() and _written(
        request,
        form,
        lambda: actions.record_run(made=made, run=form.given(), by=signed_in(request), at=timezone.now()),
        _("Đã ghi lần in. Treo, phát ở đâu thì ghi tiếp nơi đó."),
    ):
        return redirect("broadcast:print", pk)
    return _detail(request, made, run_form=form)


@require_POST
def print_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down where copies hang or were handed out."""
    made = _seen(request, pk)
    form = PlaceForm(request.POST, request.FILES, form_of_print=made.form, prefix="noi")
    if form.is_valid() and _written(
        request,
        form,
        lambda: actions.record_place(made=made, place=form.given(), by=signed_in(request), at=timezone.now()),
        _("Đã ghi nơi treo, phát."),
    ):
        return redirect("broadcast:print", pk)
    return _detail(request, made, place_form=form)


def _written(request: HttpRequest, form: TypedForm, act: Callable[[], object], told: str) -> bool:
    try:
        act()
    except Refused as reason:
        show_refusal(form, reason)
        return False
    messages.success(request, told)
    return True


@require_POST
def print_run_take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a run that was written by mistake."""
    run = get_object_or_404(
        PrintRun.objects.filter(of__unit__in=looking_of(request).readable_ids).select_related("of__unit"),
        pk=pk,
    )
    reason = request.POST.get("reason", "")
    do(
        request,
        lambda: actions.take_back_run(run=run, reason=reason, by=signed_in(request), at=timezone.now()),
        _("Đã rút lần in ghi nhầm."),
    )
    return redirect("broadcast:print", run.of_id)


@require_POST
def print_place_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A photo laid beside a place, taken down, or taken back."""
    place = _seen_place(request, pk)
    given: dict[str, Any] = {"place": place, "by": signed_in(request), "at": timezone.now()}
    what = request.POST.get("do", "")
    if what == "photo":
        photo = PhotoForm(request.POST, request.FILES)
        if photo.is_valid():
            data = photo.cleaned_data["photo"].read()
            do(request, lambda: actions.add_photo(data=data, **given), _("Đã lưu ảnh."))
        else:
            messages.error(request, str(next(iter(photo.errors.values()))[0]))
    elif what == "down":
        down = DownForm(request.POST)
        if down.is_valid():
            day = down.cleaned_data["taken_down_on"]
            do(request, lambda: actions.take_down(on=day, **given), _("Đã ghi việc tháo."))
        else:
            messages.error(request, str(next(iter(down.errors.values()))[0]))
    elif what == "back":
        reason = request.POST.get("reason", "")
        do(request, lambda: actions.take_back_place(reason=reason, **given), _("Đã rút dòng ghi nhầm."))
    else:
        raise Http404
    return redirect("broadcast:print", place.of_id)


def print_photo(request: HttpRequest, pk: int, size: str) -> HttpResponse:
    """The photo of a place, small or whole, to whoever may see the print."""
    place = _seen_place(request, pk)
    if place.photo is None or size not in ("nho", "lon"):
        raise Http404
    small = getattr(place.photo, "picture", None) if size == "nho" else None
    return download(small.thumbnail if small is not None else place.photo, f"anh-noi-treo-{pk}.jpg")
