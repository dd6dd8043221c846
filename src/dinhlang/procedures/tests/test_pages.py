"""The pages of the desk about procedures, as a clerk uses them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from dinhlang.org.models import AuditEntry
from dinhlang.org.tests import codes
from dinhlang.procedures import actions, queries
from dinhlang.procedures.models import Intake, Place, Posting, Procedure, Version
from dinhlang.procedures.tests import documents
from dinhlang.work.models import Activity

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _data_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Client:
    """The one-stop clerk at the desk, on the day of the play, with the demonstration's catalogue."""
    for module in ("catalogue", "imports", "posting"):
        monkeypatch.setattr(f"dinhlang.procedures.views.{module}.today", lambda: cast.today)
    monkeypatch.setattr("django.utils.timezone.now", lambda: cast.now)
    actions.load_demo(at=cast.now)
    client = Client()
    client.force_login(cast.one_stop_clerk)
    return client


def text(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def of(code: str) -> Procedure:
    return Procedure.objects.get(code=code)


def test_the_list_is_searched_without_marks_and_says_what_must_be_posted(desk: Client) -> None:
    shown = text(desk.get(reverse("procedures:list"), {"q": "ket hon"}))
    assert "Đăng ký kết hôn" in shown
    assert "Tách hộ" not in shown
    assert "cần niêm yết" in shown
    assert "tờ cần gỡ" in shown


@pytest.mark.parametrize(
    ("stands", "there", "not_there"),
    [
        ("ended", "Xác nhận hộ gia đình văn hóa", "Đăng ký kết hôn"),
        ("coming", "Đăng ký thành lập tổ hợp tác", "Đăng ký kết hôn"),
        ("", "Đăng ký kết hôn", "Xác nhận hộ gia đình văn hóa"),
    ],
)
def test_abolished_and_coming_procedures_are_found_apart(
    desk: Client, stands: str, there: str, not_there: str
) -> None:
    shown = text(desk.get(reverse("procedures:list"), {"q": "", "stands": stands}))
    table = shown[shown.index("<tbody>") : shown.index("</tbody>")] if stands else shown
    assert there in text(desk.get(reverse("procedures:list"), {"q": there, "stands": stands}))
    assert not_there not in table or not stands


def test_one_procedure_shows_what_is_new_in_plain_words(desk: Client) -> None:
    shown = text(desk.get(reverse("procedures:procedure", args=[of("1.001193").pk])))
    assert "Không phải nộp: Bản sao giấy chứng nhận kết hôn của cha mẹ." in shown
    assert "bảng niêm yết" in shown.lower()
    older = text(desk.get(reverse("procedures:procedure", args=[of("1.001193").pk]), {"ban": "1"}))
    assert "không phải bản hiện hành" in older


def test_an_abolished_procedure_keeps_its_page_with_a_banner(desk: Client) -> None:
    shown = text(desk.get(reverse("procedures:procedure", args=[of("9.000001").pk])))
    assert "Đã bãi bỏ" in shown


def test_what_was_read_of_a_file_is_shown_before_it_is_stored(desk: Client, cast: Cast) -> None:
    file = SimpleUploadedFile("qd-1234.docx", documents.decision("kể từ ngày ký"))
    before = Version.objects.count()
    answer = desk.post(reverse("procedures:import"), {"unit": cast.commune.pk, "file": file})
    shown = text(answer)
    assert "1234/QĐ-UBND" in shown
    assert "Thủ tục không ghi mã" in shown
    assert Version.objects.count() == before
    assert not Intake.objects.exists()
    ticket = answer.context["ticket"]
    other = Client()
    other.force_login(cast.culture_officer)
    other.post(reverse("procedures:import-confirm"), {"ticket": ticket})
    assert not Intake.objects.exists()
    refused = desk.post(reverse("procedures:import-confirm"), {"ticket": ticket}, follow=True)
    # The decision was signed in 2026, which is still ahead on the day of the play.
    assert "ngày ký" in text(refused)
    assert not Intake.objects.exists()


def test_a_list_goes_into_the_catalogue_in_two_steps(desk: Client, cast: Cast) -> None:
    file = SimpleUploadedFile(
        "a.csv", "Mã thủ tục,Tên thủ tục,Lĩnh vực\n1.999001,Thủ tục thử,Hộ tịch\n".encode()
    )
    answer = desk.post(reverse("procedures:import"), {"unit": cast.commune.pk, "file": file})
    done = desk.post(reverse("procedures:import-confirm"), {"ticket": answer.context["ticket"]}, follow=True)
    assert "1 mới" in text(done)
    assert queries.procedure(cast.commune, "1.999001", cast.today) is not None
    assert AuditEntry.objects.filter(action="procedures.import").exists()


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"[{", "Việc,Ngày\nHọp,1/1\n".encode()])
def test_a_file_that_is_none_gets_one_sentence(desk: Client, cast: Cast, content: bytes) -> None:
    file = SimpleUploadedFile("tep.csv", content)
    shown = text(desk.post(reverse("procedures:import"), {"unit": cast.commune.pk, "file": file}))
    assert "wrong" in shown or "note--error" in shown
    assert "Traceback" not in shown


def photo() -> SimpleUploadedFile:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (40, 90, 60)).save(file, "JPEG")
    return SimpleUploadedFile("anh.jpg", file.getvalue(), "image/jpeg")


