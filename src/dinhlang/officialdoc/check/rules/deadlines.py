"""Deadlines and tasks that lie before the document itself: dates left over from the document that was copied."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from dinhlang.officialdoc.check.case import PLANNING, Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import ON_PERIOD, of_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.wording import OF_2000S
from dinhlang.officialdoc.kept import once
from dinhlang.officialdoc.model import Kind, PartialDate

_LETTER = {
    "kind": Kind.LETTER,
    "symbol": "UBND-VHXH",
    "subject": "tăng cường tuyên truyền",
    "period": None,
    "date": PartialDate(9, 3, 2026),
}
_RESOLUTION = {
    "kind": Kind.RESOLUTION,
    "symbol": "NQ-HĐND",
    "subject": "Về nhiệm vụ năm 2026",
    "date": PartialDate(22, 12, 2025),
}
_TIME = re.compile(
    r"\b(?:ngay\s+(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>20\d\d)\b"
    r"|(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})\s*/\s*(?P<y2>20\d\d)\b(?!\s*/)"
    r"|thang\s+(?P<m3>\d{1,2})\s*(?:nam\s+|/\s*|-\s*)(?P<y3>20\d\d)\b"
    r"|nam(?:(?<=\btrong nam)|(?<=\bhet nam)|(?<=\bcuoi nam)|(?<=\bdau nam)|(?<=\bgiua nam))\s+(?P<y5>20\d\d)\b(?!\s*[-–])"
    r"|quy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:nam\s+|/\s*|-\s*)(?P<y4>20\d\d)\b)"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# Before the time, in its clause: work that is to be finished by it.
_TO_BE_DONE = re.compile(
    r"\b(?:bieu duong|khen thuong|tong ket|so ket|hoan thanh|xong|bao cao|gui|trinh|nop|tham muu|de xuat|xay dung|to chuc|ra soat|tong hop|khao sat|giai quyet|tra loi|ban hanh|chi tieu|muc tieu"
    r"|phan dau|khac phuc|thong ke|niem yet|kien toan|danh gia|phe duyet|doi thoai|tap huan|ket thuc|cham nhat|muon nhat)\b"
)
_BY_THEN = re.compile(
    r"\b(?:truoc(?:\s+ngay)?|cham nhat(?:\s+la)?(?:\s+(?:vao\s+)?(?:ngay|trong))?|muon nhat|den het|den cuoi|het|xong trong|truoc thoi diem|hoan thanh (?:trong|vao)|trong|vao|thoi gian:?|(?:tong ket|so ket)(?: vao)? (?:dau|giua|cuoi))\s*$"
)
# One of these stands before every day by which something is to be done.
_BY = ("den", "truoc", "het", "nhat", "trong", "vao", "thoi gian", "cuoi", "dau", "giua")
# What is told of the past, however it is dated.
_PAST = re.compile(
    r"\bda\b|so voi|cung ky|tinh tu|\btu ngay\b|ke tu|\btheo\b(?! doi)|can cu|thuc hien (?:ke hoach|cong van|nghi quyet|quyet dinh)|\bso\s+\d+\s*/|giai doan|hop nhat|sap nhap|sap xep"
)
# 'sinh trước ngày …', 'tiếp nhận trước ngày …': says which, not by when.
_WHICH = re.compile(
    r"\b(?:sinh|cap|tiep nhan|ban hanh|cong tac|tham gia|hieu luc|dong|phat sinh|ky|dang ky|(?<!thoi han )(?<!han )nop ho so|thanh lap)\s+(?:truoc|sau)(?:\s+ngay)?\s*$"
)
_LONGEST_CLAUSE = 220


def _last_day(found: re.Match[str]) -> date | None:
    """The last day that the words can mean; None for a day that does not exist."""
    year = int(found["y"] or found["y2"] or found["y3"] or found["y4"] or found["y5"])
    if found["y5"]:
        return date(year, 12, 31)
    if found["q"]:
        quarter = _QUARTERS.get(found["q"]) or int(found["q"])
        month, day = quarter * 3, None
    else:
        month, day = (
            int(found["m"] or found["m2"] or found["m3"]),
            int(found["d"] or found["d2"] or 0) or None,
        )
    if not 1 <= month <= 12:
        return None
    try:
        return date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return None


@rule(
    "DL214",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Thời hạn giao việc đã qua trước ngày của văn bản",
    bad=[
        said("Các đơn vị báo cáo tổng kết trước ngày 20 tháng 6 năm 2025.", **_LETTER),
        said("Hoàn thành việc rà soát trong Quý IV/2025.", **_LETTER),
        said("4. Chỉ tiêu đến hết tháng 6 năm 2025", **_LETTER),
        said("I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG NĂM 2024\n- Khảo sát sự hài lòng trong Quý III/2023."),
        said("1. Văn phòng theo dõi, tổng hợp báo cáo kết quả trước ngày 20 tháng 6 năm 2025.", **_LETTER),
        said("1. Khen thưởng các thôn tại hội nghị tổng kết cuối năm 2025.", **_LETTER),
        said("1. Đẩy nhanh giải ngân, đến ngày 31 tháng 12 năm 2024 đạt 95% kế hoạch.", **_RESOLUTION),
    ],
    good=[
        said("Các đơn vị báo cáo tổng kết trước ngày 20 tháng 6 năm 2026.", **_LETTER),
        said("Hồ sơ tiếp nhận trước ngày 01/7/2025 được giải quyết tiếp.", **_LETTER),
        said("Đã hoàn thành trước ngày 30 tháng 10 năm 2025; tăng so với tháng 6 năm 2025.", **_LETTER),
        said("I. KẾT QUẢ\nXã hoàn thành rà soát trước ngày 30 tháng 6 năm 2023."),
    ],
)
def deadline_gone_by(case: Case) -> Iterator[Hit]:
    """Nobody can finish by a day that lies before the order. In a report only what is still to come is judged."""
    for last, own, hit in _gone_by(case):
        if last.year != own.year or case.document.kind is Kind.REPORT:
            yield hit


@rule(
    "DL283",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Thời hạn giao việc đứng trước ngày của văn bản, cùng năm",
    bad=[
        said("Các đơn vị báo cáo tổng kết trước ngày 20 tháng 02 năm 2026.", **_LETTER),
        said("Thời hạn nộp hồ sơ trước ngày 20 tháng 02 năm 2026.", **_LETTER),
        said("3. Thời hạn gửi: trước ngày 20/02/2026, gửi về Sở Nội vụ.", **_LETTER),
        said(
            "I. NHIỆM VỤ\nCăn cứ nội dung trên, các đơn vị gửi báo cáo về xã trước ngày 20/02/2026.",
            **_LETTER,
        ),
    ],
    good=[said("Các đơn vị báo cáo tổng kết trước ngày 20 tháng 3 năm 2026.", **_LETTER)],
)
def deadline_before_order(case: Case) -> Iterator[Hit]:
    """The same within the year of the document: no year was left over, the day is wrong."""
    for last, own, hit in _gone_by(case):
        before = hit.piece.folded[: hit.start]
        if last.year == own.year and case.document.kind is not Kind.REPORT and _STRICTLY.search(before):
            yield hit


_STRICTLY = re.compile(r"\b(?:truoc(?:\s+ngay)?|cham nhat[a-z\s]*|muon nhat[a-z\s]*|den het|het)\s*$")


@once
def _gone_by(case: Case) -> tuple[tuple[date, date, Hit], ...]:
    """Each time gone by, the day of the document, and what is said of it: asked by two rules."""
    return tuple(_find_gone_by(case))


def _find_gone_by(case: Case) -> Iterator[tuple[date, date, Hit]]:
    own = whole(case.document.date)
    if own is None:
        return
    results = {id(piece) for piece in case.results} if case.document.kind is Kind.REPORT else set()
    years = [str(year) for year in range(own.year - 3, own.year + 1)]
    for piece in case.of(*PROSE, Part.HEADING, Part.CELL, saying=OF_2000S):
        if not any(year in piece.folded for year in years) or not any(by in piece.folded for by in _BY):
            continue
        if id(piece) in results or piece in case.opening_bases:
            continue
        for found in _TIME.finditer(piece.folded):
            last = _last_day(found)
            if last is None or not own.year - 3 <= last.year or last >= own:
                continue
            if _is_deadline(piece, found) and not case.is_cited(piece, found.start()):
                yield (
                    last,
                    own,
                    Hit(
                        piece,
                        *found.span(),
                        f"Thời hạn này đã qua vào ngày của văn bản ({own:%d/%m/%Y}): sửa lại thời hạn, thường là năm.",
                        _with_year(piece.text[found.start() : found.end()], last, own),
                    ),
                )


def _is_deadline(piece: Piece, found: re.Match[str]) -> bool:
    *labels, before = re.split(
        r"[.;:](?!\d)", piece.folded[max(0, found.start() - _LONGEST_CLAUSE) : found.start()]
    )
    before = _RESTS_ON.sub("", before)
    if labels and _DEADLINE.search(labels[-1]) and _STRICTLY.fullmatch(before.lstrip()):
        return True
    if _PAST.search(before) or _WHICH.search(before):
        return False
    if _UNTIL.search(before) and _AIMED.match(piece.folded, found.end()):
        return True
    if piece.part is Part.CELL:
        # 'Trước ngày 15/01/2026' is all that the cell says.
        return _STRICTLY.fullmatch(before.lstrip()) is not None
    return bool(_BY_THEN.search(before) and (_TO_BE_DONE.search(before) or piece.part is Part.HEADING))


# 'Căn cứ nội dung trên, …': what is asked for follows after the comma.
_RESTS_ON = re.compile(r"^\s*(?:can cu|theo)\b[^,\d]*,")
_DEADLINE = re.compile(r"\b(?:thoi han|han)\b[^,]{0,40}$")
_UNTIL = re.compile(r"\bden(?:\s+het)?(?:\s+ngay)?\s*$")
_AIMED = re.compile(r"\s*,?\s*(?:phan dau|hoan thanh|dat|co it nhat|giai ngan)\b")


def _with_year(quote: str, last: date, own: date) -> str | None:
    """The same time in the document's own year, when that lies ahead."""
    try:
        ahead = last.replace(year=own.year)
    except ValueError:
        return None
    return quote[:-4] + str(own.year) if ahead >= own else None


