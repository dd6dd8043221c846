"""Writing a document in the legal layout of Nghị định 30/2020/NĐ-CP: Word, PDF, web.

`docx`, `pdf` and `html` take any `Document` and never raise for what it holds. One profile (`layout`) and one
set of words (`printed`) serve all three, so they cannot say different things. Heavy libraries are imported by
the writer that needs them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dinhlang.officialdoc.model import Document
from dinhlang.officialdoc.write.layout import DOCUMENT, Profile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dinhlang.officialdoc.write.marks import Mark
    from dinhlang.officialdoc.write.web import Links

__all__ = ["article", "docx", "html", "pdf"]


def docx(
    doc: Document,
    *,
    sidecar: bytes | None = None,
    identifier: str | None = None,
    cells: Mapping[tuple[int, int, int], Sequence[str]] | None = None,
    mark: Mark | None = None,
    profile: Profile = DOCUMENT,
) -> bytes:
    """`doc` as a .docx: real styles, a bookmark `fact_<anchor>` around each figure, equal bytes for equal input.

    `sidecar` is any content that should travel inside the file (`write.sidecar.extract` gets it out again);
    `identifier` stands in the file's properties, by default the document's number and symbol. `cells` gives the anchors
    of figures in tables of the body, by table, row (0 is the header) and column. `mark` is a code under its number,
    `profile` how it looks (`layout.SLIP` for what is filled in and handed over).
    """
    from dinhlang.officialdoc.write import sidecar as travelling
    from dinhlang.officialdoc.write import word

    part = None if sidecar is None else travelling.wrap(sidecar)
    return word.docx(doc, sidecar=part, identifier=identifier, cells=cells, mark=mark, profile=profile)


def pdf(doc: Document, *, mark: Mark | None = None, profile: Profile = DOCUMENT) -> bytes:
    """`doc` as a tagged PDF, made here without any server; `mark` is a code under its number."""
    from dinhlang.officialdoc.write import typeset

    return typeset.pdf(doc, mark=mark, profile=profile)


def html(doc: Document) -> str:
    """`doc` as one accessible HTML page without scripts."""
    from dinhlang.officialdoc.write import web

    return web.html(doc)


def article(doc: Document, links: Links) -> str:
    """`doc` as HTML to stand in a page with a style of its own, its figures as links."""
    from dinhlang.officialdoc.write import web

    return web.article(doc, links)
