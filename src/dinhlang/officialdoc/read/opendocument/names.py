"""Names of OpenDocument, and the values of its attributes."""

from __future__ import annotations

_NS = "{urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{_NS}office:1.0}}"
STYLE = f"{_NS}style:1.0}}"
TEXT = f"{_NS}text:1.0}}"
TABLE = f"{_NS}table:1.0}}"
DRAW = f"{_NS}drawing:1.0}}"
SVG = f"{_NS}svg-compatible:1.0}}"
FO = f"{_NS}xsl-fo-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"

# Longer numbers are errors, and Python would refuse some of them.
_DIGITS = 7


def number(text: str | None, default: int = 1) -> int:
    """A number of an attribute; the default when it is none."""
    bare = (text or "").strip()
    return int(bare) if bare.isascii() and bare.isdecimal() and len(bare) <= _DIGITS else default
