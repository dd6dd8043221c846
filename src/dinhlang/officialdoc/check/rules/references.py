"""How other documents are cited (NĐ 30/2020/NĐ-CP, Phụ lục I, II.6): complete at the first mention, alike every time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case, Citation, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import CITING
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, filed, rule, said
from dinhlang.officialdoc.check.wording import DASH, DAY, MONTH, NUMBER, SLASH, SO
from dinhlang.officialdoc.model import Appendix, Kind
from dinhlang.officialdoc.read.words import fold, kind_names

_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6"
_DATE_BASIS = "Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.4"
_OWN_SYMBOL = re.compile(r"(?:^|-)(?:ubnd|hdnd)\b")
_MADE = re.compile(r"\b(?:ban hanh|xay dung|tham muu|ky)\b")
_ISSUER_NEAR = re.compile(r"\b(?:ubnd|uy ban|hdnd|hoi dong nhan dan|chu tich)\b")


@rule(
    "DL120",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Viện dẫn không nói văn bản của cơ quan nào",
    needs=CITING,
    basis=_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số 508/KH-UBND ngày 24 tháng 12 năm 2022 về cải cách hành chính năm 2023, xã đã làm."
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 508/KH-UBND ngày 24 tháng 12 năm 2022 của UBND thành phố về cải cách hành chính, xã đã làm."
        ),
        said(
            "Ủy ban nhân dân xã đã ban hành Kế hoạch số 02/KH-UBND ngày 04 tháng 01 năm 2023 về tuyên truyền."
        ),
        said("Thực hiện Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 về cải cách hành chính, xã đã làm."),
    ],
)
def cited_without_issuer(case: Case) -> Iterator[Hit]:
    """'…/KH-UBND' is of one of thousands of committees. The Government's symbols say themselves whose they are."""
    for one in case.first_citations:
        reference = one.reference
        symbol = fold(reference.symbol or "")
        if (
            reference.number is None
            or reference.issuer
            or not _OWN_SYMBOL.search(symbol)
            or one.piece.part is Part.CELL
            or one.piece.folded[: one.end].rstrip().endswith((" va", ","))
        ):
            # 'Kế hoạch số 75 … và Kế hoạch số 301 … của UBND tỉnh': both are of the one named at the end.
            continue
        before = re.split(r"[;.]\s", one.piece.folded[max(0, one.start - 160) : one.start])[-1]
        if (
            _ISSUER_NEAR.search(before)
            or _MADE.search(before)
            or _ISSUER_NEAR.search(_without_symbol(one))
            or not reference.subject
        ):
            continue
        yield Hit(
            one.piece,
            one.start,
            one.end,
            "Viện dẫn thiếu tên cơ quan ban hành: thêm “của …” sau ngày ban hành.",
        )


def _without_symbol(one: Citation) -> str:
    return re.sub(r"\S*/\S+", " ", one.piece.folded[one.start : one.end])


_TWO_BODIES = re.compile(
    r"cua(?<!\wcua)\s+(?:so|phong|bo|ubnd|uy ban nhan dan)\s[^,;.]{3,60}?\s+va\s+(?:so|phong|bo|ubnd|uy ban nhan dan|hdnd)\s(?!cac)"
)


@rule(
    "DL121",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Một số, ký hiệu gán cho hai cơ quan",
    needs=CITING,
    basis=_BASIS,
    bad=[
        said(
            "Thực hiện Kế hoạch số 191/KH-STTTT ngày 26/01/2023 về tuyên truyền năm 2023 của Sở Thông tin và Truyền thông và Ủy ban nhân dân thành phố, xã báo cáo."
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 191/KH-STTTT ngày 26/01/2023 của Sở Thông tin và Truyền thông về tuyên truyền, xã báo cáo."
        ),
        said(
            "Thực hiện Kế hoạch số 15/KHLT-SNV-SGD ngày 26/01/2023 của Sở Nội vụ và Sở Giáo dục và Đào tạo về tập huấn, xã báo cáo."
        ),
    ],
)
def one_number_of_two_bodies(case: Case) -> Iterator[Hit]:
    """Only a joint document (liên tịch) has two issuers."""
    for one in case.first_citations:
        symbol = fold(one.reference.symbol or "")
        if one.reference.number is None or "lt" in symbol or symbol.count("-") > 1:
            continue
        found = _TWO_BODIES.search(one.piece.folded, one.start, min(len(one.piece.folded), one.end + 80))
        if found and not re.search(r"\bso\s*:?\s*\d+\s*/", one.piece.folded[one.start + 20 : found.start()]):
            start = found.start()
            end = len(one.piece.folded[: found.end()].rstrip())
            yield Hit(
                one.piece,
                start,
                end,
                "Một số, ký hiệu chỉ của một cơ quan: viện dẫn riêng từng văn bản, đủ số, ngày, cơ quan.",
            )


