"""The public site of a unit: where it stands, what frames its pages, who sets it up."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve, reverse
from lxml import etree
from lxml import html as lxml_html

from dinhlang.org.models import AuditEntry, Unit, UnitName, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal.models import Column, KeptChange, OldAddress, Site
from dinhlang.portal.sites import actions, looks, registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.rules import RESERVED, CannotChangeSite

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HOST = "bentruc.example.vn"
PAGES = ("", "van-ban/", "ket-qua/", "to-chuc/", "lien-he/", "so-do-trang/", "tro-nang/", "rieng-tu/")


def made(cast: Cast, **words: str) -> Site:
    return actions.make_site(
        unit=cast.commune, path="ben-truc", by=cast.office_clerk, at=cast.now, words=words
    )


@pytest.fixture
def hosted(cast: Cast, settings: Settings) -> Site:
    """A site at a host name of its own."""
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, HOST, "cu.example.vn"]
    site = made(cast)
    actions.set_host(site=site, host=HOST, is_main=True, by=None, at=cast.now)
    return site


def parsed(client: Client, address: str, **more: str) -> lxml_html.HtmlElement:
    answer = client.get(address, **more)
    assert answer.status_code == 200, address
    return lxml_html.document_fromstring(answer.content)


# --- where it stands ------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", PAGES)
@pytest.mark.parametrize("language", ["", "en/"])
def test_a_site_answers_under_its_path_in_both_languages(
    cast: Cast, client: Client, rest: str, language: str
) -> None:
    made(cast)
    page = parsed(client, f"/ben-truc/{language}{rest}")
    assert page.get("lang") == ("en" if language else "vi")
    assert page.xpath("string(//h1)").strip()
    [canonical] = page.xpath("//link[@rel='canonical']/@href")
    assert canonical.endswith(f"/ben-truc/{language}{rest}")
    assert {link.get("hreflang") for link in page.xpath("//link[@rel='alternate'][@hreflang]")} == {
        "vi",
        "en",
    }


@pytest.mark.parametrize("rest", PAGES)
def test_a_site_answers_at_its_host_and_its_path_leads_there(hosted: Site, client: Client, rest: str) -> None:
    page = parsed(client, f"/{rest}", headers={"host": HOST})
    assert page.xpath("//link[@rel='canonical']/@href") == [f"http://{HOST}/{rest}"]
    assert f"/ben-truc/{rest}" not in page.xpath("//a/@href")
    moved = client.get(f"/ben-truc/{rest}?a=1")
    assert (moved.status_code, moved.headers["Location"]) == (301, f"http://{HOST}/{rest}?a=1")


def test_every_link_of_the_frame_leads_somewhere(cast: Cast, client: Client) -> None:
    made(cast)
    found = set(parsed(client, "/ben-truc/").xpath("//nav//a/@href | //footer//a/@href"))
    assert len(found) > 5
    assert {one for one in found if client.get(one).status_code != 200} == set()


def test_an_old_host_leads_to_the_same_page_or_home(hosted: Site, client: Client, cast: Cast) -> None:
    actions.set_host(site=hosted, host="cu.example.vn", is_main=False, by=None, at=cast.now)
    for asked, there in (("/lien-he/", "/lien-he/"), ("/vi-vn/tin.aspx?id=7", "/"), ("/", "/")):
        answer = client.get(asked, headers={"host": "cu.example.vn"})
        assert (answer.status_code, answer.headers["Location"]) == (301, f"http://{HOST}{there}")


def test_the_host_and_the_feeds_of_a_unit_that_ended_lead_to_its_successor(
    hosted: Site, client: Client, cast: Cast, settings: Settings
) -> None:
    Unit.objects.filter(pk="ben-truc").update(ends_on=cast.today)
    new = Unit.objects.create(pk="ben-moi", level="commune", starts_on=cast.today)
    UnitName.objects.create(unit=new, kind="xã", name="Bến Mới", folded="ben moi")
    UnitSuccession.objects.create(
        predecessor_id="ben-truc",
        successor=new,
        reason="merged",
        takes_effect_on=cast.today,
        legal_basis="NQ",
    )
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "benmoi.example.vn"]
    site = actions.make_site(unit=new, path="ben-moi", by=None, at=cast.now)
    home = f"{settings.PUBLIC_URL}/ben-moi/"

    def led() -> tuple[list[str], list[str], str]:
        """Where the banner leads, and where the first entry of the feed does, with what it says."""
        page = parsed(client, "/", headers={"host": HOST})
        [entry] = etree.fromstring(client.get("/nhat-ky.rss", headers={"host": HOST}).content).iter("item")
        banner = page.xpath("//div[@class='ended']//a/@href")
        return banner, [entry.findtext("link") or ""], entry.findtext("description") or ""

    assert led() == (
        [home],
        [home],
        f"Trang này được giữ lại để tra cứu. Tin mới đăng ở: Xã Bến Mới ({home}).",
    )
    actions.set_host(site=site, host="benmoi.example.vn", is_main=True, by=None, at=cast.now)
    page = parsed(client, "/ket-qua/", headers={"host": "benmoi.example.vn"})
    assert page.xpath("//section[@aria-labelledby='truoc-day']//a/@href") == [f"http://{HOST}/ket-qua/"]
    assert led()[:2] == (["//benmoi.example.vn/"], ["http://benmoi.example.vn/"])
    Site.objects.filter(pk=site.pk).update(is_open=False)
    assert led() == (
        [],
        [f"http://{HOST}/"],
        "Trang này được giữ lại để tra cứu. Tin mới đăng ở: Xã Bến Mới.",
    )


def test_an_old_address_leads_to_its_page_on_every_host(hosted: Site, client: Client, cast: Cast) -> None:
    actions.set_host(site=hosted, host="cu.example.vn", is_main=False, by=None, at=cast.now)
    OldAddress.objects.create(site=hosted, path="/tin.aspx?id=7", target="/lien-he/")
    for host in (HOST, "cu.example.vn"):
        answer = client.get("/tin.aspx?id=7", headers={"host": host})
        assert answer.status_code == 301
        assert answer.headers["Location"].endswith("/lien-he/")
    assert client.get("/tin.aspx?id=8", headers={"host": HOST}).status_code == 404


def test_the_main_host_before_stays_as_an_old_one(hosted: Site, client: Client, cast: Cast) -> None:
    actions.set_host(site=hosted, host="cu.example.vn", is_main=True, by=None, at=cast.now)
    assert list(hosted.hosts.values_list("host", "is_main")) == [("cu.example.vn", True), (HOST, False)]
    assert client.get("/", headers={"host": HOST}).headers["Location"] == "http://cu.example.vn/"


def test_a_host_belongs_to_one_site_and_not_to_the_house(hosted: Site, cast: Cast) -> None:
    other = actions.make_site(unit=cast.neighbour_commune, path="ben-dua", by=None, at=cast.now)
    with pytest.raises(CannotChangeSite, match="đang thuộc trang “ben-truc”"):
        actions.set_host(site=other, host=HOST, is_main=True, by=None, at=cast.now)
    with pytest.raises(CannotChangeSite, match="không phải là tên miền"):
        actions.set_host(site=other, host="127.0.0.1", is_main=True, by=None, at=cast.now)
    actions.remove_host(site=hosted, host=HOST, by=None, at=cast.now)
    actions.set_host(site=other, host=HOST, is_main=True, by=None, at=cast.now)


def test_a_closed_site_is_not_there(cast: Cast, client: Client) -> None:
    site = made(cast)
    actions.change_site(site=site, path="ben-truc", is_open=False, by=None, at=cast.now)
    assert client.get("/ben-truc/").status_code == 404


def test_no_site_can_stand_where_the_house_does(cast: Cast) -> None:
    first = {re.split(r"[/.\\<]", str(one.pattern).lstrip("^"))[0] for one in get_resolver().url_patterns}
    inner = [
        one for one in get_resolver().url_patterns if isinstance(one, URLResolver) and str(one.pattern) == ""
    ]
    assert len(inner) > 2
    for one in inner:
        first |= {re.split(r"[/.\\<(]", str(under.pattern).lstrip("^"))[0] for under in one.url_patterns}
    assert first - {""} <= RESERVED


def test_addresses_lead_to_their_views(hosted: Site, cast: Cast) -> None:
    other = actions.make_site(unit=cast.neighbour_commune, path="ben-dua", by=None, at=cast.now)
    by_path, by_host = (registry.now().by_pk[one.pk] for one in (other, hosted))
    names = ("home", "documents", "results", "organisation", "contacts", "accessibility", "privacy")
    for name in names:
        for site, urls in ((by_path, None), (by_host, "dinhlang.config.host_urls")):
            for language, space in (("vi", "site"), ("en", "site-en")):
                there = getattr(Addresses(site, language), name)
                assert resolve(there, urls).view_name == f"{space}:{name}"


# --- what a page says -----------------------------------------------------------------------------


def test_the_foot_says_how_the_commune_is_reached(cast: Cast, client: Client) -> None:
    made(cast, hotline="0900 000 000", address="Thôn Đình", hours="Thứ Hai\nThứ Ba", email="a@ben.example")
    said = parsed(client, "/ben-truc/").xpath("string(//footer)")
    for word in ("0900 000 000", "Thôn Đình", "Thứ Ba", "a@ben.example"):
        assert word in said


def test_what_is_typed_about_a_site_stays_text(cast: Cast, client: Client) -> None:
    made(cast, welcome="</script><script>alert(1)</script>", organisation="<b onclick=x>Tổ</b>")
    for rest in ("", "to-chuc/", "lien-he/"):
        page = parsed(client, f"/ben-truc/{rest}")
        assert (
            page.xpath("//script[not(@type='application/ld+json') and not(starts-with(@src, '/static/'))]")
            == []
        )
        assert page.xpath("//*[@onclick]") == []


def test_machines_read_who_the_site_belongs_to(cast: Cast, client: Client) -> None:
    made(cast, hotline="0900 000 000")
    [data] = parsed(client, "/ben-truc/").xpath("//script[@type='application/ld+json']/text()")
    nodes = {node["@type"]: node for node in json.loads(data)["@graph"]}
    assert nodes["GovernmentOrganization"]["name"] == "Ủy ban nhân dân xã Bến Trúc"
    assert nodes["GovernmentOrganization"]["contactPoint"]["telephone"] == "0900 000 000"
    assert nodes["WebSite"]["potentialAction"]["target"]["urlTemplate"].endswith(
        "/ben-truc/tim-kiem/?q={search_term_string}"
    )
    [data] = parsed(client, "/ben-truc/lien-he/").xpath("//script[@type='application/ld+json']/text()")
    way = next(node for node in json.loads(data)["@graph"] if node["@type"] == "BreadcrumbList")
    assert [one["name"] for one in way["itemListElement"]] == ["Trang chủ", "Liên hệ"]


def test_a_page_is_the_same_however_one_looks_at_it(cast: Cast) -> None:
    made(cast)
    plain, other = Client(), Client()
    other.cookies["theme"] = other.cookies["text"] = other.cookies["language"] = "en"
    assert plain.get("/ben-truc/").content == other.get("/ben-truc/").content


def test_a_unit_that_ended_names_who_took_over(cast: Cast, client: Client) -> None:
    site = made(cast)
    Unit.objects.filter(pk="ben-truc").update(ends_on=date(2023, 7, 1))
    heir = Unit.objects.create(id="xa-moi", level=Unit.Level.COMMUNE, starts_on=date(2023, 7, 1))
    UnitName.objects.create(unit=heir, kind="xã", name="Mới", folded="xa moi")
    UnitSuccession.objects.create(
        predecessor=site.unit,
        successor=heir,
        reason="merger",
        takes_effect_on=date(2023, 7, 1),
        legal_basis="x",
    )
    said = parsed(client, "/ben-truc/").xpath("//div[@class='ended']")[0]
    assert "Nay thuộc: Xã Mới." in " ".join(said.text_content().split())
    actions.make_site(unit=heir, path="xa-moi", by=None, at=cast.now)
    assert parsed(client, "/ben-truc/").xpath("//div[@class='ended']//a/@href") == ["/xa-moi/"]


def test_a_provinces_home_lists_its_communes(cast: Cast, client: Client) -> None:
    made(cast)
    actions.make_site(unit=cast.province, path="tinh-mau", by=None, at=cast.now)
    assert parsed(client, "/tinh-mau/").xpath("//ul[@class='communes']//a/@href") == ["/ben-truc/"]


def test_a_page_that_did_not_change_is_not_sent_again(cast: Cast, client: Client) -> None:
    made(cast)
    answer = client.get("/ben-truc/")
    again = client.get("/ben-truc/", headers={"if-none-match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.post("/ben-truc/").status_code == 405


@pytest.mark.one_database
@pytest.mark.parametrize("look", looks.all_looks(), ids=looks.name_of)
def test_each_look_is_a_small_style_sheet_of_its_own(look: dict[str, str]) -> None:
    style = looks.style_of(look)
    assert len(style) < 2500
    assert style.count("{") == style.count("}")
    assert ("color-scheme:dark" in style) == (look["theme"] == "dark")
    assert (f"font-size:{look['text']}%" in style) == (look["text"] != "100")


def test_the_sites_are_asked_in_few_questions(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    made(cast)
    for number in range(20):
        unit = Unit.objects.create(id=f"xa-{number}", level=Unit.Level.COMMUNE)
        Site.objects.create(unit=unit, path=unit.pk)
    with django_assert_max_num_queries(7):
        assert len(registry.read(cast.today).sites) == 21


# --- who sets it up -------------------------------------------------------------------------------


def test_the_desk_makes_a_site_with_its_columns(cast: Cast, client: Client) -> None:
    client.force_login(cast.office_clerk)
    there = reverse("publications:site")
    assert "Lập trang công khai" in client.get(there).content.decode()
    answer = client.post(there, {"path": "ben-truc", "hotline": "0900 000 000"}, follow=True)
    assert "Đã lưu trang công khai." in answer.content.decode()
    site = Site.objects.get()
    assert (site.unit_id, site.hotline) == ("ben-truc", "0900 000 000")
    assert Column.objects.get(unit="ben-truc", name="Thủ tục hành chính").slug == "thu-tuc-hanh-chinh"
    assert AuditEntry.objects.filter(action="site.make").exists()
    client.post(there, {"path": "xa-ben-truc", "is_open": "on"})
    assert AuditEntry.objects.get(action="site.change").detail == {
        "was": {"path": "ben-truc", "hotline": "0900 000 000"}
    }
    assert [f"site:{site.pk}", "sites"] in list(KeptChange.objects.values_list("tags", flat=True))


def test_a_path_that_is_taken_is_refused_beside_the_form(cast: Cast, client: Client) -> None:
    actions.make_site(unit=cast.neighbour_commune, path="ben-truc", by=None, at=cast.now)
    client.force_login(cast.office_clerk)
    said = client.post(reverse("publications:site"), {"path": "ben-truc"}).content.decode()
    assert "Địa chỉ “ben-truc” đang thuộc trang khác." in said
    assert Site.objects.count() == 1


def test_only_those_of_the_unit_who_may_set_it_up(cast: Cast) -> None:
    for person in (cast.neighbour, cast.hamlet_head, cast.reviewer):
        with pytest.raises(NotAllowed):
            actions.make_site(unit=cast.commune, path="ben-truc", by=person, at=cast.now)
    site = made(cast)
    with pytest.raises(NotAllowed):
        actions.change_site(site=site, path="ben-truc", is_open=False, by=cast.neighbour, at=cast.now)
    with pytest.raises(CannotChangeSite, match="đã có trang"):
        made(cast)


def test_the_whole_address_of_a_site_under_its_path(cast: Cast) -> None:
    made(cast)
    site = registry.now().by_path["ben-truc"]
    assert absolute(site, Addresses(site).column("thong-bao")).endswith("/ben-truc/chuyen-muc/thong-bao/")
