"""Which host names this installation answers to besides the operator's (`DINHLANG_HOSTS`): those of its open sites.

A commune that is given a host name of its own need not wait for the operator to name it once more. Only whole names
that lead to an open site are known, never patterns, and at them only public pages are answered (`middleware.Sites`):
a name that somebody points here can neither sign anyone in nor stand in a link that we send.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import split_domain_port

from dinhlang.portal.sites import registry

_log = logging.getLogger(__name__)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+")


class AtASite(HttpRequest):
    """A request that may also come in at the host name of an open site."""

    def get_host(self) -> str:
        """The host that was asked, with its port. Raises `DisallowedHost` for one that is nobody's."""
        try:
            return super().get_host()
        except DisallowedHost:
            asked: str = self.META.get("HTTP_HOST", "")
            domain, _port = split_domain_port(asked)
            if domain and domain in of_sites():
                return asked
            raise


class Request(AtASite, WSGIRequest):
    """A request as the server hands it over."""


def of_sites() -> frozenset[str]:
    """The host names of open sites, old ones too. Without the database those whose pages are kept."""
    try:
        return registry.hosts()
    except DatabaseError:
        _log.warning("the database does not answer: host names are those of kept pages")
        return of_kept_pages(Path(settings.KEPT))


def of_kept_pages(kept: Path) -> frozenset[str]:
    """The host names at which pages are kept as files."""
    try:
        return frozenset(one.name for one in (kept / "pages").iterdir() if _HOST.fullmatch(one.name))
    except OSError:
        return frozenset()
