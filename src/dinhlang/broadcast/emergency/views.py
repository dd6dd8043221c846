"""Emergency messages on the desk: written, proposed, sent by a second person, followed; who has heard them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dinhlang.broadcast import permissions
from dinhlang.broadcast.emergency import actions, cap, links, queries, rules, taking
from dinhlang.broadcast.emergency.forms import CapForm, EmergencyFilter, EmergencyForm, SoundForm
from dinhlang.broadcast.emergency.rules import Deed, Message, State, Status
from dinhlang.broadcast.models import Emergency
from dinhlang.broadcast.speech.finishing import BadSound, finished
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
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
from dinhlang.work import blobs


def crumbs() -> list[tuple[str, str]]:
    """Where a page about a message lies."""
    return [crumb(), (reverse("broadcast:emergencies"), _("Khẩn cấp"))]


def seen_emergency(request: HttpRequest, pk: int) -> Emergency:
    """A message of a body that the person may see; 404 otherwise."""
    rows = Emergency.objects.filter(unit__in=looking_of(request).readable_ids)
    people = ("made_by", "proposed_by", "issued_by")
    return get_object_or_404(rows.select_related("unit", "refers", "recording", *people), pk=pk)


def emergency_list(request: HttpRequest) -> HttpResponse:
    """The messages of a body, the newest first, and what is heard now."""
    on, at = today(), timezone.now()
    body, bodies = body_asked(request, on)
    form = _filter(request, body, bodies)
    return page(
        request,
        "broadcast/emergencies.html",
        _("Thông tin khẩn cấp"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        is_narrowed=form.asked != queries.Asked(),
        page=slice_of(request, queries.emergencies_of(body, form.asked)),
        query=query_without_page(request),
        live=queries.live_in(body, at),
        may_write=permissions.can_alarm(signed_in(request), body, on),
        cap_form=CapForm(),
    )


def _filter(request: HttpRequest, body: Unit, bodies: dict[str, str]) -> EmergencyFilter:
    return EmergencyFilter(request.GET or None, units=bodies, years=queries.years_of(body))


@require_POST
def emergency_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The messages that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    found = list(queries.emergencies_of(body, _filter(request, body, bodies).asked))
    export_list(
        action="emergency.export",
        rows={body.pk: len(found)},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Thông điệp"),
        _("Tính chất"),
        _("Trạng thái"),
        _("Việc gì"),
        _("Nơi bị ảnh hưởng"),
        _("Lời đọc"),
        _("Người soạn"),
        _("Người phát lệnh"),
        _("Phát lệnh lúc"),
        _("Hiệu lực đến"),
        _("Máy đã nhận"),
    ]
    return tables.download(f"khan-cap-{body.pk}-{on:%Y%m%d}", form, header, _rows(found))


def _rows(found: list[Emergency]) -> Iterator[tuple[str | int, ...]]:
    heard = queries.heard_by(found)
    for one in found:
        yield (
            f"{one.get_message_display()}: {one.headline}",
            one.get_status_display(),
            one.get_state_display(),
            one.event,
            one.area,
            one.words,
            str(one.made_by) if one.made_by else one.sender,
            str(one.issued_by) if one.issued_by else "",
            _moment(one.issued_at),
            _moment(one.expires_at),
            heard.get(one.pk, 0),
        )


def _moment(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y %H:%M}" if at else ""


def emergency_new(request: HttpRequest) -> HttpResponse:
    """Begin a message."""
    at = timezone.now()
    body = _body(request)
    form = EmergencyForm(posted(request)[0], initial={"status": Status.ACTUAL})
    if form.is_valid():
        try:
            made = actions.write(unit=body, told=form.told(at), by=signed_in(request), at=at)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu bản nháp. Xem lại rồi đề nghị phát."))
            return redirect("broadcast:emergency", made.pk)
    return page(
        request,
        "broadcast/emergency_edit.html",
        _("Soạn thông điệp khẩn cấp"),
        crumbs=crumbs(),
        form=form,
        body=body,
    )


def _body(request: HttpRequest) -> Unit:
    """The body that the person may write for."""
    for permission in (Permission.BROADCAST_WRITE, Permission.BROADCAST_REVIEW):
        try:
            return managed_body(request, today(), permission)
        except Http404:
            continue
    return managed_body(request, today(), Permission.BROADCAST_APPROVE)


@require_POST
def emergency_take_in(request: HttpRequest) -> HttpResponse:
    """Take a CAP file of the level above in as a draft."""
    body = _body(request)
    form = CapForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect(_list_of(body))
    try:
        made = taking.take_in(
            unit=body, data=form.cleaned_data["file"].read(), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(_list_of(body))
    messages.success(request, _("Đã nhận thông điệp. Xem lại rồi đề nghị phát."))
    return redirect("broadcast:emergency", made.pk)


def _list_of(body: Unit) -> str:
    return f"{reverse('broadcast:emergencies')}?unit={body.pk}"


def emergency_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One message: what it says, who did what, what can be done, which devices have it and aired it."""
    on, at = today(), timezone.now()
    emergency = seen_emergency(request, pk)
    is_sent = emergency.state == State.ISSUED
    heard = queries.hearings(emergency, at) if is_sent else []
    return page(
        request,
        "broadcast/emergency.html",
        queries.title_of(emergency),
        crumbs=crumbs(),
        emergency=emergency,
        body_name=capfirst(org.title_of(emergency.unit, on)),
        deeds=_deeds(emergency, signed_in(request), on),
        digest=queries.digest_of(emergency),
        heard=heard,
        acknowledged=sum(one.receipt is not None for one in heard),
        aired=sum(one.aired_at is not None for one in heard),
        is_over=is_sent and queries.is_over(emergency, at),
        tip=queries.tip_of(emergency) if is_sent else None,
        may_edit=emergency.state == State.DRAFT
        and permissions.can_alarm(signed_in(request), emergency.unit, on),
        recording_form=SoundForm(),
        **_by_link(request, emergency),
        needs_two=emergency.status != Status.TEST,
    )


