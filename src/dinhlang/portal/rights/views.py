"""Asking about one's own data, following the request, taking the data away."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.citizens import queries as citizens
from dinhlang.citizens.rules import codes
from dinhlang.org.models import Unit
from dinhlang.org.personal.people import Held, find
from dinhlang.org.rules import Refused
from dinhlang.org.views import show_refusal, today
from dinhlang.portal.rights.forms import AskForm, FollowForm
from dinhlang.portal.sites import frame
from dinhlang.portal.sites.addresses import absolute
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices import guards, limits, opening
from dinhlang.portal.voices.guards import Ticket
from dinhlang.portal.voices.opening import NotOpened, TooOften, WrongCode
from dinhlang.portal.voices.serving import of_one_sender
from dinhlang.privacy import actions, queries
from dinhlang.privacy.handing import packed
from dinhlang.privacy.models import DataRequest
from dinhlang.privacy.rules import codes as requests
from dinhlang.privacy.rules.states import ENDED, HANDED_OUT, Deed, State
from dinhlang.privacy.rules.terms import terms_on

_SALT = "rights.opened"


@of_one_sender
def ask(request: HttpRequest, place: Place) -> HttpResponse:
    """The form, and what was sent with it. Sent twice it is one request, and gets the same receipt."""
    at = timezone.now()
    if request.method != "POST":
        return _form(request, place, AskForm(), guards.new_ticket(at))
    form = AskForm(request.POST)
    ticket = guards.ticket_of(form, at)
    if not form.is_valid():
        return _form(request, place, form, ticket)
    given = form.cleaned_data
    flags = guards.flags_of(
        ticket, trap=given["website"], payload=given["altcha"], answer=given["answer"], at=at
    )
    if not limits.may_send(request, is_doubtful=bool(flags)):
        form.add_error(
            None, _("Có nhiều lượt gửi từ mạng của bạn. Đợi một giờ rồi thử lại, hoặc đến xã gửi trực tiếp.")
        )
        return _form(request, place, form, ticket, status=429)
    try:
        matter = _matter(request, place, given["code"], given["pin"])
        receipt = actions.submit(
            unit=Unit.objects.get(pk=place.to.site.unit_id),
            asked=form.asked(),
            key=ticket.key,
            matter=matter,
            is_proven=matter is not None,
            at=at,
        )
    except WrongCode:
        form.add_error(
            "code", _("Mã tra cứu hoặc mã bí mật chưa đúng. Sửa lại, hoặc để trống và ghi họ tên, liên hệ.")
        )
        return _form(request, place, form, ticket, status=403)
    except Refused as reason:
        show_refusal(form, reason)
        return _form(request, place, form, ticket)
    return _page(
        request,
        place,
        "receipt",
        _("Đã nhận yêu cầu của bạn"),
        code=receipt.request.code,
        pin=receipt.pin,
        one=receipt.request,
        link=absolute(place.to.site, place.to.data_follow) + f"#{receipt.request.code}",
    )


def _matter(request: HttpRequest, place: Place, typed: str, pin: str) -> Held | None:
    """The case that code and PIN prove to be the person's; None when neither was given. Raises `WrongCode`, `Refused`."""
    if not typed and not pin:
        return None
    try:
        case = opening.by_code(
            request,
            typed,
            pin,
            read_code=codes.read_code,
            find=partial(citizens.find, Unit(pk=place.to.site.unit_id), on=today()),
        )
    except TooOften as reason:
        raise Refused(str(reason)) from None
    return find("citizens.Case", case.code)


def _form(
    request: HttpRequest, place: Place, form: AskForm, ticket: Ticket, *, status: int = 200
) -> HttpResponse:
    one, other = ticket.question
    return _page(
        request,
        place,
        "ask",
        _("Dữ liệu của tôi"),
        status=status,
        form=form,
        ticket=ticket,
        written=ticket.written(),
        question=(guards.in_words(one), guards.in_words(other)),
        terms=terms_on(today()),
    )


@of_one_sender
def follow(request: HttpRequest, place: Place) -> HttpResponse:
    """Code and PIN are asked for, then the request is shown. Neither ever stands in an address."""
    at = timezone.now()
    if request.method != "POST":
        return _asked(request, place, FollowForm())
    if "opened" in request.POST:
        return _after(request, place, at)
    form = FollowForm(request.POST)
    given = form.data
    try:
        one = opening.by_code(
            request,
            str(given.get("code", "")),
            str(given.get("pin", "")),
            read_code=requests.read_code,
            find=partial(queries.find, Unit(pk=place.to.site.unit_id)),
        )
    except NotOpened as reason:
        form.add_error(None, str(reason))
        return _asked(request, place, form, status=reason.status)
    return _shown(request, place, one, at)


def _after(request: HttpRequest, place: Place, at: datetime) -> HttpResponse:
    """What the person does with a request that is open: takes the data away, or no longer asks."""
    one = _opened(request, place)
    if one is None:
        form = FollowForm()
        form.errors["__all__"] = form.error_class([_("Trang này mở đã lâu. Xin nhập lại mã để mở tiếp.")])
        return _asked(request, place, form, status=403)
    if not limits.may_do(request):
        return _shown(
            request, place, one, at, wrong=_("Có nhiều lượt gửi từ mạng của bạn. Đợi một giờ rồi thử lại.")
        )
    deed = request.POST.get("deed")
    if deed == "file" and _may_take(one):
        actions.note_handed_out(request=one, by=None, at=at)
        answer = HttpResponse(
            packed(queries.matters(one), code=one.code, at=at), content_type="application/zip"
        )
        answer.headers["Content-Disposition"] = f'attachment; filename="{one.code}.zip"'
        return answer
    if deed == "take-back":
        try:
            actions.take_back(request=one, at=at)
        except Refused as reason:
            return _shown(request, place, one, at, wrong=str(reason))
        return _shown(request, place, one, at, done=_("Đã rút yêu cầu."))
    return _shown(request, place, one, at)


def _opened(request: HttpRequest, place: Place) -> DataRequest | None:
    return opening.again(request, DataRequest.objects.filter(unit=place.to.site.unit_id), _SALT)


def _may_take(one: DataRequest) -> bool:
    return one.state == State.DONE and one.kind in HANDED_OUT and any(True for _held in queries.matters(one))


def _asked(request: HttpRequest, place: Place, form: FollowForm, *, status: int = 200) -> HttpResponse:
    return _page(request, place, "follow", _("Theo dõi yêu cầu về dữ liệu"), status=status, form=form)


def _shown(request: HttpRequest, place: Place, one: DataRequest, at: datetime, **more: Any) -> HttpResponse:
    appointment = queries.appointment_of(one)
    return _page(
        request,
        place,
        "request",
        _("Yêu cầu %(code)s") % {"code": one.code},
        one=one,
        is_late=queries.is_late(one, at),
        why=appointment.told,
        steps=[
            (Deed(step.deed).label, step.at, step.words.shown() if step.words else "")
            for step in queries.steps(one, for_person=True)
            # What is proposed is no answer yet.
            if one.state in ENDED or step.deed != Deed.PROPOSE
        ],
        may_take=_may_take(one),
        may_take_back=one.state not in ENDED,
        opened=opening.held(one, _SALT),
        **more,
    )


def _page(
    request: HttpRequest, place: Place, name: str, title: str, *, status: int = 200, **given: Any
) -> HttpResponse:
    crumbs = ((place.to.home, _("Trang chủ")), (place.to.privacy, _("Quyền riêng tư")))
    return frame.page(
        request, place, f"portal/rights/{name}.html", title, crumbs=crumbs, status=status, **given
    )
