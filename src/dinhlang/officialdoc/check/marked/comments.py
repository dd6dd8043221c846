"""The part of a .docx that holds its comments: found or made, and made known to the package."""

from __future__ import annotations

import posixpath
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from dinhlang.officialdoc.check.findings import Finding
from dinhlang.officialdoc.read.word.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_TYPES_PART = "[Content_Types].xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# What a file can count up to; identifiers that are no such number are passed over.
_DIGITS = 9


class Comments:
    """Comments and tracked changes of one author at one moment."""

    def __init__(self, package: zipfile.ZipFile, main: str, *, author: str, at: datetime) -> None:
        self.author = author
        self.at = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        folder, base = posixpath.split(main)
        self._rels_name = posixpath.join(folder, "_rels", f"{base}.rels")
        self._rels = _parsed(package, self._rels_name, f"<Relationships xmlns='{_RELATIONS}'/>")
        self._types = _parsed(package, _TYPES_PART, f"<Types xmlns='{_TYPES}'/>")
        self._name = self._target(folder) or posixpath.join(folder, "comments.xml")
        self._root = _parsed(package, self._name, f"<w:comments xmlns:w='{_W}'/>")
        self._next = 1 + max(_numbers(self._root), default=-1)
        self._revision = 1 + max(_numbers(_parsed(package, main, "<x/>")), default=0)

    def _target(self, folder: str) -> str | None:
        for one in self._rels:
            if one.get("Type") == _RELATION and one.get("TargetMode") != "External":
                target = one.get("Target") or ""
                return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        return None

    def add(self, finding: Finding) -> str:
        """A comment that says what is wrong, how to mend it and by what law; gives its identifier."""
        identifier = str(self._next)
        self._next += 1
        comment = self._root.makeelement(
            f"{W}comment",
            {
                f"{W}id": identifier,
                f"{W}author": self.author,
                f"{W}date": self.at,
                f"{W}initials": "".join(word[0] for word in self.author.split())[:4],
            },
        )
        for line in _lines(finding):
            paragraph = comment.makeelement(f"{W}p", {})
            run = paragraph.makeelement(f"{W}r", {})
            text = run.makeelement(f"{W}t", {_SPACE: "preserve"})
            text.text = line
            run.append(text)
            paragraph.append(run)
            comment.append(paragraph)
        self._root.append(comment)
        return identifier

    def revision(self) -> dict[str, str]:
        """Who changed something and when, with a number of its own."""
        self._revision += 1
        return {f"{W}id": str(self._revision), f"{W}author": self.author, f"{W}date": self.at}

    def parts(self) -> dict[str, bytes]:
        """The parts that changed, by their names."""
        from lxml import etree

        if not len(self._root):
            return {}
        self._make_known()
        changed = {self._name: self._root, self._rels_name: self._rels, _TYPES_PART: self._types}
        return {
            name: etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for name, root in changed.items()
        }

    def _make_known(self) -> None:
        folder = posixpath.dirname(posixpath.dirname(self._rels_name))
        if self._target(folder) is None:
            taken = {one.get("Id") for one in self._rels}
            free = next(name for at in range(1, len(taken) + 2) if (name := f"rIdComments{at}") not in taken)
            known = {"Id": free, "Type": _RELATION, "Target": posixpath.relpath(self._name, folder or ".")}
            self._rels.append(self._rels.makeelement(f"{{{_RELATIONS}}}Relationship", known))
        part = f"/{self._name}"
        if not any(one.get("PartName") == part for one in self._types):
            known = {"PartName": part, "ContentType": _TYPE}
            self._types.append(self._types.makeelement(f"{{{_TYPES}}}Override", known))


def _lines(finding: Finding) -> list[str]:
    label = finding.severity.label
    lines = [f"{label[0].upper()}{label[1:]} {finding.rule}: {finding.message}"]
    if finding.fix is not None and finding.fix not in finding.message:
        lines.append(f"Sửa thành: {finding.fix}")
    if finding.basis is not None:
        lines.append(f"Căn cứ: {finding.basis}")
    return [_clean(line) for line in lines]


def _clean(text: str) -> str:
    """Without characters that XML does not allow."""
    return "".join(one if one.isprintable() or one in "\t\n" else " " for one in text)


def _parsed(package: zipfile.ZipFile, name: str, otherwise: str) -> _Element:
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, huge_tree=True
    )
    try:
        root = etree.fromstring(package.read(name), parser)
    except (KeyError, etree.XMLSyntaxError):
        root = None
    return etree.fromstring(otherwise) if root is None else root


def _numbers(root: _Element) -> list[int]:
    found = [one.get(f"{W}id") or "" for one in root.iter() if isinstance(one.tag, str)]
    return [int(text) for text in found if text.isascii() and text.isdecimal() and len(text) < _DIGITS]
