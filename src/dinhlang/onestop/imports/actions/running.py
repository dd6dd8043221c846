"""What all steps of a run share: its states, its row under lock, how far it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from dinhlang.onestop.models import (
    ImportRun,
    RunState,
)
from dinhlang.org.rules import Refused

CHUNK = 500
"""Rows of one transaction."""
UNDER_WAY = (RunState.RECEIVED, RunState.COMPARING, RunState.WRITING, RunState.UNDOING)
WAITING = (RunState.ASKING, RunState.SHOWN)


class WrongState(Refused):
    """The run has moved on; the message says to what."""


def enqueue(run: ImportRun) -> None:
    """Let the worker go on with the run, once this transaction is through."""

    def ask() -> None:
        from dinhlang.onestop import tasks

        tasks.carry_on.enqueue(run.pk)

    transaction.on_commit(ask)


def locked(run: ImportRun) -> ImportRun:
    """The run as it stands, held for a transaction."""
    return (
        ImportRun.objects.select_for_update(of=("self",))
        .select_related("unit", "confirmed_by")
        .get(pk=run.pk)
    )


def tell(run: ImportRun, **changes: object) -> None:
    """Say how far the run is, to whoever looks at its page."""
    for name, value in changes.items():
        setattr(run, name, value)
    ImportRun.objects.filter(pk=run.pk, state__in=UNDER_WAY).update(**changes, moved_at=timezone.now())


def move(run: ImportRun, state: RunState, at: datetime) -> None:
    """Wait for a person with what was read; nothing for a run that was left meanwhile."""
    with transaction.atomic():
        if locked(run).state == RunState.COMPARING:
            run.state, run.moved_at = state, at
            run.save()
