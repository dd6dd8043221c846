"""The sound of bulletins: a voice for an edition, a recording for a draft, what becomes of it over the board."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.actions import writing
from dinhlang.broadcast.actions.moving import locked
from dinhlang.broadcast.models import Bulletin, BulletinEdition, Voicing
from dinhlang.broadcast.rules.kinds import Kind, Language, Source
from dinhlang.broadcast.rules.states import IN_WORK
from dinhlang.broadcast.rules.words import NotReady
from dinhlang.broadcast.speech.finishing import Finished
from dinhlang.broadcast.voicing import actions, queries
from dinhlang.broadcast.voicing.queries import UNDER_WAY, By
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused


@transaction.atomic
def read_by_voice(
    *, bulletin: Bulletin, voice: str, rate: float = 1.0, by: Person | None, at: datetime
) -> Voicing:
    """Let a voice read the newest edition of a bulletin: a draft to be listened to, an approved one to be aired.

    The choice holds for editions that follow (`follow`). Raises `Refused` for another language, a relay, a withdrawn bulletin
    or one that a person recorded, and what `actions.ask` raises.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = _newest(bulletin)
    if (why := _why_no_voice(bulletin, edition)) is not None:
        raise Refused(why)
    made = _ask(edition, bulletin, voice, rate, by=by, at=at)
    audit(
        by=by,
        at=at,
        action="bulletin.voice",
        target=bulletin,
        unit=bulletin.unit,
        detail={"voice": made.voice, "edition": edition.number},
    )
    return made


def _why_no_voice(bulletin: Bulletin, edition: BulletinEdition) -> str | None:
    if bulletin.language != Language.VIETNAMESE:
        return _("Giọng máy chỉ đọc tiếng Việt. Bản tin tiếng dân tộc cần bản ghi âm của người đọc.")
    if bulletin.kind == Kind.RELAY or bulletin.source == Source.RELAY:
        return _("Bản tin tiếp âm không có lời đọc của xã.")
    if bulletin.withdrawn_at is not None and edition.approved_at is not None:
        return _("Bản tin đã gỡ. Mở bản mới để sửa rồi mới cho đọc.")
    if edition.recording_id is not None:
        return _("Bản tin đã có bản ghi âm của người đọc. Bỏ bản ghi trước khi dùng giọng máy.")
    return None


def can_be_read_by_voice(bulletin: Bulletin, edition: BulletinEdition) -> bool:
    """Whether `read_by_voice` would let a voice read these words."""
    return bool(edition.script) and _why_no_voice(bulletin, edition) is None


