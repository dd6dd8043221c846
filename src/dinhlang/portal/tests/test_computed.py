"""Public pages that are computed: the same as Django answers, in few questions, and remembered in none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLResolver, resolve
from django.utils import timezone
from lxml import html as lxml_html

from dinhlang.portal.catalogue.queries import ids_of
from dinhlang.portal.counter import urls as counter
from dinhlang.portal.kept import catalogue, computing, refreshing, remembered, serving
from dinhlang.portal.models import Column, Edition, Item, Site, Unfound
from dinhlang.portal.news import queries
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.rights import urls as rights
from dinhlang.portal.search import actions
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import change_site, make_site
from dinhlang.portal.sites.urls import urlpatterns
from dinhlang.portal.surveys import site_urls as surveys
from dinhlang.portal.tests.newsroom_cast import WORDS, published
from dinhlang.portal.tests.test_api import catalogued, reported
from dinhlang.portal.voices import urls as voices
from dinhlang.procedures.queries import life_events

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
HOST = "testserver"


class Outside:
    """A database connection that is in no transaction, as a reader's request finds it."""

    in_atomic_block = False
    settings_dict = {"NAME": "as tests have it"}


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Any) -> None:
    settings.BLOBS, settings.KEPT, settings.DATA = tmp_path / "blobs", tmp_path / "kept", tmp_path


@pytest.fixture
def site(cast: Cast) -> Site:
    return make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)


@pytest.fixture
def items(cast: Cast, site: Site) -> list[Item]:
    """Thirty items of two columns, so that lists have a second page, and an index that knows them."""
    columns = [
        Column.objects.get_or_create(
            unit=cast.commune,
            slug=f"cot-{number}",
            defaults={"name": f"Cột <{number}>", "position": 90 + number},
        )[0]
        for number in range(2)
    ]
    made = []
    for number in range(30):
        at = cast.now - timedelta(days=number)
        kind = Kind.NOTICE if number % 3 == 0 else Kind.ARTICLE
        item = Item.objects.create(
            unit=cast.commune,
            column=columns[number % 2],
            slug=f"tin-{number}",
            kind=kind,
            made_at=at,
            changed_at=at,
        )
        item.shown = Edition.objects.create(
            item=item,
            number=1,
            title=f"Tin “hòa giải” <b>{number}</b> & khác",
            lead="Mở đầu",
            body="<p>Nội dung.</p>",
            published_at=at,
            digest="0" * 64,
            made_at=at,
            changed_at=at,
        )
        item.published_at = at
        item.save()
        made.append(item)
    actions.follow(at=cast.now)
    return made


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is remembered yet, and from now on it may be."""
    for module in (remembered, registry):
        monkeypatch.setattr(module, "connection", Outside)
    monkeypatch.setattr(remembered, "_answers", type(remembered._answers)())
    monkeypatch.setattr(remembered, "_held", [0])
    monkeypatch.setattr(remembered, "_values", None)
    monkeypatch.setattr(registry, "_known", None)
    remembered.forget()
    registry.now()


def environ(address: str, method: str = "GET", host: str = HOST) -> dict[str, Any]:
    path, _mark, query = address.partition("?")
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": host,
        "SERVER_NAME": HOST,
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bytes]:
    """What the server answers, kept pages aside, with nothing standing behind it."""
    application = serving.Kept(_nobody, computed=computing.computed)
    # The test's own transaction must not be closed as a request's connection would be.
    monkeypatch.setattr(computing.signals.request_started, "send", lambda **_given: [])
    monkeypatch.setattr(computing.signals.request_finished, "send", lambda **_given: [])

    def ask(address: str) -> bytes:
        said: list[str] = []
        body = b"".join(application(environ(address), lambda status, _headers: said.append(status)))
        assert said == ["200 OK"], address
        return body

    return ask


def _nobody(_environ: Any, start_response: Any) -> list[bytes]:
    start_response("599 Asked", [])
    return [b""]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The questions that the database is asked meanwhile."""
    said: list[str] = []

    def note(execute: Any, sql: str, *rest: Any) -> Any:
        said.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(note):
        yield said


NARROWED = (
    "/ben-truc/tin/?loai=notice",
    "/ben-truc/tin/?trang=2",
    "/ben-truc/en/tin/?loai=article&trang=1",
    "/ben-truc/tin/?linh-vuc=thu-tuc&thang=2020-01",
    "/ben-truc/chuyen-muc/cot-0/?trang=1",
    f"/ben-truc/tim-kiem/?q={quote('hòa giải')}",
    "/ben-truc/tim-kiem/?q=hoa+giai&kind=notice",
    "/ben-truc/en/tim-kiem/?q=hoa+giai&trang=2",
    "/ben-truc/tim-kiem/?q=",
)


