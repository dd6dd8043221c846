"""The demonstration's site looks alive, and leaves the ledger as it was."""

from __future__ import annotations

import time
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html as lxml_html

from dinhlang.broadcast.channels import actions as channels
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.portal.demo.actions import load_demo
from dinhlang.portal.demo.channels import load_channels
from dinhlang.portal.demo.drawings import DRAWINGS, drawn
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.queries import digest_of
from dinhlang.portal.sites.actions import make_site
from dinhlang.work.actions.demo import load_demo as load_work
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_the_demonstration_publishes_forty_items_once_and_counts_nothing(
    cast: Cast, client: Client, settings: Settings, tmp_path: Any
) -> None:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"
    at = timezone.now()
    make_site(unit=cast.commune, path="ben-truc", by=None, at=at)
    load_work(at=at)
    lines = Activity.objects.count()
    began = time.process_time()
    load_demo(at=at)
    assert time.process_time() - began < 5
    load_demo(at=at)
    items = Item.objects.filter(unit=cast.commune, shown__isnull=False).select_related("shown")
    assert 38 <= len(items) <= 42
    assert Activity.objects.count() == lines
    counted = [item for item in items if item.line_id]
    assert {item.shown.title for item in counted} == {item.line.title for item in counted}  # type: ignore[union-attr]
    assert len(counted) >= 1 or timezone.localdate(at).month == 1
    assert all(item.shown.digest == digest_of(item.shown) for item in items[:3])  # type: ignore[union-attr]
    assert {item.kind for item in items} == set(Item.Kind.values) - {"audio"}
    for item in items[:3]:
        assert client.get(f"/ben-truc/tin/{item.column.slug}/{item.slug}/").status_code == 200  # type: ignore[union-attr]

    for _ in range(2):
        load_channels(at=at)
    assert Channel.objects.filter(unit=cast.commune).count() == 4
    states = set(Delivery.objects.values_list("state", flat=True))
    assert states == {"published", "failed", "waiting", "to-copy", "withdrawn"}
    assert Activity.objects.count() == lines
    # Nobody is ever called for a channel that was made up.
    assert channels.turn(at=at) + channels.check_channels(at=at) + channels.read_figures(at=at) == 0


def test_a_province_leads_to_its_communes_and_each_tells_its_own(
    cast: Cast, client: Client, settings: Settings, tmp_path: Any
) -> None:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"
    at = timezone.now()
    make_site(unit=cast.commune, path="ben-truc", by=None, at=at)
    for _ in range(2):
        load_demo(at=at)
    there = client.get("/")
    assert (there.status_code, there["Location"]) == (302, "/tinh-mau/")
    home = lxml_html.document_fromstring(client.get("/tinh-mau/").content)
    assert home.xpath("//ul[@class='communes']//a/@href") == ["/ben-dua/", "/ben-truc/"]
    for path, told in (("tinh-mau", 3), ("ben-dua", 5)):
        items = Item.objects.filter(unit__site__path=path, shown__isnull=False).select_related("column")
        assert len(items) == told
        for item in items:
            assert item.column is not None
            answer = client.get(f"/{path}/tin/{item.column.slug}/{item.slug}/")
            assert answer.status_code == 200
            assert "không có thật" in answer.content.decode()


def test_drawings_are_small_and_the_same_each_time() -> None:
    from PIL import Image

    for name in DRAWINGS:
        data = drawn(name)
        assert data == drawn(name)
        assert len(data) < 60_000
        with Image.open(BytesIO(data)) as picture:
            assert picture.size == (1200, 800)
