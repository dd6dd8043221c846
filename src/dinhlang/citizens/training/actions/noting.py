"""What every act on a class begins and ends with: its row locked, the right asked, the trace."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localdate

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.training import permissions
from dinhlang.citizens.training.rules.classes import check_running
from dinhlang.org.actions import audit
from dinhlang.org.models import Person


def held(training: TrainingClass, *, by: Person | None, at: datetime) -> TrainingClass:
    """The row as it is now, locked, for who may hold classes. Raises `org.permissions.NotAllowed`."""
    found = (
        TrainingClass.objects.select_for_update(of=("self",))
        .select_related("unit", "task", "version__survey", "line")
        .get(pk=training.pk)
    )
    permissions.check_can_manage(by, found.unit, localdate(at))
    return found


def running(training: TrainingClass, *, by: Person | None, at: datetime) -> TrainingClass:
    """As `held`, of a class that is neither closed nor called off. Raises `rules.classes.NotNow` too."""
    found = held(training, by=by, at=at)
    check_running(found.state)
    return found


def noted(training: TrainingClass, action: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    """The trace. It holds no names of guests."""
    audit(by=by, at=at, action=action, target=training, unit=training.unit, detail=detail)
