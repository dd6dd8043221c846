"""All reports of a period as one file: seen before it is asked for, made by the worker, begun again, removed in time."""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from dinhlang.org.models import AuditEntry, Person
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports import render
from dinhlang.reports.bundles import actions, queries
from dinhlang.reports.bundles.rules import KEPT_FOR, MOST_ATTEMPTS, CannotBundle, State
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Bundle, Obligation, Programme, Report
from dinhlang.reports.submission import actions as submission

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

H1 = Period.parse("2023-H1")
COMMUNICATION = "cchc-tuyen-truyen"


@pytest.fixture(autouse=True)
def _data_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def issued(cast: Cast) -> Report:
    """The commune's report is issued; its neighbour owes one and has none."""
    import_shipped(at=cast.now)
    open_period(programme=Programme.objects.get(pk=COMMUNICATION), period=H1, at=cast.now)
    draft = reports.draft_report(unit=cast.commune, period=H1, by=None, at=cast.now)
    return reports.issue_report(report=draft, on=date(2023, 7, 1), by=None, at=cast.now)


def ask(cast: Cast, by: Person, **given: Any) -> Bundle:
    asked: dict[str, Any] = {
        "unit": cast.province,
        "programme": COMMUNICATION,
        "period": H1,
        "docx": True,
        "pdf": False,
        "with_drafts": False,
    } | given
    return actions.ask_bundle(**asked, by=by, at=cast.now)


def made(bundle: Bundle, cast: Cast) -> zipfile.ZipFile:
    actions.write_bundle(pk=bundle.pk, at=cast.now)
    bundle.refresh_from_db()
    assert bundle.state == State.READY
    return zipfile.ZipFile(io.BytesIO(actions.path_of(bundle).read_bytes()))


def test_the_province_takes_every_report_below_it_with_a_list_of_what_is_missing(
    cast: Cast, issued: Report
) -> None:
    bundle = ask(cast, cast.reviewer, pdf=True)
    archive = made(bundle, cast)
    assert set(archive.namelist()) == {"ben-truc-2023-H1.docx", "ben-truc-2023-H1.pdf", "danh-sach.xlsx"}
    assert archive.read("ben-truc-2023-H1.docx") == render.docx(issued)
    assert archive.read("ben-truc-2023-H1.pdf") == render.pdf(issued)
    sheet = load_workbook(io.BytesIO(archive.read("danh-sach.xlsx"))).active
    assert sheet is not None
    rows = list(sheet.values)
    assert [row[0] for row in rows[1:]] == ["ben-dua", "ben-truc"]
    assert rows[1][6] == "chưa có báo cáo"
    assert rows[2][3] == "01/BC-UBND"
    assert (bundle.files, bundle.done, [one["unit"] for one in bundle.told]) == (2, 2, ["ben-dua"])
    assert AuditEntry.objects.filter(action="bundle.ask").exists()


def test_a_draft_is_taken_only_when_asked_for_and_named_so(cast: Cast, issued: Report) -> None:
    draft = reports.draft_report(unit=cast.neighbour_commune, period=H1, by=None, at=cast.now)
    watching = cast.reviewer
    assert "ben-dua-2023-H1-du-thao.docx" in made(ask(cast, watching, with_drafts=True), cast).namelist()
    second = ask(cast, watching, with_drafts=True, pdf=True)
    Report.objects.filter(pk=draft.pk).delete()
    made(second, cast)
    assert second.told == [{"unit": "ben-dua", "name": second.told[0]["name"], "why": second.told[0]["why"]}]
    assert "đã bỏ" in second.told[0]["why"]
    only_issued = queries.contents(
        cast.province, COMMUNICATION, H1, {"ben-dua", "ben-truc"}, with_drafts=False
    )
    assert [row.symbol for row in only_issued] == ["", "01/BC-UBND"]


def test_nobody_takes_what_they_may_not_read(cast: Cast, issued: Report) -> None:
    with pytest.raises(NotAllowed):
        ask(cast, cast.culture_officer)
    own = ask(cast, cast.culture_officer, unit=cast.commune)
    assert [row["unit"] for row in own.rows] == ["ben-truc"]
    with pytest.raises(CannotBundle, match="chưa có báo cáo"):
        ask(cast, cast.reviewer, period=Period.parse("2022-H1"))
    with pytest.raises(CannotBundle, match="ít nhất một dạng"):
        ask(cast, cast.reviewer, docx=False)


def test_the_same_asked_again_while_it_is_made_is_the_same_and_three_are_enough(
    cast: Cast, issued: Report
) -> None:
    watching = cast.reviewer
    first = ask(cast, watching)
    assert ask(cast, watching) == first
    ask(cast, watching, pdf=True)
    ask(cast, watching, docx=False, pdf=True)
    with pytest.raises(CannotBundle, match="Đang làm dở 3"):
        ask(cast, watching, with_drafts=True)


