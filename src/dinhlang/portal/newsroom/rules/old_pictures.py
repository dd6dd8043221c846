"""Pictures of an old site: where an item's HTML, its feed and its row of a table say they are, and what is said of them.

Nothing is fetched here. An address that is none, or leads to something within the page itself (`data:`), is left out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import nfc
from dinhlang.work.rules import clean

MOST_OF_AN_ITEM = 30
LARGEST = 20 * 1024 * 1024
"""Bytes of one picture, as it comes."""
MOST_IN_A_ZIP = 5_000
_ADDRESS_LENGTH = 2000
_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".heic", ".avif")
# Where lazy pages keep the address until one scrolls there.
_SOURCES = ("data-src", "data-original", "data-lazy-src", "src")
_ENCRYPTED = 1


@dataclass(frozen=True, slots=True)
class Found:
    """A picture as the old site names it: its whole address, or its name in a .zip beside a table."""

    address: str
    alternative: str = ""
    caption: str = ""


def in_html(html: str, page: str) -> list[Found]:
    """The pictures of a text in their order; `page` is the address that it stood at, '' where that is not known."""
    from lxml import etree
    from lxml import html as lxml_html

    if "<img" not in html.lower():
        return []
    try:
        top = lxml_html.fragment_fromstring(html, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    found = []
    for picture in top.iter("img"):
        source = next((picture.get(name) for name in _SOURCES if picture.get(name)), "") or ""
        figure = next(picture.iterancestors("figure"), None)
        caption = figure.find(".//figcaption") if figure is not None else None
        found.append(
            Found(
                source if not page else _joined(page, source),
                _said(picture.get("alt") or picture.get("title") or ""),
                _said("".join(caption.itertext())) if caption is not None else "",
            )
        )
    return found


def in_entry(entry: Mapping[str, Any], page: str) -> list[Found]:
    """The pictures that an entry of a feed brings beside its text: enclosures, and Media RSS."""
    found = []
    for name in ("enclosures", "media_content", "media_thumbnail"):
        for one in entry.get(name, ()):
            address = one.get("href") or one.get("url") or ""
            kind = one.get("type") or one.get("medium") or ""
            is_named = _path_of(address).lower().endswith(_ENDINGS)
            if kind.startswith("image") or name == "media_thumbnail" or (not kind and is_named):
                found.append(Found(_joined(page, address)))
    return found


def in_cell(cell: str, page: str) -> list[Found]:
    """The pictures that a cell of a table names, by address or name, a line or a comma after one another."""
    names = (name.strip() for name in cell.replace("\n", ",").replace(";", ",").split(","))
    return [Found(_joined(page, name) if page and "/" in name else name) for name in names if name]


def once(pictures: Iterable[Found]) -> tuple[Found, ...]:
    """Each picture once, with what is said of it anywhere; those that cannot be had are left out."""
    kept: dict[str, Found] = {}
    for one in pictures:
        address = one.address.strip()
        if not address or len(address) > _ADDRESS_LENGTH or not _can_be_had(address):
            continue
        before = kept.get(address, one)
        kept[address] = Found(address, before.alternative or one.alternative, before.caption or one.caption)
    return tuple(list(kept.values())[:MOST_OF_AN_ITEM])


def host_of(address: str) -> str:
    """The host name of an address without 'www.', in small letters; '' where there is none."""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    return name.lower().removeprefix("www.") if parts.scheme in {"http", "https"} else ""


def name_of(address: str) -> str:
    """What a person knows the picture by: the last part of its address."""
    return PurePosixPath(unquote(_path_of(address))).name[:80] or address[:80]


def _joined(page: str, address: str) -> str:
    try:
        # An empty one would be the page itself.
        return urljoin(page, address.strip()) if address.strip() else ""
    except ValueError:
        return ""


def _path_of(address: str) -> str:
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def _can_be_had(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https", ""} and bool(parts.path)


def _said(words: str) -> str:
    return clean(words)[:300]


# --- a .zip beside a table --------------------------------------------------------------------------------


class Zip:
    """The pictures of a .zip, found by their path in it or, where it is the only one of it, by their name."""

    def __init__(self, data: bytes, name: str) -> None:
        """Raises `Refused` for a file that is no .zip, is locked, or holds too much."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = [one for one in self._zip.infolist() if not one.is_dir()]
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError) as error:
            raise Refused(
                _("Tệp “%(name)s” không phải tệp .zip hoặc bị hỏng. Nén lại rồi thử lại.") % {"name": name}
            ) from error
        if len(members) > MOST_IN_A_ZIP:
            raise Refused(
                _("Tệp “%(name)s” có hơn %(most)s tệp bên trong. Hãy chia thành nhiều tệp.")
                % {"name": name, "most": MOST_IN_A_ZIP}
            )
        if any(one.flag_bits & _ENCRYPTED for one in members):
            raise Refused(_("Tệp “%(name)s” có mật khẩu. Nén lại không đặt mật khẩu.") % {"name": name})
        self._by_path = {_known_by(one.filename): one for one in members}
        self._by_name: dict[str, zipfile.ZipInfo | None] = {}
        for path, one in self._by_path.items():
            short = path.rpartition("/")[2]
            self._by_name[short] = None if short in self._by_name else one

    def __contains__(self, address: str) -> bool:
        return self._member(address) is not None

    def read(self, address: str) -> bytes:
        """The picture. Raises `Refused` for one that is not there, too large or damaged."""
        member = self._member(address)
        name = name_of(address)
        if member is None:
            raise Refused(_("Ảnh “%(name)s” không có trong tệp .zip.") % {"name": name})
        try:
            # What the list of contents says of a size need not be true.
            with self._zip.open(member) as part:
                data = part.read(LARGEST + 1)
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Refused(_("Ảnh “%(name)s” trong tệp .zip bị hỏng.") % {"name": name}) from error
        check_size(len(data), name)
        return data

    def _member(self, address: str) -> zipfile.ZipInfo | None:
        path = _known_by(unquote(_path_of(address)) or address)
        return self._by_path.get(path) or self._by_name.get(path.rpartition("/")[2])


def check_size(size: int, name: str) -> None:
    """Raise `Refused` for a picture that is too large."""
    if size > LARGEST:
        raise Refused(
            _("Ảnh “%(name)s” nặng hơn %(most)s MB nên không lấy.")
            % {"name": name, "most": LARGEST // 1048576}
        )


def _known_by(path: str) -> str:
    """A path as Windows, a Mac and a page may each write it: one spelling."""
    return nfc(path.replace("\\", "/")).strip("/").lower().removeprefix("./")
