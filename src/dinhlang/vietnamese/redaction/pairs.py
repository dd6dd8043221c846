"""Pairs of words that belong together in everybody's language, so that none of them is a name.

`common_pairs.txt` was counted from official texts (scripts/count_common_pairs.py), where hardly anybody is named in small letters.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from dinhlang.vietnamese.redaction.line import Line, Token, bare

# 'anh hùng' is a hero in the law and a neighbour in a complaint.
_NAMES_ALL_THE_SAME = frozenset(("anh hùng", "ông bà"))


@cache
def _with_marks() -> frozenset[str]:
    return frozenset(pair.rstrip("*") for pair in _written()) - _NAMES_ALL_THE_SAME


@cache
def _bare() -> frozenset[str]:
    return frozenset(
        bare(pair[:-1]) for pair in _written() if pair[-1:] == "*" and pair[:-1] not in _NAMES_ALL_THE_SAME
    )


def _written() -> list[str]:
    return (
        (files("dinhlang.vietnamese.redaction") / "common_pairs.txt").read_text(encoding="utf-8").splitlines()
    )


def is_common(line: Line, left: Token | None, right: Token | None) -> bool:
    """Whether two tokens that follow each other are such a pair, in the marks of their line."""
    if left is None or right is None or not line.joined(left, right):
        return False
    if line.is_bare and left.small == left.bare and right.small == right.bare:
        return f"{left.bare} {right.bare}" in _bare()
    return f"{left.small} {right.small}" in _with_marks()
