"""Years and periods that do not belong: left over from the document that was copied.

'Every year other than the document's' is wrong three times out of four; each rule here looks at what the year is said of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import OF_YEAR, PLANNING, Case, is_outlook, years_of
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import CITING, ON_PERIOD, of_kind
from dinhlang.officialdoc.check.noted import words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece, that_say
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.wording import MONTH, NUMBER, OF_2000S, YEAR
from dinhlang.officialdoc.model import Kind, PartialDate, Table
from dinhlang.officialdoc.read.words import fold, pattern
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.periods.identifier import Period, find_period

PLAN_2023 = {
    "kind": Kind.PLAN,
    "subject": "Tuyên truyền cải cách hành chính năm 2023",
    "date": PartialDate(3, 2, 2023),
}
_SCHEDULED = re.compile(
    r"(?:quy\s+(?:iv|i{1,3}|[1-4])|thang\s+\d{1,2})\s*(?:/|-|nam|\s)\s*(?P<year>20\d\d)\b"
)
_ON_DAY = re.compile(r"^\s*(?:\D{0,12}\s)?\d{1,2}\s*/\s*\d{1,2}\s*/\s*(?P<year>20\d\d)\s*$")
_AHEAD = re.compile(
    begins(
        "tham muu", "xay dung", "ban hanh", "trien khai", "to chuc", "thuc hien", "day manh", "tiep tuc", "phoi hop",
        "hoan thanh", "phan dau",
    )
    + r"\b(?P<between>[^.;:]{0,110}?)\bnam\s+(?P<year>20\d\d)\b(?!\s*[-–]\s*20)"
)  # fmt: skip
_LOOKS_BACK = re.compile(
    r"bao cao|ket qua|tong ket|so ket|danh gia|ra soat|khac phuc|ton tai|chi so|so voi|giai doan|den\s|tu nam|theo|/|cua nam|nam ngoai|xep hang"
)
_PART = words("đầu") & MONTH & NUMBER
_PART_OF_YEAR = r"(?:^|[.;:]\s+)(?P<all>(?:«trong»\s+)?0?(?P<months>[69])\s+«tháng»\s+«đầu»\s+«năm»(?:\s+(?P<year>20\d\d))?)"


def year_hit(piece: Piece, found: re.Match[str], year: int, message: str) -> Hit:
    """A hit on the whole match, which puts the right year in place of the wrong one."""
    start, end = found.span()
    at = found.start("year")
    fix = f"{piece.text[start:at]}{year}{piece.text[at + 4 : end]}"
    return Hit(piece, start, end, message, fix)


@rule(
    "DL201",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "Kỳ nêu trong bài khác kỳ của báo cáo",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. Kết quả\nTrong 09 tháng đầu năm, UBND xã đã đăng 48 tin, bài."),
        said(
            "I. Kết quả\nTrong 6 tháng đầu năm 2022, đã đăng 48 tin, bài.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        ),
    ],
    good=[
        said("I. Kết quả\nTrong 6 tháng đầu năm, đã đăng 20 tin; 6 tháng cuối năm đã đăng 28 tin."),
        said(
            "I. Kết quả\nTrong 6 tháng đầu năm, đã đăng 36 tin.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        ),
        said("I. Kết quả\nĐã đăng 48 tin, tăng so với 9 tháng đầu năm."),
    ],
    on_damaged=True,
)
def other_period(case: Case) -> Iterator[Hit]:
    """'Trong 09 tháng đầu năm' in a report on the whole year. A year told by its halves is left alone."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT:
        return
    for piece in case.results if case.is_damaged else that_say(_PART, case.results):
        if piece.part not in PROSE:
            continue
        for found in pattern(_PART_OF_YEAR, case.is_damaged).finditer(piece.folded):
            said_of = Period(int(found["year"] or own.year), *_MONTHS[found["months"]])
            if (
                said_of == own
                or said_of.year > own.year
                or own.kind in (PeriodKind.QUARTER, PeriodKind.MONTH)
            ):
                continue
            if _is_told_in_parts(case, found["months"]):
                continue
            message = f"Báo cáo về {own.label} nhưng câu này nói về {said_of.label}: sửa lại kỳ, hoặc số liệu nếu là của kỳ khác."
            start, end = found.span("all")
            text = f"{'Trong ' if found['all'].startswith('trong') else ''}{own.label}"
            fix = text[0].upper() + text[1:] if piece.text[start].isupper() else text
            yield Hit(piece, start, end, message, fix)


_MONTHS = {"6": (PeriodKind.HALF, 1), "9": (PeriodKind.NINE_MONTHS, 1)}
_REST = {"6": re.compile(r"6 thang cuoi nam|quy (?:iii|iv)\b"), "9": re.compile(r"3 thang cuoi nam|quy iv\b")}


