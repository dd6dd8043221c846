"""Numbers that name something: documents, procedures, telephones, papers, plates, roads."""

from __future__ import annotations

import re

from dinhlang.vietnamese.speech import figures, letters
from dinhlang.vietnamese.speech.scan import Kind, Rule, Scan, matching

# --- documents -------------------------------------------------------------------------------------

_SYMBOL = r"[A-ZĐƯ](?:[A-Za-zĐđƯ&]|\.(?=[A-ZĐƯ])){0,14}\d{0,3}"
_SYMBOLS = rf"{_SYMBOL}(?:(?:\s?[-/–]\s?|\.){_SYMBOL}){{0,4}}"
_DOCUMENT = re.compile(
    rf"(?P<number>\d{{1,6}})(?P<letter>[a-zA-ZĐđ]?)(?:\s?/\s?(?P<year>(?:1[89]|20|21)\d\d))?\s?[-/–]\s?(?P<symbols>{_SYMBOLS})(?![^\W_])"
)
_BLANK_NUMBER = re.compile(rf"/\s?(?P<symbols>{_SYMBOLS})(?![^\W_])")
_SYMBOLS_ALONE = re.compile(rf"(?P<symbols>{_SYMBOL}\s?[-/]\s?{_SYMBOLS})(?![^\W_])")
_PARTS = re.compile(r"\s?[-/–]\s?|\.(?=[A-ZĐƯ])")
_BODY_FOLLOWS = re.compile(
    r"\s*,?\s*(?:ngày\s*[\d/.\-–]{3,10}\s*|ngày\s*\d{1,2} tháng \d{1,2} năm \d{4}\s*)?,?\s*(?:của|do)\s+(?:UBND|HĐND|[Uu]ỷ ban|[Uu][ỷủ]|Ủy|Uỷ|ỦY|[Hh]ội đồng|[Cc]hính phủ|[Tt]hủ tướng|"
    r"[Bb]ộ|BCH|BTV|[Bb]an|[Qq]uốc hội|[Đđ]ảng|[Tt]ỉnh|[Hh]uyện|TTg|CP|[Ss]ở|[Tt]hành ủy|[Tt]rung ương|Đảng|MTTQ|[Cc]hủ tịch|[Cc]ông an|B[A-Z])"
)
_SPECIAL = re.compile(r"(QH|UBTVQH|CTTTg|BCĐ|HĐND|UBND)(\d{1,3})")
_JOINT = frozenset({"TTLT", "NQLT", "KHLT", "CTLT", "CTPH", "QCPH", "HDLN", "TTLN"})


def _parts(scan: Scan, symbols: str) -> tuple[str, list[str]]:
    """The kind of a document and its bodies, in words; an empty kind for an official letter."""
    signs = _PARTS.split(symbols)
    kind = scan.words.kinds.get(signs[0], "")
    bodies = [_body(scan, sign) for sign in (signs[1:] if kind else signs)]
    if signs[0] not in _JOINT:
        bodies = bodies[:1]
    return kind, [body for body in bodies if body]


def _body(scan: Scan, sign: str) -> str:
    if special := _SPECIAL.fullmatch(sign):
        name = scan.words.bodies.get(special[1], letters.spelled(special[1]))
        link = " khóa " if special[1] in ("QH", "UBTVQH") else " "
        return f"{name}{link}{figures.whole(special[2])}"
    if sign in scan.words.bodies:
        return scan.words.bodies[sign]
    return scan.words.abbreviations.get(sign) or _spelled_sign(scan, sign)


def _spelled_sign(scan: Scan, sign: str) -> str:
    """ "BCĐ389": what is known by its words, the rest by its letters."""
    name, number = re.fullmatch(r"(.*?)(\d*)", sign).groups()  # type: ignore[union-attr]
    said = scan.words.bodies.get(name) or scan.words.abbreviations.get(name) or letters.spelled(name)
    return f"{said} {figures.whole(number)}" if number else said


