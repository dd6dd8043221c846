"""What of the house is found, and when."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal import kept
from dinhlang.portal.models import Column, Edition, Item, Promoted, SearchChange, Site, Unfound
from dinhlang.portal.search import actions, queries, rules
from dinhlang.portal.search.rules import CannotPromote
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.sites.addresses import Addresses
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.portal.tests.conftest import World
from dinhlang.procedures.actions import Change, apply_changes
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH
from dinhlang.search import Index

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _own_index(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path


@pytest.fixture
def write_item(world: World) -> Callable[..., Item]:
    """Makes an item that is open to all, in a column of the commune."""
    column, _ = Column.objects.get_or_create(
        unit=world.commune, slug="tin-thu", defaults={"name": "Tin thử", "position": 90}
    )

    def write(title: str, body: str = "<p>Nội dung.</p>", **more: object) -> Item:
        number = Item.objects.count()
        item = Item.objects.create(
            unit=world.commune, column=column, slug=f"tin-{number}", made_at=NOW, changed_at=NOW, **more
        )
        item.shown = Edition.objects.create(
            item=item, number=1, title=title, body=body, made_at=NOW, changed_at=NOW
        )
        item.published_at = NOW
        item.save()
        kept.changed(f"item:{item.pk}")
        return item

    return write


@pytest.fixture
def site(world: World) -> SiteNow:
    """The commune's public site."""
    found = Site.objects.filter(unit=world.commune).first()
    made = found or make_site(unit=world.commune, path="ben-truc", by=None, at=NOW)
    return registry.read(world.today).by_pk[made.pk]


def _titles(site: SiteNow, typed: str) -> list[str]:
    return [row.hit.title for row in queries.answer(site, typed, facets={}).rows]