_ADOPTED = re.compile(r"\bthong qua\s+(?P<all>ngay\s+\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+20\d\d)")
_LONGEST_WAIT = 60


@rule(
    "DL215",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày thông qua không hợp với ngày của nghị quyết",
    needs=of_kind(Kind.RESOLUTION),
    bad=[said("Nghị quyết này đã được thông qua ngày 22 tháng 12 năm 2024 và có hiệu lực./.", **_RESOLUTION)],
    good=[
        said("Nghị quyết này đã được thông qua ngày 20 tháng 12 năm 2025 và có hiệu lực./.", **_RESOLUTION)
    ],
)
def adopted_on_other_day(case: Case) -> Iterator[Hit]:
    """A resolution is signed within days of the session that adopted it."""
    own = whole(case.document.date)
    if own is None or case.document.kind is not Kind.RESOLUTION:
        return
    for piece in case.main[-3:]:
        for found in _ADOPTED.finditer(piece.folded):
            time = _TIME.search(piece.folded, found.start("all"))
            day = _last_day(time) if time else None
            if day and "nghi quyet nay" in piece.folded and not 0 <= (own - day).days <= _LONGEST_WAIT:
                message = f"Nghị quyết ghi ngày {own:%d/%m/%Y} nhưng nói được thông qua ngày {day:%d/%m/%Y}: đối chiếu biên bản kỳ họp và sửa."
                yield Hit(piece, *found.span("all"), message)


