"""Sounds of what is shown: of one item, of a file's hash, of a feed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.db.models import F, Q, QuerySet

from dinhlang.broadcast.models import Voicing
from dinhlang.portal.listening import rules, steps
from dinhlang.portal.listening.rules import Chapter
from dinhlang.portal.models import Edition, Item, ItemSound
from dinhlang.portal.newsroom.queries.content import words_of
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.work.models import Blob

State = Voicing.State
IN_A_PODCAST = 100
# What the bytes of a file say of it (`work.blobs.sniff`), and how its name ends.
FORMS = {"mp3": "audio/mpeg", "opus": "audio/ogg"}


@dataclass(frozen=True, slots=True)
class Heard:
    """An item that can be heard: its file, how long it is (None: unknown) and what stands beside it."""

    item: Item
    edition: Edition
    file: Blob
    seconds: float | None
    published_at: datetime
    has_lines: bool
    chapters: Sequence[Chapter]

    @property
    def guid(self) -> str:
        """What an episode is known by for good: other words are another episode of the same item no more than a page is."""
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'heard:{self.item.unit_id}:{self.item.pk}')}"


def sounds(site: SiteNow) -> QuerySet[ItemSound]:
    """The finished sounds of what the site shows now."""
    return ItemSound.objects.filter(
        edition__item__unit=site.unit_id,
        edition__item__shown=F("edition"),
        voicing__state=State.DONE,
        voicing__dropped_at=None,
    )


def sound_of(site: SiteNow, item: int) -> ItemSound | None:
    """The sound of an item as it is shown, with transcript; None without one."""
    found = sounds(site).filter(edition__item=item).select_related("voicing", "edition__item")
    return found.first()


def file_of(site: SiteNow, sha256: str) -> Blob | None:
    """The sound file with that hash, of something that the site shows; None for any other."""
    found = (
        sounds(site)
        .filter(Q(voicing__mp3=sha256) | Q(voicing__opus=sha256))
        .select_related("voicing__mp3", "voicing__opus")
        .first()
    )
    spoken = found.voicing if found is not None else steps.voicing_with(site.unit_id, sha256)
    if spoken is not None:
        return spoken.mp3 if spoken.mp3_id == sha256 else spoken.opus
    recorded = Edition.objects.filter(recording=sha256, item__unit=site.unit_id, item__shown=F("pk"))
    edition = recorded.select_related("recording").first()
    return edition.recording if edition is not None else None


def chapters_of(edition: Edition, kind: str, lines: Sequence[Sequence[object]]) -> list[Chapter]:
    """The chapters of an edition's sound; none for one without headings."""
    headings = rules.reading_of(words_of(edition), kind).headings
    return rules.chapters(edition.title, headings, lines) if headings else []


def episodes(site: SiteNow, column: int | None = None) -> list[Heard]:
    """What a podcast tells, the newest first: what was read by the machine, and recordings of people. Two questions."""
    shown = Item.objects.filter(unit=site.unit_id, shown__isnull=False, published_at__isnull=False)
    if column is not None:
        shown = shown.filter(column=column)
    heard = shown.filter(
        Q(shown__recording__isnull=False)
        | Q(shown__sound__voicing__state=State.DONE, shown__sound__voicing__dropped_at=None)
    )
    rows = heard.select_related("column", "shown__recording").order_by("-published_at", "-pk")[:IN_A_PODCAST]
    items = list(rows)
    made = {
        one.edition_id: one.voicing
        for one in sounds(site)
        .filter(edition__in=[item.shown_id for item in items])
        .select_related("voicing__mp3")
        .defer("voicing__text", "voicing__words")
    }
    return [one for item in items if (one := _heard(item, made)) is not None]


def _heard(item: Item, made: dict[int, Voicing | None]) -> Heard | None:
    edition, at = item.shown, item.published_at
    if edition is None or at is None or item.column is None:
        return None
    voicing = made.get(edition.pk)
    if voicing is not None and voicing.mp3 is not None:
        found = chapters_of(edition, item.kind, voicing.lines)
        return Heard(item, edition, voicing.mp3, voicing.seconds, at, has_lines=True, chapters=found)
    if edition.recording is None:
        return None
    # Until the worker has evened a recording it is heard as it was sent.
    return Heard(item, edition, edition.recording, None, at, has_lines=False, chapters=())


def standing_of(item: Item) -> ItemSound | None:
    """How the sound of a shown item stands, for the desk; None when nothing was asked for yet."""
    if item.shown_id is None:
        return None
    return ItemSound.objects.filter(edition=item.shown_id).select_related("voicing").first()
