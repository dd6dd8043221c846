"""Photos and scanned letters of cases: shrunk, silent about place and time, sealed on the disk.

They are laid down before the row that speaks of them is written (`work.sealed_files`); erasing a person's data removes them, and
what no row speaks of is swept a day later.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from dinhlang.officialdoc.read.pages import sheets
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs, photos
from dinhlang.work.sealed_files import SealedFiles

LARGEST = 20 * 1024 * 1024
NAME_LENGTH = 120
FILES = SealedFiles("citizens", "citizens.casefile.bytes")
PDF = "application/pdf"
MOST_PAGES = 100
"""Of a letter with all that is attached to it."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file as it may be kept: a photo without place and time, a PDF as it came. A photo has one page."""

    data: bytes
    media_type: str
    pages: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that lies on the disk already; the row is the caller's to write. `looked_pages` were looked at (`actions.look`)."""

    name: str
    name_there: str
    media_type: str
    size: int
    digest: str
    looked_pages: int = 0
    is_looked_at: bool = False


def keep(data: bytes, name: str, *, look: Callable[[Fit], int] | None = None) -> Kept:
    """Make a photo or a PDF fit to keep and lay it down sealed. Raises `Refused` for anything else.

    `look` is given the file before it is laid down and says how many pages it saw; what it raises keeps the file out.
    """
    file = made_fit(data)
    seen = look(file) if look is not None else 0
    return Kept(
        one_line(name)[-NAME_LENGTH:],
        FILES.keep(file.data),
        file.media_type,
        len(file.data),
        sha256(file.data).hexdigest(),
        seen,
        seen >= file.pages,
    )


def made_fit(data: bytes) -> Fit:
    """The photo shrunk and silent, the PDF as it came. Raises `Refused` for what is too large, broken, locked or of another kind."""
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
        return Fit(data, blobs.sniff(data) or "image/jpeg", 1)
    if media_type != PDF:
        raise Refused(_("Chỉ nhận ảnh hoặc tệp PDF. Hãy chụp ảnh hoặc chọn tệp khác."))
    return Fit(data, PDF, _pages_of(data))


def again(data: bytes, media_type: str) -> Fit:
    """A file that was kept before. Raises `sheets.CannotOpen`."""
    return Fit(data, media_type, sheets.count_in(data) if media_type == PDF else 1)


def _pages_of(data: bytes) -> int:
    try:
        pages = sheets.count_in(data)
    except sheets.CannotOpen as reason:
        if reason.why == sheets.NEEDS_PASSWORD:
            raise Refused(
                _(
                    "Tệp PDF có mật khẩu nên không mở được. Mở bằng mật khẩu rồi lưu thành tệp không có mật khẩu."
                )
            ) from None
        raise Refused(_("Tệp PDF bị hỏng hoặc chưa tải lên hết. Hãy quét lại hoặc chọn tệp khác.")) from None
    if not pages:
        raise Refused(_("Tệp PDF không có trang nào. Hãy quét lại hoặc chọn tệp khác."))
    if pages > MOST_PAGES:
        raise Refused(
            _("Tệp PDF có %(pages)s trang, nhiều nhất %(most)s trang. Chỉ gửi các trang cần thiết.")
            % {"pages": printed(pages), "most": MOST_PAGES}
        )
    return pages
