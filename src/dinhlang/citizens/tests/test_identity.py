"""Pictures and scans that show identity papers are known by their words, and not kept."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.actions import looking
from dinhlang.citizens.actions.taking import add_kept
from dinhlang.citizens.models import Case, CaseFile
from dinhlang.citizens.rules.identity import is_identity_paper
from dinhlang.citizens.training import actions as training
from dinhlang.officialdoc.read.pages import sheets
from dinhlang.org.models import AuditEntry
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import Unreadable
from dinhlang.work.models import Blob
from dinhlang.work.sealed_files import FileLost
from dinhlang.work.tests.pictures import empty_pdf, photo

if TYPE_CHECKING:
    from conftest import Cast

FRONT = """CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc
CĂN CƯỚC CÔNG DÂN
Citizen Identity Card
Số / No.: 001 099 000 001
Họ và tên / Full name: TRẦN THỊ VÍ DỤ Ngày sinh / Date of birth: 01/01/1999"""
POORLY_READ = (
    "§ CAN CUOC CONG DAM\nCitizen ldentity Card\nHo va ton Full namo Ngay slnh Date of blrth Que quan"
)
HEADING_LOST = "Full name Date of birth Nationality Place of origin 001099000001"
OLD = "GIAY CHUNG MINH NHAN DAN\nSO 001099001\nHo ten Nguyen quan Noi thuong tru"
VIETNAMESE_ONLY = (
    "CĂN CƯỚC CÔNG DÂN\nHọ và tên: TRẦN THỊ VÍ DỤ\nQuê quán: Bến Trúc\nCó giá trị đến: 01/01/2039"
)
BACK = "Đặc điểm nhận dạng IDVNM0990000012001099000001<<2 9901011F3901012VNM<<<<<<<<<<<4"
FINGERS = "Ngón trỏ trái Ngón trỏ phải"


@pytest.mark.parametrize("text", [FRONT, POORLY_READ, HEADING_LOST, OLD, VIETNAMESE_ONLY, BACK, FINGERS])
def test_an_identity_paper_is_known_also_where_it_is_read_poorly(text: str) -> None:
    assert is_identity_paper(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Thông báo: bà con đến nhà văn hóa làm căn cước công dân từ 8 giờ ngày 12/5, mang theo giấy khai sinh",
        "CẤP CĂN CƯỚC LƯU ĐỘNG\nThời gian: 01/05/2026 8h00\nMang theo căn cước công dân cũ, giấy khai sinh",
        "Biển báo: cấm đổ rác. Điện thoại 0912345678",
        "Phiếu thu số 001099001 Họ và tên người nộp: Trần Văn Mẫu",
        "QUYẾT ĐỊNH Về việc phê duyệt quy hoạch",
        "ĐƠN KIẾN NGHỊ\nHọ và tên: Trần Văn Mẫu. Ngày sinh: 01/01/1969. Giới tính: Nam\n"
        "Số căn cước công dân: 001069000001 cấp ngày 02/3/2021\nQuê quán: Bến Trúc. Nơi thường trú: thôn Đình",
        "TỜ KHAI CĂN CƯỚC\nHọ và tên\nNgày sinh\nGiới tính\nQuốc tịch\nQuê quán\nSố định danh cá nhân 001069000001",
    ],
)
def test_a_notice_a_letter_and_an_application_are_none(text: str) -> None:
    assert not is_identity_paper(text)


class Reading:
    """What a recogniser would say of each picture, in the order in which it is shown them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.says: Iterator[str] = iter(())
        monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: True)
        monkeypatch.setattr(
            "dinhlang.officialdoc.read.pages.glance.readings", lambda picture, seconds=None: [next(self.says)]
        )


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Reading:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    return Reading(monkeypatch)


def scan(*sizes: int) -> bytes:
    """A PDF with a picture of that width on each page."""
    packed = BytesIO()
    first, *others = [Image.new("RGB", (size, 200), (200, size % 200, 90)) for size in sizes]
    first.save(packed, "PDF", save_all=True, append_images=others)
    return packed.getvalue()


def widths(data: bytes) -> list[int]:
    return [round(page.get_width()) for page in pypdfium2.PdfDocument(data)]


def a_case(cast: Cast) -> Case:
    return Case.objects.create(
        unit=cast.commune, code="PA-TEST-0001", way="web", nature="advice", category="khac",
        received_at=cast.now, changed_at=cast.now,
    )  # fmt: skip


def on_the_disk(tmp_path: Path) -> list[Path]:
    return [one for one in tmp_path.rglob("*") if one.is_file()]


