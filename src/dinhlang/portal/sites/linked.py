"""What search engines read of a page (schema.org, JSON-LD). Plain functions that give nodes; `script` joins them.

Types and properties follow the table of the design (§4.4 of the anchors): a property that is not known is left out,
never guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow

Node = dict[str, Any]
HEADLINE = 110


def script(nodes: Iterable[Mapping[str, Any]]) -> SafeString:
    """The text of a data block that holds these nodes as one graph; nothing in it can end its own element."""
    said = {"@context": "https://schema.org", "@graph": list(nodes)}
    return mark_safe(json.dumps(said, ensure_ascii=False).replace("<", "\\u003c"))  # noqa: S308


def organisation(site: SiteNow) -> Node:
    """The people's committee whose site it is."""
    to = Addresses(site)
    return _known(
        {
            "@type": "GovernmentOrganization",
            "@id": absolute(site, to.home) + "#uy-ban",
            "name": site.body,
            "url": absolute(site, to.home),
            "logo": logo(site),
            "telephone": site.hotline or site.phone,
            "email": site.email,
            "address": _known(
                {"@type": "PostalAddress", "streetAddress": site.address, "addressCountry": "VN"}
            )
            if site.address
            else None,
            "areaServed": {"@type": "AdministrativeArea", "name": site.name},
            "contactPoint": _known(
                {
                    "@type": "ContactPoint",
                    "telephone": site.hotline,
                    "contactType": "customer service",
                    "availableLanguage": "vi",
                }
            )
            if site.hotline
            else None,
            "parentOrganization": {"@type": "GovernmentOrganization", "name": f"Ủy ban nhân dân {site.above}"}
            if site.above
            else None,
        }
    )


def website(site: SiteNow) -> Node:
    """The site itself, and how it is searched."""
    to = Addresses(site)
    return {
        "@type": "WebSite",
        "@id": absolute(site, to.home) + "#trang",
        "name": site.body,
        "url": absolute(site, to.home),
        "inLanguage": "vi",
        "publisher": {"@id": absolute(site, to.home) + "#uy-ban"},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": absolute(site, to.search) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(way: Sequence[tuple[str, str]]) -> Node:
    """The way to a page: (whole address, name), itself last."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": address}
            for number, (address, name) in enumerate(way, start=1)
        ],
    }


def news_article(
    site: SiteNow,
    *,
    headline: str,
    address: str,
    published_at: datetime,
    modified_at: datetime,
    byline: str,
    section: str,
    description: str,
    images: Sequence[str],
) -> Node:
    """An article. Its author is whoever signs it, else the committee; `images` are whole addresses."""
    return _known(
        {
            "@type": "NewsArticle",
            "headline": headline if len(headline) <= HEADLINE else headline[: HEADLINE - 1] + "…",
            "description": description,
            "datePublished": published_at.isoformat(),
            "dateModified": modified_at.isoformat(),
            "author": {"@type": "Person", "name": byline}
            if byline
            else {"@type": "GovernmentOrganization", "name": site.body},
            "publisher": {
                "@id": absolute(site, Addresses(site).home) + "#uy-ban",
                **_named(site),
                "logo": {"@type": "ImageObject", "url": logo(site)},
            },
            "image": list(images),
            "mainEntityOfPage": absolute(site, address),
            "articleSection": section,
            "inLanguage": "vi",
            "isAccessibleForFree": True,
        }
    )


def question(*, name: str, text: str, answer: str, asked_on: date) -> Node:
    """A question of a resident with the answer; who asked is never told."""
    return {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": name,
            "text": text,
            "answerCount": 1,
            "dateCreated": asked_on.isoformat(),
            "acceptedAnswer": {"@type": "Answer", "text": answer},
        },
    }


def legislation(
    *,
    name: str,
    identifier: str,
    issued_on: date | None,
    kind: str,
    issuer: str,
    address: str,
    files: Mapping[str, str],
) -> Node:
    """An official document; `files` gives the whole address of each form by its media type."""
    return _known(
        {
            "@type": "Legislation",
            "name": name,
            "legislationIdentifier": identifier,
            "legislationDate": issued_on.isoformat() if issued_on else None,
            "legislationType": kind,
            "legislationPassedBy": {"@type": "GovernmentOrganization", "name": issuer},
            "inLanguage": "vi",
            "url": address,
            "encoding": [
                {"@type": "MediaObject", "encodingFormat": media, "contentUrl": there}
                for media, there in files.items()
            ],
        }
    )


def legislation_cited(*, name: str, identifier: str, issued_on: date | None, address: str) -> Node:
    """A document of somebody else that a page rests on: what is known of it."""
    return _known(
        {
            "@type": "Legislation",
            "name": name,
            "legislationIdentifier": identifier,
            "legislationDate": issued_on.isoformat() if issued_on else None,
            "inLanguage": "vi",
            "url": address,
        }
    )


def event(
    *,
    name: str,
    starts_at: datetime,
    place: str,
    address: str,
    organiser: str,
    ends_at: datetime | None = None,
) -> Node:
    """Something that takes place."""
    return _known(
        {
            "@type": "Event",
            "name": name,
            "startDate": starts_at.isoformat(),
            "endDate": ends_at.isoformat() if ends_at else None,
            "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
            "location": {"@type": "Place", "name": place} if place else None,
            "organizer": {"@type": "GovernmentOrganization", "name": organiser},
            "url": address,
        }
    )


def logo(site: SiteNow) -> str:
    """The whole address of the sign that stands in the masthead."""
    return absolute(site, static("desk/icon.svg"))


def _named(site: SiteNow) -> Node:
    return {"@type": "GovernmentOrganization", "name": site.body}


def _known(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {})}
