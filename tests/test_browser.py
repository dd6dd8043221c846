"""The web desk in a real browser: people of the demo commune sign in and look around."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import ROOT, Visit

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("username", ["chu-tich", "van-hoa", "van-phong", "so-noi-vu"])
def test_people_of_the_demo_sign_in_to_a_vietnamese_desk(visit: Visit, username: str) -> None:
    visit.sign_in(username)
    assert visit.page.url.startswith(f"{visit.server.address}/ban-lam-viec/")
    assert visit.page.locator("html").get_attribute("lang") == "vi"


def test_wrong_passphrase_is_refused_in_vietnamese(visit: Visit) -> None:
    visit.go("/ban-lam-viec/login/")
    visit.page.fill("input[name=username]", "van-hoa")
    visit.page.fill("input[name=password]", "khong-phai-mat-khau")
    visit.page.click("button[type=submit]")
    assert "/login/" in visit.page.url
    assert re.search(r"không|chưa", visit.page.locator("main").inner_text(), re.IGNORECASE)


def test_stranger_is_asked_to_sign_in_and_signing_out_ends_the_visit(visit: Visit) -> None:
    visit.go("/ban-lam-viec/")
    assert "/login/" in visit.page.url
    visit.sign_in("van-hoa")
    visit.page.context.clear_cookies()
    visit.go("/ban-lam-viec/")
    assert "/login/" in visit.page.url


def plan_of_this_year(folder: Path, year: int) -> Path:
    """A real plan's text, moved to the year in which the test runs."""
    seed = next((ROOT.parent / "shared" / "seeds").glob("004_*.txt")).read_text(encoding="utf-8")
    path = folder / "ke-hoach.txt"
    path.write_text(seed.replace("2023", str(year)), encoding="utf-8")
    return path


def record(visit: Visit, kind: str, title: str, count: int, day: date) -> None:
    page = visit.page
    visit.go(f"/ban-lam-viec/so-theo-doi/ghi/{kind}/")
    page.fill("[name=title]", title)
    page.fill("[name=happened_on]", day.isoformat())
    page.select_option("[name=task]", index=1)
    page.fill("[name=link]", "https://example.vn/tin")
    page.locator("[name^=count_]").first.fill(str(count))
    page.get_by_role("button", name="Lưu vào sổ").click()
    page.wait_for_url(re.compile(r"/so-theo-doi/\d+/$"))
    assert title in page.locator("h1").inner_text()


def test_plan_in_work_recorded_report_out(visit: Visit, tmp_path: Path) -> None:
    """The whole main job as a clerk does it, on the day the test runs."""
    page, today = visit.page, datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    # The window of a year's report ends on 14 December; what is done later counts for the next one.
    year = (today + timedelta(days=17)).year
    visit.sign_in("van-phong")

    visit.go("/ban-lam-viec/ke-hoach/nhap/")
    page.set_input_files("[name=file]", plan_of_this_year(tmp_path, year))
    page.get_by_role("button", name="Nhập kế hoạch").click()
    page.wait_for_url(re.compile(r"/ke-hoach/\d+/$"))
    assert "7 nhiệm vụ" in page.locator("main").inner_text()

    for kind, title, count in (
        ("website", "Tin về một cửa", 36),
        ("radio", "Bài phát thanh", 4),
        ("meeting", "Họp thôn", 2),
    ):
        record(visit, kind, title, count, today)
    visit.go("/ban-lam-viec/so-theo-doi/")
    assert "3 dòng" in page.locator("main caption").first.inner_text()

    visit.go("/ban-lam-viec/bao-cao/lap/")
    page.select_option("[name=period]", str(year))
    page.get_by_role("button", name="Lập dự thảo").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"))
    report = page.frame_locator("iframe").locator("body").inner_text()
    assert "40 tin, bài" in report  # 36 on the web and 4 on the radio

    page.get_by_role("link", name="Phát hành").click()
    page.get_by_role("button", name="Phát hành").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"))
    assert re.search(r"số \d+/BC-UBND", page.locator("main").inner_text())

    for form, begins in (("Tải .docx", b"PK"), ("Tải PDF", b"%PDF-"), ("Tải số liệu", b"{")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=form).click()
        assert waiting.value.path().read_bytes().startswith(begins)
