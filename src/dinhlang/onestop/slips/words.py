"""What stands in each form, as a document.

Titles and numbers are those of TT 03/2025/TT-VPCP, Phụ lục I. Fields, their order and the fixed phrases of 01–03 and 06 are those of TT
01/2018/TT-VPCP, which offices print to this day; 04 and 05 are worded by us (docs/law.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

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
    Table,
)
from dinhlang.onestop import looking_up, public, queries
from dinhlang.onestop.actions.moving import BadClock, counted_due
from dinhlang.onestop.models import CounterRules, Dossier, DossierStep, ReturnWay
from dinhlang.onestop.rules import codes, journey, regimes
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Deed
from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused

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
_UNDER_THE_COMMITTEE = ("phòng ", "văn phòng hội đồng nhân dân", "văn phòng hđnd")
"""How the names of those begin above which the committee of the commune stands in a letterhead."""
_INITIALS = {_CENTRE.lower(): "TTPVHCC", "ủy ban nhân dân": "UBND"}
_STEPS_OF = {
    Slip.RECEIPT: (Deed.RECEIVE,),
    Slip.SUPPLEMENT: (Deed.ASK_PAPERS,),
    Slip.REFUSAL: (Deed.REFUSE, Deed.STOP),
    Slip.APOLOGY: (Deed.APOLOGISE,),
    Slip.STOP: (Deed.STOP, Deed.WITHDRAW),
    Slip.CONTROL: (Deed.RECEIVE,),
}
"""By which steps a form comes to be; the newest that counts is the one printed. Whoever refuses after an examination has form
03 (NĐ 118/2025/NĐ-CP, Điều 19, khoản 3), whoever asks to stop has form 05 (Điều 21).
"""
_RETURN_WAYS = {
    ReturnWay.COUNTER: "tại quầy",
    ReturnWay.POST: "qua dịch vụ bưu chính công ích",
    ReturnWay.ELECTRONIC: "bản điện tử",
}


_HEAD = Signature(role="Thủ trưởng cơ quan, đơn vị")
_KEPT = "\u00a0"
"""Between a word and its number: a line does not end there."""


class NotThere(Refused):
    """This form has nothing to say of the dossier yet."""


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


def available(dossier: Dossier, steps: Sequence[DossierStep]) -> list[Slip]:
    """The forms that can be printed of the dossier now, in the order of their numbers."""
    return [one for one in _STEPS_OF if _step_of(one, dossier, steps) is not None]


def slip(dossier: Dossier, which: Slip) -> Document:
    """The form, filled in. Raises `NotThere` where nothing happened that it speaks of."""
    steps = queries.steps_of(dossier)
    step = _step_of(which, dossier, steps)
    if step is None:
        raise NotThere(_("Hồ sơ này chưa có việc nào để lập phiếu đó. Chọn phiếu khác."))
    on = localdate(step.at)
    sheet = Sheet(
        dossier,
        steps,
        step,
        queries.rules_on(dossier.unit, on),
        org.title_of(dossier.unit, on),
        org.letterhead(dossier.unit, on).place,
    )
    return _MADE[which](sheet, which)


def _counting(steps: Sequence[DossierStep]) -> list[DossierStep]:
    numbers = {one.number for one in journey.counting(queries.journey_of(steps))}
    return [one for one in steps if one.number in numbers]


def _step_of(which: Slip, dossier: Dossier, steps: Sequence[DossierStep]) -> DossierStep | None:
    """The step that the form speaks of. A form of stopping is for what was received, since there is one."""
    step = next((one for one in reversed(_counting(steps)) if one.deed in _STEPS_OF[which]), None)
    if step is None or which is not Slip.STOP:
        return step
    is_known = regimes.forms_on(localdate(step.at)).number(which) != ""
    return step if is_known and dossier.received_at is not None else None


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


# --- the forms ------------------------------------------------------------------------------------


def _receipt(sheet: Sheet, which: Slip) -> Document:
    dossier = sheet.dossier
    on_behalf = dossier.on_behalf_of.shown() if dossier.on_behalf_of else ""
    received = dossier.received_at or sheet.step.at
    blocks = [
        _row(("Tiếp nhận hồ sơ của", sheet.applicant), *([("Nộp thay cho", on_behalf)] if on_behalf else [])),
        *_contact(dossier),
        _said("Nội dung yêu cầu giải quyết", _procedure(dossier)),
        _text("Thành phần hồ sơ nộp gồm:"),
        *_papers(dossier.papers),
        _row(
            ("Số lượng hồ sơ", f"{dossier.sets:02d} bộ"),
            ("Thời gian giải quyết theo quy định", dossier.term_words or "—"),
        ),
        _said("Thời gian nhận hồ sơ", _moment(received)),
        _said("Thời gian trả kết quả giải quyết hồ sơ", _due(dossier, first=True)),
        _row(("Đăng ký nhận kết quả", _return(sheet)), ("Cơ quan giải quyết", _handling(dossier))),
        _row(
            ("Phí, lệ phí", f"{money(dossier.fee_amount)} đồng" if dossier.fee_amount else "không thu"),
            ("Vào sổ theo dõi hồ sơ", f"quyển số {dossier.book}, số thứ tự {dossier.number}"),
        ),
        *_look_here(dossier, which),
        *_ask_here(sheet),
    ]
    return _document(
        sheet,
        which,
        blocks,
        co_signers=(Signature(role="Người nộp hồ sơ", name=sheet.applicant),),
        signature=Signature(role="Người tiếp nhận hồ sơ", name=_who(sheet.step.by)),
    )


def _supplement(sheet: Sheet, which: Slip) -> Document:
    step = sheet.step
    blocks = [
        *_head_of_letter(sheet),
        _text("Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:"),
        *_lines(step),
        *([_text("Giấy tờ cần nộp thêm:"), *_papers(step.said["papers"])] if step.said.get("papers") else []),
        _text(_after_the_papers(sheet)),
        *_ask_here(sheet, to_complete=True),
    ]
    return _document(sheet, which, blocks, signature=Signature(role="Người hướng dẫn", name=_who(step.by)))


def _after_the_papers(sheet: Sheet) -> str:
    """What becomes of the day once the papers have come: the same as the dossier's page says under it."""
    if sheet.dossier.received_at is None:
        return "Hồ sơ được tiếp nhận và hẹn ngày trả kết quả khi đã hoàn thiện."
    if _was_late(sheet):
        return f"Hồ sơ đã quá hạn trả kết quả nên ngày hẹn không đổi.{_closed_after(sheet)}"
    return f"Thời hạn giải quyết tạm dừng từ lúc này và được tính lại từ đầu khi nhận đủ giấy tờ bổ sung.{_closed_after(sheet)}"


