"""The figures of a .docx by the bookmarks that `write` set around them, whatever was done to the text since."""

from __future__ import annotations

import re

from dinhlang.officialdoc.read.archive import Broken
from dinhlang.officialdoc.read.word.names import W
from dinhlang.officialdoc.read.word.package import Package
from dinhlang.officialdoc.write.bookmarks import PREFIX
from dinhlang.vietnamese.text import one_line

_AGAIN = re.compile(r"__\d+$")
_MOST = 20_000


def anchored(docx: bytes) -> dict[str, list[str]]:
    """What stands inside each bookmark `fact_…`, by its name; a figure that stands there twice has two.

    Empty for a file without any. Never raises.
    """
    try:
        package = Package(docx)
    except Broken:
        return {}
    root = package.xml(package.main)
    found: dict[str, list[str]] = {}
    inside: dict[str, tuple[str, list[str]]] = {}
    if root is None:
        return found
    for node in root.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t", f"{W}delText"):
        name = node.get(f"{W}name") or ""
        if node.tag == f"{W}bookmarkStart" and name.startswith(PREFIX) and len(found) < _MOST:
            inside[node.get(f"{W}id") or ""] = (_AGAIN.sub("", name), [])
        elif node.tag == f"{W}bookmarkEnd":
            if (closed := inside.pop(node.get(f"{W}id") or "", None)) is not None:
                found.setdefault(closed[0], []).append(one_line("".join(closed[1])))
        elif node.tag == f"{W}t":
            for _name, words in inside.values():
                words.append(node.text or "")
    return found
