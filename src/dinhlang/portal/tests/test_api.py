"""What programs read of a site."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from django.db import OperationalError
from django.test import Client
from django.utils.timezone import localdate
from lxml import html as lxml_html

from dinhlang.citizens.models import Case
from dinhlang.citizens.models import Publication as Voice
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.portal.api import beside, described, queries, schemas, telling, views
from dinhlang.portal.models import Column, Site
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.opendata.actions import open_duties
from dinhlang.portal.public.actions import publish_report, withdraw_report
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site, set_host
from dinhlang.portal.tests.newsroom_cast import WORDS, approved, passed_on, published, written
from dinhlang.procedures import actions as procedures
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Programme
from dinhlang.work import actions as work

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from conftest import Cast
    from dinhlang.portal.models import Item, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOST = "bentruc.example.vn"
KINDS = {"text/csv", "text/xml", "application/rss+xml", "application/atom+xml", "application/feed+json"}
LISTS = ("items", "procedures", "documents", "indicators")


@pytest.fixture(autouse=True)
def site(cast: Cast, settings: Settings, tmp_path: Any) -> None:
    settings.BLOBS, settings.KEPT = tmp_path / "blobs", tmp_path / "kept"
    settings.PUBLIC_URL = "https://dinhlang.example"
    make_site(unit=cast.commune, path="ben-truc", by=None, at=cast.now)
    Column.objects.create(unit=cast.commune, slug="tin-xa", name="Tin trong xã", position=90)


def column(cast: Cast) -> Column:
    return Column.objects.get(unit=cast.commune, slug="tin-xa")


def told(cast: Cast) -> Item:
    return published(cast, column=column(cast))


def catalogued(unit: Unit, at: Any) -> None:
    """Two procedures since ever, one of them amended, one abolished."""
    first = [
        Change(code, EventKind.ANNOUNCE, sheet, since_ever=True)
        for code, sheet in (("1.001193", BIRTH), ("1.000894", MARRIAGE), ("1.004222", SHOP))
    ]
    procedures.apply_changes(unit=unit, changes=first, decision=None, by=None, at=at)
    dearer = replace(BIRTH, fees="10.000 đồng; miễn cho hộ nghèo")
    procedures.apply_changes(
        unit=unit,
        changes=[
            Change("1.001193", EventKind.AMEND, dearer, date(2023, 7, 10)),
            Change("1.004222", EventKind.ABOLISH, None, date(2023, 7, 10), "1.000894"),
        ],
        decision=DecisionGiven("12/QĐ-UBND", date(2023, 7, 1)),
        by=None,
        at=at,
    )


def reported(cast: Cast) -> Publication:
    work.record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=date(2023, 5, 10),
        title="Hướng dẫn nộp hồ sơ trực tuyến",
        measures={"articles": 3},
        evidence=[],
        by=cast.culture_officer,
        at=cast.now,
    )
    draft = draft_report(unit=cast.commune, period=Period.parse("2023-H1"), by=cast.office_clerk, at=cast.now)
    issued = issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    return publish_report(report=issued, by=cast.chair, at=cast.now, is_read=True)


def owed(cast: Cast) -> None:
    """What the commune owed of the half year, told to all."""
    import_shipped(at=cast.now)
    programme = Programme.objects.get(pk="cchc-tuyen-truyen")
    duties.open_period(
        programme=programme, period=Period.parse("2023-H1"), at=cast.now, units=[cast.commune.pk]
    )
    open_duties(site=Site.objects.get(unit=cast.commune), opens=True, by=None, at=cast.now)


def answered(cast: Cast) -> Voice:
    """A citizen's question with its answer, as the desk made both public."""
    at = cast.now
    case = Case.objects.create(
        unit=cast.commune, code="PA-0000-0001", way="web", nature="feedback", category="moi-truong", state="answered",
        words="Cạnh nhà ông Nguyễn Văn Mẫu có bãi rác.", sender_name="Lê Thị Gửi", received_at=at, answered_at=at,
        days_used=2, changed_at=at,
    )  # fmt: skip
    made: Voice = Voice.objects.create(
        case=case, unit=cast.commune, uid=UUID("7a6f3c52-9d1e-4b7a-8a50-0d6f4c1b2e93"), state="published",
        title="Bãi rác cạnh kênh", question="Cạnh kênh có bãi rác bốc mùi hôi, nhờ xã dọn.",
        answer="Xã đã dọn bãi rác và cắm biển cấm đổ.", category="moi-truong", received_on=date(2023, 7, 18),
        answered_on=date(2023, 7, 20), published_at=at, approved_by=cast.chair,
    )  # fmt: skip
    return made