def _is_symbol_of_document(scan: Scan, symbols: str) -> bool:
    """Whether a document can be called so: it names a kind or a body that is known."""
    signs = _PARTS.split(symbols)
    known = scan.words.bodies
    return (
        signs[0] in scan.words.kinds
        or any(sign in known for sign in signs)
        or any(_SPECIAL.fullmatch(sign) for sign in signs)
        or (len(signs) > 1 and all(sign in known or sign in scan.words.abbreviations for sign in signs))
    )


_KINDS_BEFORE = re.compile(
    r"\b(?:nghị quyết|quyết định|chỉ thị|quy chế|quy định|thông cáo|thông báo|hướng dẫn|chương trình|kế hoạch|phương án|đề án|dự án|báo cáo|"
    r"biên bản|tờ trình|hợp đồng|công điện|công văn|văn bản|giấy mời|thông tư|nghị định|kết luận|pháp lệnh|luật|lệnh|thông tri|bộ luật|"
    r"phiếu|thư|giấy|lịch|đơn|quy chuẩn|tiêu chuẩn)\b[^.;\d]{0,40}$|\b(?:qđ|kh|nq|ct|tb|bc|cv|tt|nđ|hd|kl|ttr|ctr|gm)\s*$"
)


def _document(scan: Scan, found: re.Match[str]) -> str | None:
    if not (found["year"] or _is_symbol_of_document(scan, found["symbols"])):
        return None
    kind, bodies = _parts(scan, found["symbols"])
    before = scan.before(found.start())
    number = figures.document_number(found["number"])
    if found["letter"]:
        number += f" {letters.name(found['letter'])}"
    said = []
    if not _KINDS_BEFORE.search(before) and not re.search(r"\bsố\s*:?\s*$", before):
        said.append(kind or "công văn")
    if not re.search(r"\bsố\s*:?\s*$", before):
        said.append("số")
    said.append(number)
    if found["year"]:
        said.append(f"năm {figures.whole(found['year'])}")
    if bodies and not _BODY_FOLLOWS.match(scan.after(found.end())):
        said.append(f"của {' và '.join(bodies)}")
    return " ".join(said)


def _blank_number(scan: Scan, found: re.Match[str]) -> str | None:
    """ "Số:   /KH-UBND": a number that is not given yet."""
    if re.search(r"\w$", scan.before(found.start())) or not _is_symbol_of_document(scan, found["symbols"]):
        return None
    return _of_body(scan, found["symbols"])


def _symbols_alone(scan: Scan, found: re.Match[str]) -> str | None:
    """ "TT-BTTTT" without a number."""
    signs = _PARTS.split(found["symbols"])
    if signs[0] not in scan.words.kinds or not (
        signs[1] in scan.words.bodies or _SPECIAL.fullmatch(signs[1])
    ):
        return None
    return _of_body(scan, found["symbols"])


def _of_body(scan: Scan, symbols: str) -> str:
    kind, bodies = _parts(scan, symbols)
    return " ".join(filter(None, (kind, f"của {' và '.join(bodies)}" if bodies else "")))


# --- procedures, standards, cases --------------------------------------------------------------------


def _in_signs(written: str) -> str:
    """Digit by digit and letter by letter, the stop said: "1.001193" một chấm không không một …"""
    said = []
    for sign in written:
        if sign.isdigit():
            said.append(figures.digits(sign))
        elif sign.isalpha():
            said.append(letters.name(sign))
        elif sign == ".":
            said.append("chấm")
        elif sign in "-–":
            said.append("gạch ngang")
    return " ".join(filter(None, said))


def _standard(_: Scan, found: re.Match[str]) -> str:
    name = {
        "TCVN": "tiêu chuẩn Việt Nam",
        "QCVN": "quy chuẩn Việt Nam",
        "ISO": "i sô",
        "TCXDVN": "tiêu chuẩn xây dựng Việt Nam",
    }[found[1]]
    said = f"{name} {figures.whole(found[2].lstrip('0') or '0')}"
    if found[3]:
        said += f" gạch ngang {figures.whole(found[3])}"
    return said + (f" năm {figures.whole(found[4])}" if found[4] else "")


