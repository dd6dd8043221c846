"""What can be asked about reports: what is there for whom, what a figure rests on, what changed since."""

from dinhlang.reports.queries.drift import Drift, drift
from dinhlang.reports.queries.months import totals_by_month
from dinhlang.reports.queries.standing import (
    SCHEMA,
    NoReport,
    as_json,
    default_outline,
    evidence_by_line,
    figure_as_json,
    lines_behind,
    next_number,
    outline_of,
    outline_text,
    register_for,
    report_of,
    reports_for,
    summary,
)
from dinhlang.reports.queries.writing import (
    Busy,
    busy_in,
    draft_in,
    earlier_mark,
    earlier_texts,
    figure_named,
    history_of,
    manuscript_of,
)

__all__ = [
    "SCHEMA",
    "Busy",
    "Drift",
    "NoReport",
    "as_json",
    "busy_in",
    "default_outline",
    "draft_in",
    "drift",
    "earlier_mark",
    "earlier_texts",
    "evidence_by_line",
    "figure_as_json",
    "figure_named",
    "history_of",
    "lines_behind",
    "manuscript_of",
    "next_number",
    "outline_of",
    "outline_text",
    "register_for",
    "report_of",
    "reports_for",
    "summary",
    "totals_by_month",
]
