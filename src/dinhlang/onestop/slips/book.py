"""The tracking book (form 07, before 15/9/2025 form 06) and the fee slip, as documents."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.timezone import localtime

from dinhlang.officialdoc.model import (
    Appendix,
    Document,
    Paragraph,
    PartialDate,
    Role,
    Run,
    Signature,
    Table,
)
from dinhlang.onestop import queries
from dinhlang.onestop.models import Dossier, ReturnWay
from dinhlang.onestop.rules import regimes
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import State
from dinhlang.onestop.slips.parts import grouped, issuer, money, said
from dinhlang.org import queries as org
from dinhlang.org.models import Unit

COLUMNS = (
    "STT",
    "Mã hồ sơ",
    "Tên thủ tục hành chính",
    "Số bộ",
    "Người nộp",
    "Địa chỉ, số điện thoại",
    "Cơ quan giải quyết",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Ngày trả",
    "Cách nhận kết quả",
    "Ghi chú, ký nhận",
)
_WIDTHS = (12.5, 32, 33, 9, 25, 32, 26, 15.5, 15.5, 15.5, 15.5, 15, 17)

_BREAK = "\u200b"
"""Where a word of a narrow column may go on in the next line."""
_KEPT = "\u00a0"


def row(dossier: Dossier, *, people: bool) -> tuple[str, ...]:
    """One line of the book. Without `people` who handed in stays unsaid."""
    contact = (
        ", ".join(
            one
            for one in (dossier.address.shown(), grouped(dossier.phone.shown()).replace(" ", _KEPT))
            if one
        )
        if people
        else ""
    )
    return (
        str(dossier.number or ""),
        dossier.code.replace("-", f"-{_BREAK}"),
        dossier.procedure_name,
        str(dossier.sets),
        dossier.applicant.shown() if people else "",
        contact,
        dossier.handling,
        _day(dossier.received_at),
        _day(dossier.due_at or dossier.first_due_at),
        _day(dossier.resolved_at),
        _day(dossier.given_at),
        str(ReturnWay(dossier.return_way).label),
        _note(dossier),
    )


def _note(dossier: Dossier) -> str:
    if dossier.state in (State.CANCELLED, State.STOPPED, State.WITHDRAWN):
        return str(State(dossier.state).label)
    return "Đã xin lỗi, hẹn lại" if dossier.apologised_at else ""


def book(unit: Unit, rows: Sequence[Dossier], *, first: date, last: date, on: date) -> Document:
    """The book from a day until a day, on pages that lie."""
    title = org.title_of(unit, on)
    counter = queries.rules_on(unit, on)
    forms = regimes.forms_on(last)
    number = forms.number(Slip.BOOK)
    return Document(
        issuer=issuer(counter.office if counter else f"Ủy ban nhân dân {title}", title),
        symbol="STD",
        place=org.letterhead(unit, on).place,
        date=PartialDate(on.day, on.month, on.year),
        subject="SỔ THEO DÕI HỒ SƠ",
        body=(
            Paragraph(
                Role.BODY,
                (
                    Run(
                        f"Hồ sơ tiếp nhận từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y}: {len(rows)} hồ sơ. "
                        "Danh sách kèm theo."
                    ),
                ),
            ),
            Paragraph(Role.BODY, (Run(f"(Mẫu số {number}, {forms.basis})", italic=True),)),
        ),
        # Who is at the head of the counter closes the book (TT 01/2018/TT-VPCP, Điều 10, khoản 2).
        co_signers=(Signature(role="Người lập sổ"),),
        signature=Signature(role=f"Người đứng đầu Bộ{_KEPT}phận{_KEPT}Một{_KEPT}cửa"),
        appendices=(
            Appendix(
                title="Sổ theo dõi hồ sơ",
                note=f"(Từ ngày {first:%d/%m/%Y} đến hết ngày {last:%d/%m/%Y})",
                blocks=(Table(COLUMNS, tuple(row(one, people=True) for one in rows), _WIDTHS),),
                landscape=True,
            ),
        ),
    )


def fee(dossier: Dossier, *, on: date) -> Document:
    """What is to be paid, for what and where; the code that a bank's app reads stands under its number."""
    title = org.title_of(dossier.unit, on)
    counter = queries.rules_on(dossier.unit, on)
    office = counter.office if counter else f"Ủy ban nhân dân {title}"
    amount = dossier.fee_amount or 0

    paid_into = (
        [
            said("Số tài khoản", f"{counter.account} (ngân hàng có mã{_KEPT}{counter.bank})"),
            said("Tên tài khoản", counter.account_name or office),
            said("Nội dung chuyển khoản", dossier.code.replace(".", "")),
            Paragraph(
                Role.BODY,
                (Run("Mở ứng dụng ngân hàng, quét mã QR, xem lại số tiền và nội dung rồi chuyển."),),
            ),
        ]
        if counter is not None and counter.account
        else [Paragraph(Role.BODY, (Run(f"Nộp tiền tại {office}."),))]
    )
    return Document(
        issuer=issuer(office, title),
        number=str(dossier.number) if dossier.number is not None else None,
        symbol="PTP",
        place=org.letterhead(dossier.unit, on).place,
        date=PartialDate(on.day, on.month, on.year),
        subject="PHIẾU NỘP PHÍ, LỆ PHÍ",
        body=(
            said("Mã hồ sơ", dossier.code),
            said("Thủ tục", dossier.procedure_name),
            said("Người nộp", dossier.applicant.shown() or "—"),
            said("Số tiền", f"{money(amount)} đồng"),
            *paid_into,
            Paragraph(
                Role.BODY,
                (Run("Phiếu này không phải biên lai. Biên lai được cấp khi đã nhận tiền.", italic=True),),
            ),
        ),
        signature=Signature(role="Người lập phiếu"),
    )


def _day(at: datetime | None) -> str:
    return f"{localtime(at):%d/%m/}{_BREAK}{localtime(at):%Y}" if at is not None else ""