@pytest.mark.django_db
@pytest.mark.integration
def test_the_worker_removes_a_photo_and_of_a_letter_the_page(cast: Cast, reading: Reading) -> None:
    case = a_case(cast)
    given = [photo(), photo(2), scan(*range(300, 307)), scan(400)]
    files = [add_kept(case, keeping.keep(data, "ab"), by=None, at=cast.now) for data in given]
    seven = [""] * 7
    seven[1] = seven[5] = FRONT
    reading.says = iter([FRONT, "Ổ gà trên đường", *seven, FRONT])
    # Five pages in a turn: two photos and three pages, then four more and the second letter.
    assert [actions.look_at_files(at=cast.now) for _turn in range(3)] == [2, 2, 0]
    first, second, letter, copy = CaseFile.objects.order_by("pk")
    assert (first.is_identity_paper, first.erased_at, second.erased_at) == (True, cast.now, None)
    assert (copy.is_identity_paper, copy.erased_at) == (True, cast.now)
    assert (letter.is_identity_paper, letter.erased_at, letter.looked_at) == (True, None, cast.now)
    for gone in (files[0], files[2], files[3]):
        with pytest.raises(FileLost):
            keeping.FILES.read(gone.name_there)
    rest = keeping.FILES.read(letter.name_there)
    assert [one - 300 for one in widths(rest)] == [0, 2, 3, 4, 6]
    assert letter.size == len(rest)
    assert AuditEntry.objects.filter(action="case.identity-photo").count() == 4
    page = signed_in(cast).get(reverse("citizens:original", args=[case.pk])).content.decode()
    assert "đã bỏ trang có giấy tờ tùy thân" in page
    assert "Máy đã xóa 2 tệp có giấy tờ tùy thân" in page


