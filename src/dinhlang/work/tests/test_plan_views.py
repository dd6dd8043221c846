"""The pages of plans: confirming, the sheet, the year, files; what a form changes and what it refuses."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dinhlang.officialdoc.read import read
from dinhlang.work import actions, proposal, queries
from dinhlang.work.models import Plan, PlanDraft, Task
from dinhlang.work.plan_values import Row, row_to_json
from dinhlang.work.tests.test_plan_drafts import PLAN

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.culture_officer)
    return client


@pytest.fixture
def draft(cast: Cast) -> PlanDraft:
    return actions.propose_plan(
        unit=cast.commune, data=PLAN, name="kh.txt", by=cast.culture_officer, at=timezone.now()
    )


@pytest.fixture
def plan(cast: Cast) -> Plan:
    plan = actions.start_plan(
        unit=cast.commune, year=2023, title="Tuyên truyền năm 2023", by=cast.culture_officer, at=cast.now
    )
    rows = (
        Row("Phát thanh chuyên mục", "Bản tin", "Đài truyền thanh xã", "", "Mỗi tháng 01 kỳ", "1"),
        Row("Niêm yết thủ tục", "", "Văn phòng HĐND và UBND", "", "Thường xuyên", "2"),
        Row("Cuộc thi tìm hiểu", "Kết quả", "Phòng Văn hóa – Xã hội", "Đoàn Thanh niên", "Tháng 10", "3"),
    )
    return actions.edit_plan(
        plan=plan,
        version=1,
        title=plan.title,
        bases=["Kế hoạch số 9/KH-UBND ngày 05/01/2023 của UBND tỉnh Mẫu"],
        rows=rows,
        by=cast.culture_officer,
        at=cast.now,
    )


def told(answer: Any) -> str:
    return answer.content.decode() + " ".join(str(one) for one in get_messages(answer.wsgi_request))


# --- confirming -----------------------------------------------------------------------------------


def test_an_uploaded_plan_is_proposed_beside_its_source(clerk: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("kh.txt", PLAN)
    answer = clerk.post(reverse("work:plan-import"), {"unit": cast.commune.pk, "file": file}, follow=True)
    page = answer.content.decode()
    assert not Plan.objects.exists()
    assert "Cần xem kỹ" in page
    assert 'data-of="rows.1.schedule_text">Quý I/2022</span>' in page
    assert "1 kỳ, từ 01/01/2022 đến 31/3/2022" in page
    assert page.index("o-rows-1-schedule_text") < page.index("o-title")


def test_rows_are_added_dropped_and_brought_back_by_the_buttons_of_the_form(
    clerk: Client, draft: PlanDraft
) -> None:
    there = reverse("work:plan-draft", args=[draft.pk])
    dropped = clerk.post(there, {"v:title": "Tên đã sửa", "do": "drop:0"}, follow=True)
    page = dropped.content.decode()
    assert 'value="back:0"' in page
    assert 'id="o-rows-0-text"' not in page
    assert "Tên đã sửa" in page, "what was typed on the way is kept"
    assert 'id="o-rows-0-text"' in clerk.post(there, {"do": "back:0"}, follow=True).content.decode()
    added = clerk.post(there, {"do": "add"})
    assert added.headers["Location"].endswith("-text")
    assert clerk.post(there, {"do": "drop:99"}).status_code == 200


def test_without_a_script_the_form_saves_what_was_changed_and_ticked(clerk: Client, draft: PlanDraft) -> None:
    there = reverse("work:plan-draft", args=[draft.pk])
    sent = {"v:title": "Tên mới", "v:year": "2023", "ok:year": "on", "v:rows.0.lead": "Đài truyền thanh xã"}
    assert "Đã lưu" in told(clerk.post(there, {**sent, "do": "save"}, follow=True))
    draft.refresh_from_db()
    proposed = proposal.from_json(draft.proposal)
    assert proposed.item("title").value == "Tên mới"
    assert {item.path for item in proposed.items if item.is_seen} == {"title", "year"}
    answer = clerk.post(there, {"do": "confirm", "v:rows.1.schedule_text": "Quý I/2023"}, follow=True)
    assert "Đã lập kế hoạch với 2 nhiệm vụ." in told(answer)
    assert Plan.objects.get().title == "Tên mới"


def test_a_value_that_cannot_be_is_told_at_its_field_and_stays_typed(clerk: Client, draft: PlanDraft) -> None:
    answer = clerk.post(reverse("work:plan-draft", args=[draft.pk]), {"v:year": "hai ba", "do": "confirm"})
    page = answer.content.decode()
    assert "Ghi năm bằng bốn chữ số" in page
    assert ">hai ba</textarea>" in page
    assert not Plan.objects.exists()


def test_the_script_keeps_one_value_at_a_time(clerk: Client, draft: PlanDraft) -> None:
    there = reverse("work:plan-draft-decide", args=[draft.pk])
    answer = clerk.post(there, {"path": "rows.1.schedule_text", "value": "Quý I/2023"}).json()
    assert answer["note"] == "1 kỳ, từ 01/01/2023 đến 31/3/2023, hạn 31/3/2023"
    assert (answer["seen"], answer["doubts"]) == (1, [])
    assert clerk.post(there, {"path": "title"}).json()["seen"] == 2
    refused = clerk.post(there, {"path": "issued_on", "value": "31/4/2023"})
    assert (refused.status_code, "Ngày không đúng" in refused.json()["error"]) == (422, True)
    assert clerk.post(there, {"path": "rows.99.text", "value": "x"}).status_code == 422
    assert clerk.post(there, {}).status_code == 422


def test_a_stranger_finds_no_proposal_and_a_colleague_only_reads(
    client: Client, cast: Cast, draft: PlanDraft
) -> None:
    client.force_login(cast.neighbour)
    for name in ("work:plan-draft", "work:plan-draft-decide", "work:plan-draft-discard"):
        assert client.post(reverse(name, args=[draft.pk]), {"path": "title"}).status_code == 404
    client.force_login(cast.radio_operator)
    page = client.get(reverse("work:plan-draft", args=[draft.pk])).content.decode()
    assert 'name="do"' not in page
    refused = client.post(reverse("work:plan-draft", args=[draft.pk]), {"v:title": "x", "do": "save"})
    assert "chưa được giao quyền" in told(refused)
    assert client.post(reverse("work:plan-draft-discard", args=[draft.pk])).status_code == 302
    assert PlanDraft.objects.filter(pk=draft.pk).exists()


def test_what_a_file_says_is_only_text_on_the_page(clerk: Client, cast: Cast) -> None:
    data = PLAN.replace("Công khai chỉ số".encode(), b"<script>alert(1)</script>")
    draft = actions.propose_plan(
        unit=cast.commune, data=data, name="<b>.txt", by=cast.culture_officer, at=timezone.now()
    )
    page = clerk.get(reverse("work:plan-draft", args=[draft.pk])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_proposal_is_thrown_away_by_its_button(clerk: Client, draft: PlanDraft) -> None:
    assert "Đã bỏ bản đề xuất" in told(
        clerk.post(reverse("work:plan-draft-discard", args=[draft.pk]), follow=True)
    )
    assert not PlanDraft.objects.exists()


# --- the sheet ------------------------------------------------------------------------------------


def sheet(plan: Plan, **changes: str | list[str]) -> dict[str, Any]:
    """What the sheet's form sends when nothing was changed, and what was."""
    rows = queries.values_of(plan).rows
    sent: dict[str, Any] = {
        "version": str(plan.version),
        "title": plan.title,
        "bases": "\n".join(plan.bases),
        "opened": json.dumps([row_to_json(row) for row in rows]),
        "row": [f"t{row.task}" for row in rows],
    }
    for row in rows:
        for name in ("ordinal", "text", "product", "lead", "cooperating", "schedule_text"):
            sent[f"{name}-t{row.task}"] = getattr(row, name)
        sent[f"watch-t{row.task}"] = row.watch_months or ""
        sent[f"kinds-t{row.task}"] = list(row.expected_kinds or ())
    return {**sent, **changes}


