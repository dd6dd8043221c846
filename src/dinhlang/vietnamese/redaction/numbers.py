"""Numbers that lead to somebody: telephones, papers, accounts, plates, however their digits are parted or put in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span

_WORDS = {
    "khong": "0", "ko": "0", "mot": "1", "hai": "2", "ba": "3", "bon": "4", "tu": "4", "nam": "5", "lam": "5", "sau": "6",
    "bay": "7", "tam": "8", "chin": "9", "o": "0",
}  # fmt: skip
_ITEM = (
    r"(?:[0-9]|(?<![^\W\d_])(?:khong|ko|mot|hai|ba|bon|tu|nam(?! a ?bank)|lam|sau|bay|tam|chin)(?![^\W\d_])"
    r"|(?<![^\W\d_])o(?=[.\-]?[0-9]| [0-9] [0-9])|(?<=[0-9])o(?=[0-9 .\-]|$)|(?<=[0-9.\-])o(?=o)|(?<=o)o|(?<=[0-9])[il](?=[0-9]))"
)
_PARTED = r" {0,2}[.\-_,*·]{0,3} {0,2}"
# 'sđt0912…': a label may be glued to its number.
_GLUED = "".join(
    rf"|(?<={label})" for label in ("sdt", "dt", "cccd", "cmnd", "cmt", "stk", "tk", "alo", "lh", "zalo")
)
_SEQUENCE = re.compile(
    rf"(?:(?<![\w/]){_GLUED}|(?<=[0-9]{{5}}/)(?=0[35789]))(?<![0-9][.,\-])(?:(?<![0-9]/)|(?<=[0-9]{{5}}/))(?:\+ ?|\(\+?)?{_ITEM}(?:{_PARTED}[()]?{_PARTED}{_ITEM}){{5,30}}"
)
# Letters that a hurried hand writes for digits.
_ALIKE = str.maketrans("oil", "011")
_GROUP = re.compile(r"[0-9o][0-9oil]*|[^\W\d_]+")
_PHONE = re.compile(r"(?:(?:00)?84|0|840)(?:[35789]\d{8}|2\d{8,9})|01[2689]\d{8}")
_A_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
# 'zalo 903012034': a mobile number whose first nought is left out.
_WITHOUT_NOUGHT = re.compile(r"[35789][0-9]{8}")
_CITIZEN = re.compile(r"0(?:0[1-9]|[1-9]\d)\d{9}")
_PAID_INTO = re.compile(
    r"(?<![^\W_])(?:chuyen|ck|nop|gui)(?![^\W_])(?:.{0,36} (?:vao|cho|den|qua|toi|vo|ve)| coc)(?: so)? ?:? ?$"
)
_UNIT = re.compile(r"\s{0,2}(?:d|dong|vnd|vnđ|trieu|ty|nghin|ngan(?! hang)|m2|m3|ha|kg|luot|nguoi|%|kwh)\b")


class _Label(NamedTuple):
    kind: Kind
    words: re.Pattern[str]
    shortest: int
    longest: int


_BANKS = (
    r"vietcombank|vietcom|vcb|techcombank|techcom|tcb|mb ?bank|mb|agribank|agri|bidv|vietinbank|viettin|vietin|ctg|acb|sacombank|stb|"
    r"tpbank|vpbank|vib|shb|ocb|msb|hdbank|seabank|lpbank|lienvietpostbank|eximbank|scb|abbank|namabank|pvcombank|bac a|kienlongbank|cake|timo"
)
_EDGE, _ENDS = r"(?<![^\W_])(?:", r")(?![^\W\d_])"
_LABELS = (
    _Label(
        Kind.ID_NUMBER,
        re.compile(
            _EDGE
            + r"c+d|cc?cc?d+|cccd|can cuoc|cmnd|cmtnd|cmt|cmdn|cm|chung minh(?: thu| nhan dan)?|ho chieu|passport|dinh danh(?: ca nhan)?|bhxh|bhyt|"
            r"bao hiem(?: xa hoi| y te)?|ma so thue|mst|gplx|giay phep lai xe|bang lai(?: xe)?|giay to(?: tuy than)?|ma so bhxh"
            + _ENDS
        ),
        6,
        15,
    ),
    _Label(
        Kind.ACCOUNT,
        re.compile(
            _EDGE
            + rf"stk|so tai khoan|so tk|tk|tai khoan|so the|the atm|atm|the (?:tin dung|ghi no|ngan hang|visa|master(?:card)?|napas|rut tien|chip|jcb)|visa|ck|chuyen khoan|chuyen tien|chuyen nham|chuyen vao|chuyen cho|{_BANKS}"
            + _ENDS
        ),
        6,
        19,
    ),
    _Label(
        Kind.PHONE,
        re.compile(
            _EDGE
            + r"sdt|sodt|dt|đt|dtdd|dien thoai|phone|tel|mobile|di dong|lien he|lien lac|lh|goi|alo|zalo|hotline|so may|momo|viber|viettel|sim|may ban"
            + _ENDS
        ),
        8,
        12,
    ),
)
_A_BANK = re.compile(rf"(?:{_BANKS})")
_MOBILE_FIRST = re.compile(r"(?<![^\W_])(?:zalo|momo|sdt|dt|dien thoai|goi|lh|lien he)(?![^\W\d_])")
_HOW_MANY = re.compile(r"(?<![0-9])(?:9|12) so(?![^\W_])")
_STOPS = re.compile(r"[0-9;!?\n]")
_OFFICE_LINE = re.compile(
    r"(?:duong day nong|hotline(?! nha| cua em| cua toi| quan| shop| tiem| cua hang| do)|tong dai|truc ban|truc (?:so|may)|dien thoai co quan|so dien thoai cong khai|tru so|so nong|"
    r"(?:cua|tai|may ban|so ban|ban|lien he|goi|goi cho|goi len|goi den|sdt|so|so may|so may le|may|dt)\s+(?:ubnd|uy ban|cong an|ca xa|ca phuong|xa|phuong|tram y te|tram|bo phan|mot cua|"
    r"trung tam|van phong|phong|cong ty|so(?= (?:y te|giao duc|tu phap|noi vu|tai chinh|xay dung|giao thong|nong nghiep|tai nguyen|van hoa|cong thuong|lao dong|khoa hoc))|dien luc|benh vien|truong|ban quan ly|hdnd|dang uy))[^.;\d]{0,45}$"
)
_OFFICE_JUST_BEFORE = re.compile(
    r"(?<![^\W_])(?:ubnd|uy ban|cong an|tram y te|mot cua|van phong (?:xa|phuong|thon|dang ky)|so (?:y te|giao duc|tu phap|noi vu|tai chinh|xay dung|nong nghiep|tai nguyen|van hoa|cong thuong)|chi nhanh dang ky|trung tam|benh vien|buu dien|truong hoc)(?: [^\W\d_]{1,6}){0,4}\s*[:(]?\s*$"
)
_OFFICE_AFTER = re.compile(
    r"\s*[(\-,]?\s*(?:la |cua |so )*(?:ubnd|uy ban|cong an|tram y te|bo phan mot cua|mot cua|dien luc|duong day nong|hotline|tong dai|truc ban)(?![^\W_])"
)
_OF_SOMEBODY = re.compile(
    r"(?<![^\W_])(?:toi|em|e|minh|nha|anh|chi|ong|ba|chu xe|chu ho|sdt|chau|(?<!tiep )dan|bac|co)\s*(?:la|:|so|theo|qua)*\s*$"
)
_TREASURY = re.compile(r"(?:kho bac|ngan sach|(?:tai khoan|tk) tam (?:thu|giu))[^.;]{0,60}$")
_AT_TREASURY = re.compile(r"[^.;0-9]{0,12}kho bac(?![^\W_])")
_FIRM_CODE = re.compile(
    r"(?:ma so (?:thue )?(?:doanh nghiep|dn|cong ty|cty|chi nhanh|htx)|msdn)[^.;\d]{0,10}$"
)
# 'kính gửi UBND xã, tôi là …, căn cước …': only people have those.
_CARD = re.compile(r"(?<![^\W_])(?:cccd|can cuoc|cmnd|cmt|chung minh|ho chieu|bhyt)(?![^\W_])")
_OF_A_FIRM = re.compile(r"(?:cong ty|cty|doanh nghiep|dn|htx|hop tac xa|chi nhanh|co quan|ubnd)[^.;]{0,40}$")


_SLASHED = re.compile(r"(?<![\w/.])0[35789][0-9]{2}/[0-9]{3}/[0-9]{3}(?![\w/])")


# 'Chín không tám, không không không, bốn bảy một' after a word for a number.
_SPOKEN = re.compile(
    r"(?<![^\W_])(?:so(?: (?:cua |dien thoai |may )?(?:toi|em|chau|minh|tui|dt)?(?: la)?)?|dien thoai|sdt|dt|goi(?: so)?|zalo|alo|bang lai[^.;0-9]{0,14}|cccd|can cuoc)(?: so| la)?:? "
    r"((?:(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|so)(?:, | )?){8,14})(?![^\W_])"
)
_OF_PAPERS = re.compile(r"(?:bang lai|cccd|can cuoc)")
# 'gọi tui o chín hai tám, ba số không, bảy bảy sáu', '0988 ba lần một 207'.
_SPOKEN_FROM_NOUGHT = re.compile(
    r"(?<![^\W_])(?:o|khong|ko|kh)(?:,? (?:khong|ko|kh|o|le|linh|tram|muoi|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|so(?= khong| chin| tam))){7,13}(?![^\W_])"
)
_TIMES = re.compile(
    r"(?<![\w.])0[0-9](?:[ .\-]?[0-9]){0,6} (?:hai|ba|bon) (?:lan|so|con) (?:[0-9]|khong|mot|hai|ba|bon|nam|sau|bay|tam|chin)(?:[ .\-]?[0-9]){0,6}(?![\w])"
)


def numbers(line: Line) -> Iterator[Span]:
    """Telephones, papers, accounts: by their label, else by their form."""
    for match in _SPOKEN.finditer(line.bare):
        kind = Kind.ID_NUMBER if _OF_PAPERS.match(match[0]) else Kind.PHONE
        yield Span(match.start(1), match.start(1) + len(match[1].rstrip(" ,")), kind)
    for pattern in (_SLASHED, _SPOKEN_FROM_NOUGHT, _TIMES):
        for match in pattern.finditer(line.bare):
            yield Span(match.start(), match.end(), Kind.PHONE)
    last: Span | None = None
    for match in _SEQUENCE.finditer(line.bare):
        found = list(_in_sequence(line, match))
        if not found and last is not None and _is_another(line, last, match):
            found = [Span(match.start(), match.end(), last.kind)]
        yield from found
        last = found[-1] if found else None


_AND = re.compile(
    r" ?(?:[,;/&+]|voi|va|hoac|hay|roi|sang|thanh|khac|cu|moi)(?: (?:so|la|cu|moi|thanh|toi|em))* ?"
)


def _is_another(line: Line, first: Span, match: re.Match[str]) -> bool:
    """'hai số khác nhau: 091… với 371 000 012': a second number beside one of a paper, of an account."""
    return (
        first.kind in (Kind.ID_NUMBER, Kind.ACCOUNT)
        and _AND.fullmatch(line.bare, first.end, match.start()) is not None
        and sum(sign.isdigit() for sign in match[0]) >= _FEWEST_OF_A_PAPER
        and not _UNIT.match(line.after(match.end()))
    )


_FEWEST_OF_A_PAPER = 9


# '0912345678 - 12/5 Lê Lợi' goes on, '0912345678/0987654321' is two.
_GOES_ON = re.compile(r"/(?!0[35789][0-9]{5})")


class _Group(NamedTuple):
    start: int
    end: int
    digits: str


def _in_sequence(line: Line, match: re.Match[str]) -> Iterator[Span]:
    groups = [
        _Group(match.start() + one.start(), match.start() + one.end(), _digits(one[0]))
        for one in _GROUP.finditer(match[0])
    ]
    place = 0
    while place < len(groups):
        found = _number_at(line, groups, place)
        if found is None:
            place += 1
            continue
        until, kind = found
        start, end = groups[place].start, groups[until].end
        while start and line.bare[start - 1] in "+(":
            start -= 1
        if not _is_an_offices(line, start, end, kind):
            yield Span(start, end, kind)
        place = until + 1


def _digits(group: str) -> str:
    return (
        group.translate(_ALIKE)
        if group[0].isdigit() or (len(group) > 1 and (group[1].isdigit() or set(group) == {"o"}))
        else _WORDS.get(group, "")
    )


def _number_at(line: Line, groups: list[_Group], place: int) -> tuple[int, Kind] | None:
    """The last group of the number that begins at a group, and its kind."""
    start = groups[place].start
    label = _label_before(line, start)
    phone = _longest(groups, place, lambda digits: bool(_PHONE.fullmatch(digits)))
    citizen = _longest(groups, place, lambda digits: bool(_CITIZEN.fullmatch(digits)))
    # '0912345678 - 12/5 Lê Lợi': only a number that itself goes on after the row is none.
    is_cut = _GOES_ON.match(line.bare, groups[-1].end) is not None and phone in (None, len(groups) - 1)
    if label is not None:
        if label.kind is Kind.PHONE and phone is not None:
            return phone, Kind.PHONE
        last = _longest(groups, place, lambda digits: label.shortest <= len(digits) <= label.longest)
        if last is not None and _is_labelled(line, groups, place, last, label):
            if label.kind is Kind.ACCOUNT and phone == last and _MOBILE_FIRST.search(line.before(start, 16)):
                return last, Kind.PHONE
            return last, label.kind
    if is_cut:
        return None
    card = _longest(groups, place, lambda digits: len(digits) in (16, 19) and digits.startswith("9704"))
    if card is not None or (card := _card_of_fours(line, groups, place)) is not None:
        return card, Kind.ACCOUNT
    if citizen is not None and (
        phone is None or (citizen > phone and not _is_a_word_behind(line, groups, citizen))
    ):
        return citizen, Kind.ID_NUMBER
    if phone is not None:
        after = line.after(groups[phone].end, 24)
        if re.match(rf"[\s,.\-(:]{{0,3}}(?:ngan hang |nh )?(?:{_BANKS})\b", after):
            return phone, Kind.ACCOUNT
        return phone, Kind.PHONE
    return _unlabelled(line, groups, place)


def _card_of_fours(line: Line, groups: list[_Group], place: int) -> int | None:
    """'4111-0000-2222-9999': the number of a card or an account as it is printed, whatever stands before it."""
    row = []
    for one in groups[place : place + 4]:
        if len(one.digits) != 4 or not line.bare[one.start : one.end].isdigit():
            break
        row.append(one)
    if len(row) < 3 or row[0].digits[0] == "0" or all(_A_YEAR.fullmatch(one.digits) for one in row):
        return None
    return place + len(row) - 1


def _is_a_word_behind(line: Line, groups: list[_Group], last: int) -> bool:
    """'02713 887 220 không ai nghe': the word behind a row of digits goes on the sentence."""
    return line.bare[groups[last].start].isalpha() and line.bare[groups[last - 1].start].isdigit()


def _is_labelled(line: Line, groups: list[_Group], place: int, last: int, label: _Label) -> bool:
    """Whether the digits may be what the label says: no sum of money, and not only number words or a day."""
    digits = "".join(group.digits for group in groups[place : last + 1])
    written = line.bare[groups[place].start : groups[last].end]
    if _UNIT.match(line.after(groups[last].end)) or re.fullmatch(
        r"\d{1,2}[.\-]\d{1,2}[.\-](?:19|20)\d\d", written
    ):
        return False
    if label.kind is Kind.PHONE:
        return digits.startswith(("0", "84")) or _WITHOUT_NOUGHT.fullmatch(written) is not None
    # 'phí bảo hiểm, chuyển khoản 1.500.000' is money: the oldest papers have nine digits.
    return not re.fullmatch(r"\d{1,3}(?:\.\d{3}){1,3}", written) or len(digits) >= 9


def _longest(groups: list[_Group], place: int, fits: object) -> int | None:
    digits, found = "", None
    for until in range(place, len(groups)):
        if not groups[until].digits:
            break
        digits += groups[until].digits
        if len(digits) > 19:
            break
        if fits(digits):  # type: ignore[operator]
            found = until
    return found


def _label_before(line: Line, start: int) -> _Label | None:
    """The label that stands nearest before a number, with no other number between."""
    # 'CMND 9 số là …': how many digits it has is no number before it.
    before = _HOW_MANY.sub("  so", line.before(start, 45))
    cut = [stop.end() for stop in _STOPS.finditer(before)]
    if cut:
        before = before[cut[-1] :]
    best, found = -1, None
    for label in _LABELS:
        for match in label.words.finditer(before):
            if match.end() > best:
                best, found = match.end(), label
    return found


def _unlabelled(line: Line, groups: list[_Group], place: int) -> tuple[int, Kind] | None:
    """A long number without a label: an account where a bank follows, a number of something else after 'số'."""
    last = _longest(groups, place, lambda digits: 8 <= len(digits) <= 16)
    if last is None:
        return None
    if re.match(
        rf"[\s,.\-(:]{{0,3}}(?:ngan hang |nh |tai )?(?:{_BANKS})\b", line.after(groups[last].end, 24)
    ):
        return last, Kind.ACCOUNT
    if _PAID_INTO.search(line.before(groups[place].start, 50)) and not _UNIT.match(
        line.after(groups[last].end, 24)
    ):
        return last, Kind.ACCOUNT
    group = groups[place]
    is_one = 9 <= len(group.digits) <= 16 and line.bare[group.start : group.end].isdigit()
    if not is_one or _UNIT.match(line.after(group.end, 24)):
        return None
    if re.search(r"(?<![^\W_])(?:so|ma)\s*:?\s*$", line.before(group.start, 10)):
        return place, Kind.ID_NUMBER if len(group.digits) in (9, 12) else Kind.OTHER
    return None


def is_a_bank(line: Line, start: int, end: int) -> bool:
    """Whether these words are a bank's name."""
    return _A_BANK.fullmatch(line.bare, start, end) is not None