def _by_link(request: HttpRequest, emergency: Emergency) -> dict[str, Any]:
    """What the page needs to send the second person a link, for whoever may."""
    at = timezone.now()
    if emergency.state != State.PROPOSED or not permissions.can_alarm(
        signed_in(request), emergency.unit, today()
    ):
        return {}
    others = [one for one in links.second_people(emergency, at) if one != signed_in(request)]
    return {
        "link_form": LinkForm(people=others) if others else None,
        "links": links.open_links_of(emergency, at),
    }


def _deeds(emergency: Emergency, who: Person, on: date) -> set[str]:
    """What the person may do now."""
    writes = permissions.can_alarm(who, emergency.unit, on)
    found = {
        deed.value
        for deed in (Deed.PROPOSE, Deed.TAKE_BACK, Deed.DROP)
        if writes and rules.can_happen(emergency.state, deed)
    }
    is_leader = can(who, Permission.BROADCAST_APPROVE, emergency.unit, on)
    is_test = emergency.status == Status.TEST
    if rules.can_happen(emergency.state, Deed.ISSUE) and (is_leader or (is_test and writes)):
        is_second = who.pk not in (emergency.made_by_id, emergency.proposed_by_id)
        found.add(Deed.ISSUE.value if is_second or is_test else "needs-another")
    is_sent = emergency.state == State.ISSUED
    if is_sent and writes and not emergency.followed_by.filter(state=State.ISSUED).exists():
        found |= {Message.UPDATE.value, Message.CANCEL.value}
    return found


