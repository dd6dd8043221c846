"""Acts that are cited: whose they are, and of which day, as far as that is known."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib import resources

from dinhlang.officialdoc.check.case import Case, Citation, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import CITING
from dinhlang.officialdoc.check.pieces import PROSE, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.read.words import fold

_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
_ANY_DATE = re.compile(
    r"\bngay\s+(?:\d{1,2}\s+thang\s+\d{1,2}\s+nam\s+\d{4}|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4})"
)


@cache
def known_days() -> Mapping[str, date]:
    """The day of each known act by number and symbol ('30/2020/nd-cp', folded)."""
    text = resources.files("dinhlang.officialdoc.check.rules").joinpath("acts.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {fold(name): date.fromisoformat(day) for name, day in rows}


def _dated(one: Citation) -> tuple[int, int]:
    found = _ANY_DATE.search(one.piece.folded, one.start, one.end)
    return found.span() if found else (one.start, one.end)


@rule(
    "DL262",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.ERROR,
    "Năm trong số của văn bản quy phạm khác năm ban hành",
    needs=CITING,
    basis=_BASIS,
    bad=[said("Căn cứ Nghị định số 987/2025/NĐ-CP ngày 09 tháng 6 năm 2024 của Chính phủ;", date=None)],
    good=[said("Căn cứ Nghị định số 987/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ;", date=None)],
)
def year_against_number(case: Case) -> Iterator[Hit]:
    """'…/2025/NĐ-CP' is of 2025. Where the day is known DL263 tells it."""
    for one in case.citations:
        number, day = one.reference.number or "", whole(one.reference.date)
        year = re.search(r"/\s*((?:19|20)\d\d)$", number)
        if year and day and day.year != int(year[1]) and _known_day(one) is None:
            message = f"Số của văn bản nói năm {year[1]}, ngày ban hành lại của năm {day.year}: đối chiếu văn bản gốc và sửa."
            yield Hit(one.piece, *_dated(one), message)


@rule(
    "DL263",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Ngày của văn bản được viện dẫn khác ngày ban hành đã biết",
    basis=_BASIS,
    bad=[
        said("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 15 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"),
        said("Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2014;"),
    ],
    good=[
        said("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư;"),
        said(
            "Thực hiện Quyết định số 06/QĐ-TTg ngày 03 tháng 01 năm 2020 của Thủ tướng Chính phủ, xã báo cáo;"
        ),
        said("Căn cứ Luật Tiếp công dân ngày 25 tháng 11 năm 2013;"),
    ],
)
def other_day_than_known(case: Case) -> Iterator[Hit]:
    """By `acts.tsv`; a number without a year comes back every year, so only its own year is judged."""
    for one in case.citations:
        day, known = whole(one.reference.date), _known_day(one)
        if day is None or known is None or known == day:
            continue
        number, symbol = _number_and_symbol(one)
        if known.replace(year=2000) == day.replace(year=2000) and abs(known.year - day.year) == 1:
            message = f"Văn bản này ban hành ngày {known:%d/%m/%Y}, ở đây ghi ngày {day:%d/%m/%Y}: đối chiếu văn bản gốc và sửa."
            yield Hit(one.piece, *_dated(one), message)
            continue
        is_unique = "/" in number or symbol.endswith("/tw")
        if (
            is_unique
            and (known.year == day.year or (symbol.endswith("/tw") and abs(known.year - day.year) < 3))
        ) or known.year == day.year:
            message = f"Văn bản này ban hành ngày {known:%d/%m/%Y}, ở đây ghi ngày {day:%d/%m/%Y}: đối chiếu văn bản gốc và sửa."
            yield Hit(one.piece, *_dated(one), message)
    yield from _laws(case)


def _known_day(one: Citation) -> date | None:
    """The day on which the cited document was made, when it is among those that are known."""
    number, symbol = _number_and_symbol(one)
    days = known_days()
    names = (f"{zero}{number}{sign}{symbol}" for sign in "/-" for zero in ("", "0"))
    return next((days[name] for name in names if name in days), None)


def _number_and_symbol(one: Citation) -> tuple[str, str]:
    number, symbol = one.reference.number or "", fold(one.reference.symbol or "")
    return number.replace(" ", "").lstrip("0"), symbol.replace(" ", "")


# By name, the days on which a law of this name was passed; those communes cite.
_LAWS: Mapping[str, tuple[date, ...]] = {
    "to chuc chinh quyen dia phuong": (date(2015, 6, 19), date(2025, 2, 19), date(2025, 6, 16)),
    "ngan sach nha nuoc": (date(2002, 12, 16), date(2015, 6, 25), date(2025, 6, 25)),
    "tiep cong dan": (date(2013, 11, 25),),
    "khieu nai": (date(2011, 11, 11),),
    "to cao": (date(2011, 11, 11), date(2018, 6, 12)),
    "can bo, cong chuc": (date(2008, 11, 13), date(2025, 6, 24)),
    "vien chuc": (date(2010, 11, 15), date(2025, 12, 10)),
    "tiep can thong tin": (date(2016, 4, 6),),
    "can cuoc": (date(2023, 11, 27),),
    "cu tru": (date(2006, 11, 29), date(2020, 11, 13)),
    "ho tich": (date(2014, 11, 20),),
    "luu tru": (date(2011, 11, 11), date(2024, 6, 21)),
    "thuc hien dan chu o co so": (date(2022, 11, 10),),
    "phong, chong tham nhung": (date(2005, 11, 29), date(2018, 11, 20)),
    "thi dua, khen thuong": (date(2003, 11, 26), date(2022, 6, 15)),
    "cong nghe thong tin": (date(2006, 6, 29),),
    "giao dich dien tu": (date(2005, 11, 29), date(2023, 6, 22)),
    "an ninh mang": (date(2018, 6, 12), date(2025, 12, 10)),
    "bao chi": (date(2016, 4, 5), date(2025, 12, 10)),
    "dat dai": (date(2003, 11, 26), date(2013, 11, 29), date(2024, 1, 18)),
    "bao ve moi truong": (date(2014, 6, 23), date(2020, 11, 17)),
}
_LAW = re.compile(
    r"luat(?<!\wluat)\s+(?P<name>"
    + "|".join(re.escape(name) for name in _LAWS)
    + r")\s+(?:so\s+\S+\s+)?ngay\s+"
    r"(?:(?P<d>\d{1,2})\s+thang\s+(?P<m>\d{1,2})\s+nam\s+(?P<y>\d{4})|(?P<d2>\d{1,2})\s*/\s*(?P<m2>\d{1,2})\s*/\s*(?P<y2>\d{4}))"
)


def _laws(case: Case) -> Iterator[Hit]:
    for piece in case.of(*PROSE):
        for found in _LAW.finditer(piece.folded) if "uật" in piece.text else ():
            try:
                day = date(
                    int(found["y"] or found["y2"]),
                    int(found["m"] or found["m2"]),
                    int(found["d"] or found["d2"]),
                )
            except ValueError:
                continue
            known = _LAWS[found["name"]]
            amends = "sua doi" in piece.folded[max(0, found.start() - 140) : found.start()].rsplit(";")[-1]
            if day not in known and not amends:
                told = " hoặc ".join(f"{one:%d/%m/%Y}" for one in known)
                message = (
                    f"Luật này được thông qua ngày {told}, ở đây ghi ngày {day:%d/%m/%Y}: đối chiếu và sửa."
                )
                yield Hit(piece, found.start(), found.end(), message)


_ORGANS: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...] = tuple(
    (re.compile(symbol), re.compile(issuer), name)
    for symbol, issuer, name in (
        (r"^(?:nd|nq)-cp$", r"^(?:cua\s+)?chinh phu", "Chính phủ"),
        (r"^(?:qd|ct|cd)-ttg$", r"^(?:cua\s+)?thu tuong", "Thủ tướng Chính phủ"),
        (r"^qh\d+$", r"^(?:cua\s+)?quoc hoi", "Quốc hội"),
        (r"-ubnd$", r"ubnd|uy ban nhan dan|van phong|chu tich", "Ủy ban nhân dân"),
        (r"-hdnd$", r"hdnd|hoi dong nhan dan", "Hội đồng nhân dân"),
        (r"^tt-bnv$|^qd-bnv$", r"noi vu", "Bộ Nội vụ"),
        (r"^tt-btttt$|^qd-btttt$", r"thong tin va truyen thong|tttt", "Bộ Thông tin và Truyền thông"),
        (r"^tt-vpcp$|^qd-vpcp$", r"van phong chinh phu|vpcp", "Văn phòng Chính phủ"),
        (r"^(?:tt|qd)-btp$", r"tu phap", "Bộ Tư pháp"),
        (r"^(?:tt|qd)-btc$", r"tai chinh", "Bộ Tài chính"),
        (
            r"^[a-z]{2,3}/tw$",
            r"trung uong|bo chinh tri|ban bi thu|hoi nghi",
            "Ban Chấp hành Trung ương, Bộ Chính trị hoặc Ban Bí thư",
        ),
        (r"^[a-z]{2,3}/tu$", r"tinh uy|thanh uy", "Tỉnh ủy, Thành ủy"),
        (r"^[a-z]{2,4}-snv$", r"noi vu", "Sở Nội vụ"),
        (r"^[a-z]{2,4}-stp$", r"tu phap", "Sở Tư pháp"),
        (r"^[a-z]{2,4}-stttt$", r"thong tin va truyen thong|tttt|tt&tt", "Sở Thông tin và Truyền thông"),
        (r"^[a-z]{2,4}-skhcn$", r"khoa hoc", "Sở Khoa học và Công nghệ"),
        (r"^[a-z]{2,4}-stc$", r"tai chinh", "Sở Tài chính"),
    )
)


@rule(
    "DL143",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Cơ quan ban hành không khớp ký hiệu của văn bản được viện dẫn",
    needs=CITING,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3",
    bad=[
        said(
            "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Thủ tướng Chính phủ về một cửa;",
            date=None,
        ),
        said("Căn cứ Quyết định số 135/QĐ-TTg ngày 20 tháng 01 năm 2020 của Chính phủ phê duyệt Đề án;"),
        said(
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 05/01/2023 của Sở Nội vụ về cải cách hành chính, xã báo cáo;"
        ),
    ],
    good=[
        said(
            "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về một cửa;", date=None
        ),
        said(
            "Căn cứ Quyết định số 135/QĐ-TTg ngày 20 tháng 01 năm 2020 của Thủ tướng Chính phủ phê duyệt Đề án;"
        ),
        said(
            "Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2023 của Chủ tịch UBND tỉnh về cải cách hành chính, xã báo cáo;"
        ),
    ],
)
def issuer_against_symbol(case: Case) -> Iterator[Hit]:
    """'…/NĐ-CP' is the Government's, '…/QĐ-TTg' the Prime Minister's."""
    for one in case.citations:
        symbol, issuer = fold(one.reference.symbol or "").replace(" ", ""), fold(one.reference.issuer or "")
        if not issuer or not symbol or one.reference.number is None or symbol.count("-") > 1:
            continue
        for signs, names, right in _ORGANS:
            if signs.search(symbol) and not names.search(issuer):
                place = _issuer_at(one.piece, one)
                if place is None:
                    break
                yield Hit(
                    one.piece,
                    *place,
                    f"Ký hiệu “{one.reference.symbol}” là của {right}, ở đây ghi cơ quan khác: đối chiếu và sửa.",
                )
                break


_RIGHT_AFTER = re.compile(
    r"\s*,?\s*(?:ngay\s+\d{1,2}\s*(?:thang|[/.-])\s*\d{1,2}\s*(?:nam|[/.-])\s*\d{4}\s*)?,?\s*cua\s+(?:bo truong\s+|chu tich\s+)?"
)


def _issuer_at(piece: Piece, one: Citation) -> tuple[int, int] | None:
    """Where the issuer stands, when it stands right after the symbol and the day."""
    issuer = fold(one.reference.issuer or "")
    at = piece.folded.find(issuer, one.start)
    code = re.search(
        r"\d(?:/(?:19|20)\d\d)?\s*[/-]\s*[a-z][a-z0-9&]*(?:\s*[-/]\s*[a-z0-9]+)*",
        piece.folded[one.start : one.end],
    )
    if at < 0 or code is None or not _RIGHT_AFTER.fullmatch(piece.folded, one.start + code.end(), at):
        return None
    return at, at + len(issuer)


RULES = (year_against_number, other_day_than_known, issuer_against_symbol)
