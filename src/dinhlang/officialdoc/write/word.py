"""The body of a .docx, as strings of WordprocessingML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from dinhlang.officialdoc.model import Appendix, Document, Run, Signature, Table
from dinhlang.officialdoc.write import forms, marks, package, printed
from dinhlang.officialdoc.write.bookmarks import Bookmarks
from dinhlang.officialdoc.write.columns import Grid, grid, may_break
from dinhlang.officialdoc.write.forms import Shaped
from dinhlang.officialdoc.write.layout import (
    CELL_PADDING,
    DOCUMENT,
    FOOT,
    LETTERHEAD,
    LOOKS,
    MOTTO,
    NATION,
    PAGE,
    PARTIAL_RULE,
    RECIPIENTS_HEADING,
    Align,
    Element,
    Profile,
)
from dinhlang.officialdoc.write.marks import Mark
from dinhlang.officialdoc.write.metrics import inset_mm, longest_mm, width_mm
from dinhlang.officialdoc.write.names import kept_together
from dinhlang.officialdoc.write.package import twips

_T = '<w:t xml:space="preserve">'
_MIDDLE = '<w:jc w:val="center"/>'
Place = tuple[int, int, int]
"""A cell: which table of the body, which row (0 is the header, drawn or not), which column."""


def docx(
    doc: Document,
    *,
    sidecar: bytes | None = None,
    identifier: str | None = None,
    cells: Mapping[Place, Sequence[str]] | None = None,
    mark: Mark | None = None,
    profile: Profile = DOCUMENT,
) -> bytes:
    """`doc` as a .docx in the legal layout; the same document always gives the same bytes.

    `identifier` names the file's origin and stands in its properties; without it number and symbol do.
    `sidecar` is a well-formed XML document that travels inside the file. `cells` names the figures in cells of tables:
    the model holds cells as plain text. `mark` stands under the number.
    """
    bookmarks = Bookmarks()
    parts = [package.DOCUMENT_START, *_letterhead(doc, mark), *_title(doc, profile)]
    is_signed = bool(doc.signature or doc.co_signers or doc.recipients)
    parts += _blocks(forms.body(doc), PAGE.line(), bookmarks, profile, keep_last=is_signed, cells=cells or {})
    parts += _foot(doc, profile)
    for index, appendix in enumerate(doc.appendices):
        earlier = doc.appendices[index - 1] if index else None
        parts.append(f'<w:p><w:pPr><w:pStyle w:val="{Element.RULE}"/>{_section(earlier)}</w:pPr></w:p>')
        label = printed.appendix_label(appendix, index, len(doc.appendices))
        parts += _appendix(appendix, label, bookmarks, profile)
    parts += [_section(doc.appendices[-1] if doc.appendices else None), package.DOCUMENT_END]
    number = f"{printed.line(doc.number)}/{printed.line(doc.symbol)}" if doc.number and doc.symbol else None
    return package.pack(
        "".join(parts),
        title=printed.title_of(doc),
        identifier=printed.line(identifier) or number,
        sidecar=sidecar,
        profile=profile,
        pictures=_pictures(mark),
    )


def _pictures(mark: Mark | None) -> list[bytes]:
    if mark is None:
        return []
    return [marks.png(mark), *([marks.bars_png(mark.bars)] if mark.bars is not None else [])]


def escape(text: str) -> str:
    """Clean text as the content of `w:t` elements: line ends and tabs become Word's own."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if "\n" in text or "\t" in text:
        text = text.replace("\n", f"</w:t><w:br/>{_T}").replace("\t", f"</w:t><w:tab/>{_T}")
    return text


def _run(text: str, properties: str = "") -> str:
    return f"<w:r>{properties}{_T}{escape(text)}</w:t></w:r>"


