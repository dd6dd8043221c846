"""The draft made from a real plan and a small ledger, word for word.

To accept a change on purpose, look at the difference, then write the new text into the golden file.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from dinhlang.archive.actions import import_document
from dinhlang.officialdoc.model import Table
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, queries, render, rules
from dinhlang.reports.models import Report
from dinhlang.work.actions import amend_plan, import_plan, record_activity
from dinhlang.work.models import Plan
from dinhlang.work.rules import Count, LinkEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

GOLDEN = Path(__file__).parent / "golden" / "nam-trung-2023-H1.txt"
PLAN = next((Path(__file__).parents[4] / "../shared/seeds").resolve().glob("004_*.txt"))
NOON = datetime(2023, 6, 16, 12, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def report(places: None) -> Report:
    """The first half year of a real commune: its plan, and thirteen acts we made up."""
    unit = Unit.objects.get(pk="nam-trung")
    plan = import_plan(unit=unit, data=PLAN.read_bytes(), name=PLAN.name, by=None, at=NOON)
    for month in range(1, 7):
        write(plan, 5, "website", date(2023, month, 3), articles=3)
        write(plan, 5, "radio", date(2023, month, 4), broadcasts=8, broadcast_minutes=120)
    write(plan, 1, "meeting", date(2023, 2, 20), meetings=1, attendees=22)
    write(plan, 3, "posting", date(2023, 3, 1), procedures_posted=145)
    write(plan, None, "guidance", date(2023, 5, 5), guidance=Count(800, "hơn"))
    return actions.draft_report(unit=unit, period=Period.parse("2023-H1"), by=None, at=NOON)


def write(plan: Plan, position: int | None, kind: str, day: date, **measures: int | Count) -> None:
    record_activity(
        unit=plan.unit,
        kind=kind,
        happened_on=day,
        title=f"Hoạt động mẫu ngày {day:%d/%m}",
        measures=measures,
        task=plan.tasks.get(position=position) if position else None,
        evidence=[LinkEvidence("https://namtrung.example/minh-chung")],
        reform_field="thu-tuc",
        by=None,
        at=NOON,
    )


def printed(report: Report) -> str:
    """The document as plain text, figures in square brackets with their anchors, then what is missing."""
    document = render.document_of(report)
    lines = [document.subject or "", ""]
    for block in document.body:
        if isinstance(block, Table):
            lines += [" | ".join(row) for row in (block.header, *block.rows)]
        else:
            text = "".join(f"[{run.text}]({run.fact})" if run.fact else run.text for run in block.runs)
            lines.append(f"{block.number} {text}" if block.number else text)
    lines += [
        "",
        *(f"→ {one.name}" + (f" ({one.purpose})" if one.purpose else "") for one in document.recipients),
    ]
    lines += ["", *(f"! {one['message']}" for one in report.missing)]
    return "\n".join(lines) + "\n"


def test_the_draft_of_nam_trung_says_what_it_always_said(report: Report) -> None:
    assert printed(report) == GOLDEN.read_text("utf-8")


def test_the_draft_of_nam_trung_fits_on_a_few_pages(report: Report) -> None:
    pages = render.pdf(report).count(b"/Type /Page\n") or render.pdf(report).count(b"/Type/Page/")
    assert pages <= 4


def test_an_old_report_stands_in_for_the_year_before_and_says_so(places: None) -> None:
    path = next(PLAN.parent.glob("003_*.txt"))
    at = NOON.replace(month=12, day=18)
    import_document(data=path.read_bytes(), name=path.name, by=None, at=at)
    unit = Unit.objects.get(pk="phu-thu")
    record_activity(
        unit=unit,
        kind="website",
        happened_on=date(2023, 5, 5),
        title="Thống kê truy cập",
        measures={"visits": 7000},
        evidence=[LinkEvidence("https://phuthu.example/thong-ke")],
        by=None,
        at=at,
    )
    text = printed(actions.draft_report(unit=unit, period=Period.parse("2023"), by=None, at=at))
    assert "Tin, bài về cải cách hành chính | tin, bài | … | 108 (*) | …" in text
    assert "Lượt truy cập trang thông tin điện tử | lượt | 7.000 | 6.694 (*) | tăng 4,57%" in text
    assert "Lượt người được hướng dẫn trực tiếp | lượt người | … | hơn 3.500 (*) | …" in text
    assert "(*) Theo báo cáo cũ, chưa đối chiếu với sổ theo dõi." in text
    assert "Kỳ trước" not in text
    assert "! Tin, bài về cải cách hành chính kỳ trước" not in text
    assert "! Tin, bài về cải cách hành chính cùng kỳ năm trước (108), theo “003_" in text


LONG_AFTER = datetime(2026, 11, 21, 9, 0, tzinfo=NOON.tzinfo)


@pytest.mark.parametrize(
    ("unit_id", "period", "recipient"),
    [
        ("tai-son", "2023-H1", "Phòng Văn hóa và Thông tin huyện Tứ Kỳ"),
        ("nam-trung", "2023", "Phòng Văn hóa và Thông tin huyện Nam Sách"),
        ("quyet-thang-hai-duong", "2024", "Phòng Văn hóa và Thông tin thành phố Hải Dương"),
        ("phu-thu", "2022", "Phòng Văn hóa và Thông tin thị xã Kinh Môn"),
        ("tran-phu-10633", "2025", "Sở Nội vụ thành phố Hải Phòng"),
        ("tan-ky-11113", "2026-H1", "Sở Nội vụ thành phố Hải Phòng"),
    ],
)
def test_a_report_written_years_later_goes_to_whom_the_unit_reported(
    places: None, unit_id: str, period: str, recipient: str
) -> None:
    unit = Unit.objects.get(pk=unit_id)
    report = actions.draft_report(unit=unit, period=Period.parse(period), by=None, at=LONG_AFTER)
    assert f"→ {recipient} (BC)" in printed(report)
    assert not any("cơ quan nhận" in one["message"] for one in report.missing)


def test_a_unit_that_is_no_more_issues_nothing_today(places: None) -> None:
    unit = Unit.objects.get(pk="nam-trung")
    report = actions.draft_report(unit=unit, period=Period.parse("2024"), by=None, at=LONG_AFTER)
    assert report.window_to == date(2024, 11, 30)
    assert not any(one["message"].startswith("Kỳ chưa kết thúc") for one in report.missing)
    with pytest.raises(rules.CannotIssue, match="Xã Nam Trung đã kết thúc hoạt động từ ngày 01/12/2024"):
        actions.issue_report(report=report, on=LONG_AFTER.date(), by=None, at=LONG_AFTER)
    issued = actions.issue_report(report=report, on=date(2024, 11, 30), by=None, at=LONG_AFTER)
    assert issued.number == 1


def test_what_was_done_before_the_period_stands_behind_the_progress_of_the_plan(places: None) -> None:
    unit = Unit.objects.get(pk="nam-trung")
    plan = import_plan(unit=unit, data=PLAN.read_bytes(), name=PLAN.name, by=None, at=NOON)
    write(plan, 2, "website", date(2023, 2, 1), articles=1)
    at = NOON.replace(month=12, day=18)
    report = actions.draft_report(unit=unit, period=Period.parse("2023-H2"), by=None, at=at)
    issued = actions.issue_report(report=report, on=at.date(), by=None, at=at)
    completed = issued.figures.get(anchor="tasks_completed")
    assert (completed.value, completed.lines) == (1, 1)
    assert len(completed.evidence) == 1
    told = next(one for one in queries.as_json(issued)["figures"] if one["anchor"] == "tasks_completed")
    assert [line["date"] for line in told["evidence"]] == ["2023-02-01"]


@pytest.mark.parametrize("issued", [False, True])
def test_a_figure_of_an_old_report_carries_its_quote(places: None, issued: bool) -> None:
    path = next(PLAN.parent.glob("003_*.txt"))
    at = NOON.replace(month=12, day=18)
    import_document(data=path.read_bytes(), name=path.name, by=None, at=at)
    unit = Unit.objects.get(pk="phu-thu")
    report = actions.draft_report(unit=unit, period=Period.parse("2023"), by=None, at=at)
    if issued:
        report = actions.issue_report(report=report, on=at.date(), by=None, at=at)
    visits = next(one for one in queries.as_json(report)["figures"] if one["anchor"] == "visits_same")
    [quote] = visits["evidence"]
    assert quote["document"] == path.name
    assert "6.694 lượt truy cập" in quote["quote"]
    assert quote["line"] == 42


def test_the_damaged_report_of_2022_stands_beside_2023_and_is_doubted_once(places: None) -> None:
    path = next(PLAN.parent.glob("001_*.txt"))
    at = NOON.replace(month=12, day=18)
    import_document(data=path.read_bytes(), name=path.name, by=None, at=at)
    unit = Unit.objects.get(pk="tai-son")
    text = printed(actions.draft_report(unit=unit, period=Period.parse("2023"), by=None, at=at))
    assert "Tin, bài về cải cách hành chính | tin, bài | … | 48 (*) | …" in text
    assert text.count("Số đọc từ bản quét hỏng") == 1


def test_a_plan_whose_blanks_were_filled_is_cited_in_full(places: None) -> None:
    unit = Unit.objects.get(pk="nam-trung")
    plan = import_plan(unit=unit, data=PLAN.read_bytes(), name=PLAN.name, by=None, at=NOON)
    amend_plan(plan=plan, number="4/KH-UBND", issued_on=date(2023, 2, 8), by=None, at=NOON)
    report = actions.draft_report(unit=unit, period=Period.parse("2023-H1"), by=None, at=NOON)
    text = printed(report)
    assert "Kế hoạch số 04/KH-UBND ngày 08 tháng 02 năm 2023 của UBND xã Nam Trung" in text
    assert "chưa có số, ngày ban hành" not in text
