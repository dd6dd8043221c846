"""Rendering a page outside of any request: the view is called as for a reader who says nothing of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import Resolver404, resolve

from dinhlang.portal.kept.recording import recording
from dinhlang.portal.kept.store import OWN, Target
from dinhlang.portal.sites import HOST_URLS
from dinhlang.portal.sites.hosts import AtASite


@dataclass(frozen=True, slots=True)
class Rendered:
    """What an address answers, and what it shows. `body` is None for anything that is no page to keep."""

    body: bytes | None
    tags: frozenset[str]


def render(target: Target) -> Rendered:
    """The page at that address as it is now."""
    with recording() as noted:
        body = _answer(target)
    return Rendered(body, frozenset(noted))


def _answer(target: Target) -> bytes | None:
    request = request_for(target)
    try:
        found = resolve(target.address, None if target.host == OWN else HOST_URLS)
        answer = found.func(request, *found.args, **found.kwargs)
    except (Http404, Resolver404):
        return None
    if answer.status_code != 200:
        return None
    return b"".join(answer.streaming_content) if answer.streaming else bytes(answer.content)


def request_for(target: Target) -> HttpRequest:
    """A reader's request for that address, without cookies."""
    known = urlsplit(settings.PUBLIC_URL)
    host = known.netloc if target.host == OWN else target.host
    request = AtASite()
    request.method = "GET"
    request.path = request.path_info = target.address
    request.META.update(
        {
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": host,
            "SERVER_NAME": host.partition(":")[0],
            "SERVER_PORT": "443" if known.scheme == "https" else "80",
            "PATH_INFO": target.address,
            "wsgi.url_scheme": known.scheme,
        }
    )
    return request
