"""Biểu số 06 of TT 02/2017/TT-VPCP and TT 01/2020/TT-VPCP: how a body settled its dossiers. Plain Python.

The form has thirteen numbered columns; eleven are counts. The ledger keeps seven of them, the others follow:

    received (3) = online (4) + in person, by post (5) + carried over from the period before (6)
    settled  (7) = early (8) + on the day (9) + late (10)
    open    (11) = within time (12) + late (13)
    received (3) = settled (7) + open (11)

A commune that keeps the register of its counter here has a row for each field (lĩnh vực), counted from its dossiers; a row
for what the register cannot part, where the ledger has more; and the sum. Dossiers that were withdrawn or stopped are in
column 3 and in no other, those settled without a day in column 7 alone: a note under the form says how many.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from dinhlang.vietnamese.numbers import printed as printed_number

COLUMNS = (
    ("(1) TT", 5.0),
    ("(2) Lĩnh vực", 9.0),
    ("(3) Tổng nhận giải quyết", 8.0),
    ("(4) Trực tuyến", 7.9),
    ("(5) Trực tiếp, bưu chính", 7.9),
    ("(6) Từ kỳ trước", 7.6),
    ("(7) Tổng đã giải quyết", 8.0),
    ("(8) Trước hạn", 8.9),
    ("(9) Đúng hạn", 7.6),
    ("(10) Quá hạn", 6.6),
    ("(11) Tổng đang giải quyết", 8.0),
    ("(12) Trong hạn", 8.9),
    ("(13) Quá hạn", 6.6),
)
"""The columns with their shares of the line, by the longest word of each: thirteen stand on an upright page."""
HEADER = tuple(name for name, _width in COLUMNS)
WIDTHS = tuple(width for _name, width in COLUMNS)
COUNTS = range(3, 14)
"""The columns that hold counts."""


@dataclass(frozen=True, slots=True)
class Dossiers:
    """What is known of a period's dossiers; `None` is unknown.

    `received` came in the period, however they came; `carried` were open when it began; `in_time` were settled early or
    on the day; `open_late` are those of `open` whose day has passed. `left` were withdrawn or stopped, `untimed` settled without
    a day: only a register knows them.
    """

    received: int | None = None
    online: int | None = None
    carried: int | None = None
    settled: int | None = None
    early: int | None = None
    in_time: int | None = None
    late: int | None = None
    open: int | None = None
    open_late: int | None = None
    left: int | None = None
    untimed: int | None = None

    @property
    def columns(self) -> Mapping[int, int | None]:
        """The counts of the form by the number of their column."""
        return {
            3: _sum(self.received, self.carried),
            4: self.online,
            5: _difference(self.received, self.online),
            6: self.carried,
            7: self.settled,
            8: self.early,
            9: _difference(self.in_time, self.early),
            10: self.late,
            11: self.open,
            12: _difference(self.open, self.open_late),
            13: self.open_late,
        }

    def contradictions(self) -> Iterator[str]:
        """What cannot be true together, as sentences; nothing of what is not known."""
        yield from _more(
            "trực tuyến (cột 4)", self.online, "tiếp nhận trong kỳ (cột 4 và cột 5)", self.received
        )
        yield from _more(
            "giải quyết trước hạn (cột 8)", self.early, "giải quyết trước hạn và đúng hạn", self.in_time
        )
        yield from _more(
            "đang giải quyết quá hạn (cột 13)", self.open_late, "đang giải quyết (cột 11)", self.open
        )
        yield from _unequal(
            "đã giải quyết (cột 7)",
            self.settled,
            "trước hạn, đúng hạn và quá hạn (cột 8, 9, 10)",
            _sum(self.in_time, self.late, self.untimed or 0),
        )
        yield from _unequal(
            "nhận giải quyết (cột 3)",
            _sum(self.received, self.carried),
            "đã giải quyết và đang giải quyết (cột 7, 11)",
            _sum(self.settled, self.open, self.left or 0),
        )


_OF_THE_LEDGER = tuple(one.name for one in fields(Dossiers) if one.name not in ("left", "untimed"))


def total(parts: Iterable[Dossiers]) -> Dossiers:
    """What parts are together; a count is unknown where it is unknown of one of them."""
    rows = list(parts)
    return Dossiers(**{one.name: _sum(*(getattr(row, one.name) for row in rows)) for one in fields(Dossiers)})


def rest(whole: Dossiers, parts: Dossiers) -> Dossiers | None:
    """What of the whole no part has, for a row of its own; `None` when there is nothing, or something is unknown or less than its parts."""
    left_over: dict[str, int] = {}
    for name in _OF_THE_LEDGER:
        one, other = getattr(whole, name), getattr(parts, name)
        if one is None or other is None or one < other:
            return None
        left_over[name] = one - other
    found = Dossiers(**left_over)
    drawn = [value for value in found.columns.values() if value is not None]
    # A column that is a difference is unknown when it would be negative.
    return found if any(drawn) and len(drawn) == len(COUNTS) else None


def unlike(whole: Dossiers, parts: Dossiers) -> Iterator[str]:
    """Where the ledger's counts and what the fields add up to are not the same, as one sentence."""
    added = parts.columns
    apart = [
        f"cột {column} ({printed_number(value)} và {printed_number(other)})"
        for column, value in whole.columns.items()
        if value is not None and (other := added[column]) is not None and value != other
    ]
    if apart:
        yield (
            f"Biểu 06: sổ theo dõi hoạt động và sổ hồ sơ một cửa khác nhau ở {', '.join(apart)}. "
            "Đối chiếu hai sổ; rút lại dòng ghi trùng hoặc nhập hồ sơ còn thiếu."
        )


def _sum(*parts: int | None) -> int | None:
    known = [one for one in parts if one is not None]
    return sum(known) if len(known) == len(parts) else None


def _difference(whole: int | None, part: int | None) -> int | None:
    """What is left of the whole; unknown where the part is more than the whole, which is told as a contradiction."""
    return whole - part if whole is not None and part is not None and part <= whole else None


def _more(part_name: str, part: int | None, whole_name: str, whole: int | None) -> Iterator[str]:
    if part is not None and whole is not None and part > whole:
        yield (
            f"Biểu 06: {printed_number(part)} hồ sơ {part_name} nhiều hơn {printed_number(whole)} hồ sơ {whole_name}. "
            "Đối chiếu với bảng xuất từ hệ thống giải quyết thủ tục hành chính rồi ghi lại."
        )


def _unequal(name: str, one: int | None, other_name: str, other: int | None) -> Iterator[str]:
    if one is not None and other is not None and one != other:
        yield (
            f"Biểu 06: số hồ sơ {name} là {printed_number(one)}, cộng {other_name} được {printed_number(other)}. "
            "Đối chiếu với bảng xuất từ hệ thống giải quyết thủ tục hành chính; hồ sơ rút, trả lại thì thuyết minh."
        )