_MENTION = re.compile(
    rf"{kind_names(False, cited=True)}\s+so\s*:?\s*(?P<number>\d{{1,5}}(?:/20\d\d)?)\s*/\s*(?P<symbol>[a-z]+(?:\s*-\s*[a-z0-9]+)+)\s*,?\s*"
    r"ngay\s+(?P<day>\d{1,2})\s*(?:/|-|thang)\s*(?P<month>\d{1,2})\s*(?:/|-|nam)\s*(?P<year>\d{4})"
)


@rule(
    "DL122",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Cùng một văn bản được viện dẫn với hai ngày khác nhau",
    needs=CITING,
    bad=[
        said(
            "Thực hiện Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND xã, UBND xã báo cáo.\nI. Kết quả\nĐã thực hiện Kế hoạch số 04/KH-UBND ngày 14/02/2023 của UBND xã."
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND xã, UBND xã báo cáo.\nI. Kết quả\nĐã thực hiện Kế hoạch số 04/KH-UBND ngày 13/02/2023 của UBND xã."
        ),
        said(
            "Thực hiện Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND huyện; Kế hoạch số 04/KH-UBND ngày 20 tháng 3 năm 2023 của UBND xã, xã báo cáo."
        ),
    ],
)
def two_days_for_one(case: Case) -> Iterator[Hit]:
    """Numbers begin anew each year and each body has its own; the same body, number and year have one day."""
    known: dict[tuple[str, ...], list[tuple[str, tuple[int, int]]]] = {}
    for one in case.citations:
        reference, day = one.reference, whole(one.reference.date)
        if reference.number is None or day is None or not reference.symbol:
            continue
        issuer = fold(reference.issuer or "").replace("uy ban nhan dan", "ubnd").split(" (")[0][:16]
        symbol = fold(reference.symbol).replace(" ", "")
        key = (reference.kind.value, reference.number.lstrip("0"), symbol, str(day.year))
        seen = known.setdefault(key, [])
        first = next((then for body, then in seen if body == issuer or not body or not issuer), None)
        seen.append((issuer, (day.day, day.month)))
        if first is not None and first != (day.day, day.month):
            yield Hit(
                one.piece,
                one.start,
                one.end,
                f"Văn bản này ở trên ghi ngày {first[0]:02d}/{first[1]:02d}/{day.year}, ở đây ghi ngày {day:%d/%m/%Y}: đối chiếu và thống nhất.",
            )


_LONG_DATE = re.compile(
    r"ngay(?<!\wngay)\s+(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?:19|20)\d\d"
)


@rule(
    "DL123",
    FindingKind.REFERENCE_FORM,
    Severity.INFO,
    "Ngày dưới 10, tháng 1, tháng 2 thiếu số 0",
    basis=_DATE_BASIS,
    bad=[
        said("Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 2 năm 2023 của UBND huyện."),
        said("Họp ngày 5 tháng 3 năm 2023."),
        filed("Số: 01/BC-UBND\nBến Mẫu, ngày 5 tháng 3 năm 2023\nBÁO CÁO\nKết quả năm 2023\n\nXã đã làm."),
    ],
    good=[
        said("Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện."),
        said("Họp ngày 15 tháng 3 năm 2023."),
    ],
)
def date_without_zero(case: Case) -> Iterator[Hit]:
    """'ngày 08 tháng 02', so that nobody can put a digit before it."""
    in_head = [line for line in case.head_lines if "thang" in line.folded]
    for piece in (*in_head, *case.of(*Part, saying=DAY & MONTH)):
        for found in _LONG_DATE.finditer(piece.folded):
            day, month = found["day"], found["month"]
            right_day = day.zfill(2)
            right_month = month.zfill(2) if int(month) < 3 else month
            if (day, month) == (right_day, right_month):
                continue
            text = piece.text[found.start() : found.end()]
            at_day, at_month = found.start("day") - found.start(), found.start("month") - found.start()
            fix = text[:at_day] + right_day + text[at_day + len(day) : at_month] + right_month
            fix += text[at_month + len(month) :]
            yield Hit(
                piece,
                found.start(),
                found.end(),
                "Ngày dưới 10, tháng 1 và tháng 2 viết thêm số 0 ở trước.",
                fix,
            )


