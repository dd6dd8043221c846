"""Drawing a draft again from the ledger: what a person wrote stays, the rest is written anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from rapidfuzz import fuzz

from dinhlang.reports.editing.history import stamped
from dinhlang.reports.editing.model import Draft, Origin, Piece
from dinhlang.reports.passages import Grid, Passage, Text

# Below this two paragraphs are two paragraphs, not one that was rewritten.
_ALIKE = 60.0
_MOST_COMPARED = 20_000


def merge(draft: Draft, fresh: Draft, new_key: Callable[[], str]) -> Draft:
    """`draft` drawn again: `fresh` is what outline and ledger say now.

    Untouched pieces are written anew. An edited or removed piece stays as the person left it; where the outline now
    says something else than it did, both are kept and wait for a decision (`Draft.conflicts`). Added pieces stay
    behind the piece they stood behind. Figures are tokens, so they are new everywhere by themselves.
    """
    head = tuple(_merged(old, new.block) for old, new in zip(draft.head, fresh.head, strict=True))
    wanted = Draft(head, _body(draft.body, fresh.body, new_key), draft.version)
    return stamped(draft, wanted)


def _body(old: Sequence[Piece], fresh: Sequence[Piece], new_key: Callable[[], str]) -> tuple[Piece, ...]:
    from_outline = [piece for piece in old if piece.origin in {Origin.OUTLINE, Origin.EDITED}]
    pairs = align([_outline_side(piece) for piece in from_outline], [piece.block for piece in fresh])
    partner = {from_outline[o].key: n for o, n in pairs}
    matched = {n: from_outline[o] for o, n in pairs}
    # What stays behind each fresh piece; -1 is the place before all of them.
    behind: dict[int, list[Piece]] = {}
    place = -1
    for piece in old:
        if piece.key in partner:
            place = partner[piece.key]
        elif stays := _left_over(piece):
            behind.setdefault(place, []).append(stays)
    result = list(behind.get(-1, []))
    for at, piece in enumerate(fresh):
        known = matched.get(at)
        new = _merged(known, piece.block) if known else replace(piece, key=new_key())
        result.append(replace(new, closing=piece.closing))
        result += [replace(one, closing=piece.closing or one.closing) for one in behind.get(at, [])]
    return tuple(result)


def _outline_side(piece: Piece) -> Passage:
    """What the outline said of this piece when it was last asked."""
    return piece.theirs or piece.base or piece.block


def _left_over(piece: Piece) -> Piece | None:
    """What stays of a piece that the outline does not write any more."""
    if piece.origin is Origin.OUTLINE:
        return None
    if piece.removed:
        return None
    if piece.origin is Origin.EDITED:
        return replace(piece, theirs=None, gone=True)
    return piece


def _merged(old: Piece, new: Passage) -> Piece:
    """The old piece where the outline now says `new`."""
    if old.is_untouched:
        return replace(old, block=new)
    base = old.base or old.block
    if new == base:
        return replace(old, theirs=None, gone=False)
    if old.origin is Origin.OUTLINE:  # removed without having been edited: nothing of a person's is in it
        return replace(old, block=new) if _same_words(base, new) else replace(old, base=base, theirs=new)
    if new == old.block:
        return replace(old, origin=Origin.OUTLINE, base=None, theirs=None, gone=False)
    both = _joined(old.block, base, new)
    if both is not None:
        return replace(old, block=both, base=new, theirs=None, gone=False)
    return replace(old, base=base, theirs=new, gone=False)


def _same_words(base: Passage, new: Passage) -> bool:
    return isinstance(base, Grid) and isinstance(new, Grid) and base.header == new.header


def _joined(mine: Passage, base: Passage, theirs: Passage) -> Passage | None:
    """A table of which a person changed cells that the outline did not: the outline's, with those cells."""
    if not (isinstance(mine, Grid) and isinstance(base, Grid) and isinstance(theirs, Grid)):
        return None
    if len({mine.header, base.header, theirs.header}) > 1 or len(mine.rows) != len(base.rows):
        return None
    rows = {_name(row): list(row) for row in theirs.rows}
    before = {_name(row): row for row in base.rows}
    if len(rows) < len(theirs.rows) or len(before) < len(base.rows):
        return None
    for own, was in zip(mine.rows, base.rows, strict=True):
        for column, (cell, old_cell) in enumerate(zip(own, was, strict=True)):
            if cell == old_cell:
                continue
            row = rows.get(_name(was))
            if row is None or row[column] != old_cell:
                return None
            row[column] = cell
    return replace(theirs, rows=tuple(tuple(row) for row in rows.values()))


def _name(row: tuple[str, ...]) -> str:
    """What a row is about: its second cell, since the first is its number."""
    return row[1] if len(row) > 1 else row[0]


# --- which piece is which -------------------------------------------------------------------------


def align(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int]]:
    """Pairs of places that are the same passage, both rising: equal ones first, between them the most alike."""
    pairs: list[tuple[int, int]] = []
    matcher = SequenceMatcher(None, [_sign(one) for one in old], [_sign(one) for one in new], autojunk=False)
    for what, a, a_end, b, b_end in matcher.get_opcodes():
        if what == "equal":
            pairs += zip(range(a, a_end), range(b, b_end), strict=True)
        elif what == "replace":
            pairs += [(a + i, b + j) for i, j in _most_alike(old[a:a_end], new[b:b_end])]
    return pairs


def _sign(block: Passage) -> tuple[object, ...]:
    if isinstance(block, Grid):
        return ("grid", block.header)
    return (block.role, block.level, block.words)


def _most_alike(old: Sequence[Passage], new: Sequence[Passage]) -> list[tuple[int, int]]:
    """The rising pairs whose likeness adds up highest (as in a longest common subsequence)."""
    if len(old) * len(new) > _MOST_COMPARED:
        return []
    likeness = [[_likeness(a, b) for b in new] for a in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likeness[i][j] + best[i + 1][j + 1])
    pairs = []
    i = j = 0
    while i < len(old) and j < len(new):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(a: Passage, b: Passage) -> float:
    """How much one passage is the other; 0 when they are not the same one."""
    if isinstance(a, Text) and isinstance(b, Text) and a.role is b.role and a.level == b.level:
        return fuzz.ratio(a.words, b.words, score_cutoff=_ALIKE)
    if isinstance(a, Grid) and isinstance(b, Grid):
        return fuzz.ratio(" | ".join(a.header), " | ".join(b.header), score_cutoff=_ALIKE)
    return 0.0
