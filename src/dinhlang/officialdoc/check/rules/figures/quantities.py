"""The quantities of a sentence one after another, and which of them are parts of which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.noted import WordKind
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.rules.figures.reading import decimal
from dinhlang.officialdoc.check.wording import NUMBER
from dinhlang.officialdoc.kept import once

_QUANTITY = re.compile(
    # The digit comes first, then what may not stand before it: so the search skips to digits at once.
    r"(?P<value>\d(?<![\w.,/:-]\d)(?:\d{0,2}(?:\.\d{3})+(?:,\d+)?|\d{0,11}(?:,\d{1,4})?))(?P<percent>\s*%)?"
    r"(?!\w|\s*/\s*\d|[.,:-]\d|\s*/[a-z]+-|\s*-\s*\d)(?P<unit>(?:\s+[a-z]+){0,3})"
)
# After these a number is a name or a day: 'Điều 5', 'tháng 7', 'mức độ 4'.
_NAMED = re.compile(
    r"(?:\b(?<!mỗi )(?<!Mỗi )(?<!quân )(?:ngày|tháng|năm|quý|điều|khoản|mục|mức độ|thứ|đợt|khóa|khoá|chương|phần|kỳ|cấp|lớp|hạng|loại|quyển|tập|cột|tuần|quốc lộ|tổng đài|đường|quận|lúc|hồi))\s+$",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?<!mỗi )(?<!Mỗi )\b(?:ấp|thôn|tổ|khu|khu phố|xóm|bản|tổ dân phố|phường|(?<!tổng )(?<!hồ sơ )(?<!tần )số)\s+$",
    re.IGNORECASE,
)
# How the words of the two end: looked at first, since few numbers have one of them before them.
# fmt: off
_NAMES_END = (
    "ngày", "tháng", "năm", "quý", "điều", "khoản", "mục", "độ", "thứ", "đợt", "khóa", "khoá", "chương", "phần", "kỳ",
    "cấp", "lớp", "hạng", "loại", "quyển", "tập", "cột", "tuần", "lộ", "đài", "đường", "quận", "lúc", "hồi",
)
# fmt: on
# Nearly all of them; 'mỗi tháng 5' and 'bình quân năm 5' tell numbers.
_OF_DATES = (" ngày ", " tháng ", " năm ")
_PLACES_END = ("ấp", "thôn", "tổ", "khu", "phố", "xóm", "bản", "phường", "số")
_COUNTS = re.compile(r"^(?:nguoi|ho|phieu|luot|tin|bai|cum|dong|trieu|ty|buoi|can bo|cong chuc|to|cuoc)\b")
# 'lượt tin' counts news; 'lượt người' is something else than people.
_BROADCAST = ("tin", "bai")
_CLOCK = re.compile(r"\s*(?:gio|h)\b(?:\s*\d|\s+ngay|,)")
_WORTH = {
    "ty": Fraction(1000),
    "trieu": Fraction(1),
    "nghin": Fraction(1, 1000),
    "ngan": Fraction(1, 1000),
    "dong": Fraction(1, 10**6),
}
_MONEY = re.compile(r"^(ty|trieu|nghin|ngan)\s+dong\b|^(dong)\b")
_PEOPLE = re.compile(
    r"^(?:nguoi|dai bieu|can bo|cong chuc|vien chuc|thanh vien|dong chi|nhan vien|hoc vien|uy vien|ong|ba|chuyen vien|dai dien)\b"
)
_TIMES_OF_NEWS = frozenset({"luot", "tin", "bai"})
_SAME = (frozenset({"tin", "bai"}), frozenset({"phan", "kien", "pakn"}), frozenset({"don", "vu"}))


@dataclass(slots=True, unsafe_hash=True)
class Quantity:
    """A number with what it counts. `value` of money is in millions; `unit` is folded, `""` where none stands.

    Nobody changes one; it is not frozen because a frozen one takes three times as long to make.
    """

    value: Fraction
    unit: str
    start: int
    end: int
    is_percent: bool

    @property
    def is_money(self) -> bool:
        return self.unit == "money"

    def counts_like(self, other: Quantity) -> bool:
        """Whether both count the same things."""
        if self.unit == other.unit:
            return True
        one, two = self.unit.split(" ")[0], other.unit.split(" ")[0]
        if self.unit == "luot" or other.unit == "luot":
            # '162 lượt tin, bài (quý I: 48 lượt; …)'.
            return {one, two} <= _TIMES_OF_NEWS
        if "money" in (one, two) or not one or not two:
            return False
        if "people" in (one, two):
            return False
        return one == two or any({one, two} <= group for group in _SAME)


def quantities_in(piece: Piece) -> tuple[Quantity, ...]:
    """All quantities of a piece; numbers of laws, days and articles are none."""
    found = []
    for match in _QUANTITY.finditer(piece.folded):
        number, percent, words = match.groups()
        start, end = match.span("value")
        near = max(0, start - 14)
        before = piece.text[near:start]
        if before.endswith(_OF_DATES) and "ỗi" not in before and "uân" not in before:
            continue
        word = before.rstrip().lower() if before[-1:].isspace() else ""
        if word.endswith(_NAMES_END) and _NAMED.search(piece.text, near, start):
            continue
        unit = _unit(words)
        if unit.may_be_clock and _CLOCK.match(piece.folded, end):
            continue
        if not unit.is_counted and word.endswith(_PLACES_END) and _PLACE.search(piece.text, near, start):
            continue
        value = decimal(number)
        if percent:
            found.append(Quantity(value, "%", start, match.end("percent"), True))
        elif unit.worth is not None:
            found.append(Quantity(value * unit.worth, unit.name, start, end + unit.length, False))
        else:
            found.append(Quantity(value, unit.name, start, end, False))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What the words after a number say it counts; of money the worth in millions, and how long its words are."""

    name: str
    is_counted: bool
    may_be_clock: bool
    worth: Fraction | None = None
    length: int = 0


