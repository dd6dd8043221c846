"""The notice to the authority, its supplement and the record that a breach happened, as official documents.

NĐ 30/2020/NĐ-CP for the layout; the notice has the parts of Mẫu số 08 of NĐ 356/2025/NĐ-CP in their order, the others describe what
happened as it does. What the register does not know is left to be filled in by hand. Documents stay Vietnamese in both languages
(docs/translation.md), so their words are not marked for translation. No name of anybody whose data it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localdate, localtime

from dinhlang.officialdoc import write
from dinhlang.officialdoc.model import (
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Run,
    Signature,
    SignatureMode,
)
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.periods.window import numeric_date
from dinhlang.privacy.models import Breach, BreachStep
from dinhlang.privacy.rules.breaches import DataKind, Deed, NoticeTerm, Telling, term_on
from dinhlang.vietnamese.text import lower_first

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOTICE, SUPPLEMENT, RECORD = "thong-bao", "bo-sung", "bien-ban"
PAPERS = (NOTICE, SUPPLEMENT, RECORD)
_GAP = "…………………………………………"
_SUBJECT = "Vi phạm quy định bảo vệ dữ liệu cá nhân"


@dataclass(frozen=True, slots=True)
class File:
    """A file to give away."""

    name: str
    media_type: str
    data: bytes


@kept_in_vietnamese
def paper(breach: Breach, steps: Sequence[BreachStep], which: str, form: str, *, at: datetime) -> File:
    """One paper of a breach as 'pdf' or 'docx'."""
    document = _MADE[which](breach, steps, at)
    data = write.pdf(document) if form == "pdf" else write.docx(document)
    return File(f"{which}-{breach}.{form}".lower(), FORMS[form], data)


def notice(breach: Breach, _steps: Sequence[BreachStep], at: datetime) -> Document:
    """The first notice. What is not known yet is said so, and follows in a supplement."""
    on = localdate(at)
    body_name = f"Ủy ban nhân dân {org.title_of(breach.unit, on)}"
    term = term_on(localdate(breach.discovered_at))
    what_follows = (
        [_text("Nội dung chưa xác định được sẽ được thông báo bổ sung ngay khi có đủ thông tin.")]
        if breach.persons is None or breach.occurred_at is None
        else []
    )
    late = [_said("Lý do thông báo chậm", _shown(breach.late_reason))] if breach.late_reason else []
    body = [
        _to_whom(term),
        _text(
            f"Thực hiện quy định về bảo vệ dữ liệu cá nhân, {body_name} gửi {term.authority} thông báo vi phạm quy định bảo vệ "
            "dữ liệu cá nhân như sau:"
        ),
        _heading(1, "Thông tin về tổ chức"),
        _said("Tên tổ chức", body_name),
        _said("Địa chỉ trụ sở chính", _GAP),
        _said("Địa chỉ trụ sở giao dịch", _GAP),
        _said("Quyết định thành lập", _GAP),
        _said("Điện thoại, trang thông tin điện tử", _GAP),
        _said("Nhân sự chịu trách nhiệm bảo vệ dữ liệu cá nhân", _in_charge(breach, on)),
        _said("Số điện thoại liên lạc, thư điện tử", _GAP),
        _heading(2, "Mô tả hành vi vi phạm quy định bảo vệ dữ liệu cá nhân"),
        *_described(breach),
        *late,
        _heading(3, "Tài liệu kèm theo"),
        _item("Biên bản xác nhận về việc xảy ra hành vi vi phạm", "a)"),
        _item(_GAP, "b)"),
        _heading(4, "Cam kết"),
        *what_follows,
        _text(
            f"{body_name} cam kết chịu trách nhiệm về tính chính xác và tính hợp pháp của thông báo cùng các tài liệu kèm theo và "
            f"cam kết tuân thủ các quy định của pháp luật ({term.form})./."
        ),
    ]
    return _document(breach, on, Kind.NOTICE, "TB-UBND", _SUBJECT, body)


def supplement(breach: Breach, steps: Sequence[BreachStep], at: datetime) -> Document:
    """What became known after the first notice; the facts as they are known now."""
    on = localdate(at)
    sent = localdate(breach.notified_at) if breach.notified_at else on
    news = [
        step
        for step in steps
        if step.deed == Deed.AMEND and breach.notified_at is not None and step.at > breach.notified_at
    ]
    body = [
        _to_whom(term_on(localdate(breach.discovered_at))),
        _text(
            f"Tiếp theo Thông báo số {breach.notice_number} ngày {numeric_date(sent)}, Ủy ban nhân dân "
            f"{org.title_of(breach.unit, on)} thông báo bổ sung như sau:"
        ),
        _heading(1, "Nội dung bổ sung, thay đổi"),
        *(_item(f"{_moment(step.at)}: {_shown(step.words)}") for step in news),
        *([] if news else [_text(_GAP)]),
        _heading(2, "Mô tả hành vi vi phạm quy định bảo vệ dữ liệu cá nhân"),
        *_described(breach),
        _text(f"Ủy ban nhân dân {org.title_of(breach.unit, on)} trân trọng thông báo./."),
    ]
    return _document(breach, on, Kind.NOTICE, "TB-UBND", f"Bổ sung: {lower_first(_SUBJECT)}", body)


def record(breach: Breach, _steps: Sequence[BreachStep], at: datetime) -> Document:
    """The record that it happened, which the law asks for; signed by who noted it and who presided."""
    on = localdate(at)
    body = [
        _said("Thời gian lập", _moment(at)),
        _said("Địa điểm", f"Trụ sở Ủy ban nhân dân {org.title_of(breach.unit, on)}"),
        _said("Thành phần", _GAP),
        _text(
            f"Xác nhận về việc xảy ra hành vi vi phạm quy định bảo vệ dữ liệu cá nhân, vào sổ số {breach}, như sau:"
        ),
        _heading(1, "Mô tả hành vi vi phạm quy định bảo vệ dữ liệu cá nhân"),
        *_described(breach),
        _heading(2, "Ý kiến của người dự"),
        _text(_GAP),
        _text("Biên bản được đọc cho người dự cùng nghe, thống nhất và ký tên./."),
    ]
    document = _document(
        breach, on, Kind.MINUTES, "BB-UBND", "Xác nhận vi phạm quy định bảo vệ dữ liệu cá nhân", body
    )
    return Document(
        kind=document.kind,
        issuer=document.issuer,
        symbol=document.symbol,
        place=document.place,
        date=document.date,
        subject=document.subject,
        body=document.body,
        co_signers=(Signature(role="Người lập biên bản", name=breach.noted_by.full_name),),
        signature=Signature(role="Người chủ trì"),
        recipients=(Recipient("Lưu: VT"),),
    )


_MADE = {NOTICE: notice, SUPPLEMENT: supplement, RECORD: record}


def _document(
    breach: Breach, on: date, kind: Kind, symbol: str, subject: str, body: Sequence[Block]
) -> Document:
    head = org.letterhead(breach.unit, on)
    return Document(
        kind=kind,
        issuer=Issuer(" ".join(head.issuer), parent=head.parent),
        symbol=symbol,
        place=head.place,
        date=PartialDate(None, on.month, on.year),
        subject=subject,
        body=tuple(body),
        signature=_signature(breach, on),
        recipients=(Recipient("Như trên"), Recipient("Lưu: VT")),
    )


def _signature(breach: Breach, on: date) -> Signature:
    """As the leader signs who approved; before that the post of the head with room for the name."""
    by = breach.decided_by
    found = org.signature_for(by, breach.unit, "", on) if by is not None else None
    return found or Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH")


def _to_whom(term: NoticeTerm) -> Paragraph:
    return _text(f"Kính gửi: {term.authority}.")


def _in_charge(breach: Breach, on: date) -> str:
    who: Person = breach.proposed_by or breach.noted_by
    titles = [post.title for post in org.posts_in(breach.unit, on) if post.person_id == who.pk]
    return ", ".join([who.full_name, *titles[:1]])


def _described(breach: Breach) -> list[Block]:
    """What happened, in the order of the form; who did it is no field of the register."""
    kinds = "; ".join(lower_first(str(DataKind(kind).label)) for kind in breach.data_kinds)
    persons = (
        "số người chưa xác định"
        if breach.persons is None
        else f"khoảng {breach.persons:,}".replace(",", ".") + " người"
    )
    happened = _moment(breach.occurred_at) if breach.occurred_at else "chưa xác định"
    source = lower_first(str(breach.get_source_display()))
    return [
        _said("Thời gian", f"xảy ra: {happened}; phát hiện: {_moment(breach.discovered_at)} ({source})"),
        _said("Địa điểm", _GAP),
        _said("Hành vi", f"{breach.get_nature_display()}. {_shown(breach.words)}"),
        _said("Tổ chức, cá nhân liên quan", _GAP),
        _said(
            "Các loại dữ liệu cá nhân và số lượng dữ liệu liên quan",
            f"{kinds or 'loại dữ liệu chưa xác định'}; {persons}",
        ),
        _said("Hậu quả xảy ra hoặc có thể xảy ra", _shown(breach.consequences) or "đang đánh giá"),
        _said("Biện pháp áp dụng", _shown(breach.measures) or "đang xác định"),
        _said("Báo cho người có dữ liệu", _TELLING[Telling(breach.telling)]),
    ]


_TELLING = {
    Telling.UNDECIDED: "đang xem xét",
    Telling.TOLD: "đã báo",
    Telling.NOT: "không báo, lý do ghi trong sổ",
}


def _shown(sealed: object) -> str:
    shown = getattr(sealed, "shown", None)
    text = shown() if shown is not None and sealed else str(sealed or "")
    return " ".join(str(text).split())


def _moment(at: datetime) -> str:
    here = localtime(at)
    return f"{here.hour} giờ {here.minute:02d} phút, ngày {numeric_date(here.date())}"


def _heading(number: int, words: str) -> Paragraph:
    return Paragraph(Role.HEADING, (Run(words),), 2, str(number))


def _text(words: str) -> Paragraph:
    return Paragraph(Role.BODY, (Run(words),))


def _item(words: str, mark: str = "-") -> Paragraph:
    return Paragraph(Role.ITEM, (Run(words),), 1, mark)


def _said(label: str, words: str) -> Paragraph:
    return Paragraph(Role.ITEM, (Run(f"{label}: {words}"),), 1, "-")