# The pages that are kept as files; those of `NARROWED_WHEN_ASKED` are computed when something is asked of them.
KEPT = {
    "home", "results", "organisation", "contacts", "site-map", "accessibility", "privacy", "sitemap",
    "news", "article", "column", "month", "feed", "column-feed", "field-feed", "podcast", "column-podcast",
    "procedures", "procedure-list", "procedure-changes", "procedure-feed", "procedure-field", "life-event",
    "procedure-data", "checklist", "procedure", "documents", "papers", "plan", "decision",
    "guides", "guide", "guide-step",
    "kiosk", "kiosk-event", "kiosk-field", "kiosk-procedure",
}  # fmt: skip
NARROWED_WHEN_ASKED = {"news", "column", "life-event"}
FILES = {
    "calendar",
    "picture",
    "recording",
    "sound",
    "transcript",
    "chapters",
    "cited",
    "plan-file",
    "decision-file",
    "guide-leaflet",
}
# Nothing stands there until the unit opens it; then it is remembered for minutes (`test_open_duties`).
OPENED = {"standings", "standing-file", "api-standings"}
EVENT = next(one.id for one in life_events() if one.questions)
COMPUTED: dict[str, tuple[str, ...]] = {
    "news": ("tin/?loai=article",),
    "column": ("chuyen-muc/cot-1/?trang=1",),
    "life-event": (f"thu-tuc/viec/{EVENT}/?c0=0", f"en/thu-tuc/viec/{EVENT}/?c0=0"),
    "search": ("tim-kiem/", "tim-kiem/?q=hoa+giai&kind=article"),
    "search-suggest": ("tim-kiem/goi-y.json?q=hoa",),
    "kiosk-answers": (f"quay/viec/{EVENT}/0/", f"en/quay/viec/{EVENT}/x/"),
    "api": ("api/v1/", "en/api/v1/"),
    "api-description": ("api/v1/openapi.json",),
    "api-items": ("api/v1/items", "api/v1/items?kind=notice&page=2&per_page=3"),
    "api-item": ("api/v1/items/tin-3",),
    "api-procedures": (
        "api/v1/procedures",
        "api/v1/procedures?words=dang+ky",
        "api/v1/procedures?field=ho-tich",
    ),
    "api-procedure": ("api/v1/procedures/1.001193",),
    "api-documents": (
        "api/v1/documents",
        "api/v1/documents?kind=quyet-dinh",
        "api/v1/documents?per_page=1&page=2",
    ),
    "api-indicators": ("api/v1/indicators?per_page=100", "api/v1/indicators?concept=articles"),
    "api-other-indicators": ("api/v1/indicators/others",),
    "api-answers": ("api/v1/answers", "api/v1/answers?category=moi-truong"),
    "api-nothing": (),
}


@pytest.mark.usefixtures("items")
def test_a_computed_page_is_what_django_answers(asked: Callable[[str], bytes], client: Client) -> None:
    for address in (*NARROWED, "/ben-truc/lien-he/", "/ben-truc/", "/ben-truc/en/tin/"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert asked(address) == answer.content, address
        lxml_html.document_fromstring(answer.content)


@pytest.mark.usefixtures("items", "asked")
def test_the_headers_are_those_of_every_answer(client: Client) -> None:
    from dinhlang.config.wsgi import application

    address = "/ben-truc/tin/?loai=notice"
    found = computing.computed(environ(address))
    assert found is not None
    told: dict[str, str] = {}
    b"".join(application(environ(address), lambda _status, headers: told.update(headers)))
    usual = client.get(address)
    for name in (
        "Content-Type",
        "ETag",
        "Cache-Control",
        "X-Frame-Options",
        "Permissions-Policy",
        "Referrer-Policy",
    ):
        assert told[name] == usual[name], name
    assert sorted(told["Content-Security-Policy"].split("; ")) == sorted(
        usual["Content-Security-Policy"].split("; ")
    )
    assert "Set-Cookie" not in told


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("address", "method", "host"),
    [
        ("/ben-truc/khong-co/", "GET", HOST),
        ("/ben-truc/chuyen-muc/khong-co/", "GET", HOST),
        ("/ben-truc/tin/", "POST", HOST),
        ("/ban-lam-viec/", "GET", HOST),
        ("/", "GET", HOST),
        ("/ben-truc", "GET", HOST),
        ("/ben-truc/tin/", "GET", "evil.example"),
    ],
)
def test_whatever_is_no_page_of_a_site_is_left_to_django(
    site: Site, address: str, method: str, host: str, asked: object
) -> None:
    assert computing.computed(environ(address, method, host)) is None


