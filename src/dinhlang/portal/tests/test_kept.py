"""Public pages kept as files: what a change touches is rendered anew, and nothing else has to be asked for a reader."""

from __future__ import annotations

import gzip
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import OperationalError, connection, transaction
from django.test import Client, TestCase, override_settings
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from pytest_django import DjangoCaptureOnCommitCallbacks

from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.portal.catalogue import kept as procedures
from dinhlang.portal.columns.actions import add_column, change_column
from dinhlang.portal.kept import changed, refreshing, remembered
from dinhlang.portal.kept.rendering import render
from dinhlang.portal.kept.serving import Kept
from dinhlang.portal.kept.store import OWN, Store, Target, can_be_kept
from dinhlang.portal.models import Column, Item, KeptChange, OpenPlan, Publication, Site
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.papers import actions as papers
from dinhlang.portal.public.actions import publish_report, withdraw_report
from dinhlang.portal.sites import actions, looks, registry
from dinhlang.procedures import actions as procedure_actions
from dinhlang.procedures import queries
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.models import Procedure
from dinhlang.procedures.rules import EventKind, Sheet
from dinhlang.procedures.tests.sheets import BIRTH
from dinhlang.work import actions as work
from dinhlang.work.actions import reverse_activity
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOST = "bentruc.example.vn"


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Store:
    settings.KEPT = tmp_path / "kept"
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    return refreshing.store()