def test_the_sheet_as_it_is_changes_nothing(clerk: Client, plan: Plan) -> None:
    answer = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sheet(plan), follow=True)
    assert "Không có gì thay đổi." in told(answer)
    assert Plan.objects.get(pk=plan.pk).version == plan.version


@pytest.mark.parametrize(
    "opened",
    [
        "[" * 100_000, "null", "7", "{}", '"x"', "[[]]", '[{"task": []}]', '[{"task": {}}]', '[{"task": true}]',
        '[{"text": {"a": 1}}]', '[{"expected_kinds": 7}]', '[{"expected_kinds": [[]]}]', '[{"lead": "\\ud800"}]',
        '[{"watch_months": "x"}]', '[{"watch_months": 1.5}]', "[NaN]",
    ],
)  # fmt: skip
def test_a_sheet_that_opened_with_nonsense_is_compared_with_what_stands_now(
    clerk: Client, plan: Plan, opened: str
) -> None:
    there, first = reverse("work:plan-rows", args=[plan.pk]), plan.tasks.order_by("position")[0].pk
    stale = sheet(plan, opened=opened, version="0", **{f"lead-t{first}": "Công an xã"})
    answer = clerk.post(there, stale)
    assert answer.status_code == 200
    assert "Công an xã" in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).version == plan.version