def _paragraph(element: Element, content: str, properties: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{element}"/>{properties}</w:pPr>{content}</w:p>'


def _line(element: Element, text: str, properties: str = "") -> str:
    return _paragraph(element, _run(text), properties)


def _centred(element: Element, text: str, box: float, properties: str = "") -> str:
    """A centred line; one that is too long for its box (millimetres) breaks into lines about equally long."""
    side = twips(inset_mm(text.upper() if LOOKS[element].caps else text, LOOKS[element].size, box))
    indent = f'<w:ind w:left="{side}" w:right="{side}"/>' if side else ""
    return _line(element, text, properties + indent)


def _name(element: Element, text: str, box: float) -> str:
    """A line of the letterhead, which breaks between the words of a name."""
    return _centred(element, kept_together(text, LOOKS[element].size, box), box)


def _rule(length: float, box: float) -> str:
    """A drawn line of `length` in the middle of a box, both in millimetres: the top border of an empty paragraph."""
    side = twips(max(box - length, 0) / 2)
    return _paragraph(
        Element.RULE,
        "",
        '<w:keepNext/><w:pBdr><w:top w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'
        f'<w:spacing w:before="40"/><w:ind w:left="{side}" w:right="{side}"/>',
    )


def _gap(points: float, *, keep_next: bool = False) -> str:
    """Room of `points`. Two tables without a paragraph between them would be one."""
    keep = "<w:keepNext/>" if keep_next else ""
    return _paragraph(Element.RULE, "", f'{keep}<w:spacing w:before="{round(points * 20) - 40}"/>')


def _borderless(widths: Sequence[float], rows: Iterable[Sequence[Sequence[str]]]) -> str:
    """A table that only places its cells. LibreOffice takes widths from `tblGrid`, Word from the cells."""
    columns = [twips(width) for width in widths]
    drawn = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(cell)}</w:tc>'
            for width, cell in zip(columns, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(columns)}" w:type="dxa"/><w:tblLayout w:type="fixed"/><w:tblCellMar>'
        '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        + f"</w:tblGrid>{drawn}</w:tbl>"
    )


def _letterhead(doc: Document, mark: Mark | None = None) -> list[str]:
    left, right = LETTERHEAD
    parent, issuer = printed.parent_line(doc.issuer), printed.issuer_lines(doc.issuer)
    size = LOOKS[Element.ISSUER].size
    agency = [_name(Element.PARENT, parent, left)] if parent else []
    agency += [_name(Element.ISSUER, text, left) for text in issuer]
    if issuer:
        agency.append(_rule(longest_mm(issuer, size, left) * PARTIAL_RULE, left))
    nation = [
        _line(Element.NATION, NATION),
        _line(Element.MOTTO, MOTTO),
        _rule(width_mm(MOTTO, LOOKS[Element.MOTTO].size), right),
    ]
    number = [_line(Element.NUMBER, printed.number_line(doc))] if forms.has_number(doc) else []
    subject = printed.subject_under_number(doc)
    if subject:
        number.append(_centred(Element.LETTER_SUBJECT, subject, left))
    if mark is not None:
        square = _drawing(0, "Mã QR", mark.words, mark.size, mark.size)
        number.append(_paragraph(Element.NUMBER, square))
        number += [_line(Element.RECIPIENT, text, _MIDDLE) for text in mark.caption]
    place = [_line(Element.PLACE_DATE, printed.place_and_date(doc))] if forms.has_place(doc) else []
    if mark is not None and mark.bars is not None:
        bars = mark.bars
        drawn = _drawing(1, "Mã vạch", bars.words, bars.width, bars.height)
        place += [_paragraph(Element.NUMBER, drawn), _line(Element.RECIPIENT, bars.words, _MIDDLE)]
    empty = [_paragraph(Element.ISSUER, "")]
    rows = [[agency or empty, nation]]
    if number or place:
        rows.append([number or empty, place or empty])
    return [_borderless(LETTERHEAD, rows)]


def _drawing(picture: int, name: str, words: str, width: float, height: float) -> str:
    """The run that shows one of the package's pictures, with its words for screen readers; sizes in millimetres."""
    wide, high = (round(size * package.EMU_PER_MM) for size in (width, height))
    said = html.escape(printed.line(words), quote=True)
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr id="{picture + 1}" name="{name}" descr="{said}"/><a:graphic><a:graphicData uri="{package.PICTURE}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{picture + 1}" name="ma-{picture + 1}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{package.PICTURE_IDS[picture]}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        "</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def _title(doc: Document, profile: Profile) -> list[str]:
    title, line = forms.title(doc), PAGE.line()
    parts = [_line(Element.TITLE, title.name)] if title.name else []
    if title.subject:
        above = (
            "" if title.name else f'<w:spacing w:before="{round(profile.looks[Element.TITLE].before * 20)}"/>'
        )
        parts.append(_centred(Element.SUBJECT, title.subject, line, above))
    if title.note:
        parts.append(_centred(Element.APPENDIX_NOTE, title.note, line))
    if title.last:
        element, text = title.last
        parts.append(_rule(longest_mm([text], LOOKS[element].size, line) * PARTIAL_RULE, line))
    return [*parts, _gap(12)]


