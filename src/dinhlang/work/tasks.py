"""Work that waits for nobody, done by the worker."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from dinhlang.work import actions


@task()
def sweep_drafts() -> int:
    """Throw away proposals of plans that nobody touched for a month."""
    return actions.sweep_drafts(at=timezone.now())


@task()
def sweep_files() -> int:
    """Remove stored files that nothing speaks of."""
    return actions.sweep_files(at=timezone.now())
