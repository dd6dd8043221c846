"""An archive of parts in XML, as word processors save one: opened whole or in ruins, with limits, nothing fetched."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from itertools import islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text part of the longest plan seen unpacks to 4 MB; a bomb unpacks to gigabytes.
MOST_BYTES = 48 * 1024 * 1024
"""Of all parts together."""
MOST_TAGS = 2_000_000
"""Each takes some 150 bytes of memory as a node; the longest document seen has 200 000."""
_MOST_MEMBERS = 5_000
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENCRYPTED = 1
_DEFLATED = 8
_BLOCK = 8_192


class Broken(Exception):
    """The file cannot be read at all."""


class Archive:
    """The parts of a file, by their names in small letters.

    `is_damaged` says that something of it could not be read, `is_cut` that it was longer than the limits,
    `is_locked` that a password is needed.
    """

    def __init__(self, data: bytes) -> None:
        self.is_damaged = False
        self.is_cut = False
        self.is_locked = False
        self._left = MOST_BYTES
        self._members: dict[str, zipfile.ZipInfo | bytes] = {}
        self._zip: zipfile.ZipFile | None = None
        self._unpacked: dict[str, bytes | None] = {}
        if data.startswith(b"PK"):
            self._open(data)

    def _open(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            listed = self._zip.infolist()[:_MOST_MEMBERS]
            self._members = {plain(one.filename): one for one in listed}
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, struct.error, NotImplementedError):
            # The list of contents stands at the end of the file: it is lost when the file was cut off.
            self.is_damaged = True
            self._members = dict(_members_by_headers(data))

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, cut at the limit; None when it is not there or cannot be unpacked."""
        name = plain(name)
        if name not in self._unpacked:
            self._unpacked[name] = self._read(name)
        return self._unpacked[name]

    def _read(self, name: str) -> bytes | None:
        member = self._members.get(name)
        if member is None or isinstance(member, bytes):
            return member
        if self._zip is None:
            return None
        if member.flag_bits & _ENCRYPTED:
            self.is_locked = True
            return None
        try:
            with self._zip.open(member) as part:
                content, is_whole = _unpacked(part, self._left + 1)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            self.is_damaged = True
            return None
        self.is_damaged = self.is_damaged or not is_whole
        if len(content) > self._left:
            self.is_cut = True
            content = content[: self._left]
        self._left -= len(content)
        return content

    def xml(self, name: str) -> _Element | None:
        """The root of a part; what there is of it when it is broken."""
        data = self.read(name)
        return None if data is None else self.tree(data)

    def tree(self, data: bytes) -> _Element | None:
        """The root of XML: no entity is expanded and nothing is fetched."""
        from lxml import etree

        data = data.lstrip(b" \t\r\n") if data[:1].isspace() else data
        if data.count(b"<") > MOST_TAGS:
            self.is_cut = True
            data = data[: next(islice(re.finditer(b"<", data), MOST_TAGS, None)).start()]
        for recover in (False, True):
            try:
                return etree.fromstring(
                    data,
                    etree.XMLParser(
                        resolve_entities=False,
                        no_network=True,
                        load_dtd=False,
                        huge_tree=True,
                        recover=recover,
                    ),
                )
            except etree.XMLSyntaxError:
                self.is_damaged = self.is_damaged or not self.is_cut
        return None

    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._members)


def plain(name: str) -> str:
    """A name as it is looked up."""
    return name.replace("\\", "/").lstrip("/").lower()


def _unpacked(part: IO[bytes], most: int) -> tuple[bytes, bool]:
    """The content of a part up to a limit, and whether it came out whole."""
    pieces = []
    try:
        while most > 0 and (piece := part.read(min(most, _BLOCK))):
            pieces.append(piece)
            most -= len(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        # A wrong sum or a cut stream: the text up to there is still worth reading.
        return b"".join(pieces), False
    except Exception as error:
        # The other decompressors raise errors of their own kinds for broken data.
        if type(error).__module__ not in ("lzma", "_lzma"):
            raise
        return b"".join(pieces), False
    return b"".join(pieces), True


def _members_by_headers(data: bytes) -> list[tuple[str, bytes]]:
    """The members of an archive without its list of contents, each found by the header before it."""
    found: list[tuple[str, bytes]] = []
    at = data.find(b"PK\x03\x04")
    left = MOST_BYTES
    while 0 <= at <= len(data) - _LOCAL_HEADER.size and len(found) < _MOST_MEMBERS and left > 0:
        _, _, flags, method, _, _, _, packed, _, name_length, extra = _LOCAL_HEADER.unpack_from(data, at)
        start = at + _LOCAL_HEADER.size + name_length + extra
        name = data[at + _LOCAL_HEADER.size : start - extra].decode("utf-8", "replace")
        end = start
        if method == _DEFLATED and not flags & _ENCRYPTED:
            content, end = _inflated(data, start, left)
            found.append((plain(name), content))
            left -= len(content)
        elif method == 0 and packed:
            end = start + packed
            found.append((plain(name), data[start:end][:left]))
        at = data.find(b"PK\x03\x04", end)
    return found


def _inflated(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """A deflated stream as far as it goes, and where it ends."""
    unpack = zlib.decompressobj(-15)
    pieces = []
    at = start
    try:
        while at < len(data) and most > 0 and not unpack.eof:
            block = data[at : at + _BLOCK]
            piece = unpack.decompress(block, most)
            at += len(block) - len(unpack.unconsumed_tail)
            pieces.append(piece)
            most -= len(piece)
    except zlib.error:
        pass
    return b"".join(pieces), max(at - len(unpack.unused_data), start + 1)
