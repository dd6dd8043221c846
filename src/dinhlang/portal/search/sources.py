"""What of the house can be found: each public thing as a document of the index, by the tag under which it changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from html.parser import HTMLParser
from itertools import chain
from typing import NamedTuple, cast

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localdate

from dinhlang.citizens.models import Publication as Voice
from dinhlang.citizens.rules.states import Shown
from dinhlang.officialdoc import codec, write
from dinhlang.portal.models import Edition, Item, OpenPlan, Publication
from dinhlang.portal.newsroom.rules.body import plain
from dinhlang.procedures import queries as procedures
from dinhlang.procedures.models import Decision, Event, Procedure
from dinhlang.procedures.rules.sheet import words_of
from dinhlang.reports import render
from dinhlang.search import Document

PROCEDURE, REPORT, PLAN, DECISION, VOICE = "procedure", "report", "plan", "decision", "voice"
# Read at a time, so that a rebuild of many thousands needs little memory.
_AT_ONCE = 200


class Asked(NamedTuple):
    """What some tags ask for: documents to be put in, and identifiers of which only those are left."""

    documents: Iterable[Document]
    ids: Sequence[str]


def catalogue_of(unit_id: str) -> str:
    """The site under which a body's procedures are found: those of a province are found on every commune's page."""
    return f"catalogue:{unit_id}"


def everything(on: date) -> Iterator[Document]:
    """Every document there is, in the order of its tables."""
    yield from _items(_shown_items())
    yield from _reports(_open_reports())
    yield from _plans(_open_plans())
    yield from _procedures(Procedure.objects.all(), on)
    yield from _decisions(_announcing())
    yield from _voices(_shown_voices())


def tagged(tags: Iterable[str], on: date) -> Asked:
    """The documents that these tags name, and the identifiers of all they could name, some gone by now.

    Tags of other things name nothing.
    """
    named: dict[str, set[str]] = {}
    for tag in tags:
        kind, _, name = tag.partition(":")
        named.setdefault(kind, set()).add(name)
    items = [int(name) for name in named.get("item", ()) if name.isdecimal()]
    reports = [int(name) for name in named.get("report", ()) if name.isdecimal()]
    plans = [int(name) for name in named.get("plan", ()) if name.isdecimal()]
    voices = [int(name) for name in named.get("voice", ()) if name.isdecimal()]
    columns = [int(name) for name in named.get("column", ()) if name.isdecimal()]
    items += Item.objects.filter(column__in=columns).values_list("pk", flat=True)
    found = Procedure.objects.filter(code__in=named.get("procedure", ()))
    # By the decisions whose procedures are named: a decision comes with them, and is never taken back.
    decided = _announcing().filter(events__procedure__in=found).distinct()
    ids = [f"item:{pk}" for pk in items] + [f"report:{pk}" for pk in reports]
    ids += [f"plan:{pk}" for pk in plans] + [f"voice:{pk}" for pk in voices]
    return Asked(
        chain(
            _items(_shown_items().filter(pk__in=items)),
            _reports(_open_reports().filter(report__in=reports)),
            _plans(_open_plans().filter(plan__in=plans)),
            _procedures(found, on),
            _decisions(decided),
            _voices(_shown_voices().filter(pk__in=voices)),
        ),
        ids + [procedure_id(unit_id, code) for unit_id, code in found.values_list("unit_id", "code")],
    )


def procedure_id(unit_id: str, code: str) -> str:
    """The identifier of a procedure of a body's catalogue in the index."""
    return f"procedure:{unit_id}:{code}"


def _shown_items() -> QuerySet[Item]:
    return Item.objects.exclude(shown=None).order_by("pk")


def _items(found: QuerySet[Item]) -> Iterator[Document]:
    related = found.select_related("shown", "column").prefetch_related("shown__pictures", "shown__documents")
    for item in related.iterator(chunk_size=_AT_ONCE):
        edition = cast(Edition, item.shown)
        said = [edition.lead, edition.question, plain(edition.body), edition.place, edition.byline]
        for picture in edition.pictures.all():
            said += [picture.alternative, picture.caption, picture.words]
        for cited in edition.documents.all():
            said += [cited.symbol, cited.title, cited.transcript]
        yield Document(
            id=f"item:{item.pk}",
            site=item.unit_id,
            title=edition.title,
            text="\n".join(filter(None, said)),
            on=_day(item.published_at),
            facets=_named(kind=item.kind, field=item.field, column=item.column_id),
            place=f"{item.column.slug if item.column else ''}/{item.slug}",
        )


