"""Pages about what is taken together: the table, a figure down to its lines, what a report counts, acts, files."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from dinhlang.org.models import AuditEntry, Person, Position, Unit
from dinhlang.org.rules import Role
from dinhlang.reports.models import Report, Submission
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.tests.children import H1, PROGRAMME, Stated, commune, handed_in, line, owed

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

QUERY = f"?unit=tinh-mau&programme={PROGRAMME}&period={H1}"
JOINT = line(7, date(2023, 3, 3), "meeting", "Hội nghị liên xã", 1, "file:aa")


@pytest.fixture
def clerk(cast: Cast) -> Person:
    person = Person.objects.create(username="tong-hop", full_name="Đỗ Thị Tổng Hợp")
    Position.objects.create(
        person=person,
        unit=cast.province,
        role=Role.OFFICE_CLERK,
        title="Chuyên viên",
        starts_on=date(2020, 1, 1),
    )
    return person


@pytest.fixture
def units(cast: Cast) -> dict[str, Unit]:
    found = {letter: commune(f"xa-{letter}", f"Mẫu {letter.upper()}") for letter in "abc"}
    rows = {letter: owed(unit, cast.now) for letter, unit in found.items()}
    lines = [line(1, date(2023, 2, 1), "website", "Tin cải cách hành chính", 10)]
    handed_in(
        rows["a"],
        {"articles": Stated(10, evidence=lines), "meetings": Stated(3, evidence=[JOINT])},
        cast.now,
        proposals=["Đề nghị bố trí kinh phí tuyên truyền.", "Đề nghị tổ chức tập huấn nghiệp vụ."],
    )
    handed_in(
        rows["b"],
        {
            "articles": Stated(38, "hơn", changed_from="36"),
            "meetings": Stated(5, evidence=[{**JOINT, "id": 9}]),
        },
        cast.now,
        proposals=["Kiến nghị bố trí thêm kinh phí tuyên truyền."],
    )
    return found


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page(person: Person, name: str, *args: object, query: str = "") -> str:
    answer = client_of(person).get(reverse(f"reports:{name}", args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_table_shows_units_sums_the_missing_and_leads_on(cast: Cast, units: dict[str, Unit]) -> None:
    said = page(cast.reviewer, "consolidation", query=QUERY)
    assert "Tổng hợp từ 2/3 xã; thiếu: xã Mẫu C." in said
    one = Submission.objects.get(obligation__unit="xa-a")
    assert reverse("reports:submitted-figure", args=[one.pk, "articles"]) in said
    assert reverse("reports:consolidated-concept", args=["articles"]) in said
    assert "Hội nghị, cuộc tuyên truyền trực tiếp, 03/3/2023: Xã Mẫu A 1; Xã Mẫu B 1. Tính 1, bớt 1." in said
    assert "Lập dự thảo tổng hợp" not in said


def test_units_are_ranked_only_by_choice(cast: Cast, units: dict[str, Unit]) -> None:
    plain = page(cast.reviewer, "consolidation", query=QUERY)
    assert "Hạng" not in plain
    assert plain.index(">Xã Mẫu A") < plain.index(">Xã Mẫu B")
    ranked = page(cast.reviewer, "consolidation", query=f"{QUERY}&order=articles&chart=articles")
    assert "Hạng" in ranked
    assert ranked.index(">Xã Mẫu B") < ranked.index(">Xã Mẫu A")
    assert "<svg" in ranked


def test_a_sum_opens_to_units_and_a_units_figure_to_its_lines(cast: Cast, units: dict[str, Unit]) -> None:
    said = page(cast.reviewer, "consolidated-concept", "articles", query=QUERY)
    one = Submission.objects.get(obligation__unit="xa-a")
    assert reverse("reports:submitted-figure", args=[one.pk, "articles"]) in said
    assert "hơn 48" in said
    lines = page(cast.reviewer, "submitted-figure", one.pk, "articles")
    assert "Tin cải cách hành chính" in lines
    by_hand = Submission.objects.get(obligation__unit="xa-b")
    assert "36 → hơn 38, không có minh chứng" in page(
        cast.reviewer, "submitted-figure", by_hand.pk, "articles"
    )


def test_strangers_see_neither_the_table_nor_a_figure(cast: Cast, units: dict[str, Unit]) -> None:
    one = Submission.objects.get(obligation__unit="xa-a")
    client = client_of(cast.culture_officer)
    assert client.get(reverse("reports:submitted-figure", args=[one.pk, "articles"])).status_code == 404
    assert client.get(reverse("reports:consolidation") + QUERY).status_code == 404
    assert "Chưa có đơn vị nào phải gửi báo cáo" in page(cast.culture_officer, "consolidation")


def test_the_table_leaves_as_csv_and_xlsx_with_every_concept(cast: Cast, units: dict[str, Unit]) -> None:
    client = client_of(cast.reviewer)
    answer = client.post(reverse("reports:consolidation-export", args=["csv"]) + QUERY)
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.DictReader(io.StringIO(text)))
    articles = next(one for one in lines[0] if one.startswith("Tin, bài"))
    assert [(one["Mã đơn vị"], one["Tình trạng"], one[articles]) for one in lines] == [
        ("xa-a", "đã chấp nhận", "10"),
        ("xa-b", "đã chấp nhận", "hơn 38"),
        ("xa-c", "chưa nộp", ""),
        ("", "tổng hợp", "hơn 48"),
    ]
    book = load_workbook(
        io.BytesIO(client.post(reverse("reports:consolidation-export", args=["xlsx"]) + QUERY).content)
    )
    assert book.active is not None
    assert book.active.max_row == 5
    assert any(isinstance(cell.value, int) for cell in book.active[5]), (
        "sums are numbers, as the figures above them"
    )
    assert AuditEntry.objects.filter(action="report.consolidation-export", unit="tinh-mau").count() == 2


def test_a_draft_is_made_told_of_a_correction_and_takes_it_in(
    cast: Cast, clerk: Person, units: dict[str, Unit]
) -> None:
    client = client_of(clerk)
    client.post(reverse("reports:consolidate") + QUERY)
    report = Report.objects.get(unit="tinh-mau")
    said = page(clerk, "report", report.pk)
    assert "Báo cáo đã tổng hợp" in said
    panel = client.get(
        reverse("reports:figure", args=[report.pk, "articles"]), headers={"HX-Request": "true"}
    )
    assert "2 đơn vị có số liệu" in panel.content.decode()
    assert "Xã Mẫu C" in page(clerk, "figure", report.pk, "units_sent")

    row = Submission.objects.get(obligation__unit="xa-a").obligation
    handed_in(row, {"articles": 12, "meetings": 3}, cast.now)
    told = page(clerk, "report", report.pk)
    assert "bản nộp lần 2 thay bản lần 1" in told
    assert "48 → 50" in told
    client.post(reverse("reports:consolidated-take-in", args=[report.pk]))
    assert "bản nộp lần 2 thay" not in page(clerk, "report", report.pk)
    for form in ("docx", "pdf", "json"):
        assert client.get(reverse("reports:file", args=[report.pk, form])).status_code == 200
    assert client.get(reverse("reports:comparison", args=[report.pk])).status_code == 200


def test_nothing_to_take_together_is_told_on_the_page(cast: Cast, clerk: Person) -> None:
    handed_in(owed(commune("xa-e", "Mẫu E"), cast.now), {"articles": 1}, cast.now, state=State.RECEIVED)
    answer = client_of(clerk).post(reverse("reports:consolidate") + QUERY, follow=True)
    assert "nào được chấp nhận" in answer.content.decode()
    assert "Tổng hợp từ 1/1 xã; chưa được chấp nhận: xã Mẫu E." in page(
        clerk, "consolidation", query=f"{QUERY}&received=on"
    )


def test_proposals_and_events_are_decided_on_the_page(
    cast: Cast, clerk: Person, units: dict[str, Unit]
) -> None:
    client = client_of(clerk)
    client.post(reverse("reports:consolidate") + QUERY)
    report = Report.objects.get(unit="tinh-mau")
    said = page(clerk, "consolidated", report.pk)
    names = [part.split('"')[0] for part in said.split('name="group" value="')[1:]]
    assert len(names) == 2
    client.post(reverse("reports:proposals-join", args=[report.pk]), {"group": names})
    joined = page(clerk, "consolidated", report.pk)
    assert 'name="group"' not in joined
    wording = joined.split('name="name" value="')[1].split('"')[0]
    client.post(reverse("reports:proposal-part", args=[report.pk]), {"name": wording})
    assert 'name="group"' in page(clerk, "consolidated", report.pk)
    key = "2023-03-03:meeting:file:aa"
    client.post(reverse("reports:events-tell-apart", args=[report.pk]), {"key": [key], "apart": "1"})
    assert report.figures.get(anchor="meetings").printed == "8"


def test_the_table_asks_a_number_of_questions_that_units_do_not_raise(
    cast: Cast, units: dict[str, Unit], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(12):
        row = owed(commune(f"xa-n{number}", f"Mẫu N{number}"), cast.now)
        handed_in(row, {"articles": number}, cast.now, proposals=["Đề nghị bố trí kinh phí tuyên truyền."])
    client = client_of(cast.reviewer)
    with django_assert_max_num_queries(45):
        client.get(reverse("reports:consolidation") + QUERY)
