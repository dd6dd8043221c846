"""Where people live, down to the house: after a word that says so, after their name, or by a house number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from enum import IntEnum

from dinhlang.vietnamese.redaction.line import Line, Token
from dinhlang.vietnamese.redaction.spans import Kind, Span


class Level(IntEnum):
    """How near a part of an address comes to a door."""

    NONE = 0
    WIDE = 1
    STREET = 2
    HAMLET = 3
    LANE = 4
    HOUSE = 5


# Without marks; the longest first. What may stand after 'số' too.
_KEYWORDS = {
    "so nha": Level.HOUSE, "nha so": Level.HOUSE, "can ho so": Level.HOUSE, "can ho": Level.HOUSE, "phong so": Level.HOUSE,
    "khu tap the": Level.HAMLET, "khu do thi": Level.HAMLET, "khu dan cu": Level.HAMLET, "to dan pho": Level.HAMLET, "to dan cu": Level.HAMLET,
    "khu pho": Level.HAMLET, "chung cu": Level.HAMLET, "thi tran": Level.WIDE, "thi xa": Level.WIDE, "thanh pho": Level.WIDE,
    "dac khu": Level.WIDE, "sn": Level.HOUSE, "so": Level.HOUSE, "nha": Level.HOUSE, "can": Level.HOUSE, "phong": Level.HOUSE, "lo": Level.HOUSE, "p": Level.HOUSE,
    "ngo": Level.LANE, "ngach": Level.LANE, "hem": Level.LANE, "kiet": Level.LANE, "k": Level.LANE, "day": Level.LANE, "toa": Level.LANE, "block": Level.LANE,
    "tang": Level.LANE, "to": Level.HAMLET, "tdp": Level.HAMLET, "kp": Level.HAMLET, "khu": Level.HAMLET, "doi": Level.HAMLET, "thon": Level.HAMLET,
    "xom": Level.HAMLET, "ap": Level.HAMLET, "ban": Level.HAMLET, "buon": Level.HAMLET, "khom": Level.HAMLET, "lang": Level.HAMLET, "plei": Level.HAMLET,
    "soc": Level.HAMLET, "phum": Level.HAMLET, "ktt": Level.HAMLET, "kdt": Level.HAMLET, "kdc": Level.HAMLET, "cc": Level.HAMLET, "cum": Level.HAMLET, "duong": Level.STREET, "pho": Level.STREET, "ql": Level.STREET,
    "xa": Level.WIDE, "phuong": Level.WIDE, "huyen": Level.WIDE, "quan": Level.WIDE, "tinh": Level.WIDE, "tp": Level.WIDE, "tt": Level.WIDE, "q": Level.WIDE, "f": Level.WIDE, "h": Level.WIDE,
}  # fmt: skip
_NUMBERED_ONLY = frozenset(
    (
        "so nha",
        "nha so",
        "so",
        "sn",
        "nha",
        "can",
        "can ho",
        "can ho so",
        "phong",
        "phong so",
        "lo",
        "p",
        "k",
        "day",
        "tang",
        "to",
        "doi",
        "q",
        "f",
        "ngach",
        "kiet",
        "khom",
        "h",
    )
)
_MARKED = {  # with marks these words must be the right ones: 'tờ 5', 'hộ', 'đời' are none
    "to": ("tổ", "to"), "doi": ("đội", "doi"), "ban": ("bản", "ban"), "ap": ("ấp", "ap"), "xa": ("xã", "xa"), "ngo": ("ngõ", "ngo"), "lang": ("làng", "lang"),
    "nha": ("nhà", "nha"), "so": ("số", "so", "sô"), "tinh": ("tỉnh", "tinh"), "quan": ("quận", "quan"), "day": ("dãy", "day"), "phong": ("phòng", "phong"),
    "can": ("căn", "can"), "pho": ("phố", "pho"), "lo": ("lô", "lo"), "duong": ("đường", "duong"), "phuong": ("phường", "phuong"), "xom": ("xóm", "xom"), "thon": ("thôn", "thon"),
    "buon": ("buôn", "buon"), "toa": ("tòa", "toà", "toa"), "soc": ("sóc", "soc"), "hem": ("hẻm", "hem", "hẽm"), "kiet": ("kiệt", "kiet"), "tang": ("tầng", "tang"), "khom": ("khóm", "khom"),
}  # fmt: skip
# A name written small ends before one of these.
_ENDS_TABLE = """
    vuc hoac phieu nghiep truc ghi phai theo
    o la bi va voi cho thi ma hay da se dang khong chua cung con roi a xin hoi co duoc toi em e minh chau anh chi ong
    ba nha nuoc dien mat hong nhieu rat qua nay do dt sdt so cccd cmnd sinh sn di den ve ra len xuong vao lam de tu
    luc hom tram cac nhung nguoi dan hang ngay mong nghi phan xay xa nuoi lan bao gio cu ca tho can ke day yeu nhe ne
    ak ah phuong huyen tinh thon xom ap to khu duong pho ngo hem quan tp thanh ho gan truoc sau canh doi phia trong
    ngoai tren duoi giua kia ta thuoc noi sap dung lap cap bien xe nen sao chan ban
