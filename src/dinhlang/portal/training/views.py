"""The page of a class for its guests, its material, and its tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.surveys.actions import NotFilled
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules.rounds import typed_token
from dinhlang.citizens.training import actions, queries
from dinhlang.citizens.training import papers as printed
from dinhlang.citizens.training.actions.tests import WrongPair
from dinhlang.citizens.training.papers.words import when
from dinhlang.citizens.training.rules.classes import SITTING, Paper, Stage, State, is_pair, new_pair
from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.rules import Refused
from dinhlang.org.sign_in.limits import address_of
from dinhlang.portal.outside import P, View, outside
from dinhlang.portal.sites import frame, registry
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.surveys import asking
from dinhlang.work.views.files import download

_HOUR = timedelta(hours=1)
MOST_WRONG_CODES = 30
"""Wrong codes from one address within an hour; then it waits."""
MOST_TESTS = 400
"""Tests from one address within an hour: a whole room shares one."""
_KEPT = timedelta(hours=16)
"""How long a phone keeps the code of the first test: until the evening of the class."""


class _TooOften(Exception):
    """Somebody tries codes."""


def _outside(view: View[P]) -> View[P]:
    """A page for guests. Its address is what lets in: no search engine keeps it."""

    @outside
    @wraps(view)
    def unlisted(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            answer = view(request, *args, **kwargs)
        except _TooOften:
            said = _("Có quá nhiều mã sai từ nơi này. Xin thử lại sau một giờ.")
            answer = _told(request, None, _("Lớp tập huấn"), said, status=429)
        except Http404:
            said = _("Không có lớp nào với mã này. Xem lại mã trên giấy mời.")
            answer = _told(request, None, _("Không tìm thấy lớp"), said, status=404)
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return unlisted


def _found(request: HttpRequest, code: str) -> TrainingClass:
    """The class of a code, once it was announced; a wrong code is counted. Raises `Http404` and `_TooOften`."""
    counted = f"class-code:{address_of(request)}"
    if was_too_often(counted, most=MOST_WRONG_CODES):
        raise _TooOften
    training = queries.class_by_code(typed_token(code))
    if training is None:
        is_too_often(counted, most=MOST_WRONG_CODES, within=_HOUR)
        raise Http404
    if training.invited_at is None and training.stage == Stage.NONE:
        raise Http404
    return training


def _shown(
    request: HttpRequest, training: TrainingClass | None, template: str, title: str, **more: Any
) -> HttpResponse:
    place = Place(registry.now().by_unit.get(training.unit_id) if training is not None else None)
    return frame.page(
        request, place, f"portal/training/{template}", title, is_inside=False, training=training, **more
    )


def _told(
    request: HttpRequest, training: TrainingClass | None, title: str, said: str, *, status: int = 200
) -> HttpResponse:
    return _shown(request, training, "told.html", title, said=said, status=status)


@_outside
def class_page(request: HttpRequest, code: str) -> HttpResponse:
    """When and where, what about, the material, and the test while one is open."""
    training = _found(request, code)
    return _shown(
        request,
        training,
        "page.html",
        training.subject,
        when=when(training),
        is_called_off=training.state is State.CANCELLED,
        is_invited=training.invited_at is not None,
        materials=queries.newest(queries.files(training, Paper.MATERIAL)),
        is_sitting=training.stage in SITTING and training.state is not State.CANCELLED,
        stage=training.stage,
    )


@_outside
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """The invitation without anybody's name: who opens this page may be anyone with the code."""
    training = _found(request, code)
    if training.invited_at is None or training.state is State.CANCELLED:
        raise Http404
    address = request.build_absolute_uri(reverse("class:page", args=[training.code]))
    made = printed.invitation(training, [], "pdf", address=address, on=localdate(training.invited_at))
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'inline; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@_outside
def material(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A file that was handed out."""
    training = _found(request, code)
    held = training.files.filter(kind=Paper.MATERIAL, removed_at=None).select_related("blob")
    found = get_object_or_404(held, pk=pk)
    return download(found.blob, found.name)


# --- The test ------------------------------------------------------------------------------------------------------


@_outside
def sit(request: HttpRequest, code: str, pair: str = "") -> HttpResponse:
    """The open test, all questions at once. A slip brings its code along; without one the page gives a code with the first test and
    asks for it with the second."""
    training = _found(request, code)
    title = _("Bài kiểm tra: %s") % training.subject
    if training.version is None or training.stage not in SITTING or training.state is State.CANCELLED:
        said = _("Bài kiểm tra chưa mở hoặc đã thu. Xem hướng dẫn của người trình bày.")
        return _told(request, training, title, said)
    now = timezone.now()
    is_after = training.stage == Stage.AFTER
    slip = typed_token(pair)
    if pair and not is_pair(slip):
        said = _("Mã trên phiếu không đúng. Quét lại mã QR trên phiếu.")
        return _told(request, training, title, said, status=404)
    given = slip or _given_pair(request, training, is_after=is_after)
    definition = definition_of(training.version)
    problems: dict[str, str] = {}
    sent: dict[str, list[str]] | None = None
    said, wrong, status = "", "", 200
    if request.method == "POST":
        sent = {one.id: request.POST.getlist(one.id)[:30] for one in definition.questions}
        opened = asking.opened(_stamped(training), request.POST.get("page", ""))
        if is_too_often(f"class:{training.pk}:{address_of(request)}", most=MOST_TESTS, within=_HOUR):
            said, status = _("Có quá nhiều bài gửi từ nơi này. Xin thử lại sau ít phút."), 429
        elif opened is None:
            said, status = (
                _("Trang này mở đã lâu, hoặc bài đã sang bước khác. Xem lại câu trả lời rồi gửi."),
                422,
            )
        else:
            try:
                actions.answer_test(
                    training=training,
                    sent=sent,
                    pair=given,
                    key=opened.key,
                    is_typed=is_after and not slip,
                    at=now,
                )
                return _thanks(request, training, given, is_after=is_after, has_slip=bool(slip))
            except NotFilled as reason:
                problems, said, status = reason.problems, str(reason), 422
            except WrongPair as reason:
                wrong, said, status = str(reason), str(reason), 422
            except Refused as reason:
                return _told(request, training, title, str(reason), status=409)
    return _shown(
        request,
        training,
        "sit.html",
        title,
        definition=definition,
        asked=asked(definition, sent, problems),
        page_stamp=_kept_stamp(request, training, now),
        pair=given,
        has_slip=bool(slip),
        is_after=is_after,
        said=said,
        wrong=wrong,
        status=status,
    )


def _given_pair(request: HttpRequest, training: TrainingClass, *, is_after: bool) -> str:
    """The code without a slip: what was typed or came back with the form, what the phone kept; for a first test a new one."""
    if request.method == "POST":
        return typed_token(request.POST.get("ma", "")[:40])
    kept = typed_token(request.COOKIES.get(_cookie(training), "")[:40])
    if is_after:
        return kept if is_pair(kept) else ""
    return new_pair()


def _cookie(training: TrainingClass) -> str:
    return f"th_{training.code}"


def _stamped(training: TrainingClass) -> str:
    """A page is of one test: a first test sent late is not taken for a second."""
    return f"{training.code}:{training.stage}"


def _kept_stamp(request: HttpRequest, training: TrainingClass, now: datetime) -> str:
    """A page that comes back to be mended stays the same page: its key makes it one answer."""
    held = request.POST.get("page", "")
    code = _stamped(training)
    return held if held and asking.opened(code, held) is not None else asking.stamp(code, now)


def _thanks(
    request: HttpRequest, training: TrainingClass, pair: str, *, is_after: bool, has_slip: bool
) -> HttpResponse:
    made = _shown(
        request,
        training,
        "thanks.html",
        _("Đã nhận bài của ông/bà"),
        pair="" if is_after else pair,
        has_slip=has_slip,
        is_after=is_after,
    )
    if not is_after and not has_slip:
        made.set_cookie(
            _cookie(training),
            pair,
            max_age=_KEPT,
            path=reverse("class:page", args=[training.code]),
            httponly=True,
            samesite="Lax",
            secure=request.is_secure(),
        )
    return made
