"""Bringing evidence: photos made fit to keep, files as they come, links, entries of registers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.work import blobs, folds, permissions, photos, queries, rules
from dinhlang.work.models import Activity, Batch, Blob, Evidence, Picture, Reversal
from dinhlang.work.rules import EntryEvidence, FileEvidence, HeldEvidence, LinkEvidence, NotRecordable

EvidenceGiven = FileEvidence | HeldEvidence | LinkEvidence
"""What a person may bring. That a line is counted in a register is said by the room that counted it, with the line."""


@dataclass(frozen=True, slots=True)
class Ready:
    """Evidence that is looked through and can be written down: a stored file, an address, or neither for an entry of a register."""

    caption: str
    url: str = ""
    blob: Blob | None = None

    @property
    def kind(self) -> str:
        if self.blob is None:
            return Evidence.Kind.LINK if self.url else Evidence.Kind.ENTRY
        is_picture = self.blob.media_type.startswith("image/")
        return Evidence.Kind.PHOTO if is_picture else Evidence.Kind.FILE


def make_ready(given: Iterable[EvidenceGiven | EntryEvidence], at: datetime) -> list[Ready]:
    """Look through what is brought and store its files, before any lock is taken: a photo takes a second to read.

    Raises `Refused` for a file that cannot be kept and `NotRecordable` for what is no address.
    """
    return [_ready(one, at) for one in given]


def _ready(given: EvidenceGiven | EntryEvidence, at: datetime) -> Ready:
    if isinstance(given, EntryEvidence):
        return Ready(given.words)
    caption = rules.clean(given.caption)[: rules.CAPTION_LENGTH]
    if isinstance(given, LinkEvidence):
        try:
            return Ready(caption, url=rules.check_link(given.url))
        except NotRecordable as reason:
            raise NotRecordable(rules.sentence(str(reason)), reason.field) from None
    if isinstance(given, HeldEvidence):
        return Ready(caption, blob=Blob.objects.get(pk=given.sha256))
    return _ready_file(given.data, caption, at)


def hold_file(
    given: FileEvidence, at: datetime, *, look: Callable[[photos.Photo], None] | None = None
) -> HeldEvidence:
    """Store a file of a form that cannot be taken yet, so that nobody has to choose it again.

    What is never taken in the end is swept (`sweep_files`). Raises `Refused` for a file that cannot be kept. A photo is given to
    `look` once it is fit to keep and before it is stored; what that raises keeps it out.
    """
    ready = _ready_file(given.data, rules.clean(given.caption)[: rules.CAPTION_LENGTH], at, look)
    if ready.blob is None:
        raise TypeError("a file is ready with its blob")
    return HeldEvidence(ready.blob.pk, ready.caption)


def _ready_file(
    data: bytes, caption: str, at: datetime, look: Callable[[photos.Photo], None] | None = None
) -> Ready:
    media_type = blobs.sniff(data)
    rules.check_file(data, caption, is_picture=bool(media_type and media_type.startswith("image/")))
    if not photos.is_photo(media_type):
        return Ready(caption, blob=blobs.store(data, None, at))
    blobs.check_size(len(data))
    photo = photos.clean(data)
    if look is not None:
        look(photo)
    blob = blobs.store(photo.data, None, at)
    small = blobs.store(photo.thumbnail, None, at)
    Picture.objects.get_or_create(
        blob=blob,
        defaults={
            "width": photo.width,
            "height": photo.height,
            "thumbnail": small,
            "fingerprint": photo.fingerprint,
        },
    )
    # A file that was HEIC and is JPEG now must not go on under the old ending.
    suffix = ".png" if blob.media_type == "image/png" else ".jpg"
    name = str(PurePath(caption).with_suffix(suffix)) if PurePath(caption).suffix else caption
    return Ready(name[: rules.CAPTION_LENGTH], blob=blob)


@transaction.atomic
def write_evidence(
    activity: Activity, ready: Ready, *, by: Person | None, at: datetime, batch: Batch | None = None
) -> Evidence:
    """Lay it beside the line; what is there already is given back. Folding is the caller's."""
    same = Evidence.objects.filter(activity=activity, kind=ready.kind, url=ready.url, blob=ready.blob)
    if ready.kind == Evidence.Kind.ENTRY:
        # Which entry it is its words alone say.
        same = same.filter(caption=ready.caption)
    return same.first() or Evidence.objects.create(
        activity=activity,
        kind=ready.kind,
        url=ready.url,
        blob=ready.blob,
        caption=ready.caption,
        batch=batch,
        added_at=at,
        added_by=by,
    )


def add_evidence(*, activity: Activity, evidence: EvidenceGiven, by: Person | None, at: datetime) -> Evidence:
    """Lay evidence beside a line. The same file or address twice gives the one that is there.

    Raises `Refused` for a reversed line or a file that cannot be kept, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_record(by, activity.unit, localdate(at))
    [ready] = make_ready([evidence], at)
    return _add_ready(activity=activity, ready=ready, by=by, at=at)


def add_consequence_evidence(
    *, activity: Activity, evidence: EvidenceGiven, by: Person | None, at: datetime
) -> Evidence:
    """As `add_evidence`, from an act of another room, which has checked who may. Raises `Refused`."""
    [ready] = make_ready([evidence], at)
    return _add_ready(activity=activity, ready=ready, by=by, at=at)


@transaction.atomic
def _add_ready(*, activity: Activity, ready: Ready, by: Person | None, at: datetime) -> Evidence:
    lock(activity.unit)
    found = add_under_lock(activity, ready, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="evidence.add",
        target=found,
        unit=activity.unit,
        detail={"activity": activity.pk},
    )
    return found


def add_under_lock(
    activity: Activity, ready: Ready, *, by: Person | None, at: datetime, batch: Batch | None = None
) -> Evidence:
    """Lay evidence beside a line and fold it. The caller holds the unit's lock. Raises `Refused` for a reversed line."""
    if Reversal.objects.filter(activity=activity).exists():
        raise Refused(_("Dòng này đã được hủy nên không nhận thêm minh chứng. Hãy ghi lại hoạt động."))
    had_evidence = has_evidence(activity)
    found = write_evidence(activity, ready, by=by, at=at, batch=batch)
    if not had_evidence:
        deltas = folds.no_deltas()
        folds.add_first_evidence(deltas, queries.line_of(activity))
        folds.apply(activity.unit, deltas)
    return found


def has_evidence(activity: Activity) -> bool:
    # Asked anew under the unit's lock: the caller's object may carry a list from before it.
    return Evidence.objects.filter(activity=activity).exists()
