"""When a mail is due, how long a link and a consent hold, what an address is."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused, Unfit
from dinhlang.portal.models import Reader

CONFIRM_WITHIN = timedelta(days=2)
KEPT_FOR = timedelta(days=730)
# From then on each mail asks whether it is still wanted.
ASKED_BEFORE = timedelta(days=45)
MOST_ITEMS = 12
LEAD_LENGTH = 220
MOST_FAILURES = 3
FROM_HOUR, UNTIL_HOUR = 7, 20
ADDRESS_LENGTH = 200
# Of one house or office behind one address of the net; of one mailbox.
MOST_OF_A_CALLER, CALLER_WITHIN = 10, timedelta(hours=1)
MOST_OF_AN_ADDRESS, ADDRESS_WITHIN = 3, timedelta(days=1)


class Worthless(Refused):
    """A link that is none of ours, has run out, or whose reader is no more."""


def checked_address(address: str) -> str:
    """The address as it is kept, in small letters. Raises `Unfit`."""
    address = address.strip().lower()
    try:
        EmailValidator()(address)
    except ValidationError:
        address = ""
    if not address or len(address) > ADDRESS_LENGTH:
        raise Unfit(_("Địa chỉ thư không đúng. Ghi như: ten@example.vn."), "address")
    return address


def next_day(rhythm: str, on: date) -> date:
    """The day of the next mail after `on`: tomorrow, or the next Monday."""
    if rhythm == Reader.Rhythm.DAILY:
        return on + timedelta(days=1)
    return on + timedelta(days=7 - on.weekday())


def is_ending(ends_on: date, on: date) -> bool:
    """Whether a mail should ask if it is still wanted."""
    return ends_on - ASKED_BEFORE <= on


def shortened(text: str, most: int = LEAD_LENGTH) -> str:
    """A lead that ends with a whole word."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
