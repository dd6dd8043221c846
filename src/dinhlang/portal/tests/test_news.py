"""News as everyone reads them: articles, columns, feeds, pictures."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from lxml import etree
from lxml import html as lxml_html

from dinhlang.portal.models import Column, Edition, Item, Site
from dinhlang.portal.news import kept, pictures, queries
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.search import sources
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.tests.newsroom_cast import WORDS, published, written
from dinhlang.work.models import ReformField
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MP3 = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 8


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Any) -> None:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"


@pytest.fixture
def site(cast: Cast) -> Site:
    found = make_site(
        unit=cast.commune, path="ben-truc", by=None, at=cast.now, words={"email": "xa@ben-truc.example"}
    )
    for number, name in enumerate(("Cột một", "Cột hai")):
        Column.objects.get_or_create(
            unit=cast.commune, slug=f"cot-{number}", defaults={"name": name, "position": 90 + number}
        )
    return found


@pytest.fixture
def column(cast: Cast, site: Site) -> Column:
    return Column.objects.get(unit=cast.commune, slug="cot-0")


def told(page: lxml_html.HtmlElement) -> dict[str, dict[str, Any]]:
    """The nodes of a page's linked data by their type."""
    said = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    return {node["@type"]: node for node in said["@graph"]}


def parsed(client: Client, address: str, status: int = 200) -> lxml_html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    assert not lxml_html.document_fromstring(answer.content).xpath(
        "//*[@style] | //style | //script[not(@src) and @type!='application/ld+json']"
    )
    assert len(answer.content) < 60_000
    return lxml_html.document_fromstring(answer.content)


def with_everything(cast: Cast, column: Column) -> Item:
    """A published article with a picture and a cited document."""
    body = "Mở đầu.\n\n## Cần gì\n\n| Giấy | Số bản |\n|---|---|\n| Căn cước | 1 |"
    item = written(cast, replace(WORDS, body=from_text(body)), column=column)
    actions.add_picture(
        item=item,
        data=photo(size=(1400, 900)),
        name="hop-dan.jpg",
        alternative="Bà con họp ở đình làng",
        caption="Buổi họp tháng này",
        credit="Ngọc Lan",
        by=cast.contributor,
        at=cast.now,
    )
    actions.add_document(
        item=item,
        title="Kế hoạch tuyên truyền",
        symbol="05/KH-UBND",
        issued_on=cast.today,
        data=b"Noi dung",
        name="ke-hoach.txt",
        by=cast.contributor,
        at=cast.now,
    )
    item = actions.submit(item=item, by=cast.contributor, at=cast.now)
    item = actions.pass_on(item=item, by=cast.culture_officer, at=cast.now)
    item = actions.approve(item=item, by=cast.chair, at=cast.now)
    return actions.publish_item(item=item, by=cast.culture_officer, at=cast.now)


def test_an_article_shows_all_of_its_edition(cast: Cast, client: Client, column: Column) -> None:
    item = with_everything(cast, column)
    where = f"/ben-truc/tin/cot-0/{item.slug}/"
    page = parsed(client, where)
    assert page.xpath("string(//h1)") == WORDS.title
    assert "Thứ Năm, 20/7/2023" in page.xpath("string(//p[@class='article__when'])")
    assert "Cải cách thủ tục hành chính" in page.xpath("string(//p[@class='article__when'])")
    [image] = page.xpath("//figure//img")
    assert image.get("alt") == "Bà con họp ở đình làng"
    assert [choice.split()[1] for choice in image.get("srcset").split(", ")] == ["480w", "960w", "1400w"]
    assert "Ảnh: Ngọc Lan" in page.xpath("string(//figcaption)")
    assert page.xpath("//div[@class='wide'][@tabindex='0']/table")
    [cited] = page.xpath("//ul[@class='cited']//a/@href")
    assert client.get(cited).headers["Content-Disposition"].startswith("attachment")
    assert page.xpath("//a[contains(., 'Báo lỗi nội dung')]/@href")[0].startswith(
        "mailto:xa@ben-truc.example"
    )
    said = told(page)
    article = said["NewsArticle"]
    assert {
        "headline",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
        "image",
        "mainEntityOfPage",
        "articleSection",
        "inLanguage",
        "isAccessibleForFree",
    } <= article.keys()
    assert article["datePublished"].endswith("+07:00")
    assert article["publisher"]["logo"]["url"].startswith("http")
    assert said["Legislation"]["legislationIdentifier"] == "05/KH-UBND"
    assert [one["position"] for one in said["BreadcrumbList"]["itemListElement"]] == [1, 2, 3, 4]
    assert page.xpath("//meta[@property='og:image']/@content")[0].endswith("/chia-se.jpg")
    assert page.xpath("//meta[@property='og:type']/@content") == ["article"]
    # An English frame around the same Vietnamese words: the Vietnamese page is the one that is kept by others.
    english = parsed(client, f"/ben-truc/en/tin/cot-0/{item.slug}/")
    assert english.xpath("//link[@rel='canonical']/@href") == page.xpath("//link[@rel='canonical']/@href")
    assert english.xpath("//article/@lang") == ["vi"]
    moved = client.get(f"/ben-truc/tin/cot-1/{item.slug}/")
    assert (moved.status_code, moved.headers["Location"]) == (301, where)
    parsed(client, "/ben-truc/tin/cot-0/khong-co/", 404)


