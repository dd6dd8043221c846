"""Work on the register that takes its time, done by the worker."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from dinhlang.onestop.imports import actions as imports


@task()
def carry_on(pk: int) -> None:
    """Do what a file of the province's system waits for; whoever took it in looks at a page that waits for it."""
    imports.carry_on(pk=pk, at=timezone.now())
