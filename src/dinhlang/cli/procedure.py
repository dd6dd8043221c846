"""`dinhlang procedure …`: lists and decisions of procedures taken in, and the catalogue shown."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from dinhlang.cli.files import EXISTING, read_within

if TYPE_CHECKING:
    from dinhlang.procedures.queries import Page, Preview
    from dinhlang.procedures.rules import Sheet

_MOST_SHOWN = 200
_UNIT = click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
_ON = click.option(
    "--on",
    "on_text",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="NGÀY",
    help="Xem danh mục ngày (NĂM-THÁNG-NGÀY); mặc định là hôm nay.",
)


@click.group()
def procedure() -> None:
    """Danh mục thủ tục hành chính."""


@procedure.command("import")
@click.argument("file", type=EXISTING, metavar="TỆP")
@_UNIT
@click.option("--dry-run", is_flag=True, help="Chỉ xem trước, không ghi.")
def import_(file: Path, unit_id: str, dry_run: bool) -> None:
    """Nhập thủ tục từ bảng (.xlsx, .csv), JSON, quyết định công bố hoặc tờ chi tiết (.docx, .pdf, .doc)."""
    from dinhlang.config.progress import bar
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.procedures import queries, reading
    from dinhlang.procedures.actions import import_procedures
    from dinhlang.procedures.reading.files import LARGEST_FILE

    where, data, at = unit(unit_id), read_within(file, LARGEST_FILE), timezone.now()
    if dry_run:
        _print_preview(queries.preview(where, reading.read(data, file.name), timezone.localdate(at)))
        return
    with bar(f"Đang nhập {file.name}") as progress:
        intake = import_procedures(unit=where, data=data, name=file.name, by=None, at=at, progress=progress)
    click.echo(f"Đã nhập tệp “{intake.name}”.")
    _print_report(intake.report)


def _print_preview(preview: Preview) -> None:
    from dinhlang.procedures.queries import FATE_WORDS

    for row in preview.rows[:_MOST_SHOWN]:
        click.echo(f"{row.record.code}\t{FATE_WORDS[row.fate]}\t{row.record.sheet.name or row.reason}")
        for difference in row.differences:
            click.echo(f"\t\t{difference.sentence}")
    if len(preview.rows) > _MOST_SHOWN:
        click.echo(f"… và {len(preview.rows) - _MOST_SHOWN} dòng nữa.")
    _print_report(preview.report())
    click.echo("Chưa ghi gì.")


def _print_report(report: dict[str, Any]) -> None:
    from dinhlang.procedures.queries import FATE_WORDS, Fate

    counts = report["counts"]
    for fate, count in dict(counts).items():
        click.echo(f"{FATE_WORDS[Fate(fate)]}: {count}")
    for key, label in (
        ("left_out", "Dòng không có thủ tục"),
        ("left", "Dòng để lại"),
        ("doubts", "Điều cần xem"),
    ):
        rows = report[key]
        if rows:
            click.echo(f"{label}: {len(rows)}", err=True)
        for row in rows[:_MOST_SHOWN]:
            click.echo("  " + (row if isinstance(row, str) else ", ".join(row)), err=True)
    if report["unread"]:
        click.echo(f"Đoạn giữ nguyên văn vì chưa hiểu: {len(report['unread'])}", err=True)


@procedure.command("list")
@_UNIT
@_ON
@click.option("--field", default="", metavar="LĨNH_VỰC", help="Chỉ một lĩnh vực.")
@click.option(
    "--search", default="", metavar="TỪ", help="Từ trong mã, tên, lĩnh vực; có dấu hay không đều được."
)
def list_(unit_id: str, on_text: datetime | None, field: str, search: str) -> None:
    """Danh mục đang có hiệu lực: mã, lĩnh vực, tên."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.procedures import queries

    on = on_text.date() if on_text else timezone.localdate()
    for version in queries.standing_versions(unit(unit_id), on, words=search, field=field):
        click.echo(f"{version.procedure.code}\t{version.field}\t{version.name}")


@procedure.command()
@click.argument("code", metavar="MÃ")
@_UNIT
@_ON
def show(code: str, unit_id: str, on_text: datetime | None) -> None:
    """Một thủ tục: nội dung, các bản và quyết định."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.org.rules import Refused
    from dinhlang.procedures import queries, rules

    short = rules.short_code(code)
    page = queries.page(unit(unit_id), short, on_text.date() if on_text else timezone.localdate())
    if page is None:
        raise Refused(
            f"Danh mục không có thủ tục mã {short}. Xem các mã bằng lệnh “dinhlang procedure list”."
        )
    _print_page(page)


def _print_page(page: Page) -> None:
    from dinhlang.org.rules import printed_day
    from dinhlang.procedures.rules import EVENT_WORDS, STANDING_WORDS, EventKind

    click.echo(f"{page.code}\t{page.sheet.name}")
    click.echo(f"{STANDING_WORDS[page.standing]}, bản {page.version.number}")
    _print_sheet(page.sheet)
    for event in page.events:
        decision = event.decision.number if event.decision else "không có quyết định"
        assumed = " (tạm tính)" if event.is_default_day else ""
        words = EVENT_WORDS[EventKind(event.kind)]
        click.echo(f"{printed_day(event.effective_on)}{assumed}\t{words}\t{decision}")


def _print_sheet(sheet: Sheet) -> None:
    from dinhlang.procedures.rules.changes import CHANNEL_WORDS, PART_WORDS, count_words

    rows = {
        "methods": [
            " · ".join(
                one for one in (str(CHANNEL_WORDS[row.channel]), row.time_limit, row.fee, row.note) if one
            )
            for row in sheet.methods
        ],
        "papers": [" · ".join(one for one in (row.name, count_words(row)) if one) for row in sheet.papers],
        "results": [row.name for row in sheet.results],
        "legal": [" ".join(one for one in (row.number, row.title) if one) for row in sheet.legal],
    }
    for part, title in PART_WORDS.items():
        value = getattr(sheet, part)
        if part in rows:
            for line in rows[part]:
                click.echo(f"{title}: {line}")
        elif isinstance(value, str) and value and part != "name":
            click.echo(f"{title}: {value}")
    for one in sheet.unread:
        click.echo(f"{PART_WORDS.get(one.part, one.part)} (nguyên văn): {one.text}")
