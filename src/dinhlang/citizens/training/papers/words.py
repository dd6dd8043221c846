"""The invitation (NĐ 30/2020/NĐ-CP, Phụ lục III, sample 1.6) and the attendance sheet, as documents.

Documents stay Vietnamese in both languages (docs/translation.md), so their words are not marked for translation.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localdate, localtime

from dinhlang.citizens.models import TrainingClass
from dinhlang.citizens.training.queries import Guest
from dinhlang.citizens.training.rules.classes import SPARE_ROWS, Kind
from dinhlang.officialdoc.model import (
    Appendix,
    Block,
    Document,
    Issuer,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
    Table,
)
from dinhlang.org import queries as org
from dinhlang.periods.calendar import weekday_of
from dinhlang.periods.window import numeric_date

_ROW_MM = 11.0
_HELD = {Kind.TRAINING: "lớp tập huấn", Kind.MEETING: "hội nghị tuyên truyền"}


def invitation(training: TrainingClass, guests: Sequence[Guest], *, to: Guest | None, on: date) -> Document:
    """The invitation for one guest, or for all of them with their list behind it."""
    head = org.letterhead(training.unit, on)
    held = _HELD[Kind(training.kind)]
    body: list[Block] = [
        _said(f"Ủy ban nhân dân {org.title_of(training.unit, on)} trân trọng kính mời", _who(guests, to)),
        _said("Tới dự", f"{held} “{training.subject}”"),
        *([_said("Người trình bày", training.lecturer)] if training.lecturer else []),
        _said("Thời gian", when(training)),
        _said("Địa điểm", training.place),
    ]
    if training.contents:
        body.append(_text("Chương trình:"))
        body += [
            Paragraph(Role.ITEM, (Run(line.lstrip("-–• ")),), 1, "-")
            for line in training.contents.splitlines()
        ]
    body.append(_text("Đề nghị ông/bà sắp xếp công việc, đến dự đúng thành phần, thời gian nêu trên./."))
    return Document(
        issuer=Issuer(" ".join(head.issuer), parent=head.parent),
        symbol="GM-UBND",
        place=head.place,
        date=PartialDate(on.day, on.month, on.year),
        subject=f"Dự {held} “{training.subject}”",
        body=tuple(body),
        signature=_signature(training, on),
        recipients=(Recipient("Như thành phần mời"), Recipient("Lưu: VT")),
        appendices=() if to is not None or len(guests) < 2 else (_list(guests),),
    )


def _who(guests: Sequence[Guest], to: Guest | None) -> str:
    only = to or (guests[0] if len(guests) == 1 else None)
    if only is None:
        return "Các ông, bà có tên trong danh sách kèm theo"
    return f"Ông/bà {only.name}" + (f", {only.place}" if only.place else "")


def _list(guests: Sequence[Guest]) -> Appendix:
    rows = tuple(
        (str(number), one.name, one.place, str(one.row.get_group_display()))
        for number, one in enumerate(guests, 1)
    )
    return Appendix(
        label="Danh sách",
        title="Thành phần mời",
        note="(Kèm theo Giấy mời)",
        blocks=(Table(("TT", "Họ và tên", "Thôn, đơn vị", "Thành phần"), rows, (8, 36, 34, 22)),),
    )


def _signature(training: TrainingClass, on: date) -> Signature:
    """As the chosen leader signs; without one the post of the head with room for the name."""
    found = org.signature_for(training.signer, training.unit, "", on) if training.signer else None
    return found or Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def sheet(training: TrainingClass, guests: Sequence[Guest], *, on: date) -> Document:
    """The list that is signed at the door: large rows, room to sign, empty rows for whoever comes besides."""
    head = org.letterhead(training.unit, on)
    day = localdate(training.starts_at)
    rows = [
        (str(number), one.name, one.place, str(one.row.get_group_display()), "")
        for number, one in enumerate(guests, 1)
    ]
    rows += [(str(number), "", "", "", "") for number in range(len(rows) + 1, len(rows) + SPARE_ROWS + 1)]
    return Document(
        issuer=Issuer(" ".join(head.issuer), parent=head.parent),
        symbol="DS-UBND",
        place=head.place,
        date=PartialDate(day.day, day.month, day.year),
        subject="DANH SÁCH ĐIỂM DANH",
        body=(
            _said(str(Kind(training.kind).label), training.subject),
            _said("Thời gian", when(training)),
            _said("Địa điểm", training.place),
            *([_said("Người trình bày", training.lecturer)] if training.lecturer else []),
            Table(
                ("TT", "Họ và tên", "Thôn, đơn vị", "Thành phần", "Ký tên"),
                tuple(rows),
                (7, 28, 25, 15, 25),
                row_mm=_ROW_MM,
            ),
            _text("Tổng số người có mặt: ………… người; trong đó có giấy mời: ………… người."),
        ),
        co_signers=(Signature(role="Người lập danh sách"),),
        signature=Signature(role="Người chủ trì"),
    )


def when(training: TrainingClass) -> str:
    """'8 giờ đến 11 giờ 30 phút, thứ Năm, ngày 20/7/2023'."""
    hours = clock(training.starts_at)
    if training.ends_at is not None:
        hours = f"{hours} đến {clock(training.ends_at)}"
    day = localdate(training.starts_at)
    return f"{hours}, {weekday_of(day)}, ngày {numeric_date(day)}"


def clock(at: datetime) -> str:
    """'8 giờ', '11 giờ 30 phút'."""
    here = localtime(at)
    return f"{here.hour} giờ" + (f" {here.minute:02d} phút" if here.minute else "")


def _said(name: str, words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(f"{name}: "), Run(words, bold=True)))


def _text(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))
