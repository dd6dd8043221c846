"""What search engines, phones and other sites read of an item."""

from __future__ import annotations

from typing import Any

from django.utils.timezone import localtime

from dinhlang.portal.news.pictures import SHARED
from dinhlang.portal.news.queries import Story
from dinhlang.portal.newsroom.rules.body import plain
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.sites import linked
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow

MOST_DESCRIPTION = 300


def description(story: Story) -> str:
    """The lead, or how the text begins."""
    said = story.edition.lead or story.edition.question or plain(story.edition.body)
    said = " ".join(said.split())
    return said if len(said) <= MOST_DESCRIPTION else said[: MOST_DESCRIPTION - 1].rpartition(" ")[0] + "…"


def shared_picture(site: SiteNow, story: Story) -> str:
    """The whole address of the picture that other sites show beside a link; empty without one."""
    if not story.pictures:
        return ""
    return absolute(site, Addresses(site).picture(story.pictures[0].blob_id, SHARED))


def nodes(site: SiteNow, story: Story, address: str) -> list[dict[str, Any]]:
    """The item as linked data: its own kind, and the documents it cites."""
    item, edition = story.item, story.edition
    published = localtime(item.published_at)
    modified = localtime(story.told[0].at) if story.told else published
    if item.kind == Kind.QUESTION:
        made = linked.question(
            name=edition.title, text=edition.question, answer=plain(edition.body), asked_on=published.date()
        )
    elif item.kind == Kind.EVENT and edition.starts_at is not None:
        made = linked.event(
            name=edition.title,
            starts_at=localtime(edition.starts_at),
            ends_at=localtime(edition.ends_at) if edition.ends_at else None,
            place=edition.place,
            address=absolute(site, address),
            organiser=site.body,
        )
    else:
        picture = shared_picture(site, story)
        made = linked.news_article(
            site,
            headline=edition.title,
            address=address,
            published_at=published,
            modified_at=modified,
            byline=edition.byline,
            section=item.column.name if item.column else "",
            description=description(story),
            images=[picture] if picture else [],
        )
    cited = [
        linked.legislation_cited(
            name=one.title, identifier=one.symbol, issued_on=one.issued_on, address=one.url
        )
        for one in story.documents
        if one.symbol
    ]
    return [made, *cited]