# --- telephones --------------------------------------------------------------------------------------

_PHONE = re.compile(
    r"(?:(?:\(\+?84\)|\+84)(?:[ .–-]{0,3}\d){9,10}|\(?0\d{1,3}\)?(?:[ .–-]{0,3}\d){6,9})(?![\d]|[.,]\d|\s?%)"
)
_SWITCHBOARD = re.compile(r"1[89]00(?:[ .–-]?\d){4,6}(?!\d)")
_DIALLED_BEFORE = re.compile(
    r"(?:gọi(?: điện| ngay| tới| đến| số| theo số| cho| qua)*|tổng đài|đường dây nóng|hotline|điện thoại|sđt|đt|đtdđ|số máy|máy lẻ|nhánh|phím|nhắn tin|đầu số|"
    r"cứu hỏa|cứu hoả|cứu thương|cấp cứu|cảnh sát|cứu nạn|bấm|gửi|gửi đến|soạn tin|liên hệ|lh|zalo|fax|trực ban|mã otp|otp|mã pin|mã số|mã|mã bưu chính|số hiệu|mã số thuế|mst|"
    r"số tài khoản|tài khoản|stk|số thẻ|cccd|cmnd|căn cước|hộ chiếu|số định danh|số hồ sơ|số seri|seri|số phát hành|mã vạch|imei|mật khẩu)(?: (?:số|là|:|công dân|khẩn cấp|miễn phí|gồm|qua|tại|theo|bảo hiểm|xã hội|cá nhân|bưu chính|xác thực|hồ sơ|đơn vị|điện thoại|thuê bao|ngân hàng|khách hàng)){0,3}\s*:?\s*"
    r"(?:\d{3,12}\s*(?:,|hoặc|và|/|-|;|–)\s*){0,4}(?:gọi\s*|số\s*)?$"
)
_DIALLED = re.compile(r"\d{3,19}(?![\d\w/%]|[.,]\d)")
_GROUPED_ID = re.compile(r"\d{3}(?: \d{3}){2,3}(?! ?\d)")
_LONG = re.compile(r"\d{8,40}(?![\d]|[.,]\d)")
_EMERGENCY = re.compile(r"(?:11[1-5]|1022)(?![\d\w/%]|[.,]\d)")
_EMERGENCY_BEFORE = re.compile(
    r"(?:cảnh sát|cứu hỏa|cứu hoả|cấp cứu|tổng đài|gọi|số|đường dây nóng|trẻ em|hoặc|,)\s*$"
)


def _phone(scan: Scan, found: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", found[0])
    if digits.startswith("84") and found[0].startswith(("+", "(+")):
        return f"cộng {figures.digits(digits)}" if 10 <= len(digits) <= 12 else None
    if len(digits) not in (10, 11) or re.search(r"\d\s*$", scan.before(found.start())):
        return None
    return figures.digits(digits)


def _switchboard(scan: Scan, found: re.Match[str]) -> str | None:
    digits = re.sub(r"\D", "", found[0])
    return figures.digits(digits) if len(digits) in (8, 10) else None


def _dialled(scan: Scan, found: re.Match[str]) -> str | None:
    before = scan.before(found.start())
    if (
        re.search(r"\b(?:căn cước|cccd|cmnd|hộ chiếu|tài khoản|mã số)(?: công dân)?\s*$", before)
        and len(found[0]) < 5
    ):
        return None
    if _DIALLED_BEFORE.search(before) and not _unit_follows(scan, found.end()):
        return figures.digits(found[0])
    if _EMERGENCY.fullmatch(found[0]) and _calls_for_help(before, scan.after(found.end())):
        return figures.digits(found[0])
    return None


def _calls_for_help(before: str, after: str) -> bool:
    """Whether "113" between these words is dialled: beside another such number, or after who answers it."""
    if re.match(r"\s*(?:,|và|hoặc|/|-)\s*11[1-5]\b", after) or re.search(
        r"\b11[1-5]\s*(?:,|và|hoặc|/|-)\s*$", before
    ):
        return True
    if re.match(r"\s?(?:đồng|nghìn|triệu|tỷ|người|hộ|lượt|hồ sơ|ha\b|km|học sinh|cuộc|lần|đường|phố)", after):
        return False
    if re.search(r"\bsố\s*$|,\s*$|hoặc\s*$", before):
        return re.search(r"gọi|tổng đài|khẩn cấp|cảnh sát", before) is not None
    return _EMERGENCY_BEFORE.search(before) is not None


_ACCOUNT_BEFORE = re.compile(r"(?:tài khoản|stk|số thẻ|tk)(?: (?:số|là|ngân hàng|kho bạc))?\s*:?\s*$")
_GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:-\d{1,3}(?:\.\d{3})+)?")


