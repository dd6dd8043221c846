"""The states of a bundle, and how long it is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from dinhlang.org.rules import Refused

KEPT_FOR = timedelta(days=3)
CUT_OFF_AFTER = timedelta(minutes=3)
"""A bundle that did not move for so long lost its process."""
MOST_ATTEMPTS = 3
MOST_AT_ONCE = 3


class State(models.TextChoices):
    """Where a bundle stands."""

    WAITING = "waiting", _("chờ làm")
    WRITING = "writing", _("đang làm")
    READY = "ready", _("tải được")
    FAILED = "failed", _("không làm được")
    REMOVED = "removed", _("đã xóa")


UNDER_WAY = (State.WAITING, State.WRITING)


class CannotBundle(Refused):
    """No such bundle can be made; the message says why and what to do."""
