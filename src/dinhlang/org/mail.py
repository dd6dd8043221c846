"""Mail to people of the house: reminders, and nothing else. Without a mail server (`DINHLANG_MAIL`) none goes.

A mail lies on machines that are not ours: callers put no name, no title and no word of a document into it, only what
waits and where to go.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from dinhlang.org.models import Person

_log = logging.getLogger(__name__)


def is_configured() -> bool:
    """Whether there is a server that takes mail."""
    return bool(settings.MAIL)


def send(*, person: Person, subject: str, body: str, address: str = "") -> bool:
    """Hand a mail to the server, for `address` or the person's own; whether it was taken. Never raises.

    `False` as well where there is no server, no address, or the account is closed.
    """
    to = address or person.email
    return bool(to) and person.is_active and hand_over(to=to, subject=subject, body=body)


def hand_over(*, to: str, subject: str, body: str, headers: Mapping[str, str] | None = None) -> bool:
    """Hand a mail for this address to the server, with more headers where it has some; whether it was taken. Never raises."""
    if not is_configured():
        return False
    # No machine on holiday writes back (RFC 3834).
    message = EmailMessage(
        subject, body, to=[to], headers={"Auto-Submitted": "auto-generated", **(headers or {})}
    )
    try:
        return message.send() == 1
    except (SMTPException, OSError, ValueError):
        _log.warning("a mail could not be sent", exc_info=True)
        return False
