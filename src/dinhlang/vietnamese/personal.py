"""Personal data in a line of text: what must not stand on a public page before someone has looked.

Names of private people, telephone numbers, numbers of papers, accounts and cars, addresses, days of birth. Officials in
their office ("Chủ tịch UBND xã …"), bodies, and those after whom streets and schools are named are not personal.

It errs on the side of finding: what it finds is hidden until a person decides, what it misses is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dinhlang.vietnamese import _names
from dinhlang.vietnamese.text import fold, nfc


class Kind(StrEnum):
    """What sort of personal data it is."""

    PERSON = "person"
    PHONE = "phone"
    ID_NUMBER = "id-number"
    ACCOUNT = "account"
    PLATE = "plate"
    ADDRESS = "address"
    EMAIL = "email"
    BIRTH_DATE = "birth-date"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From the character `start` of the NFC line up to, not including, `end`."""

    start: int
    end: int
    kind: Kind


LONGEST_LINE = 20_000
"""A longer line is looked at in pieces of this length: a title has 500 characters, a paragraph a few thousand."""


def spans(line: str) -> tuple[Span, ...]:
    """The personal data of a line, in order, none overlapping. Takes any normal form; counts in NFC."""
    text = nfc(line)
    if len(text) <= LONGEST_LINE:
        return tuple(_apart(text))
    found: list[Span] = []
    for start in range(0, len(text), LONGEST_LINE):
        piece = text[start : start + LONGEST_LINE]
        found += [Span(one.start + start, one.end + start, one.kind) for one in _apart(piece)]
    return tuple(found)


def is_personal(text: str) -> bool:
    """Whether anything personal is found in the text, which may have several lines."""
    return any(spans(line) for line in text.splitlines())


def _apart(text: str) -> Iterator[Span]:
    """What was found, the surer kind first where two would overlap, in the order of the text."""
    # Signs that cannot be seen must not part a name or a number from what it is.
    kept = [place for place, sign in enumerate(text) if sign not in _UNSEEN]
    seen = "".join(text[place] for place in kept).replace("\u00a0", " ")
    taken: list[Span] = []
    for search in (_email, _numbers, _birth, _addresses, _persons):
        for span in search(seen):
            if all(span.end <= other.start or span.start >= other.end for other in taken):
                taken.append(span)
    for span in sorted(taken):
        yield Span(kept[span.start], kept[span.end - 1] + 1, span.kind)


_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")
_LOOKED_BACK = 120


def _before(text: str, place: int) -> str:
    """As much of the text before a place as can say what stands there."""
    return text[max(0, place - _LOOKED_BACK) : place]


# --- numbers and addresses of machines ------------------------------------------------------------

_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
# Letters of an office: 'ubnd.bentruc@…gov.vn', 'vanphong@'. A clerk's own address under gov.vn is hers all the same.
_OFFICE_BOX = re.compile(
    r"(?:ubnd|hdnd|vanphong|vanthu|motcua|cchc|lienhe|hotro|info|contact|bophan|tthc|xa|phuong|so|phong|trungtam)"
    r"[\w.+-]*@[\w.-]*gov\.vn",
    re.IGNORECASE,
)


def _email(text: str) -> Iterator[Span]:
    if "@" not in text:
        return
    for match in _EMAIL.finditer(text):
        if not _OFFICE_BOX.fullmatch(match[0]):
            yield Span(match.start(), match.end(), Kind.EMAIL)


_GAP = r"[ .\-–]?"
_MOBILE = rf"(?:\+?84{_GAP}|0)(?:\(0\){_GAP})?[35789](?:{_GAP}\d){{8}}"
_LANDLINE = rf"(?:\(?(?:\+?84{_GAP}|0)2\d{{1,2}}\)?)(?:{_GAP}\d){{7,8}}"
_PHONE = re.compile(rf"(?<![\w/.,-])(?:{_MOBILE}|{_LANDLINE})(?![\d/]|[.,]\d)")
# The number of an office, a hotline, a switchboard is there to be called.
_OFFICE_LINE = re.compile(
    r"(?:đường dây nóng|hotline|tổng đài|trực ban|điện thoại cơ quan|số điện thoại công khai|"
    r"(?:của|tại|liên hệ|gọi)\s+(?:ubnd|ủy ban|công an|trạm y tế|bộ phận|trung tâm|văn phòng|phòng|sở)|trụ sở)"
    r"[^.;\d]{0,60}$",
    re.IGNORECASE,
)

