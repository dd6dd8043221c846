"""Days, months, times and what looks like them: "15/6" is a day, "4/5 thôn" is none. The words around decide."""

from __future__ import annotations

import re
from datetime import date

from dinhlang.vietnamese.speech import figures
from dinhlang.vietnamese.speech.scan import Rule, Scan, matching

_DASH = r"\s?[-–—]\s?"

# --- what the words around say --------------------------------------------------------------------

_WEEKDAY = r"thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật|cn|t[2-7]"
_SURELY_DAY_BEFORE = re.compile(
    rf"(?:\b(?:ngày|hôm (?:nay|qua|kia|sau|trước)|sáng|trưa|chiều|tối|đêm|khuya|rạng sáng|nay|qua|mai|dịp|lễ|mùng|mồng|rằm|nghỉ|mừng|"
    rf"kỷ niệm|kỉ niệm|hạn chót|hạn cuối|thời hạn|tết|vào lúc|quốc tế|khánh|hết ngày|giờ|phút|\d[hg]\d{{0,2}}|\d:\d\d|{_WEEKDAY})"
    rf")\s*[,:(]*\s*$"
)
_DAYS_BEFORE = re.compile(r"(?:ngày|dịp|lễ|nghỉ|mừng)[^.;]{0,25}\d[/.-]\d{1,2}\s*(?:,|và|-|–|&|đến)\s*$")
_MAYBE_DAY_BEFORE = re.compile(r"(?:\b(?:từ|đến|tới|trước|sau|vào|và|hết|hạn|kể từ)|[,(:])\s*$|^\s*$")
_DAY_AFTER = re.compile(
    r"\s*(?:năm \d|âm lịch|dương lịch|al\b|hằng năm|hàng năm|tới đây|vừa qua|\((?:âm|dương|thứ|tức|nhằm|chủ|t[2-7]|cn)|đến (?:hết )?(?:ngày )?\d{1,2}[/.-])",
    re.IGNORECASE,
)
# '4/5 chỉ tiêu': of what can be counted. '2/3 diện tích': of what is one whole.
_COUNTED_AFTER = re.compile(
    r"\s*(?:\(\d[\d.,]*%\)\s*)?(?:thôn|xóm|ấp|bản|buôn|làng|xã|phường|tổ|hộ|khu|cụm|đơn vị|cơ quan|chỉ tiêu|tiêu chí|hồ sơ|thủ tục|tthc|người|"
    r"đại biểu|phiếu|ý kiến|nhiệm vụ|trường|lớp|chi bộ|chi hội|chi đoàn|đảng viên|hội viên|đoàn viên|đồng chí|đ/c|điểm|câu|bài|mẫu|tỉnh|"
    r"thành phố|huyện|ngành|hội|mô hình|dự án|công trình|tuyến|trạm|học sinh|em|cháu|cán bộ|cbcc|công chức|văn bản|nội dung|mục tiêu|lĩnh vực|"
    r"đoàn|thành viên|bộ|sở|km|ha|kiến nghị|cuộc|trận|phòng|ubnd|hđnd|tdp|kdc|ban|tháng|quý|giếng|ca|con|chiếc|cơ sở|doanh nghiệp|"
    r"hợp tác xã|htx|lượt|suất|sản phẩm|kế hoạch|giải|môn|giáo viên|nhà|địa phương|bước|phản ánh|đề xuất|đề án|máy|vụ|chương trình|phần việc)\b",
    re.IGNORECASE,
)
_WHOLE_AFTER = re.compile(
    r"\s*(?:tổng|số|diện tích|dân số|quân số|thời gian|lượng|giá|chiều|quãng|chặng|đường|mức|khối|vốn|sản lượng|kinh phí|công suất|hạn|"
    r"hành trình|độ|thể tích|thu nhập|nước|lít|thìa|cốc|viên|cơ thể|nhà máy|vụ lúa|tài sản|thể trạng|tiền|mặt|lòng|gói|ngày công|sào|"
    r"quân|đất|ngày|giờ|năm|tháng|buổi|trái|chén|bát|thửa|rừng|chi phí|học phí|lương|đáp ứng|trọng lượng|khẩu phần|bán kính|dung tích|dung lượng|nhu cầu|là)\b",
    re.IGNORECASE,
)
_SHARE_BEFORE = re.compile(
    r"\b(?:hơn|gần|quá|chiếm|khoảng|giảm|bằng|ít nhất|tối thiểu|tối đa|chỉ|trên|còn|dưới|xấp xỉ|tăng|đến nay)\s*$"
)
_RATIO_BEFORE = re.compile(
    r"\b(?:tỷ lệ|tỉ lệ|huyết áp|ha|bản đồ|số nhà|nhà số|số|ngõ|ngách|hẻm|kiệt|lô|thửa(?: đất)?(?: số)?|địa chỉ:?|đạt|hoàn thành|được|có|với|điểm|kết quả|trực|thị lực|mắt)\s*:?\s*$"
)
_SIMPLE_SHARES = {("1", "2"), ("1", "3"), ("2", "3"), ("1", "4"), ("3", "4")}
_SAID_DAY = re.compile(
    r"(?:\b(?:ngày|phố|đường|chợ|trường|cầu|công viên|quảng trường|làng|mùng|mồng|rằm|dịp|lễ|nghỉ|mừng|kỷ niệm|kỉ niệm|tết|khánh)|dịp (?:lễ )?[\d/.-]+\s*(?:và|,|&)|\bngày\s*(?:\d{1,2}\s*(?:,|và|-|–)\s*)+)\s*$"
)
_MONTHLY_AFTER = re.compile(
    r"\s*(?:hằng|hàng|mỗi|của) tháng|\s*tháng\b|\s*(?:âm lịch )?(?:hằng|hàng) tháng", re.IGNORECASE
)


