"""Tracking codes of data requests: as those of feedback, with letters of their own."""

from __future__ import annotations

import re

from dinhlang.citizens.rules import codes


def new_code() -> str:
    """A random tracking code: 'DL-7K3F-9QXM'."""
    return "DL" + codes.new_code().removeprefix("PA")


def read_code(typed: str) -> str:
    """A code as people type it; '' for what is none."""
    found = codes.read_code(re.sub(r"^\s*DL", "", typed.upper()))
    return "DL" + found.removeprefix("PA") if found else ""
