"""Pictures of an old site: found, fetched from nowhere else, made as others are, laid into items with words for them."""

from __future__ import annotations

import threading
import zipfile
from collections.abc import Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.portal.models import Item, OldPicture
from dinhlang.portal.newsroom import actions, fetching
from dinhlang.portal.newsroom.fetching import NotFetched, is_public
from dinhlang.portal.newsroom.rules.old_pictures import Found, Zip, in_cell, in_html, once
from dinhlang.portal.newsroom.rules.old_site import own_host, read
from dinhlang.work.models import Blob
from dinhlang.work.tests.pictures import photo

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from dinhlang.portal.tests.conftest import World

NOW = datetime(2026, 3, 1, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))

FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/">
<channel><title>Trang cũ</title><link>https://www.cu.example/</link>
<item><title>Họp dân thôn Đông</title><link>https://www.cu.example/tin/hop-dan.html</link>
<pubDate>Mon, 15 May 2023 01:00:00 GMT</pubDate><description>Bàn việc làng.</description>
<enclosure url="https://cu.example/anh/bia.jpg" type="image/jpeg" length="1"/>
<media:content url="https://quang-cao.example/x.jpg" medium="image"/>
<content:encoded><![CDATA[<p>Bà con bàn việc.</p><p><img src="/anh/hop.jpg" alt="Bà con ngồi quanh bàn dài"></p>
<img src="../anh/trong.jpg" alt="IMG_2041.jpg"><img src="data:image/png;base64,AAAA"><img>]]></content:encoded></item>
</channel></rss>""".encode()


# --- where they are -------------------------------------------------------------------------------


def test_pictures_are_found_in_the_text_beside_it_and_each_once() -> None:
    [item] = read(FEED, "cu.xml", at=NOW)
    assert [(one.address, one.alternative) for one in item.pictures] == [
        ("https://www.cu.example/anh/hop.jpg", "Bà con ngồi quanh bàn dài"),
        ("https://www.cu.example/anh/trong.jpg", "IMG_2041.jpg"),
        ("https://cu.example/anh/bia.jpg", ""),
        ("https://quang-cao.example/x.jpg", ""),
    ]
    assert (item.host, own_host([item])) == ("cu.example", "cu.example")
    assert "<img" not in item.body


def test_lazy_pictures_and_captions_are_read_and_hostile_addresses_left_out() -> None:
    html = """<figure><img data-src="a.jpg" src="cho.gif"><figcaption>Đường <b>mới</b></figcaption></figure>
    <img src="javascript:alert(1)"><img src="file:///etc/passwd"><img src="http://[x"><img src="//khac.example/b.png">"""
    found = once(in_html(html, "https://cu.example/tin/"))
    assert found == (
        Found("https://cu.example/tin/a.jpg", "", "Đường mới"),
        Found("https://khac.example/b.png"),
    )
    assert [one.address for one in in_cell("a.jpg; anh/b.png\nc.jpg", "")] == ["a.jpg", "anh/b.png", "c.jpg"]
    assert len(once(Found(f"{number}.jpg") for number in range(90))) == 30


# --- fetching -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("203.113.131.1", True),
        ("2405:4800::1", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104 - an address to be refused
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::1", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fc00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", False),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("khong phai", False),
    ],
)
def test_only_the_public_internet_is_asked(address: str, *, is_open: bool) -> None:
    assert is_public(address) is is_open


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("https://khac.example/anh.jpg", "nằm ở trang khác"),
        ("https://cu.example.khac.example/anh.jpg", "nằm ở trang khác"),
        ("https://cu.example@khac.example/anh.jpg", "nằm ở trang khác"),
        ("file:///etc/anh.jpg", "nằm ở trang khác"),
        ("ftp://cu.example/anh.jpg", "nằm ở trang khác"),
        ("https://ai:mat@cu.example/anh.jpg", "địa chỉ không đúng"),
        ("https://cu.example:8443/anh.jpg", "địa chỉ không đúng"),
        ("https://cu.example:http/anh.jpg", "địa chỉ không đúng"),
    ],
)
def test_an_address_of_anything_else_is_not_even_looked_up(address: str, says: str) -> None:
    def never(_host: str, _port: int) -> list[str]:
        raise AssertionError("it was looked up")

    with pytest.raises(NotFetched, match=f"“anh.jpg”.*{says}"):
        fetching.picture(address, host="cu.example", resolve=never)


@pytest.mark.parametrize("found", [["10.0.0.8"], ["203.113.131.1", "127.0.0.1"], []])
def test_a_name_that_leads_inside_is_refused(found: list[str]) -> None:
    with pytest.raises(NotFetched, match=r"“anh.jpg”: địa chỉ dẫn vào mạng nội bộ"):
        fetching.picture("http://cu.example/anh.jpg", host="cu.example", resolve=lambda _host, _port: found)


class OldSite(BaseHTTPRequestHandler):
    """An old site with a picture and traps."""

    def do_GET(self) -> None:
        where = {
            "/chuyen.jpg": "/anh.jpg",
            "/vong.jpg": "/vong.jpg",
            "/ra.jpg": "http://khac.example/anh.jpg",
            "/trong.jpg": "http://169.254.169.254/latest",
        }.get(self.path)
        self.send_response(302 if where else 404 if self.path == "/mat.jpg" else 200)
        if where:
            self.send_header("Location", where)
        if self.path == "/khai-to.jpg":
            self.send_header("Content-Length", str(10**12))
        self.end_headers()
        if self.path == "/to.jpg":
            for _part in range(21 * 16):
                self.wfile.write(b"\0" * 65_536)
        elif self.path == "/cham.jpg":
            for _part in range(40):
                self.wfile.write(b"\0")
                self.wfile.flush()
                threading.Event().wait(0.05)
        elif not where:
            self.wfile.write(self.headers["Host"].encode() + b" " + self.headers.get("Cookie", "").encode())

    def log_message(self, *_given: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def old_site() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), OldSite)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def asked(old_site: int, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Fetches from the old site, which here stands where it may never stand."""
    monkeypatch.setattr(fetching, "_USUAL_PORTS", {"http": old_site})
    monkeypatch.setattr(fetching, "is_public", lambda address: address == "127.0.0.1")

    def fetched(path: str, found: Any = lambda _host, _port: ["127.0.0.1"], seconds: float = 5.0) -> bytes:
        address = f"http://cu.example{path}"
        return fetching.picture(address, host="cu.example", resolve=found, seconds=seconds)

    return fetched


