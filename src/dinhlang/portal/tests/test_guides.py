"""Guides on a site: one step a page, the way on and back, a leaflet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from lxml import html

from dinhlang.onestop.support.guides import all_guides
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def _site(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.KEPT = tmp_path / "kept"
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)


def test_whoever_follows_the_way_on_sees_every_step_of_every_guide(client: Client) -> None:
    address, seen = "/ben-truc/huong-dan-so/vneid/", 0
    for _page in range(sum(len(one.steps) + 1 for one in all_guides())):
        answer = client.get(address)
        assert answer.status_code == 200
        page = html.document_fromstring(answer.content)
        drawn = page.xpath("//main//*[local-name()='svg'][@role='img']")
        seen += len(drawn)
        # The drawing stands in the text alone: the head has only what machines read.
        assert not page.xpath("//head//*[local-name()='svg']")
        assert b"og:image" not in answer.content
        [*_others, on] = page.xpath("//a[contains(@class, 'act--main')]/@href")
        address = on
    assert seen == sum(len(one.steps) for one in all_guides())
    assert address == "/ben-truc/huong-dan-so/"


def test_what_is_no_step_is_not_there(client: Client) -> None:
    for rest in ("vneid/0/", "vneid/8/", "khong-co/", "khong-co/1/", "khong-co/to-roi.pdf"):
        assert client.get(f"/ben-truc/huong-dan-so/{rest}").status_code == 404
    assert client.get("/ben-truc/en/huong-dan-so/vneid/to-roi.pdf").status_code == 404


def test_a_leaflet_is_a_pdf_that_is_set_once(client: Client) -> None:
    there = "/ben-truc/huong-dan-so/dang-nhap/to-roi.pdf"
    first = client.get(there)
    assert first["Content-Type"] == "application/pdf"
    assert first.content.startswith(b"%PDF")
    assert client.get(there).content == first.content


def test_the_list_of_procedures_and_the_map_of_the_site_lead_there(client: Client) -> None:
    for place in ("thu-tuc/", "so-do-trang/"):
        assert 'href="/ben-truc/huong-dan-so/"' in client.get(f"/ben-truc/{place}").content.decode()
