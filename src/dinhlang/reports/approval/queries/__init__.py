"""What can be asked about a report's approval."""

from dinhlang.reports.approval.queries.paths import Path, path_of
from dinhlang.reports.approval.queries.seals import can_be_sealed, seal_of, to_be_sealed, why_no_seal
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
    "can_be_sealed",
    "content_now",
    "digest_now",
    "is_own_draft",
    "path_of",
    "seal_of",
    "stage_of",
    "standing_of",
    "steps_of",
    "to_be_sealed",
    "touched_for",
    "waiting_for",
    "why_no_seal",
]