def test_a_picture_is_fetched_and_a_redirect_followed(asked: Any) -> None:
    assert asked("/anh.jpg") == b"cu.example "
    assert asked("/chuyen.jpg") == b"cu.example "


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/vong.jpg", "chuyển hướng quá nhiều"),
        ("/ra.jpg", "nằm ở trang khác"),
        ("/trong.jpg", "nằm ở trang khác"),
        ("/mat.jpg", "trả lời 404"),
        ("/khai-to.jpg", "nặng hơn 20 MB"),
        ("/to.jpg", "nặng hơn 20 MB"),
    ],
)
def test_what_an_old_site_may_try_is_told_by_name(asked: Any, path: str, says: str) -> None:
    with pytest.raises(Refused, match=f"“{path[1:]}”.*{says}"):
        asked(path)


def test_a_site_that_drips_is_left_after_its_time(asked: Any) -> None:
    with pytest.raises(NotFetched, match="quá chậm"):
        asked("/cham.jpg", seconds=0.5)


def test_a_name_that_changes_between_two_questions_is_judged_each_time(asked: Any) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.8"]])
    with pytest.raises(NotFetched, match="mạng nội bộ"):
        asked("/chuyen.jpg", found=lambda _host, _port: next(answers))


# --- a .zip ---------------------------------------------------------------------------------------


def packed(**files: bytes) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


def test_a_picture_is_found_in_a_zip_by_path_or_name() -> None:
    found = Zip(packed(**{"Ảnh/Họp.JPG": b"1", "a/hai.png": b"2", "b/hai.png": b"3"}), "anh.zip")
    assert found.read("ảnh\\họp.jpg") == found.read("https://cu.example/x/h%E1%BB%8Dp.jpg") == b"1"
    assert found.read("b/hai.png") == b"3"
    # Two of one name: which is meant cannot be told.
    assert "hai.png" not in found
    with pytest.raises(Refused, match=r"“khong.jpg” không có trong tệp"):
        found.read("khong.jpg")
    with pytest.raises(Refused, match=r"“to.jpg” nặng hơn 20 MB"):
        Zip(packed(**{"to.jpg": b"\0" * (21 * 1024 * 1024)}), "anh.zip").read("to.jpg")
    for bad in (b"PK\x03\x04 hong", b"", packed(**{f"{number}.jpg": b"" for number in range(5001)})):
        with pytest.raises(Refused, match=r"anh.zip"):
            Zip(bad, "anh.zip")


# --- into the items -------------------------------------------------------------------------------


@pytest.fixture
def officer(world: World, settings: Settings, tmp_path: Any) -> Client:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"
    return world.signed_in("van-hoa", checks_forms=False)


def taken_in(officer: Client, world: World, file: SimpleUploadedFile, **given: Any) -> Any:
    there = reverse("newsroom:import")
    column = world.item.column_id
    shown = officer.post(there, {"file": file, "column": column, **given})
    assert shown.status_code == 200
    return shown, officer.post(there, {"held": shown.context["held"], "fetch": "on"}, follow=True)


def given_by(pictures: dict[str, bytes]) -> Any:
    def fetch(address: str, *, host: str) -> bytes:
        assert host == "cu.example"
        name = address.rpartition("/")[2]
        if name not in pictures:
            raise NotFetched(f"Ảnh “{name}”: trang cũ trả lời 404.")
        return pictures[name]

    return fetch


def take(world: World, **pictures: bytes) -> None:
    while actions.take_old_pictures(at=world.at, fetch=given_by(pictures), breath=0):
        pass


