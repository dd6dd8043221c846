"""Words as they are spoken: short forms, Roman numbers, capitals, letters, words of other languages."""

from __future__ import annotations

import re

from dinhlang.vietnamese import numbers
from dinhlang.vietnamese.speech import amounts, figures, letters
from dinhlang.vietnamese.speech.scan import CAPITAL, SMALL, Answer, Kind, Scan
from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import fold

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_JOINED = re.compile(r"[^\W\d_]{1,20}(?:\s?[&/.-]\s?[^\W\d_]{1,20}){1,4}|[^\W\d_]{1,12} [A-ZĐƯ]{2,10}")
_WITH_DIGITS = re.compile(
    r"(?P<word>[^\W\d_]{1,20})(?P<dash>-?)(?P<number>\d{1,6}(?:[.,]\d{1,3})?)(?P<rest>(?:[^\W_]|-(?=\d)){0,12})(?![\w])"
)

_MOST_READ_AS_NUMBERS = 5
"""Digits of a code: a longer one ("EM123456789VN") is spelled."""

# After these a row of I, V, X is a number.
_NUMBERED = (
    r"quý|khóa|khoá|kỳ|kì|phần|chương|mục|lần(?: thứ)?|thứ|đại hội(?: đảng)?(?: bộ)?|đh|thế kỷ|thế kỉ|tk|cấp|hạng|loại|nhóm|đợt|giai đoạn|vùng|khu vực|"
    r"phụ lục|tập|quyển|bậc|trung ương|tw|bch tw|học kỳ|học kì|hk|quân khu|qk|binh đoàn|quân đoàn|khu|cụm|vòng|bảng|nghị quyết|hội nghị|tiểu mục|lớp|"
    r"điểm|độ|chuyên khoa|ck|đoạn|tháng|ban|block|xứ|hội đồng|liên khu|hàm|ngạch|luân hồi|biểu|bộ phận|câu|bài|hồi|màn|nghĩa địa|điều|khoản|toàn quốc|"
    r"napoléon|elizabeth|phaolô|xvi|giáo hoàng|leo|nikolai|louis|henry|alexander"
)
_NUMBERED_BEFORE = re.compile(
    rf"\b(?:{_NUMBERED})\s*(?:số\s*)?(?:[ivxlc]+\s*(?:,|và|-|–|—|/|đến|hoặc|;|\+|&)\s*(?:(?:quý|khóa|khoá|phần|chương|mục|kỳ)\s+)?)*$"
)
_ROMAN = re.compile(r"[IVXLC]{1,8}(?![\w])")
_SMALL_ROMAN = re.compile(r"[ivx]{1,7}(?![\w])")
_ROMAN_HEAD = re.compile(
    rf"(?P<roman>[IVXL]{{1,7}})\s?(?P<sign>[./)]|-(?= ?[{CAPITAL}])|:)(?=\s|[{CAPITAL}]|$)"
)
_LETTER_HEAD = re.compile(r"(?P<letter>[A-ZĐa-zđ])\s?(?P<sign>[.)/])(?=\s)")
_POINT_BEFORE = re.compile(
    r"\b(?:điểm|tiết|khoản|mục|phần|các điểm|nhóm|loại|hạng|bảng|tổ|lớp|khu|ký hiệu|cột|dãy|mẫu|phụ lục)\s*(?:[a-zđ]\s*(?:,|và|-|đến|hoặc)\s*)*$"
)
_PLACES = {
    "P": "phường",
    "Q": "quận",
    "X": "xã",
    "H": "huyện",
    "T": "tỉnh",
    "Tp": "thành phố",
    "TP": "thành phố",
    "Tx": "thị xã",
    "TX": "thị xã",
    "TT": "thị trấn",
    "F": "phường",
    "Ô": "ông",
    "B": "bà",
}
_PLACE = re.compile(
    rf"(?P<sign>P|Q|X|H|T|F|Tp|TP|Tx|TX|TT)\.\s?(?P<next>(?=[{CAPITAL}][{SMALL}]|\d{{1,2}}(?!\d)))"
)
_WEEKDAY = re.compile(r"T([2-7])(?![\w/]|[.,]\d)")
_MONTH = re.compile(r"T(?P<month>0?[1-9](?=/)|1[0-2]|[89])(?:/(?P<year>(?:19|20)\d\d))?(?![\w/]|[.,]\d)")
_WEEKDAYS = {"2": "hai", "3": "ba", "4": "tư", "5": "năm", "6": "sáu", "7": "bảy"}


