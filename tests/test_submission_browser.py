"""Submission in a real browser, commune to province: handed in, returned naming a figure, replaced, accepted; a package
from a box of the commune's own; a file that came by e-mail."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.approving import REPORTS, at_work, finish, issue
from tests.conftest import Installation, Server, Stem, through
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# The commune owes two years' reports and issued both; its neighbour owes one. The demonstration has no administrator of
# the province, who gives out keys.
SEED = """
import json
from datetime import date
from django.utils import timezone
from dinhlang.org.models import Person, Position, Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Programme
at = timezone.now()
today = timezone.localdate(at)
import_shipped(at=at)
programme = Programme.objects.get(pk="cchc-tuyen-truyen")
unit = Unit.objects.get(pk="ben-truc")
told = {}
for name, years in (("last", 1), ("before", 2)):
    period = Period.parse(f"{today.year - years}")
    open_period(programme=programme, period=period, at=at, units=["ben-truc", "ben-dua"])
    report = draft_report(unit=unit, period=period, by=None, at=at)
    told[name] = str(issue_report(report=report, on=today, by=None, at=at).pk)
    told["period"] = str(period)
told["owed"] = Obligation.objects.get(unit="ben-dua", period=str(period)).pk
Position.objects.create(
    person=Person.objects.get(username="so-noi-vu"), unit_id="tinh-mau", role="administrator",
    title="Quản trị", starts_on=date(2020, 1, 1),
)
print("told", json.dumps(told))
"""

LETTER = """ỦY BAN NHÂN DÂN
XÃ BẾN DỪA
Số: 31/BC-UBND
Bến Dừa, ngày 15 tháng 12 năm {year}

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm {year}

Trong năm {year}, Ủy ban nhân dân xã đã đăng 48 tin, bài trên trang thông tin điện tử.
"""


@pytest.fixture(scope="module")
def box(rendered_demo: Installation, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A box of the commune's own: it only runs commands."""
    data = tmp_path_factory.mktemp("box") / "var"
    shutil.copytree(rendered_demo.data, data)
    return Installation(data, rendered_demo.port)


@pytest.fixture(scope="module")
def told(box: Installation) -> dict[str, str]:
    done = box.run("django", "shell", "--verbosity=0", "--command", SEED)
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout.split("told ")[1])
    return found


@pytest.fixture(scope="module")
def above(box: Installation, told: dict[str, str], stem: Stem) -> Iterator[Server]:
    """The installation of the province, where the commune works as well."""
    with stem.running(box) as started:
        yield started


def press(page: Page, name: str) -> None:
    through(page.get_by_role("button", name=name, exact=True))


def sound(page: Page) -> None:
    """Nothing that axe finds by day and by night, nothing wider than a phone or a laptop."""
    for screen in (PHONE, SCREEN):
        page.set_viewport_size(screen)
        assert page.evaluate(TOO_WIDE) == []
    assert barriers_on(page) + barriers_in_the_dark(page) == []


def said(page: Page) -> str:
    return page.locator("main").inner_text()


