"""A file (.docx, .xlsx, .pdf) as the answer to a letter, from a commune's own box: checked, once, with a receipt."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook

from dinhlang.officialdoc import write
from dinhlang.officialdoc.tests.kinds import REPORT
from dinhlang.org.rules import Refused
from dinhlang.reports import rules
from dinhlang.reports.models import Obligation, Submission
from dinhlang.reports.submission import actions, answering
from dinhlang.reports.submission import client as sending
from dinhlang.reports.submission.rules import answers, coming, package
from dinhlang.reports.tests.submission_cast import asked, owed, sent
from dinhlang.reports.tests.test_requests_answered import duty_of, given_out

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

ON = date(2023, 7, 10)


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


def sheet() -> bytes:
    book = Workbook()
    book.active.append(["Thủ tục", "Đã niêm yết"])  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def word() -> bytes:
    return write.docx(REPORT)


def both_sides(cast: Cast) -> tuple[Obligation, Obligation, str]:
    """The letter as the commune's box took it in, as the province gave it out, and the key between them."""
    own, above = given_out(cast, cast.commune, cast.commune), given_out(cast, cast.province, cast.commune)
    secret = actions.make_key(
        unit=cast.commune, above=cast.province, name="Máy xã", by=None, at=timezone.now()
    )[1]
    return duty_of(own, cast.commune), duty_of(above, cast.commune), secret


@pytest.mark.parametrize(("name", "made"), [("bieu.XLSX", sheet), ("tra-loi.docx", word)])
def test_a_file_is_taken_in_once_with_its_receipt_and_given_back_as_it_was(
    cast: Cast, name: str, made: Any
) -> None:
    here, there, secret = both_sides(cast)
    content = made()
    data = answering.pack_file(here, content, name, document_on=ON, symbol="12/UBND")
    assert answering.pack_file(here, content, name, document_on=ON, symbol="12/UBND") == data
    status, receipt = sent(secret, data)
    assert (status, receipt["state"], receipt["symbol"]) == (201, "received", "12/UBND")
    status, again = sent(secret, data)
    assert (status, again["receipt"]["number"]) == (200, receipt["number"])
    one = Submission.objects.get()
    assert (one.obligation, one.way, one.document_on) == (there, "api", ON)
    assert bool(one.document) == name.endswith(".docx")
    browser = Browser()
    browser.force_login(cast.reviewer)
    page = browser.get(reverse("reports:submission", args=[one.pk])).content.decode()
    address = reverse("reports:submission-file", args=[one.pk, "tep"])
    assert address in page
    answer = browser.get(address)
    assert answer.content == content
    assert answer.headers["Content-Disposition"].endswith(f'{name.rsplit(".", 1)[-1].lower()}"')
    assert browser.get(reverse("reports:submission-file", args=[one.pk, "docx"])).status_code == 404


def test_the_box_sends_keeps_the_receipt_and_follows_what_is_decided(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, _there, secret = both_sides(cast)

    def tried(_client: Any, method: str, path: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        return asked(secret, method, path, body)

    monkeypatch.setattr(sending.Client, "_try", tried)
    client = sending.Client("https://tinh.example.vn", secret)
    given: dict[str, Any] = {
        "obligation": here, "data": sheet(), "name": "bieu.xlsx", "document_on": ON, "client": client,
        "server": "https://tinh.example.vn", "by": None, "at": timezone.now(),
    }  # fmt: skip
    made = actions.send_file(**given)
    assert made.place == "https://tinh.example.vn"
    assert actions.send_file(**given) == made
    # Both stand in one database here: what came there, and what was sent from here.
    assert Submission.objects.count() == 2
    back = actions.take_back_there(submission=made, client=client, at=timezone.now())
    assert back.state == "taken-back"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("bang.xls", b"x", "chỉ nhận tệp .docx, .xlsx, .pdf"),
        ("khong-duoi", b"x", "chỉ nhận tệp"),
        ("gia.pdf", b"PK\x03\x04", "không phải PDF"),
        ("gia.docx", b"%PDF-1.7", "bị hỏng hoặc có mật khẩu"),
        ("bang.docx", sheet(), "không phải .docx như tên gọi"),
    ],
)
def test_what_is_no_such_file_is_refused_before_it_is_sent(
    cast: Cast, name: str, data: bytes, said: str
) -> None:
    here, _there, _secret = both_sides(cast)
    with pytest.raises(Refused, match=said):
        answering.pack_file(here, data, name, document_on=ON)


def test_a_file_answers_only_a_letter_and_an_altered_one_is_not_taken_in(cast: Cast) -> None:
    here, _there, secret = both_sides(cast)
    with pytest.raises(coming.CannotSubmit, match="công văn yêu cầu"):
        answering.pack_file(owed(cast), sheet(), "a.xlsx", document_on=ON)
    read = package.read(answering.pack_file(here, sheet(), "a.xlsx", document_on=ON))
    told = package.Manifest(
        unit=read.manifest.unit, programme=rules.PROGRAMME, period="2023-H1", regime="", document_on=ON,
        request=read.manifest.request, file="a.xlsx",
    )  # fmt: skip
    status, said = sent(secret, package.packed(told, {answers.XLSX: sheet()}))
    assert status == 422
    assert "công văn yêu cầu" in said["message"]
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(read.data)) as whole, zipfile.ZipFile(out, "w") as other:
        for one in whole.infolist():
            other.writestr(one.filename, whole.read(one) + (b" " if one.filename == answers.XLSX else b""))
    status, said = sent(secret, out.getvalue())
    assert status == 422
    assert "đã bị thay đổi" in said["message"]
    assert not Submission.objects.exists()


def test_a_file_with_macros_or_one_that_would_burst_is_not_taken() -> None:
    def office(*members: tuple[str, bytes]) -> bytes:
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members:
                archive.writestr(name, content)
        return out.getvalue()

    heart = ("xl/workbook.xml", b"<a/>")
    assert answers.what_is_wrong(answers.XLSX, office(heart)) == ""
    assert "mã lệnh" in answers.what_is_wrong(answers.XLSX, office(heart, ("xl/vbaProject.bin", b"x")))
    assert "quá lớn" in answers.what_is_wrong(
        answers.XLSX, office(heart, *((f"m{number}", b"") for number in range(5001)))
    )