def _was_late(sheet: Sheet) -> bool:
    """Whether the day had passed when the papers were asked for: it stands then, while the clock of any other dossier stops."""
    then = [one for one in queries.journey_of(sheet.steps) if one.number <= sheet.step.number]
    try:
        return counted_due(sheet.dossier, journey.standing(then)).due_at is not None
    except BadClock:
        return False


def _closed_after(sheet: Sheet) -> str:
    days = regimes.limits_on(sheet.day).closed_after_days
    if not days:
        return ""
    return f" Sau {days} ngày kể từ ngày thông báo (trừ khi pháp luật chuyên ngành quy định khác) mà chưa hoàn thiện thì hồ sơ được đóng."


def _refusal(sheet: Sheet, which: Slip) -> Document:
    """Of the counter, before receipt; of the office that decides, after it."""
    was_received = sheet.step.deed == Deed.STOP
    who, what = (sheet.dossier.handling, "từ chối") if was_received else (sheet.office, "không tiếp nhận,")
    blocks = [
        *_head_of_letter(sheet),
        _text(f"Qua xem xét, {who} thông báo {what} giải quyết hồ sơ này với lý do cụ thể như sau:"),
        *_lines(sheet.step),
        _text(
            "Toàn bộ giấy tờ đã nộp được trả lại cùng phiếu này. Xin thông báo cho Ông/Bà được biết và thực hiện."
        ),
        *_look_here(sheet.dossier, which),
        *_ask_here(sheet),
    ]
    if was_received:
        return _document(sheet, which, blocks, signature=_HEAD, to="Người nộp hồ sơ")
    return _document(
        sheet,
        which,
        blocks,
        co_signers=(Signature(role="Người nộp hồ sơ", name=sheet.applicant),),
        signature=Signature(role="Người tiếp nhận hồ sơ", name=_who(sheet.step.by)),
    )