def test_a_page_that_fails_is_left_to_django(
    site: Site, asked: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trip(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(queries, "keys", trip)
    monkeypatch.setattr(queries, "listed", trip)
    assert computing.computed(environ("/ben-truc/tin/?loai=notice")) is None


def test_a_reader_who_has_the_answer_is_told_so(items: list[Item], asked: object) -> None:
    address = "/ben-truc/tin/?loai=notice"
    first = computing.computed(environ(address))
    assert first is not None
    again = computing.computed({**environ(address), "HTTP_IF_NONE_MATCH": dict(first[1])["ETag"]})
    assert again is not None
    assert (again[0], again[2]) == ("304 Not Modified", b"")
    head = computing.computed(environ(address, "HEAD"))
    assert head is not None
    assert (head[0], head[2]) == ("200 OK", b"")


# --- how much is asked ----------------------------------------------------------------------------


def names_of(patterns: Iterable[Any]) -> Iterator[str]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from names_of(one.url_patterns)
        else:
            yield one.name


def test_every_address_of_a_site_is_a_kept_page_a_file_or_among_those_counted(items: list[Item]) -> None:
    site = registry.read(timezone.localdate()).by_path["ben-truc"]
    kept = {resolve(one.address).url_name for one in catalogue.of_site(site)}
    assert kept <= KEPT
    # What citizens send and read of others' feedback is asked anew each time (`voices/tests`).
    feedback = set(names_of(voices.urlpatterns)) | set(names_of(rights.urlpatterns))
    # What the counter tells is remembered for minutes (`counter/tests`).
    dossiers = set(names_of(counter.urlpatterns))
    # What is told of surveys is remembered until a round changes (`surveys/tests`).
    asked = set(names_of(surveys.urlpatterns))
    known = KEPT | FILES | OPENED | set(COMPUTED) | feedback | dossiers | asked
    assert set(names_of(urlpatterns)) == known
    assert not set(COMPUTED) & (KEPT - NARROWED_WHEN_ASKED)


@pytest.mark.usefixtures("items")
def test_two_questions_the_first_time_and_none_again(
    cast: Cast, asked: Callable[[str], bytes], request: pytest.FixtureRequest
) -> None:
    catalogued(cast.commune, cast.now)
    reported(cast)
    request.getfixturevalue("outside")
    # Which catalogues a site shows is known as long as the sites are.
    ids_of(registry.now().by_path["ben-truc"], timezone.localdate())
    told = {}
    for address in (*NARROWED, *(f"/ben-truc/{rest}" for found in COMPUTED.values() for rest in found)):
        # Nothing that other pages have asked for is known.
        remembered.forget()
        with counted() as first:
            page = asked(address)
        with counted() as again:
            assert asked(address) == page
        if len(first) > 2 or again:
            told[address] = (first, again)
    assert told == {}


@pytest.mark.usefixtures("items", "outside")
def test_what_programs_read_is_asked_for_once(
    cast: Cast, asked: Callable[[str], bytes], client: Client
) -> None:
    for address in (
        "/ben-truc/api/v1/items",
        "/ben-truc/api/v1/items?kind=notice",
        "/ben-truc/api/v1/items/tin-3",
    ):
        with counted() as first:
            said = asked(address)
        assert len(first) <= 2, (address, first)
        with counted() as again:
            assert asked(address) == said
        assert again == [], address
        # What is added to each answer is added to one that is remembered, too.
        assert client.get(address).headers["Access-Control-Allow-Origin"] == "*"
    published(cast, column=Column.objects.get(slug="cot-0"))
    refreshing.refresh()
    assert WORDS.title.encode() in asked("/ben-truc/api/v1/items")


@pytest.mark.usefixtures("items", "outside")
def test_an_article_is_two_questions(asked: Callable[[str], bytes]) -> None:
    with counted() as said:
        asked("/ben-truc/tin/cot-0/tin-2/")
    assert len(said) == 2, said


@pytest.mark.usefixtures("items", "outside")
def test_another_page_of_a_list_asks_for_nothing_that_is_known(asked: Callable[[str], bytes]) -> None:
    asked("/ben-truc/tin/?trang=1")
    with counted() as said:
        asked("/ben-truc/tin/?loai=notice&trang=1")
    assert len(said) <= 2, said
    with counted() as said:
        asked("/ben-truc/tin/?loai=notice&x=1")
    assert len(said) == 1, said


@pytest.mark.usefixtures("items")
def test_the_keys_of_a_list_are_those_of_its_items(site: Site) -> None:
    known = registry.read(timezone.localdate()).by_path["ben-truc"]
    column, month = Column.objects.get(slug="cot-1").pk, timezone.localdate().replace(day=1)
    for asked in (
        queries.Asked(),
        queries.Asked(column=column),
        queries.Asked(kind=Kind.NOTICE, month=month),
        queries.Asked(field="thu-tuc"),
        queries.Asked(column=column, kind=Kind.ARTICLE, month=month.replace(year=2019)),
    ):
        wanted = [item.pk for item in queries.listed(known, asked)[3:9]]
        assert queries.keys(known, asked, 3, 6) == wanted


# --- remembered, and forgotten --------------------------------------------------------------------


@pytest.mark.usefixtures("items", "outside")
def test_a_change_is_seen_in_lists_that_were_remembered(cast: Cast, asked: Callable[[str], bytes]) -> None:
    address = "/ben-truc/tin/?loai=article"
    title = WORDS.title.encode()
    assert title not in asked(address)
    item = published(cast, column=Column.objects.get(slug="cot-0"))
    refreshing.refresh()
    assert title in asked(address)
    newsroom.withdraw(item=item, reason="Đăng trùng", by=cast.culture_officer, at=cast.now)
    refreshing.refresh()
    assert title not in asked(address)


@pytest.mark.usefixtures("items", "outside")
def test_what_is_found_is_forgotten_when_the_index_changes(cast: Cast, asked: Callable[[str], bytes]) -> None:
    address = "/ben-truc/tim-kiem/?q=cay+dua"
    assert "Không có kết quả".encode() in asked(address)
    column = Column.objects.get(slug="cot-0")
    published(cast, words=replace(WORDS, title="Trồng cây dừa"), column=column)
    actions.follow(at=cast.now)
    assert "cây dừa".encode() in asked(address)


@pytest.mark.usefixtures("items", "outside")
def test_a_question_without_an_answer_is_counted_each_time(asked: Callable[[str], bytes]) -> None:
    for _ in range(3):
        asked("/ben-truc/tim-kiem/?q=xyzabc")
    assert Unfound.objects.get(words="xyzabc").times == 3


@pytest.mark.usefixtures("items", "outside")
def test_what_is_put_first_stands_there_at_once(cast: Cast, asked: Callable[[str], bytes]) -> None:
    address = "/ben-truc/tim-kiem/?q=hoa+giai"
    assert "Nên xem".encode() not in asked(address)
    one = actions.promote(
        unit=cast.commune,
        words="hòa giải",
        title="Nên xem",
        target="/lien-he/",
        by=None,
        at=cast.now,
    )
    refreshing.refresh()
    assert "Nên xem".encode() in asked(address)
    actions.demote(promoted=one, by=None, at=cast.now)
    refreshing.refresh()
    assert "Nên xem".encode() not in asked(address)


# --- moulds ---------------------------------------------------------------------------------------


@pytest.mark.usefixtures("items")
def test_words_are_escaped_in_every_gap(asked: Callable[[str], bytes]) -> None:
    typed = "<script>x</script> 'dấu' \ue000typed\ue001"
    page = asked(f"/ben-truc/tim-kiem/?q={quote(typed)}").decode()
    assert "<script>x" not in page
    assert "&lt;script&gt;x&lt;/script&gt; &#x27;dấu&#x27; \ue000typed\ue001" in page


@pytest.mark.usefixtures("items", "outside")
def test_a_site_that_changed_has_new_moulds(cast: Cast, asked: Callable[[str], bytes]) -> None:
    address = "/ben-truc/tin/?loai=notice"
    assert b"0909 000 999" not in asked(address)
    change_site(
        site=Site.objects.get(),
        path="ben-truc",
        is_open=True,
        by=None,
        at=cast.now,
        words={"hotline": "0909 000 999"},
    )
    refreshing.refresh()
    assert b"0909 000 999" in asked(address)
