"""Which pages of papers there are to keep, and which come about with a plan or a decision."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.models import OpenPlan
from dinhlang.portal.papers import queries
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import LANGUAGES, Addresses
from dinhlang.portal.sites.registry import SiteNow


def addresses(site: SiteNow) -> Iterator[str]:
    """Every page of papers of a site; reports have their own (`portal.kept.catalogue.of_report`)."""
    slugs = list(queries.open_plans(site).values_list("slug", flat=True))
    keys = list(queries.decisions(site).values_list("pk", flat=True))
    for language in LANGUAGES:
        to = Addresses(site, language)
        yield from _lists(to)
        yield from (to.plan(slug) for slug in slugs)
        yield from (to.decision(key) for key in keys)


def brought_by(tags: Iterable[str]) -> Iterator[tuple[SiteNow, str]]:
    """The pages that come about with what the tags name: a plan's, those of decisions about procedures."""
    named = [tag.partition(":") for tag in tags]
    for opened in OpenPlan.objects.filter(plan__in=[int(name) for kind, _c, name in named if kind == "plan"]):
        stands_on = registry.now().by_unit.get(opened.unit_id)
        if stands_on is not None:
            for language in LANGUAGES:
                yield stands_on, Addresses(stands_on, language).plan(opened.slug)
    units = {name for kind, _colon, name in named if kind == "procedures"}
    codes = [name for kind, _colon, name in named if kind == "procedure"]
    if not units:
        return
    for site in registry.now().by_unit.values():
        if units.isdisjoint(catalogue.ids_of(site, today())):
            continue
        found = queries.decisions(site).filter(events__procedure__code__in=codes)
        for key in found.values_list("pk", flat=True).distinct().order_by("pk"):
            for language in LANGUAGES:
                yield site, Addresses(site, language).decision(key)


def widened(tag: str) -> set[str]:
    """What follows from a tag: an opened plan stands in its site's list."""
    kind, _colon, name = tag.partition(":")
    if kind != "plan":
        return set()
    opened = OpenPlan.objects.filter(plan=int(name)).first()
    site = registry.now().by_unit.get(opened.unit_id) if opened else None
    return {f"documents:{site.pk}"} if site else set()


def _lists(to: Addresses) -> Iterator[str]:
    yield from (to.papers(kind) for kind in PaperKind)
