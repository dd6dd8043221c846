"""Names of WordprocessingML, and the values of its elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
VAL = f"{W}val"

_OFF = ("0", "false", "off")
# Longer numbers are errors, and Python would refuse some of them.
_DIGITS = 7


def value(element: _Element | None) -> str | None:
    """The `w:val` of an element."""
    return None if element is None else element.get(VAL)


def flag(element: _Element | None) -> bool:
    """Whether a property is on: it is there and does not say otherwise."""
    return element is not None and element.get(VAL) not in _OFF


def integer(element: _Element | None) -> int | None:
    """The `w:val` of an element as a number."""
    return number(value(element))


def number(text: str | None) -> int | None:
    """A number of an attribute; None when it is not one."""
    bare = (text or "").strip().lstrip("-")
    if not (bare.isascii() and bare.isdecimal()) or len(bare) > _DIGITS:
        return None
    return -int(bare) if (text or "").strip().startswith("-") else int(bare)
