"""Following a case by code and PIN, and what its sender does there: answer a question, rate, have it looked at again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens import actions, queries
from dinhlang.citizens.models import Case, CaseFile, CaseMail
from dinhlang.citizens.rules import codes, kinds
from dinhlang.citizens.rules.intake import Sender
from dinhlang.citizens.rules.kinds import Nature, Satisfaction
from dinhlang.citizens.rules.states import ENDED, RUNNING, Deed, State
from dinhlang.citizens.surveys.rules.rounds import printed_token
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.org.rules.moves import WrongMove
from dinhlang.portal.sites import frame
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices import limits, opening, photos, uploads
from dinhlang.portal.voices.forms import LookForm
from dinhlang.portal.voices.opening import NotOpened
from dinhlang.portal.voices.sending import CONSENT
from dinhlang.portal.voices.serving import of_one_sender
from dinhlang.portal.voices.uploads import LeftOut

_SALT = "voices.opened"

# What happened and where a case stands, as its sender reads it; the desk has shorter words of its own.
_HAPPENED: Mapping[Deed, str | Promise] = {
    Deed.RECEIVE: gettext_lazy("Xã nhận được"),
    Deed.TAKE_AS_ADVICE: gettext_lazy("Xã ghi nhận là góp ý"),
    Deed.ACCEPT: gettext_lazy("Xã tiếp nhận"),
    Deed.LEAD_AWAY: gettext_lazy("Xã hướng dẫn gửi khiếu nại, tố cáo"),
    Deed.REFUSE: gettext_lazy("Xã không tiếp nhận"),
    Deed.ROUTE: gettext_lazy("Xã giao người xử lý"),
    Deed.CLAIM: gettext_lazy("Xã có người nhận xử lý"),
    Deed.FORWARD: gettext_lazy("Xã chuyển cơ quan khác"),
    Deed.COME_BACK: gettext_lazy("Xã nhận lại từ cơ quan khác"),
    Deed.ASK: gettext_lazy("Xã hỏi thêm bạn"),
    Deed.PAUSE: gettext_lazy("Xã tạm dừng xử lý"),
    Deed.RESUME: gettext_lazy("Xã xử lý tiếp"),
    Deed.EXTEND: gettext_lazy("Xã gia hạn trả lời"),
    Deed.DRAFT: gettext_lazy("Xã soạn câu trả lời, chờ duyệt"),
    Deed.RETURN: gettext_lazy("Xã sửa lại câu trả lời"),
    Deed.APPROVE: gettext_lazy("Xã trả lời"),
    Deed.SATISFIED: gettext_lazy("Bạn hài lòng"),
    Deed.DISSATISFIED: gettext_lazy("Bạn chưa hài lòng"),
    Deed.REOPEN: gettext_lazy("Xã mở lại để xem lại"),
    Deed.WITHDRAW: gettext_lazy("Bạn rút phản ánh"),
    Deed.CLOSE: gettext_lazy("Xã đóng phản ánh"),
}
_STANDS: Mapping[str, str | Promise] = {
    State.WAITING: gettext_lazy("Xã tạm dừng xử lý"),
    State.DISSATISFIED: gettext_lazy("Bạn chưa hài lòng"),
    State.WITHDRAWN: gettext_lazy("Bạn đã rút"),
}
# An answer is still promised, even while the clock stands.
_OWED = RUNNING | {State.WAITING, State.FORWARDED}


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
    # What was written on a page that was open too long stands in its form again.
    return _shown(request, place, case, at, again=request.POST)


def _asked(request: HttpRequest, place: Place, form: LookForm, *, status: int = 200) -> HttpResponse:
    return frame.page(
        request,
        place,
        "portal/voices/look.html",
        _("Tra cứu phản ánh đã gửi"),
        crumbs=_crumbs(place),
        status=status,
        form=form,
        again=request.POST,
    )


def _shown(request: HttpRequest, place: Place, case: Case, at: datetime, **more: Any) -> HttpResponse:
    told = queries.tracked(case, at)
    appointment = told.appointment if case.state in _OWED else None
    return frame.page(
        request,
        place,
        "portal/voices/case.html",
        _("Phản ánh %(code)s") % {"code": case.code},
        crumbs=_crumbs(place),
        case=case,
        words=case.words.shown() if case.words else "",
        tracked=told,
        stands=_("Chờ bạn trả lời xã")
        if told.question
        else _STANDS.get(case.state, case.get_state_display()),
        is_paused=appointment is not None and appointment.paused_since is not None,
        due_at=appointment.due_at if appointment else None,
        why=appointment.told if appointment else (),
        is_late=appointment is not None and appointment.is_late(at),
        steps=[
            (
                _HAPPENED[Deed(step.event.deed)],
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
            [_("Trang này mở đã lâu. Nhập lại hai mã để mở tiếp; điều bạn vừa viết chưa gửi và vẫn còn.")]
        )
        return _asked(request, place, form, status=403)
    asked = request.POST.get("deed", "")
    do = _DEEDS.get(asked)
    if do is None and asked not in ("survey", "supplement"):
        return _shown(request, place, case, at)
    if not limits.may_do(request):
        wrong = _("Có nhiều lượt gửi từ mạng của bạn. Đợi một giờ rồi thử lại.")
        return _refused(request, place, case, at, Refused(wrong))
    if asked == "supplement":
        return _supplement(request, place, case, at, left_out)
    if do is None:
        return _survey(request, place, case, at)
    try:
        done = do(case, request, at)
    except Refused as reason:
        return _refused(request, place, case, at, reason)
    case.refresh_from_db()
    return _shown(request, place, case, at, done=done)


def _refused(
    request: HttpRequest, place: Place, case: Case, at: datetime, reason: Refused, **more: Any
) -> HttpResponse:
    """The case with the reason, and what was typed in its form again; beside it where the case moved on and the form is no more."""
    if isinstance(reason, WrongMove):
        more["unsent"] = request.POST.get("words", "")
    return _shown(request, place, case, at, wrong=str(reason), again=request.POST, **more)


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
        return _refused(request, place, case, at, reason, had_photos=bool(kept), left_out=left_out)
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
    actions.name_sender(case=case, sender=sender, consent=CONSENT, by=None, at=at)
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
