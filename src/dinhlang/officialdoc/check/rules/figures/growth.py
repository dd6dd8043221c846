"""Growth, means and targets that do not agree with the numbers beside them; a number and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import parts, words
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Quantity, of_case, told_with
from dinhlang.officialdoc.check.rules.figures.reading import agrees, decimal, told
from dinhlang.officialdoc.check.wording import BRACKET, COLON, NUMBER
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods.identifier import Kind as PeriodKind
from dinhlang.vietnamese.numbers import from_words

# 'so với 6 tháng đầu năm 2022 (64 buổi)': the months are no number beside it.
_PART_OF_YEAR = ("thang dau", "thang cuoi")
_JUST_CHANGED = re.compile(r"[;,]\s*(?:tang|giam)\s+$")
_CHANGE = re.compile(r"\b(?P<way>tang|giam)\s+(?:them\s+|len\s+)?$")
_AGAINST = re.compile(r"^[^.;()\d]{0,40}?\b(?:so voi|so cung ky)\b[^.;()]{0,60}\(\s*(?:la\s+|dat\s+|co\s+)?$")
_OF_BASE = re.compile(
    r"^\s*(?:[a-z]+\s+){0,2}?(?:du toan|ke hoach|chi tieu|muc tieu)\b[^.;()]{0,50}\(\s*(?:[a-z]+\s+){0,5}$"
)
_IS_SHARE = re.compile(r"\b(?:bang|dat)\s+$")
_FROM = re.compile(r"\b(?P<way>tang|giam)\s+tu\s+$")
_TO = re.compile(r"^[^.;()\d]{0,30}\b(?:len|xuong|con)\s+$")


@rule(
    "DL235",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Mức tăng, giảm, tỷ lệ so với kế hoạch không khớp với hai số bên cạnh",
    bad=[
        said("Zalo có 1.320 người quan tâm, tăng 20% so với Quý II năm 2023 (1.200 người quan tâm)."),
        said("Có 285 phiếu hài lòng, đạt 96,9%, tăng 4,2% so với năm 2022 (94,5%)."),
        said("Thu đạt 8,4 tỷ đồng, bằng 121% dự toán huyện giao (dự toán 7,5 tỷ đồng)."),
        said("Đăng 74 tin, bài, tăng 11 tin, bài so với cùng kỳ (68 tin, bài)."),
        said("Tỷ lệ hồ sơ trực tuyến tăng từ 78% lên 65%."),
        said("Phát 78 buổi, mỗi tuần 03 buổi (26 tuần); tăng 12 buổi so với 6 tháng đầu năm 2022 (64 buổi)."),
        said("Đăng 72 tin, bài (năm 2022: 60 tin, bài), tăng 12% so với năm 2022."),
        said("Các cuộc họp giảm từ 24 cuộc xuống còn 10 cuộc, giảm 12 cuộc so với năm 2022."),
    ],
    good=[
        said("Zalo có 1.320 người quan tâm, tăng 10% so với Quý II năm 2023 (1.200 người quan tâm)."),
        said("Có 285 phiếu hài lòng, đạt 96,9%, tăng 2,4% so với năm 2022 (94,5%)."),
        said("Thu đạt 8,4 tỷ đồng, bằng 112% dự toán huyện giao (dự toán 7,5 tỷ đồng)."),
        said("Phát 78 buổi, mỗi tuần 03 buổi (26 tuần); tăng 14 buổi so với 6 tháng đầu năm 2022 (64 buổi)."),
        said("Đăng 74 tin, bài, tăng 11 tin, bài so với cùng kỳ (63 tin, bài)."),
        said("Tỷ lệ hồ sơ trực tuyến tăng từ 65% lên 78%, tăng 12% so với chỉ tiêu (20 hồ sơ)."),
        said("Nhận 1.860 hồ sơ (trực tuyến 1.488 hồ sơ), tăng 124 hồ sơ so với tháng trước (1.736 hồ sơ)."),
        said("Đăng 72 tin, bài (năm 2022: 60 tin, bài), tăng 20% so với năm 2022."),
    ],
)
def growth(case: Case) -> Iterator[Hit]:
    """'1.320 …, tăng 10% so với … (1.200 …)'. Shares grow by points or in proportion, both are taken."""
    for piece, row in of_case(case).items():
        if "(" not in piece.text and " từ " not in piece.text:
            continue
        for index in range(len(row) - 1):
            hit = (
                _grown(piece, row, index)
                or _told_before(piece, row, index)
                or _from_to(
                    piece, row[index], row[index + 1], row[index + 2] if index + 2 < len(row) else None
                )
            )
            if hit is not None:
                yield hit


def _grown(piece: Piece, row: Sequence[Quantity], index: int) -> Hit | None:
    grew = _what_grew(piece, row, index) if index else None
    change, then = row[index], row[index + 1]
    if then.unit.startswith(_PART_OF_YEAR) and index + 2 < len(row):
        then = row[index + 2]
    if grew is None or then.value == 0:
        return None
    now, between = grew
    after = piece.folded[change.end : then.start]
    if re.search(r"[.;](?!\d)", between) or len(between) > 60:
        return None
    way = _CHANGE.search(between)
    if way and _AGAINST.match(after) and now.counts_like(then):
        difference = now.value - then.value if way["way"] == "tang" else then.value - now.value
        percent = piece.text[change.start : change.end].rstrip("% ")
        if change.is_percent:
            fits = agrees(difference, then.value, percent) or (now.is_percent and difference == change.value)
        else:
            fits = difference == change.value or not change.counts_like(now)
        if not fits:
            sign = "tăng" if difference >= 0 and way["way"] == "tang" else "giảm"
            right = (
                _as_share(difference, then.value)
                if change.is_percent and not now.is_percent
                else told(abs(difference))
            )
            message = f"Từ {told(then.value)} đến {told(now.value)} là {sign} {right}{'%' if change.is_percent else ''}, ở đây ghi {piece.text[change.start : change.end]}: đối chiếu số liệu và sửa."
            return Hit(piece, change.start, change.end, message)
    if change.is_percent and _IS_SHARE.search(between) and _OF_BASE.match(after) and now.counts_like(then):
        percent = piece.text[change.start : change.end].rstrip("% ")
        if not agrees(now.value, then.value, percent):
            message = f"{told(now.value)}/{told(then.value)} là {_as_share(now.value, then.value)}%, ở đây ghi {percent}%: đối chiếu số liệu và sửa."
            return Hit(piece, change.start, change.end, message)
    return None


def _what_grew(piece: Piece, row: Sequence[Quantity], index: int) -> tuple[Quantity, str] | None:
    """The number that changed, and the words between it and the change: mostly the number before."""
    now, change, folded = row[index - 1], row[index], piece.folded
    between = folded[now.end : change.start]
    if ")" in between and "(" not in between:
        # 'Tiếp nhận 1.860 hồ sơ (…, 1.488 hồ sơ), tăng 124 hồ sơ': what stands before the bracket grew.
        opened = folded.rfind("(", 0, now.start)
        outside = next((one for one in reversed(row[:index]) if one.end <= opened), None)
        if outside is None or not outside.counts_like(now):
            return _first_that_grew(folded, row, index)
        return outside, f"{folded[outside.end : opened]}{between.split(')', 1)[1]}"
    return now, between


def _first_that_grew(folded: str, row: Sequence[Quantity], index: int) -> tuple[Quantity, str] | None:
    """'78 buổi, mỗi tuần 03 buổi (26 tuần); tăng 12 buổi': the first number of the sentence, when it counts what changed."""
    change = row[index]
    if change.is_percent or not _JUST_CHANGED.search(folded, 0, change.start):
        return None
    begin = folded.rfind(". ", 0, row[index - 1].start)
    first = next(one for one in row if one.start > begin)
    words = folded[: change.start].rsplit(maxsplit=1)[-1]
    return (first, f" {words} ") if first is not change and first.counts_like(change) else None


_THEN_IN_BRACKET = re.compile(
    r"^[^.;()\d]{0,25}\(\s*(?:nam\s+20\d\d|cung ky[^()\d]{0,20}|nam truoc|quy [iv]{1,3}(?: nam 20\d\d)?)\s*:?\s*(?:la\s+|co\s+|dat\s+)?$"
)
_AND_GREW = re.compile(r"^[^.;()\d]{0,20}\)\s*,?\s*(?P<way>tang|giam)\s+$")


def _told_before(piece: Piece, row: Sequence[Quantity], index: int) -> Hit | None:
    """'72 tin, bài (năm 2021: 60 tin, bài), tăng 20%'."""
    if index == 0 or not row[index + 1].is_percent:
        return None
    now, then, change = row[index - 1], row[index], row[index + 1]
    folded = piece.folded
    way = _AND_GREW.match(folded[then.end : change.start])
    if not way or not now.counts_like(then) or now.is_percent or not then.value:
        return None
    if not _THEN_IN_BRACKET.match(folded[now.end : then.start]):
        return None
    difference = now.value - then.value if way["way"] == "tang" else then.value - now.value
    percent = piece.text[change.start : change.end].rstrip("% ")
    if agrees(difference, then.value, percent):
        return None
    message = f"Từ {told(then.value)} đến {told(now.value)} là {_as_share(abs(difference), then.value)}%, ở đây ghi {percent}%: đối chiếu số liệu và sửa."
    return Hit(piece, change.start, change.end, message)


def _as_share(part: Fraction, whole: Fraction) -> str:
    return told(round(100 * part / whole, 1))


_AND_SO = re.compile(r"^[^.;()\d]{0,40},\s*(?:tang|giam)\s+(?:them\s+|duoc\s+)?$")


def _by_how_much(piece: Piece, then: Quantity, now: Quantity, after: Quantity | None) -> Hit | None:
    """'giảm từ 24 cuộc xuống còn 10 cuộc, giảm 12 cuộc'."""
    if after is None or after.is_percent or not after.counts_like(now):
        return None
    difference = abs(now.value - then.value)
    if not _AND_SO.match(piece.folded[now.end : after.start]) or difference == after.value:
        return None
    message = f"Từ {told(then.value)} đến {told(now.value)} là {told(difference)}, ở đây ghi {told(after.value)}: đối chiếu và sửa."
    return Hit(piece, then.start, after.end, message)


def _from_to(piece: Piece, then: Quantity, now: Quantity, after: Quantity | None = None) -> Hit | None:
    """'tăng từ 65% lên 78%'."""
    way = _FROM.search(piece.folded, max(0, then.start - 12), then.start)
    if not way or not _TO.match(piece.folded[then.end : now.start]) or not now.counts_like(then):
        return None
    if (now.value > then.value) is (way["way"] == "tang") or now.value == then.value:
        return _by_how_much(piece, then, now, after)
    message = f"Viết “{piece.text[way.start() : way.start() + 4]}” nhưng số sau {'nhỏ' if way['way'] == 'tang' else 'lớn'} hơn số trước: đối chiếu và sửa."
    return Hit(piece, way.start(), now.end, message)


_COMPARED = re.compile(
    r"\b(?P<way>cao hon|vuot|lon hon|thap hon|chua dat|khong dat|kem)\s+(?:so voi\s+)?(?:muc\s+|t[iy] le\s+)?(?:chi tieu|ke hoach|muc tieu|muc binh quan|binh quan|t[iy] le|yeu cau|muc)\b[^.;()%]{0,50}\(\s*(?:la\s+|dat\s+|tren\s+)?$"
)


@rule(
    "DL236",
    FindingKind.PERCENT_MISMATCH,
    Severity.WARNING,
    "Viết cao hơn, thấp hơn chỉ tiêu nhưng hai số nói ngược lại",
    bad=[
        said("Tỷ lệ hồ sơ trực tuyến đạt 65%, cao hơn chỉ tiêu tỉnh giao (80%)."),
        said("Tỷ lệ hồ sơ trực tuyến đạt 85%, chưa đạt chỉ tiêu tỉnh giao (80%)."),
    ],
    good=[
        said("Tỷ lệ hồ sơ trực tuyến đạt 65%, thấp hơn chỉ tiêu tỉnh giao (80%)."),
        said("Tỷ lệ hồ sơ trực tuyến đạt 85%, vượt chỉ tiêu tỉnh giao (80%)."),
    ],
)
def against_target(case: Case) -> Iterator[Hit]:
    """'đạt 65%, cao hơn chỉ tiêu (80%)'."""
    for piece, row in of_case(case).items():
        for now, aim in pairwise(row):
            if not (now.is_percent and aim.is_percent):
                continue
            found = _COMPARED.search(piece.folded, now.end, aim.start)
            if found is None or re.search(r"[.;]", piece.folded[now.end : found.start()]):
                continue
            is_over = found["way"] in ("cao hon", "vuot", "lon hon")
            if now.value == aim.value or is_over is (now.value > aim.value):
                continue
            quote = piece.text[found.start("way") : found.end("way")]
            message = f"{told(now.value)}% so với {told(aim.value)}% không phải là “{quote}”: đối chiếu số liệu và sửa."
            yield Hit(piece, found.start("way"), aim.end, message)


_EACH = re.compile(
    r"\b(?:mỗi|bình quân mỗi|trung bình mỗi)\s+(?P<of>[^\W\d_]+(?:,?\s+[^\W\d_]+)?)\s+(?:[^\W\d_]+\s+)?$",
    re.IGNORECASE,
)
_EACH_OR_MEAN = parts("mỗi", "bình")
_MEAN = re.compile(r"\b(?:binh quan|trung binh)\s+(?:moi\s+[a-z]+\s+(?:co\s+)?)?(?:dat\s+)?(?:khoang\s+)?$")
_PER = re.compile(r"^(?:\s+[a-z]+){1,3}?\s*/\s*(?:1\s+)?(?P<of>[a-z]+)")
_MONTHS = {PeriodKind.QUARTER: 3, PeriodKind.HALF: 6, PeriodKind.NINE_MONTHS: 9, PeriodKind.YEAR: 12}


@rule(
    "DL237",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số của mỗi đơn vị nhân lên khác tổng số",
    bad=[
        said("Cấp phát 1.500 tờ rơi tại 12 khu dân cư (mỗi khu 150 tờ)."),
        said("Tổ chức 12 hội nghị với 1.440 lượt người tham dự, bình quân 140 người/hội nghị."),
        said("Lãnh đạo 64 xã, phường; mỗi xã, phường 02 đại biểu (tổng số 124 đại biểu)."),
        said("Phát 108 lượt, mỗi tháng 46 lượt.", subject="Kết quả tuyên truyền Quý III năm 2023"),
        said("Mỗi bản cử 10 người; 11 bản là 120 người."),
        said("Đại biểu mỗi xã, phường 02 người, tổng số 64 xã, phường là 182 đại biểu."),
        said("Số hóa 12.000 trang, chia làm 04 quý, mỗi quý 4.000 trang."),
        said("Mỗi Tổ được hỗ trợ 1.200.000 đồng/năm; 17 Tổ là 21.400.000 đồng."),
    ],
    good=[
        said("Cấp phát 1.500 tờ rơi tại 12 khu dân cư (mỗi khu 125 tờ)."),
        said("Tổ chức 12 hội nghị với 1.440 lượt người tham dự, bình quân 120 người/hội nghị."),
        said("Phát 108 lượt, mỗi tháng 36 lượt.", subject="Kết quả tuyên truyền Quý III năm 2023"),
        said("Phát 108 lượt, mỗi tháng ít nhất 30 lượt.", subject="Kết quả tuyên truyền Quý III năm 2023"),
        said("Có 12 khu dân cư, mỗi khu 02 cụm loa; phát 1.500 tờ rơi."),
        said("Phát 4 buổi/tuần với tổng thời lượng 3.120 phút (52 tuần, mỗi buổi 15 phút)."),
    ],
)
def each_times_number(case: Case) -> Iterator[Hit]:
    """'1.500 tờ tại 12 khu (mỗi khu 125 tờ)': the number of the things that each has so many."""
    for piece, row in told_with(case, _EACH_OR_MEAN):
        if " la " in piece.folded:
            yield from _money_times(piece)
        if (
            "mỗi" not in piece.text.lower()
            and "binh quan" not in piece.folded
            and "trung binh" not in piece.folded
        ):
            continue
        for index in range(1, len(row)):
            hit = _each(
                case, piece, row[:index], row[index], row[index + 1] if index + 1 < len(row) else None
            )
            if hit is not None:
                yield hit


_TIMES = re.compile(
    r"\b[Mm]ỗi\s+(?P<of>[^\W\d_]+)\b[^.;\d]{0,50}?(?P<one>\d{1,3}(?:\.\d{3})+)\s*đồng[^.\d]{0,60}?[;,]\s*(?P<count>\d{1,3})\s+(?P=of)\b[^.;\d]{0,20}?\blà\s+(?P<all>\d{1,3}(?:\.\d{3})+)\s*đồng"
)


def _money_times(piece: Piece) -> Iterator[Hit]:
    """'mỗi Tổ 1.200.000 đồng; 17 Tổ là 20.400.000 đồng'."""
    for found in _TIMES.finditer(piece.text):
        right = decimal(found["one"]) * decimal(found["count"])
        if right != decimal(found["all"]):
            message = f"{found['count']} × {found['one']} = {told(right)}, ở đây ghi {found['all']}: đối chiếu và sửa."
            yield Hit(piece, found.start("count"), found.end("all"), message)
    for found in _EACH_IS.finditer(piece.folded):
        right = decimal(found["one"]) * decimal(found["count"])
        if right != decimal(found["all"]):
            message = f"{found['count']} × {found['one']} = {told(right)}, ở đây ghi {found['all']}: đối chiếu và sửa."
            yield Hit(piece, found.start("count"), found.end("all"), message)


_EACH_IS = re.compile(
    r"\bmoi\s+(?P<of>[a-z]+)\b[^.;\d]{0,40}?(?P<one>\d{1,4})\s+(?P<unit>[a-z]+)\b[^.;\d]{0,30}[;,]\s*(?:tong (?:so|cong)\s+)?(?P<count>\d{1,3})\s+(?P=of)\b[^.;\d]{0,30}?\bla\s+(?P<all>\d[\d.]*)\s+(?:(?P=unit)|nguoi|dai bieu)\b"
)


def _each(
    case: Case, piece: Piece, before: Sequence[Quantity], one: Quantity, after: Quantity | None
) -> Hit | None:
    text = piece.text[max(0, one.start - 50) : one.start]
    each = _EACH.search(text)
    is_mean = bool(_MEAN.search(piece.folded[max(0, one.start - 50) : one.start]))
    per = _PER.match(piece.folded[one.end : one.end + 40]) if is_mean else None
    if one.is_percent or not (each or per):
        return None
    name = per["of"] if per else _folded_first(each["of"]) if each else ""
    near = [other for other in before if one.start - other.end < 160 and not other.is_percent]
    wholes = [other for other in near if _alike(other, one) and other.value > one.value]
    if after is not None and _IN_ALL.search(piece.folded[one.end : after.start]) and _alike(after, one):
        wholes.append(after)
    if not wholes:
        return None
    whole = wholes[-1]
    if name in ("thang", "quy", "tuan"):
        months = (
            _MONTHS.get(case.period.kind)
            if case.period and case.document.kind in ("bao-cao", "ke-hoach", "chuong-trinh")
            else None
        )
        told_count = next((other.value for other in reversed(near) if other.unit.startswith(name)), None)
        count = told_count or (Fraction(months) if months and name == "thang" else None)
    else:
        count = next((other.value for other in reversed(near) if other.unit.startswith(name)), None)
        if count is None and name in _ANY_PLACE:
            count = sum((other.value for other in near if _PLACE.match(other.unit)), Fraction(0)) or None
        if any(other.unit.startswith(name) and _A_WEEK.match(piece.folded, other.end) for other in near):
            return None
    if not count or not name:
        return None
    # One that agrees is meant: between it and the last its parts may stand.
    rights = [other.value / count for other in wholes]
    fits = any(abs(right - one.value) < 1 if is_mean else right == one.value for right in rights)
    if fits or re.search(
        r"it nhat|toi thieu|khoang|hon|tren|tu\s*$", piece.folded[max(0, one.start - 12) : one.start]
    ):
        return None
    message = f"{told(count)} × {told(one.value)} = {told(count * one.value)}, khác {told(whole.value)}: đối chiếu số liệu và sửa."
    return Hit(piece, min(whole.start, one.start), max(whole.end, one.end), message)


# '4 buổi/tuần' is no number of all.
_A_WEEK = re.compile(r"\s+[a-z]+(?:\s+[a-z]+)?\s*/\s*(?:tuan|thang|ngay|quy|nam)\b")
# 'tại 07 tổ dân phố và 02 buôn, mỗi nơi 01 hội nghị'.
_ANY_PLACE = frozenset(["noi", "diem", "dia"])
_PLACE = re.compile(
    r"(?:to dan pho|khu dan cu|khu pho|thon|ap|ban|buon|xom|khom|xa|phuong|thi tran|truong)\b"
)
_IN_ALL = re.compile(r"[(,;]\s*(?:tong so|tong cong|tong)\s*:?\s*(?:la\s+)?$")


def _alike(whole: Quantity, one: Quantity) -> bool:
    if whole.counts_like(one):
        return True
    return one.unit == "people" and whole.unit.startswith("luot")


def _folded_first(text: str) -> str:
    return fold(text).replace(",", " ").split()[0]


_IN_WORDS = re.compile(
    r"(?P<value>\d[\d.]*(?:,\d+)?)\s*(?P<unit>(?:tỷ|triệu|nghìn|ngàn)?\s*đồng)\s*\(\s*(?:bằng chữ|viết bằng chữ)?\s*:?\s*(?P<words>[^\d()]{6,160}?)\s*(?:chẵn)?\s*[./]*\)",
    re.IGNORECASE,
)
_WORTH = {"tỷ": 10**9, "triệu": 10**6, "nghìn": 10**3, "ngàn": 10**3}


@rule(
    "DL238",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số tiền bằng chữ khác số tiền bằng số",
    needs=BRACKET & words("đồng"),
    bad=[
        said("Tổng dự toán: 268 triệu đồng (Hai trăm tám mươi sáu triệu đồng)."),
        said("Số tiền 1.250.000 đồng (Bằng chữ: Một triệu hai trăm nghìn đồng)."),
    ],
    good=[
        said("Tổng dự toán: 268 triệu đồng (Hai trăm sáu mươi tám triệu đồng)."),
        said("Số tiền 1.250.000 đồng (Bằng chữ: Một triệu hai trăm năm mươi nghìn đồng chẵn)."),
        said("Kinh phí 268 triệu đồng (ngân sách xã và nguồn xã hội hóa)."),
    ],
)
def amount_in_words(case: Case) -> Iterator[Hit]:
    """Money is told twice so that nobody can change a digit."""
    for piece in (*of_case(case), *case.of(Part.CELL)):
        if "đồng" not in piece.text or "(" not in piece.text:
            continue
        for found in _IN_WORDS.finditer(piece.text):
            words = re.sub(r"\s*đồng.*$", "", " ".join(found["words"].split()), flags=re.IGNORECASE)
            spoken = from_words(words.replace(",", " "))
            scale = next((worth for name, worth in _WORTH.items() if name in found["unit"].lower()), 1)
            value = decimal(found["value"]) * scale
            if spoken and spoken != value:
                message = f"Bằng chữ là {told(Fraction(spoken))} đồng, bằng số là {found['value']} {found['unit']}: đối chiếu và sửa."
                yield Hit(piece, found.start("value"), found.end("words"), message)


_SHEETS = parts("phiếu")
_HANDED_OUT = re.compile(
    r"(?:phat ra|phat hanh|cap phat|phat)\s+(?P<out>\d[\d.]*)\s+phieu\b[^.;()\d]{0,40}[,;]?\s*(?:va\s+)?(?:thu ve|thu lai|thu duoc)\s+(?:duoc\s+)?(?P<back>\d[\d.]*)\s+phieu"
)


@rule(
    "DL239",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số thu về nhiều hơn số phát ra",
    bad=[said("Xã đã phát ra 300 phiếu khảo sát, thu về 394 phiếu.")],
    good=[said("Xã đã phát ra 300 phiếu khảo sát, thu về 294 phiếu.")],
)
def more_back_than_out(case: Case) -> Iterator[Hit]:
    """Of what was handed out no more comes back."""
    for piece, _ in told_with(case, _SHEETS):
        for found in _HANDED_OUT.finditer(piece.folded):
            if decimal(found["back"]) > decimal(found["out"]):
                message = (
                    f"Thu về {found['back']} phiếu, nhiều hơn số phát ra {found['out']}: đối chiếu và sửa."
                )
                yield Hit(piece, found.start("out"), found.end("back"), message)


_OPENS_LIST = COLON & NUMBER
_MEMBERS = re.compile(
    r"\bgom\s+(?:co\s+)?(?P<count>\d{1,2})\s+(?:thanh vien|nguoi|dong chi|ong|uy vien|don vi|noi dung|nhiem vu|muc tieu|nhom|phan)\b[^.;:]{0,60}:\s*$"
    r"|(?<![\d/.,])(?P<count2>\d{1,2})\s+(?:noi dung|nhiem vu|linh vuc|muc tieu|giai phap|sang kien|thanh vien|don vi|co quan|bo phan|tieu chi|chuyen de|mo hinh|cong trinh|du an"
    r"|hang muc|dong chi|de tai|tap the|ca nhan|kien nghi|de xuat|ton tai|han che|nguyen nhan)\b[^.;:\d]{0,60}(?:gom|sau|sau day|nhu sau|cu the|la|sang kien|linh vuc|nhiem vu|noi dung)\s*:\s*$"
)


@rule(
    "DL240",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số thành viên, số nội dung nêu ra khác số mục trong danh sách",
    needs=COLON,
    bad=[
        said(
            "Thành lập Tổ công tác gồm 03 thành viên:\n1. Ông Lê Văn Thử, Tổ trưởng;\n2. Bà Lê Thị Mẫu, Tổ phó.\nĐiều 2."
        ),
        said("Xã đăng ký 04 sáng kiến, gồm:\na) Phiếu hẹn;\nb) Sổ tay;\nc) Góc hồ sơ.\nĐề nghị Sở xem xét."),
    ],
    good=[
        said(
            "Thành lập Tổ công tác gồm 02 thành viên:\n1. Ông Lê Văn Thử, Tổ trưởng;\n2. Bà Lê Thị Mẫu, Tổ phó.\nĐiều 2."
        ),
        said("Thành lập Tổ công tác gồm 03 thành viên theo danh sách kèm theo."),
        said("Xã đăng ký 03 sáng kiến, gồm:\na) Phiếu hẹn;\nb) Sổ tay;\nc) Góc hồ sơ.\nĐề nghị Sở xem xét."),
        said("Kiểm tra 05 đơn vị, gồm:\n- 03 trường học;\n- 02 trạm y tế.\nĐã kết luận."),
    ],
)
def members(case: Case) -> Iterator[Hit]:
    """'gồm 05 thành viên:', 'ở 03 lĩnh vực:' and the numbered list under it."""
    main = case.main
    for index, piece in enumerate(main):
        is_opening = piece.kinds & _OPENS_LIST.bits == _OPENS_LIST.bits and piece.folded.rstrip().endswith(
            ":"
        )
        found = _MEMBERS.search(piece.folded) if is_opening else None
        if found is None:
            continue
        listed = _listed(main, index)
        name = "count" if found["count"] else "count2"
        if listed > 1 and listed != int(found[name]):
            message = f"Nêu {found[name]} nhưng danh sách có {listed}: bổ sung, hoặc sửa lại số."
            yield Hit(piece, *found.span(name), message)


def _listed(main: Sequence[Piece], index: int) -> int:
    """How many items follow a paragraph, all with marks of one kind; 0 where each tells a number of its own."""
    listed, number = 0, None
    for item in main[index + 1 :]:
        if item.part not in (Part.ITEM, Part.HEADING) or item.number is None:
            break
        if number is None:
            number = item.number
        if item.number.isdecimal() != number.isdecimal() or item.number.startswith("Điều"):
            break
        if item.text[:1].isdigit():
            return 0
        listed += 1
    return listed


RULES = (growth, against_target, each_times_number, amount_in_words, more_back_than_out, members)
