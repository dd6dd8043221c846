"""Whether a host name leads to this machine, as far as names tell: a site must not move to where nobody finds it."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from django.conf import settings


def leads_here(host: str) -> bool:
    """Whether the name has an address in common with that of the installation. False for a name that nobody knows."""
    return bool(_addresses(host) & _addresses(urlsplit(settings.PUBLIC_URL).hostname or ""))


def _addresses(host: str) -> set[str]:
    try:
        return {str(row[4][0]) for row in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)}
    except (OSError, UnicodeError):
        return set()
