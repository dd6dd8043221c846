"""A province takes reports together in a browser, and the nation's figure opens to a commune's evidence in four clicks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Server, Visit, through

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser]

SLOW = 30_000
TABLE = "/ban-lam-viec/bao-cao/tong-hop/"

# The commune reports from its ledger; two that do not exist hand in too, one more is silent. What the watcher of the
# province may do at the province is given here: the demonstration has nobody who writes there.
SEED = """
from datetime import date, timedelta
from django.utils import timezone
from dinhlang.org.models import Person, Position, Unit, UnitName, UnitPlacement
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.consolidation import actions
from dinhlang.reports.models import Obligation, Submission
from dinhlang.reports.submission.actions.deciding import accept_submission
from dinhlang.reports.submission.actions.submitting import submit_report
from dinhlang.reports.tests.children import Stated, commune, handed_in, line, owed
at = timezone.now()
today = timezone.localdate(at)
period = Period.parse(f"{today.year}")
window = (date(today.year - 1, 12, 15), date(today.year, 12, 14))
who = Person.objects.get(username="so-noi-vu")
nation = Unit.objects.create(pk="trung-uong-mau", level="nation", is_demo=True)
UnitName.objects.create(unit=nation, kind="", name="Trung ương Mẫu", folded="trung uong mau")
UnitPlacement.objects.create(unit_id="tinh-mau", parent=nation)
for unit, role in (("tinh-mau", "office-clerk"), ("trung-uong-mau", "reviewer")):
    Position.objects.create(person=who, unit_id=unit, role=role, title="Chuyên viên", starts_on=date(2020, 1, 1))
ours = owed(Unit.objects.get(pk="ben-truc"), at, period=period, window=window)
Obligation.objects.filter(pk=ours.pk).update(recipient="tinh-mau", window_from=window[0], window_to=window[1])
report = draft_report(unit=ours.unit, period=period, by=None, at=at)
report = issue_report(report=report, on=today, by=None, at=at)
accept_submission(submission=submit_report(report=report, by=None, at=at), by=None, at=at)
meeting = line(1, today - timedelta(days=40), "meeting", "Hội nghị liên xã", 1, "file:aa")
said = ["Đề nghị UBND tỉnh bố trí kinh phí tuyên truyền cho cấp xã."]
for letter, name in (("a", "Mẫu An"), ("b", "Mẫu Bình"), ("c", "Mẫu Châu")):
    row = owed(commune(f"xa-{letter}", name), at, period=period, window=window)
    if letter != "c":
        handed_in(row, {"articles": 12, "meetings": Stated(3, evidence=[meeting])}, at, proposals=said)
made = actions.consolidate(unit=Unit.objects.get(pk="tinh-mau"), programme="cchc-tuyen-truyen", period=period, by=None, at=at)
UP = owed(Unit.objects.get(pk="tinh-mau"), at, to="trung-uong-mau", period=period, window=window)
Obligation.objects.filter(pk=UP.pk).update(recipient="trung-uong-mau")
made = issue_report(report=made, on=today, by=None, at=at)
accept_submission(submission=submit_report(report=made, by=None, at=at), by=None, at=at)
print("period", period)
"""


def test_a_province_takes_reports_together_and_a_national_figure_opens_to_evidence_in_four_clicks(
    chromium: Browser, demo_server: Server
) -> None:
    done = demo_server.installation.run("django", "shell", "--verbosity=0", "--command", SEED)
    assert done.returncode == 0, done.stderr
    period = done.stdout.split("period ")[1].strip()
    context = chromium.new_context(locale="vi-VN", viewport={"width": 1366, "height": 900})
    context.set_default_timeout(SLOW)
    visit = Visit(context.new_page(), demo_server)
    visit.sign_in("so-noi-vu")
    page = visit.page

    # The nation: the sum, the province behind it, the commune behind that, the evidence of a line.
    visit.go(f"{TABLE}?unit=trung-uong-mau&programme=cchc-tuyen-truyen&period={period}")
    page.get_by_text("Tổng hợp từ 1/1 tỉnh.").wait_for()
    clicks = [
        page.locator("tfoot a").first,
        page.locator("#units a").filter(has_text="Tỉnh Mẫu"),
        page.locator("#units a").filter(has_text=re.compile("Bến Trúc")),
    ]
    for one in clicks:
        through(one)
    evidence = page.locator("#lines .behind__evidence a").first
    evidence.wait_for()
    assert evidence.get_attribute("href")
    assert len(clicks) + 1 == 4

    # The province: the table, an order by choice, the draft that replaces the issued one, a proposal with its units.
    visit.go(f"{TABLE}?unit=tinh-mau&programme=cchc-tuyen-truyen&period={period}")
    # Xã Bến Dừa of the demonstration owes one too, once the worker has opened the period.
    page.get_by_text(
        re.compile(r"Tổng hợp từ 3/[45] xã; thiếu: (xã Bến Dừa, )?xã Mẫu Châu\.")
    ).first.wait_for()
    page.select_option("[name=order]", "articles")
    page.select_option("[name=chart]", "articles")
    through(page.get_by_role("button", name="Xem", exact=True))
    page.get_by_role("columnheader", name="Hạng").wait_for()
    assert page.locator("figure svg").count() == 1
    through(page.get_by_role("button", name="Lập dự thảo tổng hợp"))
    page.get_by_text("Đã lập dự thảo tổng hợp.").wait_for()
    through(page.get_by_role("link", name="Báo cáo đã tổng hợp"))
    page.get_by_text("2 đơn vị").first.wait_for()
    _fits(page)
    assert visit.faults == []
    context.close()


def _fits(page: Page) -> None:
    """Nothing stands out of a phone's screen."""
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