def _open_reports() -> QuerySet[Publication]:
    return Publication.objects.filter(withdrawn_at=None).order_by("pk")


def _reports(found: QuerySet[Publication]) -> Iterator[Document]:
    for publication in found.select_related("report").iterator(chunk_size=_AT_ONCE):
        document = render.document_of(publication.report)
        yield Document(
            id=f"report:{publication.report_id}",
            site=publication.report.unit_id,
            title=document.subject or str(publication.report),
            text="\n".join(filter(None, [publication.note, words_of_html(write.html(document))])),
            on=publication.report.issued_on or _day(publication.published_at),
            facets=_named(kind=REPORT, column=publication.column_id),
            place=f"{publication.report.issued_on:%Y}/{publication.report.number}",
        )


def _open_plans() -> QuerySet[OpenPlan]:
    return OpenPlan.objects.filter(withdrawn_at=None).order_by("pk")


def _plans(found: QuerySet[OpenPlan]) -> Iterator[Document]:
    for plan in found.iterator(chunk_size=_AT_ONCE):
        yield Document(
            id=f"plan:{plan.plan_id}",
            site=plan.unit_id,
            title=plan.subject,
            text=f"{plan.number}\n{words_of_html(write.html(codec.from_json(plan.document)))}",
            on=plan.issued_on,
            facets=_named(kind=PLAN),
            place=plan.slug,
        )


def _announcing() -> QuerySet[Decision]:
    announced = Event.objects.filter(decision=OuterRef("pk"))
    return Decision.objects.filter(Exists(announced)).order_by("pk")


def _decisions(found: QuerySet[Decision]) -> Iterator[Document]:
    """Decisions by what they say of themselves; what they announce is found as procedures."""
    for decision in found.iterator(chunk_size=_AT_ONCE):
        yield Document(
            id=f"decision:{decision.pk}",
            site=catalogue_of(decision.unit_id),
            title=decision.subject or decision.number,
            text="\n".join(filter(None, [decision.number, decision.issuer])),
            on=decision.signed_on or _day(decision.added_at),
            facets=_named(kind=DECISION),
            place=str(decision.pk),
        )


def _shown_voices() -> QuerySet[Voice]:
    return Voice.objects.filter(state=Shown.PUBLISHED).order_by("pk")


def _voices(found: QuerySet[Voice]) -> Iterator[Document]:
    """Answered feedback by its public words alone."""
    for voice in found.defer("spans", "folded").iterator(chunk_size=_AT_ONCE):
        yield Document(
            id=f"voice:{voice.pk}",
            site=voice.unit_id,
            title=voice.title or voice.question[:80],
            text=f"{voice.question}\n{voice.answer}",
            on=_day(voice.published_at),
            facets=_named(kind=VOICE, voice=voice.category),
            place=str(voice.uid),
        )


def _procedures(found: QuerySet[Procedure], on: date) -> Iterator[Document]:
    for procedure in found.order_by("pk").prefetch_related("versions").iterator(chunk_size=_AT_ONCE):
        page = procedures.page_of(procedure, on)
        if page is None:
            continue
        yield Document(
            id=procedure_id(procedure.unit_id, procedure.code),
            site=catalogue_of(procedure.unit_id),
            title=page.sheet.name,
            text="\n".join(chain([procedure.code], filter(None, words_of(page.sheet)))),
            on=page.version.starts_on or _day(procedure.added_at),
            facets=_named(kind=PROCEDURE, subject=page.sheet.field, standing=page.standing),
            place=procedure.code,
        )


def _day(moment: datetime | None) -> date:
    return localdate(moment)


def _named(**facets: object) -> dict[str, str]:
    return {name: str(value) for name, value in facets.items() if value}


class _Words(HTMLParser):
    """What a reader sees of our own HTML."""

    _APART = frozenset({"p", "li", "h2", "h3", "h4", "tr", "td", "th", "br", "blockquote", "figcaption"})
    _UNSEEN = frozenset({"style", "script", "title"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._unseen = 0

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.said.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in self._UNSEEN
        if tag in self._APART:
            self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in self._UNSEEN


def words_of_html(body: str) -> str:
    """The words of a document's HTML as they are read, on one line; of an item's body `newsroom.rules.body.plain`."""
    reader = _Words()
    reader.feed(body)
    reader.close()
    return " ".join("".join(reader.said).split())
