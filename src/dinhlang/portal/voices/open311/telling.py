"""What the answers hold: services, their attributes, requests."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from dinhlang.citizens.models import Case, Publication
from dinhlang.citizens.queries import kin
from dinhlang.citizens.rules import categories
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.states import Shown, State
from dinhlang.org.views import today
from dinhlang.portal.sites.addresses import Addresses, absolute, origin
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.voices.open311 import rules
from dinhlang.portal.voices.open311.rules import Attribute, Span

Json = dict[str, Any]
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
# When what is offered here changed last.
CHANGESET = "2026-11-27T00:00:00+07:00"
_ASKED = (
    "uid", "category", "state", "received_at", "changed_at", "due_at", "first_due_at", "answered_at", "hamlet", "way",
    "publication__id", "publication__uid", "publication__state", "publication__title", "publication__question",
    "publication__answer", "publication__category", "publication__hamlet", "publication__published_at",
    "publication__first_published_at",
)  # fmt: skip


def jurisdiction_of(site: SiteNow) -> str:
    """The commune's own host name; for a site under the installation's, that with its path."""
    return f"{urlsplit(origin(site)).hostname}{site.prefix}"


def discovery(site: SiteNow) -> Json:
    """What there is, for programs that look for it."""
    address = absolute(site, Addresses(site).open311()).rstrip("/")
    return {
        "changeset": CHANGESET,
        "contact": " ".join(filter(None, (site.body, site.hotline or site.phone, site.email))),
        "key_service": "Khóa gửi (api_key) do Ủy ban nhân dân xã cấp theo đề nghị.",
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": address,
                "changeset": CHANGESET,
                "type": "test" if site.is_demo else "production",
                "formats": ["text/xml", "application/json"],
            }
        ],
    }


def services() -> list[Json]:
    """The categories as services."""
    return [
        {
            "service_code": one.key,
            "service_name": one.label,
            "description": one.label,
            "metadata": True,
            "type": "realtime",
            "keywords": ",".join(one.signs),
            "group": "Thủ tục, cán bộ" if one.is_rule else "Đời sống",
        }
        for one in categories.categories().values()
    ]


def definition(code: str, asked: list[Attribute]) -> Json:
    """What is asked beside the words for one service."""
    return {
        "service_code": code,
        "attributes": [
            {
                "variable": True,
                "code": one.code,
                "datatype": one.datatype,
                "required": one.required,
                "datatype_description": None,
                "order": order,
                "description": one.description,
                "values": [{"key": key, "name": name} for key, name in one.values],
            }
            for order, one in enumerate(asked, start=1)
        ],
    }


# --- requests -----------------------------------------------------------------------------------------------------------


def published(site: SiteNow) -> QuerySet[Case]:
    """Cases whose public text stands, with it; no sealed field is read."""
    return (
        # By the unit of the public text: it stays with the site when a case goes on to a successor.
        Case.objects.filter(publication__unit=site.unit_id, publication__state=Shown.PUBLISHED)
        .select_related("publication")
        .only(*_ASKED)
        .order_by("-received_at", "-pk")
    )


def within(
    site: SiteNow,
    span: Span,
    *,
    states: list[State] | None,
    codes: list[str],
    changed_since: datetime | None,
    changed_until: datetime | None,
    most: int,
    at: datetime,
) -> QuerySet[Case]:
    """Published cases that were received in a span, the newest first; `most` of those that fit.

    Those whose `updated_datetime` as it is told is later than `changed_since`, and not later than `changed_until`: who asks
    for changes after the last one that was told gets none again and misses none. The days stand beside the public texts of
    each unit in an index; the moments do not.
    """
    days = (localdate(span.since), localdate(span.until))
    found = (
        published(site)
        .filter(
            publication__received_on__range=days,
            received_at__gte=span.since,
            received_at__lt=span.until + rules.SECOND,
        )
        .order_by("-publication__received_on", "-received_at", "-pk")
    )
    if states is not None:
        found = found.filter(state__in=states)
    if codes:
        found = found.filter(category__in=codes)
    ends = [changed_until + rules.SECOND] if changed_until is not None else []
    if changed_since is not None:
        begin = changed_since + rules.SECOND
        found = found.filter(Q(changed_at__gte=begin) | Q(publication__published_at__gte=begin))
        ends.append(at.replace(microsecond=0) - rules.SETTLES)
    if ends:
        found = found.filter(changed_at__lt=min(ends), publication__published_at__lt=min(ends))
    return found[:most]


def by_ids(site: SiteNow, ids: list[str]) -> list[Case]:
    """The cases with these identifiers: published ones, and those that came from an app, of which only the status is told."""
    rows = (
        Case.objects.filter(
            Q(publication__unit=site.unit_id) | Q(unit__in=kin(site.unit_id, today())), uid__in=ids
        )
        .select_related("publication")
        .only(*_ASKED)
        .order_by("-received_at", "-pk")
    )
    return [one for one in rows if public_text(one) is not None or one.way == Way.OPEN311]


def public_text(case: Case) -> Publication | None:
    """The published pair of a case; None while there is none."""
    found: Publication | None = getattr(case, "publication", None)
    return found if found is not None and found.state == Shown.PUBLISHED else None


def updated_at(case: Case) -> datetime:
    """When something that is told of a case changed last: its state, or its public text, which may come days after the answer."""
    shown = public_text(case)
    return max(case.changed_at, shown.published_at) if shown and shown.published_at else case.changed_at


def request(site: SiteNow, case: Case, names: dict[str, str], *, is_extended: bool) -> Json:
    """A case as the standard tells it. Nobody's name, number or exact place is in it."""
    shown = public_text(case)
    notice = rules.notice_of(case.state, is_answered=case.answered_at is not None)
    told: Json = {
        "service_request_id": str(case.uid),
        "status": rules.status_of(case.state),
        "status_notes": (shown.answer if shown else notice) or None,
        "service_name": categories.label_of(case.category),
        "service_code": case.category,
        "description": shown.question if shown else None,
        "agency_responsible": site.body,
        "service_notice": None,
        "requested_datetime": rules.told(case.received_at),
        "updated_datetime": rules.told(updated_at(case)),
        "expected_datetime": rules.told(case.due_at or case.first_due_at),
        "address": (names.get(case.hamlet_id or "") if shown else None) or None,
        "address_id": (case.hamlet_id if shown else None) or None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": None,
    }
    if is_extended:
        told["extended_attributes"] = {
            "title": (shown.title or None) if shown else None,
            "detailed_status": rules.detailed_of(case.state),
            "media_urls": [],
            "answer_url": absolute(site, Addresses(site).voice(shown.uid)) if shown else None,
            "updates_url": absolute(site, Addresses(site).request_feed(case.uid)),
        }
    return told
