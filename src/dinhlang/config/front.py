"""The server that faces the world: waitress, which answers a plain request for a kept page at once.

Waitress reads in one thread and hands each request to another, which calls the application. For a file that is ready
that costs more than the answer: here it is sent from the thread that read the request. Only requests of the plainest
kind are taken; anything else goes the usual way, and gets the same answer there.
"""

from __future__ import annotations

import re
import socket
import time
from email.utils import formatdate
from functools import lru_cache
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from dinhlang.portal.kept.serving import Environ, Kept

_FIRST = re.compile(r"(GET|HEAD) (/[a-z0-9/._-]*)(?:\?([A-Za-z0-9%&=+._~-]*))? HTTP/1\.1")
_HEADER = re.compile(r"[A-Za-z0-9-]+")
# What a kept page's answer depends on, by the names under which it is asked for.
_ASKED_FOR = {
    "host": "HTTP_HOST",
    "accept-encoding": "HTTP_ACCEPT_ENCODING",
    "cookie": "HTTP_COOKIE",
    "if-none-match": "HTTP_IF_NONE_MATCH",
    "if-modified-since": "HTTP_IF_MODIFIED_SINCE",
    "user-agent": "HTTP_USER_AGENT",
}
# What makes a request more than a plain one.
_USUAL_WAY = frozenset({"content-length", "transfer-encoding", "expect", "upgrade", "range", "te", "trailer"})


def plain_request(data: bytes) -> Environ | None:
    """A whole request of the plainest kind, as WSGI names its parts; None for any other."""
    if not data.endswith(b"\r\n\r\n") or data.count(b"\r\n\r\n") != 1:
        return None
    first, *lines = data[:-4].decode("latin-1").split("\r\n")
    asked = _FIRST.fullmatch(first)
    if asked is None:
        return None
    environ: Environ = {"REQUEST_METHOD": asked[1], "PATH_INFO": asked[2], "QUERY_STRING": asked[3] or ""}
    for line in lines:
        name, colon, value = line.partition(":")
        if not colon or not _HEADER.fullmatch(name) or "\n" in value or "\r" in value:
            return None
        name, value = name.lower(), value.strip(" \t")
        if name in _USUAL_WAY or (name == "connection" and value.lower() != "keep-alive"):
            return None
        key = _ASKED_FOR.get(name)
        if key is not None:
            if key in environ:
                return None
            environ[key] = value
    return environ if environ.get("HTTP_HOST") else None


def answered(application: Kept, data: bytes) -> bytes | None:
    """The bytes that answer a plain request for a kept page; None when the usual way is to be gone."""
    environ = plain_request(data)
    found = application.found(environ) if environ is not None else None
    if found is None:
        return None
    head = "".join(f"{name}: {value}\r\n" for name, value in found.headers)
    moment = _date(int(time.time()))
    return f"HTTP/1.1 {found.status}\r\n{head}Date: {moment}\r\n\r\n".encode("latin-1") + found.body


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress says nothing of its types
    """A connection of which plain requests for kept pages are answered at once."""

    def received(self, data: bytes) -> bool:
        is_idle = not (self.requests or self.request or self.total_outbufs_len or self.will_close)
        if data and is_idle and not self.close_when_flushed:
            answer = answered(self.server.kept_pages, data)
            if answer is not None:
                sent = self.send(answer)
                if sent < len(answer) and self.connected:
                    self.write_soon(answer[sent:])
                return True
        return bool(super().received(data))


def server(application: Kept, listening: socket.socket, *, believes_proxies: bool) -> Any:
    """The server on a socket that is already open; `run()` serves until the process ends."""
    made = waitress.create_server(
        application,
        sockets=[listening],
        threads=4,
        ident=None,
        max_request_body_size=512 * 1024 * 1024,
        clear_untrusted_proxy_headers=not believes_proxies,
    )
    if isinstance(made, TcpWSGIServer):
        # Its own `application` may be wrapped by then.
        made.kept_pages, made.channel_class = application, Channel
    return made


def serve(application: Kept, listening: socket.socket, *, believes_proxies: bool) -> None:
    """Serve until the process ends."""
    server(application, listening, believes_proxies=believes_proxies).run()
