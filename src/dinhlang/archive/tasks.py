"""Work on documents that takes its time, done by the worker."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from dinhlang.archive import actions


@task()
def read_held(sealed: str) -> None:
    """Read a document that somebody wants checked; they look at a page that waits for it."""
    actions.read_held(sealed=sealed, at=timezone.now())


@task()
def read_intake(pk: int) -> None:
    """Read a file on its way into the archive."""
    actions.read_intake(pk=pk, at=timezone.now())
