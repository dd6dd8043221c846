"""The period and the year in which a document frames itself: first sentence, last sentence, names of its appendices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import OF_YEAR, PLANNING, Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import ON_PERIOD, of_kind, of_other_kind
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.years import PLAN_2023, year_hit
from dinhlang.officialdoc.model import Appendix, Kind, PartialDate
from dinhlang.officialdoc.read.words import fold, pattern
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.periods.identifier import Period, find_period

_REVIEW = re.compile(r"\bbao cao\s+(?P<word>(?P<which>so|tong)\s+ket)\b(?!\s+(?:\d+\s+nam|giai doan|giua))")
_LATE_IN_YEAR = r"«nhiệm vụ»(?:\s+«trong tâm»|\s+«trọng tâm»)?(?:\s+[36] «tháng»)?\s+(?P<late>«cuối»\s+«năm»\s+(?P<year>20\d\d))"


@rule(
    "DL207",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "“Sơ kết”, “tổng kết” hay kỳ ở câu mở đầu, câu kết không khớp kỳ báo cáo",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo sơ kết công tác tuyên truyền năm 2023./."),
        said("I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả tuyên truyền năm 2022./."),
        said("UBND xã báo cáo kết quả tuyên truyền 6 tháng đầu năm 2023 như sau:\nI. Kết quả"),
    ],
    good=[
        said(
            "I. Kết quả\nĐã làm.\nTrên đây là báo cáo kết quả tuyên truyền năm 2023, phương hướng nhiệm vụ năm 2024./."
        ),
        said("I. Kết quả\nĐã dự hội nghị báo cáo sơ kết 5 năm thực hiện nghị quyết."),
        said("UBND xã báo cáo kết quả thực hiện Kế hoạch năm 2023 trong năm 2023 như sau:\nI. Kết quả"),
    ],
    on_damaged=True,
)
def framed_by_other_period(case: Case) -> Iterator[Hit]:
    """The first and the last sentence of a report name the period of its title."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT:
        return
    named: list[Hit] = []
    for piece in filter(None, (*case.opening, case.closing)):
        is_year = own.kind is PeriodKind.YEAR
        review = _REVIEW.search(piece.folded)
        if review and (review["which"] == "so") is is_year:
            name = "sơ kết" if is_year else "tổng kết"
            message = f"Báo cáo về {own.label} không phải báo cáo {name}: viết “báo cáo kết quả”."
            yield Hit(piece, *review.span("word"), message, "kết quả")
        if not case.is_damaged:
            named += _named_period(piece, own)
        late = pattern(_LATE_IN_YEAR, case.is_damaged).search(piece.folded)
        if late and is_year and int(late["year"]) == own.year:
            start, end = late.span("late")
            message = f"Báo cáo cả năm {own.year} thì nhiệm vụ tiếp theo là của năm {own.year + 1}, không phải cuối năm {own.year}."
            yield Hit(piece, start, end, message, f"năm {own.year + 1}")
    if len(named) > 1 and len({hit.message for hit in named}) == 1:
        # Both ends of the text agree with each other: it is the title that was left as it was.
        yield from _in_title(case, named[0].message)
    else:
        yield from named


def _in_title(case: Case, message: str) -> Iterator[Hit]:
    for piece in case.of(Part.SUBJECT):
        found = re.search(
            r"(?:[69] thang dau|quy (?:iv|i{1,3}))\s*(?:nam\s+)?(?:20\d\d)?|nam 20\d\d", piece.folded
        )
        if found:
            yield Hit(piece, *found.span(), message)


_REPORTS = re.compile(
    r"\bbao cao\b(?P<what>[^.;:]*?)(?=,?\s+(?:phuong huong|nhiem vu|va phuong)|[,.;:]|nhu sau|$)"
)


def _named_period(piece: Piece, own: Period) -> Iterator[Hit]:
    """'báo cáo kết quả … năm 2022' where the title says another period."""
    for found in _REPORTS.finditer(piece.folded):
        text = piece.text[found.start("what") : found.end("what")]
        named = None if "/" in text or "ke hoach" in found["what"] else find_period(text, own.year)
        if named is None or named == own:
            continue
        if (
            named.year == own.year
            and PeriodKind.YEAR in (named.kind, own.kind)
            and own.kind is not PeriodKind.YEAR
        ):
            # 'báo cáo công tác năm 2023' in a part of that year names the year, not the period.
            continue
        message = f"Tên báo cáo nói {own.label}, câu này nói {named.label}: sửa cho khớp."
        yield Hit(piece, *found.span("what"), message)