def _is_day(day: str, month: str, year: str | None = None) -> bool:
    try:
        date(int(year) if year and len(year) == 4 else 2024, int(month), int(day))
    except ValueError:
        return False
    return True


def _year(written: str) -> str:
    return figures.whole(written) if len(written) == 4 else figures.whole(f"20{written}")


def _ended(scan: Scan, place: int, day: str, month: str | None, year: str | None) -> str:
    """A day with the word "ngày" before it where none is and one is missed; the first ten are "mùng"."""
    before = scan.before(place)
    said = figures.day(day)
    if re.search(r"\b(?:mùng|mồng)\s*$", before):
        said = figures.whole(day)
    elif not said.startswith("mùng") and not _SAID_DAY.search(before):
        said = f"ngày {said}"
    if month:
        said += f" tháng {figures.month(month)}"
    return f"{said} năm {_year(year)}" if year else said


# --- days -----------------------------------------------------------------------------------------


def _full_day(scan: Scan, found: re.Match[str]) -> str | None:
    day, month, year = found["day"], found["month"], found["year"]
    if not _is_day(day, month, year):
        return None
    if len(year) == 2 and (found["sign"] != "/" or int(year) < 10):
        return None
    return _ended(scan, found.start(), day, month, year)


def _iso_day(scan: Scan, found: re.Match[str]) -> str | None:
    year, month, day = found.groups()
    return _ended(scan, found.start(), day, month, year) if _is_day(day, month, year) else None


def _days_of_month(scan: Scan, found: re.Match[str]) -> str | None:
    """ "01-05/7", "28/4-3/5/2026": from a day to a day."""
    first, last = found["first"], found["last"]
    month, to_month, year = found["month"] or found["last_month"], found["last_month"], found["year"]
    if not _is_day(first, month, year) or not _is_day(last, to_month, year):
        return None
    if not found["month"] and (
        int(first) >= int(last) or (_COUNTED_AFTER.match(scan.after(found.end())) and not year)
    ):
        return None
    said = _ended(scan, found.start(), first, found["month"], None)
    to = figures.day(last)
    to = to if to.startswith("mùng") else f"ngày {to}"
    said += f" đến {to} tháng {figures.month(to_month)}"
    return f"{said} năm {_year(year)}" if year else said


