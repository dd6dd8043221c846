"""Shares that do not agree with their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import chain

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import signs, words
from dinhlang.officialdoc.check.pieces import PROSE, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Quantity, of_case, told_with
from dinhlang.officialdoc.check.rules.figures.reading import (
    NUMBER,
    NUMBER_ALONE,
    OF_PLAN,
    PERCENT,
    UNIT,
    WHOLE_AND_PARTS,
    agrees,
    clause_before,
    number,
    number_not_after,
    percent_of,
    printed,
    told,
)
from dinhlang.officialdoc.check.wording import PERCENT_SIGN

_RATIO = re.compile(
    rf"(?P<part>{NUMBER_ALONE})\s*/\s*(?P<whole>{NUMBER})(?![\d/.])\s+(?!quy\b|thang\b|nam\b|kh-)(?P<between>[^.;:/%]{{1,60}}?)(?P<all>(?P<percent>{PERCENT})\s*%)"
)
_BARE_RATIO = re.compile(
    rf"(?P<part>{number_not_after('ngay', 'den', 'truoc')})\s*/\s*(?P<whole>{NUMBER})(?![\d/.])\s*[,(]\s*(?:dat|chiem|t[iy] le)\s+(?:t[iy] le\s+)?(?P<between>)(?P<all>(?P<percent>{PERCENT})\s*%)"
)
_TOLD_AS = re.compile(
    r"^(?P<of>[^.;:()%]{0,70}?)(?:[,(]\s*(?:dat|chiem|t[iy] le|bang|tuong duong|tuc)?|\b(?:dat|chiem))\s*(?:t[iy] le\s*)?(?:la\s*)?:?\s*$"
)
_OTHERWISE = re.compile(
    r"tang|giam|so voi|vuot|ke hoach|chi tieu|du toan|cung ky|nghi quyet|\btren\b|\bhon\b|\bgan\b|khoang|it nhat|toi thieu|binh quan|dinh muc|muc tieu|ty trong|tong so"
)
_FAR_BACK = 260
# Quantities before a share among which its two numbers may be.
_NEAR_BY = 24


@rule(
    "DL222",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ phần trăm không khớp với hai số của nó",
    bad=[
        said("Có 5.945/25.980 bài dự thi, đạt 23,53%."),
        said("Tiếp nhận 12 phản ánh; đã xử lý 12/12, đạt 95%."),
        said("Tiếp nhận 2.265 hồ sơ, trong đó trực tuyến 214 hồ sơ (đạt 9,48%)."),
        said("Khảo sát 250 phiếu, thu về 248 phiếu (98,2%)."),
        said(
            "Tiếp nhận 3.260 hồ sơ, trong đó trực tuyến 2.445 hồ sơ (75%), trực tiếp 815 hồ sơ (chiếm 35%)."
        ),
        said("Thu về 294 phiếu; có 285 phiếu hài lòng và rất hài lòng, đạt 98,9%."),
        said("Tổng số 1.860 hồ sơ. Đã giải quyết 1.790 hồ sơ, đạt 92,6%; còn 70 hồ sơ trong hạn."),
    ],
    good=[
        said("Tiếp nhận 3.718 hồ sơ, trong đó trực tuyến 2.255 hồ sơ (61%)."),
        said("Có 2.255/3.718 hồ sơ trực tuyến, đạt 60,6%."),
        said("Có 4/5 tổ dân phố đạt trên 90%."),
        said("Thực hiện Kế hoạch số 12/2023 giảm 10%."),
        said("Đã đăng 108 tin, bài, trong đó 36 tin, bài về chuyển đổi số, đạt 90% kế hoạch năm."),
        said("Thu về 294 phiếu; có 285 phiếu hài lòng và rất hài lòng, đạt 96,9%."),
        said(
            "Tiếp nhận 1.386 hồ sơ.\nPhân theo lĩnh vực: hộ tịch 612 hồ sơ (44,2%), chứng thực 540 hồ sơ (39%)."
        ),
    ],
)
def share_against_its_numbers(case: Case) -> Iterator[Hit]:
    """A share is rounded or cut off at the digits printed, both are taken. Where several wholes come in question, one that
    agrees is enough."""
    for piece, quantities in told_with(case, PERCENT_SIGN):
        seen_at = set()
        ratios = (_RATIO, _BARE_RATIO) if "/" in piece.text else ()
        for found in chain.from_iterable(ratio.finditer(piece.folded) for ratio in ratios):
            between = found["between"]
            if re.search(r"\b(?:tren|hon|gan|tang|giam|khoang|it nhat)\b|\d", between):
                continue
            part, whole = number(found["part"]), number(found["whole"])
            if 0 < whole >= part and not agrees(part, whole, found["percent"]):
                seen_at.add(found.start("percent"))
                yield _share_hit(piece, *found.span("all"), part, whole, found["percent"])
        for index, share in enumerate(quantities):
            if not share.is_percent or not index or share.start in seen_at:
                continue
            wrong = _wrong_share(piece, quantities, index)
            if wrong is not None and not _is_of_told_before(case, piece, quantities[index - 1], wrong[2]):
                yield _share_hit(piece, share.start, share.end, *wrong)


def _wrong_share(
    piece: Piece, quantities: Sequence[Quantity], index: int
) -> tuple[Fraction, Fraction, str] | None:
    """The part, the nearest whole and the share as printed, when the share is that of no whole near it."""
    share, part = quantities[index], quantities[index - 1]
    if part.is_percent or part.value == 0:
        return None
    between, after = piece.folded[part.end : share.start], piece.folded[share.end : share.end + 30]
    as_told = _TOLD_AS.match(between)
    if (
        as_told is None
        or _OTHERWISE.search(between)
        or _OTHERWISE.search(re.split(r"[.,;()](?!\d)", after)[0])
    ):
        return None
    wholes = [
        one
        for one in quantities[max(0, index - _NEAR_BY) : index - 1]
        if not one.is_percent
        and one.value >= part.value
        and one.counts_like(part)
        and part.start - one.end < _FAR_BACK
    ]
    percent = piece.text[share.start : share.end].rstrip("% ")
    near = [one for one in quantities[max(0, index - _NEAR_BY) : index] if not one.is_percent and one.value]
    if not wholes or any(
        agrees(one.value, other.value, percent) for one in near for other in near if one.value <= other.value
    ):
        return None
    return part.value, wholes[-1].value, percent


def _is_of_told_before(case: Case, piece: Piece, part: Quantity, percent: str) -> bool:
    """Whether it is the share of a whole that one of the sentences before tells: 'Phân theo lĩnh vực: hộ tịch 612 hồ sơ (44,2%)'."""
    told_in = list(of_case(case))
    at = told_in.index(piece)
    return any(
        one.value >= part.value and one.counts_like(part) and agrees(part.value, one.value, percent)
        for other in told_in[max(0, at - _SENTENCES_BACK) : at]
        for one in of_case(case)[other]
        if not one.is_percent
    )


_SENTENCES_BACK = 6


def _share_hit(
    piece: Piece, start: int, end: int, part: Fraction | int, whole: Fraction | int, percent: str
) -> Hit:
    right = percent_of(part, whole, percent)
    message = f"{told(part)}/{told(whole)} là {right}%, ở đây ghi {percent}%: đối chiếu số liệu và sửa."
    return Hit(piece, start, end, message)


_SHARE_OF_NAMED = re.compile(
    r"t[iy] le\s+(?:nop\s+)?ho so\s+(?:nop\s+|tiep nhan\s+)?(?P<name>truc tuyen|truc tiep)\s+(?:dat|la|chiem)\s+(?:t[iy] le\s+)?"
    rf"(?P<all>(?P<percent>{PERCENT})\s*%)"
)
_FAR = 160


@rule(
    "DL228",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ ở câu sau không khớp số liệu ở câu trước",
    bad=[
        said(
            "Tiếp nhận 5.240 hồ sơ, trong đó: trực tuyến 4.087 hồ sơ, trực tiếp 1.153 hồ sơ. Tỷ lệ hồ sơ trực tuyến đạt 87%."
        )
    ],
    good=[
        said(
            "Tiếp nhận 5.240 hồ sơ, trong đó: trực tuyến 4.087 hồ sơ, trực tiếp 1.153 hồ sơ. Tỷ lệ hồ sơ trực tuyến đạt 78%."
        )
    ],
)
def share_told_later(case: Case) -> Iterator[Hit]:
    """Whole and parts, then 'tỷ lệ hồ sơ trực tuyến đạt …' of the same dossiers."""
    for piece in case.of(*PROSE, saying=PERCENT_SIGN):
        if not _SHARE_OF_NAMED.search(piece.folded):
            continue
        for found in WHOLE_AND_PARTS.finditer(piece.folded):
            share = _SHARE_OF_NAMED.search(piece.folded, found.end(), found.end() + _FAR)
            part = share and re.search(rf"{share['name']}\D{{0,20}}({NUMBER})", found["parts"])
            if not share or not part or re.search(r"\bqua\b|toan trinh", found["parts"]):
                continue
            counted, whole = number(part[1]), number(found["whole"])
            if 0 < whole >= counted and not agrees(counted, whole, share["percent"]):
                right = percent_of(counted, whole, share["percent"])
                yield Hit(
                    piece,
                    *share.span("all"),
                    f"{part[1]}/{found['whole']} là {right}%, ở đây ghi {share['percent']}%: đối chiếu số liệu và sửa.",
                )


_CONTENT = re.compile(
    rf"t[iy] le\s+(?:[a-z]+\s+){{0,4}}?(?P<names>(?:rat )?hai long(?: va (?:rat )?hai long)?)\s+(?:dat|la|chiem)\s+(?:t[iy] le\s+)?(?P<all>(?P<percent>{PERCENT})\s*%)"
)
_VERY, _WELL = re.compile(r"rat hai long:?\s*$"), re.compile(r"(?<!rat )(?<!khong )(?<!chua )hai long:?\s*$")
_SATISFIED = words("hài") & words("lòng") & PERCENT_SIGN


@rule(
    "DL918",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ hài lòng không khớp số phiếu",
    needs=_SATISFIED,
    bad=[
        said("Khảo sát 420 người dân: rất hài lòng 318 phiếu, hài lòng 96 phiếu, không hài lòng 06 phiếu; tỷ lệ hài lòng và rất hài lòng đạt 95,6%."),
    ],
    good=[
        said("Khảo sát 420 người dân: rất hài lòng 318 phiếu, hài lòng 96 phiếu, không hài lòng 06 phiếu; tỷ lệ hài lòng và rất hài lòng đạt 98,6%."),
        said("Khảo sát 420 người dân: rất hài lòng 318 phiếu, hài lòng 96 phiếu; tỷ lệ hài lòng đạt 98,57%."),
        said("Tỷ lệ hài lòng của người dân đạt 95,6%."),
    ],
)  # fmt: skip
def content_against_sheets(case: Case) -> Iterator[Hit]:
    """So many asked, so many very content and so many content: whatever of them the share is meant of, it is wrong."""
    for piece, row in told_with(case, _SATISFIED):
        for found in _CONTENT.finditer(piece.folded):
            asked = [one for one in row if one.end < found.start() and not one.is_percent and one.value]
            very, well = (
                next(
                    (
                        one.value
                        for one in asked
                        if name.search(piece.folded, max(0, one.start - 24), one.start)
                    ),
                    None,
                )
                for name in (_VERY, _WELL)
            )
            if very is None or well is None:
                continue
            parts = (very + well,) if " va " in found["names"] else (very + well, very, well)
            wholes = [one.value for one in asked if one.value >= very + well]
            if wholes and not any(
                agrees(part, whole, found["percent"]) for part in parts for whole in wholes
            ):
                yield _share_hit(piece, *found.span("all"), very + well, wholes[0], found["percent"])


_IN_TIME = re.compile(
    rf"t[iy] le\s+(?:ho so\s+)?(?:(?:duoc\s+)?giai quyet\s+)?(?:dung han|truoc han|truoc va dung han|dung va truoc han|dung han va truoc han|truoc han va dung han)\s+(?:dat|la|chiem)\s+(?P<all>(?P<percent>{PERCENT})\s*%)"
)
_TOLD_IN_TIME = re.compile(r"^[^.;,\d]{0,40}?\b(?:dung han|truoc han)|^[^.;,\d]{0,20}truoc, dung han")
_OF_TIME = words("hạn") & PERCENT_SIGN


@rule(
    "DL919",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ đúng hạn không khớp số hồ sơ",
    needs=_OF_TIME,
    bad=[
        said("Đã giải quyết 9.310 hồ sơ. Trong đó có 9.282 hồ sơ đúng hạn và trước hạn, 28 hồ sơ quá hạn; tỷ lệ đúng hạn và trước hạn đạt 98,9%."),
    ],
    good=[
        said("Đã giải quyết 9.310 hồ sơ. Trong đó có 9.282 hồ sơ đúng hạn và trước hạn, 28 hồ sơ quá hạn; tỷ lệ đúng hạn và trước hạn đạt 99,7%."),
        said("Đã giải quyết 310 hồ sơ: 200 hồ sơ trước hạn, 100 hồ sơ đúng hạn; tỷ lệ trước và đúng hạn đạt 96,8%."),
    ],
)  # fmt: skip
def in_time_against_number(case: Case) -> Iterator[Hit]:
    """So many solved and so many of them in time, in the sentences before: any two that agree are meant."""
    for piece, row in told_with(case, _OF_TIME):
        for found in _IN_TIME.finditer(piece.folded):
            before = [one for one in row if one.end < found.start() and not one.is_percent and one.value]
            timely = [
                one.value for one in before if _TOLD_IN_TIME.match(piece.folded[one.end : found.start()])
            ]
            wholes = [one.value for one in before if timely and one.value >= max(timely)]
            if not timely or max(wholes) == max(timely):
                continue
            parts = [*timely, sum(timely, Fraction(0))]
            fits = any(
                agrees(part, whole, found["percent"]) for part in parts for whole in wholes if part <= whole
            )
            if not fits:
                yield _share_hit(piece, *found.span("all"), timely[-1], max(wholes), found["percent"])


_REST = re.compile(
    rf"(?P<part>\d(?<!/\d)(?<!/ \d){NUMBER.removeprefix(chr(92) + 'd')})\s+(?P<unit>[^\W\d]+)\b[^.;()\d]{{0,60}}[(,]\s*(?:chiem|dat)\s+(?:t[iy] le\s+)?(?P<all>(?P<percent>{PERCENT})\s*%)\s*\)?\s*,\s*con(?: lai)?\s+(?P<rest>{NUMBER})\s+(?P=unit)\b"
)
_SHARE_OR_STROKE = signs("/%")
_GROWTH = re.compile(
    rf"(?P<now>{NUMBER})\s+{UNIT}\b[^.;()\d]{{0,30}}[(,]\s*(?P<way>tang|giam)\s+(?P<more>{NUMBER})\s+{UNIT}\b[^.;()\d]{{0,25}}?(?:tuong duong|bang|dat|ung voi)\s+(?P<all>(?P<percent>{PERCENT})\s*%)\s*so voi"
)
_PART_OF = re.compile(
    rf"(?P<part>{number_not_after('ngay')})\s*/\s*(?P<whole>{NUMBER})\s+(?:{UNIT}|thon|ban|ap|to dan pho|khu|xom|buon|don vi|co quan|truong|ho|chi tieu|tieu chi|nhiem vu|phong|dai|cum|doan vien|hoi vien|dang vien|xa|phuong|noi dung|van ban)\b"
)


@rule(
    "DL232",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ không khớp với phần còn lại, với mức tăng giảm; phần lớn hơn tổng",
    bad=[
        said("Có 69 đài ứng dụng công nghệ thông tin (chiếm 63,6%), còn lại 55 đài hữu tuyến."),
        said("Đăng 9.655 tin, bài (tăng 1.204 tin, bài, tương đương 14,52% so với năm 2022)."),
        said("Đã giải quyết 2.091/2.046 hồ sơ."),
        said("Có 23/21 thôn đạt danh hiệu văn hóa."),
        said("Hoàn thành 11/10 nhiệm vụ của Kế hoạch."),
    ],
    good=[
        said("Có 96 đài ứng dụng công nghệ thông tin (chiếm 63,6%), còn lại 55 đài hữu tuyến."),
        said("Đăng 9.655 tin, bài (tăng 1.204 tin, bài, tương đương 14,25% so với năm 2022)."),
        said("Đã giải quyết 2.019/2.046 hồ sơ; vượt kế hoạch 120/100 tin."),
        said("Hoàn thành 18/24 nhiệm vụ (đạt 75%), còn 06 nhiệm vụ đang thực hiện."),
    ],
)
def share_against_rest(case: Case) -> Iterator[Hit]:
    """'96 đài (63,6%), còn lại 55 đài'; 'tăng 1.204, tương đương 14,25%'; '2.091/2.046 hồ sơ'."""
    for piece in case.of(*PROSE, saying=_SHARE_OR_STROKE):
        for found in _REST.finditer(piece.folded) if "con " in piece.folded else ():
            part, rest = number(found["part"]), number(found["rest"])
            yield from _unlike(piece, found, part, part + rest)
        for found in _GROWTH.finditer(piece.folded) if "so voi" in piece.folded else ():
            now, more = number(found["now"]), number(found["more"])
            before = now - more if found["way"] == "tang" else now + more
            yield from _unlike(piece, found, more, before)
        for found in _PART_OF.finditer(piece.folded) if "/" in piece.text else ():
            around = piece.folded[max(0, found.start() - 40) : found.end() + 20]
            may_be_surpassed = OF_PLAN.search(around) and not _ONE_BY_ONE.search(found[0])
            if number(found["part"]) > number(found["whole"]) > 0 and not may_be_surpassed:
                message = f"{found['part']} lớn hơn {found['whole']}: phần không thể lớn hơn tổng, đối chiếu và sửa."
                yield Hit(piece, found.start("part"), found.end("whole"), message)


def _unlike(piece: Piece, found: re.Match[str], part: int, whole: int) -> Iterator[Hit]:
    if whole > 0 and part <= whole and not agrees(part, whole, found["percent"]):
        right = percent_of(part, whole, found["percent"])
        message = f"{printed(part)}/{printed(whole)} là {right}%, ở đây ghi {found['percent']}%: đối chiếu số liệu và sửa."
        yield Hit(piece, *found.span("all"), message)


# Nobody does more tasks than there are, whatever the plan.
_ONE_BY_ONE = re.compile(r"(?:nhiem vu|tieu chi|thon|ban|ap|xom|buon|to dan pho|xa|phuong)$")
_OVER = re.compile(r"(?P<all>(?P<percent>\d{3}(?:,\d+)?)\s*%)")
_SHARE_NAMES = re.compile(
    r"t[iy] le (?:ho so|hai long|giai quyet|nop|tiep nhan|thanh toan|so hoa|nguoi dan|cong dan|can bo|dung han|truc tuyen)|muc do hai long|dung han|so hoa"
)


@rule(
    "DL223",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Tỷ lệ của một phần lớn hơn 100%",
    bad=[
        said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 102%."),
        said("Tỉ lệ hài lòng của người dân đạt 102%."),
    ],
    good=[
        said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%."),
        said("Số tin, bài đạt 120% kế hoạch."),
        said("Tỷ lệ hồ sơ trực tuyến đạt 105% chỉ tiêu giao."),
    ],
)
def share_over_whole(case: Case) -> Iterator[Hit]:
    """A part is never more than its whole; a plan can be surpassed."""
    for piece in case.of(*PROSE, saying=PERCENT_SIGN):
        for found in _OVER.finditer(piece.folded):
            if float(found["percent"].replace(",", ".")) <= 100:
                continue
            clause = clause_before(piece, found.start())
            after = piece.folded[found.end() : found.end() + 40]
            if _SHARE_NAMES.search(clause) and not OF_PLAN.search(clause + after):
                yield Hit(
                    piece,
                    *found.span("all"),
                    "Tỷ lệ của một phần không thể quá 100%: đối chiếu số liệu và sửa.",
                )


RULES = (
    share_against_its_numbers,
    share_told_later,
    content_against_sheets,
    in_time_against_number,
    share_against_rest,
    share_over_whole,
)
