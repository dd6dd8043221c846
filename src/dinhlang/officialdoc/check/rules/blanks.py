"""What was left empty: numbers and dates of the document and of those it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case, Citation
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, Lack, filed, rule, said
from dinhlang.officialdoc.check.wording import SLASH
from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.officialdoc.read.words import fold, kind_names

_BLANK = r"[\s.…_]*"
_OWN_NUMBER = re.compile(
    rf"(?:^|(?<=\s))so\s*[:;]?{_BLANK}[/-]\s*[a-z0-9&.\s-]*?(?=\s{{3}}|$)|^\s*so\s*:{_BLANK}$"
)
_OWN_DATE = re.compile(
    rf"ngay{_BLANK}(\d{{0,2}}){_BLANK}thang{_BLANK}(\d{{0,2}}){_BLANK}nam{_BLANK}(\d{{4}}|)"
)
_CITED_BLANK = re.compile(
    rf"{kind_names(False, cited=True)}\s+so\s*:?{_BLANK}/\s*(?:[a-z]+\s*-\s*[a-z]+)?(?:\s*,?\s*ngay\b)?"
)
_EMPTY_DAY = rf"ngay\b(?!{_BLANK}\d)(?:{_BLANK}thang{_BLANK}(?:\d{{1,2}})?{_BLANK}nam{_BLANK}(?:\d{{4}})?)?"
_EMPTY_DAY = rf"(?:ngay\b{_BLANK}/{_BLANK}(?:\d{{1,2}})?{_BLANK}/{_BLANK}(?:\d{{4}})?|{_EMPTY_DAY})"
_BLANK_DAY = re.compile(
    rf"/\s*[a-z0-9&.]+(?:\s*-\s*[a-z0-9&.]+)*\s*,?\s+(?P<all>{_EMPTY_DAY})(?=\s+(?:cua|ve|v\S)\b|\s*[,;)]|\s*$|(?<=nam)|(?<=\d))"
)
_BLANK_DAY_OF_NOTE = re.compile(rf"\b(?P<all>{_EMPTY_DAY})")
_LAYOUT_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3"
_DATE_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4"
_CITE_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
# These are cited by their names alone, or have no number at all.
_NAMED_ONLY = (Kind.OTHER, Kind.PROGRAMME, Kind.REPORT, Kind.GUIDANCE, Kind.REGULATION, Kind.MINUTES)


@rule(
    "DL101",
    FindingKind.BLANK_NUMBER,
    Severity.ERROR,
    "Văn bản chưa có số",
    basis=_LAYOUT_BASIS,
    bad=[
        said("Nội dung.", number=None),
        filed("ỦY BAN NHÂN DÂN\nXÃ BẾN MẪU\nSố:        /BC-UBND\nBÁO CÁO\nKết quả năm 2023"),
    ],
    good=[
        said("Nội dung."),
        said("Nội dung.", number=None, draft=True),
        said("Nội dung.", number=None, symbol=None),
    ],
    on_damaged=True,
)
def blank_number(case: Case) -> Iterator[Hit | Lack]:
    """A document that leaves the house has its number; a draft gets it when it is issued."""
    if case.draft or case.document.number is not None:
        return
    message = "Số của văn bản còn trống: ghi số khi ban hành, lấy từ sổ đăng ký văn bản đi."
    for line in case.head_lines:
        if found := _OWN_NUMBER.search(line.folded):
            yield Hit(line, found.start(), found.start() + len(found[0].rstrip()), message)
            return
    if case.source is None and case.document.symbol is not None:
        yield Lack(("number",), message)


@rule(
    "DL102",
    FindingKind.BLANK_DATE,
    Severity.ERROR,
    "Văn bản chưa ghi đủ ngày, tháng, năm",
    basis=_DATE_BASIS,
    bad=[
        said("Nội dung.", date=PartialDate(None, None, 2023)),
        filed("Số: 01/BC-UBND\nBến Mẫu, ngày    tháng    năm 2024\nBÁO CÁO\nKết quả năm 2024"),
    ],
    good=[said("Nội dung."), said("Nội dung.", date=None, draft=True)],
    on_damaged=True,
)
def blank_date(case: Case) -> Iterator[Hit | Lack]:
    """The day is written when the document is signed."""
    date = case.document.date
    if case.draft or (date is not None and None not in (date.day, date.month, date.year)):
        return
    message = "Ngày, tháng, năm ban hành chưa đủ: ghi ngày ký, cùng lúc với số."
    for line in case.head_lines:
        found = _OWN_DATE.search(line.folded)
        if found and "" in found.groups() and not _CITED_BLANK.search(line.folded):
            start = _start_of_column(line.text, found.start())
            yield Hit(line, start, found.start() + len(found[0].rstrip()), message)
            return
    if case.source is None:
        yield Lack(("date",), message)


def _start_of_column(text: str, at: int) -> int:
    """Where the words before `at` begin: number and date may stand side by side on one line."""
    gap = max(text.rfind("   ", 0, at), text.rfind("\t", 0, at))
    before = text[gap + 1 if gap >= 0 else 0 : at]
    return at - len(before.lstrip())


@rule(
    "DL103",
    FindingKind.BLANK_NUMBER,
    Severity.ERROR,
    "Số của văn bản được viện dẫn còn trống",
    needs=SLASH,
    basis=_CITE_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số     /KH-UBND ngày 05 tháng 01 năm 2023 của UBND huyện về cải cách hành chính, UBND xã báo cáo như sau:"
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023 của UBND huyện về cải cách hành chính, UBND xã báo cáo như sau:"
        )
    ],
)
def blank_cited_number(case: Case) -> Iterator[Hit]:
    """'Kế hoạch số   /KH-UBND ngày': the reader cannot find what is meant."""
    for piece in case.of(*Part, saying=SLASH):
        for found in _blank_citations(piece.folded):
            if piece.part is Part.NOTE and case.draft:
                continue
            yield Hit(
                piece,
                found.start(),
                found.end(),
                "Số của văn bản được viện dẫn còn trống: tra lại văn bản và ghi đủ số, ký hiệu, ngày.",
                severity=Severity.WARNING if piece.part is Part.NOTE else None,
            )


@rule(
    "DL104",
    FindingKind.BLANK_DATE,
    Severity.ERROR,
    "Ngày của văn bản được viện dẫn còn trống",
    basis=_CITE_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số 49/KH-UBND ngày     của UBND huyện về cải cách hành chính, UBND xã báo cáo như sau:"
        ),
        said(
            "Thực hiện Kế hoạch số 49/KH-UBND ngày     tháng 02 năm 2023 của UBND xã, UBND xã báo cáo như sau:"
        ),
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 49/KH-UBND ngày 03 tháng 02 năm 2023 của UBND xã, UBND xã báo cáo như sau:"
        )
    ],
    on_damaged=True,
)
def blank_cited_date(case: Case) -> Iterator[Hit]:
    """A number with the word 'ngày' and no day after it."""
    for one in case.citations:
        if one.reference.number is None:
            continue
        found = _BLANK_DAY.search(one.piece.folded, one.start, one.end + 40)
        if found and not (one.reference.date and one.reference.date.day):
            yield _blank_day(one.piece, found)
    for piece in case.of(Part.NOTE):
        found = _BLANK_DAY_OF_NOTE.search(piece.folded)
        if found and not case.draft:
            yield _blank_day(piece, found)


# Looked for first: it is seldom there, and the names of all kinds are slow to look for.
_NOTHING_BEFORE_SLASH = re.compile(rf"\bso\s*:?{_BLANK}/")
_SLASH_AFTER_BLANK = re.compile(r"[o:\s.…_]/")
_NEAR = 60


def _blank_citations(folded: str) -> Iterator[re.Match[str]]:
    if not _SLASH_AFTER_BLANK.search(folded):
        return
    for near in _NOTHING_BEFORE_SLASH.finditer(folded):
        found = _CITED_BLANK.search(folded, max(0, near.start() - _NEAR), near.end() + _NEAR)
        if found and found.start() <= near.start() < found.end():
            yield found


def _blank_day(piece: Piece, found: re.Match[str]) -> Hit:
    return Hit(
        piece,
        found.start("all"),
        found.start("all") + len(found["all"].rstrip()),
        "Ngày ban hành của văn bản được viện dẫn chưa đủ: tra lại văn bản và ghi đủ ngày, tháng, năm.",
        severity=Severity.WARNING if piece.part is Part.NOTE else None,
    )


@rule(
    "DL105",
    FindingKind.BLANK_NUMBER,
    Severity.WARNING,
    "Văn bản được viện dẫn không có số và ngày",
    basis=_CITE_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch tuyên truyền của Phòng Văn hóa và Thông tin thị xã về cải cách hành chính năm 2023;"
        )
    ],
    good=[
        said(
            "Thực hiện Luật Tiếp cận thông tin; Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023 của UBND huyện về tuyên truyền;"
        )
    ],
)
def cited_without_number(case: Case) -> Iterator[Hit]:
    """A basis is named so that it can be found: kind, number, day, issuer, subject."""
    for one in case.citations:
        if (
            one.is_opening
            and one.reference.number is None
            and not _is_law(one)
            and not _CITED_BLANK.match(one.piece.folded, one.start)
        ):
            yield Hit(
                one.piece,
                one.start,
                _end_of_name(one),
                "Văn bản được viện dẫn thiếu số, ký hiệu và ngày: tra lại văn bản và ghi đủ.",
            )


_NEXT_CLAUSE = re.compile(r",\s*(?:ubnd|uy ban nhan dan|phong|trung tam|xa|phuong)\b")


def _end_of_name(one: Citation) -> int:
    """Where the clause that says what is done begins: 'Thực hiện Kế hoạch … của UBND xã, UBND xã báo cáo …'."""
    found = _NEXT_CLAUSE.search(one.piece.folded, one.start, one.end)
    return found.start() if found else one.end


def _is_law(one: Citation) -> bool:
    return one.reference.kind in _NAMED_ONLY or fold(one.text).startswith(("luat", "bo luat", "phap lenh"))


RULES = (blank_number, blank_date, blank_cited_number, blank_cited_date, cited_without_number)
