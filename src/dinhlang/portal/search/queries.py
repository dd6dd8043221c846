"""What comes out of a question: found things as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import DatabaseError

from dinhlang.portal.kept.remembered import values
from dinhlang.portal.models import Promoted
from dinhlang.portal.search import sources
from dinhlang.portal.search.actions import index
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.search import Hit, Mark, Question, excerpt, marks
from dinhlang.search.engine import DEEPEST

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


def answer(site: SiteNow, typed: str, *, facets: Mapping[str, str], page: int = 1) -> Answer:
    """The answer to a question on one site: one question of the database, whatever was asked, and none that must be.

    `page` counts from 1. Words are found without regard to marks; what has them as typed stands first.
    """
    question = Question.of(typed)
    found = index().find(question, sites=_sites(site), facets=facets, limit=PAGE, offset=(page - 1) * PAGE)
    return Answer(
        rows=tuple(_row(hit, found.words) for hit in _nearest(found.hits, site)),
        total=found.total,
        pages=-(-min(found.total, DEEPEST) // PAGE),
        promoted=_promoted(site, question) if page == 1 and not facets else (),
        facets={name: _fullest(found.facets.get(name, {})) for name in FACETS},
        meant=found.meant,
        loosely=found.loosely,
        is_cut=question.is_cut,
    )


def suggested(site: SiteNow, typed: str) -> list[Hit]:
    """Things whose title goes on as what was typed so far."""
    return _nearest(index().suggest(typed, sites=_sites(site)), site)


def _promoted(site: SiteNow, question: Question) -> tuple[Promoted, ...]:
    """What is put first for these words; nothing while the database is away, for the index answers without it.

    What a site puts first is little, and read once for all questions until something changes.
    """
    if not question:
        return ()
    known = values()
    rows: dict[str, tuple[Promoted, ...]] | None = known.get(("promoted", site.pk))
    if rows is None:
        try:
            found = list(Promoted.objects.filter(unit=site.unit_id))
        except DatabaseError:
            return ()
        rows = known["promoted", site.pk] = {
            folded: tuple(one for one in found if one.folded == folded)
            for folded in {one.folded for one in found}
        }
    return rows.get(" ".join(question.folded), ())


def _nearest(hits: Sequence[Hit], site: SiteNow) -> list[Hit]:
    """The found without a procedure of the body above that the body itself has, where both are on the page."""
    own = sources.catalogue_of(site.unit_id)
    has = {hit.place for hit in hits if hit.site == own}
    is_above = [hit.facets.get("kind") == sources.PROCEDURE and hit.site != own for hit in hits]
    return [hit for hit, above in zip(hits, is_above, strict=True) if not (above and hit.place in has)]


def _sites(site: SiteNow) -> list[str]:
    """Whose documents a site finds: its own, and the procedures of the body above."""
    return [site.unit_id, *(sources.catalogue_of(one) for one in (site.unit_id, site.above) if one)]


def _fullest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _row(hit: Hit, words: Sequence[str]) -> Row:
    shown, inside = excerpt(hit.text, words)
    return Row(hit, tuple(_pieces(hit.title, marks(hit.title, words))), tuple(_pieces(shown, inside)))


def _pieces(text: str, found: Sequence[Mark]) -> list[Piece]:
    pieces, place = [], 0
    for mark in found:
        pieces += [Piece(text[place : mark.start], False), Piece(text[mark.start : mark.end], True)]
        place = mark.end
    return [piece for piece in [*pieces, Piece(text[place:], False)] if piece.text]
