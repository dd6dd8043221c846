"""Telephone numbers and e-mail addresses nobody can be reached at."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.noted import signs, words
from dinhlang.officialdoc.check.pieces import PROSE, Part
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.wording import NUMBER

_PLACES = (*PROSE, Part.HEADING, Part.CELL, Part.NOTE)
_CALLED = words("thoại", "nóng", "hotline", "ĐT", "SĐT", "Zalo")
_AT = signs("@")
_AFTER_WORD = re.compile(
    begins(
        "[đĐ](?i:iện thoại)",
        "[đĐ](?i:ường dây nóng)",
        "[hH](?i:otline)",
        "[đĐ](?i:T)",
        "[sS](?i:ĐT)",
        "[zZ](?i:alo)",
    )
    + r"\b[^\d.;]{0,30}?(?P<number>\+?\(?\d[\d .()-]{4,18}\d)(?![\d/])"
)
_DAY = re.compile(r"\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*20\d\d")
# Mobile numbers have ten digits, those of a place eleven with the 02… before them (TT 22/2014/TT-BTTTT), seven or eight
# without; 1800 and 1900 have eight or ten.
_REACHABLE = re.compile(r"0[35789]\d{8}|02\d{9}|[2-9]\d{6,7}|1[89]00\d{4}(?:\d\d)?|84[235789]\d{8,9}")
_SHORT = 6
# 'Zalo có 412.000 lượt xem'.
_COUNT = re.compile(r"\d{1,3}(?:\.\d{3})+\s+[^\W\d_]")


@rule(
    "DL298",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số điện thoại thừa hoặc thiếu chữ số",
    bad=[
        said("Phản ánh gọi đường dây nóng: 0912 345 67."),
        said("Kiến nghị gửi về số điện thoại: 02623.12345."),
    ],
    good=[
        said("Phản ánh gọi đường dây nóng: 0912 345 678 hoặc 1900 1234."),
        said("Điện thoại: (0262) 3.812.345; tổng đài 1022; điện thoại: 3812345."),
        said("Danh sách điện thoại ban hành ngày 12/5/2023; kênh Zalo có 412.000 lượt xem."),
    ],
)
def telephone(case: Case) -> Iterator[Hit]:
    """By the number of digits."""
    for piece in case.of(*_PLACES, saying=_CALLED & NUMBER):
        for found in _AFTER_WORD.finditer(piece.text):
            number = found["number"]
            digits = re.sub(r"\D", "", number)
            if _COUNT.match(piece.text, found.start("number")):
                continue
            if len(digits) < _SHORT or _DAY.match(number) or _REACHABLE.fullmatch(digits):
                continue
            message = (
                f"Số này có {len(digits)} chữ số: di động có 10, máy bàn có 11 kể cả mã vùng. Gọi thử và sửa."
            )
            yield Hit(piece, *found.span("number"), message)


_LIKE_MAIL = re.compile(
    r"(?<!\w)[A-Za-z0-9._+-]{2,}\s?@\s?[A-Za-z0-9-]{2,}(?:\s?[.,]\s?[a-zA-Z][A-Za-z0-9-]*)*"
)
_MAIL = re.compile(r"[A-Za-z0-9.+_-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@rule(
    "DL299",
    FindingKind.OTHER,
    Severity.WARNING,
    "Địa chỉ thư điện tử viết sai",
    bad=[
        said("Gửi về email: ubnd@benmau,gov.vn."),
        said("Gửi về hộp thư ubnd.benmau@gmail để tổng hợp."),
    ],
    good=[
        said("Gửi về hộp thư ubnd.benmau@vidu.gov.vn, trước ngày 20."),
        said("Nhắc @mọi người trong nhóm."),
    ],
)
def mail_address(case: Case) -> Iterator[Hit]:
    """A comma, a space or no ending: no mail arrives."""
    for piece in case.of(*_PLACES, saying=_AT):
        for found in _LIKE_MAIL.finditer(piece.text):
            right = _MAIL.match(piece.text, found.start())
            if right is None:
                yield Hit(
                    piece,
                    *found.span(),
                    "Thư không gửi được đến địa chỉ này: kiểm tra dấu chấm, dấu cách và phần đuôi.",
                )


RULES = (telephone, mail_address)