def _is_told_in_parts(case: Case, months: str) -> bool:
    return any(_REST[months].search(piece.folded) for piece in case.results)


@rule(
    "DL202",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Kế hoạch, phương hướng đặt việc của năm đã qua",
    needs=of_kind(*PLANNING, Kind.REPORT),
    bad=[
        said("1. Văn hóa xã\n- Tham mưu kế hoạch tuyên truyền cải cách hành chính năm 2021.", **PLAN_2023),
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG NĂM 2024\n- Tiếp tục thực hiện các nhiệm vụ của chương trình năm 2022."
        ),
    ],
    good=[
        said("- Tham mưu kế hoạch tuyên truyền cải cách hành chính năm 2023.", **PLAN_2023),
        said("- Tổ chức tuyên truyền kết quả chỉ số cải cách hành chính năm 2022.", **PLAN_2023),
        said(
            "- Tiếp tục thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2022 của UBND huyện.",
            **PLAN_2023,
        ),
    ],
)
def task_of_past_year(case: Case) -> Iterator[Hit]:
    """What is still to be done cannot be of a year gone by; what is reported, compared or cited can."""
    if case.document.kind not in (*PLANNING, Kind.REPORT) or case.year is None:
        return
    name = "Kế hoạch" if case.document.kind in PLANNING else "Báo cáo"
    past = set(case.opening if case.document.kind in PLANNING else case.results)
    for piece in case.of(*PROSE, Part.CELL, saying=YEAR & OF_2000S):
        if piece in past or piece is case.closing or (piece.part is Part.CELL and name == "Báo cáo"):
            continue
        for found in _AHEAD.finditer(piece.folded):
            year, at = int(found["year"]), found.start("year")
            before = piece.folded[max(0, found.start() - 30) : at]
            if not case.year - 4 < year < case.year or _LOOKS_BACK.search(before) or case.is_cited(piece, at):
                continue
            start = piece.folded.rindex("nam", 0, at)
            yield Hit(
                piece,
                start,
                at + 4,
                f"{name} năm {case.year} đặt việc của năm {year}: sửa lại năm, hoặc bỏ nếu việc đã xong.",
                f"{piece.text[start:at]}{case.year}",
            )


@rule(
    "DL203",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Thời gian thực hiện rơi vào năm khác năm của kế hoạch",
    needs=of_kind(*PLANNING),
    bad=[
        said(
            "",
            blocks=(Table(("Nhiệm vụ", "Thời gian"), (("Tuyên truyền chỉ số", "Quý I/2022"),)),),
            **PLAN_2023,
        ),
        said(
            "", blocks=(Table(("Nhiệm vụ", "Thời gian"), (("Tập huấn", "Tháng 11 năm 2022"),)),), **PLAN_2023
        ),
        said("", blocks=(Table(("Nhiệm vụ", "Thời gian"), (("Tập huấn", "Tháng 10/2024"),)),), **PLAN_2023),
    ],
    good=[
        said(
            "",
            blocks=(Table(("Nhiệm vụ", "Thời gian"), (("Tuyên truyền chỉ số", "Quý I/2023"),)),),
            **PLAN_2023,
        ),
        said(
            "", blocks=(Table(("Nhiệm vụ", "Thời gian"), (("Báo cáo kết quả", "Quý I/2024"),)),), **PLAN_2023
        ),
    ],
)
def schedule_of_past_year(case: Case) -> Iterator[Hit]:
    """'Quý I/2022' in a plan for 2023."""
    if case.document.kind not in PLANNING or case.year is None:
        return
    beyond = []
    for piece in case.of(Part.CELL, saying=OF_2000S):
        for found in (*_SCHEDULED.finditer(piece.folded), *_ON_DAY.finditer(piece.folded)):
            year = int(found["year"])
            if len(piece.text) < 60 and case.period is not None and _is_beyond(found[0], year, case.year):
                message = f"Kế hoạch năm {case.year} nhưng thời gian thực hiện ghi năm {year}: sửa thành năm {case.year}."
                beyond.append(year_hit(piece, found, case.year, message))
            if case.year - 4 < year < case.year and len(piece.text) < 60:
                message = f"Kế hoạch năm {case.year} nhưng thời gian thực hiện ghi năm {year}: sửa thành năm {case.year}."
                yield year_hit(piece, found, case.year, message)
    if len(beyond) <= _MOST_BEYOND:
        # More of them say that the year of the title is wrong, of which DL209 tells.
        yield from beyond


_MOST_BEYOND = 2


def _is_beyond(text: str, year: int, own: int) -> bool:
    """Whether a time lies after the plan's year; what closes a year may be done in the first months of the next."""
    if year == own + 1:
        month = re.search(r"thang\s+(\d{1,2})|/\s*(\d{1,2})\s*/", text)
        quarter = re.search(r"quy\s+(iv|i{1,3}|[1-4])", text)
        return bool((month and int(month[1] or month[2]) > 3) or (quarter and quarter[1] not in ("i", "1")))
    return own + 1 < year < own + 4


