"""The name of a reporting period: '2023', '2023-H1', '2023-9M', '2023-Q3', '2023-M07'.

The string is the identity; periods sort as their strings do. Which days count is not here but in `regimes`:
the same '2023-H1' is 15/12/2022 – 14/6/2023 under NĐ 09/2019/NĐ-CP and 01/01 – 30/6 in sector statistics.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import total_ordering

from dinhlang.periods.phrase import ARABIC, NUMERAL, YEAR, numeral, plain
from dinhlang.periods.window import Window, last_day
from dinhlang.vietnamese.text import nfc

FIRST_YEAR, LAST_YEAR = 1900, 2199


class BadPeriod(ValueError):
    """The text or the numbers name no period. The message is Vietnamese and may be shown."""


class Kind(StrEnum):
    """The lengths of time that reports are about."""

    YEAR = "year"
    HALF = "half"
    NINE_MONTHS = "nine-months"
    QUARTER = "quarter"
    MONTH = "month"


# How many periods of a kind a year has, how many months one takes, and how its index is written.
_SHAPES = {
    Kind.YEAR: (1, 12, ""),
    Kind.HALF: (2, 6, "-H{}"),
    Kind.NINE_MONTHS: (1, 9, "-9M"),
    Kind.QUARTER: (4, 3, "-Q{}"),
    Kind.MONTH: (12, 1, "-M{:02d}"),
}
_ID = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|M(?P<month>0[1-9]|1[0-2])|(?P<nine>9M)))?"
)
_ROMAN = ("I", "II", "III", "IV")


@total_ordering
@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period. `index` counts within the year from 1. Raises BadPeriod when there is no such period."""

    year: int
    kind: Kind = Kind.YEAR
    index: int = 1

    def __post_init__(self) -> None:
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise BadPeriod(f"Năm {self.year} ngoài phạm vi {FIRST_YEAR}–{LAST_YEAR}.")
        if not 1 <= self.index <= _SHAPES[self.kind][0]:
            raise BadPeriod(f"Năm {self.year} không có kỳ loại {self.kind} thứ {self.index}.")

    @classmethod
    def parse(cls, text: str) -> Period:
        """The period with this identifier. Raises BadPeriod."""
        found = _ID.fullmatch(text)
        if found is None:
            raise BadPeriod(
                f"“{text}” không phải mã kỳ báo cáo. Viết như 2023, 2023-H1, 2023-9M, 2023-Q3 hoặc 2023-M07."
            )
        year = int(found["year"])
        for kind in (Kind.HALF, Kind.QUARTER, Kind.MONTH):
            if found[kind.value]:
                return cls(year, kind, int(found[kind.value]))
        return cls(year, Kind.NINE_MONTHS if found["nine"] else Kind.YEAR)

    def __str__(self) -> str:
        return f"{self.year:04d}" + _SHAPES[self.kind][2].format(self.index)

    def __lt__(self, other: Period) -> bool:
        return str(self) < str(other)

    @property
    def label(self) -> str:
        """'6 tháng đầu năm 2023', as a title says it."""
        match self.kind:
            case Kind.YEAR:
                return f"năm {self.year}"
            case Kind.HALF:
                return f"6 tháng {'đầu' if self.index == 1 else 'cuối'} năm {self.year}"
            case Kind.NINE_MONTHS:
                return f"9 tháng đầu năm {self.year}"
            case Kind.QUARTER:
                return f"quý {_ROMAN[self.index - 1]} năm {self.year}"
            case Kind.MONTH:
                month = f"{self.index:02d}" if self.index < 3 else str(self.index)
                return f"tháng {month} năm {self.year}"

    @property
    def first_month(self) -> int:
        """The calendar month (1 to 12) in which the period opens by its name."""
        return (self.index - 1) * _SHAPES[self.kind][1] + 1

    @property
    def last_month(self) -> int:
        """The calendar month (1 to 12) in which it closes by its name."""
        return self.first_month + _SHAPES[self.kind][1] - 1

    def previous(self) -> Period:
        """The period of the same kind just before; for nine months, those of the year before. Raises BadPeriod."""
        return self._moved(-1)

    def next(self) -> Period:
        """The period of the same kind just after; for nine months, those of the year after. Raises BadPeriod."""
        return self._moved(1)

    def year_before(self) -> Period:
        """The same period of the year before ("cùng kỳ"). Raises BadPeriod."""
        return Period(self.year - 1, self.kind, self.index)

    def calendar_window(self) -> Window:
        """From the first day of the first month to the last day of the last."""
        return Window(date(self.year, self.first_month, 1), last_day(self.year, self.last_month))

    def _moved(self, steps: int) -> Period:
        per_year = _SHAPES[self.kind][0]
        years, index = divmod(self.index - 1 + steps, per_year)
        return Period(self.year + years, self.kind, index + 1)


