"""What tells a person's form from a machine's: a ticket with its age, a trap, some work done by the browser or a question in words.

Nothing here refuses a person: what looks like a machine's is taken all the same and marked for whoever looks through it. The
work is our own, of ALTCHA's kind but not its protocol: a number between 0 and `MOST_WORK` is to be found of which only the hash
is known. It follows from the ticket, so that nothing is stored and a number found serves one form only. A browser without
JavaScript shows the question.
"""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.forms import BaseForm
from django.utils.translation import gettext as _

from dinhlang.citizens.rules.kinds import Doubt
from dinhlang.vietnamese.text import fold

# Half of it is tried on average: a phone of 2018 needs some seconds, while one writes.
MOST_WORK = 20_000
LEAST_SECONDS = 4
HOLDS_FOR = timedelta(days=1)
_SALT = "voices.ticket"
_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai", "mười ba")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ticket:
    """One showing of the form: `key` makes what it sends one case, however often it is sent."""

    key: str
    issued_at: datetime

    def written(self) -> str:
        """As the form carries it, signed."""
        return signing.dumps([self.key, int(self.issued_at.timestamp())], salt=_SALT)

    @property
    def work(self) -> str:
        """The hash of which the number is to be found: SHA-256 of 'key:number' in hexadecimal."""
        return _hash(self.key, _number(self.key))

    @property
    def question(self) -> tuple[int, int]:
        """The two numbers to add."""
        digest = _derived(self.key, "question")
        return 1 + digest[0] % 7, 1 + digest[1] % 6


def new_ticket(at: datetime) -> Ticket:
    """A ticket for a form that is shown now."""
    return Ticket(secrets.token_urlsafe(18), at)


def read_ticket(written: str, at: datetime) -> Ticket | None:
    """What a form brought back; `None` for what is none of ours or older than a day."""
    try:
        key, issued = signing.loads(written, salt=_SALT)
        issued_at = datetime.fromtimestamp(issued, tz=at.tzinfo)
    except (signing.BadSignature, ValueError, TypeError, OverflowError):
        return None
    return None if at - issued_at > HOLDS_FOR else Ticket(str(key), issued_at)


def ticket_of(form: BaseForm, at: datetime) -> Ticket:
    """The ticket that a sent form brought back. Where it is none of ours or too old, a new one, and the form says so."""
    ticket = read_ticket(str(form.data.get("ticket", "")), at)
    if ticket is None:
        form.add_error(None, _("Trang này mở đã lâu. Những gì bạn ghi vẫn còn ở dưới, bấm gửi một lần nữa."))
    return ticket or new_ticket(at)


def in_words(number: int) -> str:
    """A small number as the question says it."""
    return _NUMBERS[number]


def flags_of(ticket: Ticket, *, trap: str, work: str, answer: str, at: datetime) -> tuple[Doubt, ...]:
    """What speaks against a form, in order; nothing for a person's."""
    found = []
    if trap:
        found.append(Doubt.TRAP)
    if at - ticket.issued_at < timedelta(seconds=LEAST_SECONDS):
        found.append(Doubt.FAST)
    if not is_worked(ticket, work) and not is_answered(ticket, answer):
        found.append(Doubt.NO_PROOF)
    return tuple(found)


def is_worked(ticket: Ticket, work: str) -> bool:
    """Whether the number was found."""
    return work.isascii() and work.isdigit() and len(work) < 8 and int(work) == _number(ticket.key)


def is_answered(ticket: Ticket, answer: str) -> bool:
    """Whether the question in words is answered, in digits or in words with or without marks."""
    total = sum(ticket.question)
    said = " ".join(answer.split()).strip(" .").lower()
    return said == str(total) or (bool(said) and fold(said) == fold(in_words(total)))


def _number(key: str) -> int:
    return int.from_bytes(_derived(key, "work")[:8]) % MOST_WORK


def _derived(key: str, what: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"voices.{what}:{key}".encode(), "sha256")


def _hash(key: str, number: int) -> str:
    return sha256(f"{key}:{number}".encode()).hexdigest()