def _written_out(scan: Scan, found: re.Match[str]) -> str | None:
    """ "ngày 08 tháng 02": the figures of a day and a month that are named."""
    if not 1 <= int(found["day"]) <= 31 or not 1 <= int(found["month"]) <= 12:
        return None
    return _ended(scan, found.start(), found["day"], found["month"], None)


def _day_alone(scan: Scan, found: re.Match[str]) -> str | None:
    """ "ngày 5", "ngày 10, 15 và 20 tháng 6", "mùng 1"."""
    before = scan.before(found.start())
    if re.search(r"\b(?:mùng|mồng)\s*$", before):
        return figures.whole(found[0])
    named = re.search(r"\bngày\s*(?:\d{1,2}\s*(?:,|và|hoặc|-|–)\s*)*$", before)
    if not named or not 1 <= int(found[0]) <= 31:
        return None
    if re.search(
        r"\b(?:\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mươi|mấy|nhiều|mỗi) ngày\s*(?:\d{1,2}\s*,\s*)*$",
        before,
    ):
        return None
    return figures.day(found[0])


def _short_day(scan: Scan, found: re.Match[str]) -> str | None:
    """ "15/6" as a day, a share or a ratio; None where the sign is a stop or a dash and nothing says it is a day."""
    above, sign, below = found["above"], found["sign"], found["below"]
    before, after = scan.before(found.start()), scan.after(found.end())
    if sign != "/":
        return _day_by_other_sign(scan, found, before, after)
    could_be_day = _is_day(above, below) and ((above, below) != ("24", "7") or before.endswith("ngày "))
    if could_be_day and _is_said_to_be_day(above, below, before, after):
        return _ended(scan, found.start(), above, below, None)
    return _part(above, below, before, after)


def _is_said_to_be_day(above: str, below: str, before: str, after: str) -> bool:
    if _SURELY_DAY_BEFORE.search(before) or _DAY_AFTER.match(after):
        return True
    part_of = int(above) <= int(below)
    if part_of and (_COUNTED_AFTER.match(after) or _WHOLE_AFTER.match(after)):
        return False
    if _DAYS_BEFORE.search(before):
        return True
    if _RATIO_BEFORE.search(before) or (part_of and _SHARE_BEFORE.search(before)):
        return False
    if _MAYBE_DAY_BEFORE.search(before) and not (
        part_of and (above, below) in _SIMPLE_SHARES and not before.strip()
    ):
        return True
    return (above, below) not in _SIMPLE_SHARES


def _part(above: str, below: str, before: str, after: str) -> str:
    """ "2/3 diện tích" hai phần ba; "9/10 thôn" chín trên mười."""
    share = (
        int(above) < int(below) <= 100
        and not _RATIO_BEFORE.search(before)
        and not _COUNTED_AFTER.match(after)
    )
    if share and (
        _WHOLE_AFTER.match(after) or _SHARE_BEFORE.search(before) or (above, below) in _SIMPLE_SHARES
    ):
        return figures.fraction(above, below)
    if (above, below) in _SIMPLE_SHARES and _WHOLE_AFTER.match(after):
        return figures.fraction(above, below)
    return f"{figures.whole(above)} trên {figures.whole(below)}"


def _day_by_other_sign(scan: Scan, found: re.Match[str], before: str, after: str) -> str | None:
    """ "ngày 15-6", "lễ 30.4 - 1.5": newspapers write days so; elsewhere it is a range or a number."""
    above, below = found["above"], found["below"]
    if not _is_day(above, below) or _MONTHLY_AFTER.match(after):
        return None
    if not (_SURELY_DAY_BEFORE.search(before) or _DAYS_BEFORE.search(before)):
        alone = found["sign"] == "-" and _is_day_with_dash(above, before, after)
        return _ended(scan, found.start(), above, below, None) if alone else None
    if re.search(r"(?:giờ|phút|\d[hg]\d{0,2}|tết|từ ngày|khánh)\s*$", before) and int(above) < int(below):
        return None
    if found["sign"] == "." and (
        len(above) + len(below) < 3 and not re.search(r"(?:ngày|lễ|dịp)\s*$", before)
    ):
        return None
    return _ended(scan, found.start(), above, below, None)


