"""What the forms of one desk share: what each is about, its head and signatures, the blocks and the lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate, localtime

from dinhlang.officialdoc.model import (
    Block,
    Document,
    Issuer,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
)
from dinhlang.onestop import looking_up, public, queries
from dinhlang.onestop.models import CounterRules, Dossier, DossierStep, ReturnWay
from dinhlang.onestop.rules import codes, regimes
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Deed
from dinhlang.org.models import Person

TITLES = {
    Slip.RECEIPT: "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
    Slip.SUPPLEMENT: "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
    Slip.REFUSAL: "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ",
    Slip.APOLOGY: "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
    Slip.STOP: "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ",
    Slip.CONTROL: "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
}
_APOLOGY_BEFORE_2025 = "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
_SYMBOLS = {
    Slip.RECEIPT: "TNHS",
    Slip.SUPPLEMENT: "HDHS",
    Slip.REFUSAL: codes.REFUSED,
    Slip.CONTROL: "KSHS",
}
_APOLOGY_SYMBOL_BEFORE_2025 = "PXL"
_CENTRE = "Trung tâm Phục vụ hành chính công"
_INITIALS = {_CENTRE.lower(): "TTPVHCC", "ủy ban nhân dân": "UBND"}
_RETURN_WAYS = {
    ReturnWay.COUNTER: "tại quầy",
    ReturnWay.POST: "qua dịch vụ bưu chính công ích",
    ReturnWay.ELECTRONIC: "bản điện tử",
}
_UNDER_THE_COMMITTEE = ("phòng ", "văn phòng hội đồng nhân dân", "văn phòng hđnd")
"""How the names of rooms of the commune begin."""
_KEPT = "\u00a0"
"""Between a word and its number: a line does not end there."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every form needs: the dossier, the step behind the form, how the counter was called that day."""

    dossier: Dossier
    steps: Sequence[DossierStep]
    step: DossierStep
    counter: CounterRules | None
    title: str
    place: str

    @property
    def day(self) -> date:
        return localdate(self.step.at)

    @property
    def office(self) -> str:
        return self.counter.office if self.counter is not None else self.dossier.receiving

    @property
    def applicant(self) -> str:
        return self.dossier.applicant.shown() or "—"


def issuer(office: str, title: str) -> Issuer:
    """The letterhead of the counter of 'xã Bến Trúc': its committee above it, abbreviated as over any department."""
    return Issuer(name=office, parent=None if office == f"Ủy ban nhân dân {title}" else f"UBND {title}")


def _who_decides(sheet: Sheet) -> Issuer:
    """The letterhead of who answers for the dossier. That office says sorry and stops the work, not the counter that took the
    dossier in, which has a copy (NĐ 61/2018/NĐ-CP, Điều 12, khoản 5; Điều 19, khoản 9; NĐ 118/2025/NĐ-CP, Điều 12, khoản 5;
    Điều 19, khoản 6). Another agency's stands alone.
    """
    name = sheet.dossier.handling
    if name == sheet.office or name.lower().startswith(_UNDER_THE_COMMITTEE):
        return issuer(name, sheet.title)
    return Issuer(name=name)


def document(
    sheet: Sheet,
    which: Slip,
    blocks: Sequence[Block],
    *,
    signature: Signature | None = None,
    co_signers: tuple[Signature, ...] = (),
    to: str = "",
) -> Document:
    """`to` is the first of those who get what a head signs, as its list says it: that goes out by the clerk of documents ("VT")."""
    day = sheet.day
    forms = regimes.forms_on(day)
    title = TITLES[which]
    if which is Slip.APOLOGY and not forms.number(Slip.STOP):
        title = _APOLOGY_BEFORE_2025
    number, symbol = _number_and_symbol(sheet, which, forms)
    form = forms.number(which)
    circular = forms.basis.partition(",")[0]
    note = (Run(f"(Mẫu số {form}, {circular})", italic=True),) if form else ()
    return Document(
        issuer=_who_decides(sheet) if to else issuer(sheet.office, sheet.title),
        number=number,
        symbol=symbol,
        place=sheet.place,
        date=PartialDate(day.day, day.month, day.year),
        subject=title,
        body=_with_note(blocks, note),
        signature=signature,
        co_signers=co_signers,
        recipients=_copied_to(sheet, to) if to else (),
    )


