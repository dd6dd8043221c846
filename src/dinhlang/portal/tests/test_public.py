"""The web twin of an issued report: what everyone sees, what nobody outside does, and who decides."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from lxml import html as lxml_html

from dinhlang.org.models import AuditEntry, Unit, UnitName, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.identifier import Period
from dinhlang.portal.models import Publication, PublicLine
from dinhlang.portal.public import actions, views
from dinhlang.portal.public.actions import publish_report, withdraw_report
from dinhlang.portal.public.rules import CannotPublish
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.models import Report
from dinhlang.work import actions as work
from dinhlang.work.models import Activity
from dinhlang.work.rules import EntryEvidence, FileEvidence, LinkEvidence

if TYPE_CHECKING:
    from pytest_django.fixtures import DjangoAssertNumQueries, Settings

    from conftest import Cast
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

HALF = Period.parse("2023-H1")
ISSUED_ON = date(2023, 7, 20)
# Everything of a line that must never leave the house.
SECRETS = (
    "Nguyễn Thị Lan",
    "0912345678",
    "nguyen-thi-lan",
    "ghi chú riêng về cụ Tý",
    "chú thích ảnh bà Hoa",
    "anh-ba-hoa",
    "Trần Văn Kín",
    "nhập nhầm của ông Bảy",
)


@pytest.fixture(autouse=True)
def _blobs(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


def record(cast: Cast, title: str, kind: str = "website", *evidence: object, **more: object) -> Activity:
    measures = {"guidance": 3} if kind == "guidance" else {"articles": 1, "posts": 1}
    return work.record_activity(
        unit=cast.commune,
        kind=kind,
        happened_on=date(2023, 3, 5),
        title=title,
        measures=measures,
        evidence=list(evidence),
        by=cast.culture_officer,
        at=cast.now,
        **more,
    )


def issued(cast: Cast) -> Report:
    draft = draft_report(unit=cast.commune, period=HALF, by=cast.office_clerk, at=cast.now)
    return issue_report(report=draft, on=ISSUED_ON, by=None, at=cast.now)


def published(cast: Cast, report: Report | None = None) -> Publication:
    return publish_report(report=report or issued(cast), by=cast.chair, at=cast.now, is_read=True)


def where(name: str = "report", *more: object, number: int = 1) -> str:
    return reverse(f"public:{name}", args=["ben-truc", 2023, number, *more])


def every_page(client: Client, number: int = 1) -> Iterator[tuple[str, str]]:
    """Each public page of a report and what it says: itself, each figure, open data, the list."""
    report = Report.objects.get(number=number, unit="ben-truc")
    anchors = list(report.figures.values_list("anchor", flat=True))
    assert len(anchors) > 3
    addresses = [
        where(number=number),
        *(where("figure", anchor, number=number) for anchor in anchors),
        where("data", "json", number=number),
        where("data", "csv", number=number),
        reverse("public:reports", args=["ben-truc"]),
    ]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        yield address, answer.content.decode()


def figure_page(client: Client, anchor: str = "articles") -> str:
    answer = client.get(where("figure", anchor))
    assert answer.status_code == 200
    return answer.content.decode()


# --- what is shown --------------------------------------------------------------------------------


def test_the_twin_says_what_was_issued_and_each_figure_leads_to_its_lines(cast: Cast, client: Client) -> None:
    record(cast, "Nộp hồ sơ tại nhà", "website", LinkEvidence("https://ben-truc.example/bai-1"))
    record(cast, "Họp tổ một cửa", "guidance", FileEvidence(b"so huong dan", "so.txt"), note="n")
    record(cast, "Hướng dẫn ở quầy", "guidance", EntryEvidence("Sổ đếm lượt hướng dẫn, ngày 05/3/2023"))
    publication = published(cast)
    page = lxml_html.document_fromstring(client.get(where()).content)
    article = page.xpath("//article[@class='document']")[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in article.text_content()
    assert publication.report.subject in article.text_content()
    links = {link.get("href"): link.text_content() for link in article.xpath(".//a[@class='figure']")}
    assert links[where("figure", "articles")] == "1"
    # One in running text, one in a cell of a table: all that the report counts can be opened.
    assert set(links) == {
        where("figure", anchor) for anchor in publication.report.figures.values_list("anchor", flat=True)
    }

    said = figure_page(client)
    assert "1 tin, bài" in said
    assert "Nộp hồ sơ tại nhà" in said
    assert 'href="https://ben-truc.example/bai-1"' in said
    assert 'rel="noreferrer noopener nofollow"' in said
    inside = figure_page(client, "guidance")
    assert "Họp tổ một cửa" in inside
    assert "1 tệp nội bộ, lưu tại xã" in inside
    assert re.search(r"SHA-256: [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}…", inside)
    assert "mục trong sổ của xã: Sổ đếm lượt hướng dẫn, ngày 05/3/2023." in inside
    assert "Chưa có minh chứng." not in inside


def test_nothing_personal_of_any_line_is_on_any_public_page(cast: Cast, client: Client) -> None:
    cast.culture_officer.full_name = "Trần Văn Kín"
    cast.culture_officer.save()
    link = LinkEvidence("https://ben-truc.example/ba-nguyen-thi-lan", "chú thích ảnh bà Hoa")
    photo = FileEvidence(b"so lam viec", "chú thích ảnh bà Hoa anh-ba-hoa")
    for kind in ("website", "guidance"):
        record(
            cast,
            "Hướng dẫn bà Nguyễn Thị Lan, 0912345678",
            kind,
            link,
            photo,
            note="ghi chú riêng về cụ Tý",
            reform_field="thu-tuc",
        )
    published(cast)
    work.reverse_activity(
        activity=Activity.objects.filter(kind="website").get(),
        reason="nhập nhầm của ông Bảy",
        by=cast.culture_officer,
        at=cast.now + timedelta(days=1),
    )
    pages = list(every_page(client))
    for address, said in pages:
        for secret in SECRETS:
            assert secret not in said, (address, secret)
        assert "/ban-lam-viec/" not in said
    said = "".join(text for _, text in pages)
    assert "Hướng dẫn tại nơi tiếp nhận hồ sơ – Cải cách thủ tục hành chính" in said
    assert "Đã hủy ghi sau khi phát hành (21/7/2023)" in said


def test_an_officers_word_shows_a_title_and_its_link_but_nothing_more(cast: Cast, client: Client) -> None:
    title = "Gương sáng: bà Nguyễn Thị Lan"
    line = record(
        cast,
        title,
        "website",
        LinkEvidence("https://ben-truc.example/guong-sang", "chú thích"),
        note="ghi chú của cụ",
    )
    published(cast)
    assert title not in figure_page(client)
    actions.decide_wording(activity=line, wording="own", by=cast.office_clerk, at=cast.now)
    said = figure_page(client)
    assert title in said
    assert "https://ben-truc.example/guong-sang" in said
    assert "chú thích" not in said
    assert "ghi chú của cụ" not in said
    actions.decide_wording(activity=line, wording="common", by=cast.chair, at=cast.now)
    assert title not in figure_page(client)
    assert PublicLine.objects.get().decided_by == cast.chair
    assert AuditEntry.objects.filter(action="line.wording").count() == 2


def test_markup_in_a_title_stays_text(cast: Cast, client: Client) -> None:
    record(cast, "<script>alert(1)</script></script> họp")
    report = issued(cast)
    published(cast, report)
    for _, said in every_page(client):
        assert "<script>alert" not in said


def test_the_data_block_for_search_engines_cannot_be_left(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    draft = draft_report(unit=cast.commune, period=HALF, by=cast.office_clerk, at=cast.now)
    draft.subject = "Kết quả </script><b>"
    draft.save()
    published(cast, issue_report(report=draft, on=ISSUED_ON, by=None, at=cast.now))
    page = lxml_html.document_fromstring(client.get(where()).content)
    block = page.xpath("//script[@type='application/ld+json']/text()")[0]
    said = json.loads(block)
    assert said["name"] == "Kết quả </script><b>"
    assert said["reportNumber"] == "01/BC-UBND"
    assert said["publisher"]["name"] == "Ủy ban nhân dân xã Bến Trúc"
    assert page.xpath("//link[@rel='canonical']/@href")[0].endswith(where())


def test_open_data_holds_the_figures_and_nothing_of_lines(cast: Cast, client: Client) -> None:
    record(cast, "Tin bài số một")
    published(cast)
    answer = client.get(where("data", "json"))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    said = answer.json()
    articles = next(one for one in said["figures"] if one["concept"] == "articles")
    assert (said["schema"], said["number"], articles["value"]) == (
        "dinhlang.public-report/1",
        "01/BC-UBND",
        1,
    )
    assert articles["url"].endswith(where("figure", articles["anchor"]))
    assert "Tin bài số một" not in answer.content.decode()
    table = client.get(where("data", "csv")).content
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == len(said["figures"])
    assert rows[0].keys() >= {"label", "value", "from", "to"}


def test_the_open_table_holds_nothing_that_a_spreadsheet_would_run() -> None:
    blank = dict.fromkeys(views._COLUMNS)
    table = views._table([{**blank, "label": sign + "1+1", "value": 3} for sign in "=+-@\t\r"]).decode(
        "utf-8-sig"
    )
    assert [(row["label"][0], row["value"]) for row in csv.DictReader(io.StringIO(table, newline=""))] == [
        ("'", "3")
    ] * 6


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_files_are_the_very_ones_that_were_issued(cast: Cast, client: Client, form: str) -> None:
    record(cast, "Tin")
    publication = published(cast)
    answer = client.get(where("file", form))
    blob = getattr(publication.report, form)
    assert answer.headers["ETag"] == f'"{blob.sha256}"'
    assert f"bao-cao-ben-truc-2023-01.{form}" in answer.headers["Content-Disposition"]
    assert len(answer.content) == blob.size


# --- what is not ----------------------------------------------------------------------------------


def test_nobody_can_tell_an_unpublished_report_from_none(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    issued(cast)
    addresses = [
        (where(), where(number=77)),
        (where("figure", "articles"), where("figure", "articles", number=77)),
        (where("data", "json"), where("data", "json", number=77)),
        (where("file", "pdf"), where("file", "pdf", number=77)),
        (reverse("public:reports", args=["ben-truc"]), reverse("public:reports", args=["khong-co"])),
    ]
    for there, nowhere in addresses:
        answers = [client.get(address) for address in (there, nowhere)]
        assert [answer.status_code for answer in answers] == [404, 404]
        said = [re.sub(r'(href|value)="[^"]*"', "", answer.content.decode()) for answer in answers]
        assert said[0] == said[1]


def test_a_draft_cannot_be_published(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    draft = draft_report(unit=cast.commune, period=HALF, by=cast.office_clerk, at=cast.now)
    with pytest.raises(CannotPublish, match="dự thảo"):
        publish_report(report=draft, by=cast.chair, at=cast.now, is_read=True)


@pytest.mark.parametrize(
    "address",
    [
        "/bao-cao/ben-truc/2023/1/so-lieu/khong-co/",
        "/bao-cao/ben-truc/2022/1/",
        "/bao-cao/ben-dua/2023/1/",
        "/bao-cao/ben-truc/99999/1/",
        "/bao-cao/ben-truc/2023/999999999999999999999/",
        "/bao-cao/ben-truc/2023/1/van-ban.exe",
    ],
)
def test_what_is_not_there_is_not_found(cast: Cast, client: Client, address: str) -> None:
    record(cast, "Tin")
    published(cast)
    assert client.get(address).status_code == 404


def test_a_withdrawn_report_says_when_and_why_at_every_address(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    publication = published(cast)
    withdraw_report(publication=publication, reason="Số liệu mục 2 tính lại", by=cast.chair, at=cast.now)
    for address in (where(), where("figure", "articles"), where("data", "csv"), where("file", "docx")):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Số liệu mục 2 tính lại" in answer.content.decode()
        assert "20/7/2023" in answer.content.decode()
        assert "Tin" not in re.sub("Tin,|Tin tức", "", answer.content.decode())
    listed = client.get(reverse("public:reports", args=["ben-truc"]))
    assert listed.status_code == 200
    assert publication.report.subject not in listed.content.decode()
    publish_report(report=publication.report, by=cast.chair, at=cast.now, is_read=True)
    assert client.get(where()).status_code == 200
    assert [entry.action for entry in AuditEntry.objects.order_by("pk")][-3:] == [
        "report.publish",
        "report.withdraw",
        "report.publish",
    ]


# --- who decides ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "who", ["culture_officer", "one_stop_clerk", "administrator", "neighbour", "reviewer"]
)
def test_only_who_may_issue_may_publish_withdraw_and_decide(cast: Cast, who: str) -> None:
    line = record(cast, "Tin")
    report, stranger = issued(cast), getattr(cast, who)
    with pytest.raises(NotAllowed):
        publish_report(report=report, by=stranger, at=cast.now, is_read=True)
    with pytest.raises(NotAllowed):
        actions.decide_wording(activity=line, wording="own", by=stranger, at=cast.now)
    publication = published(cast, report)
    with pytest.raises(NotAllowed):
        withdraw_report(publication=publication, reason="x", by=stranger, at=cast.now)
    assert publication.is_open


def test_the_successors_people_can_withdraw_what_they_took_over(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    publication = published(cast)
    ended = cast.today
    Unit.objects.filter(pk="ben-truc").update(ends_on=ended)
    new = Unit.objects.create(pk="ben-moi", level="commune", starts_on=ended)
    UnitName.objects.create(unit=new, kind="xã", name="Bến Mới", folded="ben moi")
    UnitSuccession.objects.create(
        predecessor_id="ben-truc", successor=new, reason="merged", takes_effect_on=ended, legal_basis="NQ"
    )
    said = client.get(where()).content.decode()
    assert "Nay thuộc:" in said
    assert "Xã Bến Mới" in said
    cast.chair.positions.update(unit=new)
    again = Publication.objects.select_related("report__unit").get(pk=publication.pk)
    withdraw_report(publication=again, reason="Đơn vị đã sáp nhập", by=cast.chair, at=cast.now)
    assert client.get(where()).status_code == 410


def test_words_that_name_someone_are_refused_before_everyone_reads_them(cast: Cast) -> None:
    record(cast, "Tin")
    report = issued(cast)
    with pytest.raises(CannotPublish, match="Lời dẫn"):
        publish_report(
            report=report, by=cast.chair, at=cast.now, note="Hỏi bà Nguyễn\u200b Thị Lan", is_read=True
        )
    publication = published(cast, report)
    with pytest.raises(CannotPublish, match="Lý do gỡ"):
        withdraw_report(publication=publication, reason="Gọi 0912345678", by=cast.chair, at=cast.now)
    with pytest.raises(CannotPublish, match="Chưa có lý do"):
        withdraw_report(publication=publication, reason=" \n ", by=cast.chair, at=cast.now)


def test_a_text_that_seems_to_name_people_is_read_before_it_is_open(cast: Cast) -> None:
    record(cast, "Tin")
    draft = draft_report(unit=cast.commune, period=HALF, by=cast.office_clerk, at=cast.now)
    draft.document["body"][0]["runs"] = [{"text": "Tuyên dương bà Nguyễn Thị Lan."}]
    draft.save()
    report = issue_report(report=draft, on=ISSUED_ON, by=None, at=cast.now)
    with pytest.raises(CannotPublish, match="1 chỗ"):
        publish_report(report=report, by=cast.chair, at=cast.now)
    assert publish_report(report=report, by=cast.chair, at=cast.now, is_read=True).is_open


# --- what changed since ---------------------------------------------------------------------------


def test_drift_is_told_calmly_and_the_report_stays(cast: Cast, client: Client) -> None:
    line = record(cast, "Tin")
    record(cast, "Tin hai")
    published(cast)
    assert "Sổ theo dõi hôm nay" not in client.get(where()).content.decode()
    work.reverse_activity(activity=line, reason="nhầm", by=cast.culture_officer, at=cast.now)
    said = client.get(where()).content.decode()
    assert re.search(r"Sổ theo dõi hôm nay cho số khác ở \d+ chỉ tiêu; báo cáo giữ nguyên", said)
    assert "2 tin, bài" in figure_page(client)


def test_a_report_and_the_one_that_replaces_it_name_each_other(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    first = issued(cast)
    published(cast, first)
    second = issued_instead(cast, first)
    assert "thay bằng" not in client.get(where()).content.decode()
    published(cast, second)
    assert where(number=2) in client.get(where()).content.decode()
    assert where() in client.get(where(number=2)).content.decode()


def issued_instead(cast: Cast, first: Report) -> Report:
    """A second report of the period, as `reports` issues one that replaces the first."""
    fields = {
        field.attname: getattr(first, field.attname)
        for field in Report._meta.concrete_fields
        if field.attname not in ("id", "number", "corrects_id")
    }
    second = Report.objects.create(**fields, number=2, corrects=first)
    figure = first.figures.first()
    assert figure is not None
    for one in first.figures.all():
        one.pk, one.report = None, second
        one.save()
    return second


def test_a_page_is_kept_until_something_on_it_changes(cast: Cast, client: Client) -> None:
    line = record(cast, "Hướng dẫn bà Hoa")
    published(cast)
    there = where("figure", "articles")
    first = client.get(there)
    assert first.headers["Cache-Control"] == "public, no-cache"
    assert first.headers["Vary"] == "Cookie"
    again = client.get(there, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    actions.decide_wording(activity=line, wording="own", by=cast.chair, at=cast.now)
    assert client.get(there, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_a_page_is_only_read(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    published(cast)
    answer = client.post(where())
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD")


def test_charts_show_the_pinned_lines_whatever_the_ledger_says_today(cast: Cast, client: Client) -> None:
    for day in (date(2023, 1, 9), date(2023, 3, 9), date(2023, 3, 20)):
        work.record_activity(
            unit=cast.commune,
            kind="website",
            happened_on=day,
            title=f"Tin {day.day}/{day.month}",
            measures={"articles": 2},
            by=cast.culture_officer,
            at=cast.now,
        )
    publication = published(cast)
    assert publication.months["articles"] == {"2023-01-01": 2, "2023-03-01": 4}
    record(cast, "Ghi sau khi phát hành")
    for line in Activity.objects.filter(title="Tin 9/1"):
        work.reverse_activity(activity=line, reason="nhầm", by=cast.culture_officer, at=cast.now)
    page = lxml_html.document_fromstring(client.get(where()).content)
    chart = page.xpath("//figure[.//h2[contains(., 'Tin, bài')]]")[0]
    assert "nhiều nhất là tháng 3/2023 với 4 tin, bài" in chart.text_content()
    rows = [[cell.text_content() for cell in row.xpath("td")] for row in chart.xpath(".//tbody/tr")]
    assert ["1/23", "2"] in rows
    assert ["3/23", "4"] in rows
    assert ["2/23", "…"] in rows


# --- how pages are looked at ----------------------------------------------------------------------


def test_how_pages_look_is_kept_in_this_browser_without_a_script(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    back = reverse("public:privacy")
    answer = browser.post(
        reverse("public:look"), {"text": "130", "contrast": "more", "theme": "dark", "next": back}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, back)
    assert answer.cookies["text"]["httponly"]
    page = browser.get(back).content
    assert page == Client().get(back).content
    style = browser.get(reverse("public:look-style"))
    assert style.headers["Vary"] == "Cookie"
    assert "private" in style.headers["Cache-Control"]
    assert "font-size:130%" in style.content.decode()
    assert "--paper:#000000" in style.content.decode()
    browser.post(reverse("public:look"), {"text": "100", "contrast": "usual", "theme": "auto", "next": back})
    assert browser.get(reverse("public:look-style")).content == Client().get("/hien-thi.css").content


@pytest.mark.one_database
@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "", "/\\evil.example"]
)
def test_a_forged_way_back_leads_home(cast: Cast, client: Client, back: str) -> None:
    answer = client.post(reverse("public:look"), {"text": "9000", "theme": '"><script>', "next": back})
    assert answer.headers["Location"] == reverse("front")
    assert answer.cookies == {}


def test_a_forged_cookie_changes_nothing(cast: Cast, client: Client) -> None:
    client.cookies["theme"] = '"><script>'
    assert client.get(reverse("public:look-style")).content == Client().get("/hien-thi.css").content


# --- the desk's side ------------------------------------------------------------------------------


def test_the_desk_opens_decides_and_closes(cast: Cast, client: Client) -> None:
    line = record(cast, "Hướng dẫn bà Nguyễn Thị Lan")
    record(cast, "Tin")
    report = issued(cast)
    client.force_login(cast.office_clerk)
    listed = client.get(reverse("publications:list")).content.decode()
    assert "Chưa công khai" in listed
    there = reverse("publications:report", args=[report.pk])
    assert "Chờ duyệt (1)" in client.get(there).content.decode()
    sent = client.post(
        reverse("publications:publish", args=[report.pk]), {"note": "", "is_read": "on"}, follow=True
    )
    assert "Đã công khai" in sent.content.decode()
    assert where() in sent.content.decode()
    client.post(reverse("publications:wording", args=[report.pk, line.pk]), {"wording": "common"})
    assert "Chờ duyệt (0)" in client.get(there).content.decode()
    row = client.post(
        reverse("publications:wording", args=[report.pk, line.pk]),
        {"wording": "own"},
        headers={"HX-Request": "true"},
    )
    assert row.content.decode().count("<tr") == 1
    empty = client.post(reverse("publications:withdraw", args=[report.pk]), {"reason": ""})
    assert "Ghi lý do gỡ" in empty.content.decode()
    gone = client.post(
        reverse("publications:withdraw", args=[report.pk]), {"reason": "Tính lại"}, follow=True
    )
    assert escape("“Tính lại”") in gone.content.decode()
    assert client.get(where()).status_code == 410


def test_who_may_only_draft_sees_the_page_without_its_buttons(cast: Cast, client: Client) -> None:
    line = record(cast, "Hướng dẫn bà Nguyễn Thị Lan")
    report = issued(cast)
    client.force_login(cast.culture_officer)
    said = client.get(reverse("publications:report", args=[report.pk])).content.decode()
    assert "Công khai báo cáo" not in said
    assert 'name="wording"' not in said
    refused = client.post(reverse("publications:publish", args=[report.pk]), {"is_read": "on"})
    assert "chưa được giao quyền" in refused.content.decode()
    client.post(reverse("publications:wording", args=[report.pk, line.pk]), {"wording": "own"})
    assert not PublicLine.objects.exists()
    assert not Publication.objects.exists()


def test_lines_and_reports_of_others_are_not_there(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    report = issued(cast)
    stranger = work.record_activity(
        unit=cast.neighbour_commune,
        kind="website",
        happened_on=date(2023, 3, 5),
        title="Của xã bên",
        measures={"articles": 1},
        by=None,
        at=cast.now,
    )
    client.force_login(cast.chair)
    answer = client.post(reverse("publications:wording", args=[report.pk, stranger.pk]), {"wording": "own"})
    assert answer.status_code == 404
    draft = draft_report(unit=cast.commune, period=Period.parse("2023-Q1"), by=cast.office_clerk, at=cast.now)
    assert client.get(reverse("publications:report", args=[draft.pk])).status_code == 404
    bad = client.post(
        reverse("publications:wording", args=[report.pk, Activity.objects.get(title="Tin").pk]),
        {"wording": "x"},
    )
    assert bad.status_code == 302
    assert not PublicLine.objects.exists()
    client.force_login(cast.neighbour)
    for name in ("publish", "withdraw"):
        assert client.post(reverse(f"publications:{name}", args=[report.pk])).status_code == 404


# --- how much is asked of the database ------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "more", "most"),
    [
        ("reports", None, 9),
        ("report", [], 45),
        ("figure", ["articles"], 14),
        ("data", ["json"], 6),
        ("file", ["pdf"], 3),
    ],
)
def test_a_public_page_asks_no_more_for_more_lines(
    cast: Cast,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    name: str,
    more: list[str] | None,
    most: int,
) -> None:
    for number in range(70):
        record(cast, f"Tin số {number}", "website", LinkEvidence(f"https://ben-truc.example/{number}"))
    published(cast)
    there = reverse("public:reports", args=["ben-truc"]) if more is None else where(name, *more)
    with django_assert_max_num_queries(most):
        assert client.get(there).status_code == 200


def test_the_desks_pages_ask_no_more_for_more_lines(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(70):
        record(cast, f"Hướng dẫn bà Nguyễn Thị Lan lần {number}")
    report = published(cast).report
    client.force_login(cast.chair)
    with django_assert_max_num_queries(40):
        client.get(reverse("publications:list"))
    with django_assert_max_num_queries(40):
        said = client.get(reverse("publications:report", args=[report.pk]), {"dong": "tat-ca", "p": "2"})
    assert "Tất cả (70)" in said.content.decode()


def test_a_long_list_has_pages_and_an_impossible_one_gives_the_nearest(cast: Cast, client: Client) -> None:
    for number in range(60):
        record(cast, f"Tin số {number}.")
    published(cast)
    assert "Tin số 49." in figure_page(client)
    assert "Tin số 50." not in figure_page(client)
    for asked in ("2", "99", "-1", "x", "9" * 40):
        assert client.get(where("figure", "articles"), {"p": asked}).status_code == 200
    assert "Tin số 59." in client.get(where("figure", "articles"), {"p": "2"}).content.decode()


def test_the_demonstration_is_open_once_and_out_of_search_engines(cast: Cast, client: Client) -> None:
    record(cast, "Tin")
    report = issued(cast)
    for _ in range(2):
        actions.load_demo(at=cast.now)
    publication = Publication.objects.get()
    assert publication.report == report
    assert 'content="noindex"' in client.get(where()).content.decode()
    withdraw_report(publication=publication, reason="Thử gỡ", by=None, at=datetime.now(tz=cast.now.tzinfo))
    actions.load_demo(at=cast.now)
    assert not Publication.objects.get().is_open


def test_the_list_of_what_is_open_leaves_as_a_file(world: World) -> None:
    client = world.signed_in("van-phong", checks_forms=False)
    answer = client.post(reverse("publications:export", args=["csv"]))
    rows = b"".join(answer.streaming_content).decode().splitlines()[1:]
    assert any("Đang công khai" in row and "http://testserver/" in row for row in rows)
    noted = AuditEntry.objects.get(action="publication.export")
    assert noted.detail == {"rows": len(rows), "form": "csv"}
