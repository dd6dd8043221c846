"""What the play from commune to nation stands on: who is at work, what is there before it begins, what the rows say."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.conftest import Server, Visit, through
from tests.screens import PHONE, SCREEN, TOO_WIDE, barriers_on

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DESK = "/ban-lam-viec/"
REPORTS = f"{DESK}bao-cao/"

# Two communes owe the first half of last year; both ledgers hold a meeting they held together. The commune next door
# has handed in already. The nation of the demonstration is made here, and whoever watches over the province watches there.
SEED = """
import json
from datetime import date, datetime, time, timedelta
from django.utils import timezone
from dinhlang.org.models import Person, Position, Unit, UnitName, UnitPlacement
from dinhlang.periods import calendar
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.models import Obligation, Programme
from dinhlang.reports.submission.actions.submitting import submit_report
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import LinkEvidence
at = timezone.now()
today = timezone.localdate(at)
year, yesterday = today.year - 1, today - timedelta(days=1)
period = Period.parse(f"{year}-H1")
programme = Programme.objects.get(pk="cchc-tuyen-truyen")
ours, theirs, above = (Unit.objects.get(pk=one) for one in ("ben-truc", "ben-dua", "tinh-mau"))
def line(unit, day, kind, title, link="", **counts):
    on = date(year, *day)
    record_activity(unit=unit, kind=kind, happened_on=on, title=title, measures=counts, by=None,
        evidence=[LinkEvidence(link or f"https://{unit.pk}.example/{kind}/{on}")],
        at=timezone.make_aware(datetime.combine(on, time(17))))
shared = "https://ben-dua.example/hoi-nghi-lien-xa"
for month in (2, 3, 4, 5):
    line(ours, (month, 9), "website", f"Tin cải cách hành chính tháng {month}", articles=2, posts=2)
    line(theirs, (month, 11), "website", f"Bản tin xã tháng {month}", articles=1, posts=1)
line(ours, (4, 14), "radio", "Chuyên mục buổi sáng", broadcasts=6)
line(ours, (5, 16), "meeting", "Hội nghị liên xã về thủ tục đất đai", shared, meetings=1, attendees=60)
line(theirs, (5, 16), "meeting", "Hội nghị liên xã, cùng xã Bến Trúc", shared, meetings=1, attendees=45)
open_period(programme=programme, period=period, at=at, units=[ours.pk, theirs.pk])
nation = Unit.objects.create(pk="trung-uong-mau", level="nation", is_demo=True)
UnitName.objects.create(unit=nation, kind="", name="Trung ương Mẫu", folded="trung uong mau")
UnitPlacement.objects.create(unit=above, parent=nation)
Position.objects.create(person=Person.objects.get(username="so-noi-vu"), unit=nation, role="reviewer", title="Chuyên viên", starts_on=date(2020, 1, 1))
row = Obligation.objects.get(programme=programme, period=str(period), unit=ours)
def upward(period, window_from, window_to):
    return Obligation.objects.create(unit=above, programme=programme, regime=row.regime, period=str(period),
        subject=f"{programme.name} {period.label}, tỉnh Mẫu", window_from=window_from, window_to=window_to,
        due_on=window_to + timedelta(days=10), recipient=nation, recipient_name="Trung ương Mẫu", opened_at=at)
half = upward(period, row.window_from, row.window_to)
# The period that runs today, for what comes after the merger.
running = Period.parse(f"{(today + timedelta(days=17)).year}")
whole = upward(running, date(running.year - 1, 12, 15), date(running.year, 12, 14))
done = issue_report(report=draft_report(unit=theirs, period=period, by=None, at=at), on=yesterday, by=None, at=at)
submit_report(report=done, by=Person.objects.get(username="ben-dua"), at=at)
print("told", json.dumps({
    "period": str(period), "running": str(running), "today": str(today), "yesterday": str(yesterday),
    "due": str(calendar.default().add(today, 5)), "later": str(calendar.default().add(today, 10)),
    "owed": row.pk, "half": half.pk, "whole": whole.pk,
}))
"""


@dataclass
class Play:
    """People at their machines, each signed in once, and the database beside them."""

    chromium: Browser
    server: Server
    told: dict[str, Any]
    people: dict[str, Visit] = field(default_factory=dict)

    def at(self, who: str) -> Page:
        """The page of somebody at a laptop."""
        if who not in self.people:
            context = self.chromium.new_context(locale="vi-VN", viewport=SCREEN)
            context.set_default_timeout(30_000)
            self.people[who] = Visit(context.new_page(), self.server)
            self.people[who].sign_in(who)
        return self.people[who].page

    def go(self, who: str, path: str) -> Page:
        page = self.at(who)
        self.people[who].go(path)
        return page

    def phone(self) -> Visit:
        """Somebody's phone on which nobody is signed in."""
        context = self.chromium.new_context(locale="vi-VN", viewport=PHONE, is_mobile=True, has_touch=True)
        return Visit(context.new_page(), self.server)

    def rows(self, question: str, *given: Any) -> list[tuple[Any, ...]]:
        """What the database says at this moment."""
        file = self.server.installation.data / "dinhlang.sqlite3"
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as there:
            return there.execute(question, given).fetchall()

    def run(self, code: str) -> None:
        """What the worker would do within the hour."""
        done = self.server.installation.run("django", "shell", "--verbosity=0", "--command", code)
        assert done.returncode == 0, done.stderr

    def finish(self) -> None:
        people, self.people = self.people, {}
        for visit in people.values():
            visit.page.context.close()
            assert visit.faults == [], self.server.output


def told_by(output: str) -> dict[str, Any]:
    """What the seed printed."""
    found: dict[str, Any] = json.loads(output.split("told ")[1])
    return found


def press(page: Page, name: str) -> None:
    through(page.get_by_role("button", name=name, exact=True))


def follow(page: Page, name: str) -> None:
    through(page.locator("#main").get_by_role("link", name=name, exact=True).first)


def said(page: Page) -> str:
    return page.locator("#main").inner_text()


def sound(page: Page) -> None:
    """Nothing that axe finds, and nothing wider than a phone or a laptop."""
    for screen in (PHONE, SCREEN):
        page.set_viewport_size(screen)
        assert page.evaluate(TOO_WIDE) == [], page.url
    assert barriers_on(page) == [], page.url
