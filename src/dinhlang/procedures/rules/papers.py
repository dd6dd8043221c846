"""What the words of a paper say about who brings it."""

from __future__ import annotations

# "Trích lục ly hôn, nếu có", "trong trường hợp ủy quyền".
_CONDITIONS = ("nếu", "trường hợp")


def is_conditional(name: str) -> bool:
    """Whether only some hand this paper in, by its name in the sheet."""
    words = f" {' '.join(name.casefold().replace('(', ' ').split())} "
    return any(f" {one} " in words for one in _CONDITIONS)
