"""The table of a period as a document: sums first, every unit in the appendix, gaps and silence told."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest

from dinhlang.officialdoc import read, write
from dinhlang.officialdoc.model import Document, Table
from dinhlang.org.models import AuditEntry, Person, Position
from dinhlang.org.rules import Role
from dinhlang.periods.window import Window
from dinhlang.reports.consolidation.sheet import document_of
from dinhlang.reports.consolidation.taking import take
from dinhlang.reports.models import Submission
from dinhlang.reports.tests.children import H1, PROGRAMME, WINDOW, Stated, commune, handed_in, line, owed

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

JOINT = line(7, date(2023, 3, 3), "meeting", "Hội nghị liên xã", 1, "file:aa")
MANY = ("posts", "visits", "reach", "messages", "broadcasts", "leaflets", "banners", "bulletins", "trainings")


@pytest.fixture
def units(cast: Cast) -> None:
    """Four communes: two with figures and a meeting in common, one with nothing, one silent."""
    rows = {letter: owed(commune(f"xa-{letter}", f"Mẫu {letter.upper()}"), cast.now) for letter in "abcd"}
    for letter, articles in (("a", 10), ("b", 30)):
        figures: dict[str, int | Stated] = dict.fromkeys(MANY, 5)
        figures |= {"articles": articles, "meetings": Stated(3, "hơn", evidence=[JOINT])}
        handed_in(rows[letter], figures, cast.now)
    handed_in(rows["c"], {}, cast.now, way=Submission.Way.NIL)


def sheet(cast: Cast, order: str = "") -> Document:
    return document_of(take(cast.province, PROGRAMME, H1, Window(*WINDOW)), order, cast.today)


def tables(document: Document) -> list[Table]:
    return [block for part in document.appendices for block in part.blocks if isinstance(block, Table)]


def test_sums_stand_on_the_first_page_and_units_in_the_appendix(cast: Cast, units: None) -> None:
    document = sheet(cast)
    (sums,) = [block for block in document.body if isinstance(block, Table)]
    assert ("1", "Tin, bài về cải cách hành chính", "tin, bài", "40", "3") in sums.rows
    first, second = tables(document)
    assert len(first.header) == 2 + 7
    assert len(first.header) + len(second.header) - 4 == 11
    by_unit = {row[1]: row[2] for row in first.rows}
    assert by_unit == {
        "Xã Mẫu A": "10",
        "Xã Mẫu B": "30",
        "Xã Mẫu C (không phát sinh)": "0",
        "Xã Mẫu D (chưa nộp)": "…",
        "Trừ phần nhiều đơn vị cùng báo": "",
        "Cộng": "40",
    }
    meetings = first.header.index("Hội nghị, cuộc tuyên truyền trực tiếp (cuộc)")
    assert [row[meetings] for row in first.rows] == ["hơn 3", "hơn 3", "0", "…", "−1", "hơn 5"]
    assert "3/4 xã" in document.body[0].text if not isinstance(document.body[0], Table) else ""


def test_an_order_by_choice_stands_first_with_its_places(cast: Cast, units: None) -> None:
    document = sheet(cast, "articles")
    for table in tables(document):
        assert (table.header[0], table.header[2]) == ("Hạng", "Tin, bài về cải cách hành chính (tin, bài)")
        assert [row[:2] for row in table.rows[:2]] == [("1", "Xã Mẫu B"), ("2", "Xã Mẫu A")]
    assert "chưa xét quy mô" in (document.appendices[0].note or "")


def test_both_files_open_and_say_the_same(cast: Cast, units: None) -> None:
    document = sheet(cast)
    word, printed = write.docx(document), write.pdf(document)
    for data, name in ((word, "b.docx"), (printed, "b.pdf")):
        text = read.read_with_places(data, name).text
        assert "SỐ LIỆU TỔNG HỢP 6 THÁNG ĐẦU NĂM 2023" in " ".join(text.split())
        assert "Mẫu D (chưa nộp)" in " ".join(text.split())
    assert word == write.docx(document)
    assert io.BytesIO(printed).read(5) == b"%PDF-"


def test_the_page_gives_it_and_the_audit_notes_it(cast: Cast, units: None, client: Client) -> None:
    person = Person.objects.create(username="tong-hop", full_name="Đỗ Thị Tổng Hợp")
    Position.objects.create(
        person=person,
        unit=cast.province,
        role=Role.OFFICE_CLERK,
        title="Chuyên viên",
        starts_on=date(2020, 1, 1),
    )
    client.force_login(person)
    asked = urlencode({"unit": cast.province.pk, "programme": PROGRAMME, "period": "2023-H1"})
    for form, start in (("docx", b"PK"), ("pdf", b"%PDF-")):
        answer = client.post(f"/ban-lam-viec/bao-cao/tong-hop/xuat/{form}/?{asked}")
        assert answer.status_code == 200
        assert answer.content.startswith(start)
        assert answer.headers["Content-Disposition"].endswith(f'tong-hop-{PROGRAMME}-2023-H1.{form}"')
    assert AuditEntry.objects.filter(action="report.consolidation-export").count() == 2
    assert client.post(f"/ban-lam-viec/bao-cao/tong-hop/xuat/exe/?{asked}").status_code == 404
