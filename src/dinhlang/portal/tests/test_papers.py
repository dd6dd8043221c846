"""Plans and decisions stand beside reports: opened by a person, read as they were, found, told to machines."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from lxml import html as lxml_html

from dinhlang.officialdoc.tests.kinds import EVERY
from dinhlang.officialdoc.write import docx
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.models import OpenPlan
from dinhlang.portal.papers import actions, queries
from dinhlang.portal.papers.rules import CannotOpenPlan
from dinhlang.portal.search import sources
from dinhlang.portal.sites import registry
from dinhlang.procedures import actions as procedures
from dinhlang.procedures.actions import Change, DecisionGiven
from dinhlang.procedures.models import Decision
from dinhlang.procedures.rules import EventKind
from dinhlang.procedures.tests.sheets import BIRTH
from dinhlang.work import blobs
from dinhlang.work.models import Plan

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def folders(settings: Settings, tmp_path: Any) -> None:
    settings.KEPT, settings.BLOBS = tmp_path / "kept", tmp_path / "blobs"


@pytest.fixture
def opened(world: World) -> OpenPlan:
    return actions.open_plan(plan=world.plan, by=world.people["chu-tich"], at=world.at, is_read=True)


@pytest.fixture
def decision(world: World) -> Decision:
    procedures.apply_changes(
        unit=world.commune,
        changes=[Change("1.001193", EventKind.ANNOUNCE, BIRTH, world.today)],
        decision=DecisionGiven(
            "7/QĐ-UBND", world.today - timedelta(days=3), "UBND tỉnh Mẫu", "Công bố <thủ tục>"
        ),
        by=None,
        at=world.at,
    )
    return Decision.objects.get(number="7/QĐ-UBND")


def page_of(client: Client, address: str, status: int = 200) -> lxml_html.HtmlElement:
    answer = client.get(address)
    assert answer.status_code == status, address
    page = lxml_html.document_fromstring(answer.content)
    assert not page.xpath("//*[@style] | //style | //script[not(@src) and @type!='application/ld+json']")
    return page


def words(page: lxml_html.HtmlElement, path: str = "//main") -> str:
    return " ".join(page.xpath(f"string({path})").split())


# --- opening and closing a plan -------------------------------------------------------------------


def test_a_plan_is_read_as_it_was_opened_with_its_file_beside_it(
    world: World, opened: OpenPlan, client: Client
) -> None:
    assert opened.slug == f"12-kh-ubnd-{world.plan.year}"
    page = page_of(client, f"/ben-truc/van-ban/ke-hoach/{opened.slug}/")
    first = world.plan.tasks.first()
    assert first is not None
    assert first.text in words(page)
    [file] = page.xpath("//ul[@class='files']//a/@href")
    answer = client.get(file)
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="ke-hoach-{opened.slug}.pdf"'
    before = first.text
    Plan.tasks.rel.related_model.objects.filter(pk=first.pk).update(text="Việc khác hẳn")
    assert before in words(page_of(client, f"/ben-truc/van-ban/ke-hoach/{opened.slug}/"))


def test_an_amended_plan_is_opened_again_at_the_same_address(world: World, opened: OpenPlan) -> None:
    chair = world.people["chu-tich"]
    with pytest.raises(CannotOpenPlan, match="đã công khai rồi"):
        actions.open_plan(plan=world.plan, by=chair, at=world.at, is_read=True)
    Plan.objects.filter(pk=world.plan.pk).update(title="Kế hoạch đã sửa", version=2)
    again = actions.open_plan(plan=world.plan, by=chair, at=world.at, is_read=True)
    assert (again.pk, again.slug, again.version) == (opened.pk, opened.slug, 2)
    assert queries.document_of(again).subject == "Kế hoạch đã sửa"
    assert AuditEntry.objects.filter(action="plan.publish").count() == 2


def test_a_closed_plan_says_when_and_why_and_is_in_no_list(
    world: World, opened: OpenPlan, client: Client
) -> None:
    chair = world.people["chu-tich"]
    with pytest.raises(CannotOpenPlan, match="Chưa có lý do"):
        actions.close_plan(opened=opened, reason=" ", by=chair, at=world.at)
    actions.close_plan(opened=opened, reason="Ban hành nhầm bản", by=chair, at=world.at)
    page = page_of(client, f"/ben-truc/van-ban/ke-hoach/{opened.slug}/", 410)
    assert "Ban hành nhầm bản" in words(page)
    assert opened.subject not in words(page_of(client, "/ben-truc/van-ban/"))
    assert client.get(f"/ben-truc/van-ban/ke-hoach/{opened.slug}/tep/").status_code == 404
    with pytest.raises(CannotOpenPlan, match="đã gỡ rồi"):
        actions.close_plan(opened=opened, reason="Lần nữa", by=chair, at=world.at)


def test_only_who_issues_opens_a_plan_and_only_one_with_number_and_day(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.open_plan(plan=world.plan, by=world.people["cong-tac-vien"], at=world.at, is_read=True)
    Plan.objects.filter(pk=world.plan.pk).update(number="")
    with pytest.raises(CannotOpenPlan, match="chưa có số"):
        actions.open_plan(plan=world.plan, by=world.people["chu-tich"], at=world.at, is_read=True)


def test_names_of_private_people_are_read_by_a_person_first(world: World) -> None:
    task = world.plan.tasks.first()
    assert task is not None
    type(task).objects.filter(pk=task.pk).update(text="Đến nhà bà Nguyễn Thị Lan, điện thoại 0912 345 678")
    with pytest.raises(CannotOpenPlan, match="thông tin cá nhân"):
        actions.open_plan(plan=world.plan, by=world.people["chu-tich"], at=world.at)


def test_the_file_that_was_issued_is_given_when_there_is_one(world: World, client: Client) -> None:
    data = docx(next(one for one in EVERY.values() if one.kind == "ke-hoach"))
    Plan.objects.filter(pk=world.plan.pk).update(source=blobs.store(data, None, world.at))
    opened = actions.open_plan(plan=world.plan, by=world.people["chu-tich"], at=world.at, is_read=True)
    assert opened.form == "docx"
    assert client.get(f"/ben-truc/van-ban/ke-hoach/{opened.slug}/tep/").content == data


def test_the_desk_opens_and_closes_a_plan_and_says_so(world: World, client: Client) -> None:
    chair = world.signed_in("chu-tich", checks_forms=False)
    here = reverse("publications:plan", args=[world.plan.pk])
    chair.post(f"{here}cong-khai/", {"is_read": "on", "shows_progress": "on"})
    assert f"12-kh-ubnd-{world.plan.year}" in chair.get(here).content.decode()
    answer = chair.post(f"{here}go/", {"reason": ""})
    assert "Ghi lý do gỡ" in answer.content.decode()
    chair.post(f"{here}go/", {"reason": "Chờ bản mới"})
    assert "Chờ bản mới" in chair.get(here).content.decode()
    assert world.signed_in("ben-dua").get(here).status_code == 404


# --- a decision -----------------------------------------------------------------------------------


def test_a_decision_names_each_procedure_with_its_page(
    world: World, decision: Decision, client: Client
) -> None:
    page = page_of(client, f"/ben-truc/van-ban/quyet-dinh/{decision.pk}/")
    assert "/ben-truc/thu-tuc/1.001193/" in page.xpath("//main//a/@href")
    assert "Công bố <thủ tục>" in words(page, "//h1")
    assert not page.xpath("//ul[@class='files']")
    assert client.get(f"/ben-truc/van-ban/quyet-dinh/{decision.pk}/tep/").status_code == 404
    assert client.get(f"/ben-truc/van-ban/quyet-dinh/{decision.pk + 1}/").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [(b"%PDF-1.7 x", "qd.pdf", "pdf"), (b"PK\x03\x04", "danh-muc.xlsx", ""), (b"a;b\n", "ds.csv", "")],
)
def test_only_a_document_is_handed_out_with_a_decision(
    world: World, decision: Decision, client: Client, data: bytes, name: str, form: str
) -> None:
    Decision.objects.filter(pk=decision.pk).update(blob=blobs.store(data, None, world.at), blob_name=name)
    there = page_of(client, f"/ben-truc/van-ban/quyet-dinh/{decision.pk}/").xpath(
        "//ul[@class='files']//a/@href"
    )
    assert len(there) == bool(form)
    assert all(client.get(one).content == data for one in there)


def test_a_neighbour_does_not_show_the_decision_of_another_commune(
    world: World, decision: Decision, client: Client
) -> None:
    from dinhlang.org.models import Unit
    from dinhlang.portal.sites.actions import make_site

    other = Unit.objects.filter(level="commune").exclude(pk=world.commune.pk).first()
    assert other is not None
    make_site(unit=other, path="ben-dua", by=None, at=world.at)
    assert client.get(f"/xa-ben/van-ban/quyet-dinh/{decision.pk}/").status_code == 404


# --- where they are found -------------------------------------------------------------------------


def test_the_list_has_all_kinds_newest_first_and_each_alone(
    world: World, opened: OpenPlan, decision: Decision, client: Client
) -> None:
    rows = queries.papers(registry.now().by_path["ben-truc"], "vi")
    assert {one.kind for one in rows} == {"bao-cao", "ke-hoach", "quyet-dinh"}
    days = [one.issued_on for one in rows if one.issued_on]
    assert days == sorted(days, reverse=True)
    assert all(client.get(one.address).status_code == 200 for one in rows)
    for kind in ("bao-cao", "ke-hoach", "quyet-dinh"):
        page = page_of(client, f"/ben-truc/van-ban/{kind}/")
        shown = page.xpath("//ul[@class='list']//a/@href")
        assert shown == [one.address for one in rows if one.kind == kind]
    assert client.get("/ben-truc/en/van-ban/ke-hoach/").status_code == 200
    assert opened.subject in words(page_of(client, "/ben-truc/"))


def test_a_decision_without_a_day_stands_last(world: World, decision: Decision, client: Client) -> None:
    Decision.objects.filter(pk=decision.pk).update(signed_on=None)
    assert queries.papers(registry.now().by_path["ben-truc"], "vi")[-1].number == "7/QĐ-UBND"
    assert "Không rõ ngày ký" in words(page_of(client, "/ben-truc/van-ban/"))


def test_search_sitemap_and_machines_know_them(
    world: World, opened: OpenPlan, decision: Decision, client: Client
) -> None:
    ids = {one.id for one in sources.everything(world.today)}
    assert {f"plan:{world.plan.pk}", f"decision:{decision.pk}"} <= ids
    found = sources.tagged([f"plan:{world.plan.pk}", "procedure:1.001193"], world.today)
    told = {one.id: one for one in found.documents}
    assert told[f"plan:{world.plan.pk}"].place == opened.slug
    assert f"decision:{decision.pk}" in told
    assert f"plan:{world.plan.pk}" in found.ids
    site_map = client.get("/ben-truc/sitemap.xml").content.decode()
    assert f"/van-ban/ke-hoach/{opened.slug}/" in site_map
    assert f"/van-ban/quyet-dinh/{decision.pk}/" in site_map
    [block] = page_of(client, f"/ben-truc/van-ban/ke-hoach/{opened.slug}/").xpath(
        "//script[@type='application/ld+json']/text()"
    )
    node = json.loads(block)["@graph"][0]
    assert (node["@type"], node["legislationIdentifier"]) == ("Legislation", opened.number)
    listed = client.get("/ben-truc/api/v1/documents").json()
    assert {one["kind"] for one in listed["results"]} == {"bao-cao", "ke-hoach", "quyet-dinh"}
    [one] = client.get("/ben-truc/api/v1/documents?kind=quyet-dinh").json()["results"]
    assert (one["procedures"], one["period"], one["files"]) == (["1.001193"], None, [])
    assert client.get("/ben-truc/api/v1/documents?kind=khac").status_code == 400


def test_lists_and_pages_of_papers_ask_at_most_two_questions(
    world: World,
    opened: OpenPlan,
    decision: Decision,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = registry.now()
    monkeypatch.setattr(registry, "now", lambda: known)
    client.get("/ben-truc/van-ban/")
    for rest in ("", "ke-hoach/", f"ke-hoach/{opened.slug}/", f"quyet-dinh/{decision.pk}/"):
        with django_assert_max_num_queries(2):
            assert client.get(f"/ben-truc/van-ban/{rest}").status_code == 200
