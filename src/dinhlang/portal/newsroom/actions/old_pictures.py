"""Pictures of an old site: fetched one by one by the worker, and laid into their items once words say what they show."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission, Refused
from dinhlang.portal.kept import changed
from dinhlang.portal.models import EditionPicture, Item, OldPicture
from dinhlang.portal.newsroom import fetching
from dinhlang.portal.newsroom.actions.attaching import MOST_PICTURES
from dinhlang.portal.newsroom.actions.moving import locked
from dinhlang.portal.newsroom.actions.publishing import carry_over
from dinhlang.portal.newsroom.actions.writing import new_edition
from dinhlang.portal.newsroom.queries.content import digest_of, words_of
from dinhlang.portal.newsroom.rules import kept
from dinhlang.portal.newsroom.rules.checking import says_something
from dinhlang.portal.newsroom.rules.old_pictures import Zip, name_of
from dinhlang.portal.newsroom.rules.states import Change, Deed, State
from dinhlang.portal.newsroom.rules.text_pictures import looks_like_text
from dinhlang.work import actions as work
from dinhlang.work import blobs, photos
from dinhlang.work.models import Picture
from dinhlang.work.rules import FileEvidence, clean

AT_ONCE = 8
"""Pictures of one turn. What is published meanwhile need not wait long, and the old site is not overrun."""
BREATH_SECONDS = 0.25
_PROBLEM_LENGTH = 300

Fetch = Callable[..., bytes]


def take_old_pictures(
    *, at: datetime, fetch: Fetch = fetching.picture, breath: float = BREATH_SECONDS
) -> int:
    """Get some of the pictures that wait, one after the other, and say how many were looked after. For the worker.

    One that cannot be had is told by its name and why; nothing of it is stored.
    """
    rows = list(
        OldPicture.objects.filter(state=OldPicture.State.WAITING)
        .select_related("archive")
        .order_by("pk")[:AT_ONCE]
    )
    archives: dict[str, Zip] = {}
    for row in rows:
        _take(row, archives, fetch, at)
        if row.archive is None:
            time.sleep(breath)
    for item_id in {row.item_id for row in rows}:
        waiting = OldPicture.objects.filter(item=item_id, state=OldPicture.State.WAITING)
        if not waiting.exists():
            _place_described(item_id, at)
    return len(rows)


@kept_in_vietnamese
def _take(row: OldPicture, archives: dict[str, Zip], fetch: Fetch, at: datetime) -> None:
    name = name_of(row.address)
    try:
        data = _bytes(row, archives, fetch)
        if not photos.is_photo(blobs.sniff(data)):
            raise Refused(_("Ảnh “%(name)s” không phải tệp ảnh nên không lấy.") % {"name": name})
        held = work.hold_file(FileEvidence(data, name), at)
        picture = Picture.objects.select_related("blob").get(blob=held.sha256)
    except (Refused, blobs.BlobLost) as reason:
        told = str(reason)
        if name not in told:
            told = _("Ảnh “%(name)s”: %(why)s") % {"name": name, "why": told}
        found: dict[str, object] = {"state": OldPicture.State.REFUSED, "problem": told[:_PROBLEM_LENGTH]}
    else:
        found = {
            "state": OldPicture.State.HELD,
            "blob": picture.blob,
            "width": picture.width,
            "height": picture.height,
            "is_text": looks_like_text(blobs.read(picture.blob)),
        }
    # Another worker may have been quicker; then it stands as that one left it.
    OldPicture.objects.filter(pk=row.pk, state=OldPicture.State.WAITING).update(
        **found, archive=None, changed_at=at
    )


def _bytes(row: OldPicture, archives: dict[str, Zip], fetch: Fetch) -> bytes:
    if row.archive is None:
        return fetch(row.address, host=row.host)
    found = archives.get(row.archive.sha256)
    if found is None:
        found = archives[row.archive.sha256] = Zip(blobs.read(row.archive), "anh.zip")
    return found.read(row.address)


def _place_described(item_id: int, at: datetime) -> None:
    """Lay those into the item of which the old site said already what they show."""
    held = OldPicture.objects.filter(item=item_id, state=OldPicture.State.HELD).select_related("by")
    told = [row for row in held if says_something(row.alternative)]
    if told:
        with transaction.atomic():
            _place(Item(pk=item_id), told, by=told[0].by, at=at)


def describe_old_pictures(
    *,
    unit: Unit,
    words: Mapping[int, str],
    left_out: Sequence[int] = (),
    by: Person | None,
    at: datetime,
) -> int:
    """Say in words what pictures of the old site show, by their keys, and leave some out; how many went into items.

    They go into what everyone reads, as the import itself did. Those of an item that is being changed wait. Raises
    `org.permissions.NotAllowed`.
    """
    check_can(by, Permission.NEWS_REVIEW, unit, localdate(at))
    of_unit = OldPicture.objects.filter(item__unit=unit, state=OldPicture.State.HELD)
    of_unit.filter(pk__in=list(left_out)).update(state=OldPicture.State.LEFT_OUT, changed_at=at)
    given = {pk: clean(text) for pk, text in words.items() if clean(text)}
    by_item: dict[int, list[OldPicture]] = {}
    for row in of_unit.filter(pk__in=list(given)).order_by("item", "position"):
        row.alternative = given[row.pk][: _alternative_length()]
        by_item.setdefault(row.item_id, []).append(row)
    placed = 0
    for item_id, rows in by_item.items():
        with transaction.atomic():
            placed += _place(Item(pk=item_id), rows, by=by, at=at)
    return placed


def _alternative_length() -> int:
    return OldPicture._meta.get_field("alternative").max_length or 0


def _place(item: Item, rows: Sequence[OldPicture], *, by: Person | None, at: datetime) -> int:
    """A new edition of the item with these pictures, for everyone at once; none while somebody changes the item."""
    item = locked(item)
    before = item.shown
    for row in rows:
        row.changed_at = at
        row.save(update_fields=["alternative", "changed_at"])
    if item.state != State.PUBLISHED or before is None or item.draft_id != item.shown_id:
        return 0
    last = item.editions.aggregate(last=Max("number"))["last"] or 0
    edition = new_edition(item, words_of(before), number=last + 1, by=by, at=at)
    carry_over(before, edition)
    edition.change, edition.recording = Change.MINOR, before.recording
    room = MOST_PICTURES - edition.pictures.count()
    position = edition.pictures.aggregate(last=Max("position"))["last"] or 0
    for number, row in enumerate(rows[:room], position + 1):
        if row.blob is None:
            raise TypeError("a picture that is held has its file")
        EditionPicture.objects.create(
            edition=edition,
            position=number,
            blob=row.blob,
            width=row.width,
            height=row.height,
            alternative=row.alternative,
            caption=row.caption,
            is_text=row.is_text,
        )
        row.state = OldPicture.State.PLACED
        row.save(update_fields=["state"])
    edition.published_at, edition.digest = at, digest_of(edition)
    edition.save()
    edition.saves.all().delete()
    item.shown = item.draft = edition
    item.changed_at = at
    item.save(update_fields=["shown", "draft", "changed_at"])
    item.steps.create(
        edition=edition, deed=Deed.IMPORT, state=item.state, reason=kept.OLD_PICTURES, at=at, by=by
    )
    audit(
        by=by,
        at=at,
        action="item.import",
        target=item,
        unit=item.unit,
        detail={"pictures": len(rows[:room])},
    )
    changed(f"item:{item.pk}", *((f"column:{item.column_id}",) if item.column_id else ()))
    return len(rows[:room])