def _is_day_with_dash(above: str, before: str, after: str) -> bool:
    """Whether "30-4" or "Từ 1-7, …" is a day where no word says so: no range runs backwards, and a range counts something."""
    if re.search(r"\d\s*$|\bsố\s*$", before):
        return False
    if int(above) > 12 and re.match(r"\s*(?:$|[,.;:)]|và |đến |năm nay)", after):
        return True
    from_day = re.search(r"(?:^|[\s(,])(?:từ|đến|trước|sau|hết|vào)\s*$", before)
    counted = re.search(r"\b(?:điều|khoản|tuổi|lớp|mức|điểm|cấp)\s+(?:từ|đến)\s*$", before)
    return bool(from_day and not counted and re.match(r"\s*(?:$|[,;:)(]|\.(?!\d)|đến |tới )", after))


# --- months and years ------------------------------------------------------------------------------

_YEAR = r"(?:1[89]|20|21)\d\d"
_NUMBERED_BEFORE = re.compile(
    r"\b(?:quý|đợt|kỳ|kì|số|lần|học kỳ|hk|vụ|khóa|khoá|tuần|quyển|tập|phiên|thứ|luật|nghị định|nghị quyết|thông tư|quyết định|chỉ thị)\s*$"
)


def _month_of_year(scan: Scan, found: re.Match[str]) -> str | None:
    """ "6/2026", "3-5/2026": a month of a year; after "quý", "số", "đợt" the number is of that."""
    first, last, year = found["first"], found["last"], found["year"]
    before = scan.before(found.start())
    if re.search(r"(?:tỷ lệ|tỉ lệ|bản đồ)\s*$", before):
        return None
    if _NUMBERED_BEFORE.search(before) or int(last or first) > 12 or not int(first):
        numbers = (
            figures.document_number
            if re.search(r"\b(?:số|luật|định|quyết|tư|thị)\s*$", before)
            else figures.whole
        )
        said = numbers(first) + (f" đến {figures.whole(last)}" if last else "")
        return f"{said} năm {figures.whole(year)}"
    said = "" if re.search(r"\btháng\s*(?:\d{1,2}\s*(?:,|và|-|–|đến)\s*)*$", before) else "tháng "
    said += figures.month(first) + (f" đến tháng {figures.month(last)}" if last else "")
    return f"{said} năm {figures.whole(year)}"


def _months(scan: Scan, found: re.Match[str]) -> str | None:
    """After "tháng": 4 is "tư", "3-11" goes to "tháng mười một"."""
    before = scan.before(found.start())
    if not re.search(r"(?<!\d )(?<!\d\d )\btháng\s*(?:\d{1,2}\s*(?:,|và|đến|hoặc|&|-|–)\s*)*$", before):
        return None
    if re.search(r"(?:\d|mỗi|một|hai|ba|bốn|sáu|chín|mười|mấy|các) tháng\s*$", before):
        return None
    first, last = found["first"], found["last"]
    if not (1 <= int(first) <= 12 and (last is None or 1 <= int(last) <= 12)):
        return None
    return figures.month(first) + (f" đến tháng {figures.month(last)}" if last else "")


# --- times ------------------------------------------------------------------------------------------


def _time(scan: Scan, found: re.Match[str]) -> str | None:
    hour, minute, second = found["hour"], found["minute"], found["second"]
    if int(hour) > 24 or (minute and int(minute) > 59):
        return None
    said = f"{figures.whole(hour)} giờ"
    if minute and int(minute):
        said += f" {figures.whole(str(int(minute)))} phút"
    if second and int(second):
        said += f" {figures.whole(str(int(second)))} giây"
    return said


