"""Answers to addresses with a query, which cannot be files: remembered by each process until anything public changes.

A list narrowed to a field or a month is asked for again and again. Its answer holds as long as the stamp does: whoever
changes what public pages show writes another one once it is committed, for all processes. The stamp is read before an
answer is computed, so what was computed from older data is never taken for new. What is found by a search holds as long
as the index does, too.

What is remembered is answered before Django is entered (`serving.Kept`), without a question of the database. Parts of
pages that many pages share (`values`) are remembered in the same way.
"""

from __future__ import annotations

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache, wraps
from hashlib import md5
from pathlib import Path
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate

MOST = 256
# All bodies together: a process has no more memory for them than this.
MOST_BYTES = 8_000_000
LONGEST_ADDRESS = 300
# What is kept for one stamp; more is begun anew.
MOST_VALUES = 20_000
View = Callable[..., HttpResponse]
_Key = tuple[str, str, str]


def _nothing() -> str:
    return "-"


@dataclass(frozen=True, slots=True)
class _Remembered:
    stamp: str
    # What else the answer goes by, and what it said then.
    of: Callable[[], str]
    state: str
    kind: str
    etag: str
    body: bytes
    # Whether nothing is to be added to it, so that it can be given before Django is entered.
    is_whole: bool = True


_answers: OrderedDict[_Key, _Remembered] = OrderedDict()
# Bytes of all bodies.
_held = [0]
_lock = Lock()
_values: tuple[tuple[str, str, str], dict[Hashable, Any]] | None = None


def forget() -> None:
    """Say to every process that public pages changed."""
    file = _stamp_file()
    Path(file).parent.mkdir(parents=True, exist_ok=True)
    # One byte more each time: two changes within one tick of the clock differ too, and to look costs one call.
    with open(file, "ab") as opened:  # noqa: PTH123 - as it is looked at
        opened.write(b".")


def _stamp_file() -> str:
    return f"{settings.KEPT}/changed.stamp"


def _stamp() -> str:
    try:
        found = os.stat(_stamp_file())  # noqa: PTH116 - at every request; a path object costs more than the call
    except OSError:
        return ""
    return f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"


@lru_cache(maxsize=4)
def _day_of(_minute: int) -> str:
    return localdate().isoformat()


def _today() -> str:
    return _day_of(int(time.time() // 60))


def remembered(view: View) -> View:
    """A view of a site whose answer to a query is the same for everyone: computed once, then given without a question.

    The view takes a request and a `Place`. Inside a transaction nothing is remembered: it may have changed something.
    """
    return remembered_while(_nothing)(view)


def remembered_while(of: Callable[[], str]) -> Callable[[View], View]:
    """As `remembered`, for answers that go by something else beside the public pages: `of` names its state, and gives
    nothing while no answer can be remembered."""
    return lambda view: _remembering(view, of)


def remembered_inside(view: View, of: Callable[[], str] = _nothing) -> View:
    """As `remembered_while`, for what is never kept as a file and to which more is added: also without a query."""
    return _remembering(view, of, is_whole=False)


def moment(seconds: int) -> Callable[[], str]:
    """A state that lasts so many seconds, for answers that tell of what nobody announces: they are that old at most."""
    return lambda: str(int(time.time() // seconds))


def _remembering(view: View, of: Callable[[], str], *, is_whole: bool = True) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query: str = request.META.get("QUERY_STRING", "")
        key = _key(request.META.get("HTTP_HOST", ""), request.path_info, query)
        if (is_whole and not query) or len(key[1]) > LONGEST_ADDRESS or connection.in_atomic_block:
            return view(request, *args, **kwargs)
        stamp, state = _stamp(), of()
        if not stamp or not state:
            return view(request, *args, **kwargs)
        with _lock:
            known = _holding(key, stamp)
        if known is not None:
            return HttpResponse(known.body, content_type=known.kind)
        answer = view(request, *args, **kwargs)
        if answer.status_code == 200 and not getattr(answer, "is_for_once", False):
            body = bytes(answer.content)
            answer["ETag"] = etag_of(body)
            kept = _Remembered(stamp, of, state, answer["Content-Type"], answer["ETag"], body, is_whole)
            with _lock:
                _keep(key, kept)
        return answer

    return answered


def for_once(answer: HttpResponse) -> HttpResponse:
    """The answer, which is not to be remembered: computing it does something that is to be done each time."""
    answer.is_for_once = True  # type: ignore[attr-defined]
    return answer


def known(host: str, path: str, query: str) -> tuple[str, str, bytes] | None:
    """(content type, ETag, body) of what is remembered for an address with a query; None when it is to be computed."""
    with _lock:
        found = _holding(_key(host, path, query), None)
    return (found.kind, found.etag, found.body) if found is not None and found.is_whole else None


def etag_of(body: bytes) -> str:
    """The tag that Django would give."""
    return f'"{md5(body, usedforsecurity=False).hexdigest()}"'


def _key(host: str, path: str, query: str) -> _Key:
    return host, f"{path}?{query}", _today()


def _holding(key: _Key, stamp: str | None) -> _Remembered | None:
    found = _answers.get(key)
    if found is None or found.stamp != (_stamp() if stamp is None else stamp) or found.of() != found.state:
        return None
    _answers.move_to_end(key)
    return found


def _keep(key: _Key, one: _Remembered) -> None:
    _forget_one(key)
    _answers[key] = one
    _held[0] += len(one.body)
    while len(_answers) > MOST or (_held[0] > MOST_BYTES and len(_answers) > 1):
        _forget_one(next(iter(_answers)))


def _forget_one(key: _Key) -> None:
    gone = _answers.pop(key, None)
    if gone is not None:
        _held[0] -= len(gone.body)


def values() -> dict[Hashable, Any]:
    """What pages share, by whatever names it; empty at first and again after each change, each day, each language's own.

    Whoever reads the database to fill it takes it before: what was read from older data is never taken for new. Inside
    a transaction it is a new one each time.
    """
    global _values  # noqa: PLW0603 - the one memory of the process; replaced as a whole, so no lock is needed
    stamp = "" if connection.in_atomic_block else _stamp()
    if not stamp:
        return {}
    key = (str(connection.settings_dict["NAME"]), stamp, _today())
    if _values is None or _values[0] != key or len(_values[1]) > MOST_VALUES:
        _values = (key, {})
    return _values[1]