def test_a_bundle_whose_process_died_is_made_again_and_given_up_after_some_times(
    cast: Cast, issued: Report
) -> None:
    bundle = ask(cast, cast.reviewer)
    later = cast.now + timedelta(minutes=5)
    Bundle.objects.filter(pk=bundle.pk).update(state=State.WRITING, attempts=1)
    assert actions.write_bundle(pk=bundle.pk, at=cast.now) is None
    assert actions.resume_bundles(at=cast.now) == 0
    assert actions.resume_bundles(at=later) == 1
    made(bundle, cast)
    Bundle.objects.filter(pk=bundle.pk).update(state=State.WRITING, attempts=MOST_ATTEMPTS, moved_at=cast.now)
    assert actions.resume_bundles(at=later) == 0
    bundle.refresh_from_db()
    assert bundle.state == State.FAILED
    assert "không xong sau" in bundle.told[0]["why"]


def test_a_bundle_goes_after_its_days_and_so_does_a_file_that_nothing_speaks_of(
    cast: Cast, issued: Report
) -> None:
    bundle = ask(cast, cast.reviewer)
    made(bundle, cast)
    path = actions.path_of(bundle)
    stray = path.with_name("la.zip")
    stray.write_bytes(b"x")
    assert bundle.ready_at is not None
    assert actions.sweep_bundles(at=bundle.ready_at + timedelta(hours=1)) == 0
    assert (path.exists(), stray.exists()) == (True, False)
    assert actions.sweep_bundles(at=bundle.ready_at + KEPT_FOR + timedelta(minutes=1)) == 1
    assert not path.exists()
    bundle.refresh_from_db()
    assert bundle.state == State.REMOVED


def test_the_page_shows_what_is_in_it_asks_waits_and_gives_the_file_to_its_asker_alone(
    cast: Cast,
    issued: Report,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    watching = cast.reviewer
    client.force_login(watching)
    address = reverse("reports:bundles")
    page = client.get(address, {"unit": cast.province.pk}).content.decode()
    assert "2 đơn vị, 1 đơn vị có báo cáo" in page
    assert "01/BC-UBND" in page
    asked = {"unit": cast.province.pk, "programme": COMMUNICATION, "period": "2023-H1"}
    assert "Chọn ít nhất một dạng" in client.post(address, asked).content.decode()
    answer = client.post(address, asked | {"forms": ["docx"]})
    bundle = Bundle.objects.get()
    assert answer["Location"] == reverse("reports:bundle", args=[bundle.pk])
    waiting = client.get(answer["Location"])
    if bundle.state != State.READY:
        assert waiting.headers["Refresh"]
        assert client.get(reverse("reports:bundle-file", args=[bundle.pk])).status_code == 404
        made(bundle, cast)
    ready = client.get(answer["Location"])
    assert "Refresh" not in ready.headers
    assert "Tải tệp nén" in ready.content.decode()
    file = client.get(reverse("reports:bundle-file", args=[bundle.pk]))
    assert b"".join(file).startswith(b"PK")
    assert AuditEntry.objects.filter(action="bundle.take", by=watching).exists()
    client.force_login(cast.chair)
    for name in ("bundle", "bundle-file"):
        assert client.get(reverse(f"reports:{name}", args=[bundle.pk])).status_code == 404
    assert client.post(reverse("reports:bundle-remove", args=[bundle.pk])).status_code == 404
    client.force_login(watching)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports:bundle-remove", args=[bundle.pk]))
    assert not actions.path_of(bundle).exists()


def test_what_was_handed_in_from_elsewhere_is_taken_too_also_by_whoever_received_it(
    cast: Cast, issued: Report
) -> None:
    owed = Obligation.objects.get(unit=cast.neighbour_commune, programme=COMMUNICATION)
    came = submission.take_in_file(
        obligation=owed,
        data=render.docx(issued),
        name="bao-cao.docx",
        document_on=date(2023, 7, 3),
        submitted_on=date(2023, 7, 4),
        received_on=date(2023, 7, 5),
        by=None,
        at=cast.now,
    )
    archive = made(ask(cast, cast.reviewer, pdf=True), cast)
    assert archive.read("ben-dua-2023-H1.docx") == render.docx(issued)
    # Whoever gathers for the province reads nothing below it but what was handed in to it.
    seen = queries.contents(cast.province, COMMUNICATION, H1, {cast.province.pk}, with_drafts=False)
    assert [(row.unit, row.submission) for row in seen] == [("ben-dua", came)]
    assert H1 in queries.periods_there(COMMUNICATION, {cast.province.pk})


def test_a_nil_report_is_named_with_its_reason(cast: Cast, issued: Report) -> None:
    owed = Obligation.objects.get(unit=cast.neighbour_commune, programme=COMMUNICATION)
    submission.submit_nil(obligation=owed, reason="Không có hoạt động", by=None, at=cast.now)
    bundle = ask(cast, cast.reviewer)
    made(bundle, cast)
    assert bundle.told[0]["why"] == "báo không phát sinh: Không có hoạt động"