def asked(client: Client, rest: str, status: int = 200, **headers: str) -> Any:
    answer = client.get(f"/ben-truc/api/v1/{rest}", headers=headers)
    assert answer.status_code == status, (rest, answer.content.decode())
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    return json.loads(answer.content)


# --- the description ------------------------------------------------------------------------------


def test_every_example_is_what_is_answered(cast: Cast, client: Client) -> None:
    told(cast)
    catalogued(cast.commune, cast.now)
    reported(cast)
    owed(cast)
    answered(cast)
    examples = described.examples()
    assert set(examples) | set(beside.examples()) | {"request-feed"} == {
        one["get"]["operationId"] for one in asked(client, "openapi.json")["paths"].values()
    }
    for name, example in examples.items():
        assert asked(client, example["asked"].removeprefix("/")) == example["answer"], name


def refs(node: Any) -> Iterator[str]:
    for one in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from refs(one)
    if isinstance(node, dict) and isinstance(node.get("$ref"), str):
        yield node["$ref"]


def test_the_description_is_openapi_3_1(client: Client) -> None:
    api = asked(client, "openapi.json")
    assert re.fullmatch(r"3\.1\.\d+", api["openapi"])
    assert {"openapi", "info", "paths", "components", "servers", "tags"} == set(api)
    assert {"title", "version", "description"} <= set(api["info"])
    assert api["servers"][0]["url"] == "https://dinhlang.example/ben-truc/api/v1"
    assert len(api["paths"]) == 8 + len(beside.ALL)
    tags = {one["name"] for one in api["tags"]}
    ids = set()
    for path, operations in api["paths"].items():
        assert path.startswith("/")
        assert set(operations) - {"servers"} == {"get"}
        assert all(one["url"].startswith("https://dinhlang.example") for one in operations.get("servers", ()))
        operation = operations["get"]
        assert set(operation["tags"]) <= tags
        ids.add(operation["operationId"])
        assert operation["summary"]
        inside = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
        assert inside == set(re.findall(r"\{(\w+)\}", path))
        for parameter in operation["parameters"]:
            assert parameter["in"] in {"path", "query"}
            assert parameter["in"] == "query" or parameter["required"] is True
            assert "schema" in parameter
        for status, answer in operation["responses"].items():
            assert re.fullmatch(r"[1-5]\d\d", status)
            assert answer["description"]
            assert set(answer.get("content", ())) <= {*KINDS, "application/json"}
            assert bool(answer.get("content")) is (status != "304")
    assert len(ids) == len(api["paths"])
    found = set(refs(api))
    assert len(found) > 10
    for ref in found:
        assert ref.removeprefix("#/components/schemas/") in api["components"]["schemas"], ref
    for name, schema in api["components"]["schemas"].items():
        assert re.fullmatch(r"[-A-Za-z0-9._]+", name)
        assert "nullable" not in json.dumps(schema), "that is 3.0"
        assert schema["type"] in {"object", "string"}
        assert set(schema.get("required", ())) <= set(schema.get("properties", ()))
        assert all(one.get("description") for one in schema.get("properties", {}).values()), name


