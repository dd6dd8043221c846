"""Fetching a picture from a commune's old site, for an import that a person asked for; never while a page is shown.

Whoever writes the file of an import writes the addresses in it, so none of them is trusted: only the old site's own
host is asked, on its usual port, at an address of the public internet that was looked up once and is kept to; each
redirect is judged anew. No proxy, no cookie, no credentials.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urljoin, urlsplit

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.portal.newsroom.rules.old_pictures import LARGEST, check_size, host_of, name_of

if TYPE_CHECKING:
    import urllib3

SECONDS = 20.0
"""For one picture, redirects and all."""
MOST_REDIRECTS = 3
_BLOCK = 65_536
_USUAL_PORTS = {"http": 80, "https": 443}
_ELSEWHERE = {301, 302, 303, 307, 308}
# Ways to write an address of IPv4 as one of IPv6, which a gateway would follow to anywhere.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))

Resolve = Callable[[str, int], list[str]]


class NotFetched(Refused):
    """The picture cannot be had; the message names it and says why."""


def looked_up(host: str, port: int) -> list[str]:
    """The addresses of a host."""
    flags = socket.AI_ADDRCONFIG  # none of a kind that this machine cannot reach
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return [str(one[4][0]) for one in found]


def picture(address: str, *, host: str, resolve: Resolve = looked_up, seconds: float = SECONDS) -> bytes:
    """The bytes at the address, which must be of `host` (as `host_of` gives it). Raises `NotFetched`.

    Whether they are a picture is not judged here.
    """
    import urllib3

    name = name_of(address)
    until = time.monotonic() + seconds
    for _turn in range(MOST_REDIRECTS + 1):
        parts = _checked(address, host, name)
        port = _USUAL_PORTS[parts.scheme]
        try:
            found = _asked(parts, port, _public(parts.hostname or "", port, resolve, name), until, name)
        except (urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            raise NotFetched(_("Ảnh “%(name)s”: trang cũ không trả lời.") % {"name": name}) from error
        if isinstance(found, bytes):
            return found
        address = urljoin(address, found)
    raise NotFetched(_("Ảnh “%(name)s”: trang cũ chuyển hướng quá nhiều lần.") % {"name": name})


def _checked(address: str, host: str, name: str) -> SplitResult:
    """The parts of an address that may be asked."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise NotFetched(_("Ảnh “%(name)s”: địa chỉ không đúng.") % {"name": name}) from error
    if not host or host_of(address) != host:
        raise NotFetched(
            _("Ảnh “%(name)s” nằm ở trang khác, không phải trang cũ, nên không lấy.") % {"name": name}
        )
    if parts.username is not None or port not in {None, _USUAL_PORTS.get(parts.scheme)}:
        raise NotFetched(_("Ảnh “%(name)s”: địa chỉ không đúng.") % {"name": name})
    return parts


def _public(host: str, port: int, resolve: Resolve, name: str) -> str:
    """The address that is asked; none at all of a host that also has one inside some network."""
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise NotFetched(_("Ảnh “%(name)s”: không tìm thấy trang cũ.") % {"name": name}) from error
    if not found or not all(is_public(one) for one in found):
        raise NotFetched(_("Ảnh “%(name)s”: địa chỉ dẫn vào mạng nội bộ nên không lấy.") % {"name": name})
    return found[0]


def is_public(address: str) -> bool:
    """Whether an address of IPv4 or IPv6 is one of the public internet, and none that hides another in it."""
    try:
        given = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(given, ipaddress.IPv6Address):
        hidden = given.ipv4_mapped or given.sixtofour or (given.teredo or (None, None))[1]
        if hidden is not None or any(given in network for network in _TRANSLATED):
            return False
    return given.is_global and not (given.is_multicast or given.is_reserved or given.is_unspecified)


def _asked(parts: SplitResult, port: int, ip: str, until: float, name: str) -> bytes | str:
    """What is there, or where it leads."""
    import urllib3

    left = _left(until, name)
    waits = urllib3.Timeout(connect=min(5.0, left), read=min(10.0, left))
    host = parts.hostname or ""
    pool: urllib3.HTTPConnectionPool
    if parts.scheme == "https":
        # The certificate is that of the name, whatever address it was looked up at.
        pool = urllib3.HTTPSConnectionPool(
            ip, port, timeout=waits, retries=False, server_hostname=host, assert_hostname=host
        )
    else:
        pool = urllib3.HTTPConnectionPool(ip, port, timeout=waits, retries=False)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    headers = {"Host": host, "Accept": "image/*", "User-Agent": "DinhLang", "Accept-Encoding": "identity"}
    with pool:
        answer = pool.request("GET", path, headers=headers, redirect=False, preload_content=False)
        try:
            if answer.status in _ELSEWHERE and answer.headers.get("Location"):
                return str(answer.headers["Location"])
            if answer.status != 200:
                raise NotFetched(
                    _("Ảnh “%(name)s”: trang cũ trả lời %(status)s.")
                    % {"name": name, "status": answer.status}
                )
            return _body(answer, until, name)
        finally:
            answer.close()


def _body(answer: urllib3.BaseHTTPResponse, until: float, name: str) -> bytes:
    said = answer.headers.get("Content-Length", "")
    check_size(int(said) if said.isascii() and said.isdigit() and len(said) < 18 else 0, name)
    parts, size = [], 0
    # What it says of its size need not be true, and it may send a byte now and then for ever.
    while size <= LARGEST:
        _left(until, name)
        part = answer.read1(_BLOCK)
        if not part:
            break
        parts.append(part)
        size += len(part)
    check_size(size, name)
    return b"".join(parts)


def _left(until: float, name: str) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise NotFetched(_("Ảnh “%(name)s”: trang cũ trả lời quá chậm.") % {"name": name})
    return left
