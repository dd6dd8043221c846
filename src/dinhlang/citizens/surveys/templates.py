"""Forms to begin with: the five factors of service, and the two domains of the method in force (QĐ 1001/QĐ-BNV 2023)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from dinhlang.citizens.surveys.rules.codec import read
from dinhlang.citizens.surveys.rules.definition import Definition

_DATA = Path(__file__).with_name("data")


@lru_cache(maxsize=1)
def templates() -> dict[str, Definition]:
    """Every form that is shipped, by its name."""
    return {path.stem: read(path.read_bytes()) for path in sorted(_DATA.glob("*.json"))}
