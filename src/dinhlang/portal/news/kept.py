"""Which pages of news there are to keep, and which come about when an item comes up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime

from dinhlang.portal.models import Item
from dinhlang.portal.news import queries
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import LANGUAGES, Addresses
from dinhlang.portal.sites.registry import SiteNow

FORMS = ("rss", "atom")


def addresses(site: SiteNow) -> Iterator[str]:
    """Every page of news of a site, in both languages, and its feeds."""
    for language in LANGUAGES:
        yield Addresses(site, language).news
    yield Addresses(site).podcast()
    for form in FORMS:
        yield Addresses(site).feed(form)
        for field in queries.fields(site):
            yield Addresses(site).field_feed(form, field)
    for column in site.columns:
        yield from _of_column(site, column.slug)
        for month, _count in queries.months(site, column.pk):
            for language in LANGUAGES:
                yield Addresses(site, language).month(column.slug, month)
    for item in (*queries.listed(site), *_withdrawn(site)):
        yield from _of_item(site, item)


def brought_by(tag: str) -> Iterator[tuple[SiteNow, str]]:
    """The pages that come about with what the tag names, or that lead to it from now on."""
    kind, _colon, name = tag.partition(":")
    if kind not in ("item", "sound"):
        return
    item = Item.objects.filter(pk=int(name)).select_related("column", "unit").first()
    site = registry.now().by_unit.get(item.unit_id) if item else None
    if item is None or site is None or item.column is None or item.published_at is None:
        return
    if kind == "sound":
        yield from ((site, address) for address in _where_it_is_heard(site, item, item.column.slug))
        return
    for address in _where_it_stands(site, item, item.column.slug, localtime(item.published_at).date()):
        yield site, address


def waited_for(tags: Iterable[str]) -> list[tuple[SiteNow, str]] | None:
    """The pages on which whoever puts up something new looks for it, in this order; None when the tags say more than
    that something new came up: then nothing may wait.

    What else shows it (the English frame, the month, the item beside it) says nothing wrong meanwhile.
    """
    named = [tag.partition(":") for tag in tags]
    if {kind for kind, _colon, _name in named} - {"item", "column", "news", "about"}:
        return None
    pks = [int(name) for kind, _colon, name in named if kind == "item"]
    found = list(Item.objects.filter(pk__in=pks).select_related("column", "shown"))
    if not found or len(found) < len(pks):
        return None
    first: list[tuple[SiteNow, str]] = []
    for item in found:
        site = registry.now().by_unit.get(item.unit_id)
        is_new = item.shown is not None and item.shown.published_at == item.published_at
        if site is None or item.column is None or not is_new:
            return None
        to = Addresses(site)
        own = (to.item(item.column.slug, item.slug), to.home, to.news, to.column(item.column.slug))
        feeds = (to.feed(form, column) for column in ("", item.column.slug) for form in FORMS)
        first += [(site, address) for address in (*own, *feeds)]
    return first


def _where_it_stands(site: SiteNow, item: Item, column: str, day: date) -> Iterator[str]:
    """An item's page, the lists and feeds that tell of it, the pages beside it: in this order they are waited for."""
    yield from _of_item(site, item)
    for language in LANGUAGES:
        to = Addresses(site, language)
        yield from (to.home, to.news, to.column(column), to.month(column, day))
    for form in FORMS:
        yield Addresses(site).feed(form)
        yield Addresses(site).feed(form, column)
        if item.field:
            yield Addresses(site).field_feed(form, item.field)
    if item.shown_id is not None:
        for beside in newsroom.neighbours(item):
            if beside is not None:
                yield from _of_item(site, beside)


def _where_it_is_heard(site: SiteNow, item: Item, column: str) -> Iterator[str]:
    """The page with the sound of an item, and the podcasts in which it is."""
    yield from _of_item(site, item)
    yield Addresses(site).podcast()
    yield Addresses(site).podcast(column)


def widened(tag: str) -> set[str]:
    """What follows from a tag: an item stands in the list of all news, and on the pages of procedures it tells of."""
    kind, _colon, name = tag.partition(":")
    item = (
        Item.objects.filter(pk=int(name)).select_related("procedure_version__procedure").first()
        if kind == "item"
        else None
    )
    site = registry.now().by_unit.get(item.unit_id) if item else None
    if item is None or site is None:
        return set()
    return {f"news:{site.pk}", *(f"about:{code}" for code, _name in queries.procedures_of(item))}


def _withdrawn(site: SiteNow) -> QuerySet[Item]:
    """What keeps a page that says it was withdrawn; what was published in error has none."""
    return Item.objects.filter(
        unit=site.unit_id, withdrawn_at__isnull=False, withdrawn_in_error=False
    ).select_related("column")


def _of_item(site: SiteNow, item: Item) -> Iterator[str]:
    if item.column is None:
        return
    for language in LANGUAGES:
        yield Addresses(site, language).item(item.column.slug, item.slug)


def _of_column(site: SiteNow, slug: str) -> Iterator[str]:
    for language in LANGUAGES:
        yield Addresses(site, language).column(slug)
    yield Addresses(site).podcast(slug)
    for form in FORMS:
        yield Addresses(site).feed(form, slug)
