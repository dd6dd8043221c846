"""The exact words and figures of a report as plain values: their digest, and what differs between two of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from dinhlang.officialdoc.model import Block, Document, Paragraph, Table

SCHEMA = "dinhlang.presented/1"
Content = dict[str, Any]
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
# Parts of the head in the order of the page. Who signs follows from who approves, so it is not among them.
HEAD = ("issuer", "symbol", "place", "subject", "recipients")


def content_of(
    document: Document, blocks: Iterable[tuple[str, Block]], figures: Iterable[Mapping[str, Any]]
) -> Content:
    """What is presented: the head, each piece by its key as it prints, and each figure with what stands behind it.

    `figures` give anchor, concept, from, to, printed, value, digest and lines.
    """
    issuer = document.issuer
    return {
        "schema": SCHEMA,
        "issuer": " ".join(filter(None, (issuer.parent, issuer.name, issuer.unit_name))) if issuer else "",
        "symbol": document.symbol or "",
        "place": document.place or "",
        "subject": document.subject or "",
        "recipients": "\n".join(
            f"{one.name} ({one.purpose})" if one.purpose else one.name for one in document.recipients
        ),
        "pieces": [{"key": key, **_printed(block)} for key, block in blocks],
        "figures": [dict(one) for one in figures],
    }


def _printed(block: Block) -> dict[str, Any]:
    if isinstance(block, Table):
        return {
            "look": "table",
            "mark": "",
            "text": "\n".join(" | ".join(row) for row in (block.header, *block.rows)),
        }
    return {"look": f"{block.role.value}{block.level}", "mark": _mark(block), "text": block.text}


def _mark(block: Paragraph) -> str:
    return block.number or ""


def digest_of(content: Content) -> str:
    """SHA-256 over all that is presented; one letter or line of the ledger more gives another."""
    return sha256(_CANONICAL.encode(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Touched:
    """One thing that differs: `old` is '' for what is new, `new` is '' for what is gone.

    `kind` is 'figure', 'piece' or 'head'; `name` the anchor, the key or the part of the head. `concept` names a
    figure. `is_behind` says that a figure prints the same, but other lines of the ledger stand behind it.
    """

    kind: str
    name: str
    old: str
    new: str
    concept: str = ""
    is_behind: bool = False


def touched(old: Content, new: Content) -> list[Touched]:
    """What differs between two presented texts: figures first, then the head, then paragraphs in their order."""
    return [*_figures(old, new), *_head(old, new), *_pieces(old, new)]


def _figures(old: Content, new: Content) -> Iterator[Touched]:
    before = {one["anchor"]: one for one in old["figures"]}
    after = {one["anchor"]: one for one in new["figures"]}
    for anchor in dict.fromkeys((*after, *before)):
        was, now = before.get(anchor), after.get(anchor)
        if was == now:
            continue
        known = now or was or {}
        said = (was["printed"] if was else "", now["printed"] if now else "")
        is_behind = was is not None and now is not None and was["printed"] == now["printed"]
        yield Touched("figure", anchor, *said, concept=known["concept"], is_behind=is_behind)


def _head(old: Content, new: Content) -> Iterator[Touched]:
    for part in HEAD:
        if old[part] != new[part]:
            yield Touched("head", part, old[part], new[part])


def _pieces(old: Content, new: Content) -> Iterator[Touched]:
    before = {one["key"]: one for one in old["pieces"]}
    after = {one["key"]: one for one in new["pieces"]}
    for key in dict.fromkeys((*after, *before)):
        was, now = before.get(key), after.get(key)
        said = (_line(was), _line(now))
        if said[0] != said[1] or (was and now and was["look"] != now["look"]):
            yield Touched("piece", key, *said)
    kept = [key for key in after if key in before]
    if kept != [key for key in before if key in after]:
        yield Touched("order", "", "", "")


def _line(piece: Mapping[str, Any] | None) -> str:
    # The mark of a heading or item changes with what stands before it; the words are what counts.
    return str(piece["text"]) if piece else ""
