"""A letter that asks for a report, answered: drafted with its days, handed in, from a box too, taken together above."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.models import Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.reports.consolidation.actions import consolidate
from dinhlang.reports.consolidation.taking import obligations_to, take, window_of
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties import queries
from dinhlang.reports.duties.actions.requests import Confirmed
from dinhlang.reports.duties.rules import CannotRequest, State
from dinhlang.reports.models import Obligation, Outline, Report, Request
from dinhlang.reports.queries import default_outline
from dinhlang.reports.rules import request_of
from dinhlang.reports.submission import actions, packing
from dinhlang.reports.submission import queries as submitting
from dinhlang.reports.submission.rules import coming, package
from dinhlang.reports.tests.test_submission_api import sent
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LETTER = """ỦY BAN NHÂN DÂN TỈNH MẪU
SỞ NỘI VỤ
Số: 77/SNV-CCHC
V/v báo cáo kết quả tuyên truyền trên mạng xã hội

Mẫu, ngày 03 tháng 7 năm 2023

Kính gửi: Ủy ban nhân dân các xã, phường.

Sở Nội vụ đề nghị Ủy ban nhân dân các xã báo cáo kết quả tuyên truyền trên mạng xã hội từ ngày 01/01/2023 đến hết ngày 30/6/2023, gửi về Sở Nội vụ trước ngày 25/7/2023./.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""
SYMBOL, DATED = "77/SNV-CCHC", date(2023, 7, 3)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


def given_out(cast: Cast, unit: Unit, *units: Unit, symbol: str = SYMBOL) -> Request:
    """The letter as a body took it in and gave it to these units."""
    taken = duties.take_request(data=LETTER.encode(), name="cv.txt", unit=unit, by=None, at=cast.now)
    said = Confirmed(
        "Sở Nội vụ tỉnh Mẫu",
        symbol,
        DATED,
        "Báo cáo kết quả tuyên truyền trên mạng xã hội",
        date(2023, 7, 25),
        date(2023, 1, 1),
        date(2023, 6, 30),
    )
    duties.confirm_request(request=taken, said=said, units=units, by=None, at=cast.now)
    taken.refresh_from_db()
    return taken


def posted(cast: Cast, unit: Unit, day: date, posts: int) -> None:
    record_activity(
        unit=unit,
        kind="social",
        happened_on=day,
        title=f"Đăng bài ngày {day:%d/%m}",
        measures={"posts": posts},
        evidence=[LinkEvidence(f"https://mau.example.vn/{unit.pk}/{day}")],
        by=None,
        at=cast.now,
    )


def answer(cast: Cast, owed: Obligation) -> Report:
    """The unit's answer, drafted and issued."""
    draft = draft_report(
        unit=owed.unit, period=Period.parse(owed.period), programme=owed.kept_as, by=None, at=cast.now
    )
    return issue_report(report=draft, on=cast.today, by=None, at=cast.now)


def duty_of(request: Request, unit: Unit) -> Obligation:
    return Obligation.objects.get(request=request, unit=unit)


def words_of(report: Report) -> str:
    return "\n".join(
        "".join(run.get("text") or "" for run in block.get("runs") or []) for block in report.document["body"]
    )


def test_the_days_that_a_letter_asks_about_are_read_with_their_words(cast: Cast) -> None:
    taken = duties.take_request(data=LETTER.encode(), name="cv.txt", unit=cast.province, by=None, at=cast.now)
    assert (taken.read["start"]["value"], taken.read["end"]["value"]) == ("2023-01-01", "2023-06-30")
    assert "từ ngày 01/01/2023" in taken.read["start"]["quote"]
    said = Confirmed("", "", None, "Việc", date(2023, 7, 25), date(2023, 7, 1), date(2023, 6, 30))
    with pytest.raises(CannotRequest, match="Ngày cuối của số liệu trước ngày đầu"):
        duties.confirm_request(request=taken, said=said, units=[cast.commune], by=None, at=cast.now)


