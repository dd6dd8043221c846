"""Files that come in: what they hold by their first bytes, and how their names are shown."""

from __future__ import annotations

import re
from pathlib import PurePath

from dinhlang.work import blobs

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_LONG = frozenset({"pdf", "image", "doc"})
_PACKED = frozenset({"docx", "odt"})
# Some forty pages.
_MUCH_PACKED, _MUCH_TEXT = 200_000, 400_000
_BY_MEDIA_TYPE = {
    "application/pdf": "pdf",
    "image/png": "image",
    "image/jpeg": "image",
    "image/tiff": "image",
    "application/x-ole-storage": "doc",
    "application/rtf": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
# Letters that take no room, or turn the direction of reading: a name must look like what it is.
_UNSEEN = re.compile(r"[\u0000-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def form_of(data: bytes, name: str) -> str:
    """The format of a file by what it holds: 'docx', 'pdf', 'image', 'doc', else by its ending."""
    known = _BY_MEDIA_TYPE.get(blobs.sniff(data) or "")
    if known is not None:
        return known
    ending = PurePath(name).suffix.lower().lstrip(".")
    return ending if re.fullmatch(r"[a-z0-9]{1,5}", ending) else "txt"


def takes_long(form: str, size: int) -> bool:
    """Whether reading it may take longer than a page should be waited for: pages to recognise, a converter, much text.

    `size` in bytes; a Word file is packed, so it holds more text than that.
    """
    return form in _LONG or size > (_MUCH_PACKED if form in _PACKED else _MUCH_TEXT)


def needs_password(data: bytes) -> bool:
    """Whether it is an Office file that is encrypted: its package lies in a container of the old format."""
    return data.startswith(_OLE) and _ENCRYPTED_PACKAGE in data


def shown_name(name: str) -> str:
    """The name of a file as it may be shown: its last part, nothing unseen in it."""
    clean = " ".join(_UNSEEN.sub("", PurePath(name.replace("\\", "/")).name).split())
    return clean[-200:] or "van-ban"
