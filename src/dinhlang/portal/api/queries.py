"""What programs ask: always what the pages of the site show, a page of it at a time, in few questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    TextField,
    Value,
)
from django.db.models.functions import Cast

from dinhlang.org.models import Unit
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.models import OpenPlan, Publication
from dinhlang.portal.papers import queries as papers
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.sites.rules import slug
from dinhlang.procedures import queries as procedures
from dinhlang.procedures.models import Decision, Version
from dinhlang.reports.models import Report, ReportFigure
from dinhlang.work.models import Blob


def standing(site: SiteNow, on: date, *, field: str, words: str) -> QuerySet[Version] | list[Version]:
    """What stands in the site's catalogue. `field` is a name or its form in addresses; one that is unknown finds nothing."""
    found = procedures.standing_versions(
        Unit(pk=site.unit_id), on, words=words, ids=catalogue.ids_of(site, on)
    )
    if not field:
        return found
    # Only the database knows names, only we know their form in addresses: asked for both it would be asked twice.
    return [one for one in found if one.field == field or slug(one.field) == slug(field)]


@dataclass(frozen=True, slots=True)
class ToldPaper:
    """A paper with what programs are told beside it: what stands in a report's place, what a decision announces."""

    paper: Publication | OpenPlan | Decision
    replaced_by: Publication | None = None
    procedures: tuple[str, ...] = ()


def documents(site: SiteNow, found: Iterable[tuple[str, int]]) -> list[ToldPaper]:
    """These papers of a site, named by kind and key, in their order. One question."""
    wanted = list(found)
    chosen = [
        one.filter(key__in=keys).order_by().values(*_TOLD)
        for name, one in _wide(site).items()
        if (keys := [key for kind, key in wanted if kind == name])
    ]
    if not chosen:
        return []
    together: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for row in chosen[0].union(*chosen[1:], all=True) if len(chosen) > 1 else chosen[0]:
        together[row["what"], row["key"]].append(row)
    return [_told_paper(site, together[one]) for one in wanted]


# Beside what lists show: window, moment of publishing, and by kind the files (report), the form (plan), the issuer and
# what the file is (decision); what replaced a report; one row for each procedure of a decision.
_TOLD = (
    "what", "key", "no", "sign", "day", "says", "at", "of",
    "since", "until", "up", "first", "second", "third", "later_no", "later_on", "code",
)  # fmt: skip


def _wide(site: SiteNow) -> dict[str, QuerySet[Any]]:
    found = papers.parts(site)
    later = Publication.objects.filter(report__corrects=OuterRef("report"), withdrawn_at=None).order_by("pk")
    no_day, nothing = Cast(Value(None), DateField()), _text(Value(""))
    # In one order for all: the database puts the columns of a union together by their place.
    return {
        PaperKind.REPORT: found[PaperKind.REPORT].annotate(
            since=F("report__window_from"),
            until=F("report__window_to"),
            up=F("published_at"),
            first=_text(F("report__docx_id")),
            second=_text(F("report__pdf_id")),
            third=nothing,
            later_no=Cast(Subquery(later.values("report__number")[:1]), IntegerField()),
            later_on=Subquery(later.values("report__issued_on")[:1]),
            code=nothing,
        ),
        PaperKind.PLAN: found[PaperKind.PLAN].annotate(
            since=no_day,
            until=no_day,
            up=F("published_at"),
            first=_text(F("form")),
            second=nothing,
            third=nothing,
            later_no=Cast(Value(None), IntegerField()),
            later_on=no_day,
            code=nothing,
        ),
        PaperKind.DECISION: found[PaperKind.DECISION].annotate(
            since=no_day,
            until=no_day,
            up=F("added_at"),
            first=_text(F("issuer")),
            second=_text(F("blob__media_type")),
            third=_text(F("blob_name")),
            later_no=Cast(Value(None), IntegerField()),
            later_on=no_day,
            code=_text(F("events__procedure__code")),
        ),
    }


def _text(of: Value | F) -> Cast:
    return Cast(of, TextField())


def _told_paper(site: SiteNow, rows: list[dict[str, Any]]) -> ToldPaper:
    """The paper as the rooms know it, with as much of it as was asked for."""
    row = rows[0]
    if row["what"] == PaperKind.REPORT:
        report = Report(
            pk=row["key"],
            number=int(row["no"]),
            symbol=row["sign"],
            subject=row["says"],
            period=row["of"],
            window_from=row["since"],
            window_to=row["until"],
            docx_id=row["first"],
            pdf_id=row["second"],
            unit_id=site.unit_id,
            issued_on=row["day"],
        )
        replacing = Report(unit_id=site.unit_id, number=row["later_no"], issued_on=row["later_on"])
        return ToldPaper(
            Publication(report=report, published_at=row["up"]),
            Publication(report=replacing) if row["later_on"] else None,
        )
    if row["what"] == PaperKind.PLAN:
        plan = OpenPlan(
            number=row["no"],
            issued_on=row["day"],
            subject=row["says"],
            slug=row["at"],
            form=row["first"],
            published_at=row["up"],
        )
        return ToldPaper(plan)
    decision = Decision(
        pk=row["key"],
        number=row["no"],
        signed_on=row["day"],
        issuer=row["first"],
        subject=row["says"],
        blob=Blob(media_type=row["second"]) if row["second"] else None,
        blob_name=row["third"],
        added_at=row["up"],
    )
    return ToldPaper(decision, procedures=tuple(sorted({one["code"] for one in rows})))


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
