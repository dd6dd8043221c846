"""What every answer to a program has: the site it is asked of, JSON also for what is wrong, leave to be read anywhere."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import date
from functools import wraps
from typing import Any

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from dinhlang.org.views import today
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import VIETNAMESE, absolute
from dinhlang.portal.sites.frame import finished, host_of
from dinhlang.portal.sites.registry import SiteNow

JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"


class Wrong(Exception):
    """What is asked cannot be answered; the text says why to whoever wrote the program."""

    def __init__(self, status: int, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.parameter = status, message, parameter


def said(wrong: Wrong) -> HttpResponse:
    """What is wrong, as JSON."""
    told = {"message": wrong.message, "parameter": wrong.parameter}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=JSON, status=wrong.status)


def leave(methods: Collection[str], headers: Collection[str]) -> HttpResponse:
    """What a browser is told that asks whether a page of another site may ask so; it need not ask again for a day."""
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": ", ".join(headers),
            "Access-Control-Max-Age": "86400",
        },
    )


def opened(answer: HttpResponse) -> HttpResponse:
    """The answer, which a page of any other site may read."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Link"
    return answer


def later(answer: HttpResponse) -> HttpResponse:
    """The answer of a database that is away for a moment."""
    answer.headers["Retry-After"] = "60"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def site_of(request: HttpRequest) -> SiteNow:
    """The site of a request that came through `served`."""
    found: SiteNow = vars(request)["site"]
    return found


def as_of(asked: date | None) -> date:
    """The day as of which data are asked for, today unasked. Raises `Wrong` for one that has not come."""
    on = today()
    if asked is not None and asked > on:
        raise Wrong(400, _("Ngày %(day)s chưa tới. Chọn ngày không sau hôm nay.") % {"day": asked}, "on")
    return asked or on


def served(
    view: Callable[..., HttpResponse], known: Collection[str] | None = ()
) -> Callable[..., HttpResponse]:
    """The view as an address of every site, by path or host name. `known` are the parameters that it takes; with None it takes none
    and passes over whatever programs add of their own, as readers of feeds do."""

    @readable
    @wraps(view)
    def answered(request: HttpRequest, site: str = "", **given: Any) -> HttpResponse:
        found = registry.now().by_path.get(site) if site else registry.now().by_host.get(host_of(request))
        if found is None:
            raise Wrong(
                404, _("Không có trang công khai nào ở địa chỉ này. Kiểm tra lại tên xã trong địa chỉ.")
            )
        if site and found.host:
            rest = request.get_full_path().removeprefix(f"/{site}")
            return HttpResponsePermanentRedirect(absolute(found, rest))
        if known is not None:
            _check(request, known)
        vars(request)["site"] = found
        return view(request, **given)

    return answered


def readable(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What programs of any site may read: JSON also for what is wrong, and a 304 for what did not change."""

    @csrf_exempt  # Nothing is changed by any request; whoever posts is told so in JSON.
    @wraps(view)
    def answered(request: HttpRequest, *, language: str = VIETNAMESE, **given: Any) -> HttpResponse:
        with translation.override(language):
            try:
                answer = _read(view, request, given)
            except Wrong as wrong:
                answer = said(wrong)
            except DatabaseError:
                answer = later(
                    said(Wrong(503, _("Máy chủ đang tạm dừng cơ sở dữ liệu. Xin gọi lại sau một phút.")))
                )
            if answer.status_code == 405:
                answer.headers["Allow"] = "GET, HEAD, OPTIONS"
            return opened(finished(request, answer))

    return answered


def _read(view: Callable[..., HttpResponse], request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
    if request.method == "OPTIONS":
        return leave(("GET", "HEAD"), ("If-None-Match",))
    if request.method not in ("GET", "HEAD"):
        raise Wrong(405, _("Dữ liệu ở đây chỉ để đọc. Dùng phương thức GET."))
    # A HEAD is answered as a GET is; the server leaves out the body.
    request.method, asked = "GET", request.method
    try:
        return view(request, **given)
    finally:
        request.method = asked


def _check(request: HttpRequest, known: Collection[str]) -> None:
    """Refuse what would otherwise be passed over in silence: a slip in a name gives everything, which looks right."""
    for name, values in request.GET.lists():
        if name not in known:
            names = ", ".join(f"“{one}”" for one in known)
            raise Wrong(
                400,
                (
                    _("Không có tham số “%(name)s”. Dùng được: %(names)s.")
                    if names
                    else _("Không có tham số “%(name)s”. Địa chỉ này không nhận tham số nào.")
                )
                % {"name": name[:40], "names": names},
                name[:40],
            )
        if len(values) > 1:
            raise Wrong(400, _("Tham số “%(name)s” chỉ ghi một lần.") % {"name": name}, name)
        if any(not letter.isprintable() for letter in values[0]):
            raise Wrong(
                400, _("Tham số “%(name)s” có ký tự không đọc được. Xin bỏ ký tự đó.") % {"name": name}, name
            )