def _copied_to(sheet: Sheet, to: str) -> tuple[Recipient, ...]:
    counter = (Recipient(sheet.office),) if sheet.office != sheet.dossier.handling else ()
    return (Recipient(to), *counter, Recipient("Lưu: VT, hồ sơ"))


def _with_note(blocks: Sequence[Block], note: tuple[Run, ...]) -> tuple[Block, ...]:
    """Which form it is, behind the last words: a line of its own would cost many a receipt a second page."""
    last = blocks[-1]
    if note and isinstance(last, Paragraph) and last.role is Role.BODY:
        return (*blocks[:-1], replace(last, runs=(*last.runs, Run(" "), *note)))
    return (*blocks, Paragraph(Role.BODY, note)) if note else tuple(blocks)


def _number_and_symbol(sheet: Sheet, which: Slip, forms: regimes.Forms) -> tuple[str | None, str]:
    """The number of the register tells the slips of one dossier together; before receipt there is none, but that of the
    register of refusals. A refusal of one year that was taken back and written again in another keeps its line: the slip then
    says the year, since that year has a slip of this number of its own.

    What a head signs is a letter, or a notice ('TB'), of the office that decides (NĐ 30/2020/NĐ-CP, Phụ lục III): its number
    is given by the clerk of documents when it is issued, and so are the initials of an office that we cannot know. Until
    15/9/2025 the apology was a slip of the register like the others.
    """
    if which is Slip.REFUSAL and sheet.step.deed == Deed.REFUSE:
        line = queries.refusal_of(sheet.dossier)
        of_year = f"{line.year}/" if line is not None and line.year != sheet.day.year else ""
        return str(line.number) if line is not None else None, of_year + _SYMBOLS[which]
    number = str(sheet.dossier.number) if sheet.dossier.number is not None else None
    if which in _SYMBOLS and which is not Slip.REFUSAL:
        return number, _SYMBOLS[which]
    if which is Slip.APOLOGY and not forms.number(Slip.STOP):
        return number, _APOLOGY_SYMBOL_BEFORE_2025
    name = sheet.dossier.handling.lower()
    office = next((short for long, short in _INITIALS.items() if name.startswith(long)), "")
    return None, office if which is Slip.APOLOGY else f"TB-{office}"


# --- blocks and lines -----------------------------------------------------------------------------


def head_of_letter(sheet: Sheet) -> list[Block]:
    dossier = sheet.dossier
    code = f", mã hồ sơ {dossier.code}" if dossier.code else ""
    return [
        said("Hồ sơ của", sheet.applicant),
        *contact(dossier),
        said("Nội dung yêu cầu giải quyết", f"{procedure(dossier)}{code}"),
    ]


def contact(dossier: Dossier) -> list[Block]:
    told = [
        (name, words)
        for name, words in (
            ("Địa chỉ", dossier.address.shown()),
            ("Số điện thoại", grouped(dossier.phone.shown())),
            ("Thư điện tử", dossier.email.shown()),
        )
        if words
    ]
    return [row(*told)] if told else []


def returning(sheet: Sheet) -> str:
    """How the result comes, and where from if that is not the office in the letterhead."""
    way, where = _RETURN_WAYS[ReturnWay(sheet.dossier.return_way)], sheet.dossier.returning
    return way if where == sheet.office else f"{way}, {where}"


def handling(dossier: Dossier) -> str:
    """Who decides and who helped, where it is not the counter alone (NĐ 118/2025/NĐ-CP: reception knows no boundaries)."""
    helped = f"; nơi hỗ trợ nộp: {dossier.assisted_at}" if dossier.assisted_at else ""
    return f"{dossier.handling}{helped}"


