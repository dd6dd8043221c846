"""Pages about what is owed: the list, one report with its reasons, the table from above, a letter that is given out."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dinhlang.org.models import AuditEntry, Unit
from dinhlang.portal.tests.conftest import LETTER
from dinhlang.reports.duties import actions, queries
from dinhlang.reports.duties.measuring import measure
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Exemption, Nudge, Obligation, Request

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def browser(world: World, who: str) -> Client:
    return world.signed_in(who, checks_forms=False)


def text_of(world: World, who: str, name: str, *args: object, query: str = "") -> str:
    answer = browser(world, who).get(reverse(f"reports:{name}", args=args) + query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def state(row: Obligation, on: date) -> State:
    return queries.state_on(queries.with_standing(Obligation.objects.filter(pk=row.pk), on).get(), on)


# --- the list ---------------------------------------------------------------------------------------


def test_a_clerk_sees_what_their_unit_owes_and_a_reviewer_that_of_all(world: World) -> None:
    ours = text_of(world, "van-hoa", "duties", query="?state=all")
    assert reverse("reports:duty", args=[world.duty.pk]) in ours
    theirs = Obligation.objects.get(unit="ben-dua", period=world.duty.period)
    address = reverse("reports:duty", args=[theirs.pk])
    assert address not in ours
    above = text_of(world, "so-noi-vu", "duties", query="?state=all")
    assert address in above
    assert "Xã Bến Dừa" in above


@pytest.mark.parametrize("standing", [*(one.value for one in State), "owed", "all", "asked", "la"])
def test_every_filter_of_the_list_can_be_asked_and_an_unknown_one_is_as_none(
    world: World, standing: str
) -> None:
    found = text_of(
        world, "van-hoa", "duties", query=f"?state={standing}&q=tuyen+truyen&programme=cchc-tuyen-truyen"
    )
    assert "Báo cáo phải nộp" in found


def test_the_list_is_found_without_marks_and_taken_away_as_a_file(world: World) -> None:
    client = browser(world, "van-hoa")
    assert world.duty.subject in text_of(world, "van-hoa", "duties", query="?state=all&q=tuyen+truyen")
    assert world.duty.subject not in text_of(world, "van-hoa", "duties", query="?state=all&q=ket+hon")
    answer = client.post(reverse("reports:duties-export", args=["csv"]) + "?state=all")
    lines = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    mine = next(line for line in lines if line["Kỳ"].startswith("6 tháng đầu năm"))
    assert mine["Mã đơn vị"] == "ben-truc"
    assert "Nghị định 09/2019/NĐ-CP" in mine["Vì sao hẹn ngày này"]
    assert {line["Mã đơn vị"] for line in lines} == {"ben-truc"}
    assert AuditEntry.objects.filter(action="duty.export", unit="ben-truc").exists()


def test_the_list_asks_the_database_a_bounded_number_of_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(world, "so-noi-vu")
    for number in range(40):
        Obligation.objects.create(
            unit_id="ben-dua", programme=world.duty.programme, regime=world.duty.regime, period=f"19{number + 10}",
            subject="Thử", due_on=world.today, opened_at=world.at,
        )  # fmt: skip
    with django_assert_max_num_queries(26):
        client.get(reverse("reports:duties"))
    with django_assert_max_num_queries(26):
        client.get(reverse("reports:duty-table"))


# --- one report -------------------------------------------------------------------------------------


def test_the_page_of_a_duty_prints_its_reasons_and_leads_to_the_draft(world: World) -> None:
    said = text_of(world, "van-hoa", "duty", world.duty.pk)
    assert "Vì sao hẹn ngày này?" in said
    for sentence in world.duty.why:
        assert sentence.replace("“", "") in said
    assert reverse("reports:report", args=[world.report.pk]) in said


def test_opening_the_page_is_seeing_the_reminder(world: World) -> None:
    nudge = Nudge.objects.create(
        obligation=world.duty, rung="qua-1", person=world.people["van-hoa"], told_on=world.today
    )
    row = Obligation.objects.filter(pk=world.duty.pk)
    row.update(due_on=world.today - timedelta(days=1))
    address = reverse("reports:duty", args=[world.duty.pk])
    assert address in browser(world, "van-hoa").get(reverse("desk:home")).content.decode()
    text_of(world, "van-hoa", "duty", world.duty.pk)
    nudge.refresh_from_db()
    assert nudge.seen_at is not None
    waiting = browser(world, "van-hoa").get(reverse("desk:home")).content.decode()
    assert address not in waiting.split('id="cho-toi"')[-1].split("</section>")[0]


def test_what_was_sent_is_noted_on_the_page_and_taken_back(world: World) -> None:
    client = browser(world, "van-phong")
    address = reverse("reports:duty-sent", args=[world.duty.pk])
    wrong = client.post(address, {"sent_on": "", "sent_as": ""})
    assert wrong.status_code == 200
    assert "Chưa chọn ngày." in wrong.content.decode()
    client.post(address, {"sent_on": world.today.isoformat(), "sent_as": "31/BC-UBND"})
    assert not state(world.duty, world.today).is_owed
    client.post(reverse("reports:duty-unsent", args=[world.duty.pk]))
    assert state(world.duty, world.today).is_owed


def test_a_stranger_s_report_is_neither_noted_nor_extended(world: World) -> None:
    client = browser(world, "ben-dua")
    for name, given in (
        ("duty-sent", {"sent_on": world.today.isoformat()}),
        ("duty-extend", {"until": "2030-01-01", "reason": "x"}),
        ("duty-unsent", {}),
    ):
        assert client.post(reverse(f"reports:{name}", args=[world.duty.pk]), given).status_code == 404
    reader = browser(world, "truong-thon")
    reader.post(reverse("reports:duty-sent", args=[world.duty.pk]), {"sent_on": world.today.isoformat()})
    assert state(world.duty, world.today).is_owed


def test_a_later_day_is_asked_for_seen_from_above_and_granted(world: World) -> None:
    duty = Obligation.objects.get(unit="ben-truc", period=str(world.today.year))
    until = max(duty.due_on, world.today) + timedelta(days=7)
    clerk, above = browser(world, "van-hoa"), browser(world, "so-noi-vu")
    address = reverse("reports:duty-extend", args=[duty.pk])
    assert "Hãy ghi lý do" in clerk.post(address, {"until": until.isoformat(), "reason": ""}).content.decode()
    clerk.post(address, {"until": until.isoformat(), "reason": "Mất điện cả tuần"})
    asked = Exemption.objects.get(obligation=duty)
    assert duty.subject in text_of(world, "so-noi-vu", "duties", query="?state=asked")
    assert "Đồng ý lùi hạn" not in text_of(world, "van-hoa", "duty", duty.pk)
    assert "Đồng ý lùi hạn" in text_of(world, "so-noi-vu", "duty", duty.pk)
    decide = reverse("reports:extension-decide", args=[asked.pk])
    clerk.post(decide, {"decide": "grant"})
    asked.refresh_from_db()
    assert asked.state == "asked", "a unit does not decide for itself"
    above.post(decide, {"decide": "grant"})
    asked.refresh_from_db()
    assert asked.state == "granted"
    assert f"{until.day}/{until.month}/{until.year}" in text_of(world, "van-hoa", "duty", duty.pk)


# --- the table --------------------------------------------------------------------------------------


def test_the_table_counts_rows_as_of_a_day(world: World) -> None:
    year = world.today.year
    after = f"{year}-12-31"
    query = f"?programme=cchc-tuyen-truyen&year={year}&on={after}"
    seen = browser(world, "so-noi-vu").get(reverse("reports:duty-table") + query)
    table = seen.context["table"]
    assert [str(one) for one in table.periods] == [f"{year}-H1", f"{year}-9M", f"{year}"]
    assert table.rate.owed == 6
    assert table.rate.sent == 0
    actions.note_sent(obligation=world.duty, sent_on=world.duty.due_on, sent_as="", by=None, at=world.at)
    table = browser(world, "so-noi-vu").get(reverse("reports:duty-table") + query).context["table"]
    assert (table.rate.owed, table.rate.sent, table.rate.in_time) == (6, 1, 1)
    assert [rate.owed for rate in table.rates] == [2, 2, 2]
    before = browser(world, "so-noi-vu").get(
        reverse("reports:duty-table") + f"?programme=cchc-tuyen-truyen&year={year}&on={year}-01-05"
    )
    assert before.context["table"].rate.owed == 0
    answer = browser(world, "so-noi-vu").post(reverse("reports:duty-table-export", args=["csv"]) + query)
    lines = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))  # type: ignore[attr-defined]
    assert [line[0] for line in lines] == ["Mã đơn vị", "ben-dua", "ben-truc", ""]
    assert lines[-1][-9:-4] == ["6", "1", "1", "16,7", "16,7"]
    assert lines[-1][-4:] == ["0", "", "", ""], "nothing was issued here, so there is no quality to tell"


def test_a_unit_that_ceased_bends_no_rate(world: World) -> None:
    """Its report of the running year is released and counts nowhere; what fell due in its time still does."""
    year = world.today.year
    gone = date(year, 7, 1)
    Unit.objects.filter(pk="ben-dua").update(ends_on=gone)
    assert actions.release_ceased(at=world.at) == 2
    rows = Obligation.objects.filter(programme="cchc-tuyen-truyen", period__startswith=str(year))
    on = date(year, 12, 31)
    table = queries.table(rows, {"ben-truc": "Xã Bến Trúc", "ben-dua": "Xã Bến Dừa"}, on)
    assert [rate.owed for rate in table.rates] == [2, 1, 1]
    assert all(rate.sent <= rate.owed for rate in table.rates)


def test_the_quality_of_a_report_names_the_figures_without_evidence_in_words(world: World) -> None:
    report = world.publication.report
    kept = measure(report, world.at)
    kept.told = {**kept.told, "bare": [["articles", "1"]]}
    kept.save(update_fields=["told"])
    said = text_of(world, "van-hoa", "duty-quality", "ben-truc", query=f"?year={report.period}")
    assert (
        f'href="{reverse("reports:figure", args=[report.pk, "articles"])}">Tin, bài về cải cách hành chính: 1<'
        in said
    )


# --- a letter ---------------------------------------------------------------------------------------


def test_a_letter_is_shown_beside_what_was_read_from_it(world: World) -> None:
    said = text_of(world, "van-phong", "request", world.letter.pk)
    assert "<mark>Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2026 để tổng hợp./.</mark>" in said
    assert 'value="2026-11-20"' in said
    assert 'value="Sở Nội vụ"' in said
    assert Obligation.objects.filter(request=world.letter).count() == 0


def test_a_letter_is_rehearsed_then_given_out_in_one_act(world: World) -> None:
    above = browser(world, "so-noi-vu")
    sent = SimpleUploadedFile("cong-van.txt", LETTER.encode())
    above.post(reverse("reports:request-new"), {"unit": "tinh-mau", "file": sent})
    taken = Request.objects.get(unit="tinh-mau")
    said = {
        "asker": "Sở Nội vụ",
        "symbol": "1234/SNV-CCHC",
        "dated": "2026-11-05",
        "subject": "Báo cáo nhanh kết quả tuyên truyền",
        "due_on": "2026-11-20",
        "units": ["ben-truc", "ben-dua"],
    }
    address = reverse("reports:request-confirm", args=[taken.pk])
    rehearsed = above.post(address, {**said, "do": "preview"}).content.decode()
    assert "Sẽ giao cho 2 đơn vị, hạn 20/11/2026" in rehearsed
    assert "Văn bản viết: “Báo cáo gửi về Sở Nội vụ trước ngày 20/11/2026 để tổng hợp./.”" in rehearsed
    assert not Obligation.objects.filter(request=taken).exists()
    above.post(address, {**said, "do": "confirm"})
    made = Obligation.objects.filter(request=taken)
    assert set(made.values_list("unit_id", flat=True)) == {"ben-truc", "ben-dua"}
    again = above.post(address, {**said, "do": "confirm"}, follow=True).content.decode()
    assert "vừa được xử lý ở nơi khác" in again
    assert made.count() == 2
    # The commune sees the letter it was given, and what it owes; nothing of its neighbour.
    ours = text_of(world, "van-hoa", "request", taken.pk)
    assert "Xã Bến Trúc" in ours
    assert "Xã Bến Dừa" not in ours
    above.post(reverse("reports:request-withdraw", args=[taken.pk]), {"reason": "Gửi nhầm"})
    assert all(state(row, world.today) is State.RELEASED for row in made)
    assert "đã được rút: Gửi nhầm" in text_of(world, "van-hoa", "duty", made.get(unit="ben-truc").pk)


def test_a_letter_from_the_archive_is_read_as_one_that_is_uploaded(world: World) -> None:
    taken = actions.take_request_from_archive(
        document=world.document, unit=world.commune, by=world.people["van-phong"], at=world.at
    )
    assert taken.read["symbol"]["value"] == "12/BC-UBND"
    assert taken.archived_id == world.document.pk


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"subject": ""}, "Hãy ghi nội dung phải báo cáo."),
        ({"units": []}, "Hãy chọn ít nhất một đơn vị."),
        ({"due_on": "2026-11-01"}, "trước ngày của văn bản"),
        ({"due_on": "30/02/2026"}, "Ngày không có trong lịch"),
        ({"units": ["ben-dua"]}, "ben-dua"),
    ],
)
def test_a_letter_with_a_value_that_makes_no_sense_is_not_given_out(
    world: World, change: dict[str, object], said: str
) -> None:
    given = {"asker": "", "symbol": "", "dated": "2026-11-05", "subject": "Việc", "due_on": "2026-11-20",
             "units": ["ben-truc"], "do": "confirm"}  # fmt: skip
    answer = browser(world, "van-phong").post(
        reverse("reports:request-confirm", args=[world.letter.pk]), {**given, **change}
    )
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Obligation.objects.filter(request=world.letter).exists()


@pytest.mark.parametrize("data", [b"", b"   ", b"\x00\x01\x02", b"%PDF-1.7 hong", b"PK\x03\x04hong"])
def test_a_file_that_is_no_letter_is_refused_or_comes_in_to_be_filled_by_hand(
    world: World, data: bytes
) -> None:
    answer = browser(world, "van-phong").post(
        reverse("reports:request-new"), {"unit": "ben-truc", "file": SimpleUploadedFile("la.pdf", data)}
    )
    assert answer.status_code in (200, 302)
    if answer.status_code == 302:
        assert browser(world, "van-phong").get(answer["Location"]).status_code == 200


def test_whoever_takes_no_letters_in_is_told_who_does(world: World) -> None:
    assert "nhận công văn yêu cầu báo cáo" in text_of(world, "truong-thon", "request-new")
    sent = SimpleUploadedFile("cong-van.txt", LETTER.encode())
    browser(world, "truong-thon").post(reverse("reports:request-new"), {"unit": "ben-truc", "file": sent})
    assert Request.objects.filter(unit="ben-truc").count() == 1
