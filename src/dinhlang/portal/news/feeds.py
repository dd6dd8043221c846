"""News as RSS 2.0 and Atom 1.0: all of it, or one column's.

An entry is known by an identifier that neither a new slug nor a new host name changes; it comes up again when what it
says was changed, not when a slip was mended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed
from django.utils.html import escape
from django.utils.timezone import get_default_timezone, localtime
from django.utils.translation import gettext as _

from dinhlang.org.rules import printed_day
from dinhlang.portal.kept.recording import note
from dinhlang.portal.news import queries
from dinhlang.portal.sites.addresses import Addresses, absolute, whole
from dinhlang.portal.sites.frame import Feed, Place, not_there, site_page
from dinhlang.portal.sites.registry import ColumnNow, SiteNow
from dinhlang.work.models import ReformField

# What a feed without entries says of itself: the same each time it is asked.
_NOTHING_YET = datetime(2000, 1, 1, tzinfo=UTC)


class _Steady:
    """A feed's own moment is that of its newest entry, never that of the asking."""

    items: list[dict[str, object]]

    def latest_post_date(self) -> datetime:
        moments = [one[name] for one in self.items for name in ("updateddate", "pubdate") if one.get(name)]
        return max((one for one in moments if isinstance(one, datetime)), default=localtime(_NOTHING_YET))


class Rss(_Steady, Rss201rev2Feed):  # type: ignore[misc]  # the library has no types
    """RSS 2.0."""


class Atom(_Steady, Atom1Feed):  # type: ignore[misc]
    """Atom 1.0."""


FORMS: dict[str, type[SyndicationFeed]] = {"rss": Rss, "atom": Atom}
_TYPES = {form: f"application/{form}+xml; charset=utf-8" for form in FORMS}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry; `address` is a whole one, `key` what it is known by for good."""

    key: str
    title: str
    address: str
    summary: str
    published_at: datetime
    updated_at: datetime
    author: str = ""
    categories: tuple[str, ...] = ()
    enclosure: Enclosure | None = None


def offered(place: Place, column: ColumnNow | None = None) -> list[Feed]:
    """The feeds that a page of news offers: the column's, and those of the whole site."""
    to = place.to
    news = _("Tin mới")
    whole = [Feed(f"{news} (RSS)", to.feed("rss")), Feed(f"{news} (Atom)", to.feed("atom"))]
    heard = [Feed(_("Nghe tin (podcast)"), to.podcast())]
    if column is None:
        return [*whole, *heard]
    own = [
        Feed(f"{column.name} (RSS)", to.feed("rss", column.slug)),
        Feed(f"{column.name} (Atom)", to.feed("atom", column.slug)),
        Feed(_("%(column)s (podcast)") % {"column": column.name}, to.podcast(column.slug)),
    ]
    return [*own, *whole, *heard]


def of_fields(place: Place) -> list[Feed]:
    """The feeds of the fields of reform that the site tells of."""
    return [
        Feed(f"{ReformField(field).label} ({form.upper()})", place.to.field_feed(form, field))
        for field in queries.fields(place.to.site)
        for form in FORMS
    ]


@site_page
def news(request: HttpRequest, place: Place, form: str, slug: str = "", field: str = "") -> HttpResponse:
    """The newest items of the site, of one column or of one field of reform."""
    site = place.to.site
    column = next((one for one in site.columns if one.slug == slug), None)
    if (slug and column is None) or (field and field not in ReformField.values):
        return not_there(request, place)
    note(f"site:{site.pk}", f"column:{column.pk}" if column else f"news:{site.pk}")
    to = Addresses(site)
    asked = queries.Asked(column=column.pk if column else None, field=field)
    title, page, own = site.body, to.home, to.feed(form)
    if column is not None:
        title, page, own = f"{column.name} – {site.body}", to.column(slug), to.feed(form, slug)
    elif field:
        title = f"{ReformField(field).label} – {site.body}"
        page, own = f"{to.news}?linh-vuc={field}", to.field_feed(form, field)
    return answer(
        form,
        site,
        title=title,
        about=_("Tin mới của %(body)s.") % {"body": site.body},
        page=page,
        own=own,
        entries=chain(_moved(site), _entries(site, asked)),
    )


def _moved(site: SiteNow) -> Iterator[Entry]:
    """Of a unit that ended: who reads the feed is led to who came after it, as pages do by their banner."""
    if site.ended_on is None:
        return
    places = ", ".join(
        f"{heir.name} ({whole(heir.address)})" if heir.address else heir.name for heir in site.heirs
    )
    ended = datetime.combine(site.ended_on, time.min, get_default_timezone())
    told = _("Trang này được giữ lại để tra cứu. Tin mới đăng ở: %(heirs)s.") % {"heirs": places}
    homes = [heir.address for heir in site.heirs if heir.address]
    yield Entry(
        key=f"ended:{site.unit_id}",
        title=_("%(body)s kết thúc hoạt động từ ngày %(day)s")
        % {"body": site.body, "day": printed_day(site.ended_on)},
        # Where there are several, the site's first page names them all.
        address=whole(homes[0]) if len(homes) == 1 else absolute(site, Addresses(site).home),
        summary=told if places else _("Trang này được giữ lại để tra cứu."),
        published_at=ended,
        updated_at=ended,
        author=site.body,
    )


def _entries(site: SiteNow, asked: queries.Asked) -> Iterator[Entry]:
    """What a feed tells; each item is noted."""
    to = Addresses(site)
    for item, public_at in queries.for_feed(site, asked):
        if item.shown is None or item.column is None:
            continue
        note(f"item:{item.pk}")
        yield Entry(
            key=f"item:{item.unit_id}:{item.pk}",
            title=item.shown.title,
            address=absolute(site, to.item(item.column.slug, item.slug)),
            summary=item.shown.lead,
            published_at=item.published_at or public_at,
            updated_at=public_at,
            author=item.shown.byline or site.body,
            categories=(item.column.name, *filter(None, (item.get_field_display(),))),
        )


def answer(
    form: str,
    site: SiteNow,
    *,
    title: str,
    about: str,
    page: str,
    own: str,
    entries: Iterable[Entry],
    key: str = "",
) -> HttpResponse:
    """The feed of these entries; `page` and `own` are the addresses of the page it tells of and of itself. It is known by `key`
    where the page is not its own."""
    feed = FORMS[form](
        title=title,
        link=absolute(site, page),
        description=about,
        language="vi",
        author_name=site.body,
        feed_url=absolute(site, own),
        feed_guid=f"urn:uuid:{uuid5(NAMESPACE_URL, key)}" if key else None,
    )
    for one in entries:
        feed.add_item(
            title=one.title,
            link=one.address,
            # Readers take it for HTML: words of a citizen must stay words there.
            description=escape(one.summary).replace("\n", "<br>"),
            unique_id=f"urn:uuid:{uuid5(NAMESPACE_URL, one.key)}",
            unique_id_is_permalink=False,
            pubdate=localtime(one.published_at),
            updateddate=localtime(one.updated_at),
            author_name=one.author,
            categories=list(one.categories),
            enclosures=[one.enclosure] if one.enclosure else [],
        )
    # Without Last-Modified: no entry says when another was taken away, so the newest one's moment would go back with it, and
    # whoever asks by that moment would keep what is no longer public. The ETag is of what is told.
    made = HttpResponse(content_type=_TYPES[form])
    feed.write(made, "utf-8")
    return made