def test_a_picture_is_light_and_gone_with_what_it_belongs_to(
    cast: Cast, client: Client, column: Column
) -> None:
    from PIL import Image

    item = with_everything(cast, column)
    assert item.shown is not None
    sha256 = item.shown.pictures.get().blob_id
    for name, size in pictures.SIZES.items():
        answer = client.get(f"/ben-truc/hinh/{sha256}/{name}")
        assert answer.status_code == 200
        assert len(answer.content) <= size.bytes
        with Image.open(BytesIO(answer.content)) as drawn:
            assert drawn.width == min(size.width, 1400) if not size.height else drawn.size == (1200, 630)
    again = client.get(
        f"/ben-truc/hinh/{sha256}/480.webp", headers={"if-none-match": f'"{sha256[:16]}-480.webp"'}
    )
    assert again.status_code == 304
    assert client.get(f"/ben-truc/hinh/{sha256}/999.webp").status_code == 404
    make_site(unit=cast.neighbour_commune, path="ben-dua", by=None, at=cast.now)
    assert client.get(f"/ben-dua/hinh/{sha256}/480.webp").status_code == 404
    cited = item.shown.documents.get().pk
    actions.withdraw(item=item, reason="Nội dung đã cũ", by=cast.culture_officer, at=cast.now)
    for address in (f"/ben-truc/hinh/{sha256}/480.webp", f"/ben-truc/tep/{cited}/"):
        assert client.get(address).status_code == 404
    page = parsed(client, f"/ben-truc/tin/cot-0/{item.slug}/")
    assert "Nội dung đã cũ" in page.text_content()
    assert "Mở đầu." not in page.text_content()
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]


def test_what_was_published_in_error_is_gone_with_its_title(
    cast: Cast, client: Client, column: Column
) -> None:
    item = with_everything(cast, column)
    address = f"/ben-truc/tin/cot-0/{item.slug}/"
    actions.withdraw(
        item=item, reason="Nhầm bản chưa duyệt", in_error=True, by=cast.culture_officer, at=cast.now
    )
    for there in (address, address.replace("/tin/", "/en/tin/")):
        page = parsed(client, there, 410)
        assert "Nhầm bản chưa duyệt" in page.text_content()
        assert WORDS.title not in etree.tostring(page, encoding="unicode")
        assert not page.xpath("//link[@rel='canonical']")
    item.refresh_from_db()
    assert item.withdrawn_in_error
    for elsewhere in ("", "tin/", "chuyen-muc/cot-0/", "nhat-ky.rss", "nhat-ky.atom", "sitemap.xml"):
        said = client.get(f"/ben-truc/{elsewhere}").content.decode()
        assert item.slug not in said, elsewhere
        assert WORDS.title not in said, elsewhere
    assert client.get(f"/ben-truc/api/v1/items/{item.slug}").status_code == 410
    assert f"item:{item.pk}" not in {one.id for one in sources.everything(cast.today)}
    found = sources.tagged([f"item:{item.pk}"], cast.today)
    # The index is told to forget it.
    assert (list(found.documents), list(found.ids)) == ([], [f"item:{item.pk}"])
    # Mended and published again, it is there as any other.
    at = cast.now + timedelta(hours=1)
    item = actions.revise(item=item, change="correction", note="Bản đã duyệt", by=cast.culture_officer, at=at)
    item = actions.pass_on(item=item, by=cast.culture_officer, at=at)
    item = actions.approve(item=item, by=cast.chair, at=at)
    actions.publish_item(item=item, by=cast.culture_officer, at=at)
    assert client.get(address).status_code == 200


