"""The parts that an address is made of, and the chain they form: 'số nhà 12, ngõ 5, đường Lê Lợi, phường Hạ Mộc'."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import IntEnum

from dinhlang.vietnamese.redaction.line import Line, Link


class Level(IntEnum):
    """How near a part of an address comes to a door."""

    NONE = 0
    WIDE = 1
    STREET = 2
    HAMLET = 3
    LANE = 4
    HOUSE = 5


# Without marks; the longest first. What may stand after 'số' too.
KEYWORDS = {
    "so nha": Level.HOUSE, "nha so": Level.HOUSE, "can ho so": Level.HOUSE, "can ho": Level.HOUSE, "phong so": Level.HOUSE,
    "khu tai dinh cu": Level.HAMLET, "khu nha tro": Level.HAMLET, "day nha tro": Level.LANE, "day tro": Level.LANE, "khu tro": Level.HAMLET,
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
    dat ngoai tren duoi giua kia ta thuoc noi sap dung lap cap bien xe nen sao chan ban
"""
_ENDS = frozenset(_ENDS_TABLE.split())
# With their marks these are names: 'phố chợ', 'thôn đình', 'xóm hồ'.
_NO_ENDS = frozenset(("chợ", "đình", "hồ", "thổ", "đồi", "quán", "lăng", "hạ", "tân", "cụ", "đạt"))
_YEAR = re.compile(r"(?:19|20)\d\d")
HOUSE_NUMBER = re.compile(r"\d{1,4}[A-Za-z]?(?:[/.\-]\d{1,4}[A-Za-z]?){0,4}")
_LETTER = re.compile(r"[IVX]{1,5}|[A-ZĐ]")


def keyword(line: Line, at: int) -> tuple[str, int] | None:
    tokens = line.tokens
    for length in (4, 3, 2, 1):
        until = at + length
        if until > len(tokens):
            continue
        said = " ".join(token.bare for token in tokens[at:until])
        if said in KEYWORDS and all(token.is_word for token in tokens[at:until]):
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
    return _value_by(_named, line, said, at)


def _has_value(line: Line, said: str, at: int) -> bool:
    """Whether a part has a value that begins at a token. A name is not read to its end: each word of one asks this of the next,
    and 'Làng Làng Làng …' would be read to its end at each word."""
    return _value_by(_begun, line, said, at) > 0


_Naming = Callable[[Line, int], int]


def _value_by(named: _Naming, line: Line, said: str, at: int) -> int:
    at = _without_filler(line, said, at)
    if at >= len(line.tokens):
        return 0
    token = line.tokens[at]
    if token.is_number and HOUSE_NUMBER.fullmatch(token.text):
        is_day = said in ("duong", "pho") and [one.bare for one in line.tokens[at + 1 : at + 2]] == ["thang"]
        return min(at + 3, len(line.tokens)) if is_day else at + 1
    if not token.is_word:
        return 0
    if said != "nha" and _LETTER.fullmatch(token.text):
        return _lettered(named, line, said, at)
    if said == "buon" and not (token.has_capital or line.is_bare):
        # 'buôn lậu', 'buôn ma túy'
        return 0
    return 0 if said in _NUMBERED_ONLY else named(line, at)


def _without_filler(line: Line, said: str, at: int) -> int:
    """Past a stop, a colon, and 'số' before a number."""
    row = line.tokens[at : at + 1]
    if row and row[0].text in (".", ":") and said not in ("nha", "so"):
        at += 1
    row = line.tokens[at : at + 2]
    return at + 1 if len(row) == 2 and row[0].bare == "so" and row[1].is_number else at


def _lettered(named: _Naming, line: Line, said: str, at: int) -> int:
    """'khu B', 'tòa B2', 'lô A 12', 'khu phố III'; in a street or commune a letter begins a name."""
    until = at + 1
    following = line.tokens[until] if until < len(line.tokens) else None
    has_number = following is not None and following.is_number and following.start - line.tokens[at].end <= 1
    if has_number and (said in _NUMBERED_ONLY or said in ("toa", "day", "block", "khu")):
        return until + 1
    if said in ("xa", "duong", "pho", "phuong") or _goes_on(line, until):
        return 0 if said in _NUMBERED_ONLY else named(line, at)
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
        if has_capital and until > at and token.is_number and len(token.text) < 4:
            return until + 1 if until - at == 1 or _ends_here(line, until + 1) else until
        if (
            not token.is_word
            or (has_capital and not token.has_capital)
            or (not has_capital and _is_end(line, until))
        ):
            break
        if (
            until > at
            and keyword(line, until) is not None
            and (token.bare in _ENDS or _has_value(line, token.bare, until + 1))
        ):
            break
        until += 1
    return until if until > at else 0