_SHORT_DATE = re.compile(r"ngay(?<!\wngay)\s+\d{1,2}\s*/\s*\d{1,2}\s*/\s*(?:19|20)\d\d")


@rule(
    "DL124",
    FindingKind.REFERENCE_FORM,
    Severity.INFO,
    "Hai cách ghi ngày trong các viện dẫn",
    needs=CITING,
    bad=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện; Kế hoạch số 04/KH-UBND ngày 13/02/2023 của UBND xã, UBND xã báo cáo."
        )
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08/02/2023 của UBND huyện; Kế hoạch số 04/KH-UBND ngày 13/02/2023 của UBND xã, UBND xã báo cáo."
        )
    ],
)
def two_styles_of_date(case: Case) -> Iterator[Hit]:
    """The first date of the rarer style is shown; where both are as frequent, the short one."""
    hits: dict[str, list[Hit]] = {"dài": [], "ngắn": []}
    for one in case.citations:
        for style, pattern in (("dài", _LONG_DATE), ("ngắn", _SHORT_DATE)):
            if found := pattern.search(one.piece.folded, one.start, one.end):
                other = "ngày 08/02/2023" if style == "dài" else "ngày 08 tháng 02 năm 2023"
                message = f"Trong bài có hai cách ghi ngày: thống nhất một cách, ví dụ “{other}”."
                hits[style].append(Hit(one.piece, *found.span(), message))
    if hits["dài"] and hits["ngắn"]:
        rarer = "dài" if len(hits["dài"]) < len(hits["ngắn"]) else "ngắn"
        yield hits[rarer][0]


_SPACED_SYMBOL = re.compile(r"\d\s*(?P<all>/\s*[A-ZĐ]{1,5}[a-z]{0,2}\s*[-–—]\s*[A-ZĐ]{2}[A-ZĐa-z]*)")
_BLANK_SPACED = re.compile(r"(?P<all>/(?<=\s/)\s*[A-ZĐ]{1,5}[a-z]{0,2}\s*[-–—]\s*[A-ZĐ]{2,})")


@rule(
    "DL125",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Ký hiệu có dấu cách hoặc dấu gạch dài",
    needs=SLASH & DASH,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.3",
    bad=[
        said("Thực hiện Quyết định số 3396/QĐ – UBND ngày 15/12/2022 của UBND tỉnh."),
        said("Thực hiện Kế hoạch số 49/KH -UBND ngày 15/12/2022 của UBND xã."),
    ],
    good=[said("Thực hiện Quyết định số 3396/QĐ-UBND ngày 15/12/2022 của UBND tỉnh.")],
)
def spaced_symbol(case: Case) -> Iterator[Hit]:
    """'3396/QĐ-UBND', without spaces: it is searched as one word."""
    for piece in case.of(*Part, saying=SLASH & DASH):
        if piece.part is Part.SUBJECT:
            continue
        for pattern in (_SPACED_SYMBOL, _BLANK_SPACED):
            for found in pattern.finditer(piece.text):
                right = re.sub(r"\s+", "", found["all"]).replace("–", "-").replace("—", "-")
                if right != found["all"]:
                    yield Hit(piece, *found.span("all"), "Ký hiệu viết liền, nối bằng dấu “-”.", right)


_WITH_NUMBER = re.compile(r"số(?<!\wsố)\s+\d+\s*/\s*[A-ZĐ\d]")
_LOWER_KIND = re.compile(
    r"(?<![\w“\"])(?P<name>kế hoạch|quyết định|nghị quyết|chỉ thị|công văn|thông báo|báo cáo|tờ trình|nghị định|thông tư|hướng dẫn)\s+$"
)


