"""The same amount told in two places with different numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.noted import parts, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.quantities import Quantity, of_case
from dinhlang.officialdoc.check.rules.figures.reading import is_slip
from dinhlang.officialdoc.check.wording import NUMBER
from dinhlang.officialdoc.kept import once

_TOTAL = re.compile(
    r"\b(?P<what>tong(?: so)?(?: nhu cau)?(?: muc)?(?: kinh phi| du toan| von| chi phi| so tien)|kinh phi(?: thuc hien)?|tong (?:cong|so|hop))\b[^.;()\d]{0,50}?(?P<open>:|\bla|\bkhoang|\bduoc)?\s*$"
)
_OTHER_TIME = re.compile(
    r"\b(?:nam truoc|cung ky|giai doan|nam 20\d\d so|da (?:chi|su dung|giai ngan|cap)|con lai|bo sung|tang|giam|trong do)\b"
)
_FAR = 80


@rule(
    "DL296",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Tổng kinh phí nêu ở hai chỗ khác nhau",
    needs=parts("đồng"),
    bad=[said("Tổng cộng: 355.000.000 đồng.\nKính trình phê duyệt tổng kinh phí 335.000.000 đồng.")],
    good=[
        said("Tổng cộng: 355.000.000 đồng.\nKính trình phê duyệt tổng kinh phí 355.000.000 đồng."),
        said("Tổng kinh phí giai đoạn là 355.000.000 đồng.\nTổng kinh phí năm 2023 là 95.000.000 đồng."),
    ],
)
def total_told_twice(case: Case) -> Iterator[Hit]:
    """Two totals of money that one digit, or two digits in the wrong order, make different."""
    found: list[tuple[Piece, Quantity]] = []
    for piece, row in of_case(case).items():
        if "đồng" not in piece.text:
            continue
        for one in row:
            if not one.is_money:
                continue
            before = piece.folded[max(0, one.start - _FAR) : one.start]
            if _TOTAL.search(before) and not _OTHER_TIME.search(before):
                found.append((piece, one))
    values = {one.value for _, one in found}
    if len(values) != 2 or len(found) < 2:
        return
    usual, other = sorted(
        values, key=lambda value: (-sum(one.value == value for _, one in found), found[0][1].value != value)
    )
    if not is_slip(usual * 10**6, other * 10**6):
        return
    for piece, one in found:
        if one.value == other:
            message = f"Chỗ khác ghi tổng là {_money(found, usual)}, ở đây ghi {piece.text[one.start : one.end]}: đối chiếu và thống nhất."
            yield Hit(piece, one.start, one.end, message)


def _money(found: list[tuple[Piece, Quantity]], value: object) -> str:
    piece, one = next((piece, one) for piece, one in found if one.value == value)
    return piece.text[one.start : one.end]


_EACH = words("mỗi", "hằng")
_RATE = re.compile(
    rf"{begins('moi', 'hang')}\s+(?P<per>thang|quy|tuan|ngay)\s+(?:(?:co|dang|phat|viet|to chuc|thuc hien|dang tai|duy tri|phat song)\s+)?(?P<value>\d{{1,3}})\s+(?P<unit>[a-z]+(?:\s+[a-z]+)?)\b"
)
_MANNER = re.compile(r"\b(?:tren|qua|tai|ve)\s+(?:[a-z]+\s+){2}[a-z]+\b")


@rule(
    "DL295",
    FindingKind.OTHER,
    Severity.ERROR,
    "Định mức mỗi tháng, mỗi quý nêu ở hai chỗ khác nhau",
    bad=[
        said("Phát 96 bản tin trên hệ thống truyền thanh, bình quân mỗi tháng 08 bản tin.\nMỗi tháng phát 10 bản tin trên hệ thống truyền thanh."),
    ],
    good=[
        said("Phát 96 bản tin trên hệ thống truyền thanh, bình quân mỗi tháng 08 bản tin.\nMỗi tháng phát 08 bản tin trên hệ thống truyền thanh."),
        said("Mỗi tháng phát 08 tin trên hệ thống truyền thanh.\nMỗi tháng đăng 10 tin trên trang thông tin điện tử."),
    ],
)  # fmt: skip
def rate_told_twice(case: Case) -> Iterator[Hit]:
    """'Mỗi tháng 08 bản tin' here and 10 there, on the same channel by three words in a row."""
    seen: dict[tuple[str, str, str], int] = {}
    for piece, rates in _rates(case).items():
        ways = {found[0] for found in _MANNER.finditer(piece.folded)}
        for found in rates:
            value = int(found["value"])
            for way in ways:
                first = seen.setdefault((found["per"], found["unit"].split()[0], way), value)
                if first != value:
                    message = f"Chỗ khác ghi mỗi {found['per'].replace('thang', 'tháng').replace('quy', 'quý').replace('tuan', 'tuần').replace('ngay', 'ngày')} {first}, ở đây ghi {found['value']}: đối chiếu và thống nhất."
                    yield Hit(piece, found.start("value"), found.end("unit"), message)
                    break


@once
def _rates(case: Case) -> Mapping[Piece, list[re.Match[str]]]:
    found = {}
    for piece in case.of(*PROSE, Part.HEADING, saying=_EACH & NUMBER):
        if "ỗi " in piece.text or "ằng " in piece.text or "àng " in piece.text:
            rates = list(_RATE.finditer(piece.folded))
            if rates:
                found[piece] = rates
    return found


RULES = (total_told_twice, rate_told_twice)
