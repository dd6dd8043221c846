"""What people do here: take in a plan, record what was done, bring evidence, reverse, take in a table.

Every action checks, changes, folds and leaves its trace in one transaction. Files are read before the
transaction begins, so that a slow file keeps nobody waiting.
"""

from dinhlang.work.actions.batches import (
    MOST_LINES,
    NewClass,
    add_evidence_to,
    amend_lines,
    keep_both,
    record_again,
    reverse_lines,
    undo_batch,
)
from dinhlang.work.actions.calendars import close_calendar, open_calendar, renew_calendar
from dinhlang.work.actions.demo import load_demo
from dinhlang.work.actions.demo_beside import load_demo_beside
from dinhlang.work.actions.drafts import (
    change_draft_rows,
    confirm_draft,
    decide_draft,
    discard_draft,
    propose_plan,
    roll_over_plan,
    sweep_drafts,
)
from dinhlang.work.actions.evidence import (
    EvidenceGiven,
    add_consequence_evidence,
    add_evidence,
    hold_file,
)
from dinhlang.work.actions.exports import export_ledger
from dinhlang.work.actions.files import sweep_files
from dinhlang.work.actions.lines import (
    UidTaken,
    record_activity,
    record_consequence,
    reverse_activity,
    reverse_consequence,
    undo_record,
)
from dinhlang.work.actions.plan_rows import PlanChanged, edit_plan, undo_edit
from dinhlang.work.actions.plans import amend_plan, import_plan, start_plan
from dinhlang.work.actions.tables import Progress, import_activities, rebuild_facts

__all__ = [
    "MOST_LINES",
    "EvidenceGiven",
    "NewClass",
    "PlanChanged",
    "Progress",
    "UidTaken",
    "add_consequence_evidence",
    "add_evidence",
    "add_evidence_to",
    "amend_lines",
    "amend_plan",
    "change_draft_rows",
    "close_calendar",
    "confirm_draft",
    "decide_draft",
    "discard_draft",
    "edit_plan",
    "export_ledger",
    "hold_file",
    "import_activities",
    "import_plan",
    "keep_both",
    "load_demo",
    "load_demo_beside",
    "open_calendar",
    "propose_plan",
    "rebuild_facts",
    "record_activity",
    "record_again",
    "record_consequence",
    "renew_calendar",
    "reverse_activity",
    "reverse_consequence",
    "reverse_lines",
    "roll_over_plan",
    "start_plan",
    "sweep_drafts",
    "sweep_files",
    "undo_batch",
    "undo_edit",
    "undo_record",
]
