"""The pages of submitting and receiving: what each side can do there, and what is said when it cannot."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dinhlang.org.models import AuditEntry, Position
from dinhlang.org.rules import Role
from dinhlang.org.tests import codes
from dinhlang.reports.models import Obligation, Submission, SubmissionKey
from dinhlang.reports.submission.rules.states import State
from dinhlang.reports.tests.test_submission_files import LETTER

if TYPE_CHECKING:
    from django.test import Client

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def browser(world: World, who: str) -> Client:
    return world.signed_in(who, checks_forms=False)


def said(answer: object) -> str:
    return str(answer.content.decode())  # type: ignore[attr-defined]


def test_the_level_above_returns_naming_a_figure_and_the_unit_sees_what_to_mend(world: World) -> None:
    one = world.submission
    there = reverse("reports:submission", args=[one.pk])
    above = browser(world, "so-noi-vu")
    assert "Báo cáo nhận được, chờ xem" in said(above.get(reverse("desk:home")))
    assert there in said(above.get(reverse("reports:submissions") + "?state=received&q=tuyên+truyền"))
    page = said(above.get(there))
    assert "Hướng dẫn nộp hồ sơ trực tuyến" in page
    assert "Chấp nhận báo cáo" in page
    empty = above.post(reverse("reports:submission-return", args=[one.pk]), {"reason": ""})
    assert (empty.status_code, "Hãy ghi cần sửa gì" in said(empty)) == (422, True)
    anchor = one.figures.filter(has_evidence=True)[0].anchor
    above.post(
        reverse("reports:submission-return", args=[one.pk]),
        {"reason": "", "place_1": f"a:{anchor}", "said_1": "thiếu bài tháng 7"},
    )
    clerk = browser(world, "van-phong")
    mine = said(clerk.get(there))
    assert "thiếu bài tháng 7" in mine
    assert "Lập báo cáo thay thế" in mine
    assert "Chấp nhận báo cáo" not in mine
    assert "Cấp trên trả lại" in said(clerk.get(reverse("desk:home")))


def test_what_may_not_be_done_changes_nothing(world: World) -> None:
    one = world.submission
    for who, name in (
        ("van-phong", "submission-accept"),
        ("so-noi-vu", "submission-take-back"),
        ("truong-thon", "submission-take-back"),
    ):
        browser(world, who).post(reverse(f"reports:{name}", args=[one.pk]))
        one.refresh_from_db()
        assert one.state == State.RECEIVED
    browser(world, "so-noi-vu").post(reverse("reports:submission-accept", args=[one.pk]))
    one.refresh_from_db()
    assert one.state == State.ACCEPTED


def test_the_unit_hands_in_nothing_to_report_and_takes_it_back(world: World) -> None:
    clerk = browser(world, "van-phong")
    said_so = {"reason": "Cả kỳ không có việc nào"}
    refused = clerk.post(reverse("reports:duty-nil", args=[world.duty.pk]), said_so, follow=True)
    assert "áo không phát sinh" in said(refused), "the ledger of the period says otherwise"
    assert not Submission.objects.filter(obligation=world.duty).exists()
    # Days of which the ledger has nothing.
    Obligation.objects.filter(pk=world.duty.pk).update(
        window_from=date(2001, 1, 1), window_to=date(2001, 6, 30)
    )
    clerk.post(reverse("reports:duty-nil", args=[world.duty.pk]), said_so)
    made = Submission.objects.get(obligation=world.duty)
    assert "Cả kỳ không có việc nào" in said(clerk.get(reverse("reports:submission", args=[made.pk])))
    clerk.post(reverse("reports:submission-take-back", args=[made.pk]))
    made.refresh_from_db()
    assert made.state == State.TAKEN_BACK


def test_a_receipt_is_a_page_and_a_pdf_and_is_checked_by_its_digest(world: World) -> None:
    one, clerk = world.submission, browser(world, "van-phong")
    assert one.digest in said(clerk.get(reverse("reports:receipt", args=[one.pk])))
    pdf = clerk.get(reverse("reports:receipt-pdf", args=[one.pk]))
    [code] = codes.in_pdf(pdf.content)[0].squares
    stranger = world.signed_in(None)
    assert "Đã nhận gói này" in said(stranger.get(code[code.index(reverse("receipt-check")) :]))
    spaced = "+".join(one.digest[at : at + 8] for at in range(0, 64, 8))
    assert "Đã nhận gói này" in said(stranger.get(reverse("receipt-check") + f"?ma={spaced}"))
    assert "chưa nhận gói nào" in said(stranger.get(reverse("receipt-check") + "?ma=abc"))


def test_files_leave_as_they_came_and_the_list_leaves_as_a_table(world: World) -> None:
    above = browser(world, "so-noi-vu")
    for form, begin in (("docx", b"PK"), ("pdf", b"%PDF-"), ("so-lieu", b"{"), ("goi", b"PK")):
        answer = above.get(reverse("reports:submission-file", args=[world.submission.pk, form]))
        assert answer.content.startswith(begin)
    assert above.get(reverse("reports:submission-file", args=[world.submission.pk, "tep"])).status_code == 404
    table = above.post(reverse("reports:submissions-export", args=["csv"]))
    assert world.submission.digest in b"".join(table.streaming_content).decode()  # type: ignore[attr-defined]
    assert AuditEntry.objects.filter(action="submission.export").exists()


def test_a_file_is_looked_at_and_then_taken_in_with_its_days(world: World) -> None:
    row = Obligation.objects.get(unit="ben-dua", period=world.duty.period)
    above, there = browser(world, "so-noi-vu"), reverse("reports:duty-file", args=[row.pk])
    words = LETTER.replace("BẾN TRÚC", "BẾN DỪA").replace("2023", str(world.today.year))
    looked = above.post(there, {"file": SimpleUploadedFile("bc.txt", words.encode())})
    assert "đọc từ lời văn" in said(looked)
    held = looked.context["held"]
    day = world.today.isoformat()
    wrong = above.post(there, {"held": held + "x", "submitted_on": day, "received_on": day})
    assert "Chọn lại tệp" in said(wrong)
    above.post(there, {"held": held, "document_on": "", "submitted_on": day, "received_on": day})
    made = Submission.objects.get(obligation=row)
    assert made.way == "file"
    assert "Đơn vị nộp" in said(above.get(reverse("reports:submission", args=[made.pk])))


def test_a_file_of_another_unit_or_period_is_only_taken_in_by_who_says_that_it_is_right(world: World) -> None:
    row = Obligation.objects.get(unit="ben-dua", period=world.duty.period)
    above, there = browser(world, "so-noi-vu"), reverse("reports:duty-file", args=[row.pk])
    looked = above.post(there, {"file": SimpleUploadedFile("bc.txt", LETTER.encode())})
    assert "Văn bản ghi là của xã Bến Trúc, báo cáo phải nộp là của xã Bến Dừa." in said(looked)
    assert "Văn bản là của kỳ 6 tháng đầu năm 2023" in said(looked)
    written = date(2023, 6, 15)
    Obligation.objects.filter(pk=row.pk).update(due_on=written)
    again = above.post(there, {"file": SimpleUploadedFile("bc.txt", LETTER.encode())})
    begun = again.context["confirming"].initial
    assert (begun["document_on"], begun["submitted_on"]) == (written, None), "in time or late is not guessed"
    day = world.today.isoformat()
    days = {"held": looked.context["held"], "submitted_on": day, "received_on": day}
    assert "đánh dấu, hoặc chọn tệp khác" in said(above.post(there, days))
    assert not Submission.objects.filter(obligation=row).exists()
    above.post(there, {**days, "is_sure": "on"})
    assert Submission.objects.filter(obligation=row).exists()


def test_a_key_is_shown_once_and_revoked(world: World) -> None:
    Position.objects.create(
        person=world.people["quan-tri"], unit_id="tinh-mau", role=Role.ADMINISTRATOR, title="Quản trị tỉnh"
    )
    admin, there = browser(world, "quan-tri"), reverse("reports:keys")
    shown = said(admin.post(there, {"unit": "ben-truc", "name": "Máy xã"}))
    key = SubmissionKey.objects.get()
    assert key.start in shown
    assert shown.count("dln_") > said(admin.get(there)).count("dln_")
    admin.post(reverse("reports:key-revoke", args=[key.pk]))
    assert "Đã thu hồi" in said(admin.get(there))