def _is_an_offices(line: Line, start: int, end: int, kind: Kind) -> bool:
    """Numbers that an office, a firm or the treasury has are there to be used."""
    before = line.before(start, 80)
    if _FIRM_CODE.search(before):
        return True
    if kind is Kind.PHONE and _OFFICE_AFTER.match(line.after(end)):
        return True
    if kind is Kind.PHONE:
        is_fixed = line.bare.startswith("02", start) and _OFFICE_JUST_BEFORE.search(before)
        offices = _OFFICE_LINE.search(before)
        is_offices = (
            offices is not None
            and not _is_a_name(line, start - len(before) + offices.start(), start)
            and not (_NOT_THEIRS.search(offices[0]) and not line.bare.startswith("02", start))
        )
        return bool(is_offices or is_fixed) and not _OF_SOMEBODY.search(before)
    if kind is Kind.ACCOUNT:
        return bool(_TREASURY.search(before)) or _AT_TREASURY.match(line.after(end)) is not None
    return kind is Kind.ID_NUMBER and bool(_OF_A_FIRM.search(before)) and not _CARD.search(before)


# 'số của Phương: 0912…', 'gọi Phong': with their marks these are people, and so they are alone before a number of a mobile.
_CALLED_LIKE_A_BODY = re.compile(
    r"(?:phương|phong|trương|trướng|trưởng|tram|trâm|trạm)(?![^\W_])(?!.*(?:ubnd|công an|ủy ban))"
)
# 'gọi phường không ai nghe, báo lại 0912…'
_NOT_THEIRS = re.compile(
    r"(?<![^\W_])(?:(?:bao|goi|nhan|tra loi|lien he) lai|khong ai|khong duoc|mai khong|(?:hay|thi|cu) (?:goi|nhan)|xa (?:vien|doi cu|hoi)|theo so|qua so)(?![^\W_])"
)
_ALONE = re.compile(r"(?:phuong|phong|truong|tram)(?: (?:la|so|sdt|theo so))?\s*[:\-]?\s*$")


