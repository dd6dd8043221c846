"""The pages on which citizens answer, and what is published of the answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import actions, queries
from dinhlang.citizens.surveys.actions import NotFilled, Received
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.rules import rounds
from dinhlang.citizens.surveys.rules.rounds import CODE_LENGTH, NotNow, Way, WrongToken
from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.limits import address_of
from dinhlang.portal.outside import P, View, outside
from dinhlang.portal.sites import frame, registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.surveys import asking, told

_HOUR = timedelta(hours=1)
MOST_WRONG_CODES = 30
"""Wrong codes from one address within an hour; then it waits."""
MOST_FROM_ONE_PLACE = 10
"""Answers by poster from one address within an hour; more are flagged, for a school or an office shares one."""
_THANKS_SECONDS = 12


def _outside(view: View[P]) -> View[P]:
    """A page for citizens; its own key makes an answer count once. Its address may be a code that lets one voice in: nobody keeps it."""

    @outside
    @wraps(view)
    def unlisted(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return unlisted


def _place(round_: SurveyRound | None) -> Place:
    return Place(registry.now().by_unit.get(round_.unit_id) if round_ is not None else None)


def _shown(
    request: HttpRequest, round_: SurveyRound | None, template: str, title: str, **more: Any
) -> HttpResponse:
    more.setdefault("round", round_)
    return frame.page(request, _place(round_), f"portal/surveys/{template}", title, is_inside=False, **more)


def _told(
    request: HttpRequest, round_: SurveyRound | None, title: str, said: str, *, status: int = 200
) -> HttpResponse:
    return _shown(request, round_, "told.html", title, said=said, status=status)


# --- Coming in -----------------------------------------------------------------------------------------------------


@_outside
def door(request: HttpRequest) -> HttpResponse:
    """Where a code that cannot be scanned is typed."""
    typed = rounds.typed_token(request.POST.get("code", "")) if request.method == "POST" else ""
    if typed and _find(typed, request) is not None:
        return HttpResponseRedirect(reverse("survey:ask", args=[typed]))
    wrong = _("Không có mã này. Xem lại mã in trên phiếu.") if request.method == "POST" else ""
    if request.method == "POST" and _has_guessed(request):
        return _too_often(request)
    return _shown(request, None, "door.html", _("Trả lời khảo sát"), wrong=wrong)


def _find(code: str, request: HttpRequest) -> tuple[SurveyRound, Way] | None:
    """The round of a code and the way it lets in; a wrong one is counted."""
    if len(code) == CODE_LENGTH and (round_ := queries.round_by_code(code)) is not None:
        return round_, Way.POSTER
    if len(code) == rounds.TOKEN_LENGTH and (held := queries.round_by_token(code)) is not None:
        return held[0], Way(held[1].way)
    is_too_often(_guessing(request), most=MOST_WRONG_CODES, within=_HOUR)
    return None


def _guessing(request: HttpRequest) -> str:
    return f"survey-code:{address_of(request)}"


def _has_guessed(request: HttpRequest) -> bool:
    return was_too_often(_guessing(request), most=MOST_WRONG_CODES)


def _too_often(request: HttpRequest) -> HttpResponse:
    said = _("Có quá nhiều mã sai từ nơi này. Xin thử lại sau một giờ.")
    return _told(request, None, _("Trả lời khảo sát"), said, status=429)


@_outside
def ask(request: HttpRequest, code: str) -> HttpResponse:
    """The page of a slip or a poster: all questions at once."""
    if _has_guessed(request):
        return _too_often(request)
    found = _find(rounds.typed_token(code), request)
    if found is None:
        said = _("Không có khảo sát nào với mã này. Xem lại mã in trên phiếu.")
        return _told(request, None, _("Không tìm thấy khảo sát"), said, status=404)
    return _answered(request, *found, code=rounds.typed_token(code), template="ask.html")


@_outside
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """The same questions on the screen at the counter; it returns to the start by itself."""
    round_ = queries.round_by_code(code)
    if round_ is None:
        return _told(
            request, None, _("Không tìm thấy khảo sát"), _("Không có khảo sát nào ở đây."), status=404
        )
    return _answered(request, round_, Way.KIOSK, code=round_.code, template="kiosk.html")


def _answered(
    request: HttpRequest, round_: SurveyRound, way: Way, *, code: str, template: str
) -> HttpResponse:
    now = timezone.now()
    definition = queries.definition_of(round_.version)
    title = definition.title
    try:
        rounds.check_takes(
            round_.opens_on, round_.closes_on, is_closed=round_.closed_at is not None, on=localdate(now)
        )
        rounds.check_way(way, by_poster=round_.by_poster, by_kiosk=round_.by_kiosk)
    except NotNow as reason:
        return _told(request, round_, title, str(reason))
    problems: dict[str, str] = {}
    sent: dict[str, list[str]] | None = None
    said, status = "", 200
    if request.method == "POST":
        sent = {one.id: request.POST.getlist(one.id)[:30] for one in definition.questions}
        page = asking.opened(code, request.POST.get("page", ""))
        if page is None:
            said, status = _("Trang này mở đã lâu. Xem lại câu trả lời rồi gửi."), 422
        else:
            try:
                _take(request, round_, way, code, sent, page, now)
                return _thanks(request, round_, way, now)
            except NotFilled as reason:
                problems, said, status = reason.problems, str(reason), 422
            except WrongToken as reason:
                return _told(request, round_, title, str(reason), status=410)
            except Refused as reason:
                return _told(request, round_, title, str(reason), status=409)
    return _shown(
        request,
        round_,
        template,
        title,
        definition=definition,
        asked=asked(definition, sent, problems),
        page_stamp=_kept_stamp(request, code, now),
        said=said,
        status=status,
        is_kiosk=way == Way.KIOSK,
        has_token=way in rounds.ONE_VOICE,
        start=request.path,
        cooldown_hours=round_.cooldown_hours if way == Way.POSTER else 0,
    )


def _kept_stamp(request: HttpRequest, code: str, now: datetime) -> str:
    """A page that comes back to be mended stays the same page: its key makes it one answer."""
    held = request.POST.get("page", "")
    return held if held and asking.opened(code, held) is not None else asking.stamp(code, now)


def _take(
    request: HttpRequest,
    round_: SurveyRound,
    way: Way,
    code: str,
    sent: dict[str, list[str]],
    page: asking.Opened,
    now: datetime,
) -> None:
    is_poster = way == Way.POSTER
    came = request.COOKIES.get(_cookie(round_)) if is_poster else None
    many = is_poster and is_too_often(
        f"survey:{round_.pk}:{address_of(request)}", most=MOST_FROM_ONE_PLACE, within=_HOUR
    )
    actions.answer(
        round_=round_,
        sent=sent,
        way=way,
        key=page.key,
        token=code if way in rounds.ONE_VOICE else "",
        received=Received(
            seconds=page.seconds(now, request.POST.get("touched", "")),
            came_before=asking.answered_before(came, timedelta(hours=round_.cooldown_hours)),
            is_one_of_many=many,
        ),
        at=now,
    )


def _cookie(round_: SurveyRound) -> str:
    return f"ks_{round_.code}"


def _thanks(request: HttpRequest, round_: SurveyRound, way: Way, now: datetime) -> HttpResponse:
    definition = queries.definition_of(round_.version)
    is_kiosk = way == Way.KIOSK
    made = _shown(
        request,
        round_,
        "kiosk_thanks.html" if is_kiosk else "told.html",
        _("Đã nhận phiếu của ông/bà"),
        said=definition.thanks or _("Cảm ơn ông/bà đã trả lời."),
        start=request.path,
        seconds=_THANKS_SECONDS,
    )
    if way == Way.POSTER:
        made.set_cookie(
            _cookie(round_),
            asking.answered_stamp(now),
            max_age=timedelta(hours=round_.cooldown_hours),
            path=reverse("survey:ask", args=[round_.code]),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return made


# --- What was found ------------------------------------------------------------------------------------------------


@outside
def results(request: HttpRequest, code: str) -> HttpResponse:
    """Published results, by the code of the poster: they stand on the site of the unit, and here where it has none."""
    round_ = queries.round_by_code(code)
    if round_ is None or round_.published_at is None:
        said = _("Kết quả của đợt này chưa được công khai.")
        return _told(request, None, _("Chưa có kết quả"), said, status=404)
    if (site := registry.now().by_unit.get(round_.unit_id)) is not None:
        return HttpResponseRedirect(absolute(site, Addresses(site).survey_results(round_.code)))
    return _shown(request, round_, "results.html", told.title_of(round_), **told.shown(round_))
