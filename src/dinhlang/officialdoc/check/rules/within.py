"""Two places of one document that do not agree: what is said and what is there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from dinhlang.officialdoc.check.case import PLANNING, Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import begins
from dinhlang.officialdoc.check.needs import OF_COMMUNE, ON_PERIOD, of_kind
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.times import DAY, day_of
from dinhlang.officialdoc.check.wording import COLON, DASH, NUMBER
from dinhlang.officialdoc.check.wording import DAY as DAY_WORD
from dinhlang.officialdoc.model import Appendix, Kind
from dinhlang.officialdoc.read.words import fold

# Names of offices that have a comma inside.
_COMMA_NAMES = re.compile(
    r"HĐND và UBND|Kinh tế, Hạ tầng và Đô thị|Văn hóa, (?:Thể thao và Du lịch|Thông tin và (?:Thể thao|Truyền thông)|Khoa học và Thông tin|Thông tin)"
    r"|Lao động, Thương binh|(?:Nông|Lâm) nghiệp, [^,;]{3,30} và [^,;]{3,30}(?=[,;.]|$)|Báo và phát thanh, truyền hình"
)
_ENUMERATED = re.compile(
    r"(?P<count>\d(?<![\d/.,]\d)\d?)\s+(?P<unit>bộ phận|cơ quan|đơn vị|phòng|ngành|xã|phường|thôn|ấp|bản|khu phố|tổ dân phố|trường|lĩnh vực|công chức|cán bộ|điểm|lớp|đoàn thể|hội)\b[^.;:\d]{0,40}?(?:,\s*|\(\s*|\s)(?:gồm|bao gồm|là|cụ thể)\s*(?:có)?\s*:\s*(?P<names>\w[^.;:()\d]{8,300})(?=[.;)]|$)"
)
_PARTED = re.compile(
    r"\s*,\s*(?:và\s+)?|\s+và\s+(?=(?:Phòng|Văn phòng|Trung tâm|Công an|Trạm|Ban|Đoàn|Hội|UBND|Sở|Trường|[Tt]hôn|[Xx]ã|[Ấấ]p)\b)"
)
_FEWEST = 2


@rule(
    "DL265",
    FindingKind.OTHER,
    Severity.ERROR,
    "Số đơn vị nêu ra khác số đơn vị kể tên",
    bad=[
        said("Xã kiểm tra 04 bộ phận, gồm: Văn phòng HĐND và UBND, Phòng Kinh tế, Phòng Văn hóa - Xã hội."),
        said("Xã được thành lập trên cơ sở nhập 03 xã: Bến Mẫu, Cồn Mẫu, với tổng số 21 thôn."),
        said(
            "Bố trí 04 công chức trực, gồm: công chức tư pháp - hộ tịch, công chức địa chính, công chức văn hóa - xã hội."
        ),
    ],
    good=[
        said("Xã kiểm tra 03 bộ phận, gồm: Văn phòng HĐND và UBND, Phòng Kinh tế, Phòng Văn hóa - Xã hội."),
        said("Xã kiểm tra 02 bộ phận, gồm: Phòng Kinh tế, Hạ tầng và Đô thị và Phòng Văn hóa - Xã hội."),
        said("Xã kiểm tra 05 đơn vị, gồm: Phòng Kinh tế, các trường học trên địa bàn."),
    ],
)
def named_one_by_one(case: Case) -> Iterator[Hit]:
    """'04 bộ phận, gồm: A, B và C'. Where 'các' or 'một số' names several nothing can be counted."""
    for piece in case.of(*PROSE, saying=_JOINS & NUMBER):
        yield from _merged(piece)
    for piece in case.of(*PROSE, saying=COLON & NUMBER):
        if "ồm" not in piece.text and "là:" not in piece.text and "ụ thể" not in piece.text:
            continue
        for found in _ENUMERATED.finditer(piece.text):
            names = _COMMA_NAMES.sub("Tên", found["names"])
            if re.search(r"\b(?:các|một số|khác|v\.v|…|\.\.\.)", names):
                continue
            parts = [part for part in _PARTED.split(names.strip()) if part.strip()]
            if len(parts) >= _FEWEST and len(parts) != int(found["count"]) and _are_names(parts):
                message = f"Nêu {found['count']} {found['unit']} nhưng kể tên {len(parts)}: bổ sung, hoặc sửa lại số."
                yield Hit(piece, found.start("count"), found.end("unit"), message)


def _are_names(parts: Sequence[str]) -> bool:
    """Names of offices, or the same kind again and again: 'công chức tư pháp, công chức địa chính'."""
    firsts = {" ".join(part.split()[:2]) for part in parts}
    return all(part[0].isupper() for part in parts) or len(firsts) == 1


_JOINS = words("nhập", "xếp", "nhất")
_MERGED = re.compile(
    begins("nhập", "hợp nhất", "sáp nhập", "sắp xếp")
    + r"\s+(?:toàn bộ\s+|nguyên trạng\s+)?(?P<count>\d{1,2})\s+(?P<unit>xã|phường|thị trấn|thôn|ấp|bản|khu phố|tổ dân phố)\s*(?:\(|:|gồm:?|là:?)\s*(?P<names>[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*)*(?:(?:,|\s+và)\s+(?:xã\s+|phường\s+|thôn\s+)?[A-ZĐÀ-Ỹ][^\W\d_]*(?:\s+[A-ZĐÀ-Ỹ][^\W\d_]*)*)+)"
)


def _merged(piece: Piece) -> Iterator[Hit]:
    """'nhập 03 xã: A, B và C'."""
    for found in _MERGED.finditer(piece.text):
        named = len(re.split(r",\s*|\s+và\s+", found["names"]))
        if named != int(found["count"]):
            message = f"Nêu {found['count']} {found['unit']} nhưng kể tên {named}: bổ sung, hoặc sửa lại số."
            yield Hit(piece, found.start("count"), found.end("unit"), message)


_APPENDIX = re.compile(
    r"\b(?P<all>[Pp]hụ lục(?:\s+(?:số\s+)?(?P<number>[IVX]{1,4}|\d{1,2}))?)(?P<after>\s*\(?\s*(?:kèm theo|đính kèm|ban hành kèm theo))?"
)
_APPENDED = words("phụ") & words("lục")
_OF_OTHER = re.compile(
    r"^\s*(?:[IVX\d]+\s+)?(?:ban hành\s+)?(?:kèm theo\s+|của\s+|tại\s+)(?:Nghị định|Thông tư|Quyết định|Luật|Kế hoạch số|Biên bản|Hướng dẫn|Công văn|Nghị quyết|Văn bản)"
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_LABEL_NUMBER = re.compile(r"\b([IVX]{1,4}|\d{1,2})\b")


@rule(
    "DL266",
    FindingKind.MISSING_ELEMENT,
    Severity.ERROR,
    "Phụ lục được nhắc đến nhưng không có trong văn bản",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục III",
    bad=[
        said(
            "Số liệu chi tiết tại Phụ lục II kèm theo.",
            appendices=(Appendix("SỐ LIỆU", "PHỤ LỤC", "(Kèm theo Báo cáo số 12/BC-UBND ngày 12/12/2023)"),),
        )
    ],
    good=[
        said(
            "Số liệu chi tiết tại Phụ lục kèm theo.",
            appendices=(Appendix("SỐ LIỆU", "PHỤ LỤC", "(Kèm theo Báo cáo số 12/BC-UBND ngày 12/12/2023)"),),
        ),
        said(
            "Số liệu chi tiết tại Phụ lục II kèm theo.",
            appendices=(Appendix("SỐ LIỆU", "PHỤ LỤC I"), Appendix("DANH SÁCH", "PHỤ LỤC II")),
        ),
        said("Trình bày theo Phụ lục I ban hành kèm theo Nghị định số 30/2020/NĐ-CP."),
    ],
)
def appendix_that_is_not_there(case: Case) -> Iterator[Hit]:
    """A number beyond those of the appendices that came with the text. Without any, they may be in files of their own."""
    labels = [one.label or "" for one in case.document.appendices]
    if not labels:
        return
    numbers = {
        _ROMAN.get(found[1]) or int(found[1])
        for label in labels
        if (found := _LABEL_NUMBER.search(label)) and (found[1] in _ROMAN or found[1].isdecimal())
    }
    known = numbers or ({1} if len(labels) == 1 else set(range(1, len(labels) + 1)))
    for piece in case.of(*PROSE, Part.HEADING, saying=_APPENDED):
        if piece.in_appendix:
            continue
        for found in _APPENDIX.finditer(piece.text):
            number = found["number"]
            if (
                number is None
                or _OF_OTHER.match(piece.text[found.end("all") :])
                or case.is_cited(piece, found.start())
            ):
                continue
            value = _ROMAN.get(number) or (int(number) if number.isdecimal() else 0)
            if value and value not in known and value > max(known):
                message = f"Văn bản không có {found['all']}: bổ sung phụ lục, hoặc sửa lại số."
                yield Hit(piece, *found.span("all"), message)


_PART_OF_YEAR = re.compile(
    r"\b(?P<part>(?:0?6|sau|0?9|chin) thang(?: dau| cuoi)?|quy (?:iv|i{1,3}|[1-4]))\s*(?:nam\s+|/)\s*(?P<year>20\d\d)\b"
)
_LAST_YEAR = re.compile(r"cung ky(?: nam truoc|\s+nam ngoai)?|nam truoc|nam ngoai")


@rule(
    "DL269",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "So với cùng kỳ năm trước nhưng năm ghi không phải năm trước",
    needs=of_kind(Kind.REPORT),
    bad=[
        said(
            "Tỷ lệ tăng từ 48% (6 tháng đầu năm 2021) lên 66%, vượt so với cùng kỳ năm trước.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        )
    ],
    good=[
        said(
            "Tỷ lệ tăng từ 48% (6 tháng đầu năm 2022) lên 66%, vượt so với cùng kỳ năm trước.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        ),
        said(
            "Tỷ lệ 6 tháng đầu năm 2021 là 48%, 6 tháng đầu năm 2022 là 60%, nay tăng so với cùng kỳ năm trước.",
            subject="Kết quả tuyên truyền 6 tháng đầu năm 2023",
        ),
    ],
)
def other_year_than_last(case: Case) -> Iterator[Hit]:
    """The one part of a year that a comparison with last year names is of last year."""
    year = case.year
    if year is None or case.document.kind is not Kind.REPORT:
        return
    for piece in case.results:
        if "năm trước" not in piece.text and "cùng kỳ" not in piece.text:
            continue
        others = [found for found in _PART_OF_YEAR.finditer(piece.folded) if int(found["year"]) != year]
        if (
            len(others) == 1
            and _LAST_YEAR.search(piece.folded)
            and year - 4 < int(others[0]["year"]) < year - 1
        ):
            found = others[0]
            quote = piece.text[found.start() : found.end()]
            fix = f"{quote[:-4]}{year - 1}"
            yield Hit(
                piece, *found.span(), f"Cùng kỳ năm trước của năm {year} là năm {year - 1}: sửa lại năm.", fix
            )


_HAMLET_WORDS = frozenset(["thôn", "ấp", "xóm", "buôn", "khóm"])
_HAMLET_WORD = word_kind(_HAMLET_WORDS.__contains__)
_HAMLETS = re.compile(
    r"\b(?:[Cc]ác|[Tt]rưởng(?: các)?|[Bb]í thư(?: chi bộ)?(?: các)?|\d{1,2})\s+(?P<unit>thôn|ấp|xóm|buôn|khóm)\b"
)
# Which of them never stand side by side in one commune.
_APART = {
    "ấp": ("thôn", "xóm", "buôn"),
    "thôn": ("ấp", "khóm"),
    "xóm": ("ấp", "khóm"),
    "buôn": ("ấp",),
    "khóm": ("thôn", "xóm"),
}


@rule(
    "DL290",
    FindingKind.OTHER,
    Severity.WARNING,
    "Thôn của đơn vị gọi bằng tên khác",
    needs=OF_COMMUNE,
    bad=[
        said("Phát tờ rơi tới 5 thôn. Các thôn tổ chức họp.\nCác thôn báo cáo.\nGiao Trưởng các ấp theo dõi.")
    ],
    good=[
        said(
            "Phát tờ rơi tới 5 thôn. Các thôn tổ chức họp.\nCác thôn báo cáo.\nGiao Trưởng các thôn theo dõi."
        )
    ],
)
def hamlets_called_otherwise(case: Case) -> Iterator[Hit]:
    """A commune of 'thôn' has no 'ấp': the word was left over from another's document."""
    if case.level is None:
        return
    named = case.of(*Part, saying=_HAMLET_WORD)
    if len(_HAMLET_WORDS.intersection(chain.from_iterable(piece.written for piece in named))) < _FEWEST:
        return
    found: list[tuple[Piece, re.Match[str]]] = [
        (piece, match)
        for piece in case.of(*PROSE, Part.HEADING, Part.CELL, Part.RECIPIENT, saying=_HAMLET_WORD)
        for match in _HAMLETS.finditer(piece.text)
    ]
    counts = Counter(match["unit"] for _, match in found)
    if len(counts) < _FEWEST:
        return
    usual, most = counts.most_common(1)[0]
    for piece, match in found:
        if counts[match["unit"]] == 1 and most > _FEWEST and match["unit"] in _APART.get(usual, ()):
            message = (
                f"Chỗ khác trong văn bản viết “{usual}”, ở đây viết “{match['unit']}”: thống nhất cách gọi."
            )
            yield Hit(piece, *match.span(), message)