def test_an_answer_is_drafted_with_the_letter_and_its_days(cast: Cast) -> None:
    request = given_out(cast, cast.province, cast.commune)
    owed = duty_of(request, cast.commune)
    assert (owed.period, owed.window_from, owed.window_to) == ("2023", date(2023, 1, 1), date(2023, 6, 30))
    posted(cast, cast.commune, date(2022, 12, 20), 90)
    posted(cast, cast.commune, date(2023, 1, 2), 4)
    posted(cast, cast.commune, date(2023, 6, 30), 3)
    report = answer(cast, owed)
    assert request_of(report.programme) == request.pk
    assert (report.window_from, report.window_to) == (owed.window_from, owed.window_to)
    assert report.subject == "Kết quả tuyên truyền trên mạng xã hội"
    assert "Thực hiện Công văn số 77/SNV-CCHC ngày 03 tháng 7 năm 2023 của Sở Nội vụ tỉnh Mẫu" in words_of(
        report
    )
    assert report.figures.get(concept="posts").value == 7
    assert not report.figures.filter(concept="articles").exists()
    told = " ".join(one["message"] for one in report.missing)
    assert "kế hoạch" not in told.lower()


def test_it_stands_among_what_is_owed_and_is_handed_in_like_any_other(cast: Cast) -> None:
    request = given_out(cast, cast.province, cast.commune, cast.neighbour_commune)
    owed = duty_of(request, cast.commune)

    def state() -> State:
        row = queries.with_standing(Obligation.objects.filter(pk=owed.pk), cast.today).get()
        return queries.state_on(row, cast.today)

    posted(cast, cast.commune, date(2023, 2, 2), 4)
    assert state() is State.OPEN
    report = answer(cast, owed)
    assert state() is State.ISSUED
    assert [one.report for one in submitting.to_send(cast.commune, cast.today)] == [report.pk]
    assert submitting.obligation_for(report) == owed
    made = actions.submit_report(report=report, by=cast.culture_officer, at=cast.now)
    assert (made.obligation, made.figures.get(concept="posts").value) == (owed, 4)
    assert state() is State.DONE
    assert not list(submitting.to_send(cast.commune, cast.today))
    neighbour = queries.with_standing(
        Obligation.objects.filter(unit=cast.neighbour_commune, request=request), cast.today
    ).get()
    assert queries.state_on(neighbour, cast.today) is State.OPEN


def test_answers_are_taken_together_by_whoever_asked(cast: Cast) -> None:
    request = given_out(cast, cast.province, cast.commune, cast.neighbour_commune)
    programme = f"yeu-cau-{request.pk}"
    period = Period.parse("2023")
    posted(cast, cast.commune, date(2023, 2, 2), 4)
    report = answer(cast, duty_of(request, cast.commune))
    made = actions.submit_report(report=report, by=None, at=cast.now)
    actions.accept_submission(submission=made, by=None, at=cast.now)
    assert obligations_to(cast.province, programme).count() == 2
    window = window_of(cast.province, programme, period, cast.today)
    assert (window.start, window.end) == (date(2023, 1, 1), date(2023, 6, 30))
    taken = take(cast.province, programme, period, window)
    assert taken.value("posts") == 4
    assert taken.coverage.missing == {cast.neighbour_commune.pk}
    draft = consolidate(unit=cast.province, programme=programme, period=period, by=None, at=cast.now)
    assert draft.subject == "Tổng hợp kết quả tuyên truyền trên mạng xã hội"
    assert (draft.window_from, draft.window_to) == (date(2023, 1, 1), date(2023, 6, 30))
    assert draft.figures.filter(concept="posts", value=4, origin="children").exists()
    assert "1/2 xã" in words_of(draft)
    assert set(Outline.objects.values_list("programme", flat=True)) == {"yeu-cau", "tong-hop-yeu-cau"}


