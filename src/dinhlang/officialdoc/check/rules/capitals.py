"""Capital letters (NĐ 30/2020/NĐ-CP, Phụ lục II): sentences, offices, places, parts of a law."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import LOWER, UPPER, begins
from dinhlang.officialdoc.check.neighbours import Trait, mark
from dinhlang.officialdoc.check.noted import word_kind, words
from dinhlang.officialdoc.check.pieces import PROSE, Part
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import house_style

_APPENDIX = "Nghị định 30/2020/NĐ-CP, Phụ lục II"
_WRITTEN = (*PROSE, Part.HEADING, Part.CELL, Part.RECIPIENT, Part.NOTE)
_BODIES = r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân)"
_OFFICE = re.compile(
    begins(
        rf"chủ tịch(?=\s+{_BODIES}\b)",
        r"bí thư(?=\s+(?:Đảng ủy|Đảng uỷ|Tỉnh ủy|Thành ủy|Huyện ủy)\b)",
        r"giám đốc(?=\s+(?:Sở|Trung tâm Phục vụ)\b)",
    )
)
_OFFICE_WORD = word_kind(frozenset(["tịch", "thư", "đốc"]).__contains__)
_DEPUTY = re.compile(r"(?<!\w)phó\s+$")
_ANY_OF_THEM = re.compile(r"\b(?:các|mỗi|mọi|những|một)\s+(?:đồng chí\s+)?$")


@rule(
    "DL430",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "Chức vụ đi liền với tên cơ quan viết thường",
    basis=f"{_APPENDIX}, mục V",
    bad=[said("Thông tin khẩn cấp do chủ tịch Ủy ban nhân dân xã quyết định.")],
    good=[
        said("Thông tin khẩn cấp do Chủ tịch Ủy ban nhân dân xã quyết định."),
        said("Hội nghị có các chủ tịch UBND xã; bầu chủ tịch hội."),
    ],
)
def office_in_small_letters(case: Case) -> Iterator[Hit]:
    """'Chủ tịch UBND xã': with the body it is the name of one office."""
    for piece in case.of(*PROSE, Part.CELL, saying=_OFFICE_WORD):
        for found in _OFFICE.finditer(piece.text):
            start, end = found.span()
            if deputy := _DEPUTY.search(piece.text, 0, start):
                start = deputy.start()
            if _ANY_OF_THEM.search(piece.text, max(0, start - 24), start):
                continue
            text = piece.text[start:end]
            right = text[0].upper() + text[1:].replace("chủ tịch", "Chủ tịch")
            yield Hit(piece, start, end, "Chức vụ đi liền với tên cơ quan viết hoa chữ đầu.", right)


_PROVINCES = """
    Hà Nội|Hải Phòng|Đà Nẵng|Cần Thơ|Hồ Chí Minh|Hải Dương|Hà Giang|Cao Bằng|Lai Châu|Lào Cai|Tuyên Quang|Lạng Sơn|Bắc Kạn
    Thái Nguyên|Yên Bái|Sơn La|Phú Thọ|Vĩnh Phúc|Quảng Ninh|Bắc Giang|Bắc Ninh|Hưng Yên|Hòa Bình|Hà Nam|Nam Định|Thái Bình
    Ninh Bình|Thanh Hóa|Nghệ An|Hà Tĩnh|Quảng Bình|Quảng Trị|Quảng Nam|Quảng Ngãi|Kon Tum|Bình Định|Gia Lai|Phú Yên|Đắk Lắk
    Khánh Hòa|Lâm Đồng|Bình Phước|Bình Dương|Ninh Thuận|Tây Ninh|Bình Thuận|Đồng Nai|Long An|Đồng Tháp|An Giang|Tiền Giang
    Vĩnh Long|Bến Tre|Kiên Giang|Trà Vinh|Sóc Trăng|Bạc Liêu|Cà Mau|Điện Biên|Đắk Nông|Hậu Giang
