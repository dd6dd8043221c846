"""Steps of a score as decisions write them: "Hoàn thành từ 75% đến dưới 100%: 0,5 điểm". Plain Python."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import fold, one_line

_N = r"(?P<{}>\d+(?:[.,]\d+)?)\s*(?P<{}_unit>%|phan tram)?"
_A, _B = _N.format("a", "a"), _N.format("b", "b")
_TO = r"\s*(?:den|toi|-|–|—)\s*"
# (pattern, lower end included, upper end included)
_SHAPES: tuple[tuple[re.Pattern[str], bool, bool], ...] = tuple(
    (re.compile(shape), low_in, high_in)
    for shape, low_in, high_in in (
        (rf"\btu\s+{_A}{_TO}(?:duoi|nho hon|<)\s*{_B}", True, False),
        (rf"(?:\btren|\bhon|\blon hon|>)\s*{_A}{_TO}(?:duoi|nho hon|<)\s*{_B}", False, False),
        (rf"(?:\btren|\bhon|\blon hon|>)\s*{_A}{_TO}{_B}", False, True),
        (rf"(?:\btu\s+)?{_A}{_TO}{_B}", True, True),
    )
)
_AT_LEAST = re.compile(rf"(?:\btu\s+)?{_A}\s*\D{{0,40}}\btro len\b")
_AT_LEAST_TOO = re.compile(rf"(?:\bit nhat|\btoi thieu|>=|≥)\s*{_A}")
_AT_MOST = re.compile(rf"(?:\btu\s+)?{_A}\s*\D{{0,40}}\btro xuong\b")
_AT_MOST_TOO = re.compile(rf"(?:\bkhong qua|\bkhong vuot qua|\btoi da|\bnhieu nhat|<=|≤)\s*{_A}")
_BELOW = re.compile(rf"(?:\bduoi|\bit hon|\bnho hon|\bchua den|\bkhong du|\bchua du|<)\s*{_A}")
_ABOVE = re.compile(rf"(?:\btren|\bhon|\blon hon|\bvuot|>)\s*{_A}")
_ONE = re.compile(_A)
# The points at the end of a step, after a colon, a dash or an equals sign; or with the word for points.
_POINTS = re.compile(
    r"\s*(?:[:;=]|\s[-–—]|\bđạt|\bđược|\btính)\s*(?P<score>[+-]?\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?\s*[.;]?\s*$"
    r"|\s+(?P<worded>[+-]?\d+(?:[.,]\d+)?)\s*điểm\s*[.;]?\s*$",
    re.I,
)
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Band:
    """The values from `low` to `high`; `None` is open to that side. `is_share` when they are percentages."""

    low: Decimal | None
    high: Decimal | None
    low_in: bool = True
    high_in: bool = False
    is_share: bool = False

    def has(self, value: Decimal) -> bool:
        above = self.low is None or (value >= self.low if self.low_in else value > self.low)
        below = self.high is None or (value <= self.high if self.high_in else value < self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Step:
    """A step as written: its words, its points (`None` when it says none), the values it is for when it names any."""

    text: str
    score: Decimal | None
    band: Band | None


def number(written: str) -> Decimal:
    """'0,5' or '0.5'."""
    return Decimal(written.replace(",", "."))


def step_in(text: str, score: Decimal | None = None) -> Step:
    """A step from its line; `score` when its points stand in a column of their own."""
    text = one_line(text).lstrip("-–—+•*· ").strip()
    found = _POINTS.search(text) if score is None else None
    if found is not None:
        score = number(found["score"] or found["worded"])
        text = text[: found.start()].rstrip(" :;,-–—")
    return Step(text, score, band_in(text))


def band_in(text: str) -> Band | None:
    """The values that a step names; `None` for one that names none, or more than these ('trước ngày 31/01')."""
    folded = fold(text)
    for read in (_two_ends, _one_end):
        found = read(folded)
        if found is not None:
            band, start, end = found
            # Any other number means something else: a date, a document, a second condition.
            return None if re.search(r"\d", folded[:start] + folded[end:]) else band
    return None


def _two_ends(folded: str) -> tuple[Band, int, int] | None:
    for shape, low_in, high_in in _SHAPES:
        if found := shape.search(folded):
            low, high = number(found["a"]), number(found["b"])
            if low > high:
                return None
            is_share = bool(found["a_unit"] or found["b_unit"])
            return Band(low, high, low_in, high_in, is_share), found.start(), found.end()
    return None


def _one_end(folded: str) -> tuple[Band, int, int] | None:
    for shapes, made in (
        ((_AT_LEAST, _AT_LEAST_TOO), lambda at, share: Band(at, None, low_in=True, is_share=share)),
        ((_AT_MOST, _AT_MOST_TOO), lambda at, share: Band(None, at, high_in=True, is_share=share)),
        ((_BELOW,), lambda at, share: Band(None, at, high_in=False, is_share=share)),
        ((_ABOVE,), lambda at, share: Band(at, None, low_in=False, is_share=share)),
        ((_ONE,), _exactly),
    ):
        for shape in shapes:
            if found := shape.search(folded):
                return made(number(found["a"]), bool(found["a_unit"])), found.start(), found.end()
    return None


def _exactly(at: Decimal, share: bool) -> Band:
    # All of it: nothing lies above a hundred per cent, and a rounded figure must not fall through.
    return Band(at, None if share and at == _HUNDRED else at, low_in=True, high_in=True, is_share=share)


def gap_in(bands: Sequence[Band]) -> str:
    """What is wrong with steps that should cover every value from their lowest on: '' when nothing is.

    Below the lowest there are no points. Counts are whole numbers, so '3 – 4' and '5 trở lên' meet.
    """
    by_low = sorted(bands, key=lambda one: (one.low is not None, one.low or Decimal(0), not one.low_in))
    for before, after in pairwise(by_low):
        if before.high is None or (after.low is not None and before.high > after.low):
            return _("hai mức chồng lên nhau ở giá trị %(value)s") % {"value": _told(after.low)}
        if after.low is None:
            return _("hai mức cùng tính từ giá trị thấp nhất")
        if before.high == after.low:
            if before.high_in and after.low_in:
                return _("hai mức chồng lên nhau ở giá trị %(value)s") % {"value": _told(after.low)}
            if not before.high_in and not after.low_in:
                return _("không mức nào tính cho giá trị %(value)s") % {"value": _told(after.low)}
        elif not _meet_as_counts(before, after):
            return _("không mức nào tính cho giá trị từ %(low)s đến %(high)s") % {
                "low": _told(before.high),
                "high": _told(after.low),
            }
    last = by_low[-1]
    if last.high is not None and not (last.is_share and last.high >= _HUNDRED):
        return _("không mức nào tính cho giá trị trên %(value)s") % {"value": _told(last.high)}
    return ""


def _meet_as_counts(before: Band, after: Band) -> bool:
    return (
        not before.is_share
        and not after.is_share
        and before.high is not None
        and after.low is not None
        and before.high_in
        and after.low_in
        and after.low - before.high == 1
    )


def _told(value: Decimal | None) -> str:
    return "0" if value is None else printed(float(value))
