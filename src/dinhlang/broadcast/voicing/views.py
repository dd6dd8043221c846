"""The sound of a bulletin on the desk: a voice chosen, listened to, put away; recorded on a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.broadcast import permissions
from dinhlang.broadcast.models import Bulletin, BulletinEdition
from dinhlang.broadcast.players.rules import NoSuchPart
from dinhlang.broadcast.rules.states import IN_WORK
from dinhlang.broadcast.views.seen import crumb, seen_bulletin
from dinhlang.broadcast.voicing import bulletins, queries
from dinhlang.broadcast.voicing.forms import RecordingForm, VoiceForm
from dinhlang.broadcast.voicing.serving import sound_file
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.middleware import permissions_and
from dinhlang.org.views import page, signed_in, today

FILES = {"mp3": "audio/mpeg", "opus": "audio/ogg", "vtt": "text/vtt", "json": "application/json"}


def _edition(bulletin: Bulletin) -> BulletinEdition:
    edition = bulletin.draft or bulletin.approved
    if edition is None:
        raise Http404
    return edition


def sound_part(request: HttpRequest, pk: int) -> HttpResponse:
    """The sound of a bulletin as its page shows it; looked at again by itself while the worker is at it."""
    bulletin = seen_bulletin(request, pk)
    return page(
        request,
        "broadcast/sound_page.html",
        str(bulletin),
        crumbs=[crumb(), (reverse("broadcast:bulletin", args=[pk]), str(bulletin))],
        **context_of(request, bulletin),
    )


def context_of(request: HttpRequest, bulletin: Bulletin) -> dict[str, Any]:
    """What `broadcast/sound.html` shows."""
    shown = queries.shown_of(_edition(bulletin))
    may_write = permissions.can_write(signed_in(request), bulletin.unit, today())
    return {
        "bulletin": bulletin,
        "sound": shown,
        "may_write_sound": may_write,
        "may_record": may_write and bulletin.state in IN_WORK,
        "may_voice": may_write and bulletins.can_be_read_by_voice(bulletin, shown.edition),
        "voice_form": VoiceForm(initial={"voice": shown.voice or queries.usual_voice(bulletin.unit)}),
    }


@require_POST
def sound_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a voice, try again, leave it to an announcer, take a recording away."""
    bulletin = seen_bulletin(request, pk)
    who, at = signed_in(request), timezone.now()

    def voice() -> None:
        form = VoiceForm(request.POST)
        if not form.is_valid():
            raise Refused(_("Chọn giọng đọc và tốc độ trong danh sách."))
        bulletins.read_by_voice(
            bulletin=bulletin,
            voice=form.cleaned_data["voice"],
            rate=float(form.cleaned_data["rate"]),
            by=who,
            at=at,
        )

    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "voice": (voice, _("Máy đang đọc. Âm thanh hiện ở đây khi xong.")),
        "retry": (
            lambda: bulletins.try_again(bulletin=bulletin, by=who, at=at),
            _("Đang làm lại."),
        ),
        "announcer": (
            lambda: bulletins.leave_to_announcer(bulletin=bulletin, by=who, at=at),
            _("Đã bỏ giọng máy. Phát thanh viên đọc bản tin này."),
        ),
        "remove": (
            lambda: bulletins.remove_recording(bulletin=bulletin, by=who, at=at),
            _("Đã bỏ bản ghi âm."),
        ),
    }
    act, told = deeds.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        raise Http404
    try:
        act()
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told)
    return redirect(f"{reverse('broadcast:bulletin', args=[pk])}#am-thanh")


def sound_download(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The sound that is heard, as MP3 or Opus, or its transcript."""
    shown = queries.shown_of(_edition(seen_bulletin(request, pk)))
    if form not in FILES or shown.file is None:
        raise Http404
    if form in ("vtt", "json"):
        if shown.made is None:
            raise Http404
        told = queries.webvtt(shown.made) if form == "vtt" else queries.as_json(shown.made)
        answer = HttpResponse(told, content_type=f"{FILES[form]}; charset=utf-8")
        answer.headers["Content-Disposition"] = f'attachment; filename="ban-tin-{pk}.{form}"'
        return answer
    blob = shown.file
    if form == "opus":
        if shown.made is None or shown.made.opus is None:
            raise Http404
        blob = shown.made.opus
    try:
        return sound_file(blob, request.headers.get("Range", ""))
    except NoSuchPart:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{blob.size}"})


# --- Recording ----------------------------------------------------------------------------------------------------


def record_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The script beside the microphone. The one page that may use it."""
    bulletin = seen_bulletin(request, pk)
    if not permissions.can_write(signed_in(request), bulletin.unit, today()):
        raise Http404
    if bulletin.state not in IN_WORK or bulletin.draft is None:
        messages.error(request, _("Bản tin này hiện không ghi âm được. Lấy lại hoặc mở bản mới để sửa."))
        return redirect("broadcast:bulletin", pk)
    answer = page(
        request,
        "broadcast/record.html",
        _("Thu âm bản tin"),
        crumbs=[crumb(), (reverse("broadcast:bulletin", args=[pk]), str(bulletin))],
        bulletin=bulletin,
        edition=bulletin.draft,
        form=RecordingForm(initial={"reader": bulletin.draft.reader}),
    )
    answer.headers["Permissions-Policy"] = permissions_and("microphone")
    return answer


@require_POST
def recording(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a recording in: from the page that records, which keeps its take when it is refused, or a file."""
    bulletin = seen_bulletin(request, pk)
    permissions.check_can_write(signed_in(request), bulletin.unit, today())
    form = RecordingForm(request.POST, request.FILES)
    problem = "" if form.is_valid() else str(next(iter(form.errors.values()))[0])
    if not problem:
        given = form.cleaned_data
        try:
            bulletins.record(
                bulletin=bulletin,
                raw=given["recording"].read(),
                starts=given["starts"] or 0.0,
                ends=given["ends"],
                reader=given["reader"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            problem = str(reason)
    to = f"{reverse('broadcast:bulletin', args=[pk])}#am-thanh"
    if request.headers.get("Accept") == "application/json":
        if problem:
            return JsonResponse({"message": problem}, status=422)
        messages.success(request, _("Đã nhận bản ghi âm. Máy đang làm đều tiếng."))
        return JsonResponse({"to": to})
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Đã nhận bản ghi âm. Máy đang làm đều tiếng."))
    return redirect(to)
