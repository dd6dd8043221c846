"""Procedures as everyone reads them: the order of a resident's questions, versions, permanent addresses, machines."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now
from lxml import etree
from lxml import html as lxml_html

from dinhlang.org.models import Unit
from dinhlang.portal.catalogue import queries
from dinhlang.portal.catalogue.wording import in_todays_words, todays
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.procedures import actions
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.rules import EventKind, Method
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def site(cast: Cast, settings: Settings, tmp_path: Any) -> None:
    """A site with two procedures since ever, one amended twice (the second time from next week), one abolished."""
    settings.KEPT = tmp_path
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    today = localdate()
    since_ever = [
        Change(code, EventKind.ANNOUNCE, sheet, since_ever=True)
        for code, sheet in (("1.001193", BIRTH), ("1.000894", MARRIAGE), ("1.004222", SHOP))
    ]
    _apply(cast.commune, since_ever)
    dearer = replace(BIRTH, fees="10.000 đồng; miễn cho hộ nghèo")
    slower = replace(dearer, sets="02 bộ")
    _apply(
        cast.commune,
        [
            Change("1.001193", EventKind.AMEND, dearer, today - timedelta(days=3)),
            Change("1.004222", EventKind.ABOLISH, None, today - timedelta(days=3), "1.000894"),
        ],
        DecisionGiven("12/QĐ-UBND", today - timedelta(days=9)),
    )
    _apply(
        cast.commune,
        [Change("1.001193", EventKind.AMEND, slower, today + timedelta(days=7))],
        DecisionGiven("20/QĐ-UBND", today - timedelta(days=1)),
    )


def _apply(unit: Unit, changes: list[Change], decision: DecisionGiven | None = None) -> None:
    actions.apply_changes(unit=unit, changes=changes, decision=decision, by=None, at=now())


def parsed(client: Client, address: str, status: int = 200) -> lxml_html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    assert len(answer.content) < 60_000
    page = lxml_html.document_fromstring(answer.content)
    assert not page.xpath("//*[@style] | //style | //script[not(@src) and @type!='application/ld+json']")
    return page


def said(page: lxml_html.HtmlElement, path: str) -> str:
    return " ".join(page.xpath(f"string({path})").split())


def test_a_procedure_answers_in_the_order_of_a_residents_questions(site: None, client: Client) -> None:
    page = parsed(client, "/ben-truc/thu-tuc/1.001193/")
    assert said(page, "//h1") == BIRTH.name
    headings = [" ".join(one.split()) for one in page.xpath("//article//h2/text()")]
    day = localdate() - timedelta(days=3)
    assert headings == [
        f"Điểm mới từ ngày {day.day}/{day.month}/{day.year}",
        "Ai được làm",
        "Cần mang giấy tờ gì",
        "Nộp ở đâu, cách nào, bao lâu",
        "Phí, lệ phí",
        "Nhận được gì",
        "Cơ quan và căn cứ pháp lý",
        "Bản này",
    ]
    assert "10.000 đồng; miễn cho hộ nghèo" in said(page, "//section[@aria-labelledby='phi']")
    assert "Giấy chứng sinh (1 bản chính)" in said(page, "//ul[@class='bring']")
    assert "01 ngày làm việc" in said(page, "//table")
    assert page.xpath("//a[contains(@class, 'act--main')]/@href") == ["https://dichvucong.gov.vn/"]
    assert "Số lượng hồ sơ" in said(page, "//div[@role='note']")
    assert "12/QĐ-UBND" in said(page, "//aside")
    assert "Các bản trước" in said(page, "//aside")
    assert page.xpath("//figure[@class='code']/*[local-name()='svg']")
    [service] = [
        node
        for node in json.loads(page.xpath("string(//script[@type='application/ld+json'])"))["@graph"]
        if node["@type"] == "GovernmentService"
    ]
    assert {
        "name",
        "description",
        "url",
        "identifier",
        "serviceType",
        "provider",
        "serviceOperator",
        "jurisdiction",
        "areaServed",
        "audience",
        "availableChannel",
        "offers",
        "serviceOutput",
        "subjectOf",
    } <= service.keys()
    assert service["availableChannel"][0]["processingTime"]
    paper = parsed(client, "/ben-truc/thu-tuc/1.001193/giay-to/")
    assert "Giấy chứng sinh" in said(paper, "//article")
    assert not paper.xpath("//article//a")


def test_every_way_of_writing_a_code_leads_to_the_one_address(site: None, client: Client) -> None:
    for written in ("1.001193.000.00.00.H23", "1.001193-dang-ky-khai-sinh"):
        answer = client.get(f"/ben-truc/en/thu-tuc/{written}/")
        assert (answer.status_code, answer.headers["Location"]) == (301, "/ben-truc/en/thu-tuc/1.001193/")
        answer = client.get(f"/ben-truc/thu-tuc/{written}/giay-to/")
        assert answer.headers["Location"] == "/ben-truc/thu-tuc/1.001193/giay-to/"
    for unknown in ("9.999999", "9.999999.000.00.00.H23"):
        assert client.get(f"/ben-truc/thu-tuc/{unknown}/", follow=True).status_code == 404
    english = parsed(client, "/ben-truc/en/thu-tuc/1.001193/")
    assert english.xpath("//link[@rel='canonical']/@href")[0].endswith("/ben-truc/thu-tuc/1.001193/")


def test_an_abolished_procedure_stays_with_a_banner_and_its_successor(site: None, client: Client) -> None:
    page = parsed(client, "/ben-truc/thu-tuc/1.004222/")
    note = said(page, "//div[@role='note']")
    assert "đã bị bãi bỏ từ ngày" in note
    assert "12/QĐ-UBND" in note
    assert page.xpath("//div[@role='note']//a/@href") == ["/ben-truc/thu-tuc/1.000894/"]
    assert not page.xpath("//a[contains(@class, 'act')]")
    assert SHOP.name not in said(parsed(client, "/ben-truc/thu-tuc/linh-vuc/ho-tich/"), "//main")


def test_lists_lead_to_procedures_in_two_questions(
    site: None,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    known = registry.now()
    monkeypatch.setattr(registry, "now", lambda: known)
    queries.ids_of(known.by_path["ben-truc"], localdate())
    for address in ("", "linh-vuc/ho-tich/", "viec/sinh-con/?c0=0&c1=1", "danh-sach.csv"):
        with django_assert_max_num_queries(2):
            assert client.get(f"/ben-truc/thu-tuc/{address}").status_code == 200
    for address in ("1.001193/", "1.001193/giay-to/", "1.001193.jsonld", "thay-doi/", "thay-doi.rss"):
        with django_assert_max_num_queries(2):
            assert client.get(f"/ben-truc/thu-tuc/{address}").status_code == 200
    for address in ("", "viec/sinh-con/0-x/", "linh-vuc/ho-tich/", "thu-tuc/1.001193/"):
        with django_assert_max_num_queries(2):
            assert client.get(f"/ben-truc/quay/{address}").status_code == 200
    whole = parsed(client, "/ben-truc/thu-tuc/")
    assert whole.xpath("//ul[contains(@class, 'fields')]//a/@href") == ["/ben-truc/thu-tuc/linh-vuc/ho-tich/"]
    assert "/ben-truc/thu-tuc/viec/sinh-con/" in whole.xpath("//ul[@class='happens']//a/@href")
    event = parsed(client, "/ben-truc/thu-tuc/viec/sinh-con/")
    assert event.xpath("//section//ul[@class='list']//a/@href") == ["/ben-truc/thu-tuc/1.001193/"]
    narrowed = parsed(client, "/ben-truc/thu-tuc/viec/sinh-con/?c0=1&c1=99999999")
    assert not narrowed.xpath("//section//ul[@class='list']//a")
    assert narrowed.xpath("//input[@checked]/@name") == ["c0"]
    for wrong in ("viec/khong-co/", "linh-vuc/khong-co/", "1.00119/"):
        assert client.get(f"/ben-truc/thu-tuc/{wrong}").status_code == 404


def test_changes_are_told_by_day_and_by_feeds(site: None, client: Client) -> None:
    page = parsed(client, "/ben-truc/thu-tuc/thay-doi/")
    assert len(page.xpath("//main/section")) == 2
    assert "sắp có hiệu lực" in said(page, "//main/section")
    answer = client.get("/ben-truc/thu-tuc/thay-doi.rss")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    titles = [one.text for one in etree.fromstring(answer.content).findall("channel/item/title")]
    assert f"{BIRTH.name}: sửa đổi, bổ sung" in titles
    assert len(titles) == 3
    assert (
        client.get("/ben-truc/thu-tuc/thay-doi.atom").headers["ETag"]
        == client.get("/ben-truc/thu-tuc/thay-doi.atom").headers["ETag"]
    )


def test_machines_get_the_same_as_json_ld_and_as_a_table(site: None, client: Client) -> None:
    answer = client.get("/ben-truc/thu-tuc/1.001193.jsonld")
    assert answer.headers["Content-Type"] == "application/ld+json; charset=utf-8"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    service = json.loads(answer.content)
    assert service["dct:identifier"] == "1.001193"
    rows = list(
        csv.reader(StringIO(client.get("/ben-truc/thu-tuc/danh-sach.csv").content.decode("utf-8-sig")))
    )
    assert [row[0] for row in rows[1:]] == ["1.000894", "1.001193"]


def test_the_levels_of_old_are_said_as_they_are_today() -> None:
    assert todays("Trực tuyến mức độ 4") == "Trực tuyến toàn trình"
    assert todays("Dịch vụ công trực tuyến mức 3") == "Dịch vụ công trực tuyến một phần"
    assert todays("trực tuyến mức độ 3, 4") == "trực tuyến một phần, toàn trình"
    assert todays("Mức độ 3 và mức độ 4") == "một phần, toàn trình"
    assert todays("mức phí 40.000 đồng") == "mức phí 40.000 đồng"
    old = replace(BIRTH, methods=(Method(BIRTH.methods[1].channel, "Trực tuyến mức độ 4"),))
    assert in_todays_words(old).methods[0].named == "Trực tuyến toàn trình"
    assert in_todays_words(BIRTH) == BIRTH
