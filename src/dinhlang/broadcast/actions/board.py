"""The way of a bulletin over the board: sent, looked through, approved or returned; revised, withdrawn, dropped."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions, queries
from dinhlang.broadcast.actions.moving import edition_in_work, locked, move
from dinhlang.broadcast.actions.moving import note as note_step
from dinhlang.broadcast.actions.writing import new_edition
from dinhlang.broadcast.models import Bulletin, BulletinLink
from dinhlang.broadcast.rules import words as rules
from dinhlang.broadcast.rules.states import IN_WORK, Deed, State
from dinhlang.broadcast.voicing import bulletins as sound
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.org.rules.moves import REASON_LENGTH, checked_reason
from dinhlang.vietnamese.text import one_line


@transaction.atomic
def submit(*, bulletin: Bulletin, note: str = "", by: Person | None, at: datetime) -> Bulletin:
    """Hand a draft to the culture officer. Raises `NotReady`, `WrongMove` and `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    _check_complete(bulletin)
    move(bulletin, Deed.SUBMIT, by=by, at=at, reason=_remark(note))
    return bulletin


@transaction.atomic
def pass_on(*, bulletin: Bulletin, note: str = "", by: Person | None, at: datetime) -> Bulletin:
    """Hand a bulletin to the leader for approval. Raises `NotReady`, `WrongMove` and `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_review(by, bulletin.unit, localdate(at))
    _check_complete(bulletin)
    move(bulletin, Deed.PASS_ON, by=by, at=at, reason=_remark(note))
    return bulletin


@transaction.atomic
def take_back(*, bulletin: Bulletin, by: Person | None, at: datetime) -> Bulletin:
    """Take a bulletin off the board, or one that was dropped, to change it. Raises as `submit`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    move(bulletin, Deed.TAKE_BACK, by=by, at=at)
    return bulletin


@transaction.atomic
def return_bulletin(
    *, bulletin: Bulletin, reason: str, by: Person | None, at: datetime, link: BulletinLink | None = None
) -> Bulletin:
    """Give a bulletin back to whoever wrote it, with the reason. Raises `NoReason`, `WrongMove` and `NotAllowed`."""
    bulletin = locked(bulletin)
    if bulletin.state == State.SUBMITTED:
        permissions.check_can_review(by, bulletin.unit, localdate(at))
    else:
        permissions.check_can_approve(by, bulletin.unit, localdate(at))
    why = checked_reason(reason, _("Chưa ghi cần sửa gì. Hãy ghi để người soạn biết mà sửa."))
    move(bulletin, Deed.RETURN, by=by, at=at, reason=why, link=link)
    return bulletin


@transaction.atomic
def approve(
    *,
    bulletin: Bulletin,
    seen: str,
    note: str = "",
    by: Person | None,
    at: datetime,
    link: BulletinLink | None = None,
) -> Bulletin:
    """Let the edition in work be aired as it stands; from now on it never changes.

    `seen` is the digest of what the approver looked at (`queries.digest_of`): other words than those are not approved.
    Raises `Refused` then, `NotReady`, `WrongMove` and `NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_approve(by, bulletin.unit, localdate(at))
    edition = edition_in_work(bulletin)
    _check_complete(bulletin)
    digest = queries.digest_of(bulletin, edition)
    if seen != digest:
        raise Refused(_("Bản tin đã thay đổi sau khi bạn mở trang. Xem lại rồi duyệt."))
    edition.approved_at, edition.digest = at, digest
    edition.save(update_fields=["approved_at", "digest"])
    bulletin.approved, bulletin.approved_by = edition, by
    bulletin.withdrawn_at, bulletin.withdrawn_why = None, ""
    move(bulletin, Deed.APPROVE, by=by, at=at, reason=_remark(note), detail={"digest": digest}, link=link)
    sound.follow(bulletin, by=by, at=at)
    return bulletin


@transaction.atomic
def revise(*, bulletin: Bulletin, note: str = "", by: Person | None, at: datetime) -> Bulletin:
    """Open a new edition; the approved one may be aired until the new one is approved. Raises `WrongMove`, `NotAllowed`.

    A recording is of the old words, and does not come along.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    last = bulletin.editions.order_by("-number").first()
    before = bulletin.approved or last
    if before is None or last is None:
        raise TypeError("a bulletin has an edition")
    bulletin.draft = new_edition(bulletin, queries.words_of(before), number=last.number + 1, by=by, at=at)
    move(bulletin, Deed.REVISE, by=by, at=at, reason=_remark(note))
    return bulletin


@transaction.atomic
def withdraw(*, bulletin: Bulletin, reason: str, by: Person | None, at: datetime) -> Bulletin:
    """Nothing of it is aired from now on; what was aired stays in the log. Raises `NoReason`, `Refused`, `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_withdraw(by, bulletin, localdate(at))
    _withdraw(bulletin, reason, by=by, at=at)
    return bulletin


