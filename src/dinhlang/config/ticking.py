"""What has to be done every little while: the worker does it beside its tasks, in a thread of its own."""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError, close_old_connections
from django.utils import timezone

EVERY_SECONDS = 30.0
_log = logging.getLogger(__name__)


def tick_for_ever() -> None:
    """Do what is due, again and again (for a daemon thread of the worker). A turn that fails does not end the others."""
    while True:
        tick()
        time.sleep(EVERY_SECONDS)


def tick() -> None:
    """One turn."""
    from dinhlang.archive import actions

    close_old_connections()
    for do in (actions.sweep_checks, actions.look_into_inbox, actions.resume_intakes):
        try:
            do(at=timezone.now())
        except (DatabaseError, OSError):
            # The database is busy or restarting, a folder is not there now: the next turn comes soon.
            _log.warning("%s failed", do.__name__, exc_info=True)
