"""Drafting, issuing and following a report, on a small ledger of the fictional commune."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dinhlang.officialdoc.model import Paragraph, Role, Table
from dinhlang.officialdoc.write.sidecar import extract
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, queries, render, rules
from dinhlang.reports.approval.actions import load_demo
from dinhlang.reports.models import Outline, RegisterEntry, Report
from dinhlang.work.actions import load_demo as load_demo_work
from dinhlang.work.actions import record_activity, reverse_activity
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Activity
from dinhlang.work.rules import Count, LinkEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

H1 = Period.parse("2023-H1")
Record = Callable[..., Activity]


@pytest.fixture
def record(cast: Any) -> Record:
    """Write a line into the commune's ledger, with a link that shows it."""

    def write(kind: str, day: date, title: str = "", **measures: int | Count) -> Activity:
        return record_activity(
            unit=cast.commune,
            kind=kind,
            happened_on=day,
            title=title or f"Hoạt động ngày {day}",
            measures=measures,
            evidence=[LinkEvidence(f"https://bentruc.example/{kind}/{day}")],
            by=cast.culture_officer,
            at=cast.now,
        )

    return write


@pytest.fixture
def some_work(record: Record) -> None:
    """Three articles and two broadcasts within the first half of 2023, and one of each outside it."""
    record("website", date(2022, 12, 14), articles=1)
    record("website", date(2022, 12, 15), articles=1)
    record("website", date(2023, 3, 3), articles=2)
    record("radio", date(2023, 4, 4), broadcasts=Count(1500, "hơn"))
    record("radio", date(2023, 6, 14), broadcasts=2000)
    record("radio", date(2023, 6, 15), broadcasts=7)


@pytest.fixture
def draft(cast: Any, some_work: None) -> Report:
    return actions.draft_report(unit=cast.commune, period=H1, by=cast.culture_officer, at=cast.now)


def text_of(report: Report) -> str:
    lines = []
    for block in render.document_of(report).body:
        if isinstance(block, Table):
            lines += [" | ".join(row) for row in (block.header, *block.rows)]
        else:
            mark = f"{block.number} " if block.number else ""
            lines.append(mark + block.text)
    return "\n".join(lines)


def figures(report: Report) -> dict[str, Any]:
    return {figure.anchor: figure for figure in report.figures.all()}


# --- drafting -------------------------------------------------------------------------------------


def test_a_draft_counts_the_window_of_the_regime_not_the_calendar(draft: Report) -> None:
    found = figures(draft)
    assert (draft.window_from, draft.window_to) == (date(2022, 12, 15), date(2023, 6, 14))
    assert found["articles"].value == 3
    assert found["articles"].printed == "3"
    assert found["broadcasts"].printed == "hơn 3.500"
    assert "từ ngày 15 tháng 12 năm 2022 đến hết ngày 14 tháng 6 năm 2023" in text_of(draft)


def test_each_figure_of_the_text_is_a_row_and_each_row_is_in_the_text(draft: Report) -> None:
    body = render.document_of(draft).body
    anchors = [run.fact for block in body if isinstance(block, Paragraph) for run in block.runs if run.fact]
    tables = [block for block in body if isinstance(block, Table)]
    for figure in draft.figures.all():
        if figure.cell:
            table, row, column = figure.cell
            printed = (tables[table].header, *tables[table].rows)[row][column]
        else:
            assert figure.anchor in anchors
            printed = figure.printed
        assert printed == figure.printed
    assert len(anchors) == draft.figures.filter(cell__isnull=True).count() > 0


def test_no_number_stands_in_the_prose_without_an_anchor(draft: Report) -> None:
    """Dates, the period and numbers of headings apart, a digit in the text is a figure."""
    for block in render.document_of(draft).body:
        if not isinstance(block, Paragraph) or block.role is Role.HEADING:
            continue
        plain = "".join(run.text for run in block.runs if run.fact is None)
        plain = re.sub(r"ngày \d+ tháng \d+ năm \d+|6 tháng (đầu|cuối) năm \d+|năm \d{4}", "", plain)
        assert not re.search(r"\d", plain), plain


def test_without_a_plan_the_report_is_drafted_and_says_what_is_missing(draft: Report) -> None:
    told = [one["message"] for one in draft.missing]
    assert any(message.startswith("Chưa có kế hoạch năm 2023") for message in told)
    assert any("“Đề xuất, kiến nghị”" in message for message in told)
    assert "KIẾN NGHỊ" not in text_of(draft).upper()


