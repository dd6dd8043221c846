"""How long, how much memory and how many pages reading one file may take."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of a clock, megabytes of the worker's memory, pages of one file."""

    seconds: float = 60.0
    megabytes: int = 1024
    pages: int = 1000

    @classmethod
    def from_environment(cls) -> Limits:
        """DINHLANG_READ_SECONDS, DINHLANG_READ_MEGABYTES, DINHLANG_READ_PAGES; what is no positive number is passed over."""
        found = {}
        for one in fields(cls):
            text = os.environ.get(f"DINHLANG_READ_{one.name.upper()}", "").strip()
            if text.isdecimal() and int(text):
                found[one.name] = int(text)
        return cls(**found)
