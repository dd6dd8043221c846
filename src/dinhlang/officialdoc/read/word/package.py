"""A .docx as a package of parts: opened whole or in ruins, with limits, without fetching anything.

A part is only ever looked up inside the package; targets outside of it (templates, pictures, links) are never opened.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text part of the longest plan seen unpacks to 4 MB; a bomb unpacks to gigabytes.
MOST_BYTES = 48 * 1024 * 1024
MOST_TAGS = 2_000_000
"""Each takes some 150 bytes of memory as a node; the longest document seen has 200 000."""
_MOST_MEMBERS = 5_000
# A root names its namespaces at its beginning.
_NAMES_WITHIN = 10_000

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)  # fmt: skip
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_PKG = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")


class Broken(Exception):
    """The package cannot be read at all."""


class Package:
    """The parts of a Word file, by their names in small letters.

    `is_damaged` says that something of it could not be read; `is_cut` that a part was longer than the limits.
    """

    def __init__(self, data: bytes) -> None:
        self.is_damaged = False
        self.is_cut = False
        self._members: dict[str, zipfile.ZipInfo | bytes] = {}
        self._zip: zipfile.ZipFile | None = None
        self._unpacked: dict[str, bytes | None] = {}
        if data.startswith(b"PK"):
            self._open(data)
        else:
            self._open_flat(data)
        self.main = self._main_part()

    def _open(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            listed = self._zip.infolist()[:_MOST_MEMBERS]
            self._members = {_plain(one.filename): one for one in listed}
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, struct.error, NotImplementedError):
            # The list of contents stands at the end of the file: it is lost when the file was cut off.
            self.is_damaged = True
            self._members = dict(_members_by_headers(data))

    def _open_flat(self, data: bytes) -> None:
        """One XML file that holds the parts ('Word XML Document')."""
        root = self.tree(data)
        for part in () if root is None else root.iterchildren(f"{_PKG}part"):
            content = part.find(f"{_PKG}xmlData")
            if content is not None and len(content):
                from lxml import etree

                self._members[_plain(part.get(f"{_PKG}name") or "")] = etree.tostring(content[0])

    def read(self, name: str) -> bytes | None:
        """The bytes of a part, cut at the limit; None when it is not there or cannot be unpacked."""
        name = _plain(name)
        if name not in self._unpacked:
            self._unpacked[name] = self._read(name)
        return self._unpacked[name]

    def _read(self, name: str) -> bytes | None:
        member = self._members.get(name)
        if member is None or isinstance(member, bytes):
            return member
        if self._zip is None:
            return None
        try:
            with self._zip.open(member) as part:
                content = _unpacked(part)
        except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            self.is_damaged = True
            return None
        if content.is_broken:
            self.is_damaged = True
        if len(content.data) > MOST_BYTES:
            self.is_cut = True
        return content.data[:MOST_BYTES]

    def xml(self, name: str) -> _Element | None:
        """The root of a part; what there is of it when it is broken."""
        data = self.read(name)
        return None if data is None else self.tree(data)

    def tree(self, data: bytes) -> _Element | None:
        """The root of XML: no entity is expanded and nothing is fetched."""
        from lxml import etree

        data = _readable(data)
        if data.count(b"<") > MOST_TAGS:
            self.is_cut = True
            data = b"<".join(data.split(b"<", MOST_TAGS)[:-1])
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

    def related(self, kind: str, source: str | None = None) -> dict[str, str]:
        """The parts that a part relates to in one way ('styles', 'numbering', …), by their relation's id."""
        source = self.main if source is None else source
        folder, base = posixpath.split(source)
        root = self.xml(posixpath.join(folder, "_rels", f"{base}.rels"))
        found: dict[str, str] = {}
        for one in () if root is None else root.iterchildren(_RELATIONSHIPS):
            target = one.get("Target") or ""
            if one.get("TargetMode") == "External" or not (one.get("Type") or "").endswith(f"/{kind}"):
                continue
            found[one.get("Id") or ""] = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return found

    def part(self, kind: str) -> _Element | None:
        """The one part of a kind that belongs to the main part, by its relation or else by its usual name."""
        names = [*self.related(kind).values(), posixpath.join(posixpath.dirname(self.main), f"{kind}.xml")]
        return next((root for name in names if (root := self.xml(name)) is not None), None)

    def names(self) -> list[str]:
        return list(self._members)

    def _main_part(self) -> str:
        """The part that holds the text. Most programs call it word/document.xml; the relations decide."""
        for target in self.related("officeDocument", "").values():
            if _plain(target) in self._members:
                return target
        usual = [name for name in self._members if name.startswith("word/document") and name.endswith(".xml")]
        if not usual:
            raise Broken
        return min(usual, key=len)


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _readable(data: bytes) -> bytes:
    """Strict names as those of every other file; text before the XML cut off."""
    if b"http://purl.oclc.org/ooxml" in data[:_NAMES_WITHIN]:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data.lstrip(b" \t\r\n") if data[:1].isspace() else data


class _Content:
    """What came out of a part before it ended or broke."""

    def __init__(self) -> None:
        self.data = b""
        self.is_broken = False


def _unpacked(part: IO[bytes]) -> _Content:
    content = _Content()
    pieces = []
    left = MOST_BYTES + 1
    try:
        while left > 0 and (piece := part.read(min(left, 1 << 20))):
            pieces.append(piece)
            left -= len(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError):
        # A wrong sum or a cut stream: the text up to there is still worth reading.
        content.is_broken = True
    except Exception as error:
        # The other decompressors raise errors of their own kinds for broken data.
        if type(error).__module__ not in ("lzma", "_lzma"):
            raise
        content.is_broken = True
    content.data = b"".join(pieces)
    return content


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
        if method == 8 and not flags & 1:
            content, end = _inflated(data, start, left)
            found.append((_plain(name), content))
            left -= len(content)
        elif method == 0 and packed:
            end = start + packed
            found.append((_plain(name), data[start:end][:left]))
        at = data.find(b"PK\x03\x04", end)
    return found


def _inflated(data: bytes, start: int, most: int) -> tuple[bytes, int]:
    """A deflated stream as far as it goes, and where it ends."""
    unpack = zlib.decompressobj(-15)
    pieces = []
    at = start
    try:
        while at < len(data) and most > 0 and not unpack.eof:
            block = data[at : at + 65_536]
            piece = unpack.decompress(block, most)
            at += len(block) - len(unpack.unconsumed_tail)
            pieces.append(piece)
            most -= len(piece)
    except zlib.error:
        pass
    return b"".join(pieces), max(at - len(unpack.unused_data), start + 1)
