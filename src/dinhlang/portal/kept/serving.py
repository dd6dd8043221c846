"""Kept pages answered before Django is entered: no database, no session, no template.

A request for a page without a query is looked for among the files, one with a query among the answers that are remembered
(`remembered`); anything else is computed (`computing`), or goes on to Django. What nginx does
with the same files in front of us (`docs/nginx.conf`) is the same answer.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from email.utils import formatdate
from functools import lru_cache
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from dinhlang.portal.kept import remembered
from dinhlang.portal.kept.store import INDEX, OWN, Target, can_be_kept
from dinhlang.portal.sites import looks

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]
Given = tuple[str, Headers, bytes]

KINDS: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".rss": "application/rss+xml; charset=utf-8",
    ".atom": "application/atom+xml; charset=utf-8",
    ".json": "application/json",
    ".csv": "text/csv; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".pdf": "application/pdf",
    ".jsonld": "application/ld+json",
}
FOR_GOOD = "public, max-age=31536000, immutable"
ANEW = "public, no-cache"
# In what is asked for: that it was tried to compute it, in vain.
LEFT_TO_DJANGO = "dinhlang.left_to_django"
_NEVER_A_SITE = ("/ban-lam-viec/", "/static/", "/healthz")
_TOKEN = re.compile(r'(?:W/)?"[^"]*"|\*')


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent."""

    status: str
    headers: Headers
    body: bytes


