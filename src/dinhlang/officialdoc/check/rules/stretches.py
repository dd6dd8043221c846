"""Stretches of days, and days on which something is held or counted, that cannot be as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from dinhlang.officialdoc.check.case import PLANNING, Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import ON_PERIOD, of_kind
from dinhlang.officialdoc.check.noted import words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece, that_say
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.times import A_DAY, DAY, INVITED, MINUTES, TOLD, day_of
from dinhlang.officialdoc.check.wording import MONTH, NUMBER, OF_2000S
from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.periods.identifier import Period

_FROM = words("từ")
_FROM_TO = re.compile(
    rf"tu(?<!\wtu)\s+{DAY.replace('?P<d>', '?P<da>').replace('?P<m>', '?P<ma>').replace('?P<y>', '?P<ya>').replace('?P<d2>', '?P<db>').replace('?P<m2>', '?P<mb>').replace('?P<y2>', '?P<yb>')}"
    rf"\s*,?\s*(?:den|-)\s+(?:het\s+)?{DAY}"
)


def _stretch(found: re.Match[str], year: int | None) -> tuple[date, date] | None:
    end = day_of(found, year)
    written = found["ya"] or found["yb"]
    try:
        begin = date(
            int(written) if written else end.year if end else 0,
            int(found["ma"] or found["mb"]),
            int(found["da"] or found["db"]),
        )
    except ValueError:
        return None
    return (begin, end) if end else None


@rule(
    "DL252",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày kết thúc trước ngày bắt đầu",
    bad=[
        said("Đợt 1: từ ngày 06 tháng 4 năm 2023 đến ngày 17 tháng 3 năm 2023."),
        said("Số liệu từ ngày 15/12/2022 đến hết ngày 14/6/2022."),
        said("Thực hiện từ tháng 4/2026 đến tháng 12/2025."),
    ],
    good=[
        said("Đợt 1: từ ngày 06 tháng 4 năm 2023 đến ngày 17 tháng 4 năm 2023; từ 15/12 đến 14/6/2023."),
        said("Số liệu từ ngày 15/12/2022 đến hết ngày 14/6/2023."),
    ],
)
def ends_before_it_begins(case: Case) -> Iterator[Hit]:
    """'từ ngày … đến ngày …'. Where the first has no year the days may lie in two."""
    for piece in case.of(*TOLD, saying=_FROM & NUMBER):
        for found in _FROM_TO.finditer(piece.folded):
            days = _stretch(found, None)
            if days and days[1] < days[0] and (found["ya"] or found["yb"]):
                message = (
                    f"Ngày kết thúc {days[1]:%d/%m/%Y} trước ngày bắt đầu {days[0]:%d/%m/%Y}: sửa lại ngày."
                )
                yield Hit(piece, *found.span(), message)
        for found in _MONTHS.finditer(piece.folded):
            if (int(found["yb"]), int(found["mb"])) < (int(found["ya"]), int(found["ma"])):
                message = "Tháng kết thúc trước tháng bắt đầu: sửa lại tháng, năm."
                yield Hit(piece, *found.span(), message)


_MONTHS = re.compile(
    r"tu(?<!\wtu)\s+thang\s+(?P<ma>\d{1,2})(?:\s*/\s*|\s+nam\s+)(?P<ya>20\d\d)\s+den\s+(?:het\s+)?thang\s+(?P<mb>\d{1,2})(?:\s*/\s*|\s+nam\s+)(?P<yb>20\d\d)"
)
_COMPARES = re.compile(r"so voi|cung ky|ky truoc|nam truoc|tang|giam|truoc sap xep")


@rule(
    "DL253",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Khoảng ngày của số liệu, của kế hoạch nằm ngoài kỳ của văn bản",
    needs=of_kind(*PLANNING, Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. Kết quả\nTừ ngày 15/12/2021 đến ngày 14/12/2022 tiếp nhận 1.860 hồ sơ."),
        said(
            "- Đợt 2: từ ngày 05 tháng 10 năm 2022 đến ngày 16 tháng 10 năm 2022.",
            kind=Kind.PLAN,
            subject="Kiểm tra năm 2023",
            date=PartialDate(3, 2, 2023),
        ),
    ],
    good=[
        said("I. Kết quả\nTừ ngày 15/12/2022 đến ngày 14/12/2023 tiếp nhận 1.860 hồ sơ."),
        said(
            "- Thời kỳ kiểm tra: từ ngày 01 tháng 7 năm 2022 đến ngày 31 tháng 12 năm 2022.",
            kind=Kind.PLAN,
            subject="Kiểm tra năm 2023",
            date=PartialDate(3, 2, 2023),
        ),
    ],
)
def stretch_of_other_period(case: Case) -> Iterator[Hit]:
    """The figures of a report are of its period; the days of a plan lie ahead of it."""
    own = case.period
    if own is None or case.document.kind not in (*PLANNING, Kind.REPORT):
        return
    is_report = case.document.kind is Kind.REPORT
    pieces = (
        [one for one in case.results if one.part in (*PROSE, Part.HEADING)]
        if is_report
        else case.of(*PROSE, Part.CELL)
    )
    for piece in that_say(_FROM & NUMBER, pieces):
        if piece in case.opening_bases:
            continue
        for found in _FROM_TO.finditer(piece.folded):
            days = _stretch(found, None)
            before = piece.folded[max(0, found.start() - 60) : found.start()]
            if (
                days is None
                or days[1] < days[0]
                or _COMPARES.search(before)
                or case.is_cited(piece, found.start())
            ):
                continue
            if is_report:
                is_wrong = days[1] < date(own.year, own.first_month, 1) and own.year - 4 < days[1].year
            else:
                made = whole(case.document.date)
                is_past = re.search(r"thoi ky|nien do|so lieu|ket qua|giai doan|\bda\b", before)
                is_wrong = bool(made and days[1] < made and not is_past and own.year - 4 < days[1].year)
            if is_wrong:
                message = f"Văn bản về {own.label} nhưng khoảng này là {days[0]:%d/%m/%Y} – {days[1]:%d/%m/%Y}: sửa lại năm."
                yield Hit(piece, *found.span(), message)


_COUNTED_TO = words("tính") & words("đến", "tới") & NUMBER
_UP_TO = re.compile(rf"tinh(?<!\wtinh)\s+(?:den|toi)\s+(?:het\s+|thoi diem\s+)?{DAY}")


@rule(
    "DL254",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Số liệu tính đến một ngày sau ngày của văn bản",
    bad=[said("Tính đến ngày 15 tháng 12 năm 2023, xã đã tiếp nhận 2.400 hồ sơ.")],
    good=[
        said("Tính đến ngày 10 tháng 12 năm 2023, xã đã tiếp nhận 2.400 hồ sơ."),
        said("Ước tính đến ngày 31 tháng 12 năm 2023, xã thu 8 tỷ đồng."),
    ],
)
def counted_ahead(case: Case) -> Iterator[Hit]:
    """What is counted up to a day is known on that day."""
    own = whole(case.document.date)
    if own is None:
        return
    for piece in case.of(*PROSE, Part.HEADING, Part.NOTE, saying=_COUNTED_TO):
        for found in _UP_TO.finditer(piece.folded):
            day = day_of(found, own.year)
            around = piece.folded[max(0, found.start() - 12) : found.end() + 60]
            if day and day > own and not re.search(r"\buoc|du kien|phan dau|muc tieu|chi tieu", around):
                message = f"Văn bản ghi ngày {own:%d/%m/%Y}, chưa thể có số liệu đến ngày {day:%d/%m/%Y}: sửa lại ngày."
                yield Hit(piece, *found.span(), message)


_TODAY = re.compile(
    rf"^\s*hom nay\b[^;]{{0,60}}?\bngay\s+(?=\d){DAY.removeprefix('(?:ngay' + chr(92) + 's+)?')}"
)


@rule(
    "DL255",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày họp trong biên bản khác ngày của biên bản",
    needs=of_kind(Kind.MINUTES),
    bad=[
        said("Hôm nay, vào hồi 08 giờ 00 phút ngày 19 tháng 9 năm 2025, tại trụ sở UBND xã, họp.", **MINUTES)
    ],
    good=[
        said("Hôm nay, vào hồi 08 giờ 00 phút ngày 18 tháng 9 năm 2025, tại trụ sở UBND xã, họp.", **MINUTES)
    ],
)
def today_is_another_day(case: Case) -> Iterator[Hit]:
    """'Hôm nay, ngày …' is the day on which the minutes are made."""
    own = whole(case.document.date)
    if own is None or case.document.kind is not Kind.MINUTES:
        return
    for piece in case.main[:12]:
        found = _TODAY.search(piece.folded)
        day = day_of(found, own.year) if found else None
        if found and day and day != own:
            message = f"Biên bản ghi ngày {own:%d/%m/%Y}, ở đây ghi ngày {day:%d/%m/%Y}: đối chiếu và sửa."
            yield Hit(piece, found.end() - len(found[0].split("ngay", 1)[1]) - 4, found.end(), message)


_WHEN = re.compile(
    r"^\s*(?:[-+*]\s*)?(?:dot\s+\d+\s*:|thoi gian(?:\s+(?:to chuc|thuc hien|bat dau|hop|kiem tra|khai mac|hoc|tap huan|dien ra))?\s*:|vao (?:hoi|luc)\b|\d{1,2}\s*gio)"
)
_BY_THEN = re.compile(
    rf"\b(?:truoc|cham nhat(?: la)?|muon nhat)\s+(?:\d{{1,2}}\s*(?:gio|h)\s*\d{{0,2}}\s*(?:phut)?\s*,?\s*)?{DAY}"
)
_TO_PREPARE = re.compile(
    r"dang ky|tham luan|xac nhan|danh sach|chuan bi|gui (?:noi dung|tai lieu|bai|y kien|ve)|de tong hop"
)
_HELD = (Kind.OTHER, Kind.LETTER, Kind.NOTICE, Kind.PLAN)


@rule(
    "DL256",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Thời gian tổ chức đã qua vào ngày của văn bản; hạn đăng ký sau ngày tổ chức",
    needs=of_kind(*_HELD),
    bad=[
        said("1. Thời gian: 08 giờ 00 phút, ngày 10 tháng 02 năm 2026.", **INVITED),
        said(
            "1. Thời gian: 08 giờ 00 phút, ngày 10 tháng 3 năm 2026.\nCác đơn vị đăng ký tham luận trước ngày 16 tháng 3 năm 2026.",
            **INVITED,
        ),
    ],
    good=[
        said(
            "1. Thời gian: 08 giờ 00 phút, ngày 10 tháng 3 năm 2026.\nCác đơn vị đăng ký tham luận trước ngày 06 tháng 3 năm 2026.",
            **INVITED,
        ),
        said(
            "1. Thời gian: 08 giờ 00 phút, ngày 10/3/2026.\nBáo cáo kết quả trước ngày 16/3/2026.", **INVITED
        ),
    ],
)
def held_before_it_is_called(case: Case) -> Iterator[Hit]:
    """Whoever is invited must be able to come, and whoever is to send something must send it before."""
    own = whole(case.document.date)
    if own is None or case.document.kind not in _HELD:
        return
    held: date | None = None
    for piece in case.main:
        if piece.part not in (*PROSE, Part.HEADING):
            continue
        if _WHEN.match(piece.folded):
            for found, day in _days_in(case, piece, own.year):
                held = held or (day if day >= own else None)
                if day < own and 0 < (own - day).days < 1100:
                    yield Hit(
                        piece,
                        *found.span(),
                        f"Ngày này đã qua vào ngày của văn bản ({own:%d/%m/%Y}): sửa lại ngày.",
                    )
        elif held and _TO_PREPARE.search(piece.folded):
            for found in _BY_THEN.finditer(piece.folded):
                by = day_of(found, own.year)
                before = re.split(r"[.;](?!\d)", piece.folded[: found.start()])[-1]
                if (
                    by
                    and by > held
                    and _TO_PREPARE.search(before + piece.folded[found.end() : found.end() + 30])
                ):
                    message = f"Hạn này sau ngày tổ chức ({held:%d/%m/%Y}): sửa lại hạn hoặc ngày tổ chức."
                    yield Hit(piece, *found.span(), message)


def _days_in(case: Case, piece: Piece, year: int) -> Iterator[tuple[re.Match[str], date]]:
    for found in A_DAY.finditer(piece.folded):
        day = day_of(found, year)
        if day is not None and not case.is_cited(piece, found.start()):
            yield found, day


_MONTH_OF = re.compile(r"thang(?<!\wthang)\s+(?P<m>\d{1,2})\s*(?::|\(|co\b|dang\b|phat\b|dat\b)")


@rule(
    "DL259",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "Số liệu của tháng nằm ngoài kỳ báo cáo",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said(
            "I. Kết quả\nĐăng 74 tin (tháng 7: 18 tin; tháng 8: 26 tin; tháng 10: 30 tin).",
            subject="Kết quả Quý III năm 2023",
        )
    ],
    good=[
        said(
            "I. Kết quả\nĐăng 74 tin (tháng 7: 18 tin; tháng 8: 26 tin; tháng 9: 30 tin).",
            subject="Kết quả Quý III năm 2023",
        )
    ],
)
def month_of_other_period(case: Case) -> Iterator[Hit]:
    """Figures month by month, of which all but one lie in the report's period."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT or own.kind is PeriodKind.YEAR:
        return
    for piece in that_say(MONTH & NUMBER, case.results):
        found = list(_MONTH_OF.finditer(piece.folded))
        outside = [one for one in found if not own.first_month <= int(one["m"]) <= own.last_month]
        if len(found) > 2 and len(outside) == 1:
            one = outside[0]
            end = one.end("m")
            yield Hit(piece, one.start(), end, f"Tháng này không thuộc {own.label}: sửa lại tháng.")


