"""`dinhlang index …`: criteria sets of the reform index come in from files."""

from __future__ import annotations

from pathlib import Path

import click

from dinhlang.config.start import ready


@click.group(help="Chỉ số cải cách hành chính: bộ tiêu chí của tỉnh.")
def index() -> None:
    """Group of the commands below."""


@index.command(
    "import",
    help="Nạp bộ tiêu chí từ tệp .xlsx, .csv hoặc .toml và đưa vào dùng; không có tệp thì lấy bộ mẫu để dùng thử.",
)
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="[TỆP]"
)
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Tỉnh ban hành (mã hoặc tên).")
@click.option("--year", type=click.IntRange(2000, 2100), metavar="NĂM", help="Năm đầu tiên áp dụng.")
@click.option(
    "--dry-run", "is_rehearsed", is_flag=True, help="Chỉ cho biết đã đọc thế nào, khác bản cũ ở đâu."
)
def import_file(file: Path | None, unit_id: str, year: int | None, *, is_rehearsed: bool) -> None:
    """Print every wrong row and every difference; store nothing when there is a wrong row or on a dry run."""
    ready()
    from django.utils import timezone

    from dinhlang.org import queries as org
    from dinhlang.reports.index import actions, queries
    from dinhlang.reports.index.catalogue import sample
    from dinhlang.reports.index.scheme import differences, told

    now = timezone.now()
    unit = org.unit(unit_id, timezone.localdate(now))
    data = file.read_bytes() if file else None
    scheme = actions.scheme_in(data, file.name) if file and data is not None else sample()
    first = year or scheme.first_year or timezone.localdate(now).year
    for line in (*scheme.problems, *scheme.notes):
        click.echo(line)
    before = queries.set_for(unit, first)
    for change in differences(list(before.criteria.order_by("position")), scheme.nodes) if before else ():
        click.echo(f"{change.code}: {change.sentence}")
    click.echo(f"{scheme.name}: {len(scheme.nodes)} dòng, thang {told(scheme.maximum)} điểm, từ năm {first}.")
    if scheme.problems:
        raise click.ClickException(
            f"Còn {len(scheme.problems)} chỗ sai. Sửa tệp rồi nạp lại; chưa có gì được lưu."
        )
    if is_rehearsed:
        click.echo("Chưa lưu gì.")
        return
    kept = actions.propose_set(
        unit=unit,
        scheme=scheme,
        first_year=first,
        data=data,
        file_name=file.name if file else "",
        by=None,
        at=now,
    )
    actions.confirm_set(index_set=kept, by=None, at=now)
    click.echo(f"Đã đưa vào dùng bản {kept.version}.")