_FRAMES = re.compile(
    r"\b(?:ban hanh|trien khai|xay dung|day la)\s+(?:toan bo\s+)?(?:ke hoach|chuong trinh|chi thi)\b(?P<what>[^.;:]*)"
)


@rule(
    "DL217",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Năm ở câu mở đầu, câu kết hoặc tên phụ lục khác năm của văn bản",
    needs=of_kind(*PLANNING, Kind.REPORT) & ON_PERIOD,
    bad=[
        said(
            "UBND xã ban hành Kế hoạch tuyên truyền cải cách hành chính năm 2022 như sau:\nI. MỤC ĐÍCH",
            **PLAN_2023,
        ),
        said("I. MỤC ĐÍCH\nA.\nTrên đây là Kế hoạch tuyên truyền năm 2022 của UBND xã./.", **PLAN_2023),
        said("Nội dung.", appendices=(Appendix("NHIỆM VỤ TUYÊN TRUYỀN NĂM 2022", "Phụ lục"),), **PLAN_2023),
    ],
    good=[
        said(
            "UBND xã ban hành Kế hoạch tuyên truyền cải cách hành chính năm 2023 như sau:\nI. MỤC ĐÍCH",
            **PLAN_2023,
        ),
        said("I. MỤC ĐÍCH\nA.\nTrên đây là Kế hoạch tuyên truyền năm 2023 của UBND xã./.", **PLAN_2023),
        said("Nội dung.", appendices=(Appendix("SỐ LIỆU SO SÁNH NĂM 2022, 2023", "Phụ lục"),), **PLAN_2023),
    ],
)
def framed_by_other_year(case: Case) -> Iterator[Hit]:
    """What a plan calls itself, and what its appendices are about. Those of a report are looked at by their period."""
    own = case.period
    if own is None:
        return
    if case.document.kind in PLANNING:
        for piece in filter(None, (*case.opening, case.closing)):
            for found in _FRAMES.finditer(piece.folded):
                if (piece.part is not Part.BASIS or "nhu sau" in piece.folded) and "/" not in found["what"]:
                    yield from _other_year(piece, found.start("what"), found.end("what"), own.year)
    if case.document.kind in (*PLANNING, Kind.REPORT):
        for piece in case.of(Part.APPENDIX_TITLE):
            yield from _other_year(piece, 0, len(piece.text), own.year)


def _other_year(piece: Piece, start: int, end: int, own: int) -> Iterator[Hit]:
    """The only year named between, when it is one gone by."""
    named = list(OF_YEAR.finditer(piece.folded, start, end))
    if len(named) != 1 or not own - 4 < int(named[0]["year"]) < own:
        return
    found = named[0]
    if _SPAN_NEAR.search(piece.folded, found.start(), found.end() + 8) or "giai doan" in piece.folded:
        return
    message = f"Văn bản về năm {own} nhưng ở đây ghi năm {found['year']}: sửa thành năm {own}."
    yield year_hit(piece, found, own, message)


_INTRODUCES = re.compile(r"nhu sau|sau day|noi dung sau|\bsau\s*:\s*$|:\s*$|^tren day")
_KEY_WORDS = 5


