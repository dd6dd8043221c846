"""Answers to addresses with a query, which cannot be files: remembered by each process until anything public changes.

A list narrowed to a field or a month is asked for again and again. Its answer holds as long as the stamp does: whoever
changes what public pages show writes another one once it is committed, for all processes. The stamp is read before an
answer is computed, so what was computed from older data is never taken for new.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

MOST = 128
LONGEST_ADDRESS = 300
_Key = tuple[str, str, str]
_answers: OrderedDict[_Key, tuple[str, bytes]] = OrderedDict()
_lock = Lock()
View = Callable[..., HttpResponse]


def forget() -> None:
    """Say to every process that public pages changed."""
    path = _stamp_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(secrets.token_hex(8), "ascii")


def _stamp_file() -> Path:
    return Path(settings.KEPT) / "changed.stamp"


def _stamp() -> str:
    try:
        return _stamp_file().read_text("ascii")
    except OSError:
        return ""


def remembered(view: View) -> View:
    """A view of a site whose answer to a query is the same for everyone: computed once, then given without a question.

    The view takes a request and a `Place`. Inside a transaction nothing is remembered: it may have changed something.
    """

    @wraps(view)
    def answered(request: HttpRequest, place: Any, **kwargs: Any) -> HttpResponse:
        address = request.get_full_path()
        if not request.GET or len(address) > LONGEST_ADDRESS or connection.in_atomic_block:
            return view(request, place, **kwargs)
        key, stamp = (request.get_host(), address, localdate().isoformat()), _stamp()
        if not stamp:
            return view(request, place, **kwargs)
        with _lock:
            known = _answers.get(key)
            if known is not None and known[0] == stamp:
                _answers.move_to_end(key)
                return HttpResponse(known[1])
        answer = view(request, place, **kwargs)
        if answer.status_code == 200:
            with _lock:
                _answers[key] = (stamp, bytes(answer.content))
                _answers.move_to_end(key)
                while len(_answers) > MOST:
                    _answers.popitem(last=False)
        return answer

    return answered
