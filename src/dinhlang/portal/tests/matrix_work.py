"""Who gets what from the addresses of plans and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

WHO_TAKES_IN_PLANS = {**dict.fromkeys(CAST, 404), "van-hoa": 200, "van-phong": 200}

MATRIX: dict[str, dict[str, int]] = {
    "work:plans": EVERYONE,
    "work:plan-import": EVERYONE,
    "work:plans-file": EVERYONE,
    "work:plan-new": EVERYONE,
    "work:schedule-reading": EVERYONE,
    "work:plan-draft": WHO_MAY_SEE_IT,
    "work:plan-draft-decide": ONLY_BY_A_FORM,
    "work:plan-draft-discard": ONLY_BY_A_FORM,
    "work:plan": WHO_MAY_SEE_IT,
    "work:plan-rows": WHO_MAY_SEE_IT,
    "work:plan-undo": ONLY_BY_A_FORM,
    "work:plan-year": WHO_MAY_SEE_IT,
    "work:plan-history": WHO_MAY_SEE_IT,
    "work:plan-file": WHO_MAY_SEE_IT,
    "work:plan-roll-over": WHO_TAKES_IN_PLANS,
    "work:calendars": EVERYONE,
    "work:calendar-open": ONLY_BY_A_FORM,
    "work:calendar-change": ONLY_BY_A_FORM,
    "work:plan-amend": WHO_MAY_SEE_IT,
    "work:plan-source": WHO_MAY_SEE_IT,
    "work:levels": EVERYONE,
    "work:levels-export": ONLY_BY_A_FORM,
    "work:level-lines": EVERYONE,
    "work:ledger": EVERYONE,
    "work:ledger-export": ONLY_BY_A_FORM,
    "work:kinds": EVERYONE,
    "work:record": EVERYONE,
    "work:record-worker": EVERYONE,
    "work:record-manifest": EVERYONE,
    "work:record-offline": EVERYONE,
    "work:who-records": EVERYONE,
    "work:undo": ONLY_BY_A_FORM,
    "work:record-again": ONLY_BY_A_FORM,
    "work:activity-import": EVERYONE,
    "work:activity-import-template": EVERYONE,
    "work:activity-import-columns": ONLY_BY_A_FORM,
    "work:activity-import-faults": ONLY_BY_A_FORM,
    "work:activity-import-progress": ONLY_BY_A_FORM,
    "work:activity-import-confirm": ONLY_BY_A_FORM,
    "work:activity": WHO_MAY_SEE_IT,
    "work:many": ONLY_BY_A_FORM,
    "work:batches": EVERYONE,
    "work:batches-export": ONLY_BY_A_FORM,
    "work:batch-undo": ONLY_BY_A_FORM,
    "work:duplicates": EVERYONE,
    "work:duplicates-export": ONLY_BY_A_FORM,
    "work:keep-both": ONLY_BY_A_FORM,
    "work:reverse": WHO_MAY_SEE_IT,
    "work:evidence": WHO_MAY_SEE_IT,
    "work:thumbnail": WHO_MAY_SEE_IT,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "work:batches-export": lambda world: ["csv"],
    "work:duplicates-export": lambda world: ["xlsx"],
    "work:ledger-export": lambda world: ["csv"],
    "work:levels-export": lambda world: ["csv"],
    "work:plan": lambda world: [world.plan.pk],
    "work:plan-draft": lambda world: [world.draft.pk],
    "work:plan-draft-decide": lambda world: [world.draft.pk],
    "work:plan-draft-discard": lambda world: [world.draft.pk],
    "work:plan-rows": lambda world: [world.plan.pk],
    "work:plan-undo": lambda world: [world.plan.pk],
    "work:plan-year": lambda world: [world.plan.pk],
    "work:plan-history": lambda world: [world.plan.pk],
    "work:plan-file": lambda world: [world.plan.pk, "docx"],
    "work:plan-roll-over": lambda world: [world.plan.pk],
    "work:calendar-change": lambda world: [1],
    "work:plan-amend": lambda world: [world.plan.pk],
    "work:plan-source": lambda world: [world.plan.pk],
    "work:record": lambda world: [world.line.kind],
    "work:activity": lambda world: [world.line.pk],
    "work:reverse": lambda world: [world.line.pk],
    "work:batch-undo": lambda world: [1],
    "work:undo": lambda world: [world.line.pk],
    "work:record-again": lambda world: [world.line.pk],
    "work:evidence": lambda world: [world.evidence.pk],
    "work:thumbnail": lambda world: [world.photo.pk],
}

# A secret address is all that a calendar program has.
OPEN_TO_ALL = {"calendar-feed"}
