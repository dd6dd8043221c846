"""Telephone numbers of Vietnam in one way of writing, so that a number is found however it was typed."""

from __future__ import annotations

import re

from dinhlang.vietnamese.text import one_line

_PARTING = re.compile(r"[\s.()-]")
_PHONE = re.compile(r"(?:\+?84|0)\d{8,10}")


def phone_number(text: str) -> str:
    """The number as it is kept ('+84 912.345.678' is '0912345678'); '' for what is none."""
    return from_here(text) if _PHONE.fullmatch(_PARTING.sub("", one_line(text))) else ""


def from_here(text: str) -> str:
    """What was typed for a number, without what parts its digits, as it is dialled within Vietnam: '+84' as '0'."""
    said = _PARTING.sub("", one_line(text)).replace("+", "")
    return f"0{said[2:]}" if said.startswith("84") and len(said) > 9 else said