def _apology(sheet: Sheet, which: Slip) -> Document:
    dossier, said = sheet.dossier, sheet.step.said
    responsible = said.get("responsible") or dossier.handling
    blocks = [
        _text(f"Kính gửi: {sheet.applicant}."),
        _text(
            f"Ngày {_printed(localdate(dossier.received_at or sheet.step.at))}, {sheet.office} tiếp nhận hồ sơ của Ông/Bà đề nghị "
            f"giải quyết thủ tục “{dossier.procedure_name}”, mã hồ sơ {dossier.code}, hẹn trả kết quả ngày {_iso(said.get('old_on'))}."
        ),
        _text("Đến nay hồ sơ chưa giải quyết xong vì lý do sau:"),
        *_lines(sheet.step),
        _said("Cơ quan, đơn vị chịu trách nhiệm", responsible),
        _text(
            f"{dossier.handling} thành thật xin lỗi Ông/Bà, đề nghị gia hạn thời gian giải quyết và hẹn trả kết quả vào ngày "
            f"{_iso(said.get('new_on'))}. Ngày trả kết quả chỉ được hẹn lại một lần. Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này."
        ),
        *_ask_here(sheet),
    ]
    return _document(sheet, which, blocks, signature=_HEAD, to="Như trên")


def _stop(sheet: Sheet, which: Slip) -> Document:
    reason = sheet.step.reason
    lines = _lines(sheet.step) if reason is not None and reason.shown() else []
    asked = " theo yêu cầu của người nộp" if sheet.step.deed == Deed.WITHDRAW else ""
    blocks = [
        *_head_of_letter(sheet),
        _text(
            f"{sheet.dossier.handling} thông báo dừng giải quyết hồ sơ{asked}{' vì lý do sau:' if lines else '.'}"
        ),
        *lines,
        _text(
            f"Đề nghị người nộp đến {sheet.dossier.returning} nhận lại giấy tờ đã nộp. Khi đủ điều kiện, hồ sơ có thể nộp lại."
        ),
        *_ask_here(sheet),
    ]
    return _document(sheet, which, blocks, signature=_HEAD, to="Người nộp hồ sơ")


_ON_CONTROL = {
    Deed.RECEIVE: "Tiếp nhận",
    Deed.ASK_PAPERS: "Yêu cầu bổ sung",
    Deed.TAKE_PAPERS: "Nhận bổ sung",
    Deed.HAND_OVER: "Giao, nhận hồ sơ",
    Deed.PAUSE: "Tạm dừng",
    Deed.RESUME: "Giải quyết tiếp",
    Deed.APOLOGISE: "Xin lỗi, hẹn lại",
    Deed.RESOLVE: "Có kết quả",
    Deed.STOP: "Dừng giải quyết",
    Deed.WITHDRAW: "Rút hồ sơ",
    Deed.SEND: "Gửi kết quả",
    Deed.COME_BACK: "Kết quả bị gửi trả",
    Deed.GIVE: "Trả kết quả",
}