@lru_cache(maxsize=1 << 12)
def _unit(words: str) -> _Unit:
    counted = words.lstrip()
    name = " ".join(words.split()).removeprefix("luot ")
    name = name if name.startswith(_BROADCAST) else " ".join(words.split())
    is_counted = bool(_COUNTS.match(counted) or _PEOPLE.match(counted))
    may_be_clock = counted.startswith("gio") or counted[:2].strip() == "h"
    if money := _MONEY.match(name):
        length = len(words) - len(counted) + len(money[0])
        return _Unit("money", is_counted, may_be_clock, _WORTH[money[1] or money[2]], length)
    return _Unit("people" if _PEOPLE.match(name) else name, is_counted, may_be_clock)


_TOLD = (*PROSE, Part.HEADING)


@once
def of_case(case: Case) -> Mapping[Piece, Sequence[Quantity]]:
    """The quantities of every sentence of a document; a numbered sentence may have been read as a heading."""
    found = {}
    for piece in case.of(*_TOLD, saying=NUMBER):
        quantities = quantities_in(piece)
        if quantities:
            found[piece] = quantities
    return found


def told_with(case: Case, kind: WordKind) -> Sequence[tuple[Piece, Sequence[Quantity]]]:
    """The sentences with quantities that have a word of the kind too, and their quantities."""
    told = of_case(case)
    return [(piece, told[piece]) for piece in case.of(*_TOLD, saying=NUMBER & kind) if piece in told]