def _blocks(
    blocks: Sequence[Shaped | Table],
    line_mm: float,
    bookmarks: Bookmarks,
    profile: Profile,
    *,
    keep_last: bool,
    cells: Mapping[Place, Sequence[str]] = MappingProxyType({}),
) -> list[str]:
    parts, table = [], -1
    for index, block in enumerate(blocks):
        if isinstance(block, Shaped):
            keep = keep_last and index == len(blocks) - 1
            parts.append(_text(block, line_mm, bookmarks, profile, keep_next=keep))
        else:
            drawn, table = grid(block, line_mm), table + 1
            if drawn:
                figures = {place[1:]: names for place, names in cells.items() if place[0] == table}
                parts += [_table(drawn, figures, bookmarks), _gap(profile.looks[Element.BODY].after)]
    return parts


def _text(shaped: Shaped, line_mm: float, bookmarks: Bookmarks, profile: Profile, *, keep_next: bool) -> str:
    properties = "<w:keepNext/>" if keep_next else ""
    look = profile.looks[shaped.element]
    if look.align is Align.CENTER:
        words = "".join(run.text for run in shaped.runs)
        side = twips(max(inset_mm(words, look.size, line_mm), 0))
        properties += f'<w:ind w:left="{side}" w:right="{side}"/>' if side and "\n" not in words else ""
    content = "".join(_styled(run, bookmarks) for run in shaped.runs)
    return _paragraph(shaped.element, content, properties)


def _styled(run: Run, bookmarks: Bookmarks) -> str:
    properties = ""
    if run.bold or run.italic:
        properties = (
            f"<w:rPr>{'<w:b/><w:bCs/>' if run.bold else ''}{'<w:i/><w:iCs/>' if run.italic else ''}</w:rPr>"
        )
    drawn = _run(run.text, properties) if run.text else ""
    if not run.fact:
        return drawn
    start, end = _bookmark(run.fact, bookmarks)
    return f"{start}{drawn}{end}"


def _bookmark(anchor: str, bookmarks: Bookmarks) -> tuple[str, str]:
    """What stands before and after the runs of a figure."""
    name = bookmarks.name(anchor)
    return (
        f'<w:bookmarkStart w:id="{bookmarks.count}" w:name="{name}"/>',
        f'<w:bookmarkEnd w:id="{bookmarks.count}"/>',
    )


