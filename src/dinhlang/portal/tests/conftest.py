"""A world for the pages of the desk: the demonstration with one of everything that has a page.

It is made once and copied for each module of tests, since making it costs seconds; each test is a savepoint inside it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from dinhlang.archive.actions import import_document
from dinhlang.archive.models import ArchivedDocument
from dinhlang.org import actions as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.identifier import Period
from dinhlang.portal.models import Column, Item, Publication
from dinhlang.portal.newsroom import actions as newsroom
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.public.actions import publish_report
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.tests import kept_world
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.index import actions as index
from dinhlang.reports.index.catalogue import sample
from dinhlang.reports.models import Assessment, Obligation, Practice, Programme, Report, Request, Submission
from dinhlang.reports.practices.actions import Words as Words_of_practice
from dinhlang.reports.practices.actions import mark
from dinhlang.reports.submission.actions import submit_report
from dinhlang.work import actions as work
from dinhlang.work.actions.demo import load_demo
from dinhlang.work.models import Activity, Evidence, Plan, PlanDraft
from dinhlang.work.rules import FileEvidence, LinkEvidence
from dinhlang.work.tests.pictures import photo as a_photo

OLD_REPORT = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC
Số: 12/BC-UBND
Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022

Trong năm 2022, Ủy ban nhân dân xã đã đăng 48 tin, bài trên trang thông tin điện tử.
"""

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ

Số: 1234/SNV-CCHC
V/v báo cáo nhanh kết quả tuyên truyền cải cách hành chính

Mẫu, ngày 05 tháng 11 năm 2026

Kính gửi: Ủy ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Ủy ban nhân dân các xã, phường báo cáo nhanh kết quả tuyên truyền cải cách hành chính.

Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2026 để tổng hợp./.

Nơi nhận:
- Như trên;
- Lưu: VT.

GIÁM ĐỐC

Ngô Văn Ví Dụ
"""


@dataclass(frozen=True)
class World:
    """One of everything, all of it of the commune Bến Trúc; `at` is when it was made."""

    at: datetime
    commune: Unit
    plan: Plan
    line: Activity
    evidence: Evidence
    photo: Evidence
    report: Report
    document: ArchivedDocument
    draft: PlanDraft
    people: dict[str, Person]
    old_line: Activity
    publication: Publication
    item: Item
    duty: Obligation
    letter: Request
    assessment: Assessment
    practice: Practice
    submission: Submission

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)

    def signed_in(self, username: str | None, *, checks_forms: bool = True) -> Client:
        """A browser of that person, which checks forms as a real one must; of nobody for None."""
        client = Client(enforce_csrf_checks=checks_forms, raise_request_exception=False)
        if username is not None:
            client.force_login(self.people[username])
        return client


@pytest.fixture(scope="session")
def _kept_world(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[Path], AbstractContextManager[World]]]:
    with (
        django_db_blocker.unblock(),
        kept_world.kept(_made, tmp_path_factory.mktemp("world") / "blobs") as given,
    ):
        django_db_blocker.restore()
        yield given
        django_db_blocker.unblock()


@pytest.fixture(scope="module")
def _world_of_the_module(
    _kept_world: Callable[[Path], AbstractContextManager[World]],
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[World]:
    blobs = tmp_path_factory.mktemp("blobs")
    with (
        django_db_blocker.unblock(),
        override_settings(BLOBS=blobs, HELD=blobs / "held"),
        _kept_world(blobs) as world,
        transaction.atomic(),
    ):
        yield world
        transaction.set_rollback(True)


def _made(blobs: Path) -> World:
    at = timezone.now()
    org.load_demo(at=at, passphrase="cau-cho-ben-truc")
    load_demo(at=at)
    commune = Unit.objects.get(pk="ben-truc")
    people = {person.username: person for person in Person.objects.all()}
    line = Activity.objects.filter(unit=commune).latest("happened_on")
    evidence = work.add_evidence(
        activity=line,
        evidence=FileEvidence(b"Bien ban hop thon", "bien-ban.txt"),
        by=people["van-hoa"],
        at=at,
    )
    photo = work.add_evidence(
        activity=line, evidence=FileEvidence(a_photo(), "hop-thon.jpg"), by=people["van-hoa"], at=at
    )
    report = draft_report(
        unit=commune, period=Period.parse(f"{timezone.localdate(at).year}-H1"), by=people["van-hoa"], at=at
    )
    document = import_document(
        data=OLD_REPORT.encode(), name="bao-cao-2022.txt", by=people["van-hoa"], at=at, unit=commune
    )
    plan = Plan.objects.get(unit=commune)
    draft = work.roll_over_plan(plan=plan, year=plan.year + 1, by=people["van-hoa"], at=at)
    make_site(unit=commune, path="ben-truc", by=people["van-phong"], at=at)
    old_line, publication = _published(commune, people, at)
    duty = _owed(commune, at)
    return World(
        at=at,
        commune=commune,
        plan=plan,
        line=line,
        evidence=evidence,
        photo=photo,
        report=report,
        document=document,
        draft=draft,
        people=people,
        old_line=old_line,
        publication=publication,
        item=_written(commune, people, at),
        duty=duty,
        letter=_asked(commune, people, at),
        assessment=_scored(commune, people, at),
        practice=mark(
            activity=line,
            words=Words_of_practice("model", "Họp thôn kết hợp hướng dẫn", "Người dân tự nộp được hồ sơ"),
            by=people["van-hoa"],
            at=at,
        ),
        submission=_handed_in(publication.report, at),
    )


def _handed_in(report: Report, at: datetime) -> Submission:
    """Last year's report, handed in to the province this year."""
    programme = Programme.objects.get(pk="cchc-tuyen-truyen")
    duties.open_period(programme=programme, period=Period.parse(report.period), at=at, units=[report.unit_id])
    return submit_report(report=report, by=None, at=at)


