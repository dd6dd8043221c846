"""`dinhlang activity …`: record what was done, one act at a time or a table of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import EXISTING, read_within

if TYPE_CHECKING:
    from dinhlang.org.models import Unit
    from dinhlang.work.models import Task
    from dinhlang.work.rules import Count, Preview

_FATES = {"new": "ghi mới", "known": "đã có", "refused": "cần sửa"}
_MOST_SHOWN = 200


@click.group()
def activity() -> None:
    """Sổ theo dõi hoạt động."""


@activity.command("import")
@click.argument("file", type=EXISTING, metavar="TỆP")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước từng dòng, không ghi.")
def import_(file: Path, unit_id: str, dry_run: bool) -> None:
    """Nhập hoạt động từ bảng .xlsx hoặc .csv."""
    from dinhlang.config.progress import bar
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.vietnamese import numbers
    from dinhlang.work import queries, sheets
    from dinhlang.work.actions import import_activities

    where, data, at = unit(unit_id), read_within(file, sheets.LARGEST_FILE), timezone.now()
    if dry_run:
        _print_preview(queries.preview_import(where, data, file.name, timezone.localdate(at)))
        return
    with bar(f"Đang nhập {file.name}") as progress:
        done = import_activities(unit=where, data=data, name=file.name, by=None, at=at, progress=progress)
    click.echo(f"Đã nhập {numbers.printed(done.rows)} hoạt động từ tệp “{done.name}”.")


@activity.command()
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
@click.option("--kind", required=True, metavar="LOẠI", help="Loại hoạt động, ví dụ website, radio, meeting.")
@click.option(
    "--on",
    "on",
    required=True,
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="NGÀY",
    help="Ngày thực hiện (NĂM-THÁNG-NGÀY).",
)
@click.option("--title", required=True, metavar="NỘI_DUNG", help="Nội dung hoạt động.")
@click.option(
    "--count",
    "counts",
    multiple=True,
    required=True,
    metavar="CHỈ_TIÊU=SỐ",
    help="Số đếm, ví dụ articles=1 hoặc “guidance=hơn 3.500”; ghi được nhiều lần.",
)
@click.option("--task", "ordinal", metavar="SỐ", help="Số thứ tự nhiệm vụ trong kế hoạch của năm.")
@click.option(
    "--link", "links", multiple=True, metavar="ĐƯỜNG_DẪN", help="Minh chứng trên mạng; ghi được nhiều lần."
)
@click.option(
    "--file",
    "files",
    multiple=True,
    type=EXISTING,
    metavar="TỆP",
    help="Minh chứng là tệp hoặc ảnh; ghi được nhiều lần.",
)
@click.option(
    "--basis", default="su-kien", metavar="CĂN_CỨ", help="Căn cứ đếm: su-kien, so, he-thong, uoc-tinh."
)
@click.option("--field", "reform_field", default="", metavar="LĨNH_VỰC", help="Lĩnh vực CCHC, ví dụ thu-tuc.")
@click.option("--note", default="", metavar="GHI_CHÚ", help="Ghi chú.")
def record(
    unit_id: str,
    kind: str,
    on: datetime,
    title: str,
    counts: tuple[str, ...],
    ordinal: str | None,
    links: tuple[str, ...],
    files: tuple[Path, ...],
    basis: str,
    reform_field: str,
    note: str,
) -> None:
    """Ghi một hoạt động."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.work import blobs
    from dinhlang.work.actions import record_activity
    from dinhlang.work.rules import FileEvidence, LinkEvidence

    where = unit(unit_id)
    evidence: list[FileEvidence | LinkEvidence] = [
        *(LinkEvidence(link) for link in links),
        *(FileEvidence(read_within(file, blobs.LARGEST), caption=file.name) for file in files),
    ]
    made = record_activity(
        unit=where,
        kind=kind,
        happened_on=on.date(),
        title=title,
        measures=_measures(counts),
        task=_task(where, on.year, ordinal) if ordinal else None,
        evidence=evidence,
        basis=basis,
        reform_field=reform_field,
        note=note,
        by=None,
        at=timezone.now(),
    )
    click.echo(f"Đã ghi hoạt động {made.pk}: {made.title}.")


def _measures(counts: tuple[str, ...]) -> dict[str, Count]:
    from dinhlang.work import rules
    from dinhlang.work.concepts import CONCEPTS
    from dinhlang.work.rows import read_count

    measures: dict[str, Count] = {}
    for count in counts:
        concept, _, number = (part.strip() for part in count.partition("="))
        if not concept or not number:
            raise click.UsageError(f"“{count}” không đúng dạng. Ghi như articles=1.")
        if concept not in CONCEPTS:
            known = ", ".join(one.id for one in CONCEPTS.values() if one.is_offered)
            raise click.UsageError(f"Không có chỉ tiêu “{concept}”. Dùng một trong: {known}.")
        if concept in measures:
            raise click.UsageError(f"Chỉ tiêu “{concept}” được ghi hai lần. Chỉ để một số.")
        try:
            measures[concept] = read_count(number, concept)
        except rules.NotRecordable as reason:
            raise click.UsageError(rules.sentence(str(reason))) from None
    return measures


def _task(unit: Unit, year: int, ordinal: str) -> Task:
    from dinhlang.org.rules import Refused
    from dinhlang.work.models import Task

    found = (
        Task.objects.filter(plan__unit=unit, plan__year=year, ordinal=ordinal).order_by("-plan_id").first()
    )
    if found is None:
        raise Refused(
            f"Kế hoạch năm {year} không có nhiệm vụ số {ordinal}. Xem bằng lệnh: dinhlang plan show --unit {unit.pk}"
        )
    return found


def _print_preview(preview: Preview) -> None:
    for fate in preview.rows[:_MOST_SHOWN]:
        what = fate.line.title if fate.line else ""
        day = fate.line.happened_on.isoformat() if fate.line else ""
        mend = f"{fate.message} (ô {fate.cell})" if fate.cell else fate.message
        click.echo("\t".join((str(fate.row), _FATES[fate.fate], day, what, mend)).rstrip())
    if len(preview.rows) > _MOST_SHOWN:
        click.echo(f"… và {len(preview.rows) - _MOST_SHOWN} dòng nữa.")
    if preview.unread_columns:
        click.echo(f"Cột không nhận: {', '.join(preview.unread_columns)}.")
    counted = {fate: sum(1 for row in preview.rows if row.fate == fate) for fate in _FATES}
    click.echo(
        "Xem trước: "
        + ", ".join(f"{counted[fate]} dòng {said}" for fate, said in _FATES.items())
        + ". Chưa ghi dòng nào."
    )
