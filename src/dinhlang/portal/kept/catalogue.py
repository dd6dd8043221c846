"""Which pages there are, and which of them a change brings about: what is not kept yet notes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dinhlang.portal.catalogue import kept as procedures
from dinhlang.portal.guides import kept as guides
from dinhlang.portal.kept.store import OWN, Target, can_be_kept
from dinhlang.portal.models import Publication
from dinhlang.portal.news import kept as news
from dinhlang.portal.papers import kept as papers
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.portal.public import queries as public
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import LANGUAGES, Addresses
from dinhlang.portal.sites.queries import address_of
from dinhlang.portal.sites.registry import SiteNow

FIXED = (
    "home",
    "documents",
    "results",
    "organisation",
    "contacts",
    "site_map",
    "accessibility",
    "privacy",
)


def everything() -> Iterator[Target]:
    """Every page there is to keep: of all open sites, and the issued reports of units without one."""
    for site in registry.now().by_unit.values():
        yield from of_site(site)
    with_site = set(registry.now().by_unit)
    for publication in public.publications().defer("report__document"):
        if publication.report.unit_id not in with_site:
            yield from of_report(publication, None)


def of_site(site: SiteNow) -> Iterator[Target]:
    """Every page of one site."""
    for language in LANGUAGES:
        to = Addresses(site, language)
        for name in FIXED:
            yield of(site, getattr(to, name))
    rest = (
        *news.addresses(site),
        *procedures.addresses(site),
        *papers.addresses(site),
        *guides.addresses(site),
    )
    for address in (*rest, Addresses(site).sitemap):
        yield of(site, address)
    for publication in public.publications().filter(report__unit=site.unit_id).defer("report__document"):
        yield from of_report(publication, site if site.is_open else None)


def of_report(publication: Publication, site: SiteNow | None) -> Iterator[Target]:
    """The pages of an issued report: the list it stands in, itself, each figure, open data."""
    yield of(site, f"/bao-cao/{publication.report.unit_id}/")
    yield of(site, address_of(publication))
    for anchor in publication.report.figures.values_list("anchor", flat=True):
        yield of(site, address_of(publication, "figure", anchor))
    for form in ("json", "csv"):
        yield of(site, address_of(publication, "data", form))


def of(site: SiteNow | None, address: str) -> Target:
    """The page at that address of a site."""
    return Target(site.host if site and site.host else OWN, address)


def brought_by(tags: Iterable[str]) -> Iterator[Target]:
    """The pages of what these tags name, kept already or not: each once, first those that are waited for."""
    given = sorted(tags, key=lambda tag: (tag.startswith("site:"), tag))
    found: set[Target] = set()
    for target in _brought_by(given):
        if target not in found and can_be_kept(target):
            found.add(target)
            yield target


def _brought_by(tags: Sequence[str]) -> Iterator[Target]:
    for tag in tags:
        for one, address in news.brought_by(tag):
            yield of(one, address)
    for one, address in (*procedures.brought_by(tags), *papers.brought_by(tags)):
        yield of(one, address)
    for tag in tags:
        kind, _colon, name = tag.partition(":")
        if kind == "page":
            yield Target(*name.split(" "))
        elif kind == "report":
            yield from _of_report_named(int(name))
        elif kind == "site" and (site := registry.now().by_pk.get(int(name))):
            yield from of_site(site)


def waited_for(tags: Iterable[str]) -> list[Target] | None:
    """The pages on which a new item or a report that was opened is looked for; None when nothing that these tags touch
    may wait.
    """
    given = set(tags)
    found = news.waited_for(given)
    if found is not None:
        return [of(site, address) for site, address in found]
    reports = [int(tag.partition(":")[2]) for tag in given if tag.startswith("report:")]
    others = {tag.partition(":")[0] for tag in given} - {"report", "documents"}
    return _of_an_opened_report(reports[0]) if len(reports) == 1 and not others else None


def _of_an_opened_report(pk: int) -> list[Target] | None:
    """A report and the lists it stands in. The pages of its figures are not kept yet: until they are, each is computed."""
    publication = public.publications().filter(report=pk, withdrawn_at=None).first()
    if publication is None:
        return None
    unit = publication.report.unit_id
    site = registry.now().by_unit.get(unit)
    own = [address_of(publication), f"/bao-cao/{unit}/"]
    if site is not None:
        to = Addresses(site)
        own += [to.home, to.documents, to.papers(PaperKind.REPORT), to.results]
    return [of(site, address) for address in own]


def tag_of(target: Target) -> str:
    """What names one page and nothing else."""
    return f"page:{target.host} {target.address}"


def _of_report_named(pk: int) -> Iterator[Target]:
    publication = public.publications().filter(report=pk).first()
    if publication is not None:
        site = registry.now().by_unit.get(publication.report.unit_id)
        yield from of_report(publication, site)


def widened(tags: Iterable[str]) -> set[str]:
    """The tags with those that follow from them: an opened report stands in its site's list of documents."""
    found = set(tags)
    for tag in tags:
        found |= news.widened(tag) | papers.widened(tag)
        kind, _colon, name = tag.partition(":")
        if kind == "report":
            publication = Publication.objects.filter(report=int(name)).select_related("report").first()
            site = registry.now().by_unit.get(publication.report.unit_id) if publication else None
            if site is not None:
                found.add(f"documents:{site.pk}")
    return found