def test_a_published_item_is_found_after_the_worker_followed(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    actions.follow(at=NOW)
    write_item("Lịch tiêm phòng dại cho chó, mèo", "<h2>Thời gian</h2><p>Sáng thứ Bảy, nhà văn hóa.</p>")
    assert "Lịch tiêm phòng dại cho chó, mèo" not in _titles(site, "tiem phong")
    assert actions.follow(at=NOW) == 1
    assert _titles(site, "tiem phong") == ["Lịch tiêm phòng dại cho chó, mèo"]
    assert _titles(site, "NHÀ VĂN HOÁ") == ["Lịch tiêm phòng dại cho chó, mèo"]
    assert actions.follow(at=NOW) == 0


def test_a_withdrawn_item_is_found_no_more(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    item = write_item("Lịch cắt điện")
    actions.follow(at=NOW)
    item.shown, item.withdrawn_at, item.withdrawn_why = None, NOW, "Đăng nhầm."
    item.save()
    kept.changed(f"item:{item.pk}")
    actions.follow(at=NOW)
    assert _titles(site, "cat dien") == []


def test_a_published_report_is_found_by_its_words(world: World, site: SiteNow) -> None:
    actions.follow(at=NOW)
    (row,) = queries.answer(site, "cải cách hành chính", facets={"kind": "report"}).rows
    assert row.hit.id == f"report:{world.publication.report_id}"
    assert any(piece.is_asked for piece in row.excerpt)


def test_a_procedure_is_found_by_what_to_bring_and_by_its_code(world: World, site: SiteNow) -> None:
    change = Change("1.001193", EventKind.ANNOUNCE, BIRTH, since_ever=True)
    apply_changes(unit=world.commune, changes=[change], by=None, at=NOW)
    actions.follow(at=NOW)
    for typed in ("giay chung sinh", "1.001193", "đăng ký khai sinh"):
        assert _titles(site, typed)[0] == "Đăng ký khai sinh"


def test_nothing_of_another_commune_is_found(site: SiteNow, write_item: Callable[..., Item]) -> None:
    write_item("Lịch tiếp công dân")
    actions.follow(at=NOW)
    neighbour = replace(site, unit_id="cau-mong", above="")
    assert _titles(neighbour, "tiep cong dan") == []


def test_without_an_index_everything_is_indexed(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    write_item("Lịch tiếp công dân")
    SearchChange.objects.all().delete()
    actions.follow(at=NOW)
    assert _titles(site, "tiep cong dan") == ["Lịch tiếp công dân"]


def test_asking_for_everything_makes_the_index_anew(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    actions.follow(at=NOW)
    item = write_item("Lịch tiếp công dân")
    SearchChange.objects.all().delete()
    Edition.objects.filter(item=item).update(title="Lịch trực")
    actions.ask_for_everything()
    actions.follow(at=NOW)
    assert _titles(site, "lich truc") == ["Lịch trực"]
    assert not SearchChange.objects.exists()


def test_changes_wait_while_another_process_writes(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    actions.follow(at=NOW)
    write_item("Lịch tiếp công dân")
    writing, done = threading.Event(), threading.Event()

    def held() -> None:
        index = actions.index()
        assert isinstance(index, Index)
        with index._writer(index._folder / (index._current() or "")):
            writing.set()
            done.wait(10)

    other = threading.Thread(target=held)
    other.start()
    writing.wait(10)
    try:
        assert actions.follow(at=NOW) == 0
        assert SearchChange.objects.exists()
    finally:
        done.set()
        other.join()
    assert actions.follow(at=NOW) > 0
    assert _titles(site, "tiep cong dan") == ["Lịch tiếp công dân"]


def test_a_search_server_takes_the_place_of_the_folder(
    world: World, write_item: Callable[..., Item], site: SiteNow, settings: Settings
) -> None:
    from osmem_server import OsmemServer

    write_item("Lịch tiếp công dân")
    with OsmemServer.start(japanese=False) as server:
        settings.SEARCH = f"{server.url}/ben-truc"
        assert actions.follow(at=NOW) > 0
        write_item("Lịch tiêm chủng")
        assert actions.follow(at=NOW) == 1
        assert _titles(site, "tiem chung") == ["Lịch tiêm chủng"]
        assert [hit.title for hit in queries.suggested(site, "lich tiep")] == ["Lịch tiếp công dân"]
    assert not (settings.DATA / "search").exists()


def test_while_the_search_server_is_away_readers_are_told_and_nothing_is_lost(
    world: World, write_item: Callable[..., Item], site: SiteNow, settings: Settings, client: Client
) -> None:
    settings.SEARCH = "http://127.0.0.1:9/ben-truc"
    write_item("Lịch tiếp công dân")
    assert actions.follow(at=NOW) == 0
    assert SearchChange.objects.exists()
    page = client.get(f"{Addresses(site).search}?q=lich+tiep").content.decode()
    assert "Phần tìm kiếm đang được chuẩn bị" in page
    assert not Unfound.objects.exists()


def test_marks_are_shown_on_the_words_as_they_are_written(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    write_item("Thông báo của Ủy ban nhân dân xã", kind="notice")
    actions.follow(at=NOW)
    (row,) = queries.answer(site, "ubnd", facets={"kind": "notice"}).rows
    assert [piece.text for piece in row.title if piece.is_asked] == ["Ủy ban nhân dân"]
    assert "".join(piece.text for piece in row.title) == "Thông báo của Ủy ban nhân dân xã"


def test_pages_hold_ten_and_facets_count_all(
    world: World, write_item: Callable[..., Item], site: SiteNow
) -> None:
    for number in range(12):
        write_item(f"Lớp học nghề số {number}", kind="notice" if number < 5 else "article")
    actions.follow(at=NOW)
    first = queries.answer(site, "hoc nghe", facets={})
    second = queries.answer(site, "hoc nghe", facets={}, page=2)
    assert (len(first.rows), len(second.rows), first.total, first.pages) == (10, 2, 12, 2)
    assert first.facets["kind"] == [("article", 7), ("notice", 5)]
    assert not {row.hit.id for row in first.rows} & {row.hit.id for row in second.rows}


def test_an_answer_costs_one_question_of_the_database(
    world: World,
    write_item: Callable[..., Item],
    django_assert_max_num_queries: DjangoAssertNumQueries,
    site: SiteNow,
) -> None:
    for number in range(3):
        write_item(f"Lớp học nghề số {number}")
    actions.follow(at=NOW)
    with django_assert_max_num_queries(1):
        assert queries.answer(site, "hoc nghe", facets={}).total == 3


# --- questions without an answer ------------------------------------------------------------------


def test_a_question_without_an_answer_is_counted_by_day(world: World) -> None:
    for typed in ("Làm thẻ  thư viện", "làm thẻ thư viện"):
        actions.note_unfound(unit_id=world.commune.pk, typed=typed, at=NOW)
    (kept_one,) = Unfound.objects.all()
    assert (kept_one.words, kept_one.times) == ("làm thẻ thư viện", 2)


@pytest.mark.one_database
@pytest.mark.parametrize(
    "typed",
    ["", "???", "a " * 9, "x" * 200, "0912 345 678", "ông Nguyễn Văn Thử ở thôn Bến", "thu@example.vn"],
)
def test_what_could_name_a_person_is_not_kept(typed: str) -> None:
    assert rules.worth_keeping(typed) == ""


def test_a_robot_fills_no_table(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "MOST_A_DAY", 3)
    for number in range(10):
        actions.note_unfound(unit_id=world.commune.pk, typed=f"từ lạ {number}", at=NOW)
    assert Unfound.objects.count() == 3


def test_old_questions_are_deleted(world: World) -> None:
    actions.note_unfound(unit_id=world.commune.pk, typed="thẻ thư viện", at=NOW - timedelta(days=200))
    actions.note_unfound(unit_id=world.commune.pk, typed="thẻ thư viện", at=NOW)
    actions.forget_old_questions(at=NOW)
    assert Unfound.objects.count() == 1


# --- pages put first ------------------------------------------------------------------------------


def _promote(world: World, by: Person, words: str = "làm giấy khai sinh", at: datetime = NOW) -> Promoted:
    return actions.promote(
        unit=world.commune, words=words, title="Đăng ký khai sinh", target="/thu-tuc/1.001193/", by=by, at=at
    )


def test_a_promoted_page_stands_first_however_the_words_are_written(world: World, site: SiteNow) -> None:
    promoted = _promote(world, world.people["van-hoa"])
    for typed in ("làm giấy khai sinh", "lam giay khai sinh", "LÀM GIẤY KHAI SINH?"):
        assert queries.answer(site, typed, facets={}).promoted == (promoted,)
    assert queries.answer(site, "giấy khai sinh", facets={}).promoted == ()
    actions.demote(promoted=promoted, by=world.people["van-hoa"], at=NOW)
    assert queries.answer(site, "làm giấy khai sinh", facets={}).promoted == ()


def test_a_page_is_promoted_once_for_words(world: World) -> None:
    _promote(world, world.people["van-hoa"])
    with pytest.raises(CannotPromote, match="đã đứng đầu"):
        _promote(world, world.people["van-hoa"], words="Lam giay KHAI SINH")
    with pytest.raises(CannotPromote, match="Chưa có từ"):
        _promote(world, world.people["van-hoa"], words="...")


def test_who_may_not_change_columns_promotes_nothing(world: World) -> None:
    with pytest.raises(NotAllowed):
        _promote(world, world.people["truong-thon"])


# --- the pages ------------------------------------------------------------------------------------


def _page(address: str, **asked: str) -> str:
    return Client().get(address, asked).content.decode()


@pytest.fixture
def address(site: SiteNow, world: World) -> str:
    return Addresses(site).search


def test_the_page_shows_what_was_found_and_narrows_it(write_item: Callable[..., Item], address: str) -> None:
    write_item("Lớp học nghề ở Bến", kind="notice")
    write_item("Khai giảng lớp học nghề")
    actions.follow(at=NOW)
    said = _page(address, q="hoc nghe")
    assert "Có 2 kết quả" in said
    assert "<mark>học nghề</mark>" in said
    assert "Thông báo" in said
    narrowed = _page(address, q="hoc nghe", kind="notice")
    assert "Có 1 kết quả" in narrowed
    assert "Khai giảng" not in narrowed


def test_a_page_without_a_result_says_so_and_remembers_the_question(address: str) -> None:
    actions.follow(at=NOW)
    said = _page(address, q="thẻ thư viện xyzt")
    assert "Không có kết quả cho “thẻ thư viện xyzt”." in said
    assert Unfound.objects.get().words == "thẻ thư viện xyzt"


def test_what_is_asked_is_shown_as_text(address: str) -> None:
    actions.follow(at=NOW)
    said = _page(address, q='<script>alert(1)</script>"')
    assert "<script>alert" not in said
    assert "&lt;script&gt;" in said


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a" * 10_000},
        {"q": "đăng ký " * 2000},
        {"q": 'title:(a OR b) AND NOT "c'},
        {"q": "khai sinh", "trang": "0"},
        {"q": "khai sinh", "trang": "99999999999"},
        {"q": "khai sinh", "trang": "-1"},
        {"q": "khai sinh", "trang": "²"},
        {"q": "khai sinh", "kind": "nothing", "field": "\x00"},
        {"q": "\ud800"},
    ],
)
def test_whatever_is_asked_gets_a_page(address: str, asked: dict[str, str]) -> None:
    actions.follow(at=NOW)
    query = "&".join(f"{name}={quote(value, errors='surrogatepass')}" for name, value in asked.items())
    assert Client().get(f"{address}?{query}").status_code == 200


def test_without_an_index_the_page_says_what_to_do(address: str) -> None:
    assert "đang được chuẩn bị" in _page(address, q="khai sinh")


def test_titles_are_offered_while_one_types(write_item: Callable[..., Item], address: str) -> None:
    item = write_item("Đăng ký học nghề")
    actions.follow(at=NOW)
    offered = Client().get(f"{address}goi-y.json", {"q": "dang ky ho"}).json()
    assert offered == [
        {
            "title": "Đăng ký học nghề",
            "address": f"{address.replace('/tim-kiem/', '')}/tin/tin-thu/{item.slug}/",
        }
    ]


def test_the_desk_puts_a_page_first_and_lets_it_go(world: World, site: SiteNow, address: str) -> None:
    actions.note_unfound(unit_id=world.commune.pk, typed="thẻ thư viện", at=NOW)
    client = world.signed_in("van-hoa", checks_forms=False)
    there = reverse("publications:search")
    assert "thẻ thư viện" in client.get(there).content.decode()
    given = {
        "words": "đường dây nóng",
        "title": "Liên hệ",
        "target": f"http://testserver{Addresses(site).contacts}",
    }
    assert client.post(there, given).status_code == 302
    promoted = Promoted.objects.get()
    assert promoted.target == "/lien-he/"
    assert f'href="{Addresses(site).contacts}">Liên hệ</a>' in _page(address, q="duong day nong")
    client.post(reverse("publications:search-demote", args=[promoted.pk]))
    assert not Promoted.objects.exists()


@pytest.mark.parametrize("target", ["//xau.example/a", "lien-he", "/\\xau.example", ""])
def test_only_a_page_of_the_site_is_put_first(world: World, site: SiteNow, target: str) -> None:
    client = world.signed_in("van-hoa", checks_forms=False)
    given = {"words": "đường dây nóng", "title": "Liên hệ", "target": target}
    assert client.post(reverse("publications:search"), given).status_code == 200
    assert not Promoted.objects.exists()
