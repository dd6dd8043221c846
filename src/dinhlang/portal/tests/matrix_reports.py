"""Who gets what from the addresses of reports."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE, ONLY_BY_A_FORM, WHO_EDITS_OUTLINES, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "reports:reports": EVERYONE,
    "reports:new": EVERYONE,
    "reports:register": EVERYONE,
    "reports:outline": WHO_EDITS_OUTLINES,
    "reports:report": WHO_MAY_SEE_IT,
    "reports:redraft": ONLY_BY_A_FORM,
    "reports:issue": WHO_MAY_SEE_IT,
    "reports:preview": WHO_MAY_SEE_IT,
    "reports:file": WHO_MAY_SEE_IT,
    "reports:figure": WHO_MAY_SEE_IT,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "reports:outline": lambda world: [world.commune.pk],
    "reports:report": lambda world: [world.report.pk],
    "reports:redraft": lambda world: [world.report.pk],
    "reports:issue": lambda world: [world.report.pk],
    "reports:preview": lambda world: [world.report.pk],
    "reports:file": lambda world: [world.report.pk, "json"],
    "reports:figure": lambda world: [world.report.pk, world.report.figures.first().anchor],
}