_IDENTITY = re.compile(r"(?<![\w/.,-])0\d{2}(?: ?\d){9}(?![\w/]|[.,]\d)")
_IDENTITY_SAID = re.compile(
    r"(?:cccd|căn cước(?: công dân)?|cmnd|cmtnd|chứng minh (?:thư|nhân dân)|hộ chiếu|định danh(?: cá nhân)?|"
    r"bhxh|bảo hiểm xã hội|bhyt|bảo hiểm y tế|thẻ bảo hiểm|mã số thuế(?: cá nhân)?|mst|giấy phép lái xe|gplx)"
    r"(?:\s+(?:gắn chip|số|của (?:ông|bà|anh|chị)))*\s*(?:số|:|là)?\s*:?\s*((?:[A-Z]{1,3} ?)?\d(?:[ .]?\d){6,14})(?!\d)",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"(?:số tài khoản|stk|tài khoản(?: ngân hàng| số| cá nhân)*|số thẻ|thẻ atm)"
    r"\s*(?:ngân hàng|số|:|là)?\s*:?\s*(?:[A-Z][A-Za-z]{2,14}\s*:?\s*)?(\d(?:[ .-]?\d){5,18})(?!\d)",
    re.IGNORECASE,
)
_TREASURY = re.compile(r"(?:kho bạc|ngân sách|tạm thu|tạm giữ)[^.;]{0,60}$", re.IGNORECASE)
_PLATE = re.compile(
    r"(?<![\w/.,-])[1-9]\d[ -]?[A-ZĐ]{1,2}\d?(?:[ -]{1,3}|(?=\d{3}\.\d{2}))(?:\d{3}\.\d{2}|\d{5}|\d{4})(?![\w/-]|[.,]\d)"
)
_PLATE_SAID = re.compile(
    r"(?:biển (?:số|kiểm soát)|bks|bsx)\s*(?:xe)?\s*:?\s*([1-9]\d[ -]?[A-ZĐ]{1,2}\d?[ -]?\d{3}\.?\d{1,2})",
    re.IGNORECASE,
)
_DOSSIER = re.compile(
    r"(?:mã hồ sơ|số hồ sơ|mã số hồ sơ|biên nhận số|số biên nhận|số phát hành|số seri|sêri)\s*:?\s*"
    r"((?=[\w.-]*\d{4})[A-Z0-9][\w.\-]{5,40}|[A-Z]{1,2} ?\d{6,8})",
    re.IGNORECASE,
)
_PARCEL = re.compile(r"thửa(?: đất)?(?: số)? \d+[^;.]{0,12}?tờ bản đồ(?: số)? \d+", re.IGNORECASE)


_TWO_DIGITS = re.compile(r"\d\D{0,3}\d")

# In this order: a card number of 12 digits is no telephone number, an account is said to be one.
_NUMBERS = (
    (Kind.ACCOUNT, _ACCOUNT, _TREASURY),
    (Kind.ID_NUMBER, _IDENTITY_SAID, None),
    (Kind.ID_NUMBER, _IDENTITY, None),
    (Kind.OTHER, _DOSSIER, None),
    (Kind.PHONE, _PHONE, _OFFICE_LINE),
    (Kind.PLATE, _PLATE_SAID, None),
    (Kind.PLATE, _PLATE, None),
    (Kind.OTHER, _PARCEL, None),
)


def _numbers(text: str) -> Iterator[Span]:
    """The numbers of each sort, but not those that an office has: the number is the last group of its pattern."""
    if not _TWO_DIGITS.search(text):
        return
    for kind, pattern, of_an_office in _NUMBERS:
        for match in pattern.finditer(text):
            start, end = match.span(pattern.groups)
            if of_an_office is None or not of_an_office.search(_before(text, start)):
                yield Span(start, end, kind)


# --- birth and home -------------------------------------------------------------------------------

_DAY = r"(?:\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?(?:19|20)\d{2}|\d{1,2} tháng \d{1,2} năm (?:19|20)\d{2})"
_BIRTH = re.compile(
    rf"(?:sinh ngày|ngày sinh|ngày, tháng, năm sinh|sn|sinh năm|năm sinh|sinh)\s*(?:là|:)?\s*(?:ngày\s*)?"
    rf"({_DAY}|(?:19|20)\d{{2}})(?!\d)",
    re.IGNORECASE,
)


def _birth(text: str) -> Iterator[Span]:
    for match in _BIRTH.finditer(text):
        if text[match.start() - 1 : match.start()].isalpha():
            continue  # 'học sinh 2023', or the end of another word
        before = fold(text[max(0, match.start() - 12) : match.start()]).rstrip()
        if not before.endswith(("hoc", "khai", "ve", "thi", "tuyen", "thuong", "phat", "sat")):
            yield Span(match.start(1), match.end(1), Kind.BIRTH_DATE)


