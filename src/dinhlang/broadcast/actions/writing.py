"""Bulletins begin and are written: typed, made from what is published, taken in from above, said in another language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions, queries
from dinhlang.broadcast.actions.moving import edition_in_work, locked, note
from dinhlang.broadcast.models import Bulletin, BulletinEdition
from dinhlang.broadcast.rules import reading, script
from dinhlang.broadcast.rules import words as rules
from dinhlang.broadcast.rules.kinds import Kind, Language, Priority, Source
from dinhlang.broadcast.rules.sources import Origin, Received
from dinhlang.broadcast.rules.states import IN_WORK, Deed, State
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.voicing import abbreviations
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs
from dinhlang.work.models import ReformField, Task

_LONGEST_RECORDING = 4 * 3600


@dataclass(frozen=True, slots=True)
class Placing:
    """What a bulletin is, beside its words."""

    kind: str = Kind.NEWS
    priority: int = Priority.ORDINARY
    source: str = Source.OWN
    language: str = Language.VIETNAMESE
    field: str = ""
    task: Task | None = None
    valid_from: date | None = None
    valid_until: date | None = None


class SaidOtherwise(Refused):
    """The sender's mark of a message stands for other words already."""


class SomebodyElseWrote(Refused):
    """Another person saved the edition meanwhile; `version` is what stands there now."""

    def __init__(self, message: str, version: int) -> None:
        super().__init__(message)
        self.version = version


@transaction.atomic
def write_bulletin(
    *, unit: Unit, words: Words, placing: Placing | None = None, by: Person | None, at: datetime
) -> Bulletin:
    """Begin a bulletin as a draft. Raises `Unfit` and `org.permissions.NotAllowed`."""
    permissions.check_can_write(by, unit, localdate(at))
    return _begin(unit, words, placing or Placing(), Deed.WRITE, by=by, at=at)


@transaction.atomic
def bulletin_from(
    *, unit: Unit, source: Origin, priority: int = Priority.ORDINARY, by: Person | None, at: datetime
) -> Bulletin:
    """A draft bulletin of something that another room published, shortened for the ear; the same words give one bulletin.

    Raises `Unfit` and `org.permissions.NotAllowed`. That it was published, and is still, is for the caller to know.
    """
    permissions.check_can_write(by, unit, localdate(at))
    # Two taps on one button are one bulletin.
    lock(unit)
    standing = Bulletin.objects.filter(
        unit=unit, made_from_kind=source.kind, made_from_key=source.key, made_from_digest=source.digest
    ).exclude(state__in=(State.DROPPED, State.WITHDRAWN))
    if (known := standing.first()) is not None:
        return known
    spoken = script.draft(source.written, rate=queries.rate_of(unit))
    placing = Placing(
        kind=Kind.ARTICLE,
        priority=priority,
        field=source.reform_field,
        task=Task.objects.filter(pk=source.task, plan__unit=unit).first() if source.task else None,
    )
    title = one_line(source.written.title)[: rules.TITLE_LENGTH]
    words = Words(title, spoken.script, one_line(source.writer)[: rules.NAME_LENGTH])
    return _begin(
        unit,
        words,
        placing,
        Deed.WRITE,
        by=by,
        at=at,
        made_from_kind=source.kind[:20],
        made_from_key=source.key[:80],
        made_from_digest=source.digest[:64],
        made_from_title=title,
    )


