"""Rules that are lists of words: `terms.toml` says what is not to be written, since when, and what instead."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from operator import itemgetter
from typing import Any

from dinhlang.officialdoc.check.case import Case, whole
from dinhlang.officialdoc.check.chunks import plain
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.neighbours import Trait, mark
from dinhlang.officialdoc.check.noted import word_kind
from dinhlang.officialdoc.check.pieces import Piece, that_say
from dinhlang.officialdoc.check.registry import Example, Hit, Rule, said
from dinhlang.officialdoc.kept import once
from dinhlang.vietnamese.text import house_style

_WORD = re.compile(r"[^\W\d_]+|\d+")
# Around a word that was right in its time: who speaks of the past says so.
_OF_THE_PAST = re.compile(
    r"(?<!can )\bcu\b(?! tru)|truoc day|truoc khi|sap nhap|hop nhat|giai the|thay the|bai bo|chuyen doi thanh|ket thuc|khong con|sap xep|thay cho|nay la|chuyen tu|khong to chuc|bo cap"
)
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Term:
    """A phrase not to be written. Between its words only spaces may stand, or its own signs."""

    find: str
    write: str | None
    words: tuple[str, ...]
    written: tuple[str, ...]
    signed: bool
    exact: bool = False
    since: date | None = None
    basis: str | None = None
    message: str | None = None
    commune_only: bool = False
    as_basis: bool = False
    unless_next: frozenset[str] = frozenset()
    unless_before: frozenset[str] = frozenset()
    is_body: bool = False


_First = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TermList:
    """One list of terms; where each may stand is looked up for all lists together."""

    id: str
    message: str

    def find(self, case: Case) -> Iterator[Hit]:
        """Every term in every text that is not forgiven there."""
        taken: dict[Piece, int] = {}
        for _, index, _, piece, terms in sorted(_said(case).get(self.id, ()), key=_ORDER):
            if index < taken.get(piece, 0):
                continue
            for term in terms:
                if (
                    _is_asked_of(term, case, piece)
                    and _is_as_written(term, piece, index)
                    and _applies(term, case, piece, index)
                ):
                    end = taken[piece] = index + len(term.words)
                    yield self._hit(term, piece, piece.spans[index][0], piece.spans[end - 1][1])
                    break

    def _hit(self, term: Term, piece: Piece, start: int, end: int) -> Hit:
        quote = piece.text[start:end]
        right = _in_case_of(quote, term.write, exact=term.exact) if term.write else None
        message = (term.message or self.message).format(quote=quote, write=right)
        # Of a basis the day and the subject change with the number, which only a person can do.
        return Hit(piece, start, end, message, None if term.as_basis else right, term.basis)


# The terms of all lists, each with its list, by their first two words and the third; the few of one word by it alone.
_TERMS: dict[_First, dict[str, list[tuple[str, Term]]]] = {}
# The words that are a term of a list by themselves.
_ALONE: set[str] = set()
_ALONE_WORD = word_kind(lambda word: plain(word) in _ALONE)


_Place = tuple[int, int, int, Piece, Sequence[Term]]
_ORDER = itemgetter(0, 1, 2)


@once
def _said(case: Case) -> Mapping[str, Sequence[_Place]]:
    """Where the words of terms stand, by the list: one look at a document serves them all.

    Each place is the number of the piece, that of the word, how many words were looked up, the piece, and the terms.
    """
    found: dict[str, list[_Place]] = defaultdict(list)
    numbers = {piece: number for number, piece in enumerate(case.pieces)}
    for piece, places in case.pairs_with(Trait.BEGINS_TERM).items():
        words = piece.plain
        for index in places:
            by_third = _TERMS[words[index], words[index + 1]]
            # Most words that begin a term go on otherwise.
            if "" in by_third or (index + 2 < len(words) and words[index + 2] in by_third):
                for name, terms in _beginning(by_third, words, index):
                    found[name].append((numbers[piece], index, 2, piece, terms))
    for piece in that_say(_ALONE_WORD, case.pieces):
        for index, word in enumerate(piece.plain):
            for name, terms in _beginning(_TERMS[(word,)], piece.plain, index) if word in _ALONE else ():
                found[name].append((numbers[piece], index, 1, piece, terms))
    return found


def _beginning(
    by_third: Mapping[str, Sequence[tuple[str, Term]]], words: tuple[str, ...], index: int
) -> Iterable[tuple[str, Sequence[Term]]]:
    """Of the terms that begin so, those that stand there, by their lists, the longest first."""
    third = words[index + 2] if index + 2 < len(words) else ""
    found: dict[str, list[Term]] = {}
    for terms in (by_third.get(third), by_third.get("")) if third else (by_third.get(""),):
        for name, term in terms or ():
            if _has_words(term, words, index):
                found.setdefault(name, []).append(term)
    return found.items()


def _has_words(term: Term, words: tuple[str, ...], index: int) -> bool:
    """Whether the words of the term stand there, and none beside them that makes it right."""
    end = index + len(term.words)
    if words[index:end] != term.words:
        return False
    if term.unless_next and (words[end] if end < len(words) else "") in term.unless_next:
        return False
    return not term.unless_before or (words[index - 1] if index else "") not in term.unless_before


def _is_as_written(term: Term, piece: Piece, index: int) -> bool:
    """Whether only spaces stand between the words, or the signs of the term."""
    last = index + len(term.words) - 1
    if term.exact and tuple(piece.written[index : last + 1]) != term.written:
        return False
    spans = piece.spans
    start, end = spans[index][0], spans[last][1]
    if not term.signed and any(piece.text[spans[i][1] : spans[i + 1][0]].strip() for i in range(index, last)):
        return False
    return not term.exact or " ".join(piece.text[start:end].split()) == term.find


def _is_asked_of(term: Term, case: Case, piece: Piece) -> bool:
    """Whether it is wrong in such a document, on its day, in such a piece."""
    if (term.commune_only and case.level is None) or (term.as_basis and piece not in case.opening):
        return False
    return term.since is None or (case.day is not None and case.day >= term.since)


def _applies(term: Term, case: Case, piece: Piece, index: int) -> bool:
    """Whether nobody speaks of the past there."""
    if term.since is None:
        return True
    spans = piece.spans
    last = index + len(term.words) - 1
    cited = case.citation_at(piece, spans[index][0])
    if cited is not None and not (term.as_basis or term.words[0] == "luật"):
        # A document has its name for ever; that its body was gone when it was made cannot be.
        day = whole(cited.reference.date)
        return day is not None and day >= term.since and term.is_body
    start, end = spans[index][0], spans[last][1]
    return not _OF_THE_PAST.search(piece.folded, max(0, start - _NEAR), end + _NEAR)


def _in_case_of(quote: str, text: str, *, exact: bool) -> str:
    if exact:
        return text
    if quote.isupper() and len(quote) > 1:
        return text.upper()
    return text[0].upper() + text[1:] if quote[0].isupper() else text


def _term(entry: Mapping[str, Any], find: str) -> Term:
    words = tuple(house_style(word.lower()) for word in _WORD.findall(find))
    return Term(
        find,
        entry.get("write"),
        words,
        tuple(_WORD.findall(find)),
        bool(re.search(r"[^\w\s]", find)),
        entry.get("exact", False),
        entry.get("since"),
        entry.get("basis"),
        entry.get("message"),
        entry.get("commune_only", False),
        entry.get("as_basis", False),
        frozenset(entry.get("unless_next", ())),
        frozenset(entry.get("unless_before", ())),
        entry.get("is_body", False),
    )


def _rule(table: Mapping[str, Any]) -> Rule:
    terms: list[Term] = [_term({"write": right}, wrong) for wrong, right in table.get("pairs", {}).items()]
    for entry in table.get("term", ()):
        is_body = table["kind"] == FindingKind.ABOLISHED_BODY
        terms += [
            _term({**table.get("all", {}), **entry, "is_body": is_body}, find) for find in entry["find"]
        ]
    for term in sorted(terms, key=lambda one: -len(one.words)):
        third = term.words[2] if len(term.words) > 2 else ""
        _TERMS.setdefault(term.words[:2], {}).setdefault(third, []).append((table["id"], term))
    firsts = {term.words[:2] for term in terms}
    _ALONE.update(first[0] for first in firsts if len(first) == 1)
    mark(((first[0], first[1]) for first in firsts if len(first) > 1), Trait.BEGINS_TERM)
    return Rule(
        table["id"],
        FindingKind(table["kind"]),
        Severity(table["severity"]),
        table["title"],
        TermList(table["id"], table["message"]).find,
        bad=[_example(term, term.find) for term in terms],
        good=[
            *(_example(term, term.write) for term in terms if term.write),
            *(said(text, as_of=date(2026, 1, 5)) for text in table.get("good", ())),
        ],
        basis=table.get("basis"),
        words=[(term.find, term.write, term.since) for term in terms],
    )


def _example(term: Term, text: str) -> Example:
    return said(f"Xã đã làm: {text}.", as_of=term.since)


@cache
def _tables() -> Sequence[Mapping[str, Any]]:
    text = resources.files("dinhlang.officialdoc.check.rules").joinpath("terms.toml").read_text("utf-8")
    tables: Sequence[Mapping[str, Any]] = tomllib.loads(text)["rule"]
    return tables


RULES = tuple(_rule(table) for table in _tables())
