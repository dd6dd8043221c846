"""A contest from its draft to the lots: approval, sittings by the server's clock, results, the ledger, the draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.actions import AlreadySat
from dinhlang.citizens.contests.rules import draw
from dinhlang.citizens.contests.rules.states import State, WrongMove
from dinhlang.citizens.contests.rules.weeks import NotNow, WeekGiven
from dinhlang.citizens.contests.tests.world import (
    GIVEN,
    HOUR,
    PERSON,
    SECOND,
    bank,
    drafted,
    joined,
    opened,
    sat,
)
from dinhlang.citizens.models import (
    ContestAnswer,
    ContestDraw,
    ContestSitting,
    ContestWeek,
    SurveyVersion,
)
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.actions import RoundGiven, SomebodyElseWrote
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.personal import retention
from dinhlang.org.rules import Refused, Unfit
from dinhlang.periods.window import Window
from dinhlang.work import queries as work

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.usefixtures("own_data")]


def finished(cast: Cast, week: ContestWeek) -> ContestWeek:
    return actions.finish(week=week, by=cast.culture_officer, at=week.closes_at + HOUR)


# --- Written and approved ------------------------------------------------------------------------------------------


def test_the_officer_writes_the_leader_approves_and_then_nobody_changes_a_word(cast: Cast) -> None:
    contest = drafted(cast)
    with pytest.raises(NotAllowed):
        actions.begin(unit=cast.commune, given=GIVEN, by=cast.neighbour, at=cast.now)
    with pytest.raises(SomebodyElseWrote):
        actions.edit(contest=contest, given=GIVEN, seen=1, by=cast.culture_officer, at=cast.now)
    with pytest.raises(WrongMove):
        actions.approve(contest=contest, seen="", by=cast.chair, at=cast.now)
    actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    with pytest.raises(WrongMove):
        actions.edit(contest=contest, given=GIVEN, seen=2, by=cast.culture_officer, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.approve(
            contest=contest, seen=queries.digest_of(contest), by=cast.culture_officer, at=cast.now
        )
    contest = actions.give_back(contest=contest, reason="Ghi rõ giải", by=cast.chair, at=cast.now)
    assert (contest.state, contest.returned_why) == (State.DRAFT, "Ghi rõ giải")
    actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    actions.take_back(contest=contest, by=cast.culture_officer, at=cast.now)
    actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    # A question that changes meanwhile makes it other words than those that were read.
    seen = queries.digest_of(contest)
    version = contest.weeks.get().version
    SurveyVersion.objects.filter(pk=version.pk).update(digest="0" * 64)
    with pytest.raises(Refused, match="vừa thay đổi"):
        actions.approve(contest=contest, seen=seen, by=cast.chair, at=cast.now)
    SurveyVersion.objects.filter(pk=version.pk).update(digest=version.digest)
    contest = actions.approve(contest=contest, seen=seen, by=cast.chair, at=cast.now)
    week = contest.weeks.get()
    assert week.commitment == draw.commitment(week.seed.shown())
    assert week.seed.shown() not in week.seed.stored()
    with pytest.raises(DatabaseError), transaction.atomic():
        SurveyVersion.objects.filter(pk=version.pk).update(digest="x")
    done = set(AuditEntry.objects.filter(action__startswith="contest.").values_list("action", flat=True))
    assert done == {f"contest.{one}" for one in ("begin", "week", "send", "return", "take-back", "approve")}


def test_a_contest_that_cannot_be_held_is_not_sent(cast: Cast) -> None:
    contest = actions.begin(unit=cast.commune, given=GIVEN, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="chưa có tuần"):
        actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    version = bank(cast)
    weeks = [
        actions.write_week(
            contest=contest,
            version=version,
            given=WeekGiven(cast.now + from_ * HOUR, cast.now + (from_ + 10) * HOUR, None, 0),
            by=cast.culture_officer,
            at=cast.now,
        )
        for from_ in (1, 5, 20)
    ]
    with pytest.raises(Refused, match="chồng giờ"):
        actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    actions.drop_week(week=weeks[1], by=cast.culture_officer, at=cast.now)
    assert list(contest.weeks.order_by("number").values_list("number", flat=True)) == [1, 2]
    with pytest.raises(Refused, match="Tuần 1 mở trước"):
        actions.send(contest=contest, by=cast.culture_officer, at=cast.now + 2 * HOUR)
    actions.send(contest=contest, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="không mở đợt"):
        surveys.open_round(
            version=version,
            given=RoundGiven("Đợt", cast.today, cast.today, Method.B),
            by=cast.culture_officer,
            at=cast.now,
        )


# --- Sitting -------------------------------------------------------------------------------------------------------


def test_one_number_sits_once_a_week_and_one_page_joins_once(cast: Cast) -> None:
    week = opened(cast)
    with pytest.raises(NotNow, match="mở lúc"):
        joined(week, 1, at=week.opens_at - SECOND)
    first = joined(week, 1)
    assert joined(week, 1) == first
    at = week.opens_at + HOUR
    for phone in ("0900000001", "+84 900 000 001", "0900.000.001"):
        with pytest.raises(AlreadySat):
            actions.join(
                week=week,
                given=replace(PERSON, phone=phone),
                key=f"other-{phone}",
                hamlets=(),
                at=at,
            )
    with pytest.raises(Unfit):
        joined(week, 2, hamlet="khong-co")
    with pytest.raises(Unfit):
        joined(week, 2, pace=50)
    with pytest.raises(NotNow, match="đã đóng"):
        joined(week, 3, at=week.closes_at)
    stored = ContestSitting.objects.values_list("name", "phone").get()
    assert "Minh" not in str([one.stored() for one in stored])
    # Whatever the code does, the database lets no second one in.
    with pytest.raises(IntegrityError), transaction.atomic():
        ContestSitting.objects.create(
            week=week, mark="y", code="ANOTHER2", phone="0900000001", questions=[], joined_at=at
        )
    assert first.week_id == week.pk


def test_only_the_servers_clock_counts_and_nothing_gives_more_time(cast: Cast) -> None:
    week = opened(cast)
    sitting, at = joined(week), week.opens_at + HOUR
    one = actions.go_on(sitting=sitting, after=0, at=at)
    assert one is not None
    assert (one.place, one.due_at) == (1, at + 30 * SECOND)
    # The page fetched or sent again shows the same question with the time that is left.
    for later in (1, 20, 34):
        again = actions.go_on(sitting=sitting, after=0, at=at + later * SECOND)
        assert again is not None
        assert (again.pk, again.due_at) == (one.pk, one.due_at)
    # A question that was not given out is not answered.
    with pytest.raises(Refused, match="chưa được đưa ra"):
        actions.answer(sitting=sitting, place=2, sent=["dung"], at=at)
    with pytest.raises(Refused, match="không có trong phiếu"):
        actions.answer(sitting=sitting, place=1, sent=["<script>"], at=at)
    # Within the grace of a slow line it counts; sent again it changes nothing.
    taken = actions.answer(sitting=sitting, place=1, sent=["dung"], at=at + 35 * SECOND)
    assert (taken.is_late, taken.is_new) == (False, True)
    again_sent = actions.answer(sitting=sitting, place=1, sent=["sai"], at=at + 36 * SECOND)
    assert (again_sent.is_late, again_sent.is_new) == (False, False)
    assert ContestAnswer.objects.get(pk=one.pk).value == "dung"
    two = actions.go_on(sitting=sitting, after=1, at=at + 60 * SECOND)
    assert two is not None
    late = actions.answer(sitting=sitting, place=2, sent=["dung"], at=two.due_at + 6 * SECOND)
    assert late.is_late
    kept = ContestAnswer.objects.get(pk=two.pk)
    assert (kept.value, kept.is_late) == ("dung", True)
    # Left without an answer it is behind; what comes for it afterwards counts no more, though it is kept.
    three = actions.go_on(sitting=sitting, after=2, at=at + 120 * SECOND)
    assert three is not None
    assert actions.go_on(sitting=sitting, after=3, at=three.due_at + 10 * SECOND) is None
    sitting.refresh_from_db()
    assert sitting.ended_at is not None
    assert actions.answer(sitting=sitting, place=3, sent=["dung"], at=three.due_at + HOUR).is_late
    week = finished(cast, week)
    sitting.refresh_from_db()
    assert (sitting.points, sitting.right, sitting.milliseconds) == (1, 1, 90_000)


def test_who_needs_more_time_has_it_and_is_never_behind_the_slowest(cast: Cast) -> None:
    week = opened(cast)
    slow = sat(week, 1, seconds=50, pace=2)
    sat(week, 2, seconds=29)
    usual = sat(week, 3, "ddd", seconds=30)
    finished(cast, week)
    for one in (slow, usual):
        one.refresh_from_db()
    assert (slow.points, slow.milliseconds, slow.rank) == (3, 90_000, 2)
    assert usual.rank == 2


def test_the_time_of_a_whole_sitting_ends_it(cast: Cast) -> None:
    week = opened(cast, timing="sitting", seconds=60)
    sitting, at = joined(week), week.opens_at + HOUR
    one = actions.go_on(sitting=sitting, after=0, at=at)
    assert one is not None
    actions.answer(sitting=sitting, place=1, sent=["dung"], at=at + 50 * SECOND)
    two = actions.go_on(sitting=sitting, after=1, at=at + 50 * SECOND)
    assert two is not None
    assert two.due_at == at + 60 * SECOND
    assert actions.answer(sitting=sitting, place=2, sent=["dung"], at=at + 70 * SECOND).is_late
    assert actions.go_on(sitting=sitting, after=2, at=at + 70 * SECOND) is None
    sitting.refresh_from_db()
    assert sitting.ended_at is not None


def test_the_end_of_the_week_gives_out_nothing_but_lets_the_last_question_be_answered(cast: Cast) -> None:
    week = opened(cast)
    sitting = joined(week, at=week.closes_at - HOUR)
    one = actions.go_on(sitting=sitting, after=0, at=week.closes_at - SECOND)
    assert one is not None
    with pytest.raises(NotNow, match="đang làm câu cuối"):
        actions.finish(week=week, by=cast.culture_officer, at=week.closes_at)
    assert not actions.answer(sitting=sitting, place=1, sent=["dung"], at=week.closes_at + 9 * SECOND).is_late
    with pytest.raises(NotNow):
        actions.go_on(sitting=sitting, after=1, at=week.closes_at + 10 * SECOND)


def test_everyone_gets_as_many_questions_at_random_as_the_week_says(cast: Cast) -> None:
    week = opened(cast, week={"drawn": 2})
    asked = [joined(week, number).questions for number in range(30)]
    assert {len(set(one)) for one in asked} == {2}
    assert len({tuple(one) for one in asked}) > 1


def test_a_contest_that_is_stopped_takes_nobody_and_can_be_finished(cast: Cast) -> None:
    week = opened(cast)
    sat(week, 1)
    stopped_at = week.opens_at + 2 * HOUR
    with pytest.raises(NotAllowed):
        actions.close(contest=week.contest, reason="x", by=cast.culture_officer, at=stopped_at)
    with pytest.raises(Unfit):
        actions.close(contest=week.contest, reason=" ", by=cast.chair, at=stopped_at)
    actions.close(contest=week.contest, reason="Bão (minh họa)", by=cast.chair, at=stopped_at)
    week = ContestWeek.objects.select_related("contest__unit", "version").get(pk=week.pk)
    with pytest.raises(NotNow):
        joined(week, 2, at=stopped_at + SECOND)
    week = actions.finish(week=week, by=cast.culture_officer, at=stopped_at + HOUR)
    assert week.all_right == 1


# --- Results -------------------------------------------------------------------------------------------------------


def test_a_finished_week_ranks_tells_the_ledger_and_the_report_counts_it(cast: Cast) -> None:
    week = opened(cast)
    with pytest.raises(NotNow, match="chưa đóng"):
        actions.finish(week=week, by=cast.culture_officer, at=week.opens_at + HOUR)
    first = sat(week, 1, "ddd", seconds=20, guess=2)
    second = sat(week, 2, "ddd", seconds=2, guess=9)
    third = sat(week, 3, "dsd", seconds=1, guess=2)
    joined(week, 4)
    week = finished(cast, week)
    assert week.all_right == 2
    for one, rank in ((first, 1), (second, 2), (third, 3)):
        one.refresh_from_db()
        assert one.rank == rank
    assert finished(cast, week).line_id == week.line_id
    line = week.line
    assert line is not None
    measures = {one.concept: one.value for one in line.measures.all()}
    assert measures == {"contests": 1, "contest_entries": 3}
    window = Window(cast.today - timedelta(days=2), cast.today + timedelta(days=9))
    fact = work.fact(cast.commune, "contest_entries", window)
    assert fact.value == 3
    rows = queries.places(list(week.sittings.filter(rank__isnull=False).order_by("rank")), at=cast.now)
    assert [(one.rank, one.name, one.points) for one in rows] == [
        (1, "Nguyễn T. M. H.", 3),
        (2, "Nguyễn T. M. H.", 3),
        (3, "Nguyễn T. M. H.", 2),
    ]
    assert rows[0].seconds == "1:00,0"


def test_a_void_question_is_worth_its_points_to_all_and_an_excluded_sitting_leaves_the_ranking(
    cast: Cast,
) -> None:
    week = opened(cast)
    right, wrong = sat(week, 1, "ddd"), sat(week, 2, "sdd")
    week = finished(cast, week)
    drawn = actions.draw_lots(week=week, by=cast.culture_officer, at=week.closes_at + HOUR)
    assert drawn.entries == [right.code]
    at = week.closes_at + 2 * HOUR
    for question, reason in (("khong-co", "x"), ("mot", " ")):
        with pytest.raises(Unfit):
            actions.void_question(week=week, question=question, reason=reason, by=cast.culture_officer, at=at)
    week = actions.void_question(
        week=week, question="mot", reason="Hai đáp án đều đúng", by=cast.culture_officer, at=at
    )
    wrong.refresh_from_db()
    assert (wrong.points, wrong.is_all_right, week.all_right) == (3, True, 2)
    # The draw that was held falls and says why; the next one has another number and the others in it too.
    drawn.refresh_from_db()
    assert "Hai đáp án" in drawn.replaced_why
    second = actions.draw_lots(week=week, public_value="999", by=cast.culture_officer, at=at)
    assert (second.number, second.public_value, second.entries) == (2, "", sorted([right.code, wrong.code]))
    sitting = actions.exclude(sitting=wrong, reason="Người của ban tổ chức", by=cast.culture_officer, at=at)
    assert sitting.excluded_why
    wrong.refresh_from_db()
    assert wrong.rank is None
    assert actions.draw_lots(week=week, by=cast.culture_officer, at=at).entries == [right.code]
    assert ContestDraw.objects.count() == 3
    figures, _names = queries.figures_of(week)
    assert (figures.count, figures.all_right, figures.mean) == (2, 2, None)


def test_lots_follow_from_what_was_published_and_can_be_drawn_by_anyone(cast: Cast) -> None:
    week = opened(cast, week={"public_source": "Giải đặc biệt ngày 22/7/2023", "lots": 2})
    for number in range(6):
        sat(week, number, "ddd" if number else "sdd")
    by, at = cast.culture_officer, week.closes_at + HOUR
    with pytest.raises(Refused, match="Chốt tuần"):
        actions.draw_lots(week=week, public_value="1", by=by, at=at)
    week = finished(cast, week)
    with pytest.raises(Unfit, match="Giải đặc biệt"):
        actions.draw_lots(week=week, by=by, at=at)
    with pytest.raises(NotAllowed):
        actions.draw_lots(week=week, public_value="12345", by=cast.hamlet_head, at=at)
    made = actions.draw_lots(week=week, public_value=" 12345 ", by=by, at=at)
    assert len(made.entries) == 5
    seed = week.seed.shown()
    assert draw.commitment(seed) == week.commitment
    lots = draw.draw(made.entries, seed=seed, public_value="12345", number=1)
    assert made.winners == [one.code for one in lots[:2]]
    # Pressed again, or with another value, nothing is drawn anew.
    assert actions.draw_lots(week=week, public_value="7", by=by, at=at) == made
    assert [one.code for one in actions.read_phones(week=week, by=by, at=at)] == made.winners
    assert AuditEntry.objects.filter(action="contest.read").exists()


@pytest.mark.parametrize("do", [actions.draw_lots, actions.finish])
def test_a_week_without_anybody_ends_quietly(cast: Cast, do: Callable[..., Any]) -> None:
    week = finished(cast, opened(cast))
    assert (week.line, week.all_right) == (None, 0)
    if do is actions.draw_lots:
        with pytest.raises(Refused, match="Không có bài nào"):
            do(week=week, by=cast.culture_officer, at=week.closes_at + HOUR)


def test_names_and_numbers_go_half_a_year_after_the_week(cast: Cast) -> None:
    week = opened(cast)
    sitting = sat(week, 1)
    sat(week, 2)
    finished(cast, week)
    later = week.closes_at + timedelta(days=170)
    assert "citizens.ContestSitting" not in retention.would_go(later)
    later = week.closes_at + timedelta(days=190)
    assert retention.would_go(later)["citizens.ContestSitting"]["rows"] == 2
    for term in retention.terms(["citizens"]):
        term.empty(list(term.due(later).values_list("pk", flat=True)), later)
    sitting.refresh_from_db()
    assert (bool(sitting.name), bool(sitting.phone), sitting.phone_mark, sitting.rank) == (
        False,
        False,
        "",
        1,
    )
    assert queries.places([sitting], at=later)[0].name == ""
