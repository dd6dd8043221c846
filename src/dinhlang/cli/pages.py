"""A line on the terminal that counts the pages of a file being read."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dinhlang.officialdoc.read import Progress

_SHOWN_FROM = 3
"""Shorter files are read before a person has seen the line."""


@contextmanager
def page_line(name: str) -> Iterator[Progress | None]:
    """What to call after each page; None where nobody watches. The line is taken away at the end."""
    if not sys.stderr.isatty():
        yield None
        return
    shown = 0

    def show(done: int, total: int) -> None:
        nonlocal shown
        if total >= _SHOWN_FROM:
            line = f"Đang đọc {name[:40]}: trang {done}/{total}"
            click.echo(f"\r{line.ljust(shown)}", err=True, nl=False)
            shown = len(line)

    try:
        yield show
    finally:
        if shown:
            click.echo(f"\r{' ' * shown}\r", err=True, nl=False)