@rule(
    "DL204",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Căn cứ là kế hoạch của năm trước",
    needs=of_kind(*PLANNING, Kind.REPORT) & CITING,
    bad=[
        said(
            "Căn cứ Kế hoạch số 130/KH-UBND ngày 24 tháng 12 năm 2021 của UBND huyện thực hiện cải cách hành chính năm 2022;",
            **PLAN_2023,
        )
    ],
    good=[
        said(
            "Căn cứ Kế hoạch số 130/KH-UBND ngày 24 tháng 12 năm 2022 của UBND huyện thực hiện cải cách hành chính năm 2023;",
            **PLAN_2023,
        ),
        said(
            "Căn cứ Kế hoạch số 131/KH-UBND ngày 24 tháng 12 năm 2021 của UBND huyện về cải cách hành chính giai đoạn 2021-2025;",
            **PLAN_2023,
        ),
    ],
)
def basis_of_past_year(case: Case) -> Iterator[Hit]:
    """A yearly plan rests on, and a report tells of, the plan for its own year."""
    if case.year is None or case.document.kind not in (*PLANNING, Kind.REPORT):
        return
    for one in case.citations:
        years = years_of(one)
        if not one.is_opening or one.reference.kind is not Kind.PLAN or not years or case.year in years:
            continue
        latest = max(years)
        if case.year - 4 < latest < case.year:
            found = [
                match
                for match in OF_YEAR.finditer(one.piece.folded, one.start, one.end)
                if int(match["year"]) == latest
            ]
            start, end = found[-1].span()
            yield Hit(
                one.piece,
                start,
                end,
                f"Văn bản về năm {case.year} lại căn cứ kế hoạch của năm {latest}: thay bằng kế hoạch năm {case.year}, sửa cả số và ngày.",
            )


@rule(
    "DL208",
    FindingKind.STALE_YEAR,
    Severity.WARNING,
    "Mục phương hướng, nhiệm vụ không nói của kỳ nào hoặc nói kỳ đã qua",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ\n- Tiếp tục."),
        said("I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023\n- Tiếp tục."),
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ TRỌNG TÂM 6 THÁNG CUỐI NĂM 2023\n- Tiếp tục.",
            subject="Kết quả 9 tháng đầu năm 2023",
        ),
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ TRỌNG TÂM QUÝ III NĂM 2023\n- Tiếp tục.",
            subject="Kết quả quý III năm 2023",
        ),
    ],
    good=[
        said("I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024\n- Tiếp tục."),
        said("I. KẾT QUẢ\nĐã làm.\nII. PHƯƠNG HƯỚNG TRONG THỜI GIAN TỚI\n- Tiếp tục."),
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ TRỌNG TÂM QUÝ IV NĂM 2023\n- Tiếp tục.",
            subject="Kết quả quý III năm 2023",
        ),
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ 6 THÁNG CUỐI NĂM\n- Tiếp tục.",
            subject="Kết quả 6 tháng đầu năm 2023",
        ),
    ],
    on_damaged=True,
)
def outlook_without_period(case: Case) -> Iterator[Hit]:
    """After a report on one year come the tasks of the next."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT:
        return
    for piece in case.headings:
        end = len(piece.text.rstrip(" .:;"))
        if piece.level == 1 and "phuong huong" in piece.folded and not _SAYS_WHEN.search(piece.folded):
            message = "Mục này chưa nói phương hướng của kỳ nào: thêm kỳ tiếp theo vào tên mục."
            yield Hit(piece, 0, end, message)
        elif piece.level <= 2 and _is_ahead(piece.folded) and not _OF_RESULTS.search(piece.folded):
            named = _named(piece.text, own)
            overlaps = (
                named is not None
                and own.kind is not PeriodKind.YEAR
                and named.kind is not PeriodKind.YEAR
                and named.year == own.year
                and named.first_month <= own.last_month
            )
            if named is not None and (_ends(named) <= _ends(own) or overlaps):
                message = f"Báo cáo về {own.label} nhưng mục này lại nói nhiệm vụ của {named.label}: sửa thành kỳ tiếp theo."
                yield Hit(piece, 0, end, message)


def _is_ahead(folded: str) -> bool:
    return is_outlook(folded) or bool(_TASKS.match(folded))


_TASKS = re.compile(r"^\s*(?:(?:cac|mot so)\s+)?(?:nhiem vu|ke hoach|phuong huong)\b(?!\s+(?:duoc giao|da))")
_SAYS_WHEN = re.compile(r"\bnam\b|\bthang\b|\bquy\b|\bky\b|thoi gian|sap toi|tiep theo")
_OF_RESULTS = re.compile(r"ket qua|danh gia|tinh hinh|da thuc hien|ton tai|viec thuc hien")


def _named(text: str, own: Period) -> Period | None:
    """The period a heading names. 'cuối năm' without number means the rest of the report's own year."""
    if own.kind is PeriodKind.YEAR and "cuoi nam" in fold(text):
        return None
    return find_period(text, own.year)


