"""Telling the commune something: the form, what it leads to, the receipt with code and PIN."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.citizens import actions
from dinhlang.citizens.actions import Receipt
from dinhlang.citizens.rules import recognition
from dinhlang.citizens.rules.kinds import MOST_FILES, Nature, Way
from dinhlang.citizens.rules.recognition import Recognised
from dinhlang.org import mail
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.org.views import show_refusal, today
from dinhlang.portal.kept.remembered import values
from dinhlang.portal.sites import frame
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices import guards, limits, photos, uploads
from dinhlang.portal.voices.forms import VoiceForm
from dinhlang.portal.voices.guards import Ticket
from dinhlang.portal.voices.serving import of_one_sender
from dinhlang.portal.voices.uploads import LeftOut
from dinhlang.vietnamese.text import collation_key

# Under which words of the form, as it was at that time, consent was given: a change of them is a new name. Other ways note it too.
CONSENT = "2026-11-b"


@of_one_sender
def send(request: HttpRequest, place: Place) -> HttpResponse:
    """The form, and what was sent with it. Sent twice it is one case, and gets the same receipt."""
    site, at = place.to.site, timezone.now()
    if site.ended_on:
        return _closed(request, place)
    hamlets = hamlets_of(site.unit_id, today())
    if request.method != "POST":
        return _form(request, place, VoiceForm(hamlets=hamlets), guards.new_ticket(at))
    left_out = uploads.bounded(request)
    form = VoiceForm(request.POST, request.FILES, hamlets=hamlets)
    ticket = guards.ticket_of(form, at)
    if not form.is_valid():
        return _form(request, place, form, ticket, left_out=left_out)
    return _sent(request, place, form, ticket, left_out, at)


def _sent(
    request: HttpRequest, place: Place, form: VoiceForm, ticket: Ticket, left_out: LeftOut, at: datetime
) -> HttpResponse:
    given, site = form.cleaned_data, place.to.site
    apart = recognition.recognise(given["words"], today())
    if apart is not None and not given["meant"]:
        return _form(request, place, form, ticket, left_out=left_out, apart=apart)
    way = recognition.way_of(given["meant"], today())
    if way is not None:
        return _led_away(request, place, way, given["words"])
    flags = guards.flags_of(
        ticket, trap=given["website"], payload=given["altcha"], answer=given["answer"], at=at
    )
    if not limits.may_send(request, is_doubtful=bool(flags)):
        form.add_error(
            None,
            _(
                "Có nhiều phản ánh gửi từ mạng của bạn trong một giờ qua nên máy chủ tạm dừng nhận. "
                "Nội dung của bạn vẫn còn ở dưới: đợi một giờ rồi gửi, hoặc gọi điện cho xã."
            ),
        )
        return _form(request, place, form, ticket, left_out=left_out, apart=apart, status=429)
    kept, refused = photos.kept(given["photos"])
    try:
        receipt = actions.submit(
            unit=Unit.objects.get(pk=site.unit_id),
            told=form.told,
            sender=form.sender,
            way=Way.WEB,
            key=ticket.key,
            agreed=form.agreed(CONSENT),
            flags=flags,
            files=kept,
            at=at,
        )
    except Refused as reason:
        photos.forget(kept)
        show_refusal(form, reason)
        return _form(request, place, form, guards.new_ticket(at), left_out=left_out, apart=apart)
    return _receipt(request, place, receipt, left_out, refused, form)


def _led_away(request: HttpRequest, place: Place, way: Recognised, words: str) -> HttpResponse:
    """Where a complaint or a denunciation goes. Nothing was kept: what was written stays with whoever wrote it."""
    return frame.page(
        request,
        place,
        "portal/voices/apart.html",
        _("Gửi khiếu nại") if way.nature == Nature.COMPLAINT else _("Gửi tố cáo"),
        crumbs=_crumbs(place),
        way=way,
        words=words,
    )


def _form(
    request: HttpRequest,
    place: Place,
    form: VoiceForm,
    ticket: Ticket,
    *,
    left_out: LeftOut | None = None,
    apart: Recognised | None = None,
    status: int = 200,
) -> HttpResponse:
    one, other = ticket.question
    had_photos = bool(form.is_bound and form.files)
    return frame.page(
        request,
        place,
        "portal/voices/form.html",
        _("Gửi phản ánh, kiến nghị"),
        description=_("Gửi phản ánh, kiến nghị tới %(body)s, không cần tài khoản.")
        % {"body": place.to.site.body},
        crumbs=_crumbs(place),
        status=status,
        form=form,
        ticket=ticket,
        written=ticket.written(),
        persons=[form[name] for name in ("name", "address")],
        contacts=[form[name] for name in ("phone", "mail")],
        mails=[form["receipt_by_mail"], form["news_by_mail"]] if mail.is_configured() else [],
        question=(guards.in_words(one), guards.in_words(other)),
        most_photos=MOST_FILES,
        left_out=left_out,
        had_photos=had_photos,
        apart=apart,
        natures=_natures(apart) if apart else (),
        meant=form.data.get("meant", "") if form.is_bound else "",
    )


def _natures(apart: Recognised) -> list[tuple[str, str]]:
    """The ways that are open to whoever wrote what is likely a complaint or a denunciation."""
    words = {
        Nature.COMPLAINT: _("Đúng, tôi muốn khiếu nại: chỉ cho tôi nơi nhận đơn"),
        Nature.DENUNCIATION: _("Đúng, tôi muốn tố cáo: chỉ cho tôi nơi nhận và cách giữ bí mật"),
    }
    return [
        (Nature.FEEDBACK.value, _("Không phải, đây là phản ánh, kiến nghị")),
        (apart.nature.value, words[apart.nature]),
    ]


def _receipt(
    request: HttpRequest,
    place: Place,
    receipt: Receipt,
    left_out: LeftOut,
    refused: list[photos.Unkept],
    form: VoiceForm,
) -> HttpResponse:
    """Code and PIN, shown this once."""
    return frame.page(
        request,
        place,
        "portal/voices/receipt.html",
        _("Đã nhận phản ánh"),
        crumbs=_crumbs(place),
        code=receipt.code,
        pin=receipt.pin,
        link=absolute(place.to.site, place.to.voice_look) + f"#{receipt.code}",
        received_at=receipt.case.received_at,
        taken_as=receipt.told,
        is_mailed=form.cleaned_data["receipt_by_mail"] or form.cleaned_data["news_by_mail"],
        left_out=left_out,
        refused=refused,
    )


def _crumbs(place: Place) -> tuple[tuple[str, str], ...]:
    return ((place.to.home, _("Trang chủ")), (place.to.voices, _("Phản ánh, kiến nghị")))


def _closed(request: HttpRequest, place: Place) -> HttpResponse:
    """The unit is no more: whoever took over takes what is told."""
    return frame.page(
        request,
        place,
        "portal/voices/closed.html",
        _("Gửi phản ánh, kiến nghị"),
        crumbs=((place.to.home, _("Trang chủ")),),
    )


def hamlets_of(unit_id: str, on: date) -> list[tuple[str, str]]:
    """The hamlets of a unit by name, for a choice. Remembered until public pages change or the day ends."""
    known = values()
    key: Hashable = ("voices:hamlets", unit_id)
    found: list[tuple[str, str]] | None = known.get(key)
    if found is None:
        below = org.ids_below(Unit(pk=unit_id), on, parts_only=True)
        ids = list(Unit.objects.filter(pk__in=below, level=Unit.Level.HAMLET).values_list("pk", flat=True))
        names: dict[str, Any] = org.titles_of(ids, on)
        found = known[key] = sorted(
            ((pk, capfirst(name)) for pk, name in names.items()), key=lambda pair: collation_key(pair[1])
        )
    return found