_GOES_ON = r"(?:\((?!\d)|[^.;:()]){0,90}?"
_LINK = re.compile(
    r"^(?P<of>(?:[^.;:()]|\.(?=\S)){0,90}?)(?:"
    r"(?P<partly>[,;:(.]?\s*\(?trong do\b(?:\s+co)?\s*:?)"
    r"|(?P<wholly>[,;:(]?\s*(?:bao )?gom\b(?:\s+co)?\s*:?|[,;:(]\s*(?:cu the|chia ra)\s*(?:la|nhu sau)?\s*:?)"
    r"|(?P<colon>:)|(?P<bracket>\()"
    r")(?P<label>[^.;()]*)$"
)
# One of these stands in every link.
_HAS_LINK = re.compile(r":|\(|trong do|gom|cu the|chia ra")
_AMONG = re.compile(r"(?:^|[.;:]\s+)trong\s+(?:so\s+|tong so\s+)?$")
_AMONG_THEM = re.compile(
    r"^(?P<of>[^.;:(),]{0,60})(?:(?P<partly>,\s*(?:co\s+|da co\s+)?)|(?P<wholly>=)|(?P<colon>=)|(?P<bracket>=))(?P<label>[^.;:(),]{0,40})$"
)
_STOPS = re.compile(
    r"\btrong do\b|\b(?:t[iy] le|tang|giam|so voi|binh quan|trung binh|luy ke|cung ky|ke hoach|vuot|bang|con lai la|tong|chi tieu|du toan|mo rong|tuong duong|uoc|khoang|hon|gan|tren|duoi|tu|den|muc|thoi luong|gia tri)\s*$"
)
_EACH = re.compile(r"\b[Mm]ỗi\b")
# What each month or each has is no whole of what follows.
_IS_MEAN = re.compile(
    r"\b(?:binh quan|trung binh|moi (?:thang|quy|tuan|ngay|nam))(?: moi)?(?: [a-z]+){0,2}\s+$"
)
_AFTER = re.compile(r"[,;.(]|\bva\b")
# No list is longer: without an end in sight each number of an endless line would be looked at from every other.
_LONGEST_LIST, _MOST_PARTS = 3000, 200
_SENTENCE_END = re.compile(r"\.(?=\s|$)")
_GENERIC = re.compile(
    r"^(?:van ban|y kien|cuoc|muc tieu|don vi|co quan|people|thanh vien|noi dung|thiet bi|hang muc|cong trinh|nhom|loai|linh vuc|chi tieu|nhiem vu|dau moi|truong|tai lieu)\b"
)
# Of the same people: one may be a woman and a member of the Party.
_OVERLAPPING = re.compile(
    r"\b(?:dang vien|dan toc|ton giao|trinh do|dai hoc|thac si|cao dang|trung cap|tre em|cao tuoi|khuyet tat|doan vien|bien che)\b"
)
_WOMEN = re.compile(r"\bnu\b")
_MEN = re.compile(r"\bnam\b")


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A whole and its parts.

    `is_whole`: the sentence gives them as all there are (`is_sure`: in so many words); `is_open`: others follow that
    are counted otherwise.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]
    labels: tuple[str, ...]
    is_whole: bool
    is_sure: bool
    is_open: bool

    @property
    def total(self) -> Fraction:
        return sum((part.value for part in self.parts), Fraction(0))

    @property
    def overlaps(self) -> bool:
        """Whether a thing may be counted in two parts."""
        if any(_OVERLAPPING.search(label) for label in self.labels):
            return True
        women = any(_WOMEN.search(label) for label in self.labels)
        return women and not any(_MEN.search(label) for label in self.labels)


@once
def breakdowns_of(case: Case) -> Mapping[Piece, Sequence[Breakdown]]:
    """Each quantity of a document that is told by its parts, with them."""
    told = {
        piece: tuple(_breakdowns(piece, quantities))
        for piece, quantities in of_case(case).items()
        if len(quantities) > 1
    }
    return {piece: found for piece, found in told.items() if found}


def _breakdowns(piece: Piece, quantities: Sequence[Quantity]) -> Iterator[Breakdown]:
    for index, whole in enumerate(quantities[:-1]):
        if whole.is_percent or not whole.value:
            continue
        following = quantities[index + 1]
        if following.is_percent:
            places = range(index + 2, len(quantities))
            counted = next((quantities[at] for at in places if not quantities[at].is_percent), None)
            if counted is None:
                continue
            following = counted
        between = piece.folded[whole.end : following.start]
        # No point, bracket or semicolon stands behind a link.
        tail = max(between.rfind("."), between.rfind(";"), between.rfind(")")) + 1
        link = _LINK.match(between) if _HAS_LINK.search(between, tail) else None
        if link is None and "trong" in piece.folded[max(0, whole.start - 12) : whole.start]:
            is_among = _AMONG.search(piece.folded, max(0, whole.start - 12), whole.start)
            link = _AMONG_THEM.match(between) if is_among else None
        if link is None or _IS_MEAN.search(piece.folded, max(0, whole.start - 40), whole.start):
            continue
        opened = whole.end + (link.start("partly") if link["partly"] else link.start("bracket"))
        within_bracket = link["bracket"] or "(" in (link["partly"] or link["wholly"] or "")
        begin = whole.end + link.start("label")
        end = _end_of_list(piece.folded, begin, bool(within_bracket), opened)
        rest = quantities[index + 1 : index + 1 + _MOST_PARTS]
        parts, labels, is_open = _parts(piece, whole, rest, begin, end)
        if parts:
            is_told = _are_the_two(piece, whole, parts)
            is_whole = (is_told or not link["partly"]) and not is_open
            yield Breakdown(
                whole, tuple(parts), tuple(labels), is_whole, is_told or bool(link["wholly"]), is_open
            )


