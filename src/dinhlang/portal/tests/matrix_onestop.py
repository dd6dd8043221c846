"""Who gets what from the addresses of the one-stop desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "onestop:dossiers": EVERYONE,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {}
