"""Going back: what must be known of a draft to make the one before it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dinhlang.reports.editing.codec import Json, piece_from_json, piece_to_json
from dinhlang.reports.editing.model import HEAD_KEYS, Draft, Piece


def delta(old: Draft, new: Draft) -> Json:
    """What `undo` needs to make `old` of `new`: the pieces that differ as they were, the order if it changed."""
    now = {piece.key: piece for piece in new.pieces}
    before = {piece.key: piece for piece in old.pieces}
    changed: dict[str, Any] = {
        key: piece_to_json(piece) for key, piece in before.items() if now.get(key) != piece
    }
    order = [piece.key for piece in old.body]
    patch: Json = {"version": old.version, "pieces": changed}
    if order != [piece.key for piece in new.body]:
        patch["order"] = order
    return patch


def undo(new: Draft, patch: Mapping[str, Any]) -> Draft:
    """The draft from which `delta` was taken."""
    pieces: dict[str, Piece] = {piece.key: piece for piece in new.pieces}
    pieces |= {key: piece_from_json(data) for key, data in patch["pieces"].items()}
    order = patch.get("order") or [piece.key for piece in new.body]
    return Draft(
        tuple(pieces[key] for key in HEAD_KEYS if key in pieces),
        tuple(pieces[key] for key in order),
        patch["version"],
    )


def stamped(now: Draft, wanted: Draft) -> Draft:
    """`wanted` as the next version after `now`: what differs from `now` counts as changed in it."""
    version = now.version + 1
    standing = {piece.key: piece for piece in now.pieces}

    def stamp(piece: Piece) -> Piece:
        found = standing.get(piece.key)
        if found is not None and found.content == piece.content:
            return found
        return replace(piece, version=version)

    return Draft(tuple(map(stamp, wanted.head)), tuple(map(stamp, wanted.body)), version)
