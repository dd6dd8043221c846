"""What the law leaves no choice about: who rewards, which units a district has, when the two levels began; steps and quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from dinhlang.officialdoc.check.case import PLANNING, Case, whole
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.needs import ON_PERIOD, of_kind
from dinhlang.officialdoc.check.noted import parts, word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece, that_say
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.times import DAY, day_of
from dinhlang.officialdoc.check.wording import NUMBER
from dinhlang.officialdoc.model import Issuer, Kind, PartialDate
from dinhlang.officialdoc.read.words import fold
from dinhlang.periods.identifier import Kind as PeriodKind

_DISTRICT = {
    "issuer": Issuer("ỦY BAN NHÂN DÂN HUYỆN ĐÈO MẪU", "huyện", "Đèo Mẫu"),
    "kind": Kind.LETTER,
    "symbol": "UBND-NV",
}
_PROGRAMME = {
    "kind": Kind.PROGRAMME,
    "symbol": "CTr-UBND",
    "subject": "Công tác tuyên truyền cải cách hành chính năm 2023",
    "date": PartialDate(10, 1, 2023),
}
_TWO_LEVELS = date(2025, 7, 1)
_REWARDS = re.compile(
    r"\b(?:chu tich\s+)?(?:ubnd|uy ban nhan dan)\s+(?:xa|phuong|thi tran|dac khu|huyen)\b[^.;]{0,40}?\b(?P<all>(?:tang|khen thuong bang|trao)\s+bang khen)|\b(?P<all2>bang khen)\s+cua\s+(?:chu tich\s+)?(?:ubnd|uy ban nhan dan)\s+(?:xa|phuong|thi tran|dac khu|huyen)\b"
)


_REWARDED = words("bằng") & parts("khen")


@rule(
    "DL284",
    FindingKind.WRONG_AUTHORITY,
    Severity.ERROR,
    "Bằng khen của cấp xã, cấp huyện",
    needs=_REWARDED,
    basis="Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 72 – 75",
    bad=[said("- Đề nghị Chủ tịch UBND xã tặng Bằng khen cho tập thể xuất sắc.")],
    good=[
        said("- Đề nghị Chủ tịch UBND xã tặng Giấy khen cho tập thể xuất sắc."),
        said("- UBND xã đề nghị Chủ tịch UBND tỉnh tặng Bằng khen cho tập thể."),
    ],
)
def reward_of_higher_level(case: Case) -> Iterator[Hit]:
    """'Bằng khen' is the province's and the ministries'; communes give 'Giấy khen'."""
    for piece in case.of(*PROSE, Part.CELL, saying=_REWARDED):
        for found in _REWARDS.finditer(piece.folded) if "ằng khen" in piece.text else ():
            if re.search(r"\btinh\b|thanh pho|de nghi (?:ubnd|chu tich ubnd) (?:tinh|thanh pho)", found[0]):
                continue
            name = "all" if found["all"] else "all2"
            message = "Cấp xã, cấp huyện tặng Giấy khen; Bằng khen thuộc thẩm quyền cấp tỉnh: sửa thành “Giấy khen” hoặc “đề nghị … tặng Bằng khen”."
            yield Hit(piece, *found.span(name), message)


_A_WARD = re.compile(r"\b(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân|Đảng ủy)\s+phường(?=\s+[A-ZĐÀ-Ỹ])")
_WARDS = re.compile(
    r"\b(?:các|UBND các|Ủy ban nhân dân các|của các|ở các)\s+(?P<all>xã,\s*phường(?:,\s*thị trấn)?)"
)


@rule(
    "DL285",
    FindingKind.OTHER,
    Severity.WARNING,
    "Văn bản của huyện nói đến phường",
    basis="Luật Tổ chức chính quyền địa phương số 77/2015/QH13, Điều 2",
    bad=[
        said("Kính gửi: UBND các xã, phường.\nHuyện yêu cầu thực hiện.", **_DISTRICT),
        said("Còn 02 đơn vị chậm là UBND phường Đèo Trên và UBND xã Đèo Dưới.", **_DISTRICT),
    ],
    good=[said("Kính gửi: UBND các xã, thị trấn.\nHuyện yêu cầu thực hiện.", **_DISTRICT)],
)
def wards_of_district(case: Case) -> Iterator[Hit]:
    """A rural district has communes and townships, no wards."""
    issuer = case.document.issuer
    names = fold(f"{issuer.parent or ''} {issuer.name or ''}") if issuer else ""
    if not re.search(r"\bhuyen\b", names) or case.level is not None or (case.day and case.day >= _TWO_LEVELS):
        return
    for piece in (*case.of(*PROSE, Part.HEADING, Part.RECIPIENT, Part.SUBJECT, Part.CELL),):
        if "hường" not in piece.text:
            continue
        for found in _WARDS.finditer(piece.text):
            yield Hit(
                piece,
                *found.span("all"),
                "Huyện chỉ có xã và thị trấn: sửa thành “xã, thị trấn”.",
                "xã, thị trấn",
            )
        for found in _A_WARD.finditer(piece.text):
            yield Hit(
                piece, *found.span(), "Huyện chỉ có xã và thị trấn, không có phường: kiểm tra tên đơn vị."
            )


_BEGAN = re.compile(
    rf"\b(?:tu|ngay)\s+(?:ngay\s+)?(?=0?1\s*(?:/|thang)\s*0?7\s*(?:/|nam)){DAY.removeprefix('(?:ngay' + chr(92) + 's+)?')}"
)
_OF_TWO_LEVELS = re.compile(
    r"hai cap|2 cap|sau sap xep|sau sap nhap|thanh lap (?:tren co so|xa|phuong)|hop nhat|nhap (?:xa|phuong|03|02|3|2)|trung tam phuc vu hanh chinh cong|khong to chuc cap huyen"
)


_ON_1_JULY = words("1", "01") & words("7", "07")


@rule(
    "DL286",
    FindingKind.STALE_YEAR,
    Severity.ERROR,
    "Ngày bắt đầu chính quyền hai cấp ghi sai năm",
    needs=_ON_1_JULY,
    basis="Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
    bad=[
        said(
            "Từ ngày 01 tháng 7 năm 2024, Trung tâm Phục vụ hành chính công xã đi vào hoạt động.",
            date=PartialDate(12, 12, 2025),
            subject="Kết quả năm 2025",
        )
    ],
    good=[
        said(
            "Từ ngày 01 tháng 7 năm 2025, Trung tâm Phục vụ hành chính công xã đi vào hoạt động.",
            date=PartialDate(12, 12, 2025),
            subject="Kết quả năm 2025",
        )
    ],
)
def two_levels_began(case: Case) -> Iterator[Hit]:
    """The two levels, and the centres of the communes with them, began on 1 July 2025."""
    if case.day is None or case.day < _TWO_LEVELS:
        return
    for piece in case.of(*PROSE, saying=_ON_1_JULY):
        for found in _BEGAN.finditer(piece.folded):
            day = day_of(found)
            around = piece.folded[max(0, found.start() - 200) : found.end() + 120]
            if (
                day
                and day.year != _TWO_LEVELS.year
                and abs(day.year - 2025) < 3
                and _OF_TWO_LEVELS.search(around)
                and not case.is_cited(piece, found.start())
            ):
                yield Hit(piece, *found.span(), "Chính quyền hai cấp bắt đầu từ ngày 01/7/2025: sửa lại năm.")


_FROM_DAY = re.compile(r"tu\s+(?:ngay\s+)?\d")
_STARTS_ON = re.compile(
    rf"\b(?P<verb>hoat dong|thuc hien|niem yet[^.;:,]{{0,90}}|cong khai|tiep nhan|phat song|cap nhat|ap dung|bat dau|trien khai|van hanh|co hieu luc(?: thi hanh)?)\s+(?:ke\s+)?tu\s+{DAY}"
)
_LONGEST_BACK = timedelta(days=120)
_A_YEAR_BACK = (timedelta(days=330), timedelta(days=400))
_AHEAD = (Kind.PLAN, Kind.PROGRAMME, Kind.NOTICE, Kind.LETTER, Kind.DECISION, Kind.DIRECTIVE, Kind.OTHER)


_FROM_A_DAY = words("từ") & NUMBER


@rule(
    "DL287",
    FindingKind.IMPOSSIBLE_DATE,
    Severity.WARNING,
    "Ngày bắt đầu thực hiện đứng trước ngày của văn bản",
    needs=of_kind(*_AHEAD) & _FROM_A_DAY,
    bad=[
        said(
            "5. Các điểm hỗ trợ hoạt động từ ngày 18 tháng 01 năm 2023; đánh giá sau 03 tháng.",
            kind=Kind.PLAN,
            subject="Hỗ trợ nộp hồ sơ năm 2023",
            date=PartialDate(3, 2, 2023),
        ),
        said(
            "1. Niêm yết 07 thủ tục tại Trung tâm Phục vụ hành chính công xã kể từ ngày 10/3/2022.",
            kind=Kind.NOTICE,
            subject="Niêm yết thủ tục hành chính",
            date=PartialDate(3, 3, 2023),
        ),
    ],
    good=[
        said(
            "5. Các điểm hỗ trợ hoạt động từ ngày 18 tháng 02 năm 2023; đánh giá sau 03 tháng.",
            kind=Kind.PLAN,
            subject="Hỗ trợ nộp hồ sơ năm 2023",
            date=PartialDate(3, 2, 2023),
        ),
        said(
            "1. Phiếu hẹn được áp dụng từ ngày 18 tháng 01 năm 2023.",
            kind=Kind.LETTER,
            date=PartialDate(3, 2, 2023),
        ),
        said(
            "1. Trung tâm đã hoạt động từ ngày 18 tháng 01 năm 2023.",
            kind=Kind.PLAN,
            subject="Hỗ trợ nộp hồ sơ năm 2023",
            date=PartialDate(3, 2, 2023),
        ),
    ],
)
def starts_before_it_is_ordered(case: Case) -> Iterator[Hit]:
    """What is ordered today begins today or later."""
    own = whole(case.document.date)
    if own is None or case.document.kind not in _AHEAD:
        return
    for piece in that_say(_FROM_A_DAY, case.main):
        if piece.part not in (*PROSE, Part.HEADING) or piece in case.opening_bases:
            continue
        for found in _STARTS_ON.finditer(piece.folded) if _FROM_DAY.search(piece.folded) else ():
            day = day_of(found, own.year)
            before = re.split(r"[.;](?!\d)", piece.folded[: found.start()])[-1]
            if (
                day
                and (
                    timedelta(0) < own - day < _LONGEST_BACK
                    or ((found["y"] or found["y2"]) and _A_YEAR_BACK[0] < own - day < _A_YEAR_BACK[1])
                )
                and not re.search(r"\bda\b|(?<!se )\bduoc\s*$|truoc day|luat|nghi dinh|thong tu", before)
                and not case.is_cited(piece, found.start())
            ):
                yield Hit(
                    piece,
                    found.end("verb") + 1,
                    found.end(),
                    f"Ngày này trước ngày của văn bản ({own:%d/%m/%Y}): sửa lại ngày.",
                )


_STEP = re.compile(
    r"^\s*(?P<all>(?P<word>buoc|giai doan|dot|noi dung|mo hinh|nhom)\s+(?P<number>\d{1,2}))\s*[.:]"
)


_COUNTED = words("bước", "đoạn", "đợt", "dung", "hình", "nhóm") & NUMBER


@rule(
    "DL510",
    FindingKind.NUMBERING,
    Severity.WARNING,
    "Các bước, các đợt bị nhảy số, trùng số",
    needs=_COUNTED,
    bad=[said("Bước 1. Tiếp nhận.\nBước 2. Kiểm tra.\nBước 4. Trả kết quả.")],
    good=[said("Bước 1. Tiếp nhận.\nBước 2. Kiểm tra.\nBước 3. Trả kết quả.")],
)
def steps(case: Case) -> Iterator[Hit]:
    """'Bước 1.', 'Bước 2.', one after another."""
    last: dict[str, int] = {}
    for piece in that_say(_COUNTED, case.main):
        found = _STEP.match(piece.folded)
        if found is None:
            continue
        value, word = int(found["number"]), found["word"]
        before = last.get(word)
        if before is not None and value != before + 1 and value != 1:
            yield Hit(
                piece,
                *found.span("all"),
                f"Sau số {before} phải là số {before + 1}, ở đây là {value}: đánh lại số.",
            )
        last[word] = value if before is None or value in (1, before + 1) else before + 1


_QUARTER = re.compile(r"\bquy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:nam\s+|/\s*|-\s*)?(?P<year>20\d\d)?\b")
_MONTH = re.compile(r"\btrong thang\s+(?P<m>\d{1,2})\b(?!\s*/\s*\d{1,2}\s*/)")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@rule(
    "DL288",
    FindingKind.PERIOD_MISMATCH,
    Severity.WARNING,
    "Việc đặt trong tháng nằm ngoài quý của đề mục; quý của đề mục mang năm khác",
    needs=of_kind(*PLANNING) & ON_PERIOD,
    bad=[
        said(
            "1. Quý I năm 2023\na) Phát động “Tháng hồ sơ trực tuyến” trong tháng 4.\n2. Quý II năm 2023\na) Tập huấn.",
            **_PROGRAMME,
        ),
        said("1. Quý I năm 2023\na) Phát động.\n2. Quý II năm 2022\na) Tập huấn.", **_PROGRAMME),
    ],
    good=[
        said(
            "1. Quý I năm 2023\na) Phát động “Tháng hồ sơ trực tuyến” trong tháng 3.\n2. Quý II năm 2023\na) Tập huấn.",
            **_PROGRAMME,
        )
    ],
)
def outside_its_quarter(case: Case) -> Iterator[Hit]:
    """Under 'Quý I' stands what is done from January to March."""
    own = case.period
    if case.document.kind not in PLANNING or own is None or own.kind is not PeriodKind.YEAR:
        return
    quarter: int | None = None
    for piece in case.main:
        named = _QUARTER.match(piece.folded) if len(piece.text.split()) < 8 else None
        if named is not None:
            quarter = _QUARTERS[named["q"]]
            if named["year"] and int(named["year"]) != own.year:
                yield Hit(
                    piece,
                    *named.span(),
                    f"Văn bản về năm {own.year} nhưng mục này ghi năm {named['year']}: sửa thành năm {own.year}.",
                )
            continue
        if piece.part is Part.HEADING and piece.level < 2:
            quarter = None
        for found in _MONTH.finditer(piece.folded) if quarter and "trong thang" in piece.folded else ():
            if quarter and not 3 * quarter - 2 <= int(found["m"]) <= 3 * quarter:
                yield Hit(
                    piece,
                    *found.span(),
                    f"Tháng này không thuộc quý {quarter} của đề mục: sửa lại tháng, hoặc chuyển sang quý khác.",
                )


_IN_QUARTER = re.compile(
    r"(?:^|[.;]\s+)(?P<all>(?:trong\s+)?quy\s+(?P<q>iv|i{1,3}|[1-4])\s*(?:nam\s+|/)\s*(?P<year>20\d\d))\s*,(?P<what>[^.;]{0,160})"
)


@rule(
    "DL289",
    FindingKind.PERIOD_MISMATCH,
    Severity.ERROR,
    "Kết quả trong báo cáo quý lại nói của quý khác",
    needs=of_kind(Kind.REPORT) & ON_PERIOD,
    bad=[
        said(
            "I. Kết quả\nTrong quý IV năm 2022, xã tiếp nhận 05 phản ánh, đã trả lời 05 phản ánh.",
            subject="Kết quả Quý I năm 2023",
            date=PartialDate(17, 3, 2023),
        )
    ],
    good=[
        said(
            "I. Kết quả\nTrong quý I năm 2023, xã tiếp nhận 05 phản ánh, đã trả lời 05 phản ánh.",
            subject="Kết quả Quý I năm 2023",
            date=PartialDate(17, 3, 2023),
        ),
        said(
            "I. Kết quả\nQuý IV năm 2022, xã tiếp nhận 09 phản ánh, cao hơn quý này.",
            subject="Kết quả Quý I năm 2023",
            date=PartialDate(17, 3, 2023),
        ),
    ],
)
def result_of_other_quarter(case: Case) -> Iterator[Hit]:
    """'Trong quý …, xã đã tiếp nhận …' of another quarter, with no word of comparison."""
    own = case.period
    if own is None or case.document.kind is not Kind.REPORT or own.kind is not PeriodKind.QUARTER:
        return
    for piece in case.results:
        for found in (
            _IN_QUARTER.finditer(piece.folded) if piece.part in PROSE and "quy" in piece.folded else ()
        ):
            told = (int(found["year"]), 3 * _QUARTERS[found["q"]])
            if (
                told != (own.year, own.last_month)
                and re.search(r"\d", found["what"])
                and not re.search(r"so voi|hon|tang|giam|quy nay", found["what"])
            ):
                message = f"Báo cáo về {own.label} nhưng câu này nói quý khác: sửa lại quý, hoặc số liệu nếu là của quý khác."
                yield Hit(piece, *found.span("all"), message)


_SOUNDS = re.compile(r"\b(?:(?P<i>tỉ|kì|kỉ|lí|mĩ|qui)|(?P<y>tỷ|kỳ|kỷ|lý|mỹ|quy))\b", re.IGNORECASE)
_WITH_I = re.compile(r"\b(?:[Tt]ỉ|[Kk]ì|[Kk]ỉ|[Ll]í|[Mm]ĩ|[Qq]ui)\b")
_WORD_WITH_I = word_kind(lambda word: bool(_WITH_I.fullmatch(word)))
_SAME_SOUND = {"tỉ": "tỷ", "kì": "kỳ", "kỉ": "kỷ", "lí": "lý", "mĩ": "mỹ", "qui": "quy"}


@rule(
    "DL436",
    FindingKind.SPELLING,
    Severity.INFO,
    "Một chữ viết cả i và y",
    bad=[said("Qua đó nâng cao tỉ lệ hồ sơ trực tuyến, tỷ lệ thanh toán trực tuyến.")],
    good=[said("Nâng cao tỷ lệ hồ sơ, kỷ luật, xử lý kịp thời; tỷ lệ thanh toán.")],
)
def two_letters_for_one(case: Case) -> Iterator[Hit]:
    """'tỉ lệ' here and 'tỷ lệ' there: one text writes one of them."""
    found: dict[str, tuple[Piece, re.Match[str]]] = {}
    seen: set[str] = set()
    texts = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL)
    if not any(_WITH_I.search(piece.text) for piece in case.of(*texts, saying=_WORD_WITH_I)):
        return
    for piece in case.of(*texts):
        for match in _SOUNDS.finditer(piece.text):
            word = match[0].lower()
            if match["i"]:
                found.setdefault(word, (piece, match))
            else:
                seen.add(word)
    for word, (piece, match) in found.items():
        right = _SAME_SOUND[word]
        if right in seen:
            fix = right.capitalize() if match[0][0].isupper() else right
            yield Hit(
                piece, *match.span(), f"Chỗ khác trong văn bản viết “{right}”: thống nhất một cách.", fix
            )


RULES = (
    reward_of_higher_level,
    wards_of_district,
    two_levels_began,
    starts_before_it_is_ordered,
    steps,
    outside_its_quarter,
    result_of_other_quarter,
    two_letters_for_one,
)
