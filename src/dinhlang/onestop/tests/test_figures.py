"""What the register tells others: figures, lines of the ledger, reminders, the demonstration."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from dinhlang.onestop import actions, queries
from dinhlang.onestop.models import CountedDay, Dossier, Reminder, YearFigures
from dinhlang.onestop.rules.figures import Figures
from dinhlang.onestop.tests.counters import Counter
from dinhlang.periods import calendar
from dinhlang.work import actions as work
from dinhlang.work.models import Activity, Measure, Reversal

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def a_month(counter: Counter) -> None:
    """Early, on the day, late, overdue, standing, in time, withdrawn, cancelled."""
    early, on_the_day, late = (counter.receive() for _number in range(3))
    counter.receive(channel="online")
    standing, gone, wrong = (counter.receive() for _number in range(3))
    counter.do(actions.ask_papers, standing, wanted="Thiếu tờ khai")
    counter.do(actions.withdraw, gone)
    actions.reverse(
        dossier=wrong,
        number=1,
        reason="Ghi nhầm",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    counter.do(actions.resolve, early)
    counter.now = datetime.combine(date(2023, 7, 25), counter.now.timetz())
    counter.do(actions.resolve, on_the_day)
    counter.later(days=2)
    counter.do(actions.resolve, late)
    counter.receive()


def test_what_came_in_is_solved_left_or_open(counter: Counter) -> None:
    a_month(counter)
    found = queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 27))
    assert found == Figures(
        received=8,
        online=1,
        early=1,
        on_the_day=1,
        late=1,
        left=2,
        open_in_time=1,
        open_standing=1,
        open_late=1,
    )
    assert found.balances


def test_stretches_in_a_row_carry_over_what_is_open(counter: Counter) -> None:
    a_month(counter)
    unit = counter.cast.commune
    before = queries.figures(unit, date(2023, 7, 20), date(2023, 7, 24))
    after = queries.figures(unit, date(2023, 7, 25), date(2023, 7, 27))
    assert before.balances
    assert after.balances
    assert after.carried == before.open
    whole = queries.figures(unit, date(2023, 7, 20), date(2023, 7, 27))
    assert before.solved + after.solved == whole.solved
    assert (
        sum(queries.figures_by_field(unit, date(2023, 7, 20), date(2023, 7, 27)).values(), Figures()) == whole
    )


def test_a_new_notice_that_moves_a_day_lets_the_days_between_be_counted_anew(counter: Counter) -> None:
    dossier = counter.receive()
    assert dossier.due_at is not None
    due_on = dossier.due_at.date()
    days = [due_on - timedelta(days=number) for number in range(3, -1, -1)]
    CountedDay.objects.bulk_create(CountedDay(unit=dossier.unit, day=day, is_due=False) for day in days)
    moved = dossier.due_at - timedelta(days=2)
    Dossier.objects.filter(pk=dossier.pk).update(calendar="cũ", due_at=moved)
    assert actions.recount_open(at=dossier.due_at + timedelta(days=5)) == 1
    marked = CountedDay.objects.filter(day__in=days, is_due=True).order_by("day")
    assert list(marked.values_list("day", flat=True)) == days[1:3]


def test_a_receipt_written_down_late_lets_the_days_since_be_counted_anew(counter: Counter) -> None:
    typed_at = counter.later(days=3)
    days = [typed_at.date() - timedelta(days=number) for number in range(3, -1, -1)]
    unit = counter.cast.commune
    CountedDay.objects.bulk_create(CountedDay(unit=unit, day=day, is_due=False) for day in days)
    actions.receive(
        unit=unit,
        given=counter.given(),
        key=uuid4(),
        received_at=typed_at - timedelta(days=2),
        by=counter.cast.one_stop_clerk,
        at=typed_at,
    )
    marked = CountedDay.objects.filter(day__in=days, is_due=True).order_by("day")
    assert list(marked.values_list("day", flat=True)) == days[1:3]


def test_what_is_kept_of_a_year_is_what_is_counted(counter: Counter) -> None:
    unit, year = counter.cast.commune, counter.now.year

    def is_right() -> bool:
        on, at = counter.now.date(), counter.now
        assert YearFigures.objects.filter(unit=unit, year=year).exists()
        kept, counted = queries.year_of(unit, year, on, at), queries.counted_year(unit, year, on, at)
        # As dictionaries: the order of fields is told, too.
        return asdict(kept) == asdict(replace(counted, counted_at=kept.counted_at)) and list(
            kept.fields
        ) == list(counted.fields)

    assert actions.keep_years(at=counter.now) == 0
    a_month(counter)
    assert actions.keep_years(at=counter.now) == 1
    assert is_right()
    assert queries.year_of(unit, year, counter.now.date(), counter.now).whole.balances
    assert actions.keep_years(at=counter.now) == 0
    # Each way in which a dossier changes says so; a busy counter is not counted all the time.
    open_one = counter.receive()
    assert not is_right()
    assert actions.keep_years(at=counter.now) == 0
    for change in (
        lambda: counter.do(
            actions.apologise,
            open_one,
            new_on=date(2023, 8, 8),
            reason="Thiếu người",
            responsible="Văn phòng",
        ),
        lambda: counter.do(actions.resolve, open_one),
        lambda: actions.reverse(
            dossier=open_one,
            number=queries.steps_of(open_one)[-1].number,
            reason="Ghi nhầm",
            key=uuid4(),
            by=counter.cast.one_stop_clerk,
            at=counter.later(),
        ),
        lambda: (
            Dossier.objects.filter(pk=open_one.pk).update(calendar="cũ", due_at=counter.now)
            and actions.recount_open(at=counter.now)
        ),
    ):
        change()
        assert YearFigures.objects.get().is_due
        counter.later(minutes=6)
        assert actions.keep_years(at=counter.now) == 1
        assert is_right()
    # What was cut while it was counted is counted again; the next day as well, and the year when it has ended.
    YearFigures.objects.update(is_counting=True, is_due=False)
    for passes, years in (({"minutes": 6}, 1), ({"days": 1}, 1), ({"days": 170}, 2)):
        counter.later(**passes)
        assert actions.keep_years(at=counter.now) == years
        assert is_right()
    assert queries.year_of(unit, year, counter.now.date(), counter.now).last == date(2023, 12, 31)
    assert actions.keep_years(at=counter.now) == 0


def test_the_ledger_has_one_line_a_day_which_follows_the_register(counter: Counter) -> None:
    a_month(counter)
    assert actions.count_due(at=counter.now) == 2
    assert actions.count_due(at=counter.now) == 0
    counted = CountedDay.objects.get(day=date(2023, 7, 20))
    assert counted.line is not None
    said = {one.concept: one.value for one in Measure.objects.filter(activity=counted.line)}
    assert (said["dossiers_received"], said["dossiers_online"], said["dossiers_early"]) == (7, 1, 1)
    assert [one.caption for one in counted.line.evidence.all()] == ["Sổ theo dõi hồ sơ, ngày 20/7/2023"]
    # A mistake of that day is found out later: its line is reversed and written anew.
    wrong = Dossier.objects.exclude(state__in=["resolved", "cancelled", "withdrawn"]).first()
    assert wrong is not None
    first = counted.line
    step = queries.steps_of(wrong)[-1]
    actions.reverse(
        dossier=wrong,
        number=step.number,
        reason="Ghi nhầm",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    actions.count_due(at=counter.now)
    counted.refresh_from_db()
    standing = Activity.objects.filter(kind="onestop").exclude(pk__in=Reversal.objects.values("activity"))
    assert standing.filter(happened_on=date(2023, 7, 20)).count() == 1
    assert counted.line == first or Reversal.objects.filter(activity=first).exists()


def test_a_line_put_under_another_field_still_follows_its_register(counter: Counter) -> None:
    a_month(counter)
    actions.count_due(at=counter.now)
    counted = CountedDay.objects.get(day=date(2023, 7, 20))
    assert counted.line is not None
    cast = counter.cast
    work.amend_lines(
        unit=cast.commune,
        lines=[counted.line.pk],
        to=work.NewClass(reform_field="chinh-quyen-so"),
        by=cast.culture_officer,
        at=counter.now,
    )
    wrong = Dossier.objects.get(state="withdrawn")
    actions.reverse(
        dossier=wrong,
        number=queries.steps_of(wrong)[-1].number,
        reason="Ghi nhầm",
        key=uuid4(),
        by=cast.one_stop_clerk,
        at=counter.later(),
    )
    actions.count_due(at=counter.now)
    standing = Activity.objects.filter(kind="onestop").exclude(pk__in=Reversal.objects.values("activity"))
    of_the_day = standing.get(happened_on=date(2023, 7, 20))
    assert CountedDay.objects.get(day=date(2023, 7, 20)).line == of_the_day


def test_whoever_holds_a_dossier_is_told_once_before_its_day_and_once_after(counter: Counter) -> None:
    dossier = counter.receive()
    counter.do(actions.hand_over, dossier, to=counter.cast.culture_officer)
    assert actions.remind_due(at=counter.now) == 0
    assert dossier.due_at is not None
    for at, told in (
        (dossier.due_at - timedelta(hours=20), "soon"),
        (dossier.due_at + timedelta(hours=20), "overdue"),
    ):
        assert actions.remind_due(at=at) == 1
        assert actions.remind_due(at=at) == 0
        assert Reminder.objects.order_by("-pk")[0].why == told
    assert {one.person for one in Reminder.objects.all()} == {counter.cast.culture_officer}


def test_open_days_are_counted_again_by_a_new_calendar_closed_ones_never(counter: Counter) -> None:
    open_one, closed = counter.receive(), counter.receive()
    counter.do(actions.resolve, closed)
    Dossier.objects.update(calendar="cũ")
    Dossier.objects.filter(pk=open_one.pk).update(due_at=counter.now)
    assert actions.recount_open(at=counter.now) == 1
    open_one.refresh_from_db()
    closed.refresh_from_db()
    assert open_one.calendar == calendar.default().version[:80]
    assert open_one.due_at == open_one.first_due_at
    assert closed.calendar == "cũ"


def test_the_demonstration_shows_a_counter_at_work(counter: Counter) -> None:
    actions.load_demo(at=counter.now)
    made = Dossier.objects.filter(unit=counter.cast.commune)
    assert made.count() == 6
    assert {one.state for one in made} >= {"resolved", "supplement", "in-hand"}
    assert made.filter(apologised_at__isnull=False).count() == 1
    assert made.filter(delivery_state="given").count() == 2
    actions.load_demo(at=counter.now)
    assert made.count() == 6
    assert Activity.objects.filter(kind="onestop").exists()


def test_papers_asked_for_more_than_three_working_days_after_receipt_are_listed(counter: Counter) -> None:
    unit = counter.cast.commune
    counter.now = datetime(2026, 3, 5, 9, tzinfo=counter.now.tzinfo)
    [chosen] = queries.procedures_to_choose(unit, counter.now.date(), words="1.004873")
    counter.version = chosen.version
    late, again, undone, in_time = (counter.receive() for _number in range(4))
    counter.do(actions.ask_papers, again, wanted="Thiếu tờ khai")
    counter.do(actions.take_papers, again)
    counter.now = datetime(2026, 3, 10, 9, tzinfo=counter.now.tzinfo)
    counter.do(actions.ask_papers, in_time, wanted="Thiếu tờ khai")
    counter.later(days=1)
    for one in (late, undone):
        counter.do(actions.ask_papers, one, wanted="Thiếu tờ khai")
    counter.do(actions.ask_papers, again, wanted="Thiếu một giấy", why_again="Nay mới biết")
    counter.now = counter.later()
    actions.reverse(
        dossier=undone,
        number=2,
        reason="Ghi nhầm",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.now,
    )
    assert queries.asked_late([unit.pk]) == [late.pk]
    asked_on = date(2026, 3, 11)
    assert list(queries.dossiers_asked_late(unit, asked_on, asked_on, field=late.field)) == [late]
    assert not queries.dossiers_asked_late(unit, date(2026, 3, 1), date(2026, 3, 10)).exists()
    assert queries.asked_late([counter.cast.neighbour_commune.pk]) == []
