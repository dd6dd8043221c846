"""A letter that comes as pages: the worker reads it, and a person confirms beside the pages themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from dinhlang.archive.actions import import_document
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc import codec, write
from dinhlang.officialdoc.read import read_with_text
from dinhlang.org.permissions import NotAllowed
from dinhlang.reports.duties import actions
from dinhlang.reports.duties.actions.letters import span_of
from dinhlang.reports.models import Request
from dinhlang.reports.tests.test_requests_answered import LETTER
from dinhlang.work import blobs

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoCaptureOnCommitCallbacks
    from pytest_django.fixtures import Settings

    from conftest import Cast


@pytest.fixture(scope="module")
def pages() -> bytes:
    """The letter as a PDF file of one page."""
    return write.pdf(read_with_text(LETTER.encode(), "cv.txt")[0])


@pytest.fixture(autouse=True)
def _files(tmp_path: Path, settings: Settings) -> None:
    settings.DATA, settings.BLOBS, settings.HELD = tmp_path, tmp_path / "blobs", tmp_path / "held"


def test_a_quote_is_found_over_the_ends_of_lines() -> None:
    text = "Một dòng\ngửi về Sở\ntrước ngày 25/7/2023."
    found = span_of("gửi về Sở trước ngày", text)
    assert found is not None
    assert (found.line, found.column, found.end_line, found.end_column) == (2, 1, 3, 11)
    assert span_of("không có", text) is None
    assert span_of("", text) is None


@pytest.mark.django_db
@pytest.mark.integration
def test_pages_are_read_by_the_worker_and_each_value_is_marked_on_them(
    cast: Cast,
    client: Client,
    pages: bytes,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    client.force_login(cast.reviewer)
    file = SimpleUploadedFile("cong-van.pdf", pages)
    with django_capture_on_commit_callbacks(execute=True):
        taken = client.post(reverse("reports:request-new"), {"unit": cast.province.pk, "file": file})
    one = Request.objects.get()
    assert taken.headers["Location"] == reverse("reports:request", args=[one.pk])
    assert DBTaskResult.objects.filter(task_path="dinhlang.reports.tasks.read_letter").count() == 1
    waiting = client.get(taken.headers["Location"])
    assert waiting.headers["Refresh"] == "3"
    assert "Đang đọc công văn" in waiting.content.decode()
    assert "request-confirm" not in waiting.content.decode()
    assert 'name="subject"' not in waiting.content.decode()
    read = actions.read_letter(pk=one.pk, at=timezone.now())
    assert read is not None
    assert read.read["symbol"]["value"] == "77/SNV-CCHC"
    assert read.read["dues"][0]["value"] == "2023-07-25"
    assert {"symbol", "due-0", "start"} <= read.read["leaves"]["rows"].keys()
    shown = client.get(taken.headers["Location"])
    assert "Refresh" not in shown.headers
    words = shown.content.decode()
    picture = reverse("reports:request-page", args=[one.pk, 1])
    assert picture in words
    assert 'href="#id_due_on"' in words
    assert 'value="77/SNV-CCHC"' in words
    drawn = client.get(picture)
    assert drawn.headers["Content-Type"] == "image/webp"
    assert drawn.headers["Cache-Control"] == "no-store"
    assert client.get(reverse("reports:request-page", args=[one.pk, 9])).status_code == 404
    client.force_login(cast.neighbour)
    assert client.get(picture).status_code == 404
    assert actions.read_letter(pk=one.pk, at=timezone.now()) is None, "it is read once"


@pytest.mark.django_db
@pytest.mark.integration
def test_what_was_cut_off_is_asked_for_again_and_a_lost_file_is_filled_in_by_hand(
    cast: Cast, client: Client, pages: bytes
) -> None:
    with pytest.raises(NotAllowed):
        actions.receive_letter(data=pages, name="a.pdf", unit=cast.province, by=cast.neighbour, at=cast.now)
    now = timezone.now()
    one = actions.receive_letter(data=pages, name="a.pdf", unit=cast.province, by=None, at=now)
    assert actions.read_waiting(at=now) == 0
    assert actions.read_waiting(at=now + actions.CUT_OFF_AFTER + timedelta(minutes=1)) == 1
    assert one.blob_id is not None
    blobs.path_of(one.blob_id).unlink()
    read = actions.read_letter(pk=one.pk, at=now)
    assert read is not None
    assert read.read["problems"] == ["Tệp không còn trong kho. Nhận lại công văn."]
    client.force_login(cast.reviewer)
    shown = client.get(reverse("reports:request", args=[one.pk])).content.decode()
    assert 'name="subject"' in shown
    assert "Nhận lại công văn" in shown


@pytest.mark.django_db
@pytest.mark.integration
def test_a_letter_that_is_withdrawn_meanwhile_is_not_read_any_more(cast: Cast, pages: bytes) -> None:
    one = actions.receive_letter(data=pages, name="a.pdf", unit=cast.province, by=None, at=cast.now)
    actions.withdraw_request(request=one, reason="Gửi nhầm", by=None, at=cast.now)
    assert actions.read_letter(pk=one.pk, at=cast.now) is None


@pytest.mark.django_db
@pytest.mark.integration
def test_a_letter_taken_from_the_archive_has_its_pages_beside_what_was_confirmed_there(
    cast: Cast, pages: bytes
) -> None:
    confirmed = import_document(data=pages, name="cong-van.pdf", unit=cast.province, by=None, at=cast.now)
    document = ArchivedDocument.objects.get(pk=confirmed.pk)
    told = codec.from_json(document.document)
    document.document = codec.to_json(replace(told, number="88"))
    document.save(update_fields=["document"])
    one = actions.receive_archived(document=document, unit=cast.province, by=cast.reviewer, at=cast.now)
    assert (one.archived, one.read) == (document, {})
    read = actions.read_letter(pk=one.pk, at=timezone.now())
    assert read is not None
    assert read.read["symbol"]["value"].startswith("88/")
    assert {"due-0", "start"} <= read.read["leaves"]["rows"].keys()
    picture = actions.picture_of_letter(request=read, number=1, at=timezone.now())
    assert picture is not None
    # One of words alone is there at once, as before.
    plain = import_document(data=LETTER.encode(), name="cv.txt", unit=cast.province, by=None, at=cast.now)
    taken = actions.receive_archived(
        document=ArchivedDocument.objects.get(pk=plain.pk), unit=cast.province, by=None, at=cast.now
    )
    assert taken.read["symbol"]["value"] == "77/SNV-CCHC"