def _control(sheet: Sheet, which: Slip) -> Document:
    """One row for each hand, with the moment of giving and how it stood to the day promised then. The columns are the form's."""
    dossier = sheet.dossier
    rows: list[tuple[str, ...]] = []
    for one in _counting(sheet.steps):
        if one.deed not in _ON_CONTROL:
            continue
        giver, taker = _hands(sheet, one)
        rows.append(
            (
                f"Giao: {giver}. Nhận: {taker}" if taker else giver,
                _moment(one.at),
                _against(dossier, one),
                _control_note(one),
            )
        )
    blocks: list[Block] = [
        _said("Mã hồ sơ", dossier.code),
        _said("Thủ tục", _procedure(dossier)),
        _said("Cơ quan (bộ phận) giải quyết hồ sơ", dossier.handling),
        _said("Hẹn trả kết quả", _due(dossier, first=True)),
        Table(
            ("Tên cơ quan", "Thời gian giao, nhận hồ sơ", "Kết quả giải quyết hồ sơ", "Ghi chú"),
            tuple(rows),
            (38, 26, 16, 20),
        ),
    ]
    return _document(sheet, which, blocks)


def _hands(sheet: Sheet, step: DossierStep) -> tuple[str, str]:
    """Who gave and who took; '' where nobody took anything."""
    who, counter = _who(step.by) or "—", sheet.office
    said = step.said
    if step.deed == Deed.RECEIVE:
        return "Người nộp hồ sơ", who
    if step.deed == Deed.HAND_OVER:
        return said.get("from") or who, said.get("to") or "—"
    if step.deed in (Deed.GIVE, Deed.SEND):
        return who, "Người nộp hồ sơ"
    if step.deed in (Deed.TAKE_PAPERS, Deed.COME_BACK):
        return "Người nộp hồ sơ", who
    return who, counter if step.deed == Deed.RESOLVE else ""


def _against(dossier: Dossier, step: DossierStep) -> str:
    """How the moment stands to the day that is promised now; nothing while there is none."""
    due = dossier.due_at
    if due is None or step.deed == Deed.RECEIVE:
        return ""
    if step.at > due:
        return "Quá hạn"
    return "Đúng hạn" if localdate(step.at) == localdate(due) else "Trước hạn"


def _control_note(step: DossierStep) -> str:
    """What was done, and the new day where one was set."""
    new_on = step.said.get("new_on")
    return f"{_ON_CONTROL[Deed(step.deed)]}{f' ngày {_iso(new_on)}' if new_on else ''}"


_MADE: Mapping[Slip, Callable[[Sheet, Slip], Document]] = {
    Slip.RECEIPT: _receipt,
    Slip.SUPPLEMENT: _supplement,
    Slip.REFUSAL: _refusal,
    Slip.APOLOGY: _apology,
    Slip.STOP: _stop,
    Slip.CONTROL: _control,
}


# --- what they share ------------------------------------------------------------------------------