_LIVES = re.compile(
    r"(?<!nội )(?:trú tại|thường trú(?: tại| ở|\s*:)|tạm trú(?: tại| ở|\s*:)|cư trú(?: tại| ở|\s*:)|ngụ (?:tại|ở)|hktt\s*:?|nơi ở(?: hiện nay)?\s*:|"
    r"(?:hộ|hiện) ở(?: tại)?|quê quán\s*:|(?:địa chỉ|đ/c)(?: (?:nhà|nhà riêng|thường trú|liên hệ|người nộp))?\s*:|chỗ ở hiện nay\s*:)\s*"
    r"(?P<where>[^;.()\n]{3,120}?)(?=[;.()\n]|$|,? (?:số điện thoại|điện thoại|đt|sđt|cccd|cmnd|đã|được|đến|nộp|có|về|là|xin|làm|gửi|phản ánh|đề nghị|thuộc)\b)",
    re.IGNORECASE,
)
_HOUSE = re.compile(
    r"(?i:số nhà \d+\w?(?:/\d+)*|nhà số \d+\w?(?:/\d+)*|số \d+\w?(?:/\d+)*,? (?:ngõ|ngách|hẻm) \d+\w?)"
    r"(?:,? (?:(?i:ngõ|ngách|hẻm|tổ) \d+\w?|"
    r"(?i:đường|phố|thôn|xóm|ấp|khu|xã|phường|thị trấn|quận|huyện|tỉnh)(?: [A-ZÀ-ỴĐ]\w*| \d+){1,4}))*"
)
_OF_A_BODY = re.compile(
    r"(?:việt nam|trong nước|nước ngoài|cục|sở|bộ|ubnd|ủy ban|trung tâm|văn phòng|phòng|công ty|bộ phận|trụ sở)\b",
    re.IGNORECASE,
)
_OFFICE_HOUSE = re.compile(
    r"(?:trụ sở|ubnd|ủy ban|văn phòng|cơ quan|công ty|trung tâm)[^.;]{0,40}$", re.IGNORECASE
)


def _addresses(text: str) -> Iterator[Span]:
    for match in _LIVES.finditer(text):
        before = fold(text[max(0, match.start() - 24) : match.start()])
        if _OFFICE_HOUSE.search(_before(text, match.start())) or before.rstrip().endswith(
            ("dang ky", "khai bao")
        ):
            continue
        where = match["where"]
        if _OF_A_BODY.match(where):
            continue
        # Without a capital letter or a number there is no place named: 'trú tại địa bàn xã'.
        if any(sign.isupper() or sign.isdigit() for sign in where[1:]):
            end = match.start("where") + len(where.rstrip(" ,"))
            yield Span(match.start("where"), end, Kind.ADDRESS)
    for match in _HOUSE.finditer(text):
        if not _OFFICE_HOUSE.search(_before(text, match.start())):
            yield Span(match.start(), match.end(), Kind.ADDRESS)


# --- persons --------------------------------------------------------------------------------------

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CALLED = re.compile(rf"(?<!\w)({_names.CALLED})\s*$", re.IGNORECASE)
_OFTEN_CALLED = re.compile(rf"(?<!\w){_names.OFTEN_CALLED}\s*$", re.IGNORECASE)
_PLACED = re.compile(rf"(?<!\w)(?:{_names.PLACE_WORDS}|số ?\d+\w?(?:/\d+)*)\s*[“\"]?$", re.IGNORECASE)
_TITLE = re.compile(rf"(?<!\w)(?:{_names.TITLES})(?!\w)", re.IGNORECASE)
_TITLE_AFTER = re.compile(
    rf"\s*(?:[,(–-]\s*(?:là |hiện là |giữ chức )?|là |giữ chức )(?:đồng chí )?(?:{_names.TITLES})(?!\w)(?! (?:hưu|nghỉ hưu|cũ))",
    re.IGNORECASE,
)
_BODY_PHRASES = re.compile(_names.BODY_PHRASES, re.IGNORECASE)
_SMALL = re.compile(rf"(?<!\w)(?:{_names.SMALL})( [^\W\d_A-Z]+)(?!\w)")
_MOST_WORDS = 5