_COMPARED = words("kỳ", "với")
_SAME_PERIOD = re.compile(r"cung ky(?<!\wcung ky)\s+(?:nam\s+|cua nam\s+)?(?P<year>20\d\d)\b")
_THAN = re.compile(
    r"so voi(?<!\wso voi)\s+(?:(?:ket qua|so lieu)\s+)?(?:ca\s+)?(?P<what>(?:quy\s+(?:iv|i{1,3}|[1-4])\s+|6 thang dau\s+|9 thang dau\s+)?nam\s+(?P<year>20\d\d))\b(?!\s*[-–])"
)


@rule(
    "DL260",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "So sánh với chính kỳ báo cáo",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said("I. Kết quả\nĐã cử 14 lượt người đi tập huấn, tăng 03 lượt so với năm 2023."),
        said(
            "I. Kết quả\nNhận 1.860 hồ sơ, tăng 124 hồ sơ so với tháng 10 năm 2023.",
            subject="Kết quả tháng 10, nhiệm vụ tháng 11 năm 2023",
        ),
        said(
            "I. Kết quả\nĐăng 42 tin, tăng 11 tin so với cùng kỳ năm 2023.",
            subject="Kết quả 6 tháng đầu năm 2023",
        ),
    ],
    good=[
        said("I. Kết quả\nĐã cử 14 lượt người đi tập huấn, tăng 03 lượt so với năm 2022."),
        said("I. Kết quả\nĐạt 80%, so với kế hoạch năm 2023 vượt 5%; so với năm 2023 thì năm 2024 cần tăng."),
    ],
)
def compared_with_itself(case: Case) -> Iterator[Hit]:
    """'cùng kỳ' is that of an earlier year, and a year is compared with another."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT:
        return
    for piece in that_say(_COMPARED & OF_2000S, case.results):
        if piece.part not in (*PROSE, Part.HEADING) or str(own.year) not in piece.text:
            continue
        for found in _SAME_PERIOD.finditer(piece.folded):
            if int(found["year"]) >= own.year:
                yield _itself(piece, found.span(), found.span("year"), own)
        for found in _THAN_PART.finditer(piece.folded):
            if _is_own_part(found, own):
                message = f"Báo cáo về {own.label} không so với chính kỳ ấy: sửa thành kỳ trước, hoặc cùng kỳ năm trước."
                yield Hit(piece, *found.span("all"), message)
        for found in _THAN.finditer(piece.folded):
            before = piece.folded[max(0, found.start() - 80) : found.start()]
            is_own = (
                own.kind is PeriodKind.YEAR
                and found["what"].startswith("nam")
                and int(found["year"]) == own.year
            )
            if is_own and re.search(
                r"\b(?:tang|giam|cao hon|thap hon|bang)\b", re.split(r"[.;](?!\d)", before)[-1]
            ):
                yield _itself(piece, found.span(), found.span("year"), own)


_THAN_PART = re.compile(
    begins("tang", "giam", "cao hon", "thap hon")
    + r"\b[^.;()]{0,40}?\bso voi\s+(?P<all>(?P<what>thang|quy)\s+(?P<n>\d{1,2}|i{1,3}|iv)\s*(?:nam\s+|/\s*)(?P<year>20\d\d))\b"
)
_QUARTER_ENDS = {"i": 3, "ii": 6, "iii": 9, "iv": 12}


def _is_own_part(found: re.Match[str], own: Period) -> bool:
    if int(found["year"]) != own.year:
        return False
    if found["what"] == "quy":
        return own.kind is PeriodKind.QUARTER and _QUARTER_ENDS.get(found["n"]) == own.last_month
    return own.kind is PeriodKind.MONTH and found["n"].isdecimal() and int(found["n"]) == own.last_month


def _itself(piece: Piece, place: tuple[int, int], year: tuple[int, int], own: Period) -> Hit:
    fix = f"{piece.text[place[0] : year[0]]}{own.year - 1}{piece.text[year[1] : place[1]]}"
    return Hit(
        piece, *place, f"Báo cáo về {own.label} không so với chính năm {own.year}: sửa thành năm trước.", fix
    )


RULES = (
    ends_before_it_begins,
    stretch_of_other_period,
    counted_ahead,
    today_is_another_day,
    held_before_it_is_called,
    month_of_other_period,
    compared_with_itself,
)