"""
_ENDS = frozenset(_ENDS_TABLE.split())
# With their marks these are names: 'phố chợ', 'thôn đình', 'xóm hồ'.
_NO_ENDS = frozenset(("chợ", "đình", "hồ", "thổ", "đồi", "quán", "lăng", "hạ", "tân", "cụ"))
_YEAR = re.compile(r"(?:19|20)\d\d")
_HOUSE_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?(?:[/.\-]\d{1,4}[A-Za-z]?){0,4}")
_LETTER = re.compile(r"[IVX]{1,5}|[A-ZĐ]")


def _keyword(line: Line, at: int) -> tuple[str, int] | None:
    tokens = line.tokens
    for length in (3, 2, 1):
        until = at + length
        if until > len(tokens):
            continue
        said = " ".join(token.bare for token in tokens[at:until])
        if said in _KEYWORDS and all(token.is_word for token in tokens[at:until]):
            if (
                length == 1
                and said in _MARKED
                and not line.is_bare
                and tokens[at].small not in _MARKED[said][:1] + _MARKED[said][2:]
            ):
                return None
            return said, until
    return None


def _value(line: Line, said: str, at: int) -> int:
    """Where the value of a part ends that begins at a token; 0 when there is none."""
    at = _without_filler(line, said, at)
    if at >= len(line.tokens):
        return 0
    token = line.tokens[at]
    if token.is_number and _HOUSE_NUMBER.fullmatch(token.text):
        is_day = said in ("duong", "pho") and [one.bare for one in line.tokens[at + 1 : at + 2]] == ["thang"]
        return min(at + 3, len(line.tokens)) if is_day else at + 1
    if not token.is_word:
        return 0
    if said != "nha" and _LETTER.fullmatch(token.text):
        return _lettered(line, said, at)
    return 0 if said in _NUMBERED_ONLY else _named(line, at)


def _without_filler(line: Line, said: str, at: int) -> int:
    """Past a stop, a colon, and 'số' before a number."""
    row = line.tokens[at : at + 1]
    if row and row[0].text in (".", ":") and said not in ("nha", "so"):
        at += 1
    row = line.tokens[at : at + 2]
    return at + 1 if len(row) == 2 and row[0].bare == "so" and row[1].is_number else at


def _lettered(line: Line, said: str, at: int) -> int:
    """'khu B', 'tòa B2', 'lô A 12', 'khu phố III'; in a street or commune a letter begins a name."""
    until = at + 1
    following = line.tokens[until] if until < len(line.tokens) else None
    has_number = following is not None and following.is_number and following.start - line.tokens[at].end <= 1
    if has_number and (said in _NUMBERED_ONLY or said in ("toa", "day", "block", "khu")):
        return until + 1
    if said in ("xa", "duong", "pho", "phuong") or _goes_on(line, until):
        return 0 if said in _NUMBERED_ONLY else _named(line, at)
    return until


def _goes_on(line: Line, at: int) -> bool:
    return (
        at < len(line.tokens)
        and line.tokens[at].has_capital
        and line.joined(line.tokens[at - 1], line.tokens[at])
    )


def _named(line: Line, at: int) -> int:
    """Where a name of a place ends: up to four capitalised words, or up to two small ones before a word that goes on."""
    tokens = line.tokens
    has_capital = tokens[at].has_capital and not line.is_shouted
    most, until = (4, at) if has_capital else (2, at)
    while until < len(tokens) and until - at < most:
        token = tokens[until]
        if until > at and not line.joined(tokens[until - 1], token):
            break
        if has_capital and until > at and token.is_number and until - at == 1:
            return until + 1
        if (
            not token.is_word
            or (has_capital and not token.has_capital)
            or (not has_capital and _is_end(line, until))
        ):
            break
        if (
            until > at
            and _keyword(line, until) is not None
            and (token.bare in _ENDS or _value(line, token.bare, until + 1))
        ):
            break
        until += 1
    return until if until > at else 0


def _is_end(line: Line, at: int) -> bool:
    """Whether a name of a place written small ends before a word."""
    token = line.tokens[at]
    if token.bare not in _ENDS or token.small in _NO_ENDS:
        return False
    return not (line.is_bare and token.bare == "cho" and line.tokens[at - 1].bare == "pho")


def _part(line: Line, at: int) -> tuple[int, Level]:
    """Where the part of an address ends that begins at a token, and how near it comes."""
    found = _keyword(line, at)
    if found is None:
        return 0, Level.NONE
    said, after = found
    until = _value(line, said, after)
    if until and said == "sn" and _YEAR.fullmatch(line.tokens[until - 1].text):
        return 0, Level.NONE
    if not until:
        return 0, Level.NONE
    return until, _KEYWORDS[said]


def _chain(line: Line, at: int) -> tuple[int, Level, int]:
    """Where the parts that follow each other end, the nearest level among them, and how many there are."""
    tokens = line.tokens
    until, nearest, count, place = at, Level.NONE, 0, at
    while place < len(tokens):
        end, level = _part(line, place)
        if not end and count == 0:
            end, level = _bare_number(line, place)
        if not end and count and level is Level.NONE and nearest >= Level.LANE:
            end, level = _street_alone(line, place)
        if not end:
            break
        until, nearest, count = end, max(nearest, level), count + 1
        place = end
        if (
            place < len(tokens)
            and tokens[place].text in (",", "-", ".", "–", ";")
            and tokens[place].start - tokens[place - 1].end <= 1
        ):
            place += 1
        if place < len(tokens) and tokens[place].bare in ("thuoc",):
            place += 1
    return until, nearest, count


def _bare_number(line: Line, at: int) -> tuple[int, Level]:
    """'45/12 hẻm 3', '12 Lê Lợi', '12A/7 đường …': a number that a lane or a street follows."""
    tokens = line.tokens
    if not tokens[at].is_number or not _HOUSE_NUMBER.fullmatch(tokens[at].text) or at + 1 >= len(tokens):
        return 0, Level.NONE
    end, level = _part(line, at + 1)
    is_copies = tokens[at + 1].bare == "ban"
    if end and level in (Level.LANE, Level.STREET, Level.HAMLET) and not is_copies:
        return at + 1, Level.HOUSE
    return (
        (at + 1, Level.HOUSE)
        if "/" in tokens[at].text and _street_alone(line, at + 1)[0]
        else (0, Level.NONE)
    )


def _street_alone(line: Line, at: int) -> tuple[int, Level]:
    """The street after a house number, without its word: two to four capitalised words."""
    tokens = line.tokens
    if at >= len(tokens) or not tokens[at].has_capital or line.is_shouted or tokens[at].is_shouted:
        return 0, Level.NONE
    until = _named(line, at)
    return (until, Level.STREET) if 2 <= until - at <= 4 else (0, Level.NONE)


_STRONG = re.compile(
    r"(?<![^\W_])(?:(?:thuong |tam |cu |dang |hien )?tru(?: tai| o)?|ngu(?: tai| o)?|hktt|ho khau(?: thuong tru)?(?: o| tai)?|noi o(?: hien nay| hien tai)?|que quan|que(?: o| tai)?|nguyen quan|"
    r"(?:dia chi|d/c|dc|đ/c)(?: (?:nha|nha rieng|thuong tru|lien he|nguoi nop|cua (?:toi|em|minh)|o|em|toi|hien tai)){0,2}|cho o(?: hien nay)?|o tro(?: tai| o)?|tro(?: tai| o))\s*(?:la|:|-)?\s*$"
)
_WEAK = re.compile(
    r"(?<![^\W_])(?:(?:(?:toi|em|e|minh|t|tui|chau|con|nha|ho|gia dinh|gd|nguoi|ong|ba|anh|chi|co|chu|bac|cu|di|ban|me|bo|vo|chong|hang xom) (?:toi|em|e|minh|chau|con|no|ay|nay|ta)? ?(?:hien |dang |hien dang |song |deu |cung |van )*(?:o|song|song o|song tai|o tai|tro|tro o)"
    r"|nha (?:toi|em|e|minh|chau|con|tui|ong|ba|anh|chi)(?: la| so| tai)?|(?:toi|em|e|minh|chau|tui)(?: la)?(?: nguoi)? dan(?: o)?|nha rieng|ngo nha (?:em|toi|minh) la|nha)(?: tai)?\s*:?\s*$)"
)
_LIVES_AFTER_NAME = re.compile(
    r"[\s,(\-]{0,3}(?:(?:[^\W\d_]{1,6} (?=o ))?(?:(?:hien |dang )?(?:song |ngu |tru |nha )?(?:o|tai)|nha|tru|ngu)?)(?: tai)?\s{0,2}"
)
_SEAT_AFTER = re.compile(
    r"\s*[(,\-]?\s*(?:la |cua )*(?:tru so|ubnd|uy ban|van phong|cong ty|tru so moi)(?![^\W_])"
)
_OWN_NUMBER = re.compile(r"(?<![^\W_])so nha(?: (?:cua )?(?:em|e|toi|minh|chau|tui))?(?: la)?\s*:?\s*$")
_AN_OFFICES = re.compile(
    r"(?:tru so|ubnd|uy ban|van phong|co quan|cong ty|cty|trung tam|tram y te|cua hang|sieu thi|nha hang|benh vien|buu dien|ngan hang|truong|mot cua|phong giao dich|cay xang)[^.;]{0,32}$"
)
_NO_HOME = re.compile(
    r"(?:dang ky|khai bao|thu tuc|giay|xac nhan|noi|luu|luat|so|doi|cap|ve) (?:thuong |tam |cu )?tru\s*$|(?:viet nam|noi tru)\s*$"
)
_LEFT_OVER = re.compile(
    r"[^.;()\n]{2,80}?(?=[.;()\n]|$|,? (?:so dien thoai|dien thoai|dt|sdt|cccd|cmnd|da|duoc|den|nop|co|ve|la|xin|lam|gui|phan anh|de nghi|hien|thi|bi|ma|chua|muon|khong|hoi|can|dang|a|nhe)\b|, (?:sdt|dt|cccd|toi|em|sn|sinh))"
)
_OF_A_BODY = re.compile(
    r"(?:viet nam|trong nuoc|nuoc ngoai|cuc|so|bo|ubnd|uy ban|trung tam|van phong|phong|cong ty|bo phan|tru so|dia ban|dia phuong|xa nao|dau)\b"
)


def addresses(line: Line, names: list[Span], of_one: list[Span]) -> Iterator[Span]:
    """The addresses of a line; `names` are those found in it, `of_one` all after which an address may follow."""
    tokens = line.tokens
    name_ends = {one.end for one in of_one}
    name_starts = sorted(name.start for name in names)
    in_names = {place for name in names for place in range(name.start, name.end)}
    place = 0
    while place < len(tokens):
        until = _address_at(line, place, name_ends)
        if until:
            yield Span(tokens[place].start, tokens[until - 1].end, Kind.ADDRESS)
            place = until
            continue
        left = None if tokens[place].start in in_names else _left_over(line, place, name_starts)
        if left is None:
            place += 1
            continue
        yield left
        while place < len(tokens) and tokens[place].start < left.end:
            place += 1


def _address_at(line: Line, place: int, name_ends: set[int]) -> int:
    """Where the address ends that begins at a token; 0 when none does."""
    token = line.tokens[place]
    street = _street_at_home(line, place)
    if street:
        return street
    if not (token.is_number or (token.is_word and (token.bare in _FIRST_WORDS))):
        return 0
    if token.bare == "k" or (token.bare.startswith("k") and token.bare[1:].isdigit()):
        return _alley(line, place)
    until, nearest, count = _chain(line, place)
    before = line.before(token.start, 48)
    if not count:
        return (
            place + 1
            if token.is_number and _HOUSE_NUMBER.fullmatch(token.text) and _OWN_NUMBER.search(before)
            else 0
        )
    if _lives(line, token) and not _NO_HOME.search(before):
        return until
    if nearest >= Level.STREET and _WEAK.search(before) and not _AN_OFFICES.search(before):
        return until
    if nearest >= Level.HAMLET and _follows_a_name(line, token, name_ends):
        return until
    if _SEAT_AFTER.match(line.after(line.tokens[until - 1].end)):
        return 0
    if nearest is Level.HOUSE and _is_a_house(line, place, until, count) and not _AN_OFFICES.search(before):
        return until
    return until if _is_a_lane_house(line, place) and not _AN_OFFICES.search(before) else 0


def _lives(line: Line, token: Token) -> bool:
    """Whether a word stands before that says where somebody lives; 'Phạm Ngũ' is none, though it looks like 'ngụ'."""
    before = line.before(token.start, 48)
    if not _STRONG.search(before):
        return False
    is_called_ngu = re.search(r"ngu\s*$", before) is not None and not line.is_bare
    return not is_called_ngu or re.search(r"ngụ\s*$", line.small[: token.start][-48:]) is not None


def _street_at_home(line: Line, place: int) -> int:
    """'nhà tôi 12 Hai Bà Trưng', 'em ở Lê Lợi số 45': a street without its word, where somebody lives."""
    tokens = line.tokens
    token = tokens[place]
    if not (token.is_number or token.has_capital) or line.is_shouted:
        return 0
    until, _level = _street_alone(line, place + token.is_number)
    if not until:
        return 0
    if token.has_capital:
        row = tokens[until : until + 2]
        if len(row) < 2 or row[0].bare != "so" or not row[1].is_number:
            return 0
        until += 2
    elif not _HOUSE_NUMBER.fullmatch(token.text):
        return 0
    before = line.before(token.start, 48)
    return until if _lives(line, token) or _WEAK.search(before) or _BESIDE.search(before) else 0


_BESIDE = re.compile(r"(?<![^\W_])(?:truoc|doi dien|canh|sat|o|tai)(?: cua)?(?: nha| so| so nha| nha so)\s*$")


def _follows_a_name(line: Line, token: Token, name_ends: set[int]) -> bool:
    near = [end for end in range(max(0, token.start - 16), token.start + 1) if end in name_ends]
    return any(_LIVES_AFTER_NAME.fullmatch(line.bare, end, token.start) for end in near)


def _is_a_house(line: Line, place: int, until: int, count: int) -> bool:
    """A number that is surely a door's: by its word, or because a lane or a street follows."""
    tokens = line.tokens
    found = _keyword(line, place)
    said = found[0] if found else ""
    if said in ("so nha", "nha so", "can ho", "can ho so", "sn"):
        return True
    if said in ("nha", "so", "can", "phong", "lo", "", "p"):
        return count > 1 and not (
            said == "so"
            and tokens[place].has_capital is False
            and _NUMBER_OF.search(line.before(tokens[place].start, 24))
        )
    return count > 1 and said in (
        "ngo",
        "ngach",
        "hem",
        "kiet",
        "to",
        "day",
        "toa",
        "tang",
        "block",
        "khu",
        "thon",
        "xom",
        "ap",
    )