@pytest.mark.django_db
@pytest.mark.integration
def test_a_letter_whose_page_cannot_be_taken_out_goes_whole(
    cast: Cast, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(*_asked: object) -> bytes:
        raise sheets.CannotOpen(sheets.DAMAGED)

    monkeypatch.setattr(sheets, "without", falls)
    kept = keeping.keep(scan(300, 301), "don.pdf")
    row = add_kept(a_case(cast), kept, by=None, at=cast.now)
    reading.says = iter(["Đơn kiến nghị", FRONT])
    assert actions.look_at_files(at=cast.now) == 1
    row.refresh_from_db()
    assert (row.is_identity_paper, row.erased_at) == (True, cast.now)
    with pytest.raises(FileLost):
        keeping.FILES.read(kept.name_there)


def test_a_page_left_out_is_in_the_file_no_more(tmp_path: Path) -> None:
    data = scan(300, 301, 302)
    rest = sheets.without(data, [2])
    assert sheets.count_in(rest) == 2
    assert len(rest) < len(data) * 0.85


def signed_in(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.office_clerk, backend="django.contrib.auth.backends.ModelBackend")
    return client


def sheet_of(**more: Any) -> dict[str, Any]:
    return {
        "key": "k" * 32, "way": "letter", "words": "Cống tắc, nhờ xã thông.", "category": "", "hamlet": "",
        "place": "", "name": "Lý Thị Thử", "phone": "", "address": "Thôn Đình", "mail": "", "spoken_for": "", **more,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.integration
def test_a_letter_that_shows_a_card_is_refused_with_its_page_and_nothing_stays(
    cast: Cast, reading: Reading, tmp_path: Path
) -> None:
    client = signed_in(cast)

    def sent(*files: tuple[str, bytes]) -> str:
        chosen = [SimpleUploadedFile(name, data) for name, data in files]
        return client.post(reverse("citizens:new"), sheet_of(files=chosen)).content.decode()

    reading.says = iter(["Ổ gà", "Đơn kiến nghị", FRONT, "", BACK])
    page = sent(("anh.jpg", photo()), ("don.pdf", scan(300, 301, 302, 303)))
    assert "don.pdf: trang 2, 4 có giấy tờ tùy thân" in page
    assert "Bỏ trang đó" in page
    assert "Cống tắc, nhờ xã thông." in page
    reading.says = iter([FRONT])
    assert "the.jpg: có giấy tờ tùy thân" in sent(("the.jpg", photo()))
    assert not Case.objects.exists()
    assert not CaseFile.objects.exists()
    assert on_the_disk(tmp_path) == []
    # Covered and scanned again it is taken, and the worker has nothing more to look at.
    reading.says = iter(["Đơn kiến nghị", ""])
    assert "Đọc cho người gửi" in sent(("don.pdf", scan(300, 301)))
    kept = CaseFile.objects.get()
    assert (kept.looked_pages, kept.looked_at) == (2, kept.at)
    assert actions.look_at_files(at=cast.now) == 0


@pytest.mark.django_db
@pytest.mark.integration
def test_who_takes_in_waits_no_longer_than_was_said_and_the_worker_goes_on(
    cast: Cast, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 6))
    monkeypatch.setattr(looking.time, "monotonic", lambda: next(clock))
    reading.says = iter([""] * 20)
    kept = keeping.keep(scan(*range(300, 308)), "don.pdf", look=actions.refuser())
    assert 0 < kept.looked_pages < 8
    assert not kept.is_looked_at
    row = add_kept(a_case(cast), kept, by=None, at=cast.now)
    reading.says = iter([""] * (8 - kept.looked_pages))
    while CaseFile.objects.filter(pk=row.pk, looked_at=None).exists():
        actions.look_at_files(at=cast.now)


@pytest.mark.django_db
@pytest.mark.integration
def test_without_tesseract_a_letter_is_taken_and_waits_for_the_day_on_which_it_is_there(
    cast: Cast, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: False)
    kept = keeping.keep(scan(300), "don.pdf", look=actions.refuser())
    assert not kept.is_looked_at
    assert actions.look_at_files(at=cast.now) == 0


@pytest.mark.django_db
@pytest.mark.integration
def test_a_file_that_nobody_can_open_keeps_no_other_from_being_looked_at(
    cast: Cast, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(cast)
    sealed, broken, last = (
        add_kept(case, keeping.keep(photo(), "anh.jpg"), by=None, at=cast.now) for _file in range(3)
    )
    read = keeping.FILES.read

    def opened(_files: object, name: str) -> bytes:
        if name == sealed.name_there:
            raise Unreadable("Khóa đã mất.")
        return b"no picture" if name == broken.name_there else read(name)

    monkeypatch.setattr(type(keeping.FILES), "read", opened)
    reading.says = iter([FRONT])
    assert actions.look_at_files(at=cast.now) == 1
    rows = {one.pk: one for one in CaseFile.objects.all()}
    assert rows[sealed.pk].looked_at is None
    assert rows[broken.pk].looked_at == cast.now
    assert rows[last.pk].erased_at == cast.now


def locked() -> bytes:
    """A PDF of which nobody gave the password."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"3 0 obj<</Filter/Standard/V 1/R 2/P -44/O<" + b"31" * 32 + b">/U<" + b"32" * 32 + b">>>endobj\n"
        b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<31><31>]>>\n%%EOF"
    )


def burst() -> bytes:
    """A picture of 400 million pixels in a few kilobytes."""
    packed = BytesIO()
    Image.new("1", (20_000, 20_000)).save(packed, "PNG")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("made", "why"),
    [
        (lambda: b"", "Tệp trống"),
        (lambda: b"%PDF-1.7 half of it", "hỏng hoặc chưa tải lên hết"),
        (locked, "có mật khẩu"),
        (lambda: empty_pdf(5_000), "có 5.000 trang, nhiều nhất 100"),
        (lambda: b"%PDF-1.4" + b"0" * keeping.LARGEST, "nặng 20 MB"),
        (lambda: b"PK\x03\x04" + b"0" * 100, "Chỉ nhận ảnh hoặc tệp PDF"),
        (lambda: b"II*\0" + b"0" * 100, "Chỉ nhận ảnh hoặc tệp PDF"),
        (lambda: b"\x89PNG\r\n\x1a\nhalf", "hỏng"),
        (burst, "triệu điểm ảnh"),
    ],
    ids=["empty", "damaged", "locked", "5,000 pages", "too heavy", "zip", "tiff", "half a picture", "burst"],
)
def test_what_cannot_be_kept_says_why(made: Any, why: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    with pytest.raises(Refused, match=why):
        keeping.keep(made(), "tep")
    assert on_the_disk(tmp_path) == []


@pytest.mark.django_db
@pytest.mark.integration
def test_twenty_files_of_a_letter_are_too_many_before_one_is_opened(
    cast: Cast, reading: Reading, tmp_path: Path
) -> None:
    files = [SimpleUploadedFile(f"{number}.jpg", b"\xff\xd8\xff" + b"0" * 100_000) for number in range(20)]
    page = signed_in(cast).post(reverse("citizens:new"), sheet_of(files=files)).content.decode()
    assert "Gửi tối đa 5 tệp" in page
    assert "Cống tắc, nhờ xã thông." in page
    assert on_the_disk(tmp_path) == []


@pytest.mark.django_db
@pytest.mark.integration
@pytest.mark.parametrize("data", [photo(), scan(300, 301)], ids=["photo", "pdf"])
def test_material_of_a_class_that_shows_a_card_is_refused(
    cast: Cast, reading: Reading, data: bytes, tmp_path: Path
) -> None:
    from dinhlang.citizens.training.rules.classes import Paper
    from dinhlang.citizens.training.tests.test_classes import made

    reading.says = iter(["", FRONT] if data.startswith(b"%PDF") else [FRONT])
    with pytest.raises(Refused, match="giấy tờ tùy thân"):
        training.add_file(
            training=made(cast), kind=Paper.MATERIAL, title="Bài", data=data, name="bai",
            by=cast.culture_officer, at=cast.now,
        )  # fmt: skip
    assert not Blob.objects.exists()
    assert on_the_disk(tmp_path) == []
