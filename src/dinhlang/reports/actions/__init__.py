"""What can happen to a report: its outline is kept, it is drafted, written in, issued, replaced by a corrected one."""

from dinhlang.reports.actions.drafting import correct_report, draft_report
from dinhlang.reports.actions.findings import mend_piece, suppress_finding, unsuppress_finding
from dinhlang.reports.actions.issuing import issue_report
from dinhlang.reports.actions.library import retire_block, save_block
from dinhlang.reports.actions.outlines import save_outline, try_outline
from dinhlang.reports.actions.writing import (
    bring_back,
    edit_piece,
    edit_table,
    insert_piece,
    note_presence,
    remove_piece,
    reset_piece,
    restore_piece,
    settle_piece,
)

__all__ = [
    "bring_back",
    "correct_report",
    "draft_report",
    "edit_piece",
    "edit_table",
    "insert_piece",
    "issue_report",
    "mend_piece",
    "note_presence",
    "remove_piece",
    "reset_piece",
    "restore_piece",
    "retire_block",
    "save_block",
    "save_outline",
    "settle_piece",
    "suppress_finding",
    "try_outline",
    "unsuppress_finding",
]
