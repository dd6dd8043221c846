"""Work on reports that takes its time, done by the worker."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from dinhlang.reports.bundles import actions as bundles
from dinhlang.reports.duties import actions


@task()
def read_letter(pk: int) -> None:
    """Read a letter that asks for a report; whoever took it in looks at a page that waits for it."""
    actions.read_letter(pk=pk, at=timezone.now())


@task()
def write_bundle(pk: int) -> None:
    """Make the file of a bundle; whoever asked for it looks at a page that waits for it."""
    bundles.write_bundle(pk=pk, at=timezone.now())
