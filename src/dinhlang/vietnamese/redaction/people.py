"""Names of private people: after a word that calls somebody, after a word that a name follows, or by a family name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dinhlang.vietnamese.redaction import offices, words
from dinhlang.vietnamese.redaction.alone import alone, asks_at_the_start, is_here
from dinhlang.vietnamese.redaction.called import after_call, after_cue, after_gift, after_is, call_at
from dinhlang.vietnamese.redaction.family import by_family_name, of_a_people
from dinhlang.vietnamese.redaction.line import Line, Token
from dinhlang.vietnamese.redaction.naming import MOST_WORDS, capitals, is_given, is_placed
from dinhlang.vietnamese.redaction.nicknames import nicknames, whole
from dinhlang.vietnamese.redaction.spans import Kind, Span

# 'quán Bà Tám', 'chùa Ông Bổn' are called so.
_SHOP = re.compile(
    r"(?<![^\W_])(?:quan|tiem|shop|pho|bun|com|chua|den|mieu|dinh|nui|cho|cau|cay|ga|cua hang|ca phe|cafe|nha hang|nha xe|nha thuoc|hieu|nga ba|nga tu|nga nam|"
    r"kenh|rach|doc|deo|bai|hon|dao|cu lao|hang|thac|am|vuon|khu du lich|le hoi|quan nhau|karaoke|tap hoa|sieu thi|tra sua|(?:banh|bun|pho|com|che|chao|xoi|lau|mi|nem|ca phe|hu tieu|quan)(?: \w{1,6})?)\s+$"
)
_ISLET = re.compile(r"(?<![^\W_])cồn\s+$")
_INITIALS = re.compile(r"(?:[A-ZĐ]\.\s?){1,3}([^\W\d_]{2,12})")
_ROLE = re.compile(
    r"(?<![^\W_])(?:cuu chien binh|thuong binh|benh nhan|nan nhan|cong dan|nguoi dan|hoc sinh|hs|chu ho)\s*$"
)


def people(line: Line) -> Iterator[Span]:
    """The names of a line, in order, without those of officials in office, of places, and of history."""
    tokens, place = line.tokens, 0
    while place < len(tokens):
        found = _name_at(line, place) if tokens[place].is_word else None
        if found is None:
            place += 1
            continue
        first, until, is_called = found
        if first < 0:
            place = _next_street(line, until)
            continue
        name = whole(line, Span(tokens[first].start, tokens[until - 1].end, Kind.PERSON))
        is_called = is_called or bool(_ROLE.search(line.before(name.start, 20)))
        if not _is_of_history(tokens[first:until], is_called=is_called) and not offices.in_office(
            line, name.start, name.end
        ):
            yield name
        place = until
        while place < len(tokens) and tokens[place].start < name.end:
            place += 1
        if is_called and (other := _beside(line, place)):
            yield Span(tokens[place + 1].start, tokens[other - 1].end, Kind.PERSON)
            place = other
    yield from nicknames(line)
    for match in _INITIALS.finditer(line.text):
        if (
            match[1][0].isupper()
            and _called_before(line, match.start())
            and not offices.in_office(line, match.start(), match.end())
        ):
            yield Span(match.start(), match.end(), Kind.PERSON)


def _next_street(line: Line, place: int) -> int:
    """Past the street that another one meets: 'đường Phan Đăng Lưu nối Nguyễn Huy Tự'."""
    tokens = line.tokens
    at = place
    if at < len(tokens) and tokens[at].small in ("nối", "giao", "cắt", "noi"):
        at += 1
        at += at < len(tokens) and tokens[at].small in ("với", "vào", "ra", "đường")
        if at < len(tokens) and tokens[at].has_capital:
            return capitals(line, at, MOST_WORDS)
    return place


def _beside(line: Line, place: int) -> int:
    """Where the second name ends of 'hai cháu Kem và Sữa'; 0 when there is none."""
    tokens = line.tokens
    if (
        place + 1 >= len(tokens)
        or tokens[place].small not in ("và", "va", "với", "hoặc", "&", "-", "–")
        or not tokens[place + 1].has_capital
    ):
        return 0
    second = tokens[place + 1]
    following = tokens[place + 2] if place + 2 < len(tokens) else None
    if (
        line.is_shouted
        or second.is_shouted
        or len(second.text) < 2
        or second.small in words.NOT_A_NAME
        or second.small in words.CALLED
    ):
        return 0
    if following is not None and f"{second.bare} {following.bare}" in words.TWO_WORDS:
        return 0
    return capitals(line, place + 1, MOST_WORDS)


_BANK_WORDS = words.words_of(
    "ngan hang nh bank nam a bac vietcombank vcb techcombank tcb mb agribank bidv vietinbank viettin acb sacombank tpbank vpbank vib shb ocb msb hdbank"
)


def beside_numbers(line: Line, numbers: list[Span]) -> Iterator[Span]:
    """A given name alone beside the number of a telephone or an account: 'Minh 0388…', '0912… - Hương', '… MB Hoa'."""
    if line.is_shouted:
        return
    starts = [token.start for token in line.tokens]
    for number in numbers:
        first, last = bisect_left(starts, number.start), bisect_left(starts, number.end)
        before, after = line.tokens[max(0, first - 5) : first], line.tokens[last : last + 8]
        while before and before[-1].text in (":", "-", "(", ",", "–"):
            before.pop()
        row = _given_row(line, before[::-1])[::-1]
        rest = before[: len(before) - len(row)]
        if row and (not rest or not rest[-1].is_word or rest[-1].bare in words.BEFORE_A_CONTACT):
            yield Span(row[0].start, row[-1].end, Kind.PERSON)
        while after and number.kind is Kind.ACCOUNT and _is_of_a_bank(after[0]):
            after.pop(0)
        if after and after[0].text in ("-", "(", ",", "–", "/", "."):
            after.pop(0)
        row = _given_row(line, after)
        if row and (len(after) == len(row) or not after[len(row)].is_word):
            yield Span(row[0].start, row[-1].end, Kind.PERSON)


def _given_row(line: Line, tokens: list[Token]) -> list[Token]:
    """The given names with capitals that a row of tokens begins with, two at most."""
    row: list[Token] = []
    for token in tokens[:2]:
        if not token.has_capital or not is_given(line, token):
            break
        row.append(token)
    return row


def _is_of_a_bank(token: Token) -> bool:
    return token.bare in _BANK_WORDS or token.text in (",", "-", "(", ":")


def _called_before(line: Line, place: int) -> bool:
    words_before = line.small[max(0, place - 12) : place].split()
    return bool(words_before) and words_before[-1] in words.CALLED


def _name_at(line: Line, place: int) -> tuple[int, int, bool] | None:
    """Where the name that is told of from a token on begins and ends, and whether a word calls somebody by it.

    It begins at -1 when it is that of a place.
    """
    of_history = _history_here(line, place)
    if of_history:
        return -1, place + of_history, False
    call = call_at(line, place)
    if call and _is_a_shops(line, place):
        return -1, place + 2, False
    if call:
        named = after_call(line, place, call)
        if named is not None:
            return (*named, True)
    before = line.small[max(0, line.tokens[place].start - 60) : line.tokens[place].start]
    until = by_family_name(line, place, before)
    if until:
        return -1 if is_placed(line, before) else place, until, False
    until = _told_of(line, place, before)
    return (place, until, False) if until else None


def _is_a_shops(line: Line, place: int) -> bool:
    """Whether a shop, a bridge, an isle goes by what calls somebody with a capital: 'quán Bà Tám', 'cồn Ông'."""
    token = line.tokens[place]
    if not token.has_capital or line.is_shouted:
        return False
    islet = _ISLET.search(line.small[max(0, token.start - 5) : token.start])
    return islet is not None or _SHOP.search(line.before(token.start, 20)) is not None


def _told_of(line: Line, place: int, before: str) -> int:
    """Where a name ends that no family name tells, but what stands around it or of which people it is; 0 when there is none."""
    until = after_cue(line, place, before)
    if until and not is_placed(line, before):
        return until
    until = after_is(line, place) or asks_at_the_start(line, place) or is_here(line, place)
    until = until or after_gift(line, place)
    if until:
        return until
    until = alone(line, place) or of_a_people(line, place)
    return 0 if until and is_placed(line, before) else until


def _history_here(line: Line, place: int) -> int:
    """How many words a street's or a hero's name has that begins here, if more than two: 'Lý Thái Tổ' without 'đường'."""
    row = line.tokens[place : place + 4]
    if not row[0].has_capital or _ROLE.search(line.before(row[0].start, 20)):
        return 0
    for length in range(len(row), 2, -1):
        if row[length - 1].has_capital and " ".join(word.bare for word in row[:length]) in words.OF_HISTORY:
            return length
    return 0


def _is_of_history(name: list[Token], *, is_called: bool) -> bool:
    """Those after whom streets are named; a neighbour may be called like one."""
    return not is_called and " ".join(word.bare for word in name) in words.OF_HISTORY
