"""What is stored about plans, tasks, the ledger and its evidence.

The ledger (`Activity` with its `Measure` and `Evidence` rows, and `Reversal`) is append-only: the database
itself refuses to change or delete a line (see the migration `ledger_append_only`). `DailyFact` is only a
fold over the ledger, kept beside it for speed; it can be thrown away and rebuilt. So can the sums over it
(`PeriodSums`, `SumsBelow`; ADR 0018).
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
from dinhlang.work.models.rollup import FoldChange, PeriodSums, SummedUnder, SumsBelow, SumTurn

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
    "FoldChange",
    "Import",
    "KeptBoth",
    "Measure",
    "Occurrence",
    "PeriodSums",
    "Picture",
    "Plan",
    "PlanDraft",
    "ReformField",
    "Reversal",
    "SumTurn",
    "SummedUnder",
    "SumsBelow",
    "Task",
]