def _document(
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


def _head_of_letter(sheet: Sheet) -> list[Block]:
    dossier = sheet.dossier
    code = f", mã hồ sơ {dossier.code}" if dossier.code else ""
    return [
        _said("Hồ sơ của", sheet.applicant),
        *_contact(dossier),
        _said("Nội dung yêu cầu giải quyết", f"{_procedure(dossier)}{code}"),
    ]


def _contact(dossier: Dossier) -> list[Block]:
    told = [
        (name, words)
        for name, words in (
            ("Địa chỉ", dossier.address.shown()),
            ("Số điện thoại", grouped(dossier.phone.shown())),
            ("Thư điện tử", dossier.email.shown()),
        )
        if words
    ]
    return [_row(*told)] if told else []


def _return(sheet: Sheet) -> str:
    """How the result comes, and where from if that is not the office in the letterhead."""
    way, where = _RETURN_WAYS[ReturnWay(sheet.dossier.return_way)], sheet.dossier.returning
    return way if where == sheet.office else f"{way}, {where}"


def _handling(dossier: Dossier) -> str:
    """Who decides and who helped, where it is not the counter alone (NĐ 118/2025/NĐ-CP: reception knows no boundaries)."""
    helped = f"; nơi hỗ trợ nộp: {dossier.assisted_at}" if dossier.assisted_at else ""
    return f"{dossier.handling}{helped}"


def _ask_here(sheet: Sheet, *, to_complete: bool = False) -> list[Block]:
    counter = sheet.counter
    where = [counter.address] if counter is not None and counter.address else []
    if counter is not None and counter.phone:
        where.append(f"điện thoại {counter.phone}")
    if not where:
        return []
    there = f"liên hệ {sheet.office}, {', '.join(where)}"
    if to_complete:
        return [
            _text(f"Trong quá trình hoàn thiện hồ sơ nếu có vướng mắc, Ông/Bà {there} để được hướng dẫn.")
        ]
    return [_text(f"Cần hỏi thêm, {there}.")]


def code_on(dossier: Dossier, which: Slip) -> str:
    """By which a slip is found again: the dossier's code; on a refusal at the counter its number in the register of those; ''
    where there is neither.
    """
    if which is Slip.REFUSAL and dossier.received_at is None:
        return str(queries.refusal_of(dossier) or "")
    return dossier.code


def _look_here(dossier: Dossier, which: Slip) -> list[Block]:
    """Where it can be looked up, with the number that only this sheet says."""
    where = public.address(dossier.unit)
    if not where or not code_on(dossier, which):
        return []
    number = looking_up.receipt_number(dossier)
    return [
        _row(
            ("Tra cứu hồ sơ", where.partition("://")[2]),
            ("Số tra cứu", f"{number[:3]} {number[3:]}"),
        )
    ]


def _papers(names: Sequence[str]) -> list[Block]:
    if not names:
        return [_item("Không có giấy tờ kèm theo")]
    return [_item(one, str(number)) for number, one in enumerate(names, 1)]


def _lines(step: DossierStep) -> list[Block]:
    words = step.reason.shown() if step.reason else ""
    return [_item(line) for line in words.split("\n") if line] or [_item("—")]


def _procedure(dossier: Dossier) -> str:
    return (
        f"{dossier.procedure_name} (mã{_KEPT}{dossier.procedure_code})"
        if dossier.procedure_code
        else dossier.procedure_name
    )


def _due(dossier: Dossier, *, first: bool = False) -> str:
    due = dossier.first_due_at if first else dossier.due_at
    if due is None:
        return "—"
    return _moment(due) + (" (tạm tính, chờ thông báo nghỉ lễ, tết)" if dossier.is_provisional else "")


def _moment(at: datetime) -> str:
    local = localtime(at)
    return f"{local.hour} giờ {local.minute:02d} phút, ngày {_printed(local.date())}"


def _printed(day: date) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def _iso(text: object) -> str:
    try:
        return _printed(date.fromisoformat(str(text)))
    except ValueError:
        return "—"


def grouped(digits: str) -> str:
    """'0900 000 123': a number that is read out."""
    return f"{digits[:4]} {digits[4:7]} {digits[7:]}".strip() if len(digits) == 10 else digits


def money(amount: int) -> str:
    """'8.000'."""
    return f"{amount:,}".replace(",", ".")


def _who(person: Person | None) -> str:
    return person.full_name if person is not None else ""


def _said(name: str, words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(f"{name}: "), Run(words, bold=True)))


def _row(*told: tuple[str, str]) -> Paragraph:
    """Several of them in one paragraph."""
    return Paragraph(
        Role.BODY,
        tuple(
            run
            for number, (name, words) in enumerate(told)
            for run in (Run(f"{'; ' if number else ''}{name}: "), Run(words, bold=True))
        ),
    )


def _text(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))


def _item(words: str, number: str = "-") -> Paragraph:
    return Paragraph(Role.ITEM, (Run(words),), level=1, number=number)
