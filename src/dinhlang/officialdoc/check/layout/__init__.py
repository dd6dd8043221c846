"""How a file is printed, for the rules on pages: read from a .docx (`word`) or measured on a PDF (`pdf`).

    layout = layout_of(data, reading.document.source.format, reading.decoded.sheets)
    # None when the format has no pages or nothing can be said
    check(document, text=text, layout=layout)

`pages` holds what is known, `elements` which paragraph is which part of the document.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dinhlang.officialdoc.check.layout.pages import Layout

if TYPE_CHECKING:
    from dinhlang.officialdoc.check.layout.pdf import Page

__all__ = ["Layout", "layout_of"]


def layout_of(data: bytes, form: str | None, sheets: Sequence[Page] = ()) -> Layout | None:
    """The look of a file, by the format that reading gave it ('docx', 'pdf'). Never raises.

    A PDF is not opened again: `sheets` are the pages that reading saw (`Reading.decoded.sheets`).
    """
    if form == "pdf" and sheets:
        from dinhlang.officialdoc.check.layout import pdf

        return pdf.layout_of(sheets)
    if form != "docx":
        return None
    from dinhlang.officialdoc.check.layout import word

    return word.layout_of(data)
