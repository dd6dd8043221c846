"""Work that waits for nobody, done by the worker."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from dinhlang.work import actions


@task()
def sweep_files() -> int:
    """Remove stored files that nothing speaks of."""
    return actions.sweep_files(at=timezone.now())
