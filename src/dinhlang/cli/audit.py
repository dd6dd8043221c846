"""`dinhlang audit …`: whether the chains of the audit hold, and the audit as a file. For the operator."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli import files
from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.org.models import AuditEntry

FORMS = (".csv", ".jsonl")


@click.group(help="Nhật ký thao tác: kiểm tra chuỗi, xuất ra tệp.")
def audit() -> None:
    """Group of the commands below."""


@audit.command(help="Kiểm tra mọi chuỗi nhật ký từ dòng đầu đến dòng cuối.")
@click.option(
    "--heads", is_flag=True, help="In cả dòng cuối của từng chuỗi, để lưu ra giấy hoặc gửi cấp trên."
)
def verify(heads: bool) -> int:
    """Print the verdict; 1 when a chain does not hold."""
    ready()
    from dinhlang.org import queries
    from dinhlang.org.models import AuditHead

    verdict = queries.verify_audit()
    if heads:
        for head in AuditHead.objects.order_by("chain"):
            click.echo(f"{head.chain}\t{head.count}\t{head.last_hash}")
    if verdict.broken is not None:
        broken = verdict.broken
        click.echo(
            f"Chuỗi nhật ký “{broken.chain}” bị đứt ở dòng số {broken.number}: {broken.reason}. "
            "Giữ nguyên dữ liệu và so với bản sao lưu gần nhất.",
            err=True,
        )
        return 1
    click.echo(f"Nhật ký nguyên vẹn: {verdict.entries} dòng trong {verdict.chains} chuỗi.")
    return 0


@audit.command(help="Xuất nhật ký ra tệp .csv hoặc .jsonl, kèm mã để đối chiếu chuỗi.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="TỆP", help="Tệp kết quả."
)
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", help="Chỉ nhật ký của một đơn vị (mã hoặc tên).")
def export(output: Path, unit_id: str | None) -> None:
    """Write every entry, oldest first, and note in the audit that it was taken away."""
    if output.suffix.lower() not in FORMS:
        raise click.UsageError(f"Tên tệp phải kết thúc bằng {' hoặc '.join(FORMS)}.")
    files.check_writable(output)
    ready()
    from django.utils import timezone

    from dinhlang.org import actions, queries
    from dinhlang.org.models import AuditEntry

    unit = queries.unit(unit_id, timezone.localdate()) if unit_id else None
    entries = queries.entries_for(unit) if unit else AuditEntry.objects.select_related("by")
    rows = list(_rows(iter(entries.order_by("pk").iterator(chunk_size=2000))))
    content = _csv(rows) if output.suffix.lower() == ".csv" else _jsonl(rows)
    actions.export_audit(
        unit=unit, rows=len(rows), form=output.suffix.lower()[1:], by=None, at=timezone.now()
    )
    files.write_whole(output, content.encode())
    click.echo(f"Đã ghi {len(rows)} dòng nhật ký vào “{output}”.")


def _rows(entries: Iterator[AuditEntry]) -> Iterator[dict[str, object]]:
    """The fields as the chain hashes them, so that another program can check it."""
    from datetime import UTC

    for entry in entries:
        yield {
            "number": entry.number,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": entry.by_id,
            "username": entry.by.username if entry.by else "",
            "unit": entry.unit_id,
            "action": entry.action,
            "target": entry.target,
            "detail": entry.detail,
            "previous": entry.previous_hash,
            "hash": entry.entry_hash,
        }


def _jsonl(rows: list[dict[str, object]]) -> str:
    return "".join(f"{json.dumps(row, ensure_ascii=False, sort_keys=True)}\n" for row in rows)


def _csv(rows: list[dict[str, object]]) -> str:
    from dinhlang.org.tables import csv_lines

    columns = ("number", "at", "by", "username", "unit", "action", "target", "detail", "previous", "hash")
    return "".join(
        csv_lines(
            columns,
            (
                [
                    json.dumps(row[name], ensure_ascii=False, sort_keys=True)
                    if name == "detail"
                    else str(row[name] if row[name] is not None else "")
                    for name in columns
                ]
                for row in rows
            ),
        )
    )
