"""Names of the Word bookmarks around figures, and back from a bookmark to its figure.

Bookmarks, unlike content controls, survive a save by LibreOffice. Word wants their names unique, at most 40
characters, made of letters, digits and underscores.
"""

from __future__ import annotations

import hashlib
import re

PREFIX = "fact_"
_LONGEST = 40
_REPEATED = re.compile(r"__\d+$")


class Bookmarks:
    """Gives every figure of one document a bookmark name of its own."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}
        self.count = 0

    def name(self, anchor: str) -> str:
        """`fact_<anchor>`; the second figure of the same anchor is `fact_<anchor>__2`."""
        self.count += 1
        base = _base(anchor)
        again = self._seen[base.lower()] = self._seen.get(base.lower(), 0) + 1
        return base if again == 1 else f"{base}__{again}"


def anchor_of(bookmark: str) -> str | None:
    """The anchor of a bookmark that `Bookmarks` named, else `None`."""
    if not bookmark.startswith(PREFIX):
        return None
    return _REPEATED.sub("", bookmark.removeprefix(PREFIX))


def _base(anchor: str) -> str:
    name = PREFIX + re.sub(r"[^0-9A-Za-z_]", "_", anchor)
    if len(name) <= _LONGEST - 4 and name == PREFIX + anchor:
        return name
    # Two anchors that differ only in what Word does not allow must stay two bookmarks.
    return f"{name[: _LONGEST - 13]}_{hashlib.sha256(anchor.encode('utf-8', 'replace')).hexdigest()[:8]}"
