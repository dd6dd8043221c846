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
# Of a request from another site: the one header that browsers ask leave for, and for how long they need not ask again.
_LEAVE = {
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class Wrong(Exception):
    """What is asked cannot be answered; the text says why to whoever wrote the program."""

    def __init__(self, status: int, message: str, parameter: str = "") -> None:
        super().__init__(message)
        self.status, self.message, self.parameter = status, message, parameter


def said(wrong: Wrong) -> HttpResponse:
    """What is wrong, as JSON."""
    told = {"message": wrong.message, "parameter": wrong.parameter}
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type=JSON, status=wrong.status)


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


def served(view: Callable[..., HttpResponse], known: Collection[str] = ()) -> Callable[..., HttpResponse]:
    """The view as an address of every site, by path or host name. `known` are the parameters that it takes."""

    @csrf_exempt  # Nothing is changed by any request; whoever posts is told so in JSON.
    @wraps(view)
    def answered(
        request: HttpRequest, site: str = "", language: str = VIETNAMESE, **given: Any
    ) -> HttpResponse:
        with translation.override(language):
            try:
                answer = _answered(view, request, site, known, given)
            except Wrong as wrong:
                answer = said(wrong)
            except DatabaseError:
                answer = said(Wrong(503, _("Máy chủ đang tạm dừng cơ sở dữ liệu. Xin gọi lại sau một phút.")))
                answer.headers["Retry-After"] = "60"
                answer.headers["Cache-Control"] = "no-store"
            if answer.status_code == 405:
                answer.headers["Allow"] = "GET, HEAD, OPTIONS"
            answer = finished(request, answer)
            answer.headers["Access-Control-Allow-Origin"] = "*"
            answer.headers["Access-Control-Expose-Headers"] = "ETag"
            return answer

    return answered


def _answered(
    view: Callable[..., HttpResponse],
    request: HttpRequest,
    path: str,
    known: Collection[str],
    given: dict[str, Any],
) -> HttpResponse:
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers=_LEAVE)
    if request.method not in ("GET", "HEAD"):
        raise Wrong(405, _("Dữ liệu ở đây chỉ để đọc. Dùng phương thức GET."))
    found = registry.now().by_path.get(path) if path else registry.now().by_host.get(host_of(request))
    if found is None:
        raise Wrong(404, _("Không có trang công khai nào ở địa chỉ này. Kiểm tra lại tên xã trong địa chỉ."))
    if path and found.host:
        return HttpResponsePermanentRedirect(
            absolute(found, request.get_full_path().removeprefix(f"/{path}"))
        )
    _check(request, known)
    vars(request)["site"] = found
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
