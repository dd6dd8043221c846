"""Word files made by hand for tests: the body as WordprocessingML, other parts as they are needed."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def package(body: str, *, chunk: str | None = None, **parts: str) -> bytes:
    """A .docx whose body is this. `styles`, `numbering`, `footnotes`, `header`, `theme` are the contents of those parts;
    `chunk` is a file within it, to which the body refers as 'aFChunk'."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(parts))
        archive.writestr("_rels/.rels", _relationships({"officeDocument": "word/document.xml"}))
        targets = {kind: f"{kind}.xml" for kind in parts}
        if chunk is not None:
            targets["aFChunk"] = "chunk"
            archive.writestr("word/chunk", chunk)
        archive.writestr("word/_rels/document.xml.rels", _relationships(targets))
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        for kind, content in parts.items():
            root = {"header": "hdr"}.get(kind, kind)
            prefix = "a" if kind == "theme" else "w"
            archive.writestr(f"word/{kind}.xml", f"<{prefix}:{root} {NAMES}>{content}</{prefix}:{root}>")
    return target.getvalue()


def _content_types(parts: Iterable[str]) -> str:
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main"} | {kind: kind for kind in parts if kind != "theme"}
    listed = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{word}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )


def _relationships(targets: dict[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'


def p(*runs: str, properties: str = "") -> str:
    """A paragraph of runs; plain text becomes a run."""
    inside = "".join(one if one.startswith("<") else r(one) for one in runs)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inside}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A run of text with its properties."""
    said = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{text}</w:t></w:r>'


def numbered(text: str, number: int = 1, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def level(index: int, form: str, text: str, extra: str = "") -> str:
    """The definition of one level of a list."""
    return (
        f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f"{extra}</w:lvl>"
    )


def lists(*levels: str, abstract: int = 0, numbers: str = '<w:num w:numId="1">{}</w:num>') -> str:
    """The part `numbering` with one abstract list; `numbers` are its lists, {} the reference to it."""
    reference = f'<w:abstractNumId w:val="{abstract}"/>'
    return f'<w:abstractNum w:abstractNumId="{abstract}">{"".join(levels)}</w:abstractNum>' + numbers.replace(
        "{}", reference
    )


def tc(*paragraphs: str, properties: str = "") -> str:
    """A cell; plain text becomes a paragraph."""
    inside = "".join(one if one.startswith("<") else p(one) for one in paragraphs)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row; plain text becomes a cell."""
    said = f"<w:trPr>{properties}</w:trPr>" if properties else ""
    return f"<w:tr>{said}{''.join(one if one.startswith('<') else tc(one) for one in cells)}</w:tr>"


_SPAN = re.compile(r'<w:gridSpan w:val="(\d{1,2})"')
LINES = (
    "<w:tblBorders>"
    + "".join(f'<w:{side} w:val="single"/>' for side in ("top", "insideH", "insideV"))
    + "</w:tblBorders>"
)


def tbl(*rows: str, ruled: bool = True) -> str:
    """A table, with lines between its cells or without."""
    wide = max(
        (row.count("<w:tc>") + sum(int(span) - 1 for span in _SPAN.findall(row)) for row in rows), default=0
    )
    grid = '<w:gridCol w:w="1500"/>' * min(wide, 63)
    said = f"<w:tblPr>{LINES if ruled else ''}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
    return f"<w:tbl>{said}{''.join(rows)}</w:tbl>"
