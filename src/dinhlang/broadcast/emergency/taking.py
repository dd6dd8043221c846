"""CAP messages taken in from the level above, and ours given out."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions
from dinhlang.broadcast.emergency import actions, cap, queries, rules
from dinhlang.broadcast.emergency.cap import Cap, Name
from dinhlang.broadcast.emergency.rules import Message, State, Told
from dinhlang.broadcast.models import Emergency
from dinhlang.org import queries as org
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused
from dinhlang.work import blobs

_USUAL = timedelta(hours=6)
"""How long a message holds that does not say how long (3.2.2: the recipient decides)."""


def take_in(*, unit: Unit, data: bytes, by: Person | None, at: datetime) -> Emergency:
    """`taken_in` without saying whether it is new."""
    return taken_in(unit=unit, data=data, by=by, at=at)[0]


def taken_in(*, unit: Unit, data: bytes, by: Person | None, at: datetime) -> tuple[Emergency, bool]:
    """A draft of what a CAP file says, its exercise or test status kept, and whether it is new: the same message is taken
    in once.

    An update or a cancellation refers to what was taken in before. People send it on as any other message. Raises `Unfit`
    for a file that is no such message, `Refused` for one out of date or about something that never came, `NotAllowed`.
    """
    permissions.check_can_alarm(by, unit, localdate(at))
    said = cap.read(data)
    with transaction.atomic():
        lock(unit)
        known = Emergency.objects.filter(
            unit=unit, sender=said.name.sender[:200], sender_key=said.name.identifier[:200]
        ).first()
        if known is not None:
            return known, False
        if said.expires_at is not None and said.expires_at <= at:
            raise Refused(
                _("Thông điệp đã hết hiệu lực lúc %(moment)s.") % {"moment": _printed(said.expires_at)}
            )
        before = _before(unit, said)
        told = _told(said, at)
        made = actions.begin(
            unit,
            told,
            by=by,
            at=at,
            message=said.message if before is not None else Message.ALERT,
            refers=before,
            sender=said.name.sender[:200],
            sender_key=said.name.identifier[:200],
            sender_sent=said.name.sent[:40],
            document=blobs.store(data, None, at),
        )
        return made, True


def _before(unit: Unit, said: Cap) -> Emergency | None:
    """The message of ours that this one takes the place of; None for one that begins something."""
    if said.message == Message.ALERT:
        return None
    for name in reversed(said.references):
        known = Emergency.objects.filter(
            unit=unit, sender=name.sender, sender_key=name.identifier, state=State.ISSUED
        ).first()
        if known is not None:
            return queries.tip_of(known)
    if said.message == Message.CANCEL:
        raise Refused(_("Thông điệp hủy một báo động mà đơn vị chưa phát, nên không có gì để hủy."))
    # What is updated never came here: for who listens this is the first of it.
    return None


def _told(said: Cap, at: datetime) -> Told:
    until = min(said.expires_at or at + _USUAL, at + rules.LONGEST)
    words = said.words
    if len(words) > rules.WORDS_LENGTH:
        raise Refused(
            _("Lời trong thông điệp dài %(length)s ký tự, loa đọc nhiều nhất %(most)s. Soạn bản tóm tắt.")
            % {"length": len(words), "most": rules.WORDS_LENGTH}
        )
    return Told(
        status=said.status,
        event=said.event[: rules.EVENT_LENGTH],
        headline=said.headline[: rules.HEADLINE_LENGTH],
        words=words,
        area=said.area[: rules.AREA_LENGTH] or _("không nêu"),
        expires_at=until,
        category=said.category,
        urgency=said.urgency,
        severity=said.severity,
        certainty=said.certainty,
    )


def _printed(at: datetime) -> str:
    return f"{at:%H:%M %d/%m/%Y}"


def given_out(emergency: Emergency) -> bytes:
    """A message that was sent as CAP 1.2. Raises `Refused` for one that was not."""
    if emergency.issued_at is None:
        raise Refused(_("Thông điệp chưa phát lệnh nên chưa có tệp CAP."))
    told = queries.told_of(emergency)
    return cap.written(
        Cap(
            name=name_of(emergency),
            status=told.status,
            message=emergency.message,
            category=told.category,
            event=told.event,
            urgency=told.urgency,
            severity=told.severity,
            certainty=told.certainty,
            headline=told.headline,
            words=told.words,
            area=told.area,
            sender_name=capfirst(org.title_of(emergency.unit, localdate(emergency.issued_at))),
            expires_at=told.expires_at,
            references=tuple(name_of(one) for one in _chain(emergency)),
        )
    )


def name_of(emergency: Emergency) -> Name:
    """What a message is called in CAP: ours has a name of its own, also when it passes on what came from above."""
    if emergency.issued_at is None:
        raise TypeError("what was not sent has no moment")
    return Name(f"{emergency.unit_id}@dinhlang", str(emergency.uid), cap.moment(emergency.issued_at))


def _chain(emergency: Emergency) -> list[Emergency]:
    """What a message refers to, the oldest first."""
    found: list[Emergency] = []
    before = emergency.refers
    while before is not None:
        found.append(before)
        before = before.refers
    return found[::-1]