def _ends(period: Period) -> tuple[int, int]:
    return period.year, period.last_month


_IN_YEAR = re.compile(
    r"(?:^|[.;]\s+)(?P<all>(?P<early>(?:ngay\s+)?tu\s+dau\s+)?(?:trong\s+)?nam\s+(?P<year>20\d\d))\s*,(?P<what>[^.;]{0,200})"
)
_COMPARES = re.compile(
    r"so voi|cung ky|tu nam|den nam|tang|giam|truoc day|khi do|cong nhan|thanh lap|sap nhap|dat chuan"
)


@rule(
    "DL233",
    FindingKind.STALE_YEAR,
    Severity.WARNING,
    "Kết quả trong báo cáo lại nói của năm trước",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. Kết quả\nNăm 2022, các đài đã sản xuất 18.240 chương trình."),
        said("I. Kết quả\nNgay từ đầu năm 2022, xã đã kiện toàn Ban Chỉ đạo."),
    ],
    good=[
        said("I. Kết quả\nNăm 2023, các đài đã sản xuất 18.240 chương trình."),
        said("I. Kết quả\nNăm 2022, xã được công nhận đạt chuẩn nông thôn mới."),
        said("I. Kết quả\nNăm 2022, đã đăng 30 tin; năm 2023, đã đăng 36 tin."),
    ],
)
def result_of_past_year(case: Case) -> Iterator[Hit]:
    """'Năm 2022, … đã … 18.240': a count told of another year, with no word of comparison."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT:
        return
    for piece in that_say(YEAR & OF_2000S, case.results):
        if piece.part not in PROSE:
            continue
        for found in _IN_YEAR.finditer(piece.folded):
            year, what = int(found["year"]), found["what"]
            told = re.search(r"\bda\b", what) and (found["early"] or re.search(r"\d", what))
            named = str(own.year) in piece.folded
            if not told or named or _COMPARES.search(what) or not own.year - 4 < year < own.year:
                continue
            start, end = found.span("all")
            message = f"Báo cáo về {own.label} nhưng câu này nói năm {year}: sửa năm, hoặc số liệu nếu là của năm trước."
            yield Hit(piece, start, end, message, f"{piece.text[start : end - 4]}{own.year}")


_STARTS = re.compile(
    r"(?:^|[.;]\s+)(?P<all>(?:trong\s+)?nam\s+(?P<year>20\d\d))\b(?!\s*[-–,]?\s*(?:20\d\d|va nam))(?P<what>[^.;]{0,120})"
)
_TOLD_OF = re.compile(
    r"\bda\b|\bduoc\b|ket qua|so voi|\bdat\b|xep|cho thay|con\b|van|tang|giam|so lieu|thuc hien duoc|la nam|quyet toan|to chuc (?:duoc|thanh cong)|co hieu luc"
)


@rule(
    "DL276",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Câu giao việc của kế hoạch bắt đầu bằng năm đã qua",
    needs=of_kind(*PLANNING) & ON_PERIOD,
    bad=[said("2. Đối tượng\nNăm 2022 kiểm tra 10 đơn vị, gồm các phòng và trường học.", **PLAN_2023)],
    good=[
        said("2. Đối tượng\nNăm 2023 kiểm tra 10 đơn vị, gồm các phòng và trường học.", **PLAN_2023),
        said("Năm 2022, xã đã kiểm tra 10 đơn vị; năm 2022 tỷ lệ hài lòng đạt 90%.", **PLAN_2023),
    ],
)
def plan_begins_with_past_year(case: Case) -> Iterator[Hit]:
    """'Năm 2022 kiểm tra …' with no word that tells of the past."""
    own = case.period
    if own is None or case.document.kind not in PLANNING:
        return
    for piece in case.of(*PROSE, saying=YEAR & OF_2000S):
        for found in _STARTS.finditer(piece.folded):
            year = int(found["year"])
            if (
                own.year - 4 < year < own.year
                and not _TOLD_OF.search(found["what"])
                and not case.is_cited(piece, found.start("all"))
            ):
                start, end = found.span("all")
                message = (
                    f"Kế hoạch {own.label} nhưng câu này giao việc của năm {year}: sửa thành năm {own.year}."
                )
                yield Hit(piece, start, end, message, f"{piece.text[start : end - 4]}{own.year}")


RULES = (
    plan_begins_with_past_year,
    other_period,
    task_of_past_year,
    schedule_of_past_year,
    basis_of_past_year,
    result_of_past_year,
    outlook_without_period,
)