_WAYS = re.compile(
    r"(?P<count>\d(?<![\d/.,]\d)\d?)\s+(?P<unit>hình thức|kênh|loại hình|lĩnh vực|phương thức)\b[^.;:\d]{0,30}:\s*(?P<names>[a-zđà-ỹ][^.;:()\d]{8,240})(?=[.;]|$)"
)


@rule(
    "DL916",
    FindingKind.OTHER,
    Severity.WARNING,
    "Số hình thức, lĩnh vực nêu ra khác số kể ra",
    bad=[said("Xã đã tuyên truyền bằng 05 hình thức: loa truyền thanh, pa nô, hội nghị, trang thông tin điện tử.")],
    good=[
        said("Xã đã tuyên truyền bằng 04 hình thức: loa truyền thanh, pa nô, hội nghị, trang thông tin điện tử."),
        said("Xã đã tuyên truyền bằng 04 hình thức: loa truyền thanh, pa nô và áp phích, hội nghị, trang tin và Zalo."),
        said("Xã đã tuyên truyền bằng 04 hình thức: loa truyền thanh, pa nô, v.v.."),
    ],
)  # fmt: skip
def told_one_by_one(case: Case) -> Iterator[Hit]:
    """'05 hình thức: a, b, c và d'; an 'và' may part two or be inside one."""
    for piece in case.of(*PROSE, saying=COLON & NUMBER):
        for found in _WAYS.finditer(piece.text):
            names = found["names"]
            if re.search(r"\b(?:các|khác|v\.v)|…|\.\.\.", piece.text[found.start("names") : found.end() + 3]):
                continue
            commas = names.count(",") + 1
            if not commas <= int(found["count"]) <= commas + names.count(" và ") and commas > _FEWEST:
                message = (
                    f"Nêu {found['count']} {found['unit']} nhưng kể ra {commas}: bổ sung, hoặc sửa lại số."
                )
                yield Hit(piece, found.start("count"), found.end("unit"), message)


