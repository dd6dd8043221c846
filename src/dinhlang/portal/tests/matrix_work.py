"""Who gets what from the addresses of plans and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

MATRIX: dict[str, dict[str, int]] = {
    "work:plans": EVERYONE,
    "work:plan-import": EVERYONE,
    "work:plan": WHO_MAY_SEE_IT,
    "work:plan-amend": WHO_MAY_SEE_IT,
    "work:plan-source": WHO_MAY_SEE_IT,
    "work:ledger": EVERYONE,
    "work:ledger-export": EVERYONE,
    "work:kinds": EVERYONE,
    "work:record": EVERYONE,
    "work:record-worker": EVERYONE,
    "work:record-manifest": EVERYONE,
    "work:record-offline": EVERYONE,
    "work:who-records": EVERYONE,
    "work:undo": ONLY_BY_A_FORM,
    "work:record-again": ONLY_BY_A_FORM,
    "work:activity-import": EVERYONE,
    "work:activity-import-confirm": ONLY_BY_A_FORM,
    "work:activity": WHO_MAY_SEE_IT,
    "work:reverse": WHO_MAY_SEE_IT,
    "work:evidence": WHO_MAY_SEE_IT,
    "work:thumbnail": WHO_MAY_SEE_IT,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "work:plan": lambda world: [world.plan.pk],
    "work:plan-amend": lambda world: [world.plan.pk],
    "work:plan-source": lambda world: [world.plan.pk],
    "work:record": lambda world: [world.line.kind],
    "work:activity": lambda world: [world.line.pk],
    "work:reverse": lambda world: [world.line.pk],
    "work:undo": lambda world: [world.line.pk],
    "work:record-again": lambda world: [world.line.pk],
    "work:evidence": lambda world: [world.evidence.pk],
    "work:thumbnail": lambda world: [world.photo.pk],
}
