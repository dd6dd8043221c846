"""The .docx package: what is the same in every document, prepared once per process.

Everything is made of strings, which is several times faster than a tree of objects, and what every document shares
is deflated once: a document is appended to a copy of that archive. The bytes are the same for the same document, as
the times inside the archive are fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from html import escape

from dinhlang.officialdoc.write.layout import FONT, HEADINGS, LANGUAGE, OUTLINE, Align, Element, Look, Profile

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "application/vnd.openxmlformats-officedocument"
_WORD = f"{_OFFICE}.wordprocessingml"
_EARLIEST = (1980, 1, 1, 0, 0, 0)

TABLE_STYLE = "KeBang"

EMU_PER_MM = 36_000
"""Units of drawings to a millimetre."""
PICTURE_IDS = ("rId6", "rId7")
_PICTURES = ("media/mark.png", "media/bars.png")
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
PICTURE = f"{_DRAWING}/picture"

DOCUMENT_START = (
    f'{_XML}<w:document xmlns:w="{_W}" xmlns:r="{_R}" xmlns:wp="{_DRAWING}/wordprocessingDrawing" '
    f'xmlns:a="{_DRAWING}/main" xmlns:pic="{PICTURE}"><w:body>'
)
DOCUMENT_END = "</w:body></w:document>"

HEADERS = '<w:headerReference w:type="default" r:id="rId4"/><w:headerReference w:type="first" r:id="rId5"/>'
"""Page number on every page but the first of a section."""

_CUSTOM_XML = f"{_R}/customXml"


def twips(mm: float) -> int:
    """Word's unit of length: 1/20 point."""
    return round(mm * 1440 / 25.4)


def pack(
    document: str,
    *,
    title: str,
    identifier: str | None,
    sidecar: bytes | None,
    profile: Profile,
    pictures: Sequence[bytes] = (),
) -> bytes:
    """A .docx of the given body. `sidecar` is a part of XML that travels inside, untouched by Word; `pictures` are PNGs that the
    body shows as `PICTURE_IDS`."""
    parts = {
        "docProps/core.xml": _core(title, identifier).encode(),
        "word/document.xml": document.encode(),
    }
    if sidecar is not None:
        parts["customXml/item1.xml"] = sidecar
    for name, picture in zip(_PICTURES, pictures, strict=False):
        parts[f"word/{name}"] = picture
    return _with(_shared(profile, with_sidecar=sidecar is not None, pictures=len(pictures)), parts)


@lru_cache(maxsize=12)
def _shared(profile: Profile, *, with_sidecar: bool, pictures: int) -> bytes:
    """The archive of what is the same in every document."""
    return _with(b"", _static_parts(profile, with_sidecar=with_sidecar, pictures=pictures))


def _with(archive: bytes, parts: Mapping[str, bytes]) -> bytes:
    """The archive with these parts behind its own."""
    packed = io.BytesIO(archive)
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED, compresslevel=6) as target:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return packed.getvalue()


