"""Figures: a value with what it counts, as a sentence states it.

Not a figure: a number in a citation, a date, a period ('6 tháng'), a legal term ('mức độ 4', 'Điều 5'), the mark
of a heading or item, a span of years, and a digit inside a damaged word ('x3', 's6').
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dinhlang.officialdoc.model import Figure, Span
from dinhlang.officialdoc.read.counts import NUMBER, bare_in, sums_in, value_of, written_in
from dinhlang.officialdoc.read.dates import DATE
from dinhlang.officialdoc.read.lines import Line, Passage
from dinhlang.officialdoc.read.units import EVERY, RATE, UNIT, indicator, written
from dinhlang.officialdoc.read.words import fold, pattern

_QUALIFIERS = "khong it hon|khong duoi|hon|gan|khoang|tren|it nhat|toi thieu|xap xi|uoc|khong qua|toi da|duoi"
# A number may be said again in words, as in sums and contracts: 'hai' after '02'.
_SPELLED = r"(?:(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|lam|tram|linh|le|nghin|ngan|trieu|ty|khong) ?)+"
_FIGURE = re.compile(
    rf"(?:(?<![\w.,/&¢€$-])|(?<=\d-))(?:(?P<qualifier>{_QUALIFIERS})\s+)?{NUMBER}(?:\s*/\s*(?P<of>\d[\d.]*(?:,\d+)?)|\s+\({_SPELLED}\))?"
    rf"(?:\s*(?P<percent>%)|\s+(?P<percent_words>phan tram)\b|\s*(?P<unit>{UNIT})|(?=\s+(?P<open>[^\W\d]+\d?(?:\s+[^\W\d]{{2,}})?)))"
)
# Before a number of an unknown thing: what a report did or has. Without such a verb it may be a name or a term.
_DONE = re.compile(
    r"\b(?:dat|duoc|co|gom|la|voi|to chuc|dang|phat|treo|in|mo|lap|xay dung|ban hanh|tiep nhan|giai quyet|hoan thanh|cap|"
    r"thuc hien|tong so|co tong so|toan xa co|trong do)\s+(?:hon |gan |khoang |tren |it nhat )?$"
)
_LOWER_END = re.compile(r"(?<![\w.,/-])(?P<lower>\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+|\d+)%?\s*(?:-|den)\s*$")
_QUALIFIED = re.compile(rf"\b(?P<said>{_QUALIFIERS})\s+$")
_GROWN = re.compile(r"\b(?:tang|giam)\s+(?:them\s+|hon\s+)?$")
# Words after a number that is a name or a part of one: 'Nghị quyết 18 và', 'đủ 14 tuổi'. Told apart with their marks.
_NO_UNIT = frozenset(
    re.findall(
        r"\w+",
        "tháng năm ngày quý tuần phần trong của và đến hoặc thì tại theo cấp khóa khoá mục bước đầu cuối giờ nay như trên ở là được "
        "bị đã sẽ cùng với về từ do so để mà nếu khi sau trước đang chưa không hay những ra vào lên xuống qua bởi bằng còn cho có "
        "đạt này đó nêu gồm làm vẫn cũng rất thực triển tiếp tuổi dưới giữa ngoài nhằm phải cần nên vì sang ban quy xếp tăng giảm",
    )
)
# What is known by its number: 'thôn 3', 'Đề án 06', 'giai đoạn 1'.
_NUMBERED = re.compile(
    r"\b(?:thôn|tổ|khu|ấp|xóm|khối|đội|khu vực|phố|vùng|cụm|quận|tuyến|km|quốc lộ|tỉnh lộ|huyện lộ|đường|ngõ|ngách|hẻm|số nhà|giai đoạn|đợt|"
    r"nhóm|loại|hạng|mức|tiêu chí|chỉ tiêu|mục tiêu|câu|trang|tập|đề án|dự án|hợp phần|nghị quyết|chỉ thị|kết luận|quyết định|nghị định|"
    r"thông tư|luật|kế hoạch|công văn|chương trình|lớp|cơ sở|phòng|tầng|phiên bản|mũi|bảng|biểu|hình|cấp|khóa|khoá|kỳ|điểm cầu|bản đồ|thửa|lô|công an|"
    r"đại hội|trung ương|vòng|chặng|ca|năm|tháng|quý|tuần|ngày|thứ|số|tỉnh|trung đoàn|tiểu đoàn|sư đoàn|quân khu|bước|nội dung|block|level)\s+$"
)
_PLACED_IN = re.compile(r"(?:phuong|xa|thi tran|hop tac xa|huyen|quan)$")
_COMPOUNDS = frozenset(
    re.findall(
        r"\w+ \w+",
        "văn hóa, văn nghệ, điện tử, thông tin, thông điệp, thông báo, công cộng, công nghệ, thông minh, xã hội, thể thao, thể dục, dân cư, "
        "dân tộc, dân tộc, nông thôn, nông nghiệp, truyền hình, truyền thanh, giao thông, môi trường, đoàn kết, tình nghĩa, tình thương, an ninh, an toàn, "
        "chính sách, liệt sĩ, liệt sỹ, khó khăn, kinh doanh, chiến sĩ, thủy lợi, chăn nuôi, sản xuất, du lịch, tự quản, tuyên truyền, cộng đồng, học sinh",
    )
)
# Work that is counted in days, things whose first word alone is no thing.
_PAIRS = {"ngày": ("công",), "đầu": ("sách", "việc", "mối", "xe", "điểm", "tài"), "ban": ("công", "thờ")}
_HOLIDAY = re.compile(r"\b(?:ngay|le|dip|khanh|tet|tu|den|het|truoc|sau|mung|niem)\s+$")
_MEASURED = re.compile(r"(?:%|phan|ty|trieu|nghin|ha\b|km|m2|m²|met|tan|ta|kg|diem)")
_NO_FIGURE = (
    r"\b(?:«mức độ»|(?<!\bo )«mức»|«cấp độ»|«Điều»|«khoản»|(?<!dut )(?<!thang )(?<!tong )(?<!so )«điểm»|«Chương»|«Mục»|«Phụ lục»|«mẫu số»|«mẫu»|(?<!tong )(?<!dan )(?<!quan )(?<!si )«số»|«khóa»|«lớp»|"
    r"«Quý»|«tháng»|«ngày»|«tuần»|«giai đoạn»|«nhiệm kỳ»|«bước»|«thứ»|«lần thứ»|«ĐT»|«điện thoại»|«Công an 4»)\s*[:.]?\s*"
)
# 'ở mức 3,4%' is a figure for all that; only the last number of a list may be one.
_NO_SHARE = r"(?!\d[\d.,]*\s*(?:%|phan tram\b))"
_LIST = r"(?:\d+\s*(?:,|-|&|«và»|«đến»)\s*)*"
_ROUND_THE_CLOCK = r"\b(?:24\s*/\s*(?:24|7)|7\s*/\s*(?:24|7))\b(?:\s*«giờ»)?"
_TIME_OF_DAY = r"(?:(?:«hồi»|«lúc»)\s+)?\d{1,2}\s*(?:«giờ»|h)\s*\d{1,2}(?:\s*«phút»)?|(?:«hồi»|«lúc»)\s+\d{1,2}\s*(?:«giờ»|h)"
_YEARS = r"\b«năm»\s*:?\s*(?:19|20)\d\d(?:\s*(?:,|&|«và»)\s*(?:19|20)\d\d)*"
_SPAN_OF_YEARS = r"(?:19|20)\d\d\s*(?:-|«đến»)\s*(?:«năm»\s*)?(?:19|20)?\d\d"
_ADDRESS = r"https?://\S+|[\w.+-]{1,64}@\S+|\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b"
# With what a passage must hold for any of it to be there, which is far sooner looked up. Terms stand before a digit.
_FORBIDDEN: tuple[tuple[str, re.Pattern[str] | None], ...] = (
    (_TIME_OF_DAY, re.compile(r"\d\s*(?:gio|h)")),
    (_ROUND_THE_CLOCK, re.compile(r"[27]4?\s*/\s*[27]")),
    (_YEARS, re.compile(r"nam\s*:?\s*[12]")),
    (DATE, re.compile("ngay")),
    (rf"{_NO_FIGURE}{_LIST}{_NO_SHARE}\d[\d.,/-]*", None),
    (_SPAN_OF_YEARS, re.compile(r"[12][09]\d\d\s*[-d]")),
    (_ADDRESS, re.compile(r"[h@0](?:(?<=@)|(?<=h)ttp|(?<=0)(?<!\w0)\d{2,3}[. ]?\d{3}[. ]?\d{3})")),
)
# Each begins with one set of characters, which a text is run through far sooner than through alternatives.
_STOP = r"(?<=\.)(?:(?<!\d\.)(?=\s|$)|(?<=\d\.)(?=\s+\D|$))"
_CLAUSE_ENDS = re.compile(rf"[;:!?,.\s](?:(?<=[;:!?])|(?<=,)(?!\d)|{_STOP}|(?<=\s)[-–]\s)")
_SENTENCE_ENDS = re.compile(rf"[;!?.](?:(?<=[;!?])|{_STOP})")
_POINT = re.compile(r"\d+\.\d{1,2}")
# The copula is some words before a figure; a shorter look is enough where it begins well within it.
_COPULA_REACH = 60
_COPULA_WORD = 12
_COPULA = re.compile(
    r"\s*(?:\b(?:la|dat|duoc|co|chiem|len|toi|den|uoc dat|dat duoc)\s*)*(?:\b(?:hon|gan|khoang|tren|it nhat)\s*)?$"
)
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+")
# How the terms end; 'Công an 4' has a digit of its own.
_TERM_ENDS = (
    "do", "muc", "dieu", "khoan", "diem", "chuong", "luc", "so", "mau", "khoa", "lop", "quy", "thang", "ngay", "tuan",
    "doan", "ky", "buoc", "thu", "dt", "thoai", "an",
)  # fmt: skip
# 'khong it hon ' and 'nhiem ky : ' stand before one, nothing longer.
_BEFORE_DIGIT = 24
_LEAD_ENDS = re.compile(r"[:;]\s|,\s(?=đã\s)")
_STATED = re.compile(r"\b(?:la|dat|chiem)\b")
_TAIL_ENDS = re.compile(
    r",\s+\d|(?<!\d)[,;](?=\s+(?:đã|trong đó|với|đạt|gồm|có|treo|phát|in|tổ chức|đăng|UBND)\b)|\s[-–(]\s?|:\s"
)
_LABEL_BEFORE = re.compile(r"[^:;,()]*:\s*$")
_LABEL = 50
_LEAD_WORDS = 24
_TAIL_WORDS = 14
_VERB_WORDS = 6
# How far a sentence is looked at on either side of a figure; damaged text may have no full stop for pages.
_REACH = 500
_NEAR = 70


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a passage in which no figure may be read."""

    start: int
    end: int