def emergency_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    at = timezone.now()
    emergency = seen_emergency(request, pk)
    if not permissions.can_alarm(signed_in(request), emergency.unit, today()):
        raise Http404
    form = EmergencyForm(posted(request)[0], initial=EmergencyForm.initial_of(emergency))
    # What it is was chosen when it began: nobody makes a test real by one click.
    form.fields["status"].disabled = True
    if form.is_valid():
        try:
            actions.edit(
                emergency=emergency,
                told=form.told(at),
                seen=form.cleaned_data["seen"] or 0,
                by=signed_in(request),
                at=at,
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("broadcast:emergency", pk)
    return page(
        request,
        "broadcast/emergency_edit.html",
        _("Sửa thông điệp khẩn cấp"),
        crumbs=crumbs(),
        form=form,
        body=emergency.unit,
        emergency=emergency,
    )


@require_POST
def emergency_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed."""
    emergency = seen_emergency(request, pk)
    by, at = signed_in(request), timezone.now()
    asked = request.POST.get("do", "")
    if asked in (Message.UPDATE, Message.CANCEL):
        return _follow(request, emergency, asked)
    seen = request.POST.get("seen", "")
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        Deed.PROPOSE: (
            lambda: actions.propose(emergency=emergency, by=by, at=at),
            _("Đã đề nghị phát. Người thứ hai xem rồi phát lệnh."),
        ),
        Deed.TAKE_BACK: (
            lambda: actions.take_back(emergency=emergency, by=by, at=at),
            _("Đã lấy lại để sửa."),
        ),
        Deed.DROP: (lambda: actions.drop(emergency=emergency, by=by, at=at), _("Đã bỏ.")),
        Deed.ISSUE: (
            lambda: actions.issue(emergency=emergency, seen=seen, by=by, at=at),
            _("Đã phát lệnh. Loa phát ngay; bảng dưới cho biết máy nào đã nhận."),
        ),
    }
    act, told = deeds.get(asked, (None, ""))
    if act is None:
        raise Http404
    do(request, act, told)
    return redirect("broadcast:emergency", pk)


def _follow(request: HttpRequest, emergency: Emergency, message: str) -> HttpResponse:
    try:
        made = actions.follow(emergency=emergency, message=message, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("broadcast:emergency", emergency.pk)
    messages.success(request, _("Đã lập bản nháp. Xem lại rồi đề nghị phát."))
    return redirect("broadcast:emergency", made.pk)


@require_POST
def emergency_recording(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a person's recording beside a draft: evened, as MP3."""
    emergency = seen_emergency(request, pk)
    permissions.check_can_alarm(signed_in(request), emergency.unit, today())
    form = SoundForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        return redirect("broadcast:emergency", pk)
    try:
        sound = finished(form.cleaned_data["recording"].read(), title=str(emergency))
        actions.attach(
            emergency=emergency,
            data=sound.mp3,
            seconds=max(1, round(sound.seconds)),
            by=signed_in(request),
            at=timezone.now(),
        )
    except (Refused, BadSound) as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã lưu bản ghi âm."))
    return redirect("broadcast:emergency", pk)


@never_cache
@require_safe
def emergency_sound(request: HttpRequest, pk: int) -> HttpResponse:
    """The sound as it will be heard, for the second person."""
    emergency = seen_emergency(request, pk)
    return sound_of(emergency)


def sound_of(emergency: Emergency) -> HttpResponse:
    """The sound of a message. Raises `Http404` while it has none."""
    if emergency.recording is None:
        raise Http404
    kind = emergency.recording.media_type
    data = blobs.read(emergency.recording)
    answer = HttpResponse(data, content_type=kind if kind.startswith("audio/") else "audio/mpeg")
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Accept-Ranges"] = "none"
    return answer


@require_safe
def emergency_cap(request: HttpRequest, pk: int) -> HttpResponse:
    """A message that was sent as a CAP file."""
    return _cap(seen_emergency(request, pk))


@require_safe
def cap_file(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The same for everyone."""
    return _cap(get_object_or_404(Emergency.objects.select_related("unit", "refers"), uid=uid))


def _cap(emergency: Emergency) -> HttpResponse:
    if emergency.state != State.ISSUED:
        raise Http404
    answer = HttpResponse(taking.given_out(emergency), content_type=cap.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{emergency.uid}.xml"'
    answer.headers["Cache-Control"] = "public, no-cache"
    return answer
