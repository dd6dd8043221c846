"""A site's own host name works without the operator naming it; nobody else's does."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core import signals
from django.core.exceptions import DisallowedHost
from django.db import OperationalError, close_old_connections
from django.urls import reverse

from dinhlang.config.wsgi import application
from dinhlang.portal.kept import refreshing
from dinhlang.portal.kept.store import OWN, Target
from dinhlang.portal.models import Site
from dinhlang.portal.sites import actions, hosts, reach, registry
from dinhlang.portal.sites.rules import CannotChangeSite

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOST = "bentruc.example.vn"


@pytest.fixture
def site(cast: Cast, settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Site:
    settings.KEPT = tmp_path / "kept"
    monkeypatch.setattr(registry, "_hosts", None)
    monkeypatch.setattr(application, "folder", tmp_path / "kept")
    made = actions.make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    actions.set_host(site=made, host=HOST, is_main=True, by=None, at=cast.now)
    actions.set_host(site=made, host="cu.example.vn", is_main=False, by=None, at=cast.now)
    return made


def ask(host: str, address: str = "/lien-he/", method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    """What the server itself answers, without the test client's own host name."""
    told: list[Any] = []
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": address,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": BytesIO(),
    }
    # As the test client does: the connection is that of the test's transaction.
    signals.request_started.disconnect(close_old_connections)
    signals.request_finished.disconnect(close_old_connections)
    try:
        body = b"".join(application(environ, lambda status, given, *_more: told.extend((status, given))))
    finally:
        signals.request_started.connect(close_old_connections)
        signals.request_finished.connect(close_old_connections)
    return int(told[0][:3]), dict(told[1]), body


def test_the_server_answers_at_the_host_of_a_site_that_the_operator_never_named(site: Site) -> None:
    status, _headers, body = ask(HOST)
    assert status == 200
    assert f"http://{HOST}/lien-he/".encode() in body
    assert ask(f"{HOST}:8443")[0] == 200
    moved = ask("cu.example.vn")
    assert (moved[0], moved[1]["Location"]) == (301, f"http://{HOST}/lien-he/")


@pytest.mark.one_database
@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        f"{HOST}.evil.example",
        f"x.{HOST}",
        f"evil.example@{HOST}",
        f"{HOST}@evil.example",
        f"{HOST}, evil.example",
        f"{HOST}/..",
        "..",
        "_",
        "",
        "*",
    ],
)
def test_any_other_name_is_refused_before_anything_is_answered(site: Site, host: str) -> None:
    refreshing.store().put(Target(OWN, "/ben-truc/lien-he/"), b"kept", [])
    status, _headers, body = ask(host, "/ben-truc/lien-he/")
    # Without a Host header the name of the machine itself counts.
    assert (status, b"kept" in body) == ((200, True) if host == "" else (400, False))


def test_the_name_of_a_closed_site_is_nobodys(
    site: Site, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.change_site(site=site, path="ben-truc", is_open=False, by=None, at=cast.now)
    monkeypatch.setattr(registry, "_hosts", None)
    assert ask(HOST)[0] == ask("cu.example.vn")[0] == 400


def test_names_are_asked_for_once_and_a_stranger_costs_no_question(
    site: Site, django_assert_num_queries: Any
) -> None:
    hosts.of_sites()
    with django_assert_num_queries(0):
        for host in ("evil.example", HOST, "other.example"):
            request = hosts.AtASite()
            request.META["HTTP_HOST"] = host
            if host == HOST:
                assert request.get_host() == HOST
            else:
                with pytest.raises(DisallowedHost):
                    request.get_host()


def test_without_the_database_the_hosts_of_kept_pages_are_known(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    refreshing.store().put(Target(HOST, "/lien-he/"), b"<p>kept</p>", [])

    def gone() -> frozenset[str]:
        raise OperationalError("the database is away")

    monkeypatch.setattr(registry, "hosts", gone)
    assert hosts.of_sites() == {HOST}
    assert ask(HOST)[2] == b"<p>kept</p>"


@pytest.mark.parametrize("address", ["/ban-lam-viec/", "/dang-nhap/", "/loi-moi/x/", "/duyet-tin/x/"])
def test_the_desk_and_secret_links_stand_at_the_house_only(site: Site, address: str) -> None:
    """So no cookie is ever set at a site's host, and no form that changes anything is sent there."""
    status, headers, _body = ask(HOST, address)
    assert status == 302
    assert headers["Location"].startswith("http://127.0.0.1")
    assert "Set-Cookie" not in headers
    assert ask(HOST, address, "POST")[0] == 421


def test_a_page_for_a_site_host_is_rendered_though_nobody_named_the_host(site: Site) -> None:
    from dinhlang.portal.kept.rendering import render

    assert render(Target(HOST, "/lien-he/")).body


def test_a_name_of_the_house_can_become_no_site(cast: Cast, site: Site, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["desk.example.vn", "*"]
    with pytest.raises(CannotChangeSite, match="của chính phần mềm"):
        actions.move_to_host(site=site, host="desk.example.vn", by=cast.office_clerk, at=cast.now)


# --- from the desk --------------------------------------------------------------------------------


def test_people_of_the_unit_give_their_site_a_name_that_leads_here(
    world: World, settings: Settings, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KEPT = tmp_path
    monkeypatch.setattr(
        reach, "_addresses", lambda host: {"192.0.2.1"} if "away" not in host else {"192.0.2.9"}
    )
    clerk = world.signed_in("van-phong", checks_forms=False)
    here = f"{reverse('publications:site')}?unit={world.commune.pk}"
    given = {"path": "ben-truc", "is_open": "on", "hotline": "0900 000 000"}
    page = clerk.post(here, given | {"host": "away.example.vn"}).content.decode()
    assert "chưa trỏ về máy chủ này" in page
    found = Site.objects.get(unit=world.commune)
    assert (found.hotline, found.hosts.count()) == ("", 0), "all of the form, or nothing"
    assert clerk.post(here, given | {"host": "https://ben-truc.example.vn/"}).status_code == 302
    assert found.hosts.get().is_main
    assert 'value="ben-truc.example.vn"' in clerk.get(here).content.decode()
    clerk.post(here, given | {"host": ""})
    assert not found.hosts.get().is_main


def test_a_name_that_nobody_knows_leads_nowhere() -> None:
    assert not reach.leads_here("khong-co.invalid")
    assert not reach.leads_here("a" * 300)
