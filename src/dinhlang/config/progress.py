"""A progress bar on standard error, for long work started by a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

# Called with how much is done and how much there is in all, as often as the work likes.
Progress = Callable[[int, int], None]


@contextmanager
def bar(label: str) -> Iterator[Progress]:
    """Give a function to call with (done, total). Away from a terminal nothing is drawn.

    What standard error says of a refused file is one line, for a person and for a program that reads it.
    """
    import click

    at_terminal = sys.stderr.isatty()
    with click.progressbar(
        length=1, label=label, file=sys.stderr, show_pos=False, hidden=not at_terminal
    ) as shown:

        def progress(done: int, total: int) -> None:
            shown.length = max(total, 1)
            shown.update(done - shown.pos)

        yield progress
