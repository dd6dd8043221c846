"""Where the installation's own address leads."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils.timezone import localdate
from lxml import html as lxml_html

from dinhlang.org.models import Unit
from dinhlang.portal.models import Site
from dinhlang.portal.sites.actions import make_site, set_host

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Any) -> None:
    settings.KEPT = tmp_path / "kept"
    settings.PUBLIC_URL = "http://dinhlang.example"


def stands(unit: Unit, cast: Cast) -> Site:
    return make_site(unit=unit, path=unit.pk, by=None, at=cast.now)


def leads(client: Client) -> str:
    answer = client.get("/")
    assert answer.status_code == 302
    return str(answer["Location"])


def test_without_a_public_face_the_address_leads_to_the_desk(cast: Cast, client: Client) -> None:
    assert leads(client) == "/ban-lam-viec/"


def test_a_visitor_comes_to_the_only_site_and_people_of_the_house_to_their_desk(
    cast: Cast, client: Client
) -> None:
    site = stands(cast.commune, cast)
    assert leads(client) == "/ben-truc/"
    page = lxml_html.document_fromstring(client.get("/ben-truc/").content)
    assert "/dang-nhap/" in page.xpath("//footer//a/@href")
    set_host(site=site, host="bentruc.example.vn", is_main=True, by=None, at=cast.now)
    assert leads(client) == "http://bentruc.example.vn/"
    client.force_login(cast.culture_officer)
    assert leads(client) == "/ban-lam-viec/"


def test_sites_side_by_side_are_listed_and_a_province_stands_before_its_communes(
    cast: Cast, client: Client
) -> None:
    stands(cast.commune, cast)
    stands(cast.neighbour_commune, cast)
    answer = client.get("/")
    assert answer.status_code == 200
    page = lxml_html.document_fromstring(answer.content)
    assert page.xpath("//main//a/@href") == ["/ben-dua/", "/ben-truc/"]
    stands(Unit.objects.get(pk="tinh-mau"), cast)
    assert leads(client) == "/tinh-mau/"


def test_a_unit_that_is_no_more_does_not_receive_visitors(cast: Cast, client: Client) -> None:
    stands(cast.commune, cast)
    stands(cast.neighbour_commune, cast)
    Unit.objects.filter(pk=cast.neighbour_commune.pk).update(ends_on=localdate() - timedelta(days=1))
    assert leads(client) == "/ben-truc/"


def test_nothing_is_sent_to_the_door(client: Client) -> None:
    assert client.post("/").status_code == 405
