"""`dinhlang duty …`: which reports are owed; periods are opened, regimes come in, people are reminded."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from dinhlang.config.start import ready

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.group(help="Báo cáo phải nộp: chế độ, kỳ, đơn vị nào phải nộp và vì sao.")
def duty() -> None:
    """Group of the commands below."""


@duty.command(
    "import", help="Nạp chương trình và chế độ báo cáo từ một tệp TOML; không có tệp thì nạp bộ có sẵn."
)
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[TỆP.toml]"
)
def import_file(file: Path | None) -> None:
    """Store what is new; a version that is there stays."""
    ready()
    from django.utils import timezone

    from dinhlang.reports.duties import actions
    from dinhlang.reports.duties.actions.importing import known_outlines
    from dinhlang.reports.duties.catalogue import LARGEST, catalogue_from, shipped

    def beside(name: str) -> bytes:
        with (file or Path()).with_name(name).open("rb") as other:
            return other.read(LARGEST)

    catalogue = (
        shipped() if file is None else catalogue_from(file.read_bytes(), beside, known=known_outlines())
    )
    done = actions.import_regimes(catalogue=catalogue, at=timezone.now())
    told = f"; {done.outlines} đề cương có bản mới" if done.outlines else ""
    click.echo(f"Đã nạp {done.new} phiên bản mới, kết thúc {done.ended}, đã có sẵn {done.known}{told}.")


@duty.command(
    "open",
    help="Mở một kỳ báo cáo: lập dòng phải nộp cho các đơn vị chịu trách nhiệm. Chạy lại không lập trùng.",
)
@click.option(
    "--period",
    "period_id",
    metavar="KỲ",
    help="Kỳ: 2026, 2026-H1, 2026-9M, 2026-Q3; bỏ trống thì mở mọi kỳ đang tính.",
)
@click.option(
    "--programme", "programme_id", metavar="MÃ", help="Chương trình; bỏ trống thì mọi chương trình."
)
@click.option(
    "--unit", "unit_ids", multiple=True, metavar="ĐƠN_VỊ", help="Chỉ đơn vị này (mã hoặc tên); lặp lại được."
)
@click.option("--dry-run", "is_rehearsed", is_flag=True, help="Chỉ cho biết sẽ lập gì.")
def open_(
    period_id: str | None, programme_id: str | None, unit_ids: tuple[str, ...], *, is_rehearsed: bool
) -> None:
    """Open one period or, without one, all that are counting today."""
    if period_id is None and (programme_id or unit_ids or is_rehearsed):
        raise click.UsageError("Các tùy chọn --programme, --unit, --dry-run cần có --period.")
    ready()
    from django.utils import timezone

    from dinhlang.org import queries as org
    from dinhlang.periods.identifier import Period
    from dinhlang.reports.duties import actions, queries
    from dinhlang.reports.duties.actions.importing import import_shipped

    now = timezone.now()
    if period_id is None:
        click.echo(f"Đã lập {actions.open_due(at=now)} báo cáo phải nộp.")
        return
    import_shipped(at=now)
    period = Period.parse(period_id)
    units = [org.unit(one, period.calendar_window().end).pk for one in unit_ids] or None
    for programme in queries.programmes(programme_id):
        done = actions.open_period(
            programme=programme, period=period, at=now, units=units, is_rehearsed=is_rehearsed
        )
        if is_rehearsed:
            for one in done.owed:
                to = one.to.name if one.to else ""
                click.echo(f"{one.unit.pk}\t{one.window.label}\t{one.due.on:%d/%m/%Y}\t{to}")
        told = f"sẽ lập {len(done.owed)}" if is_rehearsed else f"đã lập {done.new}"
        click.echo(f"{programme.short}, {period.label}: {told}, đã có {done.known}.")


@duty.command("list", help="Báo cáo phải nộp: mã dòng, đơn vị, kỳ, hạn, trạng thái, báo cáo.")
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", help="Chỉ một đơn vị (mã hoặc tên).")
@click.option("--period", "period_id", metavar="KỲ", help="Chỉ một kỳ.")
@click.option("--on", "day", type=DAY, metavar="NGÀY", help="Xét tại ngày này; mặc định là hôm nay.")
@click.option("--owed", "is_owed", is_flag=True, help="Chỉ những báo cáo còn phải nộp.")
@click.option("--why", "tells_why", is_flag=True, help="In thêm vì sao hẹn ngày đó.")
def list_(
    unit_id: str | None, period_id: str | None, day: datetime | None, *, is_owed: bool, tells_why: bool
) -> None:
    """Print one obligation a line, with tabs between, so that it can be cut and sorted."""
    ready()
    from django.utils import timezone

    from dinhlang.org import queries as org
    from dinhlang.reports.duties import queries

    on = day.date() if day else timezone.localdate()
    rows = queries.with_standing(queries.obligations_for(None, on), on).order_by("due_on", "unit", "pk")
    if unit_id:
        rows = rows.filter(unit=org.unit(unit_id, on))
    if period_id:
        rows = rows.filter(period=period_id)
    for row in rows.iterator(chunk_size=500):
        one = queries.shown(row, on)
        if is_owed and not one.state.is_owed:
            continue
        click.echo(
            f"{row.pk}\t{row.unit_id}\t{row.period or '-'}\t{row.due_on:%d/%m/%Y}\t{one.label}\t{row.subject}"
        )
        if tells_why:
            for sentence in row.why:
                click.echo(f"    {sentence}")


@duty.command(help="Nhắc những người phải được nhắc hôm nay; ngày nghỉ thì không nhắc ai.")
def remind() -> None:
    """Give the reminders of the day, each once."""
    ready()
    from django.utils import timezone

    from dinhlang.reports.duties import actions

    click.echo(f"Đã nhắc {actions.remind_due(at=timezone.now())} lượt.")
