"""How reports stand, as open data: nothing until the unit says so, then the same rows that the desk counts."""

from __future__ import annotations

import csv
import io
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dinhlang.org.models import AuditEntry, Person, Unit
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.models import Site
from dinhlang.portal.opendata import queries, telling
from dinhlang.portal.opendata.actions import open_duties
from dinhlang.portal.opendata.rules import told_as
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site
from dinhlang.reports.duties import queries as duties
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Obligation, Request

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]
HERE = "/ben-truc/ket-qua/nop-bao-cao/"
PROGRAMME = "cchc-tuyen-truyen"


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Any) -> None:
    settings.KEPT, settings.BLOBS = tmp_path / "kept", tmp_path / "blobs"


@pytest.fixture
def opened(world: World) -> Site:
    site = Site.objects.get(unit=world.commune)
    return open_duties(site=site, opens=True, by=world.people["chu-tich"], at=world.at)


@pytest.fixture
def province(world: World) -> Site:
    made = make_site(unit=Unit.objects.get(pk="tinh-mau"), path="tinh-mau", by=None, at=world.at)
    return open_duties(site=made, opens=True, by=None, at=world.at)


def lines(answer: Any) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.content
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def file_of(world: World, form: str, site: str = "ben-truc", query: str = "") -> str:
    return f"/{site}/ket-qua/nop-bao-cao/{PROGRAMME}/{world.today.year}.{form}{query}"


# --- the switch -----------------------------------------------------------------------------------


def test_nothing_is_told_before_the_unit_says_so_and_nothing_after_it_closes(
    world: World, client: Client
) -> None:
    addresses = (HERE, file_of(world, "csv"), file_of(world, "json"), "/ben-truc/api/v1/standings")
    chair = world.signed_in("chu-tich", checks_forms=False)
    switch = reverse("publications:duties")
    assert {client.get(one).status_code for one in addresses} == {404}
    assert HERE not in client.get("/ben-truc/ket-qua/").content.decode()
    assert "/standings" not in client.get("/ben-truc/api/v1/openapi.json").json()["paths"]
    assert "Đã công khai" in chair.post(switch, {"do": "open"}, follow=True).content.decode()
    assert {client.get(one).status_code for one in addresses} == {200}
    assert HERE in client.get("/ben-truc/ket-qua/").content.decode()
    assert HERE in client.get("/ben-truc/sitemap.xml").content.decode()
    assert "/standings" in client.get("/ben-truc/api/v1/openapi.json").json()["paths"]
    chair.post(switch, {"do": "open"})
    chair.post(switch, {"do": "close"})
    assert {client.get(one).status_code for one in addresses} == {404}
    done = AuditEntry.objects.filter(action__contains="-duties", unit="ben-truc").order_by("pk")
    assert list(done.values_list("action", flat=True)) == ["site.open-duties", "site.close-duties"]


def test_only_who_publishes_reports_may_open_it(world: World) -> None:
    site = Site.objects.get(unit=world.commune)
    for who in ("van-hoa", "quan-tri", "ben-dua", "so-noi-vu"):
        with pytest.raises(NotAllowed):
            open_duties(site=site, opens=True, by=world.people[who], at=world.at)
    assert not Site.objects.get(pk=site.pk).opens_duties
    assert (
        world.signed_in("chu-tich").get(reverse("publications:duties") + "?unit=ben-dua").status_code == 404
    )


# --- what is told -----------------------------------------------------------------------------------


def test_the_files_hold_what_the_table_of_the_desk_counts(
    world: World, province: Site, client: Client
) -> None:
    on = world.today
    rows = Obligation.objects.filter(programme=PROGRAMME, period__startswith=str(on.year))
    names = {"ben-truc": "Xã Bến Trúc", "ben-dua": "Xã Bến Dừa"}
    table = duties.table(rows, names, on)
    whole = client.get(file_of(world, "json", "tinh-mau")).json()
    told = lines(client.get(file_of(world, "csv", "tinh-mau")))
    assert {one["unit_name"] for one in told} == set(names.values())
    assert (
        len(told) == len(whole["rows"]) == sum(cell is not None for one in table.lines for cell in one.cells)
    )
    sums = whole["sums"]
    assert (sums["due"], sums["complete"], sums["timely"]) == (
        table.rate.owed,
        table.rate.sent,
        table.rate.in_time,
    )
    assert sums["due"] == sum(one["is_due"] == "true" for one in told)
    assert (sums["figures"], sums["figures_with_evidence"]) == (
        table.quality.figures,
        table.quality.evidenced,
    )
    assert {one["as_of"] for one in told} == {whole["as_of"]} == {on.isoformat()}
    assert list(told[0]) == [one["name"] for one in whole["columns"]] == list(whole["rows"][0])
    assert all(one["about"] for one in whole["columns"])
    assert (whole["licence"], whole["publisher"]) == ("CC-BY-4.0", "Ủy ban nhân dân tỉnh Mẫu")


def test_quality_stands_beside_the_day_of_a_report(world: World, opened: Site, client: Client) -> None:
    year = world.today.year - 1
    address = f"/ben-truc/ket-qua/nop-bao-cao/{PROGRAMME}/{year}.csv"
    [line] = [one for one in lines(client.get(address)) if one["period"] == str(year)]
    known = duties.qualities([duties.shown(queries.rows_of(registry.now().by_path["ben-truc"], year,
        world.today).get(period=str(year)), world.today)])  # fmt: skip
    [quality] = known.values() or [duties.Quality()]
    assert line["standing"] in ("done", "done-late")
    assert (int(line["figures"]), int(line["figures_with_evidence"])) == (quality.figures, quality.evidenced)