def test_a_correction_stands_above_the_text_and_in_its_history(
    cast: Cast, client: Client, column: Column
) -> None:
    item = published(cast, column=column)
    for change, note in (("minor", ""), ("correction", "Số điện thoại đúng là 0900 000 001.")):
        later = cast.now + timedelta(days=2)
        item = actions.revise(item=item, change=change, note=note, by=cast.culture_officer, at=later)
        item = actions.pass_on(item=item, by=cast.culture_officer, at=later)
        item = actions.approve(item=item, by=cast.chair, at=later)
        item = actions.publish_item(item=item, by=cast.culture_officer, at=later)
        page = parsed(client, f"/ben-truc/tin/cot-0/{item.slug}/")
        assert bool(page.xpath("//div[@class='note']")) == (change == "correction")
        entry = etree.fromstring(client.get("/ben-truc/nhat-ky.atom").content).find("a:entry", ATOM)
        assert entry is not None
        assert entry.findtext("a:published", namespaces=ATOM) == cast.now.isoformat()
        updated = cast.now if change == "minor" else later
        assert entry.findtext("a:updated", namespaces=ATOM) == updated.isoformat()
    assert "Đính chính ngày 22/7/2023" in page.xpath("string(//div[@class='note'])")
    assert "22/7/2023: đính chính" in " ".join(page.xpath("string(//section[@class='changes'])").split())


def test_questions_events_and_recordings_show_what_they_are(
    cast: Cast, client: Client, column: Column
) -> None:
    asked = published(
        cast,
        words=replace(WORDS, title="Hỏi về hộ chiếu", question="Tôi nộp ở đâu?"),
        column=column,
        kind="question",
    )
    said = told(parsed(client, f"/ben-truc/tin/cot-0/{asked.slug}/"))["QAPage"]["mainEntity"]
    assert said["text"] == "Tôi nộp ở đâu?"
    assert "Người dân mở cổng" in said["acceptedAnswer"]["text"]
    assert "author" not in said
    starts = cast.now + timedelta(days=3)
    event = published(
        cast,
        words=replace(WORDS, title="Đối thoại với dân", starts_at=starts, place="Đình làng"),
        column=column,
        kind="event",
    )
    page = parsed(client, f"/ben-truc/tin/cot-0/{event.slug}/")
    assert {"name", "startDate", "location", "organizer", "url"} <= told(page)["Event"].keys()
    [there] = page.xpath("//a[contains(@href, 'lich.ics')]/@href")
    calendar = client.get(there)
    assert calendar.headers["Content-Type"].startswith("text/calendar")
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20230723T090000" in calendar.content
    assert client.get(f"/ben-truc/tin/cot-0/{asked.slug}/lich.ics").status_code == 404

    item = written(cast, replace(WORDS, title="Bản tin truyền thanh"), column=column, kind="audio")
    actions.set_recording(item=item, data=MP3, name="ban-tin.mp3", by=cast.contributor, at=cast.now)
    item = actions.submit(item=item, by=cast.contributor, at=cast.now)
    item = actions.pass_on(item=item, by=cast.culture_officer, at=cast.now)
    item = actions.approve(item=item, by=cast.chair, at=cast.now)
    item = actions.publish_item(item=item, by=cast.culture_officer, at=cast.now)
    page = parsed(client, f"/ben-truc/tin/cot-0/{item.slug}/")
    [there] = page.xpath("//audio/@src")
    assert "Nội dung bằng chữ" in page.text_content()
    for span, status, length in (
        ("", 200, len(MP3)),
        ("bytes=0-9", 206, 10),
        ("bytes=-5", 206, 5),
        ("bytes=9999-", 416, 0),
    ):
        answer = client.get(there, headers={"range": span} if span else {})
        assert (answer.status_code, len(answer.content)) == (status, length)
        assert answer.headers["Accept-Ranges"] == "bytes"


