"""`dinhlang run`: the server."""

from __future__ import annotations

import click


@click.command(help="Chạy máy chủ: web và tiến trình nền, cho đến khi nhấn Ctrl-C.")
def run() -> int:
    """Serve on 127.0.0.1 at the port of PORT. Every other setting is a variable too (`.env.example`)."""
    from dinhlang.cli.supervisor import Supervisor
    from dinhlang.config import environment

    return Supervisor(environment.read()).run()