def ask_here(sheet: Sheet, *, to_complete: bool = False) -> list[Block]:
    counter = sheet.counter
    where = [counter.address] if counter is not None and counter.address else []
    if counter is not None and counter.phone:
        where.append(f"điện thoại {counter.phone}")
    if not where:
        return []
    there = f"liên hệ {sheet.office}, {', '.join(where)}"
    if to_complete:
        return [
            paragraph(f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà {there} để được hướng dẫn.")
        ]
    return [paragraph(f"Cần hỏi thêm, {there}.")]


def code_on(dossier: Dossier, which: Slip) -> str:
    """By which a slip is found again: the dossier's code; on a refusal at the counter its number in the register of those; ''
    where there is neither.
    """
    if which is Slip.REFUSAL and dossier.received_at is None:
        return str(queries.refusal_of(dossier) or "")
    return dossier.code


def look_here(dossier: Dossier, which: Slip) -> list[Block]:
    """Where it can be looked up, with the number that only this sheet says."""
    where = public.address(dossier.unit)
    if not where or not code_on(dossier, which):
        return []
    number = looking_up.receipt_number(dossier)
    return [
        row(
            ("Tra cứu hồ sơ", where.partition("://")[2]),
            ("Số tra cứu", f"{number[:3]} {number[3:]}"),
        )
    ]


def papers(names: Sequence[str]) -> list[Block]:
    if not names:
        return [_item("Không có giấy tờ kèm theo")]
    return [_item(one, str(number)) for number, one in enumerate(names, 1)]


def lines(step: DossierStep) -> list[Block]:
    words = step.reason.shown() if step.reason else ""
    return [_item(line) for line in words.split("\n") if line] or [_item("—")]


def procedure(dossier: Dossier) -> str:
    return (
        f"{dossier.procedure_name} (mã{_KEPT}{dossier.procedure_code})"
        if dossier.procedure_code
        else dossier.procedure_name
    )


def promised(sheet: Sheet) -> str:
    """What was promised at receipt: an expected day where the term runs only from when another office has the dossier."""
    day = sheet.dossier.first_due_at
    if day is None:
        return "—"
    expected = " (dự kiến)" if sheet.step.said.get("decided_by") else ""
    off = " (tạm tính, chờ thông báo nghỉ lễ, tết)" if sheet.dossier.is_provisional else ""
    return f"{moment(day)}{expected}{off}"


def from_elsewhere(sheet: Sheet) -> list[Block]:
    """Why the day of a receipt is an expected one, and on what it rests; nothing where it is not."""
    office = sheet.step.said.get("decided_by")
    if not office:
        return []
    return [
        paragraph(
            f"Thời hạn giải quyết tính từ lúc {office} nhận hồ sơ (khoản 3 Điều 17 Nghị định số 118/2025/NĐ-CP, "
            "được sửa đổi tại Điều 8 Nghị định số 309/2026/NĐ-CP); ngày trả kết quả trên đây là dự kiến, tính theo việc chuyển hồ sơ đúng Điều 18 Nghị định số 118/2025/NĐ-CP."
        )
    ]


def moment(at: datetime) -> str:
    local = localtime(at)
    return f"{local.hour} giờ {local.minute:02d} phút, ngày {printed(local.date())}"


def printed(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def printed_iso(text: object) -> str:
    try:
        return printed(date.fromisoformat(str(text)))
    except ValueError:
        return "—"


def grouped(digits: str) -> str:
    """'0900 000 123': a number that is read out."""
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}".strip() if len(digits) == 10 else digits


def money(amount: int) -> str:
    """'8.000'."""
    return f"{amount:,}".replace(",", ".")


def who(person: Person | None) -> str:
    return person.full_name if person is not None else ""


def said(name: str, words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(f"{name}: "), Run(words, bold=True)))


def row(*told: tuple[str, str]) -> Paragraph:
    """Several of them in one paragraph."""
    return Paragraph(
        Role.BODY,
        tuple(
            run
            for number, (name, words) in enumerate(told)
            for run in (Run(f"{'; ' if number else ''}{name}: "), Run(words, bold=True))
        ),
    )


def paragraph(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))


def _item(words: str, number: str = "-") -> Paragraph:
    return Paragraph(Role.ITEM, (Run(words),), level=1, number=number)
