"""A file that answers a letter by itself: which forms are taken, and whether a file is what its name says. Plain Python."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from django.utils.translation import gettext as _

DOCX, XLSX, PDF = "answer.docx", "answer.xlsx", "answer.pdf"
MEDIA_TYPES: Mapping[str, str] = {
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PDF: "application/pdf",
}
# The part that makes an Office file what it is.
_HEARTS = {DOCX: "word/document.xml", XLSX: "xl/workbook.xml"}
_MOST_MEMBERS = 5_000
_LARGEST_UNPACKED = 400 * 1024 * 1024


def part_of(name: str) -> str:
    """As which part of a package a file of that name travels; empty for a form that is not taken."""
    ending = name.rsplit(".", 1)[-1].casefold() if "." in name else ""
    part = f"answer.{ending}"
    return part if part in MEDIA_TYPES else ""


def what_is_wrong(part: str, data: bytes) -> str:
    """Why the file is not what its name says, as a sentence; empty when it is."""
    if part == PDF:
        return (
            ""
            if data[:1024].lstrip().startswith(b"%PDF-")
            else _("Tệp .pdf không phải PDF. Xuất lại tệp rồi gửi.")
        )
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError):
        return _("Tệp .%(form)s bị hỏng hoặc có mật khẩu. Mở tệp, lưu lại không mật khẩu rồi gửi.") % {
            "form": part.rsplit(".", 1)[-1]
        }
    names = {one.filename for one in members}
    if _HEARTS[part] not in names:
        return _("Tệp không phải .%(form)s như tên gọi. Lưu lại đúng dạng rồi gửi.") % {
            "form": part.rsplit(".", 1)[-1]
        }
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        return _("Tệp có mã lệnh đi kèm nên không nhận. Lưu lại dạng không có mã lệnh rồi gửi.")
    if len(members) > _MOST_MEMBERS or sum(one.file_size for one in members) > _LARGEST_UNPACKED:
        return _("Tệp bung ra quá lớn nên không nhận. Giảm dung lượng ảnh trong tệp rồi gửi.")
    return ""
