"""Who is invited, and who came."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.training import actions, queries
from dinhlang.citizens.training.actions import Invited
from dinhlang.citizens.training.forms import GuestFilter, NamedForm, StaffForm, UnannouncedForm
from dinhlang.citizens.training.queries import OnList
from dinhlang.citizens.training.rules.calls import ABOUT_CALLING_OFF, ABOUT_INVITATION, NOTE_LENGTH, Answer
from dinhlang.citizens.training.rules.classes import RUNNING, Group, State
from dinhlang.citizens.training.views.seen import crumbs_of, held_class, held_guest
from dinhlang.org import tables
from dinhlang.org.rules import Refused
from dinhlang.org.views import key_of_form, page, query_without_page, show_refusal, signed_in, today


@never_cache
def guest_list(request: HttpRequest, pk: int, refused: int = 0) -> HttpResponse:
    """The list of guests, and the ways to add some; `refused` is the guest whose call is being refused."""
    training = held_class(request, pk)
    is_running = training.state in RUNNING
    candidates = queries.candidates(training, today()) if is_running else []
    asked = request.POST.get("do", "") if request.method == "POST" else ""
    staff = StaffForm(request.POST if asked == "staff" else None, candidates=candidates, prefix="nguoi")
    typed = (request.POST, request.FILES) if asked == "named" else (None, None)
    named = NamedForm(typed[0], typed[1], prefix="ten")
    if staff.is_valid() or named.is_valid():
        try:
            done = _invite(request, training, staff if asked == "staff" else None, named)
        except Refused as reason:
            show_refusal(staff if asked == "staff" else named, reason)
        else:
            if done is not None:
                _tell(request, done)
                return redirect("training:guests", pk)
    rows = queries.on_list(training)
    form = GuestFilter(request.GET or None)
    shown = [one for one in rows if form.shows(one)]
    return page(
        request,
        "citizens/training/guests.html",
        _("Người được mời"),
        crumbs=crumbs_of(training),
        training=training,
        guests=shown,
        people=len(rows),
        called=queries.called(rows),
        form=form,
        # The list is read whole, as an attendance sheet is; whoever calls goes down it.
        whole=Paginator(rows, max(1, len(rows))).page(1),
        query=query_without_page(request),
        kinds=tables.KINDS,
        refused=refused,
        answers=ABOUT_CALLING_OFF if training.state is State.CANCELLED else ABOUT_INVITATION,
        may_call=training.invited_at is not None and training.state is not State.CLOSED,
        longest_note=NOTE_LENGTH,
        key=uuid4(),
        unreached=queries.unreached(training),
        staff=staff if candidates else None,
        named=named,
        is_running=is_running,
        is_called_off=training.state is State.CANCELLED,
    )


@require_POST
def guests_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The guests that the filter asks for as a table, for whoever holds the class; noted in the audit, since names stand in it."""
    if form not in tables.FORMS:
        raise Http404
    training = held_class(request, pk)
    asked = GuestFilter(request.GET or None)
    found = [one for one in queries.on_list(training) if asked.shows(one)]
    actions.export_guests(
        training=training, form=form, rows=len(found), by=signed_in(request), at=timezone.now()
    )
    header = [
        _("Họ và tên"),
        _("Thôn, đơn vị"),
        _("Thành phần"),
        _("Điện thoại"),
        _("Giấy mời"),
        _("Trả lời khi được gọi"),
        _("Có mặt"),
    ]
    return tables.download(f"nguoi-duoc-moi-{training.code}", form, header, _cells(found))


def _cells(found: list[OnList]) -> Iterator[tables.Row]:
    for one in found:
        guest, row = one.guest, one.guest.row
        yield [
            guest.name,
            guest.place,
            row.get_group_display(),
            guest.phone,
            _("không có giấy mời") if row.is_unannounced else _("đã gửi thư") if row.mailed_at else "",
            f"{one.call.answer.label}{f': {one.call.note}' if one.call.note else ''}" if one.call else "",
            _("có mặt") if guest.came else "",
        ]