def test_a_figure_nobody_can_show_is_a_gap_never_a_zero(cast: Any) -> None:
    empty = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert "đã thực hiện … tin, bài" in text_of(empty)
    figure = figures(empty)["articles"]
    assert figure.value is None
    assert {"concept": "articles", "message": CONCEPTS["articles"].missing} in empty.missing


def test_a_zero_that_was_counted_is_a_zero(cast: Any, record: Record) -> None:
    record("website", date(2023, 3, 3), articles=0)
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert "đã thực hiện 0 tin, bài" in text_of(report)


def test_the_same_period_of_the_year_before_is_set_beside_it(cast: Any, record: Record) -> None:
    record("website", date(2022, 3, 3), articles=2)
    record("website", date(2023, 3, 3), articles=3)
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    text = text_of(report)
    assert "đã thực hiện 3 tin, bài về CCHC, tăng 50% so với cùng kỳ năm trước." in text
    assert "| Kỳ này | Cùng kỳ năm trước | So với cùng kỳ" in text
    assert "tin, bài | 3 | 2 | tăng 50%" in text
    same = figures(report)["articles_same"]
    assert (same.window_from, same.window_to) == (date(2021, 12, 15), date(2022, 6, 14))


def test_drafting_again_replaces_the_draft(cast: Any, draft: Report, record: Record) -> None:
    record("website", date(2023, 5, 5), articles=4)
    again = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert again.pk == draft.pk
    assert figures(again)["articles"].value == 7
    assert Report.objects.count() == 1


def test_a_reversed_line_is_not_counted(cast: Any, record: Record) -> None:
    line = record("website", date(2023, 3, 3), articles=3)
    record("website", date(2023, 3, 4), articles=1)
    reverse_activity(activity=line, reason="Ghi nhầm", by=cast.culture_officer, at=cast.now)
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert figures(report)["articles"].value == 1
    assert figures(report)["lines_website"].value == 1


def test_a_period_that_has_not_begun_is_refused(cast: Any) -> None:
    with pytest.raises(rules.NoWindow, match="chưa tới"):
        actions.draft_report(unit=cast.commune, period=Period.parse("2024"), by=None, at=cast.now)


def test_a_period_still_running_is_counted_to_today_and_says_so(cast: Any, record: Record) -> None:
    record("website", cast.today, articles=1)
    report = actions.draft_report(unit=cast.commune, period=Period.parse("2023"), by=None, at=cast.now)
    assert report.window_to == cast.today
    assert report.missing[0]["message"].startswith("Kỳ chưa kết thúc")


def test_a_neighbour_drafts_nothing_and_sees_nothing(cast: Any, draft: Report) -> None:
    with pytest.raises(NotAllowed):
        actions.draft_report(unit=cast.commune, period=H1, by=cast.neighbour, at=cast.now)
    assert not queries.reports_for(cast.neighbour, cast.today).exists()
    assert list(queries.reports_for(cast.chair, cast.today)) == [draft]
    assert list(queries.reports_for(cast.reviewer, cast.today)) == [draft]
    with pytest.raises(NotAllowed):
        actions.issue_report(report=draft, on=cast.today, by=cast.neighbour, at=cast.now)