_AIMS = re.compile(
    r"\b(?:chi tieu|nhiem vu|muc tieu|giai phap|phuong huong|ke hoach)\b[^.;]*?(?P<all>\bnam\s+(?P<year>20\d\d))\b(?!\s*[-–])"
)
_OF_RESULTS = re.compile(r"ket qua|danh gia|tinh hinh|thuc hien|\bqua\b|giai doan|den nam|kiem diem")


@rule(
    "DL216",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Mục chỉ tiêu, nhiệm vụ mang năm đã qua",
    needs=of_kind(*PLANNING, Kind.RESOLUTION) & ON_PERIOD,
    bad=[said("Điều 3. Các chỉ tiêu chủ yếu năm 2025\n1. Thu ngân sách đạt 20 tỷ đồng.", **_RESOLUTION)],
    good=[
        said("Điều 3. Các chỉ tiêu chủ yếu năm 2026\n1. Thu ngân sách đạt 20 tỷ đồng.", **_RESOLUTION),
        said("Điều 1. Đánh giá kết quả thực hiện nhiệm vụ năm 2025\n1. Thu ngân sách đạt.", **_RESOLUTION),
    ],
)
def aims_of_past_year(case: Case) -> Iterator[Hit]:
    """A heading of what is to come in a plan or a resolution."""
    own = case.period
    if own is None or case.document.kind not in (*PLANNING, Kind.RESOLUTION):
        return
    for piece in case.headings:
        found = _AIMS.search(piece.folded)
        if found is None or _OF_RESULTS.search(piece.folded):
            continue
        year = int(found["year"])
        if own.year - 4 < year < own.year:
            start, end = found.span("all")
            yield Hit(
                piece,
                start,
                end,
                f"Văn bản về năm {own.year} nhưng mục này ghi năm {year}: sửa thành năm {own.year}.",
                f"{piece.text[start : end - 4]}{own.year}",
            )


RULES = (deadline_gone_by, deadline_before_order, adopted_on_other_day, aims_of_past_year)
