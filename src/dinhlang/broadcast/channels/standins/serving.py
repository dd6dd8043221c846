"""What the stand-ins share: a small HTTP server, faults that are asked for beforehand, and a page of what was posted."""

from __future__ import annotations

import html
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LARGEST_REQUEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its path inside the service, what was given (query, form and JSON together), the headers by small letters."""

    method: str
    path: str
    given: Mapping[str, Any]
    headers: Mapping[str, str]
    files: Mapping[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    body: Mapping[str, Any] | str
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that goes wrong once, at the next request whose path ends so.

    `instead` is answered; nothing is done unless `is_done`. `is_cut` ends the line without an answer: with `is_done` as when
    a service made the post and the answer was lost. `seconds` it takes its time first.
    """

    path: str
    instead: Said | None = None
    is_done: bool = False
    is_cut: bool = False
    seconds: float = 0.0


class StandIn:
    """One service: subclasses answer. All of its state is under one lock."""

    name = ""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.faults: deque[Fault] = deque()
        self.asked: list[Asked] = []

    def answer(self, asked: Asked) -> Said:
        """What the service says."""
        raise NotImplementedError

    def posted(self) -> list[tuple[str, str]]:
        """Title and text of everything that everyone sees, the newest first."""
        raise NotImplementedError

    def take(self, asked: Asked) -> tuple[Said | None, float]:
        """The answer, or None to cut the line; and how long to wait with it."""
        with self.lock:
            self.asked.append(asked)
            fault = next((one for one in self.faults if asked.path.endswith(one.path)), None)
            if fault is None:
                return self.answer(asked), 0.0
            self.faults.remove(fault)
            said = self.answer(asked) if fault.is_done else fault.instead
            if fault.is_cut:
                return None, fault.seconds
            return fault.instead or said or self.answer(asked), fault.seconds


class _Handler(BaseHTTPRequestHandler):
    services: Mapping[str, StandIn]
    protocol_version = "HTTP/1.1"

    def _do(self) -> None:
        parts = urlsplit(self.path)
        _slash, _, rest = parts.path.partition("/")
        name, _, path = rest.partition("/")
        size = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(min(size, LARGEST_REQUEST))
        service = self.services.get(name)
        if service is None:
            self._say(Said(_page(self.services)))
            return
        given, files = _given(data, self.headers.get("Content-Type", ""))
        headers = {key.lower(): value for key, value in self.headers.items()}
        asked = Asked(self.command, f"/{path}", {**dict(parse_qsl(parts.query)), **given}, headers, files)
        said, seconds = service.take(asked)
        if seconds:
            time.sleep(seconds)
        if said is None:
            self.close_connection = True
            self.connection.close()
            return
        self._say(said)

    do_GET = do_POST = do_DELETE = _do  # noqa: N815 - the library's names

    def _say(self, said: Said) -> None:
        is_page = isinstance(said.body, str)
        data = said.body.encode() if isinstance(said.body, str) else json.dumps(said.body).encode()
        self.send_response(said.status)
        self.send_header("Content-Type", "text/html; charset=utf-8" if is_page else "application/json")
        self.send_header("Content-Length", str(len(data)))
        for key, value in said.headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_of_it: object) -> None:
        """Say nothing: addresses hold tokens."""


def _given(data: bytes, kind: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    if kind.startswith("application/json"):
        found = json.loads(data or b"{}")
        return (found if isinstance(found, dict) else {}), {}
    if kind.startswith("multipart/form-data"):
        message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {kind}\r\n\r\n".encode() + data)
        texts, files = {}, {}
        for part in message.iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            content = part.get_payload(decode=True) or b""
            if part.get_filename():
                files[name] = bytes(content)
            else:
                texts[name] = bytes(content).decode()
        return texts, files
    return dict(parse_qsl(data.decode())), {}


def _page(services: Mapping[str, StandIn]) -> str:
    parts = [
        "<!doctype html><html lang='vi'><meta charset='utf-8'><title>Kênh thử</title><h1>Kênh thử trên máy này</h1>"
    ]
    for service in services.values():
        parts.append(f"<h2>{html.escape(service.name)}</h2>")
        parts += [
            f"<h3>{html.escape(title)}</h3><pre>{html.escape(text)}</pre>" for title, text in service.posted()
        ]
    return "".join(parts)


@contextmanager
def serving(services: Mapping[str, StandIn], port: int = 0) -> Iterator[str]:
    """Serve them on this machine while the block runs; gives the address, under which each has its name as first part."""
    handler = type("Handler", (_Handler,), {"services": services})
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


Clock = Callable[[], float]
