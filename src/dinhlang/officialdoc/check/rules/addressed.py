"""To whom a document goes: the addressee, the recipients and their order (NĐ 30/2020/NĐ-CP, Phụ lục I, II.9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.model import Kind, Recipient

_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.9"
_LETTER = HEAD.replace("BC-UBND", "UBND-VP").replace("BÁO CÁO\nKết quả", "V/v báo cáo kết quả")
_AS_ABOVE = re.compile(r"^\W*nhu (?:tren|kinh gui)")
_FOOT_ABOVE = FOOT.replace("- Sở Nội vụ (để b/c);", "- Như trên;")


def _has_addressee(case: Case) -> bool:
    return any("kinh gui" in piece.folded for piece in (*case.head_lines, *case.main[:12]))


@rule(
    "DL137",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Công văn, tờ trình thiếu “Kính gửi”; nơi nhận và “Kính gửi” không khớp nhau",
    basis=_BASIS,
    bad=[
        filed(_LETTER + "Xã yêu cầu các thôn làm." + _FOOT_ABOVE),
        filed(_LETTER + "Kính gửi: Các thôn.\n\nXã yêu cầu các thôn làm." + FOOT),
        said(
            "Điều 1. Thành lập.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
            recipients=(Recipient("Như trên"), Recipient("Lưu: VT")),
        ),
    ],
    good=[
        filed(_LETTER + "Kính gửi: Các thôn.\n\nXã yêu cầu các thôn làm." + _FOOT_ABOVE),
        said("Đã làm."),
        said(
            "Điều 1. Thành lập.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
            recipients=(Recipient("Như Điều 1"), Recipient("Lưu: VT")),
        ),
    ],
)
def addressee(case: Case) -> Iterator[Hit | Lack]:
    """'Kính gửi' says to whom, and 'Như trên' among the recipients means them."""
    document = case.document
    recipients = case.of(Part.RECIPIENT)
    above = next((one for one in recipients if _AS_ABOVE.match(one.folded)), None)
    has = _has_addressee(case)
    first = _below_head(case)
    if case.source is not None and document.kind in (Kind.LETTER, Kind.SUBMISSION) and not has and first:
        message = "Thiếu dòng “Kính gửi: …”: ghi tên cơ quan, cá nhân nhận văn bản trước phần nội dung."
        yield Hit(first, 0, min(60, len(first.text)), message)
    elif above is not None and not has and (case.source is not None or document.kind is Kind.DECISION):
        message = "Ghi “Như trên” nhưng văn bản không có “Kính gửi”: ghi tên nơi nhận, hoặc “Như Điều …”."
        yield Hit(above, 0, len(above.text), message)
    elif case.source is not None and document.kind is Kind.LETTER and has and recipients and above is None:
        message = "Nơi nhận của công văn bắt đầu bằng “Như trên” (những nơi ở dòng “Kính gửi”): bổ sung."
        yield Hit(recipients[0], 0, len(recipients[0].text), message)


def _below_head(case: Case) -> Piece | None:
    """Where the addressee should stand; a letter without one may not have been read beyond its head."""
    if case.main:
        return case.main[0]
    return next((line for line in case.head_lines if re.match(r"\W*v\s*/\s*v\b", line.folded)), None)


_FILED = re.compile(r"^\W*luu\b")


@rule(
    "DL138",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Dòng “Lưu” không ở cuối nơi nhận",
    basis=_BASIS,
    bad=[said("Đã làm.", recipients=(Recipient("Lưu: VT"), Recipient("Sở Nội vụ", "BC")))],
    good=[
        said("Đã làm."),
        said("Đã làm.", recipients=(Recipient("Sở Nội vụ"), Recipient("Lưu: VT"), Recipient("VHXH"))),
    ],
)
def filed_before_sent(case: Case) -> Iterator[Hit]:
    """The file copy comes last."""
    recipients = case.of(Part.RECIPIENT)
    at = next((index for index, one in enumerate(recipients) if _FILED.match(one.folded)), None)
    if at is None or at == len(recipients) - 1:
        return
    after = recipients[at + 1]
    if 1 < len(after.text.split()) < 14 and not after.text.isupper() and "(" not in recipients[at].text:
        yield Hit(
            recipients[at], 0, len(recipients[at].text), "Dòng “Lưu” đặt ở cuối nơi nhận: chuyển xuống dưới."
        )


_LAST_MARK = re.compile(r"(?:^|\s)-?\s{0,9}Lưu\s{0,9}:?[^;.\t]{0,60}?(?P<mark>[;,])\s*(?=\s{3}|\t|$)")


@rule(
    "DL139",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Dòng “Lưu” không kết thúc bằng dấu chấm",
    basis=_BASIS,
    bad=[filed(HEAD + "Xã đã làm." + FOOT.replace("Lưu: VT.", "Lưu: VT;"))],
    good=[
        filed(HEAD + "Xã đã làm." + FOOT),
        filed(HEAD + "Xã đã làm." + FOOT.replace("- Lưu: VT.", "- Lưu: VT;\n- VHXH.")),
    ],
)
def filed_with_semicolon(case: Case) -> Iterator[Hit]:
    """The last recipient ends with a stop."""
    written = (line for line in reversed(case.lines) if line.text.strip()) if case.source else iter(())
    lines = list(islice(written, _LAST_LINES))[::-1]
    for line in lines:
        found = _LAST_MARK.search(line.text) if "Lưu" in line.text else None
        if found and not _goes_on(lines, line):
            yield Hit(line, *found.span("mark"), "Dòng cuối của nơi nhận kết thúc bằng dấu chấm.", ".")


_LAST_LINES = 20


def _goes_on(lines: list[Piece], line: Piece) -> bool:
    after = lines[lines.index(line) + 1 :]
    return bool(after) and after[0].text.lstrip().startswith("-")


_ABOUT = re.compile(r"V/v\s*(?P<all>:)")


@rule(
    "DL146",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Sau “V/v” có dấu hai chấm",
    bad=[
        filed(
            _LETTER.replace("V/v báo cáo", "V/v: báo cáo")
            + "Kính gửi: Các thôn.\n\nXã yêu cầu làm."
            + _FOOT_ABOVE
        )
    ],
    good=[filed(_LETTER + "Kính gửi: Các thôn.\n\nXã yêu cầu làm." + _FOOT_ABOVE)],
)
def colon_after_about(case: Case) -> Iterator[Hit]:
    """'V/v' and then the subject."""
    for line in case.head_lines:
        if found := _ABOUT.search(line.text):
            yield Hit(line, *found.span("all"), "Sau “V/v” không có dấu hai chấm.")


_SENT_TO = re.compile(r"^\s*kinh (?:gui|trinh)\s*:?\s*(?P<who>.{4,120}?)[.;]?\s*$")
_ASKS = re.compile(
    r"\bkinh (?:trinh|de nghi)\s+(?P<who>(?:hoi dong nhan dan|hdnd|uy ban nhan dan|ubnd|so|phong|chu tich)\b[^,.;]{0,60}?)\s+(?:xem xet|quyet dinh|phe duyet|cho y kien|quan tam)"
)


@rule(
    "DL147",
    FindingKind.WRONG_AUTHORITY,
    Severity.WARNING,
    "Câu kết trình cơ quan khác với cơ quan ở dòng “Kính gửi”",
    bad=[
        said(
            "Kính gửi: Ủy ban nhân dân huyện Cồn Mẫu.\nXã đề nghị hỗ trợ.\nKính trình Hội đồng nhân dân xã xem xét, quyết định./.",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
        )
    ],
    good=[
        said(
            "Kính gửi: Ủy ban nhân dân huyện Cồn Mẫu.\nXã đề nghị hỗ trợ.\nKính trình Ủy ban nhân dân huyện xem xét, quyết định./.",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
        )
    ],
)
def asks_another(case: Case) -> Iterator[Hit]:
    """A submission asks whom it is addressed to."""
    if case.document.kind is not Kind.SUBMISSION:
        return
    addressed = next(
        (found["who"] for piece in case.main[:4] if (found := _SENT_TO.match(piece.folded))), None
    )
    if addressed is None:
        return
    for piece in case.main[-4:]:
        for found in _ASKS.finditer(piece.folded):
            if _level(found["who"]) and _level(addressed) and _level(found["who"]) != _level(addressed):
                message = "Cơ quan được trình ở đây khác cơ quan ở dòng “Kính gửi”: sửa cho khớp."
                yield Hit(piece, *found.span("who"), message)


_BODY = re.compile(
    r"(?P<body>hoi dong nhan dan|hdnd|uy ban nhan dan|ubnd)\s+(?P<level>xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)\b"
)


def _level(who: str) -> tuple[str, str] | None:
    found = _BODY.search(who)
    return (
        ("hdnd" if found["body"] in ("hoi dong nhan dan", "hdnd") else "ubnd", found["level"])
        if found
        else None
    )


RULES = (addressee, filed_before_sent, filed_with_semicolon, colon_after_about, asks_another)
