"""What can be asked about a report's approval."""

from dinhlang.reports.approval.queries.paths import Path, path_of
from dinhlang.reports.approval.queries.standing import (
    Standing,
    approval_of,
    is_own_draft,
    stage_of,
    standing_of,
    steps_of,
    touched_for,
)
from dinhlang.reports.approval.queries.waiting import waiting_for
from dinhlang.reports.approval.queries.words import content_now, digest_now

__all__ = [
    "Path",
    "Standing",
    "approval_of",
    "content_now",
    "digest_now",
    "is_own_draft",
    "path_of",
    "stage_of",
    "standing_of",
    "steps_of",
    "touched_for",
    "waiting_for",
]