@rule(
    "DL126",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "Tên loại văn bản được viện dẫn viết thường",
    needs=SLASH & SO & NUMBER,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục II, mục V",
    bad=[said("UBND xã đã xây dựng kế hoạch số 64/KH-UBND ngày 29 tháng 02 năm 2024.")],
    good=[
        said("UBND xã đã xây dựng Kế hoạch số 64/KH-UBND ngày 29 tháng 02 năm 2024."),
        said("Theo 02 kế hoạch của UBND xã."),
    ],
)
def kind_in_small_letters(case: Case) -> Iterator[Hit]:
    """A kind with its number is a name."""
    for piece in case.of(*PROSE, Part.CELL, Part.NOTE, saying=SLASH & SO & NUMBER):
        for numbered in _WITH_NUMBER.finditer(piece.text):
            found = _LOWER_KIND.search(piece.text, max(0, numbered.start() - _KIND_REACH), numbered.start())
            if found is None:
                continue
            right = found["name"][0].upper() + found["name"][1:]
            yield Hit(piece, *found.span("name"), "Tên loại văn bản kèm số viết hoa chữ đầu.", right)


_KIND_REACH = 40
_KIND_OF_SYMBOL = {
    Kind.PLAN: "KH",
    Kind.DECISION: "QĐ",
    Kind.REPORT: "BC",
    Kind.NOTICE: "TB",
    Kind.DIRECTIVE: "CT",
    Kind.RESOLUTION: "NQ",
    Kind.SUBMISSION: "TTR",
}
_FIRST_LETTERS = {"KH", "QĐ", "BC", "TB", "CT", "NQ", "TTR", "NĐ", "TT"}
_OF_LAWS = {"Nghị định": ("NĐ",), "Thông tư": ("TT", "TTLT")}


@rule(
    "DL127",
    FindingKind.REFERENCE_FORM,
    Severity.WARNING,
    "Loại văn bản được viện dẫn không khớp ký hiệu",
    needs=CITING,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục III",
    bad=[
        said(
            "Thực hiện Kế hoạch số 12/QĐ-UBND ngày 05 tháng 01 năm 2023 của UBND huyện về cải cách hành chính, xã báo cáo."
        ),
        said("1. Chương trình tổng thể ban hành kèm theo Nghị quyết số 76/NĐ-CP ngày 15/7/2021."),
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2023 của UBND huyện về cải cách hành chính, xã báo cáo."
        ),
        said("Thực hiện Kế hoạch số 12-KH/TU ngày 05 tháng 01 năm 2023 của Tỉnh ủy, xã báo cáo."),
    ],
)
def kind_against_symbol(case: Case) -> Iterator[Hit]:
    """A 'Kế hoạch' whose symbol says 'QĐ'."""
    for one in case.first_citations:
        expected = _KIND_OF_SYMBOL.get(one.reference.kind)
        first = (one.reference.symbol or "").replace(" ", "").split("-")[0].upper()
        by_name = next((known for name, known in _OF_LAWS.items() if one.text.startswith(name)), None)
        if one.reference.number and (
            (expected and first in _FIRST_LETTERS and first != expected)
            or (by_name and first in _FIRST_LETTERS and first not in by_name)
        ):
            yield Hit(
                one.piece,
                one.start,
                one.end,
                f"Loại văn bản không khớp ký hiệu “{one.reference.symbol}”: đối chiếu văn bản gốc, sửa tên loại hoặc ký hiệu.",
            )


_NAMED_KIND = begins(
    "Nghị định", "Thông tư", "Nghị quyết", "Quyết định", "Chỉ thị", "Kế hoạch", "Công văn", "Thông báo", "Báo cáo", "Tờ trình",
    "Hướng dẫn", not_after=r'\w“"/',
)  # fmt: skip
_WITHOUT_SO = re.compile(
    rf"(?P<all>{_NAMED_KIND}(?P<gap>\s+)\d{{1,5}}(?:/20\d\d)?/[A-ZĐ]{{1,5}}[a-z]?[A-Z]?(?:-[A-ZĐ](?:[A-ZĐa-z&.]*[A-ZĐa-z])?)+)"
)