def test_a_report_is_handed_in_returned_replaced_handed_in_again_and_accepted(
    chromium: Browser, above: Server, told: dict[str, str]
) -> None:
    clerk = at_work(chromium, above, "van-phong")
    clerk.go("/ban-lam-viec/")
    through(clerk.page.locator(f"a[href$='/{told['last']}/nop/']"))
    sound(clerk.page)
    press(clerk.page, "Nộp lên cấp trên")
    assert "cấp trên đã tiếp nhận với số 01/TN-" in said(clerk.page)
    sound(clerk.page)
    first = clerk.page.url
    through(clerk.page.get_by_role("link", name="Giấy tiếp nhận", exact=True))
    sound(clerk.page)
    with clerk.page.expect_download() as download:
        clerk.page.get_by_role("link", name="PDF", exact=True).click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    province = at_work(chromium, above, "so-noi-vu")
    province.go("/ban-lam-viec/")
    through(province.page.locator("a[href$='/da-nop/?state=received']"))
    assert province.page.locator("h1").inner_text() == "Báo cáo nhận được"
    sound(province.page)
    through(province.page.locator("main table a").first)
    assert province.page.url == first
    sound(province.page)
    province.page.get_by_text("Trả lại để sửa", exact=True).click()
    province.page.get_by_text("Chỉ rõ đoạn, số liệu cần sửa").click()
    figure = province.page.locator("select[name=place_1] optgroup").first.locator("option").first
    named = figure.inner_text()
    province.page.select_option("select[name=place_1]", figure.get_attribute("value"))
    province.page.fill("input[name=said_1]", "Số này chưa khớp sổ.")
    press(province.page, "Trả lại đơn vị")

    clerk.go("/ban-lam-viec/")
    through(clerk.page.locator(f"main a[href$='{first.removeprefix(above.address)}']"))
    assert f"“{named}”: Số này chưa khớp sổ." in clerk.page.locator(".note--error").inner_text()
    sound(clerk.page)
    press(clerk.page, "Lập báo cáo thay thế")
    replacing = re.search(r"/bao-cao/(\d+)/", clerk.page.url)
    assert replacing
    issue(chromium, above, replacing[1])
    clerk.go(f"{REPORTS}{replacing[1]}/")
    through(clerk.page.get_by_role("link", name="Nộp lên cấp trên", exact=True))
    press(clerk.page, "Nộp lên cấp trên")
    second = clerk.page.url
    assert second != first

    province.page.goto(first)
    assert "Có bản thay thế" in said(province.page)
    through(province.page.get_by_role("link", name=re.compile("^Lần 2, nhận lúc")))
    assert province.page.url == second
    press(province.page, "Chấp nhận báo cáo")
    assert "Đã chấp nhận báo cáo." in said(province.page)
    clerk.page.goto(second)
    assert "Được chấp nhận" in said(clerk.page)
    finish(clerk)
    finish(province)


def test_a_box_of_the_communes_own_sends_with_its_key_and_a_file_is_taken_in(
    chromium: Browser, above: Server, box: Installation, told: dict[str, str], tmp_path: Path
) -> None:
    province = at_work(chromium, above, "so-noi-vu")
    page = province.page
    province.go(f"{REPORTS}da-nop/")
    through(page.get_by_role("link", name="Khóa nộp báo cáo", exact=True))
    page.select_option("select[name=unit]", "ben-truc")
    page.fill("input[name=name]", "Máy chủ xã Bến Trúc")
    press(page, "Cấp khóa")
    sound(page)
    key = tmp_path / "khoa.txt"
    key.write_text(page.locator("code.digest").inner_text(), "utf-8")
    there = ("--unit", "ben-truc", "--period", told["period"], "--to", above.address, "--key-file", str(key))
    sent = box.run("report", "send", *there)
    assert sent.returncode == 0, sent.stderr
    digest = sent.stdout.split("Mã băm ")[1].split()[0]

    province.go(f"/kiem-tra-tiep-nhan/?ma={digest}")
    assert "Đã nhận gói này" in said(page)
    sound(page)
    province.go(f"{REPORTS}da-nop/?way=api")
    through(page.locator("main table a").first)
    page.get_by_text("Trả lại để sửa", exact=True).click()
    page.fill("textarea[name=reason]", "Bổ sung trong tuần.")
    press(page, "Trả lại đơn vị")
    asked = box.run("report", "sent", *there)
    assert "bị trả lại\nBổ sung trong tuần.\n" in asked.stdout, asked.stderr

    letter = tmp_path / "bao-cao-ben-dua.txt"
    letter.write_text(LETTER.format(year=told["period"]), "utf-8")
    province.go(f"{REPORTS}phai-nop/{told['owed']}/nhan-tep/")
    sound(page)
    page.set_input_files("input[name=file]", letter)
    press(page, "Đọc tệp")
    assert "31/BC-UBND" in said(page)
    sound(page)
    press(page, "Xác nhận đã nhận")
    assert "Đã nhận văn bản và gắn với báo cáo phải nộp." in said(page)
    sound(page)
    finish(province)
