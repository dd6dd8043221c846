"""What people are called beside their names: 'Tí "sẹo"', '(tức Thoa bún riêu)'."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import BARE_GIVEN, GIVEN
from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.naming import is_given, is_placed
from dinhlang.vietnamese.redaction.spans import Kind, Span

_NICKNAME = re.compile(r"""\s?["“”']([^\W\d_]{1,12}(?: [^\W\d_]{1,12}){0,2})["“”']""")
# 'nó tên là "Cu Nhớt"', '(tức Thoa bún riêu)', and 'Lượm "lác"' with a small word in the marks.
_SAID_NAME = re.compile(
    r"""(?<![^\W_])(?:goi(?: no| han| y)?(?: la)?|ten(?: la)?|biet danh(?: la)?|tuc(?: la)?|nick(?: la)?) ?["“']([^"”']{2,25})["”']"""
)
_SAID_TO_BE = re.compile(
    r"\((?:tuc|tuc la|biet danh|thuong goi|hay goi|goi la|ten khac)(?: la)? ([^)]{2,25})\)"
)
_WITH_MARKS = re.compile(r"""(?<![^\W_])([^\W\d_]{2,7}) ["“']([^\W\d_]{2,6})["”']""")


def nicknames(line: Line) -> Iterator[Span]:
    """Names that quotation marks or brackets tell of, where no other search finds a name."""
    if line.is_shouted:
        return
    for pattern in (_SAID_NAME, _SAID_TO_BE):
        for match in pattern.finditer(line.bare):
            if line.text[match.start(1)].isupper():
                yield Span(match.start(1), match.end(1), Kind.PERSON)
    marked = list(_WITH_MARKS.finditer(line.text))
    starts = [token.start for token in line.tokens] if marked else []
    for match in marked:
        at = bisect_left(starts, match.start())
        if at < len(starts) and starts[at] == match.start() and _is_nicknamed(line, at, match[1], match[2]):
            yield Span(match.start(), match.end(), Kind.PERSON)


def _is_nicknamed(line: Line, at: int, name: str, nickname: str) -> bool:
    token = line.tokens[at]
    if not (name[0].isupper() and name[1:].islower() and nickname.islower() and is_given(line, token)):
        return False
    if token.small in words.NOT_CUED_CAPITALS | words.COMMON | {"đường"}:
        return False
    return not is_placed(line, line.small[max(0, token.start - 60) : token.start])


# Names of saints that Catholics put before their own.
_CHRISTENED = re.compile(
    r"(?<![^\W_])(?:maria|giuse|phero|phaolo|anna|teresa|gioan|gioakim|daminh|dominico|vinh son|matta|lucia|catarina|anton|micae|agata|cecilia|rosa|augustino|phanxico)(?: (?:baotixita|xavie|nguyen))? ?$"
)


def whole(line: Line, name: Span) -> Span:
    """A name with the saint's before it, and with the nickname in quotation marks behind it: 'Maria Tí "sẹo"'."""
    christened = _CHRISTENED.search(line.before(name.start, 24))
    nickname = _NICKNAME.match(line.text, name.end)
    return Span(
        name.start - len(christened[0]) if christened else name.start,
        nickname.end() if nickname else name.end,
        name.kind,
    )


# 'Kwon Ji-hyuk': what a hyphen ties to a name is of it, where it goes on small.
_TIED = re.compile(r"-[^\W\d_]{1,12}(?![^\W_])")


def hyphened(line: Line, names: list[Span]) -> list[Span]:
    """Names of other tongues whole: 'Kwon Ji-hyuk', and 'Jean-Pierre Lê' where both parts were found; 'Thắm-Lực' are two."""
    joined: list[Span] = []
    for name in names:
        start, tied = name.start, _TIED.match(line.text, name.end)
        last = joined[-1] if joined else None
        if last is not None and line.text[last.end : start] == "-" and not _is_vietnamese(line, last):
            start = joined.pop().start
        is_small = tied is not None and tied[0][1:].islower()
        joined.append(replace(name, start=start, end=tied.end() if tied and is_small else name.end))
    return joined


def _is_vietnamese(line: Line, name: Span) -> bool:
    """Whether the last word of a name is a given name of Vietnamese, as written: 'Hans' is no Telex here."""
    return line.small[name.start : name.end].split()[-1] in (BARE_GIVEN if line.is_bare else GIVEN)


# 'tên là "Cu Nhớt"', 'đẻ hồi 11/2023': words that lead to a name or a day and are no part of one.
_LEADS = re.compile(r"(?:(?:là|tên)(?![^\W_])[\s\"“(]*|(?:hồi|hoi)(?= ?[0-9]))+")


def without_leads(line: Line, name: Span) -> Span | None:
    """A name without the words that lead to it; None where nothing else is there."""
    leads = _LEADS.match(line.small, name.start, name.end + 2)
    if leads is None:
        return name
    return replace(name, start=leads.end()) if leads.end() < name.end else None