def test_the_commune_edits_its_outline_and_older_versions_stay(cast: Any, some_work: None) -> None:
    text = queries.outline_text(cast.commune, cast.now.date()).replace("Hình thức tuyên truyền", "Cách làm")
    text = text.replace("%% Viết từng đề xuất", "- Đề nghị Sở Nội vụ mở lớp tập huấn.\n%% Viết từng đề xuất")
    first = actions.save_outline(unit=cast.commune, text=text, by=cast.office_clerk, at=cast.now)
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert report.outline == first
    assert "- Đề nghị Sở Nội vụ mở lớp tập huấn." in text_of(report)
    assert [one.text for one in render.document_of(report).proposals] == [
        "Đề nghị Sở Nội vụ mở lớp tập huấn."
    ]
    assert actions.save_outline(unit=cast.commune, text=text, by=None, at=cast.now) == first
    second = actions.save_outline(unit=cast.commune, text=text + "%% thêm\n", by=None, at=cast.now)
    assert (first.version, second.version) == (1, 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outline.objects.filter(pk=first.pk).update(text="khác")


def test_a_broken_outline_is_not_kept(cast: Any) -> None:
    with pytest.raises(Refused, match=r"dòng \d+"):
        actions.save_outline(
            unit=cast.commune,
            text=queries.default_outline() + "\n{{ figure('la') }}",
            by=None,
            at=cast.now,
        )
    assert not Outline.objects.filter(unit=cast.commune).exists()


# --- files ----------------------------------------------------------------------------------------


def test_the_word_file_has_a_bookmark_around_each_figure_and_the_ledger_inside(draft: Report) -> None:
    package = render.docx(draft)
    document = zipfile.ZipFile(io.BytesIO(package)).read("word/document.xml").decode()
    names = re.findall(r'<w:bookmarkStart[^>]*w:name="fact_([^"]+)"', document)
    assert sorted(names) == sorted(figures(draft))
    numbers = re.findall(r'<w:bookmarkStart[^>]*w:id="(\d+)"', document)
    assert len(numbers) == len(set(numbers)) == document.count("<w:bookmarkEnd")
    ledger = extract(package)
    assert ledger is not None
    import json

    kept = {figure["anchor"]: figure for figure in json.loads(ledger)["figures"]}
    assert kept["articles"]["value"] == 3
    assert kept["articles"]["bookmark"] == "fact_articles"
    assert kept["articles"]["digest"] == figures(draft)["articles"].digest


def test_json_opens_every_figure_down_to_its_evidence(draft: Report) -> None:
    given = queries.as_json(draft)
    articles = next(figure for figure in given["figures"] if figure["anchor"] == "articles")
    assert [line["date"] for line in articles["evidence"]] == ["2022-12-15", "2023-03-03"]
    assert articles["evidence"][0]["evidence"][0]["url"].startswith("https://bentruc.example/")
    assert len(articles["evidence"][0]["hash"]) == 64
    assert articles["facts"] == [
        {"concept": "articles", "value": 3, "lines": 2, "digest": articles["digest"]}
    ]


def test_the_pdf_is_made(draft: Report) -> None:
    assert render.pdf(draft).startswith(b"%PDF-")


# --- issuing --------------------------------------------------------------------------------------


def test_issuing_takes_the_next_number_and_closes_everything(cast: Any, draft: Report) -> None:
    issued = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    issued.refresh_from_db()
    assert (issued.status, issued.number, issued.issued_on) == ("issued", 1, cast.today)
    document = render.document_of(issued)
    assert document.number == "01"
    assert document.date is not None
    assert (document.date.day, document.date.month) == (cast.today.day, cast.today.month)
    entry = RegisterEntry.objects.get()
    assert (entry.unit, entry.year, entry.number, entry.report) == (cast.commune, 2023, 1, issued)
    assert {"id", "hash"} == set(figures(issued)["articles"].evidence[0])
    assert render.docx(issued).startswith(b"PK")


def test_the_database_refuses_any_change_to_an_issued_report(cast: Any, draft: Report) -> None:
    issued = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    changes: list[Callable[[], object]] = [
        lambda: Report.objects.filter(pk=issued.pk).update(subject="khác"),
        lambda: Report.objects.filter(pk=issued.pk).update(status="draft"),
        lambda: issued.figures.update(value=99),
        lambda: issued.figures.all().delete(),
        lambda: RegisterEntry.objects.update(number=9),
        lambda: RegisterEntry.objects.all().delete(),
    ]
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_report_is_issued_once(cast: Any, draft: Report) -> None:
    actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    with pytest.raises(rules.CannotIssue, match="số 01/BC-UBND"):
        actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    again = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    assert again.pk != draft.pk
    with pytest.raises(rules.CannotIssue, match="đã có báo cáo số 01/BC-UBND"):
        actions.issue_report(report=again, on=cast.today, by=None, at=cast.now)
    assert RegisterEntry.objects.count() == 1


def test_numbers_and_dates_of_the_register_rise_together(cast: Any, draft: Report) -> None:
    actions.issue_report(report=draft, on=date(2023, 7, 10), by=None, at=cast.now)
    quarter = actions.draft_report(unit=cast.commune, period=Period.parse("2023-Q1"), by=None, at=cast.now)
    with pytest.raises(rules.CannotIssue, match="Văn bản số 01 đã ghi ngày 10/7/2023"):
        actions.issue_report(report=quarter, on=date(2023, 7, 9), by=None, at=cast.now)
    issued = actions.issue_report(report=quarter, on=date(2023, 7, 10), by=None, at=cast.now)
    assert issued.number == 2


@pytest.mark.parametrize(("days", "told"), [(1, "chưa tới"), (-40, "không thể ghi ngày")])
def test_a_report_carries_no_day_to_come_and_none_before_its_figures(
    cast: Any, draft: Report, days: int, told: str
) -> None:
    with pytest.raises(rules.CannotIssue, match=told):
        actions.issue_report(report=draft, on=cast.today + timedelta(days=days), by=None, at=cast.now)
    draft.refresh_from_db()
    assert draft.number is None


def test_a_draft_the_ledger_has_left_behind_is_not_issued(cast: Any, draft: Report, record: Record) -> None:
    record("website", date(2023, 5, 5), articles=1)
    with pytest.raises(rules.CannotIssue, match="3 → 4"):
        actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    assert not RegisterEntry.objects.exists()


def test_a_later_change_of_the_ledger_shows_as_drift_and_changes_nothing(
    cast: Any, draft: Report, record: Record
) -> None:
    issued = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    assert queries.drift(issued) == []
    before = render.docx(issued)
    late = record("website", date(2023, 5, 5), articles=1)
    gone = Activity.objects.get(happened_on=date(2023, 3, 3))
    reverse_activity(activity=gone, reason="Trùng", by=cast.culture_officer, at=cast.now)
    changed = {one.figure.anchor: one for one in queries.drift(issued)}
    assert (changed["articles"].old, changed["articles"].now) == (3, 2)
    assert changed["articles"].added == (late.pk,)
    assert changed["articles"].removed == (gone.pk,)
    assert "3 → 2" in changed["articles"].sentence
    assert render.docx(issued) == before
    given = queries.as_json(issued)
    articles = next(figure for figure in given["figures"] if figure["anchor"] == "articles")
    assert [line["id"] for line in articles["evidence"]][-1] == gone.pk


def test_a_change_that_keeps_the_total_still_shows(cast: Any, draft: Report, record: Record) -> None:
    issued = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    gone = Activity.objects.get(happened_on=date(2023, 3, 3))
    reverse_activity(activity=gone, reason="Sai ngày", by=cast.culture_officer, at=cast.now)
    record("website", date(2023, 3, 5), articles=2)
    changed = {one.figure.anchor: one for one in queries.drift(issued)}
    assert (changed["articles"].old, changed["articles"].now) == (3, 3)


def test_time_of_issue_is_told_never_read(cast: Any, draft: Report) -> None:
    at = datetime(2023, 7, 19, 8, 0, tzinfo=cast.now.tzinfo)
    issued = actions.issue_report(report=draft, on=date(2023, 7, 18), by=None, at=at)
    assert (issued.issued_at, issued.issued_on) == (at, date(2023, 7, 18))


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (5, [("2023", "draft"), ("2023-Q1", "draft")]),
        (7, [("2023", "draft"), ("2023-H1", "issued"), ("2023-Q1", "draft")]),
        (
            11,
            [
                ("2023", "draft"),
                ("2023-9M", "draft"),
                ("2023-H1", "issued"),
                ("2023-Q1", "draft"),
                ("2023-Q3", "draft"),
            ],
        ),
    ],
)
def test_the_demonstration_has_the_reports_of_the_year_so_far(
    cast: Any, month: int, expected: list[tuple[str, str]]
) -> None:
    at = cast.now.replace(month=month)
    load_demo_work(at=at)
    load_demo(at=at)
    load_demo(at=at)
    assert list(Report.objects.order_by("period").values_list("period", "status")) == expected