def test_the_page_about_it_is_made_of_the_description_and_needs_no_script(cast: Cast, client: Client) -> None:
    answer = client.get("/ben-truc/api/v1/")
    page = lxml_html.document_fromstring(answer.content)
    assert not page.xpath("//*[@style] | //style | //main//script")
    # The frame of every page has its own script, of our own host.
    assert all(one.startswith("/static/") for one in page.xpath("//script/@src"))
    assert len(answer.content) < 120_000
    words = page.text_content()
    for path, operations in asked(client, "openapi.json")["paths"].items():
        assert path in words
        for parameter in operations["get"]["parameters"]:
            if parameter["in"] == "query":
                assert parameter["name"] in page.xpath("//dt//text()")
    assert "thu-tuc" in page.xpath("//dd/code/text()")
    assert page.xpath("//main//a/@href")[1] == "/ben-truc/api/v1/openapi.json"
    assert "/ben-truc/api/v1/" in client.get("/ben-truc/so-do-trang/").content.decode()
    assert client.get("/ben-truc/en/api/v1/").status_code == 200
    for asked_for, found in (
        ("hai long khao sat", {"surveys-file"}),
        ("KHOẢNG TIN CẬY", {"surveys-file"}),
        ("boc tham", {"contest-lots"}),
        ("xyzabc<", set()),
    ):
        narrowed = client.get("/ben-truc/api/v1/", {"q": asked_for}).content.decode()
        assert (
            set(re.findall(r'<section class="sheet prose" aria-labelledby="([^"]+)"', narrowed)) == found
        ), asked_for
        assert "xyzabc<" not in narrowed


# --- what is told ---------------------------------------------------------------------------------


def test_items_are_narrowed_and_paged(cast: Cast, client: Client) -> None:
    first = told(cast)
    for number in range(3):
        newsroom.publish_emergency(
            item=written(cast, replace(WORDS, title=f"Tin số {number}"), column=column(cast), field=""),
            reason="Thử",
            by=cast.culture_officer,
            at=cast.now + timedelta(days=20, minutes=number),
        )
    page = asked(client, "items?per_page=3&column=tin-xa")
    assert [one["title"] for one in page["results"]] == ["Tin số 2", "Tin số 1", "Tin số 0"]
    assert (page["total"], page["page"]) == (4, 1)
    assert page["next"] == ("https://dinhlang.example/ben-truc/api/v1/items?per_page=3&column=tin-xa&page=2")
    rest = asked(client, page["next"].partition("/v1/")[2])
    assert [one["slug"] for one in rest["results"]] == [first.slug]
    assert rest["next"] is None
    for query, count in (
        ("field=thu-tuc", 1),
        ("kind=article", 4),
        ("kind=event", 0),
        ("since=2023-08-01", 3),
        ("since=2023-07-20&field=thu-tuc", 1),
        ("page=500&per_page=100", 4),
    ):
        assert asked(client, f"items?{query}")["total"] == count, query


def test_procedures_are_found_by_words_and_field(cast: Cast, client: Client) -> None:
    catalogued(cast.commune, cast.now)
    for query, codes in (
        ("", ["1.001193", "1.000894"]),
        ("words=khai+sinh", ["1.001193"]),
        ("words=KH%C3%81C", []),
        ("field=ho-tich", ["1.001193", "1.000894"]),
        ("field=H%E1%BB%99+t%E1%BB%8Bch", ["1.001193", "1.000894"]),
        ("field=khong-co", []),
    ):
        found = [one["code"] for one in asked(client, f"procedures?{query}")["results"]]
        assert sorted(found) == sorted(codes), query
    ended = asked(client, "procedures/1.004222")
    assert (ended["standing"], ended["replaced_by"]) == ("abolished", "1.000894")
    assert asked(client, "procedures/1.001193.000.00.00.H23")["code"] == "1.001193"
    asked(client, "procedures/9.999999", 404)
    assert "1.001193" in asked(client, "procedures/khai-sinh", 404)["message"]