_FUNDS = re.compile(
    r"\b(?:ngan sach|kinh phi|du toan|nguon)\b[^.;()\d]{0,40}?\b(?P<all>nam\s+(?P<year>20\d\d))\b(?!\s*[-–])"
)
_SPENT = re.compile(
    r"\bda\b|quyet toan|chuyen nguon|con lai|ket du|nam truoc|thuc hien nam|so voi|giai doan|can cu|\bluat\b|nghi quyet|quyet dinh"
)


@rule(
    "DL912",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Kế hoạch, tờ trình lấy kinh phí từ ngân sách của năm trước",
    needs=of_kind(*PLANNING, Kind.SUBMISSION) & ON_PERIOD,
    bad=[said("2. Nguồn kinh phí: Ngân sách xã năm 2022.", kind=Kind.SUBMISSION, subject="Đề nghị cấp kinh phí tuyên truyền năm 2023"), said("V. KINH PHÍ\nTừ ngân sách xã năm 2022, dự toán 22 triệu đồng.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023")],
    good=[
        said("V. KINH PHÍ\nTừ ngân sách xã năm 2023, dự toán 22 triệu đồng.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023"),
        said("V. KINH PHÍ\nTừ nguồn còn lại của ngân sách xã năm 2022.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023"),
    ],
)  # fmt: skip
def funds_of_last_year(case: Case) -> Iterator[Hit]:
    """A plan is paid for out of its own year."""
    own = case.period
    if own is None or case.document.kind not in (*PLANNING, Kind.SUBMISSION):
        return
    for piece in case.of(*PROSE, Part.HEADING):
        if piece in case.opening_bases or str(own.year - 1) not in piece.text:
            continue
        for found in _FUNDS.finditer(piece.folded):
            before = re.split(r"[.;](?!\d)", piece.folded[: found.start()])[-1]
            if (
                int(found["year"]) == own.year - 1
                and not _SPENT.search(before + found[0])
                and not case.is_cited(piece, found.start())
            ):
                fix = f"{piece.text[found.start('all') : found.end('all') - 4]}{own.year}"
                yield Hit(
                    piece,
                    *found.span("all"),
                    f"Văn bản về năm {own.year} nhưng kinh phí ghi của năm {found['year']}: sửa thành năm {own.year}.",
                    fix,
                )