# --- Reading the periods that people write -------------------------------------------------------------------

_TAIL = rf"(?:(?:\s*[/.-]\s*|,?\s+)(?:(?:cua|trong)\s+)?(?:nam\s+)?(?P<year>{YEAR}))?"
_OF_YEAR = r"(?:\s+(?:cua\s+)?nam\b(?!\s+(?:nam|20\d\d\s*-)))?"
_BARE = r"(?:(?=\s*(?:$|[,;.:)(]))|\b(?=\s+(?:va|phuong huong)\b))"

# Figures that look like periods: dates, document symbols, spans of years, spans of months, Việt Nam 2013.
_NOT_PERIODS = re.compile(
    "|".join(
        (
            r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}",
            r"\bngay\b\s*[\d.…_]*\s*thang\s*[\d.…_]*(?:\s*nam\s*[\d.…_]*)?",
            r"\b(?:ngay|truoc|den|tu)\s+\d{1,2}\s*/\s*\d{1,2}(?!\d)",
            r"\b\d+\s*/\s*\d{4}\s*/\s*[a-z]\w*",
            rf"\b(?:tu\s+)?(?:nam\s+(?:hoc\s+)?)?{YEAR}\s*(?:-|den|toi)\s*(?:het\s+)?(?:nam\s+)?(?:{YEAR}|\d\d\b)",
            rf"\b(?<!quy )(?<!qui )(?<!thang )(?:den|toi|tu)\s+(?:het\s+)?nam\s+{YEAR}",
            rf"\b(?:tu\s+)?thang\s+{NUMERAL}\s*(?:-|den)\s*(?:het\s+)?(?:thang\s+)?{NUMERAL}{_TAIL.replace('?P<year>', '')}",
            rf"\b(?:tu\s+)?quy\s+{NUMERAL}\s*(?:-|den)\s*(?:het\s+)?(?:quy\s+)?{NUMERAL}{_TAIL.replace('?P<year>', '')}",
            rf"\b(?:tinh|cap nhat|chot)\s+(?:den|toi)\s+(?:het\s+|cuoi\s+)?thang\s+{NUMERAL}{_TAIL.replace('?P<year>', '')}",
            rf"\b(?:viet|mien|hien phap)\s+nam(?:\s+nam)?\s+{YEAR}",
        )
    )
)

