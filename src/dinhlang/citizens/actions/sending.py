"""What a sender does with a case of their own, or an official writes down for one who calls (`by`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.actions.noting import locked, note
from dinhlang.citizens.actions.taking import add_kept
from dinhlang.citizens.keeping import Kept
from dinhlang.citizens.models import Case
from dinhlang.citizens.queries.tracking import is_answered
from dinhlang.citizens.rules import kinds
from dinhlang.citizens.rules.kinds import DISCONTENT, Actor, Nature, Said
from dinhlang.citizens.rules.states import Deed
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import checked_reason

RATING_LENGTH = 1_000


@transaction.atomic
def supplement(
    *, case: Case, words: str, files: Sequence[Kept] = (), by: Person | None = None, at: datetime
) -> Case:
    """Answer what was asked; the clock goes on. `files` lie sealed already. Raises `Unfit`, `WrongMove`."""
    case = _for_sender(case, by, at)
    said = words.strip()
    if not said:
        raise Unfit(_("Viết câu trả lời cho điều xã hỏi."), "words")
    if len(said) > kinds.WORDS_LENGTH:
        raise Unfit(_("Dài quá %(most)s ký tự. Hãy viết gọn lại.") % {"most": kinds.WORDS_LENGTH}, "words")
    if len(files) > kinds.MOST_FILES:
        raise Unfit(_("Gửi tối đa %(most)s tệp. Bỏ bớt rồi gửi lại.") % {"most": kinds.MOST_FILES}, "files")
    for one in files:
        add_kept(case, one, by=by, at=at)
    note(case, Deed.RESUME, by=by, at=at, actor=_actor(by), said={Said.SUPPLEMENT: said})
    return case


@transaction.atomic
def rate(*, case: Case, rating: int, words: str = "", by: Person | None = None, at: datetime) -> Case:
    """Say how content the sender is with the answer, once for each. Raises `Unfit`, `Refused` after the time for it.

    1 and 2 leave the case open for `reopen`; 3 to 5 close it.
    """
    case = _for_sender(case, by, at)
    if rating not in kinds.Satisfaction.values:
        raise Unfit(_("Chọn một mức hài lòng."), "rating")
    said = words.strip()
    if len(said) > RATING_LENGTH:
        raise Unfit(_("Dài quá %(most)s ký tự. Hãy viết gọn lại.") % {"most": RATING_LENGTH}, "words")
    _check_in_time(case, at)
    case.rating, case.rated_at = rating, at
    deed = Deed.DISSATISFIED if rating in DISCONTENT else Deed.SATISFIED
    note(case, deed, by=by, at=at, actor=_actor(by), detail={"rating": rating}, said={Said.RATING: said})
    return case


@transaction.atomic
def reopen(*, case: Case, reason: str, by: Person | None = None, at: datetime) -> Case:
    """Have it looked at again, once, with a promised day of its own. Raises `NoReason`, `Refused`, `WrongMove`."""
    case = _for_sender(case, by, at)
    why = checked_reason(reason, _("Ghi câu trả lời còn thiếu hoặc chưa đúng chỗ nào."))
    if case.reopened_at is not None:
        raise Refused(
            _(
                "Phản ánh này đã mở lại một lần. Có việc mới thì gửi phản ánh mới; không đồng ý với quyết định thì khiếu nại."
            )
        )
    _check_in_time(case, at)
    case.reopened_at = at
    if case.nature == Nature.FEEDBACK:
        terms = queries.terms_of(case.unit, localdate(at))
        case.term, case.term_basis = terms.reopened, terms.legal_basis[:300]
        case.clock_from = at
    note(case, Deed.REOPEN, by=by, at=at, actor=_actor(by), said={Said.REASON: why})
    return case


@transaction.atomic
def withdraw(*, case: Case, reason: str = "", by: Person | None = None, at: datetime) -> Case:
    """Take it back: nothing more is done for it. Raises `WrongMove`."""
    case = _for_sender(case, by, at)
    said = reason.strip()[: kinds.WORDS_LENGTH]
    note(case, Deed.WITHDRAW, by=by, at=at, actor=_actor(by), said={Said.REASON: said})
    return case


@transaction.atomic
def invite(*, case: Case, at: datetime) -> str:
    """A code for the survey that asks who was answered, once for a case: one voice. Raises `Refused`, also after the time for rating.

    The case remembers only that a code was given, the code nothing of the case, the answer nothing of either.
    """
    case = _for_sender(case, None, at)
    if not is_answered(case):
        raise Refused(_("Khảo sát chỉ dành cho phản ánh đã được trả lời."))
    _check_in_time(case, at)
    if case.is_invited:
        raise Refused(_("Mã khảo sát của phản ánh này đã hiện một lần. Mỗi phản ánh một mã."))
    token = surveys.invite_after(unit=case.unit, at=at)
    if not token:
        raise Refused(_("Lúc này xã không có đợt khảo sát nào. Cảm ơn bạn đã quan tâm."))
    case.is_invited = True
    case.save(update_fields=["is_invited"])
    return token


def _for_sender(case: Case, by: Person | None, at: datetime) -> Case:
    case = locked(case)
    if by is not None:
        permissions.check_can_take(by, case, localdate(at))
    return case


def _actor(by: Person | None) -> Actor:
    return Actor.OFFICIAL if by is not None else Actor.SENDER


def _check_in_time(case: Case, at: datetime) -> None:
    days = queries.terms_of(case.unit, localdate(at)).rate_days
    if case.last_answered_at is not None and (localdate(at) - localdate(case.last_answered_at)).days > days:
        raise Refused(
            _(
                "Đã quá %(days)s ngày từ khi trả lời nên phản ánh này đã đóng. Có việc mới thì gửi phản ánh mới."
            )
            % {"days": days}
        )
