"""Which reader a file needs, by what it contains and never by its name alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.procedures.reading import documents, lists
from dinhlang.procedures.reading.record import Reading

LARGEST_FILE = 25 * 1024 * 1024


def read(data: bytes, name: str) -> Reading:
    """What a file of procedures holds. Raises `Refused` with what is wrong and what to do."""
    if not data.strip():
        raise Refused(_("Tệp “%(name)s” trống. Hãy kiểm tra lại tệp rồi nhập lại.") % {"name": name})
    if len(data) > LARGEST_FILE:
        raise Refused(
            _("Tệp “%(name)s” nặng %(size)s MB, tối đa %(most)s MB. Hãy chia thành nhiều tệp.")
            % {"name": name, "size": len(data) // 1048576, "most": LARGEST_FILE // 1048576}
        )
    if data.startswith(b"\x1f\x8b") or data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        return lists.read_json(data, name)
    if _is_document(data, name):
        return documents.read_document(data, name)
    return lists.read_table(data, name)


def _is_document(data: bytes, name: str) -> bool:
    """Whether the content is a document's: a package with Word or OpenDocument text, the old Word, PDF, RTF, a web page."""
    if data.startswith(b"PK\x03\x04"):
        head = data[:200_000] + data[-20_000:]
        return b"xl/workbook.xml" not in head
    if data.startswith((b"%PDF", b"{\\rtf")):
        return True
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        return not name.lower().endswith((".xls", ".xlt"))
    start = data[:1000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    return start.startswith((b"<!doctype", b"<html", b"<?xml", b"mime-version")) or name.lower().endswith(
        (".txt", ".md", ".html", ".htm", ".mht")
    )
