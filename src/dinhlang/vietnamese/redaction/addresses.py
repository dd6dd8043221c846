"""Where people live, down to the house: after a word that says so, after their name, or by a house number."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from dinhlang.vietnamese.redaction.address_parts import (
    FIRST_WORDS,
    HOUSE_NUMBER,
    Level,
    chain,
    keyword,
    street_alone,
)
from dinhlang.vietnamese.redaction.line import Line, Token
from dinhlang.vietnamese.redaction.spans import Kind, Span

_STRONG = re.compile(
    r"(?<![^\W_])(?:(?:thuong |tam |cu |dang |hien )?song (?:o|tai)|(?:thuong |tam |cu |dang |hien )?tru(?: tai| o)?|ngu(?: tai| o)?|hktt|ho khau(?: thuong tru)?(?: o| tai)?|noi o(?: hien nay| hien tai)?|que quan|que(?: o| tai)?|nguyen quan|"
    r"(?:dia chi|d/c|dc|đ/c)(?: (?:nha|nha rieng|thuong tru|lien he|nguoi nop|cua (?:toi|em|minh)|o|em|toi|hien tai)){0,2}|cho o(?: hien nay)?|o tro(?: tai| o)?|tro(?: tai| o))\s*(?:la|:|-)?\s*$"
)
_WEAK = re.compile(
    r"(?<![^\W_])(?:(?:(?:toi|em|e|minh|t|tui|chau|con|nha|ho|gia dinh|gd|nguoi|ong|ba|anh|chi|co|chu|bac|cu|di|ban|me|bo|vo|chong|hang xom) (?:toi|em|e|minh|chau|con|no|ay|nay|ta)? ?(?:hien |dang |hien dang |song |deu |cung |van )*(?:o|song|song o|song tai|o tai|tro|tro o)"
    r"|cho (?:toi|em|e|minh|tui) (?:la|o)|nha (?:toi|em|e|minh|chau|con|tui|ong|ba|anh|chi)(?: la| so| tai)?|(?:toi|em|e|minh|chau|tui)(?: la)?(?: nguoi)? dan(?: o)?|nha rieng|ngo nha (?:em|toi|minh) la|nha)(?: tai)?\s*:?\s*$)"
)
_LIVES_AFTER_NAME = re.compile(
    r"[\s,()\-]{0,3}(?:(?:[^\W\d_]{1,6} (?=o ))?(?:(?:hien |dang )?(?:song |ngu |tru |nha )?(?:o|tai)|nha|tru|ngu)?)(?: tai)?\s{0,2}"
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
# ', cạnh suối', ', sau lưng bệnh viện': what stands beside a home belongs to where it is, up to the next sign.
_LANDMARK = re.compile(
    r"(,? (?:ben canh|canh|gan|sau lung|dang sau|phia sau|sau|phia truoc|truoc cua|doi dien|ke ben|sat ben|sat|bo|cuoi|dau|dinh|chan|nha)(?! (?:day|nay|do|kia|khi|luc|nhu|nam|thang|ngay))"
    r"(?: [^\W_]{1,9}){1,5}(?<! (?:bi|da|la|co)))(?= ?[,.;:!?()]| ?$)"
)
_OF_A_BODY = re.compile(
    r"(?:viet nam|trong nuoc|nuoc ngoai|cuc|so|bo|ubnd|uy ban|trung tam|van phong|phong|cong ty|bo phan|tru so|dia ban|dia phuong|xa nao|dau)\b"
)

_SEAT_BEFORE = re.compile(r"(?<![^\W_])tru so(?: moi| chinh| cu)?(?: o| tai| la)?\s*:?\s*$")


def is_a_seat(line: Line, start: int) -> bool:
    """Whether what begins there is where an office or a firm has its seat: 'địa chỉ trụ sở: số 5 phố Chợ'."""
    return _SEAT_BEFORE.search(line.before(start)) is not None


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
            end = tokens[until - 1].end
            beside = _LANDMARK.match(line.bare, end)
            yield Span(tokens[place].start, beside.end(1) if beside else end, Kind.ADDRESS)
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
    if not (_is_a_door(line, place) if token.is_number else token.is_word and token.bare in FIRST_WORDS):
        return 0
    if token.bare == "k" or (token.bare.startswith("k") and token.bare[1:].isdigit()):
        return _alley(line, place)
    until, nearest, count = chain(line, place)
    before = line.before(token.start, 48)
    if not count:
        return (
            place + 1
            if token.is_number and HOUSE_NUMBER.fullmatch(token.text) and _OWN_NUMBER.search(before)
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


_ALIKE = re.compile(r"(?:ngu|tru|song)(?: tai| o)?\s*$")
_ALIKE_MARKED = re.compile(r"(?:ngụ|trú|tru|sống)(?: tại| ở| tai| o)?\s*$")


def _is_a_door(line: Line, at: int) -> bool:
    """Whether a number may be a door's: in 'ngõ 12 phố Chợ' it is the lane's."""
    before = line.tokens[at - 1] if at else None
    return before is None or not (before.small in _LANES or (line.is_bare and before.bare in _BARE_LANES))


_LANES = frozenset(("ngõ", "ngách", "hẻm", "kiệt", "ngo", "ngach", "hem", "kiet"))
_BARE_LANES = frozenset(("ngo", "ngach", "hem", "kiet"))


def _lives(line: Line, token: Token) -> bool:
    """Whether a word stands before that says where somebody lives; 'Phạm Ngũ' and 'thuốc trừ' are none, though they look like it."""
    before = line.before(token.start, 48)
    if not _STRONG.search(before):
        return False
    written = line.small[max(0, token.start - 48) : token.start]
    said = _ALIKE.search(before)
    return said is None or line.is_bare or _ALIKE_MARKED.search(written) is not None


def _street_at_home(line: Line, place: int) -> int:
    """'nhà tôi 12 Hai Bà Trưng', 'em ở Lê Lợi số 45': a street without its word, where somebody lives."""
    tokens = line.tokens
    token = tokens[place]
    if not (token.is_number or token.has_capital) or line.is_shouted:
        return 0
    until, _level = street_alone(line, place + token.is_number)
    if not until:
        return 0
    if token.has_capital:
        row = tokens[until : until + 2]
        if len(row) < 2 or row[0].bare != "so" or not row[1].is_number:
            return 0
        until += 2
    elif not HOUSE_NUMBER.fullmatch(token.text):
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
    found = keyword(line, place)
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
    street, _level = street_alone(line, at + 1)
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
