"""Photos and scanned letters of cases: shrunk, silent about place and time, sealed on the disk.

They are laid down before the row that speaks of them is written (`work.sealed_files`); erasing a person's data removes them, and
what no row speaks of is swept a day later.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs, photos
from dinhlang.work.sealed_files import SealedFiles

LARGEST = 20 * 1024 * 1024
NAME_LENGTH = 120
FILES = SealedFiles("citizens", "citizens.casefile.bytes")
_PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies on the disk already; the row is the caller's to write."""

    name: str
    name_there: str
    media_type: str
    size: int
    digest: str


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
    return Kept(
        one_line(name)[-NAME_LENGTH:], FILES.keep(data), media_type, len(data), sha256(data).hexdigest()
    )
