"""What lists and articles show, asked in few questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import CharField, Count, Func, Max, OuterRef, QuerySet, Subquery
from django.utils.timezone import get_default_timezone

from dinhlang.broadcast.models import Voicing
from dinhlang.org.models import Unit
from dinhlang.portal.models import CitedDocument, Column, Edition, EditionPicture, Item, ItemSound
from dinhlang.portal.news.gathered import all_of, first_of, moment_of
from dinhlang.portal.newsroom import queries as newsroom
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.states import Change
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.procedures.models import Event
from dinhlang.work.models import Blob

PER_PAGE = 20
IN_A_MONTH = 60
IN_A_FEED = 30
ON_THE_HOME_PAGE = 40
MOST_LINES = 5
MOST_PROCEDURES = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; empty for everything."""

    column: int | None = None
    field: str = ""
    kind: str = ""
    month: date | None = None


def listed(site: SiteNow, asked: Asked | None = None) -> QuerySet[Item]:
    """What the site shows, newest first, without the texts. Each has `picture` and `picture_words` of its first picture."""
    asked = asked or Asked()
    first = EditionPicture.objects.filter(edition=OuterRef("shown")).order_by("position")
    found = _shown(site, asked).annotate(
        picture=Subquery(first.values("blob")[:1]), picture_words=Subquery(first.values("alternative")[:1])
    )
    if asked.month is not None:
        found = found.filter(
            published_at__gte=_midnight(asked.month), published_at__lt=_midnight(_after(asked.month))
        )
    return found


