"""Many lines at once: what changes, what stays, and that all of it can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.window import Window
from dinhlang.work import actions, queries
from dinhlang.work.models import Activity, Batch, Evidence, Plan, Reversal, Task
from dinhlang.work.rules import EntryEvidence, FileEvidence, LinkEvidence
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LINK = LinkEvidence("https://ben-truc.example/1")


@pytest.fixture
def record(cast: Cast) -> Callable[..., Activity]:
    def write(**given: Any) -> Activity:
        return actions.record_activity(
            **{
                "unit": cast.commune,
                "kind": "website",
                "happened_on": cast.today,
                "title": "Bài",
                "measures": {"articles": 1},
                "by": cast.culture_officer,
                "at": cast.now,
                **given,
            }
        )

    return write


@pytest.fixture
def task(cast: Cast) -> Task:
    plan = Plan.objects.create(unit=cast.commune, year=2023, title="Kế hoạch", created_at=cast.now)
    return Task.objects.create(plan=plan, position=1, ordinal="1", text="Viết tin, bài")


def counted(cast: Cast) -> int | None:
    day = cast.today
    return queries.fact(cast.commune, "articles", Window(day, day)).value


def test_lines_reversed_together_share_the_reason_and_are_written_again_together(
    cast: Cast, record: Callable[..., Activity]
) -> None:
    lines = [record(title=f"Bài {number}", evidence=[LINK]) for number in range(3)]
    batch = actions.reverse_lines(
        unit=cast.commune,
        lines=[one.pk for one in lines],
        reason=" Nhập  trùng ",
        by=cast.culture_officer,
        at=cast.now,
    )
    assert counted(cast) is None
    assert set(Reversal.objects.values_list("reason", "batch")) == {("Nhập trùng", batch.pk)}
    undoing = actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    assert counted(cast) == 3
    again = Activity.objects.filter(reversal=None).order_by("instead_of_id")
    assert [one.instead_of for one in again] == lines
    assert {one.evidence.get().url for one in again} == {LINK.url}
    assert (undoing.undoes, undoing.lines) == (batch, 3)


def test_every_act_on_many_lines_leaves_one_trace(cast: Cast, record: Callable[..., Activity]) -> None:
    lines = [record(title=f"Bài {number}").pk for number in range(2)]
    batch = actions.reverse_lines(
        unit=cast.commune, lines=lines, reason="Nhầm", by=cast.culture_officer, at=cast.now
    )
    trace = AuditEntry.objects.get(action="batch.reverse")
    assert (trace.detail["lines"], trace.detail["reason"]) == (lines, "Nhầm")
    actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    assert AuditEntry.objects.get(action="batch.undo").detail["undoes"] == batch.pk


def test_a_line_put_under_a_task_is_a_new_line_that_says_which_it_stands_for(
    cast: Cast, record: Callable[..., Activity], task: Task
) -> None:
    old = record(evidence=[LINK, FileEvidence(photo(), "a.jpg")], note="ghi chú")
    batch = actions.amend_lines(
        unit=cast.commune,
        lines=[old.pk],
        to=actions.NewClass(task=task, reform_field="thu-tuc"),
        by=cast.culture_officer,
        at=cast.now,
    )
    new = Activity.objects.get(reversal=None)
    assert (new.instead_of, new.task, new.reform_field, new.note) == (old, task, "thu-tuc", "ghi chú")
    assert new.evidence.count() == 2
    assert new.line_hash != old.line_hash
    assert counted(cast) == 1
    actions.add_evidence(
        activity=new, evidence=LinkEvidence("https://ben-truc.example/2"), by=None, at=cast.now
    )
    actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    last = Activity.objects.get(reversal=None)
    assert (last.instead_of, last.task, last.reform_field) == (new, None, "")
    assert last.evidence.count() == 3  # what was brought in the meantime is not lost


def test_lines_that_would_not_change_are_left_alone(
    cast: Cast, record: Callable[..., Activity], task: Task
) -> None:
    there, other = record(task=task), record(title="Bài khác")
    batch = actions.amend_lines(
        unit=cast.commune,
        lines=[there.pk, other.pk],
        to=actions.NewClass(task=task),
        by=cast.culture_officer,
        at=cast.now,
    )
    assert batch.lines == 1
    assert not hasattr(Activity.objects.get(pk=there.pk), "reversal")
    with pytest.raises(Refused, match="vốn đã như vậy"):
        actions.amend_lines(
            unit=cast.commune,
            lines=[there.pk],
            to=actions.NewClass(task=task),
            by=cast.culture_officer,
            at=cast.now,
        )


def test_evidence_laid_beside_many_lines_is_taken_away_again_and_the_older_stays(
    cast: Cast, record: Callable[..., Activity]
) -> None:
    lines = [record(title="Có", evidence=[LINK]), record(title="Chưa có")]
    batch = actions.add_evidence_to(
        unit=cast.commune,
        lines=[one.pk for one in lines],
        evidence=[FileEvidence(b"bien ban", "bien-ban.txt")],
        by=cast.hamlet_head,
        at=cast.now,
    )
    assert Evidence.objects.filter(batch=batch).count() == 2
    window = Window(cast.today, cast.today)
    assert queries.fact(cast.commune, "articles", window).unevidenced_lines == 0
    actions.undo_batch(batch=batch, by=cast.hamlet_head, at=cast.now)
    assert queries.fact(cast.commune, "articles", window).unevidenced_lines == 1
    kept = {one.title: one.evidence.count() for one in Activity.objects.filter(reversal=None)}
    assert kept == {"Có": 1, "Chưa có": 0}


TABLE = "Ngày;Loại;Nội dung;Số tin bài\n10/3/2023;Website;Bài một;1\n11/3/2023;Website;Bài hai;1".encode()


def test_a_table_that_was_undone_may_be_taken_in_again(cast: Cast) -> None:
    def take_in() -> Any:
        return actions.import_activities(
            unit=cast.commune, data=TABLE, name="a.csv", by=cast.office_clerk, at=cast.now
        )

    first = take_in()
    with pytest.raises(Refused, match="đã được nhập ngày"):
        take_in()
    actions.undo_batch(
        batch=first.batch, by=cast.office_clerk, at=cast.now
    )  # her own, though she may not reverse
    assert not Activity.objects.filter(reversal=None).exists()
    second = take_in()
    assert second.batch.written.filter(reversal=None).count() == 2
    with pytest.raises(Refused, match="đã được nhập ngày"):
        take_in()


def test_undoing_leaves_alone_what_was_changed_in_the_meantime(
    cast: Cast, record: Callable[..., Activity], task: Task
) -> None:
    lines = [record(title=f"Bài {number}") for number in range(2)]
    batch = actions.amend_lines(
        unit=cast.commune,
        lines=[one.pk for one in lines],
        to=actions.NewClass(task=task),
        by=cast.culture_officer,
        at=cast.now,
    )
    first = Activity.objects.get(instead_of=lines[0])
    actions.reverse_activity(activity=first, reason="Không có việc này", by=None, at=cast.now)
    undoing = actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    assert undoing.lines == 1
    assert counted(cast) == 1


def test_nothing_is_undone_twice_or_long_after(cast: Cast, record: Callable[..., Activity]) -> None:
    batch = actions.reverse_lines(
        unit=cast.commune, lines=[record().pk], reason="Nhầm", by=cast.culture_officer, at=cast.now
    )
    with pytest.raises(Refused, match="trong 7 ngày"):
        actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now + timedelta(days=8))
    undoing = actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="đã được hoàn tác trước đó"):
        actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="Không hoàn tác một lần hoàn tác"):
        actions.undo_batch(batch=undoing, by=cast.culture_officer, at=cast.now)
    assert counted(cast) == 1


def test_lines_of_another_unit_are_not_among_the_chosen(cast: Cast, record: Callable[..., Activity]) -> None:
    theirs = record(unit=cast.neighbour_commune, by=cast.neighbour)
    with pytest.raises(Refused, match="Chưa chọn dòng nào"):
        actions.reverse_lines(
            unit=cast.commune, lines=[theirs.pk], reason="Nhầm", by=cast.culture_officer, at=cast.now
        )
    assert not Reversal.objects.exists()


@pytest.mark.parametrize("who", ["hamlet_head", "office_clerk", "chair", "neighbour"])
def test_who_may_not_reverse_one_line_reverses_no_many(
    cast: Cast, record: Callable[..., Activity], task: Task, who: str
) -> None:
    person, line = getattr(cast, who), record()
    with pytest.raises(NotAllowed):
        actions.reverse_lines(unit=cast.commune, lines=[line.pk], reason="Nhầm", by=person, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.amend_lines(
            unit=cast.commune, lines=[line.pk], to=actions.NewClass(task=task), by=person, at=cast.now
        )
    assert not Batch.objects.exists()


def test_a_task_of_another_unit_is_refused(cast: Cast, record: Callable[..., Activity]) -> None:
    plan = Plan.objects.create(unit=cast.neighbour_commune, year=2023, title="Khác", created_at=cast.now)
    theirs = Task.objects.create(plan=plan, position=1, text="Việc của xã bên")
    with pytest.raises(Refused, match="đơn vị khác"):
        actions.amend_lines(
            unit=cast.commune,
            lines=[record().pk],
            to=actions.NewClass(task=theirs),
            by=cast.culture_officer,
            at=cast.now,
        )


def test_too_many_lines_at_once_are_refused(cast: Cast) -> None:
    with pytest.raises(Refused, match="tối đa 500 dòng"):
        actions.reverse_lines(
            unit=cast.commune, lines=range(501), reason="Nhầm", by=cast.culture_officer, at=cast.now
        )


# --- one's own slip -------------------------------------------------------------------------------


def test_a_fresh_line_of_ones_own_is_taken_back_by_whoever_recorded_it(
    cast: Cast, record: Callable[..., Activity]
) -> None:
    line = record(by=cast.hamlet_head)
    undone = actions.undo_record(activity=line, by=cast.hamlet_head, at=cast.now + timedelta(minutes=9))
    assert undone.reason == "Ghi nhầm"
    assert counted(cast) is None


def test_a_slip_is_no_slip_after_ten_minutes_or_in_other_hands(
    cast: Cast, record: Callable[..., Activity]
) -> None:
    line = record(by=cast.hamlet_head)
    with pytest.raises(NotAllowed, match="trong 10 phút"):
        actions.undo_record(activity=line, by=cast.hamlet_head, at=cast.now + timedelta(minutes=11))
    with pytest.raises(NotAllowed, match="do người khác ghi"):
        actions.undo_record(activity=line, by=cast.radio_operator, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.undo_record(activity=line, by=cast.neighbour, at=cast.now)
    actions.undo_record(activity=line, by=cast.culture_officer, at=cast.now + timedelta(days=3))


def test_a_reversed_line_is_written_again_once(cast: Cast, record: Callable[..., Activity]) -> None:
    line = record(evidence=[LINK])
    with pytest.raises(Refused, match="đang được tính"):
        actions.record_again(activity=line, by=cast.culture_officer, at=cast.now)
    actions.reverse_activity(activity=line, reason="Nhầm", by=cast.culture_officer, at=cast.now)
    again = actions.record_again(activity=line, by=cast.culture_officer, at=cast.now)
    assert (again.instead_of, again.evidence.get().url, counted(cast)) == (line, LINK.url, 1)
    with pytest.raises(Refused, match="đã được ghi lại"):
        actions.record_again(activity=line, by=cast.culture_officer, at=cast.now)


# --- the entry of a register (ADR 0021) -----------------------------------------------------------


def of_a_register(cast: Cast, dossiers: int, day: str = "20/7/2023") -> Activity:
    return actions.record_consequence(
        unit=cast.commune,
        kind="onestop",
        happened_on=cast.today,
        title=f"Hồ sơ ngày {day}",
        measures={"dossiers_received": dossiers},
        evidence=[EntryEvidence(f"Sổ theo dõi hồ sơ, ngày {day}"), LINK],
        by=None,
        at=cast.now,
    )


def kinds_of(line: Activity) -> set[str]:
    return set(line.evidence.values_list("kind", flat=True))


def test_a_line_is_written_again_without_its_entry_in_a_register(cast: Cast) -> None:
    line = of_a_register(cast, 3)
    actions.reverse_consequence(activity=line, reason="Sổ có thay đổi", by=None, at=cast.now)
    assert kinds_of(of_a_register(cast, 2)) == {"entry", "link"}
    again = actions.record_again(activity=line, by=cast.culture_officer, at=cast.now)
    assert kinds_of(again) == {"link"}


def test_an_undone_reversal_leaves_an_entry_out_where_the_register_wrote_another_line(cast: Cast) -> None:
    lines = [of_a_register(cast, 3), of_a_register(cast, 4, "19/7/2023")]
    batch = actions.reverse_lines(
        unit=cast.commune,
        lines=[one.pk for one in lines],
        reason="Nhầm",
        by=cast.culture_officer,
        at=cast.now,
    )
    of_a_register(cast, 2)
    actions.undo_batch(batch=batch, by=cast.culture_officer, at=cast.now)
    assert [kinds_of(line.successors.get()) for line in lines] == [{"link"}, {"entry", "link"}]
