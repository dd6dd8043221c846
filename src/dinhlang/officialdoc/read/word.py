"""A .docx as lines of text: paragraphs in order, tables of data as '|' rows, tables that only place text cell by cell.

Only the text and its order are taken; the reader of text does the rest, so both know the same documents.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Problem
from dinhlang.officialdoc.read.decode import Decoded, tidy
from dinhlang.officialdoc.read.words import fold

if TYPE_CHECKING:
    from lxml.etree import _Element

# The text part of the longest plan seen unpacks to 4 MB; a bomb unpacks to gigabytes.
_LIMIT = 60 * 1024 * 1024
_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACING = re.compile(r"cong hoa xa hoi|noi nhan|doc lap|^\W*so\s*:|^tm\.|chu tich|uy ban nhan dan|ubnd")


def text_of(data: bytes) -> Decoded:
    """The text of a .docx. Never raises; a broken file gives a problem."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package, package.open(_PART) as part:
            xml = part.read(_LIMIT + 1)
        if len(xml) > _LIMIT:
            return _refused("Văn bản Word này bung ra quá lớn: hãy kiểm tra lại tệp hoặc tách nhỏ.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        body = etree.fromstring(xml, parser).find(f"{_W}body")
    except (
        zipfile.BadZipFile,
        KeyError,
        etree.XMLSyntaxError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        return _refused(
            "Tệp không phải văn bản Word (.docx) nguyên vẹn: hãy mở bằng Word hoặc LibreOffice rồi lưu lại."
        )
    except Exception as error:
        # zlib and the decompressors raise errors of their own kinds for broken data.
        if type(error).__module__ in ("zlib", "lzma", "_lzma"):
            return _refused("Tệp Word bị hỏng: hãy mở bằng Word hoặc LibreOffice rồi lưu lại.")
        raise
    text = "" if body is None else tidy("\n".join(_lines(body)))
    problems = (
        () if text.strip() else (Problem("empty", "Văn bản Word không có chữ nào: hãy kiểm tra lại tệp."),)
    )
    return Decoded(text, "docx", problems, whole_lines=True)


def _refused(message: str) -> Decoded:
    return Decoded("", "docx", (Problem("unreadable", message),))


def _lines(body: _Element) -> Iterator[str]:
    """A blank line after each paragraph of the text: here the file itself says where one ends."""
    for child in body.iterchildren():
        if child.tag == f"{_W}p":
            yield from (_text(child), "")
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
            yield ""
        elif child.tag == f"{_W}sdt":
            for content in child.iterchildren(f"{_W}sdtContent"):
                yield from _lines(content)


def _text(paragraph: _Element) -> str:
    """The text of a paragraph on one line; a list item that Word numbers itself gets a dash."""
    parts = []
    for node in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}noBreakHyphen"):
        if node.tag == f"{_W}t":
            parts.append(node.text or "")
        else:
            parts.append("-" if node.tag == f"{_W}noBreakHyphen" else " ")
    text = re.sub(r"[\r\n]+", " ", "".join(parts))
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    return f"- {text}" if listed and text.strip() else text


def _table(table: _Element) -> Iterator[str]:
    rows = [
        [[_text(paragraph) for paragraph in cell.iter(f"{_W}p")] for cell in row.iterchildren(f"{_W}tc")]
        for row in table.iterchildren(f"{_W}tr")
    ]
    if _places_text(rows):
        for row in rows:
            for cell in row:
                yield from cell
        return
    for row in rows:
        cells = (" ".join(" ".join(cell).replace("|", "¦").split()) for cell in row)
        yield f"| {' | '.join(cells)} |"


def _places_text(rows: list[list[list[str]]]) -> bool:
    """Whether a table only puts the head or the foot side by side."""
    if any(len(row) > 2 for row in rows):
        return False
    return len(rows) < 3 or any(_PLACING.search(fold(text)) for row in rows for cell in row for text in cell)