def test_kinds_that_were_stored_in_another_order_are_no_change(clerk: Client, plan: Plan) -> None:
    plan.tasks.filter(position=1).update(expected_kinds=["website", "radio"])
    answer = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sheet(plan), follow=True)
    assert "Không có gì thay đổi." in told(answer)


def test_rows_are_changed_added_moved_and_removed_by_the_form(clerk: Client, plan: Plan) -> None:
    radio, posting, contest = (task.pk for task in plan.tasks.order_by("position"))
    sent = sheet(
        plan,
        **{
            f"text-t{radio}": "Phát thanh hằng tuần",
            f"schedule_text-t{radio}": "Hằng tuần",
            f"gone-t{posting}": "on",
            f"at-t{contest}": "0,5",
            f"at-t{radio}": "1",
            "row": [f"t{radio}", f"t{posting}", f"t{contest}", "n0", "n1"],
            "text-n0": "Tập huấn",
            "schedule_text-n0": "Quý II",
        },
    )
    answer = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sent, follow=True)
    assert "Đã lưu kế hoạch." in told(answer)
    stored = list(plan.tasks.order_by("position"))
    assert [task.text for task in stored] == ["Cuộc thi tìm hiểu", "Phát thanh hằng tuần", "Tập huấn"]
    assert [task.pk for task in stored[:2]] == [contest, radio]
    assert stored[1].occurrences.count() == 52


def test_what_was_just_saved_can_be_undone_from_the_plan(clerk: Client, plan: Plan) -> None:
    radio = plan.tasks.get(position=1).pk
    sent = sheet(plan, **{f"gone-t{radio}": "on"})
    page = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sent, follow=True)
    assert "Đã lưu kế hoạch." in page.content.decode()
    there = reverse("work:plan-undo", args=[plan.pk])
    assert "Đã hoàn tác" in told(clerk.post(there, {"version": str(plan.version + 1)}, follow=True))
    assert plan.tasks.count() == 3
    assert "mới hơn" in told(clerk.post(there, {"version": str(plan.version + 1)}, follow=True))
    assert clerk.get(reverse("work:plan", args=[plan.pk]), {"saved": "x"}).status_code == 200


def test_a_long_plan_is_one_form_and_a_few_statements(
    clerk: Client, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    rows = tuple(Row(f"Việc {at}", schedule_text="Hằng quý") for at in range(120))
    long = actions.edit_plan(
        plan=plan, version=plan.version, title=plan.title, bases=[], rows=rows, by=None, at=cast.now
    )
    last = long.tasks.get(position=120)
    sent = sheet(long, **{f"schedule_text-t{last.pk}": "Hằng tháng", f"at-t{last.pk}": "0"})
    with django_assert_max_num_queries(60):
        answer = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sent)
    assert answer.status_code == 302
    assert [task.text for task in plan.tasks.order_by("position")[:2]] == ["Việc 119", "Việc 0"]
    assert plan.tasks.get(position=1).occurrences.count() == 12


