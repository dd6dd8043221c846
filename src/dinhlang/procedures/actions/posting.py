"""Hanging procedures and taking them down: each act is a line of the ledger with its photo."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.procedures import queries
from dinhlang.procedures.models import Place, Posting, Version
from dinhlang.procedures.rules import posting as rules
from dinhlang.procedures.rules.posting import CannotPost
from dinhlang.work.actions import EvidenceGiven, hold_file, record_activity
from dinhlang.work.models import Activity, ActivityKind, Basis, Blob, ReformField
from dinhlang.work.rules import FileEvidence


@transaction.atomic
def add_place(*, unit: Unit, name: str, channel: str, by: Person | None, at: datetime) -> Place:
    """Add a place where procedures hang. Raises `CannotPost` or `org.permissions.NotAllowed`."""
    check_can(by, Permission.PROCEDURES_POST, unit, localdate(at))
    said = rules.checked_name(name)
    if channel not in Place.Channel.values:
        raise CannotPost(_("Chưa chọn hình thức niêm yết. Hãy chọn bảng, máy tra cứu hoặc trang thông tin."))
    if Place.objects.filter(unit=unit, name=said).exists():
        raise CannotPost(_("Đã có nơi niêm yết “%(name)s”. Chọn tên khác.") % {"name": said})
    place = Place.objects.create(unit=unit, name=said, channel=channel)
    audit(by=by, at=at, action="place.add", target=place, unit=unit, detail={"name": said})
    return place


@transaction.atomic
def close_place(*, place: Place, is_open: bool, by: Person | None, at: datetime) -> Place:
    """Close a place or open it again. Nothing may hang in one that closes. Raises as `add_place`."""
    check_can(by, Permission.PROCEDURES_POST, place.unit, localdate(at))
    if not is_open and place.postings.filter(taken_down_on=None).exists():
        raise CannotPost(
            _("Ở “%(name)s” còn thủ tục đang niêm yết. Hãy gỡ hết rồi đóng nơi này.") % {"name": place.name}
        )
    place.is_open = is_open
    place.save(update_fields=["is_open"])
    audit(by=by, at=at, action="place.change", target=place, unit=place.unit, detail={"is_open": is_open})
    return place


def post_procedures(
    *,
    place: Place,
    versions: Sequence[int],
    posted_on: date,
    evidence: Sequence[EvidenceGiven] = (),
    by: Person | None,
    at: datetime,
) -> list[Posting]:
    """Record that versions of procedures were hung in a place, with one line of the ledger and its photo.

    The line counts each text once, however many places it hangs in; one that hangs elsewhere already is recorded
    without a further count, and when all do, without a line. Raises `CannotPost`, `work.rules.NotRecordable`,
    `Refused` for a file that cannot be kept, and `org.permissions.NotAllowed`.
    """
    on = localdate(at)
    check_can(by, Permission.PROCEDURES_POST, place.unit, on)
    rules.check_posted_on(posted_on, on)
    if not place.is_open:
        raise CannotPost(_("Nơi niêm yết này đã đóng. Hãy mở lại hoặc chọn nơi khác."))
    # Photos are looked through before the lock: that takes a second each.
    held = [hold_file(one, at) if isinstance(one, FileEvidence) else one for one in evidence]
    with transaction.atomic():
        return _post(place, versions, posted_on, held, by, at)


def _post(
    place: Place,
    versions: Sequence[int],
    posted_on: date,
    evidence: Sequence[EvidenceGiven],
    by: Person | None,
    at: datetime,
) -> list[Posting]:
    unit = place.unit
    lock(unit)
    wanted = list(dict.fromkeys(versions))
    hangs_here = Posting.objects.filter(place=place, version=OuterRef("pk"), taken_down_on=None)
    shown = queries.catalogue(unit, localdate(at)).values("pk")
    found = Version.objects.filter(~Exists(hangs_here), pk__in=wanted, procedure__in=shown)
    chosen = {one.pk: one for one in found.defer("sheet", "folded")}
    if not wanted or len(chosen) != len(wanted):
        raise CannotPost(
            _(
                "Danh sách chọn không còn đúng: có thủ tục đã niêm yết hoặc không có trong danh mục. Hãy tải lại trang."
            )
        )
    line = _line(place, list(chosen.values()), posted_on, evidence, by, at)
    made = Posting.objects.bulk_create(
        Posting(place=place, version=chosen[pk], posted_on=posted_on, line=line, posted_at=at, posted_by=by)
        for pk in wanted
    )
    audit(
        by=by,
        at=at,
        action="procedures.post",
        target=place,
        unit=unit,
        detail={"rows": len(made), "day": str(posted_on)},
    )
    return made


def _line(
    place: Place,
    versions: Sequence[Version],
    posted_on: date,
    evidence: Sequence[EvidenceGiven],
    by: Person | None,
    at: datetime,
) -> Activity | None:
    hung = set(
        Posting.objects.filter(place__unit=place.unit, version__in=versions).values_list("version", flat=True)
    )
    first = [one for one in versions if one.pk not in hung]
    if not first:
        return None
    return record_activity(
        unit=place.unit,
        kind=ActivityKind.POSTING,
        happened_on=posted_on,
        title=rules.line_title(len(first), place.name, queries.decision_of(first)),
        measures={"procedures_posted": len(first)},
        evidence=evidence,
        basis=Basis.EVENT,
        reform_field=ReformField.PROCEDURES,
        by=by,
        at=at,
    )


def take_down(
    *,
    place: Place,
    postings: Sequence[int],
    taken_down_on: date,
    photo: FileEvidence | None = None,
    by: Person | None,
    at: datetime,
) -> int:
    """Record that what hung in a place was taken down; how many. Raises as `post_procedures`."""
    on = localdate(at)
    check_can(by, Permission.PROCEDURES_POST, place.unit, on)
    held = hold_file(photo, at) if photo is not None else None
    with transaction.atomic():
        lock(place.unit_id)
        found = list(Posting.objects.filter(place=place, pk__in=postings, taken_down_on=None))
        if not found or len(found) != len(set(postings)):
            raise CannotPost(_("Danh sách chọn không còn đúng: có thủ tục đã gỡ. Hãy tải lại trang."))
        for one in found:
            rules.check_taken_down_on(taken_down_on, one.posted_on, on)
            one.taken_down_on, one.taken_down_by = taken_down_on, by
            one.photo_down = Blob.objects.get(pk=held.sha256) if held is not None else None
        Posting.objects.bulk_update(found, ["taken_down_on", "taken_down_by", "photo_down"])
        audit(
            by=by,
            at=at,
            action="procedures.take-down",
            target=place,
            unit=place.unit,
            detail={"rows": len(found), "day": str(taken_down_on)},
        )
    return len(found)
