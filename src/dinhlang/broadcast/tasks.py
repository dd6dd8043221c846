"""Slow work of the radio, done by the worker."""

from __future__ import annotations

from django_tasks import task

from dinhlang.broadcast.voicing import actions


@task()
def make_sound(pk: int) -> None:
    """Make a sound: a text read by a voice, or a recording evened."""
    actions.make(pk=pk)
