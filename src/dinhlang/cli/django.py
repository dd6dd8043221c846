"""`dinhlang django …`: Django's own management commands, for developers and operators."""

from __future__ import annotations

import click


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    options_metavar="",
    help="Chạy một lệnh quản trị của Django với các tham số giữ nguyên.",
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def django(arguments: tuple[str, ...]) -> None:
    """Run a Django management command with the arguments as they are."""
    from dinhlang.config import start

    start.setup()
    start.hold_data()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["dinhlang django", *arguments])
