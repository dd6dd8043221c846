"""What is live, kept in the memory of a web process, so that a player may ask every second.

Asked through Django one question costs milliseconds; five hundred players a second would fill a processor. Here a thread
reads what was sent four times a second, and the answer is a look into a table. Whatever is not plain (an unknown key, a
database that is away) is left to Django, which answers the same (`players.api`).
"""

from __future__ import annotations

import json
import logging
import threading
import time
from datetime import datetime
from typing import Any

from django.db import DatabaseError, close_old_connections
from django.db.models import Count, Max
from django.utils import timezone
from django.utils.timezone import localdate

from dinhlang.broadcast.emergency import queries
from dinhlang.broadcast.emergency.queries import Listener
from dinhlang.broadcast.emergency.rules import Sent, live
from dinhlang.broadcast.models import Device
from dinhlang.broadcast.players import rules
from dinhlang.org import queries as org
from dinhlang.org.rules.invitations import token_hash
from dinhlang.work import blobs
from dinhlang.work.models import Blob

PATH = "/api/phat-thanh/v1/alarms"
MEDIA = "/api/phat-thanh/v1/media/"
EVERY_SECONDS = 0.25
TOO_OLD = 2.0
"""Seconds after which what is known is not given out any more."""
MOST_SOUNDS = 20
IDLE = 60.0
"""Seconds without a question after which the thread rests."""
Headers = list[tuple[str, str]]
_log = logging.getLogger(__name__)


class Standing:
    """The answers by key, as they stood a moment ago."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._asked = self._read = float("-inf")
        self._listeners: dict[str, Listener] = {}
        self._known: object = None
        self._sent: list[Sent] = []
        self._live: object = None
        self._answers: dict[int, tuple[str, bytes]] = {}
        # Five hundred players fetch the same file in the same second.
        self._sounds: dict[str, tuple[str, bytes]] = {}
        self._at = timezone.now()

    def answer(self, environ: dict[str, Any]) -> tuple[str, Headers, bytes] | None:
        """Status, headers and body for a question of a device; None when Django is to be asked."""
        path = environ["PATH_INFO"]
        if environ["REQUEST_METHOD"] != "GET" or not (path == PATH or path.startswith(MEDIA)):
            return None
        self._asked = time.monotonic()
        if self._asked - self._read > TOO_OLD:
            self._begin()
            return None
        scheme, _space, secret = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        listener = self._listeners.get(token_hash(secret.strip())) if scheme.lower() == "bearer" else None
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

    def _sound_for(self, listener: Listener, sha256: str) -> tuple[str, Headers, bytes] | None:
        found = self._sounds.get(sha256)
        _tag, body = self._answer_for(listener)
        if found is None or f'"media": "{sha256}"'.encode() not in body:
            return None
        kind, data = found
        headers = [
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
        devices = Device.objects.aggregate(Count("pk"), Max("pk"), Count("revoked_at"))
        known = (localdate(at), *devices.values())
        sent = queries.sent_since(at)
        if known != self._known:
            self._listeners = _listeners(at)
            self._known, self._live = known, None
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


def _listeners(at: datetime) -> dict[str, Listener]:
    on = localdate(at)
    rows = Device.objects.filter(revoked_at=None).select_related("unit", "zone")
    alive: dict[str, bool] = {}
    above: dict[str, frozenset[str]] = {}
    found = {}
    for device in rows:
        unit = device.unit
        if unit.pk not in alive:
            alive[unit.pk] = org.exists_on(unit, on)
            above[unit.pk] = frozenset(one.pk for one in org.path_up(unit, on)) | {unit.pk}
        if alive[unit.pk]:
            zone = device.zone.name.casefold() if device.zone else ""
            found[device.key_hash] = Listener(device.pk, device.log_name, above[unit.pk], zone)
    return found
