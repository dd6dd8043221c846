"""What tells a person's form from a machine's: a ticket with its age, a trap, some work done by the browser or a question in words.

Nothing here refuses a person: what looks like a machine's is taken all the same and marked for whoever looks through it. The
work is ALTCHA's, version 2 of its protocol with the algorithm SHA-256: a counter below `MOST_WORK` is to be found of which only
the hash is known. The challenge is signed and names the ticket, so that nothing is stored and what was found serves one form
only. A browser without JavaScript shows the question.
"""

from __future__ import annotations

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import altcha
from django.conf import settings
from django.core import signing
from django.forms import BaseForm, Field, HiddenInput
from django.utils.translation import gettext as _

from dinhlang.citizens.rules.kinds import Doubt
from dinhlang.vietnamese.text import fold

# Half of it is tried on average: a phone of 2018 needs some seconds, while one writes.
MOST_WORK = 20_000
LEAST_SECONDS = 4
# A payload has some 700 characters; what is longer is not even read.
LONGEST_PAYLOAD = 4000
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

    def challenge(self) -> str:
        """What the browser is to solve, as JSON of ALTCHA's. Another one each time; all of them hold as long as the ticket."""
        made = altcha.create_challenge(
            "SHA-256",
            cost=1,
            counter=secrets.randbelow(MOST_WORK),
            expires_at=self.issued_at + HOLDS_FOR,
            data=self._named(),
            hmac_secret=_derived("altcha"),
        )
        return json.dumps(made.to_dict())

    def is_solved(self, payload: str | None) -> bool:
        """Whether this is what the browser sends who solved a challenge of this ticket."""
        if not payload or len(payload) > LONGEST_PAYLOAD:
            return False
        if not altcha.verify_solution(payload, _derived("altcha")).verified:
            return False
        # Signed by us, so it is whole; but perhaps for another form.
        return altcha.Payload.from_base64(payload).challenge.parameters.data == self._named()

    def _named(self) -> dict[str, str]:
        return {"ticket": self.key}

    @property
    def question(self) -> tuple[int, int]:
        """The two numbers to add."""
        digest = _derived(f"question:{self.key}")
        return 1 + digest[0] % 7, 1 + digest[1] % 6


class PayloadField(Field):
    """Where the browser's solution is sent. It is taken whatever it is: `Ticket.is_solved` judges it, no form comes back for it."""

    widget = HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False)


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


def flags_of(
    ticket: Ticket, *, trap: str, payload: str | None, answer: str, at: datetime
) -> tuple[Doubt, ...]:
    """What speaks against a form, in order; nothing for a person's."""
    found = []
    if trap:
        found.append(Doubt.TRAP)
    if at - ticket.issued_at < timedelta(seconds=LEAST_SECONDS):
        found.append(Doubt.FAST)
    if not ticket.is_solved(payload) and not is_answered(ticket, answer):
        found.append(Doubt.NO_PROOF)
    return tuple(found)


def is_answered(ticket: Ticket, answer: str) -> bool:
    """Whether the question in words is answered, in digits or in words with or without marks."""
    total = sum(ticket.question)
    said = " ".join(answer.split()).strip(" .").lower()
    return said == str(total) or (bool(said) and fold(said) == fold(in_words(total)))


def _derived(what: str) -> bytes:
    return hmac.digest(settings.SECRET_KEY.encode(), f"voices.{what}".encode(), "sha256")