def _table(drawn: Grid, figures: Mapping[tuple[int, int], Sequence[str]], bookmarks: Bookmarks) -> str:
    widths = [twips(width) for width in drawn.columns.widths]
    side, above = (twips(padding) for padding in CELL_PADDING)
    parts = [
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{package.TABLE_STYLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{above}" w:type="dxa"/>'
        f'<w:left w:w="{side}" w:type="dxa"/><w:bottom w:w="{above}" w:type="dxa"/>'
        f'<w:right w:w="{side}" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1" w:lastRow="0" '
        'w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr><w:tblGrid>',
        *(f'<w:gridCol w:w="{width}"/>' for width in widths),
        "</w:tblGrid>",
    ]
    if drawn.header:
        heads = [_cell_start(width, Element.CELL_HEADING, centred=True, middle=True) for width in widths]
        parts.append("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        parts += _cells(heads, drawn.header, 0, figures, bookmarks)
        parts.append("</w:tr>")
    starts = [
        _cell_start(width, Element.CELL, centred=centred, middle=bool(drawn.row_mm))
        for width, centred in zip(widths, drawn.columns.centred, strict=True)
    ]
    height = f'<w:trHeight w:val="{twips(drawn.row_mm)}" w:hRule="atLeast"/>' if drawn.row_mm else ""
    for number, row in enumerate(drawn.rows, 1):
        parts.append(
            "<w:tr>" if may_break(row) and not height else f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>"
        )
        parts += _cells(starts, row, number, figures, bookmarks)
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    return "".join(parts)


def _cells(
    starts: Sequence[str],
    texts: Sequence[str],
    row: int,
    figures: Mapping[tuple[int, int], Sequence[str]],
    bookmarks: Bookmarks,
) -> list[str]:
    """A row's cells, each around its run; a cell that holds figures with their bookmarks around the run."""
    drawn = []
    for column, (start, text) in enumerate(zip(starts, texts, strict=True)):
        run = f"<w:r>{_T}{escape(text)}</w:t></w:r>"
        for anchor in figures.get((row, column), ()) if figures else ():
            before, after = _bookmark(anchor, bookmarks)
            run = f"{before}{run}{after}"
        drawn.append(f"{start}{run}</w:p></w:tc>")
    return drawn


def _cell_start(width: int, element: Element, *, centred: bool, middle: bool) -> str:
    place = '<w:vAlign w:val="center"/>' if middle else ""
    jc = '<w:jc w:val="center"/>' if centred else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{place}</w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{element}"/>{jc}</w:pPr>'
    )


def _foot(doc: Document, profile: Profile) -> list[str]:
    """Recipients and signature side by side, kept on one page with the last paragraph.

    Where others sign too, all signatures stand side by side and the recipients under them.
    """
    recipients = printed.recipient_lines(doc.recipients)
    left = [_line(Element.RECIPIENTS, RECIPIENTS_HEADING)] if recipients else []
    left += [_line(Element.RECIPIENT, text) for text in recipients]
    signatures = [_signing(signature, profile) for signature in (*doc.co_signers, doc.signature)]
    empty = [_paragraph(Element.RECIPIENT, "")]
    if not (left or any(signatures)):
        return []
    if not doc.co_signers:
        return [_gap(12, keep_next=True), _borderless(FOOT, [[left or empty, signatures[0] or empty]])]
    widths = [PAGE.line() / len(signatures)] * len(signatures)
    side_by_side = _borderless(widths, [[signature or empty for signature in signatures]])
    # A page must not end for the sake of room over nothing.
    return [_gap(12, keep_next=True), side_by_side, _gap(12 if left else 2), *left]


def _signing(signature: Signature | None, profile: Profile) -> list[str]:
    lines = [_line(Element.AUTHORITY, text) for text in printed.signature_lines(signature)]
    name = printed.line(signature.name) if signature else ""
    if name or (lines and profile.always_room):
        lines.append(
            _line(Element.SIGNER, name, f'<w:spacing w:before="{round(profile.signature_gap * 20)}"/>')
        )
    return lines


def _appendix(appendix: Appendix, label: str, bookmarks: Bookmarks, profile: Profile) -> list[str]:
    line_mm = PAGE.line(landscape=appendix.landscape)
    title, note = printed.line(appendix.title), printed.line(appendix.note)
    parts = [_line(Element.APPENDIX_LABEL, label)] if label else []
    if title:
        parts.append(_centred(Element.APPENDIX_TITLE, title, line_mm))
    if note:
        parts.append(_centred(Element.APPENDIX_NOTE, note, line_mm))
    last = note or title.upper() or label
    size = LOOKS[Element.APPENDIX_NOTE].size
    parts += [_rule(longest_mm([last], size, line_mm) * PARTIAL_RULE, line_mm), _gap(12)]
    return parts + _blocks(
        forms.shape(appendix.blocks, under=1), line_mm, bookmarks, profile, keep_last=False
    )


def _section(appendix: Appendix | None) -> str:
    """The properties of the section that ends here: the main text, or an appendix with its own page numbers."""
    landscape = appendix is not None and appendix.landscape
    width, height = twips(PAGE.width), twips(PAGE.height)
    size = (
        f'<w:pgSz w:w="{height}" w:h="{width}" w:orient="landscape"/>'
        if landscape
        else f'<w:pgSz w:w="{width}" w:h="{height}"/>'
    )
    restart = '<w:pgNumType w:start="1"/>' if appendix is not None else ""
    return (
        f'<w:sectPr>{package.HEADERS}<w:type w:val="nextPage"/>{size}<w:pgMar w:top="{twips(PAGE.top)}" '
        f'w:right="{twips(PAGE.right)}" w:bottom="{twips(PAGE.bottom)}" w:left="{twips(PAGE.left)}" '
        f'w:header="{twips(PAGE.number_top)}" w:footer="{twips(PAGE.number_top)}" w:gutter="0"/>{restart}<w:titlePg/></w:sectPr>'
    )