def _is_a_name(line: Line, start: int, end: int) -> bool:
    """Whether what looks like a body before a number is somebody called so: 'của Phương', 'gọi Trường 0912…'."""
    said = line.small[start:end]
    named = _CALLED_LIKE_A_BODY.search(said)
    if named and not line.is_bare:
        return True
    return _ALONE.search(line.bare, start, end) is not None and not line.bare.startswith("02", end)


# --- papers with letters, plates ----------------------------------------------------------------

_LETTERED = re.compile(
    r"(?<![^\W_])(?:ho chieu|passport|bhyt|bao hiem y te|the bao hiem|gplx|giay phep lai xe|bang lai xe|bang lai|bhxh|cmnd|cmt|chung minh(?: nhan dan| quan doi| si quan)?)"
    r"(?:\s+(?:so|no\.?|ma|cu|moi|quan doi|si quan|hang [a-z][0-9]?|la|cua|em|toi|minh|chau|tui|con|vo|chong|me|bo|ba|ong|anh|chi)){0,4}\s*[:\-]?\s*((?:[a-z]{1,3} ?)?[0-9](?:[ .]?[0-9]){5,14})(?![0-9])"
)
_INSURED = re.compile(r"(?<![\w/])[a-z]{2} ?[1-5](?:[ .\-]?[0-9]){12}(?![\w/])")
_INSURANCE = re.compile(r"(?<![^\W_])(?:bhyt|bao hiem|the)(?![^\W_])[^.;0-9]{0,20}$")
# 'thẻ DT2 89 00 0012 345': with the letters that cards of health insurance have, a digit more or less is one all the same.
_INSURED_NEARLY = re.compile(
    r"(?<![\w/])(?:dn|hx|ch|nn|hc|xk|tb|no|ct|xb|tn|cs|qn|ca|cy|xn|ms|cc|ck|cb|kc|hd|te|bt|hn|dt|dk|xd|ts|tc|tq|ta|ty|hg|ls|pv|hs|sv|gb|gd|ht)[1-5](?:[ .\-]?[0-9]){9,14}(?![\w/])"
)
_PASSPORT = re.compile(
    r"(?<![\w/])(?:hc |pp )?([bcnpke][0-9]{7})(?![\w/])(?=.{0,20}(?:ho chieu|passport)|(?<=hc \w{8}))"
)
_PARTS = r"(?: ?[\-.] ?| )?"
_PLATE = re.compile(
    rf"(?<![\w/.,])([1-9] ?[0-9]){_PARTS}(md ?[0-9]|ld|da|td|ng|nn|qt|[a-z]{{1,2}}|[a-z]{{1,2}} ?[0-9]){_PARTS}([0-9]{{3}}[ .\-]?[0-9]{{2}}|[0-9]{{2}}\.[0-9]{{3}}|[0-9]{{4}})(?![\w/]|[.,][0-9])"
)
_PLATE_SAID = re.compile(
    r"(?<![^\W_])(?:bien(?: so| kiem soat)?|bks|bsx|bs|dk bien|xe|o to|oto|xe may|mang bs|mooc|ro mooc)(?![^\W\d_])[^0-9.;,]{0,18}$"
)
_SPACED_PLATE = re.compile(
    r"(?<![^\W_])(?:bien(?: so| kiem soat)?|bks|bsx|bs|xe(?: may| tai| khach| hoi)?)\s*(?:xe)?\s*:?\s*([0-9] ?[0-9] [a-z] ?(?:[0-9] ?[.\-]? ?){4,6}(?<=[0-9]))(?![\w/])"
    r"|(?<![\w/.\-])([0-9]{2}[ \-][0-9]{3}[ \-](?:ng|nn|qt)[ \-]?[0-9]{2})(?![\w/\-])"
)