def _owed(commune: Unit, at: datetime) -> Obligation:
    """What the fictional communes owe of the year's programme on communication; the half year's of Bến Trúc."""
    import_shipped(at=at)
    year = timezone.localdate(at).year
    programme = Programme.objects.get(pk="cchc-tuyen-truyen")
    for period in (f"{year}-H1", f"{year}-9M", f"{year}"):
        duties.open_period(programme=programme, period=Period.parse(period), at=at)
    return Obligation.objects.get(unit=commune, period=f"{year}-H1")


def _scored(commune: Unit, people: dict[str, Person], at: datetime) -> Assessment:
    """The commune's assessment of this year, just begun by the invented set."""
    kept = index.propose_set(
        unit=Unit.objects.get(pk="tinh-mau"),
        scheme=sample(),
        data=b"# bo tieu chi mau",
        file_name="bo-tieu-chi.toml",
        by=people["so-noi-vu"],
        at=at,
    )
    index.confirm_set(index_set=kept, by=people["so-noi-vu"], at=at)
    return index.begin(unit=commune, year=timezone.localdate(at).year, by=people["van-hoa"], at=at)


def _asked(commune: Unit, people: dict[str, Person], at: datetime) -> Request:
    """A letter that the commune's office took in and nobody confirmed yet."""
    return duties.take_request(
        data=LETTER.encode(), name="cong-van-1234.txt", unit=commune, by=people["van-phong"], at=at
    )


def _written(commune: Unit, people: dict[str, Person], at: datetime) -> Item:
    """A draft of the contributor's with a picture, never public yet."""
    item = newsroom.write_item(
        unit=commune,
        words=Words(title="Mở thêm điểm hướng dẫn ở nhà văn hóa", body="<p>Mỗi sáng có hai người giúp.</p>"),
        placing=newsroom.Placing(column=Column.objects.filter(unit=commune).first(), field="thu-tuc"),
        by=people["cong-tac-vien"],
        at=at,
    )
    newsroom.add_picture(
        item=item,
        data=a_photo(),
        name="huong-dan.jpg",
        alternative="Bà con ngồi quanh bàn, một người cầm điện thoại",
        by=people["cong-tac-vien"],
        at=at,
    )
    return Item.objects.select_related("draft").get(pk=item.pk)


def _published(commune: Unit, people: dict[str, Person], at: datetime) -> tuple[Activity, Publication]:
    """Last year's report with one line behind it, issued today and open to all."""
    last_year = timezone.localdate(at).year - 1
    line = work.record_activity(
        unit=commune,
        kind="website",
        happened_on=date(last_year, 5, 10),
        title="Hướng dẫn nộp hồ sơ trực tuyến",
        measures={"articles": 1},
        evidence=[LinkEvidence("https://ben-truc.example/cchc/bai-cu")],
        by=people["van-hoa"],
        at=at,
    )
    draft = draft_report(unit=commune, period=Period.parse(str(last_year)), by=people["van-phong"], at=at)
    issued = issue_report(report=draft, on=timezone.localdate(at), by=None, at=at)
    return line, publish_report(report=issued, by=people["van-phong"], at=at, is_read=True)


@pytest.fixture
def world(_world_of_the_module: World, db: None) -> World:
    """The world of the module; what a test changes in it is undone after the test."""
    return _world_of_the_module