def figures_in(
    words: Passage,
    lines: Sequence[Line],
    taken: Sequence[Stretch] = (),
    *,
    damaged: bool = False,
    target: bool = False,
) -> list[Figure]:
    """The figures of a passage. `target` says that it tells what is planned, so no indicator is named."""
    found: list[Figure] = []
    if not _DIGIT.search(words.text):
        return found if damaged else written_in(words, bytearray(len(words.text)), target)
    closed = bytearray(len(words.text))
    for one in (*taken, *_forbidden(words, damaged)):
        closed[one.start : one.end] = b"x" * len(closed[one.start : one.end])
    for match in EVERY.finditer(words.folded) if "moi" in words.folded or "hang" in words.folded else ():
        found.append(_every(words, match, lines))
        closed[match.start() : match.end()] = b"x" * (match.end() - match.start())
    found += sums_in(words, closed)
    for match in _with_digits(_FIGURE, words.folded):
        if closed[match.start("value")]:
            continue
        figure = _figure(words, match, lines, damaged, target)
        if figure is not None:
            if begun := _range_start(words, match, closed):
                found.append(replace(figure, value=begun[0], qualifier=begun[1] or figure.qualifier))
            found.append(figure)
            closed[match.start("value") : match.end("value")] = b"x" * len(match["value"])
    if not damaged:
        found += bare_in(words, closed, found, target)
        found += written_in(words, closed, target)
        found.sort(key=_place)
    return found


