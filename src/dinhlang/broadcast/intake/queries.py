"""What was taken in, how it stands, and the keys that were given out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from dinhlang.broadcast import queries
from dinhlang.broadcast.models import Bulletin, BulletinSource, IntakeKey, RunningItem
from dinhlang.broadcast.rules.log import Standing
from dinhlang.broadcast.rules.words import words_digest
from dinhlang.org.models import Unit


@dataclass(frozen=True, slots=True)
class HowItStands:
    """What a sender is told of a bulletin: its state, when it was approved, in how many plays it is planned and was heard."""

    bulletin: Bulletin
    approved_at: datetime | None
    planned: int
    aired: int


def standing_of(bulletin: Bulletin) -> HowItStands:
    """How a bulletin stands now, by the air log."""
    plays = list(RunningItem.objects.filter(bulletin=bulletin).select_related("session"))
    states = queries.states_of({play.session for play in plays})
    told = [states[play.uid].standing for play in plays if play.uid in states]
    edition = bulletin.approved
    return HowItStands(
        bulletin,
        edition.approved_at if edition is not None else None,
        planned=len(plays),
        aired=told.count(Standing.AIRED),
    )


def keys_of(unit: Unit) -> QuerySet[IntakeKey]:
    """The keys that a unit gave out, the newest first."""
    return IntakeKey.objects.filter(unit=unit).select_related("made_by")


def taken_in(unit: Unit) -> QuerySet[BulletinSource]:
    """What a unit took in, the newest first, with its bulletin."""
    return BulletinSource.objects.filter(bulletin__unit=unit).select_related(
        "bulletin__draft", "bulletin__approved", "key", "file"
    )


def source_of(bulletin: Bulletin) -> BulletinSource | None:
    """What a bulletin was taken in from, None for one that was written here."""
    return BulletinSource.objects.filter(bulletin=bulletin).select_related("key", "file").first()


def is_as_it_came(source: BulletinSource, bulletin: Bulletin) -> bool:
    """Whether the edition in work, else the approved one, still has the words that came."""
    edition = bulletin.draft or bulletin.approved
    return edition is not None and words_digest(queries.words_of(edition)) == source.words_digest
