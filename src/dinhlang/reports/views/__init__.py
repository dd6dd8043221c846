"""How the web reaches reports."""

from dinhlang.reports.views.comparison import report_comparison
from dinhlang.reports.views.library import text_block_retire, text_blocks
from dinhlang.reports.views.lists import register, register_export, report_export, report_list, report_new
from dinhlang.reports.views.outlines import outline_edit, outline_try
from dinhlang.reports.views.report import (
    figure_detail,
    report_correct,
    report_detail,
    report_file,
    report_preview,
    report_redraft,
)
from dinhlang.reports.views.writing import history, insert, mend, piece, piece_act, presence, suppress

__all__ = [
    "figure_detail",
    "history",
    "insert",
    "mend",
    "outline_edit",
    "outline_try",
    "piece",
    "piece_act",
    "presence",
    "register",
    "register_export",
    "report_comparison",
    "report_correct",
    "report_detail",
    "report_export",
    "report_file",
    "report_list",
    "report_new",
    "report_preview",
    "report_redraft",
    "suppress",
    "text_block_retire",
    "text_blocks",
]
