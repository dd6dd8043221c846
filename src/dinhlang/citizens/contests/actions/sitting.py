"""A sitting: somebody joins, is given a question at a time, answers. Only the server's clock counts.

Nothing is begun by looking at a page: a question is given out by a form that was sent, so that no browser that fetches pages
ahead starts the time. Sent again, an answer changes nothing; a page fetched again shows the question with the time that is left.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import queries
from dinhlang.citizens.contests.queries.writing import mark_of
from dinhlang.citizens.contests.rules import draw, people, timing, weeks
from dinhlang.citizens.contests.rules.people import Person
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.models import Contest, ContestAnswer, ContestSitting, ContestWeek
from dinhlang.citizens.surveys.rules.answers import filled
from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.sealed import fingerprints

_CHANCE = secrets.SystemRandom()
_TRIES = 5


class AlreadySat(Refused):
    """This number has sat this week."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Số điện thoại này đã có một bài thi trong tuần. Mỗi số thi chính thức một lần mỗi tuần; "
                "mở lại bài thi bằng máy đã đăng ký."
            )
        )


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer: whether it counts, and whether it was taken before."""

    is_late: bool
    is_new: bool


def join(
    *,
    week: ContestWeek,
    given: Person,
    key: str,
    hamlets: Iterable[str],
    flags: Sequence[str] = (),
    at: datetime,
) -> ContestSitting:
    """Somebody takes part; the same one when `key` (of the page that was sent) has joined before.

    Raises `Unfit`, `weeks.NotNow`, `AlreadySat`.
    """
    before = queries.sitting_by_key(key)
    if before is not None:
        if before.week_id != week.pk:
            raise Refused(_("Trang này của tuần thi khác. Tải lại trang rồi đăng ký."))
        return before
    # As it is now: the contest may have been stopped since the page was fetched.
    week = ContestWeek.objects.select_related("contest__unit", "version").get(pk=week.pk)
    _check_takes(week, at)
    person = people.fit_person(given)
    if person.hamlet and person.hamlet not in set(hamlets):
        raise Unfit(_("Chọn một mục trong danh sách."), "hamlet")
    if person.pace not in timing.PACES:
        raise Unfit(_("Chọn một mục trong danh sách."), "pace")
    for _try in range(_TRIES):
        try:
            with transaction.atomic():
                return _joined(week, person, key, flags, at)
        except IntegrityError:
            # Two forms of one number at once, or of one page; or, once in a life, a code that was taken.
            if (same := queries.sitting_by_key(key)) is not None:
                return same
    raise AlreadySat


def _joined(
    week: ContestWeek, person: Person, key: str, flags: Sequence[str], at: datetime
) -> ContestSitting:
    # Numbers of older keys are found too while seals are being renewed.
    marks = fingerprints(ContestSitting, "phone_mark", person.phone)
    if ContestSitting.objects.filter(week=week, phone_mark__in=marks).exists():
        raise AlreadySat
    return ContestSitting.objects.create(
        week=week,
        mark=mark_of(key),
        code=draw.new_code(),
        name=person.name,
        phone=person.phone,
        guardian=person.guardian,
        hamlet=Unit.objects.get(pk=person.hamlet) if person.hamlet else None,
        group=person.group,
        is_child=person.is_child,
        is_shown=person.is_shown,
        consent=people.CONSENT,
        pace=person.pace,
        guess=person.guess,
        questions=_asked(week),
        flags=",".join(flags),
        joined_at=at,
    )


def _asked(week: ContestWeek) -> list[str]:
    """All questions of the bank in its order, or some of them at random; never an option in another place: some say
    “cả hai câu trên”."""
    ids = [one.id for one in queries.bank_of(week)]
    return ids if week.drawn is None else _CHANCE.sample(ids, min(week.drawn, len(ids)))


def _check_takes(week: ContestWeek, at: datetime) -> None:
    weeks.check_takes(week.opens_at, queries.ends_at(week), is_open=week.contest.state == State.OPEN, at=at)


@transaction.atomic
def go_on(*, sitting: ContestSitting, after: int, at: datetime) -> ContestAnswer | None:
    """Give out the question after `after` (0 before the first); the one that runs when it was given already, None at the end.

    A question whose time is over without an answer is left behind. Raises `weeks.NotNow` once the week has ended.
    """
    sitting = _locked(sitting)
    rows = list(sitting.answers.order_by("place"))
    last = rows[-1] if rows else None
    grace = sitting.week.contest.grace_seconds
    if last is not None and last.answered_at is None and timing.is_in_time(last.due_at, grace=grace, at=at):
        return last
    if len(rows) > after:
        # The page is older than what was given since: two taps give one question.
        return last if last is not None and last.answered_at is None else None
    if len(rows) >= len(sitting.questions) or _is_over(sitting, at):
        _end(sitting, at)
        return None
    _check_takes(sitting.week, at)
    contest = sitting.week.contest
    question = queries.questions_of(sitting)[len(rows)]
    seconds = contest.seconds
    if contest.timing == timing.Timing.QUESTION and question.seconds is not None:
        seconds = question.seconds
    if sitting.started_at is None:
        sitting.started_at = at
        sitting.save(update_fields=["started_at"])
    return ContestAnswer.objects.create(
        sitting=sitting,
        place=len(rows) + 1,
        question=question.id,
        usual_seconds=seconds,
        given_at=at,
        due_at=timing.due_at(
            contest.timing, given_at=at, started_at=sitting.started_at, seconds=seconds, pace=sitting.pace
        ),
    )


def _is_over(sitting: ContestSitting, at: datetime) -> bool:
    """Whether the time of a whole sitting has run out."""
    contest: Contest = sitting.week.contest
    if contest.timing != timing.Timing.SITTING or sitting.started_at is None:
        return False
    end = timing.due_at(
        contest.timing, given_at=at, started_at=sitting.started_at, seconds=contest.seconds, pace=sitting.pace
    )
    return at >= end


@transaction.atomic
def answer(*, sitting: ContestSitting, place: int, sent: Sequence[str], at: datetime) -> Answered:
    """Take the answer to the question at `place`, once. Too late it is kept and does not count; an empty one is an answer of
    nothing. Raises `Refused` for a question that was not given out and for an option that it does not have."""
    sitting = _locked(sitting)
    row = sitting.answers.select_for_update().filter(place=place).first()
    if row is None:
        raise Refused(_("Câu này chưa được đưa ra. Tải lại trang."))
    if row.answered_at is not None:
        return Answered(is_late=row.is_late, is_new=False)
    question = next(one for one in queries.questions_of(sitting) if one.id == row.question)
    found = filled(Definition("", questions=(question,)), {question.id: list(sent)}, on_paper=True)
    if found.problems:
        raise Refused(next(iter(found.problems.values())))
    row.value = found.values.get(question.id)
    row.answered_at = at
    # The next question may have been given out since: what comes for this one counts no more.
    is_last = not sitting.answers.filter(place__gt=place).exists()
    grace = sitting.week.contest.grace_seconds
    row.is_late = not (is_last and timing.is_in_time(row.due_at, grace=grace, at=at))
    row.save(update_fields=["value", "answered_at", "is_late"])
    if place >= len(sitting.questions):
        _end(sitting, at)
    return Answered(is_late=row.is_late, is_new=True)


def _end(sitting: ContestSitting, at: datetime) -> None:
    if sitting.ended_at is None:
        sitting.ended_at = at
        sitting.save(update_fields=["ended_at"])


def _locked(sitting: ContestSitting) -> ContestSitting:
    found = ContestSitting.objects.select_for_update(of=("self",))
    return found.select_related("week__contest", "week__version").get(pk=sitting.pk)
