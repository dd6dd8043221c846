"""Mail to people of the house: reminders, and nothing else. Without a mail server (`DINHLANG_MAIL`) none goes.

A mail lies on machines that are not ours: callers put no name, no title and no word of a document into it, only what
waits and where to go.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from dinhlang.org.models import Person

_log = logging.getLogger(__name__)

MOST_REFUSED = 3
"""One after the other; then it is the server, not an address."""


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


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to an address, '' for none. `claim` marks what it tells and says how much it marked, `release` takes the mark back."""

    address: str
    claim: Callable[[], int]
    send: Callable[[str], bool]
    release: Callable[[], object]


def send_once(letters: Iterable[Letter]) -> int:
    """Send these mails; how many went. Each is marked before it goes, so that two workers never send it twice, and unmarked when
    the server did not take it; after some refusals in a row the rest waits for the next time.
    """
    sent = refused = 0
    for one in letters:
        if not one.address or not one.claim():
            continue
        if one.send(one.address):
            sent, refused = sent + 1, 0
            continue
        one.release()
        refused += 1
        if refused == MOST_REFUSED:
            break
    return sent
