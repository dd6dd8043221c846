"""Whose catalogues a site shows, and what its pages need of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from weakref import WeakKeyDictionary

from django.db.models import OuterRef, Q, Subquery

from dinhlang.org.models import Unit
from dinhlang.portal.catalogue.wording import in_todays_words
from dinhlang.portal.kept.recording import note
from dinhlang.portal.news.gathered import all_of, moment_of
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.registry import Registry, SiteNow
from dinhlang.portal.sites.rules import slug
from dinhlang.procedures import queries as procedures
from dinhlang.procedures import rules
from dinhlang.procedures.models import Event, Version
from dinhlang.procedures.queries import LifeEvent, Page
from dinhlang.procedures.rules import Difference, Sheet
from dinhlang.vietnamese.text import collation_key

# Whose catalogues a site shows goes by the tree of units: it is asked once as long as the sites are in memory.
_above: WeakKeyDictionary[Registry, dict[tuple[str, date], list[str]]] = WeakKeyDictionary()
OTHER = "khac"
MOST_ITEMS = 5


def ids_of(site: SiteNow, on: date) -> list[str]:
    """The units whose catalogues the site shows, its own first. Notes that the page shows them."""
    known = _above.setdefault(registry.now(), {})
    ids = known.get((site.unit_id, on))
    if ids is None:
        ids = procedures.catalogue_ids(Unit.objects.get(pk=site.unit_id), on)
        known[(site.unit_id, on)] = ids
    # The site too: what has no frame (tables, feeds) must also move when the site does.
    note(f"site:{site.pk}", *(f"procedures:{one}" for one in ids))
    return ids


def standing(site: SiteNow, on: date) -> list[Version]:
    """What stands in the site's catalogue. One question."""
    return list(procedures.standing_versions(Unit(pk=site.unit_id), on, ids=ids_of(site, on)))


def has_any(site: SiteNow, on: date) -> bool:
    """Whether the site has procedures to show at all."""
    return procedures.catalogue(Unit(pk=site.unit_id), on, ids=ids_of(site, on)).exists()


def with_sheets(site: SiteNow, on: date) -> Iterator[tuple[str, Sheet]]:
    """(code, sheet) of what stands, in order of the code."""
    found = procedures.standing_versions(Unit(pk=site.unit_id), on, ids=ids_of(site, on))
    for one in found.defer(None).defer("folded").order_by("procedure__code"):
        yield one.procedure.code, in_todays_words(rules.from_json(one.sheet))


def by_field(versions: Sequence[Version]) -> list[tuple[str, str, list[Version]]]:
    """(slug, field, its procedures) of a catalogue, in the order of the dictionary; without a field they come last."""
    found: dict[str, list[Version]] = {}
    for one in versions:
        found.setdefault(one.field, []).append(one)
    ordered = sorted(found.items(), key=lambda row: (not row[0], collation_key(row[0])))
    return [(slug(field) or OTHER, field, rows) for field, rows in ordered]


def of_event(site: SiteNow, on: date, event: LifeEvent, answers: Sequence[int | None]) -> list[Version]:
    """What stands of an event's procedures once its questions are answered so. One question."""
    return procedures.standing_in_order(
        Unit(pk=site.unit_id), on, procedures.narrowed(event, answers), ids=ids_of(site, on)
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """A version that is not the shown one, with what it changed against the one before it."""

    version: Version
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A procedure's page with its history: what the shown version changed, what comes, what was."""

    page: Page
    news: tuple[Difference, ...]
    coming: Sequence[Turn]
    before: Sequence[Turn]


@dataclass(frozen=True, slots=True)
class Told:
    """An article of the site about a procedure."""

    slug: str
    column: str
    title: str
    published_at: datetime


def story(site: SiteNow, code: str, on: date, *, with_items: bool = False) -> Story | None:
    """Everything about one procedure, in two questions; `None` for one the site does not have.

    `with_items` asks, in the same questions, for the articles that `items_about` then tells.
    """
    beside = {"told": _items_about(site)} if with_items else {}
    found = procedures.page(Unit(pk=site.unit_id), code, on, ids=ids_of(site, on), beside=beside)
    if found is None:
        return None
    note(f"procedure:{found.code}")
    in_order = [*reversed(found.before), found.version, *found.coming]
    sheets = [in_todays_words(rules.from_json(one.sheet)) for one in in_order]
    turns = {
        version.pk: Turn(version, rules.differences(sheets[number - 1], sheets[number]) if number else ())
        for number, version in enumerate(in_order)
    }
    return Story(
        replace(found, sheet=in_todays_words(found.sheet)),
        turns[found.version.pk].differences,
        [turns[one.pk] for one in found.coming],
        [turns[one.pk] for one in found.before],
    )


def _items_about(site: SiteNow) -> Subquery:
    """The site's articles about the procedure of a version: about any version of it, or a decision that names it."""
    decisions = Event.objects.filter(procedure=OuterRef(OuterRef("procedure")), decision__isnull=False)
    told = newsroom.published(Unit(pk=site.unit_id)).filter(
        Q(procedure_version__procedure=OuterRef("procedure")) | Q(decision__in=decisions.values("decision")),
        column__isnull=False,
    )
    return all_of(told, pk="pk", slug="slug", column="column__slug", title="shown__title", at="published_at")


def items_about(story: Story) -> list[Told]:
    """The site's articles about a procedure that was asked for `with_items`, newest first."""
    found = story.page
    note(f"about:{found.code}")
    rows = [(moment_of(one["at"]), one) for one in vars(found.version)["told"] or ()]
    newest = sorted(rows, key=lambda row: (row[0], row[1]["pk"]), reverse=True)[:MOST_ITEMS]
    note(*(f"item:{one['pk']}" for _at, one in newest))
    return [Told(one["slug"], one["column"], one["title"], at) for at, one in newest]


def changes(site: SiteNow, on: date, most: int = 50) -> list[Event]:
    """What decisions did to the catalogue, newest first."""
    return procedures.changes_feed(Unit(pk=site.unit_id), on, most=most, ids=ids_of(site, on))
