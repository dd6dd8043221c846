"""What only machines ask for: the map for search engines, what they may read, whom to tell of a weak spot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from io import StringIO
from xml.sax.xmlreader import AttributesImpl

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import get_default_timezone, localtime
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.http import require_safe

from dinhlang.citizens.surveys import queries as surveys
from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.kept.recording import note
from dinhlang.portal.news import queries as news
from dinhlang.portal.papers import queries as papers
from dinhlang.portal.sites import queries, registry
from dinhlang.portal.sites.addresses import Addresses, absolute, origin
from dinhlang.portal.sites.frame import Place, finished, host_of, site_page
from dinhlang.portal.sites.registry import SiteNow

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# The protocol allows 50,000 addresses in one map.
MOST = 49_000
# The desk is nobody's to index; what a search finds differs each time.
_NOT_FOR_ROBOTS = (
    "/ban-lam-viec/",
    "/dang-nhap/",
    "/tim-kiem/",
    "/*/tim-kiem/",
    "/en/tim-kiem/",
    "/*/en/tim-kiem/",
)
_MONTHS_VALID = 6

Line = tuple[str, datetime | None]


@site_page
def sitemap(request: HttpRequest, place: Place) -> HttpResponse:
    """Every page of a site with when it last changed in what it says."""
    site = place.to.site
    note(f"site:{site.pk}", f"news:{site.pk}", f"surveys:{site.unit_id}")
    lines = [line for line, _number in zip(_lines(site), range(MOST), strict=False)]
    return _xml("urlset", "url", [(absolute(site, address), at) for address, at in lines])


def _lines(site: SiteNow) -> Iterator[Line]:
    to = Addresses(site)
    told = news.changed_at(site)
    newest = max((at for _column, _slug, at in told), default=None)
    yield to.home, newest
    yield to.news, newest
    for column in site.open_columns:
        yield (
            to.column(column.slug),
            max((at for where, _slug, at in told if where == column.slug), default=None),
        )
    for where, slug, at in told:
        yield to.item(where, slug), at
    yield to.procedures, None
    yield to.procedure_changes, None
    for version in catalogue.standing(site, today()):
        day = version.starts_on
        yield to.procedure(version.procedure.code), _midnight(day) if day else None
    for one, address in queries.documents(site):
        yield address, one.publication.published_at
    for plan in papers.open_plans(site):
        yield to.plan(plan.slug), plan.published_at
    for key, added_at in papers.decisions(site).values_list("pk", "added_at"):
        yield to.decision(key), added_at
    if site.opens_duties:
        yield to.standings, None
    for code in surveys.published_rounds(site.unit_id).values_list("code", flat=True):
        yield to.survey_results(code), None
    for address in (
        to.documents,
        to.results,
        to.surveys,
        to.organisation,
        to.contacts,
        to.accessibility,
        to.privacy,
    ):
        yield address, None


@require_safe
def sitemaps(request: HttpRequest) -> HttpResponse:
    """The maps of all sites that stand under a path of this installation."""
    under = [site for site in registry.now().by_path.values() if not site.host]
    return finished(
        request,
        _xml("sitemapindex", "sitemap", [(absolute(site, Addresses(site).sitemap), None) for site in under]),
    )


def _xml(top: str, each: str, lines: list[Line]) -> HttpResponse:
    text = StringIO()
    written = SimplerXMLGenerator(text, "utf-8", short_empty_elements=True)
    written.startDocument()
    written.startElement(top, AttributesImpl({"xmlns": SPACE}))
    for address, at in lines:
        written.startElement(each, AttributesImpl({}))
        written.addQuickElement("loc", address)
        if at is not None:
            written.addQuickElement("lastmod", localtime(at).isoformat(timespec="seconds"))
        written.endElement(each)
    written.endElement(top)
    written.endDocument()
    return HttpResponse(text.getvalue(), content_type="application/xml; charset=utf-8")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What robots may read, and where the map is."""
    site = registry.now().by_host.get(host_of(request))
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ROBOTS), ""]
    lines.append(f"Sitemap: {origin(site)}/sitemap.xml")
    return finished(request, HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """Whom to tell of a weak spot (RFC 9116): the unit whose host it is, or the only one there is."""
    known = registry.now()
    site = known.by_host.get(host_of(request))
    if site is None and len(known.by_unit) == 1:
        [site] = known.by_unit.values()
    if site is None:
        return HttpResponse("", status=404, content_type="text/plain; charset=utf-8")
    to = Addresses(site)
    contact = f"mailto:{site.email}" if site.email else absolute(site, to.contacts)
    lines = [
        f"Contact: {contact}",
        f"Expires: {_expires(today()).isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: vi, en",
        f"Canonical: {origin(site)}/.well-known/security.txt",
    ]
    return finished(request, HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8"))


def _expires(on: date) -> datetime:
    """The first of the month, half a year on: the same for a whole month, and never a year away as the RFC asks."""
    months = on.year * 12 + on.month - 1 + _MONTHS_VALID
    return datetime(months // 12, months % 12 + 1, 1, tzinfo=UTC)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())