# In this order: a longer phrase is read, and blanked, before the shorter one inside it. The first of each is what no such
# phrase is without: lines are looked through by the thousand, and most have none.
_PHRASES: tuple[tuple[str, Kind | None, re.Pattern[str]], ...] = tuple(
    (needed, kind, re.compile(rf"(?<![\w/]){pattern}"))
    for needed, kind, pattern in (
        ("thang", Kind.HALF, rf"(?:0?6|sau)\s+thang\s+(?P<part>dau|cuoi){_OF_YEAR}{_TAIL}"),
        ("nua", Kind.HALF, rf"nua\s+(?:(?:dau|cuoi)\s+)?nam\s+(?P<part>dau|cuoi)\b{_TAIL}"),
        ("nua", Kind.HALF, rf"nua\s+(?P<part>dau|cuoi){_OF_YEAR}{_TAIL}"),
        ("thang", Kind.NINE_MONTHS, rf"(?:0?9|chin)\s+thang\s+dau{_OF_YEAR}{_TAIL}"),
        ("thang", Kind.QUARTER, rf"(?:0?3|ba)\s+thang\s+(?P<part>dau|cuoi){_OF_YEAR}{_TAIL}"),
        ("thang", Kind.HALF, rf"(?:0?6|sau)\s+thang(?:{_OF_YEAR}{_TAIL}(?<=\d{{4}})|{_BARE})"),
        ("thang", Kind.NINE_MONTHS, rf"(?:0?9|chin)\s+thang(?:{_OF_YEAR}{_TAIL}(?<=\d{{4}})|{_BARE})"),
        # Ten months are no period of any regime, but they say of which year the line speaks.
        ("thang", None, rf"(?:0?[24578]|1[01]|hai|bon|bay|tam|muoi(?: mot)?)\s+thang(?:\s+dau)?{_OF_YEAR}{_TAIL}(?<=\d{{4}})"),
        ("thang", Kind.YEAR, rf"(?:12|muoi hai)\s+thang{_OF_YEAR}{_TAIL}(?<=\d{{4}})"),
        ("q", Kind.QUARTER, rf"(?:(?:quy|qui)\s*(?:thu\s+)?|q(?=[1-4]))(?P<index>0?[1-4](?!\d)|(?:iv|i{{1,3}})(?!\w)|(?:mot|hai|ba|bon)\b|tu\b(?=\s+nam|/)){_TAIL}"),
        ("/", Kind.QUARTER, rf"(?P<index>iv|i{{1,3}})\s*/\s*(?:nam\s+)?(?P<year>{YEAR})(?![/\w])"),
        ("thang", Kind.MONTH, rf"(?<!\d\s)thang\s+(?P<index>nam(?=\s+nam\s|\s*/)|{NUMERAL}){_TAIL}"),
        ("t", Kind.MONTH, rf"t(?P<index>{ARABIC})\s*[/.-]\s*(?P<year>{YEAR})"),
        ("nam", Kind.YEAR, rf"nam\s+(?P<year>{YEAR})(?!\s*-\s*\d)"),
    )
)  # fmt: skip
_WHOLE_LINE = re.compile(rf"(?:(?P<month>{ARABIC})\s*[/-]\s*)?(?P<year>{YEAR})")
_TITLE_WITH_YEAR = re.compile(
    rf"(?:bao cao|ke hoach|chuong trinh|so ket|tong ket|ket qua|cong tac)\b(?:.*[^\d\s/.-])?\s+(?P<year>{YEAR})"
)
# What a report says after its results: the period it looks ahead to is not the one it is about.
_OUTLOOK = re.compile(
    r"phuong huong|muc tieu|thoi gian toi|(?<!thuc hien )(?:nhiem vu|ke hoach|chuong trinh)"
)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A period phrase found in a line: where, and the year when it has one of its own. Without kind it is only a year."""

    at: int
    kind: Kind | None
    index: int
    year: int | None


# A title is far shorter; in a page pasted as one line, only what stands at its head can be one.
LONGEST = 5000


def find_period(text: str, default_year: int | None = None) -> Period | None:
    """The reporting period that a line, usually a title, is about; None when it names none.

    Marks, capitals and Unicode form do not matter. When several stand in the line:
    1. what follows the outlook ("phương hướng, nhiệm vụ …") counts only when nothing stands before it;
    2. a part of a year goes before a whole year ("Kết quả thực hiện kế hoạch năm 2023 trong 6 tháng đầu năm");
    3. the first in the line wins: titles name their own period before they compare it.
    A phrase without a year takes the next year named in the line, else the one before, else `default_year`.
    """
    line = plain(re.sub(r"\bquỹ\b|\bthắng\b|\btụ\b", "_", nfc(text[:LONGEST]).lower()))
    try:
        return Period.parse(line.upper())
    except BadPeriod:
        pass
    mentions = _mentions(line)
    outlook = _OUTLOOK.search(line)
    named = [one for one in mentions if one.kind is not None]
    own = [one for one in named if outlook is None or one.at < outlook.start()] or named
    for mention in sorted(own, key=lambda one: (one.kind is Kind.YEAR, one.at)):
        year = mention.year or _year_near(mention, mentions) or default_year
        if year is not None and mention.kind is not None:
            return Period(year, mention.kind, mention.index)
    return None


def _mentions(line: str) -> list[_Mention]:
    """Every period phrase of a plain line, in its order."""
    if whole := _WHOLE_LINE.fullmatch(line):
        month = int(whole["month"] or 1)
        return [_Mention(0, Kind.MONTH if whole["month"] else Kind.YEAR, month, int(whole["year"]))]
    rest = _NOT_PERIODS.sub(lambda found: "_" * len(found[0]), line)
    mentions = []
    for needed, kind, pattern in _PHRASES:
        all_found = list(pattern.finditer(rest)) if needed in rest else ()
        for found in all_found:
            groups = found.groupdict()
            year = int(groups["year"]) if groups.get("year") else None
            mentions.append(_Mention(found.start(), kind, _index(kind, groups) if kind else 1, year))
            rest = f"{rest[: found.start()]}{'_' * len(found[0])}{rest[found.end() :]}"
    if not mentions and (title := _TITLE_WITH_YEAR.fullmatch(rest)):
        mentions.append(_Mention(title.start("year"), Kind.YEAR, 1, int(title["year"])))
    return sorted(mentions, key=lambda one: one.at)


def _index(kind: Kind, groups: dict[str, str | None]) -> int:
    """Which period of its year a phrase means: by its number, or by "đầu" and "cuối"."""
    if number := groups.get("index"):
        return numeral(number)
    return _SHAPES[kind][0] if groups.get("part") == "cuoi" else 1


def _year_near(mention: _Mention, mentions: list[_Mention]) -> int | None:
    """The year that a phrase without one borrows from its neighbours."""
    after = [one.year for one in mentions if one.year is not None and one.at > mention.at]
    before = [one.year for one in mentions if one.year is not None and one.at < mention.at]
    if after:
        return after[0]
    return before[-1] if before else None