def _clock(scan: Scan, found: re.Match[str]) -> str | None:
    """ "17:30", where it can be a time: two digits of minutes, no score, no ratio before it."""
    if re.search(
        r"(?:tỷ số|tỉ số|tỷ lệ|tỉ lệ|thắng|thua|hòa|tcvn|qcvn|iso)[^.;]{0,12}$", scan.before(found.start())
    ):
        return None
    return _time(scan, found)


def _day_named(scan: Scan, found: re.Match[str]) -> str | None:
    """ "8 tháng 2": a day where a month's number follows; "6 tháng đầu năm" has none."""
    if not 1 <= int(found["day"]) <= 31 or not 1 <= int(found["month"]) <= 12:
        return None
    return _ended(scan, found.start(), found["day"], None, None)


def _hour(scan: Scan, found: re.Match[str]) -> str | None:
    """ "17g", which elsewhere are grams."""
    if int(found[1]) > 24 or not re.search(
        r"(?:lúc|từ|trước|đến|vào|khoảng|sau|hồi|giờ|phút|-|–)\s*$", scan.before(found.start())
    ):
        return None
    return f"{figures.whole(found[1])} giờ"


RULES: tuple[Rule, ...] = (
    matching(r"(?P<day>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<month>\d{1,2})\s?(?P=sign)\s?(?P<year>(?:1[89]|20|21)\d\d|\d\d)(?![\d/]|[.,-]\d)", _full_day),
    matching(r"((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?![\d/.-])", _iso_day),
    matching(
        rf"(?P<first>\d{{1,2}})(?:/(?P<month>\d{{1,2}}))?{_DASH}(?P<last>\d{{1,2}})/(?P<last_month>\d{{1,2}})(?:[/](?P<year>{_YEAR}))?(?![\d/])",
        _days_of_month,
    ),
    matching(r"(?P<hour>\d{1,2})\s?(?:h|H|g|giờ)\s?(?P<minute>[0-5]?\d)(?:\s?(?:phút|ph|p|'|’|′)(?![\w]))?(?P<second>)(?![\w/]|[.,:]\d)", _time),
    matching(r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?(?:\s?(?:giờ|h)(?![\w]))?(?![\w:]|[.,]\d)", _clock),
    matching(r"(\d{1,2})g(?![\w])", _hour),
    matching(rf"(?P<first>\d{{1,3}})(?:{_DASH}(?P<last>\d{{1,2}}))?\s?[/.]\s?(?P<year>{_YEAR})(?![\w/]|[.,-]\d)", _month_of_year),
    matching(r"(?P<day>\d{1,2})(?=\s+tháng\s+(?P<month>\d{1,2})(?!\d))(?P<none>)", _day_named),
    matching(r"(?P<above>\d{1,4})(?P<sign>[/.-])(?P<below>\d{1,5})(?![\w/]|[.,]\d)", _short_day),
    matching(
        r"(?P<day>\d{1,2})(?=\s+(?:đến|tới)\s+(?:hết\s+)?(?:ngày\s+)?\d{1,2}\s?(?:/\s?|tháng\s+)(?P<month>\d{1,2})(?:/\d{4})?(?![\w/]))(?P<none>)",
        lambda scan, found: _day_named(scan, found) if re.search(r"\btừ\s*$", scan.before(found.start())) else None,
    ),
    matching(rf"(?P<first>\d{{1,2}})(?:{_DASH}(?P<last>\d{{1,2}}))?(?![\d/%]|[.,-]\d|\s?[-–]\s?\d)", _months),
    matching(r"\d{1,2}(?![\w/%]|[.,-]\d)", _day_alone),
)  # fmt: skip


YEAR_AFTER_SLASH = matching(
    rf"/\s?({_YEAR})(?![\w/]|[.,-]\d)", lambda _, found: f"năm {figures.whole(found[1])}"
)
"""A year after something that is no figure: "quý II/2026"."""
