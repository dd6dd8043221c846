"""The dossiers of one report: what came in, how, what was done with them, and whether it all agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Quantity, of_case
from dinhlang.officialdoc.check.rules.figures.reading import told

_COUNTED = (
    "ho so",
    "phan anh",
    "kien nghi",
    "y kien",
    "don",
    "nhiem vu",
    "vu viec",
    "cong trinh",
    "chi tieu",
    "viec",
    "thu tuc",
    "tthc",
)
# What the words beside a number say it is, the first that fits.
_LATE = r"(?:qua|tre|cham) han"
_NAMES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(words))
    for name, words in (
        (
            "carried",
            r"ky truoc|nam truoc|thang truoc|quy truoc|ton dong|ton ky|chuyen (?:sang|qua|tiep)|ton cu",
        ),
        ("given back", r"\brut\b|tra lai|bo sung|huy\b|tu choi|dung giai quyet"),
        (
            "pending",
            r"(?:dang|chua) (?:trong (?:thoi )?han )?(?:duoc )?(?:giai quyet|xu ly|thuc hien|hoan thanh|niem yet|tra loi)|con (?:lai )?$|^\s*(?:[a-z]+ )?(?:dang|chua|con) |trong han|chua den han|con lai",
        ),
        ("late", _LATE),
        (
            "early or in time",
            r"truoc va dung han|dung (?:han )?va truoc han|truoc han va dung han|dung han va truoc han|truoc, dung han|dung, truoc han",
        ),
        ("early", r"truoc han"),
        ("in time", r"dung han"),
        ("new", r"(?:tiep nhan|nhan|phat sinh) (?:[a-z]+ )?moi|\bmoi tiep nhan"),
        ("online", r"truc tuyen"),
        ("in person", r"truc tiep"),
        ("by post", r"buu chinh"),
        ("done", r"(?:da )?(?:duoc )?(?:giai quyet|xu ly|tra ket qua|hoan thanh|tra loi|niem yet)(?: xong)?"),
        ("taken", r"tiep nhan|tong so|nhan duoc|nop|\bco\b|giao|kiem tra|ra soat|ket luan"),
    )
)
_EQUATIONS: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("taken",), ("carried", "new")),
    (("taken",), ("online", "in person")),
    (("new",), ("online", "in person")),
    (("taken",), ("done", "pending")),
    (("done",), ("early or in time", "late")),
    (("done",), ("early", "in time", "late")),
    (("done",), ("in time", "late")),
)
_OTHERS = {
    ("online", "in person"): ("by post",),
    ("done", "pending"): ("given back", "carried"),
    ("in time", "late"): ("early", "early or in time"),
    ("early", "in time", "late"): ("early or in time",),
}
"""Where one of these is told too, the parts are not all there are."""


@dataclass(frozen=True, slots=True)
class _Entry:
    piece: Piece
    quantity: Quantity


@rule(
    "DL226",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số tiếp nhận, đã giải quyết, còn lại, đúng hạn, quá hạn không khớp nhau",
    bad=[
        said("Tiếp nhận 58 hồ sơ về đất đai, đã giải quyết 51 hồ sơ, còn 17 hồ sơ trong hạn."),
        said("Có 37 nhiệm vụ; đến ngày 14 tháng 6 năm 2023 đã hoàn thành 33 nhiệm vụ, còn 06 nhiệm vụ."),
        said("Tiếp nhận 1.520 hồ sơ; đã giải quyết 1.180 hồ sơ, đang giải quyết 70 hồ sơ."),
        said(
            "- Tổng số hồ sơ tiếp nhận trong năm: 3.260 hồ sơ.\n- Đã giải quyết 3.198 hồ sơ; đang giải quyết 72 hồ sơ."
        ),
        said("Tiếp nhận 5.012 hồ sơ (95% trực tuyến); đã giải quyết 5.890 hồ sơ."),
        said("Đã giải quyết 1.180 hồ sơ. Trong số đó 1.174 hồ sơ trước và đúng hạn, 16 hồ sơ quá hạn."),
    ],
    good=[
        said("Tiếp nhận 58 hồ sơ về đất đai, đã giải quyết 51 hồ sơ, còn 07 hồ sơ trong hạn."),
        said("Tiếp nhận mới 58 hồ sơ, kỳ trước chuyển sang 5 hồ sơ, đã giải quyết 51 hồ sơ, còn 12 hồ sơ."),
        said(
            "Bộ phận Tiếp nhận và Trả kết quả tiếp nhận 1.240 hồ sơ, giải quyết đúng hạn 1.228 hồ sơ, quá hạn 02 hồ sơ."
        ),
        said("Tiếp nhận 1.250 hồ sơ; đã giải quyết 1.180 hồ sơ, đang giải quyết 70 hồ sơ."),
        said("Tiếp nhận 5.012 hồ sơ (95% trực tuyến); đã giải quyết 4.890 hồ sơ."),
        said("Tiếp nhận mới 500 hồ sơ, kỳ trước chuyển sang 20 hồ sơ; đã giải quyết 510 hồ sơ."),
        said("Trong tháng tiếp nhận 50 hồ sơ. Lũy kế đã giải quyết 510 hồ sơ."),
        said(
            "- Đất đai: tiếp nhận 50 hồ sơ, đã giải quyết 40 hồ sơ.\n- Hộ tịch: tiếp nhận 30 hồ sơ, đã giải quyết 30 hồ sơ, đang giải quyết 0 hồ sơ."
        ),
    ],
)
def accounts(case: Case) -> Iterator[Hit]:
    """Within a section each of these may be told once; what is told twice speaks of two things and is left alone."""
    for section in _sections(case):
        units = [one.unit for _, row in section for one in row]
        if len(units) < 2:
            continue
        # Each on a line of its own: one look for all that begin with a word.
        lines = "\n".join(["", *units])
        for unit in _COUNTED:
            if lines.count(f"\n{unit}") < 2:
                continue
            entries = _entries(section, unit)
            if len(entries) > 1:
                yield from _disagreements(entries)


_Section = Sequence[tuple[Piece, Sequence[Quantity]]]


def _sections(case: Case) -> Iterator[_Section]:
    """A heading with the sentences up to the next one: those that tell quantities, with them."""
    quantities = of_case(case)
    run: list[tuple[Piece, Sequence[Quantity]]] = []
    for piece in case.main:
        if piece.part is Part.HEADING and run:
            yield run
            run = []
        if piece in quantities:
            run.append((piece, quantities[piece]))
    if run:
        yield run


def _entries(section: _Section, unit: str) -> Mapping[str, _Entry]:
    found: dict[str, _Entry] = {}
    twice: set[str] = set()
    for piece, row in section:
        for index, one in enumerate(row):
            if one.is_percent or not one.unit.startswith(unit):
                continue
            name = _named(piece, row, index)
            if name is None:
                continue
            if name in found and found[name].quantity.value != one.value:
                twice.add(name)
            found.setdefault(name, _Entry(piece, one))
    return {name: entry for name, entry in found.items() if name not in twice}


_APART = re.compile(
    r"[,;:.()vtg](?:(?<=[,;:.()])(?!\d)|(?<!\w.)(?:(?<=v)a\b(?! dung han| truoc han)|(?<=t)rong do\b|(?<=g)om\b))"
)
_NOT_THESE = re.compile(
    r"luy ke|cung ky|so voi|nam truoc do|tang|giam|binh quan|trung binh|linh vuc|toi thieu|it nhat|phan dau|moi (?:ngay|tuan|thang|quy)|khao sat|xac suat|ngau nhien|thieu|sai|so hoa|thanh toan|chung thuc|/\s*$"
)


_STOP = re.compile(r"[;.](?!\d)")


def _is_opened(text: str) -> bool:
    return text.rstrip().endswith((":", "("))


_COUNTER = "tiep nhan va tra ket qua"
"""The name of a counter, not what was done there."""


def _named(piece: Piece, row: Sequence[Quantity], index: int) -> str | None:
    one = row[index]
    begin = row[index - 1].end if index else 0
    end = row[index + 1].start if index + 1 < len(row) else len(piece.folded)
    before = piece.folded[begin : one.start].replace(_COUNTER, " ")
    after = piece.folded[one.end : end]
    before = (_STOP if _is_opened(before) else _APART).split(before)[-1]
    after = _APART.split(after)[0]
    return _name_of(before, after)


@lru_cache(maxsize=1 << 12)
def _name_of(before: str, after: str) -> str | None:
    """What the words on both sides of a number say it is."""
    if _NOT_THESE.search(before) or _NOT_THESE.search(after):
        return None
    return next((name for name, words in _NAMES if words.search(before) or words.search(after)), None)


def _disagreements(entries: Mapping[str, _Entry]) -> Iterator[Hit]:
    sure: set[str] = set()
    wrong = []
    for (whole,), parts in _EQUATIONS:
        if whole not in entries or any(part not in entries for part in parts):
            continue
        others = _OTHERS.get(parts, ())
        if "carried" in others and {"taken", "carried", "new"} <= sure:
            others = ("given back",)
        if any(other in entries for other in others):
            continue
        total = sum((entries[part].quantity.value for part in parts), Fraction(0))
        if total == entries[whole].quantity.value:
            sure.update((whole, *parts))
        elif abs(total - entries[whole].quantity.value) < entries[whole].quantity.value:
            wrong.append((whole, parts, total))
    for whole, parts, total in wrong:
        yield _hit(entries, whole, parts, total, sure)
    taken, done = entries.get("taken"), entries.get("done")
    if wrong or not taken or not done or "carried" in entries or done.piece is not taken.piece:
        return
    if done.quantity.value > taken.quantity.value:
        start, end = sorted((taken.quantity, done.quantity), key=lambda one: one.start)
        message = f"Đã giải quyết {told(done.quantity.value)}, nhiều hơn số tiếp nhận {told(taken.quantity.value)}: đối chiếu và sửa."
        yield Hit(done.piece, start.start, end.end, message)


def _hit(
    entries: Mapping[str, _Entry], whole: str, parts: Sequence[str], total: Fraction, sure: set[str]
) -> Hit:
    """Shown where the number stands that no other sum bears out."""
    names = [name for name in (*parts, whole) if name not in sure] or [*parts, whole]
    piece = entries[names[0]].piece
    inside = [entries[name].quantity for name in (*parts, whole) if entries[name].piece is piece]
    added = " + ".join(told(entries[part].quantity.value) for part in parts)
    return Hit(
        piece,
        min(one.start for one in inside),
        max(one.end for one in inside),
        f"Số không khớp: {added} = {told(total)}, khác {told(entries[whole].quantity.value)}. Đối chiếu sổ theo dõi và sửa số sai.",
    )


RULES = (accounts,)
