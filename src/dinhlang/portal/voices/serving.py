"""How a page that is about one sender is answered: of a site, without cookies, never kept, its address told to no other site."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt

from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import VIETNAMESE, absolute
from dinhlang.portal.sites.frame import Place, host_of, not_there
from dinhlang.portal.sites.registry import SiteNow

View = Callable[..., HttpResponse]


def site_at(request: HttpRequest, path: str) -> SiteNow | None:
    """The open site of a request, by its path or by the host name."""
    known = registry.now()
    return known.by_path.get(path) if path else known.by_host.get(host_of(request))


def of_one_sender(view: View) -> View:
    """A page of a site that takes forms. There is no session to be abused by a forged form, so no token against one:
    every act is bound to a ticket or to code and PIN."""

    @csrf_exempt
    @wraps(view)
    def answered(
        request: HttpRequest, site: str = "", language: str = VIETNAMESE, **given: Any
    ) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD, POST"})
        found = site_at(request, site)
        with translation.override(language):
            if found is None:
                answer = not_there(request, Place(None, language))
            elif site and found.host:
                answer = HttpResponsePermanentRedirect(
                    absolute(found, request.get_full_path().removeprefix(f"/{site}"))
                )
            else:
                answer = view(request, Place(found, language), **given)
        add_never_cache_headers(answer)
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    return answered
