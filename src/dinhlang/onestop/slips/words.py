"""What stands in each form, as a document.

Titles and numbers are those of TT 03/2025/TT-VPCP, Phụ lục I. Fields, their order and the fixed phrases of 01–03 and 06 are those of TT
01/2018/TT-VPCP, which offices print to this day; 04 and 05 are worded by us (docs/law.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Block, Document, Signature, Table
from dinhlang.onestop import queries
from dinhlang.onestop.actions.moving import BadClock, counted_due
from dinhlang.onestop.models import Dossier, DossierStep
from dinhlang.onestop.rules import journey, regimes
from dinhlang.onestop.rules.journey import Standing
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import Deed
from dinhlang.onestop.slips import parts
from dinhlang.onestop.slips.parts import Sheet
from dinhlang.org import queries as org
from dinhlang.org.rules import Refused

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
_HEAD = Signature(role="Thủ trưởng cơ quan, đơn vị")


class NotThere(Refused):
    """This form has nothing to say of the dossier yet."""


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


# --- the forms ------------------------------------------------------------------------------------


def _receipt(sheet: Sheet, which: Slip) -> Document:
    dossier = sheet.dossier
    on_behalf = dossier.on_behalf_of.shown() if dossier.on_behalf_of else ""
    received = dossier.received_at or sheet.step.at
    blocks = [
        parts.row(
            ("Tiếp nhận hồ sơ của", sheet.applicant), *([("Nộp thay cho", on_behalf)] if on_behalf else [])
        ),
        *parts.contact(dossier),
        parts.said("Nội dung yêu cầu giải quyết", parts.procedure(dossier)),
        parts.paragraph("Thành phần hồ sơ nộp gồm:"),
        *parts.papers(dossier.papers),
        parts.row(
            ("Số lượng hồ sơ", f"{dossier.sets:02d} bộ"),
            ("Thời gian giải quyết theo quy định", dossier.term_words or "—"),
        ),
        parts.said("Thời gian nhận hồ sơ", parts.moment(received)),
        parts.said("Thời gian trả kết quả giải quyết hồ sơ", parts.promised(sheet)),
        parts.row(
            ("Đăng ký nhận kết quả", parts.returning(sheet)), ("Cơ quan giải quyết", parts.handling(dossier))
        ),
        parts.row(
            ("Phí, lệ phí", f"{parts.money(dossier.fee_amount)} đồng" if dossier.fee_amount else "không thu"),
            ("Vào sổ theo dõi hồ sơ", f"quyển số {dossier.book}, số thứ tự {dossier.number}"),
        ),
        *parts.from_elsewhere(sheet),
        *parts.look_here(dossier, which),
        *parts.ask_here(sheet),
    ]
    return parts.document(
        sheet,
        which,
        blocks,
        co_signers=(Signature(role="Người nộp hồ sơ", name=sheet.applicant),),
        signature=Signature(role="Người tiếp nhận hồ sơ", name=parts.who(sheet.step.by)),
    )


def _supplement(sheet: Sheet, which: Slip) -> Document:
    step = sheet.step
    blocks = [
        *parts.head_of_letter(sheet),
        parts.paragraph("Yêu cầu Ông/Bà hoàn thiện hồ sơ gồm những nội dung như sau:"),
        *parts.lines(step),
        *(
            [parts.paragraph("Giấy tờ cần nộp thêm:"), *parts.papers(step.said["papers"])]
            if step.said.get("papers")
            else []
        ),
        parts.paragraph(_after_the_papers(sheet)),
        *parts.ask_here(sheet, to_complete=True),
    ]
    return parts.document(
        sheet, which, blocks, signature=Signature(role="Người hướng dẫn", name=parts.who(step.by))
    )


def _after_the_papers(sheet: Sheet) -> str:
    """What becomes of the day once the papers have come: the same as the dossier's page says under it."""
    if sheet.dossier.received_at is None:
        return "Hồ sơ được tiếp nhận và hẹn ngày trả kết quả khi đã hoàn thiện."
    then = journey.standing(one for one in queries.journey_of(sheet.steps) if one.number <= sheet.step.number)
    waits_for = then.decided_by if then.begun_at is None else ""
    if _was_late(sheet.dossier, then):
        stays = f"giữ nguyên đến khi {waits_for} nhận đủ hồ sơ" if waits_for else "không đổi"
        return f"Hồ sơ đã quá hạn trả kết quả nên ngày hẹn {stays}.{_closed_after(sheet)}"
    stands = (
        " Nếu thời hạn ấy hết trước ngày đã hẹn lại thì giữ ngày đã hẹn lại." if then.was_reappointed else ""
    )
    runs = "tạm dừng từ lúc này và được tính lại từ đầu khi nhận đủ giấy tờ bổ sung"
    if waits_for:
        runs = f"chưa bắt đầu tính: khi nhận đủ giấy tờ bổ sung, hồ sơ được chuyển đi và thời hạn tính từ lúc {waits_for} nhận đủ hồ sơ"
    return f"Thời hạn giải quyết {runs}.{stands}{_closed_after(sheet)}"


