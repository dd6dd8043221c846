"""Days that cannot be: not in the calendar, before what they are about, after what cites them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dinhlang.officialdoc.check.case import PLANNING, Case, whole, years_of
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import CITING
from dinhlang.officialdoc.check.noted import word_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import FOOT, HEAD, Hit, Lack, filed, rule, said
from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.officialdoc.read.dates import DATE
from dinhlang.officialdoc.read.words import fold, pattern
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.periods.identifier import Period

# Plans for a year are not made before the budget of that year is spoken of.
_FIRST_MONTH = 9
_OLDEST = timedelta(days=300)
_ASKS_FOR_REPORT = re.compile(r"\bbao cao\b")
# When more are later than the document it is the document's own day that is wrong, of which DL218 tells.
_MOST_LATER = 2
_CITE_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"


@rule(
    "DL205",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày của văn bản được viện dẫn không hợp lý",
    needs=CITING,
    basis=_CITE_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 25/12/2020 của UBND phường về cải cách hành chính năm 2023, UBND phường báo cáo:"
        ),
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 25/12/2023 của UBND huyện về cải cách hành chính, UBND xã báo cáo:",
            date=PartialDate(10, 12, 2023),
        ),
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 25/12/2022 của UBND phường về cải cách hành chính năm 2023, UBND phường báo cáo:"
        ),
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 15/01/2023 của UBND huyện về cải cách hành chính năm 2023, UBND xã báo cáo:"
        ),
    ],
)
def cited_on_impossible_day(case: Case) -> Iterator[Hit]:
    """A plan for one year is not made two years before; nothing can cite what is not there yet."""
    own = whole(case.document.date)
    days = [(one, day) for one in case.citations if (day := whole(one.reference.date))]
    if own is not None and sum(day > own for _, day in days) > _MOST_LATER:
        own = None
    for one, day in days:
        years = years_of(one) if one.reference.kind in (Kind.PLAN, Kind.LETTER) else []
        message = None
        if one.reference.kind is Kind.LETTER:
            asks = bool(_ASKS_FOR_REPORT.search(fold(one.reference.subject or "")))
            if asks and case.day is not None and case.day - day > _OLDEST:
                message = f"Công văn yêu cầu báo cáo ghi ngày {day:%d/%m/%Y}, đã lâu trước văn bản này: đối chiếu và sửa ngày."
            if asks and years and day.year < years[0]:
                message = f"Công văn yêu cầu báo cáo năm {years[0]} lại ghi ngày năm {day.year}: đối chiếu văn bản gốc và sửa ngày."
        elif years and not date(years[0] - 1, _FIRST_MONTH, 1) <= day <= date(years[-1], 12, 31):
            message = f"Kế hoạch năm {years[0]} lại ghi ngày ban hành năm {day.year}: đối chiếu văn bản gốc và sửa ngày."
        if message is None and own is not None and day > own:
            message = f"Văn bản được viện dẫn ghi ngày {day:%d/%m/%Y}, sau ngày của chính văn bản này: đối chiếu và sửa."
        if message is not None:
            found = pattern(DATE).search(one.piece.folded, one.start, one.end)
            start, end = found.span() if found else (one.start, one.end)
            yield Hit(one.piece, start, end, message)


@rule(
    "DL218",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày của văn bản sớm hơn nhiều văn bản mà nó viện dẫn",
    needs=CITING,
    bad=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 05/12/2023 của UBND tỉnh; Kế hoạch số 26/KH-UBND ngày 06/12/2023 của UBND tỉnh; Kế hoạch số 27/KH-UBND ngày 07/12/2023 của UBND tỉnh, UBND xã báo cáo:",
            date=PartialDate(4, 12, 2022),
            subject="Kết quả tuyên truyền",
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 05/12/2023 của UBND tỉnh; Kế hoạch số 26/KH-UBND ngày 06/12/2023 của UBND tỉnh; Kế hoạch số 27/KH-UBND ngày 07/12/2023 của UBND tỉnh, UBND xã báo cáo:"
        )
    ],
)
def made_before_what_it_cites(case: Case) -> Iterator[Hit | Lack]:
    """One wrong year in the date of the document makes every citation look impossible: it is told once, where it is wrong."""
    own = whole(case.document.date)
    days = [day for one in case.citations if (day := whole(one.reference.date))]
    later = [day for day in days if own is not None and day > own]
    if own is None or len(later) <= _MOST_LATER or any(made_at_wrong_time.find(case)):
        return
    message = f"Văn bản ghi ngày {own:%d/%m/%Y} nhưng viện dẫn {len(later)} văn bản ban hành sau ngày đó: kiểm tra ngày, tháng, năm của chính văn bản."
    yield from _at_own_date(case, message)


_DATED = word_kind(lambda word: word.startswith(("19", "20")) or fold(word) == "thang")
_SLASH_YEAR = re.compile(r"/\s*(?:19|20)\d")
# The first letter comes first: a search skips to it.
_IN_DIGITS = re.compile(
    r"(?P<day>\d(?<!\w\d)\d?)\s*/\s*(?P<month>\d{1,2})\s*/\s*(?P<year>(?:19|20)\d\d)\b(?!\s*/)"
)
_IN_WORDS = re.compile(
    r"ngay(?<!\wngay)\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})(?:\s+nam\s+(?P<year>\d{4}))?"
)
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@rule(
    "DL206",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày không có trong lịch",
    bad=[
        said("Hội nghị tổ chức ngày 31/4/2023."),
        said("Trước ngày 30 tháng 02 năm 2023."),
        said("Ngày 12/13/2023."),
    ],
    good=[
        said("Hội nghị tổ chức ngày 30/4/2023, Nghị định 61/2018/NĐ-CP."),
        said("Trước ngày 29 tháng 02 năm 2024."),
    ],
)
def day_not_in_calendar(case: Case) -> Iterator[Hit]:
    """31/4, 30 tháng 02."""
    for piece in case.of(*Part, saying=_DATED):
        for found in _dates_in(piece):
            year = int(found["year"] or _LEAP_YEAR)
            if not _exists(int(found["day"]), int(found["month"]), year):
                yield Hit(piece, *found.span(), "Ngày này không có trong lịch: đối chiếu và sửa lại.")


_LEAP_YEAR = 2000


def _dates_in(piece: Piece) -> Iterator[re.Match[str]]:
    """Every date with a day and a month, with digits or in words; in words the year may be missing."""
    if _SLASH_YEAR.search(piece.text):
        yield from _IN_DIGITS.finditer(piece.folded)
    if "thang" in piece.folded and "ngay" in piece.folded:
        yield from _IN_WORDS.finditer(piece.folded)


def _exists(day: int, month: int, year: int) -> bool:
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return False
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return (day, month) != (29, 2) or leap


# Nobody reports so late; the year in the title or in the date is that of another document.
_LATEST = timedelta(days=200)
# How long before the last month of its period a report may be made: those on a year are asked for in October already.
_EARLY = {PeriodKind.YEAR: timedelta(days=62)}
_EARLY_ELSE = timedelta(days=15)


@rule(
    "DL209",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Ngày của văn bản không hợp với kỳ của nó",
    bad=[
        said("Đã làm.", date=PartialDate(5, 1, 2023)),
        said("Đã làm.", date=PartialDate(10, 3, 2023), subject="Kết quả 6 tháng đầu năm 2023"),
        said("Phân công.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023", date=PartialDate(9, 1, 2024)),
        filed(HEAD.replace("tháng 12 năm 2023", "tháng 01 năm 2023") + "Xã đã làm." + FOOT),
    ],
    good=[
        said("Đã làm.", date=PartialDate(5, 1, 2024)),
        said("Đã làm.", date=PartialDate(28, 10, 2023)),
        said("Đã làm.", date=PartialDate(25, 5, 2023), subject="Kết quả 6 tháng đầu năm 2023"),
        said("Phân công.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023", date=PartialDate(20, 12, 2022)),
        filed(HEAD + "Xã đã làm." + FOOT),
    ],
)
def made_at_wrong_time(case: Case) -> Iterator[Hit | Lack]:
    """A report on a year dated in its January carries the year of the document that was copied."""
    day, own = whole(case.document.date), case.period
    if day is None or own is None:
        return
    message = None
    if case.document.kind is Kind.REPORT and day < _first_day(own):
        message = f"Báo cáo về {own.label} lại ghi ngày {day:%d/%m/%Y}, khi kỳ chưa kết thúc: kiểm tra năm ở dòng ngày và ở trích yếu."
    elif case.document.kind is Kind.REPORT and day - date(own.year, own.last_month, 28) > _LATEST:
        message = f"Báo cáo về {own.label} lại ghi ngày {day:%d/%m/%Y}, quá lâu sau kỳ: kiểm tra năm ở dòng ngày và ở trích yếu."
    elif case.document.kind in PLANNING and not own.year - 1 <= day.year <= own.year:
        message = (
            f"Kế hoạch {own.label} lại ghi ngày {day:%d/%m/%Y}: kiểm tra năm ở dòng ngày và ở trích yếu."
        )
    if message is not None and _subject_is_wrong(case, day.year, own.year):
        yield from _in_subject(case, message, own.year)
    elif message is not None:
        yield from _at_own_date(case, message)


def _subject_is_wrong(case: Case, made: int, own: int) -> bool:
    """Whether the text speaks more of the year of the date than of that of the subject."""
    text = " ".join(piece.folded for piece in case.main)
    about = [made + 1, made] if case.document.kind in PLANNING and made < own else [made]
    return max(text.count(f"nam {year}") for year in about) > text.count(f"nam {own}") + 1


def _in_subject(case: Case, message: str, year: int) -> Iterator[Hit | Lack]:
    for piece in case.of(Part.SUBJECT):
        at = piece.text.find(str(year))
        if at >= 0:
            yield Hit(piece, at, at + 4, message)
            return
    yield from _at_own_date(case, message)


def _at_own_date(case: Case, message: str) -> Iterator[Hit | Lack]:
    for line in case.head_lines:
        if found := pattern(DATE).search(line.folded):
            yield Hit(line, *found.span(), message)
            return
    yield Lack(("date",), message)


def _first_day(period: Period) -> date:
    """The first day on which a report on the period makes sense."""
    return date(period.year, period.last_month, 1) - _EARLY.get(period.kind, _EARLY_ELSE)


_HAPPENED = re.compile(
    r"ngay(?<!\wngay)\s+(?P<day>\d{1,2})\s*(?:/|thang)\s*(?P<month>\d{1,2})\s*(?:/|nam)\s*(?P<year>20\d\d)\s*,?(?P<what>[^.;]{0,160})"
)
_BEGINS_SENTENCE = re.compile(r"(?:^|[.;]\s+)(?:vao\s+)?$")
_PAST = re.compile(r"\bda\b|chu tri|dien ra|to chuc hoi nghi|tai hoi nghi|du hop|lam viec voi")


_WITH_20 = word_kind(lambda word: "20" in word)


@rule(
    "DL230",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Việc đã xảy ra, căn cứ đã có lại ghi ngày sau ngày của văn bản",
    needs=_WITH_20,
    bad=[
        said(
            "Ngày 02/11/2023, tại trụ sở, Chủ tịch UBND xã chủ trì hội nghị giao ban.",
            kind=Kind.NOTICE,
            symbol="TB-UBND",
            date=PartialDate(6, 10, 2023),
            subject="Kết luận hội nghị giao ban",
        ),
        said("Căn cứ Thể lệ số 02/TL-BTC ngày 01/10/2024 của Ban Tổ chức Cuộc thi;"),
    ],
    good=[
        said("Ngày 02/11/2023, tại trụ sở, Chủ tịch UBND xã chủ trì hội nghị giao ban."),
        said("Căn cứ Thể lệ số 02/TL-BTC ngày 01/10/2023 của Ban Tổ chức Cuộc thi;"),
        said("Ngày 25/12/2023, các thôn gửi báo cáo về UBND xã."),
    ],
)
def told_before_it_happened(case: Case) -> Iterator[Hit]:
    """A document tells of nothing that lies after its day, and rests on nothing that was not there."""
    own = whole(case.document.date)
    if own is None or sum((whole(one.reference.date) or own) > own for one in case.citations) > _MOST_LATER:
        return
    for piece in case.of(*PROSE, saying=_WITH_20):
        if "ngay" not in piece.folded and piece not in case.opening_bases:
            continue
        for found in _HAPPENED.finditer(piece.folded):
            begins_sentence = _BEGINS_SENTENCE.search(piece.folded[: found.start()])
            if begins_sentence and _PAST.search(found["what"]) and _is_later(found, own):
                yield _later(piece, (found.start("day"), found.end("year")), own)
        if piece in case.opening_bases:
            for found in _dates_in(piece):
                if found["year"]:
                    cited = case.is_cited(piece, found.start())
                    if not cited and _is_later(found, own):
                        yield _later(piece, found.span(), own)


def _is_later(found: re.Match[str], own: date) -> bool:
    day, month, year = (int(found[name]) for name in ("day", "month", "year"))
    return _exists(day, month, year) and date(year, month, day) > own


def _later(piece: Piece, place: tuple[int, int], own: date) -> Hit:
    return Hit(
        piece, *place, f"Ngày này sau ngày của chính văn bản ({own:%d/%m/%Y}): kiểm tra ngày, tháng, năm."
    )


RULES = (
    cited_on_impossible_day,
    made_before_what_it_cites,
    day_not_in_calendar,
    made_at_wrong_time,
    told_before_it_happened,
)
