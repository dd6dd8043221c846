"""Having what is published read aloud: asked for by the worker's clock, said on pages once it is there."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.voicing import actions as voicing
from dinhlang.broadcast.voicing.queries import UNDER_WAY
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.kept.changes import changed
from dinhlang.portal.listening import rules
from dinhlang.portal.models import Edition, Item, ItemSound
from dinhlang.portal.newsroom import permissions
from dinhlang.portal.newsroom.queries.content import words_of
from dinhlang.portal.sites import registry
from dinhlang.work import blobs

# Articles wait for bulletins, which somebody wants to air: so few stand before one in the worker's row.
MOST_UNDER_WAY = 3


@kept_in_vietnamese
def ask_due(*, at: datetime) -> int:
    """Ask for the sound of what is shown and has none, the newest first; how many. For the worker's clock.

    What is long published gets its turn when nothing newer waits.
    """
    under_way = Voicing.objects.filter(of_items__isnull=False, state__in=UNDER_WAY, dropped_at=None).count()
    free = MOST_UNDER_WAY - under_way
    if free <= 0:
        return 0
    units = list(registry.now().by_unit)
    due = _without_sound().filter(item__unit__in=units).order_by("-item__published_at", "-pk")
    return sum(ask(edition=edition, at=at) for edition in due.select_related("item__unit")[:free])


def _without_sound() -> QuerySet[Edition]:
    """Editions that are shown and of which no sound was asked for."""
    return Edition.objects.filter(item__shown=F("pk"), sound=None).select_related("recording")


def ask(*, edition: Edition, at: datetime) -> bool:
    """Ask for the sound of a published edition, once; what cannot be read is noted with the reason. Whether it was new."""
    try:
        with transaction.atomic():
            row, problem = _voiced(edition, at)
            ItemSound.objects.create(edition=edition, voicing=row, problem=problem, asked_at=at)
            # The same words were read before: the files are there already.
            if row is not None and row.state == Voicing.State.DONE:
                changed(f"sound:{edition.item_id}")
    except IntegrityError:
        # Another worker asked between the two looks.
        return False
    return True


def _voiced(edition: Edition, at: datetime) -> tuple[Voicing | None, str]:
    """The sound that the worker is to make: of a person's recording that the edition has, else of its words."""
    unit, words = edition.item.unit, words_of(edition)
    try:
        if edition.recording is not None:
            said = rules.said_in_a_recording(words)
            raw = blobs.read(edition.recording)
            made = voicing.ask_to_even(unit=unit, raw=raw, text=said, title=edition.title, by=None, at=at)
        else:
            text = rules.reading_of(words, edition.item.kind).text
            made = voicing.ask(unit=unit, text=text, title=edition.title, by=None, at=at)
    except Refused as reason:
        return None, str(reason)[:300]
    except blobs.BlobLost:
        return None, _("Tệp ghi âm không còn trong kho. Hãy gửi lại tệp ghi âm.")
    return made, ""


@transaction.atomic
def ask_again(*, item: Item, by: Person | None, at: datetime) -> ItemSound:
    """Have a shown item read once more after it failed. Raises `Refused` when there is nothing to do again, `NotAllowed`."""
    permissions.check_can_review(by, item, localdate(at))
    sound = (
        ItemSound.objects.filter(edition=item.shown_id)
        .select_related("voicing", "edition__item__unit", "edition__recording")
        .first()
    )
    if sound is None or (sound.voicing is not None and sound.voicing.state != Voicing.State.FAILED):
        raise Refused(_("Bài này đang chờ đọc hoặc đã đọc xong. Tải lại trang để xem."))
    if sound.voicing is not None:
        voicing.retry(voicing=sound.voicing, at=at)
    else:
        sound.voicing, sound.problem = _voiced(sound.edition, at)
        sound.save(update_fields=["voicing", "problem"])
    audit(by=by, at=at, action="item.sound-again", target=item, unit=item.unit)
    return sound


def sound_made(row: Voicing) -> None:
    """A sound is there, or cannot be made: the pages of the items whose sound it is say so."""
    items = set(row.of_items.values_list("edition__item", flat=True))
    changed(*(f"sound:{item}" for item in sorted(items)))