def test_a_box_hands_its_answer_in_by_the_number_and_day_of_the_letter(cast: Cast) -> None:
    own = given_out(cast, cast.commune, cast.commune, symbol="77 / snv-cchc")
    above = given_out(cast, cast.province, cast.commune, cast.neighbour_commune)
    secret = actions.make_key(
        unit=cast.commune, above=cast.province, name="Máy xã", by=None, at=timezone.now()
    )[1]
    posted(cast, cast.commune, date(2023, 2, 2), 4)
    report = answer(cast, duty_of(own, cast.commune))
    data = packing.pack(duty_of(own, cast.commune), report)
    read = package.read(data)
    assert read.manifest.programme == f"yeu-cau-{own.pk}"
    assert read.manifest.request == package.Asked("77 / snv-cchc", DATED)
    assert packing.pack(duty_of(own, cast.commune), report) == data
    status, receipt = sent(secret, data)
    assert (status, receipt["state"]) == (201, "received")
    made = duty_of(above, cast.commune).submissions.get()
    assert (made.way, made.figures.get(concept="posts").value) == ("api", 4)
    assert sent(secret, data)[0] == 200
    # Nothing to report travels by the same name.
    assert package.read(packing.pack_nil(duty_of(own, cast.commune), "Không có")).manifest.request is not None


@pytest.mark.parametrize(
    ("symbol", "dated", "said"),
    [
        ("78/SNV-CCHC", DATED, "không giao công văn số 78/SNV-CCHC ngày 03/7/2023"),
        (SYMBOL, date(2023, 7, 4), "không giao công văn số"),
        (None, None, "chưa ghi số và ngày công văn"),
    ],
)
def test_an_answer_to_a_letter_that_nobody_gave_out_here_is_refused(
    cast: Cast, symbol: str | None, dated: date | None, said: str
) -> None:
    own = given_out(cast, cast.commune, cast.commune)
    given_out(cast, cast.province, cast.commune)
    secret = actions.make_key(
        unit=cast.commune, above=cast.province, name="Máy xã", by=None, at=timezone.now()
    )[1]
    Request.objects.filter(pk=own.pk).update(symbol=symbol or "", dated=dated)
    owed = duty_of(own, cast.commune)
    status, told = sent(secret, packing.pack(owed, answer(cast, owed)))
    assert status == 422
    assert said in told["message"]


def test_the_manifest_of_a_regular_report_names_no_letter(cast: Cast) -> None:
    from dinhlang.reports.tests.submission_cast import issued, owed

    row, report = owed(cast), issued(cast)
    assert b'"request"' not in packing.pack(row, report)[:2000]
    for wrong in (
        {"symbol": 3, "dated": "2023-07-03"},
        {"symbol": "1", "dated": "ba"},
        ["x"],
        {"symbol": "a"},
    ):
        with pytest.raises((KeyError, TypeError, ValueError)):
            package._asked(wrong)
    with pytest.raises(coming.CannotSubmit):
        actions.submit_report(
            report=Report(unit=cast.commune, programme="yeu-cau-9", period="2023"), by=None, at=cast.now
        )


def test_as_people_do_it_on_the_pages(cast: Cast, client: Client) -> None:
    request = given_out(cast, cast.province, cast.commune)
    owed = duty_of(request, cast.commune)
    posted(cast, cast.commune, date(2023, 2, 2), 4)
    client.force_login(cast.culture_officer)
    drafting = reverse("reports:duty-draft", args=[owed.pk])
    assert drafting in client.get(reverse("reports:duty", args=[owed.pk])).content.decode()
    made = client.post(drafting)
    report = Report.objects.get()
    assert made.headers["Location"] == reverse("reports:report", args=[report.pk])
    assert drafting not in client.get(reverse("reports:duty", args=[owed.pk])).content.decode()
    assert client.get(made.headers["Location"]).status_code == 200
    client.force_login(cast.reviewer)
    letter: Any = client.get(reverse("reports:request", args=[request.pk]))
    gathered = letter.context["gathered"]
    assert gathered in letter.content.decode().replace("&amp;", "&")
    shown = client.get(gathered).content.decode()
    assert "77/SNV-CCHC: Báo cáo kết quả" in shown
    assert "thiếu: xã Bến Trúc" in shown


def test_the_outline_of_answers_is_shipped() -> None:
    assert "{{ request.subject }}" in default_outline("yeu-cau-1")
