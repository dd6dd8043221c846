"""What people do here: take in a plan, record what was done, bring evidence, reverse, take in a table.

Every action checks, changes, folds and leaves its trace in one transaction. Files are read before the
transaction begins, so that a slow file keeps nobody waiting.
"""

from dinhlang.work.actions.demo import load_demo
from dinhlang.work.actions.drafts import (
    confirm_draft,
    decide_draft,
    discard_draft,
    propose_plan,
    roll_over_plan,
    sweep_drafts,
)
from dinhlang.work.actions.lines import EvidenceGiven, add_evidence, record_activity, reverse_activity
from dinhlang.work.actions.plan_rows import PlanChanged, edit_plan
from dinhlang.work.actions.plans import amend_plan, import_plan, start_plan
from dinhlang.work.actions.tables import Progress, import_activities, rebuild_facts

__all__ = [
    "EvidenceGiven",
    "PlanChanged",
    "Progress",
    "add_evidence",
    "amend_plan",
    "confirm_draft",
    "decide_draft",
    "discard_draft",
    "edit_plan",
    "import_activities",
    "import_plan",
    "load_demo",
    "propose_plan",
    "rebuild_facts",
    "record_activity",
    "reverse_activity",
    "roll_over_plan",
    "start_plan",
    "sweep_drafts",
]
