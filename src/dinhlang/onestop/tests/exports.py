"""Exports of a province's system, invented: rows of people who do not exist, as .xlsx, .csv or a web page."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from dinhlang.onestop.imports import actions, columns
from dinhlang.onestop.models import Dossier, ImportRun, RunState

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

HEADINGS = (
    "STT",
    "Mã hồ sơ",
    "Người nộp",
    "Số CCCD",
    "Mã TTHC",
    "Tên thủ tục",
    "Lĩnh vực",
    "Hình thức nộp",
    "Ngày tiếp nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Ngày trả",
    "Trạng thái",
)
SOMEBODY = "Trần Văn Bịa Đặt"
IDENTITY = "001099000123"
Line = Sequence[object]


def code(day: int, number: int, month: int = 7) -> str:
    return f"H99.12.34-23{month:02d}{day:02d}-{number:04d}"


def line(
    said: str,
    received: str,
    due: str = "",
    resolved: str = "",
    given: str = "",
    state: str = "Đang giải quyết",
    *,
    field: str = "Hộ tịch",
    way: str = "Trực tiếp",
    name: str = "Đăng ký khai sinh",
) -> list[object]:
    return ["1", said, SOMEBODY, IDENTITY, "", name, field, way, received, due, resolved, given, state]


def as_csv(
    lines: Sequence[Line], *, headings: Line = HEADINGS, above: Sequence[Line] = (), delimiter: str = ","
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows([*above, headings, *lines])
    return text.getvalue().encode()


def as_xlsx(
    lines: Sequence[Line], *, headings: Line = HEADINGS, above: Sequence[Line] = (), more: Any = None
) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (*above, headings, *lines):
        sheet.append(list(row))
    if more is not None:
        more(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def take_in(
    counter: Counter, data: bytes, name: str = "ho-so.csv", *, as_of: Any = None, at: datetime | None = None
) -> ImportRun:
    """As far as somebody has to confirm, with the columns confirmed as they were recognised; what is unclear is day first."""
    now = at or counter.later()
    clerk = counter.cast.one_stop_clerk
    run = actions.receive_file(unit=counter.cast.commune, data=data, name=name, by=clerk, at=now)
    actions.carry_on(pk=run.pk, at=now)
    run.refresh_from_db()
    if run.state == RunState.ASKING or (as_of and run.state == RunState.SHOWN):
        actions.confirm_columns(
            run=run,
            meanings=run.meanings,
            orders=dict.fromkeys(columns.DAYS, "dmy") | run.orders,
            states={},
            as_of=as_of or run.as_of,
            sheet=run.sheet,
            by=clerk,
            at=now,
        )
        actions.carry_on(pk=run.pk, at=now)
        run.refresh_from_db()
    return run


def write(counter: Counter, run: ImportRun) -> ImportRun:
    assert run.state == RunState.SHOWN, (run.state, run.told, run.found)
    now = counter.later()
    actions.confirm(run=run, by=counter.cast.one_stop_clerk, at=now)
    actions.carry_on(pk=run.pk, at=now)
    run.refresh_from_db()
    assert run.state == RunState.DONE
    return run


def register() -> list[tuple[Any, ...]]:
    """What the register says of each dossier, in the order of their codes."""
    names = (
        "code_key",
        "state",
        "delivery_state",
        "received_at",
        "due_at",
        "resolved_at",
        "given_at",
        "field",
        "channel",
    )
    return list(Dossier.objects.order_by("code_key").values_list(*names))
