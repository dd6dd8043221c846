"""Bulletins as the desk asks for them, and how fast a station's readers read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from dinhlang.broadcast.models import Bulletin, BulletinEdition, BulletinLink, RunningItem
from dinhlang.broadcast.rules import words as rules
from dinhlang.broadcast.rules.kinds import Language
from dinhlang.broadcast.rules.reading import Rate, measured_rate
from dinhlang.broadcast.rules.states import State
from dinhlang.broadcast.rules.words import Words
from dinhlang.org.actions.decision_links import open_links
from dinhlang.org.models import Unit
from dinhlang.vietnamese.text import fold

# Readers change, and so does how they read.
_RATE_DAYS = timedelta(days=365)
_RATE_RECORDINGS = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """What to show of the bulletins; whatever is empty narrows nothing."""

    words: str = ""
    state: str = ""
    kind: str = ""
    priority: int | None = None
    field: str = ""
    language: str = ""


def bulletins(unit_ids: Iterable[str], asked: Asked | None = None) -> QuerySet[Bulletin]:
    """The bulletins of these units, the newest first, with what a row shows."""
    asked = asked or Asked()
    found = Bulletin.objects.filter(unit__in=list(unit_ids))
    for name in ("state", "kind", "priority", "field", "language"):
        if (value := getattr(asked, name)) not in ("", None):
            found = found.filter(**{name: value})
    if not asked.state:
        found = found.exclude(state=State.DROPPED)
    for word in fold(asked.words).split():
        found = found.filter(
            Q(draft__folded__contains=word)
            | Q(approved__folded__contains=word)
            | Q(reference__icontains=word)
        )
    return (
        found.select_related("draft", "approved", "author")
        .defer("draft__script", "draft__folded", "approved__script", "approved__folded")
        .order_by("-changed_at", "-pk")
    )


def airable(unit: Unit, first: date, last: date) -> QuerySet[Bulletin]:
    """The approved bulletins that may be aired on some day from `first` to `last`, the most urgent first."""
    found = Bulletin.objects.filter(unit=unit, approved__isnull=False)
    found = found.filter(
        Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_until=None) | Q(valid_until__gte=first)
    )
    return (
        found.select_related("approved", "task")
        .defer("approved__script", "approved__folded")
        .order_by("-priority", "approved__approved_at", "pk")
    )


def rate_of(unit: Unit) -> Rate:
    """How fast scripts are read at a station, measured by its newest recordings in Vietnamese; else the usual rate."""
    newest = (
        BulletinEdition.objects.filter(
            bulletin__unit=unit,
            bulletin__language=Language.VIETNAMESE,
            recording__isnull=False,
        )
        .exclude(script="")
        .order_by("-changed_at")
        .values_list("script", "recording_seconds", "changed_at")[:_RATE_RECORDINGS]
    )
    rows = list(newest)
    if not rows:
        return Rate()
    since = rows[0][2] - _RATE_DAYS
    return measured_rate((script, seconds or 0) for script, seconds, changed in rows if changed >= since)


def words_of(edition: BulletinEdition) -> Words:
    """What an edition says."""
    return Words(edition.title, edition.script, edition.writer, edition.reader)


def digest_of(bulletin: Bulletin, edition: BulletinEdition) -> str:
    """The digest of an edition as it stands."""
    return rules.digest(
        words_of(edition),
        kind=bulletin.kind,
        language=bulletin.language,
        recording=edition.recording_id or "",
    )


def is_as_linked(link: BulletinLink, bulletin: Bulletin) -> bool:
    """Whether the bulletin still waits for approval with the words that the link was made for."""
    edition = bulletin.draft
    return (
        bulletin.state == State.PASSED_ON
        and edition is not None
        and digest_of(bulletin, edition) == link.digest
    )


def open_links_of(bulletin: Bulletin, at: datetime) -> list[BulletinLink]:
    """The links with which somebody can still decide about the bulletin."""
    return list(open_links(bulletin.links.select_related("approver"), at))


def planned_plays(bulletin: Bulletin, on: date, *, most: int = 10) -> list[RunningItem]:
    """The places that the bulletin has in sessions from a day on, the next first."""
    found = RunningItem.objects.filter(bulletin=bulletin, session__day__gte=on, session__cancelled_why="")
    return list(found.select_related("session").order_by("session__day", "session__starts", "pk")[:most])
