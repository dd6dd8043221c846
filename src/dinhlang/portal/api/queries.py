"""What programs ask: always what the pages of the site show, a page of it at a time, in few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from dinhlang.org.models import Unit
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.models import OpenPlan, Publication
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.portal.public import queries as public
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.sites.rules import slug
from dinhlang.procedures import queries as procedures
from dinhlang.procedures.models import Decision, Event, Version
from dinhlang.reports.models import ReportFigure


def standing(site: SiteNow, on: date, *, field: str, words: str) -> QuerySet[Version]:
    """What stands in the site's catalogue. `field` is a name or its form in addresses; one that is unknown finds nothing."""
    found = procedures.standing_versions(
        Unit(pk=site.unit_id), on, words=words, ids=catalogue.ids_of(site, on)
    )
    if not field:
        return found
    names = found.order_by().values_list("field", flat=True).distinct()
    return found.filter(field__in=[one for one in names if one == field or slug(one) == slug(field)])


def documents(found: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Any]:
    """What these papers are, by (kind, key): a question for each kind, and one for the procedures of decisions."""
    keys: dict[str, list[int]] = defaultdict(list)
    for kind, key in found:
        keys[kind].append(key)
    whole: dict[tuple[str, int], Any] = {}
    if reports := keys[PaperKind.REPORT]:
        opened = public.publications().filter(report__in=reports).defer("report__document")
        whole |= {(PaperKind.REPORT, one.report_id): one for one in opened}
    if plans := keys[PaperKind.PLAN]:
        found_plans = OpenPlan.objects.filter(plan__in=plans).defer("document")
        whole |= {(PaperKind.PLAN, one.plan_id): one for one in found_plans}
    if decisions := keys[PaperKind.DECISION]:
        rows = Decision.objects.filter(pk__in=decisions).select_related("blob")
        events = Event.objects.select_related("procedure").order_by("procedure__code")
        whole |= {
            (PaperKind.DECISION, one.pk): one for one in rows.prefetch_related(Prefetch("events", events))
        }
    return whole


def replacing(found: Iterable[Publication]) -> dict[int, Publication]:
    """What is open to all in the place of these, by the report that is replaced. One question."""
    later = public.publications().filter(
        report__corrects__in=[one.report_id for one in found], withdrawn_at=None
    )
    return {
        one.report.corrects_id: one
        for one in later.defer("report__document")
        if one.report.corrects_id is not None
    }


def indicators(site: SiteNow, *, concept: str, since: date | None) -> QuerySet[ReportFigure]:
    """The figures of reports that are open to all and that no other replaced, newest report first, each told once."""
    open_ones = Publication.objects.filter(withdrawn_at=None)
    told_before = ReportFigure.objects.filter(
        report=OuterRef("report"),
        concept=OuterRef("concept"),
        window_from=OuterRef("window_from"),
        window_to=OuterRef("window_to"),
        pk__lt=OuterRef("pk"),
    )
    found = (
        ReportFigure.objects.filter(
            Exists(open_ones.filter(report=OuterRef("report"))),
            ~Exists(open_ones.filter(report__corrects=OuterRef("report"))),
            ~Exists(told_before),
            report__unit=site.unit_id,
        )
        .select_related("report__publication")
        .defer("evidence", "report__document")
    )
    if concept:
        found = found.filter(concept=concept)
    if since is not None:
        found = found.filter(window_to__gte=since)
    return found.order_by("-report__issued_on", "-report", "pk")