@transaction.atomic
def take_in(*, unit: Unit, received: Received, by: Person | None, at: datetime) -> Bulletin:
    """A draft bulletin of what the level above sent, word for word; the same message is taken in once.

    Raises `SaidOtherwise` when the sender's mark stands for other words already, `Unfit` and
    `org.permissions.NotAllowed`.
    """
    permissions.check_can_write(by, unit, localdate(at))
    sender = one_line(received.sender)[:200]
    if not sender:
        raise Unfit(_("Chưa ghi nơi gửi. Ghi tên cơ quan gửi bản tin."), "sender")
    lock(unit)
    key = one_line(received.key)[:120]
    known = Bulletin.objects.filter(unit=unit, sender=sender, sender_key=key).first() if key else None
    words = rules.fit(
        Words(received.title, received.script, one_line(received.writer or sender)[: rules.NAME_LENGTH])
    )
    if known is not None:
        _check_says_the_same(known, words)
        return known
    placing = Placing(
        kind=received.kind,
        priority=received.priority,
        source=Source.ABOVE,
        language=received.language,
        valid_from=received.valid_from,
        valid_until=received.valid_until,
    )
    return _begin(
        unit,
        words,
        placing,
        Deed.TAKE_IN,
        by=by,
        at=at,
        sender=sender,
        sender_key=key,
        reference=one_line(received.reference)[:120],
    )


def _check_says_the_same(known: Bulletin, words: Words) -> None:
    """Words may be changed here afterwards: what counts is what was taken in, which the first step still has."""
    source = getattr(known, "came_as", None)
    if source is not None and source.words_digest != rules.words_digest(words):
        raise SaidOtherwise(
            _("Bản tin mã “%(key)s” đã nhận trước đây với nội dung khác. Gửi nội dung mới bằng mã mới.")
            % {"key": known.sender_key}
        )


@transaction.atomic
def say_in(*, bulletin: Bulletin, language: str, by: Person | None, at: datetime) -> Bulletin:
    """A draft of the same bulletin in another language: a bulletin of its own, whose recording a person makes.

    Raises `Refused` when there is one in that language already, `Unfit` and `org.permissions.NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = bulletin.approved or bulletin.draft
    if edition is None:
        raise TypeError("a bulletin has an edition")
    first = bulletin.original or bulletin
    if language == first.language or (
        first.in_other_languages.filter(language=language).exclude(state=State.DROPPED).exists()
    ):
        raise Refused(_("Đã có bản tin này bằng ngôn ngữ đó. Mở bản tin ấy để sửa."))
    placing = Placing(
        kind=bulletin.kind,
        priority=bulletin.priority,
        source=bulletin.source,
        language=language,
        field=bulletin.field,
        task=bulletin.task,
        valid_from=bulletin.valid_from,
        valid_until=bulletin.valid_until,
    )
    return _begin(bulletin.unit, queries.words_of(edition), placing, Deed.WRITE, by=by, at=at, original=first)


def _begin(
    unit: Unit, words: Words, placing: Placing, deed: Deed, *, by: Person | None, at: datetime, **more: object
) -> Bulletin:
    words = rules.fit(words)
    check_placing(placing, unit)
    bulletin = Bulletin.objects.create(
        unit=unit, author=by, made_at=at, changed_at=at, **_placed(placing), **more
    )
    bulletin.draft = new_edition(bulletin, words, number=1, by=by, at=at)
    note(bulletin, deed, by=by, at=at)
    return bulletin


def new_edition(
    bulletin: Bulletin, words: Words, *, number: int, by: Person | None, at: datetime
) -> BulletinEdition:
    """An edition of the bulletin with these words."""
    return BulletinEdition.objects.create(
        bulletin=bulletin,
        number=number,
        title=words.title,
        script=words.script,
        writer=words.writer,
        reader=words.reader,
        seconds=_seconds(bulletin, words.script),
        folded=rules.folded(words),
        made_at=at,
        made_by=by,
        changed_at=at,
        changed_by=by,
    )


@transaction.atomic
def save_draft(
    *,
    bulletin: Bulletin,
    words: Words,
    seen: int,
    placing: Placing | None = None,
    by: Person | None,
    at: datetime,
) -> BulletinEdition:
    """Save the edition in work; `seen` is the version the person began with. Saving the same twice changes nothing.

    Raises `SomebodyElseWrote`, `Unfit`, `Refused` for a bulletin that is not in work, and `org.permissions.NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = writable(bulletin)
    words = rules.fit(words)
    if placing is not None:
        check_placing(placing, bulletin.unit)
    wanted = _placed(placing) if placing is not None else {}
    if words == queries.words_of(edition) and all(
        getattr(bulletin, name) == value for name, value in wanted.items()
    ):
        return edition
    if seen != edition.version:
        raise SomebodyElseWrote(
            _("%(person)s vừa lưu bản tin này. Chép phần của bạn ra, tải lại trang rồi sửa tiếp.")
            % {"person": edition.changed_by or _("Người khác")},
            edition.version,
        )
    for name, value in wanted.items():
        setattr(bulletin, name, value)
    edition.title, edition.script = words.title, words.script
    edition.writer, edition.reader = words.writer, words.reader
    _save(bulletin, edition, by=by, at=at)
    return edition


@transaction.atomic
def attach_recording(
    *, bulletin: Bulletin, data: bytes, seconds: int, reader: str = "", by: Person | None, at: datetime
) -> BulletinEdition:
    """Lay a recording of so many seconds beside the script of the edition in work; what it was before goes.

    `data` is a finished sound file: what it is and how long was found out by `broadcast.speech`, which evens it out.
    Raises `Unfit`, `Refused` and `org.permissions.NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = writable(bulletin)
    if not 0 < seconds <= _LONGEST_RECORDING:
        raise Unfit(_("Bản ghi âm trống hoặc dài quá 4 giờ. Chọn tệp khác."), "recording")
    edition.recording = blobs.store(data, None, at)
    edition.recording_seconds = seconds
    edition.reader = one_line(reader)[: rules.NAME_LENGTH] or edition.reader
    _save(bulletin, edition, by=by, at=at)
    return edition


