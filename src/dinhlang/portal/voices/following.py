"""Following a case by code and PIN, and what its sender does there: answer a question, rate, have it looked at again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import actions, queries
from dinhlang.citizens.models import Case, CaseFile, CaseMail
from dinhlang.citizens.rules import codes, kinds
from dinhlang.citizens.rules.intake import Sender
from dinhlang.citizens.rules.kinds import Nature, Satisfaction
from dinhlang.citizens.rules.states import ENDED
from dinhlang.citizens.surveys.rules.rounds import printed_token
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.portal.sites import frame
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices import limits, opening, photos, uploads
from dinhlang.portal.voices.forms import LookForm
from dinhlang.portal.voices.opening import NotOpened
from dinhlang.portal.voices.serving import of_one_sender
from dinhlang.portal.voices.uploads import LeftOut

_SALT = "voices.opened"


@of_one_sender
def look(request: HttpRequest, place: Place) -> HttpResponse:
    """Code and PIN are asked for, then the case is shown. Neither ever stands in an address."""
    if request.method != "POST":
        return _asked(request, place, LookForm())
    at, left_out = timezone.now(), uploads.bounded(request)
    if "opened" in request.POST:
        return _after(request, place, at, left_out)
    form = LookForm(request.POST)
    given = form.data
    try:
        case = opening.by_code(
            request,
            str(given.get("code", "")),
            str(given.get("pin", "")),
            read_code=codes.read_code,
            find=partial(queries.find, Unit(pk=place.to.site.unit_id), on=localdate(at)),
        )
    except NotOpened as reason:
        form.add_error(None, str(reason))
        return _asked(request, place, form, status=reason.status)
    return _shown(request, place, case, at)


def _asked(request: HttpRequest, place: Place, form: LookForm, *, status: int = 200) -> HttpResponse:
    return frame.page(
        request,
        place,
        "portal/voices/look.html",
        _("Tra cứu phản ánh đã gửi"),
        crumbs=_crumbs(place),
        status=status,
        form=form,
    )


def _shown(request: HttpRequest, place: Place, case: Case, at: datetime, **more: Any) -> HttpResponse:
    told = queries.tracked(case, at)
    appointment = told.appointment
    return frame.page(
        request,
        place,
        "portal/voices/case.html",
        _("Phản ánh %(code)s") % {"code": case.code},
        crumbs=_crumbs(place),
        case=case,
        words=case.words.shown() if case.words else "",
        tracked=told,
        due_at=appointment.due_at if appointment else None,
        why=appointment.told if appointment else (),
        is_late=bool(appointment and case.answered_at is None and appointment.is_late(at)),
        steps=[
            (
                step.event.get_deed_display(),
                step.event.at,
                [(one.get_kind_display(), one.words.shown()) for one in step.words],
            )
            for step in told.steps
        ],
        satisfactions=Satisfaction.choices,
        may_name=case.nature == Nature.ADVICE and case.state not in ENDED,
        is_mailed=CaseMail.objects.filter(case=case, stopped_at=None).exists(),
        most_photos=kinds.MOST_FILES,
        photos_kept=CaseFile.objects.filter(case=case, erased_at=None).count(),
        removed=CaseFile.objects.filter(case=case, is_identity_paper=True).count(),
        opened=opening.held(case, _SALT),
        **more,
    )


# --- what is done there ------------------------------------------------------------------------------------------------


def _after(request: HttpRequest, place: Place, at: datetime, left_out: LeftOut) -> HttpResponse:
    """The case after what its sender did; with the reason where that could not be done."""
    case = _opened(request, place)
    if case is None:
        form = LookForm()
        form.errors["__all__"] = form.error_class(
            [_("Trang này mở đã lâu. Xin nhập lại mã để mở tiếp; điều bạn vừa viết chưa được gửi.")]
        )
        return _asked(request, place, form, status=403)
    asked = request.POST.get("deed", "")
    do = _DEEDS.get(asked)
    if do is None and asked not in ("survey", "supplement"):
        return _shown(request, place, case, at)
    if not limits.may_do(request):
        return _shown(
            request, place, case, at, wrong=_("Có nhiều lượt gửi từ mạng của bạn. Đợi một giờ rồi thử lại.")
        )
    if asked == "supplement":
        return _supplement(request, place, case, at, left_out)
    if do is None:
        return _survey(request, place, case, at)
    said = request.POST.get("words", "")
    try:
        done = do(case, request, at)
    except Refused as reason:
        return _shown(request, place, case, at, wrong=str(reason), said=said)
    case.refresh_from_db()
    return _shown(request, place, case, at, done=done)


def _opened(request: HttpRequest, place: Place) -> Case | None:
    units = queries.kin(place.to.site.unit_id, localdate(timezone.now()))
    rows = Case.objects.select_related("unit", "hamlet").filter(unit__in=units)
    return opening.again(request, rows, _SALT)


def _supplement(
    request: HttpRequest, place: Place, case: Case, at: datetime, left_out: LeftOut
) -> HttpResponse:
    """What was asked, answered in words and photos; photos that cannot be taken are named, the words go on."""
    said = request.POST.get("words", "")
    kept, refused = photos.kept(request.FILES.getlist("photos"))
    try:
        actions.supplement(case=case, words=said, files=kept, at=at)
    except Refused as reason:
        photos.forget(kept)
        return _shown(
            request, place, case, at, wrong=str(reason), said=said, had_photos=bool(kept), left_out=left_out
        )
    case.refresh_from_db()
    done = _("Đã gửi phần bổ sung. Thời hạn tính tiếp từ bây giờ.")
    return _shown(request, place, case, at, done=done, left_out=left_out, refused=refused)


def _stop_mail(case: Case, request: HttpRequest, at: datetime) -> str:
    actions.stop_mail(case=case, at=at)
    return _("Đã thôi gửi thư về phản ánh này. Bạn vẫn tra cứu được bằng mã tra cứu và mã bí mật.")


def _rate(case: Case, request: HttpRequest, at: datetime) -> str:
    rating = request.POST.get("rating", "")
    actions.rate(
        case=case,
        rating=int(rating) if rating in ("1", "2", "3", "4", "5") else 0,
        words=request.POST.get("words", ""),
        at=at,
    )
    return _("Đã ghi đánh giá của bạn. Cảm ơn bạn.")


def _reopen(case: Case, request: HttpRequest, at: datetime) -> str:
    actions.reopen(case=case, reason=request.POST.get("words", ""), at=at)
    return _("Đã mở lại để xem xét một lần nữa.")


def _withdraw(case: Case, request: HttpRequest, at: datetime) -> str:
    actions.withdraw(case=case, reason=request.POST.get("words", ""), at=at)
    return _("Đã rút. Xã không làm gì thêm với phản ánh này.")


def _name(case: Case, request: HttpRequest, at: datetime) -> str:
    sender = Sender(name=request.POST.get("name", ""), address=request.POST.get("address", ""))
    if not request.POST.get("agrees"):
        raise Refused(_("Đánh dấu ô đồng ý để xã giữ tên và địa chỉ của bạn."))
    actions.name_sender(case=case, sender=sender, by=None, at=at)
    return _("Đã ghi họ tên và địa chỉ. Nội dung này nay là phản ánh, kiến nghị có hẹn ngày trả lời.")


def _survey(request: HttpRequest, place: Place, case: Case, at: datetime) -> HttpResponse:
    """The code for a survey, shown this once beside the answer."""
    try:
        token = actions.invite(case=case, at=at)
    except Refused as reason:
        return _shown(request, place, case, at, wrong=str(reason))
    case.refresh_from_db()
    return _shown(
        request,
        place,
        case,
        at,
        survey=place.to.survey(token),
        survey_code=printed_token(token),
    )


_DEEDS: dict[str, Callable[[Case, HttpRequest, datetime], str]] = {
    "rate": _rate,
    "reopen": _reopen,
    "withdraw": _withdraw,
    "name": _name,
    "stop-mail": _stop_mail,
}


def _crumbs(place: Place) -> tuple[tuple[str, str], ...]:
    return ((place.to.home, _("Trang chủ")), (place.to.voices, _("Phản ánh, kiến nghị")))