def test_answers_to_citizens_are_told_without_anybody_in_them(cast: Cast, client: Client) -> None:
    made = answered(cast)
    for query, count in (
        ("", 1),
        ("category=moi-truong&since=2023-07-20", 1),
        ("category=dien-nuoc", 0),
        ("since=2023-07-21", 0),
    ):
        assert asked(client, f"answers?{query}")["total"] == count, query
    whole = json.dumps(asked(client, "answers"), ensure_ascii=False)
    for private in ("Mẫu", "Gửi", "PA-0000"):
        assert private not in whole
    assert "moi-truong" in asked(client, "answers?category=xyz", 400)["message"]
    made.state = "taken-down"
    made.taken_down_at, made.taken_down_why = cast.now, "Tính lại"
    made.save()
    assert asked(client, "answers")["total"] == 0


def test_a_replaced_report_is_named_and_its_figures_are_left_out(cast: Cast, client: Client) -> None:
    publication = reported(cast)
    before = asked(client, "indicators?concept=articles")
    assert [one["value"] for one in before["results"]] == [3]
    from dinhlang.reports.actions import correct_report

    later = correct_report(report=publication.report, by=cast.office_clerk, at=cast.now)
    issued = issue_report(report=later, on=cast.today, by=None, at=cast.now)
    assert asked(client, "indicators?concept=articles") == before, "nobody is told before it is open to all"
    publish_report(report=issued, by=cast.chair, at=cast.now, is_read=True)
    newest, oldest = asked(client, "documents")["results"]
    assert oldest["replaced_by"] == newest["url"]
    [figure] = asked(client, "indicators?concept=articles")["results"]
    assert figure["report"]["url"] == newest["url"]
    assert asked(client, "indicators?since=2024-01-01")["total"] == 0


def test_a_share_is_told_with_what_it_is_a_share_of(cast: Cast) -> None:
    reported(cast)
    site = registry.now().by_path["ben-truc"]
    figure = queries.indicators(site, concept="articles", since=None)[0]
    # What was issued never changes, so this stays in memory.
    figure.concept, figure.value, figure.numerator, figure.denominator = (
        "on_time_share",
        Decimal("98.2000"),
        982,
        1000,
    )
    share = schemas.IndicatorOut.model_validate(telling.indicator(site, figure))
    assert (share.value, share.numerator, share.denominator, share.unit) == (98.2, 982, 1000, "%")
    figure.value = None
    gap = schemas.IndicatorOut.model_validate(telling.indicator(site, figure))
    assert gap.value is None, "unknown is no zero"


def test_what_other_communes_counted_is_told_with_its_source_in_the_demonstration_only(
    cast: Cast, client: Client
) -> None:
    found = asked(client, "indicators/others?per_page=100")["results"]
    assert {one["counted_by"] for one in found} == {
        "xã Tái Sơn",
        "xã Quyết Thắng",
        "phường Phú Thứ",
        "xã Nam Trung",
    }
    assert all(one["source"]["document"] and one["source"]["place"] for one in found)
    hours = next(one for one in found if one["value"] == 3500)
    assert (hours["exactness"], hours["concept"], hours["window_to"]) == ("hơn", "guidance", "2022-12-31")
    assert len(asked(client, "indicators/others?per_page=2&page=2")["results"]) == 2
    Unit.objects.filter(pk=cast.commune.pk).update(is_demo=False)
    registry.forget()
    asked(client, "indicators/others", 404)
    assert "/indicators/others" not in asked(client, "openapi.json")["paths"]


def test_a_figure_that_stands_in_a_report_twice_is_told_once(cast: Cast, client: Client) -> None:
    figures = reported(cast).report.figures.filter(concept="articles")
    windows = list(figures.values_list("window_from", "window_to"))
    assert (len(windows), len(set(windows))) == (2, 1)
    assert asked(client, "indicators?concept=articles")["total"] == 1


def test_a_database_that_does_not_answer_is_told_as_json(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_given: object, **_more: object) -> None:
        raise OperationalError("gone")

    monkeypatch.setattr(queries, "documents", stopped)
    answer = client.get("/ben-truc/api/v1/documents")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "60")
    assert "gone" not in answer.content.decode()
    assert "sau một phút" in answer.json()["message"]