"""
_NAMES = {
    name.strip().lower(): name.strip() for name in _PROVINCES.replace("\n", "|").split("|") if name.strip()
}
mark(
    (("việt", "nam"), *((one[0], one[1]) for name in _NAMES if (one := house_style(name).split()))),
    Trait.NAMES_PLACE,
)
# These are nothing but names, whatever stands before them ('Hòa bình', 'Thái bình' are words).
_HALF_WRITTEN = re.compile(
    begins(
        "Việt nam", "Hà nội", "Hải phòng", "Đà nẵng", "Cần thơ", "Hồ Chí minh", "Hải dương", "Quảng ninh", "Quảng nam",
        "Quảng bình", "Quảng trị", "Quảng ngãi", "Nghệ an", "Hà tĩnh", "Thanh hóa", "Lào cai", "Sơn la", "Lai châu",
        "Điện biên", "Bắc ninh", "Bắc giang", "Bắc kạn", "Lạng sơn", "Cao bằng", "Tuyên quang", "Nam định", "Ninh bình",
        "Đồng nai", "Tây ninh", "Cà mau", "Kiên giang", "Sóc trăng", "Trà vinh", "Bến tre", "Vĩnh long", "Đắk lắk", "Lâm đồng",
    )
    + r"(?!\w)"
)  # fmt: skip
_OF_PLACE = re.compile(
    begins("[Tt](?i:ỉnh)", "[Tt](?i:hành phố)", r"[Tt](?i:P\.?)")
    + r"\s+(?P<all>[^\W\d_]+\s+[^\W\d_]+(?:\s+[^\W\d_]+)?)"
)


@rule(
    "DL431",
    FindingKind.CAPITALISATION,
    Severity.WARNING,
    "Tên tỉnh, thành phố viết hoa không đủ",
    basis=f"{_APPENDIX}, mục III",
    bad=[
        said("Theo văn bản của thành phố đà Nẵng."),
        said("Văn bản của UBND tỉnh Quảng ninh."),
        said("Tiếp âm Đài Tiếng nói Việt nam."),
    ],
    good=[
        said("Theo văn bản của thành phố Đà Nẵng và UBND tỉnh Quảng Ninh, UBND TỈNH QUẢNG NINH."),
        said("Hội nghị cấp tỉnh an giang tay đón."),
    ],
)
def place_in_small_letters(case: Case) -> Iterator[Hit]:
    """Every syllable of a place's name begins with a capital."""
    naming = case.pairs_with(Trait.NAMES_PLACE)
    for piece in case.of(*_WRITTEN, Part.SUBJECT) if naming else ():
        if piece not in naming:
            continue
        for found in _HALF_WRITTEN.finditer(piece.text):
            right = found[0].title() if found[0] != "Hồ Chí minh" else "Hồ Chí Minh"
            yield Hit(piece, *found.span(), f"Tên địa danh viết hoa chữ đầu các âm tiết: “{right}”.", right)
        for found in _OF_PLACE.finditer(piece.text):
            if _HALF_WRITTEN.match(piece.text, found.start("all")):
                continue
            words = found["all"].split()
            name = next(
                (
                    one
                    for size in (3, 2)
                    if (one := _NAMES.get(" ".join(words[:size]).lower())) and len(words) >= size
                ),
                None,
            )
            if name is None:
                continue
            length = len(name)
            text = piece.text[found.start("all") : found.start("all") + length]
            # All small it may be other words: 'cấp tỉnh an giang …'.
            if text == name or text.isupper() or text.islower() or text.lower() != name.lower():
                continue
            start = found.start("all")
            yield Hit(
                piece, start, start + length, f"Tên địa danh viết hoa chữ đầu các âm tiết: “{name}”.", name
            )


_STOP_THEN_SMALL = re.compile(rf"[.!?]\s+[{LOWER}]")
_SENTENCE = re.compile(rf"(?<=[{LOWER}]{{2}})(?P<stop>[.!?])\s+(?P<all>[{LOWER}]+)(?=[\s,])")
_SHORTENED = re.compile(r"(?:v\.v|tr|vd|đ/c|tp|ths|ts|bs|stt)$", re.IGNORECASE)


@rule(
    "DL432",
    FindingKind.CAPITALISATION,
    Severity.WARNING,
    "Đầu câu viết thường",
    basis=f"{_APPENDIX}, mục I",
    bad=[said("Đã giải quyết 20 hồ sơ đúng hạn. chất lượng phục vụ có chuyển biến.")],
    good=[
        said("Đã giải quyết 20 hồ sơ đúng hạn. Chất lượng phục vụ có chuyển biến."),
        said(
            "Tuyên truyền bằng pa nô, áp phích... và nhiều hình thức khác, v.v. của xã; tại tphaiduong.gov.vn và Zalo."
        ),
    ],
)
def sentence_in_small_letters(case: Case) -> Iterator[Hit]:
    """After the stop of a sentence a capital."""
    for piece in case.of(*PROSE):
        if not _STOP_THEN_SMALL.search(piece.text):
            continue
        for found in _SENTENCE.finditer(piece.text):
            word = found["all"]
            before = piece.text[: found.start("stop")].rsplit(maxsplit=1)[-1]
            if _SHORTENED.search(before) or "." in before or not is_syllable(before) or not is_syllable(word):
                continue
            yield Hit(piece, *found.span("all"), "Đầu câu viết hoa.", word[0].upper() + word[1:])


_ARTICLE = re.compile(r"\b(?:khoản\s+\d+|điểm\s+[a-zđ])\s*,?\s+(?P<all>điều)(?=\s+\d+\b)")


_CITED_ARTICLE = words("điều") & words("khoản", "điểm")


@rule(
    "DL433",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "“Điều” khi viện dẫn viết thường",
    needs=_CITED_ARTICLE,
    basis=f"{_APPENDIX}, mục V",
    bad=[said("Thực hiện theo khoản 2 điều 5 của Nghị định này.")],
    good=[said("Thực hiện theo khoản 2 Điều 5 của Nghị định này; một số điều của Luật.")],
)
def article_in_small_letters(case: Case) -> Iterator[Hit]:
    """'điểm a khoản 1 Điều 3': only the article is written with a capital."""
    for piece in case.of(*PROSE, saying=_CITED_ARTICLE):
        for found in _ARTICLE.finditer(piece.text):
            yield Hit(
                piece,
                *found.span("all"),
                "Khi viện dẫn, “Điều” viết hoa; “khoản”, “điểm” viết thường.",
                "Điều",
            )


