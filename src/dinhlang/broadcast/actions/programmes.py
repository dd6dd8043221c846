"""The programme of a month: made from slots, the plan's tasks and approved bulletins; changed by hand; settled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import uuid4

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast import permissions, queries
from dinhlang.broadcast.actions.airing import note_unplanned
from dinhlang.broadcast.models import Bulletin, Programme, RunningItem, Session, Slot
from dinhlang.broadcast.queries import SessionShown
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.kinds import Kind, Priority
from dinhlang.broadcast.rules.programme import (
    Candidate,
    Made,
    MadeSession,
    Skipped,
    SlotRule,
    Wish,
    fill,
    sessions_of,
)
from dinhlang.broadcast.rules.words import TITLE_LENGTH
from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.returning import parse
from dinhlang.periods.window import Window
from dinhlang.vietnamese.text import one_line
from dinhlang.work import queries as work
from dinhlang.work.models import ActivityKind, Occurrence, Task
from dinhlang.work.rules import short_name

_FIRST_YEAR, _LAST_YEAR = 2000, 2098


@transaction.atomic
def make_programme(
    *, unit: Unit, year: int, month: int, by: Person | None, at: datetime
) -> tuple[Programme, list[Skipped]]:
    """Make a month's programme, or bring one that is there up to date: what a person placed stays where it is.

    Gives the programme and the days on which a slot does not speak by the rules. Sessions before today are not touched.
    Raises `Refused` without a slot, `Unfit` for a month out of reach, and `org.permissions.NotAllowed`.
    """
    permissions.check_can_plan(by, unit, localdate(at))
    if not (_FIRST_YEAR <= year <= _LAST_YEAR and 1 <= month <= 12):
        raise Unfit(_("Chọn tháng từ năm 2000 đến năm 2098."), "month")
    first, last = airtime.days_of_month(year, month)
    slots = queries.slots_between(unit, first, last)
    if not slots:
        raise Refused(_("Tháng này chưa có khung giờ phát nào. Đặt khung giờ rồi lập chương trình."))
    lock(unit)
    programme, _new = Programme.objects.get_or_create(
        unit=unit, year=year, month=month, defaults={"made_at": at, "made_by": by}
    )
    today = localdate(at)
    made, skipped = sessions_of(
        [_rule(slot) for slot in slots],
        max(first, today),
        last,
        queries.rules_on(unit, first, last),
        queries.occasion_on(unit, first, last),
    )
    # Nobody plans what has begun.
    made = [one for one in made if airtime.starts_at(one.day, one.starts) > at]
    shown = queries.sessions_of(programme)
    _meet(made, shown)
    by_slot = {slot.pk: slot for slot in slots}
    for one in made:
        if one.key is None and (relay := by_slot[one.slot].relay):
            one.pieces.append(Made(one.minutes * 60, title=_("Tiếp âm %(station)s") % {"station": relay}))
    bulletins = {one.pk: one for one in queries.airable(unit, max(first, today), last)}
    own = [one for one in made if not by_slot[one.slot].relay and not _is_cancelled(one, shown)]
    fill(own, _wishes(unit, Window(first, last)), _candidates(bulletins.values(), own))
    _store(programme, made, shown, by_slot, bulletins)
    audit(
        by=by,
        at=at,
        action="air.programme",
        target=programme,
        unit=unit,
        detail={"period": f"{year}-{month:02d}", "rows": len(made)},
    )
    return programme, skipped


def _rule(slot: Slot) -> SlotRule:
    last = slot.ends_on and date.fromordinal(slot.ends_on.toordinal() - 1)
    return SlotRule(slot.pk, parse(slot.days), slot.starts, slot.minutes, slot.starts_on, last)


def _meet(made: Sequence[MadeSession], shown: Iterable[SessionShown]) -> None:
    """Let the sessions that are there already be those of the programme, with what stands in them."""
    there = {(one.session.slot_id, one.session.day): one for one in shown}
    for session in made:
        known = there.get((session.slot, session.day))
        if known is None:
            continue
        session.key, session.starts, session.minutes = (
            known.session.pk,
            known.session.starts,
            known.session.minutes,
        )
        session.pieces = [
            Made(item.seconds, item.bulletin_id, item.task_id, item.priority, item.title)
            for item in known.items
        ]


def _is_cancelled(one: MadeSession, shown: Iterable[SessionShown]) -> bool:
    return any(known.session.pk == one.key and known.session.cancelled_why for known in shown)


def _wishes(unit: Unit, window: Window) -> list[Wish]:
    """What of the unit's plans is to be on the radio in the month."""
    tasks = {
        task.pk: task
        for task in work.tasks_in(unit, window)
        if ActivityKind.RADIO in (task.expected_kinds or ())
    }
    due = Occurrence.objects.filter(
        task__in=tasks, starts_on__lte=window.end, ends_on__gte=window.start
    ).order_by("task", "number")
    return [
        Wish(
            one.task_id,
            short_name(tasks[one.task_id].text)[:TITLE_LENGTH],
            max(one.starts_on, window.start),
            min(one.ends_on, window.end),
            min(one.needed, 31),
        )
        for one in due
    ]