def test_every_address_that_is_told_leads_somewhere(cast: Cast, client: Client) -> None:
    told(cast)
    catalogued(cast.commune, cast.now)
    reported(cast)
    found: set[str] = set()
    for rest in (*LISTS, "items/" + told_slug(client), "procedures/1.001193"):
        found |= set(re.findall(r'"https://dinhlang\.example(/[^"]*)"', json.dumps(asked(client, rest))))
    assert len(found) > 12
    assert {one for one in found if client.get(one).status_code != 200} == set()


def told_slug(client: Client) -> str:
    slug: str = asked(client, "items")["results"][0]["slug"]
    return slug


# --- what is not told -----------------------------------------------------------------------------


def test_nothing_is_told_of_an_item_before_it_is_published(cast: Cast, client: Client) -> None:
    found = [brought(cast, column=column(cast)) for brought in (written, passed_on, approved)]
    assert asked(client, "items")["total"] == 0
    for item in found:
        assert "chưa được đăng" in asked(client, f"items/{item.slug}", 404)["message"]


def test_a_draft_of_a_published_item_stays_in_the_house(cast: Cast, client: Client) -> None:
    item = told(cast)
    before = asked(client, f"items/{item.slug}"), asked(client, "items")
    newsroom.revise(
        item=item,
        change="correction",
        note="Bí mật",
        by=cast.culture_officer,
        at=cast.now + timedelta(days=1),
    )
    assert (asked(client, f"items/{item.slug}"), asked(client, "items")) == before


def test_what_was_withdrawn_is_gone(cast: Cast, client: Client) -> None:
    item, publication = told(cast), reported(cast)
    newsroom.withdraw(item=item, reason="Nội dung đã cũ", by=cast.culture_officer, at=cast.now)
    withdraw_report(publication=publication, reason="Tính lại", by=cast.chair, at=cast.now)
    gone = asked(client, f"items/{item.slug}", 410)
    assert set(gone) == {"message", "parameter"}
    for name in ("items", "documents", "indicators"):
        assert asked(client, name)["total"] == 0


def test_a_report_that_is_not_open_to_all_is_not_told(cast: Cast, client: Client) -> None:
    draft_report(unit=cast.commune, period=Period.parse("2023-H1"), by=cast.office_clerk, at=cast.now)
    report = draft_report(
        unit=cast.commune, period=Period.parse("2023-Q1"), by=cast.office_clerk, at=cast.now
    )
    issue_report(report=report, on=cast.today, by=None, at=cast.now)
    for name in ("documents", "indicators"):
        assert asked(client, name)["total"] == 0


def test_nothing_of_another_commune_is_told(cast: Cast, client: Client) -> None:
    item = told(cast)
    reported(cast)
    catalogued(cast.commune, cast.now)
    make_site(unit=cast.neighbour_commune, path="ben-dua", by=None, at=cast.now)
    for name in LISTS:
        assert asked(client, name)["total"] > 0
        assert client.get(f"/ben-dua/api/v1/{name}").json()["total"] == 0
    for one in (f"items/{item.slug}", "procedures/1.001193"):
        asked(client, one)
        assert client.get(f"/ben-dua/api/v1/{one}").status_code == 404


# --- how it is told -------------------------------------------------------------------------------


WRONG = (
    ("items?page=0", "page", "1 đến 500"),
    ("items?page=501", "page", "1 đến 500"),
    ("items?per_page=101", "per_page", "1 đến 100"),
    ("items?per_page=x", "per_page", "1 đến 100"),
    ("items?since=hom-qua", "since", "2026-01-31"),
    ("items?since=", "since", "2026-01-31"),
    ("items?field=khac", "field", "thu-tuc"),
    ("items?kind=khac", "kind", "notice"),
    ("items?column=khong-co", "column", "tin-xa"),
    ("items?colum=x", "colum", "“column”"),
    ("items?page=1&page=2", "page", "một lần"),
    ("procedures?words=%00", "words", "ký tự"),
    ("procedures?words=" + "a" * 101, "words", "100"),
    ("procedures?field=" + "a" * 251, "field", "250"),
    ("indicators?concept=" + "a" * 41, "concept", "40"),
    ("documents?since=2023-01-01", "since", "“page”"),
    ("openapi.json?a=1", "a", "không nhận tham số"),
)


