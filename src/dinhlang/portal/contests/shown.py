"""What all pages of contests have: their frame, what is not there, the limit for guessed addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import queries
from dinhlang.citizens.models import Contest, ContestWeek
from dinhlang.org.often import is_too_often, was_too_often
from dinhlang.org.sign_in.limits import address_of
from dinhlang.portal.api.serving import Wrong, readable
from dinhlang.portal.outside import P, View, outside
from dinhlang.portal.sites import frame, registry
from dinhlang.portal.sites.frame import Place

_HOUR = timedelta(hours=1)
MOST_WRONG = 30
"""Codes and addresses that are none, from one address within an hour; then it waits."""


def unlisted(view: View[P]) -> View[P]:
    """A page for citizens whose address may let somebody in: no search engine keeps it, guessing is slowed down."""

    @outside
    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        where = _where(request)
        if was_too_often(where, most=MOST_WRONG):
            answer = told(request, None, _("Cuộc thi"), _too_often(), status=429)
        else:
            answer = view(request, *args, **kwargs)
            if answer.status_code == 404:
                is_too_often(where, most=MOST_WRONG, within=_HOUR)
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return answered


def unlisted_data(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """As `unlisted`, for programs: a file that anyone's page may read, with what is wrong as JSON."""

    @readable
    @wraps(view)
    def answered(request: HttpRequest, **given: Any) -> HttpResponse:
        where = _where(request)
        if was_too_often(where, most=MOST_WRONG):
            raise Wrong(429, _too_often())
        try:
            answer = view(request, **given)
        except Wrong as wrong:
            if wrong.status == 404:
                is_too_often(where, most=MOST_WRONG, within=_HOUR)
            raise
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer

    return answered


def _where(request: HttpRequest) -> str:
    return f"contest-code:{address_of(request)}"


def _too_often() -> str:
    return _("Có quá nhiều địa chỉ sai từ nơi này. Xin thử lại sau một giờ.")


def page(
    request: HttpRequest,
    contest: Contest | None,
    template: str,
    title: str,
    *,
    crumbs: Sequence[tuple[str, str]] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """A page in the frame of the unit's site, of the installation where it has none."""
    site = registry.now().by_unit.get(contest.unit_id) if contest is not None else None
    return frame.page(
        request,
        Place(site),
        f"portal/contests/{template}",
        title,
        is_inside=False,
        crumbs=crumbs,
        status=status,
        contest=contest,
        **more,
    )


def told(
    request: HttpRequest, contest: Contest | None, title: str, said: str, *, status: int = 200
) -> HttpResponse:
    """A page that says one thing."""
    crumbs = crumbs_of(contest) if contest is not None else ()
    return page(request, contest, "told.html", title, crumbs=crumbs, said=said, status=status)


def missing(request: HttpRequest) -> HttpResponse:
    """There is no such contest, week or sitting; a draft looks like none."""
    said = _("Không có cuộc thi nào ở địa chỉ này. Xem lại địa chỉ trên thông báo.")
    return told(request, None, _("Không tìm thấy cuộc thi"), said, status=404)


def crumbs_of(contest: Contest) -> list[tuple[str, str]]:
    """The way to what belongs to a contest."""
    return [(reverse("contest:contest", args=[contest.code]), contest.title)]


def week_of(code: str, number: int) -> ContestWeek | None:
    """A week of a contest that citizens may know of."""
    contest = queries.by_code(code)
    if contest is None:
        return None
    found = ContestWeek.objects.filter(contest=contest, number=number)
    return found.select_related("contest__unit", "version").first()


def cookie_of(week: ContestWeek) -> str:
    """The name of the cookie that finds a closed page again."""
    return f"thi_{week.contest.code}_{week.number}"
