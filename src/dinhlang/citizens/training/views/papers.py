"""Invitations, sheets, slips and files of a class."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.models import TrainingFile
from dinhlang.citizens.training import actions, permissions, queries
from dinhlang.citizens.training import papers as printed
from dinhlang.citizens.training.forms import PaperForm, SlipsForm
from dinhlang.citizens.training.papers.files import FORMS, MOST_AT_ONCE, File
from dinhlang.citizens.training.rules.classes import EVIDENCE, Paper
from dinhlang.citizens.training.views.classes import shown
from dinhlang.citizens.training.views.seen import held_class, held_guest, public_address
from dinhlang.citizens.training.views.testing import shown as testing_shown
from dinhlang.org.rules import Refused
from dinhlang.org.views import looking_of, show_refusal, signed_in, today
from dinhlang.work.views.files import download


@never_cache
def invitation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """One invitation for all guests, with their list."""
    training = held_class(request, pk)
    if form not in FORMS:
        raise Http404
    guests = queries.invited(training)
    if not guests:
        messages.error(request, _("Chưa có ai trong danh sách mời. Thêm người được mời trước."))
        return redirect("training:guests", pk)
    address = public_address(request, training)
    return _given(printed.invitation(training, guests, form, address=address, on=today()))


@never_cache
def guest_invitation(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The invitation of one guest."""
    guest = held_guest(request, pk)
    if form not in FORMS:
        raise Http404
    training, to = guest.training, queries.told_of(guest)
    address = public_address(request, training)
    return _given(printed.invitation(training, [to], form, to=to, address=address, on=today()))


@never_cache
def invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """One invitation for each guest, to be printed at once."""
    training = held_class(request, pk)
    guests = queries.invited(training)
    if not 1 <= len(guests) <= MOST_AT_ONCE:
        said = _("In từng người một lần được từ 1 đến %s giấy. Đông hơn thì in giấy mời chung kèm danh sách.")
        messages.error(request, said % MOST_AT_ONCE)
        return redirect("training:guests", pk)
    address = public_address(request, training)
    return _given(printed.invitations(training, guests, address=address, on=today()))


@never_cache
def sheet(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The list that is signed at the door."""
    training = held_class(request, pk)
    if form not in FORMS:
        raise Http404
    address = request.build_absolute_uri(reverse("training:attendance", args=[pk]))
    return _given(printed.sheet(training, queries.guests(training), form, address=address, on=today()))


@require_POST
def slips(request: HttpRequest, pk: int) -> HttpResponse:
    """New slips as PDF. Their codes are in this answer and nowhere else."""
    training = held_class(request, pk)
    form = SlipsForm(request.POST, prefix="phieu")
    if not form.is_valid():
        return testing_shown(request, training, form)
    try:
        codes = actions.note_slips(
            training=training, count=form.cleaned_data["count"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("training:testing", pk)
    made = [
        (code, request.build_absolute_uri(reverse("class:sit-with", args=[training.code, code])))
        for code in codes
    ]
    data = printed.slips(training, made, on=today())
    return _given(File(f"phieu-ma-{training.code}.pdf", FORMS["pdf"], data))


@never_cache
def poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet for the room, with a code that opens the page of the class."""
    training = held_class(request, pk)
    data = printed.poster(training, public_address(request, training), on=today())
    return _given(File(f"ap-phich-{training.code}.pdf", FORMS["pdf"], data))


def _given(file: File) -> HttpResponse:
    how = "inline" if file.media_type == FORMS["pdf"] else "attachment"
    return HttpResponse(
        file.data,
        content_type=file.media_type,
        headers={
            "Content-Disposition": f'{how}; filename="{file.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


# --- Files ---------------------------------------------------------------------------------------------------------


@require_POST
def file_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a file of the class."""
    training = held_class(request, pk)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, training, form)
    sent = form.cleaned_data["file"]
    try:
        made = actions.add_file(
            training=training,
            kind=Paper(form.cleaned_data["kind"]),
            title=form.cleaned_data["title"],
            data=sent.read(),
            name=sent.name,
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        show_refusal(form, reason)
        return shown(request, training, form)
    said = {"title": made.title, "version": made.version}
    messages.success(request, _("Đã thêm “%(title)s”, bản %(version)s.") % said)
    return redirect("training:class", pk)


def _seen(request: HttpRequest, pk: int) -> TrainingFile:
    found = TrainingFile.objects.filter(training__unit__in=looking_of(request).readable_ids, removed_at=None)
    return get_object_or_404(found.select_related("training__unit", "blob"), pk=pk)


def file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, to whoever may see it: the signed sheet names people, so here only who holds classes opens it."""
    found = _seen(request, pk)
    is_open = found.kind not in EVIDENCE
    if not is_open and not permissions.can_manage(signed_in(request), found.training.unit, today()):
        raise Http404
    return download(found.blob, found.name)


@require_POST
def file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a file no more."""
    found = _seen(request, pk)
    held_class(request, found.training_id)
    try:
        actions.remove_file(file=found, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã bỏ tệp."))
    return redirect("training:class", found.training_id)