def test_lines_without_evidence_are_told_figure_by_figure(cast: Any, record: Record) -> None:
    record("radio", date(2023, 4, 4), broadcasts=4)
    for day in (5, 6):
        record_activity(
            unit=cast.commune,
            kind="radio",
            happened_on=date(2023, 4, day),
            title="Phát thanh",
            measures={"broadcasts": 1},
            by=cast.culture_officer,
            at=cast.now,
        )
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    told = [one["message"] for one in report.missing if one["concept"] == "broadcasts"]
    assert told == [
        "Lượt phát thanh: 2 trên 3 dòng sổ chưa có minh chứng. Bổ sung minh chứng trong sổ theo dõi."
    ]


def test_a_figure_that_stands_twice_drifts_once_and_an_earlier_one_says_its_days(
    cast: Any, record: Record
) -> None:
    record("website", date(2022, 3, 3), articles=2)
    record("website", date(2023, 3, 3), articles=3)
    report = actions.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    record("website", date(2022, 3, 4), articles=1)
    record("website", date(2023, 3, 4), articles=1)
    told = [one.sentence for one in queries.drift(report)]
    assert [line for line in told if line.startswith("Tin, bài")] == [
        "Tin, bài về cải cách hành chính: 3 → 4",
        "Tin, bài về cải cách hành chính, 15/12/2021 – 14/6/2022: 2 → 3",
    ]


def test_drift_reads_each_window_once(
    cast: Any, draft: Report, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    with django_assert_max_num_queries(6):
        queries.drift(draft)
