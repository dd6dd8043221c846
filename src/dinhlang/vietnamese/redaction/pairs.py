"""Pairs of words that belong together in everybody's language, so that none of them is a name.

`common_pairs.txt` was counted from official texts (scripts/count_common_pairs.py), where hardly anybody is named in small letters.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from dinhlang.vietnamese.redaction.line import Line, Token, bare
from dinhlang.vietnamese.redaction.spans import Span

# 'anh hùng' is a hero in the law and a neighbour in a complaint.
_NAMES_ALL_THE_SAME = frozenset(("anh hùng", "ông bà"))


# The end of lessons and of work, of which official texts hardly tell. With marks around it nobody is called Tan, but Tân or Tấn;
# without any 'chau tan hoc lop 3' may be he, and only what says a time before it says that it is not.
_IS_OVER = re.compile(r"tan (?:lớp|học|trường|tầm|ca|sở|làm|chợ|họp)(?![^\W_])")
_IS_OVER_BARE = re.compile(r"tan (?:lop|hoc|truong|tam|ca|so|lam|cho|hop)(?![^\W_])")
_WHEN = re.compile(r"(?<![^\W_])(?:gio|luc|khi)\s*$")
_BEGINS = re.compile(r"(?:^|[.!?;:\-])\s*$")


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


def is_over(line: Line, name: Span) -> bool:
    """Whether what looks like a name says that lessons or work are over: 'con tan lớp lúc 11 giờ', 'gio tan lop'."""
    before = line.before(name.start, 8)
    if line.text[name.start].isupper() and not _BEGINS.search(before):
        return False
    found = _IS_OVER.match(line.small, name.start)
    if found is None and line.is_bare and _WHEN.search(before):
        found = _IS_OVER_BARE.match(line.bare, name.start)
    return found is not None and name.end <= found.end()


def is_common(line: Line, left: Token | None, right: Token | None) -> bool:
    """Whether two tokens that follow each other are such a pair, in the marks of their line."""
    if left is None or right is None or not line.joined(left, right):
        return False
    if line.is_bare and left.small == left.bare and right.small == right.bare:
        return f"{left.bare} {right.bare}" in _bare()
    return f"{left.small} {right.small}" in _with_marks()
