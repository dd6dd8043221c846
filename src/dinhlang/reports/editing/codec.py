"""A draft as JSON and back. Only what differs from the ordinary is written."""

from __future__ import annotations

from typing import Any

from dinhlang.officialdoc.model import Role
from dinhlang.reports.editing.model import Draft, Origin, Piece
from dinhlang.reports.passages import Grid, Passage, Text

Json = dict[str, Any]


def to_json(draft: Draft) -> Json:
    return {
        "head": [piece_to_json(piece) for piece in draft.head],
        "body": [piece_to_json(piece) for piece in draft.body],
        "version": draft.version,
    }


def from_json(data: Json) -> Draft:
    """The draft that `to_json` wrote."""
    return Draft(
        tuple(piece_from_json(piece) for piece in data["head"]),
        tuple(piece_from_json(piece) for piece in data["body"]),
        data["version"],
    )


def piece_to_json(piece: Piece) -> Json:
    given: Json = {
        "key": piece.key,
        "block": block_to_json(piece.block),
        "origin": piece.origin.value,
        "base": block_to_json(piece.base) if piece.base else None,
        "theirs": block_to_json(piece.theirs) if piece.theirs else None,
        "gone": piece.gone,
        "removed": piece.removed,
        "closing": piece.closing,
        "version": piece.version,
        "source": piece.source,
    }
    return {name: value for name, value in given.items() if value or name == "version"}


def piece_from_json(data: Json) -> Piece:
    return Piece(
        data["key"],
        block_from_json(data["block"]),
        Origin(data["origin"]),
        block_from_json(data["base"]) if "base" in data else None,
        block_from_json(data["theirs"]) if "theirs" in data else None,
        data.get("gone", False),
        data.get("removed", False),
        data.get("closing", False),
        data["version"],
        data.get("source", ""),
    )


def block_to_json(block: Passage) -> Json:
    if isinstance(block, Grid):
        return {
            "header": list(block.header),
            "rows": [list(row) for row in block.rows],
            "widths": list(block.widths),
        }
    return {"role": block.role.value, "words": block.words, "level": block.level}


def block_from_json(data: Json) -> Passage:
    if "rows" in data:
        return Grid(tuple(data["header"]), tuple(tuple(row) for row in data["rows"]), tuple(data["widths"]))
    return Text(Role(data["role"]), data["words"], data["level"])
