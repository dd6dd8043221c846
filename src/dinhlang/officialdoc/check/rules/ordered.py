"""Years gone by in what orders something: a decision, a letter, a notice speaks of what lies ahead."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import of_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part, that_say
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.years import year_hit
from dinhlang.officialdoc.check.wording import OF_2000S, YEAR
from dinhlang.officialdoc.model import Kind

_ORDERED = re.compile(
    begins("hoan thanh", "thuc hien", "trien khai", "dat", "bao dam", "vuot", "don doc", "day nhanh")
    + r"\b[^.;:]{0,60}\b(?:chi tieu|nhiem vu|ke hoach|muc tieu)\b[^.;:]{0,60}?\bnam\s+(?P<year>20\d\d)\b(?!\s*[-–])"
)
_ORDERS = (Kind.LETTER, Kind.DECISION, Kind.NOTICE, Kind.DIRECTIVE, Kind.GUIDANCE, Kind.OTHER)
_FIRST_MONTHS = 2


@rule(
    "DL277",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Văn bản giao việc yêu cầu hoàn thành chỉ tiêu, nhiệm vụ của năm đã qua",
    needs=of_kind(*_ORDERS),
    bad=[
        said(
            "Để hoàn thành chỉ tiêu năm 2022, Chủ tịch UBND xã yêu cầu:",
            kind=Kind.LETTER,
            symbol="UBND-VP",
            subject="đẩy mạnh nộp hồ sơ trực tuyến",
            period=None,
        ),
        said(
            "I. NỘI DUNG\nKết quả hỗ trợ năm 2022 được tính vào điểm thi đua của từng đoàn thể.",
            kind=Kind.NOTICE,
            symbol="TB-UBND",
            subject="lịch tiếp công dân",
            period=None,
        ),
    ],
    good=[
        said(
            "Để hoàn thành chỉ tiêu năm 2023, Chủ tịch UBND xã yêu cầu:",
            kind=Kind.LETTER,
            symbol="UBND-VP",
            subject="đẩy mạnh nộp hồ sơ trực tuyến",
            period=None,
        ),
        said(
            "Kết quả thực hiện nhiệm vụ năm 2022 đạt khá; xã đã hoàn thành chỉ tiêu năm 2022.",
            kind=Kind.LETTER,
            symbol="UBND-VP",
            subject="đẩy mạnh nộp hồ sơ trực tuyến",
            period=None,
        ),
    ],
)
def ordered_for_past_year(case: Case) -> Iterator[Hit]:
    """An order given in March is not for the year before."""
    made = case.document.date
    if (
        case.document.kind not in _ORDERS
        or made is None
        or not made.year
        or (made.month or 1) < _FIRST_MONTHS
    ):
        return
    if str(made.year - 1) in (case.document.subject or ""):
        return
    yield from _spoken_for_past_year(case, made.year)
    for piece in that_say(YEAR & OF_2000S, case.main):
        if piece.part not in (*PROSE, Part.HEADING) or piece in case.opening_bases:
            continue
        for found in _ORDERED.finditer(piece.folded) if "nam 20" in piece.folded else ():
            year, before = int(found["year"]), re.split(r"[.;:](?!\d)", piece.folded[: found.start()])[-1]
            told = re.search(r"\bda\b|ket qua|danh gia|tong ket|so ket|ton tai|chua", before + found[0])
            if (
                made.year - 3 < year < made.year
                and not told
                and not case.is_cited(piece, found.start("year"))
            ):
                start = piece.folded.rindex("nam", 0, found.start("year"))
                message = f"Văn bản năm {made.year} giao việc của năm {year}: sửa lại năm."
                yield Hit(
                    piece,
                    start,
                    found.end("year"),
                    message,
                    f"{piece.text[start : found.start('year')]}{made.year}",
                )


_WILL_BE = re.compile(
    r"\b(?:duoc tinh|se\b|nhac nho|tinh vao|xep loai|phuc vu|de nghi|yeu cau)[^.;]*$|^[^.;]*\b(?:duoc tinh|se duoc|tinh vao|duoc xem xet)"
)
_OF_PAST = re.compile(
    r"\bda\b|ket qua thuc hien|\bdat\b|so voi|cung ky|theo|tu nam|giai doan|quyet toan|tong ket|so ket|ton dong|chuyen (?:sang|tiep)|ban hanh|nghi quyet|ke hoach so"
)
_NAMED_YEAR = re.compile(r"\b(?:quy\s+(?:iv|i{1,3})\s+)?nam\s+(?P<year>20\d\d)\b(?!\s*[-–])")


def _spoken_for_past_year(case: Case, own: int) -> Iterator[Hit]:
    """'Kết quả … năm 2022 được tính vào …' in an order of 2023: what is announced lies ahead."""
    for piece in case.main:
        if piece.part not in PROSE or piece in case.opening or str(own - 1) not in piece.text:
            continue
        for found in _NAMED_YEAR.finditer(piece.folded):
            begin = max((piece.folded.rfind(sign, 0, found.start()) for sign in ".;"), default=-1) + 1
            end = re.search(r"[.;](?!\d)|$", piece.folded[found.end() :])
            before = piece.folded[begin : found.start()]
            after = piece.folded[found.end() : found.end() + (end.start() if end else 0)]
            ahead = _WILL_BE.search(before) or _WILL_BE.search(after)
            if (
                int(found["year"]) != own - 1
                or not ahead
                or _OF_PAST.search(before + after)
                or case.is_cited(piece, found.start())
            ):
                continue
            message = f"Văn bản năm {own} nói việc của năm {own - 1} như việc sắp tới: sửa lại năm."
            yield year_hit(piece, found, own, message)


RULES = (ordered_for_past_year,)
