"""Figures of a sentence that do not add up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import takewhile

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import signs
from dinhlang.officialdoc.check.pieces import PROSE, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Breakdown, Quantity, breakdowns_of, of_case
from dinhlang.officialdoc.check.rules.figures.reading import (
    DECIMAL,
    NUMBER,
    QUANTITY,
    UNIT,
    decimal,
    is_slip,
    number,
    printed,
    told,
)

# Parts of a whole that leave nothing out: only they must add up where the sentence does not say so itself.
_COMPLEMENTS = (
    ("truc tuyen", "truc tiep"),
    ("truc tuyen", "truc tiep", "buu chinh"),
    ("truoc han", "dung han", "qua han"),
    ("truoc han", "dung han", "tre han"),
    ("truoc va dung han", "qua han"),
    ("dung va truoc han", "qua han"),
    ("dung han", "tre han"),
    ("dung han", "qua han"),
    ("da giai quyet", "dang giai quyet"),
    ("da giai quyet", "chua giai quyet"),
    ("nam", "nu"),
    ("ky truoc", "moi"),
    ("hoat dong", "hong"),
    ("dat", "khong dat"),
    ("dat", "chua dat"),
)
_SUM = re.compile(
    rf"(?P<whole>{NUMBER})\s*(?:{UNIT}\s*)?(?:=|\()\s*(?P<parts>(?:{NUMBER})(?:\s*\+\s*(?:{NUMBER}))+)"
)
_SOLVED = re.compile(
    rf"giai quyet\s+(?P<whole>{NUMBER})(?:\s*/\s*{NUMBER})?\s+(?P<unit>ho so)\b\s*[,:(]\s*(?P<parts>[^.;()]{{5,200}}?qua han[^.;()\d]{{0,12}}{NUMBER}[^.;()]{{0,20}}?)(?=[.;)]|$)"
)


@rule(
    "DL220",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các phần cộng lại khác tổng (trong câu)",
    bad=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó: trực tuyến 2.255 hồ sơ, trực tiếp 1.643 hồ sơ."),
        said("Đã giải quyết 9.986 hồ sơ (9.143 + 743)."),
        said("Tổng số 9.986 = 9.143 + 743."),
        said("Xã có 21 cán bộ, công chức (10 cán bộ và 12 công chức)."),
        said("Kiểm tra xác suất 20 hồ sơ: 19 hồ sơ đúng quy trình, 02 hồ sơ thiếu phiếu hẹn."),
        said("Năm 2023 kiểm tra 10 đơn vị, gồm: 03 phòng, 01 trung tâm, 01 trạm y tế và 06 trường học."),
        said("Kinh phí 48 triệu đồng, gồm: tuyên truyền 18 triệu đồng, mua sắm thiết bị 20 triệu đồng."),
        said("Đăng 84 tin, bài (tháng 7: 18 tin, bài; tháng 8: 26 tin, bài; tháng 9: 30 tin, bài)."),
        said("Toàn xã có 15 cụm loa; hiện 09 cụm còn hoạt động, 07 cụm đã hỏng."),
        said("Xã có 24 cụm loa tại 8 thôn. Qua kiểm tra, 14 cụm loa còn hoạt động tốt, 07 cụm loa bị rè."),
        said("Xã có 45 cụm loa tại 15 xóm; trong đó 28 cụm loa còn hoạt động tốt, 15 cụm loa đã hỏng."),
        said("Số hóa tại 10 xã, chia làm hai đợt: đợt 1 gồm 04 xã; đợt 2 gồm 05 xã còn lại."),
        said("Phát 36 lượt tin, bài (trong đó: 20 tin, 14 bài)."),
        said("Niêm yết 07 thủ tục mới ban hành, 03 thủ tục bị bãi bỏ (tổng cộng 11 thủ tục)."),
        said("Có 214 bài dự thi của 21 ấp; trao 01 giải Nhất, 02 giải Nhì và 05 giải Ba (tổng cộng 9 giải)."),
        said(
            "Có 71 xã, phường tham gia; 58 xã, phường gửi đúng hạn, 09 xã, phường gửi chậm, 05 xã, phường chưa gửi."
        ),
        said("Hồ sơ một phần: 1.050 hồ sơ, toàn trình: 320 hồ sơ; tổng 1.470 hồ sơ."),
    ],
    good=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó: trực tuyến 2.255 hồ sơ, trực tiếp 1.463 hồ sơ."),
        said("Tiếp nhận 3.718 hồ sơ, trong đó trực tuyến 2.255 hồ sơ; giải quyết đúng hạn 3.700 hồ sơ."),
        said("Tổng số 59.010 = 57.028 + 1.982."),
        said("Đã đăng 108 tin, bài, trong đó có 36 tin, bài về cải cách hành chính."),
        said("Đã đăng 108 tin, bài, trong đó có 64 tin, 40 bài và 04 phóng sự."),
        said("Xã có 21 công chức, trong đó nữ 9 người, đảng viên 20 người, trình độ đại học 19 người."),
        said("Toàn xã có 15 cụm loa; hiện 09 cụm còn hoạt động, 06 cụm đã hỏng."),
        said("Niêm yết 07 thủ tục mới ban hành, 03 thủ tục bị bãi bỏ (tổng cộng 10 thủ tục)."),
        said("Phát 34 lượt tin, bài (trong đó: 20 tin, 14 bài)."),
        said(
            "Có 71 xã, phường tham gia; 58 xã, phường gửi đúng hạn, 09 xã, phường gửi chậm, 04 xã, phường chưa gửi."
        ),
        said("Quý I mở 3 lớp, tăng 1 lớp; tổng 5 lớp."),
        said("Có 214 bài dự thi của 21 ấp; trao 01 giải Nhất, 02 giải Nhì và 05 giải Ba (tổng cộng 8 giải)."),
        said("Tổ chức 15 lớp, trong đó có 8 lớp về kỹ năng số, 3 lớp về dịch vụ công."),
    ],
)
def sum_in_sentence(case: Case) -> Iterator[Hit]:
    """Parts that the sentence gives as all there are, that leave nothing out by their names, or that are added with '+'."""
    for piece, quantities in of_case(case).items():
        for one in breakdowns_of(case).get(piece, ()):
            if len(one.parts) > 1 and one.total != one.whole.value and _is_meant_whole(one):
                yield _breakdown_hit(piece, one)
        if "+" in piece.text or "qua han" in piece.folded:
            for found in (*_SUM.finditer(piece.folded), *_SOLVED.finditer(piece.folded)):
                parts = [number(part) for part in re.findall(NUMBER, found["parts"])]
                if "+" in found["parts"]:
                    yield from _mismatch(piece, found, parts)
        yield from _in_two_states(piece, quantities)
        if len(quantities) > _FEWEST_STATES:
            yield from _in_more_states(piece, quantities)
        if "tong" in piece.folded or "cong" in piece.folded:
            yield from _told_last(piece, quantities)


# Parts that a sentence does not call all there are make up so much of the whole when a digit of one is wrong.
_NEARLY = 2


def _is_meant_whole(one: Breakdown) -> bool:
    """Whether the parts were meant to make up the whole."""
    if _leaves_nothing(one.labels):
        return True
    if one.overlaps or one.is_open:
        return False
    if one.is_whole:
        return one.is_sure or is_slip(one.total, one.whole.value) or one.total * _NEARLY > one.whole.value
    digits = len(str(int(max(one.total, one.whole.value))))
    return is_slip(one.total, one.whole.value) and (digits > 2 or one.whole.is_money)


def _leaves_nothing(labels: Sequence[str]) -> bool:
    """Whether each part names one member of a set that leaves nothing out, and all members are there."""
    return any(
        len(labels) == len(names)
        and all(sum(_names(name, label) for name in names) == 1 for label in labels)
        and all(any(_names(name, label) for label in labels) for name in names)
        for names in _COMPLEMENTS
    )


def _names(name: str, label: str) -> bool:
    return bool(re.search(rf"(?<!truoc va )\b{name}\b", label))


def _breakdown_hit(piece: Piece, one: Breakdown) -> Hit:
    parts = " + ".join(told(part.value) for part in one.parts)
    return Hit(
        piece,
        one.whole.start,
        one.parts[-1].end,
        f"Tổng không khớp: {parts} = {told(one.total)}, khác {told(one.whole.value)}. Đối chiếu sổ theo dõi và sửa số sai.",
    )


_DIGIT = re.compile(r"\d")
_WELL = re.compile(r"^[^.;,]{0,40}?\b(?:con hoat dong|hoat dong|con tot|tot\b|dat\b|dung\b|da\b|con su dung)")
_BADLY = re.compile(
    r"^[^.;,]{0,40}?\b(?:hong|re\b|xuong cap|mat\b|khong|chua|sai\b|thieu|tre\b|hu hong|ngung|con lai|da hong)"
)


def _in_two_states(piece: Piece, quantities: Sequence[Quantity]) -> Iterator[Hit]:
    """'15 cụm loa …; hiện 09 cụm còn hoạt động, 06 cụm đã hỏng'."""
    for index in range(1, len(quantities) - 1):
        one, other = quantities[index], quantities[index + 1]
        if not one.unit or one.is_money or not one.counts_like(other):
            continue
        between = piece.folded[one.end : other.start]
        is_pair = ("," in between or ";" in between) and re.search(
            r"[,;]\s*(?:con\s+|va\s+|con lai\s+)?$", between
        )
        if not is_pair or not _WELL.match(between) or not _BADLY.match(piece.folded[other.end :]):
            continue
        whole = next(
            (
                w
                for w in reversed(quantities[:index])
                if w.counts_like(one) and w.value > max(one.value, other.value)
            ),
            None,
        )
        gap = piece.folded[whole.end : one.start] if whole else ""
        total = one.value + other.value
        if (
            whole is None
            or total == whole.value
            or 2 * total < whole.value
            or ("trong do" in gap and not _DIGIT.search(gap))
            or len(gap) > 160
        ):
            continue
        message = f"Tổng không khớp: {told(one.value)} + {told(other.value)} = {told(total)}, khác {told(whole.value)}. Đối chiếu sổ theo dõi và sửa số sai."
        yield Hit(piece, one.start, other.end, message)


_FEWEST_STATES = 3
# 'xã, phường', 'tin, bài' are one name.
_ONE_NAME = re.compile(r",\s*(?=(?:phuong|thi tran|dac khu|bai|kien nghi)\b)")
_NEXT_STATE = re.compile(r"^[^.;,:()\d]*[,;]\s*(?:con\s+|va\s+|con lai\s+)?$")


def _in_more_states(piece: Piece, quantities: Sequence[Quantity]) -> Iterator[Hit]:
    """'71 xã …; 58 xã gửi đúng hạn, 09 xã gửi chậm, 04 xã chưa gửi': three states and more, from good to bad, and their sum
    so near the whole that it was meant."""
    for run in _runs_of_states(piece, quantities):
        at = quantities.index(run[0])
        # The whole may stand before the run, or be the first of it.
        told_of = [(quantities[at - 1], run)] if at else []
        told_of += [(run[0], run[1:])] if len(run) > _FEWEST_STATES else []
        sums = [
            (whole, parts, sum((one.value for one in parts), Fraction(0)))
            for whole, parts in told_of
            if whole.counts_like(parts[0]) and whole.value > max(one.value for one in parts)
        ]
        if any(whole.value == total for whole, _, total in sums):
            continue
        for whole, parts, total in sums:
            is_near = abs(total - whole.value) * 10 <= whole.value
            first, last = (_ONE_NAME.sub(" ", piece.folded[one.end :]) for one in (parts[0], parts[-1]))
            if is_near and _WELL.match(first) and _BADLY.match(last):
                added = " + ".join(told(one.value) for one in parts)
                message = f"Tổng không khớp: {added} = {told(total)}, khác {told(whole.value)}. Đối chiếu sổ theo dõi và sửa số sai."
                yield Hit(piece, parts[0].start, parts[-1].end, message)


def _runs_of_states(piece: Piece, quantities: Sequence[Quantity]) -> Iterator[Sequence[Quantity]]:
    """Quantities of the same things one after another, at least three."""
    run: list[Quantity] = []
    for one in quantities:
        goes_on = (
            bool(run)
            and bool(one.unit)
            and not one.is_percent
            and one.counts_like(run[-1])
            and bool(_NEXT_STATE.match(_ONE_NAME.sub(" ", piece.folded[run[-1].end : one.start])))
        )
        if not goes_on:
            if len(run) >= _FEWEST_STATES:
                yield run
            run = []
        run.append(one)
    if len(run) >= _FEWEST_STATES:
        yield run


_AS_TOTAL = re.compile(r"[(;,]\s*(?:tong(?: cong| so)?|cong)\s*(?:la|:|co)?\s*$")
_SHORT = 20
_NO_PARTS = re.compile(r"trong do|so voi|cung ky|ke hoach|moi (?:thang|quy|tuan|to|thon)|\btang\b|\bgiam\b")
_SENTENCE = re.compile(r"[.](?!\d)")


def _told_last(piece: Piece, quantities: Sequence[Quantity]) -> Iterator[Hit]:
    """'07 thủ tục mới, 03 thủ tục bãi bỏ (tổng cộng 10 thủ tục)'."""
    for index, whole in enumerate(quantities):
        near = max(0, whole.start - _SHORT)
        if index < 2 or whole.is_percent or not _AS_TOTAL.search(piece.folded, near, whole.start):
            continue
        begin = max((found.end() for found in _SENTENCE.finditer(piece.folded, 0, whole.start)), default=0)
        before = [one for one in quantities[:index] if one.start >= begin and not one.is_percent]
        # What counts other things ends the list; what stands in it first may be told of by the others.
        parts = list(takewhile(partial(_counts_with, whole), reversed(before)))[::-1]
        sums = [sum((one.value for one in parts[at:]), Fraction(0)) for at in range(len(parts) - 1)]
        total = sums[0] if sums else Fraction(0)
        if (
            len(parts) > 1
            and whole.value not in sums
            and not _NO_PARTS.search(piece.folded, max(begin, parts[0].start - _SHORT), whole.start)
        ):
            added = " + ".join(told(one.value) for one in parts)
            message = f"Tổng không khớp: {added} = {told(total)}, khác {told(whole.value)}. Đối chiếu sổ theo dõi và sửa số sai."
            yield Hit(piece, parts[0].start, whole.end, message)


def _counts_with(whole: Quantity, one: Quantity) -> bool:
    return bool(one.unit) and one.counts_like(whole)


def _mismatch(piece: Piece, found: re.Match[str], parts: Sequence[int]) -> Iterator[Hit]:
    whole, total = number(found["whole"]), sum(parts)
    if whole != total:
        all_parts = " + ".join(printed(part) for part in parts)
        yield Hit(
            piece,
            found.start("whole"),
            found.end("parts"),
            f"Tổng không khớp: {all_parts} = {printed(total)}, khác {printed(whole)}. Đối chiếu sổ theo dõi và sửa số sai.",
        )


@rule(
    "DL227",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Các phần cộng lại lớn hơn tổng",
    bad=[
        said("Gieo trồng 214,5 ha, bằng 101,2% kế hoạch. Trong đó lúa 142 ha, ngô 38,5 ha, rau màu 43 ha."),
        said("Chi 120 triệu đồng, trong đó: tuyên truyền 80 triệu đồng, tập huấn 65 triệu đồng."),
        said(
            "Kinh phí 1,25 tỷ đồng, tăng 12%; trong đó ngân sách 850 triệu đồng, xã hội hóa 520 triệu đồng."
        ),
        said("Đăng 58 tin, bài, trong đó có 71 tin, bài về cải cách hành chính."),
        said("Hỗ trợ 940 lượt; trong đó: hộ tịch 610 lượt, đất đai 230 lượt, bảo trợ xã hội 200 lượt."),
        said("Thành phần: 45 đại biểu, trong đó: đại biểu xã 20 người, đại biểu thôn 35 người."),
        said("Trong 12 hồ sơ nêu trên, 07 hồ sơ đã có kết quả; 03 hồ sơ chờ; 03 hồ sơ phải bổ sung."),
    ],
    good=[
        said("Gieo trồng 214,5 ha, bằng 101,2% kế hoạch. Trong đó lúa 142 ha, ngô 38,5 ha, rau màu 34 ha."),
        said("Phát 240 lượt tin, trung bình mỗi tháng 20 lượt; trong đó tin về thủ tục hành chính 144 lượt."),
        said("Trồng 90 ha, trong đó lúa 40 ha, ngô 20 ha."),
        said("Kinh phí 1,25 tỷ đồng, trong đó ngân sách 850 triệu đồng, xã hội hóa 400 triệu đồng."),
        said("Xã có 21 công chức, trong đó nữ 9 người, đảng viên 20 người."),
    ],
)
def parts_over_whole(case: Case) -> Iterator[Hit]:
    """'trong đó' names parts, and parts of different things never make more than their whole."""
    for piece, told_by_parts in breakdowns_of(case).items():
        if "trong " not in piece.folded:
            continue
        for one in told_by_parts:
            if one.is_whole or one.total <= one.whole.value or (len(one.parts) > 1 and _is_meant_whole(one)):
                continue
            if len(one.parts) == 1 or not one.overlaps:
                yield Hit(
                    piece,
                    one.whole.start,
                    one.parts[-1].end,
                    f"Các phần cộng lại là {told(one.total)}, lớn hơn tổng {told(one.whole.value)}: đối chiếu số liệu và sửa.",
                )


_EQUATION = re.compile(
    rf"(?P<whole>{DECIMAL})\s*(?P<unit>{QUANTITY}|{UNIT})?[^=.;+\d]{{0,30}}=\s*(?P<parts>{DECIMAL}[^=.;+\d]{{0,60}}(?:\+\s*{DECIMAL}[^=.;+\d]{{0,60}})+)"
)


_ADDED = signs("=") & signs("+")


@rule(
    "DL229",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Phép cộng viết trong câu không đúng",
    needs=_ADDED,
    bad=[said("Tổng kinh phí 95 triệu đồng = 40 triệu đồng kết nối + 45 triệu đồng tập huấn.")],
    good=[said("Tổng kinh phí 85 triệu đồng = 40 triệu đồng kết nối + 45 triệu đồng tập huấn.")],
)
def impossible_sum(case: Case) -> Iterator[Hit]:
    """'a = b + c' with words between."""
    for piece in case.of(*PROSE, saying=_ADDED):
        for found in _EQUATION.finditer(piece.folded):
            total = sum(decimal(one) for one in re.findall(DECIMAL, found["parts"]))
            if total != decimal(found["whole"]):
                yield Hit(
                    piece,
                    found.start("whole"),
                    found.start("parts") + len(found["parts"].rstrip()),
                    f"Cộng lại là {told(total)}, ở đây ghi {found['whole']}: đối chiếu và sửa.",
                )


_PRODUCT = re.compile(
    rf"(?P<one>{DECIMAL})\s+[a-z]+(?:\s+[a-z]+){{0,5}}\s*[x×*]\s*(?P<other>{DECIMAL})\s*(?P<unit>(?:trieu |nghin |ty )?dong)?[^=;\d]{{0,40}}=\s*(?P<product>{DECIMAL})"
)
_PART_IN_NUMBERS = re.compile(
    r"^[^.;()\d]{0,10},?\s*(?:tuong duong|tuc la|tuc|ung voi|bang)\s*(?:khoang\s+)?$"
)


@rule(
    "DL243",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Phép nhân, hoặc số ứng với tỷ lệ, viết trong câu không đúng",
    needs=signs("=%"),
    bad=[
        said("Phát 720 lượt tin, bài; về cải cách hành chính chiếm 25%, tương đương 160 lượt tin, bài."),
        said("Bộ thu kèm loa: 10 bộ x 14.500.000 đồng/bộ = 154.000.000 đồng."),
        said("Lắp đặt 06 cụm loa thông minh x 18.500.000 đồng/cụm = 101.000.000 đồng."),
    ],
    good=[
        said("Phát 720 lượt tin, bài; về cải cách hành chính chiếm 25%, tương đương 180 lượt tin, bài."),
        said("Bộ thu kèm loa: 10 bộ x 14.500.000 đồng/bộ = 145.000.000 đồng."),
    ],
)
def wrong_product(case: Case) -> Iterator[Hit]:
    """'10 bộ x 14.500.000 đồng = …'; 'chiếm 25%, tương đương …'."""
    for piece, quantities in of_case(case).items():
        for found in _PRODUCT.finditer(piece.folded) if "=" in piece.text else ():
            right = decimal(found["one"]) * decimal(found["other"])
            if right != decimal(found["product"]):
                message = f"{found['one']} × {found['other']} = {told(right)}, ở đây ghi {found['product']}: đối chiếu và sửa."
                yield Hit(piece, *found.span("product"), message)
        for index in range(1, len(quantities) - 1) if "%" in piece.text else ():
            share, part = quantities[index], quantities[index + 1]
            if (
                not share.is_percent
                or part.is_percent
                or not _PART_IN_NUMBERS.match(piece.folded[share.end : part.start])
            ):
                continue
            whole = next(
                (w for w in reversed(quantities[:index]) if w.counts_like(part) and w.value > part.value),
                None,
            )
            if whole is not None and abs(whole.value * share.value / 100 - part.value) > max(
                Fraction(1), whole.value / 200
            ):
                right = whole.value * share.value / 100
                message = f"{told(share.value)}% của {told(whole.value)} là {told(round(right))}, ở đây ghi {told(part.value)}: đối chiếu và sửa."
                yield Hit(piece, part.start, part.end, message)


RULES = (sum_in_sentence, parts_over_whole, impossible_sum, wrong_product)
