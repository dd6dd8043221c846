"""A contest while it is a draft: its words, its weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import permissions
from dinhlang.citizens.contests.rules import states, weeks
from dinhlang.citizens.contests.rules.timing import MOST_GRACE, Timing
from dinhlang.citizens.contests.rules.weeks import WeekGiven
from dinhlang.citizens.models import Contest, ContestWeek, SurveyVersion
from dinhlang.citizens.models.contests import TITLE_LENGTH, WORDS_LENGTH
from dinhlang.citizens.surveys.actions import SomebodyElseWrote
from dinhlang.citizens.surveys.queries import definition_of
from dinhlang.citizens.surveys.rules.marking import markable
from dinhlang.citizens.surveys.rules.rounds import new_code
from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import nfc, one_line


@dataclass(frozen=True, slots=True)
class ContestGiven:
    """What a contest is."""

    title: str
    terms: str
    prizes: str
    timing: str
    seconds: int
    grace_seconds: int


@transaction.atomic
def begin(*, unit: Unit, given: ContestGiven, by: Person | None, at: datetime) -> Contest:
    """A new draft. Raises `Unfit` and `org.permissions.NotAllowed`."""
    permissions.check_can_manage(by, unit, localdate(at))
    code = new_code()
    while Contest.objects.filter(code=code).exists():
        code = new_code()
    made = Contest.objects.create(unit=unit, code=code, made_at=at, made_by=by, **_fit(given))
    noted(made, "contest.begin", by=by, at=at)
    return made


@transaction.atomic
def edit(*, contest: Contest, given: ContestGiven, seen: int, by: Person | None, at: datetime) -> Contest:
    """Write in a draft. Raises `SomebodyElseWrote`, `Unfit`, `states.WrongMove`, `NotAllowed`."""
    contest = locked(contest)
    permissions.check_can_manage(by, contest.unit, localdate(at))
    states.check_draft(contest.state)
    if seen != contest.edits:
        raise SomebodyElseWrote(_("Người khác vừa sửa cuộc thi này. Tải lại trang rồi sửa tiếp."))
    fields = _fit(given)
    for name, value in fields.items():
        setattr(contest, name, value)
    contest.edits += 1
    contest.save(update_fields=[*fields, "edits"])
    noted(contest, "contest.edit", by=by, at=at)
    return contest


def _fit(given: ContestGiven) -> dict[str, object]:
    title, terms, prizes = one_line(given.title), nfc(given.terms).strip(), nfc(given.prizes).strip()
    if not title or len(title) > TITLE_LENGTH:
        raise Unfit(_("Ghi tên cuộc thi, tối đa %s ký tự.") % TITLE_LENGTH, "title")
    if not terms:
        raise Unfit(_("Ghi thể lệ: ai được thi, thi thế nào, ai đạt giải."), "terms")
    for name, words in (("terms", terms), ("prizes", prizes)):
        if len(words) > WORDS_LENGTH:
            raise Unfit(
                _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
                % {"length": len(words), "most": WORDS_LENGTH},
                name,
            )
    if given.timing not in Timing.values:
        raise Unfit(_("Chọn một mục trong danh sách."), "timing")
    if given.seconds not in weeks.SECONDS:
        raise Unfit(_("Thời gian từ 5 đến 3.600 giây."), "seconds")
    if not 0 <= given.grace_seconds <= MOST_GRACE:
        raise Unfit(_("Chờ mạng chậm từ 0 đến %s giây.") % MOST_GRACE, "grace_seconds")
    return {
        "title": title,
        "terms": terms,
        "prizes": prizes,
        "timing": given.timing,
        "seconds": given.seconds,
        "grace_seconds": given.grace_seconds,
    }


@transaction.atomic
def write_week(
    *,
    contest: Contest,
    version: SurveyVersion,
    given: WeekGiven,
    week: ContestWeek | None = None,
    by: Person | None,
    at: datetime,
) -> ContestWeek:
    """A week more, or one written anew. Raises `Unfit`, `Refused`, `states.WrongMove`, `NotAllowed`."""
    contest = locked(contest)
    permissions.check_can_manage(by, contest.unit, localdate(at))
    states.check_draft(contest.state)
    if version.survey.unit_id != contest.unit_id:
        raise Unfit(_("Chọn một bộ câu hỏi của đơn vị."), "version")
    weeks.check_week(given, in_bank=len(markable(definition_of(version))), at=at)
    if week is None:
        if contest.weeks.count() >= weeks.MOST_WEEKS:
            raise Refused(_("Một cuộc thi tối đa %s tuần.") % weeks.MOST_WEEKS)
        week = ContestWeek(contest=contest, number=(contest.weeks.aggregate(n=Max("number"))["n"] or 0) + 1)
    week.version = version
    week.opens_at, week.closes_at = given.opens_at, given.closes_at
    week.drawn, week.lots = given.drawn, given.lots
    week.public_source = one_line(given.public_source)[:200]
    week.save()
    _touch(contest)
    noted(contest, "contest.week", by=by, at=at, week=week.number)
    return week


@transaction.atomic
def drop_week(*, week: ContestWeek, by: Person | None, at: datetime) -> None:
    """Leave a week of a draft out; those after it move up. Raises `states.WrongMove`, `NotAllowed`."""
    contest = locked(week.contest)
    permissions.check_can_manage(by, contest.unit, localdate(at))
    states.check_draft(contest.state)
    number = week.number
    ContestWeek.objects.filter(pk=week.pk, contest=contest).delete()
    # One by one from below, so that no two have the same number at any moment.
    for later in contest.weeks.filter(number__gt=number).order_by("number"):
        later.number -= 1
        later.save(update_fields=["number"])
    _touch(contest)
    noted(contest, "contest.drop-week", by=by, at=at, week=number)


def _touch(contest: Contest) -> None:
    contest.edits += 1
    contest.save(update_fields=["edits"])


def locked(contest: Contest) -> Contest:
    """The contest as it is now, held until the act ends."""
    return Contest.objects.select_for_update(of=("self",)).select_related("unit").get(pk=contest.pk)


def noted(contest: Contest, action: str, *, by: Person | None, at: datetime, **detail: object) -> None:
    """The trace of an act."""
    audit(by=by, at=at, action=action, target=contest, unit=contest.unit, detail=detail)
