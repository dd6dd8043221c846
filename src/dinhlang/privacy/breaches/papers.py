"""The notice to the authority, its supplement and the record that a breach happened, as official documents.

NĐ 30/2020/NĐ-CP for the layout; what stands in them as Điều 23 of Luật 91/2025/QH15 asks. Documents stay Vietnamese in both languages
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
from dinhlang.privacy.rules.breaches import DataKind, Deed, Telling, term_on

FORMS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
NOTICE, SUPPLEMENT, RECORD = "thong-bao", "bo-sung", "bien-ban"
PAPERS = (NOTICE, SUPPLEMENT, RECORD)
_GAP = "…………………………………………"
_SUBJECT = "Vi phạm quy định về bảo vệ dữ liệu cá nhân"


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
    body = [
        *_to_whom(breach),
        _text(
            f"Thực hiện {breach.term_basis}, Ủy ban nhân dân {org.title_of(breach.unit, on)} thông báo vi phạm quy định về bảo vệ "
            "dữ liệu cá nhân như sau:"
        ),
        _heading(1, "Cơ quan thông báo"),
        _said("Tên cơ quan", f"Ủy ban nhân dân {org.title_of(breach.unit, on)}"),
        _said("Tư cách", "Bên kiểm soát và xử lý dữ liệu cá nhân"),
        _said("Người được giao phụ trách", _in_charge(breach, on)),
        _said("Điện thoại, thư điện tử liên hệ", _GAP),
        *_facts(breach, first=2),
    ]
    if breach.late_reason:
        body += [_heading(6, "Lý do thông báo chậm"), _text(_shown(breach.late_reason))]
    body.append(
        _text("Nội dung chưa xác định được sẽ được thông báo bổ sung ngay khi có đủ thông tin./.")
        if breach.persons is None or breach.occurred_at is None
        else _text(f"Ủy ban nhân dân {org.title_of(breach.unit, on)} trân trọng thông báo./.")
    )
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
        *_to_whom(breach),
        _text(
            f"Tiếp theo Thông báo số {breach.notice_number} ngày {numeric_date(sent)}, Ủy ban nhân dân "
            f"{org.title_of(breach.unit, on)} thông báo bổ sung như sau:"
        ),
        _heading(1, "Nội dung bổ sung, thay đổi"),
        *(_item(f"{_moment(step.at)}: {_shown(step.words)}") for step in news),
        *([] if news else [_text(_GAP)]),
        *_facts(breach, first=2),
        _text(f"Ủy ban nhân dân {org.title_of(breach.unit, on)} trân trọng thông báo./."),
    ]
    return _document(
        breach, on, Kind.NOTICE, "TB-UBND", f"Bổ sung: {_SUBJECT[0].lower()}{_SUBJECT[1:]}", body
    )


def record(breach: Breach, _steps: Sequence[BreachStep], at: datetime) -> Document:
    """The record that it happened, which the law asks for; signed by who noted it and who presided."""
    on = localdate(at)
    body = [
        _said("Thời gian lập", _moment(at)),
        _said("Địa điểm", f"Trụ sở Ủy ban nhân dân {org.title_of(breach.unit, on)}"),
        _said("Thành phần", _GAP),
        _text(
            f"Xác nhận việc xảy ra vi phạm quy định về bảo vệ dữ liệu cá nhân, vào sổ số {breach}, như sau:"
        ),
        *_facts(breach, first=1),
        _heading(5, "Ý kiến của người dự"),
        _text(_GAP),
        _text("Biên bản được đọc cho người dự cùng nghe, thống nhất và ký tên./."),
    ]
    document = _document(
        breach, on, Kind.MINUTES, "BB-UBND", "Xác nhận vi phạm quy định về bảo vệ dữ liệu cá nhân", body
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


def _to_whom(breach: Breach) -> list[Block]:
    term = term_on(localdate(breach.discovered_at))
    return [_text(f"Kính gửi: {term.authority} ({term.department}).")]


def _in_charge(breach: Breach, on: date) -> str:
    who: Person = breach.proposed_by or breach.noted_by
    titles = [post.title for post in org.posts_in(breach.unit, on) if post.person_id == who.pk]
    return ", ".join([who.full_name, *titles[:1]])


def _facts(breach: Breach, *, first: int) -> list[Block]:
    kinds = [str(DataKind(kind).label) for kind in breach.data_kinds]
    persons = (
        "chưa xác định"
        if breach.persons is None
        else f"khoảng {breach.persons:,}".replace(",", ".") + " người"
    )
    return [
        _heading(first, "Mô tả vi phạm"),
        _said("Hành vi", str(breach.get_nature_display())),
        _said("Thời gian xảy ra", _moment(breach.occurred_at) if breach.occurred_at else "chưa xác định"),
        _said("Thời điểm phát hiện", _moment(breach.discovered_at)),
        _said("Nguồn phát hiện", str(breach.get_source_display())),
        _text(f"Diễn biến: {_shown(breach.words)}"),
        _heading(first + 1, "Dữ liệu cá nhân liên quan"),
        _said("Loại dữ liệu", "; ".join(kinds) if kinds else "chưa xác định"),
        _said("Số người có dữ liệu", persons),
        _said("Báo cho người có dữ liệu", _TELLING[Telling(breach.telling)]),
        _heading(first + 2, "Hậu quả, thiệt hại có thể xảy ra"),
        _text(_shown(breach.consequences) or "Đang đánh giá."),
        _heading(first + 3, "Biện pháp đã làm, sẽ làm để khắc phục, giảm thiểu tác hại"),
        _text(_shown(breach.measures) or "Đang xác định."),
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


def _item(words: str) -> Paragraph:
    return Paragraph(Role.ITEM, (Run(words),), 1, "-")


def _said(label: str, words: str) -> Paragraph:
    return Paragraph(Role.ITEM, (Run(f"{label}: {words}"),), 1, "-")