def head(scan: Scan, place: int) -> Answer:
    """ "I. KẾT QUẢ" phần một; "a) …", "B. …" by the letter: only where a line opens."""
    if not scan.opens_line(place):
        return None
    if (found := _ROMAN_HEAD.match(scan.text, place)) and (value := figures.roman(found["roman"])):
        return f"phần {numbers.in_words(value)}", found.end(), Kind.PAUSE
    if (found := _LETTER_HEAD.match(scan.text, place)) and not re.match(
        r"[A-ZĐ]\.\s?[A-ZĐ]\.", scan.text[place : place + 6]
    ):
        if found["sign"] == "." and found["letter"] in _PLACES and found["letter"] != "B":
            return None
        return letters.name(found["letter"]), found.end(), Kind.PAUSE
    return None


def roman(scan: Scan, place: int) -> Answer:
    """A Roman number after a word that is numbered so, or one that can be nothing else."""
    if small := _SMALL_ROMAN.match(scan.text, place):
        return _small_roman(scan, small)
    found = _ROMAN.match(scan.text, place)
    if found is None or found[0] in ("C", "L") or (value := figures.roman(found[0])) is None:
        return None
    before = scan.before(place)
    if _NUMBERED_BEFORE.search(before):
        said = numbers.in_words(value)
        if re.search(r"\bthứ\s*$", before):
            said = figures.ordinal(str(value))
        return said, found.end(), Kind.FIGURE
    sure = len(found[0]) > 1 and set(found[0]) <= set("IVX") and not is_syllable(found[0])
    return (numbers.in_words(value), found.end(), Kind.FIGURE) if sure else None


def _small_roman(scan: Scan, found: re.Match[str]) -> Answer:
    """ "khóa xiv", "quý iv": in titles without capitals; "vi" and "xi" only after such a word."""
    value = figures.roman(found[0].upper())
    if value is None or len(found[0]) < 2:
        return None
    if is_syllable(found[0]) and not re.search(
        r"\b(?:khóa|khoá|quý|đại hội|lần thứ|chương|phần|phụ lục)\s*$", scan.before(found.start())
    ):
        return None
    said = (
        figures.ordinal(str(value))
        if re.search(r"\bthứ\s*$", scan.before(found.start()))
        else numbers.in_words(value)
    )
    return said, found.end(), Kind.FIGURE


def unit(scan: Scan, place: int) -> Answer:
    """A unit after a figure that a rule of its own has read: "140/90 mmHg"; "Km 12"."""
    if found := re.compile(r"[Kk]m\.?\s?(?=\d)").match(scan.text, place):
        return "ki lô mét", found.end(), Kind.WORD
    if scan.last is Kind.FIGURE and (found := re.compile(r"[xX]\s?(?=\d)").match(scan.text, place)):
        return "nhân", found.end(), Kind.WORD
    if found := re.compile(r"[Tt]r\.\s?(?=\d)").match(scan.text, place):
        return "trang", found.end(), Kind.WORD
    if scan.text[place - 1 : place] == "(":
        bracketed = re.compile(r"[^\W\d_]{1,4}[23]?(?=\))").match(scan.text, place)
        if bracketed and bracketed[0] in scan.words.units:
            return scan.words.units[bracketed[0]], bracketed.end(), Kind.WORD
    if found := re.compile(r"No\.\s?(?=\d)").match(scan.text, place):
        return "số", found.end(), Kind.WORD
    if scan.last is not Kind.FIGURE or not re.search(r"\d ?$", scan.before(place)):
        return None
    found = scan.words.unit_pattern.match(scan.text, place)
    if found is None or len(found[0]) < 2:
        return None
    measure = scan.words.units[found[0]]
    return *amounts.rate(scan, found.end(), measure, measure), Kind.FIGURE