_NEXT = re.compile(
    begins("nhiem vu", "phuong huong", "giai phap")
    + r"\b[^.;]{0,40}?\b(?P<all>(?P<what>thang|quy)\s+(?P<n>\d{1,2}|i{1,3}|iv))\b"
)


@rule(
    "DL911",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "Đề mục nhiệm vụ ghi kỳ khác với trích yếu",
    bad=[
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ THÁNG 12\nSẽ làm.",
            subject="Kết quả tháng 10, nhiệm vụ tháng 11 năm 2023",
        )
    ],
    good=[
        said(
            "I. KẾT QUẢ\nĐã làm.\nII. NHIỆM VỤ THÁNG 11\nSẽ làm.",
            subject="Kết quả tháng 10, nhiệm vụ tháng 11 năm 2023",
        )
    ],
)
def other_period_ahead(case: Case) -> Iterator[Hit]:
    """What the subject calls the period to come, the heading calls so too."""
    named = _NEXT.search(fold(case.document.subject or ""))
    if named is None:
        return
    for piece in case.headings:
        found = _NEXT.search(piece.folded)
        if found and found["what"] == named["what"] and _number(found["n"]) != _number(named["n"]):
            message = f"Trích yếu ghi “{named['all'].replace('thang', 'tháng').replace('quy', 'quý')}”, đề mục này ghi khác: thống nhất."
            yield Hit(piece, *found.span("all"), message)


