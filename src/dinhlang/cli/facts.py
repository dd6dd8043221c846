"""`dinhlang facts …`: the figures folded from the ledger."""

from __future__ import annotations

import click


@click.group()
def facts() -> None:
    """Số liệu gộp từ sổ theo dõi."""


@facts.command()
@click.option("--unit", "unit", help="Chỉ đơn vị này, các đơn vị bên dưới và phần của nó ở cấp trên.")
@click.option("--year", type=click.IntRange(2000, 2099), help="Chỉ số liệu của năm này.")
def rebuild(unit: str | None, year: int | None) -> None:
    """Gộp lại số liệu từ sổ theo dõi: tất cả, hoặc của một đơn vị trong một năm (--unit và --year)."""
    from dinhlang.config.progress import bar
    from dinhlang.config.start import ready

    if unit is not None and year is None:
        raise click.UsageError("Chưa ghi năm. Hãy thêm --year, ví dụ --year 2025.")
    ready()
    from dinhlang.org import queries
    from dinhlang.work.actions import rebuild_facts
    from dinhlang.work.rollup import actions as rollup

    root = queries.unit(unit).pk if unit else None
    with bar("Đang gộp lại số liệu") as progress:
        if year is None:
            made = rebuild_facts(progress=progress)
            click.echo(f"Đã gộp lại {made} số liệu theo ngày.")
        else:
            made = rollup.rebuild(year=year, root=root, from_ledger=True, progress=progress)
            click.echo(f"Đã gộp lại số liệu năm {year}: {made} số liệu cộng của các cấp.")