def weekday(scan: Scan, place: int) -> Answer:
    """ "T2", "T7" in a timetable; "T11", "T3/2026" are months."""
    if month := _MONTH.match(scan.text, place):
        year = f" năm {figures.whole(month['year'])}" if month["year"] else ""
        return f"tháng {figures.month(month['month'])}{year}", month.end(), Kind.FIGURE
    found = _WEEKDAY.match(scan.text, place)
    if found is None or re.search(r"\b(?:nhà|tòa|ga|khu|lô|cột|block)\s*$", scan.before(place)):
        return None
    return f"thứ {_WEEKDAYS[found[1]]}", found.end(), Kind.FIGURE


def place_name(scan: Scan, place: int) -> Answer:
    """ "TP. Hải Dương", "P.5", "Q.Tân Bình"."""
    found = _PLACE.match(scan.text, place)
    if found is None or (found["sign"] == "T" and re.match(r"\d", scan.after(found.end()))):
        return None
    return _PLACES[found["sign"]], found.end(), Kind.WORD


def joined(scan: Scan, place: int) -> Answer:
    """A short form with signs inside: in a table as a whole ("KT-XH", "đ/c"), or each part in one ("HĐND-UBND")."""
    found = _JOINED.match(scan.text, place)
    if found is None:
        return None
    written = found[0]
    for end in _ends_of_parts(written):
        short = re.sub(r"\s?([&/.-])\s?", r"\1", written[:end])
        if re.match(r"[^\W_]", scan.text[place + end : place + end + 1]):
            continue
        said = scan.words.meaning(
            short, scan.before(place), scan.after(place + end)
        ) or scan.words.foreign.get(short.lower())
        if said:
            stop = place + end
            return (
                said,
                stop
                + (
                    1
                    if short in ("v.v",)
                    and scan.text[stop : stop + 1] == "."
                    and scan.text[stop + 1 : stop + 2] in ("", ".")
                    else 0
                ),
                Kind.WORD,
            )
    return None


def _ends_of_parts(written: str) -> list[int]:
    """Where each row of parts ends, the longest first; one part alone is none."""
    ends = [found.start() for found in re.finditer(r"\s?[&/.-]\s?| ", written)][1:]
    return [len(written), *reversed(ends)]


def with_digits(scan: Scan, place: int) -> Answer:
    """ "Covid-19", "U23", "H5N1", "BCĐ389", "PM2.5"."""
    found = _WITH_DIGITS.match(scan.text, place)
    if found is None:
        return None
    word, number, rest = found["word"], found["number"], found["rest"]
    if sum(sign.isdigit() for sign in found[0]) > _MOST_READ_AS_NUMBERS:
        return letters.spelled(found[0]), found.end(), Kind.CODE
    if (
        (unit := scan.words.units.get(f"{word}{number}"))
        and f"{word}{number}" in scan.words.unit_signs
        and not rest
        and not found["dash"]
    ):
        return unit, found.end(), Kind.WORD
    known = (
        scan.words.foreign.get(word.lower())
        or scan.words.capitals.get(word)
        or (
            scan.words.meaning(word, scan.before(place), scan.after(found.end()))
            if _is_numbered(word)
            else None
        )
    )
    if found["dash"] and not known and not word.isupper():
        return None
    said = [
        known
        or (letters.spelled(word) if word.isupper() or len(word) < 3 else spoken_word(scan, word, place))
    ]
    said.append(
        figures.number(number).replace(" phẩy ", " chấm ") if len(number) < 5 else figures.digits(number)
    )
    for digits, row in re.findall(r"(\d+)|([^\W\d_]+)", rest):
        said.append(figures.whole(digits) if digits else letters.spelled(row))
    return " ".join(said), found.end(), Kind.CODE


def _is_numbered(word: str) -> bool:
    """Whether a short form before a number keeps its meaning: "BCĐ35", "KP2"; "BC15" is a kind of rice."""
    return len(word) > 2 or word in ("BĐ", "KP", "QK")


def word(scan: Scan, place: int) -> Answer:
    """Any word."""
    found = _WORD.match(scan.text, place)
    if found is None:
        return None
    written, end = found[0], found.end()
    said = _short_form(scan, written, place, end)
    if said is not None:
        after = scan.text[end : end + 3]
        # The stop of "TS. Nguyễn Văn A", "ThS." belongs to the short form.
        if after.startswith(".") and written in _STOPPED_TITLES and re.match(rf"\.\s?[{CAPITAL}]", after):
            end += 1
        return said, end, Kind.WORD
    return spoken_word(scan, written, place), end, Kind.WORD