@rule(
    "DL231",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Câu mở đầu, câu kết nhắc lại trích yếu với năm khác",
    needs=of_other_kind(*PLANNING, Kind.REPORT),
    bad=[
        said(
            "UBND xã trình HĐND xã bố trí kinh phí tuyên truyền cải cách hành chính năm 2022 với những nội dung sau:",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
            subject="Về việc bố trí kinh phí tuyên truyền cải cách hành chính năm 2023",
        ),
        said(
            "UBND xã trình HĐND xã bố trí kinh phí tuyên truyền cải cách hành chính năm 2023 với những nội dung sau:",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
            subject="Về việc bố trí kinh phí tuyên truyền cải cách hành chính năm 2022",
        ),
        said(
            "UBND xã thông báo lịch tiếp công dân tháng 3 năm 2023 như sau:",
            kind=Kind.NOTICE,
            symbol="TB-UBND",
            subject="Lịch tiếp công dân tháng 4 năm 2023",
            date=PartialDate(27, 3, 2023),
        ),
        said(
            "UBND xã thông báo lịch tiếp công dân tháng 4 năm 2023 như sau:",
            kind=Kind.NOTICE,
            symbol="TB-UBND",
            subject="Lịch tiếp công dân tháng 4 năm 2022",
            date=PartialDate(27, 3, 2023),
        ),
    ],
    good=[
        said(
            "UBND xã trình HĐND xã bố trí kinh phí tuyên truyền cải cách hành chính năm 2023 với những nội dung sau:",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
            subject="Về việc bố trí kinh phí tuyên truyền cải cách hành chính năm 2023",
        ),
        said(
            "Thực hiện Kế hoạch số 05/KH-UBND ngày 10 tháng 01 năm 2022 của UBND xã về tuyên truyền cải cách hành chính năm 2022, UBND xã trình như sau:",
            kind=Kind.SUBMISSION,
            symbol="TTr-UBND",
            subject="Về việc bố trí kinh phí tuyên truyền cải cách hành chính năm 2023",
        ),
    ],
)
def subject_with_other_year(case: Case) -> Iterator[Hit]:
    """The words before the year in the subject, said again in the first or the last sentence with a year gone by."""
    yield from _other_month(case)
    subject = " ".join((case.document.subject or "").split())
    named = list(OF_YEAR.finditer(fold(subject)))
    if len(named) != 1 or case.document.kind in (*PLANNING, Kind.REPORT):
        return
    own = int(named[0]["year"])
    words = fold(subject)[: named[0].start()].split()[-_KEY_WORDS:]
    if len(words) < _KEY_WORDS:
        return
    key = re.compile(r"\s+".join(map(re.escape, words)) + r"\s+nam\s+(?P<year>20\d\d)\b")
    yield from _subject_left_over(case, key, own)
    for piece in (*case.opening, *case.main[-3:]):
        if not _INTRODUCES.search(piece.folded):
            continue
        for found in key.finditer(piece.folded):
            if own - 4 < int(found["year"]) < own and not case.is_cited(piece, found.start("year")):
                message = f"Trích yếu nói năm {own} nhưng ở đây ghi năm {found['year']}: sửa thành năm {own}."
                yield year_hit(piece, found, own, message)


_IN_MONTH = re.compile(
    r"\b(?:thang\s+(?P<month>\d{1,2})|quy\s+(?P<quarter>iv|i{1,3}|[1-4]))\s*(?:/|nam)\s*(?P<year>20\d\d)\b"
)


def _other_month(case: Case) -> Iterator[Hit]:
    """'Lịch … tháng 4 năm 2024' and in the first sentence 'lịch … tháng 3 năm 2024'."""
    subject = " ".join(fold(case.document.subject or "").split())
    named = list(_IN_MONTH.finditer(subject))
    if len(named) != 1 or case.document.kind in (*PLANNING, Kind.REPORT):
        return
    words = subject[: named[0].start()].split()[-3:]
    if len(words) < 3:
        return
    key = re.compile(r"\s+".join(map(re.escape, words)) + r"\s+(?=thang|quy)")
    made = case.document.date
    for piece in (*case.opening, *case.main[-3:]):
        for found in key.finditer(piece.folded):
            told = _IN_MONTH.match(piece.folded, found.end())
            if told is None or told.group("month", "quarter", "year") == named[0].group(
                "month", "quarter", "year"
            ):
                continue
            is_subject = made is not None and str(made.year) == told["year"] != named[0]["year"]
            message = f"Trích yếu ghi “{named[0][0]}”, câu này ghi “{told[0]}”: sửa cho khớp."
            if is_subject:
                yield from _month_of_subject(case, named[0][0], f"Trích yếu khác câu mở đầu: {message}")
            else:
                yield Hit(piece, *told.span(), message)
            return


def _month_of_subject(case: Case, quote: str, message: str) -> Iterator[Hit]:
    for piece in case.of(Part.SUBJECT):
        at = piece.folded.find(quote)
        if at >= 0:
            yield Hit(piece, at, at + len(quote), message)


def _subject_left_over(case: Case, key: re.Pattern[str], own: int) -> Iterator[Hit]:
    """The text says the words of the subject again with a later year, and that is the year of the document."""
    made = case.document.date.year if case.document.date else None
    later = [
        int(found["year"])
        for piece in case.main
        for found in key.finditer(piece.folded)
        if int(found["year"]) > own and not case.is_cited(piece, found.start("year"))
    ]
    if not later or made is None or made not in (own + 1, *later) or made == own:
        return
    for piece in case.of(Part.SUBJECT):
        for named in OF_YEAR.finditer(piece.folded):
            message = (
                f"Trong bài viết năm {later[0]} nhưng trích yếu ghi năm {own}: sửa thành năm {later[0]}."
            )
            yield year_hit(piece, named, later[0], message)


_SPAN_NEAR = re.compile(r"20\d\d\s*[-,]\s*20\d\d")


RULES = (framed_by_other_period, framed_by_other_year, subject_with_other_year)