def _static_parts(profile: Profile, *, with_sidecar: bool, pictures: int) -> dict[str, bytes]:
    parts = {
        "[Content_Types].xml": _content_types(with_sidecar, pictures > 0),
        "_rels/.rels": _relationships(
            (f"{_R}/officeDocument", "word/document.xml"),
            (
                "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                "docProps/core.xml",
            ),
            (f"{_R}/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": f'{_XML}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        'extended-properties"><Application>Đình Làng</Application></Properties>',
        "word/_rels/document.xml.rels": _relationships(
            (f"{_R}/styles", "styles.xml"),
            (f"{_R}/settings", "settings.xml"),
            (f"{_R}/fontTable", "fontTable.xml"),
            (f"{_R}/header", "header1.xml"),
            (f"{_R}/header", "header2.xml"),
            *((f"{_R}/image", name) for name in _PICTURES[:pictures]),
            *([(_CUSTOM_XML, "../customXml/item1.xml")] if with_sidecar else []),
        ),
        "word/styles.xml": _styles(profile),
        "word/settings.xml": f'{_XML}<w:settings xmlns:w="{_W}"><w:zoom w:percent="100"/>'
        '<w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        f'</w:compat><w:themeFontLang w:val="{LANGUAGE}"/></w:settings>',
        "word/fontTable.xml": f'{_XML}<w:fonts xmlns:w="{_W}"><w:font w:name="{FONT}"><w:altName w:val="Liberation Serif"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font></w:fonts>',
        "word/header1.xml": _header(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>2</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        ),
        "word/header2.xml": _header(""),
    }
    if with_sidecar:
        parts["customXml/itemProps1.xml"] = (
            f'{_XML}<ds:datastoreItem xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml" '
            'ds:itemID="{6D1C3A0E-5B7F-4E52-9B0C-D1A96D1A4E01}"/>'
        )
        parts["customXml/_rels/item1.xml.rels"] = _relationships((f"{_R}/customXmlProps", "itemProps1.xml"))
    return {name: text.encode() for name, text in parts.items()}


def _content_types(with_sidecar: bool, with_picture: bool) -> str:
    overrides = {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/styles.xml": f"{_WORD}.styles+xml",
        "/word/settings.xml": f"{_WORD}.settings+xml",
        "/word/fontTable.xml": f"{_WORD}.fontTable+xml",
        "/word/header1.xml": f"{_WORD}.header+xml",
        "/word/header2.xml": f"{_WORD}.header+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": f"{_OFFICE}.extended-properties+xml",
    }
    if with_sidecar:
        overrides["/customXml/itemProps1.xml"] = f"{_OFFICE}.customXmlProperties+xml"
    listed = "".join(
        f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in overrides.items()
    )
    picture = '<Default Extension="png" ContentType="image/png"/>' if with_picture else ""
    return (
        f'{_XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f"{picture}{listed}</Types>"
    )


def _relationships(*targets: tuple[str, str]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'{_XML}<Relationships xmlns="{_RELATIONSHIPS}">{listed}</Relationships>'


def _header(content: str) -> str:
    style = Element.PAGE_NUMBER
    return (
        f'{_XML}<w:hdr xmlns:w="{_W}"><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{content}</w:p></w:hdr>'
    )


def _core(title: str, identifier: str | None) -> str:
    known = f"<dc:identifier>{escape(identifier)}</dc:identifier>" if identifier else ""
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title>{known}'
        f"<dc:language>{LANGUAGE}</dc:language></cp:coreProperties>"
    )


def _styles(profile: Profile) -> str:
    fonts = f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    base = profile.looks[Element.BODY].size
    return "".join(
        [
            f'{_XML}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:color w:val="000000"/>',
            f'<w:sz w:val="{_half(base)}"/><w:szCs w:val="{_half(base)}"/>',
            f'<w:lang w:val="{LANGUAGE}" w:eastAsia="{LANGUAGE}" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
            '<w:pPrDefault><w:pPr><w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr></w:pPrDefault>',
            '</w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>',
            f"<w:qFormat/><w:rPr>{fonts}</w:rPr></w:style>",
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">',
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>',
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>',
            f'<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}"><w:name w:val="Kẻ bảng"/>',
            '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>',
            *(
                f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            ),
            "</w:tblBorders></w:tblPr></w:style>",
            *(_style(element, look) for element, look in profile.looks.items()),
            "</w:styles>",
        ]
    )


_BUILT_IN = {*HEADINGS.values(), Element.PAGE_NUMBER}


def _style(element: Element, look: Look) -> str:
    custom = "" if element in _BUILT_IN else ' w:customStyle="1"'
    following = f'<w:next w:val="{Element.BODY}"/>' if element in OUTLINE else ""
    outline = f'<w:outlineLvl w:val="{OUTLINE[element] - 1}"/>' if element in OUTLINE else ""
    spacing = f'<w:spacing w:before="{round(look.before * 20)}" w:after="{round(look.after * 20)}" ' + (
        'w:line="40" w:lineRule="exact"/>'
        if element is Element.RULE
        else f'w:line="{round(look.line * 240)}" w:lineRule="auto"/>'
    )
    sides = {
        "w:left": look.left + look.hanging,
        "w:firstLine": look.indent,
        "w:hanging": look.hanging,
    }
    given = " ".join(f'{side}="{twips(length)}"' for side, length in sides.items() if length)
    indent = f"<w:ind {given}/>" if given else ""
    jc = {Align.JUSTIFY: "both"}.get(look.align, look.align.value)
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{element}"><w:name w:val="{escape(look.name)}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/><w:pPr>{"<w:keepNext/>" if look.keep_next else ""}'
        f'{spacing}{indent}<w:jc w:val="{jc}"/>{outline}</w:pPr><w:rPr>{"<w:b/><w:bCs/>" if look.bold else ""}'
        f"{'<w:i/><w:iCs/>' if look.italic else ''}{'<w:caps/>' if look.caps else ''}"
        f'<w:sz w:val="{_half(look.size)}"/><w:szCs w:val="{_half(look.size)}"/></w:rPr></w:style>'
    )


def _half(points: float) -> int:
    """Word counts sizes in half points."""
    return round(points * 2)
