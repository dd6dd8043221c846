"""What every board has in common that lets a thing pass from hand to hand: a table of moves, and a reason where one is owed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.db.models import TextChoices
from django.utils.translation import gettext as _

from dinhlang.org.rules.refusal import Refused
from dinhlang.vietnamese.text import one_line

REASON_LENGTH = 500

State = TypeVar("State", bound=TextChoices)
Deed = TypeVar("Deed", bound=TextChoices)


class WrongMove(Refused):
    """From where the thing stands this cannot be done; the message says where it stands."""


class NoReason(Refused):
    """A reason is needed for this."""

    field = "reason"


def moved(moves: Mapping[State, Mapping[Deed, State]], now: State, deed: Deed, refusal: str) -> State:
    """The state that a deed leads to by the table. Raises `WrongMove` where it leads nowhere.

    `refusal` is the sentence to say then, with places for the labels of `state` and `deed`.
    """
    if deed not in moves[now]:
        raise WrongMove(refusal % {"state": now.label, "deed": deed.label})
    return moves[now][deed]


def checked_reason(reason: str, what: str) -> str:
    """The reason on one line. Raises `NoReason` with `what` to do when there is none, or when it is too long."""
    why = one_line(reason)
    if not why:
        raise NoReason(what)
    if len(why) > REASON_LENGTH:
        raise NoReason(
            _("Lý do dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(why), "most": REASON_LENGTH}
        )
    return why