def test_an_earlier_day_is_told_as_it_was(world: World, opened: Site, client: Client) -> None:
    due = world.duty.due_on
    for day, standing in ((due, "not-yet"), (due + timedelta(days=1), "late")):
        rows, _sums = queries.told(
            queries.rows_of(registry.now().by_path["ben-truc"], world.today.year, day), day
        )
        assert {row["standing"] for row in rows if row["period"] == world.duty.period} == {standing}
    long_ago = lines(client.get(file_of(world, "csv", query="?on=2020-01-31")))
    assert {one["standing"] for one in long_ago} == {"not-yet"}
    assert {one["as_of"] for one in long_ago} == {"2020-01-31"}


@pytest.mark.parametrize(
    "query", ["?on=hom-qua", "?on=2999-01-01", "?ngay=2026-01-01", "?on=2020-01-01&on=2021-01-01"]
)
def test_a_day_that_makes_no_sense_is_refused_with_a_sentence(
    world: World, opened: Site, client: Client, query: str
) -> None:
    for form in ("csv", "json"):
        answer = client.get(file_of(world, form, query=query))
        assert answer.status_code == 400
        assert answer.json()["message"].endswith((".", "”."))
    assert client.get("/ben-truc/api/v1/standings" + query).status_code == 400


def test_there_is_no_file_of_a_programme_that_is_not_there(
    world: World, opened: Site, client: Client
) -> None:
    assert client.get(f"{HERE}khong-co/2026.csv").status_code == 404
    assert client.get(f"{HERE}{PROGRAMME}/1026.csv").status_code == 404
    assert lines(client.get(f"{HERE}{PROGRAMME}/2099.csv")) == []
    assert client.post(file_of(world, "csv")).status_code == 405


def test_no_person_and_no_letter_is_told(world: World, province: Site, client: Client) -> None:
    Obligation.objects.create(
        unit=world.commune,
        request=Request.objects.get(pk=world.letter.pk),
        programme_id=PROGRAMME,
        period=str(world.today.year),
        subject="Báo cáo nhanh",
        due_on=world.today,
        opened_at=world.at,
        sent_on=world.today,
        sent_by=world.people["van-hoa"],
        sent_noted_at=world.at,
    )
    said = "".join(
        client.get(one).content.decode()
        for one in (
            file_of(world, "json", "tinh-mau"),
            file_of(world, "csv", "tinh-mau"),
            "/tinh-mau/ket-qua/nop-bao-cao/",
            "/tinh-mau/api/v1/standings?per_page=100",
        )
    )
    assert "Báo cáo nhanh" not in said
    assert not [one for one in Person.objects.values_list("full_name", flat=True) if one and one in said]
    assert {told_as(one) for one in (State.OPEN, State.DRAFT, State.ISSUED)} == {told_as(State.OPEN)}


# --- how it is told -----------------------------------------------------------------------------------


def test_what_did_not_change_is_answered_with_304_and_anyone_may_read_it(
    world: World, opened: Site, client: Client
) -> None:
    for address in (file_of(world, "csv"), file_of(world, "json"), HERE, "/ben-truc/api/v1/standings"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get(file_of(world, "csv"))["Access-Control-Allow-Origin"] == "*"


def test_the_read_api_gives_the_same_rows_page_by_page(world: World, opened: Site, client: Client) -> None:
    address = f"/ben-truc/api/v1/standings?year={world.today.year}&programme={PROGRAMME}&per_page=2"
    first = client.get(address).json()
    assert first["total"] == 3
    rest = client.get(first["next"].partition("/ben-truc")[2].join(("/ben-truc", ""))).json()
    assert first["results"] + rest["results"] == client.get(file_of(world, "json")).json()["rows"]
    assert client.get("/ben-truc/api/v1/standings?year=1").status_code == 400


def test_the_page_describes_each_column_and_leads_to_every_file(
    world: World, opened: Site, client: Client
) -> None:
    for address in (HERE, "/ben-truc/en/ket-qua/nop-bao-cao/"):
        page = client.get(address).content.decode()
        for one in telling.columns():
            assert f"<code>{one.name}</code>" in page
        assert file_of(world, "csv") in page
        assert file_of(world, "json") in page
        assert "creativecommons.org/licenses/by/4.0" in page
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert {"Dataset"} <= {node["@type"] for node in told["@graph"]}


def test_the_questions_stay_few_however_many_rows_there_are(world: World, province: Site) -> None:
    site, on, year = registry.now().by_path["tinh-mau"], world.today, world.today.year

    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as questions:
            rows, _sums = queries.told(queries.rows_of(site, year, on), on)
        return len(rows), len(questions)

    before, few = asked()
    row = Obligation.objects.get(pk=world.duty.pk)
    for period in (f"{year}-Q1", f"{year}-Q2"):
        row.pk, row.period = None, period
        row.save()
    assert asked() == (before + 2, few)
    # Two for quality, one for rows and one for names; the tree is asked floor by floor, for each of two days.
    assert few <= 4 + 2 * 5
