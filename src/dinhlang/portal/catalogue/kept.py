"""Which pages of procedures there are to keep, and which come about when a procedure changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dinhlang.org.models import Unit
from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import LANGUAGES, Addresses
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.procedures import queries as procedures


def addresses(site: SiteNow) -> Iterator[str]:
    """Every page of procedures of a site, in both languages, and what machines read."""
    yield from _lists(site)
    codes = procedures.catalogue(Unit(pk=site.unit_id), today(), ids=queries.ids_of(site, today()))
    for code in codes.values_list("code", flat=True):
        yield from _of(site, code)


def brought_by(tags: Iterable[str]) -> Iterator[tuple[SiteNow, str]]:
    """The pages that come about with what the tags name: new procedures', and once the lists that lead to them.

    Only of sites that show the catalogue of a unit which is named (`tags_of`).
    """
    named = [tag.partition(":") for tag in tags]
    units = {name for kind, _colon, name in named if kind == "procedures"}
    codes = [name for kind, _colon, name in named if kind == "procedure"]
    if not units:
        return
    for site in registry.now().by_unit.values():
        if units.isdisjoint(queries.ids_of(site, today())):
            continue
        for code in codes:
            for address in _of(site, code):
                yield site, address
        for address in _lists(site):
            yield site, address


def tags_of(unit_id: str, codes: Iterable[str]) -> list[str]:
    """What to say of a change in a unit's catalogue."""
    return [f"procedures:{unit_id}", *(f"procedure:{code}" for code in codes)]


def _lists(site: SiteNow) -> Iterator[str]:
    fields = queries.by_field(queries.standing(site, today()))
    for language in LANGUAGES:
        to = Addresses(site, language)
        yield to.procedures
        yield to.procedure_changes
        yield to.kiosk
        for event in procedures.life_events():
            yield to.life_event(event.id)
            yield to.kiosk_event(event.id)
        for slug, _field, _versions in fields:
            yield to.procedure_field(slug)
            yield to.kiosk_field(slug)
    yield Addresses(site).procedure_list
    for form in ("rss", "atom"):
        yield Addresses(site).procedure_feed(form)


def _of(site: SiteNow, code: str) -> Iterator[str]:
    for language in LANGUAGES:
        to = Addresses(site, language)
        yield to.procedure(code)
        yield to.checklist(code)
        yield to.kiosk_procedure(code)
    yield Addresses(site).procedure_data(code)
