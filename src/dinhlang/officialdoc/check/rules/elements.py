"""Parts every document has: head, foot, recipients, closing sentence; and parts that reading lost."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import of_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.model import (
    Kind,
    Recipient,
    Statement,
    Table,
)
from dinhlang.officialdoc.read.tables import flattened_within
from dinhlang.officialdoc.read.words import fold

_PART_I = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II"
# Minutes are signed by two and sent to nobody; a text of no known kind may be a part of something.
_OUTSIDE = (Kind.MINUTES, Kind.OTHER)


# A heading of a few words says little about the rest.
_ENOUGH_WORDS = 30


def _first_line(case: Case) -> Piece | None:
    return next((line for line in case.lines if line.text.strip()), None) if case.source else None


def _last_line(case: Case) -> Piece | None:
    return next((line for line in reversed(case.lines) if line.text.strip()), None) if case.source else None


@rule(
    "DL001",
    FindingKind.OTHER,
    Severity.ERROR,
    "Văn bản bị hỏng dấu khi quét, nhận dạng",
    bad=[
        filed(
            "Két qua tuyén truyén cong tic cdi cdch hanh chinh ndm 2022 cua xa, thuc hién ké hoach dé ra\n"
            * 3
        )
    ],
    good=[filed(HEAD + "Xã đã làm." + FOOT), filed("abc")],
    on_damaged=True,
)
def damaged(case: Case) -> Iterator[Hit | Lack]:
    """What was misread must be read again before anything else can be judged."""
    if case.is_damaged and (case.source is None or len(case.source.whole.starts) >= _ENOUGH_WORDS):
        share = f"{case.document.source.damage:.0%}"
        yield Lack(
            ("body",),
            f"Chữ bị hỏng dấu ({share}): quét lại và nhận dạng bằng dữ liệu tiếng Việt, rồi đối chiếu với bản gốc.",
            _first_line(case),
        )


@rule(
    "DL106",
    FindingKind.MISSING_ELEMENT,
    Severity.ERROR,
    "Thiếu phần đầu: Quốc hiệu, tên cơ quan, số, địa danh, ngày",
    basis=f"{_PART_I}.1 – II.4",
    bad=[filed("BÁO CÁO\nKết quả năm 2023\n\nI. Kết quả\nXã đã làm." + FOOT), said("Đã làm.", issuer=None)],
    good=[filed(HEAD + "I. Kết quả\nXã đã làm." + FOOT), said("Đã làm.")],
    on_damaged=True,
)
def no_head(case: Case) -> Iterator[Lack]:
    """Who says it, and when."""
    if case.document.kind in _OUTSIDE:
        return
    message = (
        "Thiếu phần đầu văn bản: bổ sung Quốc hiệu, Tiêu ngữ, tên cơ quan, số, ký hiệu, địa danh và ngày."
    )
    if case.source is not None:
        if (
            any(one.code == "missing-header" for one in case.document.problems)
            or case.document.issuer is None
        ):
            yield Lack(("issuer",), message, _first_line(case))
    elif case.document.issuer is None or not case.document.issuer.name:
        yield Lack(("issuer",), "Chưa có tên cơ quan ban hành: bổ sung ở đầu văn bản.")


@rule(
    "DL107",
    FindingKind.MISSING_ELEMENT,
    Severity.ERROR,
    "Thiếu nơi nhận hoặc phần ký",
    basis=f"{_PART_I}.7, II.9",
    bad=[
        said("Đã làm.", signature=None),
        said("Đã làm.", recipients=()),
        filed(HEAD + "I. Kết quả\nXã đã làm.\n\nNơi nhận:\n"),
    ],
    good=[said("Đã làm."), filed(HEAD + "I. Kết quả\nXã đã làm." + FOOT)],
    on_damaged=True,
)
def no_foot(case: Case) -> Iterator[Lack]:
    """Who signs it, and whom it goes to."""
    if case.document.kind in _OUTSIDE:
        return
    if case.document.kind is Kind.REGULATION and case.document.number is None:
        # It comes with a decision, which says who gets it.
        return
    if case.source is not None and not case.main and any("noi nhan" in line.folded for line in case.lines):
        # A head that does not end was not read on from; the parts are there.
        return
    missing = []
    if not case.document.recipients:
        missing.append("nơi nhận")
    if case.document.signature is None:
        missing.append("phần ký (chức vụ, họ tên người ký)")
    if missing:
        path = "signature" if case.document.signature is None else "recipients"
        yield Lack((path,), f"Thiếu {' và '.join(missing)}: bổ sung ở cuối văn bản.", _last_line(case))


_ABOVE = re.compile(
    r"\bso\b|\btinh\b|thanh pho|\btp\b|huyen|thi xa|\bquan\b|\bphong\b|cap tren|\bbo\b|nhu tren|kinh gui|trung tam|\bban\b(?! nganh)|cong an|van phong"
    r"|trung uong|chinh phu|\bvhtt"
)
_WITHIN = re.compile(
    r"^\W*(?:lanh dao|dang uy|tt\b|thuong truc|hdnd|ubnd|luu|trang|dai|cac|cong chuc|thon|mttq|uy ban|bi thu|chu tich)"
)


@rule(
    "DL112",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Báo cáo không gửi cơ quan cấp trên nào",
    bad=[said("Đã làm.", recipients=(Recipient("Lãnh đạo UBND xã"), Recipient("Lưu: VT")))],
    good=[said("Đã làm."), said("Đã làm.", recipients=(Recipient("Như trên"), Recipient("Lưu: VT")))],
)
def sent_to_nobody_above(case: Case) -> Iterator[Hit]:
    """A report goes to whoever asked for it."""
    recipients = case.of(Part.RECIPIENT)
    if case.document.kind is not Kind.REPORT or case.level is None or not recipients:
        return
    if all(_is_within(one.folded) for one in recipients):
        first = recipients[0]
        yield Hit(
            first,
            0,
            len(first.text),
            "Nơi nhận không có cơ quan cấp trên: báo cáo phải ghi nơi nhận báo cáo (để b/c).",
        )


def _is_within(folded: str) -> bool:
    """Whether a recipient is of the commune itself."""
    own = re.match(r"^\W*cac\s+(?:phong|ban|bo phan|trung tam|thon|ap|khu|to|ban nganh)", folded)
    if own and not re.search(r"\b(?:tinh|huyen|so|bo)\b|thanh pho", folded):
        return True
    return bool(_WITHIN.match(folded) and not _ABOVE.search(folded))


_ADDRESSED = re.compile(
    r"\b(?:de nghi|kien nghi|kinh de nghi|de xuat)\b.{0,12}\b(?:voi|ubnd|uy ban|phong|cap|tinh|huyen|thanh pho|thi xa|quan|trung tam|co quan|chinh phu|cac|dang uy|hdnd|hoi dong|ban|van phong|cong an|don vi|thu truong)\b"
    r"|\b(?:ubnd|uy ban nhan dan|so|phong|bo|van phong|trung tam)\s+(?:tinh|thanh pho|huyen|thi xa|quan|noi vu|khoa hoc|tu phap|tai chinh|van hoa|thong tin)|cap tren|^(?:doi )?voi\b|^tinh\b|^huyen\b|^thanh pho\b|^ubnd"
)
# Folded they cannot be told from 'Số …' and 'Bố trí …'.
_ADDRESSED_BY_NAME = re.compile(r"^\W*(?:Sở|Bộ)\s|[Đđ]ề nghị (?:Sở|Bộ)\b")


@rule(
    "DL113",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Đề xuất, kiến nghị không nói với ai",
    bad=[
        said(
            "II. ĐỀ XUẤT, KIẾN NGHỊ\n- Hỗ trợ thêm kinh phí cho cán bộ làm công tác tuyên truyền.",
            proposals=(Statement("Hỗ trợ thêm kinh phí cho cán bộ làm công tác tuyên truyền."),),
        )
    ],
    good=[
        said(
            "II. ĐỀ XUẤT, KIẾN NGHỊ\n- Đề nghị Sở Nội vụ mở lớp tập huấn.",
            proposals=(Statement("Đề nghị Sở Nội vụ mở lớp tập huấn."),),
        ),
        said(
            "II. ĐỀ XUẤT, KIẾN NGHỊ VỚI UBND TỈNH\n- Hỗ trợ kinh phí.",
            proposals=(Statement("Hỗ trợ kinh phí."),),
        ),
        said("II. ĐỀ XUẤT, KIẾN NGHỊ\n- Không có.", proposals=(Statement("Không có."),)),
    ],
)
def proposal_to_nobody(case: Case) -> Iterator[Hit]:
    """Whoever is to act must be named: in the proposal, in the heading, or in the sentence between."""
    proposals = {fold(" ".join(one.text.split()))[:_LONGEST_START] for one in case.document.proposals}
    if not proposals or case.document.kind in (Kind.SUBMISSION, Kind.LETTER):
        # These go to whom they ask.
        return
    found: Piece | None = None
    firsts = tuple(one.split(" ", 1)[0][:40] for one in proposals)
    for index, piece in enumerate(case.main):
        if piece.part not in PROSE:
            continue
        if not piece.folded.lstrip().startswith(firsts):
            continue
        # No more words than these have room in so many characters.
        start = " ".join(piece.folded.split(maxsplit=_LONGEST_START)[:_LONGEST_START])[:_LONGEST_START]
        if any(start.startswith(one[:40]) for one in proposals):
            found = piece
            around = case.main[max(0, index - 2) : index]
            if any(_ADDRESSED.search(one.folded) for one in around):
                return
            break
    addressed = any(_ADDRESSED.search(one) for one in proposals) or any(
        _ADDRESSED_BY_NAME.search(one.text) for one in case.document.proposals
    )
    nothing = all(re.match(r"\W*khong\b", one) for one in proposals)
    if found is None or addressed or nothing:
        return
    if any(_ADDRESSED.search(fold(one.text)) for one in case.document.proposals):
        return
    yield Hit(
        found,
        0,
        len(found.text),
        "Đề xuất, kiến nghị chưa nói với cơ quan nào: viết “Đề nghị … (tên cơ quan) …”.",
    )


_LONGEST_START = 60
_END_KINDS = (Kind.REPORT, Kind.PLAN, Kind.SUBMISSION, Kind.NOTICE)


def _last_text(case: Case) -> Piece | None:
    """The last paragraph of the main text, when it is not a table that ends it."""
    body = case.document.body
    if not body or isinstance(body[-1], Table) or not case.main:
        return None
    return case.main[-1]


@rule(
    "DL114",
    FindingKind.LAYOUT,
    Severity.INFO,
    "Cuối nội dung không có dấu kết thúc “./.”",
    basis=f"{_PART_I}.6",
    bad=[
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả năm 2023."),
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả năm 2023./"),
    ],
    good=[
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả năm 2023./."),
        said("", blocks=(Table(("Kênh",), (("Đài",),)),)),
    ],
)
def end_mark(case: Case) -> Iterator[Hit]:
    """'./.' tells that nothing follows."""
    last = _last_text(case)
    if (
        last is None
        or case.document.kind not in _END_KINDS
        or not last.folded.startswith(("tren day la", "tren day,"))
    ):
        return
    text = last.text.rstrip()
    if re.search(r"\.\s*/\s*\.$|/\.$", text):
        return
    found = re.search(r"(\S+?)[\s./;,]*$", text)
    if found:
        yield Hit(
            last,
            found.start(),
            len(text),
            "Kết thúc nội dung văn bản bằng dấu “./.”.",
            f"{found[1].rstrip('./;,')}./." if found[1].rstrip("./;,") else None,
        )


@rule(
    "DL115",
    FindingKind.MISSING_ELEMENT,
    Severity.WARNING,
    "Báo cáo không có câu kết “Trên đây là …”",
    needs=of_kind(Kind.REPORT),
    bad=[
        filed(
            HEAD + "I. Kết quả\n- Xã đã họp dân bốn lần trong năm.\n- Xã đã treo băng rôn ở các thôn." + FOOT
        )
    ],
    good=[
        filed(
            HEAD + "I. Kết quả\n- Xã đã họp dân bốn lần.\n\nTrên đây là báo cáo kết quả năm 2023./." + FOOT
        ),
        filed(HEAD + "I. Kết quả\n- Xã đã họp dân bốn lần trong năm./." + FOOT),
    ],
)
def no_closing(case: Case) -> Iterator[Hit]:
    """The last sentence says what was reported and ends with './.'."""
    last = _last_text(case)
    if last is None or case.document.kind is not Kind.REPORT or case.document.signature is None:
        return
    ended = re.search(r"/\s*\.?$", last.text.rstrip())
    spoken = any(
        re.search(r"tren day la|bao cao de|kinh bao cao|bao cao .{0,60}(?:xem xet|theo doi|biet)", one.folded)
        for one in case.main[-3:]
    )
    if not ended and not spoken and len(case.main) > 2:
        start = max(last.text.rfind(". ", 0, len(last.text.rstrip()) - 1) + 2, 0) if ". " in last.text else 0
        yield Hit(
            last,
            start,
            len(last.text),
            "Thiếu câu kết: thêm “Trên đây là báo cáo …./.” sau nội dung cuối cùng.",
        )


@rule(
    "DL118",
    FindingKind.LAYOUT,
    Severity.WARNING,
    "Bảng bị dàn phẳng thành chữ",
    bad=[
        filed(
            "PHỤ LỤC\nSTT Nhiệm vụ Sản phẩm Cơ quan chủ trì Thời gian thực hiện\n\n1 Tuyên truyền\n\nTin, bài\n\nVăn phòng\n\nThường xuyên\n\n2 Tập huấn\n\nDanh sách\n\nVăn phòng\n\nQuý IV/2023\n"
        )
    ],
    good=[filed(HEAD + "1. Văn phòng\nTham mưu." + FOOT)],
)
def flattened_table(case: Case) -> Iterator[Hit]:
    """Cells one after another: nobody can tell who leads and who helps."""
    if case.source is None or case.document.source.format != "text":
        return
    flat = flattened_within(case.source.lines) if _may_have_header(case.source.text) else ()
    if flat:
        line = case.lines[min(flat)]
        start = len(line.text) - len(line.text.lstrip())
        yield Hit(
            line,
            start,
            len(line.text.rstrip()),
            "Bảng bị mất cột, các ô nối thành chữ: dựng lại bảng theo bản gốc.",
        )


def _may_have_header(text: str) -> bool:
    """Whether a line may begin with 'STT' or 'TT': a look at the whole text, quicker than one at each line."""
    for found in _ordinal_headers(text):
        begin = max(text.rfind("\n", 0, found.start()), text.rfind("\f", 0, found.start())) + 1
        before = text[begin : found.start()]
        if "|" in before:
            continue
        if len(before) > _LONGEST_MARKS or fold("".join(filter(str.isalpha, before))) in (
            "",
            "s",
            "so",
            "sos",
            "br",
        ):
            return True
    return False


def _ordinal_headers(text: str) -> Iterator[re.Match[str]]:
    """Each spelling is looked for by itself: letters as they are written are found quickest."""
    for written in ("TT", "Tt", "tT", "tt"):
        at = text.find(written)
        while at >= 0:
            if found := _ORDINAL_HEADER.match(text, at):
                yield found
            at = text.find(written, at + 1)


# 'TT' with the first letter of the words that follow it in a header, or nothing after it on the line.
_ORDINAL_HEADER = re.compile(r"[tT]{2}(?![^\W_])(?!(?:[^\w\n]|_)*(?![nNtTcChHbB])[^\W_])")
# Before it on its line: spaces and marks, which reading blanks out.
_LONGEST_MARKS = 200
_NATION = re.compile(r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam")
_USUAL_NATION, _USUAL_MOTTO = "cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc"
_MOTTO = re.compile(r"doc\s*lap\s*[-.]?\s*tu\s*do\s*[-.]?\s*hanh\s*phuc")


@rule(
    "DL119",
    FindingKind.MISSING_ELEMENT,
    Severity.ERROR,
    "Có tên cơ quan nhưng thiếu Quốc hiệu hoặc Tiêu ngữ",
    basis=f"{_PART_I}.1",
    bad=[
        filed(HEAD.replace("Độc lập - Tự do - Hạnh phúc\n", "") + "I. Kết quả\nXã đã làm." + FOOT),
        filed(HEAD.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "") + "I. Kết quả\nXã đã làm." + FOOT),
    ],
    good=[filed(HEAD + "I. Kết quả\nXã đã làm." + FOOT), filed("Xã đã làm." + FOOT)],
)
def no_nation(case: Case) -> Iterator[Lack]:
    """A head that lost one of its two lines on the right. A head that is lost whole is told of by DL106."""
    if case.source is None or case.document.kind in _OUTSIDE or case.document.issuer is None:
        return
    if any(one.code == "missing-header" for one in case.document.problems):
        return
    text = " ".join([line.folded for line in case.lines[:40]])
    missing = [
        name
        for name, usual, pattern in (
            ("Quốc hiệu", _USUAL_NATION, _NATION),
            ("Tiêu ngữ", _USUAL_MOTTO, _MOTTO),
        )
        if usual not in text and not pattern.search(text)
    ]
    if missing:
        yield Lack(
            ("issuer",),
            f"Thiếu {' và '.join(missing)} ở đầu văn bản: bổ sung bên phải tên cơ quan.",
            _first_line(case),
        )


RULES = (
    damaged,
    no_head,
    no_nation,
    no_foot,
    sent_to_nobody_above,
    proposal_to_nobody,
    end_mark,
    no_closing,
    flattened_table,
)
