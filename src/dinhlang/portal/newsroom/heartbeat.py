"""Whether anybody looks at the clock: the worker leaves a sign after each look, and the desk says when there is none."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

# The worker looks every half minute; three looks missed are no accident.
DEAD_AFTER_SECONDS = 120.0
_FILE = "scheduler.beat"


def beat(*, at: datetime) -> None:
    """Leave the sign: the scheduler has looked at what is due."""
    (settings.DATA / _FILE).write_text(at.isoformat(), "ascii")


def last_beat() -> datetime | None:
    """When the scheduler last looked; `None` when it never did."""
    try:
        return datetime.fromisoformat((settings.DATA / _FILE).read_text("ascii"))
    except (OSError, ValueError):
        return None


def is_alive(at: datetime) -> bool:
    """Whether the scheduler has looked lately."""
    last = last_beat()
    return last is not None and (at - last).total_seconds() < DEAD_AFTER_SECONDS
