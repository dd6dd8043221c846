"""Who signs, for whom, and what a document calls itself (NĐ 30/2020/NĐ-CP, Phụ lục I, II.7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import of_kind
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece, that_say
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.model import Issuer, Kind, Signature, SignatureMode
from dinhlang.officialdoc.read.words import fold

_PART_I = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II"
_ACTING = Signature(SignatureMode.ACTING, None, "CHỦ TỊCH", "Trần Văn Mẫu")


def _signature(case: Case, field: str) -> Piece | None:
    return next((one for one in case.of(Part.SIGNATURE) if one.path[1] == field), None)


def _body_of(name: str | None) -> str | None:
    """'ubnd', 'hdnd' or None of the name of a body."""
    folded = fold(name or "")
    if re.search(r"\bubnd\b|uy ban nhan dan", folded) and not re.search(
        r"van phong|phong |trung tam", folded
    ):
        return "ubnd"
    return "hdnd" if re.search(r"\bhdnd\b|hoi dong nhan dan", folded) and "van phong" not in folded else None


@rule(
    "DL140",
    FindingKind.SIGNATURE_FORM,
    Severity.WARNING,
    "Ký thay mặt cơ quan khác với cơ quan ban hành",
    basis=f"{_PART_I}.7",
    bad=[
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_BODY, "HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
        ),
        filed(f"{HEAD}Xã đã làm.{FOOT.replace('TM. ỦY BAN NHÂN DÂN', 'TM. HỘI ĐỒNG NHÂN DÂN')}"),
    ],
    good=[
        said("Đã làm."),
        said(
            "Đã làm.",
            issuer=Issuer("HỘI ĐỒNG NHÂN DÂN XÃ BẾN MẪU", "xã", "Bến Mẫu"),
            signature=Signature(SignatureMode.FOR_BODY, "HỘI ĐỒNG NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
        ),
    ],
)
def for_another_body(case: Case) -> Iterator[Hit]:
    """'TM. HỘI ĐỒNG NHÂN DÂN' under a document of the committee."""
    piece, issuer, signature = _signature(case, "on_behalf_of"), case.document.issuer, case.document.signature
    if piece is None or issuer is None or signature is None or signature.mode is not SignatureMode.FOR_BODY:
        return
    signed, issued = _body_of(piece.text), _body_of(issuer.name)
    if signed and issued and signed != issued:
        message = f"Văn bản của {issuer.name} nhưng ký thay mặt {piece.text.strip()}: sửa cho khớp."
        yield Hit(piece, 0, len(piece.text), message)


_HEADS = re.compile(
    r"^\s*(?:chu tich|giam doc|truong phong|chanh van phong|truong ban|truong thon|cuc truong|hieu truong)\b"
)
_NOT_OF_BODY = re.compile(
    r"^\s*(?:truong phong|chanh van phong|pho chanh|cong chuc|chuyen vien|giam doc|truong ban|van phong)"
)


@rule(
    "DL141",
    FindingKind.SIGNATURE_FORM,
    Severity.WARNING,
    "Quyền hạn ký không hợp với chức vụ người ký",
    basis=f"{_PART_I}.7",
    bad=[
        said("Đã làm.", signature=Signature(SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHỦ TỊCH", "Trần Văn Mẫu")),
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.BY_ORDER, "ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu"),
        ),
        said("Đã làm.", signature=Signature(SignatureMode.ACTING, None, "PHÓ CHỦ TỊCH", "Trần Văn Mẫu")),
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.FOR_BODY, "ỦY BAN NHÂN DÂN", "TRƯỞNG PHÒNG", "Trần Văn Mẫu"),
        ),
    ],
    good=[
        said("Đã làm."),
        said("Đã làm.", signature=_ACTING),
        said(
            "Đã làm.",
            signature=Signature(SignatureMode.BY_ORDER, "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "Trần Văn Mẫu"),
        ),
    ],
)
def capacity_against_role(case: Case) -> Iterator[Hit]:
    """'TL.' is for those below the head, 'Q.' for one who stands in for a head, 'TM.' for the head of the body."""
    signature, role = case.document.signature, _signature(case, "role")
    if signature is None or role is None or not role.text.strip():
        return
    message = None
    if signature.mode in (SignatureMode.BY_ORDER, SignatureMode.BY_AUTHORITY) and re.match(
        r"\s*chu tich\b", role.folded
    ):
        message = "“TL.”, “TUQ.” dùng khi cấp dưới ký; người đứng đầu ký thì không ghi: sửa quyền hạn ký hoặc chức vụ."
    elif signature.mode is SignatureMode.ACTING and "pho" in role.folded.split():
        message = "“Q.” (quyền) đi với chức vụ người đứng đầu; cấp phó ký thay ghi “KT.”: sửa quyền hạn ký."
    elif (
        signature.mode is SignatureMode.FOR_BODY
        and _body_of(signature.on_behalf_of)
        and _NOT_OF_BODY.match(role.folded)
    ):
        message = "Người ký không phải là lãnh đạo của cơ quan được ký thay mặt: sửa “TM.” thành “TL. CHỦ TỊCH”, hoặc sửa chức vụ."
    if message is not None:
        yield Hit(role, 0, len(role.text), message)


_ORDERS = re.compile(r"^\s*quyet\s*dinh\s*:?\s*$")
_RESOLVES = re.compile(r"^\s*quyet\s*nghi\s*:?\s*$")


@rule(
    "DL142",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Quyết định thiếu dòng “QUYẾT ĐỊNH:”, nghị quyết thiếu dòng “QUYẾT NGHỊ:”",
    basis=f"{_PART_I}.6",
    bad=[
        filed(
            HEAD.replace("BÁO CÁO", "QUYẾT ĐỊNH").replace("BC-", "QĐ-")
            + "Căn cứ Luật Tiếp công dân;\nĐiều 1. Thành lập Tổ.\nĐiều 2. Thi hành."
            + FOOT
        ),
        filed(
            HEAD.replace("BÁO CÁO", "NGHỊ QUYẾT").replace("BC-", "NQ-")
            + "Căn cứ Luật Tiếp công dân;\nQUYẾT ĐỊNH:\nĐiều 1. Thông qua.\nĐiều 2. Thi hành."
            + FOOT
        ),
    ],
    good=[
        filed(
            HEAD.replace("BÁO CÁO", "QUYẾT ĐỊNH").replace("BC-", "QĐ-")
            + "Căn cứ Luật Tiếp công dân;\nQUYẾT ĐỊNH:\nĐiều 1. Thành lập Tổ.\nĐiều 2. Thi hành."
            + FOOT
        ),
        said("Đã làm."),
    ],
)
def no_deciding_line(case: Case) -> Iterator[Hit]:
    """Between the bases and the first article stands what is done."""
    kind = case.document.kind
    if case.source is None or kind not in (Kind.DECISION, Kind.RESOLUTION):
        return
    first = next((piece for piece in case.main if (piece.number or "").startswith("Điều")), None)
    if first is None or not case.opening_bases:
        return
    lines = case.lines
    own, other = (_ORDERS, _RESOLVES) if kind is Kind.DECISION else (_RESOLVES, _ORDERS)
    begin = min((one.read_from.line for one in case.opening_bases if one.read_from), default=0)
    end = first.read_from.line if first.read_from else 0
    between = [line for line in lines[begin:end] if line.text.strip()]
    if any(own.match(line.folded) for line in between) or any(
        own.match(line.folded.split("   ")[0]) for line in between
    ):
        return
    right = "QUYẾT ĐỊNH:" if kind is Kind.DECISION else "QUYẾT NGHỊ:"
    wrong = next((line for line in between if other.match(line.folded)), None)
    if wrong is not None:
        start = len(wrong.text) - len(wrong.text.lstrip())
        yield Hit(wrong, start, len(wrong.text.rstrip()), f"Văn bản này viết “{right}”.", right)
    elif len(between) < 30:
        yield Hit(
            first, 0, min(len(first.text), 60), f"Thiếu dòng “{right}” giữa phần căn cứ và Điều 1: bổ sung."
        )


_NAMES = {
    Kind.DECISION: "Quyết định",
    Kind.RESOLUTION: "Nghị quyết",
    Kind.PLAN: "Kế hoạch",
    Kind.NOTICE: "Thông báo",
    Kind.DIRECTIVE: "Chỉ thị",
    Kind.LETTER: "Công văn",
    Kind.SUBMISSION: "Tờ trình",
    Kind.REPORT: "Báo cáo",
}
_THIS = re.compile(
    rf"(?P<name>{begins('Quyết định', 'Nghị quyết', 'Kế hoạch', 'Chỉ thị', 'Thông báo', 'Công văn', 'Tờ trình')})\s+này\b"
)
_CLEAR = (
    Kind.DECISION,
    Kind.RESOLUTION,
    Kind.PLAN,
    Kind.NOTICE,
    Kind.DIRECTIVE,
    Kind.LETTER,
    Kind.SUBMISSION,
)
# A decision may issue a plan, and then speaks of it.
_ISSUED = {Kind.DECISION: ("Kế hoạch",), Kind.RESOLUTION: ("Kế hoạch",)}


_THIS_ONE = words("này")


@rule(
    "DL144",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Văn bản tự gọi mình bằng tên loại khác",
    needs=of_kind(*_CLEAR) & _THIS_ONE,
    bad=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Các phòng chịu trách nhiệm thi hành Nghị quyết này.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        ),
        said("Các đơn vị thực hiện Quyết định này.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023"),
    ],
    good=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Các phòng chịu trách nhiệm thi hành Quyết định này.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        ),
        said(
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch; đơn vị được giao tại Kế hoạch này thi hành.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        ),
        said(
            "Thực hiện Nghị quyết số 12/NQ-HĐND ngày 05/01/2023 của HĐND xã; Nghị quyết này quan trọng.",
            kind=Kind.PLAN,
            subject="Tuyên truyền năm 2023",
        ),
    ],
)
def calls_itself_otherwise(case: Case) -> Iterator[Hit]:
    """'Quyết định này' is the document itself, unless one of that kind was named before."""
    kind = case.document.kind
    if kind not in _CLEAR:
        return
    own = _NAMES[kind]
    for piece in that_say(_THIS_ONE, case.main):
        if piece.part not in (*PROSE, Part.HEADING) or " này" not in piece.text:
            continue
        for found in _THIS.finditer(piece.text):
            name = found["name"]
            named_before = name in piece.text[: found.start()]
            if name == own or name in _ISSUED.get(kind, ()) or named_before:
                continue
            message = f"Văn bản này là {own.lower()}: sửa thành “{own} này”."
            yield Hit(piece, *found.span(), message, f"{own} này")


_ARTICLE_WORD = word_kind("Điều".__eq__)
_ARTICLE = re.compile(r"\bĐiều\s+(?P<number>\d{1,3})(?!\s*(?:\d|[,/]))(?P<after>[^.;]{0,40})")
_OF_OTHER = re.compile(
    r"^\s*(?:,\s*)?(?:(?:và\s+)?(?:khoản|điểm)[^.;]{0,12})?\s*(?:của\s+)?(?:Luật|Nghị|Thông|Bộ luật|Pháp lệnh|Quyết định số|Quy chế|Quy định|Hiến|Kế hoạch|Điều lệ|luật|nghị định)"
)
_BEFORE_OTHER = re.compile(
    r"(?:theo|quy định tại|căn cứ|sửa đổi|bổ sung|khoản \d+|điểm [a-zđ])\s*(?:khoản \d+\s*)?$", re.IGNORECASE
)


@rule(
    "DL145",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Nhắc đến một điều mà văn bản không có",
    needs=of_kind(Kind.DECISION, Kind.RESOLUTION),
    bad=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Các ông (bà) có tên tại Điều 6 chịu trách nhiệm thi hành.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        )
    ],
    good=[
        said(
            "Điều 1. Thành lập Tổ.\nĐiều 2. Các ông (bà) có tên tại Điều 1 chịu trách nhiệm thi hành.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        ),
        said(
            "Điều 1. Thành lập Tổ theo Điều 6 Luật Tiếp công dân.\nĐiều 2. Thi hành.",
            kind=Kind.DECISION,
            symbol="QĐ-UBND",
        ),
    ],
)
def missing_article(case: Case) -> Iterator[Hit]:
    """'có tên tại Điều 6' in a decision of four articles."""
    if case.document.kind not in (Kind.DECISION, Kind.RESOLUTION):
        return
    numbers = [
        int(one)
        for piece in case.main
        if (one := (piece.number or "").removeprefix("Điều ").strip()).isdecimal()
        and (piece.number or "").startswith("Điều")
    ]
    if len(numbers) < 2:
        return
    for piece in that_say(_ARTICLE_WORD, case.main):
        if piece in case.opening_bases or piece.part not in (*PROSE, Part.HEADING):
            continue
        for found in _ARTICLE.finditer(piece.text):
            before = piece.text[max(0, found.start() - 30) : found.start()]
            if (
                int(found["number"]) <= max(numbers)
                or _OF_OTHER.match(found["after"])
                or _BEFORE_OTHER.search(before)
            ):
                continue
            if re.search(r"Luật|Nghị định|Thông tư|Quy chế|Quy định", piece.text):
                continue
            end = found.end("number")
            message = f"Văn bản không có Điều {found['number']} (điều cuối là Điều {max(numbers)}): sửa lại số điều."
            yield Hit(piece, found.start(), end, message)


_LATE_ISSUERS = re.compile(r"^(?P<first>[A-ZĐ]{1,4}[a-zr]?[A-Z]?)-(?P<organ>[A-ZĐ]+)")


@rule(
    "DL134",
    FindingKind.SYMBOL_FORM,
    Severity.WARNING,
    "Ký hiệu không có tên cơ quan ban hành, hoặc mang tên cơ quan khác",
    basis=f"{_PART_I}.3",
    bad=[
        said("Đã làm.", symbol="BC-HĐND"),
        said("Đã làm.", symbol="BC-UB"),
        filed(HEAD.replace("01/BC-UBND", "01/BC") + "Xã đã làm." + FOOT),
        said("Đã làm.", symbol="QD-UBND", kind=Kind.DECISION),
        said("Đã làm.", symbol="TTR-UBND", kind=Kind.SUBMISSION),
    ],
    good=[
        said("Đã làm."),
        said(
            "Đã làm.",
            symbol="NQ-HĐND",
            kind=Kind.RESOLUTION,
            issuer=Issuer("HỘI ĐỒNG NHÂN DÂN XÃ BẾN MẪU", "xã", "Bến Mẫu"),
        ),
        said(
            "Đã làm.",
            symbol="BC-VHXH",
            issuer=Issuer("PHÒNG VĂN HÓA - XÃ HỘI", "xã", "Bến Mẫu", "UBND XÃ BẾN MẪU"),
        ),
    ],
)
def symbol_of_other_body(case: Case) -> Iterator[Lack]:
    """'số/tên loại-cơ quan': both are asked for, in their official letters."""
    document = case.document
    symbol, body = (
        (document.symbol or "").replace(" ", ""),
        _body_of(document.issuer.name if document.issuer else None),
    )
    if case.is_of_party or body is None or case.is_damaged:
        return
    message = None
    if symbol and symbol.split("-")[0].upper() in ("QD", "CTR-UB", "TTRINH"):
        message = "Ký hiệu viết đúng chữ viết tắt tên loại: “QĐ”."
    elif symbol.startswith(("CTR-", "TTR-", "Ttr-", "Ctr-")):
        message = f"Chữ viết tắt tên loại là “{symbol[:2].upper()}r”: sửa ký hiệu."
    elif document.kind is not Kind.LETTER and (found := _LATE_ISSUERS.match(symbol)):
        organ = found["organ"]
        if organ in ("UBND", "HĐND") and fold(organ) != body:
            message = f"Ký hiệu ghi “{organ}” nhưng văn bản của {document.issuer.name if document.issuer else ''}: sửa ký hiệu."
        elif organ in ("UB", "UBNDX", "UBNDP", "UBX", "HDND", "UBNND", "UBDN", "UBNĐ"):
            message = "Tên cơ quan trong ký hiệu viết là “UBND” hoặc “HĐND”: sửa ký hiệu."
    if (
        message is None
        and not symbol.count("-")
        and document.kind in _NAMES
        and document.kind is not Kind.LETTER
    ):
        yield from _without_organ(case)
        return
    if message is not None:
        line = next((one for one in case.head_lines if symbol in one.text.replace(" ", "")), None)
        at = line.text.find(document.symbol or "\0") if line else -1
        yield Lack(("symbol",), message, line, (at, at + len(document.symbol or "")) if at >= 0 else None)


_ONLY_KIND = re.compile(r"\b[Ss]ố\s*:?\s*\d+\s*/\s*(?P<symbol>BC|KH|QĐ|TB|TTr|NQ|CT|CTr|HD)\s*(?=\s{2}|\t|$)")


def _without_organ(case: Case) -> Iterator[Lack]:
    for line in case.head_lines:
        if found := _ONLY_KIND.search(line.text):
            message = "Ký hiệu thiếu tên cơ quan ban hành: viết “số/tên loại-cơ quan”, ví dụ 12/BC-UBND."
            yield Lack(("symbol",), message, line, found.span("symbol"))
            return


_YEAR_IN_NUMBER = re.compile(
    r"\b[Ss]ố\s*:?\s*(?P<all>\d+\s*/\s*(?P<year>20\d\d)\s*/\s*(?:QĐ|NQ|CT)-(?:UBND|HĐND))"
)
_OF_CASE = re.compile(
    r"thanh lap|kien toan|phan cong|phe duyet|cong nhan|khen thuong|cu\b|bo nhiem|giao|ban hanh ke hoach|to chuc|danh sach"
)


@rule(
    "DL135",
    FindingKind.SYMBOL_FORM,
    Severity.WARNING,
    "Quyết định, nghị quyết cá biệt có năm trong số",
    basis=f"{_PART_I}.3",
    bad=[
        filed(
            HEAD.replace("01/BC-UBND", "01/2023/QĐ-UBND").replace(
                "BÁO CÁO\nKết quả", "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác"
            )
            + "QUYẾT ĐỊNH:\nĐiều 1. Thành lập."
            + FOOT
        )
    ],
    good=[
        filed(
            HEAD.replace("01/BC-UBND", "01/QĐ-UBND").replace(
                "BÁO CÁO\nKết quả", "QUYẾT ĐỊNH\nVề việc thành lập Tổ công tác"
            )
            + "QUYẾT ĐỊNH:\nĐiều 1. Thành lập."
            + FOOT
        )
    ],
)
def year_in_number(case: Case) -> Iterator[Hit]:
    """Only normative acts carry their year; whom a decision names or founds it for is no norm."""
    if not _OF_CASE.search(fold(case.document.subject or "")):
        return
    for line in case.head_lines:
        if found := _YEAR_IN_NUMBER.search(line.text):
            message = "Năm trong số chỉ dùng cho văn bản quy phạm pháp luật: viết “số/QĐ-UBND”."
            yield Hit(line, *found.span("all"), message, re.sub(r"/\s*20\d\d\s*", "", found["all"], count=1))


_KINDS_IN_LETTER = re.compile(r"^(?:QĐ|BC|KH|TB|TTr|NQ|CT|HD|CTr|GM|BB)-")


@rule(
    "DL136",
    FindingKind.SYMBOL_FORM,
    Severity.WARNING,
    "Công văn mang ký hiệu của văn bản có tên loại; giấy mời mang ký hiệu khác",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục III",
    bad=[
        said("Đã làm.", kind=Kind.LETTER, symbol="QĐ-UBND", subject="đẩy mạnh tuyên truyền"),
        filed(
            HEAD.replace("BC-UBND", "TB-UBND").replace("BÁO CÁO\nKết quả", "GIẤY MỜI\nDự họp")
            + "Kính mời."
            + FOOT
        ),
    ],
    good=[
        said("Đã làm.", kind=Kind.LETTER, symbol="UBND-VP", subject="đẩy mạnh tuyên truyền"),
        filed(
            HEAD.replace("BC-UBND", "GM-UBND").replace("BÁO CÁO\nKết quả", "GIẤY MỜI\nDự họp")
            + "Kính mời."
            + FOOT
        ),
    ],
)
def symbol_of_named_kind(case: Case) -> Iterator[Lack]:
    """A letter's symbol begins with the body; an invitation's with GM."""
    document = case.document
    symbol = (document.symbol or "").replace(" ", "")
    title = any(re.fullmatch(r"\s*giay moi\s*", line.folded) for line in case.head_lines)
    message = None
    if document.kind is Kind.LETTER and _KINDS_IN_LETTER.match(symbol):
        message = "Công văn không có chữ viết tắt tên loại trong ký hiệu: viết “số/cơ quan-đơn vị soạn thảo”, ví dụ 12/UBND-VP."
    elif (
        title and symbol and not symbol.startswith(("GM", "UBND", "HĐND")) and _KINDS_IN_LETTER.match(symbol)
    ):
        message = "Ký hiệu của giấy mời bắt đầu bằng “GM”: sửa ký hiệu."
    if message is not None:
        line = next((one for one in case.head_lines if symbol in one.text.replace(" ", "")), None)
        at = line.text.find(document.symbol or "\0") if line else -1
        yield Lack(("symbol",), message, line, (at, at + len(document.symbol or "")) if at >= 0 else None)


RULES = (
    for_another_body,
    capacity_against_role,
    no_deciding_line,
    calls_itself_otherwise,
    missing_article,
    symbol_of_other_body,
    year_in_number,
    symbol_of_named_kind,
)