def _number(text: str) -> str:
    return str(_ROMAN[text.upper()]) if text.upper() in _ROMAN else text.lstrip("0")


_DAYS_OFF = re.compile(
    rf"\btu\s+{DAY}[^.;]{{0,20}}?\bden\s+het\s+(?:ngay\s+)?(?P<d9>\d{{1,2}})(?:\s*/\s*|\s+thang\s+)(?P<m9>\d{{1,2}})(?:(?:\s*/\s*|\s+nam\s+)(?P<y9>20\d\d))?[^.;\d]{{0,30}}?\b(?:tong(?:\s+so|\s+cong)?|la|gom)\s*:?\s*(?P<count>\d{{1,3}})\s+ngay\b(?!\s+(?:lam viec|cong))"
)


@rule(
    "DL913",
    FindingKind.SUM_MISMATCH,
    Severity.ERROR,
    "Số ngày khác số ngày từ ngày đầu đến hết ngày cuối",
    bad=[
        said("Nghỉ Tết từ ngày 14 tháng 02 năm 2023 đến hết ngày 22 tháng 02 năm 2023, tổng số 08 ngày."),
        said("Thời gian niêm yết: 30 ngày (từ ngày 10/3/2023 đến ngày 01/4/2023)."),
    ],
    good=[
        said("Nghỉ Tết từ ngày 14 tháng 02 năm 2023 đến hết ngày 22 tháng 02 năm 2023, tổng số 09 ngày."),
        said("Thời gian niêm yết: 30 ngày (từ ngày 10/3/2023 đến ngày 09/4/2023)."),
    ],
)
def days_in_all(case: Case) -> Iterator[Hit]:
    """From the 14th to the end of the 22nd are nine days."""
    for piece in case.of(*PROSE, Part.HEADING, saying=DAY_WORD & NUMBER):
        if " ngày (" in piece.text:
            yield from _days_told_first(case, piece)
        if "đến hết" not in piece.text:
            continue
        for found in _DAYS_OFF.finditer(piece.folded):
            first = day_of(found, case.year)
            try:
                last = date(
                    int(found["y9"] or (first.year if first else 0)), int(found["m9"]), int(found["d9"])
                )
            except ValueError:
                continue
            if first is None or last < first:
                continue
            right = (last - first).days + 1
            if right != int(found["count"]):
                message = f"Từ {first:%d/%m} đến hết {last:%d/%m} là {right:02d} ngày, ở đây ghi {found['count']}: đối chiếu và sửa."
                yield Hit(piece, *found.span("count"), message, f"{right:02d}")


