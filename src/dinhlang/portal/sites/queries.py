"""What can be asked about a site's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import Publication
from dinhlang.portal.public import queries as public
from dinhlang.portal.public import wording
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.reports.models import ReportFigure
from dinhlang.vietnamese.text import collation_key

# What the home page says of the newest report, in this order, as far as the report has it.
HEADLINE = ("articles", "on_time_share", "satisfaction", "broadcasts", "guidance", "tasks_completed")
MOST_HEADLINES = 4


def site_of(request: HttpRequest) -> SiteNow | None:
    """The site at whose host name the request came in; None at the installation's own."""
    host = request.get_host()
    return registry.now().by_host.get(host.rpartition(":")[0] or host)


def site_of_unit(unit_id: str) -> SiteNow | None:
    """The open site of a unit."""
    return registry.now().by_unit.get(unit_id)


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure of a published report with its page."""

    label: str
    value: str
    address: str


def documents(site: SiteNow) -> list[tuple[public.Listed, str]]:
    """The unit's issued reports that are open to all, newest first, with their addresses."""
    note(f"documents:{site.pk}")
    return [(one, address_of(one.publication)) for one in public.listed(site.unit_id)]


def address_of(publication: Publication, name: str = "report", *more: object) -> str:
    """The address of a published report, or of something under it."""
    report = publication.report
    return reverse(
        f"public:{name}", args=[report.unit_id, public.issued_on(report).year, report.number, *more]
    )


def headline(site: SiteNow) -> list[ShownFigure]:
    """A few figures of the newest published report, for the home page."""
    found = documents(site)
    if not found:
        return []
    publication = found[0][0].publication
    note(f"report:{publication.report_id}")
    figures: dict[str, ReportFigure] = {}
    for one in public.figures_of(publication.report):
        if one.value is not None:
            figures.setdefault(one.concept, one)
    chosen = [figures[concept] for concept in HEADLINE if concept in figures][:MOST_HEADLINES]
    return [
        ShownFigure(
            wording.label_of(one), wording.value_of(one), address_of(publication, "figure", one.anchor)
        )
        for one in chosen
    ]


def communes_of(site: SiteNow, on: date) -> list[SiteNow]:
    """The sites of the units below a province or district, in the order of the dictionary."""
    if site.level not in (Unit.Level.PROVINCE, Unit.Level.DISTRICT):
        return []
    below = org.ids_below(Unit.objects.get(pk=site.unit_id), on)
    note("sites")
    found = [one for one in registry.now().by_unit.values() if one.unit_id in below]
    return sorted(found, key=lambda one: collation_key(one.name))


def parts_of(site: SiteNow, on: date) -> list[str]:
    """The names of the unit's departments and hamlets."""
    names = org.names_of_parts(Unit.objects.get(pk=site.unit_id), on).values()
    ordered = sorted(names, key=lambda name: (name.unit.level == Unit.Level.HAMLET, collation_key(name.full)))
    return [capfirst(name.full) for name in ordered]


def history_of(site: SiteNow) -> list[str]:
    """How the unit was called over time; empty for one that was never renamed."""
    lines = org.names_through_time(Unit.objects.get(pk=site.unit_id))
    return lines if len(lines) > 1 else []
