"""Numbers with what they count: units, money, shares, ranges, scores, rates."""

from __future__ import annotations

import re

from dinhlang.vietnamese.speech import figures
from dinhlang.vietnamese.speech.scan import SMALL, Answer, Kind, Rule, Scan

_NUMBER = re.compile(figures.NUMBER)
_RANGE = re.compile(rf"\s?(?P<dash>[-–—~÷])\s?(?=\d)(?P<last>{figures.NUMBER})(?![\w]*[/-][A-ZĐ]|[/-]\d)")
_SHORT_SPACE = re.compile(r"[ \t]?")
_SIZES = re.compile(rf"\s?[x×X*]\s?(?=\d)(?P<next>{figures.NUMBER})")

# What cannot come in parts: after these "1,234" is one thousand two hundred thirty-four.
_WHOLE_THINGS = re.compile(
    r"\s*(?:đồng|đ\b|người|hộ|lượt|hồ sơ|nhân khẩu|cây|con|học sinh|em\b|cháu|đại biểu|cử tri|đoàn viên|hội viên|đảng viên|suất|phiếu|liều|"
    r"bản|tờ|cuộc|buổi|chiếc|vnđ|vnd|lao động|giáo viên|thủ tục|tài khoản|trường hợp|tin|bài|văn bản)",
    re.IGNORECASE,
)
_SCORE_BEFORE = re.compile(
    r"(?:tỷ số|tỉ số|tỷ số là|thắng|thua|hòa|hoà|dẫn|chung cuộc|san bằng|gỡ hòa|luân lưu|hiệp \S+|đè bẹp|hạ|vượt qua)(?: (?!từ)(?:U\d\d|u\d\d|[^.;:\d]){0,30}?)?(?:\d[-–]\d[^.;]{0,12})?\s*$"
)
_SPELLED_AS_POINT = re.compile(
    r"(?:mục|điểm|khoản|điều|phần|bảng|hình|biểu|chương|tiểu mục|phiên bản|ver|version|v|công nghiệp|công nghệ|web|ios|android|windows|bản|"
    r"cách mạng|phụ lục|tiêu chí|chỉ tiêu|nhiệm vụ|bước|bài|office|bluetooth|usb|euro|nội dung|số|mẫu|thế hệ|kỷ nguyên|truyền thông|du lịch|nông nghiệp)\s*$"
)
# "Đề án 06": the zero belongs to the name.
_NAMED_BY_NUMBER = re.compile(
    r"(?:đề án|nghị quyết|chỉ thị|nghị định|quyết định|kết luận|thông tư|kế hoạch|công điện|quy định|chương trình|hướng dẫn|pháp lệnh)(?: số)?\s*$"
)
_MINUS_SIGNS = "-–−"
_NOT_MINUS_BEFORE = re.compile(r"[\w%)]\s*$")
_MONEY = re.compile(r"đồng|đô la|ơ rô|nghìn|triệu|tỷ|yên|bảng Anh")
# '500.000 đồng/người/tháng', '2 buổi/tuần': one of them.
ONE_OF = re.compile(
    r"\s?/\s?(?:(?P<number>\d{1,4})\s)?(?P<what>người|khẩu|nhân khẩu|tháng|ngày|đêm|năm|tuần|quý|giờ|phút|giây|buổi|lần|lượt|hộ|gia đình|suất|con|em|"
    r"cháu|học sinh|sinh viên|sào|mẫu|ca|cây|sản phẩm|hồ sơ|chuyến|vé|xe|cơ sở|thôn|xóm|xã|phường|đơn vị|lao động|công|mũi|liều|đợt|vụ|"
    r"tấn|tạ|yến|lượng|chỉ|lít|chiếc|bộ|cuốn|quyển|kỳ|bài|tin|bản|trang|tờ|lớp|trường|đội|đoàn|nhóm|phiếu|thẻ|bữa|mét|hội viên|cặp|khóa|khoá|"
    r"nhà|căn|phòng|thửa|thùng|bao|gói|hộp|chai|quả|giải|tiết|đồng chí|đại biểu|cuộc|số|bàn|cụm|tổ|điểm|trường hợp|mô hình|giường|trận|sáng|thủ tục|km|m2|kg)(?![\w])",
    re.IGNORECASE,
)
_MEASURED_BY = frozenset(("giờ", "phút", "giây", "lít", "kg", "km", "m2", "tấn", "tạ"))


def amount(scan: Scan, place: int) -> Answer:
    """A number, or a range or a size of them, with its unit and what it is a rate of."""
    found = _NUMBER.match(scan.text, place)
    if found is None:
        return None
    if score := _score(scan, found):
        return score
    said, end = _one_or_span(scan, found)
    unit, unit_end = _unit(scan, end)
    if unit == "đồng" and re.fullmatch(r"\d{1,2},\d{1,2}", found[0]):
        # Nobody pays parts of a đồng: "7,25đ" are marks.
        unit = "điểm"
    if unit:
        said, end = f"{said} {unit}", unit_end
    said, end = rate(scan, end, said, unit)
    return said, _after_words(scan, end, said), Kind.FIGURE