def detach_recording(
    bulletin: Bulletin, edition: BulletinEdition, *, by: Person | None, at: datetime
) -> None:
    """Take the recording of the edition in work away; whoever calls has locked the bulletin and asked who may."""
    if edition.recording_id is not None:
        edition.recording, edition.recording_seconds = None, None
        _save(bulletin, edition, by=by, at=at)


def writable(bulletin: Bulletin) -> BulletinEdition:
    """The edition that may be written in now. Raises `Refused`."""
    edition = edition_in_work(bulletin)
    if bulletin.state not in IN_WORK:
        raise Refused(
            _("Bản tin đang ở bước “%(state)s” nên không sửa được. Lấy lại để sửa rồi lưu lại.")
            % {"state": bulletin.get_state_display()}
        )
    return edition


def _save(bulletin: Bulletin, edition: BulletinEdition, *, by: Person | None, at: datetime) -> None:
    words = queries.words_of(edition)
    edition.folded = rules.folded(words)
    edition.seconds = edition.recording_seconds or _seconds(bulletin, words.script)
    edition.version += 1
    edition.changed_at, edition.changed_by = at, by
    edition.save()
    bulletin.changed_at = at
    bulletin.save()
    audit(
        by=by,
        at=at,
        action="bulletin.edit",
        target=bulletin,
        unit=bulletin.unit,
        detail={"version": edition.version},
    )


def _seconds(bulletin: Bulletin, text: str) -> int:
    """How long the station takes to read it, its own short forms as it reads them."""
    return reading.seconds(text, queries.rate_of(bulletin.unit), abbreviations.words_of(bulletin.unit))


def check_placing(placing: Placing, unit: Unit) -> None:
    """Raise `Unfit` for a task of another unit, days out of order, or what is none of the closed sets."""
    for name, value, known in (
        ("kind", placing.kind, Kind.values),
        ("priority", placing.priority, Priority.values),
        ("source", placing.source, Source.values),
        ("language", placing.language, Language.values),
        ("field", placing.field, ["", *ReformField.values]),
    ):
        if value not in known:
            raise Unfit(_("Chọn một giá trị trong danh sách."), name)
    if placing.task is not None and placing.task.plan.unit_id != unit.pk:
        raise Unfit(_("Nhiệm vụ này thuộc kế hoạch của đơn vị khác. Chọn nhiệm vụ của đơn vị mình."), "task")
    rules.check_days(placing.valid_from, placing.valid_until)


def _placed(placing: Placing) -> dict[str, object]:
    return {name: getattr(placing, name) for name in placing.__dataclass_fields__}
