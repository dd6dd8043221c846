"""`dinhlang citizens …`: what can happen to feedback of citizens, and the terms that a province or a commune decided."""

from __future__ import annotations

from pathlib import Path

import click

from dinhlang.config.start import ready, setup

_LARGEST = 64 * 1024


@click.group(help="Phản ánh, kiến nghị của người dân: bảng trạng thái, quy định về thời hạn.")
def citizens() -> None:
    """Group of the commands below."""


@citizens.command(help="In bảng trạng thái: đang ở đâu, làm việc gì thì sang đâu. Không cần cơ sở dữ liệu.")
def states() -> None:
    """Print both tables as Markdown."""
    setup()
    from django.utils import translation

    from dinhlang.citizens.rules.states import printed

    with translation.override("vi"):
        for line in printed():
            click.echo(line)


@citizens.command(
    help="Ghi quy định về thời hạn của một đơn vị từ một tệp TOML: name, starts_on, legal_basis và bảng values."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="TỆP.toml")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã đơn vị.")
def terms(file: Path, unit_id: str) -> None:
    """Store the terms of a file; those before end on the day on which these begin."""
    ready()
    from django.utils import timezone

    from dinhlang.citizens import actions
    from dinhlang.citizens.rules.terms import read_terms
    from dinhlang.org.models import Unit

    with file.open("rb") as stream:
        given = read_terms(stream.read(_LARGEST))
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise click.ClickException(f"Không có đơn vị mã “{unit_id}”. Xem mã: dinhlang unit.")
    actions.write_rules(unit=unit, terms=given.terms, starts_on=given.starts_on, by=None, at=timezone.now())
    click.echo(f"Đã ghi “{given.terms.name}”, áp dụng từ {given.starts_on:%d/%m/%Y}.")
