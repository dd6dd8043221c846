"""How long, how much memory and how many pages reading one file may take."""

from __future__ import annotations

import os
from dataclasses import dataclass

_VARIABLES = {
    "seconds": "DINHLANG_READ_SECONDS",
    "megabytes": "DINHLANG_READ_MEGABYTES",
    "pages": "DINHLANG_READ_PAGES",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds of a clock, megabytes of the worker's memory, pages of one file."""

    seconds: float = 60.0
    megabytes: int = 1024
    pages: int = 1000

    @classmethod
    def from_environment(cls) -> Limits:
        """The limits of the environment; what is no positive number is passed over."""
        found = {}
        for name, variable in _VARIABLES.items():
            text = os.environ.get(variable, "").strip()
            if text.isdecimal() and int(text):
                found[name] = int(text)
        return cls(**found)
