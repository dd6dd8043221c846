"""Surveys on the desk: the editor without a script, slips on paper, paper typed, remarks."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from dinhlang.citizens.models import PaperBatch, SurveyAnswer, SurveyRemark, SurveyRound, SurveyVersion
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys import queries
from dinhlang.citizens.surveys.demo import load_demo
from dinhlang.citizens.surveys.rules.definition import Condition, Kind, Option, Question
from dinhlang.citizens.surveys.rules.rounds import Way
from dinhlang.citizens.surveys.tests.test_surveys import FIVE, by_poster, opened, slip
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests import codes
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    cache.clear()


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_a_form_is_edited_question_by_question_without_a_script(cast: Cast) -> None:
    clerk = as_(cast.office_clerk)
    begun = clerk.post(reverse("surveys:new"), {"template": "nam-yeu-to"})
    version = SurveyVersion.objects.get()
    assert begun["Location"] == reverse("surveys:version", args=[version.pk])
    shown = clerk.get(reverse("surveys:question", args=[version.pk, "noi-cho"])).content.decode()
    assert "Rất hài lòng | 5" in shown
    assert "Không dùng đến | -" in shown
    new = {
        "text": "Thời gian chờ đến lượt",
        "kind": "likert",
        "factor": "tiep-can",
        "options": "Rất hài lòng | 5\nKhông hài lòng",
        "after_1": "hinh-thuc",
        "answers_1": "Đến nơi tiếp nhận hồ sơ",
        "seen": "1",
    }
    address = reverse("surveys:question-new", args=[version.pk])
    refused = clerk.post(address, new)
    assert "chưa ghi điểm" in refused.content.decode()
    done = clerk.post(address, new | {"options": "Rất hài lòng | 5\nKhông hài lòng | 2\nKhông phải chờ | -"})
    assert done["Location"].endswith("#cau-thoi-gian-cho-den-luot")
    step = reverse("surveys:question-step", args=[version.pk, "thoi-gian-cho-den-luot"])
    clerk.post(step, {"do": "up", "seen": "2"})
    # Somebody who still looks at an older page changes nothing.
    clerk.post(step, {"do": "off", "seen": "2"})
    version.refresh_from_db()
    made = queries.definition_of(version)
    question = made.questions[-2]
    assert question.id == "thoi-gian-cho-den-luot"
    assert [one.score for one in question.options] == [5, 2, None]
    assert question.when[0].options == ("truc-tiep",)
    taken = clerk.get(reverse("surveys:version-file", args=[version.pk]))
    again = SimpleUploadedFile("phieu.json", taken.content, "application/json")
    clerk.post(reverse("surveys:new"), {"file": again})
    assert (
        queries.definition_of(SurveyVersion.objects.get(number=1, survey__pk__gt=version.survey_id)) == made
    )
    broken = SimpleUploadedFile("phieu.json", json.dumps({"format": "khác"}).encode(), "application/json")
    assert (
        "không phải phiếu khảo sát" in clerk.post(reverse("surveys:new"), {"file": broken}).content.decode()
    )


def test_all_conditions_of_a_question_are_shown_and_none_is_lost_on_saving(cast: Cast) -> None:
    clerk = as_(cast.office_clerk)
    when = (
        Condition("hinh-thuc", ("truc-tiep",)),
        Condition("tre-hen", ("co",)),
        Condition("do-tuoi", ("duoi-30", "30-49")),
    )
    asked = Question(
        "sau",
        Kind.SINGLE,
        "Sau ba điều kiện",
        options=(Option("a", "Một | hai"), Option("b", "Ba")),
        when=when,
    )
    version = surveys.begin_survey(
        unit=cast.commune,
        definition=replace(FIVE, questions=(*FIVE.questions, asked)),
        by=cast.office_clerk,
        at=cast.now,
    )
    address = reverse("surveys:question", args=[version.pk, "sau"])
    listed = clerk.get(reverse("surveys:version", args=[version.pk])).content.decode()
    assert listed.count("Chỉ trả lời nếu câu") >= 3
    form = clerk.get(address).context["form"]
    shown = {one.name: one.value() for one in form if one.value() not in (None, False)}
    assert shown["answers_3"] == "Dưới 30 tuổi\nTừ 30 đến 49 tuổi"
    assert "after_4" in form.fields
    clerk.post(address, shown)
    version.refresh_from_db()
    assert queries.definition_of(version).questions[-1] == asked
    # One taken away, one changed, one added.
    more = {"after_1": "", "answers_3": "Từ 50 tuổi trở lên", "after_4": "gioi-tinh", "answers_4": "nữ"}
    clerk.post(address, shown | more | {"seen": version.edits})
    version.refresh_from_db()
    assert queries.definition_of(version).questions[-1].when == (
        when[1],
        Condition("do-tuoi", ("50-tro-len",)),
        Condition("gioi-tinh", ("nu",)),
    )
    refused = clerk.post(address, shown | {"answers_2": "Không có dòng này", "seen": version.edits})
    assert "không có đủ các lựa chọn" in refused.content.decode()


def test_a_round_is_not_opened_on_a_form_with_right_answers(cast: Cast) -> None:
    clerk = as_(cast.office_clerk)
    clerk.post(reverse("surveys:new"), {"template": "kiem-tra-cchc"})
    version = SurveyVersion.objects.get()
    address = reverse("surveys:round-new", args=[version.pk])
    assert address not in clerk.get(reverse("surveys:version", args=[version.pk])).content.decode()
    assert "Mở bài kiểm tra ở trang của lớp tập huấn" in clerk.get(address, follow=True).content.decode()
    days = {"opens_on": f"{cast.today:%d/%m/%Y}", "closes_on": f"{cast.today:%d/%m/%Y}"}
    given = {"title": "Đợt thử", "method": "B", "least_seconds": "15", "cooldown_hours": "12", **days}
    refused = clerk.post(address, given, follow=True)
    assert "không mở đợt khảo sát được" in refused.content.decode()
    assert not SurveyRound.objects.exists()


def test_slips_and_the_poster_are_printed_with_their_codes(cast: Cast) -> None:
    round_ = opened(cast)
    clerk = as_(cast.one_stop_clerk)
    made = clerk.post(reverse("surveys:round-slips", args=[round_.pk]), {"phieu-count": "9"})
    said = text_of(made.content)
    assert made["Content-Type"] == "application/pdf"
    assert made["Cache-Control"] == "private, no-store"
    assert said.count("Mỗi mã trả lời một lần") == 9
    assert "Phiếu số 9" in said
    # What a telephone reads opens the question, by the code that stands beside it.
    scanned = [one for page in codes.in_pdf(made.content) for one in page.squares]
    printed = re.findall(r"\b[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}\b", said)
    assert [one.rstrip("/").rpartition("/")[2] for one in scanned] == [
        one.replace(" ", "").lower() for one in printed
    ]
    assert len(set(scanned)) == 9
    assert Client().get(urlsplit(scanned[8]).path, follow=True).status_code == 200
    poster = clerk.get(reverse("surveys:round-poster", args=[round_.pk]))
    assert round_.code in text_of(poster.content)
    [page] = codes.in_pdf(poster.content)
    assert page.squares == (f"http://testserver{reverse('survey:ask', args=[round_.code])}",)
    too_many = clerk.post(reverse("surveys:round-slips", args=[round_.pk]), {"phieu-count": "90000"})
    assert too_many["Content-Type"].startswith("text/html")


def test_two_people_type_a_bundle_and_see_where_they_differ(cast: Cast) -> None:
    round_ = opened(cast)
    first, second = as_(cast.one_stop_clerk), as_(cast.office_clerk)
    first.post(reverse("surveys:batch-new", args=[round_.pk]), {"tap-title": "Hộp phiếu", "tap-sheets": "1"})
    batch = PaperBatch.objects.get()
    sheet = reverse("surveys:batch-sheet", args=[batch.pk, 1])
    first.post(sheet, slip("5"))
    # Whoever types second does not see what the first typed.
    assert " checked" not in second.get(sheet).content.decode()
    second.post(sheet, slip("5", **{"thai-do": "2"}))
    shown = second.get(reverse("surveys:batch", args=[batch.pk])).content.decode()
    assert "Rất hài lòng / Không hài lòng" in shown
    second.post(sheet + "?chot", slip("5", **{"thai-do": "2"}))
    first.post(reverse("surveys:batch-finish", args=[batch.pk]))
    assert SurveyAnswer.objects.get().values["thai-do"] == "2"


def test_a_round_is_closed_published_and_exported_and_remarks_are_decided(cast: Cast) -> None:
    round_ = opened(cast)
    clerk = as_(cast.office_clerk)
    for _one in range(11):
        by_poster(cast, round_, "4")
    by_poster(cast, round_, "4", **{"gop-y": "Chị Nguyễn Thị Mẫu rất tận tình."})
    there = reverse("surveys:round", args=[round_.pk])
    assert "Mã QR chung: 12" in clerk.get(there).content.decode()
    SurveyAnswer.objects.create(round=round_, way=Way.SLIP, values={})
    shown = clerk.get(there).content.decode()
    assert "Cách trả lời có dưới 10 phiếu" in shown
    assert not {"Mã QR chung: 12", "Phiếu có mã: 1"} & set(re.findall(r"<li>([^<]+)</li>", shown))
    remark = SurveyRemark.objects.get()
    assert "Nguyễn Thị Mẫu" in clerk.get(reverse("surveys:remarks", args=[round_.pk])).content.decode()
    clerk.post(
        reverse("surveys:remark-step", args=[remark.pk]), {"do": "public", "public_text": "Rất tận tình."}
    )
    for step in ("close", "publish"):
        clerk.post(reverse("surveys:round-step", args=[round_.pk]), {"do": step})
    round_.refresh_from_db()
    assert round_.published_at is not None
    told = clerk.get(reverse("survey:results", args=[round_.code])).content.decode()
    assert "Rất tận tình." in told
    assert "Nguyễn Thị Mẫu" not in told
    table = clerk.post(reverse("surveys:round-export", args=[round_.pk, "csv"]))
    csv = b"".join(table.streaming_content if table.streaming else [table.content]).decode("utf-8-sig")
    assert "Chỉ số chung" in csv
    book = clerk.post(reverse("surveys:round-export", args=[round_.pk, "xlsx"]))
    cells = [cell for row in load_workbook(BytesIO(book.content)).active.values for cell in row]
    assert "Chỉ số chung" in cells
    assert any(isinstance(cell, float) for cell in cells)  # a number, to count with
    assert as_(cast.neighbour).get(reverse("surveys:round", args=[round_.pk])).status_code == 404


def test_the_demonstration_is_loaded_once_and_says_that_it_is_invented(cast: Cast) -> None:
    for _twice in range(2):
        load_demo(at=cast.now)
    first, second = SurveyRound.objects.order_by("opens_on")
    assert first.published_at is not None
    assert second.closed_at is None
    assert "minh họa" in first.title
    assert FIVE.title == first.version.survey.title


def test_a_question_of_a_contest_has_points_an_explanation_and_no_factor(cast: Cast) -> None:
    clerk = as_(cast.office_clerk)
    file = {
        "format": "dinhlang-survey/1",
        "title": "Ngân hàng câu hỏi",
        "purpose": "contest",
        "questions": [
            {
                "id": "mot",
                "kind": "single",
                "text": "Câu một",
                "options": [{"id": "a", "text": "Sai"}, {"id": "b", "text": "Đúng", "correct": True}],
            }
        ],
    }
    sent = SimpleUploadedFile("thi.json", json.dumps(file).encode(), "application/json")
    clerk.post(reverse("surveys:new"), {"file": sent})
    version = SurveyVersion.objects.get()
    address = reverse("surveys:question-new", args=[version.pk])
    shown = clerk.get(address).content.decode()
    assert "Điểm của câu" in shown
    assert "Tính vào yếu tố" not in shown
    new = {"text": "Câu hai", "kind": "single", "options": "* Có\nKhông", "points": "2", "seconds": "20"}
    clerk.post(address, new | {"explanation": "Điều 1 (minh họa).", "seen": "1"})
    version.refresh_from_db()
    made = queries.definition_of(version).questions[-1]
    assert (made.points, made.seconds, made.explanation) == (2, 20, "Điều 1 (minh họa).")
    assert [one.correct for one in made.options] == [True, False]
    edited = clerk.get(reverse("surveys:question", args=[version.pk, made.id])).content.decode()
    assert "* Có" in edited


def test_forms_are_searched_filtered_and_exported_with_their_rounds(cast: Cast) -> None:
    officer = as_(cast.office_clerk)
    closed = opened(cast, title="Quý II năm 2023")
    for score in "555555555544":
        by_poster(cast, closed, score)
    surveys.close_round(round_=closed, by=cast.office_clerk, at=cast.now)
    few = opened(cast, title="Đợt ít phiếu")
    by_poster(cast, few, "5")
    surveys.close_round(round_=few, by=cast.office_clerk, at=cast.now)
    running = opened(cast, title="Đang hỏi")
    by_poster(cast, running, "5")
    unasked = surveys.begin_survey(
        unit=cast.commune,
        definition=replace(FIVE, title="=Phiếu mới"),
        by=cast.office_clerk,
        at=cast.now,
    )

    def found(**asked: str) -> list[int]:
        shown = officer.get(reverse("surveys:list"), asked)
        assert shown.status_code == 200
        return [one.pk for one in shown.context["page"]]

    of = {
        name: one.version.survey_id for name, one in (("closed", closed), ("few", few), ("running", running))
    }
    assert found() == found(standing="sai") == [unasked.survey_id, of["running"], of["few"], of["closed"]]
    assert found(q="quy ii") == found(q="QUÝ II") == [of["closed"]]
    assert found(standing="dang-mo") == [of["running"]]
    assert found(standing="da-dong") == [of["few"], of["closed"]]
    assert found(standing="chua-mo") == [unasked.survey_id]
    assert found(standing="da-cong-khai") == found(q="khong co") == []
    surveys.publish_results(round_=closed, by=cast.office_clerk, at=cast.now)
    assert found(standing="da-cong-khai") == [of["closed"]]
    lines = b"".join(officer.post(reverse("surveys:list-export", args=["csv"]))).decode().splitlines()  # type: ignore[arg-type]
    rows = [line.split(",") for line in lines[1:]]
    assert [(row[1], row[5], row[6], row[7], row[8]) for row in rows] == [
        ("", "", "", "", ""),
        ("Đang hỏi", "Đang mở", "1", "B", ""),
        ("Đợt ít phiếu", "Đã đóng", "1", "B", ""),
        ("Quý II năm 2023", "Đã công khai", "12", "B", rows[3][8]),
    ]
    assert rows[0][0] == "'=Phiếu mới"
    assert float(rows[3][9]) < float(rows[3][8]) < float(rows[3][10])
    assert AuditEntry.objects.get(action="survey.list-export").detail == {"rows": 4, "form": "csv"}
    assert (
        as_(cast.neighbour)
        .post(f"{reverse('surveys:list-export', args=['csv'])}?unit={cast.commune.pk}")
        .status_code
        == 404
    )
