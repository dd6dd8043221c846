"""`dinhlang text schedule`, `period` and `working-days`: times and terms, one line at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from dinhlang.cli.text_vietnamese import answer_each_line

if TYPE_CHECKING:
    from dinhlang.periods.calendar import Deadline

_YEARS = click.IntRange(1900, 2199)


@click.command(help="Đọc cụm từ thời gian thực hiện của kế hoạch; mỗi dòng vào cho một dòng ra.")
@click.option("--year", type=_YEARS, metavar="NĂM", help="Năm của kế hoạch, cho cụm từ không ghi năm.")
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng một đối tượng JSON.")
def schedule(year: int | None, as_json: bool) -> None:
    """Reads each line of standard input as a schedule phrase of a plan of the year."""
    from dinhlang.periods.schedule import ScheduleKind, parse, render, render_canonical, to_json

    def answer(line: str) -> str:
        reading = parse(line, year)
        if as_json:
            return json.dumps(to_json(reading), ensure_ascii=False)
        return (
            "không rõ"
            if reading.kind is ScheduleKind.UNKNOWN
            else render_canonical(reading) or render(reading)
        )

    answer_each_line(_unless_blank(answer))


@click.command(help="Tìm kỳ báo cáo trong câu; mỗi dòng vào cho một dòng ra.")
@click.option("--year", type=_YEARS, metavar="NĂM", help="Năm dùng khi câu không ghi năm.")
@click.option("--json", "as_json", is_flag=True, help="Mỗi dòng một đối tượng JSON.")
def period(year: int | None, as_json: bool) -> None:
    """Finds the reporting period that each line of standard input is about."""
    from dinhlang.periods.identifier import find_period

    def answer(line: str) -> str:
        found = find_period(line, year)
        if as_json:
            return json.dumps({"period": None if found is None else str(found)})
        return "không có" if found is None else str(found)

    answer_each_line(_unless_blank(answer))


@click.command("working-days", help="Tính ngày hết hạn theo ngày làm việc; ngày nhận không tính.")
@click.option(
    "--from",
    "start",
    callback=lambda context, option, value: _day(value),
    required=True,
    metavar="NGÀY",
    help="Ngày nhận, như 2026-02-13.",
)
@click.option("--add", "count", required=True, type=int, metavar="SỐ", help="Số ngày làm việc.")
@click.option("--explain", is_flag=True, help="Kể các ngày không tính và lý do.")
def working_days(start: date, count: int, explain: bool) -> None:
    """Prints the day on which a term ends, and on request why."""
    from dinhlang.periods import calendar

    try:
        deadline = calendar.default().explain(start, count)
    except calendar.BadCount as reason:
        raise click.ClickException(str(reason)) from None
    click.echo(deadline.due.isoformat())
    if explain:
        for line in _explanation(start, count, deadline):
            click.echo(line)


def _day(text: str) -> date:
    for form in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise click.ClickException(f"Ngày “{text}” không có trong lịch hoặc viết sai. Viết như 2026-02-13.")


def _unless_blank(answer: Callable[[str], str]) -> Callable[[str], str]:
    """An answer that leaves a line of blanks empty."""
    return lambda line: answer(line) if line.strip() else ""


def _explanation(received: date, count: int, deadline: Deadline) -> list[str]:
    from dinhlang.periods.window import numeric_date

    lines = [
        f"Nhận ngày {numeric_date(received)}, thời hạn {count} ngày làm việc, hết hạn {numeric_date(deadline.due)}."
    ]
    lines += [f"Không tính {numeric_date(day.day)}: {day.reason}." for day in deadline.skipped]
    lines += [f"Có tính {numeric_date(day.day)}: {day.reason}." for day in deadline.worked_weekends]
    if deadline.provisional:
        lines.append("Tạm tính: chưa nạp thông báo nghỉ lễ, tết chính thức của mọi năm trong thời hạn.")
    return lines
