"""Who gets what from the addresses of units and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "org:account": EVERYONE,
    "org:units": EVERYONE,
    # How units are called is public; what they do is not on this page.
    "org:unit": EVERYONE,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "org:unit": lambda world: [world.commune.pk],
}