@pytest.fixture(scope="module")
def _all_pages(
    _world_of_the_module: World, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("all-pages") / "kept"
    with django_db_blocker.unblock(), override_settings(KEPT=folder), transaction.atomic():
        refreshing.rebuild()
        transaction.set_rollback(True)
    return folder


@pytest.fixture
def rebuilt(_all_pages: Path, world: World, kept: Store) -> Path:
    """All pages of the world, as `refreshing.rebuild()` leaves them: rendered once for the module. Gives their folder."""
    shutil.copytree(_all_pages, kept.folder, dirs_exist_ok=True)
    KeptChange.objects.all().delete()
    registry.forget()
    remembered.forget()
    return _all_pages


def nowhere(environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
    """What stands behind the files: here nothing, so that it is seen when it is asked."""
    start_response("599 Asked", [])
    return iter([b""])


def ask(
    address: str, method: str = "GET", host: str = "localhost", query: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": address,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    told: list[Any] = []
    body = b"".join(Kept(nowhere)(environ, lambda status, given: told.extend((status, given))))
    return int(told[0][:3]), dict(told[1]), body


# --- the store ------------------------------------------------------------------------------------


def test_a_page_lies_where_nginx_finds_it(kept: Store) -> None:
    kept.put(Target(OWN, "/ben-truc/lien-he/"), b"<p>", ["site:1"])
    path = kept.folder / "pages/_/ben-truc/lien-he/index.html"
    assert path.read_bytes() == b"<p>"
    assert gzip.decompress(path.with_name("index.html.gz").read_bytes()) == b"<p>"
    assert kept.showing(["site:1"]) == kept.targets() == {Target(OWN, "/ben-truc/lien-he/")}
    kept.drop(Target(OWN, "/ben-truc/lien-he/"))
    assert kept.showing(["site:1"]) == kept.targets() == set()


@pytest.mark.one_database
@pytest.mark.parametrize(
    "address",
    ["/../secret", "/a/../b", "/.git/x", "/A/", "/a//b", "/a\x00", "/a/..", "a", "/%2e", "/a/.x", "/ă/"],
)
def test_an_address_that_could_lead_elsewhere_is_no_file(kept: Store, address: str) -> None:
    assert not can_be_kept(Target(OWN, address))
    with pytest.raises(ValueError, match="cannot be a file"):
        kept.put(Target(OWN, address), b"", [])
    assert ask(address)[0] == 599
    assert not can_be_kept(Target("..", "/a/"))


@given(st.text(max_size=40), st.text(max_size=20))
def test_whatever_is_asked_stays_inside_the_folder(address: str, host: str) -> None:
    target = Target(host, f"/{address}")
    if can_be_kept(target):
        path = Store(Path("/kept")).file_of(target)
        assert path.is_relative_to(f"/kept/pages/{host}")
        assert ".." not in path.parts


def test_a_page_that_did_not_change_keeps_its_moment_and_one_that_did_gets_another(kept: Store) -> None:
    target = Target(OWN, "/a/")
    kept.put(target, b"one", [])
    first = kept.file_of(target).stat().st_mtime
    kept.put(target, b"one", ["x"])
    assert kept.file_of(target).stat().st_mtime == first
    kept.put(target, b"two", [])
    assert int(kept.file_of(target).stat().st_mtime) > int(first)
    assert kept.showing(["x"]) == set()


# --- serving --------------------------------------------------------------------------------------


def test_a_kept_page_is_answered_without_django(kept: Store) -> None:
    kept.put(Target(OWN, "/ben-truc/"), "<p>Chào</p>".encode(), [])
    status, headers, body = ask("/ben-truc/")
    assert (status, body.decode()) == (200, "<p>Chào</p>")
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Length"] == str(len(body))
    status, headers, body = ask("/ben-truc/", accept_encoding="br, gzip;q=0.8")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).decode() == "<p>Chào</p>"
    assert ask("/ben-truc/", "HEAD")[2] == b""
    assert ask("/ben-truc/", accept_encoding="gzip;q=0")[1].get("Content-Encoding") is None
    for asked in (("/ben-truc/", "POST"), ("/ben-dua/", "GET"), ("/ben-truc", "GET")):
        assert ask(*asked)[0] == 599
    assert ask("/ben-truc/", query="p=2")[0] == 599
    assert ask("/ben-truc/", host="evil.example")[0] == 599


def test_a_reader_who_has_the_page_is_told_so(kept: Store) -> None:
    kept.put(Target(OWN, "/a/"), b"<p>", [])
    headers = ask("/a/")[1]
    for known in (headers["ETag"], f'"x", W/{headers["ETag"]}', "*"):
        status, again, body = ask("/a/", if_none_match=known)
        assert (status, body) == (304, b"")
        assert again["ETag"] == headers["ETag"]
    assert ask("/a/", if_modified_since=headers["Last-Modified"])[0] == 304
    assert ask("/a/", if_none_match='"x"', if_modified_since=headers["Last-Modified"])[0] == 200
    kept.put(Target(OWN, "/a/"), b"<b>", [])
    assert ask("/a/", if_none_match=headers["ETag"])[0] == 200


def test_the_look_is_chosen_by_cookie_without_django(kept: Store) -> None:
    refreshing.keep_styles(kept)
    plain = ask("/hien-thi.css")
    dark = ask("/hien-thi.css", cookie="theme=dark; text=130; x=1")
    assert b"color-scheme:dark" in dark[2]
    assert plain[2] == looks.style_of(looks.chosen({})).encode()
    assert "Cookie" in dark[1]["Vary"]
    assert ask("/hien-thi.css", cookie="theme=../../secret; text=\x00")[2] == plain[2]


@pytest.mark.parametrize(
    ("status", "kind", "kept_for", "is_counted"),
    [
        ("200 OK", "text/html; charset=utf-8", "public, no-cache", True),
        ("200 OK", "text/html; charset=utf-8", "private", False),
        ("200 OK", "application/rss+xml", "public, no-cache", False),
        ("404 Not Found", "text/html; charset=utf-8", "public, no-cache", False),
    ],
)
def test_a_computed_page_is_counted_as_a_kept_one_is(
    kept: Store, status: str, kind: str, kept_for: str, is_counted: bool
) -> None:
    seen: list[str] = []

    def computed(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", kind), ("Cache-Control", kept_for)])
        return [b"<p>"]

    environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/ben-truc/tin/", "QUERY_STRING": "trang=2"}
    asked = {**environ, "HTTP_HOST": "localhost", "HTTP_USER_AGENT": "Firefox"}
    answer = Kept(computed, noted=lambda path, host, agent: seen.append(path))
    assert list(answer(asked, lambda _status, _headers: None)) == [b"<p>"]
    assert seen == ["/ben-truc/tin/"] * is_counted


@pytest.mark.one_database
def test_a_kept_page_carries_what_django_would_send(world: World, rebuilt: Path, kept: Store) -> None:
    computed = world.signed_in(None).get("/ben-truc/lien-he/").headers
    headers = ask("/ben-truc/lien-he/")[1]

    def policy(said: str) -> set[str]:
        return {part.strip() for part in said.split(";")}

    assert policy(headers["Content-Security-Policy"]) == policy(computed["Content-Security-Policy"])
    same = {
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "X-Frame-Options",
        "Permissions-Policy",
        "Cache-Control",
        "Content-Type",
    }
    assert {name: headers[name] for name in same} == {name: computed[name] for name in same}


@pytest.mark.one_database
def test_a_hit_asks_the_database_nothing(
    world: World, rebuilt: Path, kept: Store, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        for address in ("/ben-truc/", "/ben-truc/en/", "/ben-truc/ket-qua/", "/hien-thi.css"):
            assert ask(address)[0] == 200


@pytest.mark.one_database
def test_every_kept_page_answers_while_the_database_does_not(
    world: World, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refreshing.rebuild() > 20

    def stopped(*_given: object, **_more: object) -> None:
        raise OperationalError("stopped")

    monkeypatch.setattr(connection, "cursor", stopped)
    for target in kept.targets():
        assert ask(target.address)[0] == 200
    answer = Client(raise_request_exception=False).get("/ben-truc/tim-kiem/?q=ho+tich")
    assert answer.status_code == 503
    assert "Phần này tạm thời chưa dùng được" in answer.content.decode()


@pytest.mark.one_database
def test_each_figure_of_the_results_opens_what_stands_behind_it(
    world: World, rebuilt: Path, kept: Store
) -> None:
    page = lxml_html.document_fromstring(ask("/ben-truc/ket-qua/")[2].decode())
    links = page.xpath("//section[1]//a[@class='figure']/@href")
    assert len(links) >= 2
    assert {ask(one)[0] for one in links} == {200}


# --- what a change touches ------------------------------------------------------------------------


def test_a_published_report_is_visible_after_the_change_and_gone_after_its_withdrawal(
    world: World,
    rebuilt: Path,
    kept: Store,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert world.publication.report.subject in ask("/ben-truc/van-ban/")[2].decode()
    with_pages = len(kept.targets())
    withdraw_report(
        publication=world.publication, reason="Nhầm số liệu", by=world.people["van-phong"], at=world.at
    )
    refreshing.refresh()
    assert not KeptChange.objects.exists()
    assert world.publication.report.subject not in ask("/ben-truc/van-ban/")[2].decode()
    assert len(kept.targets()) < with_pages
    publish_report(report=world.publication.report, by=world.people["van-phong"], at=world.at, is_read=True)
    refreshing.refresh()
    assert len(kept.targets()) == with_pages
    assert KeptChange.objects.count() == 0


@pytest.mark.parametrize(("in_error", "status"), [(False, 200), (True, 599)])
def test_the_page_of_what_was_published_in_error_is_kept_no_more(
    world: World, rebuilt: Path, kept: Store, *, in_error: bool, status: int
) -> None:
    changes = Editor(world)
    changes.item()
    item = changes.shown()
    assert item is not None
    refreshing.refresh()
    there = f"/ben-truc/tin/{item.column.slug if item.column else ''}/{item.slug}/"
    assert ask(there)[0] == 200
    newsroom.withdraw(item=item, reason="Nhầm", in_error=in_error, by=world.people["van-hoa"], at=world.at)
    refreshing.refresh()
    # What stands behind the files is asked, which answers 410 (`test_news`).
    assert ask(there)[0] == ask(there.replace("/tin/", "/en/tin/"))[0] == status
    assert all(there.encode() not in page for page in kept.contents().values()) is in_error


def test_only_pages_that_show_it_are_rendered(
    world: World, rebuilt: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[Target] = []
    was = refreshing.render
    monkeypatch.setattr(refreshing, "render", lambda target: rendered.append(target) or was(target))
    changed(f"report:{world.publication.report_id}")
    refreshing.refresh()
    assert {"/ben-truc/", "/ben-truc/van-ban/", "/ben-truc/en/ket-qua/"} <= {one.address for one in rendered}
    assert not {"/ben-truc/lien-he/", "/ben-truc/to-chuc/"} & {one.address for one in rendered}


def test_a_reversed_line_shows_on_the_page_of_its_figure(world: World, rebuilt: Path, kept: Store) -> None:
    [target] = [one for one in kept.showing([f"line:{world.old_line.pk}"]) if "/articles/" in one.address]
    assert "Đã hủy ghi" not in ask(target.address)[2].decode()
    reverse_activity(activity=world.old_line, reason="Ghi nhầm", by=world.people["van-hoa"], at=world.at)
    changed(f"line:{world.old_line.pk}")
    refreshing.refresh()
    assert "Đã hủy ghi" in ask(target.address)[2].decode()


def test_more_than_a_few_pages_are_left_to_the_worker(world: World, kept: Store) -> None:
    site = Site.objects.get(unit=world.commune)
    changed(f"site:{site.pk}", f"report:{world.publication.report_id}")
    refreshing.refresh_at_once(KeptChange.objects.values_list("pk", flat=True), most=3)
    assert KeptChange.objects.exists()
    assert len(kept.targets()) == 3
    refreshing.refresh()
    assert not KeptChange.objects.exists()
    assert "/ben-truc/lien-he/" in {one.address for one in kept.targets()}


def test_whoever_publishes_goes_before_a_rebuild_that_is_under_way(
    world: World, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    was = refreshing.render

    def render(target: Target) -> object:
        order.append(target.address)
        if len(order) == 1:
            publisher.start()
            begun.wait(20)
        return was(target)

    def publish() -> None:
        with kept.first():
            begun.set()
            with kept.alone():
                order.append("published")

    begun, publisher = threading.Event(), threading.Thread(target=publish)
    monkeypatch.setattr(refreshing, "render", render)
    refreshing.render_all(
        kept, sorted({Target(OWN, f"/khong-co-{one}/") for one in range(3)}), is_patient=True
    )
    publisher.join(20)
    assert order == ["/khong-co-0/", "published", "/khong-co-1/", "/khong-co-2/"]


def test_what_came_up_during_a_rebuild_stays(
    world: World, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing.catalogue, "everything", lambda: iter(()))
    kept.put(Target(OWN, "/ben-truc/lien-he/"), b"", [])
    kept.put(Target(OWN, "/ben-truc/khong-con/"), b"", [])
    refreshing.rebuild()
    assert {one.address for one in kept.targets()} == {"/ben-truc/lien-he/"}


def test_the_map_is_left_to_the_worker(world: World, rebuilt: Path, kept: Store) -> None:
    site = Site.objects.get(unit=world.commune)
    changed(f"news:{site.pk}")
    KeptChange.objects.exclude(tags=[f"news:{site.pk}"]).delete()
    refreshing.refresh_at_once(KeptChange.objects.values_list("pk", flat=True))
    assert [one.tags for one in KeptChange.objects.all()] == [["page:_ /ben-truc/sitemap.xml"]]
    (kept.folder / "pages/_/ben-truc/sitemap.xml").unlink()
    refreshing.refresh()
    assert ask("/ben-truc/sitemap.xml")[0] == 200
    assert not KeptChange.objects.exists()


def test_a_new_item_is_seen_at_once_where_it_is_looked_for_and_beside_it_soon(
    world: World, rebuilt: Path, kept: Store
) -> None:
    editor = Editor(world)
    editor.do("item")
    refreshing.refresh()
    editor.do("item")
    item = Item.objects.select_related("shown", "column").latest("pk")
    refreshing.refresh_at_once(KeptChange.objects.values_list("pk", flat=True))
    assert item.shown
    assert item.column
    title, column = item.shown.title.encode(), item.column.slug
    at_once = (f"tin/{column}/{item.slug}/", f"chuyen-muc/{column}/", "", "tin/", "nhat-ky.rss")
    for rest in (*at_once, f"chuyen-muc/{column}/nhat-ky.atom"):
        assert title in ask(f"/ben-truc/{rest}")[2], rest
    assert title not in ask("/ben-truc/en/tin/")[2]
    refreshing.refresh()
    assert title in ask("/ben-truc/en/tin/")[2]
    # What was said before must not be read anywhere once it is withdrawn.
    editor.do("take_off")
    refreshing.refresh_at_once(KeptChange.objects.values_list("pk", flat=True))
    gone = Item.objects.filter(withdrawn_at__isnull=False).select_related("column").get()
    assert gone.column
    last = gone.editions.latest("number").title.encode()
    there = [one for one, body in kept.contents().items() if last in body]
    assert {one.address for one in there} <= {
        f"/ben-truc{language}/tin/{gone.column.slug}/{gone.slug}/" for language in ("", "/en")
    }


def test_an_opened_report_is_seen_at_once_and_its_figures_are_computed_until_they_are_kept(
    world: World, rebuilt: Path, kept: Store
) -> None:
    editor = Editor(world)
    editor.do("report")
    refreshing.refresh()
    editor.do("report")
    refreshing.refresh_at_once(KeptChange.objects.values_list("pk", flat=True))
    report = world.publication.report
    own = f"/bao-cao/ben-truc/{report.issued_on:%Y}/{report.number}/"
    assert all(ask(address)[0] == 200 for address in (own, "/bao-cao/ben-truc/"))
    for rest in ("", "van-ban/", "van-ban/bao-cao/", "ket-qua/"):
        assert own.encode() in ask(f"/ben-truc/{rest}")[2], rest
    assert ask(f"{own}so-lieu/articles/")[0] == 599
    refreshing.refresh()
    assert ask(f"{own}so-lieu/articles/")[0] == 200


def test_an_import_brings_about_each_list_once_and_only_where_it_is_shown(world: World) -> None:
    codes = [f"9.00000{number}" for number in range(3)]
    brought = [address for _site, address in procedures.brought_by(procedures.tags_of("ben-truc", codes))]
    assert len(brought) == len(set(brought))
    assert {"/ben-truc/thu-tuc/", *(f"/ben-truc/thu-tuc/{code}/" for code in codes)} <= set(brought)
    assert not list(procedures.brought_by(procedures.tags_of("ben-dua", codes)))


@pytest.mark.one_database
def test_a_page_that_breaks_is_not_left_standing(
    world: World, rebuilt: Path, kept: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refreshing, "render", lambda _target: 1 / 0)
    changed(f"report:{world.publication.report_id}")
    refreshing.refresh()
    assert ask("/ben-truc/van-ban/")[0] == 599
    assert ask("/ben-truc/lien-he/")[0] == 200


@pytest.mark.one_database
def test_an_update_of_the_software_renders_everything(world: World, kept: Store) -> None:
    assert not refreshing.is_of_this_version()
    refreshing.keep_up(at=world.at)
    assert refreshing.is_of_this_version()
    (kept.folder / "version").write_text("older")
    kept.put(Target(OWN, "/ben-truc/khong-con/"), b"", [])
    refreshing.keep_up(at=world.at)
    assert Target(OWN, "/ben-truc/khong-con/") not in kept.targets()


def test_a_report_of_a_closed_site_is_rendered_anew_when_the_site_opens_at_its_own_host(world: World) -> None:
    site = Site.objects.get(unit=world.commune)
    actions.set_host(site=site, host=HOST, is_main=True, by=None, at=world.at)
    site = actions.change_site(site=site, path=site.path, is_open=False, by=None, at=world.at)
    registry.forget()
    reports = Target(OWN, "/bao-cao/ben-truc/")
    assert f"site:{site.pk}" in render(reports).tags
    actions.change_site(site=site, path=site.path, is_open=True, by=None, at=world.at)
    registry.forget()
    assert render(reports).body is None


class Editor:
    """Someone who changes things at random."""

    def __init__(self, world: World) -> None:
        self.world, self.site = world, Site.objects.get(unit=world.commune)
        self.count = 0

    def do(self, deed: str) -> None:
        self.count += 1
        getattr(self, deed)()

    def words(self) -> None:
        self.site = actions.change_site(
            site=self.site,
            path=self.site.path,
            is_open=True,
            by=None,
            at=self.world.at,
            words={"hotline": str(self.count)},
        )

    def move(self) -> None:
        path = "ben-truc" if self.site.path != "ben-truc" else "xa-ben-truc"
        self.site = actions.change_site(site=self.site, path=path, is_open=True, by=None, at=self.world.at)

    def close(self) -> None:
        self.site = actions.change_site(
            site=self.site, path=self.site.path, is_open=not self.site.is_open, by=None, at=self.world.at
        )

    def host(self) -> None:
        if self.site.hosts.exists():
            actions.remove_host(site=self.site, host=HOST, by=None, at=self.world.at)
        else:
            actions.set_host(site=self.site, host=HOST, is_main=True, by=None, at=self.world.at)

    def column(self) -> None:
        add_column(unit=self.world.commune, name=f"Mục {self.count}", by=None, at=self.world.at)

    def rename(self) -> None:
        column = Column.objects.filter(unit=self.world.commune).first()
        change_column(column=column, name=f"Tên {self.count}", is_open=True, by=None, at=self.world.at)

    def report(self) -> None:
        publication = Publication.objects.get(pk=self.world.publication.pk)
        if publication.is_open:
            withdraw_report(publication=publication, reason="Lý do", by=None, at=self.world.at)
        else:
            publish_report(report=publication.report, by=None, at=self.world.at, is_read=True)

    def item(self) -> None:
        columns = Column.objects.filter(unit=self.world.commune)
        item = newsroom.write_item(
            unit=self.world.commune,
            words=Words(title=f"Tin {self.count}", lead="Nước về.", body="<p>Có nước sạch.</p>"),
            placing=newsroom.Placing(column=columns[self.count % 2]),
            by=self.world.people["cong-tac-vien"],
            at=self.world.at,
        )
        if self.site.is_open:
            self.put_up(item)

    def put_up(self, item: Item) -> None:
        newsroom.publish_emergency(
            item=item, reason="Báo khẩn", by=self.world.people["van-hoa"], at=self.world.at
        )

    def take_off(self) -> None:
        if item := self.shown():
            newsroom.withdraw(
                item=item,
                reason="Nhầm",
                in_error=bool(self.count % 2),
                by=self.world.people["van-hoa"],
                at=self.world.at,
            )

    def place(self) -> None:
        if item := self.shown():
            other = Column.objects.filter(unit=self.world.commune).exclude(pk=item.column_id).first()
            newsroom.classify(
                item=item,
                placing=newsroom.Placing(column=other, kind=item.kind),
                by=self.world.people["van-hoa"],
                at=self.world.at,
            )

    def shown(self) -> Item | None:
        return Item.objects.filter(unit=self.world.commune, shown__isnull=False).first()

    def procedure(self) -> None:
        """A decision of the commune's own announces a procedure, or amends what it announced before."""
        known = Procedure.objects.filter(unit=self.world.commune).exists()
        self._decide(Change("1.001193", EventKind.AMEND if known else EventKind.ANNOUNCE, self._sheet()))

    def abolish(self) -> None:
        stands = queries.standing_versions(self.world.commune, localdate()).filter(
            procedure__unit=self.world.commune, procedure__code="1.001193"
        )
        if stands.exists():
            self._decide(Change("1.001193", EventKind.ABOLISH, None))

    def province(self) -> None:
        """A decision of the province: its catalogue is shown on every commune's site."""
        unit = self.world.commune.__class__.objects.get(pk="tinh-mau")
        known = Procedure.objects.filter(unit=unit).exists()
        kind = EventKind.AMEND if known else EventKind.ANNOUNCE
        self._decide(Change("1.000894", kind, self._sheet()), unit)

    def _sheet(self) -> Sheet:
        return replace(BIRTH, fees=f"{self.count}.000 đồng", field=("Hộ tịch", "Cư trú")[self.count % 2])

    def _decide(self, change: Change, unit: Unit | None = None) -> None:
        with suppress(Refused):  # a day on which it stands already
            procedure_actions.apply_changes(
                unit=unit or self.world.commune,
                changes=[replace(change, effective_on=localdate() - timedelta(days=30 - self.count))],
                decision=DecisionGiven(f"{self.count}/QĐ-UBND", localdate(), "UBND", "Công bố"),
                by=None,
                at=self.world.at,
            )

    def plan(self) -> None:
        opened = OpenPlan.objects.filter(plan=self.world.plan).first()
        if opened is not None and opened.is_open:
            papers.close_plan(opened=opened, reason="Chờ bản mới", by=None, at=self.world.at)
        else:
            papers.open_plan(plan=self.world.plan, by=None, at=self.world.at, is_read=True)

    def line(self) -> None:
        """Something is done for a task of the plan, by itself or with many others."""
        task = self.world.plan.tasks.first()
        work.record_activity(
            unit=self.world.commune,
            kind="website",
            happened_on=self.world.today,
            title=f"Bài {self.count}",
            measures={"articles": 1},
            evidence=[LinkEvidence(f"https://ben-truc.example/{self.count}")],
            task=task,
            by=self.world.people["van-hoa"],
            at=self.world.at,
        )

    def neighbour(self) -> None:
        for unit in {"ben-dua", "tinh-mau"} - set(Site.objects.values_list("unit", flat=True)):
            other = next(one for one in (self.world.commune.__class__.objects.filter(pk=unit)))
            actions.make_site(unit=other, path=unit, by=None, at=self.world.at)
            return


DEEDS = [
    "words",
    "move",
    "close",
    "host",
    "column",
    "rename",
    "report",
    "neighbour",
    "item",
    "take_off",
    "place",
    "procedure",
    "abolish",
    "province",
    "plan",
    "line",
]


@pytest.mark.one_database
@settings(
    max_examples=2,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=1, max_size=3))
@example(deeds=["item", "item", "place", "take_off"])
@example(deeds=["procedure", "plan", "line", "procedure", "abolish", "province", "plan"])
def test_after_any_edits_the_kept_pages_are_those_of_a_full_rebuild(
    world: World,
    rebuilt: Path,
    settings: Settings,
    tmp_path_factory: pytest.TempPathFactory,
    deeds: list[str],
) -> None:
    with transaction.atomic():
        settings.KEPT = shutil.copytree(rebuilt, tmp_path_factory.mktemp("little-by-little") / "kept")
        registry.forget()
        editor = Editor(world)
        for deed in deeds:
            with TestCase.captureOnCommitCallbacks(execute=True):
                editor.do(deed)
            refreshing.refresh()
        little_by_little = refreshing.store().contents()
        settings.KEPT = tmp_path_factory.mktemp("at-once")
        refreshing.rebuild()
        assert refreshing.store().contents() == little_by_little
        transaction.set_rollback(True)
