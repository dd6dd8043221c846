"""A .docx as a package of parts that relate to each other.

A part is only ever looked up inside the package; targets outside of it (templates, pictures, links) are never opened.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.archive import Archive, Broken, plain

if TYPE_CHECKING:
    from lxml.etree import _Element

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


class Package(Archive):
    """The parts of a Word file. Raises `Broken` when it holds no text."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        if not data.startswith(b"PK"):
            self._open_flat(data)
        self.main = self._main_part()

    def tree(self, data: bytes) -> _Element | None:
        """The root of a part, strict names as those of every other file."""
        if b"http://purl.oclc.org/ooxml" in data[:_NAMES_WITHIN]:
            for strict, usual in _STRICT:
                data = data.replace(strict, usual)
        return super().tree(data)

    def _open_flat(self, data: bytes) -> None:
        """One XML file that holds the parts ('Word XML Document')."""
        root = self.tree(data)
        for part in () if root is None else root.iterchildren(f"{_PKG}part"):
            content = part.find(f"{_PKG}xmlData")
            if content is not None and len(content):
                from lxml import etree

                self._members[plain(part.get(f"{_PKG}name") or "")] = etree.tostring(content[0])

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

    def _main_part(self) -> str:
        """The part that holds the text. Most programs call it word/document.xml; the relations decide."""
        for target in self.related("officeDocument", "").values():
            if plain(target) in self._members:
                return target
        usual = [name for name in self._members if name.startswith("word/document") and name.endswith(".xml")]
        if not usual:
            raise Broken
        return min(usual, key=len)
