"""The list of official documents, a plan, a decision."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from dinhlang.officialdoc.write import article
from dinhlang.officialdoc.write.web import Links
from dinhlang.org.views import today
from dinhlang.periods.identifier import Period
from dinhlang.portal.catalogue.feeds import name_of
from dinhlang.portal.catalogue.views import offered
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import OpenPlan
from dinhlang.portal.papers import queries
from dinhlang.portal.papers.rules import KIND_WORDS, MEDIA_TYPES, Paper, PaperKind
from dinhlang.portal.public.pages import keep_file
from dinhlang.portal.sites import linked
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, page, site_page
from dinhlang.procedures.models import Decision
from dinhlang.work import blobs
from dinhlang.work.models import Blob


def lines(found: list[Paper]) -> list[tuple[Paper, str]]:
    """Papers as lists show them, with the period of a report in words."""
    return [(one, Period.parse(one.period).label if one.period else "") for one in found]


@site_page
def documents(request: HttpRequest, place: Place, kind: str = "") -> HttpResponse:
    """Official documents that are open to all, by year: all, or those of one kind."""
    body = place.to.site.body
    found = lines(queries.papers(place.to.site, place.language, kind))
    title = str(KIND_WORDS[PaperKind(kind)]) if kind else _("Văn bản")
    crumbs = [(place.to.home, _("Trang chủ"))]
    if kind:
        crumbs.append((place.to.documents, _("Văn bản")))
    return page(
        request,
        place,
        "portal/site/documents.html",
        title,
        description=_("Văn bản đã ban hành và công khai của %(body)s.") % {"body": body},
        crumbs=crumbs,
        kinds=[("", _("Tất cả"), place.to.documents)]
        + [(one, words, place.to.papers(one)) for one, words in KIND_WORDS.items()],
        chosen=kind,
        years=[(year, list(rows)) for year, rows in groupby(found, key=lambda row: row[0].year)],
    )


def _way(place: Place, kind: PaperKind) -> list[tuple[str, str]]:
    return [
        (place.to.home, _("Trang chủ")),
        (place.to.documents, _("Văn bản")),
        (place.to.papers(kind), str(KIND_WORDS[kind])),
    ]


# --- a plan ---------------------------------------------------------------------------------------


@site_page
def plan(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """A plan as it was opened, with its file beside it; of one that was closed when and why."""
    found = queries.plan_at(place.to.site, slug)
    if found is None:
        return not_there(request, place)
    note(f"plan:{found.plan_id}")
    if not found.is_open:
        return page(
            request,
            place,
            "portal/papers/closed.html",
            _("Kế hoạch này đã được gỡ"),
            status=410,
            crumbs=_way(place, PaperKind.PLAN),
            plan=found,
        )
    site, to = place.to.site, Addresses(place.to.site)
    return page(
        request,
        place,
        "portal/papers/plan.html",
        found.subject,
        description=_("%(subject)s: kế hoạch số %(number)s của %(body)s.")
        % {"subject": found.subject, "number": found.number, "body": site.body},
        crumbs=_way(place, PaperKind.PLAN),
        told=[
            linked.legislation(
                name=found.subject,
                identifier=found.number,
                issued_on=found.issued_on,
                kind=str(KIND_WORDS[PaperKind.PLAN]),
                issuer=site.body,
                address=absolute(site, to.plan(found.slug)),
                files={MEDIA_TYPES[found.form]: absolute(site, to.plan_file(found.slug))},
            )
        ],
        is_original=False,
        kind="article",
        plan=found,
        file=to.plan_file(found.slug),
        # The writer escapes every word of the document; a test holds it to that.
        body=mark_safe(article(queries.document_of(found), Links(lambda _anchor: None))),  # noqa: S308
    )


@site_page
def plan_file(request: HttpRequest, place: Place, slug: str) -> HttpResponse:
    """The file of an open plan."""
    found = queries.plan_at(place.to.site, slug)
    if found is None or not found.is_open:
        return not_there(request, place)
    return _file(found.file, found.form, _name(found))


def _name(found: OpenPlan) -> str:
    return f"ke-hoach-{found.slug}"


# --- a decision -----------------------------------------------------------------------------------


@site_page
def decision(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """A decision with each procedure that it announces, amends, replaces or abolishes."""
    site = place.to.site
    found = queries.decision_page(site, pk)
    if found is None:
        return not_there(request, place)
    one, to = found.decision, Addresses(site)
    file = to.decision_file(one.pk) if found.form else ""
    note(*(f"procedure:{event.procedure.code}" for event in found.events))
    return page(
        request,
        place,
        "portal/papers/decision.html",
        one.subject or _("Quyết định số %(number)s") % {"number": one.number},
        description=_("Quyết định số %(number)s: các thủ tục được công bố, sửa đổi, bãi bỏ.")
        % {"number": one.number},
        crumbs=_way(place, PaperKind.DECISION),
        told=[_linked(place, one, found.form)],
        feeds=offered(place),
        is_original=False,
        kind="article",
        decision=one,
        form=found.form,
        file=file,
        groups=[
            (kind, list(rows)) for kind, rows in groupby(_told(place, found), key=lambda row: row["kind"])
        ],
        count=len(found.events),
    )


def _told(place: Place, found: queries.DecisionPage) -> list[dict[str, Any]]:
    """What a decision does to each procedure, those of one kind together."""
    return [
        {
            "event": event,
            "kind": event.get_kind_display(),
            "name": name_of(event),
            "code": event.procedure.code,
            "address": place.to.procedure(event.procedure.code),
            "is_coming": event.effective_on > today(),
        }
        for event in found.events
    ]


def _linked(place: Place, one: Decision, form: str) -> linked.Node:
    site, to = place.to.site, Addresses(place.to.site)
    return linked.legislation(
        name=one.subject or one.number,
        identifier=one.number,
        issued_on=one.signed_on,
        kind=str(_("Quyết định")),
        issuer=one.issuer or site.body,
        address=absolute(site, to.decision(one.pk)),
        files={MEDIA_TYPES[form]: absolute(site, to.decision_file(one.pk))} if form else {},
    )


@site_page
def decision_file(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """The file of a decision, when it is a document."""
    found = queries.decisions(place.to.site).filter(pk=pk).select_related("blob").first()
    form = queries.form_of(found) if found else ""
    if found is None or found.blob is None or not form:
        return not_there(request, place)
    return _file(found.blob, form, f"quyet-dinh-{found.pk}")


def _file(blob: Blob, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(blobs.read(blob), content_type=MEDIA_TYPES[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return keep_file(answer, blob.sha256)