def keys(site: SiteNow, asked: Asked, start: int, most: int) -> list[int]:
    """The keys of what `listed` gives, from one place of it on. One question, written by hand: to have it built costs more
    than all else of a page whose lines are remembered."""
    said = ["unit_id = %s", "shown_id IS NOT NULL"]
    values: list[Any] = [site.unit_id]
    for column, value in (("column_id", asked.column), ("field", asked.field), ("kind", asked.kind)):
        if value:
            said.append(f"{column} = %s")
            values.append(value)
    if asked.month is not None:
        said.append("published_at >= %s AND published_at < %s")
        values += [
            connection.ops.adapt_datetimefield_value(_midnight(day))
            for day in (asked.month, _after(asked.month))
        ]
    sql = (
        f"SELECT id FROM {Item._meta.db_table} WHERE {' AND '.join(said)}"  # noqa: S608 - our own words; values apart
        " ORDER BY published_at DESC, id DESC LIMIT %s OFFSET %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, most, start])
        return [key for (key,) in cursor.fetchall()]


def with_keys(site: SiteNow, wanted: Sequence[int]) -> QuerySet[Item]:
    """Of what `listed` gives those with these keys."""
    return listed(site).filter(pk__in=wanted)


def _shown(site: SiteNow, asked: Asked) -> QuerySet[Item]:
    column = Column(pk=asked.column) if asked.column is not None else None
    return newsroom.published(Unit(pk=site.unit_id), column=column, field=asked.field, kind=asked.kind).defer(
        "shown__body", "shown__folded", "shown__question"
    )


def months(site: SiteNow, column: int | None = None) -> list[tuple[date, int]]:
    """The months in which something was published that is still shown, newest first, and how much."""
    rows = (
        _shown(site, Asked(column))
        .order_by()
        .annotate(month=_Month("published_at"))
        .values("month")
        .annotate(count=Count("pk"))
        .values_list("month", "count")
        .order_by("-month")
    )
    return [(date.fromisoformat(f"{month}-01"), count) for month, count in rows]


class _Month(Func):
    """The month of a moment here, as "2026-11".

    Django's own is a Python function on SQLite, called for each row: half a second for 10,000 items, on every page that
    lists months.
    """

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        # The clock here has been the same all year since 1975.
        offset = get_default_timezone().utcoffset(datetime(2026, 1, 1))  # noqa: DTZ001 - a time on the wall
        minutes = int(offset.total_seconds() // 60) if offset else 0
        template = f"strftime('%%%%Y-%%%%m', %(expressions)s, '{minutes:+d} minutes')"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        template = f"to_char(%(expressions)s at time zone '{get_default_timezone()}', 'YYYY-MM')"
        return self.as_sql(compiler, connection, template=template)


@dataclass(frozen=True, slots=True)
class News:
    """The news of a home page: one in full, a few lines of it, and what is announced."""

    first: Item | None
    more: Sequence[Item]
    notices: Sequence[Item]


def for_home(site: SiteNow) -> News:
    """The newest items, parted into news and notices."""
    newest = list(listed(site)[:ON_THE_HOME_PAGE])
    news = [item for item in newest if item.kind != Kind.NOTICE]
    notices = [item for item in newest if item.kind == Kind.NOTICE]
    return News(news[0] if news else None, news[1:MOST_LINES], notices[:MOST_LINES])


def for_feed(site: SiteNow, asked: Asked) -> list[tuple[Item, datetime]]:
    """What a feed tells, with when it was published or last changed in what it says (slips that were mended aside).

    Two questions, each by an index: the newest items, and those that were changed last, however many there are.
    """
    told = _shown(site, asked).annotate(public_at=_public_at())
    changed = (
        Edition.objects.filter(
            number__gt=1,
            published_at__isnull=False,
            change__in=[Change.MAJOR, Change.CORRECTION],
            item__in=_shown(site, asked).order_by().values("pk"),
        )
        .order_by()
        .values("item")
        .annotate(at=Max("published_at"))
        .order_by("-at")
        .values("item")
    )
    found: dict[int, Item] = {item.pk: item for item in told[:IN_A_FEED]}
    found |= {item.pk: item for item in told.filter(pk__in=changed[:IN_A_FEED])}
    rows = [(item, vars(item)["public_at"]) for item in found.values()]
    return sorted(rows, key=lambda row: (row[1], row[0].pk), reverse=True)[:IN_A_FEED]


def changed_since(site: SiteNow, asked: Asked, since: date | None) -> QuerySet[Item]:
    """What was published, or changed in what it says, from that day on, the last first. Each item has `public_at`."""
    found = _shown(site, asked).annotate(public_at=_public_at()).order_by("-public_at", "-pk")
    return found if since is None else found.filter(public_at__gte=_midnight(since))


def _public_at() -> Subquery:
    """When an item was published or last changed in what it says."""
    told = (
        Edition.objects.filter(item=OuterRef("pk"), published_at__isnull=False)
        .exclude(change=Change.MINOR)
        .order_by()
        .values("item")
        .annotate(at=Max("published_at"))
        .values("at")
    )
    return Subquery(told)


def changed_at(site: SiteNow) -> list[tuple[str, str, datetime]]:
    """(column, slug, when it last changed in what it says) of everything that is shown, newest first. One question."""
    rows = (
        _shown(site, Asked())
        .filter(column__isnull=False)
        .annotate(public_at=_public_at())
        .order_by("-public_at", "-pk")
        .values_list("column__slug", "slug", "public_at")
    )
    return [(column, slug, at) for column, slug, at in rows if at is not None]


def fields(site: SiteNow) -> list[str]:
    """The fields of reform of which something is shown. One question."""
    return sorted(
        _shown(site, Asked()).exclude(field="").order_by().values_list("field", flat=True).distinct()
    )


def procedures_of(item: Item) -> list[tuple[str, str]]:
    """(code, name) of the procedures that an item tells of, when it was drafted from there."""
    if item.procedure_version is not None:
        return [(item.procedure_version.procedure.code, item.procedure_version.name)]
    if item.decision_id is None:
        return []
    named = Event.objects.filter(decision=item.decision_id, version__isnull=False).order_by(
        "procedure__code", "pk"
    )
    rows = named.values_list("procedure__code", "version__name")[: MOST_PROCEDURES + 1]
    return list(dict(rows).items())[:MOST_PROCEDURES]


@dataclass(frozen=True, slots=True)
class Told:
    """What changed for readers in one edition."""

    at: datetime
    is_correction: bool
    note: str


@dataclass(frozen=True, slots=True)
class Beside:
    """The item before or after another in its column."""

    pk: int
    slug: str
    title: str


@dataclass(frozen=True, slots=True)
class Sound:
    """An edition read aloud: the hashes of its files, its length in seconds, and by which voice."""

    mp3: str
    opus: str
    seconds: float
    voice: str


@dataclass(frozen=True, slots=True)
class Story:
    """An item that is shown, with all that stands on its page."""

    item: Item
    edition: Edition
    pictures: Sequence[EditionPicture]
    documents: Sequence[CitedDocument]
    told: Sequence[Told]
    before: Beside | None
    after: Beside | None
    sound: Sound | None


def story(item: Item) -> Story:
    """All of a shown item's page, in one question. Raises `ValueError` for one that is not shown."""
    if item.shown is None:
        raise ValueError("an item that is not shown has no story")
    names = {"pk": "pk", "slug": "slug", "title": "shown__title"}
    earlier, later = newsroom.neighbours_of(item)
    found = (
        Item.objects.filter(pk=item.pk)
        .order_by()
        .values_list(
            all_of(EditionPicture.objects.filter(edition=item.shown), **{one: one for one in _PICTURE}),
            all_of(
                CitedDocument.objects.filter(edition=item.shown),
                **{one: one for one in _CITED},
                size="blob__size",
            ),
            # What readers are told of changes: corrections and what is new, never a slip that was mended.
            all_of(
                Edition.objects.filter(
                    item=item.pk,
                    published_at__isnull=False,
                    change__in=[Change.MAJOR, Change.CORRECTION],
                ),
                number="number",
                at="published_at",
                change="change",
                note="note",
            ),
            first_of(earlier, **names),
            first_of(later, **names),
            first_of(
                ItemSound.objects.filter(
                    edition=item.shown, voicing__state=Voicing.State.DONE, voicing__dropped_at=None
                ),
                mp3="voicing__mp3",
                opus="voicing__opus",
                seconds="voicing__seconds",
                voice="voicing__voice",
            ),
        )
        .get()
    )
    pictures, documents, told, before, after, sound = found
    return Story(
        item,
        item.shown,
        [EditionPicture(**one) for one in _in_order(pictures)],
        [_cited(**one) for one in _in_order(documents)],
        [
            Told(moment_of(one["at"]), one["change"] == Change.CORRECTION, one["note"])
            for one in sorted(told or (), key=lambda one: -int(one["number"]))
        ],
        Beside(**before) if before else None,
        Beside(**after) if after else None,
        Sound(**sound) if sound else None,
    )


_PICTURE = ("pk", "position", "blob_id", "width", "height", "alternative", "caption", "credit", "words")
_CITED = (
    "pk",
    "position",
    "symbol",
    "issued_on",
    "title",
    "url",
    "blob_id",
    "file_name",
    "transcript",
    "is_scan",
)


def _in_order(rows: list[dict[str, Any]] | None) -> list[dict[str, Any]]:
    return sorted(rows or (), key=lambda one: int(one["position"]))


def _cited(*, blob_id: str | None, size: int | None, issued_on: str | None, **fields: Any) -> CitedDocument:
    blob = Blob(sha256=blob_id, size=size or 0) if blob_id else None
    return CitedDocument(blob=blob, issued_on=issued_on and date.fromisoformat(issued_on), **fields)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def _after(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)
