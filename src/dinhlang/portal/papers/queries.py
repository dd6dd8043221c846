"""What is asked of papers: the whole list in one question, one plan, one decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.urls import reverse

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.org.views import today
from dinhlang.portal.catalogue import queries as catalogue
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import OpenPlan, Publication
from dinhlang.portal.papers.rules import FILE_FORMS, Paper, PaperKind
from dinhlang.portal.sites.addresses import Addresses
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.procedures.models import Decision, Event
from dinhlang.work.models import Plan

_REPORT, _PLAN, _DECISION = PaperKind.REPORT, PaperKind.PLAN, PaperKind.DECISION


_COLUMNS = ("what", "key", "no", "sign", "day", "says", "at", "of")


def rows(site: SiteNow, kind: str = "") -> QuerySet[Any]:
    """(kind, key, number, symbol, issued on, subject, slug, period) of the site's papers, newest first; those without
    a day come last. One question.
    """
    note(f"documents:{site.pk}")
    found = [
        one.order_by().values_list(*_COLUMNS) for name, one in parts(site).items() if not kind or name == kind
    ]
    union = found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
    return union.order_by(F("day").desc(nulls_last=True), "what", "-key")


def parts(site: SiteNow) -> dict[str, QuerySet[Any]]:
    """The site's papers of each kind, with what every kind has under the same name."""
    return {
        _REPORT: Publication.objects.filter(report__unit=site.unit_id, withdrawn_at=None).annotate(
            what=_text(_REPORT),
            key=F("report_id"),
            no=Cast("report__number", CharField()),
            sign=F("report__symbol"),
            day=F("report__issued_on"),
            says=Cast("report__subject", TextField()),
            at=_text(""),
            of=F("report__period"),
        ),
        _PLAN: open_plans(site).annotate(
            what=_text(_PLAN),
            key=F("plan_id"),
            no=F("number"),
            sign=_text(""),
            day=F("issued_on"),
            says=F("subject"),
            at=F("slug"),
            of=_text(""),
        ),
        _DECISION: decisions(site).annotate(
            what=_text(_DECISION),
            key=F("pk"),
            no=F("number"),
            sign=_text(""),
            day=F("signed_on"),
            says=Cast("subject", TextField()),
            at=_text(""),
            of=_text(""),
        ),
    }


def papers(site: SiteNow, language: str, kind: str = "", *, most: int | None = None) -> list[Paper]:
    """The site's papers as lists show them, the newest `most` of them."""
    to = Addresses(site, language)
    return [_paper(to, row) for row in rows(site, kind)[:most]]


def _paper(to: Addresses, row: Sequence[Any]) -> Paper:
    kind, key, number, symbol, issued_on, subject, slug, period = row
    if kind == _REPORT:
        at = reverse("public:report", args=[to.site.unit_id, issued_on.year, int(number)])
        return Paper(_REPORT, str(key), f"{int(number):02d}/{symbol}", issued_on, subject, at, period)
    at = to.plan(slug) if kind == _PLAN else to.decision(key)
    return Paper(PaperKind(kind), str(key), number, issued_on, subject or number, at)


def _text(value: str) -> Cast:
    return Cast(Value(value), CharField())


# --- plans ----------------------------------------------------------------------------------------


def open_plans(site: SiteNow) -> QuerySet[OpenPlan]:
    """The site's plans that are open to all."""
    return OpenPlan.objects.filter(unit=site.unit_id, withdrawn_at=None)


def plan_at(site: SiteNow, slug: str) -> OpenPlan | None:
    """What was opened at that address, closed since or not."""
    found: OpenPlan | None = (
        OpenPlan.objects.filter(unit=site.unit_id, slug=slug).select_related("file").first()
    )
    return found


def opened(plan: Plan) -> OpenPlan | None:
    """What of the plan is or was open to all."""
    found: OpenPlan | None = OpenPlan.objects.filter(plan=plan).first()
    return found


def document_of(plan: OpenPlan) -> Document:
    """The words in which the plan was opened."""
    return codec.from_json(plan.document)


# --- decisions ------------------------------------------------------------------------------------


def decisions(site: SiteNow) -> QuerySet[Decision]:
    """The decisions behind the catalogue that the site shows. Notes that the page shows it."""
    announced = Event.objects.filter(decision=OuterRef("pk"))
    return Decision.objects.filter(Exists(announced), unit__in=catalogue.ids_of(site, today()))


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A decision with what it does, and its file when that is a document; `form` is how the file ends."""

    decision: Decision
    events: Sequence[Event]
    form: str


def decision_page(site: SiteNow, pk: int) -> DecisionPage | None:
    """All of one decision, in two questions."""
    found = decisions(site).filter(pk=pk).select_related("blob").first()
    if found is None:
        return None
    events = (
        found.events.select_related("procedure", "version", "replaced_by")
        .defer("version__sheet", "version__folded")
        .order_by("kind", "effective_on", "pk")
    )
    return DecisionPage(found, list(events), form_of(found))


def form_of(decision: Decision) -> str:
    """How the file of a decision ends; empty when there is none, or only a table that was read."""
    if decision.blob is None:
        return ""
    given = FILE_FORMS.get(decision.blob.media_type, "")
    # An old Office file does not say whether it is a text or a table; its name does.
    return "" if given == "doc" and not decision.blob_name.lower().endswith(".doc") else given
