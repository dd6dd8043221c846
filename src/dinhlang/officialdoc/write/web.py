"""One accessible HTML page in the legal look, for reading and previewing: no scripts, nothing fetched.

`article` gives the same document to stand in another page: the same classes, no style of its own, and figures that
lead somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from html import escape

from dinhlang.officialdoc.model import Appendix, Document, Run, Signature, Table
from dinhlang.officialdoc.write import forms, printed
from dinhlang.officialdoc.write.columns import Grid, grid
from dinhlang.officialdoc.write.forms import Shaped
from dinhlang.officialdoc.write.layout import (
    CELL_PADDING,
    FONT,
    LOOKS,
    MOTTO,
    NATION,
    PAGE,
    RECIPIENTS_HEADING,
    SIGNATURE_GAP,
    Element,
    Look,
)


@dataclass(frozen=True, slots=True)
class Links:
    """Where the figures of a document lead.

    `address` gives the address for a figure's anchor, `None` for one that leads nowhere. Cells of tables are plain
    text in the model, so `cells` says which figure stands where: by table of the body, row (0 is the header) and
    column, its anchor and how it is printed there.
    """

    address: Callable[[str], str | None]
    cells: Mapping[tuple[int, int, int], tuple[str, str]] = field(default_factory=dict)

    def around(self, anchor: str, text: str) -> str:
        """`text`, which is HTML, as the link of that figure."""
        address = self.address(anchor)
        if address is None:
            return text
        return f'<a class="figure" id="so-{escape(anchor)}" href="{escape(address)}">{text}</a>'


def article(doc: Document, links: Links) -> str:
    """`doc` to stand in a page that has its own style: an article in the legal order, then its appendices."""
    body = _blocks(forms.body(doc), PAGE.line(), links)
    # The cells that are figures are counted by the tables of the body.
    return "".join(
        [
            f'<article class="document">{_letterhead(doc)}{_title(doc)}{body}{_foot(doc)}</article>',
            *_appendices(doc, replace(links, cells={})),
        ]
    )


def html(doc: Document) -> str:
    """`doc` as a whole HTML page. Figures are `<span class="figure" data-fact="…">`."""
    return "".join(
        [
            '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{escape(printed.title_of(doc))}</title><style>{_css()}</style></head><body>",
            f'<main class="sheet">{_letterhead(doc)}{_title(doc)}{_blocks(forms.body(doc), PAGE.line())}{_foot(doc)}</main>',
            *_appendices(doc, None),
            "</body></html>\n",
        ]
    )


def _tag(name: str, element: Element, text: str, attributes: str = "") -> str:
    return f'<{name} class="{element}"{attributes}>{_escaped(text)}</{name}>' if text else ""


def _escaped(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _letterhead(doc: Document) -> str:
    agency = _tag("p", Element.PARENT, printed.parent_line(doc.issuer))
    issuer = printed.issuer_lines(doc.issuer)
    if issuer:
        agency += f'<p class="{Element.ISSUER} short">{"<br>".join(map(_escaped, issuer))}</p>'
    agency += _tag("p", Element.NUMBER, printed.number_line(doc) if forms.has_number(doc) else "")
    # A letter has no title: what it is about is the heading of its page.
    agency += _tag("h1", Element.LETTER_SUBJECT, printed.subject_under_number(doc))
    nation = _tag("p", Element.NATION, NATION)
    nation += f'<p class="{Element.MOTTO}"><span>{MOTTO}</span></p>'
    nation += _tag("p", Element.PLACE_DATE, printed.place_and_date(doc) if forms.has_place(doc) else "")
    return f'<header class="halves"><div>{agency}</div><div>{nation}</div></header>'


def _title(doc: Document) -> str:
    title = forms.title(doc)
    words = "".join(
        f'<span class="{element}">{_escaped(text)}</span>'
        for element, text in ((Element.TITLE, title.name), (Element.SUBJECT, title.subject))
        if text
    )
    ruled = "noted" if title.note else "short" if title.subject else "plain"
    heading = f'<h1 class="{ruled}">{words}</h1>' if words else ""
    note = f'<p class="{Element.APPENDIX_NOTE} short">{_escaped(title.note)}</p>' if title.note else ""
    return heading + note


def _blocks(blocks: Sequence[Shaped | Table], line_mm: float, links: Links | None = None) -> str:
    parts = []
    tables = 0
    for block in blocks:
        if isinstance(block, Shaped):
            parts.append(_paragraph(block, links))
        else:
            drawn = grid(block, line_mm)
            if drawn:
                parts.append(_table(drawn) if links is None else _linked_table(drawn, tables, links))
            tables += 1
    return "".join(parts)


def _paragraph(shaped: Shaped, links: Links | None) -> str:
    # The title is the page's only h1, so the first level of headings is h2.
    name = f"h{shaped.level + 1}" if shaped.level else "p"
    content = "".join(_run(run, links) for run in shaped.runs)
    return f'<{name} class="{shaped.element}">{content}</{name}>'


def _run(run: Run, links: Links | None) -> str:
    text = _escaped(run.text)
    if run.italic:
        text = f"<em>{text}</em>"
    if run.bold:
        text = f"<strong>{text}</strong>"
    if run.fact and links is not None:
        return links.around(printed.clean(run.fact), text)
    if run.fact:
        text = f'<span class="figure" data-fact="{escape(printed.clean(run.fact))}">{text}</span>'
    return text


def _table(drawn: Grid) -> str:
    share = [width * 100 / sum(drawn.columns.widths) for width in drawn.columns.widths]
    columns = "".join(f'<col style="width:{width:.1f}%">' for width in share)
    cells = [[_escaped(cell) for cell in row] for row in (drawn.header, *drawn.rows)]
    return _drawn_table(drawn, cells, f"<colgroup>{columns}</colgroup>", "Bảng số liệu")


def _linked_table(drawn: Grid, table: int, links: Links) -> str:
    """A table whose columns take their width from what they hold: a page with its own style allows no widths here."""
    # Rows count as they do in the model, where the header is the first even when it is empty.
    cells = [
        [
            _linked_cell(cell, links.cells.get((table, number, column)), links)
            for column, cell in enumerate(row)
        ]
        for number, row in enumerate((drawn.header, *drawn.rows))
    ]
    return _drawn_table(drawn, cells, "", f"Bảng số liệu {table + 1}")


def _linked_cell(cell: str, figure: tuple[str, str] | None, links: Links) -> str:
    if figure is None:
        return _escaped(cell)
    anchor, shown = figure
    before, found, after = cell.partition(printed.clean(shown))
    if not found:
        return links.around(anchor, _escaped(cell))
    return _escaped(before) + links.around(anchor, _escaped(found)) + _escaped(after)


def _drawn_table(drawn: Grid, cells: Sequence[Sequence[str]], columns: str, label: str) -> str:
    """The table around cells that are HTML already."""
    head = "".join(f'<th scope="col">{cell}</th>' for cell in cells[0])
    starts = ['<td class="mark">' if centred else "<td>" for centred in drawn.columns.centred]
    rows = "".join(
        "<tr>" + "".join(f"{start}{cell}</td>" for start, cell in zip(starts, row, strict=True)) + "</tr>"
        for row in cells[1:]
    )
    heading = f"<thead><tr>{head}</tr></thead>" if drawn.header else ""
    # A wide table scrolls by itself, and a keyboard must be able to scroll it.
    return (
        f'<div class="wide" role="region" aria-label="{label}" tabindex="0"><table>'
        f"{columns}{heading}<tbody>{rows}</tbody></table></div>"
    )


def _foot(doc: Document) -> str:
    recipients = printed.recipient_lines(doc.recipients)
    left = _tag("p", Element.RECIPIENTS, RECIPIENTS_HEADING) if recipients else ""
    if recipients:
        left += (
            f'<ul class="{Element.RECIPIENT}">'
            + "".join(f"<li>{_escaped(r)}</li>" for r in recipients)
            + "</ul>"
        )
    signatures = [_signing(one) for one in (*doc.co_signers, doc.signature)]
    if not (left or any(signatures)):
        return ""
    if not doc.co_signers:
        return f'<footer class="halves"><div>{left}</div><div>{signatures[0]}</div></footer>'
    columns = "".join(f"<div>{signature}</div>" for signature in signatures)
    below = f"<div>{left}</div>" if left else ""
    return f'<footer><div class="signers">{columns}</div>{below}</footer>'


def _signing(signature: Signature | None) -> str:
    lines = "".join(_tag("p", Element.AUTHORITY, text) for text in printed.signature_lines(signature))
    return lines + _tag("p", Element.SIGNER, printed.line(signature.name) if signature else "")


def _appendices(doc: Document, links: Links | None) -> list[str]:
    return [
        _appendix(appendix, printed.appendix_label(appendix, index, len(doc.appendices)), index, links)
        for index, appendix in enumerate(doc.appendices)
    ]


def _appendix(appendix: Appendix, label: str, index: int, links: Links | None) -> str:
    name = f"phu-luc-{index + 1}"
    wide = " landscape" if appendix.landscape else ""
    title = printed.line(appendix.title)
    named = f' id="{name}"'
    heading = (
        _tag("h2", Element.APPENDIX_LABEL, label, named) + _tag("p", Element.APPENDIX_TITLE, title)
        if label
        else _tag("h2", Element.APPENDIX_TITLE, title, named)
    )
    blocks = forms.shape(appendix.blocks, under=1)
    return (
        f'<section class="sheet{wide}" aria-labelledby="{name}">{heading}'
        + _tag("p", Element.APPENDIX_NOTE, printed.line(appendix.note))
        + f'<hr class="rule">{_blocks(blocks, PAGE.line(landscape=appendix.landscape), links)}</section>'
    )


@lru_cache(maxsize=1)
def _css() -> str:
    side, above = CELL_PADDING
    base = LOOKS[Element.BODY].size
    return "".join(
        [
            f'html{{font:{base}pt/1.3 "{FONT}","Liberation Serif",Tinos,serif;color:#000;background:#eceae6}}',
            "body{margin:0;padding:1rem}p,h1,h2,h3,h4,h5,ul{margin:0;font-weight:normal}",
            f".sheet{{box-sizing:border-box;max-width:{PAGE.width}mm;margin:0 auto 1rem;background:#fff;"
            f"padding:{PAGE.top}mm {PAGE.right}mm {PAGE.bottom}mm {PAGE.left}mm;overflow-wrap:anywhere}}",
            f".sheet.landscape{{max-width:{PAGE.height}mm}}",
            ".halves{display:grid;grid-template-columns:5fr 8fr;gap:0 2mm}",
            "header.halves{margin-bottom:12pt}footer.halves{grid-template-columns:5fr 6fr}footer{margin-top:12pt}",
            ".signers{display:grid;grid-auto-flow:column;grid-auto-columns:1fr;gap:2mm;margin-bottom:12pt}",
            "h1,.QuocHieu,.CoQuanChuQuan,.CoQuanBanHanh,.TenPhuLuc,.KemTheo,.TrichYeuCongVan{text-wrap:balance}",
            *(
                f".{element}{{{_look(look)}}}"
                for element, look in LOOKS.items()
                if element is not Element.RULE
            ),
            f".{Element.MOTTO} span{{border-bottom:1px solid}}",
            ".short::after,.rule{content:'';display:block;width:30%;margin:3pt auto 12pt;border:0;border-top:1px solid}",
            ".short.CoQuanBanHanh::after{margin-bottom:0}h1{margin-bottom:12pt;text-align:center}h1 span{display:block}",
            f"h1 .{Element.TITLE}{{margin-top:0}}h1.noted{{margin-bottom:0}}",
            f".{Element.SIGNER}{{margin-top:{SIGNATURE_GAP}pt}}ul.{Element.RECIPIENT}{{list-style:none;padding:0}}",
            f".wide{{overflow-x:auto;margin-bottom:{LOOKS[Element.BODY].after}pt}}",
            f"table{{border-collapse:collapse;width:100%;font-size:{LOOKS[Element.CELL].size}pt}}",
            f"th,td{{border:1px solid;padding:{above}mm {side}mm;vertical-align:top;text-align:left}}",
            "th,td.mark{text-align:center}th{font-weight:bold;vertical-align:middle}",
            ".figure{border-bottom:1px dotted}.wide:focus-visible{outline:3px solid #1d70b8}",
            # Narrower than the paper, as in a frame: the margins give way before the letterhead breaks.
            "@media(max-width:52rem){body{padding:.5rem}.sheet{padding:2rem 1.25rem}}"
            "@media(max-width:40rem){body{padding:0}.sheet{padding:1rem}.halves,footer.halves"
            "{grid-template-columns:1fr;gap:.5rem}}",
            f"@page{{size:A4;margin:{PAGE.top}mm {PAGE.right}mm {PAGE.bottom}mm {PAGE.left}mm;"
            f'@top-center{{content:counter(page);font:{LOOKS[Element.PAGE_NUMBER].size:g}pt "{FONT}",serif}}}}',
            "@page:first{@top-center{content:none}}@page wide{size:A4 landscape}",
            "@media print{html{background:none}body,.sheet{padding:0;margin:0;max-width:none}"
            "section.sheet{break-before:page}.wide{overflow:visible}.sheet.landscape{page:wide}.figure{border:0}thead{display:table-header-group}"
            "tr,footer{break-inside:avoid}}",
        ]
    )


def _look(look: Look) -> str:
    rules = [f"font-size:{look.size:g}pt", f"text-align:{look.align}"]
    if look.before or look.after:
        rules.append(f"margin:{look.before:g}pt 0 {look.after:g}pt")
    if look.indent:
        rules.append(f"text-indent:{look.indent:g}mm")
    if look.left:
        # A share of the line, so that a narrow screen keeps room for the words.
        rules.append(f"padding-left:{look.left * 100 / PAGE.line():.0f}%")
    if look.bold:
        rules.append("font-weight:bold")
    if look.italic:
        rules.append("font-style:italic")
    if look.caps:
        rules.append("text-transform:uppercase")
    return ";".join(rules)
