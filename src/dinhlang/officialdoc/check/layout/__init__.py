"""How a file is printed, for the rules on pages: read from a .docx (`word`) or measured on a PDF (`pdf`).

    layout = layout_of(data, "docx")      # None when the format has no pages or nothing can be said
    check(document, text=text, layout=layout)

`pages` holds what is known, `elements` which paragraph is which part of the document.
"""

from __future__ import annotations

from dinhlang.officialdoc.check.layout.pages import Layout

__all__ = ["Layout", "layout_of"]


def layout_of(data: bytes, form: str | None) -> Layout | None:
    """The look of a Word file, by the format that reading gave it ('docx'). Never raises."""
    if form != "docx":
        return None
    from dinhlang.officialdoc.check.layout import word

    return word.layout_of(data)
