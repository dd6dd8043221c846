"""What is left, what it makes in all, which way it went: numbers of one sentence against its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import parts, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import told_with
from dinhlang.officialdoc.check.rules.figures.reading import (
    DECIMAL,
    NUMBER,
    NUMBER_ALONE,
    decimal,
    number,
    printed,
    told,
)
from dinhlang.officialdoc.check.wording import BRACKET, SLASH
from dinhlang.officialdoc.check.wording import NUMBER as NUMBERS

_REST = re.compile(
    rf"(?P<part>{NUMBER_ALONE})\s*/\s*(?P<whole>{NUMBER})\s+(?P<unit>[a-z]+)\b(?:\s+[a-z]+){{0,8}}\s*(?:[(,]\s*(?:dat|chiem)?\s*(?:t[iy] le\s*)?[\d,]+\s*%\s*\)?)?\s*[,;]\s*(?:hien\s+|van\s+|chi\s+)?(?:con(?:\s+lai)?|vang)\s+(?P<rest>{NUMBER})\s+(?:(?P=unit)|nguoi|don vi|xa|thon)\b"
)


_UNDONE = re.compile(
    rf"(?P<part>{NUMBER_ALONE})\s*/\s*(?P<whole>{NUMBER})\s+(?P<unit>[a-z]+(?:\s+so)?)\b[^.;/]{{0,60}}[,;]\s*(?:so\s+)?(?P=unit)\s+(?:chua|con)\s+[a-z]+(?:\s+[a-z]+){{0,3}}\s*:?\s*(?P<rest>{NUMBER})\s+(?P=unit)\b"
)


# The others, told by what they did not do: of more than there are the sentence cannot be right.
_OTHERS = re.compile(
    rf"(?P<part>{NUMBER_ALONE})\s*/\s*(?P<whole>{NUMBER})\s+(?P<unit>[a-z]+)\b[^.;/\d]{{0,60}}(?:[(,]\s*(?:dat|chiem)?\s*(?:t[iy] le\s*)?[\d,]+\s*%\s*\)?)?\s*[,;]\s*(?P<rest>{NUMBER})\s+(?P=unit)\s+(?:[a-z]+\s+){{0,4}}?(?:cham|tre|muon|chua|khong|qua han)\b"
)


@rule(
    "DL249",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số còn lại không khớp với “đã làm trên tổng số”",
    bad=[said("Hoàn thành 18/24 nhiệm vụ (đạt 75%), còn 08 nhiệm vụ đang thực hiện."), said("Có 12/15 thôn đạt, còn 04 thôn chưa đạt."), said("05/14 cụm loa đã hỏng, chỉ còn 10 cụm loa sử dụng được."), said("Có 58/64 đơn vị gửi đúng hạn (đạt 90,6%), 07 đơn vị gửi chậm."), said("Giải quyết 2.310/2.345 hồ sơ, đạt 98,5%; số hồ sơ chưa giải quyết là 25 hồ sơ.")],
    good=[
        said("Hoàn thành 18/24 nhiệm vụ (đạt 75%), còn 06 nhiệm vụ đang thực hiện."),
        said("Giải quyết 2.310/2.345 hồ sơ, đạt 98,5%; số hồ sơ chưa giải quyết là 35 hồ sơ."),
        said("Có 58/64 đơn vị gửi đúng hạn (đạt 90,6%), 02 đơn vị gửi chậm, 04 đơn vị chưa gửi."),
        said("Có 12/15 thôn đạt, còn 02 thôn vùng cao gặp khó khăn về đường sá, 01 thôn chưa báo cáo."),
    ],
)  # fmt: skip
def what_is_left(case: Case) -> Iterator[Hit]:
    """'18/24 nhiệm vụ, còn 06 nhiệm vụ': part and rest make the whole. More rests may follow one that is too small."""
    for piece in case.of(*PROSE, Part.HEADING, saying=SLASH & NUMBERS):
        if "điểm" in piece.text:
            yield from _lost_points(piece)
        for found in _OTHERS.finditer(piece.folded):
            part, whole, rest = (number(found[name]) for name in ("part", "whole", "rest"))
            if 0 < part < whole and rest > whole - part:
                message = f"{printed(whole)} - {printed(part)} = {printed(whole - part)}, ở đây ghi {found['rest']}: đối chiếu và sửa."
                yield Hit(piece, found.start("part"), found.end("rest"), message)
        for found in _UNDONE.finditer(piece.folded) if "chưa " in piece.text else ():
            part, whole, rest = (number(found[name]) for name in ("part", "whole", "rest"))
            if 0 < part < whole and rest != whole - part:
                message = f"{printed(whole)} - {printed(part)} = {printed(whole - part)}, ở đây ghi {found['rest']}: đối chiếu và sửa."
                yield Hit(piece, found.start("part"), found.end("rest"), message)
        if "còn " not in piece.text and "vắng " not in piece.text:
            continue
        for found in _REST.finditer(piece.folded):
            part, whole, rest = (number(found[name]) for name in ("part", "whole", "rest"))
            more = re.match(rf"[^.;]{{0,60}},\s*{NUMBER}\s", piece.folded[found.end() :])
            if 0 < part < whole and rest != whole - part and not (more and rest < whole - part):
                message = f"{printed(whole)} - {printed(part)} = {printed(whole - part)}, ở đây ghi còn {found['rest']}: đối chiếu và sửa."
                yield Hit(piece, found.start("part"), found.end("rest"), message)


_POINTS = re.compile(
    rf"\bdat\s+(?P<part>{DECIMAL})\s*/\s*(?P<whole>{DECIMAL})\s+diem\b\s*[,;(]\s*(?:bi\s+)?(?:mat|tru|thieu|giam|mat di)\s+(?P<rest>{DECIMAL})\s+diem\b"
)


def _lost_points(piece: Piece) -> Iterator[Hit]:
    """'đạt 9,0/12 điểm, mất 3,0 điểm'."""
    for found in _POINTS.finditer(piece.folded):
        left = decimal(found["whole"]) - decimal(found["part"])
        if left != decimal(found["rest"]):
            message = f"{found['whole']} - {found['part']} = {told(left)}, ở đây ghi {found['rest']}: đối chiếu và sửa."
            yield Hit(piece, found.start("part"), found.end("rest"), message)


# 'phút/buổi', which few texts say: a stroke after a word, before another.
_PER_ONE = re.compile(r"/(?<!\d/)\s*(?:0?1\s+|moi\s+)?[a-z]")
_IN_ALL = re.compile(
    rf"(?P<count>{NUMBER})\s+(?P<of>[a-z]+(?:\s+[a-z]+)?)\b[^.;:\d]{{0,40}}?(?P<each>{NUMBER})\s+(?P<unit>[a-z]+)(?:\s+[a-z]+)?\s*/\s*(?:1\s+|01\s+|moi\s+)?(?P<per>[a-z]+)\b[^.;\d]{{0,30}}?\b(?:tong|la|thanh tien|=)[^.;\d]{{0,25}}?\s*(?P<all>{NUMBER})\s+(?P=unit)\b"
)


@rule(
    "DL264",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số lượng nhân với mức của mỗi đơn vị khác tổng nêu sau đó",
    bad=[said("Đài phát 52 chương trình, thời lượng 15 phút/chương trình, tổng thời lượng 870 phút.")],
    good=[
        said("Đài phát 52 chương trình, thời lượng 15 phút/chương trình, tổng thời lượng 780 phút."),
        said("Mở 04 lớp, thời gian 02 ngày/lớp, học viên là 120 người."),
    ],
)
def times_in_words(case: Case) -> Iterator[Hit]:
    """'52 chương trình, 15 phút/chương trình, tổng 780 phút'."""
    for piece, _ in told_with(case, SLASH):
        if not _PER_ONE.search(piece.folded):
            continue
        for found in _IN_ALL.finditer(piece.folded):
            if not found["of"].startswith(found["per"]):
                continue
            right = number(found["count"]) * number(found["each"])
            if right != number(found["all"]):
                message = f"{found['count']} × {found['each']} = {printed(right)}, ở đây ghi {found['all']}: đối chiếu và sửa."
                yield Hit(piece, found.start("all"), found.end("all"), message)


_STILL = words("còn")
_SPENT = re.compile(
    r"^[^.;:()]{0,40}[,;]\s*(?:nay |hien |den nay )?da\s+(?:chi|giai ngan|su dung|thanh toan|thuc hien|phat|cap phat|cap|trong|hoan thanh)(?:\s+(?:duoc|het))?\s+$"
)
_LEFT = re.compile(r"^[^.;:()]{0,40}[,;]\s*(?:hien |so )?con(?:\s+lai)?(?:\s+(?:la|du))?\s+$")


@rule(
    "DL917",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số được giao, số đã dùng và số còn lại không khớp",
    needs=_STILL & NUMBERS,
    bad=[said("Dự toán được giao 85 triệu đồng, đã chi 62 triệu đồng, còn lại 33 triệu đồng.")],
    good=[
        said("Dự toán được giao 85 triệu đồng, đã chi 62 triệu đồng, còn lại 23 triệu đồng."),
        said("Dự toán được giao 85 triệu đồng, đã chi 62 triệu đồng; còn lại 05 nhiệm vụ."),
    ],
)
def spent_and_left(case: Case) -> Iterator[Hit]:
    """'giao 85 triệu đồng, đã chi 62 triệu đồng, còn lại 23 triệu đồng': three amounts of the same things, one after another."""
    for piece, row in told_with(case, _STILL):
        for whole, used, left in zip(row, row[1:], row[2:], strict=False):
            if not (used.counts_like(whole) and left.counts_like(whole) and whole.unit) or whole.is_percent:
                continue
            is_told = _SPENT.match(piece.folded[whole.end : used.start]) and _LEFT.match(
                piece.folded[used.end : left.start]
            )
            if is_told and used.value < whole.value and whole.value - used.value != left.value:
                message = f"{told(whole.value)} - {told(used.value)} = {told(whole.value - used.value)}, ở đây ghi {told(left.value)}: đối chiếu và sửa."
                yield Hit(piece, whole.start, left.end, message)


_WENT = re.compile(
    r"^\s*[,;(]\s*(?P<way>tang|giam|cao hon|thap hon)\s+(?:so voi|so cung ky|voi|muc)\b[^.;()%\d]{0,40}(?:\d{4}|i{1,3}|iv|\d{1,2}\s+thang[^()%]{0,30})?[^.;()%\d]{0,20}(?:20\d\d)?\s*\(\s*(?:la\s+|dat\s+|t[iy] le\s+)?$"
)
_UP = ("tang", "cao hon")


@rule(
    "DL268",
    FindingKind.PERCENT_MISMATCH,
    Severity.ERROR,
    "Viết tăng, giảm nhưng hai số nói ngược lại",
    bad=[said("Tỷ lệ hồ sơ trực tuyến đạt 81%, giảm so với quý II năm 2023 (74%).")],
    good=[
        said("Tỷ lệ hồ sơ trực tuyến đạt 81%, tăng so với quý II năm 2023 (74%)."),
        said("Tỷ lệ hồ sơ trực tuyến đạt 81%, giảm 02 điểm so với quý II năm 2023 (83%)."),
    ],
)
def went_the_other_way(case: Case) -> Iterator[Hit]:
    """'đạt 81%, tăng so với … (74%)', without saying by how much."""
    for piece, row in told_with(case, BRACKET):
        if "so với" not in piece.text:
            continue
        for now, then in pairwise(row):
            between = piece.folded[now.end : then.start]
            found = _WENT.match(between) if now.counts_like(then) else None
            if found and now.value != then.value and (found["way"] in _UP) is (now.value < then.value):
                start = now.end + found.start("way")
                quote = piece.text[start : start + len(found["way"])]
                message = f"Từ {told(then.value)} đến {told(now.value)} không phải là “{quote}”: đối chiếu số liệu và sửa."
                yield Hit(piece, now.start, then.end, message)


_RAISE = parts("nâng")
_RAISED = re.compile(
    rf"\b(?:them|moi|lap dat|xay dung|lam moi|thanh lap|bo sung)\s+(?:moi\s+)?(?P<more>{NUMBER})\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)\b[^.;\d]{{0,30}}\bnang\s+(?:tong\s+)?so[^.;\d]{{0,50}}?\btu\s+(?P<then>{NUMBER})\s+(?:[a-z]+\s+){{0,3}}?len\s+(?P<now>{NUMBER})\b"
)


@rule(
    "DL915",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số có trước, số làm thêm và tổng số mới không khớp",
    bad=[said("Làm mới 06 pa nô, nâng tổng số pa nô trên địa bàn từ 10 lên 18 pa nô.")],
    good=[said("Làm mới 06 pa nô, nâng tổng số pa nô trên địa bàn từ 10 lên 16 pa nô.")],
)
def raised_by(case: Case) -> Iterator[Hit]:
    """'làm mới 06, nâng tổng số từ 10 lên 16'."""
    for piece in case.of(*PROSE, Part.HEADING, saying=_RAISE):
        for found in _RAISED.finditer(piece.folded) if "nâng" in piece.text else ():
            more, then, now = (number(found[name]) for name in ("more", "then", "now"))
            if then + more != now:
                message = f"{printed(then)} + {printed(more)} = {printed(then + more)}, ở đây ghi {found['now']}: đối chiếu và sửa."
                yield Hit(piece, found.start("then"), found.end("now"), message)


RULES = (what_is_left, spent_and_left, times_in_words, went_the_other_way, raised_by)
