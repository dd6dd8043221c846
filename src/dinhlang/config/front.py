"""The server that faces the world: waitress, which answers a plain request for a kept page at once.

Waitress reads in one thread and hands each request to another, which calls the application. For a file that is ready
that costs more than the answer: here it is sent from the thread that read the request. A page of a site that has to be
computed is handed on, but as it was read here, and its answer is sent whole: waitress would take the request apart once
more and put the answer together line by line. What a player posts when it has an emergency takes no thread at all until
its answer is there: hundreds say so in the same second, and are written together. Only requests of the plainest kind are
taken; anything else goes the usual way, and gets the same answer there.
"""

from __future__ import annotations

import re
import select
import socket
import time
from email.utils import formatdate
from functools import lru_cache, partial
from io import BytesIO
from typing import Any

import waitress
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

from dinhlang.broadcast.emergency.standing import HEARD
from dinhlang.config.turning import Turning
from dinhlang.portal.kept.serving import LEFT_TO_DJANGO, Answer, Environ, Kept

_FIRST = re.compile(r"(GET|HEAD) (/[a-z0-9/._-]*)(?:\?([A-Za-z0-9%&=+._~-]*))? HTTP/1\.1")
_POSTED = f"POST {HEARD} HTTP/1.1\r\n".encode()
LARGEST_WORD = 4096
"""Bytes of what a player posts when it has an emergency; it has five hundred."""
_HEADER = re.compile(r"[A-Za-z0-9-]+")
_LENGTH = re.compile(rb"(?i)\r\ncontent-length:[ \t]*([0-9]{1,5})[ \t]*(?=\r\n|\Z)")
# What a kept page's answer depends on, by the names under which it is asked for.
_ASKED_FOR = {
    "host": "HTTP_HOST",
    "accept-encoding": "HTTP_ACCEPT_ENCODING",
    "authorization": "HTTP_AUTHORIZATION",
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
    return _with_headers(environ, lines)


def posted_word(data: bytes) -> tuple[Environ, bytes] | None:
    """A whole request that begins as `_POSTED`, and its body; None for any that is not of the plainest kind."""
    head, _end, body = data.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")[1:]
    lengths = [one for one in lines if one.lower().startswith("content-length:")]
    said = lengths[0].partition(":")[2].strip(" \t") if len(lengths) == 1 else ""
    if said != str(len(body)) or len(data) > LARGEST_WORD:
        return None
    lines.remove(lengths[0])
    environ = _with_headers({"REQUEST_METHOD": "POST", "PATH_INFO": HEARD, "QUERY_STRING": ""}, lines)
    return (environ, body) if environ is not None else None


def is_begun(data: bytes) -> bool:
    """Whether more of a posted word is to come: browsers send head and body apart."""
    head, end, body = data.partition(b"\r\n\r\n")
    length = _LENGTH.search(head)
    if len(data) > LARGEST_WORD:
        return False
    return not end or (length is not None and len(body) < int(length[1]) <= LARGEST_WORD)


def _with_headers(environ: Environ, lines: list[str]) -> Environ | None:
    """The environ with what the lines say that matters; None when they ask for more than a plain answer."""
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
    return _sent(found) if found is not None else None


def _sent(found: Answer) -> bytes:
    """An answer as it goes over the line."""
    head = "".join(f"{name}: {value}\r\n" for name, value in found.headers)
    moment = _date(int(time.time()))
    return f"HTTP/1.1 {found.status}\r\n{head}Date: {moment}\r\n\r\n".encode("latin-1") + found.body


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    return formatdate(second, usegmt=True)


class Plain:
    """A plain request that was read, until a thread has computed its answer; waitress takes it for one of its own."""

    error = None
    expect_continue = False
    version = "1.1"

    def __init__(self, environ: Environ, data: bytes) -> None:
        self.headers: dict[str, str] = {}
        self.environ, self.data, self.path = environ, data, environ["PATH_INFO"]

    def close(self) -> None:
        """Nothing was opened for it."""


class Posted(Plain):
    """What a player posted when it has an emergency. Once there is an `answer`, or none, a thread sends it."""

    answer: Answer | None = None


class Usual(WSGITask):  # type: ignore[misc]
    """Calls the application, saying that the page could not be computed before."""

    def get_environment(self) -> Environ:
        return {**super().get_environment(), LEFT_TO_DJANGO: True}


class Computing:
    """Computes the answer to a plain request, or takes it the usual way."""

    close_on_finish = False
    # What waitress looks at after a failure: nothing was sent when the usual way failed.
    wrote_header = False

    def __init__(self, channel: HTTPChannel, request: Plain) -> None:
        self.channel, self.request = channel, request

    def service(self) -> None:
        """Send the answer."""
        if isinstance(self.request, Posted):
            found = self.request.answer
        else:
            found = self.channel.server.kept_pages.computed_page(self._environ())
        if found is not None:
            self.wrote_header = True
            self.channel.write_soon(_sent(found))
            return
        parsed = self.channel.parser_class(self.channel.adj)
        data = self.request.data
        while data and not parsed.completed:
            data = data[parsed.received(data) :]
        task = (ErrorTask if parsed.error else Usual)(self.channel, parsed)
        try:
            task.service()
        finally:
            self.close_on_finish, self.wrote_header = task.close_on_finish, task.wrote_header
            parsed.close()

    def _environ(self) -> Environ:
        given: Environ = self.request.environ
        return {
            **given,
            "SERVER_NAME": self.channel.server.server_name,
            "SERVER_PORT": str(self.channel.server.effective_port),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress says nothing of its types
    """A connection of which plain requests for kept pages are answered at once, and for other pages of sites soon."""

    def task_class(self, channel: HTTPChannel, request: Any) -> Any:
        """What serves a request."""
        return (Computing if isinstance(request, Plain) else WSGITask)(channel, request)

    # What came of a posted word; while it is not whole, nothing else of this connection is under way.
    _begun = b""

    def received(self, data: bytes) -> bool:
        is_idle = not (self.requests or self.request or self.total_outbufs_len or self.will_close)
        if self._begun:
            data, self._begun = self._begun + data, b""
        if is_idle and data.startswith(_POSTED) and not self.close_when_flushed:
            return self._posted(data)
        environ = plain_request(data) if data and is_idle and not self.close_when_flushed else None
        if environ is None:
            return bool(super().received(data))
        found = self.server.kept_pages.found(environ)
        if found is not None:
            answer = _sent(found)
            sent = self.send(answer)
            if sent < len(answer) and self.connected:
                self.write_soon(answer[sent:])
            return True
        if not self.server.kept_pages.may_compute(environ):
            return bool(super().received(data))
        with self.requests_lock:
            self.requests.append(Plain(environ, data))
            self.server.add_task(self)
        return True

    def del_channel(self, map: dict[int, Any] | None = None) -> None:  # noqa: A002 - waitress's name
        """The connection is closed next."""
        if isinstance(self.server.asyncore, Turning):
            self.server.asyncore.forget(self._fileno)
        super().del_channel(map)

    def _posted(self, data: bytes) -> bool:
        if is_begun(data):
            self._begun = data
            return True
        word = posted_word(data)
        if word is None:
            return bool(super().received(data))
        environ, body = word
        request = Posted(environ, data)
        with self.requests_lock:
            # Until it is answered nothing more is read of this connection.
            self.requests.append(request)
        self.server.kept_pages.hear(environ, body, partial(self._answer, request))
        return True

    def _answer(self, request: Posted, found: Answer | None) -> None:
        request.answer = found
        self.server.add_task(self)


def server(application: Kept, listening: socket.socket, *, believes_proxies: bool) -> Any:
    """The server on a socket that is already open; `run()` serves until the process ends."""
    made = waitress.create_server(
        application,
        sockets=[listening],
        threads=4,
        # A browser keeps six connections for two minutes: the usual hundred would be used up by seventeen readers.
        # Players at amplifiers hold one each for ever.
        connection_limit=1500,
        asyncore_use_poll=True,
        ident=None,
        max_request_body_size=512 * 1024 * 1024,
        clear_untrusted_proxy_headers=not believes_proxies,
    )
    if isinstance(made, TcpWSGIServer):
        # Its own `application` may be wrapped by then.
        made.kept_pages, made.channel_class = application, Channel
        if hasattr(select, "epoll"):
            made.asyncore = Turning()
    return made


def serve(application: Kept, listening: socket.socket, *, believes_proxies: bool) -> None:
    """Serve until the process ends."""
    server(application, listening, believes_proxies=believes_proxies).run()
