"""`dinhlang onestop …`: the register of the one-stop desk."""

from __future__ import annotations

import click

from dinhlang.config.start import setup


@click.group(help="Hồ sơ một cửa.")
def onestop() -> None:
    """Group of the commands below."""


@onestop.command(help="In các bảng trạng thái của hồ sơ, phí, kết quả (Markdown).")
def states() -> None:
    """Print the three transition tables as the documentation has them. Needs no database."""
    setup()
    from django.utils import translation

    from dinhlang.onestop.rules.states import printed_tables

    with translation.override("vi"):
        for line in printed_tables():
            click.echo(line)
