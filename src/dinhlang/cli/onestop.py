"""`dinhlang onestop …`: the register of the one-stop desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import EXISTING, read_within
from dinhlang.config.start import setup

if TYPE_CHECKING:
    from dinhlang.onestop.models import ImportRun


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


@onestop.command("import")
@click.argument("file", type=EXISTING, metavar="TỆP")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
@click.option("--dry-run", is_flag=True, help="Chỉ đối chiếu, không ghi.")
def import_(file: Path, unit_id: str, dry_run: bool) -> None:
    """Nhập danh sách hồ sơ xuất từ hệ thống của tỉnh. Dòng trái với sổ ghi tay thì sổ giữ nguyên."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.onestop.imports import actions
    from dinhlang.onestop.models import RunState
    from dinhlang.org.queries import unit
    from dinhlang.work import sheets

    data, at = read_within(file, sheets.LARGEST_FILE), timezone.now()
    run = actions.receive_file(unit=unit(unit_id), data=data, name=file.name, by=None, at=at)
    actions.carry_on(pk=run.pk, at=at)
    run.refresh_from_db()
    if run.state == RunState.ASKING:
        _say_what_is_asked(run)
    if run.state == RunState.REFUSED:
        raise click.ClickException(run.told)
    if run.state == RunState.SHOWN and not dry_run:
        actions.confirm(run=run, by=None, at=timezone.now())
        actions.carry_on(pk=run.pk, at=timezone.now())
        run.refresh_from_db()
    _say_what_came(run)
    if dry_run and run.state == RunState.SHOWN:
        actions.drop(run=run, by=None, at=timezone.now())


def _say_what_is_asked(run: ImportRun) -> None:
    """Columns are confirmed by a person once, on the page, where they are seen."""
    from dinhlang.onestop.imports.columns import MEANINGS

    for one in run.found["columns"]:
        meaning = run.meanings.get(str(one["number"]), "")
        click.echo(f"{one['letters']:3} {one['heading']}: {MEANINGS.get(meaning, 'không lấy')}")
    raise click.ClickException(
        "Tệp có cách trình bày chưa ai xác nhận. Mở Một cửa → Nhập từ hệ thống tỉnh, xác nhận các cột của tệp này một lần."
    )


def _say_what_came(run: ImportRun) -> None:
    from dinhlang.onestop.imports import report

    for name, count in report.fates(run):
        click.echo(f"{name}: {count}")
    for said in run.findings.exclude(kind="due")[:200]:
        click.echo(f"{said.get_kind_display()}, dòng {said.row or '—'}, {said.code or '—'}: {said.why}")
    click.echo(str(run.get_state_display()))
