"""Calling a service: the configured address and no other, within a time, a short answer, and no word of a token in what is said.

No redirect is followed, no proxy used, no cookie kept. Where the address is comes from the operator (`settings.CHANNELS`),
never from a form, and an answer never leads anywhere.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from dinhlang.broadcast.channels.contract import Failed
from dinhlang.broadcast.channels.rules import Why

if TYPE_CHECKING:
    import urllib3

SECONDS = 30.0
"""For one call, its answer and all."""
LARGEST_ANSWER = 512 * 1024
_BLOCK = 16 * 1024
_SAID = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the JSON object (empty when it was none) and the headers by small letters."""

    status: int
    body: Mapping[str, Any]
    headers: Mapping[str, str]


def call(
    base: str,
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | None = None,
    form: Mapping[str, str] | None = None,
    document: Mapping[str, Any] | None = None,
    file: tuple[str, bytes] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Call `base` + `path`. A `file` (name, bytes) goes with the form as its part 'source'.

    Raises `Failed`: TEMPORARY when nothing was sent, UNKNOWN when it may have been.
    """
    import urllib3

    parts = urlsplit(base)
    address = f"{parts.path}{path}" + (f"?{urlencode(query)}" if query else "")
    sent: dict[str, Any] = {}
    given = {
        "User-Agent": "DinhLang",
        "Accept": "application/json",
        "Accept-Encoding": "identity",
        **(headers or {}),
    }
    if document is not None:
        sent["body"] = json.dumps(document, ensure_ascii=False).encode()
        given["Content-Type"] = "application/json"
    elif file is not None:
        sent["fields"] = {**(form or {}), "source": (file[0], file[1])}
    elif form is not None:
        sent["body"] = urlencode(form).encode()
        given["Content-Type"] = "application/x-www-form-urlencoded"
    waits = urllib3.Timeout(connect=5.0, read=20.0)
    kind = urllib3.HTTPSConnectionPool if parts.scheme == "https" else urllib3.HTTPConnectionPool
    until = time.monotonic() + SECONDS
    try:
        with kind(parts.hostname or "", parts.port, timeout=waits, retries=False) as pool:
            answer = pool.request(
                method, address, headers=given, redirect=False, preload_content=False, **sent
            )
            try:
                return Answer(
                    answer.status,
                    _object(_body(answer, until)),
                    {name.lower(): value for name, value in answer.headers.items()},
                )
            finally:
                answer.close()
    # The library's own words hold the address, and some services want the token in it: none of them is passed on.
    except (
        urllib3.exceptions.NewConnectionError,
        urllib3.exceptions.ConnectTimeoutError,
        urllib3.exceptions.SSLError,
        urllib3.exceptions.LocationValueError,
    ):
        raise Failed(Why.TEMPORARY) from None
    except (urllib3.exceptions.HTTPError, OSError, ValueError):
        raise Failed(Why.UNKNOWN) from None


def _body(answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
    parts, size = [], 0
    while part := answer.read1(_BLOCK):
        size += len(part)
        if size > LARGEST_ANSWER or time.monotonic() > until:
            raise Failed(Why.UNKNOWN)
        parts.append(part)
    return b"".join(parts)


def _object(data: bytes) -> Mapping[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def told(code: object, message: object, *secrets: str) -> str:
    """A service's code and words for a person, short and without any of the secrets."""
    text = " ".join(f"{code}: {message}".split())[:_SAID]
    for secret in secrets:
        if secret:
            text = text.replace(secret, "…")
    return text