def test_the_second_of_two_sees_what_changed_and_saves_on_the_second_word(
    clerk: Client, plan: Plan, cast: Cast
) -> None:
    radio = plan.tasks.get(position=1).pk
    mine = sheet(plan, **{f"lead-t{radio}": "Đoàn Thanh niên", f"product-t{radio}": "Băng ghi"})
    rows = queries.values_of(plan).rows
    actions.edit_plan(
        plan=plan,
        version=plan.version,
        title=plan.title,
        bases=plan.bases,
        rows=(replace(rows[0], lead="Văn phòng", ordinal="1a"), *rows[1:]),
        by=cast.office_clerk,
        at=cast.now,
    )
    there = reverse("work:plan-rows", args=[plan.pk])
    answer = clerk.post(there, mine)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "chủ trì: “Đài truyền thanh xã” thành “Văn phòng”" in page
    assert "Người khác: Văn phòng" in page
    assert ">Đoàn Thanh niên</textarea>" in page
    assert 'value="1a"' in page
    again = {**mine, "version": str(plan.version + 1), f"ordinal-t{radio}": "1a"}
    assert "Đã lưu kế hoạch." in told(clerk.post(there, again, follow=True))
    task = Task.objects.get(pk=radio)
    assert (task.lead, task.product, task.ordinal) == ("Đoàn Thanh niên", "Băng ghi", "1a")


def test_a_row_that_cannot_be_is_told_at_its_row_and_nothing_is_lost(clerk: Client, plan: Plan) -> None:
    radio = plan.tasks.get(position=1).pk
    sent = sheet(plan, **{f"text-t{radio}": "  ", "row": [f"t{radio}", "n0"], "text-n0": "Dòng mới của tôi"})
    page = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sent).content.decode()
    assert "Dòng 1 chưa ghi nhiệm vụ" in page
    assert "Dòng mới của tôi" in page
    assert plan.tasks.count() == 3


@pytest.mark.parametrize(
    "hostile",
    [
        {"version": "x"},
        {"version": "99999999999999999999"},
        {"opened": "[1, 2"},
        {"opened": '{"a": 1}'},
        {"opened": "[[]]"},
        {"row": ["t999999", "t", "tx", "", "n\u200b"]},
        {"row": []},
        {"at-n0": "nan"},
    ],
)
def test_a_stale_or_hostile_form_never_breaks_the_sheet(
    clerk: Client, plan: Plan, hostile: dict[str, Any]
) -> None:
    answer = clerk.post(reverse("work:plan-rows", args=[plan.pk]), sheet(plan, **hostile))
    assert answer.status_code in (200, 302)


def test_who_may_not_edit_sees_the_sheet_and_cannot_save(client: Client, cast: Cast, plan: Plan) -> None:
    client.force_login(cast.radio_operator)
    there = reverse("work:plan-rows", args=[plan.pk])
    assert "Vai trò của bạn chỉ xem" in client.get(there).content.decode()
    answer = client.post(there, sheet(plan, title="Tên khác"))
    assert "chưa được giao quyền" in told(answer)
    assert Plan.objects.get(pk=plan.pk).title == plan.title


def test_a_schedule_is_read_while_it_is_written(clerk: Client) -> None:
    there = reverse("work:schedule-reading")
    assert clerk.get(there, {"q": "Mỗi tháng 01 kỳ", "nam": "2026"}).json() == {
        "words": "mỗi tháng, 12 kỳ, hạn ngày làm việc cuối tháng",
        "is_doubtful": False,
    }
    assert clerk.get(there, {"q": "Quý I/2022", "nam": "2026"}).json()["is_doubtful"]
    for odd in ({"nam": "x"}, {"nam": "٢٠٢٦"}, {"nam": "9" * 30, "nhip": "5"}, {"q": "x" * 9000}):
        assert clerk.get(there, odd).status_code == 200