def _begun(line: Line, at: int) -> int:
    """As `_named`, only as far as the first word of the name."""
    token = line.tokens[at]
    has_capital = token.has_capital and not line.is_shouted
    return at + 1 if token.is_word and (has_capital or not _is_end(line, at)) else 0


def _ends_here(line: Line, at: int) -> bool:
    """Whether a sign follows, or nothing: 'ấp Thạnh Mỹ 2, …', not 'ấp Thạnh Mỹ 2 hộ'."""
    return at >= len(line.tokens) or not line.tokens[at].is_word


def _is_end(line: Line, at: int) -> bool:
    """Whether a name of a place written small ends before a word."""
    token = line.tokens[at]
    if token.bare not in _ENDS or token.small in _NO_ENDS:
        return False
    return not (line.is_bare and token.bare == "cho" and line.tokens[at - 1].bare == "pho")


def _part(line: Line, at: int) -> tuple[int, Level]:
    """Where the part of an address ends that begins at a token, and how near it comes."""
    found = keyword(line, at)
    if found is None:
        return 0, Level.NONE
    said, after = found
    until = _value(line, said, after)
    if until and said == "sn" and _YEAR.fullmatch(line.tokens[until - 1].text):
        return 0, Level.NONE
    if not until:
        return 0, Level.NONE
    return until, KEYWORDS[said]


def chain(line: Line, at: int) -> tuple[int, Level, int]:
    """Where the parts that follow each other end, the nearest level among them, and how many there are."""
    # What follows a place is the same for each chain that comes by, so it is kept: a line of a thousand parts is read once.
    passed: list[tuple[Link, int]] = []
    here: Link = (at, Level.NONE, Level.NONE)
    while (rest := line.chains.get(here)) is None:
        place, nearest, last = here
        end, level = (
            _part_in_chain(line, place, nearest, last) if place < len(line.tokens) else (0, Level.NONE)
        )
        if not end:
            rest = line.chains[here] = (0, nearest, 0)
            break
        passed.append((here, end))
        here = (_past_a_sign(line, end), max(nearest, level), level)
    until, nearest, count = rest
    for link, end in reversed(passed):
        until, count = until or end, count + 1
        line.chains[link] = (until, nearest, count)
    return until or at, Level(nearest), count


def _part_in_chain(line: Line, place: int, nearest: int, last: int) -> tuple[int, Level]:
    """As `_part`, after parts of which one came so near and the last was of that level; both are NONE for the first."""
    end, level = _part(line, place)
    if end and last == Level.WIDE and level is Level.STREET and not line.tokens[end - 1].has_capital:
        # 'tỉnh Quảng Nam, đường vào xóm chưa có': the address is over.
        return 0, Level.NONE
    if end:
        return end, level
    if last == Level.NONE:
        return _bare_number(line, place)
    return street_alone(line, place) if nearest >= Level.LANE else (0, Level.NONE)


def _past_a_sign(line: Line, place: int) -> int:
    """Past a comma and 'thuộc', which part what belongs together."""
    tokens = line.tokens
    if (
        place < len(tokens)
        and tokens[place].text in (",", "-", ".", "–", ";")
        and tokens[place].start - tokens[place - 1].end <= 1
    ):
        place += 1
    return place + 1 if place < len(tokens) and tokens[place].bare == "thuoc" else place


def _bare_number(line: Line, at: int) -> tuple[int, Level]:
    """'45/12 hẻm 3', '12 Lê Lợi', '12A/7 đường …': a number that a lane or a street follows."""
    tokens = line.tokens
    if not tokens[at].is_number or not HOUSE_NUMBER.fullmatch(tokens[at].text) or at + 1 >= len(tokens):
        return 0, Level.NONE
    end, level = _part(line, at + 1)
    is_copies = tokens[at + 1].bare == "ban"
    if end and level in (Level.LANE, Level.STREET, Level.HAMLET) and not is_copies:
        return at + 1, Level.HOUSE
    return (
        (at + 1, Level.HOUSE) if "/" in tokens[at].text and street_alone(line, at + 1)[0] else (0, Level.NONE)
    )


def street_alone(line: Line, at: int) -> tuple[int, Level]:
    """The street after a house number, without its word: two to four capitalised words."""
    tokens = line.tokens
    if at >= len(tokens) or not tokens[at].has_capital or line.is_shouted or tokens[at].is_shouted:
        return 0, Level.NONE
    until = _named(line, at)
    return (until, Level.STREET) if 2 <= until - at <= 4 else (0, Level.NONE)


FIRST_WORDS = frozenset(said.split()[0] for said in KEYWORDS)
