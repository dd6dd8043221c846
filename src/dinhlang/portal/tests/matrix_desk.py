"""Who gets what from the first page, and what is open to all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "desk:home": EVERYONE,
    "desk:shortcuts": EVERYONE,
}

# These know nobody: signing in and out, the heart beat.
OPEN_TO_ALL = {"desk:sign-in", "desk:sign-out", "healthz", "front"}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {}
