"""What can be heard of a site or one of its columns, as a podcast: RSS 2.0 with enclosures, transcripts and chapters.

The elements of Apple's directory (itunes) are those it asks for; transcripts and chapters are those of the namespace of
Podcasting 2.0 (podcastindex.org). No directory is told of a feed: that is for the commune.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.utils.feedgenerator import Enclosure
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.portal.kept.recording import note
from dinhlang.portal.listening import queries
from dinhlang.portal.listening.queries import Heard
from dinhlang.portal.news.feeds import Rss
from dinhlang.portal.newsroom.rules.body import plain
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.frame import Place, not_there, site_page
from dinhlang.portal.sites.registry import SiteNow

COVER = "portal/podcast.png"
_ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
_PODCAST = "https://podcastindex.org/namespace/1.0"
# The namespace in which podcast:guid is made of a feed's address (podcastindex.org).
_OF_PODCASTS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_ENDINGS = {"audio/mpeg": "mp3", "audio/mp4": "m4a", "audio/x-m4a": "m4a", "audio/ogg": "ogg", "audio/x-wav": "wav", "audio/wav": "wav"}  # fmt: skip
_MOST_SAID = 3800


class Podcast(Rss):
    """RSS 2.0 with what directories of podcasts ask for."""

    def rss_attributes(self) -> dict[str, str]:
        attributes: dict[str, str] = super().rss_attributes()
        return {**attributes, "xmlns:itunes": _ITUNES, "xmlns:podcast": _PODCAST}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        feed = self.feed
        handler.addQuickElement("itunes:author", feed["author_name"])
        handler.addQuickElement("itunes:explicit", "false")
        handler.addQuickElement("itunes:type", "episodic")
        handler.addQuickElement("itunes:category", None, {"text": "Government"})
        handler.addQuickElement("itunes:image", None, {"href": feed["cover"]})
        handler.startElement("image", {})
        for name in ("url", "title", "link"):
            handler.addQuickElement(name, {"url": feed["cover"]}.get(name) or feed[name])
        handler.endElement("image")
        handler.addQuickElement("podcast:guid", feed["guid"])
        handler.addQuickElement("podcast:medium", "podcast")
        handler.addQuickElement("podcast:locked", "no")

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("itunes:explicit", "false")
        if item["seconds"] is not None:
            handler.addQuickElement("itunes:duration", str(max(1, round(item["seconds"]))))
        for address, kind in item["transcripts"]:
            handler.addQuickElement(
                "podcast:transcript", None, {"url": address, "type": kind, "language": "vi"}
            )
        if item["chapters"]:
            handler.addQuickElement(
                "podcast:chapters", None, {"url": item["chapters"], "type": "application/json+chapters"}
            )


@site_page
def podcast(request: HttpRequest, place: Place, slug: str = "") -> HttpResponse:
    """What can be heard of the site, or of one column."""
    site = place.to.site
    column = next((one for one in site.columns if one.slug == slug), None)
    if slug and column is None:
        return not_there(request, place)
    to = Addresses(site)
    own = absolute(site, to.podcast(slug))
    note(f"site:{site.pk}")
    feed = Podcast(
        title=f"{column.name} – {site.body}" if column else site.body,
        link=absolute(site, to.column(slug) if column else to.home),
        description=_("Tin, bài của %(body)s, đọc thành tiếng.") % {"body": site.body},
        language="vi",
        author_name=site.body,
        feed_url=own,
        cover=absolute(None, static(COVER)),
        guid=str(uuid5(_OF_PODCASTS, own.partition("://")[2].rstrip("/"))),
    )
    for one in queries.episodes(site, column.pk if column else None):
        note(f"item:{one.item.pk}", f"sound:{one.item.pk}")
        _add(feed, site, to, one)
    made = HttpResponse(content_type="application/rss+xml; charset=utf-8")
    feed.write(made, "utf-8")
    return made


def _add(feed: Podcast, site: SiteNow, to: Addresses, one: Heard) -> None:
    item, edition, file = one.item, one.edition, one.file
    kind = file.media_type if file.media_type.startswith("audio/") else "audio/mpeg"
    sound = absolute(site, to.sound(file.sha256, _ENDINGS.get(kind, "mp3")))
    transcripts = (("vtt", "text/vtt"), ("json", "application/json")) if one.has_lines else ()
    feed.add_item(
        title=edition.title,
        link=absolute(site, to.item(item.column.slug if item.column else "", item.slug)),
        description=edition.lead or plain(edition.body)[:_MOST_SAID],
        unique_id=one.guid,
        unique_id_is_permalink=False,
        pubdate=localtime(one.published_at),
        categories=[item.column.name] if item.column else [],
        enclosures=[Enclosure(sound, str(file.size), kind)],
        seconds=one.seconds,
        transcripts=[
            (absolute(site, to.transcript(item.pk, form)), media_type) for form, media_type in transcripts
        ],
        chapters=absolute(site, to.chapters(item.pk)) if one.chapters else "",
    )
