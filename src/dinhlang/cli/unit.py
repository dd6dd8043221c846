"""`dinhlang unit …`: which units there are, what one was on a day, and how to find an id."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import click

from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.org.models import Unit

LEVELS = ("province", "district", "commune", "hamlet", "department")
VIETNAM = timezone(timedelta(hours=7))

on_option = click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="NGÀY",
    help="Xét tại ngày này (2024-11-30 hoặc 30/11/2024); mặc định là hôm nay.",
)


@click.group(help="Tra cứu đơn vị: mã, tên, cấp trên, kế thừa theo từng thời gian.")
def unit() -> None:
    """Group of the commands below."""


@unit.command("list", help="Liệt kê đơn vị có trong ngày: mã, tên, mã đơn vị cấp trên.")
@click.option("--level", type=click.Choice(LEVELS), help="Chỉ một cấp.")
@click.option("--under", metavar="ĐƠN_VỊ", help="Chỉ các đơn vị thuộc đơn vị này (mã hoặc tên).")
@on_option
def list_units(level: str | None, under: str | None, day: datetime | None) -> None:
    """Print one unit a line, with tabs between, so that it can be cut and sorted."""
    ready()
    from dinhlang.org import queries

    on = _day(day)
    above = queries.unit(under, on) if under else None
    for row in queries.listing(on, level=level, under=above):
        click.echo(f"{row.unit_id}\t{row.name}\t{row.parent_id or ''}")


@unit.command(help="Một đơn vị: tên, cấp trên, kế thừa, nơi nhận báo cáo.")
@click.argument("id_or_name", metavar="ĐƠN_VỊ")
@on_option
def show(id_or_name: str, day: datetime | None) -> None:
    """Print all that is known of one unit, and what it was on the day."""
    ready()
    from dinhlang.org import queries
    from dinhlang.org.rules import printed_day

    on = _day(day)
    found = queries.unit(id_or_name, on)
    standing = "đang hoạt động"
    if not queries.exists_on(found, on):
        standing = "không còn" if found.ends_on and found.ends_on <= on else "chưa thành lập"
    click.echo(f"{found.id}: {queries.title_of(found, on)} ({found.get_level_display()})")
    click.echo(f"Ngày {printed_day(on)}: {standing}{_under(found, on)}")
    if found.official_code:
        click.echo(f"Mã hành chính: {found.official_code}")
    for heading, lines in queries.history(found).items():
        if lines:
            click.echo(f"{heading}:")
            for line in lines:
                click.echo(f"  {line}")


@unit.command(help="Tìm mã đơn vị theo tên, có dấu hay không dấu.")
@click.argument("text", metavar="TÊN", nargs=-1, required=True)
@click.option(
    "--on",
    "day",
    type=click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="NGÀY",
    help="Chỉ tên đang dùng vào ngày này.",
)
def find(text: tuple[str, ...], day: datetime | None) -> None:
    """Print the names nearest to the text, best first."""
    ready()
    from dinhlang.org import queries
    from dinhlang.org.rules import Refused

    asked = " ".join(text)
    names = queries.find(asked, day.date() if day else None)
    if not names:
        raise Refused(f"Không tìm thấy đơn vị nào có tên gần với “{asked}”.")
    for name in names:
        click.echo(queries.describe(name))


def _under(found: Unit, on: date) -> str:
    from dinhlang.org import queries

    path = queries.path_up(found, on)
    return f", thuộc {', '.join(queries.title_of(above, on) for above in path)}" if path else ""


def _day(day: datetime | None) -> date:
    return day.date() if day else datetime.now(UTC).astimezone(VIETNAM).date()