def _account(scan: Scan, found: re.Match[str]) -> str | None:
    if not _ACCOUNT_BEFORE.search(scan.before(found.start())) or _unit_follows(scan, found.end()):
        return None
    return figures.digits(found[0])


def _dotted(_: Scan, found: re.Match[str]) -> str | None:
    """ "000.00.12.H23" and its like; never a sum of money."""
    return None if _GROUPS.fullmatch(found[0]) else _in_signs(found[0])


def _unit_follows(scan: Scan, end: int) -> bool:
    after = scan.after(end)
    return (
        re.match(
            r"\s?(?:đồng|đ\b|nghìn|triệu|tỷ|người|hộ|lượt|hồ sơ|ha\b|m2|km|học sinh|cuộc|lần|tin|thuê bao|khách|phản ánh)",
            after,
        )
        is not None
    )


def _long(scan: Scan, found: re.Match[str]) -> str | None:
    """A long row of digits names something unless something is counted with it."""
    return None if _unit_follows(scan, found.end()) and found[0][0] != "0" else figures.digits(found[0])


# --- plates and roads --------------------------------------------------------------------------------

_ROADS = {
    "QL": "quốc lộ", "TL": "tỉnh lộ", "ĐT": "đường tỉnh", "DT": "đường tỉnh", "ĐH": "đường huyện", "ĐX": "đường xã", "HL": "hương lộ",
    "CT": "cao tốc", "LTL": "liên tỉnh lộ",
}  # fmt: skip


def _plate(scan: Scan, found: re.Match[str]) -> str:
    return f"{figures.digits(found[1])} {letters.spelled(found[2])} {figures.digits(found[3])}"


def _road(scan: Scan, found: re.Match[str]) -> str | None:
    name, number, letter = found["road"], found["number"], found["letter"]
    if name == "CT" and found["sign"] != ".":
        return None
    road = _ROADS[name]
    if re.search(r"\bđường\s*$", scan.before(found.start())):
        road = road.removeprefix("đường ")
    said = f"{road} {figures.whole(number.lstrip('0') or '0')}"
    return f"{said} {letters.name(letter)}" if letter else said


def _house(scan: Scan, found: re.Match[str]) -> str | None:
    """ "số 12/3", "hẻm 45/2/7": the way to a house."""
    if re.fullmatch(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})", found[0]):
        return None
    if (
        not re.search(
            r"\b(?:số nhà|nhà số|ngõ|ngách|hẻm|kiệt|nhà|đ/c:|đc:|địa chỉ:?)\s*$", scan.before(found.start())
        )
        and found[0].count("/") < 2
    ):
        follows = re.match(
            r"\s*,?\s*(?:ngõ|ngách|hẻm|kiệt|đường|phố|khu|tổ|ấp|thôn|quốc lộ|ql)\b",
            scan.after(found.end()),
            re.IGNORECASE,
        )
        if not (follows and re.search(r"\bsố\s*$", scan.before(found.start()))):
            return None
    said = []
    for number, letter in re.findall(r"(\d+)([A-Za-zĐđ]?)", found[0]):
        said.append(figures.whole(number) + (f" {letters.name(letter)}" if letter else ""))
    return " trên ".join(said)


