"""Reports that come from elsewhere, in a real browser: a package from a box of the commune's own; a file that came by e-mail.

What is handed in from inside is played in `test_upward_browser`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.approving import REPORTS, at_work, finish
from tests.conftest import Installation, Server, Stem, through
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_in_the_dark, barriers_on

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

# The commune and its neighbour owe the report of the year before last; the commune issued its own.
SEED = """
import json
from django.utils import timezone
from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.models import Obligation, Programme
at = timezone.now()
today = timezone.localdate(at)
programme = Programme.objects.get(pk="cchc-tuyen-truyen")
unit = Unit.objects.get(pk="ben-truc")
period = Period.parse(f"{today.year - 2}")
open_period(programme=programme, period=period, at=at, units=["ben-truc", "ben-dua"])
issue_report(report=draft_report(unit=unit, period=period, by=None, at=at), on=today, by=None, at=at)
told = {"period": str(period), "owed": Obligation.objects.get(unit="ben-dua", period=str(period)).pk}
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
    done = box.run_anew("django", "shell", "--verbosity=0", "--command", SEED)
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


def test_a_box_of_the_communes_own_sends_with_its_key_and_a_file_is_taken_in(
    chromium: Browser, above: Server, box: Installation, told: dict[str, str], tmp_path: Path
) -> None:
    keeper = at_work(chromium, above, "quan-tri-tinh")
    keeper.go(f"{REPORTS}da-nop/")
    through(keeper.page.get_by_role("link", name="Khóa nộp báo cáo", exact=True))
    keeper.page.select_option("select[name=unit]", "ben-truc")
    keeper.page.fill("input[name=name]", "Máy chủ xã Bến Trúc")
    press(keeper.page, "Cấp khóa")
    sound(keeper.page)
    key = tmp_path / "khoa.txt"
    key.write_text(keeper.page.locator("code.digest").inner_text(), "utf-8")
    finish(keeper)
    province = at_work(chromium, above, "so-noi-vu")
    page = province.page
    there = ("--unit", "ben-truc", "--period", told["period"], "--to", above.address, "--key-file", str(key))
    sent = box.run_anew("report", "send", *there)
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
    asked = box.run_anew("report", "sent", *there)
    assert "bị trả lại\nBổ sung trong tuần.\n" in asked.stdout, asked.stderr

    letter = tmp_path / "bao-cao-ben-dua.txt"
    letter.write_text(LETTER.format(year=told["period"]), "utf-8")
    province.go(f"{REPORTS}phai-nop/{told['owed']}/nhan-tep/")
    sound(page)
    page.set_input_files("input[name=file]", letter)
    press(page, "Đọc tệp")
    assert "31/BC-UBND" in said(page)
    sound(page)
    page.fill("input[name=submitted_on]", f"{told['period']}-12-16")
    press(page, "Xác nhận đã nhận")
    assert "Đã nhận văn bản và gắn với báo cáo phải nộp." in said(page)
    sound(page)
    finish(province)
