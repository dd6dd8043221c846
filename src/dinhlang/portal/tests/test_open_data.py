"""The description of what programs read, held against what is answered: no file, feed or list of these rooms stands beside it."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import timezone

from dinhlang.citizens.contests import actions as contests
from dinhlang.citizens.contests.tests.world import opened as opened_contest
from dinhlang.citizens.contests.tests.world import sat
from dinhlang.citizens.models import Publication
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.tests.test_surveys import by_poster
from dinhlang.citizens.surveys.tests.test_surveys import opened as opened_round
from dinhlang.onestop import actions as onestop
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.portal.api import beside
from dinhlang.portal.contests import urls as contest_urls
from dinhlang.portal.counter import urls as counter_urls
from dinhlang.portal.models import Site
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.surveys import site_urls as survey_urls
from dinhlang.portal.tests.fitting import misfits
from dinhlang.portal.tests.test_api import answered, asked
from dinhlang.portal.voices import urls as voice_urls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.test import Client

    from dinhlang.onestop.tests.counters import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

JSON = "application/json"
PUBLIC = "https://dinhlang.example"
# Described by its standard: https://wiki.open311.org/GeoReport_v2
STANDARD = {
    "open311-discovery", "open311-services", "open311-service", "open311-token", "open311-requests", "open311-request",
    "open311-old-request", "open311-nothing",
}  # fmt: skip


@pytest.fixture(autouse=True)
def site(counter: Counter, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    settings.DATA, settings.BLOBS, settings.KEPT = tmp_path, tmp_path / "blobs", tmp_path / "kept"
    settings.PUBLIC_URL = PUBLIC
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: counter.now)
    if not Site.objects.filter(unit=counter.cast.commune).exists():
        make_site(unit=counter.cast.commune, path="ben-truc", by=None, at=counter.now)
    registry.forget()


# --- what is described --------------------------------------------------------------------------------


def names_of_data(patterns: Iterable[Any], before: str = "") -> Iterator[str]:
    """The names of the addresses that end as files and feeds do."""
    for one in patterns:
        written = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from names_of_data(one.url_patterns, written)
        elif isinstance(one, URLPattern) and re.search(r"\b(json|csv|xml|rss|atom)\b", written):
            yield str(one.name)


def test_every_file_and_feed_of_these_rooms_is_described_at_its_address() -> None:
    found = {
        name for room in (voice_urls, counter_urls, survey_urls) for name in names_of_data(room.urlpatterns)
    }
    found |= {f"contest:{name}" for name in names_of_data(contest_urls.urlpatterns)}
    assert len(found) > len(STANDARD) + 8
    assert found - STANDARD == {one.name for one in beside.ALL}
    for one in beside.ALL:
        address = one.path
        for part in one.parts:
            address = address.replace(f"{{{part.name}}}", part.example)
        at = get_resolver("dinhlang.portal.sites.urls").resolve(address) if one.is_own else resolve(address)
        assert at.view_name == one.name


# --- what is answered -----------------------------------------------------------------------------------


def body_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def told(client: Client, id_: str, **parts: str) -> Any:
    """What is answered at an address in a form, after it was found to be as described: its kind, its fields, its headers, and
    that a second asking gets a 304."""
    api = asked(client, "openapi.json")
    [(path, item)] = [one for one in api["paths"].items() if one[1]["get"]["operationId"] == id_]
    operation, address = item["get"], item["servers"][0]["url"].removeprefix(PUBLIC) + path
    for one in operation["parameters"]:
        value = parts[one["name"]]
        assert value in one["schema"].get("enum", [value])
        assert re.search(one["schema"].get("pattern", ""), value)
        address = address.replace(f"{{{one['name']}}}", value)
    answer = client.get(address)
    body = body_of(answer)
    assert answer.status_code == 200, (address, body)
    kind = answer["Content-Type"].partition(";")[0]
    content = operation["responses"]["200"]["content"]
    assert answer["Content-Type"].endswith("; charset=utf-8")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cache-Control"] == "public, no-cache"
    assert not answer.cookies
    again = client.get(address, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, body_of(again)) == (304, b"")
    assert client.options(address)["Access-Control-Allow-Origin"] == "*"
    refused = client.post(address)
    assert refused.status_code == 405
    errors = operation["responses"]["503"]["content"]
    assert refused["Content-Type"].partition(";")[0] in errors
    if JSON in errors:
        assert refused.json()["message"]
    if "400" in operation["responses"]:
        wrong = client.get(address, {"nam": "1"})
        assert (wrong.status_code, wrong.json()["parameter"]) == (400, "nam")
    if not kind.endswith("json"):
        assert kind in content
        return body.decode("utf-8-sig")
    found = json.loads(body)
    assert list(misfits(api, content[kind]["schema"], found)) == []
    return found


def test_every_example_is_of_its_schema(client: Client) -> None:
    api = asked(client, "openapi.json")
    seen = 0
    for item in api["paths"].values():
        for content in item["get"]["responses"]["200"]["content"].values():
            if "example" in content:
                assert list(misfits(api, content["schema"], content["example"])) == []
                seen += 1
    assert seen == 8 + len(beside.examples())


def test_a_schema_that_is_not_kept_is_seen() -> None:
    """What holds the answers to the description sees what is missing, added or of another kind."""
    api = {"components": {"schemas": beside.schemas()}}
    schema, whole = {"$ref": "#/components/schemas/DossiersFile"}, beside.examples()["dossiers-file"]
    row = whole["rows"][0]
    assert list(misfits(api, schema, whole)) == []
    for change in ({"received": "6"}, {"part": "day"}, {"in_time_percent": "x"}, {"more": 1}, {"late": True}):
        assert list(misfits(api, schema, {**whole, "rows": [{**row, **change}]})), change
    assert list(misfits(api, schema, {**whole, "counted_at": "2026-07-23T08:00:00"}))


def lines(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_feedback_is_answered_as_described(client: Client, counter: Counter) -> None:  # noqa: F811
    pair = answered(counter.cast)
    year = str(counter.now.year)
    figures = told(client, "voice-figures")
    assert [one["name"] for one in figures["columns"]] == list(figures["rows"][0])
    whole = told(client, "answers-file", year=year, form="json")
    assert [row["id"] for row in whole["rows"]] == [str(pair.uid)]
    assert [one["name"] for one in whole["columns"]] == list(whole["rows"][0])
    assert [row["id"] for row in lines(told(client, "answers-file", year=year, form="csv"))] == [
        str(pair.uid)
    ]
    Publication.objects.filter(pk=pair.pk).update(question="Rác <script>alert(1)</script>\nở kênh")
    for form in ("rss", "atom", "json"):
        shown = told(client, "voice-feed", form=form)
        # What stands in XML is read as HTML, so markup of a citizen's is words there; what is text stays as it is.
        words = json.dumps(shown, ensure_ascii=False) if form == "json" else html.unescape(shown)
        assert ("<script>" in words) is (form == "json")
        assert ("kênh" in words, "&lt;script&gt;alert(1)&lt;/script&gt;<br>ở kênh" in words) == (
            True,
            form != "json",
        )
        told(client, "voice-feed-category", category="moi-truong", form=form)
    told(client, "request-feed", service_request_id=str(pair.case.uid))
    # Readers of feeds add what they like; files and lists are asked exactly.
    assert client.get("/ben-truc/phan-anh/nhat-ky.rss?utm_source=x").status_code == 200
    for nothing in (
        f"du-lieu/{counter.now.year + 1}.csv",
        "linh-vuc/khong-co/nhat-ky.atom",
        "thon/khong-co/nhat-ky.json",
    ):
        wrong = client.get(f"/ben-truc/phan-anh/{nothing}")
        assert (wrong.status_code, wrong["Access-Control-Allow-Origin"]) == (404, "*")
        assert wrong.json()["message"]


def test_a_year_of_answers_is_sent_again_when_any_of_them_changed(client: Client, counter: Counter) -> None:  # noqa: F811
    pair = answered(counter.cast)
    address = f"/ben-truc/phan-anh/du-lieu/{counter.now.year}.json"
    for change in (
        {"version": pair.version + 1, "title": "Bãi rác"},
        {"published_at": pair.published_at + timedelta(hours=1)},
        {"state": "taken-down", "taken_down_at": counter.now, "taken_down_why": "x"},
    ):
        tag = client.get(address)["ETag"]
        assert client.get(address, headers={"if-none-match": tag}).status_code == 304
        Publication.objects.filter(pk=pair.pk).update(**change)
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_dossiers_are_answered_as_described(client: Client, counter: Counter) -> None:  # noqa: F811
    for _number in range(6):
        counter.do(onestop.resolve, counter.receive())
    year = str(counter.now.year)
    whole = told(client, "dossiers-file", year=year, form="json")
    assert {row["part"] for row in whole["rows"]} == {"month", "field", "year"}
    assert [one["name"] for one in whole["columns"]] == list(whole["rows"][0])
    assert len(lines(told(client, "dossiers-file", year=year, form="csv"))) == len(whole["rows"])
    assert "2019" in client.get("/ben-truc/mot-cua/2019.json").json()["message"]


def test_surveys_are_answered_as_described(client: Client, counter: Counter) -> None:  # noqa: F811
    cast = counter.cast
    round_ = opened_round(cast, by_poster=True, by_kiosk=False)
    for number in range(13):
        by_poster(cast, round_, "5", **{"do-tuoi": "duoi-30" if number < 3 else "50-tro-len"})
    round_ = surveys.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    surveys.publish_results(round_=round_, by=cast.office_clerk, at=cast.now)
    year = str(round_.closes_on.year)
    whole = told(client, "surveys-file", year=year, form="json")
    assert {row["part"] for row in whole["rows"]} >= {"index", "factor", "question", "option", "group"}
    assert [one["name"] for one in whole["columns"]] == list(whole["rows"][0])
    assert len(lines(told(client, "surveys-file", year=year, form="csv"))) == len(whole["rows"])
    assert client.get("/ben-truc/khao-sat/2019.json").json()["message"]


def test_lots_are_answered_as_described_and_guessing_is_slowed_down(
    client: Client,
    counter: Counter,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cast = counter.cast
    week = opened_contest(cast, week={"public_source": "Giải đặc biệt ngày 22/7/2023", "lots": 2})
    monkeypatch.setattr(timezone, "now", lambda: week.opens_at + timedelta(hours=1))
    for number in range(4):
        sat(week, number, "ddd")
    after = week.closes_at + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: after)
    contests.finish(week=week, by=cast.culture_officer, at=after)
    nothing = client.get(reverse("contest:lots-file", args=[week.contest.code, 1]))
    assert (nothing.status_code, bool(nothing.json()["message"])) == (404, True)
    contests.draw_lots(week=week, public_value="12345", by=cast.culture_officer, at=after)
    whole = told(client, "contest-lots", code=week.contest.code, number="1")
    assert len(whole["winners"]) == 2
    for _number in range(31):
        wrong = client.get(reverse("contest:lots-file", args=["khong-co", 1]))
    assert (wrong.status_code, wrong.json()["parameter"]) == (429, "")