_STOPPED_TITLES = frozenset(
    (
        "TS",
        "ThS",
        "Ths",
        "GS",
        "PGS",
        "BS",
        "KS",
        "KTS",
        "LS",
        "DS",
        "TP",
        "Tp",
        "TX",
        "Tx",
        "TT",
        "TM",
        "KT",
        "TL",
        "TUQ",
        "Mr",
        "Mrs",
        "Ms",
        "Đ/c",
        "đ/c",
    )
)


def _short_form(scan: Scan, written: str, place: int, end: int) -> str | None:
    capitals = sum(sign.isupper() for sign in written)
    if capitals < 2 and written not in scan.words.abbreviations and written not in scan.words.either:
        if written[1:] != written[1:].lower() or is_syllable(written) or len(written) < 2:
            return None
        return (
            scan.words.abbreviations.get(written.upper())
            if not scan.words.foreign.get(written.lower())
            else None
        )
    if capitals == len(written) and is_syllable(written) and _among_capitals(scan, place, end):
        return None
    if said := scan.words.meaning(written, scan.before(place), scan.after(end)):
        return said
    if said := scan.words.capitals.get(written):
        return said
    return scan.words.units.get(written) if written in scan.words.unit_signs else None


def _among_capitals(scan: Scan, place: int, end: int) -> bool:
    """Whether the word stands in a line of capitals, where "CA", "BAN" are words."""
    before = re.search(r"([^\W\d_]+) $", scan.text[max(0, place - 12) : place])
    after = re.match(r" ([^\W\d_]+)", scan.text[end : end + 12])
    beside = [one[1] for one in (before, after) if one]
    return any(len(one) > 1 and one.isupper() and is_syllable(one) for one in beside)


def spoken_word(scan: Scan, written: str, place: int) -> str:
    """One word: a syllable as it stands, in small letters where all were capitals; others by table, syllables, letters."""
    low = written.lower()
    if len(written) == 1:
        return _single(scan, written, place)
    if is_syllable(written):
        return low if written.isupper() else written
    if low in scan.words.listed:
        return low
    if said := scan.words.foreign.get(low) or scan.words.foreign.get(low.replace("’", "'")):
        return said
    if "'" in written or "’" in written:
        return " ".join(_half(scan, half, place) for half in re.split("['’]", written) if half)
    parts = re.findall(
        rf"[{CAPITAL}]{{2,}}(?![{SMALL}])|[{CAPITAL}]?[{SMALL}]+|[{CAPITAL}]+|[^\W\d_]+", written
    )
    if len(parts) > 1:
        return " ".join(filter(None, (_part(scan, part, place) for part in parts)))
    if written.isupper() and not _can_be_said(low):
        return letters.spelled(written)
    return letters.in_syllables(written)


def _half(scan: Scan, half: str, place: int) -> str:
    """What stands before or after an apostrophe: "H'leo" hờ lê ô."""
    weak = f"{half.lower()}ờ"
    return weak if len(half) == 1 and is_syllable(weak) else spoken_word(scan, half, place)


def _part(scan: Scan, part: str, place: int) -> str:
    """A part of "MyVNPT", "iPhone"."""
    if len(part) == 1:
        return letters.name(part)
    said = scan.words.foreign.get(part.lower()) or scan.words.abbreviations.get(part)
    if said:
        return said
    if is_syllable(part):
        return part.lower()
    return letters.spelled(part) if part.isupper() else letters.in_syllables(part)


def _can_be_said(low: str) -> bool:
    """Whether a row of capitals is a word of its own ("TELEGRAM") and no short form."""
    return len(low) > 4 and re.search(r"[aeiouy][^aeiouy]{1,2}[aeiouy]", fold(low)) is not None


def _single(scan: Scan, written: str, place: int) -> str:
    if written.islower() and is_syllable(written):
        return written
    if (
        written.isupper()
        and is_syllable(written)
        and re.match(r"\s+[^\W\d_]", scan.text[place + 1 : place + 4])
        and not scan.before(place).rstrip().endswith(("văn", "thị"))
    ):
        return written.lower()
    return letters.name(written)
