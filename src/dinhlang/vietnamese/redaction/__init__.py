"""Personal data in a line of text: what must not stand on a public page before someone has looked.

Names of private people, telephone numbers, numbers of papers, accounts and cars, addresses, days of birth, and codes that
lead to somebody. Officials in their office ("Chủ tịch UBND xã …"), bodies, and those after whom streets and schools are named
are not personal. How spans are drawn and why: docs/redaction.md.

It errs on the side of finding: what it finds is hidden until a person decides, what it misses is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from dinhlang.vietnamese.redaction import addresses, codes, health, nicknames, numbers, offices, pairs, people
from dinhlang.vietnamese.redaction.likely import Likely, likely
from dinhlang.vietnamese.redaction.line import Line
from dinhlang.vietnamese.redaction.spans import Kind, Span
from dinhlang.vietnamese.text import nfc

__all__ = ["LONGEST_LINE", "Kind", "Span", "is_personal", "spans"]

LONGEST_LINE = 20_000
"""A longer line is looked at in pieces of this length: a title has 500 characters, a paragraph a few thousand."""


def spans(line: str, *, is_official: bool = False) -> tuple[Span, ...]:
    """The personal data of a line, in order, none overlapping. Takes any normal form; counts in NFC.

    `is_official` says that an office wrote it: hardly anybody private is named there, so less is taken for a name.
    """
    text = nfc(line)
    if len(text) <= LONGEST_LINE:
        return tuple(_apart(text, is_official))
    found: list[Span] = []
    for start in range(0, len(text), LONGEST_LINE):
        piece = text[start : start + LONGEST_LINE]
        found += [Span(one.start + start, one.end + start, one.kind) for one in _apart(piece, is_official)]
    return tuple(found)


def is_personal(text: str, *, is_official: bool = False) -> bool:
    """Whether anything personal is found in the text, which may have several lines; `is_official` as for `spans`."""
    return any(spans(line, is_official=is_official) for line in text.splitlines())


_UNSEEN = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


def _apart(text: str, is_official: bool) -> Iterator[Span]:
    """What was found, the surer kind first where two would overlap, in the order of the text."""
    # Signs that cannot be seen must not part a name or a number from what it is.
    if _UNSEEN.isdisjoint(text):
        yield from sorted(_found(Line(text), is_official))
        return
    kept = [place for place, sign in enumerate(text) if sign not in _UNSEEN]
    for span in sorted(_found(Line("".join(text[place] for place in kept)), is_official)):
        yield Span(kept[span.start], kept[span.end - 1] + 1, span.kind)


def _found(line: Line, is_official: bool) -> list[Span]:
    taken = _Taken(len(line.text))
    for search in _SURE:
        taken.take(search(line))
    guess = likely(line, _LEAN_OFFICIAL if is_official else _LEAN)
    names = _names(line, taken, guess)
    taken.take(codes.births_after(line, names))
    taken.take(_homes(line, taken, guess, names, is_official))
    taken.take(names)
    ills = [
        ill
        for ill in health.health(line, names)
        if guess.speaks_for(ill) >= _LEAST or health.is_sure(line, ill)
    ]
    if not is_official:
        taken.take(guess.of(Kind.BIRTH_DATE))
        ills += guess.of(Kind.OTHER)
    taken.take(_together(ills))
    taken.take(codes.pages(line))
    return taken.spans


def _homes(line: Line, taken: _Taken, guess: Likely, names: list[Span], is_official: bool) -> list[Span]:
    """Addresses by the rules, where the weights do not speak against them, and by the weights."""
    ruled = addresses.addresses(line, names, [*names, *(one for one in taken.spans if one.kind in _OF_ONE)])
    homes = [home for home in ruled if guess.speaks_for(home) >= _LEAST_HOME]
    # An office says where it met and posted: only what a rule calls a home is one there.
    if not is_official:
        homes += [
            one
            for one in guess.of(Kind.ADDRESS)
            if taken.is_free(one) and not addresses.is_a_seat(line, one.start)
        ]
    return _joined(line, _together(homes))


# How much is added to what is likely personal, and how unlikely a name or an ill by the rules may be. By measurement: docs/redaction.md.
_LEAN = {Kind.PERSON: 150, Kind.ADDRESS: 90, Kind.OTHER: 60, Kind.BIRTH_DATE: 40}
_LEAN_OFFICIAL = {Kind.PERSON: 20, Kind.ADDRESS: 20, Kind.OTHER: 0, Kind.BIRTH_DATE: 0}
_LEAST, _LEAST_HOME = 0, -5
# What stands between a name and an address: 'chị Thu, sn 1993, thôn Thượng'.
_OF_ONE = (Kind.BIRTH_DATE, Kind.PHONE, Kind.ID_NUMBER)
_SURE = (
    codes.mail,
    codes.machines,
    codes.cases,
    codes.quoted_pages,
    numbers.lettered,
    numbers.plates,
    codes.moon_births,
    codes.births,
    numbers.numbers,
    codes.coded,
)


def _names(line: Line, taken: _Taken, guess: Likely) -> list[Span]:
    """Names by the rules, where the weights do not speak against them, and by the weights, where no rule speaks against those."""
    ruled = [name for name in people.people(line) if taken.is_free(name)]
    ruled += people.beside_numbers(
        line, [one for one in taken.spans if one.kind in (Kind.PHONE, Kind.ACCOUNT)]
    )
    guessed = [
        nicknames.whole(line, one)
        for one in guess.of(Kind.PERSON)
        if taken.is_free(one)
        and not offices.in_office(line, one.start, one.end)
        and not numbers.is_a_bank(line, one.start, one.end)
    ]
    names = [*(name for name in ruled if guess.speaks_for(name) >= _LEAST), *guessed]
    names = [name for name in names if not (codes.is_a_moon_year(line, name) or pairs.is_over(line, name))]
    return nicknames.hyphened(
        line, _together([name for led in names if (name := nicknames.without_leads(line, led))])
    )


def _together(found: list[Span]) -> list[Span]:
    """In order; where two overlap, one that covers both."""
    joined: list[Span] = []
    for one in sorted(found):
        if joined and one.start < joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


_BETWEEN_PARTS = re.compile(r",? ?|,? ?- ?")


def _joined(line: Line, homes: list[Span]) -> list[Span]:
    """Addresses that only a comma parts are one: 'phòng 12 nhà trọ, số 77/5 ấp Đông'."""
    joined: list[Span] = []
    for home in homes:
        if joined and _BETWEEN_PARTS.fullmatch(line.bare, joined[-1].end, home.start):
            joined[-1] = replace(joined[-1], end=home.end)
        else:
            joined.append(home)
    return joined


class _Taken:
    """Spans that do not overlap: who comes first keeps its place."""

    def __init__(self, length: int) -> None:
        self.spans: list[Span] = []
        self._covered = bytearray(length)

    def is_free(self, span: Span) -> bool:
        return self._covered.find(1, span.start, span.end) < 0

    def take(self, found: Iterable[Span]) -> None:
        for span in found:
            if span.start < span.end and self.is_free(span):
                self.spans.append(span)
                self._covered[span.start : span.end] = b"\1" * (span.end - span.start)
