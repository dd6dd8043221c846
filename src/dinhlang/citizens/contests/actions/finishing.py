"""After a week: marked and ranked, a line of the ledger, questions declared void, sittings excluded, lots drawn."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import permissions, queries
from dinhlang.citizens.contests.actions.writing import noted
from dinhlang.citizens.contests.rules import draw, ranking, timing, weeks
from dinhlang.citizens.contests.rules.ranking import Entry
from dinhlang.citizens.contests.rules.timing import Turn
from dinhlang.citizens.models import ContestDraw, ContestSitting, ContestWeek
from dinhlang.citizens.surveys.rules.marking import mark
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis, ReformField
from dinhlang.work.rules import TITLE_LENGTH, EntryEvidence

_MARKED = ["points", "right", "is_all_right", "milliseconds", "rank"]


@kept_in_vietnamese
@transaction.atomic
def finish(*, week: ContestWeek, by: Person | None, at: datetime) -> ContestWeek:
    """Mark every sitting, rank them, write the line of the ledger; from now on everyone reads results and right answers.

    Raises `Refused` before the end and while somebody may still answer, and `org.permissions.NotAllowed`.
    """
    week = _locked(week)
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    if week.finished_at is not None:
        return week
    if at < queries.ends_at(week):
        raise weeks.NotNow(_("Tuần thi chưa đóng. Chốt được từ %s.") % weeks.moment(queries.ends_at(week)))
    if (until := queries.unfinished(week, at)) is not None:
        raise weeks.NotNow(_("Còn người đang làm câu cuối. Chốt được sau %s.") % weeks.moment(until))
    week.finished_at, week.finished_by = at, by
    _score(week)
    _tell_ledger(week, by, at)
    week.save(update_fields=["finished_at", "finished_by", "all_right", "line"])
    noted(week.contest, "contest.finish", by=by, at=at, week=week.number)
    return week


def _score(week: ContestWeek) -> None:
    contest = week.contest
    known = {one.id: one for one in queries.bank_of(week)}
    void = {one["question"] for one in week.void}
    rows = list(week.sittings.filter(started_at__isnull=False).prefetch_related("answers"))
    for one in rows:
        given = list(one.answers.all())
        found = mark(
            [known[id_] for id_ in one.questions if id_ in known],
            {row.question: row.value for row in given if not row.is_late},
            void=void,
        )
        one.points, one.right, one.is_all_right, one.rank = (
            found.points,
            found.right,
            found.is_all_right,
            None,
        )
        turns = [Turn(row.given_at, row.due_at, row.usual_seconds, row.answered_at) for row in given]
        one.milliseconds = timing.counted_milliseconds(contest.timing, turns, whole_seconds=contest.seconds)
    fit = {one.code: one for one in rows if one.excluded_at is None}
    week.all_right = sum(one.is_all_right for one in fit.values())
    entries = [Entry(one.code, one.points or 0, one.guess, one.milliseconds or 0) for one in fit.values()]
    for rank, entry in ranking.ranked(entries, week.all_right):
        fit[entry.code].rank = rank
    ContestSitting.objects.bulk_update(rows, _MARKED, batch_size=500)


def _tell_ledger(week: ContestWeek, by: Person | None, at: datetime) -> None:
    """How many sat; the contest itself counts with its first week that is finished."""
    count = week.sittings.filter(started_at__isnull=False).count()
    is_first = not week.contest.weeks.filter(line__isnull=False).exists()
    if not count:
        return
    title = _("%(contest)s, tuần %(week)s") % {"contest": week.contest.title, "week": week.number}
    week.line = work.record_consequence(
        unit=week.contest.unit,
        kind=ActivityKind.CONTEST,
        happened_on=localdate(queries.ends_at(week)),
        title=title[:TITLE_LENGTH],
        measures={**({"contests": 1} if is_first else {}), "contest_entries": count},
        evidence=[
            EntryEvidence(
                _("Sổ bài thi, cuộc thi %(code)s, tuần %(week)s")
                % {"code": week.contest.code.upper(), "week": week.number}
            )
        ],
        basis=Basis.SYSTEM,
        reform_field=ReformField.STEERING,
        note=_("Cuộc thi %(code)s, tuần %(week)s: %(count)s lượt người dự thi, %(right)s bài đúng tất cả")
        % {
            "code": week.contest.code.upper(),
            "week": week.number,
            "count": count,
            "right": week.all_right,
        },
        by=by,
        at=at,
    )


@kept_in_vietnamese
@transaction.atomic
def void_question(
    *, week: ContestWeek, question: str, reason: str, by: Person | None, at: datetime
) -> ContestWeek:
    """Declare a question void: everyone who was asked it gets its points, results are made anew and say so. A draw that was
    held falls, because others may take part in it now. Raises `Unfit`, `NotAllowed`."""
    week = _locked(week)
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    if question not in {one.id for one in queries.bank_of(week)}:
        raise Unfit(_("Tuần này không có câu hỏi đó."), "question")
    if question in {one["question"] for one in week.void}:
        raise Unfit(_("Câu này đã hủy rồi."), "question")
    why = _reason(reason, 300)
    week.void = [*week.void, {"question": question, "why": why, "at": at.isoformat()}]
    if week.finished_at is not None:
        _score(week)
        _fall(week, _("Đã hủy một câu hỏi: %s") % why, at)
    week.save(update_fields=["void", "all_right"])
    noted(week.contest, "contest.void", by=by, at=at, week=week.number)
    return week


@kept_in_vietnamese
@transaction.atomic
def exclude(*, sitting: ContestSitting, reason: str, by: Person | None, at: datetime) -> ContestSitting:
    """Take a sitting out of ranking and lots, with a reason that everyone reads. Raises `Unfit`, `Refused`, `NotAllowed`."""
    week = _locked(sitting.week)
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    sitting = week.sittings.select_for_update().get(pk=sitting.pk)
    if sitting.excluded_at is not None:
        return sitting
    sitting.excluded_at, sitting.excluded_by, sitting.excluded_why = at, by, _reason(reason, 200)
    sitting.save(update_fields=["excluded_at", "excluded_by", "excluded_why"])
    if week.finished_at is not None:
        _score(week)
        _fall(week, _("Đã loại bài thi %s") % sitting.code, at)
        week.save(update_fields=["all_right"])
    noted(week.contest, "contest.exclude", by=by, at=at, week=week.number, code=sitting.code)
    return sitting


def _fall(week: ContestWeek, why: str, at: datetime) -> None:
    week.draws.filter(replaced_at=None).update(replaced_at=at, replaced_why=why[:300])


@transaction.atomic
def draw_lots(*, week: ContestWeek, public_value: str = "", by: Person | None, at: datetime) -> ContestDraw:
    """Draw lots among those who answered everything rightly. Nothing can be chosen: seed, entries and number are given; a draw
    that holds is given back as it is. Raises `Unfit`, `Refused`, `NotAllowed`."""
    week = _locked(week)
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    if (held := queries.current_draw(week)) is not None:
        return held
    if week.finished_at is None:
        raise Refused(_("Chốt tuần thi trước, rồi bốc thăm."))
    if not week.lots:
        raise Refused(_("Tuần này không có giải bốc thăm."))
    entries = queries.public_entries(week)
    if not entries:
        raise Refused(_("Không có bài nào đúng tất cả nên không bốc thăm."))
    before = week.draws.order_by("-number").first()
    value = draw.fit_public_value(public_value)
    if before is not None:
        # The value that was told holds: another one would be a choice.
        value = before.public_value
    elif week.public_source and not value:
        raise Unfit(_("Ghi số công khai: %s.") % week.public_source, "public_value")
    elif not week.public_source:
        value = ""
    number = before.number + 1 if before is not None else 1
    lots = draw.draw(entries, seed=week.seed.shown(), public_value=value, number=number)
    made = ContestDraw.objects.create(
        week=week,
        number=number,
        public_value=value,
        entries=entries,
        winners=[one.code for one in lots[: week.lots]],
        drawn_at=at,
        drawn_by=by,
    )
    noted(week.contest, "contest.draw", by=by, at=at, week=week.number, number=number)
    return made


@transaction.atomic
def read_phones(*, week: ContestWeek, by: Person | None, at: datetime) -> list[ContestSitting]:
    """Those who won, to be told; that somebody looked is noted. Raises `org.permissions.NotAllowed`."""
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    found = queries.winners(week)
    noted(week.contest, "contest.read", by=by, at=at, week=week.number, count=len(found))
    return found


@transaction.atomic
def export_results(*, week: ContestWeek, form: str, rows: int, by: Person | None, at: datetime) -> None:
    """Note that a table with names leaves. Raises `org.permissions.NotAllowed`."""
    permissions.check_can_manage(by, week.contest.unit, localdate(at))
    audit(
        by=by,
        at=at,
        action="contest.export",
        target=week.contest,
        unit=week.contest.unit,
        detail={"rows": rows, "form": form},
    )


def _locked(week: ContestWeek) -> ContestWeek:
    found = ContestWeek.objects.select_for_update(of=("self",))
    return found.select_related("contest__unit", "version").get(pk=week.pk)


def _reason(text: str, most: int) -> str:
    said = one_line(text)
    if not said or len(said) > most:
        raise Unfit(_("Ghi lý do, tối đa %s ký tự.") % most, "reason")
    return said
