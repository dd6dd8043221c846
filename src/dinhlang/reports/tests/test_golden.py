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
from dinhlang.reports import actions, render
from dinhlang.reports.models import Report
from dinhlang.work.actions import import_plan, record_activity
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
    assert "Lượt truy cập trang thông tin điện tử | lượt | 7.000 | 6.694 (*) | tăng 4,6%" in text
    assert "Lượt người được hướng dẫn trực tiếp | lượt người | … | hơn 3.500 (*) | …" in text
    assert "(*) Theo báo cáo năm trước, chưa đối chiếu với sổ theo dõi." in text
    assert "Kỳ trước" not in text
    assert "! Tin, bài về cải cách hành chính cùng kỳ năm trước (108 (*)), theo “003_" in text
