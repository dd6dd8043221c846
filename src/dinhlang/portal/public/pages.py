"""What the public pages of reports share: the frame of their unit's site, and how they say that they are not there."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.http import quote_etag

from dinhlang.portal.kept.recording import note
from dinhlang.portal.sites import addresses, frame, registry
from dinhlang.portal.sites.frame import Place, finished
from dinhlang.portal.sites.queries import site_of, site_of_unit

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def public(view: View[P]) -> View[P]:
    """A page open to all, the same for everyone: it may be kept by anyone, but is asked for anew each time, so that
    what is withdrawn is gone at once. A page that did not change is answered with 304.
    """

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        with translation.override(addresses.VIETNAMESE):
            return finished(request, view(request, *args, **kwargs))

    return answered


def elsewhere(request: HttpRequest, unit_id: str) -> HttpResponse | None:
    """Where pages about this unit stand, when its site has a host name of its own and another one was asked."""
    sites = registry.now()
    site = sites.by_unit.get(unit_id)
    # Of a closed site too: while it is closed its reports stand at the bare address, and leave it when it opens again.
    known = sites.open_or_not.get(unit_id)
    if known is not None:
        note(f"site:{known.pk}")
    if site is None or not site.host or site.host == frame.host_of(request):
        return None
    return HttpResponsePermanentRedirect(addresses.absolute(site, request.get_full_path()))


def keep_file(answer: HttpResponse, sha256: str) -> HttpResponse:
    """A file that never changes, named by what it contains."""
    answer.headers["ETag"] = quote_etag(sha256)
    return answer


def page(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """A public page, in the frame of the site of its `unit` (a `UnitNow`), else of the host it was asked at."""
    unit = context.get("unit")
    site = site_of_unit(unit.unit.pk) if unit else site_of(request)
    return frame.page(
        request, Place(site), f"portal/public/{template}", title, status=status, is_inside=False, **context
    )


def absolute(path: str) -> str:
    """The address under which the installation is known outside."""
    return addresses.absolute(None, path)


def not_there(request: HttpRequest) -> HttpResponse:
    """There is no such page: the same answer for what never was and for what is not published."""
    return frame.not_there(request, Place(site_of(request)))
