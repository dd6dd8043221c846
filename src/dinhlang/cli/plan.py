"""`dinhlang plan …`: take a plan in from its document, and show how far it is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dinhlang.cli.files import EXISTING, read_within

if TYPE_CHECKING:
    from dinhlang.work.models import Plan
    from dinhlang.work.queries import TaskProgress


@click.group()
def plan() -> None:
    """Kế hoạch."""


@plan.command("import")
@click.argument("file", type=EXISTING, metavar="TỆP")
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
def import_(file: Path, unit_id: str) -> None:
    """Nhập kế hoạch từ văn bản (.docx, .txt)."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.work import blobs, queries
    from dinhlang.work.actions import import_plan

    made = import_plan(
        unit=unit(unit_id), data=read_within(file, blobs.LARGEST), name=file.name, by=None, at=timezone.now()
    )
    click.echo(f"Đã nhập kế hoạch {made.pk}: {made.title} (năm {made.year}).")
    _print_tasks(made)
    _print_assignments(made)
    for warning in queries.warnings(made):
        click.echo(f"Cần xem lại: {warning}", err=True)


@plan.command()
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
@click.option(
    "--year", type=click.IntRange(2000, 2098), metavar="NĂM", help="Năm của kế hoạch; mặc định là mọi năm."
)
@click.option(
    "--on",
    "on_text",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="NGÀY",
    help="Tính đến ngày (NĂM-THÁNG-NGÀY); mặc định là hôm nay.",
)
def show(unit_id: str, year: int | None, on_text: datetime | None) -> None:
    """Xem nhiệm vụ và tiến độ của kế hoạch."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.org.rules import Refused
    from dinhlang.work.models import Plan

    on = on_text.date() if on_text else timezone.localdate()
    plans = Plan.objects.filter(unit=unit(unit_id))
    if year is not None:
        plans = plans.filter(year=year)
    if not plans:
        raise Refused("Chưa có kế hoạch nào. Hãy nhập bằng lệnh: dinhlang plan import TỆP --unit ĐƠN_VỊ")
    for found in plans:
        _print_progress(found, on)


@plan.command()
@click.option("--unit", "unit_id", required=True, metavar="ĐƠN_VỊ", help="Mã hoặc tên đơn vị.")
@click.option(
    "--year", required=True, type=click.IntRange(2000, 2098), metavar="NĂM", help="Năm của kế hoạch."
)
@click.option("--number", required=True, metavar="SỐ", help="Số, ký hiệu, ví dụ 04/KH-UBND.")
@click.option(
    "--on",
    "issued",
    required=True,
    type=click.DateTime(["%Y-%m-%d", "%d/%m/%Y"]),
    metavar="NGÀY",
    help="Ngày ban hành (2023-02-08 hoặc 8/2/2023).",
)
def amend(unit_id: str, year: int, number: str, issued: datetime) -> None:
    """Ghi số, ngày ban hành mà văn bản kế hoạch để trống."""
    from dinhlang.config.start import ready

    ready()
    from django.utils import timezone

    from dinhlang.org.queries import unit
    from dinhlang.org.rules import Refused
    from dinhlang.work.actions import amend_plan
    from dinhlang.work.models import Plan

    found = Plan.objects.filter(unit=unit(unit_id), year=year).order_by("-pk").first()
    if found is None:
        raise Refused(
            f"Chưa có kế hoạch năm {year}. Hãy nhập bằng lệnh: dinhlang plan import TỆP --unit ĐƠN_VỊ"
        )
    made = amend_plan(plan=found, number=number, issued_on=issued.date(), by=None, at=timezone.now())
    click.echo(f"Đã ghi kế hoạch năm {year}: số {made.number}/{made.symbol}, ngày {_printed(issued.date())}.")


def _print_tasks(made: Plan) -> None:
    tasks = list(made.tasks.prefetch_related("occurrences"))
    click.echo(f"{len(tasks)} nhiệm vụ:")
    for task in tasks:
        occurrences = list(task.occurrences.all())
        click.echo(f"  {task.ordinal or task.position}. {task.text}")
        click.echo(f"     Thời gian: {task.schedule_text or 'chưa ghi'} · chủ trì: {task.lead or 'chưa ghi'}")
        if task.watch_months:
            rhythm = "tháng" if task.watch_months == 1 else f"{task.watch_months} tháng"
            click.echo(f"     Theo dõi thường xuyên, mỗi {rhythm} cần có minh chứng.")
        elif occurrences:
            dues = ", ".join(_printed(one.due_on) for one in occurrences)
            click.echo(f"     {len(occurrences)} kỳ, hạn: {dues}")
        else:
            click.echo("     Thực hiện khi có yêu cầu.")


def _print_assignments(made: Plan) -> None:
    duties = list(made.assignments.all())
    if duties:
        click.echo(f"{len(duties)} việc phân công:")
    for duty in duties:
        click.echo(f"  {duty.unit_text}: {duty.duty}")


def _print_progress(found: Plan, on: date) -> None:
    from dinhlang.work import queries

    progress = queries.progress(found, on)
    click.echo(f"{found.title} (năm {found.year})")
    click.echo(
        f"Đến ngày {_printed(on)}: hoàn thành {progress.completed}/{progress.begun} nhiệm vụ đã đến kỳ, có minh chứng."
    )
    for task in progress.tasks:
        click.echo(f"  {task.task.ordinal or task.task.position}. {task.task.text}")
        click.echo(f"     {_standing(task)}")


def _standing(task: TaskProgress) -> str:
    parts = [f"{task.lines} hoạt động, {task.evidenced_lines} có minh chứng"]
    if task.occurrences:
        parts.append(f"đã thực hiện {task.done}/{len(task.occurrences)} kỳ")
    if task.late:
        parts.append(f"{task.late} kỳ quá hạn")
    if task.gaps:
        parts.append("chưa có minh chứng: " + ", ".join(f"tháng {gap.starts_on.month}" for gap in task.gaps))
    return "; ".join(parts)


def _printed(day: date) -> str:
    from dinhlang.periods.window import numeric_date

    return numeric_date(day)
