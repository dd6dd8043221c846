"""From a draft to the official document: its head and foot, and the text with figures put in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dinhlang.officialdoc.model import (
    Block,
    Document,
    Issuer,
    Kind,
    Paragraph,
    PartialDate,
    Recipient,
    Role,
    Signature,
    SignatureMode,
    Statement,
)
from dinhlang.org.models import Unit
from dinhlang.reports import editing, outline
from dinhlang.reports.editing import Draft, Piece
from dinhlang.reports.passages import Passage, Text
from dinhlang.reports.words import unit_words
from dinhlang.vietnamese.text import fold

SYMBOL = "BC-UBND"


def blank(unit: Unit, period: str, window_end: date, on: date) -> Document:
    """The document of a report before anything is written in it."""
    words = unit_words(unit, window_end)
    return Document(
        kind=Kind.REPORT,
        issuer=Issuer(words.body, words.kind or None, words.name),
        symbol=SYMBOL,
        date=PartialDate(None, on.month, on.year),
        period=period,
    )


def written(document: Document, draft: Draft, composed: editing.Composed) -> Document:
    """The document with the text of the draft in it."""
    blocks = tuple(block for _, block in composed.blocks)
    return replace(
        document,
        place=draft.head_words("place") or None,
        subject=draft.head_words("subject"),
        body=blocks,
        proposals=_statements(blocks, "de xuat", "kien nghi"),
        directions=_statements(blocks, "phuong huong"),
        signature=_signature(_lines(draft, "signature")),
        recipients=tuple(map(_recipient, _lines(draft, "recipients"))),
    )


def fresh_draft(rendered: outline.Rendered) -> Draft:
    """What the outline says, as a draft that nobody has touched. Its pieces have no keys of their own yet."""
    head = {
        "subject": rendered.subject,
        "place": rendered.place,
        "recipients": "\n".join(rendered.recipients),
        "signature": "\n".join(rendered.signature),
    }
    return Draft(
        tuple(Piece(key, Text(Role.BODY, head[key])) for key in editing.HEAD_KEYS),
        (*_pieces(rendered.passages, closing=False), *_pieces(rendered.closing, closing=True)),
    )


def _pieces(passages: tuple[Passage, ...], *, closing: bool) -> tuple[Piece, ...]:
    part = "c" if closing else "p"
    return tuple(Piece(f"{part}{at}", passage, closing=closing) for at, passage in enumerate(passages, 1))


def _lines(draft: Draft, key: str) -> list[str]:
    return [line for line in draft.head_words(key).split("\n") if line]


def _statements(blocks: tuple[Block, ...], *named: str) -> tuple[Statement, ...]:
    """The items under the first-level heading of that name."""
    found: list[Statement] = []
    inside = False
    for block in blocks:
        if not isinstance(block, Paragraph):
            continue
        if block.role is Role.HEADING and block.level == 1:
            inside = any(word in fold(block.text) for word in named)
        elif inside and block.role is Role.ITEM:
            found.append(Statement(block.text))
    return tuple(found)


_MODES = {
    "TM.": SignatureMode.FOR_BODY,
    "KT.": SignatureMode.FOR_HEAD,
    "TL.": SignatureMode.BY_ORDER,
    "TUQ.": SignatureMode.BY_AUTHORITY,
    "Q.": SignatureMode.ACTING,
}


def _signature(lines: list[str]) -> Signature | None:
    """'TM. ỦY BAN NHÂN DÂN', 'CHỦ TỊCH', and the name when there is one: the only line not in capitals."""
    name = lines[-1] if lines and not lines[-1].isupper() else None
    above = lines[:-1] if name else lines
    if not above:
        return None
    mark, _, body = above[0].partition(" ")
    if mark not in _MODES:
        return Signature(None, None, "\n".join(above), name)
    roles = "\n".join(above[1:]) or None
    return Signature(_MODES[mark], body.strip() or None, roles, name)


def _recipient(line: str) -> Recipient:
    text = line.lstrip("- ").rstrip(" ;.")
    if text.endswith(")") and " (" in text:
        name, _, purpose = text[:-1].rpartition(" (")
        return Recipient(name, purpose)
    return Recipient(text)
