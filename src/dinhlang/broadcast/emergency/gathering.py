"""Words of devices that they have a message, gathered for a moment and written together.

Five hundred players say so within a second. One by one each would wait for the disk that the one before it waits for;
gathered, all that came in a twentieth of a second are one transaction. Nobody is answered before it is committed.
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.broadcast.emergency.actions import take_receipts
from dinhlang.broadcast.emergency.queries import Listener
from dinhlang.broadcast.emergency.rules import Acknowledged

GATHERED_FOR = 0.05
"""Seconds from the first word until all that came are written."""
MOST_AT_ONCE = 500
IDLE = 60.0
"""Seconds without a word after which the thread ends, and its connection with it."""
Headers = list[tuple[str, str]]
Given = tuple[str, Headers, bytes]
"""Status, headers and body of an answer."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Word:
    """What a device said, and who is to be told the answer: None when it is to go the usual way."""

    listener: Listener
    said: Acknowledged
    answered: Callable[[Given | None], None]


class Gathering:
    """The words that wait, and the thread that writes them while there are any."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[Word] = []
        self._is_running = False

    def put(self, word: Word) -> None:
        """Take a word in; it is answered soon, from another thread, once."""
        with self._changed:
            self._waiting.append(word)
            if not self._is_running:
                self._is_running = True
                threading.Thread(target=self._keep_up, daemon=True).start()
            self._changed.notify()

    def _keep_up(self) -> None:
        while self._has_come():
            time.sleep(GATHERED_FOR)
            with self._changed:
                words, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
            close_old_connections()
            write(words)
        connection.close()

    def _has_come(self) -> bool:
        with self._changed:
            self._is_running = bool(self._changed.wait_for(lambda: self._waiting, IDLE))
            return self._is_running


def write(words: list[Word]) -> None:
    """Write words in one transaction, and answer each when it is committed."""
    try:
        new = take_receipts(
            [one.said for one in words],
            way="http",
            at=timezone.now(),
            listeners={one.listener.pk: one.listener for one in words},
        )
    except DatabaseError:
        # The usual way would find the same, one by one, and wait each time as long.
        _log.warning("%d words of devices could not be written", len(words), exc_info=True)
        _answer_all(words, _answer("503 Service Unavailable", {"message": _busy()}, ("Retry-After", "5")))
        return
    except Exception:
        # Nobody waits for ever, whatever it is: the usual way says what is wrong.
        _log.exception("%d words of devices could not be taken in", len(words))
        _answer_all(words, None)
        return
    for one in words:
        key = (one.said.device, one.said.alarm)
        told = new.get(key)
        # Whose key was revoked a moment ago hears so the usual way.
        one.answered(None if told is None else _answer("200 OK", {"new": told}))
        if told:
            # The same word again in the same moment.
            new[key] = False


def _answer_all(words: list[Word], given: Given | None) -> None:
    for one in words:
        one.answered(given)


def _busy() -> str:
    return _("Máy chủ đang bận. Xin gửi lại sau ít giây.")


def _answer(status: str, told: dict[str, object], *more: tuple[str, str]) -> Given:
    body = json.dumps(told, ensure_ascii=False).encode()
    headers = [
        ("Content-Type", "application/json; charset=utf-8"),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        *more,
    ]
    return status, headers, body