_SAME_IN_WORDS = re.compile(r"[ \t]*\(([^()\d]{2,160})\)")


def _after_words(scan: Scan, end: int, said: str) -> int:
    """ "02 (hai) bản", "15.000.000 đ (Mười lăm triệu đồng)": the same once more in words is not said again."""
    again = _SAME_IN_WORDS.match(scan.text, end)
    if again is None or " ".join(again[1].lower().replace(".", "").split()).removesuffix(" chẵn") not in (
        said,
        f"{said} đồng",
    ):
        return end
    return again.end()


def _one_or_span(scan: Scan, found: re.Match[str]) -> tuple[str, int]:
    """The number, the range or the size that begins with it, and where it ends."""
    place, end = found.span()
    span = _RANGE.match(scan.text, end)
    if span is None or not _is_range(found[0], span["last"]):
        counted = _WHOLE_THINGS.match(scan.after(end)) is not None
        return _times(scan, end, _number(scan, place, found[0], counted))
    counted = _WHOLE_THINGS.match(scan.after(span.end())) is not None
    first = _number(scan, place, found[0], counted)
    if span["last"].isdecimal() and re.search(r"\bthứ\s*$", scan.before(place)):
        return f"{first} đến thứ {figures.ordinal(span['last'])}", span.end()
    return f"{first} đến {figures.number(span['last'], counted=counted)}", span.end()


def _number(scan: Scan, place: int, written: str, counted: bool) -> str:
    before = scan.before(place)
    if written[0] == "0" and written.isdecimal() and _NAMED_BY_NUMBER.search(before):
        return figures.document_number(written)
    ordinal = re.search(r"\bthứ\s*$", before)
    if ordinal and written.isdecimal():
        return figures.ordinal(written)
    if written.count(".") == 1 and "," not in written:
        left, right = written.split(".")
        if len(right) != 3 and (_SPELLED_AS_POINT.search(before) or (right == "0" and not counted)):
            return f"{figures.whole(left)} chấm {figures.whole(right)}"
    return figures.number(written, counted=counted)


def _score(scan: Scan, found: re.Match[str]) -> Answer:
    """ "thắng 2-1": the two numbers one after the other."""
    score = re.compile(r"(\d{1,2})\s?[-–:]\s?(\d{1,2})(?![\w%/]|[.,]\d)").match(scan.text, found.start())
    before = scan.before(found.start())
    if score is None or not _SCORE_BEFORE.search(before) or before.rstrip().endswith("từ"):
        return None
    return f"{figures.whole(score[1])} {figures.whole(score[2])}", score.end(), Kind.FIGURE


def _is_range(first: str, last: str) -> bool:
    """A dash between two numbers means "đến" unless they are places of a row of figures, as in a telephone number."""
    return len(first) < 9 and len(last) < 9 and not (first.startswith("0") and len(first) > 2)


def _times(scan: Scan, end: int, said: str) -> tuple[str, int]:
    """ "3x4", "10 x 20 x 5": sizes."""
    for _ in range(3):
        size = _SIZES.match(scan.text, end)
        if size is None:
            break
        said, end = f"{said} nhân {figures.number(size['next'])}", size.end()
    return said, end


def _unit(scan: Scan, end: int) -> tuple[str, int]:
    """The unit after a number, with a multiplier before it ("500k đ"), and where it ends."""
    start = _SHORT_SPACE.match(scan.text, end)
    place = start.end() if start else end
    found = scan.words.unit_pattern.match(scan.text, place)
    if found is None or not _is_unit(scan, found, spaced=place > end):
        return "", end
    said = scan.words.units[found[0]]
    return said, found.end()


_LONE_SMALL = frozenset("mlgskp")


def _is_unit(scan: Scan, found: re.Match[str], *, spaced: bool) -> bool:
    sign = found[0]
    if sign == "T" and not re.search(
        r"\b(?:tải|trên|dưới|quá|xe|nặng)\s*[\d.,]+$", scan.before(found.start())
    ):
        return False
    if sign in ("đ", "Đ") and re.match(r"/(?:c|v|C|chí)\b", scan.after(found.end())):
        return False
    if sign == "'" and (spaced or scan.after(found.end())[:1].isalnum()):
        return False
    if len(sign) == 1 and sign.isascii() and sign.isupper():
        return not spaced
    if sign in _LONE_SMALL and spaced:
        return not scan.after(found.end()).startswith((".", "'", "’")) or scan.after(found.end())[:2] in (
            ".",
            ". ",
        )
    return True


def rate(scan: Scan, end: int, said: str, unit: str) -> tuple[str, int]:
    """ "/tháng", "/ha", "/h": money and counted things are said with "một", measures with "trên"."""
    is_money = _MONEY.search(unit) is not None
    for _ in range(3):
        each = ONE_OF.match(scan.text, end)
        if each is not None and (unit or each["what"]):
            if each["number"]:
                said += f" trên {figures.whole(each['number'])} {_spoken_noun(scan, each['what'])}"
            else:
                said += f" {'trên' if _is_measure(unit) and each['what'].lower() in _MEASURED_BY else 'một'} {_spoken_noun(scan, each['what'])}"
            end = each.end()
            continue
        slash = re.compile(r"\s?/\s?").match(scan.text, end)
        if not unit or slash is None:
            break
        if re.compile(rf"[{SMALL}]{{3,}}").match(
            scan.text, slash.end()
        ) and not scan.words.unit_pattern.match(scan.text, slash.end()):
            return f"{said} một", slash.end()
        below = scan.words.unit_pattern.match(scan.text, slash.end())
        if below is None:
            break
        said, end = f"{said} {'một' if is_money else 'trên'} {scan.words.units[below[0]]}", below.end()
    return said, end