# '63-000.88', '21k1 33.908', 'MD-00123-K': whatever stands behind the word for a plate.
_NAMED_PLATE = re.compile(
    r"(?<![^\W_])(?:bien(?: so| kiem soat)?|bks|bsx)(?: xe)?(?: (?:la|so|no|cua no|xe|do|nay|hinh nhu|ghi)){0,3} ?:? ?"
    r"((?:[0-9]{2}|[a-z]{2})[ .\-]?(?:[a-z]{1,2}[0-9]?[ .\-]?)?[0-9]{2,5}(?:[ .\-]?[0-9]{2,3})?(?:-[a-z]{1,2})?)(?![\w/]|[.,][0-9])"
)
_FEWEST_OF_A_PLATE = 5


# The army's, and those of boats: 'KC-21-88', 'KG-91284-TS'.
_OTHER_PLATE = re.compile(
    r"(?<![\w/.])(?:[a-z]{2}[ .\-]{0,2}[0-9]{2}[ .\-][0-9]{2}|[a-z]{1,3}[ \-]?[0-9]{4,5}[ \-]?ts|[a-z]{2}[ \-][0-9]{4,5}|[a-z]{2}-[0-9]{2}\.[0-9]{3}|[a-z]{1,3}[ \-][0-9]{4,5}[ \-]?[tc]s)(?![\w/\-]|[.,][0-9])"
)
_BOAT_SAID = re.compile(
    r"(?<![^\W_])(?:tau|ghe|xuong|thuyen|thung|vo lai|vo|[sx]a lan|do|do ngang|ca no|so dang ky)(?![^\W\d_])[^0-9.;]{0,24}$"
)
_DIGIT = r"(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi)"
_LETTER = r"(?:a|be|bo|b|xe|ce|co|c|do|go|ho|po|to|vo|de|d|dd|e|ep|ef|f|gie|g|hat|h|ca|ka|k|lo|l|em|en|mo|m|no|n|pe|p|et|s|te|t|u|ve|v|ich|x|y|z)"
_SAID_PLATE = re.compile(
    r"(?<![^\W_])(?:bien(?: so)?(?: xe)?|bks|bs|so xe|xe(?: may| tai| khach| o to| hoi| con| ba banh| ban tai| ba gac| loi| lam| dau keo| buyt)?(?: bien)?)(?: (?:so|la|mang|doc|ghi|chi|anh|chay|au|nghe|qua|dien thoai|bang mieng)){0,4}:? "
    rf"((?:{_DIGIT} ){{2,3}}{_LETTER}(?: {_DIGIT})?,?(?:(?:,| cham| phay| gach| tru| ngang)? {_DIGIT}){{4,6}})(?![^\W_])"
)