def _invite(
    request: HttpRequest, training: TrainingClass, staff: StaffForm | None, named: NamedForm
) -> Invited | None:
    """Add who was chosen; None where the list has to be mended first."""
    by, at = signed_in(request), timezone.now()
    if staff is not None:
        return actions.invite_people(training=training, people=staff.chosen(), by=by, at=at)
    listed = named.listed()
    if listed.problems:
        for problem in listed.problems:
            named.add_error("people", problem)
        return None
    group = Group(named.cleaned_data["group"])
    return actions.invite_named(training=training, group=group, people=listed.people, by=by, at=at)


def _tell(request: HttpRequest, done: Invited) -> None:
    said = ngettext("Đã thêm %s người.", "Đã thêm %s người.", done.added) % done.added
    if done.known:
        known = ngettext("%s người đã có trong danh sách.", "%s người đã có trong danh sách.", done.known)
        said = f"{said} {known % done.known}"
    messages.success(request, said)


@require_POST
def guest_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    guest = held_guest(request, pk)
    try:
        actions.remove_guest(guest=guest, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã bỏ khỏi danh sách."))
    return _back_to_list(request, guest.training_id)


@require_POST
def guest_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what somebody said on the telephone."""
    guest = held_guest(request, pk)
    answer = request.POST.get("answer", "")
    try:
        if answer not in Answer.values:
            raise Refused(_("Chưa chọn người được gọi trả lời thế nào."))
        made = actions.note_call(
            guest=guest,
            answer=Answer(answer),
            note=request.POST.get("note", ""),
            key=key_of_form(request),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return guest_list(request, guest.training_id, refused=guest.pk)
    messages.success(request, _("Đã ghi cuộc gọi: %(answer)s.") % {"answer": made.get_answer_display()})
    return _back_to_list(request, guest.training_id)


def _back_to_list(request: HttpRequest, training: int) -> HttpResponse:
    """The list as it was filtered."""
    asked = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"{reverse('training:guests', args=[training])}{asked}")


@never_cache
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Tick who came, all at once; the last ticking can be taken back."""
    training = held_class(request, pk)
    if request.method == "POST":
        return _ticked(request, training)
    return _attendance(request, training, UnannouncedForm(prefix="them"))


def _attendance(
    request: HttpRequest, training: TrainingClass, form: UnannouncedForm, status: int = 200
) -> HttpResponse:
    guests = queries.guests(training)
    return page(
        request,
        "citizens/training/attendance.html",
        _("Điểm danh"),
        crumbs=crumbs_of(training),
        status=status,
        training=training,
        groups=[
            (group.label, there)
            for group in Group
            if (there := [one for one in guests if one.row.group == group])
        ],
        counts=queries.counts(training),
        came=sum(one.came for one in guests),
        form=form,
        is_running=training.state in RUNNING,
    )


def _ticked(request: HttpRequest, training: TrainingClass) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    asked = request.POST.get("do", "")
    try:
        if asked == "undo":
            actions.undo_tick(training=training, by=by, at=at)
            messages.success(request, _("Đã hoàn tác lần điểm danh vừa rồi."))
        else:
            shown = _numbers(request, "shown")
            came = shown if asked == "all" else _numbers(request, "came")
            on, off = actions.tick(training=training, shown=shown, came=came, by=by, at=at)
            said = _("Đã lưu điểm danh: thêm %(on)s người có mặt, bỏ %(off)s.") % {"on": on, "off": off}
            messages.success(request, said)
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("training:attendance", training.pk)


def _numbers(request: HttpRequest, name: str) -> set[int]:
    return {
        int(one) for one in request.POST.getlist(name) if one.isascii() and one.isdigit() and len(one) < 16
    }


@require_POST
def unannounced(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody came without an invitation."""
    training = held_class(request, pk)
    form = UnannouncedForm(request.POST, prefix="them")
    if form.is_valid():
        try:
            actions.add_unannounced(
                training=training,
                group=Group(form.cleaned_data["group"]),
                named=form.named(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã thêm vào danh sách có mặt."))
            return redirect("training:attendance", pk)
    return _attendance(request, training, form, status=422)
