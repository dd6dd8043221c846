"""How the web reaches plans and the ledger."""

from dinhlang.work.views.calendars import calendar_change, calendar_feed, calendar_list, calendar_open
from dinhlang.work.views.drafts import (
    plan_draft,
    plan_draft_decide,
    plan_draft_discard,
    plan_import,
    plan_roll_over,
)
from dinhlang.work.views.files import download, evidence_file, evidence_thumbnail
from dinhlang.work.views.imports import (
    activity_import,
    activity_import_columns,
    activity_import_confirm,
    activity_import_faults,
    activity_import_progress,
    activity_import_template,
)
from dinhlang.work.views.ledger import activity_detail, activity_reverse, ledger, ledger_export
from dinhlang.work.views.many import (
    batch_undo,
    batches,
    batches_export,
    duplicates,
    duplicates_export,
    keep_both,
    many_lines,
)
from dinhlang.work.views.phone import manifest, offline_page, worker
from dinhlang.work.views.plan_files import plan_file, plan_list_file
from dinhlang.work.views.plan_rows import plan_history, plan_new, plan_rows, plan_undo, schedule_reading
from dinhlang.work.views.plan_year import plan_year
from dinhlang.work.views.plans import plan_amend, plan_detail, plan_list, plan_source
from dinhlang.work.views.record import (
    activity_again,
    activity_kinds,
    activity_record,
    activity_undo,
    who_records,
)

__all__ = [
    "activity_again",
    "activity_detail",
    "activity_import",
    "activity_import_columns",
    "activity_import_confirm",
    "activity_import_faults",
    "activity_import_progress",
    "activity_import_template",
    "activity_kinds",
    "activity_record",
    "activity_reverse",
    "activity_undo",
    "batch_undo",
    "batches",
    "batches_export",
    "calendar_change",
    "calendar_feed",
    "calendar_list",
    "calendar_open",
    "download",
    "duplicates",
    "duplicates_export",
    "evidence_file",
    "evidence_thumbnail",
    "keep_both",
    "ledger",
    "ledger_export",
    "manifest",
    "many_lines",
    "offline_page",
    "plan_amend",
    "plan_detail",
    "plan_draft",
    "plan_draft_decide",
    "plan_draft_discard",
    "plan_file",
    "plan_history",
    "plan_import",
    "plan_list",
    "plan_list_file",
    "plan_new",
    "plan_roll_over",
    "plan_rows",
    "plan_source",
    "plan_undo",
    "plan_year",
    "schedule_reading",
    "who_records",
    "worker",
]