def test_what_is_asked_wrongly_is_refused_in_a_sentence(client: Client) -> None:
    for rest, parameter, words in WRONG:
        wrong = asked(client, rest, 400)
        assert wrong["parameter"] == parameter, rest
        assert words in wrong["message"], wrong


def test_what_is_not_there_and_what_may_not_be_done_are_told_as_json(client: Client) -> None:
    assert "/api/v1/" in asked(client, "khong/co", 404)["message"]
    elsewhere = client.get("/khong-co/api/v1/items")
    assert (elsewhere.status_code, elsewhere.json()["parameter"]) == (404, "")
    stranger = Client(enforce_csrf_checks=True)
    for method in (stranger.post, stranger.put, stranger.delete, stranger.patch):
        answer = method("/ben-truc/api/v1/items")
        assert answer.status_code == 405
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert "GET" in answer.json()["message"]


def test_a_browser_of_another_site_may_read_and_what_did_not_change_is_not_sent_again(
    cast: Cast, client: Client
) -> None:
    told(cast)
    leave = client.options("/ben-truc/api/v1/items")
    assert (leave.status_code, leave.headers["Access-Control-Allow-Headers"]) == (204, "If-None-Match")
    first = client.get("/ben-truc/api/v1/items")
    same = client.get("/ben-truc/api/v1/items", headers={"if-none-match": first.headers["ETag"]})
    assert (same.status_code, same.content, same.headers["Access-Control-Allow-Origin"]) == (304, b"", "*")
    assert "Nộp hồ sơ".encode() in first.content
    assert not first.cookies
    newsroom.publish_emergency(
        item=written(cast, replace(WORDS, title="Tin mới")),
        reason="Thử",
        by=cast.culture_officer,
        at=cast.now,
    )
    again = client.get("/ben-truc/api/v1/items", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 200
    assert client.head("/ben-truc/api/v1/items").status_code == 200


def test_at_a_host_of_its_own_everything_is_told_with_its_addresses(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST]
    item = told(cast)
    from dinhlang.portal.models import Site

    set_host(site=Site.objects.get(unit=cast.commune), host=HOST, is_main=True, by=None, at=cast.now)
    [one] = client.get("/api/v1/items", headers={"host": HOST}).json()["results"]
    assert one["data"] == f"https://{HOST}/api/v1/items/{item.slug}"
    api = client.get("/api/v1/openapi.json", headers={"host": HOST}).json()
    assert api["servers"][0]["url"] == f"https://{HOST}/api/v1"
    moved = client.get("/ben-truc/api/v1/items?page=1")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"https://{HOST}/api/v1/items?page=1")


def test_each_operation_asks_few_questions_however_much_there_is(
    cast: Cast,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    item = told(cast)
    for number in range(3):
        newsroom.publish_emergency(
            item=written(cast, replace(WORDS, title=f"Tin số {number}")),
            reason="Thử",
            by=cast.culture_officer,
            at=cast.now,
        )
    catalogued(cast.commune, cast.now)
    reported(cast)
    answered(cast)
    known = registry.now()
    monkeypatch.setattr(registry, "now", lambda: known)
    queries.catalogue.ids_of(known.by_path["ben-truc"], localdate())
    for rest, most in (
        ("items?per_page=100&field=thu-tuc", 2),
        (f"items/{item.slug}", 6),
        ("procedures?words=dang+ky", 2),
        ("procedures?field=ho-tich", 1),
        ("procedures/1.001193", 8),
        ("documents", 2),
        ("indicators?per_page=100", 2),
        ("answers?per_page=100", 2),
        ("openapi.json", 0),
    ):
        with django_assert_max_num_queries(most):
            asked(client, rest)


def test_the_description_and_what_is_enforced_say_the_same_limits() -> None:
    assert str(schemas.MOST_PAGES) in str(views._MAY_BE["page"])
    assert str(schemas.MOST_PER_PAGE) in str(views._MAY_BE["per_page"])
