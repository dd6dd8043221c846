"""`dinhlang unit …`: which units there are, what one was on a day, and how to find an id."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.org.changes.actions import Rehearsal
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


@unit.command(
    help="Ghi các thay đổi đơn vị trong một tệp TOML hoặc CSV (docs/units.md): tất cả, hoặc không thay đổi nào."
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="TỆP")
@click.option("--dry-run", "is_rehearsed", is_flag=True, help="Chỉ kể những gì sẽ bị động đến, không ghi gì.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="TỆP.csv",
    help="Khi chạy thử: ghi từng mục ra tệp CSV.",
)
def change(file: Path, out: Path | None, *, is_rehearsed: bool) -> None:
    """Apply the changes of a file in its order, or tell what they would touch."""
    ready()
    from django.utils import timezone

    from dinhlang.org.changes import actions, files
    from dinhlang.org.rules import Refused

    asked = files.read(file.read_bytes(), file.name)
    if not is_rehearsed:
        for one in actions.apply(asked=asked, by=None, at=timezone.now()):
            click.echo(f"Đã áp dụng thay đổi số {one.pk}, có hiệu lực từ {one.takes_effect_on:%d/%m/%Y}.")
        return
    found = actions.rehearse(asked=asked, by=None, at=timezone.now())
    for number, told in enumerate(found, 1):
        _tell(number, told)
    if out is not None:
        _write(out, found)
        click.echo(f"Đã ghi từng mục vào {out}.")
    if any(told.refusals for told in found):
        raise Refused("Chưa áp dụng được. Sửa tệp theo các lý do ở trên rồi chạy thử lại.")


@unit.command("changes", help="Liệt kê các thay đổi đơn vị đã áp dụng.")
def list_changes() -> None:
    """Print one change a line, newest first."""
    ready()
    from dinhlang.org.models import UnitChange

    for one in UnitChange.objects.prefetch_related("steps"):
        steps = ", ".join(str(step.get_deed_display()) for step in one.steps.all())
        units = ", ".join(one.asked["units"])
        click.echo(f"{one.pk}\t{one.kind}\t{one.takes_effect_on}\t{units}\t{one.legal_basis}\t{steps}")


@unit.command("change-undo", help="Hoàn tác một thay đổi đơn vị khi chưa ai làm tiếp trên nó.")
@click.argument("number", type=int, metavar="SỐ")
@click.option("--reason", required=True, metavar="LÝ_DO", help="Vì sao hoàn tác.")
def undo_change(number: int, reason: str) -> None:
    """Take one change back."""
    ready()
    from django.utils import timezone

    from dinhlang.org.changes import actions
    from dinhlang.org.models import UnitChange
    from dinhlang.org.rules import Refused

    found = UnitChange.objects.filter(pk=number).first()
    if found is None:
        raise Refused(f"Không có thay đổi số {number}. Xem danh sách bằng lệnh: dinhlang unit changes.")
    actions.undo(change=found, reason=reason, by=None, at=timezone.now())
    click.echo(f"Đã hoàn tác thay đổi số {number}.")


def _tell(number: int, told: Rehearsal) -> None:
    from dinhlang.org.changes import registry

    names = ", ".join(told.change.scope.names[one] for one in told.change.asked.units)
    click.echo(f"{number}. {told.change.asked.kind} từ {told.change.asked.on:%d/%m/%Y}: {names}")
    for thing in registry.things():
        if count := told.counts.get(thing.key):
            click.echo(f"   {thing.label}: {count}")
    for sentence in told.warnings:
        click.echo(f"   Cần cân nhắc: {sentence}")
    for sentence in told.refusals:
        click.echo(f"   Không được: {sentence}")


def _write(out: Path, found: list[Rehearsal]) -> None:
    from dinhlang.org import tables
    from dinhlang.org.changes.views import export_header, export_rows

    rows = (row for one in found for row in export_rows(one.rows))
    out.write_text("".join(tables.csv_lines(export_header(), rows)), encoding="utf-8", newline="")


def _under(found: Unit, on: date) -> str:
    from dinhlang.org import queries

    path = queries.path_up(found, on)
    return f", thuộc {', '.join(queries.title_of(above, on) for above in path)}" if path else ""


def _day(day: datetime | None) -> date:
    return day.date() if day else datetime.now(UTC).astimezone(VIETNAM).date()
