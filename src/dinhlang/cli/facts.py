"""`dinhlang facts …`: the figures folded from the ledger."""

from __future__ import annotations

import click


@click.group()
def facts() -> None:
    """Số liệu gộp từ sổ theo dõi."""


@facts.command()
def rebuild() -> None:
    """Gộp lại toàn bộ số liệu từ sổ theo dõi."""
    from dinhlang.config.progress import bar
    from dinhlang.config.start import ready

    ready()
    from dinhlang.work.actions import rebuild_facts

    with bar("Đang gộp lại số liệu") as progress:
        made = rebuild_facts(progress=progress)
    click.echo(f"Đã gộp lại {made} số liệu theo ngày.")
