"""What comes out of a question: found things as a page shows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dinhlang.org.models import Unit
from dinhlang.portal.models import Promoted
from dinhlang.portal.search import sources
from dinhlang.portal.search.actions import index
from dinhlang.procedures import queries as procedures
from dinhlang.search import Hit, Mark, Question, excerpt, marks

PAGE = 10
# Facets by which a page lets readers narrow what was found, in order.
FACETS = ("kind", "field", "subject")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some of a text, asked for or not."""

    text: str
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A found thing: its title and the part of its text that says why."""

    hit: Hit
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a page of results shows. `pages` counts pages; `facets` are (value, count), the fullest first."""

    rows: tuple[Row, ...]
    total: int
    pages: int
    promoted: tuple[Promoted, ...]
    facets: dict[str, list[tuple[str, int]]]
    meant: str
    loosely: bool
    is_cut: bool


def answer(unit: Unit, typed: str, on: date, *, facets: dict[str, str], page: int = 1) -> Answer:
    """The answer to a question on one body's site: two questions of the database, whatever was asked.

    `page` counts from 1. Words are found without regard to marks; what has them as typed stands first.
    """
    question = Question.of(typed)
    found = index().find(
        question, sites=_sites(unit, on), facets=facets, limit=PAGE, offset=(page - 1) * PAGE
    )
    key = " ".join(question.folded)
    promoted = Promoted.objects.filter(unit=unit, folded=key) if key and page == 1 and not facets else ()
    return Answer(
        rows=tuple(_row(hit, found.words) for hit in _nearest(found.hits, unit)),
        total=found.total,
        pages=-(-found.total // PAGE),
        promoted=tuple(promoted),
        facets={name: _fullest(found.facets.get(name, {})) for name in FACETS},
        meant=found.meant,
        loosely=found.loosely,
        is_cut=question.is_cut,
    )


def suggested(unit: Unit, typed: str, on: date) -> list[Hit]:
    """Things whose title goes on as what was typed so far."""
    return list(index().suggest(typed, sites=_sites(unit, on)))


def _nearest(hits: Sequence[Hit], unit: Unit) -> list[Hit]:
    """The found without a procedure of the body above that the body itself has, where both are on the page."""
    own = sources.catalogue_of(unit.pk)
    has = {hit.place for hit in hits if hit.site == own}
    is_above = [hit.facets.get("kind") == sources.PROCEDURE and hit.site != own for hit in hits]
    return [hit for hit, above in zip(hits, is_above, strict=True) if not (above and hit.place in has)]


def _sites(unit: Unit, on: date) -> list[str]:
    return [unit.pk, *(sources.catalogue_of(one) for one in procedures.catalogue_ids(unit, on))]


def _fullest(counts: dict[str, int] | object) -> list[tuple[str, int]]:
    pairs = counts.items() if isinstance(counts, dict) else ()
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _row(hit: Hit, words: Sequence[str]) -> Row:
    shown, inside = excerpt(hit.text, words)
    return Row(hit, tuple(_pieces(hit.title, marks(hit.title, words))), tuple(_pieces(shown, inside)))


def _pieces(text: str, found: Sequence[Mark]) -> list[Piece]:
    pieces, place = [], 0
    for mark in found:
        pieces += [Piece(text[place : mark.start], False), Piece(text[mark.start : mark.end], True)]
        place = mark.end
    return [piece for piece in [*pieces, Piece(text[place:], False)] if piece.text]
