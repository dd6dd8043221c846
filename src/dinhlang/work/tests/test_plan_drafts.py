"""A plan that is proposed: nothing of it is a plan before someone confirms."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.work import actions, proposal, queries
from dinhlang.work.models import Blob, Occurrence, Plan, PlanDraft, Task
from dinhlang.work.plan_values import NotWritable

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PLAN = """KẾ HOẠCH
Tuyên truyền cải cách hành chính xã Bến Trúc năm 2023

Căn cứ Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021 của Chính phủ; Kế hoạch số 9/KH-UBND ngày 05/01/2023 của UBND tỉnh Mẫu về cải cách hành chính năm 2023.

I. MỤC ĐÍCH

Để người dân biết và theo dõi kết quả năm 2023.

II. TỔ CHỨC THỰC HIỆN

1. Văn phòng

- Tổng hợp báo cáo trước 15/12/2023.

PHỤ LỤC

| STT | Nhiệm vụ | Sản phẩm | Cơ quan chủ trì | Cơ quan phối hợp | Thời gian |
|---|---|---|---|---|---|
| 1 | Phát thanh chuyên mục | Bản tin | Đài truyền thanh xã | | Mỗi tháng 01 kỳ |
| 2 | Công khai chỉ số | Tin, bài | Văn phòng | Phòng Văn hóa – Xã hội | Quý I/2022 |
""".encode()


def propose(cast: Cast, data: bytes = PLAN) -> PlanDraft:
    return actions.propose_plan(
        unit=cast.commune, data=data, name="kh.txt", by=cast.culture_officer, at=cast.now
    )


def test_a_proposal_stores_nothing_in_any_plan(cast: Cast) -> None:
    before = Plan.objects.count(), Task.objects.count(), Occurrence.objects.count()
    draft = propose(cast)
    assert (Plan.objects.count(), Task.objects.count(), Occurrence.objects.count()) == before
    assert "Phát thanh chuyên mục" in draft.source_text
    assert AuditEntry.objects.first().action == "plan.propose"


def test_the_same_file_again_gives_the_proposal_that_is_there(cast: Cast) -> None:
    draft = propose(cast)
    actions.decide_draft(
        draft=draft, said={"rows.1.schedule_text": "Quý I/2023"}, by=cast.office_clerk, at=cast.now
    )
    again = propose(cast)
    assert again.pk == draft.pk
    assert proposal.from_json(again.proposal).item("rows.1.schedule_text").value == "Quý I/2023"


def test_what_is_confirmed_becomes_the_plan_with_what_was_corrected(cast: Cast) -> None:
    draft = propose(cast)
    said = {
        "title": None,
        "rows.1.schedule_text": "Quý I/2023",
        "code": "04/KH-UBND",
        "issued_on": "13/02/2023",
    }
    actions.decide_draft(draft=draft, said=said, by=cast.culture_officer, at=cast.now)
    plan = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    assert not PlanDraft.objects.exists()
    assert (plan.number, plan.symbol, plan.issued_on) == ("04", "KH-UBND", date(2023, 2, 13))
    first, second = plan.tasks.order_by("position")
    assert (first.occurrences.count(), second.occurrences.get().ends_on) == (12, date(2023, 3, 31))
    assert len(plan.bases) == 2
    assert plan.source is not None
    assert not any("chưa ghi số" in warning for warning in queries.warnings(plan))
    entry = AuditEntry.objects.first()
    assert entry.action == "plan.import"
    assert entry.detail["corrected"]["rows.1.schedule_text"] == ["Quý I/2022", "Quý I/2023"]
    assert entry.detail["seen"] == [4, len(proposal.from_json(draft.proposal).items)]


def test_a_value_that_cannot_be_keeps_the_proposal_as_it_was(cast: Cast) -> None:
    draft = propose(cast)
    with pytest.raises(NotWritable):
        actions.decide_draft(
            draft=draft,
            said={"title": "Tên mới", "year": "hai nghìn"},
            by=cast.culture_officer,
            at=cast.now,
        )
    draft.refresh_from_db()
    assert proposal.from_json(draft.proposal).seen == 0


def test_a_day_of_issue_to_come_is_refused_when_it_is_confirmed(cast: Cast) -> None:
    draft = propose(cast)
    actions.decide_draft(draft=draft, said={"issued_on": "01/12/2023"}, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="chưa tới"):
        actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    assert PlanDraft.objects.filter(pk=draft.pk).exists()


def test_a_draft_is_confirmed_once(cast: Cast) -> None:
    draft = propose(cast)
    actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="không còn"):
        actions.confirm_draft(draft=PlanDraft(pk=1, unit=cast.commune), by=cast.culture_officer, at=cast.now)
    with pytest.raises(Refused, match="đã được nhập"):
        propose(cast)


@pytest.mark.parametrize("who", ["chair", "radio_operator", "hamlet_head", "neighbour", "reviewer"])
def test_only_who_may_take_in_plans_touches_a_proposal(cast: Cast, who: str) -> None:
    stranger, draft = getattr(cast, who), propose(cast)
    acts = (
        lambda: actions.propose_plan(unit=cast.commune, data=b"x", name="a", by=stranger, at=cast.now),
        lambda: actions.decide_draft(draft=draft, said={"title": None}, by=stranger, at=cast.now),
        lambda: actions.confirm_draft(draft=draft, by=stranger, at=cast.now),
        lambda: actions.discard_draft(draft=draft, by=stranger, at=cast.now),
        lambda: actions.start_plan(unit=cast.commune, year=2023, title="A", by=stranger, at=cast.now),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert PlanDraft.objects.get().pk == draft.pk


def test_what_nobody_touched_for_a_month_is_swept(cast: Cast) -> None:
    old = propose(cast)
    assert actions.sweep_drafts(at=cast.now + timedelta(days=29)) == 0
    assert actions.sweep_drafts(at=cast.now + timedelta(days=31)) == 1
    assert not PlanDraft.objects.filter(pk=old.pk).exists()
    assert AuditEntry.objects.filter(action="plan.discard", by=None).count() == 1
    assert Blob.objects.filter(pk=old.source_id).exists()


def test_what_was_left_alone_too_long_is_shown_to_nobody(cast: Cast) -> None:
    propose(cast)
    for days, seen in ((30, 1), (31, 0)):
        day = cast.today + timedelta(days=days)
        assert queries.drafts_for(cast.culture_officer, day).count() == seen


def test_a_proposal_tells_of_another_plan_of_its_year(cast: Cast) -> None:
    actions.start_plan(unit=cast.commune, year=2023, title="Bản trước", by=cast.office_clerk, at=cast.now)
    assert any("đã có kế hoạch năm 2023" in note for note in propose(cast).document["notes"])


def test_a_discarded_proposal_is_gone_and_said_so(cast: Cast) -> None:
    actions.discard_draft(draft=propose(cast), by=cast.office_clerk, at=cast.now)
    assert not PlanDraft.objects.exists()
    assert AuditEntry.objects.first().action == "plan.discard"


# --- rolling over ---------------------------------------------------------------------------------


def confirmed(cast: Cast) -> Plan:
    draft = propose(cast)
    actions.decide_draft(
        draft=draft, said={"rows.1.schedule_text": "Quý I/2023"}, by=cast.culture_officer, at=cast.now
    )
    return actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)


def test_next_years_plan_is_proposed_and_linked_to_its_origin(cast: Cast) -> None:
    plan = confirmed(cast)
    draft = actions.roll_over_plan(plan=plan, year=2024, by=cast.culture_officer, at=cast.now)
    proposed = proposal.from_json(draft.proposal)
    assert proposed.item("title").value.endswith("năm 2024")
    assert proposed.item("rows.1.schedule_text").value == "Quý I/2024"
    assert proposed.item("duties.0").value == "Tổng hợp báo cáo trước 15/12/2024"
    assert "chưa biết số" in proposed.doubts(proposed.item("bases.1"))[0]
    assert proposed.item("bases.0").value.startswith("Nghị quyết số 76/NQ-CP ngày 15 tháng 7 năm 2021")
    new = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    assert (new.year, new.rolled_from, new.source, new.number) == (2024, plan, None, "")
    assert new.tasks.get(position=2).occurrences.get().due_on.year == 2024
    assert Plan.objects.get(pk=plan.pk).tasks.count() == 2


def test_the_text_of_the_new_plan_speaks_of_the_new_year(cast: Cast) -> None:
    draft = actions.roll_over_plan(plan=confirmed(cast), year=2024, by=cast.culture_officer, at=cast.now)
    plan = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    text = " ".join(getattr(block, "text", "") for block in queries.printed_document(plan).body)
    assert "theo dõi kết quả năm 2024" in text
    assert "Tổng hợp báo cáo trước 15/12/2024" in text
    assert "Kế hoạch số …/KH-UBND ngày … của UBND tỉnh Mẫu về cải cách hành chính năm 2024" in text
    assert "2023" not in text


@pytest.mark.parametrize("year", [2022, 2023])
def test_a_plan_rolls_only_forward(cast: Cast, year: int) -> None:
    with pytest.raises(Refused, match="năm sau"):
        actions.roll_over_plan(plan=confirmed(cast), year=year, by=cast.culture_officer, at=cast.now)


def test_a_unit_that_has_ended_gets_no_plan_of_a_later_year(cast: Cast) -> None:
    plan = confirmed(cast)
    plan.unit.ends_on = date(2023, 12, 31)
    plan.unit.save()
    with pytest.raises(Refused, match="đơn vị kế thừa"):
        actions.roll_over_plan(plan=plan, year=2024, by=cast.culture_officer, at=cast.now)


# --- written from nothing -------------------------------------------------------------------------


def test_a_plan_can_begin_empty(cast: Cast) -> None:
    plan = actions.start_plan(
        unit=cast.commune, year=2023, title="  Tuyên\u200b truyền ", by=cast.office_clerk, at=cast.now
    )
    assert (plan.title, plan.year, plan.tasks.count()) == ("Tuyên truyền", 2023, 0)
    with pytest.raises(Refused, match="trích yếu"):
        actions.start_plan(unit=cast.commune, year=2023, title="\u200b", by=cast.office_clerk, at=cast.now)


def change(cast: Cast, draft: PlanDraft, what: str, row: int | None = None) -> PlanDraft:
    return actions.change_draft_rows(
        draft=draft, change=what, at_row=row, by=cast.culture_officer, at=cast.now
    )


def test_a_dropped_row_is_no_task_and_can_be_brought_back(cast: Cast) -> None:
    draft = change(cast, propose(cast), "drop", 0)
    proposed = proposal.from_json(draft.proposal)
    assert proposed.kept == (1,)
    assert not [item for item in proposed.asked if item.path.startswith("rows.0.")]
    draft = change(cast, draft, "back", 0)
    assert proposal.from_json(draft.proposal).kept == (0, 1)
    draft = change(cast, draft, "drop", 0)
    plan = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    assert [task.text for task in plan.tasks.all()] == ["Công khai chỉ số"]
    assert AuditEntry.objects.first().detail["dropped"] == ["Phát thanh chuyên mục"]


def test_an_added_row_is_a_task_once_something_stands_in_it(cast: Cast) -> None:
    draft = change(cast, change(cast, propose(cast), "add"), "add")
    said = {"rows.2.text": "Phát tờ rơi", "rows.2.schedule_text": "Quý II/2023"}
    draft = actions.decide_draft(draft=draft, said=said, by=cast.culture_officer, at=cast.now)
    plan = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    last = plan.tasks.order_by("position").last()
    assert last is not None
    assert (plan.tasks.count(), last.ordinal, last.text) == (3, "3", "Phát tờ rơi")
    assert last.occurrences.get().ends_on == date(2023, 6, 30)


def test_a_row_without_its_task_is_told_at_its_own_place(cast: Cast) -> None:
    draft = change(cast, change(cast, propose(cast), "drop", 0), "add")
    said = {"rows.2.lead": "Văn phòng"}
    draft = actions.decide_draft(draft=draft, said=said, by=cast.culture_officer, at=cast.now)
    with pytest.raises(NotWritable) as refused:
        actions.confirm_draft(draft=draft, by=cast.culture_officer, at=cast.now)
    assert refused.value.field == "rows.2.text"


@pytest.mark.parametrize("row", [7, -1])
def test_a_row_that_is_not_there_is_refused(cast: Cast, row: int) -> None:
    with pytest.raises(NotWritable):
        change(cast, propose(cast), "drop", row)


def test_only_who_takes_plans_in_changes_the_rows(cast: Cast) -> None:
    draft = propose(cast)
    with pytest.raises(NotAllowed):
        actions.change_draft_rows(draft=draft, change="add", by=cast.neighbour, at=cast.now)