def _candidates(bulletins: Iterable[Bulletin], sessions: Iterable[MadeSession]) -> list[Candidate]:
    """The bulletins for these sessions; what the sessions hold of them already is not among `plays`."""
    rows = [one for one in bulletins if one.priority != Priority.EMERGENCY]
    plays = Counter(
        RunningItem.objects.filter(bulletin__in=rows, session__cancelled_why="")
        .exclude(session__in=[one.key for one in sessions if one.key is not None])
        .values_list("bulletin", flat=True)
    )
    return [
        Candidate(
            one.pk,
            max(1, one.approved.seconds if one.approved else 0),
            one.priority,
            one.task_id,
            one.field,
            one.valid_from,
            one.valid_until,
            plays[one.pk],
        )
        for one in rows
        if one.kind != Kind.RELAY
    ]


def _store(
    programme: Programme,
    made: Sequence[MadeSession],
    shown: Iterable[SessionShown],
    slots: dict[int, Slot],
    bulletins: dict[int, Bulletin],
) -> None:
    new = [one for one in made if one.key is None]
    rows = Session.objects.bulk_create(
        Session(
            programme=programme,
            slot=slots[one.slot],
            name=slots[one.slot].name,
            zone=slots[one.slot].zone,
            day=one.day,
            starts=one.starts,
            minutes=one.minutes,
        )
        for one in new
    )
    for one, row in zip(new, rows, strict=True):
        one.key = row.pk
    items = {known.session.pk: list(known.items) for known in shown}
    fields = dict(
        Task.objects.filter(
            pk__in={piece.task for one in made for piece in one.pieces if piece.task}
        ).values_list("pk", "text")
    )
    fresh: list[RunningItem] = []
    changed: list[RunningItem] = []
    for one in made:
        standing = items.get(one.key or 0, [])
        for position, piece in enumerate(one.pieces, 1):
            item = _standing(standing, piece)
            if item is None:
                fresh.append(_item(one.key or 0, position, piece, bulletins, fields))
                continue
            if piece.bulletin and item.bulletin_id is None:
                _put(item, bulletins[piece.bulletin])
                changed.append(item)
            elif item.position != position:
                changed.append(item)
            item.position = position
    RunningItem.objects.bulk_create(fresh)
    RunningItem.objects.bulk_update(
        changed, ["position", "bulletin", "edition", "title", "kind", "priority", "seconds", "field"]
    )


def _standing(items: list[RunningItem], piece: Made) -> RunningItem | None:
    """The row that a piece was read from, taken out of the list."""
    for item in items:
        same = item.bulletin_id == piece.bulletin if item.bulletin_id else item.title == piece.title
        if same and item.task_id == piece.task:
            items.remove(item)
            return item
    return None


def _item(
    session: int, position: int, piece: Made, bulletins: dict[int, Bulletin], tasks: dict[int, str]
) -> RunningItem:
    item = RunningItem(
        session_id=session,
        position=position,
        title=(piece.title or tasks.get(piece.task or 0, ""))[:TITLE_LENGTH],
        kind=Kind.RELAY if piece.bulletin is None and piece.task is None else Kind.NEWS,
        seconds=piece.seconds,
        task_id=piece.task,
    )
    if piece.bulletin:
        _put(item, bulletins[piece.bulletin])
    return item


def _put(item: RunningItem, bulletin: Bulletin) -> None:
    edition = bulletin.approved
    if edition is None:
        raise TypeError("only an approved bulletin is placed")
    item.bulletin, item.edition = bulletin, edition
    item.title, item.kind, item.priority = edition.title, bulletin.kind, bulletin.priority
    item.seconds, item.field = max(1, edition.seconds), bulletin.field
    item.task_id = bulletin.task_id or item.task_id


# --- By hand ------------------------------------------------------------------------------------------------------


def locked_session(session: Session) -> Session:
    """The session as it is now, while nobody else changes it."""
    return (
        Session.objects.select_for_update(of=("self",))
        .select_related("programme__unit", "slot")
        .get(pk=session.pk)
    )


@transaction.atomic
def place_bulletin(
    *, session: Session, bulletin: Bulletin, item: RunningItem | None = None, by: Person | None, at: datetime
) -> RunningItem:
    """Put an approved bulletin into a session: in the place of `item`, else after those as urgent as it is.

    Raises `Refused` when it may not be aired that day or the day is past, and `org.permissions.NotAllowed`.
    """
    session = _changeable(session, by, at)
    bulletin = Bulletin.objects.select_related("approved").get(pk=bulletin.pk)
    if bulletin.unit_id != session.programme.unit_id:
        raise Refused(_("Bản tin này của đơn vị khác."))
    items = list(session.items.order_by("position", "pk"))
    row = next((one for one in items if item is not None and one.pk == item.pk), None)
    if row is None:
        row = RunningItem(session=session, position=0, title="", seconds=1)
        at_place = sum(1 for one in items if one.priority >= bulletin.priority)
        items.insert(at_place, row)
    else:
        _check_not_heard(session, row)
        # The log has said that something else was planned here: what stands here now is another play.
        note_unplanned(session, [row], by=by, at=at)
        row.uid, row.planned_digest = uuid4(), ""
    row.bulletin = bulletin
    if why := queries.why_not(row, session.day):
        raise Refused(_("Không đặt được: %(why)s.") % {"why": why})
    _put(row, bulletin)
    _number(items)
    _trace(session, row, "air.place", by=by, at=at)
    return row