_OF_TWO = re.compile(r"\s+(?:luot\s+)?(?P<one>[a-z]+(?: [a-z]+)?)\s*,\s*(?P<other>[a-z]+(?: [a-z]+)?)\b")


def _are_the_two(piece: Piece, whole: Quantity, parts: Sequence[Quantity]) -> bool:
    """'36 tin, bài': news and articles, and the parts are so many news and so many articles."""
    named = _OF_TWO.match(piece.folded, whole.end)
    if named is None or len(parts) != 2:
        return False
    told = [piece.folded[part.end :].lstrip() for part in parts]
    return all(
        any(
            (text.startswith(name) and not re.match(r"\s*,\s*[a-z]+", text[len(name) :]))
            or text.startswith(name)
            for text in told
        )
        for name in named.groups()
    ) and not any(text.startswith(f"{named['one']}, {named['other']}") for text in told)


# 'đợt 1', 'thôn 3': no count.
_ORDERED = re.compile(r"\b(?:dot|thon|khu|giai doan|lan|nhom|buoc|quy|thang)\s+\d{1,2}\b")


def _end_of_list(folded: str, begin: int, within_bracket: bool, opened: int) -> int:
    furthest = min(len(folded), begin + _LONGEST_LIST)
    if within_bracket:
        close = folded.find(")", begin, furthest)
        return close if close >= 0 else furthest
    stop = _SENTENCE_END.search(folded, begin, furthest)
    end = stop.start() if stop else furthest
    close = _unopened(folded, begin, end)
    end = close if close >= 0 else end
    semicolon = folded.find(";", begin, end)
    if semicolon > 0:
        first = re.sub(r"\([^)]*\)", "", _ORDERED.sub(" ", folded[begin:semicolon]))
        if len(re.findall(r"(?<![\d.,])\d[\d.,]*(?!\s*%)", first)) > 1:
            return semicolon
    return end


def _unopened(folded: str, begin: int, end: int) -> int:
    depth = 0
    for at in range(begin, end):
        if folded[at] == "(":
            depth += 1
        elif folded[at] == ")":
            depth -= 1
            if depth < 0:
                return at
    return -1


def _parts(
    piece: Piece, whole: Quantity, rest: Sequence[Quantity], begin: int, end: int
) -> tuple[list[Quantity], list[str], bool]:
    """The run of quantities of the same things up to the end of the list, with the words before and after each; whether
    others follow."""
    folded = piece.folded
    parts: list[Quantity] = []
    labels: list[str] = []
    at = begin
    mixed = bool(_GENERIC.match(whole.unit))
    for number, one in enumerate(rest):
        if one.start >= end:
            break
        if one.start < begin:
            continue
        before = folded[at : one.start]
        if one.is_percent or before.count("(") > before.count(")"):
            # A share, or what a bracket adds to the part before it.
            at = one.end if one.is_percent else at
            continue
        label = re.sub(r"\([^)]*\)?", "", before)
        same = one.counts_like(whole) or not one.unit
        if not same and not (mixed and re.fullmatch(r"\s*|[\s\w]*[,;]\s*(?:va\s+)?|[\s\w]*\bva\s+", label)):
            return parts, labels, True
        if _STOPS.search(label) or _EACH.search(piece.text, at, one.start):
            break
        next_start = min([end, *(other.start for other in rest[number + 1 : number + 2])])
        parts.append(one)
        labels.append(f"{label} {_AFTER.split(folded[one.end : next_start])[0]}")
        at = one.end
    return parts, labels, False