_NUMBER_OF = re.compile(
    r"(?:quyet dinh|nghi quyet|cong van|van ban|thong bao|ke hoach|ban an|luat|dieu|xe|tuyen|dien thoai|tai khoan)\s*$"
)


def _is_a_lane_house(line: Line, place: int) -> bool:
    """'hẻm 45/12', 'ngách 3/12': a lane with a door in it."""
    tokens = line.tokens
    return (
        tokens[place].bare in ("hem", "ngach", "kiet", "ngo")
        and place + 1 < len(tokens)
        and "/" in tokens[place + 1].text
        and tokens[place + 1].is_number
    )


def _alley(line: Line, place: int) -> int:
    """'K45/12 Trần Cao Vân', as Đà Nẵng and Huế write it."""
    tokens = line.tokens
    at = place + 1
    if at >= len(tokens) or not tokens[at].is_number or tokens[at].start != tokens[place].end:
        return 0
    street, _level = _street_alone(line, at + 1)
    return street or (at + 1 if "/" in tokens[at].text else 0)


def _left_over(line: Line, place: int, name_starts: list[int]) -> Span | None:
    """What follows 'trú tại', 'địa chỉ:' where no part is known: up to the next sign, if it has a capital or a number."""
    token = line.tokens[place]
    if not (token.is_word or token.is_number):
        return None
    before = line.before(token.start, 40)
    if not _lives(line, token) or _NO_HOME.search(before) or _AN_OFFICES.search(before):
        return None
    match = _LEFT_OVER.match(line.bare, token.start)
    if match is None or _OF_A_BODY.match(match[0]):
        return None
    later = bisect_right(name_starts, match.start())
    end = min([match.end(), *name_starts[later : later + 1]])
    written = line.text[match.start() : end]
    if not (token.has_capital or any(sign.isdigit() for sign in written[:12])) or line.is_shouted:
        return None
    if not re.search(
        r"(?:dia chi|d/c\s*:|dc\s*:|tru|ngu|hktt|que quan|khau|noi o|que)\s*(?:tai|o|la)?\s*:?\s*$", before
    ):
        return None
    return Span(match.start(), match.start() + len(written.rstrip(" ,-")), Kind.ADDRESS)


_FIRST_WORDS = frozenset(said.split()[0] for said in _KEYWORDS)
