"""Answers: drafted by whoever handles the case, approved word for word by the leader, and what stands ready for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.actions.noting import SomebodyElse, locked, note
from dinhlang.citizens.models import Answer, Case, StandardReply
from dinhlang.citizens.rules import answers, clock
from dinhlang.citizens.rules.answers import digest, fit_answer
from dinhlang.citizens.rules.categories import check_category
from dinhlang.citizens.rules.kinds import Said
from dinhlang.citizens.rules.states import Deed
from dinhlang.org.actions import audit
from dinhlang.org.actions.sent_once import made_before
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason
from dinhlang.vietnamese.redaction import is_personal
from dinhlang.vietnamese.text import one_line

TITLE_LENGTH = 160


@transaction.atomic
def draft_answer(*, case: Case, words: str, by: Person | None, at: datetime) -> Answer:
    """Send an answer for approval; one that waits or was returned is written over. Raises `Unfit`, `WrongMove`, `NotAllowed`."""
    case = locked(case)
    permissions.check_can_handle(by, case, localdate(at))
    said = fit_answer(words)
    waiting = Answer.objects.filter(case=case, approved_at=None).first()
    given = {"words": said, "digest": digest(said), "drafted_at": at, "drafted_by": by}
    if waiting is None:
        number = Answer.objects.filter(case=case).count() + 1
        waiting = Answer.objects.create(case=case, number=number, **given)
    else:
        for name, value in given.items():
            setattr(waiting, name, value)
        waiting.save()
    note(case, Deed.DRAFT, by=by, at=at, detail={"answer": waiting.number})
    return waiting


@transaction.atomic
def return_answer(*, case: Case, reason: str, by: Person | None, at: datetime) -> Case:
    """Give a drafted answer back to be mended. Raises `NoReason`, `WrongMove`, `NotAllowed`."""
    case = locked(case)
    permissions.check_can_approve(by, case, localdate(at))
    why = checked_reason(reason, _("Ghi cần sửa gì trong câu trả lời."))
    note(case, Deed.RETURN, by=by, at=at, said={Said.NOTE: why})
    return case


@transaction.atomic
def approve_answer(*, case: Case, seen: str, by: Person | None, at: datetime) -> Answer:
    """Approve the answer whose digest was seen; from now on the sender reads it. Raises `SomebodyElse`, `NotAllowed`.

    The first answer says how many working days the case took and whether it was in time; a later one changes neither.
    """
    case, on = locked(case), localdate(at)
    permissions.check_can_approve(by, case, on)
    answer = Answer.objects.select_for_update().filter(case=case, approved_at=None).first()
    if answer is None:
        raise Refused(_("Không có câu trả lời nào chờ duyệt. Hãy tải lại trang."))
    if answer.digest != seen:
        raise SomebodyElse(_("Câu trả lời vừa được sửa. Đọc lại bản mới rồi duyệt."))
    if answer.drafted_by_id is not None and by is not None and answer.drafted_by_id == by.pk:
        raise Refused(_("Người soạn không tự duyệt câu trả lời của mình. Nhờ lãnh đạo khác duyệt."))
    answer.approved_at, answer.approved_by = at, by
    answer.save(update_fields=["approved_at", "approved_by"])
    case.last_answered_at = at
    if case.answered_at is None:
        case.answered_at = at
        since = case.clock_from or case.received_at
        case.days_used = clock.days_used(since, at, queries.happened(case))
        case.answered_in_time = at <= case.due_at if case.due_at is not None else None
    case.rating = case.rated_at = None
    note(case, Deed.APPROVE, by=by, at=at, detail={"answer": answer.number})
    return answer


# --- Replies that stand ready ---------------------------------------------------------------------------------------


@transaction.atomic
def write_reply(
    *,
    unit: Unit,
    title: str,
    words: str,
    category: str = "",
    reply: StandardReply | None = None,
    key: UUID | None = None,
    by: Person | None,
    at: datetime,
) -> StandardReply:
    """Write a standard reply, or change one; the same form (`key`) sent twice writes one.

    Raises `Unfit` for one that names somebody or cites what is out of force.
    """
    permissions.check_can_assign(by, unit, localdate(at))
    called = one_line(title)
    if not called or len(called) > TITLE_LENGTH:
        raise Unfit(
            _("Đặt tên ngắn cho câu trả lời mẫu, tối đa %(most)s ký tự.") % {"most": TITLE_LENGTH}, "title"
        )
    if category:
        check_category(category)
    said = fit_answer(words)
    if is_personal(said):
        raise Unfit(
            _("Câu trả lời mẫu dùng cho nhiều người nên không được có tên, số điện thoại, địa chỉ của ai."),
            "words",
        )
    if found := answers.outdated(said, localdate(at)):
        raise Unfit(found[0].message, "words")
    if (there := made_before(StandardReply, unit=unit, key=key)) is not None:
        return there
    made = reply or StandardReply(unit=unit, key=key, made_at=at, made_by=by)
    made.title, made.words, made.category, made.changed_at = called, said, category, at
    made.save()
    audit(by=by, at=at, action="reply.write", target=made, unit=unit)
    return made


@transaction.atomic
def end_reply(*, reply: StandardReply, by: Person | None, at: datetime) -> StandardReply:
    """Offer it no more; what was answered with it stays."""
    permissions.check_can_assign(by, reply.unit, localdate(at))
    if reply.ended_at is None:
        reply.ended_at = at
        reply.save(update_fields=["ended_at"])
        audit(by=by, at=at, action="reply.end", target=reply, unit=reply.unit)
    return reply
