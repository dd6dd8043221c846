"""What is answered while the database is away: in one plain page, and what to do."""

from __future__ import annotations

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

_log = logging.getLogger(__name__)


def is_away(reason: BaseException | None) -> bool:
    """Whether an error means that the database cannot be asked now."""
    return isinstance(reason, (OperationalError, InterfaceError))


def stopped(reason: BaseException | None) -> HttpResponse:
    """The page, with 503 and when to come again. Pages that are kept as files are still there."""
    _log.error("the database does not answer: %s", reason)
    answer = HttpResponse(render_to_string("portal/site/stopped.html"), status=503)
    answer.headers["Retry-After"] = "60"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """What Django answers for any error that nobody caught: also one that a middleware met, before any view."""
    reason = sys.exc_info()[1]
    return stopped(reason) if is_away(reason) else server_error(request)