def _is_measure(unit: str) -> bool:
    return bool(unit) and not _MONEY.search(unit) and unit not in ("phần trăm", "độ", "giờ", "phút")


def _spoken_noun(scan: Scan, noun: str) -> str:
    return scan.words.units.get(noun, noun.lower()) if noun in scan.words.unit_signs else noun.lower()


_WITH_NUMBER = re.compile(
    r"\d[\d.,]*[^\W\d_%]{0,4}(?:\s+[^\W\d_]+){1,4}\s*$|\b(?:nghìn|ngàn|triệu|tỷ|tỉ|đồng|lần|buổi|suất)(?:\s+đồng)?\s*$"
)


def rate_of_words(scan: Scan, place: int) -> Answer:
    """ "500 nghìn/tháng", "2 buổi/tuần", "triệu đồng/ha/năm": a rate whose number stands a few words before."""
    before = scan.before(place)
    if not _WITH_NUMBER.search(before):
        return None
    money = re.search(r"\b(?:đồng|nghìn|ngàn|triệu|tỷ|tỉ)\s*$", before)
    measure = re.search(r"\b(?:tấn|tạ|yến|mét|lít)(?: lúa)?\s*$", before)
    said, end = rate(scan, place, "", "đồng" if money else "tấn" if measure else "")
    return (said.strip(), end, Kind.FIGURE) if said else None


def negative(scan: Scan, place: int) -> Answer:
    """ "-5°C", "xuống -2 độ": below zero; a dash that opens a line is a list mark, unless degrees follow."""
    if scan.text[place] not in _MINUS_SIGNS or _NOT_MINUS_BEFORE.search(scan.before(place)[-1:]):
        return None
    after = scan.text[place + 1 : place + 2]
    if not after.isdigit():
        return None
    below_zero = re.compile(r"\d{1,3}(?:[.,]\d+)?\s?(?:°|độ|oC)").match(scan.text, place + 1)
    if scan.opens_line(place) and below_zero is None:
        return None
    if scan.last is Kind.FIGURE and scan.text[place - 1 : place] == " " and below_zero is None:
        return None
    answer = amount(scan, place + 1)
    return (f"âm {answer[0]}", answer[1], answer[2]) if answer else None


def money_in_short(scan: Scan, place: int) -> Answer:
    """ "2tr5", "1tỷ2": a million and a half of it; people type it so."""
    found = re.compile(r"(\d{1,3})\s?(tr|triệu|tỷ|tỉ)(\d{1,3})(?![\w])").match(scan.text, place)
    if found is None:
        return None
    scale = "triệu" if found[2] in ("tr", "triệu") else "tỷ"
    below = "nghìn" if scale == "triệu" else "triệu"
    rest = "rưỡi" if found[3] == "5" else f"{figures.whole(found[3].ljust(3, '0'))} {below}"
    return f"{figures.whole(found[1])} {scale} {rest}", found.end(), Kind.FIGURE


def height(scan: Scan, place: int) -> Answer:
    """ "1m63", "2m5"."""
    found = re.compile(r"(\d{1,3})m(\d{1,2})(?![\w/]|[.,]\d)").match(scan.text, place)
    if found is None or found[2] in ("2", "3"):
        return None
    return f"{figures.whole(found[1])} mét {figures.whole(found[2])}", found.end(), Kind.FIGURE


def spaced(scan: Scan, place: int) -> Answer:
    """ "1 000 000 đồng": thousands grouped by spaces, where something is counted."""
    found = re.compile(
        r"\d{1,3}(?: \d{3}){1,4}(?= ?(?:đồng|đ|VNĐ|VND|người|hộ|lượt|nghìn|triệu|tỷ|m2|ha)(?![\w]))"
    ).match(scan.text, place)
    if found is None or re.search(r"\d\s*$", scan.before(place)):
        return None
    unit, end = _unit(scan, found.end())
    said = figures.whole(found[0].replace(" ", ""))
    said, end = rate(scan, end, f"{said} {unit}", unit)
    return said, end, Kind.FIGURE


def row(scan: Scan, place: int) -> Answer:
    """ "NPK 5-10-3", "sơ đồ 3-4-3": one number after the other."""
    found = re.compile(r"\d{1,2}(?:-\d{1,2}){2,5}(?![\w/-]|[.,]\d)").match(scan.text, place)
    if found is None:
        return None
    return " ".join(figures.whole(number) for number in found[0].split("-")), found.end(), Kind.FIGURE


RULES: tuple[Rule, ...] = (money_in_short, height, row, amount)