def _mixed(_: Scan, found: re.Match[str]) -> str:
    """Digits and letters of one piece: "5A", "3D", "12b1"."""
    said = []
    for digits, row in re.findall(r"(\d+)|([^\W\d_]+)", found[0]):
        said.append(
            (figures.whole(digits) if len(digits) < 5 else figures.digits(digits))
            if digits
            else letters.spelled(row)
        )
    return " ".join(filter(None, said))


DIGITS_FIRST: tuple[Rule, ...] = (
    matching(_DOCUMENT.pattern, _document, Kind.CODE),
    matching(
        r"\d\.\d{6}(?:\.\d{3}(?:\.\d{2}){2}\.[A-Z]\d{2})?(?!\d)",
        lambda _, found: _in_signs(found[0]),
        Kind.CODE,
    ),
    matching(
        r"\d{1,3}(?:\.\d{1,3}){2,5}\.[A-Z]\d{2}(?:[.-]\d{1,8}){1,5}(?![\w])",
        lambda _, found: _in_signs(found[0]),
        Kind.CODE,
    ),
    matching(r"\d[\d.\- ]{4,24}\d(?![\w]|[.,]\d)", _account, Kind.CODE),
    matching(r"\d{2,3}(?:[.-]\d{2,6}){3,6}(?![\d])", _dotted, Kind.CODE),
    matching(_SWITCHBOARD.pattern, _switchboard, Kind.CODE),
    matching(_PHONE.pattern, _phone, Kind.CODE),
    matching(
        r"([1-9]\d)[ -]?([A-ZĐ]{1,2}\d?)(?:\s?[-–]\s?|\s)?(\d{3}\.\d{2}|\d{4,5})(?![\w-]|[.,]\d)",
        _plate,
        Kind.CODE,
    ),
    matching(_DIALLED.pattern, _dialled, Kind.CODE),
    matching(_GROUPED_ID.pattern, lambda _, found: figures.digits(found[0]), Kind.CODE),
    matching(_LONG.pattern, _long, Kind.CODE),
    matching(r"\d{1,4}[A-Za-zĐđ]?(?:/\d{1,4}[A-Za-zĐđ]?){1,4}(?![\w/-])", _house, Kind.CODE),
)
"""For a place that begins with a digit; before days and amounts."""

DIGITS_LAST: tuple[Rule, ...] = (
    matching(r"\d{1,20}[^\W\d_]{1,6}(?:\d{1,6}[^\W\d_]{0,6}){0,4}(?![\w])", _mixed, Kind.CODE),
)

SIGNS: tuple[Rule, ...] = (
    matching(_PHONE.pattern, _phone, Kind.CODE),
    matching(_BLANK_NUMBER.pattern, _blank_number, Kind.CODE),
    matching(
        r"\*(\d{3,4}(?:\*\d{1,20})*)#",
        lambda _, found: " ".join(f"sao {figures.digits(part)}" for part in found[1].split("*")) + " thăng",
        Kind.CODE,
    ),
)

LETTERS: tuple[Rule, ...] = (
    matching(r"(TCVN|QCVN|ISO|TCXDVN)\s?(\d{1,5})(?:-(\d{1,2}))?(?:[:/](\d{4}))?(?:/[A-ZĐ]{2,8})?(?![\w])", _standard, Kind.CODE),
    matching(r"(?P<road>QL|TL|ĐT|DT|ĐH|ĐX|HL|CT|LTL)(?P<sign>[ .]?)(?P<number>\d{1,3})(?P<letter>[A-Z]?)(?![\w/])", _road, Kind.CODE),
    matching(_SYMBOLS_ALONE.pattern, _symbols_alone, Kind.CODE),
    matching(r"[A-Z]\d{2}(?:[.-]\d{1,8}){2,6}(?![\w])", lambda _, found: _in_signs(found[0]), Kind.CODE),
)  # fmt: skip
"""For a place that begins with a letter."""