_DAYS_FIRST = re.compile(
    rf"(?P<count>\d(?<!\w\d)\d{{0,2}})\s+ngay\s*\(\s*(?:ke\s+)?tu\s+{DAY}\s+den\s+(?:het\s+)?(?:ngay\s+)?(?P<d9>\d{{1,2}})(?:\s*/\s*|\s+thang\s+)(?P<m9>\d{{1,2}})(?:(?:\s*/\s*|\s+nam\s+)(?P<y9>20\d\d))?"
)


def _days_told_first(case: Case, piece: Piece) -> Iterator[Hit]:
    """'30 ngày (từ ngày … đến ngày …)': whether the first or the last day counts is left to the writer."""
    for found in _DAYS_FIRST.finditer(piece.folded):
        first = day_of(found, case.year)
        try:
            last = date(int(found["y9"] or (first.year if first else 0)), int(found["m9"]), int(found["d9"]))
        except ValueError:
            continue
        if first is None or last < first:
            continue
        between = (last - first).days
        if int(found["count"]) not in (between - 1, between, between + 1):
            message = f"Từ {first:%d/%m} đến {last:%d/%m} là {between + 1:02d} ngày, ở đây ghi {found['count']}: đối chiếu và sửa."
            yield Hit(piece, *found.span("count"), message)


_SIGNS = re.compile(r"\s*[,–-]\s*")


@rule(
    "DL914",
    FindingKind.OTHER,
    Severity.WARNING,
    "Tên một phòng viết hai cách",
    bad=[said("Đầu mối: Phòng Thông tin - Báo chí, điện thoại 0900 000 357.\nVướng mắc liên hệ Phòng Thông tin, Báo chí.")],
    good=[
        said("Đầu mối: Phòng Thông tin, Báo chí, điện thoại 0900 000 357.\nVướng mắc liên hệ Phòng Thông tin, Báo chí."),
        said("Giao Phòng Kinh tế - Hạ tầng.\nPhòng Kinh tế, Phòng Hạ tầng phối hợp."),
    ],
)  # fmt: skip
def room_two_ways(case: Case) -> Iterator[Hit]:
    """The same words with another sign between them: a dash here, a comma there."""
    dashed: dict[str, str] = {}
    for piece in case.of(*PROSE, Part.HEADING, saying=_ROOM & DASH):
        for found in _DASHED_ROOM.finditer(piece.text):
            dashed.setdefault(_SIGNS.sub(" ", found[0]), found[0])
    for key, name in dashed.items():
        other = name.replace(" - ", ", ").replace(" – ", ", ")
        for piece in case.of(*PROSE, Part.HEADING, saying=_ROOM):
            at = piece.text.find(other)
            if at >= 0 and key:
                message = f"Chỗ khác viết “{name}”: đối chiếu và thống nhất tên phòng."
                yield Hit(piece, at, at + len(other), message)


_ROOM = words("phòng")
_DASHED_ROOM = re.compile(
    r"Phòng(?<!\wPhòng)\s+[A-ZĐÀ-Ỹ][^\W\d_]+(?:\s+[a-zđà-ỹ]+)?\s+[-–]\s+[A-ZĐÀ-Ỹ][^\W\d_]+(?:\s+[a-zđà-ỹ]{2,6})?"
)

RULES = (
    named_one_by_one,
    appendix_that_is_not_there,
    other_year_than_last,
    hamlets_called_otherwise,
    told_one_by_one,
    funds_of_last_year,
    other_period_ahead,
    days_in_all,
    room_two_ways,
)
