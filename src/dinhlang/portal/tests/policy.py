"""What the policy of the pages asks: nothing inline, nothing from outside, and no answer without the header."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

STRICT = {"default-src": "'self'", "script-src": "'self'", "style-src": "'self'", "object-src": "'none'"}
DATA_BLOCKS = {"application/json"}


class Inline(HTMLParser):
    """What of a page the policy would stop, or would lead out of the house."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        self.found += [f"{tag} {name}" for name in given if name.startswith("on") or name == "style"]
        if tag == "style" or (
            tag == "script" and "src" not in given and given.get("type") not in DATA_BLOCKS
        ):
            self.found.append(tag)
        loaded = [given.get("src", "")] + ([given.get("href", "")] if tag == "link" else [])
        self.found += [f"{tag} {one}" for one in loaded if re.match(r"(https?:)?//", one)]


def faults_of(answer: Any) -> list[str]:
    """What keeps this answer from the policy."""
    header = answer.headers["Content-Security-Policy"]
    if "default-src 'none'" in header:
        # A document or a file that a room shows in a box of its own: stricter, and its own styles.
        return ["a script is allowed"] if "script-src" in header else []
    found = [f"not {part}" for part in STRICT.items() if part not in _parts_of(header).items()]
    found += ["unsafe"] if "unsafe" in header else []
    if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        reader = Inline()
        reader.feed(answer.content.decode())
        found += reader.found
    return found


def _parts_of(header: str) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in header.split(";"))
    return {name: value for name, _, value in parts}
