"""Taking bulletins in from files and machines, and the keys of those machines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import actions, permissions, queries
from dinhlang.broadcast.intake import rules
from dinhlang.broadcast.intake.reading import came
from dinhlang.broadcast.models import Bulletin, BulletinSource, IntakeKey
from dinhlang.broadcast.models.intake import Way
from dinhlang.broadcast.rules.kinds import Kind
from dinhlang.broadcast.rules.sources import Received
from dinhlang.broadcast.rules.states import IN_WORK
from dinhlang.broadcast.rules.words import words_digest
from dinhlang.broadcast.speech.finishing import BadSound, Finished, finished
from dinhlang.org import queries as org
from dinhlang.org.actions import audit
from dinhlang.org.actions.machine_keys import end_machine_key, make_machine_key
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.invitations import token_hash
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs

PREFIX = "dlb_"


class NoKey(Refused):
    """The key is none, or no more."""


class NotThere(Refused):
    """The sender sent no such bulletin."""


class SentAlready(Refused):
    """The bulletin is with the board of the commune already: its recording does not change any more."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a file beside what stands in it; empty where the file knows better."""

    sender: str = ""
    title: str = ""
    reference: str = ""
    kind: str = ""
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A bulletin that was taken in, now or before, and what to look at in it."""

    bulletin: Bulletin
    is_new: bool
    told: tuple[str, ...] = ()


def take_in_file(
    *, unit: Unit, data: bytes, name: str, given: Given | None = None, by: Person | None, at: datetime
) -> Taken:
    """A draft bulletin of a file, which is kept beside it; the same file is taken in once.

    A file is read, and its recording evened, before anything is written. Raises `Unfit` that says what is wrong in it,
    `SaidOtherwise`, `BadSound` and `org.permissions.NotAllowed`.
    """
    permissions.check_can_write(by, unit, localdate(at))
    digest = sha256(data).hexdigest()
    known = _known(unit, digest)
    if known is not None:
        return Taken(known, is_new=False)
    read = came(data, name)
    received = _with(read.received, given or Given())
    if not received.sender:
        raise Unfit(_("Tệp không nói ai gửi. Ghi tên cơ quan gửi bản tin."), "sender")
    sound = finished(read.recording, title=received.title) if read.recording else None
    with transaction.atomic():
        lock(unit)
        # Two people with the same file at once: the second finds the first one's.
        known = _known(unit, digest)
        if known is not None:
            return Taken(known, is_new=False)
        keyed = received if received.key else replace(received, key=f"sha256:{digest}")
        bulletin, is_new = _taken(unit, keyed, by=by, at=at)
        if is_new:
            _keep(bulletin, Way.FILE, data, name, None, at)
            _attach(bulletin, sound, by=by, at=at)
    return Taken(bulletin, is_new, read.told)


def _known(unit: Unit, digest: str) -> Bulletin | None:
    source = BulletinSource.objects.filter(bulletin__unit=unit, way=Way.FILE, digest=digest).first()
    return source.bulletin if source is not None else None


def _with(received: Received, given: Given) -> Received:
    """What a person says wins, but for whom the file itself names as its sender: that is part of its mark."""
    return replace(
        received,
        sender=received.sender if received.key else one_line(given.sender) or received.sender,
        title=one_line(given.title) or received.title,
        reference=one_line(given.reference) or received.reference,
        kind=given.kind or received.kind,
        priority=given.priority or received.priority,
    )


def take_in_message(*, key: IntakeKey, received: Received, at: datetime) -> Taken:
    """A draft bulletin of what a machine sent with a key; its sender is whom the key is for, whatever the message says.

    Raises `Unfit` without the sender's mark, `SaidOtherwise`.
    """
    if not received.key:
        raise Unfit(_("Bản tin chưa có mã. Đặt mã riêng cho từng bản tin, gửi lại dùng đúng mã đó."), "key")
    sent = replace(received, sender=key.name)
    with transaction.atomic():
        bulletin, is_new = _taken(key.unit, sent, by=None, at=at)
        if is_new:
            _keep(bulletin, Way.API, rules.as_message(sent), f"{received.key}.json", key, at)
    return Taken(bulletin, is_new)


def _taken(unit: Unit, received: Received, *, by: Person | None, at: datetime) -> tuple[Bulletin, bool]:
    bulletin = actions.take_in(unit=unit, received=received, by=by, at=at)
    return bulletin, not BulletinSource.objects.filter(bulletin=bulletin).exists()


def _keep(
    bulletin: Bulletin, way: Way, data: bytes, name: str, key: IntakeKey | None, at: datetime
) -> BulletinSource:
    if bulletin.draft is None:
        raise TypeError("what was taken in just now is a draft")
    return BulletinSource.objects.create(
        bulletin=bulletin,
        way=way,
        file=blobs.store(data, None, at),
        name=one_line(name)[:255],
        digest=sha256(data).hexdigest(),
        words_digest=words_digest(queries.words_of(bulletin.draft)),
        key=key,
        at=at,
    )


def _attach(bulletin: Bulletin, sound: Finished | None, *, by: Person | None, at: datetime) -> None:
    if sound is not None:
        actions.attach_recording(
            bulletin=bulletin, data=sound.mp3, seconds=max(1, round(sound.seconds)), by=by, at=at
        )
        bulletin.refresh_from_db()


def take_in_recording(*, key: IntakeKey, mark: str, data: bytes, digest: str, at: datetime) -> Bulletin:
    """Lay the recording that a machine sends beside its bulletin, as long as nobody passed it on.

    `digest` is the SHA-256 that the sender says: what was cut on the way is refused. The same recording again changes
    nothing. Raises `NotThere`, `SentAlready`, `Unfit`, `BadSound`.
    """
    bulletin = bulletin_of(key, mark)
    if not data or sha256(data).hexdigest() != digest.lower():
        raise Unfit(
            _("Bản ghi âm không khớp mã băm, có thể bị cắt mất một phần. Gửi lại cả tệp."), "recording"
        )
    if bulletin.state not in IN_WORK:
        raise SentAlready(_("Bản tin đã trình duyệt hoặc đã duyệt nên không thay bản ghi âm nữa."))
    if not rules.is_sound(data):
        raise BadSound(_("Đây không phải tệp âm thanh. Gửi MP3, M4A, WAV hoặc OGG."))
    _attach(bulletin, finished(data, title=str(bulletin)), by=None, at=at)
    return bulletin


def bulletin_of(key: IntakeKey, mark: str) -> Bulletin:
    """The bulletin that was sent under that mark by the owner of the key. Raises `NotThere`."""
    found = Bulletin.objects.filter(unit=key.unit, sender=key.name, sender_key=mark)
    bulletin = found.select_related("unit", "draft", "approved").first()
    if bulletin is None:
        raise NotThere(_("Không có bản tin nào mang mã này do khóa này gửi. Kiểm tra lại mã."))
    return bulletin


def withdraw(*, key: IntakeKey, mark: str, reason: str, at: datetime) -> Bulletin:
    """Take back what was sent: it is not aired from now on. Raises `NotThere`, `NoReason`."""
    return actions.withdraw_taken_in(bulletin=bulletin_of(key, mark), reason=reason, at=at)


# --- keys -------------------------------------------------------------------------------------------------------


@transaction.atomic
def make_key(
    *, unit: Unit, sender: str, form: UUID | None = None, by: Person | None, at: datetime
) -> tuple[IntakeKey, str]:
    """A key for the machine of a body that sends bulletins to the unit, and its secret; the same form (its mark `form`) sent twice is
    one key, and shows it again.

    Raises `Unfit`, `Revoked` for one that was revoked since, `NotAllowed`.
    """
    permissions.check_can_plan(by, unit, localdate(at))
    if not one_line(sender):
        raise Unfit(_("Ghi tên cơ quan gửi, như Đài Phát thanh và Truyền hình tỉnh."), "sender")
    key, secret, is_new = make_machine_key(
        IntakeKey, unit=unit, prefix=PREFIX, name=sender, form=form, by=by, at=at
    )
    if is_new:
        audit(by=by, at=at, action="air.intake-key", target=key, unit=unit, detail={"name": key.name})
    return key, secret


@transaction.atomic
def revoke_key(*, key: IntakeKey, by: Person | None, at: datetime) -> None:
    """Make a key worth nothing; what was taken in with it stays. Raises `Revoked`, `NotAllowed`."""
    permissions.check_can_plan(by, key.unit, localdate(at))
    end_machine_key(key, by=by, at=at)
    audit(by=by, at=at, action="air.intake-revoke", target=key, unit=key.unit, detail={"name": key.name})


def key_of(secret: str, at: datetime) -> IntakeKey:
    """The key behind a secret that holds, of a unit in being; notes that it was used. Raises `NoKey`."""
    key = IntakeKey.objects.select_related("unit").filter(key_hash=token_hash(secret)).first()
    if key is None:
        raise NoKey(_("Khóa gửi bản tin không đúng. Kiểm tra lại khóa, hoặc xin xã cấp khóa mới."))
    if key.revoked_at is not None:
        raise NoKey(_("Khóa gửi bản tin đã bị thu hồi. Xin xã cấp khóa mới."))
    if not org.exists_on(key.unit, localdate(at)):
        raise NoKey(_("Đơn vị nhận không còn hoạt động. Xin đơn vị kế thừa cấp khóa mới."))
    IntakeKey.objects.filter(pk=key.pk).update(used_at=at)
    return key


def file_of(bulletin: Bulletin, *, sender: str) -> bytes:
    """An approved bulletin as a file for the stations below. Raises `Refused` for one that is not approved."""
    edition = bulletin.approved
    if edition is None:
        raise Refused(_("Bản tin chưa duyệt nên chưa xuất tệp gửi xã. Duyệt trước."))
    recording = blobs.read(edition.recording) if edition.recording else b""
    received = Received(
        sender=sender,
        title=edition.title,
        script=edition.script,
        kind=bulletin.kind if bulletin.kind != Kind.RELAY else Kind.NOTICE,
        priority=bulletin.priority,
        reference=bulletin.reference,
        key=f"{bulletin.unit_id}.{bulletin.pk}.{edition.number}",
        valid_from=bulletin.valid_from,
        valid_until=bulletin.valid_until,
        language=bulletin.language,
        writer=edition.writer,
    )
    return rules.as_file(received, recording, edition.recording.media_type if edition.recording else "")
