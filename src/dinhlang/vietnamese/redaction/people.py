"""Names of private people: after a word that calls somebody, after a word that a name follows, or by a family name."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from dinhlang.vietnamese.redaction import offices, words
from dinhlang.vietnamese.redaction.called import after_call, after_cue, after_is, call_at
from dinhlang.vietnamese.redaction.family import by_family_name, of_a_people
from dinhlang.vietnamese.redaction.line import Line, Token, bare
from dinhlang.vietnamese.redaction.naming import MOST_WORDS, capitals, is_given
from dinhlang.vietnamese.redaction.pairs import is_common
from dinhlang.vietnamese.redaction.spans import Kind, Span

_PLACED = re.compile(rf"(?<!\w)(?:{words.PLACE_WORDS}|số ?\d+\w?(?:/\d+)*)\s*[“\"]?$")
_PLACED_BARE = re.compile(rf"(?<!\w)(?:{words.BARE_PLACE_WORDS}|so ?\d+\w?(?:/\d+)*)\s*[“\"]?$")
# 'quán Bà Tám', 'chùa Ông Bổn' are called so.
_SHOP = re.compile(
    r"(?<![^\W_])(?:quan|tiem|shop|pho|bun|com|chua|den|mieu|dinh|nui|cho|cau|cay|ga|cua hang)\s+$"
)
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
            place = until
            continue
        name = Span(tokens[first].start, tokens[until - 1].end, Kind.PERSON)
        is_called = is_called or bool(_ROLE.search(line.before(name.start, 20)))
        if not _is_of_history(tokens[first:until], is_called=is_called) and not offices.in_office(
            line, name.start, name.end
        ):
            yield name
        place = until
        if is_called and (other := _beside(line, place)):
            yield Span(tokens[place + 1].start, tokens[other - 1].end, Kind.PERSON)
            place = other
    for match in _INITIALS.finditer(line.text):
        if (
            match[1][0].isupper()
            and _called_before(line, match.start())
            and not offices.in_office(line, match.start(), match.end())
        ):
            yield Span(match.start(), match.end(), Kind.PERSON)


def _beside(line: Line, place: int) -> int:
    """Where the second name ends of 'hai cháu Kem và Sữa'; 0 when there is none."""
    tokens = line.tokens
    if (
        place + 1 >= len(tokens)
        or tokens[place].small not in ("và", "va", "với", "&", "-")
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


def beside_phones(line: Line, phones: list[Span]) -> Iterator[Span]:
    """A given name that stands alone beside a telephone number: 'Minh 0388…', '0912… - Hương'."""
    starts = [token.start for token in line.tokens]
    for phone in phones:
        first, last = bisect_left(starts, phone.start), bisect_left(starts, phone.end)
        before, after = line.tokens[max(0, first - 5) : first], line.tokens[last : last + 4]
        while before and before[-1].text in (":", "-", "(", ",", "–"):
            before.pop()
        row: list[Token] = []
        while (
            before
            and before[-1].has_capital
            and is_given(line, before[-1])
            and len(row) < 2
            and not line.is_shouted
        ):
            row.insert(0, before.pop())
        if row and (not before or not before[-1].is_word or before[-1].bare in words.BEFORE_A_CONTACT):
            yield Span(row[0].start, row[-1].end, Kind.PERSON)
        if (after and after[0].text in ("-", "(", ",", "–", "/")) or (after and after[0].has_capital):
            if not after[0].is_word:
                after.pop(0)
            row = []
            while (
                after
                and after[0].has_capital
                and is_given(line, after[0])
                and len(row) < 2
                and not line.is_shouted
            ):
                row.append(after.pop(0))
            if row and (not after or not after[0].is_word):
                yield Span(row[0].start, row[-1].end, Kind.PERSON)


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
    if (
        call
        and line.tokens[place].has_capital
        and not line.is_shouted
        and _SHOP.search(line.before(line.tokens[place].start, 12))
    ):
        return -1, place + 2, False
    if call:
        named = after_call(line, place, call)
        if named is not None:
            return (*named, True)
    before = line.small[max(0, line.tokens[place].start - 60) : line.tokens[place].start]
    until = by_family_name(line, place, before)
    if until:
        return -1 if _is_placed(line, before) else place, until, False
    until = after_cue(line, place, before)
    if until and not _is_placed(line, before):
        return place, until, False
    until = after_is(line, place)
    if until:
        return place, until, False
    until = _asks_at_the_start(line, place)
    if until:
        return place, until, False
    until = of_a_people(line, place)
    if until and not _is_placed(line, before):
        return place, until, False
    return None


def _asks_at_the_start(line: Line, place: int) -> int:
    """'thanh hà xin hỏi': two given names at the start, and what they ask; 0 when they are none."""
    row = line.tokens[:3]
    if place or len(row) < 3 or line.is_bare or row[2].bare not in ("xin", "hoi", "gui"):
        return 0
    is_name = is_given(line, row[0]) and is_given(line, row[1]) and line.joined(row[0], row[1])
    return 2 if is_name and not is_common(line, row[0], row[1]) else 0


def _history_here(line: Line, place: int) -> int:
    """How many words a street's or a hero's name has that begins here, if more than two: 'Lý Thái Tổ' without 'đường'."""
    row = line.tokens[place : place + 4]
    if not row[0].has_capital or _ROLE.search(line.before(row[0].start, 20)):
        return 0
    for length in range(len(row), 2, -1):
        if row[length - 1].has_capital and " ".join(word.bare for word in row[:length]) in words.OF_HISTORY:
            return length
    return 0


def _is_placed(line: Line, before: str) -> bool:
    """Whether a place, a school, a firm goes by the name that follows."""
    if _PLACED.search(before):
        return True
    return line.is_bare and bool(_PLACED_BARE.search(bare(before)))


def _is_of_history(name: list[Token], *, is_called: bool) -> bool:
    """Those after whom streets are named; a neighbour may be called like one."""
    return not is_called and " ".join(word.bare for word in name) in words.OF_HISTORY
