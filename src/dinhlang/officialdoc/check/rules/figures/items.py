"""Amounts told one under another: what a list adds up to, and the shares in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Quantity, of_case
from dinhlang.officialdoc.check.rules.figures.reading import agrees, percent_of, told
from dinhlang.officialdoc.check.wording import COLON, PERCENT_SIGN
from dinhlang.periods.identifier import Kind as PeriodKind

_LEAST, _MOST = 2, 30
# What opens a list as all there is of the number before it.
_OPENS = re.compile(
    r"(?:trong do|gom|bao gom|cu the|nhu sau|chia ra|phan theo[a-z ]*|chia theo[a-z ]*)\s*(?:co|la|nhu sau)?\s*:\s*$"
)
_PARTLY = re.compile(r"trong do\s*(?:co)?\s*:\s*$")
# A line of a list that is no part beside the others: told of the same things once more, or of other times.
_NO_PART = re.compile(
    r"\b(?:tong|cong|luy ke|cung ky|binh quan|trung binh|moi|tang|giam|so voi|du kien|ke hoach|con lai)\b"
)


def _is_item(piece: Piece) -> bool:
    return piece.part in (Part.ITEM, Part.HEADING) and piece.number is not None


def _list_after(main: Sequence[Piece], at: int) -> list[Piece]:
    """The items of one kind of mark that follow a paragraph."""
    found: list[Piece] = []
    for piece in main[at + 1 : at + 1 + _MOST]:
        if not _is_item(piece) or (found and _mark(piece) != _mark(found[0])):
            break
        found.append(piece)
    return found


def _mark(piece: Piece) -> str:
    number = piece.number or ""
    return "1" if number[:1].isdecimal() else "a" if len(number) == 1 and number.isalpha() else number[:2]


@rule(
    "DL248",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các ý liệt kê cộng lại khác tổng nêu ở câu dẫn",
    needs=COLON,
    bad=[
        said("Tổng kinh phí là 78 triệu đồng, trong đó:\n- In tờ gấp: 24 triệu đồng;\n- Hội nghị: 18 triệu đồng;\n- Nhuận bút: 26 triệu đồng.\nĐã chi đủ."),
        said("Tiếp nhận 5.220 hồ sơ, cụ thể:\n- Hộ tịch: 3.240 hồ sơ;\n- Đất đai: 870 hồ sơ;\n- Lĩnh vực khác: 1.010 hồ sơ.\nĐã giải quyết xong."),
    ],
    good=[
        said("Tổng kinh phí là 68 triệu đồng, trong đó:\n- In tờ gấp: 24 triệu đồng;\n- Hội nghị: 18 triệu đồng;\n- Nhuận bút: 26 triệu đồng.\nĐã chi đủ."),
        said("Tiếp nhận 5.220 hồ sơ, trong đó:\n- Hộ tịch: 3.240 hồ sơ;\n- Trực tuyến: 4.100 hồ sơ.\nĐã giải quyết xong."),
        said("Tiếp nhận 5.220 hồ sơ, trong đó:\n- Hộ tịch: 240 hồ sơ;\n- Đất đai: 110 hồ sơ.\nĐã giải quyết xong."),
    ],
)  # fmt: skip
def items_make_the_whole(case: Case) -> Iterator[Hit]:
    """'Tổng … 68 triệu đồng, trong đó:' and a list each item of which tells one amount of the same things."""
    quantities = of_case(case)
    main = case.main
    for at, piece in enumerate(main):
        if not piece.text.rstrip().endswith(":") or piece not in quantities:
            continue
        opened = _OPENS.search(piece.folded)
        wholes = [one for one in quantities[piece] if not one.is_percent and one.unit]
        items = _list_after(main, at) if opened and wholes else []
        if len(items) < _LEAST:
            continue
        parts = [_only(quantities.get(item, ()), wholes[-1]) for item in items]
        if None in parts or any(_NO_PART.search(item.folded) for item in items):
            continue
        amounts = [part.value for part in parts if part is not None]
        total, whole = sum(amounts, Fraction(0)), wholes[-1]
        # What overlaps or leaves out is far from the whole; a slip is near it.
        near = abs(total - whole.value) * 4 <= whole.value
        if total != whole.value and (near if _PARTLY.search(piece.folded) else total * 2 > whole.value):
            added = " + ".join(told(amount) for amount in amounts)
            message = f"Các ý bên dưới cộng lại: {added} = {told(total)}, ở đây ghi {told(whole.value)}. Đối chiếu và sửa số sai."
            yield Hit(piece, whole.start, whole.end, message)


def _only(row: Sequence[Quantity], whole: Quantity) -> Quantity | None:
    """The one amount of an item that counts what the whole counts; what stands in a bracket after it says more of it."""
    alike = [one for one in row if not one.is_percent and one.counts_like(whole)]
    return alike[0] if alike and (len(alike) == 1 or row[0] is alike[0]) else None


@rule(
    "DL247",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ của các ý liệt kê không khớp với số của chúng",
    needs=PERCENT_SIGN,
    bad=[said("Nguồn vốn:\n- Ngân sách tỉnh: 213.000.000 đồng (60%).\n- Ngân sách xã: 142.000.000 đồng (45%).\nĐề nghị phê duyệt.")],
    good=[
        said("Nguồn vốn:\n- Ngân sách tỉnh: 213.000.000 đồng (60%).\n- Ngân sách xã: 142.000.000 đồng (40%).\nĐề nghị phê duyệt."),
        said("Kết quả:\n- Thu ngân sách: 213.000.000 đồng (71%).\n- Chi ngân sách: 142.000.000 đồng (85%).\nĐề nghị phê duyệt."),
    ],
)  # fmt: skip
def shares_of_items(case: Case) -> Iterator[Hit]:
    """Amounts that make up a whole, each with its share: all agree but one."""
    quantities = of_case(case)
    run: list[tuple[Piece, Quantity, Quantity]] = []
    for piece in (*case.main, None):
        row = quantities.get(piece, ()) if piece is not None and "%" in piece.text and _is_item(piece) else ()
        if piece is not None and len(row) == 2 and row[1].is_percent and row[0].unit and _beside(piece, *row):
            run.append((piece, row[0], row[1]))
            continue
        if len(run) >= _LEAST and all(a.counts_like(b) for (_, a, _), (_, b, _) in pairwise(run)):
            yield from _wrong_shares(run)
        run = []


def _beside(piece: Piece, amount: Quantity, share: Quantity) -> bool:
    return bool(
        re.fullmatch(
            r"[^.;:()\d]{0,12}[(,]\s*(?:chiem|dat|t[iy] le)?\s*", piece.folded[amount.end : share.start]
        )
    )


def _wrong_shares(run: Sequence[tuple[Piece, Quantity, Quantity]]) -> Iterator[Hit]:
    total = sum((amount.value for _, amount, _ in run), Fraction(0))
    percents = [piece.text[share.start : share.end].rstrip("% ") for piece, _, share in run]
    if not total:
        return
    wrong = [at for at, (_, amount, _) in enumerate(run) if not agrees(amount.value, total, percents[at])]
    if len(wrong) == 1:
        piece, amount, share = run[wrong[0]]
        right = percent_of(amount.value, total, percents[wrong[0]])
        message = f"{told(amount.value)}/{told(total)} là {right}%, ở đây ghi {percents[wrong[0]]}%: đối chiếu số liệu và sửa."
        yield Hit(piece, share.start, share.end, message)


_IN_QUARTER = re.compile(r"\bquy\s+(?P<quarter>iv|i{1,3})\b[^,;.\d]{0,40}$")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_ENDS = {PeriodKind.HALF: 2, PeriodKind.NINE_MONTHS: 3, PeriodKind.YEAR: 4}


@rule(
    "DL246",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số của các quý cộng lại khác số của cả kỳ",
    bad=[
        said(
            "Tổ chức 14 hội nghị tại 07 ấp với 1.120 lượt người dự; trong đó quý I tổ chức 06 hội nghị, quý II tổ chức 09 hội nghị.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        )
    ],
    good=[
        said(
            "Tổ chức 14 hội nghị tại 07 ấp với 1.120 lượt người dự; trong đó quý I tổ chức 06 hội nghị, quý II tổ chức 08 hội nghị.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        ),
        said("Tổ chức 14 hội nghị; quý I tổ chức 06 hội nghị, quý II tổ chức 05 hội nghị."),
    ],
)
def quarters_make_the_period(case: Case) -> Iterator[Hit]:
    """The quarters of the period of the report, all of them, in one sentence after their sum."""
    period = case.period
    last = _ENDS.get(period.kind) if period is not None else None
    if last is None or (period is not None and period.kind is PeriodKind.HALF and period.last_month != 6):
        return
    for piece, row in of_case(case).items():
        if piece.folded.count("quy i") < _LEAST:
            continue
        found: dict[int, Quantity] = {}
        for one in row:
            named = _IN_QUARTER.search(piece.folded, max(0, one.start - 60), one.start)
            if named and not one.is_percent and one.unit:
                found.setdefault(_QUARTERS[named["quarter"]], one)
        if sorted(found) != list(range(1, last + 1)):
            continue
        parts = [found[quarter] for quarter in sorted(found)]
        whole = next(
            (
                one
                for one in row
                if one.end < parts[0].start
                and one.counts_like(parts[0])
                and one.value > max(part.value for part in parts)
            ),
            None,
        )
        total = sum((part.value for part in parts), Fraction(0))
        if whole is not None and whole.value != total and all(part.counts_like(whole) for part in parts):
            added = " + ".join(told(part.value) for part in parts)
            message = f"Các quý cộng lại: {added} = {told(total)}, cả kỳ ghi {told(whole.value)}. Đối chiếu và sửa số sai."
            yield Hit(piece, parts[0].start, parts[-1].end, message)


# Two words that part a thing in two, before the number or behind it.
_HALVES = (
    (r"dot xuat", r"theo ke hoach|dinh ky|thuong xuyen"),
    (r"truc tuyen", r"truc tiep"),
    (r"co ly do", r"khong (?:co )?ly do"),
    (r"co phep", r"khong phep"),
    (r"nam", r"nu"),
)
_HALF_REACH = 40
# Quantities before the halves among which their whole may be.
_NEAR_BY = 8


@rule(
    "DL910",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Hai nửa của một số cộng lại khác số ấy",
    bad=[said("Đoàn kiểm tra 08 đơn vị, gồm 07 xã và 01 thị trấn; kiểm tra đột xuất 05 đơn vị, theo kế hoạch 04 đơn vị.")],
    good=[
        said("Đoàn kiểm tra 08 đơn vị, gồm 07 xã và 01 thị trấn; kiểm tra đột xuất 05 đơn vị, theo kế hoạch 03 đơn vị."),
        said("Kiểm tra 08 đơn vị; trong quý kiểm tra đột xuất 02 đơn vị, theo kế hoạch 01 đơn vị."),
    ],
)  # fmt: skip
def halves(case: Case) -> Iterator[Hit]:
    """A number, others, and then the two parts it falls into, near enough to the whole to have been meant."""
    for piece, row in of_case(case).items():
        if len(row) < _LEAST + 1:
            continue
        for at in range(2, len(row) - 1):
            one, other = row[at], row[at + 1]
            if other.start - one.end > _HALF_REACH:
                continue
            if one.is_percent or not one.unit or not one.counts_like(other):
                continue
            before = piece.folded[max(row[at - 1].end, one.start - _HALF_REACH) : one.start]
            between = piece.folded[one.end : other.start]
            if not _are_halves(before, between):
                continue
            wholes = [
                w
                for w in row[max(0, at - _NEAR_BY) : at - 1]
                if w.counts_like(one) and w.value > max(one.value, other.value)
            ]
            total = one.value + other.value
            if (
                not wholes
                or any(w.value == total for w in wholes)
                or abs(wholes[0].value - total) * 4 > wholes[0].value
            ):
                continue
            message = f"{told(one.value)} + {told(other.value)} = {told(total)}, khác {told(wholes[0].value)}. Đối chiếu và sửa số sai."
            yield Hit(piece, one.start, other.end, message)


def _are_halves(before: str, between: str) -> bool:
    return any(
        (re.search(rf"\b(?:{a})\b", before) and re.search(rf"\b(?:{b})\b", between))
        or (re.search(rf"\b(?:{b})\b", before) and re.search(rf"\b(?:{a})\b", between))
        for a, b in _HALVES
    )


RULES = (items_make_the_whole, shares_of_items, quarters_make_the_period, halves)
