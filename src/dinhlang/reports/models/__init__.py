"""What is stored about reports: outlines, reports and their figures, drafts while they are written."""

from __future__ import annotations

from dinhlang.reports.models.drafts import Manuscript, ManuscriptChange, Presence, Suppression
from dinhlang.reports.models.issued import RegisterEntry, Report, ReportFigure
from dinhlang.reports.models.outlines import Outline, TextBlock

__all__ = [
    "Manuscript",
    "ManuscriptChange",
    "Outline",
    "Presence",
    "RegisterEntry",
    "Report",
    "ReportFigure",
    "Suppression",
    "TextBlock",
]
