"""What is live, kept in the memory of a web process, so that a player may ask every second.

Asked through Django one question costs milliseconds; five hundred players a second would fill a processor. Here a thread
reads what was sent four times a second, and the answer is a look into a table. That a player has a message is gathered
with what others say (`gathering`). Whatever is not plain (an unknown key, a database that is away) is left to Django, which
answers the same (`players.api`).
"""

from __future__ import annotations

import json
import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

from dinhlang.broadcast.emergency import queries
from dinhlang.broadcast.emergency.gathering import Gathering, Given, Headers, Word
from dinhlang.broadcast.emergency.listening import Listeners
from dinhlang.broadcast.emergency.queries import Listener
from dinhlang.broadcast.emergency.rules import Sent, acknowledged_of, live
from dinhlang.broadcast.players import rules
from dinhlang.org.rules.invitations import token_hash
from dinhlang.work import blobs
from dinhlang.work.models import Blob

PATH = "/api/phat-thanh/v1/alarms"
HEARD = f"{PATH}/heard"
MEDIA = "/api/phat-thanh/v1/media/"
EVERY_SECONDS = 0.25
TOO_OLD = 2.0
"""Seconds after which what is known is not given out any more."""
MOST_SOUNDS = 20
IDLE = 60.0
"""Seconds without a question after which the thread rests."""
_log = logging.getLogger(__name__)


class Standing:
    """The answers by key, as they stood a moment ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = self._read = float("-inf")
        self._listeners = Listeners()
        self._gathering = Gathering()
        self._sent: list[Sent] = []
        self._live: object = None
        self._answers: dict[int, tuple[str, bytes]] = {}
        # Five hundred players fetch the same file in the same second.
        self._sounds: dict[str, tuple[str, bytes]] = {}
        self._at = timezone.now()

    def answer(self, environ: dict[str, Any]) -> Given | None:
        """The answer to a question of a device; None when Django is to be asked."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or not (path == PATH or path.startswith(MEDIA)):
            return None
        listener = self._who(environ)
        if listener is None:
            return None
        if path != PATH:
            return (
                self._sound_for(listener, path.removeprefix(MEDIA)) if "HTTP_RANGE" not in environ else None
            )
        tag, body = self._answer_for(listener)
        headers = [("ETag", tag), ("Cache-Control", "private, no-cache")]
        if rules.is_known_tag(environ.get("HTTP_IF_NONE_MATCH", ""), tag):
            return "304 Not Modified", headers, b""
        headers += [
            ("Content-Type", "application/json; charset=utf-8"),
            ("Content-Length", str(len(body))),
        ]
        return "200 OK", headers, body

    def hear(self, environ: dict[str, Any], body: bytes, answered: Callable[[Given | None], None]) -> None:
        """Take in what a device posts to `HEARD`; `answered` is told once, maybe from another thread, None for Django."""
        word = self._word(environ, body, answered)
        if word is None:
            answered(None)
        else:
            self._gathering.put(word)

    def _word(
        self, environ: dict[str, Any], body: bytes, answered: Callable[[Given | None], None]
    ) -> Word | None:
        listener = self._who(environ) if environ["PATH_INFO"] == HEARD else None
        if listener is None:
            return None
        try:
            told = json.loads(body)
        except (ValueError, RecursionError):
            return None
        if not isinstance(told, dict) or told.get("device") != listener.log_name:
            return None
        said = acknowledged_of(listener.pk, told)
        return Word(listener, said, answered) if said is not None else None

    def _who(self, environ: dict[str, Any]) -> Listener | None:
        """The device that shows its key; None when it is not known, or what is known is too old."""
        self._asked = time.monotonic()
        if self._asked - self._read > TOO_OLD:
            self._begin()
            return None
        scheme, _space, secret = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self._listeners.by_key.get(token_hash(secret.strip())) if scheme.lower() == "bearer" else None

    def _sound_for(self, listener: Listener, sha256: str) -> Given | None:
        found = self._sounds.get(sha256)
        _tag, body = self._answer_for(listener)
        if found is None or f'"media": "{sha256}"'.encode() not in body:
            return None
        kind, data = found
        headers: Headers = [
            ("ETag", f'"{sha256}"'),
            ("Accept-Ranges", "bytes"),
            ("Cache-Control", "private, no-cache"),
            ("Content-Type", kind),
            ("Content-Length", str(len(data))),
        ]
        return "200 OK", headers, data

    def _answer_for(self, listener: Listener) -> tuple[str, bytes]:
        answers = self._answers
        found = answers.get(listener.pk)
        if found is None:
            body = queries.body_for(listener, self._sent, self._at)
            found = (rules.etag_of(body), json.dumps(body, ensure_ascii=False).encode())
            answers[listener.pk] = found
        return found

    def _begin(self) -> None:
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._keep_up, daemon=True)
                self._thread.start()

    def _keep_up(self) -> None:
        while time.monotonic() - self._asked < IDLE:
            close_old_connections()
            try:
                self.read(timezone.now())
            except (DatabaseError, OSError):
                # Soon it is too old, and Django says what is wrong.
                _log.warning("what is live could not be read", exc_info=True)
            time.sleep(EVERY_SECONDS)

    def read(self, at: datetime) -> None:
        """Read what is live at a moment."""
        began = time.monotonic()
        sent = queries.sent_since(at)
        if self._listeners.read(at):
            self._live = None
        now_live = tuple((one.uid, one.expires_at <= at) for one in sent)
        if now_live != self._live:
            self._sounds = _sounds(sent, at)
            self._sent, self._at, self._answers = sent, at, {}
            self._live = now_live
        self._read = began


def _sounds(sent: list[Sent], at: datetime) -> dict[str, tuple[str, bytes]]:
    """Type and bytes of what is to be heard now, by hash; what is not audio is left to Django."""
    heard, _over = live(sent, at)
    wanted = {one.media for one in heard if one.type.startswith("audio/")}
    rows = Blob.objects.in_bulk(sorted(wanted)[:MOST_SOUNDS])
    return {sha256: (row.media_type, blobs.read(row)) for sha256, row in rows.items()}
