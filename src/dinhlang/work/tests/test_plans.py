"""Plans read from their documents, and how far they are."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dinhlang.officialdoc.model import (
    Assignment,
    Document,
    Kind,
    Paragraph,
    PartialDate,
    Problem,
    Role,
    Run,
    TaskSchedule,
)
from dinhlang.officialdoc.model import Task as DocumentTask
from dinhlang.org.models import AuditEntry, Unit, UnitName
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.regimes import Window
from dinhlang.work import actions, queries
from dinhlang.work.models import Activity, Blob, Occurrence, Plan, Task
from dinhlang.work.plan_reading import read_plan
from dinhlang.work.rules import LinkEvidence, State

if TYPE_CHECKING:
    from conftest import Cast

SEEDS = Path(__file__).parents[4] / "../shared/seeds"
NAM_TRUNG = (SEEDS / "004_5dacbcb6e866faa1.txt").read_bytes()
YEAR_2023 = Window(date(2022, 12, 15), date(2023, 12, 14))


def document(*schedules: str, **changes: Any) -> Document:
    given: dict[str, Any] = {
        "kind": Kind.PLAN,
        "subject": "Tuyên truyền cải cách hành chính năm 2023",
        "period": "2023",
        "body": (Paragraph(Role.BODY, (Run("Nội dung"),)),),
        "tasks": tuple(
            DocumentTask(f"Việc {number}", str(number), schedule=TaskSchedule(text))
            for number, text in enumerate(schedules or ("Thường xuyên",), 1)
        ),
    }
    return Document(**{**given, **changes})


# --- reading --------------------------------------------------------------------------------------


def test_every_kind_of_schedule_becomes_spans_with_due_dates_on_working_days() -> None:
    reading = read_plan(
        document(
            "Thường xuyên",
            "Quý II",
            "Mỗi tháng 01 kỳ",
            "trước ngày 15/10",
            "Khi có yêu cầu",
            "ít nhất 02 tin/tháng",
        ),
        "a",
    )
    watch, quarter, monthly, deadline, asked, twice = (task.spans for task in reading.tasks)
    assert [len(spans) for spans in (watch, quarter, monthly, deadline, asked, twice)] == [
        12,
        1,
        12,
        1,
        0,
        12,
    ]
    assert all(span.is_watch for span in watch)
    assert not any(span.is_watch for span in monthly)
    assert (quarter[0].starts_on, quarter[0].ends_on, quarter[0].due_on) == (
        date(2023, 4, 1),
        date(2023, 6, 30),
        date(2023, 6, 30),
    )
    assert deadline[0].due_on == date(2023, 10, 16)  # 15/10/2023 is a Sunday
    assert {span.needed for span in twice} == {2}
    assert reading.warnings == ()
    assert all(task.warnings == () for task in reading.tasks)


@pytest.mark.parametrize(("phrase", "said"), [("Abc", "“Abc” chưa hiểu được"), ("", "chưa ghi thời gian")])
def test_a_schedule_nobody_understands_is_watched_all_year_and_said(phrase: str, said: str) -> None:
    [task] = read_plan(document(phrase), "a").tasks
    assert [(span.starts_on, span.ends_on, span.is_only) for span in task.spans] == [
        (date(2023, 1, 1), date(2023, 12, 31), True)
    ]
    assert said in task.warnings[0]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": Kind.REPORT}, "không phải kế hoạch"),
        ({"tasks": ()}, "không có bảng nhiệm vụ"),
        ({"period": None}, "không ghi kế hoạch của năm nào"),
        ({"period": "1023", "date": None}, "không ghi kế hoạch của năm nào"),
        (
            {"body": (), "tasks": (), "problems": (Problem("x", "Tệp hỏng. Hãy lưu lại."),)},
            "Không đọc được tệp “van-ban.txt”. Tệp hỏng. Hãy lưu lại.",
        ),
    ],
)
def test_what_is_no_plan_is_refused_with_the_remedy(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused) as refused:
        read_plan(document(**changes), "van-ban.txt")
    assert said in str(refused.value)
    assert "“van-ban.txt”" in str(refused.value)


def test_the_year_comes_from_the_document_or_its_date() -> None:
    assert read_plan(document(), "a").year == 2023
    assert read_plan(document(period=None, date=PartialDate(1, 2, 2024)), "a").year == 2024
    assert read_plan(document(date=PartialDate(30, 2, 2023)), "a").issued_on is None


def test_duties_are_told_one_by_one() -> None:
    reading = read_plan(
        document(assignments=(Assignment("Văn phòng", ("một", "hai")), Assignment("Đài", ("ba",)))), "a"
    )
    assert reading.duties == (("Văn phòng", "một"), ("Văn phòng", "hai"), ("Đài", "ba"))


# --- the plan of a real commune -------------------------------------------------------------------


@pytest.fixture
def nam_trung(db: None) -> Unit:
    unit = Unit.objects.create(id="nam-trung", level="commune", ends_on=date(2025, 7, 1))
    UnitName.objects.create(unit=unit, kind="xã", name="Nam Trung", folded="nam trung")
    return unit


def take(unit: Unit, at: datetime, data: bytes = NAM_TRUNG, name: str = "004.txt", by: Any = None) -> Plan:
    return actions.import_plan(unit=unit, data=data, name=name, by=by, at=at)


@pytest.mark.django_db
@pytest.mark.integration
class TestARealPlan:
    def test_its_seven_tasks_and_their_schedules_are_taken_in(self, nam_trung: Unit, now: datetime) -> None:
        plan = take(nam_trung, now)
        assert (plan.year, plan.symbol, plan.issued_on) == (2023, "KH-UBND", None)
        tasks = list(plan.tasks.all())
        assert [task.ordinal for task in tasks] == ["1", "2", "3", "4", "5", "6", "7"]
        assert [task.schedule["kind"] for task in tasks] == [
            "continuous", "quarter", "continuous", "continuous", "recurring", "continuous", "quarter",
        ]  # fmt: skip
        assert [task.occurrences.count() for task in tasks] == [12, 1, 12, 12, 12, 12, 1]
        assert [task.watch_months for task in tasks] == [1, None, 1, 1, None, 1, None]
        assert tasks[6].lead == "Văn phòng UBND xã"
        assert tasks[6].expected_kinds == ["training"]
        [last] = tasks[6].occurrences.all()
        assert (last.starts_on, last.due_on) == (date(2023, 10, 1), date(2023, 12, 29))

    def test_the_assignments_of_its_third_section_are_taken_in(self, nam_trung: Unit, now: datetime) -> None:
        duties = list(take(nam_trung, now).assignments.all())
        assert list(dict.fromkeys(duty.unit_text for duty in duties)) == [
            "Văn phòng UBND xã", "Văn hóa xã", "Cán bộ Tư pháp - hộ tịch", "Đài truyền thanh xã",
            "Cán bộ Tài chính - kế toán", "Các ngành Đoàn thể",
        ]  # fmt: skip
        assert len(duties) >= 10

    def test_a_quarter_of_last_year_is_kept_read_and_pointed_out(
        self, nam_trung: Unit, now: datetime
    ) -> None:
        plan = take(nam_trung, now)
        stale = plan.tasks.get(ordinal="2")
        assert (stale.schedule_text, stale.schedule["period"]) == ("Quý I/2022", "2022-Q1")
        [warning] = [one for one in queries.warnings(plan) if "Nhiệm vụ" in one]
        assert warning.startswith("Nhiệm vụ 2: kế hoạch năm 2023 nhưng thời gian thực hiện là “Quý I/2022”.")

    def test_the_same_file_is_taken_in_once(self, nam_trung: Unit, now: datetime) -> None:
        take(nam_trung, now)
        with pytest.raises(
            Refused, match=r"“khac.txt” đã được nhập ngày 20/7/2023 thành kế hoạch “Tuyên truyền"
        ):
            take(nam_trung, now, name="khac.txt")
        assert Plan.objects.count() == 1

    def test_a_report_is_no_plan_and_leaves_nothing(self, nam_trung: Unit, now: datetime) -> None:
        report = (SEEDS / "000_1a36199373fd6153.txt").read_bytes()
        for data, name in ((report, "000.txt"), (b"", "trong.txt"), (b"\x89PNG" + b"0" * 99, "anh.png")):
            with pytest.raises(Refused, match=rf"“{name}”"):
                take(nam_trung, now, data, name)
        assert not any(model.objects.exists() for model in (Plan, Task, Occurrence, Blob, AuditEntry))

    def test_a_unit_that_had_ceased_or_was_not_yet_there_takes_no_plan(
        self, nam_trung: Unit, now: datetime
    ) -> None:
        Unit.objects.filter(pk=nam_trung.pk).update(ends_on=date(2022, 7, 1))
        nam_trung.refresh_from_db()
        with pytest.raises(
            Refused, match=r"Xã Nam Trung đã kết thúc hoạt động từ ngày 01/7/2022.*đơn vị kế thừa"
        ):
            take(nam_trung, now)
        Unit.objects.filter(pk=nam_trung.pk).update(ends_on=None, starts_on=date(2024, 1, 1))
        nam_trung.refresh_from_db()
        with pytest.raises(Refused, match="thành lập ngày 01/01/2024"):
            take(nam_trung, now)

    def test_only_those_whose_post_it_is_take_a_plan_in(self, cast: Cast) -> None:
        for person in (cast.neighbour, cast.chair, cast.radio_operator, cast.reviewer):
            with pytest.raises(NotAllowed):
                take(cast.commune, cast.now, by=person)
        plan = take(cast.commune, cast.now, by=cast.office_clerk)
        today = cast.now.date()
        assert plan in queries.plans_for(cast.hamlet_head, today)
        assert plan in queries.plans_for(cast.reviewer, today)
        assert not queries.plans_for(cast.neighbour, today).exists()

    def test_a_letterhead_of_another_unit_is_pointed_out(self, cast: Cast) -> None:
        text = f"ỦY BAN NHÂN DÂN\nXÃ BẾN DỪA\n\nSố: 04/KH-UBND\n\n{NAM_TRUNG.decode()}"
        plan = take(cast.commune, cast.now, text.encode())
        assert any("do xã Bến Dừa ban hành, không phải xã Bến Trúc" in one for one in queries.warnings(plan))


# --- progress -------------------------------------------------------------------------------------


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return take(cast.commune, cast.now)


def done(cast: Cast, task: Task, day: date, *, evidence: bool = True, kind: str = "website") -> Activity:
    counts = {"website": {"articles": 1}, "training": {"trainings": 1}, "radio": {"broadcasts": 1}}
    return actions.record_activity(
        unit=cast.commune, kind=kind, happened_on=day, title=f"Bài ngày {day}", measures=counts[kind], task=task,
        evidence=[LinkEvidence("https://bentruc.example.vn/1")] if evidence else [], by=None,
        at=datetime(2024, 1, 10, 9, tzinfo=cast.now.tzinfo),
    )  # fmt: skip


@pytest.mark.django_db
@pytest.mark.integration
class TestProgress:
    def test_nothing_done_is_nothing_completed(self, cast: Cast, plan: Plan) -> None:
        found = queries.progress(plan, cast.today)
        assert (found.planned, found.begun, found.completed, found.share) == (7, 6, 0, 0.0)
        assert queries.progress(plan, date(2021, 1, 1)).share is None

    def test_a_continuous_task_is_completed_when_every_month_holds_evidence(
        self, cast: Cast, plan: Plan
    ) -> None:
        task = plan.tasks.get(ordinal="1")
        for month in (1, 2, 4, 5, 6):
            done(cast, task, date(2023, month, 10))
        done(cast, task, date(2023, 3, 10), evidence=False)
        [first, *_] = queries.progress(plan, cast.today).tasks
        assert (first.lines, first.evidenced_lines, first.done, first.is_completed) == (6, 5, 5, False)
        assert [gap.starts_on for gap in queries.gaps(task, cast.today)] == [date(2023, 3, 1)]
        done(cast, task, date(2023, 3, 31))
        assert queries.progress(plan, cast.today).completed == 1
        assert queries.gaps(task, cast.today) == ()
        assert [gap.starts_on.month for gap in queries.gaps(task, date(2023, 9, 1))] == [7, 8]

    def test_a_reversed_line_opens_the_gap_again(self, cast: Cast, plan: Plan) -> None:
        task = plan.tasks.get(ordinal="1")
        line = done(cast, task, date(2023, 1, 10))
        assert date(2023, 1, 1) not in [gap.starts_on for gap in queries.gaps(task, cast.today)]
        actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=cast.now)
        assert date(2023, 1, 1) in [gap.starts_on for gap in queries.gaps(task, cast.today)]

    def test_a_task_of_a_quarter_is_done_late_but_done(self, cast: Cast, plan: Plan) -> None:
        training = plan.tasks.get(ordinal="7")
        states = [
            queries.progress(plan, on).tasks[6].occurrences[0].state
            for on in (cast.today, date(2023, 11, 1), date(2024, 1, 2))
        ]
        assert states == [State.UPCOMING, State.OPEN, State.LATE]
        done(cast, training, date(2024, 1, 5), kind="training")
        found = queries.progress(plan, date(2024, 1, 6)).tasks[6]
        assert (found.occurrences[0].state, found.is_completed) == (State.DONE_LATE, True)

    def test_completion_is_a_share_with_its_base(self, cast: Cast, plan: Plan) -> None:
        line = done(cast, plan.tasks.get(ordinal="2"), date(2023, 3, 10))
        fact = queries.fact(cast.commune, "completion", YEAR_2023)
        assert (fact.value, fact.numerator, fact.denominator) == (14.29, 1, 7)
        assert (fact.lines, fact.unevidenced_lines, fact.digest) == (1, 0, line.line_hash)
        assert list(queries.fact_lines(cast.commune, "completion", YEAR_2023)) == [line]
        assert queries.fact(cast.commune, "tasks_completed", YEAR_2023).value == 1
        assert queries.fact(cast.neighbour_commune, "completion", YEAR_2023).value is None

    def test_what_is_due_soon_or_late_is_told_by_urgency(self, cast: Cast, plan: Plan) -> None:
        found = queries.due(cast.commune, cast.today, 14)
        assert [one.occurrence.due_on for one in found] == sorted(one.occurrence.due_on for one in found)
        assert found[0].task.ordinal == "2"
        assert found[0].days_left(cast.today) < 0
        assert {one.state for one in found} == {State.OPEN, State.LATE}
        done(cast, plan.tasks.get(ordinal="2"), date(2023, 3, 10))
        assert "2" not in {one.task.ordinal for one in queries.due(cast.commune, cast.today, 14)}
        assert queries.due(cast.neighbour_commune, cast.today, 14) == []

    def test_the_tasks_of_the_next_period_are_those_with_something_to_do_in_it(
        self, cast: Cast, plan: Plan
    ) -> None:
        half = Window(date(2023, 6, 15), date(2023, 9, 30))
        assert [task.ordinal for task in queries.tasks_in(cast.commune, half)] == ["1", "3", "4", "5", "6"]
        last = Window(date(2023, 10, 1), date(2023, 12, 14))
        assert [task.ordinal for task in queries.tasks_in(cast.commune, last)] == [
            "1",
            "3",
            "4",
            "5",
            "6",
            "7",
        ]
        assert queries.tasks_in(cast.neighbour_commune, last) == []

    def test_a_task_of_another_units_plan_takes_no_line(self, cast: Cast, plan: Plan) -> None:
        with pytest.raises(Refused, match="kế hoạch của đơn vị khác"):
            actions.record_activity(
                unit=cast.neighbour_commune, kind="website", happened_on=cast.today, title="a", measures={"articles": 1},
                task=plan.tasks.get(ordinal="1"), by=None, at=cast.now,
            )  # fmt: skip

    def test_rows_of_a_table_point_at_tasks_by_number_or_words(self, cast: Cast, plan: Plan) -> None:
        table = "Ngày;Loại;Nội dung;Tin bài;Nhiệm vụ\n1/3/2023;Website;a;1;5\n2/3/2023;Website;b;1;Tuyên truyền, phổ biến các VĂN BẢN mới ban hành\n"
        actions.import_activities(unit=cast.commune, data=table.encode(), name="a.csv", by=None, at=cast.now)
        assert [line.task.ordinal for line in Activity.objects.order_by("pk") if line.task] == ["5", "6"]


# --- the demonstration ----------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.integration
def test_the_demonstration_is_a_believable_year_and_loads_once(cast: Cast) -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=cast.now.tzinfo)
    actions.load_demo(at=at)
    lines = Activity.objects.count()
    actions.load_demo(at=at)
    plan = Plan.objects.get(unit=cast.commune)
    assert (plan.year, plan.tasks.count(), Activity.objects.count()) == (2026, 8, lines)
    assert 70 <= lines <= 100
    assert queries.warnings(plan) == ()
    found = queries.progress(plan, date(2026, 11, 21))
    assert 4 <= found.completed < found.begun == 8
    assert any(task.gaps for task in found.tasks)
    year = Window(date(2025, 12, 15), date(2026, 12, 14))
    assert queries.fact(cast.commune, "on_time_share", year).value == pytest.approx(99, abs=1)
    assert queries.fact(cast.commune, "guidance", year).exactness == "hơn"
    before = queries.facts(cast.commune, year)
    actions.rebuild_facts()
    assert queries.facts(cast.commune, year) == before


@pytest.mark.django_db
@pytest.mark.integration
def test_a_second_plan_of_the_year_is_taken_and_said_to_be_the_second(cast: Cast) -> None:
    first = actions.import_plan(unit=cast.commune, data=NAM_TRUNG, name="kh.txt", by=None, at=cast.now)
    mended = NAM_TRUNG + "\nBản sửa.\n".encode()
    second = actions.import_plan(unit=cast.commune, data=mended, name="kh2.txt", by=None, at=cast.now)
    assert not any("đã có kế hoạch năm" in told for told in queries.warnings(first))
    [told] = [told for told in queries.warnings(second) if "đã có kế hoạch năm 2023" in told]
    assert "nhập ngày 20/7/2023" in told


# --- what the document left blank -----------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.integration
def test_number_and_day_that_were_blank_are_written_once_known(cast: Cast) -> None:
    plan = actions.import_plan(unit=cast.commune, data=NAM_TRUNG, name="kh.txt", by=None, at=cast.now)
    assert (plan.number, plan.issued_on) == ("", None)
    with pytest.raises(NotAllowed):
        actions.amend_plan(
            plan=plan, number="4/KH-UBND", issued_on=date(2023, 2, 8), by=cast.neighbour, at=cast.now
        )
    actions.amend_plan(
        plan=plan, number="4/KH-UBND", issued_on=date(2023, 2, 8), by=cast.office_clerk, at=cast.now
    )
    plan.refresh_from_db()
    assert (plan.number, plan.symbol, plan.issued_on) == ("04", "KH-UBND", date(2023, 2, 8))
    assert AuditEntry.objects.get(action="plan.amend").detail["before"][0] == ""


@pytest.mark.django_db
@pytest.mark.integration
@pytest.mark.parametrize(
    ("number", "issued_on", "told"),
    [
        ("bốn", date(2023, 2, 8), "không phải số, ký hiệu"),
        ("0/KH-UBND", date(2023, 2, 8), "không phải số, ký hiệu"),
        ("4", date(2023, 7, 21), "chưa tới"),
    ],
)
def test_what_is_no_number_or_no_day_of_the_plan_is_refused(
    cast: Cast, number: str, issued_on: date, told: str
) -> None:
    plan = actions.import_plan(unit=cast.commune, data=NAM_TRUNG, name="kh.txt", by=None, at=cast.now)
    with pytest.raises(Refused, match=told):
        actions.amend_plan(plan=plan, number=number, issued_on=issued_on, by=None, at=cast.now)
    plan.refresh_from_db()
    assert (plan.number, plan.issued_on) == ("", None)


@pytest.mark.django_db
@pytest.mark.integration
def test_a_plan_carries_no_day_after_the_end_of_its_unit(places: None, now: datetime) -> None:
    unit = Unit.objects.get(pk="nam-trung")
    plan = actions.import_plan(unit=unit, data=NAM_TRUNG, name="kh.txt", by=None, at=now)
    later = now.replace(year=2026)
    with pytest.raises(Refused, match="Xã Nam Trung không hoạt động vào ngày 01/12/2024"):
        actions.amend_plan(plan=plan, number="4", issued_on=date(2024, 12, 1), by=None, at=later)
