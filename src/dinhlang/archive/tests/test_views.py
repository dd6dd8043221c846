"""Old documents on the web: how they come in, and that nothing in them runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dinhlang.archive import actions
from dinhlang.archive.models import ArchivedDocument, Intake
from dinhlang.work import blobs
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

LETTER = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC
Số: 12/BC-UBND
Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022

Trong năm 2022, Ủy ban nhân dân xã đã đăng 48 tin, bài. <script>alert(1)</script>
"""


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office_clerk)
    return client


def take_in(client: Client, *files: tuple[str, bytes], unit: str = "ben-truc") -> Any:
    """Hand files in; what can be read is confirmed as it is."""
    given = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(reverse("archive:import"), {"unit": unit, "files": given})
    for intake in Intake.objects.filter(step="received"):
        actions.read_intake(pk=intake.pk, at=timezone.now())
        client.post(reverse("archive:intake", args=[intake.pk]), {"do": "confirm"})
    return answer


def said(answer: Any) -> str:
    return answer.content.decode() + " ".join(str(one) for one in get_messages(answer.wsgi_request))


def test_each_file_has_its_own_fate(clerk: Client, cast: Cast) -> None:
    answer = take_in(clerk, ("bao-cao.txt", LETTER.encode()), ("hong.docx", b"PK\x03\x04 broken"))
    assert "Đã nhận 2 tệp." in said(answer)
    assert Intake.objects.get(name="hong.docx").step == "refused"
    assert ArchivedDocument.objects.get().name == "bao-cao.txt"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("trong.txt", b""),
        ("nang.docx", bytes(blobs.LARGEST + 1)),
        ("hong.docx", b"PK\x03\x04 broken"),
        ("anh.txt", b"\x89PNG\r\n\x1a\n" + bytes(500)),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_and_not_kept(
    clerk: Client, cast: Cast, name: str, data: bytes
) -> None:
    answer = take_in(clerk, (name, data))
    assert answer.status_code in {200, 302}
    told = said(answer) + " ".join(one.reason for one in Intake.objects.filter(step="refused"))
    assert "hãy" in told.lower()
    assert not ArchivedDocument.objects.exists()
    # Until the reason is read; then the worker sweeps the file (`work.actions.sweep_files`).
    assert Blob.objects.count() == Intake.objects.count()


def test_a_form_without_a_file_says_so(clerk: Client, cast: Cast) -> None:
    assert "Chưa chọn tệp." in take_in(clerk).content.decode()


@pytest.mark.parametrize("who", ["radio_operator", "reviewer", "neighbour"])
def test_who_may_not_take_in_for_the_commune_keeps_nothing(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    take_in(client, ("bao-cao.txt", LETTER.encode()))
    take_in(client, ("bao-cao.txt", LETTER.encode()), unit="")
    assert not ArchivedDocument.objects.filter(unit=cast.commune).exists()


def test_nothing_in_an_old_document_runs(clerk: Client, cast: Cast) -> None:
    take_in(clerk, ("bao-cao.html", LETTER.encode()), ("bao-cao.txt", LETTER.encode()))
    kept = ArchivedDocument.objects.get()
    page = clerk.get(reverse("archive:text", args=[kept.pk]))
    assert b"<script>" not in page.content
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    source = clerk.get(reverse("archive:source", args=[kept.pk]))
    assert source.content == LETTER.encode()
    assert source.headers["Content-Type"] == "application/octet-stream"
    assert source.headers["Content-Disposition"].startswith("attachment")
    assert source.headers["X-Content-Type-Options"] == "nosniff"


def test_lists_hold_only_what_the_person_may_read(client: Client, cast: Cast) -> None:
    client.force_login(cast.office_clerk)
    take_in(client, ("bao-cao.txt", LETTER.encode()))
    there = reverse("archive:documents")
    for who, seen in ((cast.chair, 1), (cast.reviewer, 1), (cast.neighbour, 0)):
        client.force_login(who)
        assert len(client.get(there, {"q": "cai cach"}).context["rows"]) == seen
        assert len(client.get(there).context["rows"]) == seen
        assert not client.get(there, {"q": "the thao"}).context["rows"]
        assert client.get(f"{there}?q=%00&year=x").status_code == 200
