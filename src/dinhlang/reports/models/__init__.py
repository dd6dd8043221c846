"""What is stored about reports: outlines, reports and their figures, drafts while they are written, what is owed, what was handed in."""

from __future__ import annotations

from dinhlang.reports.models.approval import (
    Approval,
    ApprovalPath,
    ApprovalStep,
    Presented,
    ReportLink,
    ReportSeal,
    ReportSignature,
)
from dinhlang.reports.models.bundles import Bundle
from dinhlang.reports.models.consolidated import ConsolidatedChild, Consolidation
from dinhlang.reports.models.drafts import Manuscript, ManuscriptChange, Presence, Suppression
from dinhlang.reports.models.duties import Exemption, Nudge, Obligation, Programme, Regime, Request
from dinhlang.reports.models.index import (
    Assessment,
    AssessmentStep,
    Criterion,
    IndexSet,
    Score,
    ScoreEvidence,
)
from dinhlang.reports.models.issued import RegisterEntry, Report, ReportFigure
from dinhlang.reports.models.outlines import Outline, TextBlock
from dinhlang.reports.models.portal_scores import PortalScore
from dinhlang.reports.models.practices import Practice, PracticeStep
from dinhlang.reports.models.quality import ReportQuality
from dinhlang.reports.models.submission import (
    Submission,
    SubmissionKey,
    SubmissionStep,
    SubmittedFigure,
    Upload,
)

__all__ = [
    "Approval",
    "ApprovalPath",
    "ApprovalStep",
    "Assessment",
    "AssessmentStep",
    "Bundle",
    "ConsolidatedChild",
    "Consolidation",
    "Criterion",
    "Exemption",
    "IndexSet",
    "Manuscript",
    "ManuscriptChange",
    "Nudge",
    "Obligation",
    "Outline",
    "PortalScore",
    "Practice",
    "PracticeStep",
    "Presence",
    "Presented",
    "Programme",
    "Regime",
    "RegisterEntry",
    "Report",
    "ReportFigure",
    "ReportLink",
    "ReportQuality",
    "ReportSeal",
    "ReportSignature",
    "Request",
    "Score",
    "ScoreEvidence",
    "Submission",
    "SubmissionKey",
    "SubmissionStep",
    "SubmittedFigure",
    "Suppression",
    "TextBlock",
    "Upload",
]
