"""`dinhlang demo load`: the fictional commune and its people, for trying things out."""

from __future__ import annotations

import click


@click.group(help="Xã minh họa Bến Trúc: không có thật, để làm quen và tập huấn.")
def demo() -> None:
    """Group of the command below."""


@demo.command(help="Nạp xã minh họa; nạp lại không làm thay đổi gì.")
def load() -> None:
    """Load what `config.start` lists as the demonstration, and print who can sign in."""
    from dinhlang.config import start

    start.ready()
    passphrase, people = start.load_demo()
    for username, title in people:
        click.echo(f"{username}\t{title}")
    click.echo(f"Mật khẩu chung: {passphrase}")