@rule(
    "DL128",
    FindingKind.REFERENCE_FORM,
    Severity.INFO,
    "Viện dẫn thiếu chữ “số”",
    needs=SLASH & NUMBER & DASH,
    basis=_BASIS,
    bad=[said("Căn cứ Nghị định 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ;")],
    good=[
        said("Căn cứ Nghị định số 49/2024/NĐ-CP ngày 10 tháng 5 năm 2024 của Chính phủ;"),
        said("Theo Luật 72/2025/QH15 và Kế hoạch 12 của xã."),
    ],
)
def cited_without_so(case: Case) -> Iterator[Hit]:
    """'Nghị định 49/2024/NĐ-CP': the first of each document is shown. Laws are cited by name."""
    told: set[str] = set()
    for piece in case.of(*PROSE, Part.NOTE, Part.CELL, saying=SLASH & NUMBER & DASH):
        for found in _WITHOUT_SO.finditer(piece.text):
            if found["all"] in told:
                continue
            told.add(found["all"])
            gap = found.start("gap") - found.start("all")
            right = f"{found['all'][:gap]} số {found['all'][gap:].lstrip()}"
            yield Hit(piece, *found.span("all"), f"Trước số, ký hiệu viết chữ “số”: “{right}”.", right)


_ATTACHED = re.compile(
    r"kem theo\s+(?P<kind>bao cao|ke hoach|quyet dinh|thong bao|to trinh|nghi quyet|cong van|chuong trinh|huong dan|chi thi)\s+so\s*:?\s*(?P<number>\d{1,5})\s*/\s*(?P<symbol>[a-z]+(?:\s*-\s*[a-z0-9]+)*)"
    r"(?:\s*,?\s*(?P<day>ngay\s+(?P<d>\d{1,2})\s*(?:/|thang)\s*(?P<m>\d{1,2})\s*(?:/|nam)\s*(?P<y>\d{4})))?"
)


@rule(
    "DL129",
    FindingKind.REFERENCE_FORM,
    Severity.ERROR,
    "Phụ lục ghi số, ngày khác với chính văn bản",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục III",
    bad=[
        said(
            "Nội dung.",
            appendices=(
                Appendix("NHIỆM VỤ", "Phụ lục", "(Kèm theo Báo cáo số 13/BC-UBND ngày 12 tháng 12 năm 2023)"),
            ),
        ),
        said(
            "Nội dung.",
            appendices=(
                Appendix("NHIỆM VỤ", "Phụ lục", "(Kèm theo Báo cáo số 12/BC-UBND ngày 21 tháng 12 năm 2023)"),
            ),
        ),
        said(
            "Nội dung.",
            appendices=(
                Appendix("NHIỆM VỤ", "Phụ lục", "(Kèm theo Quyết định số 12/QĐ-UBND ngày 12/12/2023)"),
            ),
        ),
    ],
    good=[
        said(
            "Nội dung.",
            appendices=(
                Appendix("NHIỆM VỤ", "Phụ lục", "(Kèm theo Báo cáo số 12/BC-UBND ngày 12 tháng 12 năm 2023)"),
            ),
        ),
        said("Nội dung ban hành kèm theo Quyết định số 99/QĐ-UBND ngày 01/02/2020 của UBND tỉnh."),
    ],
)
def attached_to_another(case: Case) -> Iterator[Hit]:
    """The note of an appendix repeats number and day of the document it is attached to."""
    document = case.document
    if document.number is None:
        return
    own = whole(document.date)
    for piece in case.pieces:
        if piece.part is not Part.NOTE and not piece.text.lstrip().startswith("(Kèm theo"):
            continue
        yield from _other_kind(case, piece)
        for found in _ATTACHED.finditer(piece.folded):
            symbol = fold(document.symbol or found["symbol"]).replace(" ", "")
            start = found.start("number")
            if found["symbol"].replace(" ", "") != symbol:
                if found["number"].lstrip("0") == document.number.lstrip("0") and found["kind"] == _named(
                    document.kind
                ):
                    message = f"Văn bản có ký hiệu {document.symbol}, ở đây ghi ký hiệu khác: sửa cho khớp."
                    yield Hit(piece, *found.span("symbol"), message, document.symbol)
                continue
            if found["number"].lstrip("0") != document.number.lstrip("0"):
                message = f"Phụ lục kèm theo văn bản số {document.number} nhưng ở đây ghi số {found['number']}: sửa cho khớp."
                yield Hit(piece, start, found.end("number"), message, document.number)
            elif own is not None and found["day"]:
                told = (int(found["d"]), int(found["m"]), int(found["y"]))
                if told != (own.day, own.month, own.year):
                    message = f"Văn bản ghi ngày {own:%d/%m/%Y} nhưng ở đây ghi ngày khác: sửa cho khớp."
                    yield Hit(piece, *found.span("day"), message)


