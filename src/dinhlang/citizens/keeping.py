"""Photos and scanned letters of cases: shrunk, silent about place and time, sealed on the disk.

A file lies under a random name in the data folder, encrypted with the keys that are not in the database (`org.sealed`). It is
whole and synced before the row that speaks of it is written; erasing a person's data removes it. Where that row never comes (a
form sent twice, a process killed in between) the file is swept a day later.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.org.sealed import seal_bytes, unseal_bytes
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs, photos

LARGEST = 20 * 1024 * 1024
NAME_LENGTH = 120
_FOLDER = "citizens"
_PLACE = "citizens.casefile.bytes"
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies on the disk already; the row is the caller's to write."""

    name: str
    name_there: str
    media_type: str
    size: int
    digest: str


class FileLost(Exception):
    """The row is there, the file is not: the data folder was damaged, or its key is gone."""


def keep(data: bytes, name: str) -> Kept:
    """Make a photo fit to keep (a PDF stays as it came) and lay it down sealed. Raises `Refused` for anything else."""
    if not data:
        raise Refused(_("Tệp trống. Hãy chọn lại tệp."))
    if len(data) > LARGEST:
        raise Refused(
            _("Tệp nặng %(size)s MB, tối đa %(most)s MB. Hãy chụp nhỏ hơn hoặc gửi ít ảnh hơn.")
            % {"size": len(data) // 1048576, "most": LARGEST // 1048576}
        )
    media_type = blobs.sniff(data)
    if photos.is_photo(media_type):
        data = photos.clean(data).data
        media_type = blobs.sniff(data) or "image/jpeg"
    elif media_type != _PDF:
        raise Refused(_("Chỉ nhận ảnh hoặc tệp PDF. Hãy chụp ảnh hoặc chọn tệp khác."))
    name_there = secrets.token_hex(20)
    _write(_path(name_there), seal_bytes(data, _PLACE).encode())
    return Kept(one_line(name)[-NAME_LENGTH:], name_there, media_type, len(data), sha256(data).hexdigest())


def read(name_there: str) -> bytes:
    """The bytes of a kept file. Raises `FileLost`, and `org.sealed.Unreadable` when its key is gone."""
    try:
        stored = _path(name_there).read_text("ascii")
    except (FileNotFoundError, UnicodeDecodeError):
        raise FileLost(name_there) from None
    return unseal_bytes(stored, _PLACE)


def erase(name_there: str) -> None:
    """Remove a kept file; one that is gone is gone."""
    _path(name_there).unlink(missing_ok=True)


def lain_since(moment: datetime) -> Iterator[list[str]]:
    """The names of what was laid down before that moment and lies there still, whole or not, folder by folder."""
    for folder in sorted((Path(settings.DATA) / _FOLDER).glob("[0-9a-f][0-9a-f]")):
        yield [path.name for path in folder.iterdir() if path.stat().st_mtime < moment.timestamp()]


def _path(name_there: str) -> Path:
    return Path(settings.DATA) / _FOLDER / name_there[:2] / name_there


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    blobs.place(path.with_name(f"{path.name}.part"), path, data)
    blobs.sync_folder(path.parent.parent)
