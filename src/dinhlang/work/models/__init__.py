"""What is stored about plans, tasks, the ledger and its evidence.

The ledger (`Activity` with its `Measure` and `Evidence` rows, and `Reversal`) is append-only: the database
itself refuses to change or delete a line (see the migration `ledger_append_only`). `DailyFact` is only a
fold over the ledger, kept beside it for speed; it can be thrown away and rebuilt.
"""

from dinhlang.work.models.calendars import CalendarFeed
from dinhlang.work.models.files import Blob, Picture
from dinhlang.work.models.kinds import ActivityKind, Basis, Exactness, ReformField
from dinhlang.work.models.ledger import (
    Activity,
    Batch,
    DailyFact,
    Evidence,
    Import,
    KeptBoth,
    Measure,
    Reversal,
)
from dinhlang.work.models.plans import Assignment, Occurrence, Plan, PlanDraft, Task

__all__ = [
    "Activity",
    "ActivityKind",
    "Assignment",
    "Basis",
    "Batch",
    "Blob",
    "CalendarFeed",
    "DailyFact",
    "Evidence",
    "Exactness",
    "Import",
    "KeptBoth",
    "Measure",
    "Occurrence",
    "Picture",
    "Plan",
    "PlanDraft",
    "ReformField",
    "Reversal",
    "Task",
]
