"""Forms of the plans and the ledger. They check form; what is true and allowed is for `rules` and `actions`."""

from dinhlang.work.forms.fields import BAD_DATE, DAY_FORMATS, DayInput, FileForm, UnitChoiceField
from dinhlang.work.forms.ledger import NO_TASK, LedgerFilter, ReclassifyForm, ReversalForm
from dinhlang.work.forms.lists import BatchFilter, PairFilter
from dinhlang.work.forms.plans import NewPlanForm, PlanNumberForm, RollOverForm, TaskFilter, YearFilter
from dinhlang.work.forms.record import ActivityForm, EvidenceForm, SeveralFilesField, held_by, ticket_for

__all__ = [
    "BAD_DATE",
    "DAY_FORMATS",
    "NO_TASK",
    "ActivityForm",
    "BatchFilter",
    "DayInput",
    "EvidenceForm",
    "FileForm",
    "LedgerFilter",
    "NewPlanForm",
    "PairFilter",
    "PlanNumberForm",
    "ReclassifyForm",
    "ReversalForm",
    "RollOverForm",
    "SeveralFilesField",
    "TaskFilter",
    "UnitChoiceField",
    "YearFilter",
    "held_by",
    "ticket_for",
]