def plates(line: Line) -> Iterator[Span]:
    """Plates of vehicles, old and new, small letters too where something says so."""
    for match in _SPACED_PLATE.finditer(line.bare):
        yield Span(match.start(match.lastindex or 0), match.end(match.lastindex or 0), Kind.PLATE)
    for match in _SAID_PLATE.finditer(line.bare):
        yield Span(match.start(1), match.end(1), Kind.PLATE)
    for match in _OTHER_PLATE.finditer(line.bare):
        said = line.before(match.start(), 36)
        is_a_fishers = match[0].endswith("ts")
        if line.text[match.start()].isupper() and (
            is_a_fishers or _PLATE_SAID.search(said) or _BOAT_SAID.search(said)
        ):
            yield Span(match.start(), match.end(), Kind.PLATE)
    for match in _NAMED_PLATE.finditer(line.bare):
        if sum(sign.isdigit() for sign in match[1]) >= _FEWEST_OF_A_PLATE:
            yield Span(match.start(1), match.end(1), Kind.PLATE)
    for match in _PLATE.finditer(line.bare):
        if _is_plate(line, match):
            yield Span(match.start(), match.end(), Kind.PLATE)


def _is_plate(line: Line, match: re.Match[str]) -> bool:
    if _PLATE_SAID.search(line.before(match.start(), 36)):
        return True
    letters, serial = line.text[match.start(2) : match.end(2)], match[3]
    signs = match[0].count("-") + match[0].count(".")
    if serial[2] == "." and not (letters[-1].isdigit() and "-" in match[0]):
        return False
    if letters[0].isupper():
        return len(serial) >= 5 or signs > 0
    if "." in serial and letters[-1].isdigit():
        return True
    return len(serial) >= 5 and (signs > 0 or letters[-1].isdigit()) and match.start(2) == match.end(1)


def lettered(line: Line) -> Iterator[Span]:
    """Numbers of papers that begin with letters: passports, insurance cards, licences."""
    for match in _LETTERED.finditer(line.bare):
        yield Span(match.start(1), match.end(1), Kind.ID_NUMBER)
    for match in _PASSPORT.finditer(line.bare):
        if line.text[match.start(1)].isupper() or match[0][0] != match[1][0]:
            yield Span(match.start(1), match.end(1), Kind.ID_NUMBER)
    for match in _INSURED_NEARLY.finditer(line.bare):
        if line.text[match.start() : match.start() + 2].isupper():
            yield Span(match.start(), match.end(), Kind.ID_NUMBER)
    for match in _INSURED.finditer(line.bare):
        is_else = match[0][:2] in ("tk", "so", "dt") and not _INSURANCE.search(line.before(match.start(), 30))
        if line.text[match.start() : match.start() + 2].isupper() and not is_else:
            yield Span(match.start(), match.end(), Kind.ID_NUMBER)