@transaction.atomic
def move_item(*, session: Session, item: RunningItem, up: bool, by: Person | None, at: datetime) -> None:
    """Let an item change places with its neighbour. Raises `Refused` and `org.permissions.NotAllowed`."""
    session = _changeable(session, by, at)
    items = list(session.items.order_by("position", "pk"))
    here = next((at for at, one in enumerate(items) if one.pk == item.pk), None)
    there = None if here is None else here + (-1 if up else 1)
    if here is None or there is None or not 0 <= there < len(items):
        raise Refused(_("Mục này không chuyển được nữa. Tải lại trang."))
    items[here], items[there] = items[there], items[here]
    _number(items)
    _trace(session, item, "air.move", by=by, at=at)


@transaction.atomic
def take_out(*, session: Session, item: RunningItem, by: Person | None, at: datetime) -> None:
    """Take an item out of a session. Raises `Refused` and `org.permissions.NotAllowed`."""
    session = _changeable(session, by, at)
    items = list(session.items.order_by("position", "pk"))
    gone = next((one for one in items if one.pk == item.pk), None)
    if gone is None:
        raise Refused(_("Mục này không còn trong buổi phát. Tải lại trang."))
    _check_not_heard(session, gone)
    _trace(session, gone, "air.take-out", by=by, at=at)
    note_unplanned(session, [gone], by=by, at=at)
    gone.delete()
    _number([one for one in items if one is not gone])


@transaction.atomic
def add_session(
    *,
    programme: Programme,
    name: str,
    day: date,
    starts: time,
    minutes: int,
    special: str,
    by: Person | None,
    at: datetime,
) -> Session:
    """Hold a session beside the slots, for a reason. Raises `Unfit` that names the part, and `NotAllowed`."""
    permissions.check_can_plan(by, programme.unit, localdate(at))
    said, why = one_line(name)[:120], one_line(special)[:300]
    if not said:
        raise Unfit(_("Buổi phát chưa có tên. Ghi tên chương trình."), "name")
    if not why:
        raise Unfit(_("Chưa ghi lý do phát ngoài khung giờ. Hãy ghi ngắn gọn."), "special")
    if (day.year, day.month) != (programme.year, programme.month) or day < localdate(at):
        raise Unfit(_("Ngày phải từ hôm nay và trong tháng của chương trình."), "day")
    if not 1 <= minutes <= 24 * 60:
        raise Unfit(_("Số phút phải từ 1 đến 1440."), "minutes")
    made = Session.objects.create(
        programme=programme, name=said, day=day, starts=starts, minutes=minutes, special=why
    )
    audit(by=by, at=at, action="air.session-add", target=made, unit=programme.unit, detail={"day": day})
    return made


@transaction.atomic
def cancel_session(*, session: Session, reason: str, by: Person | None, at: datetime) -> Session:
    """Say that a session is not held, and why; what was planned in it is noted as not planned. Raises `Refused`."""
    session = _changeable(session, by, at)
    why = one_line(reason)[:300]
    if not why:
        raise Unfit(_("Chưa ghi lý do không phát. Hãy ghi ngắn gọn."), "reason")
    items = list(session.items.order_by("position", "pk"))
    _check_not_heard(session, *items)
    session.cancelled_why = why
    session.save(update_fields=["cancelled_why"])
    audit(
        by=by,
        at=at,
        action="air.session-cancel",
        target=session,
        unit=session.programme.unit,
        detail={"day": session.day},
    )
    note_unplanned(session, items, why=why, by=by, at=at)
    return session


def _changeable(session: Session, by: Person | None, at: datetime) -> Session:
    session = locked_session(session)
    permissions.check_can_plan(by, session.programme.unit, localdate(at))
    if session.cancelled_why:
        raise Refused(_("Buổi này đã hủy. Lập buổi khác nếu cần phát."))
    if session.day < localdate(at):
        raise Refused(_("Buổi này đã qua; chương trình không sửa nữa. Việc đã phát ghi ở sổ nhật ký."))
    return session


def _check_not_heard(session: Session, *items: RunningItem) -> None:
    """Raise `Refused` when the log says that one of them was aired: what was heard is not planned otherwise."""
    states = queries.states_of([session])
    for one in items:
        state = states.get(one.uid)
        if state is not None and state.is_aired:
            raise Refused(_("“%(title)s” đã phát, không sửa được nữa.") % {"title": one.title})


def _number(items: Sequence[RunningItem]) -> None:
    for position, one in enumerate(items, 1):
        one.position = position
        one.save()


def _trace(session: Session, item: RunningItem, action: str, *, by: Person | None, at: datetime) -> None:
    audit(
        by=by,
        at=at,
        action=action,
        target=session,
        unit=session.programme.unit,
        detail={"day": session.day, "name": item.title},
    )
