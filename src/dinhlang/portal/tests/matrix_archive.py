"""Who gets what from the addresses of old documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "archive:documents": EVERYONE,
    "archive:import": EVERYONE,
    "archive:document": WHO_MAY_SEE_IT,
    "archive:text": WHO_MAY_SEE_IT,
    "archive:source": WHO_MAY_SEE_IT,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "archive:document": lambda world: [world.document.pk],
    "archive:text": lambda world: [world.document.pk],
    "archive:source": lambda world: [world.document.pk],
}