_FIELD_WORDS = frozenset(
    ["nội vụ", "tài chính", "tư pháp", "y tế", "xây dựng", "giáo dục", "kế hoạch", "văn hóa", "thông tin", "nông nghiệp",
     "môi trường", "lao động", "khoa học", "công nghệ", "ngoại vụ", "kinh tế", "hạ tầng", "đô thị", "xã hội", "du lịch", "thể thao"]
)  # fmt: skip
_OF_FIELD = word_kind(frozenset(["Sở", "Phòng", "phòng", "Bộ", "cục"]).__contains__)
_FIELD = re.compile(
    begins("Sở", "[Pp]hòng", "Bộ", "Chi cục") + rf"\s+(?P<all>[{UPPER}][{LOWER}]+\s+[{UPPER}][{LOWER}]+)"
)


@rule(
    "DL437",
    FindingKind.CAPITALISATION,
    Severity.WARNING,
    "Tên sở, phòng viết hoa cả chữ thứ hai của lĩnh vực",
    basis=f"{_APPENDIX}, mục IV",
    bad=[said("Kính gửi: Sở Nội Vụ.\nXã báo cáo.")],
    good=[
        said(
            "Kính gửi: Sở Nội vụ, Sở Công Thương, Phòng Kinh tế, Sở Văn hóa, Thể thao và Du lịch.\nXã báo cáo."
        )
    ],
)
def field_with_two_capitals(case: Case) -> Iterator[Hit]:
    """'Sở Nội vụ': the first syllable of the field only."""
    for piece in case.of(*_WRITTEN, saying=_OF_FIELD):
        for found in _FIELD.finditer(piece.text):
            words = found["all"]
            if house_style(words.lower()) in _FIELD_WORDS:
                right = f"{words[0]}{words[1:].lower()}"
                yield Hit(piece, *found.span("all"), f"Chỉ viết hoa chữ đầu: “{right}”.", right)


_OFFICES = (
    "Thông tin và Truyền thông", "Khoa học và Công nghệ", "Giáo dục và Đào tạo", "Nông nghiệp và Môi trường",
    "Nông nghiệp và Phát triển nông thôn", "Tài nguyên và Môi trường", "Văn hóa và Thông tin", "Kế hoạch và Đầu tư",
    "Văn hóa, Thể thao và Du lịch", "Lao động - Thương binh và Xã hội",
)  # fmt: skip
_OFFICE_NAMES = re.compile(
    begins("[Bb](?i:ộ)", "[Ss](?i:ở)", "[Pp](?i:hòng)")
    + rf"\s+(?P<all>(?i:{'|'.join(house_style(name) for name in _OFFICES)}))(?!\w)"
)
_TWO_FIELDS = words("và")
_SECOND_CAPITAL = word_kind(frozenset(["Tâm", "Phòng", "An", "Đồng", "Ủy", "Uỷ", "Tịch", "Thư"]).__contains__)
_RIGHT = {house_style(name).lower(): name for name in _OFFICES}
_IN_TITLE_CASE = re.compile(
    rf"(?P<all>{begins('Trung Tâm', 'Văn Phòng', 'Công An', 'Hội Đồng', 'Đảng Ủy', 'Đảng Uỷ', 'Chủ Tịch', 'Bí Thư')})(?!\w)"
)


@rule(
    "DL438",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "Tên bộ, sở, phòng, trung tâm viết hoa sai",
    basis=f"{_APPENDIX}, mục IV",
    bad=[
        said("Theo hướng dẫn của Sở Thông tin và truyền thông."),
        said("Giao Trung Tâm Phục vụ hành chính công niêm yết."),
    ],
    good=[
        said("Theo hướng dẫn của Sở Thông tin và Truyền thông, SỞ NỘI VỤ, phòng giáo dục và đào tạo."),
        said("Giao Trung tâm Phục vụ hành chính công niêm yết."),
    ],
)
def office_with_wrong_capitals(case: Case) -> Iterator[Hit]:
    """The first letter of each field; of 'Trung tâm' the first word only."""
    for piece in case.of(*_WRITTEN, saying=_OF_FIELD & _TWO_FIELDS):
        for found in _OFFICE_NAMES.finditer(piece.text):
            name = found["all"]
            right = _RIGHT[house_style(name).lower()]
            if house_style(name) != right and not name.isupper() and name[0].isupper():
                yield Hit(piece, *found.span("all"), f"Viết hoa đúng: “{right}”.", right)
    for piece in case.of(*_WRITTEN, saying=_SECOND_CAPITAL):
        for found in _IN_TITLE_CASE.finditer(piece.text):
            right = f"{found[0][0]}{found[0][1:].lower()}"
            yield Hit(piece, *found.span("all"), f"Chỉ viết hoa chữ đầu: “{right}”.", right)


RULES = (
    office_with_wrong_capitals,
    field_with_two_capitals,
    office_in_small_letters,
    place_in_small_letters,
    sentence_in_small_letters,
    article_in_small_letters,
)