def test_posting_is_ticked_photographed_and_stands_in_the_ledger(desk: Client, cast: Cast) -> None:
    [place] = Place.objects.all()
    [state] = queries.place_states(cast.commune, cast.today)
    prefix = f"n{place.pk}"
    lines = Activity.objects.count()
    desk.post(
        reverse("procedures:post", args=[place.pk]),
        {
            "do": "hang",
            "version": [one.version.pk for one in state.to_hang],
            f"{prefix}-day": cast.today.isoformat(),
            f"{prefix}-photo": photo(),
        },
    )
    desk.post(
        reverse("procedures:post", args=[place.pk]),
        {
            "do": "down",
            "posting": [one.pk for one in state.to_take_down],
            f"{prefix}-day": cast.today.isoformat(),
        },
    )
    [after] = queries.place_states(cast.commune, cast.today)
    assert (after.to_hang, after.to_take_down) == ((), ())
    assert Activity.objects.count() == lines + 1
    line = Activity.objects.latest("pk")
    assert line.evidence.count() == 1
    assert line.postings.count() == len(state.to_hang)
    assert "Không có tờ nào phải gỡ" not in text(desk.get(reverse("procedures:postings")))


def test_nothing_ticked_and_a_day_that_is_none_are_told(desk: Client) -> None:
    [place] = Place.objects.all()
    there = reverse("procedures:post", args=[place.pk])
    prefix = f"n{place.pk}"
    assert "Chưa chọn thủ tục nào" in text(desk.post(there, {f"{prefix}-day": "2023-07-20"}, follow=True))
    assert "Ngày không đúng" in text(desk.post(there, {f"{prefix}-day": "31/4"}, follow=True))
    count = Posting.objects.count()
    assert "tải lại trang" in text(
        desk.post(there, {"version": "999999", f"{prefix}-day": "2023-07-20"}, follow=True)
    )
    assert Posting.objects.count() == count


def test_a_place_is_added_and_closed(desk: Client, cast: Cast) -> None:
    there = f"{reverse('procedures:place-add')}?unit={cast.commune.pk}"
    assert "Đã thêm" in text(desk.post(there, {"name": "Máy tra cứu", "channel": "kiosk"}, follow=True))
    assert "Chọn tên khác" in text(desk.post(there, {"name": "Máy tra cứu", "channel": "kiosk"}, follow=True))
    kiosk = Place.objects.get(name="Máy tra cứu")
    desk.post(reverse("procedures:place-change", args=[kiosk.pk]), {"do": "close"})
    kiosk.refresh_from_db()
    assert not kiosk.is_open


def test_the_list_leaves_as_a_file_with_every_part(desk: Client) -> None:
    answer = desk.post(f"{reverse('procedures:export', args=['csv'])}?q=khai+sinh")
    lines = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "1.001193" in lines
    assert "Giấy chứng sinh" in lines
    assert "Tách hộ" not in lines
    assert AuditEntry.objects.filter(action="procedures.export").exists()


def words_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    said = " ".join(page.get_textpage().get_text_range() for page in document)
    # A line that breaks within a word's group of letters is told with a sign of its own.
    return " ".join(said.replace("\ufffe", " ").split())


@pytest.mark.parametrize("paper", ["a4", "a3"])
def test_the_notice_sheet_says_the_whole_text(desk: Client, paper: str) -> None:
    answer = desk.get(reverse("procedures:notice", args=[of("1.001193").pk, paper]), {"nong": "0220 000 000"})
    assert answer["Content-Type"] == "application/pdf"
    said = words_of(answer.content)
    for words in (
        "Đăng ký khai sinh",
        "1.001193",
        "Giấy chứng sinh",
        "miễn cho gia đình có công",
        "0220 000 000",
    ):
        assert words in said, words
    # What the code leads to stands on the sheet in words too.
    [code] = codes.in_pdf(answer.content)[0].squares
    assert "1.001193" in code
    assert desk.get(reverse("procedures:notice", args=[of("1.001193").pk, "a9"])).status_code == 404


def test_an_abolished_procedure_prints_with_its_banner(desk: Client) -> None:
    said = words_of(desk.get(reverse("procedures:notice", args=[of("9.000001").pk, "a4"])).content)
    assert "ĐÃ BÃI BỎ" in said


def test_a_text_that_is_still_to_come_can_be_printed_before_its_day(desk: Client, cast: Cast) -> None:
    coming = of("2.002637")
    said = words_of(desk.get(reverse("procedures:notice", args=[coming.pk, "a4"]), {"ban": "1"}).content)
    assert "Có hiệu lực từ ngày 27/7/2023" in said
    old = words_of(
        desk.get(reverse("procedures:notice", args=[of("1.001193").pk, "a4"]), {"ban": "1"}).content
    )
    assert "ĐÃ BÃI BỎ" in old
    assert "Bản sao giấy chứng nhận kết hôn" in old


def test_a_sheet_of_codes_leads_to_fields_or_to_what_was_filtered(desk: Client) -> None:
    fields = words_of(desk.get(reverse("procedures:codes", args=["a4"])).content)
    assert "Hộ tịch" in fields
    few = words_of(desk.get(reverse("procedures:codes", args=["a4"]), {"q": "ket hon"}).content)
    assert "1.000894" in few


def test_pages_ask_few_questions(desk: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(35):
        desk.get(reverse("procedures:list"))
    with django_assert_max_num_queries(30):
        desk.get(reverse("procedures:postings"))
    with django_assert_max_num_queries(30):
        desk.get(reverse("procedures:procedure", args=[of("1.001193").pk]))
