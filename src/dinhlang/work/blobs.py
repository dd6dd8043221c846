"""Files kept by what they contain: written once under the data folder, named by their SHA-256, never changed.

The bytes are on the disk, whole and synced, before the row that speaks of them is written. A process killed in
between leaves at most a part in `incoming/` (swept by the next store) or a whole file without a row, which the
next store of the same bytes takes up.
"""

from __future__ import annotations

import hashlib
import os
import time
import uuid
import zipfile
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.work.models import Blob

LARGEST = 50 * 1024 * 1024
_INCOMING = "incoming"
_ABANDONED_AFTER_SECONDS = 3600
_TOUCHED_AFTER = timedelta(hours=1)

_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_BRANDED = ((b"RIFF", b"WEBP", "image/webp"), (b"RIFF", b"WAVE", "audio/wav"))
_FTYP = {
    b"heic": "image/heic",
    b"heix": "image/heic",
    b"mif1": "image/heic",
    b"avif": "image/avif",
    b"M4A ": "audio/mp4",
}
_PACKAGES = (
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
UNKNOWN_TYPE = "application/octet-stream"


class BlobLost(Exception):
    """The row is there, the file is not, or holds other bytes: the data folder was damaged."""


def store(data: bytes, media_type: str | None, at: datetime) -> Blob:
    """Keep the bytes and give their row; the same bytes are kept once.

    What the content says of its type wins; `media_type` is only a hint for content that says nothing.
    Raises `Refused` when there is nothing to keep, or too much.
    """
    check_size(len(data))
    sha256 = hashlib.sha256(data).hexdigest()
    for _try in range(3):
        _write_once(sha256, data)
        blob, is_new = Blob.objects.get_or_create(
            sha256=sha256,
            defaults={
                "size": len(data),
                "media_type": sniff(data) or media_type or UNKNOWN_TYPE,
                "stored_at": at,
            },
        )
        # Told to whoever sweeps files that nobody speaks of (`actions.sweep_files`): this one is wanted again.
        is_old = at - blob.stored_at > _TOUCHED_AFTER
        if is_new or not is_old or Blob.objects.filter(pk=sha256).update(stored_at=at):
            break
    _write_once(sha256, data)
    return blob


def _write_once(sha256: str, data: bytes) -> None:
    path = path_of(sha256)
    if not (path.exists() and path.stat().st_size == len(data)):
        _write(path, data)


def check_size(size: int) -> None:
    """Raise `Refused` when there is nothing to keep, or too much."""
    if not size:
        raise Refused(_("Tệp trống. Hãy chọn lại tệp."))
    if size > LARGEST:
        raise Refused(
            _("Tệp nặng %(size)s MB, tối đa %(most)s MB. Hãy nén ảnh hoặc chia nhỏ tệp.")
            % {"size": size // 1048576, "most": LARGEST // 1048576}
        )


def read(blob: Blob) -> bytes:
    """The bytes, checked against their name. Raises `BlobLost`."""
    try:
        data = path_of(blob.sha256).read_bytes()
    except FileNotFoundError:
        raise BlobLost(f"file of blob {blob.sha256} is missing") from None
    if hashlib.sha256(data).hexdigest() != blob.sha256:
        raise BlobLost(f"file of blob {blob.sha256} was changed on disk")
    return data


def path_of(sha256: str) -> Path:
    """Where the bytes of that hash lie."""
    return Path(settings.BLOBS) / sha256[:2] / sha256


def sniff(data: bytes) -> str | None:
    """The media type by the first bytes (and the parts of an office package); `None` when they say nothing."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    for container, brand, media_type in _BRANDED:
        if data.startswith(container) and data[8:12] == brand:
            return media_type
    if data[4:8] == b"ftyp":
        return _FTYP.get(data[8:12], "video/mp4")
    if data.startswith(b"PK\x03\x04"):
        return _package_type(data)
    return _text_type(data)


def _package_type(data: bytes) -> str:
    try:
        names = set(zipfile.ZipFile(BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return "application/zip"
    return next((media_type for part, media_type in _PACKAGES if part in names), "application/zip")


def _text_type(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    # Never text/html or image/svg+xml: what people hand in must not run in a reader's browser.
    return "text/plain"


def _write(path: Path, data: bytes) -> None:
    incoming = Path(settings.BLOBS) / _INCOMING
    incoming.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    _sweep(incoming)
    place(incoming / uuid.uuid4().hex, path, data)
    sync_folder(path.parent.parent)


def place(part: Path, path: Path, data: bytes) -> None:
    """Let a file stand at `path` whole and synced or not at all; `part` is where it lies until then, on the same disk."""
    try:
        with part.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:  # a full disk must not be kept full by what did not fit
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Let the names in a folder outlive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sweep(incoming: Path) -> None:
    """Remove parts that a killed process left behind."""
    # The age of a file is told by the file system's clock, not by the caller's day.
    long_ago = time.time() - _ABANDONED_AFTER_SECONDS
    for part in incoming.iterdir():
        try:
            if part.stat().st_mtime < long_ago:
                part.unlink(missing_ok=True)
        except FileNotFoundError:  # another process swept it
            continue