def test_a_plan_from_nothing_leads_to_its_sheet(clerk: Client, cast: Cast) -> None:
    answer = clerk.post(
        reverse("work:plan-new"), {"unit": cast.commune.pk, "year": "2026", "title": "Tuyên truyền 2026"}
    )
    assert answer.url == reverse("work:plan-rows", args=[Plan.objects.get().pk])
    bad = clerk.post(reverse("work:plan-new"), {"unit": cast.neighbour_commune.pk, "year": "1", "title": ""})
    assert "field--wrong" in bad.content.decode()


def test_the_history_tells_who_changed_what(clerk: Client, plan: Plan) -> None:
    page = clerk.get(reverse("work:plan-history", args=[plan.pk])).content.decode()
    assert "thêm nhiệm vụ 1: “Phát thanh chuyên mục”" in page
    assert "Lập kế hoạch mới" in page


# --- rolling over ---------------------------------------------------------------------------------


def test_rolling_over_leads_to_the_same_confirmation(clerk: Client, plan: Plan) -> None:
    answer = clerk.post(reverse("work:plan-roll-over", args=[plan.pk]), {"year": "2024"}, follow=True)
    page = answer.content.decode()
    assert "Tuyên truyền năm 2024" in page
    assert "lập từ kế hoạch năm trước" in page
    assert "Văn phòng UBND" not in page
    late = clerk.post(reverse("work:plan-roll-over", args=[plan.pk]), {"year": "2023"})
    assert "năm sau" in told(late)


# --- the year and the lists -----------------------------------------------------------------------


def test_the_year_shows_each_state_by_shape_and_word_and_opens_its_evidence(
    clerk: Client, plan: Plan
) -> None:
    page = clerk.get(reverse("work:plan-year", args=[plan.pk])).content.decode()
    task = plan.tasks.get(position=1)
    assert f"task={task.pk}&amp;start=2023-01-01&amp;end=2023-01-31" in page
    assert "shape--gap" in page
    assert "Phát thanh chuyên mục, từ 01/01/2023 đến 31/01/2023, hạn 31/01/2023: quá hạn" in page
    assert "style=" not in page


def test_the_year_is_filtered_by_lead_state_and_month(clerk: Client, plan: Plan) -> None:
    there = reverse("work:plan-year", args=[plan.pk])
    lead = clerk.get(there, {"lead": "Phòng Văn hóa – Xã hội"}).content.decode()
    assert "Cuộc thi tìm hiểu" in lead
    assert "Niêm yết thủ tục" not in lead
    october = clerk.get(there, {"month": "10", "state": "late"}).context
    assert {task.task.text for task, _times in october["rows"]} >= {"Phát thanh chuyên mục"}
    assert "Không có nhiệm vụ nào khớp" in clerk.get(there, {"state": "done"}).content.decode()
    for odd in ({"month": "13"}, {"state": "x"}, {"lead": "không có"}):
        assert clerk.get(there, odd).status_code == 200


def test_tasks_of_a_plan_are_found_without_marks(clerk: Client, plan: Plan) -> None:
    page = clerk.get(reverse("work:plan", args=[plan.pk]), {"q": "niem yet"}).content.decode()
    assert "Niêm yết thủ tục" in page
    assert "Cuộc thi tìm hiểu" not in page
    waiting = clerk.get(reverse("work:plan", args=[plan.pk]), {"standing": "late"}).content.decode()
    assert "Niêm yết thủ tục" in waiting


