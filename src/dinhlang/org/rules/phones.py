"""Telephone numbers of Vietnam in one way of writing, so that a number is found however it was typed."""

from __future__ import annotations

import re

from dinhlang.vietnamese.text import one_line

_PHONE = re.compile(r"(?:\+?84|0)\d{8,10}")


def phone_number(text: str) -> str:
    """The number as it is kept ('+84 912.345.678' is '0912345678'); '' for what is none."""
    digits = re.sub(r"[\s.\-()]", "", one_line(text))
    return re.sub(r"^\+?84", "0", digits) if _PHONE.fullmatch(digits) else ""
