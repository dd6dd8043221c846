"""Public pages that must be computed, answered without what only the desk needs: sessions, people, forms, messages.

A page of a site is the same for everyone, so the nineteen middlewares in front of the desk can say nothing of it; going
through them costs more than a list from the index does. Here the site is found by host or path, the view by the addresses
of a site alone, and the answer gets the headers that all answers have. Whatever is not a whole page (what is not there,
what leads elsewhere, files, any failure) is left to Django, which answers it as ever.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core import signals
from django.core.exceptions import DisallowedHost
from django.http import Http404
from django.urls import Resolver404, get_resolver, set_script_prefix

from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import ENGLISH
from dinhlang.portal.sites.frame import host_of
from dinhlang.portal.sites.hosts import Request

_SITE_URLS = "dinhlang.portal.sites.urls"
_log = logging.getLogger(__name__)
Environ = dict[str, Any]


def computed(environ: Environ) -> tuple[str, list[tuple[str, str]], bytes] | None:
    """(status, headers, body) of a site's page; None when Django is to be asked."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ.get("SCRIPT_NAME"):
        return None
    # As Django's own handler says of itself: connections of the database are looked after by who hears it.
    signals.request_started.send(sender=Request, environ=environ)
    try:
        return _computed(environ)
    except (Http404, DisallowedHost):
        return None
    except Exception:
        # Django asks once more, and says to the reader what is wrong.
        _log.debug("%s could not be computed", environ.get("PATH_INFO"), exc_info=True)
        return None
    finally:
        signals.request_finished.send(sender=Request)


def _computed(environ: Environ) -> tuple[str, list[tuple[str, str]], bytes] | None:
    set_script_prefix("/")
    request = Request(environ)
    found = _view(request)
    if found is None:
        return None
    view, arguments = found
    answer = view(request, **arguments)
    if answer.streaming:
        answer.close()
        return None
    if answer.status_code not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED) or answer.cookies:
        return None
    status = f"{answer.status_code} {answer.reason_phrase}"
    body = bytes(answer.content)
    headers = [(name, value) for name, value in answer.items() if name != "Content-Length"]
    if answer.status_code == HTTPStatus.OK:
        headers.append(("Content-Length", str(len(body))))
    return status, headers, b"" if request.method == "HEAD" else body


def _view(request: Request) -> tuple[Callable[..., Any], dict[str, Any]] | None:
    """The view of a site that stands at the address, and what it takes; None for any other address."""
    known = registry.now()
    path, host = request.path_info, host_of(request)
    if known.moved_to(host) is not None:
        return None
    by_host = known.by_host.get(host)
    arguments: dict[str, Any] = {}
    if by_host is None:
        name = path.split("/", 2)[1] if path.startswith("/") else ""
        site = known.by_path.get(name)
        if site is None or site.host:
            return None
        path, arguments["site"] = path[len(name) + 1 :], name
    if path.startswith("/en/"):
        path, arguments["language"] = path[3:], ENGLISH
    try:
        found = get_resolver(_SITE_URLS).resolve(path)
    except Resolver404:
        return None
    return found.func, {**found.kwargs, **arguments}