def _persons(text: str) -> Iterator[Span]:
    for run in _runs(text):
        yield from _in_run(text, run)
    yield from _written_small(text)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Words with a capital letter that follow each other with only spaces between."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        if run and text[run[-1].end() : word.start()].strip(" "):
            yield run
            run = []
        if word[0][0].isupper():
            run.append(word)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _in_run(text: str, run: list[re.Match[str]]) -> Iterator[Span]:
    """The names in a run of capitalised words: 'Bến Trúc Nguyễn Văn An' holds one, 'Trần Phú' of a street none."""
    place = 0
    while place < len(run):
        before = _before(text, run[place].start())
        call = _CALLED.search(before)
        likely = bool(_OFTEN_CALLED.search(before))
        if call is not None and call[1].isupper():
            # In a line of capitals 'CỤ THỂ' and 'BÀ CON' look like 'BÀ HOA': there the family name must follow.
            call, likely = None, True
        words = _name_from(run, place, call[1] if call else "", likely=likely)
        if not words:
            place += 1
            continue
        if call is None and _PLACED.search(before):
            place += min(len(words), 2)
            continue
        name = Span(words[0].start(), words[-1].end(), Kind.PERSON)
        if not _is_known(words) and not _in_office(text, name):
            yield name
        place += len(words)


def _name_from(run: list[re.Match[str]], place: int, call: str, *, likely: bool) -> list[re.Match[str]]:
    """The words of the name that begins here; empty when none does.

    `call` is the word before that calls somebody ('bà'); `likely` says that a name is likely to follow.
    """
    words = run[place : place + _MOST_WORDS]
    small = [word[0].lower() for word in words]
    # Another family name, third or later, begins another name: 'Trần Phú Nguyễn Văn An'.
    for later in range(2, len(words) - 1):
        if small[later] in _names.SURNAMES and small[later + 1] in _MIDDLES:
            words, small = words[:later], small[:later]
            break
    if call:
        # 'ông N', 'bà T.' already keep the name back.
        is_one = small[0] not in _names.NOT_A_NAME and len(small[0]) > 1
        return words if is_one and fold(f"{call} {small[0]}") not in _names.NOT_CALLED else []
    if len(words) < 2 or not _is_alike(words) or not _begins_like_a_name(run, small):
        return []
    if not likely and any(fold(" ".join(small[:length])) in _names.PLACES for length in (2, 3)):
        return []
    sure = small[1] in _MIDDLES
    in_capitals = words[0][0].isupper() and len(words[0][0]) > 1
    if in_capitals and not sure:
        # In capitals everything begins like a name: only the two sure middle names tell.
        return []
    if (
        small[0] in _names.DOUBTFUL
        and not likely
        and not sure
        and (place or len(words) == 2 or len(words) > 4)
    ):
        return []
    return words


_MIDDLES = ("văn", "thị", "van", "thi")


def _begins_like_a_name(run: list[re.Match[str]], small: list[str]) -> bool:
    """Whether it begins with a family name; one that lost its marks counts where all words around lost theirs."""
    if small[0] in _names.SURNAMES:
        return True
    return len(small) > 2 and small[0] in _names.BARE_SURNAMES and all(word[0].isascii() for word in run)


def _is_alike(words: list[re.Match[str]]) -> bool:
    """All in capitals or none: 'Lê UBND' is no name. A single letter ('Nguyễn Văn A') is both."""
    shapes = {word[0].isupper() for word in words if len(word[0]) > 1}
    return len(shapes) <= 1


def _is_known(words: list[re.Match[str]]) -> bool:
    return fold(" ".join(word[0] for word in words)) in _names.OF_HISTORY


def _in_office(text: str, name: Span) -> bool:
    """Whether the name is that of an official in office: a title with its body before it, or a title after it."""
    if _TITLE_AFTER.match(text, name.end):
        return True
    before = re.split(r"[.;\n]", _before(text, name.start))[-1]
    titles = list(_TITLE.finditer(before))
    if not titles:
        return False
    between = _BODY_PHRASES.sub(" ", before[titles[-1].end() :])
    between = re.sub(r"(?:các )?(?:ông|bà|đồng chí|đ/c)\s*$", " ", between, flags=re.IGNORECASE)
    return all(
        word[0].isupper() or word.lower() in _names.OF_A_BODY for word in re.findall(r"[^\W\d_]+", between)
    )


def _written_small(text: str) -> Iterator[Span]:
    """'nguyễn thị lan', 'nguyen van an': without a capital letter only the sure forms."""
    for match in _SMALL.finditer(text):
        name = Span(match.start(), match.end(), Kind.PERSON)
        before = _before(text, match.start())
        is_one = match[1].strip() not in _names.NOT_AFTER_MIDDLE
        if is_one and not _PLACED.search(before) and not _in_office(text, name):
            yield name