def _withdraw(bulletin: Bulletin, reason: str, *, by: Person | None, at: datetime) -> None:
    if bulletin.approved is None:
        raise Refused(_("Bản tin này chưa được duyệt phát nên không cần gỡ. Bỏ bản nháp nếu không dùng."))
    why = checked_reason(reason, _("Chưa ghi lý do gỡ. Hãy ghi để người trực đài biết vì sao không phát."))
    edition = bulletin.approved
    bulletin.approved, bulletin.draft = None, edition
    bulletin.withdrawn_at, bulletin.withdrawn_why = at, why
    move(bulletin, Deed.WITHDRAW, by=by, at=at, reason=why, edition=edition)


@transaction.atomic
def withdraw_made_from(*, kind: str, key: str, reason: str, by: Person | None, at: datetime) -> int:
    """Withdraw every approved bulletin made from something that another room took back; how many.

    That room has checked who may. Nothing is aired of what is no longer published.
    """
    found = Bulletin.objects.filter(made_from_kind=kind, made_from_key=key, approved__isnull=False)
    done = 0
    for one in found.order_by("pk"):
        bulletin = locked(one)
        if bulletin.approved is not None:
            _withdraw(bulletin, reason, by=by, at=at)
            done += 1
    return done


@transaction.atomic
def withdraw_taken_in(*, bulletin: Bulletin, reason: str, at: datetime) -> Bulletin:
    """What the level above sent and takes back: what is approved is withdrawn, what is not yet is put away.

    That it was sent by whoever asks, the caller has made sure of. Doing it again changes nothing. Raises `NoReason`.
    """
    bulletin = locked(bulletin)
    why = checked_reason(reason, _("Chưa ghi lý do thu hồi. Hãy ghi để xã biết vì sao không phát."))
    if bulletin.approved is not None:
        _withdraw(bulletin, why, by=None, at=at)
    elif bulletin.state not in (State.WITHDRAWN, State.DROPPED):
        if bulletin.state not in IN_WORK:
            move(bulletin, Deed.TAKE_BACK, by=None, at=at, reason=why)
        move(bulletin, Deed.DROP, by=None, at=at, reason=why)
    return bulletin


@transaction.atomic
def drop(*, bulletin: Bulletin, by: Person | None, at: datetime) -> Bulletin:
    """Put a draft away. A new edition of an approved bulletin goes, and what was approved stays. Raises `WrongMove`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    if bulletin.approved is None:
        move(bulletin, Deed.DROP, by=by, at=at)
        return bulletin
    if bulletin.state not in IN_WORK:
        raise Refused(_("Bản mới đang ở chỗ người duyệt. Lấy lại rồi mới bỏ được."))
    # What everyone may hear is as approved as before.
    bulletin.draft, bulletin.state = bulletin.approved, State.APPROVED
    note_step(bulletin, Deed.DROP, by=by, at=at)
    return bulletin


def _check_complete(bulletin: Bulletin) -> None:
    edition = edition_in_work(bulletin)
    sound.check_not_under_way(edition)
    rules.check_complete(
        queries.words_of(edition),
        kind=bulletin.kind,
        source=bulletin.source,
        language=bulletin.language,
        recorded=edition.recording_id is not None,
    )


def _remark(text: str) -> str:
    return one_line(text)[:REASON_LENGTH]