def _with_digits(sought: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """The matches of what begins shortly before a digit, without looking where none is near."""
    at = 0
    while digit := _DIGIT.search(folded, at):
        if (found := sought.search(folded, max(at, digit.start() - _BEFORE_DIGIT))) is None:
            return
        yield found
        at = found.end()


def _terms(sought: re.Pattern[str], folded: str) -> Iterator[re.Match[str]]:
    """The matches of terms that stand before a number: only what ends as one of them is looked at."""
    at = 0
    for number in _DIGITS.finditer(folded):
        first = number.start()
        near = max(first - _BEFORE_DIGIT, 0)
        if first < at or not folded[near:first].rstrip(" :.").endswith(_TERM_ENDS):
            continue
        if (found := sought.search(folded, max(at, near))) is None:
            return
        yield found
        at = found.end()


def _place(figure: Figure) -> tuple[int, int]:
    return (figure.span.line, figure.span.column) if figure.span else (0, 0)


def _range_start(
    words: Passage, match: re.Match[str], closed: bytearray
) -> tuple[int | float, str | None] | None:
    """The lower end of a range that this figure ends, with its qualifier: '10 - 15 phút', 'từ 200 đến 250 triệu đồng'."""
    before = _LOWER_END.search(words.folded, max(match.start() - 24, 0), match.start())
    if before is None or closed[before.start("lower")]:
        return None
    lower = value_of(before["lower"])
    if lower >= value_of(match["value"]):
        return None
    said = _QUALIFIED.search(words.folded, max(before.start() - 12, 0), before.start())
    return lower, words.text[said.start("said") : said.end("said")].lower() if said else None


def _forbidden(words: Passage, damaged: bool) -> list[Stretch]:
    stretches = []
    folded = words.folded
    for template, sign in _FORBIDDEN:
        if not damaged and sign and not sign.search(folded):
            continue
        # By consonants alone, 'đạt' would pass for a term; only dates keep their form in damaged text.
        sought = pattern(template, damaged and template is DATE)
        stretches += [
            Stretch(one.start(), one.end())
            for one in (sought.finditer(folded) if sign else _terms(sought, folded))
            if not _is_no_number(words.text[one.start() : one.start() + 3])
        ]
    return stretches


def _is_no_number(word: str) -> bool:
    """Whether a word that folds to 'so' is not 'số': 'hồ sơ. 100%', 'cơ sở 2'."""
    return fold(word).startswith("so") and word[:2].lower() != "số"


def _every(words: Passage, match: re.Match[str], lines: Sequence[Line]) -> Figure:
    unit = f"{words.text[match.start('unit') : match.end('unit')]}/{words.text[match.start('per') : match.end('per')]}"
    span = words.span_of(match.start(), match.end())
    return Figure(
        value_of(match["value"]),
        unit,
        None,
        _verbatim(words, match.start(), match.end(), span, lines),
        words.text[match.start("qualifier") : match.end("qualifier")].lower() if match["qualifier"] else None,
        span=span,
    )


def _figure(
    words: Passage, match: re.Match[str], lines: Sequence[Line], damaged: bool, target: bool
) -> Figure | None:
    unit, unit_end = _unit(words, match, damaged)
    if unit is None:
        return None
    start, end = _between(_CLAUSE_ENDS, words.text, match.start(), unit_end)
    sentence = _between(_SENTENCE_ENDS, words.text, match.start(), unit_end)
    qualifier = (
        words.text[match.start("qualifier") : match.end("qualifier")].lower() if match["qualifier"] else None
    )
    quote_start, quote_end = _quoted(words, start, end, match.start(), unit_end)
    span = words.span_of(quote_start, quote_end)
    return Figure(
        value_of(match["value"]),
        unit,
        _subject(words, match, unit, unit_end, (sentence[0], start, sentence[1])),
        _verbatim(words, quote_start, quote_end, span, lines),
        qualifier,
        None if target else _indicator(words, match, unit, (start, unit_end, end), sentence),
        span,
    )


def _indicator(
    words: Passage, match: re.Match[str], unit: str, clause: tuple[int, int, int], sentence: tuple[int, int]
) -> str | None:
    """The indicator a figure speaks of. `clause` is where it begins, where the unit ends and where it ends itself.

    What follows in brackets speaks of other figures, and how much something grew is no result.
    """
    start, unit_end, end = clause
    if _GROWN.search(words.folded[max(match.start() - 20, 0) : match.start()]):
        return None
    if words.text[start : match.start()].strip(" :") == "":
        # 'trực tuyến: 790 hồ sơ': the words before the colon say which.
        label = _LABEL_BEFORE.search(words.folded[max(start - 60, 0) : match.start()])
        start = match.start() - len(label[0]) if label else start
    heading = words.folded.find(":", 0, min(_LABEL, match.start()))
    if heading > 0 and fold(unit).startswith(("tin", "bai")):
        # 'Zalo OA: 1.870 người theo dõi; 64 bài đăng': the label is said of the whole item.
        return indicator(unit, f"{words.folded[:heading]} {words.folded[start:end]}", "")
    bracket = words.text.find("(", unit_end, end)
    return indicator(
        unit, words.folded[start : end if bracket < 0 else bracket], words.folded[slice(*sentence)]
    )


def _unit(words: Passage, match: re.Match[str], damaged: bool) -> tuple[str | None, int]:
    if match["percent"] or match["percent_words"]:
        return "%", match.end()
    before = words.folded[max(match.start() - 40, 0) : match.start()]
    if match["of"] and _is_day(match) and _HOLIDAY.search(before):
        return None, match.end()
    if (
        match["unit"]
        and _PLACED_IN.match(match["unit"])
        and not damaged
        and _NUMBERED.search(_before(words, match))
    ):
        # 'tổ 7 phường Minh Châu'
        return None, match.end()
    if match["unit"]:
        if _POINT.fullmatch(match["value"]) and not _MEASURED.match(match["unit"]):
            return None, match.end()
        unit = words.text[match.start("unit") : match.end("unit")]
        unit = written(unit) if damaged else unit
        if rate := RATE.match(words.folded, match.end("unit")):
            return f"{unit}/{words.text[rate.start('per') : rate.end('per')]}", rate.end()
        return unit, match.end("unit")
    return (None, match.end()) if damaged else _open_unit(words, match, before)


def _before(words: Passage, match: re.Match[str]) -> str:
    return words.text[max(match.start() - 24, 0) : match.start()].lower()


def _is_day(match: re.Match[str]) -> bool:
    """Whether 'a/b' may be a day and a month."""
    day, month = match["value"], match["of"]
    return day.isdecimal() and month.isdecimal() and 1 <= int(day) <= 31 and 1 <= int(month) <= 12


def _open_unit(words: Passage, match: re.Match[str], before: str) -> tuple[str | None, int]:
    """A thing of no known name ('45 ngôi nhà') is counted unless what stands before is known by its number."""
    start = match.start("open")
    opened = words.text[start : match.end("open")].split()
    value = match["value"]
    is_code = len(value) > 3 and value.isdecimal()
    first = opened[0].lower()
    is_pair = opened[-1].lower() in _PAIRS.get(first, ())
    if is_code or (first in _NO_UNIT and not is_pair) or (len(first) == 1 and first not in "mgý"):
        return None, match.end()
    if match["of"] and match["of"] in "2345" and len(value) == 1:
        # 'hơn 1/3 nhu cầu' is a share of something, nothing counted.
        return None, match.end()
    if _POINT.fullmatch(value) or (value[0] == "0" and len(value) > 2):
        return None, match.end()
    if not _DONE.search(before) and (
        _NUMBERED.search(_before(words, match)) or _follows_name(words.text, match.start())
    ):
        return None, match.end()
    following = words.text[match.end("open") : match.end("open") + 12].split()
    if following and f"{opened[-1]} {following[0]}".lower().rstrip(",.;") in _COMPOUNDS:
        # 'nhà văn hóa' and 'bảng điện tử' have three words that belong together.
        end = words.text.index(following[0], match.end("open")) + len(following[0].rstrip(",.;"))
        return words.text[start:end], end
    kept = opened[:1] if len(opened) < 2 or opened[1].lower() in _NO_UNIT - {"công"} else opened
    end = start + len(" ".join(kept))
    return words.text[start:end], end


def _follows_name(text: str, at: int) -> bool:
    """Whether the word before is part of a name: it has a capital and does not begin its sentence."""
    before = text[max(at - 60, 0) : at].split()
    if not before or not before[-1][:1].isupper() or before[-1][-1] in ",;:.)":
        return False
    return len(before) > 1 and before[-2][-1] not in ".;:-–!?"


def _between(ends: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int]:
    """From the last of some ends before `start` to the first after `end`."""
    first, last = max(start - _REACH, 0), min(end + _REACH, len(text))
    after = ends.search(text, end, last)
    # Most ends are near. No end lies on both sides of a letter, so behind one the same are found as from the first.
    near = start - _NEAR
    while near > first and not text[near - 1].isalpha():
        near -= 1
    if near > first and (before := [found.end() for found in ends.finditer(text, near, start)]):
        return before[-1], after.start() if after else last
    before = [found.end() for found in ends.finditer(text, first, start)]
    return before[-1] if before else first, after.start() if after else last


def _quoted(words: Passage, start: int, end: int, first: int, unit_end: int) -> tuple[int, int]:
    """The clause, as far as it stands on the lines of the figure and its unit, so that a search finds it."""
    line, last = words.line_at(first), words.line_at(max(unit_end - 1, first))
    while start < first and (words.text[start] == " " or words.line_at(start) != line):
        start += 1
    while end > unit_end and (words.text[end - 1] == " " or words.line_at(end - 1) != last):
        end -= 1
    return start, end


def _verbatim(words: Passage, start: int, end: int, span: Span, lines: Sequence[Line]) -> str:
    """The characters of the source between two places, spaces as they are; line ends become one space."""
    if not lines:
        return words.text[start:end]
    if span.line == span.end_line:
        return lines[span.line - 1].raw[span.column - 1 : span.end_column - 1] or words.text[start:end]
    return words.text[start:end]


def _subject(
    words: Passage, match: re.Match[str], unit: str, unit_end: int, around: tuple[int, int, int]
) -> str | None:
    """What is counted: the words before 'là' or 'đạt', else the unit with what follows it, else with its verb.

    `around` is where the sentence and the clause begin and where the sentence ends.
    """
    start, clause, end = around
    lead, is_stated = _lead(words, start, match.start())
    if lead and (is_stated or unit == "%"):
        return " ".join(lead.split()[-_LEAD_WORDS:])
    tail = words.text[unit_end:end].strip()
    if stop := _TAIL_ENDS.search(tail):
        tail = tail[: stop.start()]
    if tail and tail[0] not in ",;:.":
        kept = tail.split()
        short = " ".join([unit, *kept[:_TAIL_WORDS]])
        if len(kept) > _TAIL_WORDS and ", " in short:
            short = short[: short.rindex(", ")]
        return short.rstrip(" ,.;:/")
    verb = _lead(words, clause, match.start())[0].removeprefix("trong đó ").split()
    if len(verb) > _VERB_WORDS:
        return " ".join([*verb[-_TAIL_WORDS:], unit])
    return " ".join([unit, *(word.lower() if at == 0 else word for at, word in enumerate(verb))])


def _lead(words: Passage, start: int, end: int) -> tuple[str, bool]:
    """The words before a figure without the verb that states it, and whether that verb is 'là' or 'đạt'."""
    stop, copula = _copula(words.folded, start, end)
    lead = _LEAD_ENDS.split(words.text[start:stop].strip(" ,:-"))[-1].strip(" ,:-")
    return lead, bool(copula and _STATED.search(copula))


def _copula(folded: str, start: int, end: int) -> tuple[int, str]:
    """Where the verb that states a figure begins, and the verb; the end where there is none."""
    near = end - _COPULA_REACH
    if near > start and (found := _COPULA.search(folded, near, end)) and found.start() > near + _COPULA_WORD:
        return found.start(), found[0]
    found = _COPULA.search(folded[start:end])
    return (start + found.start(), found[0]) if found else (end, "")
