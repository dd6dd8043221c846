"""What people do here: take in a plan, record what was done, bring evidence, reverse, take in a table.

Every action checks, changes, folds and leaves its trace in one transaction. Files are read before the
transaction begins, so that a slow file keeps nobody waiting.
"""

from dinhlang.work.actions.demo import load_demo
from dinhlang.work.actions.evidence import EvidenceGiven, add_evidence, hold_file
from dinhlang.work.actions.lines import UidTaken, record_activity, reverse_activity, undo_record
from dinhlang.work.actions.plans import amend_plan, import_plan
from dinhlang.work.actions.tables import Progress, import_activities, rebuild_facts

__all__ = [
    "EvidenceGiven",
    "Progress",
    "UidTaken",
    "add_evidence",
    "amend_plan",
    "hold_file",
    "import_activities",
    "import_plan",
    "load_demo",
    "rebuild_facts",
    "record_activity",
    "reverse_activity",
    "undo_record",
]