def _was_late(dossier: Dossier, then: Standing) -> bool:
    """Whether the day had passed when the papers were asked for: it stands then, while the clock of any other dossier stops."""
    try:
        return counted_due(dossier, then).due_at is not None
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
        *parts.head_of_letter(sheet),
        parts.paragraph(
            f"Qua xem xét, {who} thông báo {what} giải quyết hồ sơ này với lý do cụ thể như sau:"
        ),
        *parts.lines(sheet.step),
        parts.paragraph(
            "Toàn bộ giấy tờ đã nộp được trả lại cùng phiếu này. Xin thông báo cho Ông/Bà được biết và thực hiện."
        ),
        *parts.look_here(sheet.dossier, which),
        *parts.ask_here(sheet),
    ]
    if was_received:
        return parts.document(sheet, which, blocks, signature=_HEAD, to="Người nộp hồ sơ")
    return parts.document(
        sheet,
        which,
        blocks,
        co_signers=(Signature(role="Người nộp hồ sơ", name=sheet.applicant),),
        signature=Signature(role="Người tiếp nhận hồ sơ", name=parts.who(sheet.step.by)),
    )


def _apology(sheet: Sheet, which: Slip) -> Document:
    dossier, said = sheet.dossier, sheet.step.said
    responsible = said.get("responsible") or dossier.handling
    blocks = [
        parts.paragraph(f"Kính gửi: {sheet.applicant}."),
        parts.paragraph(
            f"Ngày {parts.printed(localdate(dossier.received_at or sheet.step.at))}, {sheet.office} tiếp nhận hồ sơ của Ông/Bà đề nghị "
            f"giải quyết thủ tục “{dossier.procedure_name}”, mã hồ sơ {dossier.code}, hẹn trả kết quả ngày {parts.printed_iso(said.get('old_on'))}."
        ),
        parts.paragraph("Đến nay hồ sơ chưa giải quyết xong vì lý do sau:"),
        *parts.lines(sheet.step),
        parts.said("Cơ quan, đơn vị chịu trách nhiệm", responsible),
        parts.paragraph(
            f"{dossier.handling} thành thật xin lỗi Ông/Bà, đề nghị gia hạn thời gian giải quyết và hẹn trả kết quả vào ngày "
            f"{parts.printed_iso(said.get('new_on'))}. Ngày trả kết quả chỉ được hẹn lại một lần. Mong nhận được sự thông cảm của Ông/Bà vì sự chậm trễ này."
        ),
        *parts.ask_here(sheet),
    ]
    return parts.document(sheet, which, blocks, signature=_HEAD, to="Như trên")


def _stop(sheet: Sheet, which: Slip) -> Document:
    reason = sheet.step.reason
    lines = parts.lines(sheet.step) if reason is not None and reason.shown() else []
    asked = " theo yêu cầu của người nộp" if sheet.step.deed == Deed.WITHDRAW else ""
    blocks = [
        *parts.head_of_letter(sheet),
        parts.paragraph(
            f"{sheet.dossier.handling} thông báo dừng giải quyết hồ sơ{asked}{' vì lý do sau:' if lines else '.'}"
        ),
        *lines,
        parts.paragraph(
            f"Đề nghị người nộp đến {sheet.dossier.returning} nhận lại giấy tờ đã nộp. Khi đủ điều kiện, hồ sơ có thể nộp lại."
        ),
        *parts.ask_here(sheet),
    ]
    return parts.document(sheet, which, blocks, signature=_HEAD, to="Người nộp hồ sơ")


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
                parts.moment(one.at),
                _against(dossier, one),
                _control_note(one),
            )
        )
    blocks: list[Block] = [
        parts.said("Mã hồ sơ", dossier.code),
        parts.said("Thủ tục", parts.procedure(dossier)),
        parts.said("Cơ quan (bộ phận) giải quyết hồ sơ", dossier.handling),
        parts.said("Hẹn trả kết quả", parts.promised(sheet)),
        Table(
            ("Tên cơ quan", "Thời gian giao, nhận hồ sơ", "Kết quả giải quyết hồ sơ", "Ghi chú"),
            tuple(rows),
            (38, 26, 16, 20),
        ),
    ]
    return parts.document(sheet, which, blocks)


def _hands(sheet: Sheet, step: DossierStep) -> tuple[str, str]:
    """Who gave and who took; '' where nobody took anything."""
    who, counter = parts.who(step.by) or "—", sheet.office
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
    return f"{_ON_CONTROL[Deed(step.deed)]}{f' ngày {parts.printed_iso(new_on)}' if new_on else ''}"


_MADE: Mapping[Slip, Callable[[Sheet, Slip], Document]] = {
    Slip.RECEIPT: _receipt,
    Slip.SUPPLEMENT: _supplement,
    Slip.REFUSAL: _refusal,
    Slip.APOLOGY: _apology,
    Slip.STOP: _stop,
    Slip.CONTROL: _control,
}
