"""The states of a submission, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused


class State(TextChoices):
    """How a submission stands."""

    RECEIVED = "received", gettext_lazy("đã nhận, chờ xem")
    RETURNED = "returned", gettext_lazy("bị trả lại")
    ACCEPTED = "accepted", gettext_lazy("được chấp nhận")
    REPLACED = "replaced", gettext_lazy("có bản thay thế")
    TAKEN_BACK = "taken-back", gettext_lazy("đã rút")


class Deed(TextChoices):
    """What is done with a submission."""

    SUBMIT = "submit", gettext_lazy("nộp")
    RECEIVE = "receive", gettext_lazy("tiếp nhận")
    RETURN = "return", gettext_lazy("trả lại")
    ACCEPT = "accept", gettext_lazy("chấp nhận")
    TAKE_BACK = "take-back", gettext_lazy("rút lại")
    REPLACE = "replace", gettext_lazy("thay bằng bản sau")


# '' is what is not there yet. A later one takes the place of one that waits or was returned at once; of one that holds
# only when it is accepted itself, so that the level above is never without figures.
NEXT: Mapping[tuple[State | str, Deed], State] = {
    ("", Deed.SUBMIT): State.RECEIVED,
    (State.RECEIVED, Deed.RECEIVE): State.RECEIVED,
    (State.RECEIVED, Deed.RETURN): State.RETURNED,
    (State.RECEIVED, Deed.ACCEPT): State.ACCEPTED,
    (State.RECEIVED, Deed.TAKE_BACK): State.TAKEN_BACK,
    (State.RECEIVED, Deed.REPLACE): State.REPLACED,
    (State.RETURNED, Deed.REPLACE): State.REPLACED,
    (State.ACCEPTED, Deed.REPLACE): State.REPLACED,
}


class WrongState(Refused):
    """The submission does not stand so that this can be done; the message says how it stands."""


def after(state: State | str, deed: Deed) -> State:
    """What a submission becomes. Raises `WrongState` for what cannot be done as it stands."""
    found = NEXT.get((state, deed))
    if found is None:
        raise WrongState(
            _("Báo cáo %(state)s nên không %(deed)s được nữa. Tải lại trang để xem tình trạng mới.")
            % {"state": State(state).label if state else _("chưa nộp"), "deed": Deed(deed).label}
        )
    return found
