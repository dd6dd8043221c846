"""Reports on the web: draft, look into a figure, issue, download; and what is refused."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens.queries import line_uid
from dinhlang.onestop.models import CountedDay
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.approval import actions as steps
from dinhlang.reports.approval import queries as approval
from dinhlang.reports.drafting.figures import Figures
from dinhlang.reports.models import Outline, RegisterEntry, Report
from dinhlang.reports.outline import Marks
from dinhlang.reports.sources import Sources
from dinhlang.work import actions as work
from dinhlang.work.rules import EntryEvidence

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast
    from dinhlang.org.models import Person
    from dinhlang.work.models import Activity

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


def as_person(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


@pytest.fixture
def report(cast: Cast) -> Report:
    """A draft of the first half of 2023 with one article behind it."""
    work.record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=cast.today - timedelta(days=60),
        title="Tin cải cách hành chính",
        measures={"articles": 1},
        by=cast.culture_officer,
        at=cast.now,
    )
    return draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )


def said(answer: Any) -> str:
    return answer.content.decode() + " ".join(str(one) for one in get_messages(answer.wsgi_request))


def issue(client: Client, report: Report, day: str = "20/7/2023") -> Any:
    """Approve a report that waits for it, as whoever is signed in."""
    return client.post(
        reverse("reports:approve", args=[report.pk]), {"on": day, "seen": approval.digest_now(report)}
    )


@pytest.fixture
def waiting(cast: Cast, report: Report) -> Report:
    """The draft, sent and passed on."""
    steps.send(report=report, by=cast.culture_officer, at=cast.now)
    steps.pass_on(report=report, seen=approval.digest_now(report), by=cast.office_clerk, at=cast.now)
    return report


def test_a_report_is_drafted_for_a_unit_and_a_period(client: Client, cast: Cast) -> None:
    year = timezone.localdate().year - 1
    answer = as_person(client, cast.office_clerk).post(
        reverse("reports:new"), {"unit": cast.commune.pk, "period": str(year)}
    )
    made = Report.objects.get()
    assert answer.headers["Location"] == reverse("reports:report", args=[made.pk])
    assert (made.unit_id, made.period) == ("ben-truc", str(year))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"unit": "ben-dua"},
        {"unit": "ben-truc", "period": "2023-X9"},
        {"unit": "ben-truc", "period": "\0"},
    ],
)
def test_a_draft_of_nothing_is_refused_on_the_page(client: Client, cast: Cast, given: dict[str, str]) -> None:
    answer = as_person(client, cast.office_clerk).post(reverse("reports:new"), given)
    assert answer.status_code == 200
    assert "field--wrong" in answer.content.decode()
    assert not Report.objects.exists()


@pytest.mark.parametrize("who", ["radio_operator", "reviewer", "neighbour"])
def test_who_may_not_draft_for_the_commune_drafts_nothing(client: Client, cast: Cast, who: str) -> None:
    as_person(client, getattr(cast, who)).post(
        reverse("reports:new"), {"unit": cast.commune.pk, "period": str(timezone.localdate().year)}
    )
    assert not Report.objects.exists()


def test_a_figure_opens_down_to_its_lines(client: Client, cast: Cast, report: Report) -> None:
    as_person(client, cast.chair)
    figure = report.figures.filter(concept="articles", value=1).first()
    page = client.get(reverse("reports:figure", args=[report.pk, figure.anchor])).content.decode()
    assert "Tin cải cách hành chính" in page
    assert client.get(reverse("reports:figure", args=[report.pk, "khong-co"])).status_code == 404
    assert client.get(f"/ban-lam-viec/bao-cao/{report.pk}/so-lieu/%00/").status_code == 404


def test_a_figure_of_a_register_opens_the_register_whose_entry_shows_it_and_what_was_typed_lacks_evidence(
    client: Client, cast: Cast
) -> None:
    day = date(2023, 4, 5)

    def line(title: str, entry: str, uid: UUID | None = None, **measures: int) -> Activity:
        return work.record_consequence(
            unit=cast.commune,
            kind="onestop",
            happened_on=day,
            title=title,
            measures=measures,
            evidence=[EntryEvidence(entry)] if entry else [],
            uid=uid,
            by=cast.culture_officer,
            at=cast.now,
        )

    line("Phản ánh trong ngày", "Sổ phản ánh, ngày 05/4/2023", line_uid(cast.commune.pk, day), feedback=2)
    dossiers = line("Hồ sơ trong ngày", "Sổ hồ sơ, ngày 5/4/2023", dossiers_resolved=3, dossiers_on_time=2)
    line("Hồ sơ gõ tay", "", dossiers_resolved=1, dossiers_on_time=1)
    CountedDay.objects.create(unit=cast.commune, day=day, line=dossiers)
    report = draft_report(
        unit=cast.commune,
        period=Period.parse("2023-H1"),
        programme="cchc",
        by=cast.culture_officer,
        at=cast.now,
    )
    as_person(client, cast.chair)
    expected = (
        ("feedback", "/phan-anh/ngay/", "Sổ phản ánh, ngày 05/4/2023", 0),
        ("on_time_share", "/mot-cua/so-lieu/", "Sổ hồ sơ, ngày 5/4/2023", 1),
    )
    for concept, register, entry, bare in expected:
        figure = report.figures.get(concept=concept, window_to=date(2023, 6, 14))
        page = client.get(reverse("reports:figure", args=[report.pk, figure.anchor])).content.decode()
        behind = page.partition('<ul class="behind">')[2]
        assert behind.count("Chưa có minh chứng") == bare
        assert entry in behind
        assert register in behind, concept
    # Of the share it is told once, of the count that it is taken of, also where only the share is printed.
    told = [one["message"] for one in report.missing if "chưa có minh chứng" in one["message"]]
    wanted = "Hồ sơ đã giải quyết: 1 trên 2 dòng sổ chưa có minh chứng."
    assert sum(one.startswith(wanted) for one in told) == 1
    assert not any(one.startswith("Phản ánh") for one in told)
    drawn = Figures(
        cast.commune,
        Sources(
            cast.commune,
            regimes.get(report.regime),
            Period.parse("2023-H1"),
            Window(report.window_from, report.window_to),
        ),
        cast.today,
        Marks(),
    )
    drawn.figure("on_time_share")
    assert [one.message.startswith(wanted) for one in drawn.missing] == [True]


def test_the_drafter_may_not_issue_and_is_told_why(client: Client, cast: Cast, waiting: Report) -> None:
    report = waiting
    assert "không chờ bạn duyệt" in said(issue(as_person(client, cast.culture_officer), report))
    report.refresh_from_db()
    assert report.status == Report.Status.DRAFT


@pytest.mark.parametrize(
    ("day", "told"),
    [("", "Chưa chọn ngày."), ("31/4/2023", "Ngày không có trong lịch"), ("20/7/2091", "2091")],
)
def test_a_day_that_cannot_be_is_refused(
    client: Client, cast: Cast, waiting: Report, day: str, told: str
) -> None:
    answer = issue(as_person(client, cast.chair), waiting, day)
    assert answer.status_code == 200
    assert told in answer.content.decode()
    assert not RegisterEntry.objects.exists()


def test_an_issued_report_gives_its_files_and_takes_no_second_number(
    client: Client, cast: Cast, waiting: Report
) -> None:
    report = waiting
    as_person(client, cast.chair)
    assert "Đã duyệt và phát hành báo cáo số 01/BC-UBND." in said(issue(client, report))
    assert "không chờ bạn duyệt" in said(issue(client, report))
    assert RegisterEntry.objects.count() == 1
    for kind, magic in (("docx", b"PK"), ("pdf", b"%PDF-")):
        file = client.get(reverse("reports:file", args=[report.pk, kind]))
        assert file.content.startswith(magic)
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert file.headers["X-Content-Type-Options"] == "nosniff"
    told = json.loads(client.get(reverse("reports:file", args=[report.pk, "json"])).content)
    assert (told["number"], told["status"]) == (1, "issued")
    assert client.get(f"/ban-lam-viec/bao-cao/{report.pk}/tai/exe/").status_code == 404


def test_a_line_reversed_afterwards_shows_as_drift(client: Client, cast: Cast, report: Report) -> None:
    issue_report(report=report, on=cast.today, by=None, at=cast.now)
    as_person(client, cast.office_clerk)
    line = cast.commune.activities.get()
    work.reverse_activity(activity=line, reason="Ghi nhầm", by=cast.culture_officer, at=cast.now)
    page = client.get(reverse("reports:report", args=[report.pk])).content.decode()
    assert "Chênh lệch sau phát hành" in page
    assert page.count(f"{line.title}</a>") == 1
    assert "Ghi nhầm" in page


def test_the_preview_cannot_run_anything(client: Client, cast: Cast, report: Report) -> None:
    answer = as_person(client, cast.chair).get(reverse("reports:preview", args=[report.pk]))
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_an_outline_that_does_not_hold_together_is_not_kept(client: Client, cast: Cast) -> None:
    as_person(client, cast.culture_officer)
    there = reverse("reports:outline", args=[cast.commune.pk])
    shown = client.get(there).context["form"].initial["text"]
    answer = client.post(there, {"text": shown + '\n{{ figure("khong-co") }}'})
    assert "khong-co" in answer.content.decode()
    assert "field--wrong" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not Outline.objects.filter(unit=cast.commune).exists()
    client.post(there, {"text": shown})
    assert Outline.objects.filter(unit=cast.commune).count() == 1


@pytest.mark.parametrize("who", ["neighbour", "radio_operator", "reviewer"])
def test_who_may_not_edit_the_outline_does_not_find_it(client: Client, cast: Cast, who: str) -> None:
    there = reverse("reports:outline", args=[cast.commune.pk])
    assert as_person(client, getattr(cast, who)).post(there, {"text": "x"}).status_code == 404
    assert not Outline.objects.filter(unit=cast.commune).exists()


def test_lists_hold_only_what_the_person_may_read(client: Client, cast: Cast, report: Report) -> None:
    issue_report(report=report, on=cast.today, by=None, at=cast.now)
    for who, seen in ((cast.chair, 1), (cast.reviewer, 1), (cast.neighbour, 0)):
        as_person(client, who)
        for name in ("reports:reports", "reports:register"):
            assert len(client.get(reverse(name)).context["rows"]) == seen, (who, name)
        assert len(client.get(reverse("reports:reports"), {"q": "ket qua"}).context["rows"]) == seen
        assert not client.get(reverse("reports:reports"), {"q": "khong co the nao"}).context["rows"]
        assert client.get(f"{reverse('reports:reports')}?q=%00&year=x&unit=y").status_code == 200


def test_a_stranger_cannot_redraft(client: Client, cast: Cast, report: Report) -> None:
    drafted = report.drafted_at
    answer = as_person(client, cast.neighbour).post(reverse("reports:redraft", args=[report.pk]))
    assert answer.status_code == 404
    told = as_person(client, cast.reviewer).post(reverse("reports:redraft", args=[report.pk]))
    assert "chưa được giao quyền lập dự thảo báo cáo" in said(told)
    report.refresh_from_db()
    assert report.drafted_at == drafted
