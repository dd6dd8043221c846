"""A report as it will print, as values for a page: the exact document, in the name of whoever signs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from dinhlang.officialdoc.model import Document, Paragraph, PartialDate, Signature
from dinhlang.officialdoc.write import printed as legal
from dinhlang.reports import queries, render
from dinhlang.reports.models import Report
from dinhlang.reports.rules import kind_in
from dinhlang.reports.showing import letterhead


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph (`look` is its class on the legal page) or a table."""

    look: str
    mark: str = ""
    text: str = ""
    level: int = 0
    header: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """The page: what stands around the text, and the text."""

    letterhead: dict[str, Any]
    blocks: tuple[Block, ...]


def as_signed(report: Report, signature: Signature | None, on: date) -> Document:
    """The document as it would be issued on that day: its next number, its date, and how it is signed."""
    number = queries.next_number(report.unit, on.year, kind_in(report.symbol))
    document = render.document_of(report)
    return replace(
        document,
        number=f"{number:02d}",
        date=PartialDate(on.day, on.month, on.year),
        signature=signature or document.signature,
    )


def paper_of(document: Document) -> Paper:
    """The document as a page shows it."""
    return Paper(letterhead(document), tuple(map(_block, document.body)))


def _block(block: Any) -> Block:
    if isinstance(block, Paragraph):
        return Block(legal.element_of(block).value, legal.mark(block).strip(), block.text, block.level)
    return Block("table", header=block.header, rows=block.rows)
