"""What only machines ask for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from lxml import etree

from dinhlang.portal.models import Column
from dinhlang.portal.newsroom import actions
from dinhlang.portal.sites.actions import make_site, set_host
from dinhlang.portal.tests.newsroom_cast import published

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOST = "bentruc.example.vn"
MAP = {"m": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def test_the_map_names_every_page_with_when_it_last_changed(
    cast: Cast, client: Client, settings: Settings, tmp_path: Any
) -> None:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    column = Column.objects.filter(unit=cast.commune).earliest("pk")
    item = published(cast, column=column)
    answer = client.get("/ben-truc/sitemap.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    tree = etree.fromstring(answer.content)
    found = {
        one.findtext("m:loc", namespaces=MAP): one.findtext("m:lastmod", namespaces=MAP)
        for one in tree.findall("m:url", MAP)
    }
    there = next(one for one in found if one and one.endswith(f"/{item.slug}/"))
    assert found[there] == cast.now.isoformat()
    assert all(one and one.startswith("http") for one in found)
    assert client.get(there).status_code == 200
    index = client.get("/sitemap.xml").content.decode()
    assert "/ben-truc/sitemap.xml</loc>" in index
    actions.withdraw(item=item, reason="Cũ", by=cast.culture_officer, at=cast.now + timedelta(hours=1))
    assert there not in client.get("/ben-truc/sitemap.xml").content.decode()


def test_robots_and_finders_of_weak_spots_are_told_where_to_turn(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    assert client.get("/.well-known/security.txt").status_code == 404
    site = make_site(
        unit=cast.commune, path="ben-truc", by=None, at=cast.now, words={"email": "xa@ben-truc.example"}
    )
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /ban-lam-viec/" in robots
    assert robots.rstrip().endswith("/sitemap.xml")
    set_host(site=site, host=HOST, is_main=True, by=None, at=cast.now)
    assert (
        f"Sitemap: http://{HOST}/sitemap.xml"
        in client.get("/robots.txt", headers={"host": HOST}).content.decode()
    )
    assert f"http://{HOST}/</loc>" in client.get("/sitemap.xml", headers={"host": HOST}).content.decode()
    said = dict(
        line.split(": ", 1)
        for line in client.get("/.well-known/security.txt", headers={"host": HOST})
        .content.decode()
        .splitlines()
    )
    assert said["Contact"] == "mailto:xa@ben-truc.example"
    assert said["Canonical"] == f"http://{HOST}/.well-known/security.txt"
    expires = datetime.fromisoformat(said["Expires"])
    assert timedelta(days=90) < expires - datetime.now(UTC) < timedelta(days=365)
