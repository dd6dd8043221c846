"""The public page that checks a document: off, bounded, and it remembers nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dinhlang.org.models import AuditEntry, CachedValue
from dinhlang.portal.public import checking
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

TEXT = (
    "ỦY BAN NHÂN DÂN\nXÃ MẪU\n\nSố:    /BC-UBND\n\nBÁO CÁO\nKết quả năm 2022\n\nĐã phát 12 buổi buổi <b>.\n"
)


@pytest.fixture
def _open(settings: Settings, tmp_path: Path) -> Iterator[None]:
    settings.PUBLIC_CHECK = True
    settings.HELD = tmp_path / "held"
    settings.BLOBS = tmp_path / "blobs"
    cache.clear()
    yield
    assert not list(tmp_path.rglob("*"))


def test_it_is_not_there_until_it_is_turned_on(client: Client) -> None:
    assert client.get(reverse("public:check")).status_code == 404
    assert client.post(reverse("public:check"), {"text": TEXT}).status_code == 404


@pytest.mark.usefixtures("_open")
def test_anyone_sees_what_was_found_and_nothing_is_kept(client: Client) -> None:
    for given in ({"text": TEXT}, {"file": SimpleUploadedFile("a.txt", TEXT.encode())}):
        answer = client.post(reverse("public:check"), given)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Số của văn bản còn trống" in page
        assert "<b>." not in page
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Cache-Control"] == "no-store"
        assert not answer.cookies
    assert not AuditEntry.objects.exists()
    assert not Blob.objects.exists()


@pytest.mark.usefixtures("_open")
def test_many_in_a_row_wait_and_the_address_is_nowhere(client: Client) -> None:
    codes = [
        client.post(reverse("public:check"), {"text": "x"}, REMOTE_ADDR="203.0.113.9").status_code
        for _turn in range(checking.MOST_TIMES + 1)
    ]
    assert codes[-1] == 429
    assert 429 not in codes[:-1]
    kept = " ".join(f"{one.cache_key} {one.value}" for one in CachedValue._default_manager.all())
    assert "public-check" in kept
    assert "203.0.113.9" not in kept
    other = client.post(reverse("public:check"), {"text": TEXT}, REMOTE_ADDR="203.0.113.10")
    assert other.status_code == 200


@pytest.mark.usefixtures("_open")
def test_one_is_read_at_a_time(client: Client) -> None:
    with checking._reading:
        assert client.post(reverse("public:check"), {"text": TEXT}).status_code == 429
    assert client.post(reverse("public:check"), {"text": TEXT}).status_code == 200


@pytest.mark.one_database
@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize(
    "data", [b"", b" \n", b"PK\x03\x04 broken", bytes(checking.MOST_BYTES + 1), b"\x00\x01" * 300]
)
def test_bad_files_get_a_sentence(client: Client, data: bytes) -> None:
    answer = client.post(reverse("public:check"), {"file": SimpleUploadedFile("a.docx", data)})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()


@pytest.mark.usefixtures("_open")
def test_other_ways_of_asking_are_refused(client: Client) -> None:
    assert client.put(reverse("public:check")).status_code == 405
    assert client.get(reverse("public:check")).status_code == 200
