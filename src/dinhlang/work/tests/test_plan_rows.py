"""Editing the rows of a plan: identity, recorded work, two people."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.window import Window
from dinhlang.work import actions, queries
from dinhlang.work.concepts import COUNTERS
from dinhlang.work.models import ActivityKind, Occurrence, Plan
from dinhlang.work.plan_values import MOST_ROWS, NotWritable, Row
from dinhlang.work.rules import Count, LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.org.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
YEAR = Window(date(2023, 1, 1), date(2023, 12, 31))
FIRST_COUNTER = COUNTERS[ActivityKind.RADIO][0].id


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = actions.start_plan(
        unit=cast.commune, year=2023, title="Tuyên truyền năm 2023", by=cast.culture_officer, at=cast.now
    )
    rows = (
        Row("Phát thanh", lead="Đài truyền thanh xã", schedule_text="Mỗi tháng 01 kỳ", ordinal="1"),
        Row("Niêm yết", schedule_text="Thường xuyên", ordinal="2"),
        Row("Tập huấn", schedule_text="Quý II", ordinal="3"),
    )
    return edit(cast, plan, rows)


def edit(
    cast: Cast, plan: Plan, rows: tuple[Row, ...], version: int | None = None, by: Person | None = None
) -> Plan:
    return actions.edit_plan(
        plan=plan,
        version=plan.version if version is None else version,
        title=plan.title,
        bases=plan.bases,
        rows=rows,
        by=by or cast.culture_officer,
        at=cast.now,
    )


def rows_of(plan: Plan) -> tuple[Row, ...]:
    return queries.values_of(plan).rows


def record(cast: Cast, plan: Plan) -> None:
    actions.record_activity(
        unit=cast.commune,
        kind="radio",
        happened_on=date(2023, 3, 5),
        title="Phát thanh tháng 3",
        measures={FIRST_COUNTER: Count(1)},
        task=plan.tasks.get(position=1),
        evidence=[LinkEvidence("https://ben-truc.example/1")],
        by=cast.culture_officer,
        at=cast.now,
    )


def test_rows_become_tasks_with_times_kinds_and_a_rhythm(plan: Plan) -> None:
    radio, posting, training = plan.tasks.order_by("position")
    assert [task.occurrences.count() for task in (radio, posting, training)] == [12, 12, 1]
    assert radio.expected_kinds == ["radio"]
    assert (radio.watch_months, posting.watch_months) == (None, 1)
    assert plan.version == 2


def test_changed_words_keep_the_task_and_its_times(cast: Cast, plan: Plan) -> None:
    first, *rest = rows_of(plan)
    times = list(Occurrence.objects.filter(task=first.task).values_list("pk", flat=True))
    edit(cast, plan, (replace(first, text="Phát thanh chuyên mục"), *rest))
    task = plan.tasks.get(position=1)
    assert (task.pk, task.text) == (first.task, "Phát thanh chuyên mục")
    assert list(task.occurrences.values_list("pk", flat=True)) == times


def test_a_changed_schedule_moves_the_times_and_no_figure(cast: Cast, plan: Plan) -> None:
    record(cast, plan)
    before = queries.fact(cast.commune, FIRST_COUNTER, YEAR)
    first, *rest = rows_of(plan)
    edit(cast, plan, (replace(first, schedule_text="Hằng quý"), *rest))
    task = plan.tasks.get(pk=first.task)
    assert [one.ends_on for one in task.occurrences.all()] == [
        date(2023, 3, 31),
        date(2023, 6, 30),
        date(2023, 9, 30),
        date(2023, 12, 31),
    ]
    assert queries.fact(cast.commune, FIRST_COUNTER, YEAR) == before
    [radio, *_] = queries.progress(Plan.objects.get(pk=plan.pk), date(2023, 7, 20)).tasks
    assert (radio.lines, radio.done) == (1, 1)


def test_rows_are_added_moved_and_removed_in_one_act(cast: Cast, plan: Plan) -> None:
    radio, posting, training = rows_of(plan)
    new = Row("Cuộc thi", schedule_text="Tháng 10", ordinal="4")
    edit(cast, plan, (training, new, Row("", ordinal="9"), radio))
    stored = rows_of(plan)
    assert [
        (row.text, row.task == old)
        for row, old in zip(stored, (training.task, None, radio.task), strict=True)
    ] == [
        ("Tập huấn", True),
        ("Cuộc thi", False),
        ("Phát thanh", True),
    ]
    entry = AuditEntry.objects.first()
    assert entry.action == "plan.edit"
    assert ["nhiệm vụ 2", "", "Niêm yết", ""] in entry.detail["changes"]
    assert posting.task not in {row.task for row in stored}


def test_the_last_edit_can_be_taken_back(cast: Cast, plan: Plan) -> None:
    radio, posting, training = rows_of(plan)
    edited = edit(cast, plan, (training, replace(radio, text="Phát thanh mới"), Row("Thêm")))
    back = actions.undo_edit(plan=edited, version=edited.version, by=cast.office_clerk, at=cast.now)
    assert [(row.text, row.schedule_text) for row in rows_of(back)] == [
        (row.text, row.schedule_text) for row in (radio, posting, training)
    ]
    assert [
        row.task == was for row, was in zip(rows_of(back), (radio.task, None, training.task), strict=True)
    ] == [
        True,
        False,
        True,
    ]
    assert back.version == edited.version + 1
    with pytest.raises(actions.PlanChanged, match="mới hơn"):
        actions.undo_edit(plan=back, version=edited.version, by=cast.office_clerk, at=cast.now)


def test_an_edit_is_taken_back_only_by_who_may_edit(cast: Cast, plan: Plan) -> None:
    with pytest.raises(NotAllowed):
        actions.undo_edit(plan=plan, version=plan.version, by=cast.chair, at=cast.now)


def test_a_task_with_recorded_work_is_not_removed(cast: Cast, plan: Plan) -> None:
    record(cast, plan)
    _first_row, *rest = rows_of(plan)
    with pytest.raises(NotWritable, match="đã có 1 hoạt động trong sổ nên không xóa được"):
        edit(cast, plan, tuple(rest))
    assert plan.tasks.count() == 3


def test_the_second_of_two_is_told_and_stores_nothing(cast: Cast, plan: Plan) -> None:
    first, *rest = rows_of(plan)
    opened = plan.version
    edit(cast, plan, (replace(first, lead="Văn phòng"), *rest), by=cast.office_clerk)
    with pytest.raises(actions.PlanChanged, match="người khác sửa"):
        edit(cast, plan, (replace(first, lead="Đoàn Thanh niên"), *rest), version=opened)
    assert plan.tasks.get(position=1).lead == "Văn phòng"


def test_saving_without_a_change_makes_no_version(cast: Cast, plan: Plan) -> None:
    trace = AuditEntry.objects.count()
    assert edit(cast, plan, rows_of(plan)).version == plan.version
    assert AuditEntry.objects.count() == trace


def test_title_and_citations_are_edited_with_the_rows(cast: Cast, plan: Plan) -> None:
    edited = actions.edit_plan(
        plan=plan,
        version=plan.version,
        title="Tuyên truyền cải cách hành chính năm 2023",
        bases=["Kế hoạch số 9/KH-UBND", " \u200b "],
        rows=rows_of(plan),
        by=cast.culture_officer,
        at=cast.now,
    )
    assert (edited.title, edited.bases) == (
        "Tuyên truyền cải cách hành chính năm 2023",
        ["Kế hoạch số 9/KH-UBND"],
    )
    assert [entry.action for entry in queries.history(plan)] == ["plan.edit", "plan.edit", "plan.start"]


def test_warnings_follow_the_rows(cast: Cast, plan: Plan) -> None:
    first, *rest = rows_of(plan)
    edited = edit(cast, plan, (replace(first, schedule_text="chưa rõ"), *rest))
    assert any("chưa hiểu được" in warning for warning in queries.warnings(edited))
    again = edit(cast, edited, (replace(first, schedule_text="Quý I"), *rest))
    assert queries.warnings(again) == ()


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Row("", lead="Văn phòng"), "Dòng 1 chưa ghi nhiệm vụ"),
        (Row("\u200b", lead="Văn phòng"), "Dòng 1 chưa ghi nhiệm vụ"),
        (Row("Việc", ordinal="12345678901"), "quá dài"),
        (Row("x" * 5000), "dài quá"),
        (Row("Việc", watch_months=5), "nhịp theo dõi"),
        (Row("Việc", task=987654), "không thuộc kế hoạch này"),
    ],
)
def test_what_no_plan_can_hold_is_refused_with_its_row(cast: Cast, plan: Plan, row: Row, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        edit(cast, plan, (row,))
    assert plan.tasks.count() == 3


def test_a_row_of_another_units_plan_cannot_be_drawn_in(cast: Cast, plan: Plan) -> None:
    other = actions.start_plan(unit=cast.neighbour_commune, year=2023, title="Của bạn", by=None, at=cast.now)
    theirs = actions.edit_plan(
        plan=other, version=1, title="Của bạn", bases=[], rows=[Row("Việc")], by=None, at=cast.now
    )
    with pytest.raises(NotWritable, match="không thuộc kế hoạch này"):
        edit(cast, plan, rows_of(theirs))
    with pytest.raises(NotWritable, match="hai dòng"):
        edit(cast, plan, (rows_of(plan)[0], rows_of(plan)[0]))


def test_more_rows_than_any_plan_has_are_refused(cast: Cast, plan: Plan) -> None:
    with pytest.raises(NotWritable, match="tối đa"):
        edit(cast, plan, tuple(Row(f"Việc {at}") for at in range(MOST_ROWS + 1)))


@pytest.mark.parametrize("who", ["chair", "radio_operator", "neighbour", "reviewer"])
def test_only_who_may_edit_plans_does(cast: Cast, plan: Plan, who: str) -> None:
    with pytest.raises(NotAllowed):
        edit(cast, plan, rows_of(plan)[:1], by=getattr(cast, who))
