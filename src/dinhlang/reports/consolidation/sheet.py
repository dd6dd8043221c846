"""The table of a period as a document of its own: what a report of the level above is sent with, or is asked for alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils.text import capfirst

from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Role,
    Run,
    Table,
)
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.queries import UnitRow, known_concepts, unit_rows
from dinhlang.reports.consolidation.taken import Figure, Taken
from dinhlang.reports.outline import GAP
from dinhlang.reports.rules import printed_value
from dinhlang.reports.sources import label_of
from dinhlang.vietnamese.dates import printed as printed_date
from dinhlang.work.concepts import CONCEPTS

# As many columns of figures as stand on a page turned on its side with names that can be read.
_BESIDE = 7
_NAME_WIDTH, _NUMBER_WIDTH = 24.0, 6.0


@kept_in_vietnamese
def document_of(taken: Taken, order: str, on: date) -> Document:
    """The table as an official document without a number: sums on its first page, the units in an appendix.

    `order` is the concept that the units are ordered by, '' for their names; `on` the day whose letterhead it bears.
    """
    head = org.letterhead(taken.unit, on)
    concepts = known_concepts(taken)
    return Document(
        kind=Kind.OTHER,
        issuer=Issuer(" ".join(head.issuer), parent=head.parent),
        place=head.place,
        date=PartialDate(on.day, on.month, on.year),
        subject=f"SỐ LIỆU TỔNG HỢP {taken.period.label.upper()}",
        body=tuple(_body(taken, concepts)),
        appendices=tuple(_appendices(taken, concepts, order)),
    )


def _body(taken: Taken, concepts: Sequence[str]) -> Iterator[Block]:
    yield _said(taken.sentence)
    yield _said(
        f"Số liệu được tính {_days(taken.window)}. Số đếm thì cộng; tỷ lệ tính lại từ tổng tử số và tổng mẫu số; "
        "hoạt động nhiều đơn vị cùng báo chỉ tính một lần."
    )
    rows = tuple(
        (
            str(number),
            label_of(one),
            CONCEPTS[one].unit,
            _told(taken.value(one), taken.exactness(one)),
            str(len(taken.sum_of(one).units)),
        )
        for number, one in enumerate(concepts, 1)
    )
    if rows:
        yield Table(
            ("STT", "Chỉ tiêu", "Đơn vị tính", "Số tổng hợp", "Số đơn vị có số liệu"),
            rows,
            (8.0, 44.0, 16.0, 17.0, 15.0),
        )


def _appendices(taken: Taken, concepts: Sequence[str], order: str) -> Iterator[Appendix]:
    """The units by concepts, so many concepts on a page; the one that orders them stands first on each."""
    first = [order] if order in concepts else []
    rest = [one for one in concepts if one not in first]
    step = _BESIDE - len(first)
    parts = [[*first, *rest[at : at + step]] for at in range(0, len(rest), step)] or (
        [first] if first else []
    )
    for number, part in enumerate(parts, 1):
        ordered = f" (xếp theo {label_of(order).lower()}, chưa xét quy mô)" if first else ""
        yield Appendix(
            title=f"SỐ LIỆU CỦA TỪNG ĐƠN VỊ{f' ({number}/{len(parts)})' if len(parts) > 1 else ''}",
            label="Phụ lục",
            note=f"(Dấu {GAP} là đơn vị không báo số liệu đó){ordered}",
            blocks=(_units(taken, part, order if first else ""),),
            landscape=True,
        )


def _units(taken: Taken, concepts: Sequence[str], order: str) -> Table:
    header = (
        "Hạng" if order else "STT",
        "Đơn vị",
        *(f"{label_of(one)} ({CONCEPTS[one].unit})" for one in concepts),
    )
    rows = [
        (_place(row, number, order), _called(row), *(_cell(one, is_nil=row.is_nil) for one in row.figures))
        for number, row in enumerate(unit_rows(taken, concepts, order), 1)
    ]
    gaps = tuple(GAP for _one in concepts)
    rows += [
        ("", f"{capfirst(taken.names[unit])} (chưa nộp)", *gaps)
        for unit in taken.order
        if unit in taken.coverage.missing
    ]
    if taken.own:
        own = (_cell(taken.own.get(one), is_nil=False) for one in concepts)
        rows.append(("", f"{capfirst(taken.names[taken.unit.pk])} (trực tiếp thực hiện)", *own))
    doubled = [taken.doubled(one) for one in concepts]
    if any(doubled):
        off = (f"−{printed_value(one)}" if one else "" for one in doubled)
        rows.append(("", "Trừ phần nhiều đơn vị cùng báo", *off))
    rows.append(("", "Cộng", *(_told(taken.value(one), taken.exactness(one)) for one in concepts)))
    each = (100.0 - _NAME_WIDTH - _NUMBER_WIDTH) / len(concepts)
    return Table(header, tuple(rows), (_NUMBER_WIDTH, _NAME_WIDTH, *(each for _one in concepts)))


def _place(row: UnitRow, number: int, order: str) -> str:
    if not order:
        return str(number)
    return GAP if row.place is None else str(row.place)


def _called(row: UnitRow) -> str:
    if row.is_nil:
        return f"{capfirst(row.name)} (không phát sinh)"
    return f"{capfirst(row.name)} (chưa chấp nhận)" if row.is_unaccepted else capfirst(row.name)


def _cell(figure: Figure | None, *, is_nil: bool) -> str:
    if figure is None or figure.value is None:
        return "0" if is_nil else GAP
    return _told(figure.value, figure.exactness)


def _told(value: float | int | None, exactness: str) -> str:
    return GAP if value is None else f"{exactness} {printed_value(value)}".strip()


def _days(window: Window) -> str:
    return f"từ {printed_date(window.start)} đến hết {printed_date(window.end)}"


def _said(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))
