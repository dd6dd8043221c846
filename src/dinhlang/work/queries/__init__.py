"""What can be asked about plans, the ledger and its figures.

Whatever a person sees comes from a query that takes the person (`plans_for`, `activities_for`): another unit's
objects are not in it, so asking for one by its number finds nothing.
"""

from dinhlang.work.queries.calendars import feed_events, is_open, last_changed, own_words
from dinhlang.work.queries.duplicates import Alike, Pair, alike, possible_duplicates
from dinhlang.work.queries.figures import Fact, fact, fact_lines, facts, plan_lines, units_with_facts
from dinhlang.work.queries.incoming import against_ledger, check_counted_once, import_context, preview_import
from dinhlang.work.queries.lines import (
    Standing,
    activities_for,
    counts_of,
    evidence_for,
    ledger,
    life_of,
    line_of,
    plans_for,
    totals,
)
from dinhlang.work.queries.plans import (
    document_of,
    drafts_for,
    history,
    printed_document,
    recorded,
    row_of,
    values_of,
)
from dinhlang.work.queries.recording import last_lines, likely_task, likely_titles, usual_kinds
from dinhlang.work.queries.tasks import (
    Due,
    OccurrenceProgress,
    PlanProgress,
    TaskProgress,
    due,
    due_of,
    gaps,
    open_tasks,
    progress,
    progress_of,
    tasks_in,
    warnings,
)

__all__ = [
    "Alike",
    "Due",
    "Fact",
    "OccurrenceProgress",
    "Pair",
    "PlanProgress",
    "Standing",
    "TaskProgress",
    "activities_for",
    "against_ledger",
    "alike",
    "check_counted_once",
    "counts_of",
    "document_of",
    "drafts_for",
    "due",
    "due_of",
    "evidence_for",
    "fact",
    "fact_lines",
    "facts",
    "feed_events",
    "gaps",
    "history",
    "import_context",
    "is_open",
    "last_changed",
    "last_lines",
    "ledger",
    "life_of",
    "likely_task",
    "likely_titles",
    "line_of",
    "open_tasks",
    "own_words",
    "plan_lines",
    "plans_for",
    "possible_duplicates",
    "preview_import",
    "printed_document",
    "progress",
    "progress_of",
    "recorded",
    "row_of",
    "tasks_in",
    "totals",
    "units_with_facts",
    "usual_kinds",
    "values_of",
    "warnings",
]
