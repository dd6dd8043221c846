"""How what was found is answered: plain values, addresses whole, times the commune's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.timezone import localdate, localtime

from dinhlang.portal.catalogue.queries import Story as ProcedureStory
from dinhlang.portal.catalogue.queries import Turn
from dinhlang.portal.catalogue.wording import todays
from dinhlang.portal.models import Item, OpenPlan, Publication
from dinhlang.portal.news.queries import Story
from dinhlang.portal.papers.queries import form_of
from dinhlang.portal.papers.rules import PaperKind
from dinhlang.portal.public import queries as public
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.queries import address_of
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.sites.results import Count
from dinhlang.procedures.models import Decision, Version
from dinhlang.procedures.rules import Sheet
from dinhlang.procedures.rules.changes import CHANNEL_WORDS
from dinhlang.reports.models import ReportFigure

Json = dict[str, Any]
# Widest of the sizes that every picture has, however small it came.
PICTURE = "480.webp"


def item(site: SiteNow, one: Item, updated_at: Any = None) -> Json:
    """An item as lists tell it."""
    to, edition, column = Addresses(site), one.shown, one.column
    if edition is None or one.published_at is None:
        raise ValueError("an item that is not shown is told to nobody")
    return {
        "slug": one.slug,
        "kind": one.kind,
        "title": edition.title,
        "lead": edition.lead,
        "column": {
            "slug": column.slug,
            "name": column.name,
            "url": absolute(site, to.column(column.slug)),
        }
        if column
        else None,
        "field": one.field,
        "published_at": localtime(one.published_at),
        "updated_at": localtime(updated_at or vars(one)["public_at"]),
        "url": absolute(site, to.item(column.slug, one.slug)) if column else None,
        "data": absolute(site, to.api_of("items", one.slug)),
    }


def whole_item(site: SiteNow, story: Story) -> Json:
    """An item with all that its page shows."""
    to, edition = Addresses(site), story.edition
    updated = story.told[0].at if story.told else story.item.published_at
    return item(site, story.item, updated) | {
        "body": edition.body,
        "question": edition.question,
        "byline": edition.byline,
        "source": edition.source,
        "source_url": edition.source_url,
        "starts_at": edition.starts_at and localtime(edition.starts_at),
        "ends_at": edition.ends_at and localtime(edition.ends_at),
        "place": edition.place,
        "recording": absolute(site, to.recording(edition.recording_id)) if edition.recording_id else None,
        "pictures": [
            {
                "url": absolute(site, to.picture(one.blob_id, PICTURE)),
                "alternative": one.alternative,
                "caption": one.caption,
                "credit": one.credit,
            }
            for one in story.pictures
        ],
        "documents": [
            {
                "title": one.title,
                "symbol": one.symbol,
                "issued_on": one.issued_on,
                "url": absolute(site, to.cited(one.pk)) if one.blob_id else one.url or None,
            }
            for one in story.documents
        ],
        "changes": [
            {"at": localtime(one.at), "is_correction": one.is_correction, "note": one.note}
            for one in story.told
        ],
    }


def procedure(site: SiteNow, version: Version) -> Json:
    """A procedure as lists tell it."""
    to, code = Addresses(site), version.procedure.code
    return {
        "code": code,
        "name": todays(version.name),
        "field": version.field,
        "levels": [one for one in version.levels.split(",") if one],
        "is_online": bool(version.online),
        "starts_on": version.starts_on,
        "url": absolute(site, to.procedure(code)),
        "data": absolute(site, to.api_of("procedures", code)),
    }


_SAME = (
    "name", "field", "levels", "kind", "summary", "steps", "fees", "papers", "sets", "applicants", "decided_by",
    "carried_out_by", "authorised", "cooperating", "reception", "results", "conditions", "legal", "related",
    "keywords",
)  # fmt: skip


def whole_procedure(site: SiteNow, story: ProcedureStory) -> Json:
    """A procedure with every part and all its versions."""
    to, found = Addresses(site), story.page
    ended = found.ended
    turns = [*reversed(story.before), Turn(found.version, story.news), *story.coming]
    decisions = {
        one.version_id: one.decision.number
        for one in found.events
        if one.decision and one.kind not in ("abolish", "replace")
    }
    return {name: getattr(found.sheet, name) for name in _SAME} | {
        "code": found.code,
        "standing": found.standing,
        "methods": _methods(found.sheet),
        "replaced_by": ended.replaced_by.code if ended and ended.replaced_by else None,
        "versions": [
            {
                "number": one.version.number,
                "starts_on": one.version.starts_on,
                "ends_on": one.version.ends_on,
                "is_shown": one.version.pk == found.version.pk,
                "decision": decisions.get(one.version.pk, ""),
                "differences": one.differences,
            }
            for one in turns
        ],
        "url": absolute(site, to.procedure(found.code)),
        "linked_data": absolute(site, to.procedure_data(found.code)),
    }


def _methods(sheet: Sheet) -> list[Json]:
    return [
        {
            "channel": one.channel,
            "name": one.named or str(CHANNEL_WORDS[one.channel]),
            "time_limit": one.time_limit,
            "duration": one.duration.iso if one.duration else None,
            "fee": one.fee,
            "note": one.note,
        }
        for one in sheet.methods
    ]


def report(site: SiteNow, publication: Publication, later: Publication | None) -> Json:
    """An issued report, with its files."""
    found = publication.report
    forms: Iterable[tuple[str, str, bool]] = (
        ("docx", "file", found.docx_id is not None),
        ("pdf", "file", found.pdf_id is not None),
        ("json", "data", True),
        ("csv", "data", True),
    )
    return {
        "kind": PaperKind.REPORT,
        "number": public.number_of(found),
        "issued_on": public.issued_on(found),
        "issuer": site.body,
        "subject": found.subject,
        "period": found.period,
        "window_from": found.window_from,
        "window_to": found.window_to,
        "published_on": localdate(publication.published_at),
        "replaced_by": absolute(site, address_of(later)) if later else None,
        "procedures": [],
        "url": absolute(site, address_of(publication)),
        "files": [
            {"form": form, "url": absolute(site, address_of(publication, name, form))}
            for form, name, is_there in forms
            if is_there
        ],
    }


_NO_REPORT = {"period": None, "window_from": None, "window_to": None, "replaced_by": None}


def plan(site: SiteNow, opened: OpenPlan) -> Json:
    """A plan that is open to all."""
    to = Addresses(site)
    return _NO_REPORT | {
        "kind": PaperKind.PLAN,
        "number": opened.number,
        "issued_on": opened.issued_on,
        "issuer": site.body,
        "subject": opened.subject,
        "published_on": localdate(opened.published_at),
        "procedures": [],
        "url": absolute(site, to.plan(opened.slug)),
        "files": [{"form": opened.form, "url": absolute(site, to.plan_file(opened.slug))}],
    }


def decision(site: SiteNow, found: Decision, procedures: Iterable[str]) -> Json:
    """A decision with the procedures that it announces."""
    to, form = Addresses(site), form_of(found)
    return _NO_REPORT | {
        "kind": PaperKind.DECISION,
        "number": found.number,
        "issued_on": found.signed_on,
        "issuer": found.issuer or site.body,
        "subject": found.subject,
        "published_on": localdate(found.added_at),
        "procedures": list(procedures),
        "url": absolute(site, to.decision(found.pk)),
        "files": [{"form": form, "url": absolute(site, to.decision_file(found.pk))}] if form else [],
    }


def indicator(site: SiteNow, figure: ReportFigure) -> Json:
    """A figure with the report it stands in and the page that shows what is behind it."""
    report = figure.report
    told = public.open_figure(figure, "")
    return {
        name: told[name]
        for name in (
            "concept", "label", "unit", "value", "numerator", "denominator", "exactness", "origin", "lines",
        )
    } | {
        "window_from": figure.window_from,
        "window_to": figure.window_to,
        "report": {
            "number": public.number_of(report),
            "issued_on": public.issued_on(report),
            "period": report.period,
            "url": absolute(site, address_of(report.publication)),
        },
        "evidence": absolute(site, address_of(report.publication, "figure", figure.anchor)),
    }  # fmt: skip


def counted(one: Count) -> Json:
    """What another commune counted, with the document and the place in it that say so."""
    window = one.period.calendar_window()
    return {
        "counted_by": one.unit,
        "concept": one.concept or None,
        "label": one.what,
        "unit": one.measure,
        "period": str(one.period),
        "window_from": window.start,
        "window_to": window.end,
        "value": one.value,
        "exactness": one.exactness or None,
        "source": {"document": one.document, "place": one.place},
    }