_KIND_OF_NOTE = re.compile(
    r"^\W*(?:ban hanh )?kem theo\s+(?P<kind>bao cao|ke hoach|quyet dinh|thong bao|to trinh|nghi quyet|cong van|chi thi)\b"
)


def _named(kind: Kind) -> str:
    return kind.value.replace("-", " ")


def _other_kind(case: Case, piece: Piece) -> Iterator[Hit]:
    """'(Kèm theo Quyết định …)' under a plan."""
    found, kind = _KIND_OF_NOTE.match(piece.folded), case.document.kind
    if (
        found is None
        or kind in (Kind.OTHER, Kind.REGULATION, Kind.PROGRAMME)
        or piece.path[0] != "appendices"
    ):
        return
    if found["kind"] != _named(kind):
        yield Hit(
            piece, *found.span("kind"), "Phụ lục kèm theo chính văn bản này: sửa tên loại, số và ký hiệu."
        )


_DATED = re.compile(r"(?:^|[.;:]\s*)(?:vao\s+)?ngay\s+\d[^.;:]{0,60}$")
_NO_DAY = re.compile(r"/\s*[a-z0-9&.]+(?:\s*-\s*[a-z0-9&.]+)+(?P<after>\s+(?:cua|ve)\b)")


@rule(
    "DL130",
    FindingKind.BLANK_DATE,
    Severity.WARNING,
    "Văn bản được viện dẫn lần đầu không ghi ngày",
    basis=_BASIS,
    bad=[said("UBND xã đã ban hành Kế hoạch số 31/KH-UBND của UBND xã về kiểm tra kỷ luật.")],
    good=[
        said("UBND xã đã ban hành Kế hoạch số 31/KH-UBND ngày 05 tháng 3 năm 2023 của UBND xã về kiểm tra."),
        said("UBND xã đã ban hành Kế hoạch số 31/KH-UBND, Kế hoạch số 32/KH-UBND và 03 văn bản."),
        said(
            "Ngày 05/3/2023, UBND xã ban hành Kế hoạch số 31/KH-UBND về kiểm tra; Nghị quyết số 76/NQ-CP của Chính phủ."
        ),
        said(
            "Thực hiện Kế hoạch số 31/KH-UBND ngày 05/3/2023 của UBND tỉnh, UBND xã báo cáo.\nI. Kết quả\nTheo Kế hoạch số 31/KH-UBND của UBND tỉnh, xã đã làm."
        ),
    ],
)
def cited_without_day(case: Case) -> Iterator[Hit]:
    """Number and issuer or subject, but no day: the citation was meant to be complete."""
    for one in case.first_citations:
        reference = one.reference
        if reference.number is None or reference.date is not None or one.piece.part in (Part.CELL, Part.NOTE):
            continue
        if not _OWN_SYMBOL.search(fold(reference.symbol or "")) or _DATED.search(
            one.piece.folded[: one.start]
        ):
            continue
        found = _NO_DAY.search(one.piece.folded, one.start, one.end + 12)
        if found and "ngay" not in one.piece.folded[one.start : one.end] and "/20" not in one.text:
            yield Hit(
                one.piece,
                one.start,
                found.start("after"),
                "Lần viện dẫn đầu thiếu ngày ban hành: ghi “ngày … tháng … năm …” sau ký hiệu.",
            )


RULES = (
    cited_without_issuer,
    one_number_of_two_bodies,
    two_days_for_one,
    date_without_zero,
    two_styles_of_date,
    spaced_symbol,
    kind_in_small_letters,
    kind_against_symbol,
    cited_without_so,
    attached_to_another,
    cited_without_day,
)
