"""Sent, returned, approved, stopped. An approval makes the seeds of the lots and freezes the questions."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import permissions, queries
from dinhlang.citizens.contests.actions.writing import locked, noted
from dinhlang.citizens.contests.rules import draw, states, weeks
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.models import Contest
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line

REASON_LENGTH = 500


@transaction.atomic
def send(*, contest: Contest, by: Person | None, at: datetime) -> Contest:
    """To the leader. Raises `Refused` for a contest without weeks or with weeks that meet, `WrongMove`, `NotAllowed`."""
    contest = locked(contest)
    permissions.check_can_manage(by, contest.unit, localdate(at))
    states.check_move(contest.state, State.WAITING)
    _check_whole(contest, at)
    contest.state, contest.sent_at, contest.sent_by, contest.returned_why = State.WAITING, at, by, ""
    contest.save(update_fields=["state", "sent_at", "sent_by", "returned_why"])
    noted(contest, "contest.send", by=by, at=at)
    return contest


def _check_whole(contest: Contest, at: datetime) -> None:
    rows = list(contest.weeks.order_by("number"))
    if not rows:
        raise Refused(_("Cuộc thi chưa có tuần nào. Thêm tuần thi rồi trình."))
    weeks.check_order([(one.opens_at, one.closes_at) for one in rows])
    if rows[0].opens_at <= at:
        # The commitment to a seed must be there before anybody takes part.
        raise Refused(_("Tuần 1 mở trước lúc này. Sửa giờ mở thành một giờ sau khi duyệt."))


@transaction.atomic
def take_back(*, contest: Contest, by: Person | None, at: datetime) -> Contest:
    """To write in it again before it is decided. Raises `WrongMove`, `NotAllowed`."""
    contest = locked(contest)
    permissions.check_can_manage(by, contest.unit, localdate(at))
    return _drafted(contest, "contest.take-back", why="", by=by, at=at)


@transaction.atomic
def give_back(*, contest: Contest, reason: str, by: Person | None, at: datetime) -> Contest:
    """For the leader: back to whoever wrote it, saying what to change. Raises `Unfit`, `WrongMove`, `NotAllowed`."""
    contest = locked(contest)
    permissions.check_can_approve(by, contest.unit, localdate(at))
    return _drafted(contest, "contest.return", why=_reason(reason), by=by, at=at)


def _drafted(contest: Contest, action: str, *, why: str, by: Person | None, at: datetime) -> Contest:
    states.check_move(contest.state, State.DRAFT)
    contest.state, contest.returned_why = State.DRAFT, why
    contest.save(update_fields=["state", "returned_why"])
    noted(contest, action, by=by, at=at)
    return contest


@transaction.atomic
def approve(*, contest: Contest, seen: str, by: Person | None, at: datetime) -> Contest:
    """From now on everyone reads it. `seen` is what the leader read (`queries.digest_of`).

    Raises `Refused` for other words than those read and for one's own contest, `WrongMove`, `NotAllowed`.
    """
    contest = locked(contest)
    permissions.check_can_approve(by, contest.unit, localdate(at))
    states.check_move(contest.state, State.OPEN)
    if by is not None and contest.sent_by_id == by.pk:
        raise Refused(_("Cuộc thi do bạn trình nên lãnh đạo khác duyệt."))
    if seen != queries.digest_of(contest):
        raise Refused(_("Thể lệ hoặc câu hỏi vừa thay đổi. Tải lại trang, đọc lại rồi duyệt."))
    _check_whole(contest, at)
    contest.state, contest.approved_at, contest.approved_by = State.OPEN, at, by
    contest.save(update_fields=["state", "approved_at", "approved_by"])
    for week in contest.weeks.select_related("version"):
        week.seed = seed = draw.new_seed()
        week.commitment = draw.commitment(seed)
        week.save(update_fields=["seed", "commitment"])
        if week.version.frozen_at is None:
            type(week.version).objects.filter(pk=week.version_id, frozen_at=None).update(frozen_at=at)
    noted(contest, "contest.approve", by=by, at=at)
    return contest


@transaction.atomic
def close(*, contest: Contest, reason: str, by: Person | None, at: datetime) -> Contest:
    """Stop before the end, saying why: nobody begins any more, who sits may end the question they have.

    Raises `Unfit`, `WrongMove`, `NotAllowed`.
    """
    contest = locked(contest)
    permissions.check_can_approve(by, contest.unit, localdate(at))
    states.check_move(contest.state, State.CLOSED)
    contest.state, contest.closed_at, contest.closed_by = State.CLOSED, at, by
    contest.closed_why = _reason(reason)
    contest.save(update_fields=["state", "closed_at", "closed_by", "closed_why"])
    noted(contest, "contest.close", by=by, at=at)
    return contest


def _reason(text: str) -> str:
    said = one_line(text)
    if not said or len(said) > REASON_LENGTH:
        raise Unfit(_("Ghi lý do, tối đa %s ký tự.") % REASON_LENGTH, "reason")
    return said