def test_a_month_begins_at_midnight_here(cast: Cast, column: Column) -> None:
    for minute in (16 * 60 + 59, 17 * 60):
        item = published(cast, column=column)
        at = datetime(2023, 7, 31, *divmod(minute, 60), tzinfo=UTC)
        Item.objects.filter(pk=item.pk).update(published_at=at)
    site = registry.now().by_path["ben-truc"]
    assert queries.months(site, column.pk) == [(date(2023, 8, 1), 1), (date(2023, 7, 1), 1)]


def test_lists_are_by_column_and_month_in_two_questions(
    cast: Cast,
    client: Client,
    column: Column,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    first = published(cast, column=column)
    more = [
        actions.publish_emergency(
            item=written(cast, replace(WORDS, title=f"Tin số {number}"), column=column, field=""),
            reason="Thử",
            by=cast.culture_officer,
            at=cast.now + timedelta(days=20, minutes=number),
        )
        for number in range(queries.PER_PAGE + 1)
    ]
    known = registry.now()
    monkeypatch.setattr(registry, "now", lambda: known)
    for address in (
        "/ben-truc/tin/",
        "/ben-truc/tin/?linh-vuc=thu-tuc&trang=1",
        "/ben-truc/chuyen-muc/cot-0/",
    ):
        with django_assert_num_queries(2):
            client.get(address)
    page = parsed(client, "/ben-truc/chuyen-muc/cot-0/")
    titles = page.xpath("//ul[contains(@class, 'lines-of-news')]//a/text()")
    assert len(titles) == queries.PER_PAGE
    assert titles[0] == more[-1].shown.title  # type: ignore[union-attr]  # it is shown
    [older] = page.xpath("//a[@rel='next']/@href")
    assert WORDS.title in parsed(client, older).text_content()
    assert page.xpath("//nav[@aria-labelledby='theo-thang']//a/@href") == [
        "/ben-truc/chuyen-muc/cot-0/2023-08/",
        "/ben-truc/chuyen-muc/cot-0/2023-07/",
    ]
    july = parsed(client, "/ben-truc/chuyen-muc/cot-0/2023-07/")
    assert july.xpath("//ul[contains(@class, 'lines-of-news')]//a/text()") == [WORDS.title]
    for wrong in ("2022-01", "2023-13", "lung-tung"):
        assert client.get(f"/ben-truc/chuyen-muc/cot-0/{wrong}/").status_code == 404
    narrowed = parsed(client, "/ben-truc/tin/?linh-vuc=thu-tuc&thang=2023-07&trang=x&loai=../..")
    assert narrowed.xpath("//ul[contains(@class, 'lines-of-news')]//a/@href") == [
        f"/ben-truc/tin/cot-0/{first.slug}/"
    ]
    assert "chưa có tin nào" in parsed(client, "/ben-truc/chuyen-muc/cot-1/").text_content()
    # The page of one item: itself, its pictures and documents, its history, its neighbours.
    with django_assert_num_queries(2):
        client.get(f"/ben-truc/tin/cot-0/{first.slug}/")
    middle = parsed(client, f"/ben-truc/tin/cot-0/{more[3].slug}/")
    assert middle.xpath("//nav[contains(@class, 'turn')]/a/@href") == [
        f"/ben-truc/tin/cot-0/{more[2].slug}/",
        f"/ben-truc/tin/cot-0/{more[4].slug}/",
    ]
    home = parsed(client, "/ben-truc/")
    assert more[-1].shown.title in home.xpath("string(//div[@class='first'])")  # type: ignore[union-attr]


def test_feeds_keep_what_readers_of_feeds_rely_on(cast: Cast, client: Client, column: Column) -> None:
    item = published(cast, column=column)
    answer = client.get("/ben-truc/nhat-ky.rss")
    assert answer.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    rss = etree.fromstring(answer.content)
    assert rss.get("version") == "2.0"
    assert rss.findtext("channel/language") == "vi"
    own = rss.find("channel/a:link", ATOM)
    assert own is not None
    assert own.get("rel") == "self"
    assert (own.get("href") or "").endswith("/ben-truc/nhat-ky.rss")
    [entry] = rss.findall("channel/item")
    assert parsedate_to_datetime(entry.findtext("pubDate") or "").utcoffset() == timedelta(hours=7)
    assert (entry.findtext("link") or "").endswith(f"/ben-truc/tin/cot-0/{item.slug}/")
    guid = entry.findtext("guid") or ""
    assert guid.startswith("urn:uuid:")
    assert entry.find("guid").get("isPermaLink") == "false"  # type: ignore[union-attr]

    assert (
        client.get("/ben-truc/nhat-ky.rss", headers={"if-none-match": answer.headers["ETag"]}).status_code
        == 304
    )

    # A new slug and a new column: the same entry.
    item.slug, item.column = "ten-khac", Column.objects.get(unit=cast.commune, slug="cot-1")
    item.save()
    moved = client.get("/ben-truc/chuyen-muc/cot-1/nhat-ky.atom")
    assert moved.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    atom = etree.fromstring(moved.content)
    assert atom.get("{http://www.w3.org/XML/1998/namespace}lang") == "vi"
    assert atom.findtext("a:entry/a:id", namespaces=ATOM) == guid
    assert not etree.fromstring(client.get("/ben-truc/chuyen-muc/cot-0/nhat-ky.rss").content).findall(
        "channel/item"
    )
    assert client.get("/ben-truc/chuyen-muc/khong-co/nhat-ky.rss").status_code == 404
    page = parsed(client, "/ben-truc/chuyen-muc/cot-1/")
    offered = page.xpath("//link[@rel='alternate'][@type]/@href")
    assert [sum(one.endswith(name) for one in offered) for name in (".atom", "nhat-ky.rss", "podcast.rss")] == [
        2, 2, 2
    ]  # fmt: skip


def test_a_field_of_reform_has_a_feed_of_its_own_once_something_is_told_of_it(
    cast: Cast, client: Client, column: Column
) -> None:
    item = published(cast, column=column)
    assert item.field
    there = f"/ben-truc/tin/linh-vuc/{item.field}/nhat-ky.atom"
    atom = etree.fromstring(client.get(there).content)
    assert len(atom.findall("a:entry", ATOM)) == 1
    assert there in parsed(client, "/ben-truc/so-do-trang/").xpath("//main//a/@href")
    assert there in list(kept.addresses(registry.now().by_path["ben-truc"]))
    other = next(one for one in ReformField.values if one != item.field)
    empty = client.get(f"/ben-truc/tin/linh-vuc/{other}/nhat-ky.rss")
    assert b"<item>" not in empty.content
    assert client.get("/ben-truc/tin/linh-vuc/khong-co/nhat-ky.rss").status_code == 404


def test_what_was_changed_last_comes_up_again_in_a_feed_of_many(
    cast: Cast, column: Column, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = published(cast, column=column)
    for number in range(4):
        actions.publish_emergency(
            item=written(cast, replace(WORDS, title=f"Tin số {number}"), column=column, field=""),
            reason="Thử",
            by=cast.culture_officer,
            at=cast.now + timedelta(days=20, minutes=number),
        )
    site = registry.now().by_path["ben-truc"]
    monkeypatch.setattr(queries, "IN_A_FEED", 3)
    assert first.pk not in {item.pk for item, _at in queries.for_feed(site, queries.Asked())}
    changed_at = cast.now + timedelta(days=40)
    for change, comes in (("minor", False), ("major", True)):
        Edition.objects.create(
            item=first,
            number=2 + comes,
            title="Sửa",
            change=change,
            note="Nói thêm" if comes else "",
            made_at=changed_at,
            changed_at=changed_at,
            published_at=changed_at,
            digest="0" * 64,
        )
        found = queries.for_feed(site, queries.Asked())
        assert len(found) == 3
        assert (found[0][0].pk == first.pk) is comes
        assert [at for _item, at in found] == sorted((at for _item, at in found), reverse=True)