@transaction.atomic
def try_again(*, bulletin: Bulletin, by: Person | None, at: datetime) -> None:
    """Try the newest sound of a bulletin again that could not be made. Raises `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    newest = queries.standing(Voicing.objects.filter(edition=_newest(bulletin))).first()
    if newest is not None:
        actions.retry(voicing=newest, at=at)


def _ask(
    edition: BulletinEdition, bulletin: Bulletin, voice: str, rate: float, *, by: Person | None, at: datetime
) -> Voicing:
    # The last choice holds: an earlier voice of the same edition is put away.
    made = actions.ask(
        unit=bulletin.unit,
        text=edition.script,
        title=edition.title,
        voice=voice,
        rate=rate,
        edition=edition,
        by=by,
        at=at,
    )
    Voicing.objects.filter(edition=edition, source=By.VOICE, dropped_at=None).exclude(pk=made.pk).update(
        dropped_at=at
    )
    return made


@transaction.atomic
def leave_to_announcer(*, bulletin: Bulletin, by: Person | None, at: datetime) -> None:
    """No voice reads the bulletin any more, neither what is approved nor what follows. Raises `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    standing = Voicing.objects.filter(edition__bulletin=bulletin, source=By.VOICE, dropped_at=None)
    if standing.update(dropped_at=at):
        audit(by=by, at=at, action="bulletin.no-voice", target=bulletin, unit=bulletin.unit, detail={})


def follow(bulletin: Bulletin, *, by: Person | None, at: datetime) -> Voicing | None:
    """Called when an edition is approved: the voice that was chosen before reads these words too, if they are others; None
    where none was chosen, or a person's recording is aired."""
    edition = bulletin.approved
    if edition is None or edition.recording_id is not None or not edition.script:
        return None
    chosen = queries.standing(Voicing.objects.filter(edition__bulletin=bulletin, source=By.VOICE)).first()
    if chosen is None:
        return None
    voice = chosen.voice if queries.voice_named(chosen.voice) is not None else ""
    try:
        return _ask(edition, bulletin, voice, chosen.rate, by=by, at=at)
    except Refused:
        # Words in which nothing is spoken: an announcer has them, the approval stands.
        return None


@transaction.atomic
def record(
    *,
    bulletin: Bulletin,
    raw: bytes,
    starts: float = 0.0,
    ends: float | None = None,
    reader: str = "",
    by: Person | None,
    at: datetime,
) -> Voicing:
    """Take a person's recording of the edition in work in; evened by the worker, it is laid beside the script.

    A newer recording takes the place of one that is still being made. Raises `Refused` for a bulletin that is not in work,
    what `actions.ask_to_even` raises, and `NotAllowed`.
    """
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = writing.writable(bulletin)
    pending(edition).update(dropped_at=at)
    made = actions.ask_to_even(
        unit=bulletin.unit,
        raw=raw,
        text=edition.script,
        title=edition.title,
        starts=starts,
        ends=ends,
        reader=reader,
        edition=edition,
        by=by,
        at=at,
    )
    audit(
        by=by,
        at=at,
        action="bulletin.record",
        target=bulletin,
        unit=bulletin.unit,
        detail={"sha256": made.raw_id, "starts": starts, "ends": ends},
    )
    return made


def pending(edition: BulletinEdition) -> QuerySet[Voicing]:
    """Recordings of an edition that the worker has not finished."""
    return Voicing.objects.filter(edition=edition, source=By.PERSON, state__in=UNDER_WAY, dropped_at=None)


def check_not_under_way(edition: BulletinEdition) -> None:
    """Raise `NotReady` while a recording of the edition is being made: what is judged would not be what is aired."""
    if pending(edition).exists():
        raise NotReady(_("Bản ghi âm đang được làm đều tiếng. Đợi vài giây rồi làm lại."))


def lay_beside(voicing: Voicing, sound: Finished, *, at: datetime) -> None:
    """The finished recording becomes that of its edition; the worker calls it. Raises `Refused` when it is not in work any
    more, or its reader may not write any more."""
    edition = voicing.edition
    if edition is None:
        raise TypeError("only the recording of an edition is laid beside it")
    bulletin = locked(edition.bulletin)
    if bulletin.draft_id != edition.pk or bulletin.state not in IN_WORK:
        raise Refused(_("Bản tin không còn được soạn khi bản ghi làm xong. Lấy lại để sửa rồi ghi lại."))
    writing.attach_recording(
        bulletin=bulletin,
        data=sound.mp3,
        seconds=max(1, round(sound.seconds)),
        reader=voicing.reader,
        by=voicing.asked_by,
        at=at,
    )


@transaction.atomic
def remove_recording(*, bulletin: Bulletin, by: Person | None, at: datetime) -> None:
    """Take the recording of the edition in work away. Raises `Refused` for one that is not in work, and `NotAllowed`."""
    bulletin = locked(bulletin)
    permissions.check_can_write(by, bulletin.unit, localdate(at))
    edition = writing.writable(bulletin)
    Voicing.objects.filter(edition=edition, source=By.PERSON, dropped_at=None).update(dropped_at=at)
    writing.detach_recording(bulletin, edition, by=by, at=at)


def _newest(bulletin: Bulletin) -> BulletinEdition:
    edition = bulletin.draft or bulletin.approved
    if edition is None:
        raise TypeError("a bulletin has an edition")
    return edition