def test_pages_ask_the_database_a_fixed_number_of_times(
    clerk: Client, cast: Cast, plan: Plan, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for year in range(2005, 2023):
        other = actions.start_plan(unit=cast.commune, year=year, title=f"Năm {year}", by=None, at=cast.now)
        actions.edit_plan(
            plan=other,
            version=1,
            title=other.title,
            bases=[],
            rows=[Row(f"Việc {at}", schedule_text="Hằng tháng") for at in range(4)],
            by=None,
            at=cast.now,
        )
    for there, most in (
        (reverse("work:plans"), 40),
        (reverse("work:plans-file"), 40),
        (reverse("work:plan", args=[plan.pk]), 40),
        (reverse("work:plan-rows", args=[plan.pk]), 40),
        (reverse("work:plan-year", args=[plan.pk]), 40),
        (reverse("work:plan-history", args=[plan.pk]), 40),
    ):
        with django_assert_max_num_queries(most):
            assert clerk.get(there).status_code == 200


# --- files ----------------------------------------------------------------------------------------


def test_the_word_file_reads_back_as_the_plan(clerk: Client, plan: Plan) -> None:
    answer = clerk.get(reverse("work:plan-file", args=[plan.pk, "docx"]))
    assert "ke-hoach-2023-xa-ben-truc.docx" in answer.headers["Content-Disposition"]
    document = read(answer.content, "a.docx")
    assert document.tasks == queries.printed_document(plan).tasks
    assert (document.subject, document.period, document.symbol) == (plan.title, "2023", "KH-UBND")
    assert document.references[0].number == "9"


def test_an_imported_plan_keeps_its_own_text_in_the_word_file(
    clerk: Client, cast: Cast, draft: PlanDraft
) -> None:
    actions.decide_draft(
        draft=draft,
        said={"rows.1.schedule_text": "Quý I/2023", "duties.0": "Tổng hợp báo cáo trước 10/12/2023"},
        by=cast.culture_officer,
        at=timezone.now(),
    )
    plan = actions.confirm_draft(draft=draft, by=cast.culture_officer, at=timezone.now())
    document = read(clerk.get(reverse("work:plan-file", args=[plan.pk, "docx"])).content, "a.docx")
    text = " ".join(getattr(block, "text", "") for block in document.body)
    assert "Để người dân biết và theo dõi kết quả năm 2023." in text
    assert "Tổng hợp báo cáo trước 10/12/2023" in text
    assert "15/12/2023" not in text
    assert [task.schedule.text for task in document.tasks if task.schedule] == [
        "Mỗi tháng 01 kỳ",
        "Quý I/2023",
    ]


def test_the_excel_file_opens_with_a_fixed_head_and_a_page_to_print(clerk: Client, plan: Plan) -> None:
    answer = clerk.get(reverse("work:plan-file", args=[plan.pk, "xlsx"]))
    book = load_workbook(io.BytesIO(answer.content))
    tasks, times = book.worksheets
    assert [tasks.cell(5, column).value for column in (1, 2, 6)] == [
        "1",
        "Phát thanh chuyên mục",
        "Mỗi tháng 01 kỳ",
    ]
    assert (tasks.freeze_panes, tasks.page_setup.orientation, tasks.print_title_rows) == (
        "C5",
        "landscape",
        "$4:$4",
    )
    assert times.max_row == 4 + 12 + 12 + 1
    assert times.cell(5, 6).value.date() == date(2023, 1, 31)


def test_a_cell_never_becomes_a_formula(clerk: Client, cast: Cast, plan: Plan) -> None:
    actions.edit_plan(
        plan=plan,
        version=plan.version,
        title=plan.title,
        bases=[],
        rows=[Row("=HYPERLINK(1)", lead="+84"), *queries.values_of(plan).rows],
        by=cast.culture_officer,
        at=cast.now,
    )
    answer = clerk.get(reverse("work:plan-file", args=[plan.pk, "xlsx"]))
    sheet_ = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet_.cell(5, 2).value == "'=HYPERLINK(1)"
    assert sheet_.cell(5, 2).data_type == "s"


def test_the_pdf_is_one_and_other_forms_are_not_there(clerk: Client, plan: Plan) -> None:
    assert clerk.get(reverse("work:plan-file", args=[plan.pk, "pdf"])).content[:5] == b"%PDF-"
    assert clerk.get(reverse("work:plan-file", args=[plan.pk, "exe"])).status_code == 404


def test_the_list_is_exported_as_it_is_filtered(clerk: Client, plan: Plan, cast: Cast) -> None:
    actions.start_plan(unit=cast.commune, year=2024, title="Chuyển đổi số", by=None, at=cast.now)
    answer = clerk.get(reverse("work:plans-file"), {"q": "tuyen truyen"})
    listed = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert [row[1].value for row in listed.iter_rows(min_row=4)] == [plan.title]
