"""Files kept by their content."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import zipfile
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings

from dinhlang.org.rules import Refused
from dinhlang.work import blobs
from dinhlang.work.models import Blob

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def files() -> list[Path]:
    return sorted(path for path in Path(settings.BLOBS).rglob("*") if path.is_file())


def test_a_file_is_kept_once_under_its_hash_and_read_back(now: datetime) -> None:
    first = blobs.store(PNG, None, now)
    again = blobs.store(PNG, None, now)
    assert first == again
    assert Blob.objects.count() == 1
    assert [path.name for path in files()] == [hashlib.sha256(PNG).hexdigest()]
    assert blobs.read(first) == PNG
    assert (first.size, first.media_type) == (72, "image/png")


def test_what_a_file_is_follows_from_its_content_not_from_what_is_said(now: datetime) -> None:
    assert blobs.store(b"%PDF-1.7 \x00", "image/png", now).media_type == "application/pdf"
    assert blobs.store(b"<script>alert(1)</script>", "text/html", now).media_type == "text/plain"
    assert blobs.store(b"\x00\x01\x02", None, now).media_type == blobs.UNKNOWN_TYPE
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert blobs.store(package.getvalue(), None, now).media_type.endswith("wordprocessingml.document")


def test_nothing_and_too_much_are_refused(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Refused, match="Tệp trống"):
        blobs.store(b"", None, now)
    monkeypatch.setattr(blobs, "LARGEST", 10)
    with pytest.raises(Refused, match="tối đa"):
        blobs.store(PNG, None, now)
    assert files() == []


def test_a_lost_file_is_written_again_when_the_same_bytes_come_in(now: datetime) -> None:
    blob = blobs.store(PNG, None, now)
    blobs.path_of(blob.sha256).unlink()
    with pytest.raises(blobs.BlobLost):
        blobs.read(blob)
    blobs.store(PNG, None, now)
    assert blobs.read(blob) == PNG


def test_a_file_changed_on_disk_is_noticed(now: datetime) -> None:
    blob = blobs.store(PNG, None, now)
    blobs.path_of(blob.sha256).write_bytes(PNG[:-1] + b"1")
    with pytest.raises(blobs.BlobLost):
        blobs.read(blob)


def test_what_a_killed_process_left_behind_is_swept(now: datetime) -> None:
    incoming = Path(settings.BLOBS) / "incoming"
    incoming.mkdir(parents=True)
    old, fresh = incoming / "old", incoming / "fresh"
    for part in (old, fresh):
        part.write_bytes(b"half")
    os.utime(old, (0, 0))
    blobs.store(PNG, None, now)
    assert not old.exists()
    assert fresh.exists()


def test_a_full_disk_leaves_no_part_behind(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        blobs.store(PNG, None, now)
    assert not files()