class Kept:
    """WSGI: the kept file when there is one, else what is computed of a site, else what stands behind.

    `standing` answers devices of the radio that show a key, from memory; `heard` takes in that they have an emergency, and
    calls what it is given with the answer, None for the usual way.
    """

    def __init__(
        self,
        application: Application,
        *,
        noted: Callable[[str, str, str], None] | None = None,
        computed: Callable[[Environ], Given | None] | None = None,
        standing: Callable[[Environ], Given | None] | None = None,
        heard: Callable[[Environ, bytes, Callable[[Given | None], None]], None] | None = None,
    ) -> None:
        self.application = application
        self.standing = standing
        self.heard = heard
        self.computed = computed
        self.folder = Path(settings.KEPT)
        self.security = security_headers()
        self.noted = noted

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        found = self.found(environ) or self.computed_page(environ)
        if found is None:
            return self.application(environ, self._counting(environ, start_response))
        start_response(found.status, found.headers)
        return [found.body] if found.body else []

    def may_compute(self, environ: Environ) -> bool:
        """Whether a page of a site may stand there, so that it is worth trying."""
        return self.computed is not None and not environ["PATH_INFO"].startswith(_NEVER_A_SITE)

    def computed_page(self, environ: Environ) -> Answer | None:
        """A page of a site that is no file, without going through all that stands before the desk."""
        if self.computed is None or LEFT_TO_DJANGO in environ or not self.may_compute(environ):
            return None
        found = self.computed(environ)
        if found is None:
            return None
        status, headers, body = found
        self._note(environ, dict(headers).get("Content-Type", ""))
        return Answer(status, [*headers, *self.security], body)

    def hear(self, environ: Environ, body: bytes, answered: Callable[[Answer | None], None]) -> None:
        """Take in that a device has an emergency; `answered` is called once, None for the usual way."""

        def told(given: Given | None) -> None:
            answered(Answer(given[0], [*given[1], *self.security], given[2]) if given is not None else None)

        if self.heard is None:
            answered(None)
        else:
            self.heard(environ, body, told)

    def _counting(self, environ: Environ, start_response: StartResponse) -> StartResponse:
        """Counts what stands behind as the kept pages are: pages that anyone may keep, so none of the desk."""

        def started(status: str, headers: Headers, *more: Any) -> Any:
            said = {name.lower(): value for name, value in headers}
            if status.startswith("200") and said.get("cache-control", "").startswith("public"):
                self._note(environ, said.get("content-type", ""))
            return start_response(status, headers, *more)

        return started

    def _note(self, environ: Environ, kind: str) -> None:
        if self.noted is not None and kind.startswith("text/html") and environ["REQUEST_METHOD"] == "GET":
            self.noted(
                environ.get("PATH_INFO", ""), environ.get("HTTP_HOST", ""), environ.get("HTTP_USER_AGENT", "")
            )

    def found(self, environ: Environ) -> Answer | None:
        """What a kept file answers; None when there is none, and Django is to be asked."""
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return None
        if self.standing is not None and "HTTP_AUTHORIZATION" in environ:
            # Whoever shows a key asks for nothing that is kept.
            given = self.standing(environ)
            return Answer(given[0], [*given[1], *self.security], given[2]) if given is not None else None
        if environ.get("QUERY_STRING"):
            return self._remembered(environ)
        there = self._file(environ)
        return self._answer(environ, *there) if there is not None else None

    def _remembered(self, environ: Environ) -> Answer | None:
        """What was computed for this address and still holds."""
        known = remembered.known(
            environ.get("HTTP_HOST", ""), environ.get("PATH_INFO", ""), environ["QUERY_STRING"]
        )
        if known is None:
            return None
        kind, etag, body = known
        headers: Headers = [("Content-Type", kind), ("ETag", etag), ("Cache-Control", ANEW), *self.security]
        self._note(environ, kind)
        if _is_known(environ, etag, None):
            return Answer("304 Not Modified", headers, b"")
        headers.append(("Content-Length", str(len(body))))
        return Answer("200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)

    def _file(self, environ: Environ) -> tuple[str, str, bool] | None:
        """(file, how long it may be kept, whether it differs by cookie) of what is asked for."""
        address: str = environ.get("PATH_INFO", "")
        if address == looks.ADDRESS:
            return str(self.folder / "looks" / f"{_look(environ)}.css"), "private, no-cache", True
        host = self._host(environ)
        if host is None or not can_be_kept(Target(host, address)):
            return None
        if address.startswith("/g/"):
            return f"{self.folder}{address}", FOR_GOOD, False
        inside = address + INDEX if address.endswith("/") else address
        return f"{self.folder}/pages/{host}{inside}", ANEW, False

    def _host(self, environ: Environ) -> str | None:
        """The folder of the host that was asked; None for one that is not ours, which Django refuses."""
        asked = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
        domain = _domain(asked)
        # A site's host is known by the pages that are kept for it: nobody else makes such a folder.
        if can_be_kept(Target(domain, "/")) and domain != OWN and (self.folder / "pages" / domain).is_dir():
            return domain
        return OWN if domain and _is_of_the_house(domain, tuple(settings.ALLOWED_HOSTS)) else None

    def _answer(self, environ: Environ, file: str, kept_for: str, by_cookie: bool) -> Answer | None:
        kind = KINDS.get(os.path.splitext(file)[1])  # noqa: PTH122 - a path object for each request costs more than the read
        if kind is None:
            return None
        opened = (_open(file + ".gz") if _takes_gzip(environ) else None) or _open(file)
        if opened is None:
            return None
        body, moment, is_compressed = opened
        etag = f'"{int(moment):x}-{len(body):x}"'
        headers: Headers = [
            ("Content-Type", kind),
            ("ETag", etag),
            ("Last-Modified", formatdate(int(moment), usegmt=True)),
            ("Cache-Control", kept_for),
            ("Vary", "Accept-Encoding, Cookie" if by_cookie else "Accept-Encoding"),
            *self.security,
        ]
        self._note(environ, kind)
        if _is_known(environ, etag, moment):
            return Answer("304 Not Modified", headers, b"")
        if is_compressed:
            headers.append(("Content-Encoding", "gzip"))
        headers.append(("Content-Length", str(len(body))))
        return Answer("200 OK", headers, b"" if environ["REQUEST_METHOD"] == "HEAD" else body)


@lru_cache(maxsize=256)
def _domain(asked: str) -> str:
    """The host name that was asked, without its port; empty for what is no host name."""
    return str(split_domain_port(asked)[0])


@lru_cache(maxsize=256)
def _is_of_the_house(domain: str, allowed: tuple[str, ...]) -> bool:
    return bool(validate_host(domain, allowed))


def security_headers() -> Headers:
    """What every answer of Django carries too (a test holds the two alike)."""
    from dinhlang.org.sign_in.middleware import PERMISSIONS

    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    headers = [
        (
            "Content-Security-Policy",
            "; ".join(f"{name} {' '.join(values)}" for name, values in policy.items()),
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
        ("X-Frame-Options", settings.X_FRAME_OPTIONS),
        ("Permissions-Policy", PERMISSIONS),
    ]
    if settings.SECURE_HSTS_SECONDS:
        headers.append(("Strict-Transport-Security", f"max-age={settings.SECURE_HSTS_SECONDS}"))
    return headers


def _look(environ: Environ) -> str:
    try:
        cookies = {name: one.value for name, one in SimpleCookie(environ.get("HTTP_COOKIE", "")).items()}
    except CookieError:
        cookies = {}
    return looks.name_of(looks.chosen(cookies))


def _open(file: str) -> tuple[bytes, float, bool] | None:
    """(contents, when written, whether compressed) of a file; None when it is not there."""
    try:
        with open(file, "rb") as opened:  # noqa: PTH123 - see above
            return opened.read(), os.fstat(opened.fileno()).st_mtime, file.endswith(".gz")
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, PermissionError):
        return None


def _takes_gzip(environ: Environ) -> bool:
    """Whether the reader takes gzip; 'gzip;q=0' says that it does not."""
    for one in environ.get("HTTP_ACCEPT_ENCODING", "").lower().split(","):
        name, _semicolon, weight = one.strip().partition(";")
        if name.strip() == "gzip":
            return not re.fullmatch(r"\s*q\s*=\s*0(\.0*)?\s*", weight)
    return False


def _is_known(environ: Environ, etag: str, moment: float | None) -> bool:
    """Whether the reader has this very file, written at that moment, already; None for what is no file."""
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None:
        return any(one.removeprefix("W/") == etag or one == "*" for one in _TOKEN.findall(known))
    return moment is not None and bool(
        environ.get("HTTP_IF_MODIFIED_SINCE") == formatdate(int(moment), usegmt=True)
    )