@pytest.mark.django_db
@pytest.mark.integration
def test_pictures_come_along_and_those_without_words_are_asked_for(
    world: World, officer: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shown, answer = taken_in(officer, world, SimpleUploadedFile("cu.xml", FEED))
    assert (shown.context["host"], shown.context["on_host"], shown.context["nowhere_count"]) == (
        "cu.example",
        3,
        1,
    )
    assert answer.redirect_chain[-1][0].startswith(reverse("newsroom:old-pictures"))
    assert answer.headers["Refresh"]
    item = Item.objects.get(imported_from="/tin/hop-dan.html")
    assert item.shown is not None
    assert not item.shown.pictures.exists()
    take(world, **{"hop.jpg": photo(), "trong.jpg": photo(2)})
    item.refresh_from_db()
    # What the old site said already is in; a file's name says nothing.
    [first] = item.shown.pictures.all()
    assert first.alternative == "Bà con ngồi quanh bàn dài"
    assert item.shown.digest
    assert item.draft_id == item.shown_id
    there = reverse("newsroom:old-pictures")
    with django_assert_max_num_queries(30):
        page = officer.get(there).content.decode()
    assert "“bia.jpg”: trang cũ trả lời 404." in page
    [held] = OldPicture.objects.filter(state="held")
    assert officer.get(reverse("newsroom:old-picture", args=[held.pk])).status_code == 200
    answer = officer.post(there, {f"alternative-{held.pk}": "Nhà văn hóa nhìn từ sân"}, follow=True)
    assert "Đã đưa 1 ảnh vào tin." in answer.content.decode()
    item.refresh_from_db()
    assert [one.alternative for one in item.shown.pictures.all()] == [
        "Bà con ngồi quanh bàn dài",
        "Nhà văn hóa nhìn từ sân",
    ]
    assert item.editions.count() == 3
    # To readers nothing of it is a change that is told.
    assert item.shown.change == "minor"


@pytest.mark.django_db
@pytest.mark.integration
def test_what_is_no_picture_is_refused_by_name_and_nothing_of_it_is_stored(
    world: World, officer: Client
) -> None:
    taken_in(officer, world, SimpleUploadedFile("cu.xml", FEED))
    before = Blob.objects.count()
    bomb = (
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x06\x00\x00\x00"
        + b"\0" * 40
    )
    take(
        world,
        **{
            "hop.jpg": b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "trong.jpg": bomb,
            "bia.jpg": b"MZ\x90\x00" + b"\0" * 100,
        },
    )
    rows = OldPicture.objects.all()
    assert {row.state for row in rows} == {"refused"}
    assert all(
        f"“{name}”" in " ".join(row.problem for row in rows) for name in ("hop.jpg", "trong.jpg", "bia.jpg")
    )
    assert Blob.objects.count() == before
    assert not any(row.blob_id for row in rows)


@pytest.mark.django_db
@pytest.mark.integration
def test_a_table_brings_its_pictures_in_a_zip(world: World, officer: Client) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("Tiêu đề", "Nội dung", "Ngày đăng", "Ảnh"))
    sheet.append(("Họp thôn", "Bàn việc.", "20/7/2023", "hop.jpg, khong-co.jpg"))
    made = BytesIO()
    book.save(made)
    archive = SimpleUploadedFile("anh.zip", packed(**{"thu muc/HOP.JPG": photo()}))
    shown, _answer = taken_in(
        officer, world, SimpleUploadedFile("cu.xlsx", made.getvalue()), pictures=archive
    )
    assert (shown.context["packed"], shown.context["on_host"], shown.context["nowhere_count"]) == (1, 0, 1)
    take(world)
    [row] = OldPicture.objects.all()
    assert (row.state, row.archive_id) == ("held", None)
    bad = officer.post(
        reverse("newsroom:import"),
        {
            "file": SimpleUploadedFile("cu.xml", FEED),
            "column": world.item.column_id,
            "pictures": SimpleUploadedFile("anh.zip", b"khong phai"),
        },
    )
    assert "không phải tệp .zip" in bad.content.decode()


@pytest.mark.django_db
@pytest.mark.integration
def test_an_item_that_is_being_changed_keeps_its_pictures_waiting(world: World, officer: Client) -> None:
    taken_in(officer, world, SimpleUploadedFile("cu.xml", FEED))
    take(world, **{"trong.jpg": photo()})
    held = OldPicture.objects.get(state="held")
    item = Item.objects.get(pk=held.item_id)
    people = world.people
    actions.revise(item=item, change="minor", note="", by=people["van-hoa"], at=world.at)
    words = {held.pk: "Sân đình"}
    assert not actions.describe_old_pictures(
        unit=world.commune, words=words, by=people["van-hoa"], at=world.at
    )
    actions.drop(item=item, by=people["van-hoa"], at=world.at)
    with pytest.raises(NotAllowed):
        actions.describe_old_pictures(
            unit=world.commune, words=words, by=people["cong-tac-vien"], at=world.at
        )
    assert (
        actions.describe_old_pictures(unit=world.commune, words=words, by=people["van-hoa"], at=world.at) == 1
    )
    answer = officer.get(reverse("newsroom:old-pictures")).content.decode()
    assert "chờ mô tả" not in answer
